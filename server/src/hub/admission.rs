//! Whether a message's changes are taken: well-formed, in order, and by an actor that is the sender's (P2).

use super::document::{Body, Document};
use super::{ConnectionId, Hub};
use crate::firewall::{Coming, Speaker, SyncMessage, Verdict, read_changes, vet};
use crate::store::ChangeHash;
use automerge::Change;
use samverk_shared::access::Kind;
use samverk_shared::document::shape;
use samverk_shared::ids::DocumentId;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Who sends, and why they may not write, if they may not.
pub(super) struct Sender {
    pub connection: ConnectionId,
    pub denied: Option<&'static str>,
}

/// What becomes of a message's changes: all are taken or none.
pub(super) enum Outcome {
    /// Taken: those that are new, in an order in which they apply, and what others wait for.
    Admitted {
        changes: Vec<Change>,
        missing: Vec<ChangeHash>,
    },
    /// Refused, recoverably (A4).
    Refused {
        hashes: Vec<ChangeHash>,
        reason: &'static str,
    },
    /// Bytes no client sends.
    Malformed(String),
}

impl Hub {
    /// `coming` is what the batch has done so far.
    pub(super) fn admit(
        &mut self,
        id: DocumentId,
        from: Sender,
        blobs: &[&[u8]],
        stored: u64,
        coming: &mut Coming,
    ) -> Outcome {
        let mut changes = match read_changes(blobs) {
            Ok(changes) => changes,
            Err(error) => return Outcome::Malformed(error.to_string()),
        };
        if let Some(connection) = self.connections.get_mut(&from.connection) {
            changes.extend(connection.orphans.take(id));
        }
        let Some(Document {
            body: Body::Loaded(loaded),
            ..
        }) = self.documents.get_mut(&id)
        else {
            return Outcome::Malformed("the document is not loaded".to_owned());
        };
        let before = (loaded.history.accepted(), coming.clone());
        let sorted = sort(loaded, changes);
        let outcome = self.judge(id, &from, sorted, stored, coming);
        if !matches!(outcome, Outcome::Admitted { .. })
            && let Some(Document {
                body: Body::Loaded(loaded),
                ..
            }) = self.documents.get_mut(&id)
        {
            loaded.history.take_back(before.0);
            *coming = before.1;
        }
        outcome
    }

    fn judge(
        &mut self,
        id: DocumentId,
        from: &Sender,
        sorted: Sorted,
        stored: u64,
        coming: &mut Coming,
    ) -> Outcome {
        let all = sorted.hashes();
        let refuse = |reason| Outcome::Refused {
            hashes: all.clone(),
            reason,
        };
        if all.is_empty() {
            return Outcome::Admitted {
                changes: Vec::new(),
                missing: Vec::new(),
            };
        }
        if let Some(reason) = from.denied {
            return refuse(reason);
        }
        if let Some(reason) = sorted.refused {
            return refuse(reason);
        }
        let bytes = sorted
            .accepted
            .iter()
            .map(|change| change.raw_bytes().len())
            .sum();
        if !super::sync::has_room(stored, bytes) {
            return refuse("limit");
        }
        if sorted
            .accepted
            .iter()
            .any(|change| self.belongs_to_another(from.connection, id, change))
        {
            return refuse("actor");
        }
        if let Some(reason) = self.not_to_be_written(from.connection, id, &sorted.accepted, coming) {
            return refuse(reason);
        }
        let Some(connection) = self.connections.get_mut(&from.connection) else {
            return refuse("read-only");
        };
        let refused = connection.refused.get(&id);
        if sorted
            .missing
            .iter()
            .any(|hash| refused.is_some_and(|refused| refused.contains(hash)))
        {
            return refuse("dependency");
        }
        for change in sorted.waiting {
            if !connection.orphans.keep(id, change) {
                return refuse("limit");
            }
        }
        Outcome::Admitted {
            changes: sorted.accepted,
            missing: sorted.missing,
        }
    }

    /// Why a document that may be written as such does not take these changes: in a talk everybody writes their own comments
    /// (P2), and what is locked in a register has to be opened first.
    fn not_to_be_written(
        &self,
        connection: ConnectionId,
        id: DocumentId,
        changes: &[Change],
        coming: &mut Coming,
    ) -> Option<&'static str> {
        let place = self.places.get(&id);
        let kind = self.row(place).map(|row| row.kind)?;
        let body = self.documents.get(&id).map(|document| &document.body);
        let Some(Body::Loaded(loaded)) = body else {
            return None;
        };
        match kind {
            Kind::Talk => {
                let sender = self.connections.get(&connection).map(|c| &c.hello);
                let participant = sender.and_then(|hello| hello.participant.as_ref());
                let workshop = place.and_then(|place| self.workshops.get(&place.workshop));
                let (Some(participant), Some(workshop)) = (participant, workshop) else {
                    return Some("author");
                };
                let speaker = Speaker {
                    id: participant.as_str(),
                    team: workshop.grants(participant).team(),
                };
                let theirs = coming.talking.take(&loaded.automerge, changes, speaker);
                (!theirs).then_some("author")
            }
            Kind::Register => {
                let may = coming.locks.take(&loaded.automerge, changes);
                (!may).then_some("locked")
            }
            _ => None,
        }
    }

    /// P2: the actor belongs to another person, or is the server's own.
    fn belongs_to_another(&self, connection: ConnectionId, id: DocumentId, change: &Change) -> bool {
        let Some(hello) = self.connections.get(&connection).map(|c| &c.hello) else {
            return true;
        };
        let Some(workshop) = self
            .places
            .get(&id)
            .and_then(|place| self.workshops.get(&place.workshop))
        else {
            return false;
        };
        let actor = change.actor_id();
        let owner = workshop.actors.get(&actor.to_hex_string());
        actor.to_bytes() == workshop.server_actor
            || shape::is_maker(actor.to_bytes())
            || owner.is_some_and(|owner| hello.participant.as_ref() != Some(owner))
    }
}

/// Changes in an order in which they apply, those that wait, and why the message is refused if it is.
#[derive(Default)]
struct Sorted {
    accepted: Vec<Change>,
    waiting: Vec<Change>,
    missing: Vec<ChangeHash>,
    bad: Vec<ChangeHash>,
    refused: Option<&'static str>,
}

impl Sorted {
    fn hashes(&self) -> Vec<ChangeHash> {
        let accepted = self.accepted.iter().chain(&self.waiting).map(Change::hash);
        accepted.chain(self.bad.iter().copied()).collect()
    }
}

/// Puts changes into an order in which they apply. A change that waits is looked at again when what it waits for is
/// accepted, so that the order in which they came costs nothing.
fn sort(loaded: &mut super::document::Loaded, changes: Vec<Change>) -> Sorted {
    let mut sorted = Sorted::default();
    let mut waiting: BTreeMap<ChangeHash, Vec<(Change, Vec<ChangeHash>)>> = BTreeMap::new();
    let mut next: VecDeque<Change> = changes.into();
    while let Some(change) = next.pop_front() {
        let refuse = match vet(&loaded.automerge, &loaded.history, change) {
            Verdict::Known => None,
            Verdict::Accept { change, footprint } => {
                loaded.history.accept(&change, footprint);
                let freed = waiting.remove(&change.hash()).into_iter().flatten();
                freed.rev().for_each(|(change, _)| next.push_front(change));
                sorted.accepted.push(change);
                None
            }
            Verdict::Waits { change, missing } => {
                let on = missing.first().copied();
                waiting
                    .entry(on.unwrap_or(change.hash()))
                    .or_default()
                    .push((change, missing));
                None
            }
            Verdict::Duplicate(hash) => Some((hash, "duplicate")),
            Verdict::TooLarge(hash) => Some((hash, "limit")),
            Verdict::Malformed(hash, _) => Some((hash, "malformed")),
        };
        if let Some((hash, reason)) = refuse {
            sorted.bad.push(hash);
            sorted.refused.get_or_insert(reason);
        }
    }
    for (change, missing) in waiting.into_values().flatten() {
        sorted.missing.extend(missing);
        sorted.waiting.push(change);
    }
    let here: BTreeSet<ChangeHash> = sorted.waiting.iter().map(Change::hash).collect();
    sorted
        .missing
        .retain(|hash| !here.contains(hash) && !loaded.history.has(&loaded.automerge, hash));
    sorted.missing.sort_unstable();
    sorted.missing.dedup();
    sorted
}

/// Takes a change the server made itself into account, by the rules for everybody's.
pub(super) fn accept_own(loaded: &mut super::document::Loaded, change: &Change) -> Result<(), &'static str> {
    let before = loaded.history.accepted();
    let sorted = sort(loaded, vec![change.clone()]);
    if sorted.accepted.len() == 1 {
        return Ok(());
    }
    loaded.history.take_back(before);
    Err(sorted.refused.unwrap_or("dependency"))
}

/// The hashes of the changes in a sync message, as far as they can be read.
pub(super) fn hashes(data: &[u8]) -> Vec<ChangeHash> {
    let changes = SyncMessage::parse(data).and_then(|message| read_changes(&message.chunks));
    changes
        .map(|changes| changes.iter().map(Change::hash).collect())
        .unwrap_or_default()
}
