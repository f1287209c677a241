//! Blanks of cases become information needs (R43): one command, so that two people who ask at once ask about each once.

use super::{Done, Given, Hub, Step, participant, seconds};
use crate::firewall::contain;
use crate::hub::command::{Answer, Refused};
use crate::hub::{Caller, Output};
use samverk_shared::access::{Action, Kind};
use samverk_shared::document::{needs, read::read_case};
use samverk_shared::ids::{DocumentId, SubjectId, id_from_random};
use samverk_shared::limits::{CASE_NEEDS_MAX, NEEDS_CASES_MAX};
use samverk_shared::need::{Errand, Need, is_day, of_blanks};

impl Hub {
    pub(super) fn add_needs(
        &mut self,
        given: &Given<'_>,
        cases: &[SubjectId],
        wanted: (Option<&[String]>, &Errand),
        out: &mut Vec<Output>,
    ) -> Result<Step, Refused> {
        let (about, errand) = wanted;
        self.check_errand(given, errand)?;
        if cases.len() > NEEDS_CASES_MAX {
            return Err(Refused::Full);
        }
        let documents: Vec<DocumentId> = cases
            .iter()
            .filter_map(|case| self.writable_case(given, case))
            .collect();
        if documents.is_empty() && !cases.is_empty() {
            return Err(Refused::Unknown);
        }
        let mut ready = Vec::new();
        let mut waits = false;
        for document in documents {
            match self.is_ready(document, given.now, out) {
                Ok(true) => ready.push(document),
                Ok(false) => waits = true,
                // What cannot be read is shown as such elsewhere, and is no reason not to ask about the others.
                Err(_) => {}
            }
        }
        if waits {
            return Ok(Step::Defer);
        }
        let mut done = Done::default();
        let (mut needs, mut changed) = (0, 0);
        for document in ready {
            let made = self.add_needs_to(given, document, about, errand, &mut done)?;
            needs += made;
            changed += usize::from(made > 0);
        }
        done.answer = Some(Answer::Needs {
            needs,
            cases: changed,
        });
        Ok(Step::done(done))
    }

    fn check_errand(&mut self, given: &Given<'_>, errand: &Errand) -> Result<(), Refused> {
        if !errand.due.is_empty() && !is_day(&errand.due) {
            return Err(Refused::BadText);
        }
        let nobody = errand.responsible.is_empty();
        let participants = &self.workshop_mut(given.workshop)?.participants;
        let here = participants.keys().any(|who| who.as_str() == errand.responsible);
        if nobody || here {
            Ok(())
        } else {
            Err(Refused::Unknown)
        }
    }

    /// The document of a case that the caller may write.
    pub(super) fn writable_case(&self, given: &Given<'_>, subject: &SubjectId) -> Option<DocumentId> {
        self.writable(given, subject, Kind::Case)
    }

    /// The document of this kind about something, where the caller may write it.
    pub(super) fn writable(&self, given: &Given<'_>, subject: &SubjectId, kind: Kind) -> Option<DocumentId> {
        let workshop = self.workshops.get(given.workshop)?;
        let row = workshop.catalogue.get(subject).filter(|row| row.kind == kind)?;
        let may = match given.by {
            Caller::Server => true,
            Caller::Participant(who) => workshop.decide(who, row, Action::Write).is_ok(),
        };
        may.then_some(row.document)
    }

    fn add_needs_to(
        &mut self,
        given: &Given<'_>,
        document: DocumentId,
        about: Option<&[String]>,
        errand: &Errand,
        done: &mut Done,
    ) -> Result<usize, Refused> {
        self.make_whole(given, document, Kind::Case, done)?;
        let set = self.workshop_mut(given.workshop)?.characteristics.clone();
        let loaded = self.content(document)?;
        let (case, _) = contain(|| read_case(&loaded.automerge, &set)).map_err(|_| Refused::Unreadable)?;
        let mut wanted: Vec<Need> = match about {
            None => of_blanks(&case, None, errand, &set),
            Some(fields) => {
                let each = fields
                    .iter()
                    .flat_map(|field| of_blanks(&case, Some(field), errand, &set));
                each.collect()
            }
        };
        wanted.truncate(CASE_NEEDS_MAX.saturating_sub(case.needs.len()));
        for need in &mut wanted {
            need.id = id_from_random(self.fresh_bytes());
        }
        let (actor, time_s) = (self.server_actor(given)?, seconds(given.now));
        let loaded = self.content(document)?;
        let change = contain(|| needs::change(&loaded.automerge, &wanted, actor, time_s));
        let change = change.ok().and_then(Result::ok).ok_or(Refused::Unreadable)?;
        if let Some(change) = change {
            self.change_content(given, document, change, done)?;
            done.changed.push((document, Kind::Case));
        }
        tracing::debug!(%document, needs = wanted.len(), by = ?participant(given.by), "needs were added");
        Ok(wanted.len())
    }
}
