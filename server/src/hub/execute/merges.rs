//! Two cases of the register that turned out to be one (R35): one gets what the other has, and the other is archived with a
//! pointer to it.
//!
//! **Invariant:** what somebody decided about is what stands in both when it is done; a case is merged once.

use super::{Done, Given, Hub, Step, imports, participant};
use crate::hub::command::{Answer, Merging, Refused};
use crate::hub::rows::{CatalogueRow, ImportRow, JoinedRow, Merged};
use crate::hub::{Caller, Output};
use samverk_shared::access::{Action, Audience, Kind, State};
use samverk_shared::document::join::Joining;
use samverk_shared::ids::{DocumentId, ImportId, SubjectId};

impl Hub {
    pub(super) fn merge_cases(
        &mut self,
        given: &Given<'_>,
        merging: &Merging,
        out: &mut Vec<Output>,
    ) -> Result<Step, Refused> {
        let (stays, goes) = (
            self.a_case(given, &merging.stays)?,
            self.a_case(given, &merging.goes)?,
        );
        if stays.subject == goes.subject {
            return Err(Refused::Unknown);
        }
        // Who may not read a case is told nothing of it.
        if !self.reads(given, &stays) || !self.reads(given, &goes) {
            return Err(Refused::Unknown);
        }
        if stays.merged.is_some() || goes.merged.is_some() {
            return Err(Refused::AlreadyMerged);
        }
        if is_for_more(stays.audience, goes.audience) {
            return Err(Refused::ForMore);
        }
        let writable = |row: &CatalogueRow| self.writable_case(given, &row.subject).is_some();
        if !writable(&stays) || !writable(&goes) {
            return Err(Refused::NotAllowed);
        }
        let both = [stays.document, goes.document];
        let ready = [
            self.is_ready(both[0], given.now, out)?,
            self.is_ready(both[1], given.now, out)?,
        ];
        if ready.contains(&false) {
            return Ok(Step::Defer);
        }
        let heads = both.map(|document| self.documents.get(&document).map(|here| here.heads.clone()));
        let seen = merging.seen.clone().ok_or(Refused::Outdated)?;
        if heads != seen.map(Some) {
            return Err(Refused::Outdated);
        }
        self.merge(given, merging, (&stays, goes))
    }

    fn merge(
        &mut self,
        given: &Given<'_>,
        merging: &Merging,
        (stays, goes): (&CatalogueRow, CatalogueRow),
    ) -> Result<Step, Refused> {
        let set = self.workshop_mut(given.workshop)?.characteristics.clone();
        let same = self.case(goes.document, &set)?;
        let coder = participant(given.by).map(|by| by.to_string()).unwrap_or_default();
        let joining = Joining {
            puts: &merging.gains.puts,
            swaps: &merging.gains.swaps,
            same: Some(&same),
            coder: &coder,
            ..Joining::default()
        };
        let mut done = Done::default();
        let came = self.join_to(given, stays.document, &joining, &mut done)?;
        let import = ImportRow {
            id: ImportId::from_random(self.fresh_bytes()),
            list: format!("{} → {}", goes.code, stays.code),
            by: participant(given.by),
            at_ms: given.now,
            cases: Vec::new(),
            joined: vec![stays.subject.clone()],
            merged: Some(goes.subject.clone()),
            code_form: false,
            mappings: Vec::new(),
            undone_ms: None,
        };
        done.answer = Some(Answer::Merged {
            import: import.id.clone(),
            fields: (came.put.len() + came.swapped.len()) as u32,
            items: came.added.len() as u32,
        });
        let joined = JoinedRow {
            puts: came.put,
            swaps: came.swapped,
            added: came.added,
            told: None,
            told_before: None,
        };
        imports::put_joined(stays.document, &import.id, &joined, &mut done);
        imports::put(given, &import, &mut done);
        let merged = Merged {
            into: stays.subject.clone(),
            import: import.id,
        };
        let (subject, state) = (goes.subject.clone(), State::Archived);
        self.set_state_of(given, &subject, state, &mut done)?;
        let row = CatalogueRow {
            state,
            merged: Some(merged),
            ..goes
        };
        self.put_row(given, row, &mut done)?;
        Ok(Step::done(done))
    }

    /// The case that went into another, as it still stands in the archive.
    pub(super) fn merged_document(
        &mut self,
        given: &Given<'_>,
        import: &ImportRow,
    ) -> Result<Option<DocumentId>, Refused> {
        let merged = import.merged.as_ref().filter(|_| import.undone_ms.is_none());
        let row = merged.map(|subject| self.a_case(given, subject)).transpose()?;
        Ok(row.map(|row| row.document))
    }

    pub(super) fn reads(&self, given: &Given<'_>, row: &CatalogueRow) -> bool {
        let Caller::Participant(who) = given.by else {
            return true;
        };
        let workshop = self.workshops.get(given.workshop);
        workshop.is_some_and(|workshop| workshop.decide(who, row, Action::Read).is_ok())
    }

    /// A case, archived or not.
    pub(super) fn a_case(&mut self, given: &Given<'_>, subject: &SubjectId) -> Result<CatalogueRow, Refused> {
        let row = self.workshop_mut(given.workshop)?.catalogue.get(subject);
        let row = row.filter(|row| row.kind == Kind::Case);
        row.cloned().ok_or(Refused::Unknown)
    }
}

/// Whether what is for `one` is seen by some who do not see what is for `other`.
fn is_for_more(one: Audience, other: Audience) -> bool {
    let reach = |audience| match audience {
        Audience::Client => 3,
        Audience::Members => 2,
        Audience::Team => 1,
        Audience::Group | Audience::Owner => 0,
    };
    reach(one) > reach(other)
}
