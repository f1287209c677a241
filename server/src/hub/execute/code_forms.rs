//! What a filled code form says becomes codings of cases (R23): all that somebody said yes to, in one transaction, as the
//! server, on their behalf. It is undone as an import is.

use super::{Done, Given, Hub, Step, imports, participant};
use crate::hub::Output;
use crate::hub::command::{Answer, FilledForm, Refused};
use crate::hub::rows::{ImportRow, JoinedRow};
use samverk_shared::document::join::Joining;
use samverk_shared::double_coding::is_sound;
use samverk_shared::ids::ImportId;
use samverk_shared::limits::DECIDED_CASES_MAX;
use samverk_shared::merge::Swap;

impl Hub {
    pub(super) fn take_in_form(
        &mut self,
        given: &Given<'_>,
        form: &FilledForm,
        out: &mut Vec<Output>,
    ) -> Result<Step, Refused> {
        if form.codings.len() > DECIDED_CASES_MAX {
            return Err(Refused::Full);
        }
        let set = self.workshop_mut(given.workshop)?.characteristics.clone();
        let mut all = form.codings.values().flatten();
        if !all.all(|(key, coding)| set.get(key).is_some_and(|of| is_sound(of, &coding.now))) {
            return Err(Refused::BadText);
        }
        let (mut ready, mut left, mut waits) = (Vec::new(), form.left.clone(), false);
        for (subject, codings) in &form.codings {
            let document = self.writable_case(given, subject);
            match document.map(|document| (document, self.is_ready(document, given.now, out))) {
                Some((document, Ok(true))) => ready.push((subject, document, codings)),
                Some((_, Ok(false))) => waits = true,
                // It is closed, not theirs, or cannot be read.
                Some((_, Err(_))) | None => {
                    left.extend(codings.keys().map(|key| (subject.clone(), key.clone())))
                }
            }
        }
        if waits {
            return Ok(Step::Defer);
        }
        let mut done = Done::default();
        let mut import = ImportRow {
            id: ImportId::from_random(self.fresh_bytes()),
            list: form.name.clone(),
            by: participant(given.by),
            at_ms: given.now,
            cases: Vec::new(),
            joined: Vec::new(),
            merged: None,
            code_form: true,
            mappings: Vec::new(),
            undone_ms: None,
        };
        let mut taken = 0;
        for (subject, document, codings) in ready {
            let swaps = codings.iter().map(|(key, coding)| Swap::Coding {
                key: key.clone(),
                was: coding.was.clone(),
                now: coding.now.clone(),
            });
            let swaps: Vec<Swap> = swaps.collect();
            let joining = Joining {
                swaps: &swaps,
                ..Joining::default()
            };
            let came = self.join_to(given, document, &joining, &mut done)?;
            let stays = swaps
                .iter()
                .zip(codings.keys())
                .filter(|(swap, _)| !came.swapped.contains(swap));
            left.extend(stays.map(|(_, key)| (subject.clone(), key.clone())));
            if came.swapped.is_empty() {
                continue;
            }
            taken += came.swapped.len();
            let joined = JoinedRow {
                puts: Vec::new(),
                swaps: came.swapped,
                added: Vec::new(),
                told: None,
                told_before: None,
            };
            imports::put_joined(document, &import.id, &joined, &mut done);
            import.joined.push(subject.clone());
        }
        let cases = import.joined.len();
        if cases > 0 {
            imports::put(given, &import, &mut done);
        }
        done.answer = Some(Answer::TakenIn {
            import: (cases > 0).then_some(import.id),
            codings: taken,
            cases,
            left,
        });
        Ok(Step::done(done))
    }
}
