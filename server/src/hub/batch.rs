//! A batch: applied, or put off where it is plain typing; committed; answered.

use super::document::{Body, Queued};
use super::sync::{Applied, Batch};
use super::{ConnectionId, Hub, Millis, Output, Pending, sorted};
use crate::store::{ChangeHash, Write};
use automerge::Change;
use bytes::Bytes;
use samverk_shared::access::Action;
use samverk_shared::ids::DocumentId;

impl Hub {
    /// Sees to it that automerge has the history that the answers to a batch will be read from.
    pub(super) fn prepare_answers(&mut self, id: DocumentId, batch: &mut Batch) -> Result<(), String> {
        let Some(document) = self.documents.get_mut(&id) else {
            return Ok(());
        };
        let mut said = batch.said.iter();
        if said.any(|(connection, said)| document.needs_history(*connection, said)) {
            batch.is_typing = false;
            document.apply_put_off()?;
        }
        Ok(())
    }

    /// What was put off cannot be applied: the document is read from the store, and the messages are tried again.
    pub(super) fn read_again(&mut self, id: DocumentId, taken: Vec<Queued>, reason: &str) {
        tracing::error!(document = %id, reason, "stored typing could not be applied; the document is read again");
        self.count("documents_read_again");
        self.put_back(id, taken);
        if let Some(document) = self.documents.get_mut(&id) {
            document.unload();
        }
        self.ready.insert(id);
    }

    pub(super) fn apply(
        &mut self,
        id: DocumentId,
        mut batch: Batch,
        changes: Vec<(ConnectionId, Change)>,
        taken: Vec<Queued>,
        now: Millis,
        out: &mut Vec<Output>,
    ) {
        let Some(document) = self.documents.get_mut(&id) else {
            return;
        };
        let heads = heads_after(&document.heads, changes.iter().map(|(_, change)| change));
        let Body::Loaded(loaded) = &mut document.body else {
            return;
        };
        let plain: Vec<Change> = changes.iter().map(|(_, change)| change.clone()).collect();
        let put_off = batch.is_typing && !loaded.history.is_doubtful() && !loaded.is_far_behind();
        if put_off {
            loaded.put_off(plain);
        } else if let Err(reason) = loaded.apply(plain) {
            return self.batch_refused(id, taken, &reason, out);
        }
        batch.heads = heads;
        let mut transaction = self.authorship_of(id, &changes, now);
        let raw: Vec<u8> = changes
            .iter()
            .flat_map(|(_, change)| change.raw_bytes())
            .copied()
            .collect();
        transaction.insert(
            0,
            Write::Append {
                document: id,
                bytes: raw.into(),
                heads: batch.heads.clone(),
            },
        );
        batch.applied = changes
            .iter()
            .map(|(connection, c)| Applied {
                connection: *connection,
                raw: Bytes::copy_from_slice(c.raw_bytes()),
            })
            .collect();
        *self.counters.entry("changes_applied").or_default() += changes.len() as u64;
        self.count("batches");
        if put_off {
            self.count("batches_put_off");
        }
        if let Some(document) = self.documents.get_mut(&id) {
            document.batch = Some(batch);
        }
        self.commit(transaction, Pending::Batch(id), out);
    }

    /// automerge refused a batch or panicked in it: the document is read again, and each message tried by itself.
    pub(super) fn batch_refused(
        &mut self,
        id: DocumentId,
        taken: Vec<Queued>,
        reason: &str,
        out: &mut Vec<Output>,
    ) {
        self.count("batches_refused");
        let Some(document) = self.documents.get_mut(&id) else {
            return;
        };
        let born = document.heads.is_empty() && !self.places.contains_key(&id);
        document.unload();
        if born {
            document.body = Body::Missing;
        }
        if let [culprit] = taken.as_slice() {
            let hashes = super::admission::hashes(&culprit.data);
            self.refuse(culprit.connection, id, hashes, "malformed", out);
            self.malformed(culprit.connection, reason, out);
        } else {
            let alone = taken.into_iter().map(|queued| Queued {
                alone: true,
                ..queued
            });
            self.put_back(id, alone.collect());
        }
        self.ready.insert(id);
    }

    pub(super) fn batch_committed(&mut self, id: DocumentId, now: Millis, out: &mut Vec<Output>) {
        let Some(document) = self.documents.get_mut(&id) else {
            return;
        };
        let Some(batch) = document.batch.take() else {
            return;
        };
        let born = document.heads.is_empty();
        document.heads = batch.heads.clone();
        document.keep_copy(&batch.applied);
        document.used_ms = now;
        document.sizes.log_bytes += batch
            .applied
            .iter()
            .map(|applied| applied.raw.len() as u64)
            .sum::<u64>();
        document.sizes.log_chunks += 1;
        self.answer_all(id, batch, out);
        if born {
            self.let_in(id);
        }
        let place = self.places.get(&id);
        if let (Some(workshop), Some(kind)) =
            (place.map(|p| p.workshop.clone()), self.row(place).map(|r| r.kind))
        {
            self.changed(&workshop, id, kind, out);
        }
        self.compact_if_due(id, now, out);
        self.ready.insert(id);
    }

    /// A document that was born by a sync comes to those who had asked for it in vain (rules Y8, Y10).
    fn let_in(&mut self, id: DocumentId) {
        let asked = self
            .documents
            .get(&id)
            .map(|document| document.interested.clone());
        for connection in asked.unwrap_or_default() {
            let hello = self.connections.get(&connection).map(|c| &c.hello);
            if hello.is_some_and(|hello| self.may(hello, self.places.get(&id), Action::Read).is_ok()) {
                self.ask_again(connection, id);
            }
        }
    }

    /// Sets a document aside: its bytes are kept and not served until an operator has looked (rule T4).
    pub(super) fn quarantine(&mut self, id: DocumentId, reason: String, now: Millis, out: &mut Vec<Output>) {
        tracing::error!(document = %id, reason, "a document cannot be loaded and is set aside");
        self.count("documents_quarantined");
        if let Some(document) = self.documents.get_mut(&id) {
            document.unload();
            document.body = Body::Quarantined;
        }
        self.commit(
            vec![Write::Quarantine { document: id, reason }],
            Pending::Nothing,
            out,
        );
        self.refuse_all(id, now, out);
    }
}

/// The heads with the changes, which come in an order in which they apply.
pub(super) fn heads_after<'a>(
    heads: &[ChangeHash],
    changes: impl Iterator<Item = &'a Change>,
) -> Vec<ChangeHash> {
    let mut heads = heads.to_vec();
    for change in changes {
        heads.retain(|head| !change.deps().contains(head));
        heads.push(change.hash());
    }
    sorted(heads)
}
