//! What commands do with the content of documents: have it loaded, and change it as part of their transaction.

use super::{Done, Given, Hub};
use crate::hub::admission;
use crate::hub::command::Refused;
use crate::hub::document::{Body, Loaded};
use crate::hub::rows::{self, RunRow, key};
use crate::hub::sync::{Applied, Batch};
use crate::hub::{ConnectionId, Millis, Output};
use crate::store::{Table, Write};
use automerge::Change;
use bytes::Bytes;
use samverk_shared::ids::DocumentId;

/// The server, where a connection is named as the sender of changes.
const NOBODY: ConnectionId = ConnectionId(u64::MAX);

impl Hub {
    /// Sees to it that a document is in memory and at rest, with everything applied; false while it is not, and then
    /// the command is deferred.
    pub(super) fn is_ready(
        &mut self,
        id: DocumentId,
        now: Millis,
        out: &mut Vec<Output>,
    ) -> Result<bool, Refused> {
        if self.is_under_way(id) {
            return Ok(false);
        }
        let document = self.document(id, now);
        match document.body {
            Body::Away => {
                document.body = Body::Opening;
                out.push(Output::Open(id));
                Ok(false)
            }
            Body::Opening | Body::Loading(_) => Ok(false),
            _ if document.batch.is_some() => Ok(false),
            Body::Missing | Body::Quarantined => Err(Refused::Unreadable),
            Body::Bytes(_) => {
                out.extend(document.start_loading(id).map(Output::Load));
                Ok(false)
            }
            Body::Loaded(_) => {
                document.apply_put_off().map_err(|_| Refused::Unreadable)?;
                Ok(true)
            }
        }
    }

    /// A document that is ready.
    pub(super) fn content(&self, id: DocumentId) -> Result<&Loaded, Refused> {
        match self.documents.get(&id).map(|document| &document.body) {
            Some(Body::Loaded(loaded)) => Ok(loaded),
            _ => Err(Refused::Unreadable),
        }
    }

    /// Applies a change the server made itself to a document that is ready, on top of those the command made before. It is
    /// sent out when the command is durable.
    pub(super) fn change_content(
        &mut self,
        given: &Given<'_>,
        id: DocumentId,
        change: Change,
        done: &mut Done,
    ) -> Result<(), Refused> {
        let document = self.documents.get_mut(&id).ok_or(Refused::Unreadable)?;
        let Body::Loaded(loaded) = &mut document.body else {
            return Err(Refused::Unreadable);
        };
        admission::accept_own(loaded, &change).map_err(|_| Refused::Unreadable)?;
        if let Err(reason) = loaded.apply(vec![change.clone()]) {
            tracing::error!(document = %id, reason, "a change of the server cannot be applied");
            document.unload();
            document.batch = None;
            return Err(Refused::Unreadable);
        }
        if !self.in_hand.contains(&id) {
            self.in_hand.push(id);
        }
        let raw = Bytes::copy_from_slice(change.raw_bytes());
        // A document that is ready has no batch but that of this command.
        let batch = document.batch.get_or_insert_with(|| Batch {
            heads: document.heads.clone(),
            ..Batch::default()
        });
        let heads = super::super::batch::heads_after(&batch.heads, std::iter::once(&change));
        batch.heads.clone_from(&heads);
        batch.applied.push(Applied {
            connection: NOBODY,
            raw: raw.clone(),
        });
        done.transaction.push(Write::Append {
            document: id,
            bytes: raw,
            heads,
        });
        let run = RunRow {
            to: change.seq(),
            author: None,
            brought_by: None,
            on_behalf_of: super::participant(given.by),
            from_ms: given.now,
            to_ms: given.now,
        };
        let run_key = key(&[
            &id.to_string(),
            &change.actor_id().to_hex_string(),
            &format!("{:010}", change.seq()),
        ]);
        done.transaction.push(rows::put(Table::Authorship, run_key, &run));
        if !done.edited.contains(&id) {
            done.edited.push(id);
        }
        Ok(())
    }

    /// The command is refused: what it changed in memory is as it is stored.
    pub(super) fn put_down(&mut self) {
        for id in std::mem::take(&mut self.in_hand) {
            if let Some(document) = self.documents.get_mut(&id) {
                document.unload();
                document.batch = None;
            }
            self.ready.insert(id);
        }
    }
}
