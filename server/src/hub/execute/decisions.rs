//! Deciding about several cases at once (R38): all that take edits, in one transaction, as the server, on behalf of who
//! decides. Nothing is done where something asked is not sound.

use super::{Done, Given, Hub, Step, participant};
use crate::hub::Output;
use crate::hub::command::{Answer, Refused};
use samverk_shared::case::{Criterion, Decision, Selection};
use samverk_shared::document::decisions::before_last;
use samverk_shared::document::join::Joining;
use samverk_shared::ids::{DocumentId, SubjectId};
use samverk_shared::limits::{DECIDED_CASES_MAX, DECISION_REASON_CHARS_MAX, ROW_REASON_CHARS_MAX};
use samverk_shared::merge::Swap;
use std::collections::{BTreeMap, BTreeSet};

/// Cases that are ready, and those that take no edits.
struct Sorted {
    ready: Vec<(SubjectId, DocumentId)>,
    left: Vec<SubjectId>,
}

impl Hub {
    pub(super) fn decide_about(
        &mut self,
        given: &Given<'_>,
        (decisions, seen): (&BTreeMap<SubjectId, Selection>, &BTreeMap<SubjectId, Selection>),
        out: &mut Vec<Output>,
    ) -> Result<Step, Refused> {
        let too_long = |one: &Selection| one.reason.chars().count() > DECISION_REASON_CHARS_MAX;
        if decisions.values().any(too_long) {
            return Err(Refused::BadText);
        }
        let Some(Sorted { ready, mut left }) = self.sorted(given, decisions.keys(), out)? else {
            return Ok(Step::Defer);
        };
        let by = participant(given.by).map(|by| by.to_string()).unwrap_or_default();
        let mut done = Done::default();
        let (mut decided, mut same) = (0, Vec::new());
        for (subject, document) in ready {
            let wanted = Selection {
                by: by.clone(),
                ..decisions.get(&subject).cloned().unwrap_or_default()
            };
            let was = self.selection(given, document)?;
            let said = |one: &Selection| (one.decision, one.criterion, one.reason.clone());
            if said(&was) == said(&wanted) {
                same.push(subject);
            } else if seen.get(&subject).is_some_and(|seen| shown(seen) != shown(&was)) {
                left.push(subject);
                continue;
            } else {
                self.select(given, document, (was, wanted), &mut done)?;
            }
            decided += 1;
        }
        done.answer = Some(Answer::Decided { decided, same, left });
        Ok(Step::done(done))
    }

    pub(super) fn take_back_decisions(
        &mut self,
        given: &Given<'_>,
        cases: &BTreeSet<SubjectId>,
        out: &mut Vec<Output>,
    ) -> Result<Step, Refused> {
        let Some(Sorted { ready, mut left }) = self.sorted(given, cases, out)? else {
            return Ok(Step::Defer);
        };
        let by = participant(given.by).map(|by| by.to_string()).unwrap_or_default();
        let actor = self.server_actor(given)?;
        let mut done = Done::default();
        let mut decided = 0;
        for (subject, document) in ready {
            let was = self.selection(given, document)?;
            let before = before_last(&self.content(document)?.automerge, &actor);
            match before.filter(|_| was.by == by) {
                Some(before) => {
                    self.select(given, document, (was, before), &mut done)?;
                    decided += 1;
                }
                None => left.push(subject),
            }
        }
        let same = Vec::new();
        done.answer = Some(Answer::Decided { decided, same, left });
        Ok(Step::done(done))
    }

    /// None while some of them are not in memory. All have to be cases the caller may read.
    fn sorted<'c>(
        &mut self,
        given: &Given<'_>,
        cases: impl IntoIterator<Item = &'c SubjectId>,
        out: &mut Vec<Output>,
    ) -> Result<Option<Sorted>, Refused> {
        let (mut open, mut left) = (Vec::new(), Vec::new());
        for subject in cases {
            let row = self.a_case(given, subject)?;
            if !self.reads(given, &row) {
                return Err(Refused::Unknown);
            }
            match self.writable_case(given, subject) {
                Some(document) => open.push((subject.clone(), document)),
                None => left.push(subject.clone()),
            }
        }
        if open.len() + left.len() > DECIDED_CASES_MAX {
            return Err(Refused::Full);
        }
        let (mut ready, mut waits) = (Vec::new(), false);
        for (subject, document) in open {
            match self.is_ready(document, given.now, out) {
                Ok(true) => ready.push((subject, document)),
                Ok(false) => waits = true,
                Err(_) => left.push(subject),
            }
        }
        Ok((!waits).then_some(Sorted { ready, left }))
    }

    fn selection(&mut self, given: &Given<'_>, document: DocumentId) -> Result<Selection, Refused> {
        let set = self.workshop_mut(given.workshop)?.characteristics.clone();
        Ok(self.case(document, &set)?.selection)
    }

    fn select(
        &mut self,
        given: &Given<'_>,
        document: DocumentId,
        (was, now): (Selection, Selection),
        done: &mut Done,
    ) -> Result<(), Refused> {
        let swap = Swap::Selection { was, now };
        let joining = Joining {
            swaps: std::slice::from_ref(&swap),
            ..Joining::default()
        };
        self.join_to(given, document, &joining, done)?;
        Ok(())
    }
}

/// What a row of the register shows of a decision, and who has nothing else at hand has seen of it.
fn shown(one: &Selection) -> (Decision, Criterion, String) {
    let reason = one.reason.trim().chars().take(ROW_REASON_CHARS_MAX);
    (one.decision, one.criterion, reason.collect())
}
