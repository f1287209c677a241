//! What all clients of a run share: every edit made here, and what has been measured.

use crate::figures::Latencies;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;
use std::time::Instant;

/// Where an edit stands in the table of edits.
pub type EditIndex = u32;
/// The writer of a change that was made elsewhere.
pub const FOREIGN: u32 = u32::MAX;
/// An automerge change's hash; zeros elsewhere.
pub type Hash = [u8; 32];

/// An edit made by this process.
pub struct Edit {
    pub writer: u32,
    pub document: u32,
    pub made_us: u64,
    /// Automerge: its last operation.
    pub max_op: u64,
    /// Automerge: the edits it was made after; those of the seed document are left out.
    pub after: Vec<EditIndex>,
    pub hash: Hash,
}

/// Every edit made by this process, so that a receiver can tell who made it and when.
#[derive(Default)]
pub struct Edits {
    pub all: Vec<Edit>,
    pub by_hash: HashMap<Hash, EditIndex, BuildHasherDefault<HashOfHash>>,
    /// Yjs: a client's edits in the order of its clock.
    pub by_client: HashMap<u64, Vec<EditIndex>>,
}

impl Edits {
    pub fn add(&mut self, edit: Edit) -> EditIndex {
        let index = self.all.len() as EditIndex;
        self.all.push(edit);
        index
    }

    pub fn find(&self, hash: &Hash) -> Option<EditIndex> {
        self.by_hash.get(hash).copied()
    }
}

/// A hash is random already: its first bytes will do.
#[derive(Default)]
pub struct HashOfHash(u64);

impl Hasher for HashOfHash {
    fn write(&mut self, bytes: &[u8]) {
        if let Some(first) = bytes.first_chunk() {
            self.0 = u64::from_le_bytes(*first);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Figures of the time since they were last cleared.
#[derive(Default)]
pub struct Measured {
    /// From an edit's making to its receipt, for each receiver.
    pub deliveries: Latencies,
    /// From an edit's making to its acknowledgement.
    pub acknowledgements: Latencies,
    /// From presence shown to presence seen, for each receiver.
    pub presence: Latencies,
}

/// Sums since the start.
#[derive(Default)]
pub struct Sums {
    pub sent: Cell<u64>,
    /// Deliveries that the edits sent so far should give.
    pub expected: Cell<u64>,
    pub delivered: Cell<u64>,
    pub acknowledged: Cell<u64>,
    /// Edits that came to a client a second time.
    pub twice: Cell<u64>,
    pub presence_sent: Cell<u64>,
    pub presence_expected: Cell<u64>,
    pub presence_seen: Cell<u64>,
    pub ready: Cell<u64>,
    /// Connections that the server ended, or that broke.
    pub broken: Cell<u64>,
    pub came_back: Cell<u64>,
    pub bytes_in: Cell<u64>,
    pub bytes_out: Cell<u64>,
    pub messages_in: Cell<u64>,
    pub messages_out: Cell<u64>,
}

/// What all clients of a run share.
#[derive(Default)]
pub struct World {
    pub edits: RefCell<Edits>,
    pub measured: RefCell<Measured>,
    pub sums: Sums,
    /// Latencies of what was made earlier are not counted.
    pub measure_from_us: Cell<u64>,
    /// When each presence was shown.
    pub shown_us: RefCell<Vec<u64>>,
    /// What messages hold that came lately: a broadcast is read once.
    pub lately: RefCell<crate::automerge::Lately>,
}

impl World {
    pub fn measures(&self, made_us: u64) -> bool {
        made_us >= self.measure_from_us.get()
    }

    /// Numbers a presence that is shown now.
    pub fn show(&self) -> u32 {
        let mut shown = self.shown_us.borrow_mut();
        shown.push(now_us());
        raise(&self.sums.presence_sent, 1);
        shown.len() as u32 - 1
    }

    pub fn see(&self, shown: u32, now_us: u64) {
        let Some(shown_us) = self.shown_us.borrow().get(shown as usize).copied() else {
            return;
        };
        raise(&self.sums.presence_seen, 1);
        if self.measures(shown_us) {
            self.measured
                .borrow_mut()
                .presence
                .add(now_us.saturating_sub(shown_us));
        }
    }
}

pub fn raise(sum: &Cell<u64>, by: u64) {
    sum.set(sum.get() + by);
}

static START: OnceLock<Instant> = OnceLock::new();

/// Microseconds since the program started.
pub fn now_us() -> u64 {
    START.get_or_init(Instant::now).elapsed().as_micros() as u64
}

/// What one client has sent and received.
#[derive(Default)]
pub struct Received {
    pub me: u32,
    seen: Vec<u64>,
    /// Edits of others that reached this client.
    pub delivered: u64,
    /// Edits of this client that the server has acknowledged.
    pub acknowledged: Vec<EditIndex>,
    pub ready_us: Option<u64>,
    pub messages_in: u64,
}

impl Received {
    pub fn of(me: u32) -> Self {
        Received {
            me,
            ..Received::default()
        }
    }

    pub fn has(&self, edit: EditIndex) -> bool {
        self.seen
            .get(edit as usize / 64)
            .is_some_and(|word| word & bit(edit) != 0)
    }

    /// Notes that an edit is here; false where it was already.
    pub fn mark(&mut self, edit: EditIndex) -> bool {
        let word = edit as usize / 64;
        if self.seen.len() <= word {
            self.seen.resize(word + 64, 0);
        }
        let new = self.seen[word] & bit(edit) == 0;
        self.seen[word] |= bit(edit);
        new
    }

    /// Notes an edit that the server sent; false where it was here already.
    pub fn deliver(&mut self, world: &World, edits: &Edits, index: EditIndex, now_us: u64) -> bool {
        let edit = &edits.all[index as usize];
        if edit.writer == FOREIGN {
            return self.mark(index);
        }
        if !self.mark(index) {
            if edit.writer != self.me {
                raise(&world.sums.twice, 1);
            }
            return false;
        }
        if edit.writer != self.me {
            self.delivered += 1;
            raise(&world.sums.delivered, 1);
            if world.measures(edit.made_us) {
                world
                    .measured
                    .borrow_mut()
                    .deliveries
                    .add(now_us.saturating_sub(edit.made_us));
            }
        }
        true
    }

    /// Notes an own edit that the server has acknowledged.
    pub fn acknowledge(&mut self, world: &World, edits: &Edits, index: EditIndex, now_us: u64) {
        self.acknowledged.push(index);
        raise(&world.sums.acknowledged, 1);
        let made_us = edits.all[index as usize].made_us;
        if world.measures(made_us) {
            world
                .measured
                .borrow_mut()
                .acknowledgements
                .add(now_us.saturating_sub(made_us));
        }
    }
}

fn bit(edit: EditIndex) -> u64 {
    1 << (edit % 64)
}
