//! Who chose and deselected what, when and why: from the history of the case documents and the authorship the server
//! recorded, kept until a document changes (R38).

use super::contents::{loaded, may_list, there};
use super::{CaseRow, Reader, locked};
use crate::hub::rows::{self, RunRow};
use crate::store::{ChangeHash, Store, StoreError, Stored, Table};
use samverk_shared::case::{Criterion, Decision};
use samverk_shared::document::decisions::{Step, Written, decisions};
use samverk_shared::ids::{DocumentId, ParticipantId, SubjectId};
use samverk_shared::limits::DECISIONS_SHOWN_MAX;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

/// One step of the history of one case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decided {
    /// The case.
    pub subject: SubjectId,
    /// Who, or on whose behalf the server did; nobody known where this is null.
    pub by: Option<ParticipantId>,
    /// When, within what the server recorded; null where that is not known.
    pub at_ms: Option<u64>,
    /// What was decided before; null where nobody had.
    pub from: Option<Decision>,
    /// What is decided with it.
    pub decision: Decision,
    /// By which criterion.
    pub criterion: Criterion,
    /// Why, in words.
    pub reason: String,
}

/// The histories of one workshop's cases.
#[derive(Default)]
pub struct DecisionsView {
    kept: Mutex<BTreeMap<DocumentId, Kept>>,
}

struct Kept {
    heads: Vec<ChangeHash>,
    steps: Arc<[Decided]>,
}

impl DecisionsView {
    /// Of these cases, as far as the reader may list them; the newest first.
    pub fn answer(
        &self,
        store: &dyn Store,
        cases: &[CaseRow],
        reader: Reader,
        whole: bool,
    ) -> Result<Vec<Decided>, StoreError> {
        let mut kept = locked(&self.kept);
        let mut all = Vec::new();
        for case in cases.iter().filter(|case| may_list(case, reader)) {
            all.extend(of_case(&mut kept, store, case)?.iter().cloned());
        }
        if whole {
            let listed: BTreeSet<DocumentId> = cases.iter().map(|case| case.document).collect();
            kept.retain(|document, _| listed.contains(document));
        }
        // Stable: of one case, what came later stands first also where the clock says the same.
        all.reverse();
        all.sort_by_key(|one| std::cmp::Reverse(one.at_ms));
        all.truncate(DECISIONS_SHOWN_MAX);
        Ok(all)
    }
}

fn of_case(
    kept: &mut BTreeMap<DocumentId, Kept>,
    store: &dyn Store,
    case: &CaseRow,
) -> Result<Arc<[Decided]>, StoreError> {
    let Some(meta) = there(store.meta(case.document))? else {
        return Ok(Arc::default());
    };
    if let Some(known) = kept.get(&case.document).filter(|known| known.heads == meta.heads) {
        return Ok(known.steps.clone());
    }
    let Some(stored) = there(store.load(case.document))? else {
        return Ok(Arc::default());
    };
    let runs = runs(store, case.document)?;
    let steps: Arc<[Decided]> = read(&stored, &runs, case).into();
    let entry = Kept {
        heads: stored.meta.heads,
        steps: steps.clone(),
    };
    kept.insert(case.document, entry);
    Ok(steps)
}

/// Actor → runs of changes, from the first sequence number on.
type Runs = BTreeMap<String, BTreeMap<u64, RunRow>>;

fn runs(store: &dyn Store, document: DocumentId) -> Result<Runs, StoreError> {
    let mut runs = Runs::new();
    for (key, record) in store.scan(Table::Authorship, &format!("{document}/"))? {
        // `document/actor/sequence from`.
        let mut parts = key.rsplit('/');
        let (Some(from), Some(actor)) = (parts.next().and_then(|from| from.parse().ok()), parts.next())
        else {
            continue;
        };
        let run: RunRow = rows::read(&key, &record).map_err(|error| StoreError(error.into()))?;
        runs.entry(actor.to_owned()).or_default().insert(from, run);
    }
    Ok(runs)
}

/// Who wrote a change, and when: as its author's clock says, but within the run in which the server had it.
fn who(runs: &Runs, actor: &str, seq: u64, said_ms: u64) -> Option<Written<Option<ParticipantId>>> {
    let (_, run) = runs.get(actor)?.range(..=seq).next_back()?;
    (seq <= run.to).then(|| Written {
        author: run.author.clone().or_else(|| run.on_behalf_of.clone()),
        at_ms: said_ms.clamp(run.from_ms, run.to_ms.max(run.from_ms)),
    })
}

fn read(stored: &Stored, runs: &Runs, case: &CaseRow) -> Vec<Decided> {
    let steps = loaded(stored, case.document, |document| {
        decisions(document, |actor, seq, said_ms| who(runs, actor, seq, said_ms))
    });
    let mut before = None;
    let mut one = |step: Step<Option<ParticipantId>>| Decided {
        subject: case.subject.clone(),
        by: step.written.as_ref().and_then(|written| written.author.clone()),
        at_ms: step.written.map(|written| written.at_ms),
        from: before.replace(step.selection.decision),
        decision: step.selection.decision,
        criterion: step.selection.criterion,
        reason: step.selection.reason,
    };
    steps.unwrap_or_default().into_iter().map(&mut one).collect()
}
