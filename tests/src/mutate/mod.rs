//! Changes, documents and messages with random damage and their checksums repaired, judged and applied as the hub
//! does. An input is made from its seed alone, so whatever it does can be done again.

mod document;
mod wound;

pub use document::{Ground, grounds};
pub use wound::mutant;

use automerge::transaction::Transactable;
use automerge::{Automerge, Change, ROOT};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use samverk::firewall::{History, Malformed, SyncMessage, Verdict, apply, contain, read_changes, vet};
use samverk::wire::{ClientFrame, decode};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

/// What became of an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// It is not a frame with a sync message.
    Frame,
    /// Its changes cannot be read or are too many.
    Unread,
    /// It has no change that is new.
    Nothing,
    /// A change of it breaks a rule.
    Refused,
    /// automerge refused it, or what it made of it does not read back.
    Reverted,
    /// automerge panicked, and the panic was contained.
    Panicked,
    /// It was taken, and what it made loads again.
    Taken,
    /// The same, and the hub would have stored it before automerge applied it.
    Typed,
}

/// How many inputs met which fate, and the slowest.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// By fate.
    pub fates: std::collections::BTreeMap<Fate, u64>,
    /// The slowest inputs, with their seeds, slowest first.
    pub slowest: Vec<(Duration, u64)>,
    /// Inputs that broke a promise, with what they did.
    pub broken: Vec<(u64, String)>,
}

impl Tally {
    /// How many inputs were tried.
    pub fn inputs(&self) -> u64 {
        self.fates.values().sum()
    }

    /// Takes in what another has counted.
    pub fn add(&mut self, other: Tally) {
        for (fate, count) in other.fates {
            *self.fates.entry(fate).or_default() += count;
        }
        self.broken.extend(other.broken);
        other.slowest.into_iter().for_each(|slow| self.note(slow));
    }

    fn note(&mut self, slow: (Duration, u64)) {
        const KEPT: usize = 5;
        if self.slowest.len() == KEPT && self.slowest[KEPT - 1].0 >= slow.0 {
            return;
        }
        self.slowest.push(slow);
        self.slowest.sort_unstable_by(|a, b| b.cmp(a));
        self.slowest.truncate(KEPT);
    }
}

/// Tries the inputs of these seeds. `started` is told of each seed before it is tried.
pub fn run(seeds: impl Iterator<Item = u64>, grounds: &[Ground], started: impl Fn(u64)) -> Tally {
    let mut tally = Tally::default();
    for seed in seeds {
        started(seed);
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let (ground, frame) = mutant(&mut random, grounds);
        let from = now();
        match catch_unwind(AssertUnwindSafe(|| meet(ground, &frame))) {
            Ok(Ok(fate)) => *tally.fates.entry(fate).or_default() += 1,
            Ok(Err(broken)) => tally.broken.push((seed, broken)),
            Err(_) => tally.broken.push((seed, "a panic left its call".to_owned())),
        }
        let took = from.elapsed();
        let took = if took > SLOW {
            again(ground, &frame).min(took)
        } else {
            took
        };
        tally.note((took, seed));
    }
    tally
}

/// From here on an input is measured again: the machine may have had other things to do.
const SLOW: Duration = Duration::from_millis(5);

/// The shortest of a few times an input takes.
fn again(ground: &Ground, frame: &[u8]) -> Duration {
    let times = (0..3).map(|_| {
        let from = now();
        // What became of it is known.
        catch_unwind(AssertUnwindSafe(|| meet(ground, frame))).ok();
        from.elapsed()
    });
    times.min().unwrap_or_default()
}

/// How long an input takes is a figure for people; nothing is decided by it.
#[allow(clippy::disallowed_methods)]
fn now() -> Instant {
    Instant::now()
}

/// What the hub does with a frame. An error names the promise that is broken.
fn meet(ground: &Ground, frame: &[u8]) -> Result<Fate, String> {
    let Ok(ClientFrame::Sync { data, .. }) = decode(frame) else {
        return Ok(Fate::Frame);
    };
    let Ok(message) = SyncMessage::parse(&data) else {
        return Ok(Fate::Frame);
    };
    let changes = match read_changes(&message.chunks) {
        Ok(changes) => changes,
        Err(Malformed::Refused(reason)) if reason.contains("panicked") => return Ok(Fate::Panicked),
        Err(_) => return Ok(Fate::Unread),
    };
    let mut history = ground.history.clone();
    let mut accepted = Vec::new();
    for change in changes {
        match vet(&ground.document, &history, change) {
            Verdict::Accept { change, footprint } => {
                history.accept(&change, footprint);
                accepted.push(change);
            }
            Verdict::Known | Verdict::Waits { .. } => {}
            Verdict::Duplicate(_) | Verdict::TooLarge(_) | Verdict::Malformed(..) => {
                return Ok(Fate::Refused);
            }
        }
    }
    if accepted.is_empty() {
        return Ok(Fate::Nothing);
    }
    let mut texts = ground.texts.clone();
    let typing = !history.is_doubtful() && accepted.iter().all(|change| texts.take(change));
    let story: Vec<_> = accepted.iter().filter(|_| typing).map(Change::decode).collect();
    match applied(ground, &history, accepted)? {
        Fate::Taken if typing => Ok(Fate::Typed),
        fate if typing => Err(format!("plain typing was not taken: {fate:?}, {story:?}")),
        fate => Ok(fate),
    }
}

fn applied(ground: &Ground, history: &History, accepted: Vec<Change>) -> Result<Fate, String> {
    let mut document = ground.document.clone();
    let result = contain(|| apply(&mut document, history, accepted));
    let fate = match result {
        Ok(Ok(())) => Fate::Taken,
        Ok(Err(_)) => Fate::Reverted,
        Err(_) => Fate::Panicked,
    };
    if fate == Fate::Taken {
        contain(|| stands(&mut document)).map_err(|panicked| panicked.to_string())??;
    }
    // A document that panicked may panic again while it is taken down.
    contain(|| drop(document)).ok();
    Ok(fate)
}

/// Whether a document that took an input can be stored, read again and edited.
fn stands(document: &mut Automerge) -> Result<(), String> {
    let again = Automerge::load(&document.save_nocompress())
        .map_err(|error| format!("it does not load again: {error}"))?;
    if again.get_heads() != document.get_heads() {
        return Err("it loads with other heads".to_owned());
    }
    document
        .transact(|tx| tx.put(ROOT, "next", 1))
        .map_err(|failure| format!("it cannot be edited: {}", failure.error))?;
    Ok(())
}
