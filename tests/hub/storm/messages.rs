//! The messages of the storm: what clients send, what they should not, and what nobody understands.

use super::world::{Live, Storm};
use automerge::legacy::{Key, ObjectId, Op, OpType, SortedVec};
use automerge::sync::{BloomFilter, Have, Message, MessageVersion};
use automerge::{ActorId, Change, ChangeHash, ExpandedChange, ScalarValue};
use bytes::Bytes;
use rand::RngExt;
use rand::seq::IndexedRandom;
use samverk::hub::Input;
use samverk::wire::{ClientFrame, Join};
use samverk_shared::ids::DocumentId;
use samverk_shared::limits::SCHEMA;
use std::num::NonZeroU64;

/// A change by an actor of its own that sets one of a few keys.
pub fn change(number: u64, deps: Vec<ChangeHash>, start_op: u64) -> Change {
    let mut actor = [0x5a; 16];
    actor[..8].copy_from_slice(&number.to_le_bytes());
    let put = Op {
        action: OpType::Put(ScalarValue::Uint(number)),
        obj: ObjectId::Root,
        key: Key::Map(format!("key {}", number % 5).into()),
        pred: SortedVec::new(),
        insert: false,
    };
    Change::from(ExpandedChange {
        operations: vec![put],
        actor_id: ActorId::from(actor),
        hash: None,
        seq: 1,
        start_op: NonZeroU64::new(start_op).expect("above nought"),
        time: 0,
        message: None,
        deps,
        extra_bytes: Vec::new(),
        author: None,
    })
}

/// A sync message of somebody with these heads, who needs these changes and brings those.
pub fn message(heads: &[ChangeHash], need: Vec<ChangeHash>, changes: &[&Change]) -> Vec<u8> {
    let blobs: Vec<Vec<u8>> = changes.iter().map(|change| change.raw_bytes().to_vec()).collect();
    let have = Have {
        last_sync: heads.to_vec(),
        bloom: BloomFilter::default(),
    };
    let message = Message {
        heads: heads.to_vec(),
        need,
        have: vec![have],
        changes: blobs.into(),
        flags: None,
        version: MessageVersion::V1,
    };
    message.encode()
}

/// What clients send.
impl Storm {
    pub(super) fn message(&mut self) {
        if self.lives.is_empty() {
            self.come();
        }
        let Some(live) = self.lives.choose(&mut self.rng).cloned() else {
            return;
        };
        let document = match self.rng.random_bool(0.97) {
            true => *self.documents.choose(&mut self.rng).expect("some"),
            false => DocumentId::from_random(self.random_id()),
        };
        self.now += self.rng.random_range(0..3);
        let frame = match self.rng.random_range(0..1_000) {
            0..220 => sync(document, message(&[], Vec::new(), &[])),
            220..420 => self.new_changes(&live, document, 1),
            420..480 => {
                let several = self.rng.random_range(2..5);
                self.new_changes(&live, document, several)
            }
            480..560 => self.old_change(&live, document),
            560..680 => self.in_step(document),
            680..730 => self.needs(document),
            730..900 => self.shows(&live, document),
            900..960 => self.claims(document),
            960..994 => self.nonsense(),
            994..997 => sync(document, self.random_id().to_vec()),
            _ => self.farewell(&live),
        };
        self.give(Input::Frame(live.id, frame));
    }

    fn known(&self, document: DocumentId) -> (Vec<ChangeHash>, u64) {
        self.heads.get(&document).cloned().unwrap_or((Vec::new(), 1))
    }

    /// Changes that build on each other; now and then the first stays at home.
    fn new_changes(&mut self, live: &Live, document: DocumentId, several: usize) -> ClientFrame {
        let (mut heads, ops) = self.known(document);
        let mut changes = Vec::new();
        for start_op in (ops + 1..).take(several) {
            self.next += 1;
            let made = change(self.next, heads, start_op);
            heads = vec![made.hash()];
            changes.push(made);
        }
        if several > 1 && self.rng.random_bool(0.2) {
            let first = changes.remove(0);
            self.recent.push_back(first);
        }
        self.recent.extend(changes.last().cloned());
        while self.recent.len() > 30 {
            self.recent.pop_front();
        }
        self.bring(live, document, &heads, &changes)
    }

    /// A change that somebody brought somewhere.
    fn old_change(&mut self, live: &Live, document: DocumentId) -> ClientFrame {
        let Some(old) = self
            .recent
            .iter()
            .collect::<Vec<_>>()
            .choose(&mut self.rng)
            .map(|old| (*old).clone())
        else {
            return self.in_step(document);
        };
        self.bring(live, document, &[old.hash()], &[old])
    }

    fn bring(
        &mut self,
        live: &Live,
        document: DocumentId,
        heads: &[ChangeHash],
        changes: &[Change],
    ) -> ClientFrame {
        for change in changes {
            self.model.brings(live.id, document, change.hash());
        }
        let data = message(heads, Vec::new(), &changes.iter().collect::<Vec<_>>());
        sync(document, data)
    }

    /// What a client says that has everything, or believes so.
    fn in_step(&mut self, document: DocumentId) -> ClientFrame {
        let of = match self.rng.random_bool(0.8) {
            true => document,
            false => *self.documents.choose(&mut self.rng).expect("some"),
        };
        let data = message(&self.known(of).0, Vec::new(), &[]);
        sync(document, data)
    }

    /// Asks for changes by name, of this document or of another.
    fn needs(&mut self, document: DocumentId) -> ClientFrame {
        let other = *self.documents.choose(&mut self.rng).expect("some");
        let need = [self.known(document).0, self.known(other).0].concat();
        let data = message(&self.known(document).0, need, &[]);
        sync(document, data)
    }

    /// Presence, mostly in its own name.
    fn shows(&mut self, live: &Live, document: DocumentId) -> ClientFrame {
        self.next += 1;
        let name = match self.rng.random_bool(0.9) {
            true => live.peer.clone(),
            false => self.lives.choose(&mut self.rng).expect("some").peer.clone(),
        };
        ClientFrame::Ephemeral {
            document: Some(document),
            sender_id: name,
            count: self.next,
            session_id: "session".into(),
            data: self.next.to_le_bytes().to_vec().into(),
        }
    }

    /// An actor as its own, which somebody used just now.
    fn claims(&mut self, document: DocumentId) -> ClientFrame {
        let theirs = self.recent.back().map(|change| change.actor_id().to_hex_string());
        ClientFrame::Claim {
            document: Some(document),
            actor: theirs.unwrap_or_default(),
        }
    }

    /// Ids that are none, and types nobody knows.
    fn nonsense(&mut self) -> ClientFrame {
        match self.rng.random_range(0..3) {
            0 => ClientFrame::Ignored,
            1 => ClientFrame::Claim {
                document: None,
                actor: "00".into(),
            },
            _ => ClientFrame::Sync {
                document: None,
                document_text: "nowhere".into(),
                data: Bytes::new(),
                request: true,
            },
        }
    }

    fn farewell(&mut self, live: &Live) -> ClientFrame {
        match self.rng.random_bool(0.5) {
            true => ClientFrame::Leave,
            false => ClientFrame::Join(Join {
                sender_id: live.peer.clone(),
                version_1: true,
                samverk: true,
                schema: SCHEMA,
            }),
        }
    }
}

fn sync(document: DocumentId, data: Vec<u8>) -> ClientFrame {
    ClientFrame::Sync {
        document: Some(document),
        document_text: String::new(),
        data: data.into(),
        request: false,
    }
}
