//! Presence: forwarded, never stored; newest wins (rules E1–E5).

use super::{ConnectionId, Hub, Millis, Output};
use crate::wire;
use bytes::Bytes;
use samverk_shared::access::Action;
use samverk_shared::ids::DocumentId;
use samverk_shared::limits::{PRESENCE_BYTES_MAX, PRESENCE_PER_S_MAX};

/// What a peer shows of itself.
#[derive(Debug, Clone)]
pub(super) struct Message {
    pub session_id: String,
    pub count: u64,
    pub data: Bytes,
}

/// The last presence of a connection on a document.
pub(super) struct Shown {
    message: Message,
    sent_ms: Millis,
    /// It came too soon after the last one and waits.
    waits: bool,
}

const INTERVAL_MS: u64 = 1000 / PRESENCE_PER_S_MAX;

impl Hub {
    pub(super) fn presence(
        &mut self,
        id: ConnectionId,
        document: DocumentId,
        sender_id: &str,
        message: Message,
        now: Millis,
        out: &mut Vec<Output>,
    ) {
        let Some(from) = self.connections.get(&id) else {
            return;
        };
        // Each stock client sends what it receives back to the server: dropped at the price of a comparison.
        if sender_id != from.hello.peer_id || message.data.len() > PRESENCE_BYTES_MAX {
            return self.count("presence_dropped");
        }
        if self
            .may(&from.hello, self.places.get(&document), Action::Presence)
            .is_err()
        {
            return self.count("presence_refused");
        }
        let Some(open) = self.documents.get_mut(&document) else {
            return;
        };
        if !open.peers.contains_key(&id) {
            return;
        }
        let sent_ms = open.presence.get(&id).map_or(0, |shown| shown.sent_ms);
        let waits = now < sent_ms + INTERVAL_MS;
        open.presence.insert(
            id,
            Shown {
                message,
                sent_ms: if waits { sent_ms } else { now },
                waits,
            },
        );
        if waits {
            self.presence_waits.insert((document, id));
        } else {
            self.presence_waits.remove(&(document, id));
            self.forward(id, document, out);
        }
    }

    /// Sends what had to wait.
    pub(super) fn flush_presence(&mut self, now: Millis, out: &mut Vec<Output>) {
        let waiting: Vec<(DocumentId, ConnectionId)> = self.presence_waits.iter().copied().collect();
        for (document, id) in waiting {
            let shown = self
                .documents
                .get_mut(&document)
                .and_then(|open| open.presence.get_mut(&id));
            let due = match shown {
                Some(shown) if shown.waits && now < shown.sent_ms + INTERVAL_MS => continue,
                Some(shown) => {
                    (shown.waits, shown.sent_ms) = (false, now);
                    true
                }
                None => false,
            };
            self.presence_waits.remove(&(document, id));
            if due {
                self.forward(id, document, out);
            }
        }
    }

    /// Whether presence waits to be sent: the runtime then comes back soon.
    pub fn presence_waits(&self) -> bool {
        !self.presence_waits.is_empty()
    }

    fn forward(&self, from: ConnectionId, document: DocumentId, out: &mut Vec<Output>) {
        let Some(open) = self.documents.get(&document) else {
            return;
        };
        let others = open.peers.keys().filter(|peer| **peer != from);
        others.for_each(|peer| self.send_shown(from, document, *peer, out));
    }

    /// Shows who is here to somebody who has just opened the document.
    pub(super) fn show_presence(&self, to: ConnectionId, document: DocumentId, out: &mut Vec<Output>) {
        let Some(open) = self.documents.get(&document) else {
            return;
        };
        let others = open.presence.keys().filter(|from| **from != to);
        others.for_each(|from| self.send_shown(*from, document, to, out));
    }

    fn send_shown(&self, from: ConnectionId, document: DocumentId, to: ConnectionId, out: &mut Vec<Output>) {
        let shown = self
            .documents
            .get(&document)
            .and_then(|open| open.presence.get(&from));
        let (Some(shown), Some(sender), Some(target)) =
            (shown, self.connections.get(&from), self.connections.get(&to))
        else {
            return;
        };
        let Message {
            session_id,
            count,
            data,
        } = &shown.message;
        let (sender, target) = (&sender.hello.peer_id, &target.hello.peer_id);
        let frame = wire::ephemeral(sender, target, document, session_id, *count, data);
        out.push(Output::Send {
            connection: to,
            frame,
            presence: true,
        });
    }

    /// Says goodbye in the name of a connection that has gone, or may no longer be there (rule E4).
    pub(super) fn say_goodbye(
        &mut self,
        from: ConnectionId,
        peer_id: &str,
        document: DocumentId,
        out: &mut Vec<Output>,
    ) {
        self.presence_waits.remove(&(document, from));
        let Some(open) = self.documents.get_mut(&document) else {
            return;
        };
        let Some(shown) = open.presence.remove(&from) else {
            return;
        };
        let Message {
            session_id, count, ..
        } = shown.message;
        let peers: Vec<ConnectionId> = open.peers.keys().copied().filter(|peer| *peer != from).collect();
        for peer in peers {
            let Some(target) = self.connections.get(&peer).map(|target| &target.hello) else {
                continue;
            };
            // Others may be losing the document in the same moment.
            if self
                .may(target, self.places.get(&document), Action::Read)
                .is_err()
            {
                continue;
            }
            let target = &target.peer_id;
            let frame = wire::ephemeral(
                peer_id,
                target,
                document,
                &session_id,
                count + 1,
                &wire::goodbye(),
            );
            out.push(Output::Send {
                connection: peer,
                frame,
                presence: true,
            });
        }
    }
}
