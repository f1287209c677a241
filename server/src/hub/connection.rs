//! Who is connected: joining, leaving, notices.

use super::{ConnectionId, Hello, Hub, Millis, Output, close};
use crate::store::ChangeHash;
use crate::wire::{self, ClientFrame, Notice};
use automerge::Change;
use samverk_shared::ids::{DocumentId, ParticipantId, WorkshopId};
use samverk_shared::limits::{
    ACTOR_CHARS_MAX, OPEN_DOCUMENTS_MAX, ORPHAN_BYTES_MAX, ORPHAN_CHANGES_MAX, REFUSED_REMEMBERED_MAX, SCHEMA,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

/// One joined connection.
pub(super) struct Connection {
    pub hello: Hello,
    /// Notices sent so far.
    notices: u64,
    /// Actors it says are its own, by document (rule X5).
    pub claims: BTreeMap<DocumentId, BTreeSet<String>>,
    /// Documents it has open, or asked for in vain.
    pub open: BTreeSet<DocumentId>,
    /// Changes that were refused; what builds on them is refused too.
    pub refused: BTreeMap<DocumentId, BTreeSet<ChangeHash>>,
    /// Bytes of its messages that wait in the queues of documents.
    pub waiting_bytes: Arc<AtomicUsize>,
    /// Changes that wait for what they build on (rule Y7).
    pub orphans: Orphans,
}

/// Changes of one connection that came before their dependencies, in the order in which they came.
#[derive(Default)]
pub(super) struct Orphans {
    changes: BTreeMap<DocumentId, Vec<Change>>,
    hashes: BTreeSet<ChangeHash>,
    bytes: usize,
}

impl Orphans {
    /// Keeps a change; false when there is no room.
    pub fn keep(&mut self, document: DocumentId, change: Change) -> bool {
        if self.hashes.contains(&change.hash()) {
            return true;
        }
        let bytes = self.bytes + change.raw_bytes().len();
        if self.hashes.len() >= ORPHAN_CHANGES_MAX || bytes > ORPHAN_BYTES_MAX {
            return false;
        }
        self.bytes = bytes;
        self.hashes.insert(change.hash());
        self.changes.entry(document).or_default().push(change);
        true
    }

    /// How many wait for a document.
    pub fn waiting(&self, document: DocumentId) -> usize {
        self.changes.get(&document).map_or(0, Vec::len)
    }

    /// All that waited for a document.
    pub fn take(&mut self, document: DocumentId) -> Vec<Change> {
        let taken = self.changes.remove(&document).unwrap_or_default();
        for change in &taken {
            self.bytes -= change.raw_bytes().len();
            self.hashes.remove(&change.hash());
        }
        taken
    }
}

impl Hub {
    pub(super) fn connect(&mut self, id: ConnectionId, hello: Hello, out: &mut Vec<Output>) {
        if let Some(reason) = self.refuses(&hello) {
            self.count("connections_refused");
            let frame = wire::error(&self.server_id, &hello.peer_id, reason);
            out.push(Output::Send {
                connection: id,
                frame,
                presence: false,
            });
            let code = if reason == NOT_A_MEMBER {
                close::NOT_A_MEMBER
            } else {
                close::POLICY
            };
            return out.push(Output::Close {
                connection: id,
                code,
                reason,
            });
        }
        self.replace_same_peer(&hello, out);
        self.count("connections");
        let frame = wire::peer(&self.server_id, &hello.peer_id, &self.config.storage_id);
        out.push(Output::Send {
            connection: id,
            frame,
            presence: false,
        });
        let (samverk, schema, workshop) = (hello.samverk, hello.schema, hello.workshop.clone());
        let connection = Connection {
            hello,
            notices: 0,
            claims: BTreeMap::new(),
            open: BTreeSet::new(),
            refused: BTreeMap::new(),
            waiting_bytes: Arc::default(),
            orphans: Orphans::default(),
        };
        self.connections.insert(id, connection);
        if samverk && schema < SCHEMA {
            self.notify(id, Notice::Reload, out);
        }
        if let Some(workshop) = workshop {
            self.notify_workshop(&workshop, Notice::People, out);
        }
    }

    fn refuses(&self, hello: &Hello) -> Option<&'static str> {
        let (Some(workshop), Some(participant)) = (&hello.workshop, &hello.participant) else {
            return if self.config.open_sync {
                None
            } else {
                Some("a session is needed")
            };
        };
        if self
            .workshops
            .get(workshop)
            .is_none_or(|w| w.grants(participant).is_empty())
        {
            return Some(NOT_A_MEMBER);
        }
        if hello.samverk && hello.peer_id.split('.').next() != Some(participant.as_str()) {
            return Some("the peer id is not the session's");
        }
        let taken = self.connections.values().any(|other| {
            other.hello.peer_id == hello.peer_id && other.hello.participant.as_ref() != Some(participant)
        });
        taken.then_some("the peer id is in use by someone else")
    }

    /// The same client has come back before its old connection was known to be gone.
    fn replace_same_peer(&mut self, hello: &Hello, out: &mut Vec<Output>) {
        let same = |c: &Connection| {
            c.hello.peer_id == hello.peer_id
                && c.hello.participant == hello.participant
                && c.hello.workshop == hello.workshop
        };
        let older: Vec<ConnectionId> = self
            .connections
            .iter()
            .filter(|(_, c)| same(c))
            .map(|(id, _)| *id)
            .collect();
        for id in older {
            out.push(Output::Close {
                connection: id,
                code: close::REPLACED,
                reason: "a newer connection took over",
            });
            self.disconnect(id, out);
        }
    }

    pub(super) fn disconnect(&mut self, id: ConnectionId, out: &mut Vec<Output>) {
        let Some(connection) = self.connections.remove(&id) else {
            return;
        };
        for document in &connection.open {
            self.say_goodbye(id, &connection.hello.peer_id, *document, out);
            if let Some(document) = self.documents.get_mut(document) {
                document.peers.remove(&id);
                document.interested.remove(&id);
            }
        }
        if let Some(workshop) = connection.hello.workshop {
            self.notify_workshop(&workshop, Notice::People, out);
        }
    }

    pub(super) fn frame(&mut self, id: ConnectionId, frame: ClientFrame, now: Millis, out: &mut Vec<Output>) {
        if !self.connections.contains_key(&id) {
            return;
        }
        self.count("frames");
        match frame {
            ClientFrame::Sync {
                document: Some(document),
                data,
                ..
            } => self.queue_sync(id, document, data, now),
            ClientFrame::Sync {
                document: None,
                document_text,
                ..
            } => {
                let Some(connection) = self.connections.get(&id) else {
                    return;
                };
                let frame = wire::doc_unavailable(&self.server_id, &connection.hello.peer_id, &document_text);
                out.push(Output::Send {
                    connection: id,
                    frame,
                    presence: false,
                });
            }
            ClientFrame::Ephemeral {
                document: Some(document),
                sender_id,
                count,
                session_id,
                data,
            } => {
                let message = super::presence::Message {
                    session_id,
                    count,
                    data,
                };
                self.presence(id, document, &sender_id, message, now, out);
            }
            ClientFrame::Claim {
                document: Some(document),
                actor,
            } => self.claim(id, document, actor),
            ClientFrame::Join(_) => self.end(id, close::PROTOCOL, "a second join", out),
            ClientFrame::Leave => self.end(id, 1000, "it left", out),
            ClientFrame::Ephemeral { .. } | ClientFrame::Claim { .. } | ClientFrame::Ignored => {}
        }
    }

    fn claim(&mut self, id: ConnectionId, document: DocumentId, actor: String) {
        /// Actors one tab can have had for a document: its own, and those it took over from a closed tab.
        const CLAIMS_MAX: usize = 16;
        let Some(connection) = self.connections.get_mut(&id) else {
            return;
        };
        let room = connection.claims.len() < OPEN_DOCUMENTS_MAX || connection.claims.contains_key(&document);
        if !room || actor.len() > ACTOR_CHARS_MAX {
            return self.count("claims_refused");
        }
        let claims = connection.claims.entry(document).or_default();
        if claims.len() < CLAIMS_MAX {
            claims.insert(actor);
        }
    }

    /// Ends a connection because of something it did.
    pub(super) fn end(&mut self, id: ConnectionId, code: u16, reason: &'static str, out: &mut Vec<Output>) {
        out.push(Output::Close {
            connection: id,
            code,
            reason,
        });
        self.disconnect(id, out);
    }

    /// Sends a notice to one connection, if it takes them.
    pub(super) fn notify(&mut self, id: ConnectionId, notice: Notice, out: &mut Vec<Output>) {
        let Some(connection) = self.connections.get_mut(&id) else {
            return;
        };
        if !connection.hello.samverk {
            return;
        }
        connection.notices += 1;
        let frame = wire::notice(
            &self.server_id,
            &connection.hello.peer_id,
            connection.notices,
            notice,
        );
        out.push(Output::Send {
            connection: id,
            frame,
            presence: false,
        });
    }

    /// Names refused changes to their sender, and remembers them (rules X2, N3).
    pub(super) fn refuse(
        &mut self,
        id: ConnectionId,
        document: DocumentId,
        hashes: Vec<ChangeHash>,
        reason: &'static str,
        out: &mut Vec<Output>,
    ) {
        self.count(reason);
        let Some(connection) = self.connections.get_mut(&id) else {
            return;
        };
        if connection.hello.samverk {
            connection.notices += 1;
            let (peer, n) = (&connection.hello.peer_id, connection.notices);
            let frame = wire::refused(&self.server_id, peer, n, document, &hashes, reason);
            out.push(Output::Send {
                connection: id,
                frame,
                presence: false,
            });
        }
        let remembered = connection.refused.entry(document).or_default();
        let room = REFUSED_REMEMBERED_MAX.saturating_sub(remembered.len());
        remembered.extend(hashes.into_iter().take(room));
        connection.orphans.take(document);
    }

    /// Sends a notice to everybody in a workshop.
    pub(super) fn notify_workshop(&mut self, workshop: &WorkshopId, notice: Notice, out: &mut Vec<Output>) {
        for id in self.connections_of(workshop, None) {
            self.notify(id, notice, out);
        }
    }

    /// The connections in a workshop: everybody's, or one participant's.
    pub(super) fn connections_of(
        &self,
        workshop: &WorkshopId,
        participant: Option<&ParticipantId>,
    ) -> Vec<ConnectionId> {
        let here = self.connections.iter().filter(|(_, connection)| {
            connection.hello.workshop.as_ref() == Some(workshop)
                && (participant.is_none() || connection.hello.participant.as_ref() == participant)
        });
        here.map(|(id, _)| *id).collect()
    }
}

const NOT_A_MEMBER: &str = "not a member of the workshop";
