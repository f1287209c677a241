//! Recorded frames with random damage. A run has seeds; the seed of a mutant that does harm is printed.

use crate::golden;
use rand::seq::IndexedRandom;
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use samverk::firewall::{SyncMessage, read_changes};
use samverk::wire::{ClientFrame, decode};
use samverk_tests::memory::address_space_bytes_max;
use std::panic::catch_unwind;

const FRAME_MUTANTS: u64 = 100_000;
const CHANGE_MUTANTS: u64 = 5_000;
/// Far above what a thousand frames need, far below what a believed length would take.
const GROWTH_BYTES_MAX: u64 = 1 << 30;

/// Bytes that CBOR and LEB128 give a meaning to.
const TELLING: [u8; 16] = [
    0x00, 0x01, 0x17, 0x18, 0x1b, 0x3b, 0x5b, 0x5f, 0x7b, 0x7f, 0x80, 0x9b, 0xbb, 0xbf, 0xfb, 0xff,
];

/// One to four wounds.
fn mutant(random: &mut ChaCha8Rng, healthy: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = healthy.choose(random).unwrap().clone();
    for _ in 0..random.random_range(1..=4) {
        wound(random, &mut bytes, healthy);
    }
    bytes
}

fn wound(random: &mut ChaCha8Rng, bytes: &mut Vec<u8>, healthy: &[Vec<u8>]) {
    if bytes.is_empty() {
        return bytes.push(random.random());
    }
    let at = random.random_range(0..bytes.len());
    let end = random.random_range(at..=bytes.len().min(at + 16));
    match random.random_range(0..7) {
        0 => bytes[at] ^= 1 << random.random_range(0..8),
        1 => bytes[at] = *TELLING.choose(random).unwrap(),
        2 => drop(bytes.drain(at..end)),
        3 => bytes.truncate(at),
        4 => {
            let mut strange = [0; 9];
            random.fill_bytes(&mut strange);
            bytes.splice(at..at, strange);
        }
        5 => {
            let again = bytes[at..end].to_vec();
            bytes.splice(at..at, again);
        }
        _ => {
            let other = healthy.choose(random).unwrap();
            let from = random.random_range(0..other.len());
            bytes.splice(at.., other[from..].iter().copied());
        }
    }
}

/// Runs `call` on each mutant; panics with the seed of one that made it panic.
fn run(mutants: u64, healthy: &[Vec<u8>], call: impl Fn(&[u8]) -> bool + std::panic::RefUnwindSafe) -> u64 {
    let mut survivors = 0;
    for seed in 0..mutants {
        let bytes = mutant(&mut ChaCha8Rng::seed_from_u64(seed), healthy);
        match catch_unwind(|| call(&bytes)) {
            Ok(read) => survivors += u64::from(read),
            Err(_) => panic!("the mutant of seed {seed} made it panic: {bytes:02x?}"),
        }
    }
    survivors
}

#[test]
fn f1_w1_damaged_frames_end_in_an_answer_and_take_no_memory() {
    let healthy: Vec<Vec<u8>> = golden::all().into_iter().map(|golden| golden.bytes).collect();
    let before = address_space_bytes_max();
    let read = run(FRAME_MUTANTS, &healthy, |bytes| match decode(bytes) {
        Ok(ClientFrame::Sync { data, .. }) => SyncMessage::parse(&data).is_ok(),
        Ok(_) => true,
        Err(_) => false,
    });
    let grown = address_space_bytes_max() - before;
    assert!(grown < GROWTH_BYTES_MAX, "it asked for {grown} bytes");
    // The canary: damage of both kinds was done, so both ways were walked.
    assert!(
        (1_000..FRAME_MUTANTS - 1_000).contains(&read),
        "{read} of {FRAME_MUTANTS} could be read"
    );
}

#[test]
fn f1_damaged_sync_messages_and_their_changes_end_in_an_answer() {
    let healthy: Vec<Vec<u8>> = golden::sync_messages()
        .into_iter()
        .map(|(_, message)| message)
        .collect();
    let parsed = run(FRAME_MUTANTS, &healthy, |bytes| SyncMessage::parse(bytes).is_ok());
    assert!(parsed > 1_000, "{parsed}");
    run(CHANGE_MUTANTS, &healthy, |bytes| {
        SyncMessage::parse(bytes).is_ok_and(|message| read_changes(&message.chunks).is_ok())
    });
}
