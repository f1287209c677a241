//! What each peer is sent: the one broadcast, acknowledgements, and what a peer that is behind lacks.
//!
//! Everything here runs when no batch waits, so that the document in memory is the durable one (A1).

use super::document::{Body, Document};
use super::sync::{Batch, Said};
use super::{ConnectionId, Hub, Output};
use crate::firewall::{SyncMessage, contain};
use crate::store::ChangeHash;
use crate::wire::{self, News};
use automerge::sync::{BloomFilter, Have, Message, MessageFlags, MessageVersion};
use automerge::{Automerge, Change, ReadDoc};
use bytes::Bytes;
use samverk_shared::ids::DocumentId;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

impl Hub {
    /// Answers who spoke, and sends the batch to everybody else who is up to date.
    pub(super) fn answer_all(&mut self, id: DocumentId, mut batch: Batch, out: &mut Vec<Output>) {
        let Some(document) = self.documents.get_mut(&id) else {
            return;
        };
        for (peer, said) in &batch.said {
            if let Some(answer) = document.answer(*peer, said, &batch)
                && let Some(connection) = self.connections.get(peer)
            {
                let frame = wire::sync(&self.server_id, &connection.hello.peer_id, id, &answer.encode());
                out.push(Output::Send {
                    connection: *peer,
                    frame,
                    presence: false,
                });
            }
        }
        out.append(&mut batch.told_after);
        if batch.applied.is_empty() {
            return;
        }
        let listening = document.peers.iter();
        let to = listening.filter(|(peer, stands)| stands.live && !batch.said.contains_key(peer));
        let changes = batch.applied.iter().map(|applied| &applied.raw);
        out.push(Output::Tell {
            to: to.map(|(peer, _)| *peer).collect(),
            document: id,
            news: Arc::new(News::of(id, batch.heads.clone(), changes)),
        });
    }
}

impl Hub {
    /// Tells stock clients that were read-only and may write after all to send again what was dropped.
    pub(super) fn tell_they_may_write(&mut self, out: &mut Vec<Output>) {
        let told: Vec<(DocumentId, ConnectionId)> = self
            .documents
            .iter()
            .flat_map(|(id, d)| {
                d.peers
                    .iter()
                    .filter(|(_, p)| p.told_read_only)
                    .map(|(peer, _)| (*id, *peer))
            })
            .collect();
        for (id, peer) in told {
            if self.may_write(peer, id).is_err() {
                continue;
            }
            let (Some(document), Some(connection)) =
                (self.documents.get_mut(&id), self.connections.get(&peer))
            else {
                continue;
            };
            let mut again = message(&document.heads, Vec::new());
            again.flags = Some(flags(MessageFlags::SYNC_RESET));
            let frame = wire::sync(&self.server_id, &connection.hello.peer_id, id, &again.encode());
            out.push(Output::Send {
                connection: peer,
                frame,
                presence: false,
            });
            if let Some(peer) = document.peers.get_mut(&peer) {
                peer.told_read_only = false;
                peer.asked.clear();
            }
        }
    }
}

impl Document {
    /// What a peer that has spoken is sent; nothing where it lacks nothing (rule Y4).
    fn answer(&mut self, connection: ConnectionId, said: &Said, batch: &Batch) -> Option<Message> {
        let unknown: Vec<ChangeHash> = said.heads.iter().filter(|h| !self.knows(h)).copied().collect();
        let peer = self.peers.get_mut(&connection)?;
        let lost_all = said.starts_over() && said.heads != self.heads;
        let silent = !unknown.is_empty() && !said.acknowledge;
        let asks = silent && unknown != peer.asked;
        let asks_by_name = silent && !asks && !peer.asked_by_name && !said.read_only;
        let behind = !peer.live || lost_all || asks;
        peer.asked.clone_from(&unknown);
        peer.asked_by_name = asks_by_name || (peer.asked_by_name && !asks);
        peer.live = true;
        peer.told_read_only = said.read_only;
        let mut answer = if behind {
            self.catch_up(said, !unknown.is_empty())
        } else {
            let others = batch
                .applied
                .iter()
                .filter(|applied| applied.connection != connection);
            let changes = others.map(|applied| applied.raw.to_vec()).collect();
            message(&self.heads, changes)
        };
        answer.need.clone_from(&said.missing);
        if asks_by_name {
            answer.need = unknown;
        }
        let needed = self.changes_by_hash(&said.need);
        let owed =
            behind || asks_by_name || said.acknowledge || !said.missing.is_empty() || !needed.is_empty();
        if !needed.is_empty() {
            let all = needed
                .into_iter()
                .chain(answer.changes.iter().map(<[u8]>::to_vec))
                .collect::<Vec<_>>();
            answer.changes = all.into();
        }
        if said.read_only {
            answer.flags = Some(flags(MessageFlags::READ_ONLY));
        }
        (owed || !answer.changes.is_empty()).then_some(answer)
    }

    /// Whether the answer to a message has to be looked for: its sender is new, starts over, or has what nobody here
    /// knows.
    pub(super) fn is_asked(&self, connection: ConnectionId, message: &SyncMessage<'_>) -> bool {
        let live = self.peers.get(&connection).is_some_and(|peer| peer.live);
        let starts_over = message.last_sync.is_empty() && message.heads != self.heads;
        let unknown = message.chunks.is_empty() && message.heads.iter().any(|head| !self.knows(head));
        !live || starts_over || unknown
    }

    /// Everything the peer lacks, and a question for what it has and the server lacks (rules Y5, Y6).
    fn catch_up(&mut self, said: &Said, has_more: bool) -> Message {
        let common = self.common(said);
        if !has_more {
            let changes = self.since(&common, &[]);
            return message(&self.heads, changes);
        }
        let changes = self.since(&common, &said.blooms);
        let mut answer = message(&self.heads, changes);
        let ours = match &self.body {
            Body::Loaded(loaded) => contain(|| hashes_since(&loaded.automerge, &common)).unwrap_or_default(),
            _ => Vec::new(),
        };
        answer.have = vec![Have {
            last_sync: common,
            bloom: BloomFilter::from_hashes(ours.iter()),
        }];
        answer
    }

    /// Changes both have for certain: the heads the peer named, and where it last was in step.
    fn common(&self, said: &Said) -> Vec<ChangeHash> {
        let named = said.heads.iter().filter(|hash| self.knows(hash));
        let mut common: Vec<ChangeHash> = named.copied().collect();
        if !said.heads.is_empty() && said.last_sync.iter().all(|hash| self.knows(hash)) {
            common.extend(&said.last_sync);
        }
        common.sort_unstable();
        common.dedup();
        common
    }

    pub(super) fn knows(&self, hash: &ChangeHash) -> bool {
        match &self.body {
            Body::Loaded(loaded) => loaded.history.has(&loaded.automerge, hash),
            _ => self.heads.contains(hash),
        }
    }

    /// The changes after `common`, without those a filter says the peer has.
    fn since(&mut self, common: &[ChangeHash], blooms: &[BloomFilter]) -> Vec<Vec<u8>> {
        if common == self.heads {
            return Vec::new();
        }
        let filtered = !blooms.is_empty() && matches!(self.body, Body::Loaded(_));
        if common.is_empty() && !filtered {
            let whole = self.whole();
            return if whole.is_empty() {
                Vec::new()
            } else {
                vec![whole.to_vec()]
            };
        }
        if let Some((from, changes)) = &self.lacked
            && from == common
            && !filtered
        {
            return changes.clone();
        }
        let Body::Loaded(loaded) = &self.body else {
            return Vec::new();
        };
        let all = contain(|| loaded.automerge.get_changes(common)).unwrap_or_default();
        let raw = |change: &Change| change.raw_bytes().to_vec();
        if filtered {
            let send = not_in(&all, blooms);
            return all.iter().filter(|c| send.contains(&c.hash())).map(raw).collect();
        }
        let changes: Vec<Vec<u8>> = all.iter().map(raw).collect();
        self.lacked = Some((common.to_vec(), changes.clone()));
        changes
    }

    fn changes_by_hash(&self, hashes: &[ChangeHash]) -> Vec<Vec<u8>> {
        let Body::Loaded(loaded) = &self.body else {
            return Vec::new();
        };
        let found = hashes.iter().filter_map(|hash| {
            contain(|| loaded.automerge.get_change_by_hash(hash))
                .ok()
                .flatten()
        });
        found.map(|change| change.raw_bytes().to_vec()).collect()
    }
}

/// The message that says: these are the durable heads, and with these changes you have them.
pub(super) fn message(heads: &[ChangeHash], changes: Vec<Vec<u8>>) -> Message {
    Message {
        heads: heads.to_vec(),
        need: Vec::new(),
        have: vec![Have {
            last_sync: heads.to_vec(),
            bloom: BloomFilter::default(),
        }],
        changes: changes.into(),
        flags: None,
        version: MessageVersion::V1,
    }
}

fn flags(flag: u8) -> MessageFlags {
    let mut flags = MessageFlags::new();
    flags.set(MessageFlags::SUPPORTS_SYNC_RESET);
    flags.set(flag);
    flags
}

/// Those no filter has, and all that build on them: what builds on a missing change is missing too.
fn not_in(changes: &[Change], blooms: &[BloomFilter]) -> BTreeSet<ChangeHash> {
    let mut dependents: BTreeMap<ChangeHash, Vec<ChangeHash>> = BTreeMap::new();
    let mut stack = Vec::new();
    for change in changes {
        change
            .deps()
            .iter()
            .for_each(|dep| dependents.entry(*dep).or_default().push(change.hash()));
        if blooms.iter().all(|bloom| !bloom.contains_hash(&change.hash())) {
            stack.push(change.hash());
        }
    }
    let mut send = BTreeSet::new();
    while let Some(hash) = stack.pop() {
        if send.insert(hash) {
            stack.extend(dependents.get(&hash).into_iter().flatten());
        }
    }
    send
}

fn hashes_since(automerge: &Automerge, common: &[ChangeHash]) -> Vec<ChangeHash> {
    automerge
        .get_changes_meta(common)
        .iter()
        .map(|meta| meta.hash)
        .collect()
}

/// The bytes of the changes a document is born with.
pub(super) fn born_bytes(automerge: &Automerge) -> Bytes {
    let changes = automerge.get_changes(&[]);
    changes
        .iter()
        .flat_map(Change::raw_bytes)
        .copied()
        .collect::<Vec<u8>>()
        .into()
}
