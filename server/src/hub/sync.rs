//! Sync messages: queued per document, judged with today's rights, applied as one batch, committed, answered.

use super::admission::{Outcome, Sender};
use super::budget::Waits;
use super::document::{Body, Document, Loaded, Queued};
use super::{ConnectionId, Hub, Millis, Output, close};
use crate::firewall::{self, Coming, SyncMessage};
use crate::store::ChangeHash;
use crate::wire;
use automerge::sync::BloomFilter;
use automerge::{Automerge, Change, TextEncoding};
use bytes::Bytes;
use samverk_shared::access::{Action, Denial};
use samverk_shared::ids::DocumentId;
use samverk_shared::limits::{DOCUMENT_BYTES_MAX, OPEN_DOCUMENTS_MAX};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// Changes that were applied and wait to be durable, and whom to answer then.
#[derive(Default)]
pub(super) struct Batch {
    pub applied: Vec<Applied>,
    pub said: BTreeMap<ConnectionId, Said>,
    /// The document's heads once the batch is durable.
    pub heads: Vec<ChangeHash>,
    /// All its changes are plain typing, which automerge may apply later.
    pub is_typing: bool,
    /// Refusals to those who also brought what is taken. They are told of it first: from what is acknowledged a client
    /// knows what to make anew, and would make twice what it was not told of.
    pub told_after: Vec<Output>,
    /// Who sent what no client sends. They go after the batch is applied: what they sent before still has an author.
    pub culprits: Vec<(ConnectionId, String)>,
    /// What its changes do where each operation is looked at.
    pub coming: Coming,
}

/// A change and who brought it.
pub(super) struct Applied {
    pub connection: ConnectionId,
    pub raw: Bytes,
}

/// What a peer said of itself in its last message, and what it is owed.
#[derive(Default)]
pub(super) struct Said {
    pub heads: Vec<ChangeHash>,
    pub need: Vec<ChangeHash>,
    pub last_sync: Vec<ChangeHash>,
    pub blooms: Vec<BloomFilter>,
    /// It sent changes that are stored: it is owed an acknowledgement (rule Y2).
    pub acknowledge: bool,
    /// What its changes build on and nobody here has (rule Y7).
    pub missing: Vec<ChangeHash>,
    /// It may not write and cannot be told by a notice (rule X4).
    pub read_only: bool,
}

impl Said {
    /// It says that it knows nothing of what both have: it lost its copy, or what it was sent did not fit together.
    pub fn starts_over(&self) -> bool {
        let no_filter = self.blooms.iter().all(|bloom| *bloom == BloomFilter::default());
        !self.acknowledge && self.last_sync.is_empty() && (self.heads.is_empty() || no_filter)
    }
}

impl Hub {
    pub(super) fn queue_sync(&mut self, connection: ConnectionId, id: DocumentId, data: Bytes, now: Millis) {
        let Some(from) = self.connections.get_mut(&connection) else {
            return;
        };
        if !from.open.contains(&id) && from.open.len() >= OPEN_DOCUMENTS_MAX {
            return self.count("open_documents_refused");
        }
        let waiting_bytes = from.waiting_bytes.clone();
        let document = self.document(id, now);
        if document.is_in_step(connection, &data) {
            return;
        }
        let parts = firewall::slices(&data).unwrap_or_else(|| vec![data]);
        let queued = parts.into_iter().map(|data| Queued {
            connection,
            _waits: Waits::of(&waiting_bytes, data.len()),
            data,
            alone: false,
        });
        document.queue.extend(queued);
        self.ready.insert(id);
    }

    /// Looks again at a document that was refused to a connection: as if it asked with nothing.
    pub(super) fn ask_again(&mut self, connection: ConnectionId, id: DocumentId) {
        let nothing = super::catchup::message(&[], Vec::new()).encode();
        let Some(document) = self.documents.get_mut(&id) else {
            return;
        };
        let Some(from) = self.connections.get(&connection) else {
            return;
        };
        document.queue.push_back(Queued {
            connection,
            _waits: Waits::of(&from.waiting_bytes, nothing.len()),
            data: nothing.into(),
            alone: false,
        });
        self.ready.insert(id);
    }

    /// Works through the documents that have something to do.
    pub(super) fn run(&mut self, now: Millis, out: &mut Vec<Output>) {
        self.wake();
        // A document may have more to do afterwards: each turn takes messages from its queue, so this ends.
        while let Some(id) = self.ready.pop_first() {
            self.run_document(id, now, out);
        }
        self.flush_presence(now, out);
    }

    fn run_document(&mut self, id: DocumentId, now: Millis, out: &mut Vec<Output>) {
        let Some(document) = self.documents.get_mut(&id) else {
            return;
        };
        let asked = !document.queue.is_empty();
        if document.batch.is_some() || (asked && !self.may_go_on(id, now)) {
            return;
        }
        let Some(document) = self.documents.get_mut(&id) else {
            return;
        };
        let queue = std::mem::take(&mut document.queue);
        let readable: Vec<Queued> = queue
            .into_iter()
            .filter(|queued| self.readable(id, queued, now, out))
            .collect();
        let Some(document) = self.documents.get_mut(&id) else {
            return;
        };
        document.queue = readable.into();
        if self.awaits_shape(id, now, out) {
            return;
        }
        let Some(document) = self.documents.get_mut(&id) else {
            return;
        };
        if document.queue.is_empty() {
            return;
        }
        match document.body {
            Body::Opening | Body::Loading(_) => {}
            Body::Away => {
                document.body = Body::Opening;
                out.push(Output::Open(id));
            }
            Body::Quarantined => self.refuse_all(id, now, out),
            Body::Missing => self.run_missing(id, now, out),
            Body::Bytes(_) => {
                let asks = |queued: &Queued| {
                    SyncMessage::parse(&queued.data)
                        .is_ok_and(|message| needs_automerge(&document.heads, &message))
                };
                if !document.queue.iter().any(asks) {
                    return self.run_batch(id, now, out);
                }
                out.extend(document.start_loading(id).map(Output::Load));
            }
            Body::Loaded(_) => self.run_batch(id, now, out),
        }
    }

    /// P1: whether the sender may read the document at this moment. Who may not is told so.
    fn readable(&mut self, id: DocumentId, queued: &Queued, now: Millis, out: &mut Vec<Output>) -> bool {
        let Some(connection) = self.connections.get(&queued.connection) else {
            return false;
        };
        let place = self.places.get(&id);
        if place.is_some_and(|place| place.replaced)
            && self.may(&connection.hello, place, Action::List).is_ok()
        {
            self.charge(id, queued, now);
            self.refuse_replaced(id, queued, out);
            return false;
        }
        if self.may(&connection.hello, place, Action::Read).is_err() {
            self.unavailable(queued.connection, id, out);
            return false;
        }
        true
    }

    fn refuse_replaced(&mut self, id: DocumentId, queued: &Queued, out: &mut Vec<Output>) {
        let hashes = super::admission::hashes(&queued.data);
        self.refuse(queued.connection, id, hashes, "replaced", out);
        self.unavailable(queued.connection, id, out);
    }

    /// Says that there is no such document, and remembers who asked (rule Y8).
    pub(super) fn unavailable(&mut self, id: ConnectionId, document: DocumentId, out: &mut Vec<Output>) {
        let Some(connection) = self.connections.get_mut(&id) else {
            return;
        };
        connection.open.insert(document);
        let frame = wire::doc_unavailable(&self.server_id, &connection.hello.peer_id, &document.to_string());
        out.push(Output::Send {
            connection: id,
            frame,
            presence: false,
        });
        if let Some(document) = self.documents.get_mut(&document) {
            document.peers.remove(&id);
            document.presence.remove(&id);
            document.interested.insert(id);
        }
    }

    pub(super) fn refuse_all(&mut self, id: DocumentId, now: Millis, out: &mut Vec<Output>) {
        let Some(document) = self.documents.get_mut(&id) else {
            return;
        };
        for queued in std::mem::take(&mut document.queue) {
            self.charge(id, &queued, now);
            let hashes = super::admission::hashes(&queued.data);
            self.refuse(queued.connection, id, hashes, "quarantined", out);
            self.unavailable(queued.connection, id, out);
        }
    }

    /// Nothing is stored under this id. In open mode it is born when somebody has it (rule Y10); a document of a
    /// workshop that is not there is damage, and never replaced by an empty one (rule T5).
    fn run_missing(&mut self, id: DocumentId, now: Millis, out: &mut Vec<Output>) {
        let Some(document) = self.documents.get_mut(&id) else {
            return;
        };
        if self.places.contains_key(&id) {
            document.body = Body::Quarantined;
            return self.refuse_all(id, now, out);
        }
        let brought = |queued: &Queued| {
            SyncMessage::parse(&queued.data).is_ok_and(|m| !m.heads.is_empty() || !m.chunks.is_empty())
        };
        if document.queue.iter().any(brought) {
            let automerge = Automerge::new_with_encoding(TextEncoding::Utf16CodeUnit);
            document.body = Body::Loaded(Box::new(Loaded::new(automerge, Default::default())));
            return self.run_batch(id, now, out);
        }
        for queued in std::mem::take(&mut document.queue) {
            self.unavailable(queued.connection, id, out);
        }
    }

    fn run_batch(&mut self, id: DocumentId, now: Millis, out: &mut Vec<Output>) {
        let mut batch = Batch {
            is_typing: true,
            ..Batch::default()
        };
        let mut changes: Vec<(ConnectionId, Change)> = Vec::new();
        let mut turn = self.next_turn(id, now);
        while let Some((queued, standing, cost)) = self.next_queued(id, &turn, now) {
            self.take_message(id, &queued, &mut batch, &mut changes, out);
            turn.take(queued, standing, cost);
        }
        let gives_way = self.gives_way(&turn, now);
        let taken = turn.taken;
        let culprits = std::mem::take(&mut batch.culprits);
        if let Err(reason) = self.prepare_answers(id, &mut batch) {
            return self.read_again(id, taken, &reason);
        }
        if changes.is_empty() {
            self.answer_all(id, batch, out);
        } else {
            self.apply(id, batch, changes, taken, now, out);
        }
        for (connection, reason) in culprits {
            self.malformed(connection, &reason, out);
        }
        if self
            .documents
            .get(&id)
            .is_some_and(|d| d.batch.is_none() && !d.queue.is_empty())
        {
            let ready = if gives_way {
                &mut self.budget.waiting
            } else {
                &mut self.ready
            };
            ready.insert(id);
        }
    }

    pub(super) fn put_back(&mut self, id: DocumentId, taken: Vec<Queued>) {
        if let Some(document) = self.documents.get_mut(&id) {
            taken
                .into_iter()
                .rev()
                .for_each(|queued| document.queue.push_front(queued));
        }
    }

    /// Judges one message.
    fn take_message(
        &mut self,
        id: DocumentId,
        queued: &Queued,
        batch: &mut Batch,
        changes: &mut Vec<(ConnectionId, Change)>,
        out: &mut Vec<Output>,
    ) {
        let connection = queued.connection;
        if !self.connections.contains_key(&connection) {
            return;
        }
        let message = match SyncMessage::parse(&queued.data) {
            Ok(message) => message,
            Err(error) => {
                batch.culprits.push((connection, error.to_string()));
                return;
            }
        };
        self.add_peer(connection, id, out);
        let denied = self.may_write(connection, id).err();
        let stock = self
            .connections
            .get(&connection)
            .is_some_and(|c| !c.hello.samverk);
        let brought = !message.chunks.is_empty();
        let said = batch.said.entry(connection).or_default();
        said.heads = message.heads.clone();
        said.need.extend(&message.need);
        said.last_sync = message.last_sync.clone();
        said.blooms = message.blooms.clone();
        said.read_only = stock && denied.is_some();
        if !brought || said.read_only {
            return;
        }
        let sender = Sender { connection, denied };
        match self.admit(
            id,
            sender,
            &message.chunks,
            stored_bytes(self.documents.get(&id), changes),
            &mut batch.coming,
        ) {
            Outcome::Admitted {
                changes: admitted,
                missing,
            } => {
                said.acknowledge |= missing.is_empty();
                said.missing = missing;
                batch.is_typing = batch.is_typing && self.is_typing(id, &admitted);
                changes.extend(admitted.into_iter().map(|change| (connection, change)));
            }
            Outcome::Refused { hashes, reason } => {
                if batch.said.get(&connection).is_some_and(|said| !said.acknowledge) {
                    batch.said.remove(&connection);
                }
                let brought_more = batch.said.get(&connection).is_some_and(|said| said.acknowledge);
                let tell = if brought_more { &mut batch.told_after } else { out };
                self.refuse(connection, id, hashes, reason, tell);
                self.greet(connection, id, batch);
            }
            Outcome::Malformed(reason) => {
                batch.said.remove(&connection);
                batch.culprits.push((connection, reason));
            }
        }
    }

    fn is_typing(&mut self, id: DocumentId, changes: &[Change]) -> bool {
        let document = self.documents.get_mut(&id);
        let Some(Body::Loaded(loaded)) = document.map(|document| &mut document.body) else {
            return false;
        };
        changes.iter().all(|change| loaded.texts.take(change))
    }

    /// A peer whose first message was refused still gets the document it may read.
    fn greet(&self, connection: ConnectionId, id: DocumentId, batch: &mut Batch) {
        let live = self
            .documents
            .get(&id)
            .and_then(|d| d.peers.get(&connection))
            .is_some_and(|p| p.live);
        if !live {
            batch.said.entry(connection).or_default();
        }
    }

    pub(super) fn malformed(&mut self, connection: ConnectionId, reason: &str, out: &mut Vec<Output>) {
        self.count("malformed");
        tracing::warn!(
            connection = connection.0,
            reason,
            "a peer sent something malformed"
        );
        self.end(connection, close::POLICY, "malformed", out);
    }

    fn add_peer(&mut self, connection: ConnectionId, id: DocumentId, out: &mut Vec<Output>) {
        let Some(from) = self.connections.get_mut(&connection) else {
            return;
        };
        from.open.insert(id);
        let Some(document) = self.documents.get_mut(&id) else {
            return;
        };
        document.interested.remove(&connection);
        if let Entry::Vacant(peer) = document.peers.entry(connection) {
            peer.insert(Default::default());
            self.show_presence(connection, id, out);
        }
    }

    pub(super) fn may_write(&self, connection: ConnectionId, id: DocumentId) -> Result<(), &'static str> {
        let Some(connection) = self.connections.get(&connection) else {
            return Err("read-only");
        };
        let place = self.places.get(&id);
        self.may(&connection.hello, place, Action::Write)
            .map_err(|denial| match denial {
                Denial::Closed => "closed",
                Denial::Hidden | Denial::ReadOnly | Denial::ServerOnly => "read-only",
            })?;
        let schema_min = self.row(place).map_or(0, |row| row.schema_min);
        if connection.hello.samverk && connection.hello.schema < schema_min {
            Err("schema")
        } else {
            Ok(())
        }
    }
}

/// Whether a message cannot be judged or answered from stored bytes.
fn needs_automerge(heads: &[ChangeHash], message: &SyncMessage<'_>) -> bool {
    let in_sync = message.heads.is_empty() || message.heads == heads;
    !message.chunks.is_empty() || !message.need.is_empty() || !in_sync
}

/// Bytes the document takes in the store, with what this batch adds.
fn stored_bytes(document: Option<&Document>, changes: &[(ConnectionId, Change)]) -> u64 {
    let stored = document.map_or(0, |d| d.sizes.log_bytes + d.sizes.snapshot_bytes);
    stored
        + changes
            .iter()
            .map(|(_, change)| change.raw_bytes().len() as u64)
            .sum::<u64>()
}

/// Whether there is room for more in a document.
pub(super) fn has_room(stored: u64, more: usize) -> bool {
    stored + more as u64 <= DOCUMENT_BYTES_MAX
}
