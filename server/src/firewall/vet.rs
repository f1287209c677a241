//! The rules each change must hold before it is applied (SYNC, validation recipe).

use super::chunk;
use super::footprint::{self, Depths, Fault, Footprint};
use super::weigh::Allowance;
use super::{Malformed, contain};
use automerge::{ActorId, Automerge, Change, ChangeHash};
use samverk_shared::limits::{CHANGE_TIME_MAX, DOCUMENT_OPS_MAX, START_OP_AHEAD_MAX};
use std::collections::{BTreeMap, BTreeSet};

/// What is known of a document's changes without asking automerge to apply anything.
#[derive(Debug, Default, Clone)]
pub struct History {
    /// The newest change of each actor.
    actors: BTreeMap<ActorId, Newest>,
    max_op: u64,
    changes: usize,
    /// Operation numbers the changes use, each change by itself. automerge takes memory for as many when it loads.
    numbers: u64,
    /// An accepted change has to be proved.
    doubtful: bool,
    /// Objects that accepted changes make, and how deep they lie.
    depths: Depths,
    /// Changes accepted and not yet applied, with their last operation.
    pending: BTreeMap<ChangeHash, u64>,
    /// What each acceptance changed, newest last.
    journal: Vec<Accepted>,
}

/// The newest change of an actor; of an actor nobody has seen, that before its first.
#[derive(Debug, Default, Clone, Copy)]
struct Newest {
    seq: u64,
    last_op: u64,
}

#[derive(Debug, Clone)]
struct Accepted {
    actor: ActorId,
    newest_before: Newest,
    max_op_before: u64,
    numbers: u64,
    made: Vec<(ActorId, u64)>,
    hash: ChangeHash,
}

/// What becomes of one change.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// It may be applied.
    Accept {
        /// The change.
        change: Change,
        /// What was found of it.
        footprint: Footprint,
    },
    /// The document has it.
    Known,
    /// It builds on changes nobody has sent yet.
    Waits {
        /// The change.
        change: Change,
        /// What it waits for.
        missing: Vec<ChangeHash>,
    },
    /// Another change has this actor and sequence number.
    Duplicate(ChangeHash),
    /// It is larger than a change may be.
    TooLarge(ChangeHash),
    /// It breaks a rule.
    Malformed(ChangeHash, Malformed),
}

impl History {
    /// Reads the history of a loaded document.
    pub fn of(document: &Automerge) -> History {
        let mut history = History::default();
        for change in document.get_changes_meta(&[]) {
            let newest = history.actors.entry(change.actor.into_owned()).or_default();
            if change.seq > newest.seq {
                (newest.seq, newest.last_op) = (change.seq, change.max_op);
            }
            history.max_op = history.max_op.max(change.max_op);
            history.changes += 1;
            history.numbers += (change.max_op + 1).saturating_sub(change.start_op).max(1);
        }
        history
    }

    /// How many changes the document has.
    pub fn changes(&self) -> usize {
        self.changes
    }

    /// How many operations the document's changes have, with the numbers they skip.
    pub fn operations(&self) -> u64 {
        self.numbers
    }

    /// Whether what was accepted has to be loaded again before it counts as applied.
    pub fn is_doubtful(&self) -> bool {
        self.doubtful
    }

    /// Takes an accepted change into account, before it is applied.
    pub fn accept(&mut self, change: &Change, footprint: Footprint) {
        let actor = change.actor_id().clone();
        let newest = Newest {
            seq: change.seq(),
            last_op: change.max_op(),
        };
        let newest_before = self.actors.insert(actor.clone(), newest).unwrap_or_default();
        self.journal.push(Accepted {
            actor,
            newest_before,
            max_op_before: self.max_op,
            numbers: footprint.numbers,
            made: footprint.depths.keys().cloned().collect(),
            hash: change.hash(),
        });
        self.depths.extend(footprint.depths);
        self.numbers += footprint.numbers;
        self.doubtful |= footprint.doubtful;
        self.max_op = self.max_op.max(change.max_op());
        self.changes += 1;
        self.pending.insert(change.hash(), change.max_op());
    }

    /// How many changes are accepted and not applied.
    pub fn accepted(&self) -> usize {
        self.journal.len()
    }

    /// Forgets what was accepted after there were `accepted` of them.
    pub fn take_back(&mut self, accepted: usize) {
        while self.journal.len() > accepted {
            let Some(last) = self.journal.pop() else { return };
            if last.newest_before.seq == 0 {
                self.actors.remove(&last.actor);
            } else {
                self.actors.insert(last.actor, last.newest_before);
            }
            self.max_op = last.max_op_before;
            self.changes -= 1;
            self.numbers -= last.numbers;
            for object in &last.made {
                self.depths.remove(object);
            }
            self.pending.remove(&last.hash);
        }
    }

    /// What was accepted is stored: it is not taken back any more.
    pub fn settle(&mut self) {
        self.journal.clear();
        self.depths.clear();
        self.doubtful = false;
    }

    /// Accepted changes have been applied: automerge knows them.
    pub fn applied(&mut self, changes: impl Iterator<Item = ChangeHash>) {
        changes.for_each(|hash| {
            self.pending.remove(&hash);
        });
    }

    fn last_op(&self, document: &Automerge, hash: &ChangeHash) -> Option<u64> {
        let pending = self.pending.get(hash).copied();
        pending.or_else(|| document.get_change_meta_by_hash(hash).map(|meta| meta.max_op))
    }

    /// Whether the document has the change, or will once the accepted ones are applied.
    pub fn has(&self, document: &Automerge, hash: &ChangeHash) -> bool {
        self.last_op(document, hash).is_some()
    }
}

/// Reads the changes of a message's blobs. A whole document is taken apart into its changes.
pub fn read_changes(blobs: &[&[u8]]) -> Result<Vec<Change>, Malformed> {
    let mut changes = Vec::new();
    let mut allowance = Allowance::of_a_message();
    for blob in blobs {
        for chunk in chunk::split(blob)? {
            let read = contain(|| chunk.changes(&mut allowance));
            changes.extend(read.map_err(|p| Malformed::Refused(p.to_string()))??);
        }
    }
    Ok(changes)
}

/// Judges one change against the document and what was accepted before it.
pub fn vet(document: &Automerge, history: &History, change: Change) -> Verdict {
    let hash = change.hash();
    if history.has(document, &hash) {
        return Verdict::Known;
    }
    let newest = history.actors.get(change.actor_id()).copied().unwrap_or_default();
    if change.seq() <= newest.seq {
        return Verdict::Duplicate(hash);
    }
    let missing: Vec<ChangeHash> = change
        .deps()
        .iter()
        .filter(|dep| !history.has(document, dep))
        .copied()
        .collect();
    if !missing.is_empty() {
        return Verdict::Waits { change, missing };
    }
    let last_deps = change
        .deps()
        .iter()
        .filter_map(|dep| history.last_op(document, dep));
    let last_dep = last_deps.max().unwrap_or(0);
    if let Some(rule) = broken_rule(history, &change, newest, last_dep) {
        return Verdict::Malformed(hash, Malformed::Change(rule));
    }
    match footprint::check(document, &history.depths, &change, last_dep) {
        Ok(footprint) if history.numbers + footprint.numbers > DOCUMENT_OPS_MAX => Verdict::TooLarge(hash),
        Ok(footprint) => Verdict::Accept { change, footprint },
        Err(Fault::TooLarge) => Verdict::TooLarge(hash),
        Err(Fault::Malformed(rule)) => Verdict::Malformed(hash, Malformed::Change(rule)),
    }
}

fn broken_rule(history: &History, change: &Change, newest: Newest, last_dep: u64) -> Option<&'static str> {
    let start = change.start_op().get();
    let rules = [
        (change.seq() != newest.seq + 1, "a gap in its actor's sequence"),
        (
            start <= last_dep,
            "its operations begin before those it builds on end",
        ),
        (
            start <= newest.last_op,
            "its operations begin before those of its actor end",
        ),
        (
            start > history.max_op + START_OP_AHEAD_MAX,
            "its operations begin too far ahead",
        ),
        (
            start + change.len() as u64 > u64::from(u32::MAX / 2),
            "its operation numbers are too high",
        ),
        (
            change
                .other_actor_ids()
                .iter()
                .any(|actor| !history.actors.contains_key(actor)),
            "it names an actor nobody has seen",
        ),
        (
            change.timestamp().unsigned_abs() > CHANGE_TIME_MAX,
            "its time is none that a clock shows",
        ),
        (
            change.author().is_some() && change.seq() != 1,
            "it names an author where none may stand",
        ),
        (
            change.deps().len() != change.deps().iter().collect::<BTreeSet<_>>().len(),
            "it names a dependency twice",
        ),
    ];
    rules
        .into_iter()
        .find_map(|(broken, rule)| broken.then_some(rule))
}
