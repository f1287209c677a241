//! Damage of all kinds, from bytes that are anything to operations that only stand in the wrong place.

use super::document::Ground;
use crate::chunks::{self, CHANGE, DOCUMENT, Parts, compressed, leb, sleb, sound};
use automerge::sync::{BloomFilter, Have, Message, MessageVersion};
use automerge::{Change, ExpandedChange};
use rand::seq::{IndexedRandom, SliceRandom};
use rand::{Rng, RngExt};
use rand_chacha::ChaCha8Rng;
use samverk::wire;
use samverk_shared::ids::DocumentId;
use std::num::NonZeroU64;

/// A frame for one of the documents, made from honest changes and damaged.
pub fn mutant<'a>(random: &mut ChaCha8Rng, grounds: &'a [Ground]) -> (&'a Ground, Vec<u8>) {
    let ground = grounds.choose(random).expect("there are some");
    let chunks: Vec<Vec<u8>> = (0..random.random_range(1..=2))
        .map(|_| chunk(random, ground))
        .collect();
    let mut message = message(ground, chunks).encode();
    if random.random_ratio(1, 20) {
        wound(random, &mut message);
    }
    let mut frame = wire::sync("mallory", "server", DocumentId::from_random([7; 16]), &message).to_vec();
    if random.random_ratio(1, 20) {
        wound(random, &mut frame);
    }
    (ground, frame)
}

fn message(ground: &Ground, chunks: Vec<Vec<u8>>) -> Message {
    Message {
        heads: ground.heads.clone(),
        need: Vec::new(),
        have: vec![Have {
            last_sync: ground.heads.clone(),
            bloom: BloomFilter::default(),
        }],
        changes: chunks.into(),
        flags: None,
        version: MessageVersion::V1,
    }
}

/// One chunk, with its checksum repaired.
fn chunk(random: &mut ChaCha8Rng, ground: &Ground) -> Vec<u8> {
    let change = ground.next.choose(random).expect("there are some");
    let body = match random.random_range(0..20) {
        0 => {
            let saved = ground.saved.choose(random).expect("there are some");
            let mut body = chunks::body(saved).to_vec();
            wound(random, &mut body);
            return sound(DOCUMENT, &body);
        }
        1..=5 => {
            let mut body = chunks::body(change.raw_bytes()).to_vec();
            wound(random, &mut body);
            body
        }
        6..=12 => in_columns(random, change, ground),
        _ => in_operations(random, change, ground),
    };
    match random.random_range(0..8) {
        0 => compressed(&body),
        _ => sound(CHANGE, &body),
    }
}

/// Columns changed, each by itself, with their lengths as they then are.
fn in_columns(random: &mut ChaCha8Rng, change: &Change, ground: &Ground) -> Vec<u8> {
    let Some(mut parts) = Parts::of(chunks::body(change.raw_bytes())) else {
        return Vec::new();
    };
    let other = ground
        .next
        .choose(random)
        .and_then(|other| Parts::of(chunks::body(other.raw_bytes())));
    for _ in 0..random.random_range(1..=2) {
        let Some(at) = (0..parts.columns.len())
            .collect::<Vec<_>>()
            .choose(random)
            .copied()
        else {
            break;
        };
        match random.random_range(0..10) {
            0 => drop(parts.columns.remove(at)),
            1 => {
                let again = parts.columns[at].clone();
                parts.columns.insert(at, again);
            }
            2 => parts.columns[at].0 ^= 1 << random.random_range(0..8),
            3 => wound(random, &mut parts.head),
            4 => wound(random, &mut parts.tail),
            5 | 6 => {
                let (specification, data) = &mut parts.columns[at];
                let theirs = other.iter().flat_map(|other| &other.columns);
                if let Some((_, theirs)) = theirs.into_iter().find(|(theirs, _)| theirs == specification) {
                    data.clone_from(theirs);
                }
            }
            7 => parts.columns[at].1 = runs(random),
            _ => wound(random, &mut parts.columns[at].1),
        }
    }
    parts.body()
}

/// A column of a few runs of numbers.
fn runs(random: &mut ChaCha8Rng) -> Vec<u8> {
    let mut column = Vec::new();
    for _ in 0..random.random_range(1..=3) {
        let rows = random.random_range(1..=40);
        match random.random_range(0..4) {
            0 => column.extend([vec![0], leb(rows)].concat()),
            1 => {
                column.extend(sleb(-(rows as i64 % 5 + 1)));
                (0..=rows % 5).for_each(|_| column.extend(leb(random.random_range(0..30))));
            }
            2 => column.extend([sleb(rows as i64), leb(random.random_range(0..9))].concat()),
            _ => column.extend([sleb(rows as i64), sleb(random.random_range(-5..9))].concat()),
        }
    }
    column
}

/// Operations changed in their meaning and written anew: nothing is wrong with their bytes.
fn in_operations(random: &mut ChaCha8Rng, change: &Change, ground: &Ground) -> Vec<u8> {
    let mut expanded = change.decode();
    let other = ground.next.choose(random).expect("there are some").decode();
    for _ in 0..random.random_range(1..=3) {
        rearrange(random, &mut expanded, &other);
    }
    expanded.hash = None;
    // The crate's writer asserts that what it writes has some order; where it has none there is no input.
    let written = samverk::firewall::contain(|| Change::from(expanded));
    written.map_or_else(|_| Vec::new(), |change| chunks::body(change.raw_bytes()).to_vec())
}

fn rearrange(random: &mut ChaCha8Rng, change: &mut ExpandedChange, other: &ExpandedChange) {
    let operations = change.operations.len();
    let theirs = other.operations.choose(random).cloned();
    let (Some(theirs), true) = (theirs, operations > 0) else {
        return;
    };
    let at = random.random_range(0..operations);
    let operation = &mut change.operations[at];
    match random.random_range(0..14) {
        0 => operation.action = theirs.action,
        1 => operation.key = theirs.key,
        2 => operation.obj = theirs.obj,
        3 => operation.pred = theirs.pred,
        4 => operation.insert = !operation.insert,
        5 => drop(change.operations.remove(at)),
        6 => change.operations.insert(at, theirs),
        7 => change.operations.shuffle(random),
        8 => {
            let ahead = random.random_range(0..40);
            change.start_op = NonZeroU64::new(change.start_op.get() / 2 + ahead).unwrap_or(NonZeroU64::MIN);
        }
        9 => change.seq = random.random_range(0..5),
        10 => change.deps.clone_from(&other.deps),
        11 => change.actor_id = other.actor_id.clone(),
        12 => change.time = random.random(),
        _ => change.operations.extend(other.operations.iter().cloned()),
    }
}

/// Bytes that the formats give a meaning to.
const TELLING: [u8; 16] = [
    0x00, 0x01, 0x02, 0x07, 0x10, 0x17, 0x40, 0x56, 0x5f, 0x7e, 0x7f, 0x80, 0x9b, 0xbf, 0xfe, 0xff,
];

/// One to three wounds.
fn wound(random: &mut ChaCha8Rng, bytes: &mut Vec<u8>) {
    for _ in 0..random.random_range(1..=3) {
        if bytes.is_empty() {
            return bytes.push(random.random());
        }
        let at = random.random_range(0..bytes.len());
        let end = random.random_range(at..=bytes.len().min(at + 12));
        match random.random_range(0..8) {
            0 | 1 => bytes[at] ^= 1 << random.random_range(0..8),
            2 => bytes[at] = *TELLING.choose(random).expect("there are some"),
            3 => bytes[at] = bytes[at].wrapping_add(1),
            4 => drop(bytes.drain(at..end)),
            5 => bytes.truncate(at),
            6 => {
                let mut strange = [0; 5];
                random.fill_bytes(&mut strange);
                bytes.splice(at..at, strange);
            }
            _ => {
                let again = bytes[at..end].to_vec();
                bytes.splice(at..at, again);
            }
        }
    }
}
