//! Settling what a double coding came to (R3): codings become the cases', as the server, on behalf of who decides.
//!
//! **Invariant:** a coding somebody has not looked at is never overwritten: one is chosen against what was seen, and
//! what all agree on is taken over where the case says nothing or the same.

use super::{Done, Given, Hub, Step, participant, seconds};
use crate::firewall::contain;
use crate::hub::Output;
use crate::hub::command::{Answer, Choice, Refused, Settling};
use crate::hub::rows::{self, CollectionState, How, SettledRow};
use crate::hub::workshop::view;
use crate::store::Table;
use samverk_shared::access::Kind;
use samverk_shared::case::{Case, Coding, CodingState};
use samverk_shared::characteristic::{Characteristic, Characteristics};
use samverk_shared::collection::{Ask, codings_of};
use samverk_shared::document::{read::read_case, recode};
use samverk_shared::double_coding::{
    Coded, Verdict, agreed_coding, is_sound, living, only_its_value, reads_the_same, verdict,
};
use samverk_shared::ids::{CollectionId, DocumentId, SubjectId};
use std::collections::BTreeMap;

/// Codings by case, each with what it is of.
type Agreed<'s> = BTreeMap<SubjectId, Vec<(&'s Characteristic, Coding)>>;

/// A double coding that was revealed.
struct Revealed {
    cases: Vec<SubjectId>,
    characteristics: Vec<String>,
    coders: Vec<Coded>,
}

impl Hub {
    pub(super) fn settle(
        &mut self,
        given: &Given<'_>,
        id: &CollectionId,
        settling: &Settling,
        out: &mut Vec<Output>,
    ) -> Result<Step, Refused> {
        let Settling {
            case,
            characteristic: key,
            choice,
            seen,
        } = settling;
        let Some(revealed) = self.revealed(given, id, out)? else {
            return Ok(Step::Defer);
        };
        let asked = revealed.cases.contains(case) && revealed.characteristics.contains(key);
        let set = self.workshop_mut(given.workshop)?.characteristics.clone();
        let of = set.get(key).filter(|_| asked);
        let of = of.ok_or(Refused::Unknown)?;
        let document = self.writable_case(given, case).ok_or(Refused::NotAllowed)?;
        if !self.is_ready(document, given.now, out)? {
            return Ok(Step::Defer);
        }
        let (coding, how) = match choice {
            Choice::Own(coding) => (coding, How::Own),
            Choice::Of(coder) => {
                let coder = revealed.coders.iter().find(|one| one.by == *coder);
                let coder = coder.ok_or(Refused::Unknown)?;
                let coding = coder.coding(case, key).ok_or(Refused::Unknown)?;
                (coding, How::Of(coder.by.clone()))
            }
        };
        if !is_sound(of, coding) {
            return Err(Refused::BadText);
        }
        let present = self.case(document, &set)?.codings.remove(key).unwrap_or_default();
        if !reads_the_same(of.scale, &present, &living(of, seen)) {
            return Err(Refused::CodingChanged);
        }
        let mut done = Done::default();
        let settled = self.settled_row(given, id, (case, of), coding, how);
        self.code(given, document, std::slice::from_ref(&settled), &mut done)?;
        self.remember(given, vec![settled], &mut done)?;
        done.answer = Some(Answer::Settled { settled: 1, left: 0 });
        Ok(Step::done(done))
    }

    pub(super) fn settle_agreed(
        &mut self,
        given: &Given<'_>,
        id: &CollectionId,
        out: &mut Vec<Output>,
    ) -> Result<Step, Refused> {
        let Some(revealed) = self.revealed(given, id, out)? else {
            return Ok(Step::Defer);
        };
        let set = self.workshop_mut(given.workshop)?.characteristics.clone();
        let agreed = self.agreed(given, id, &revealed, &set)?;
        let mut ready = Vec::new();
        let (mut waits, mut left) = (false, 0);
        for (case, codings) in &agreed {
            let document = self.writable_case(given, case);
            match document.map(|document| (document, self.is_ready(document, given.now, out))) {
                Some((document, Ok(true))) => ready.push((case, document)),
                Some((_, Ok(false))) => waits = true,
                // It is closed, not theirs, or cannot be read.
                Some((_, Err(_))) | None => left += codings.len(),
            }
        }
        if waits {
            return Ok(Step::Defer);
        }
        let mut done = Done::default();
        let mut settled = Vec::new();
        for (case, document) in ready {
            let found = self.case(document, &set)?;
            let mut rows = Vec::new();
            for (of, coding) in &agreed[case] {
                match stands(&found, of, coding) {
                    Stands::Blank => {
                        rows.push(self.settled_row(given, id, (case, of), coding, How::Agreed));
                    }
                    Stands::Same => {
                        settled.push(self.settled_row(given, id, (case, of), coding, How::Agreed));
                    }
                    Stands::Otherwise => left += 1,
                }
            }
            self.code(given, document, &rows, &mut done)?;
            settled.extend(rows);
        }
        done.answer = Some(Answer::Settled {
            settled: settled.len(),
            left,
        });
        self.remember(given, settled, &mut done)?;
        Ok(Step::done(done))
    }

    /// What a double coding came to, once the documents of its coders are in memory.
    fn revealed(
        &mut self,
        given: &Given<'_>,
        id: &CollectionId,
        out: &mut Vec<Output>,
    ) -> Result<Option<Revealed>, Refused> {
        let row = self.collection(given, id)?.clone();
        let Ask::Codings {
            cases,
            characteristics,
            ..
        } = &row.question.ask
        else {
            return Err(Refused::Unknown);
        };
        if row.state != CollectionState::Revealed {
            return Err(Refused::CollectionOpen);
        }
        let Some(sealed) = self.open_sealed(given, &row, out)? else {
            return Ok(None);
        };
        Ok(Some(Revealed {
            cases: cases.clone(),
            characteristics: characteristics.clone(),
            coders: codings_of(sealed.into_iter().map(|(_, sealed)| sealed).collect()),
        }))
    }

    /// What all coders agree on and nobody has settled, case by case.
    fn agreed<'s>(
        &mut self,
        given: &Given<'_>,
        id: &CollectionId,
        revealed: &Revealed,
        set: &'s Characteristics,
    ) -> Result<Agreed<'s>, Refused> {
        let workshop = self.workshop_mut(given.workshop)?;
        let settled = workshop.settled.get(id);
        let is_settled = |case: &SubjectId, key: &str| {
            settled.is_some_and(|settled| settled.contains(&(case.clone(), key.to_owned())))
        };
        let mut agreed = Agreed::new();
        for case in &revealed.cases {
            for key in &revealed.characteristics {
                let said: Vec<&Coding> = revealed
                    .coders
                    .iter()
                    .filter_map(|coder| coder.coding(case, key))
                    .collect();
                if let Some(of) = set.get(key)
                    && !is_settled(case, key)
                    && let Some(coding) = agreed_coding(of, &said)
                {
                    agreed.entry(case.clone()).or_default().push((of, coding));
                }
            }
        }
        Ok(agreed)
    }

    /// The case in a document that is ready.
    pub(super) fn case(&self, document: DocumentId, set: &Characteristics) -> Result<Case, Refused> {
        let loaded = self.content(document)?;
        let (case, _) = contain(|| read_case(&loaded.automerge, set)).map_err(|_| Refused::Unreadable)?;
        Ok(case)
    }

    fn settled_row(
        &self,
        given: &Given<'_>,
        collection: &CollectionId,
        (case, of): (&SubjectId, &Characteristic),
        coding: &Coding,
        how: How,
    ) -> SettledRow {
        let by = participant(given.by);
        SettledRow {
            collection: collection.clone(),
            case: case.clone(),
            characteristic: of.key.clone(),
            at_ms: given.now,
            how,
            coding: Coding {
                coder: by.as_ref().map_or_else(String::new, ToString::to_string),
                ..only_its_value(of.scale, coding)
            },
            by,
        }
    }

    /// Codes a case that is ready.
    fn code(
        &mut self,
        given: &Given<'_>,
        document: DocumentId,
        rows: &[SettledRow],
        done: &mut Done,
    ) -> Result<(), Refused> {
        let codings: BTreeMap<String, Coding> = rows
            .iter()
            .map(|row| (row.characteristic.clone(), row.coding.clone()))
            .collect();
        self.make_whole(given, document, Kind::Case, done)?;
        let (actor, time_s) = (self.server_actor(given)?, seconds(given.now));
        let loaded = self.content(document)?;
        let change = contain(|| recode::change(&loaded.automerge, &codings, actor, time_s));
        let change = change.ok().and_then(Result::ok).ok_or(Refused::Unreadable)?;
        if let Some(change) = change {
            self.change_content(given, document, change, done)?;
            done.changed.push((document, Kind::Case));
        }
        Ok(())
    }

    fn remember(
        &mut self,
        given: &Given<'_>,
        settled: Vec<SettledRow>,
        done: &mut Done,
    ) -> Result<(), Refused> {
        for row in &settled {
            done.transaction
                .push(rows::put(Table::Settled, row.key(given.workshop), row));
            self.workshop_mut(given.workshop)?.note_settled(row);
        }
        done.views.push(view::COLLECTIONS);
        Ok(())
    }
}

/// What a case is coded as, beside what its coders agree on.
enum Stands {
    Blank,
    Same,
    Otherwise,
}

fn stands(case: &Case, of: &Characteristic, agreed: &Coding) -> Stands {
    let present = case.codings.get(&of.key);
    let Some(present) = present.filter(|one| one.state != CodingState::NotCoded) else {
        return Stands::Blank;
    };
    match verdict(of, &[present, agreed]) {
        Some(Verdict::Agree) => Stands::Same,
        // Its value is in no list any more: it says nothing.
        Some(Verdict::One) => Stands::Blank,
        _ => Stands::Otherwise,
    }
}
