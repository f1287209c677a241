//! Sync messages made to hurt (F1).

use crate::golden;
use automerge::ChangeHash;
use automerge::sync::{BloomFilter, Have, Message, MessageVersion};
use samverk::firewall::{Malformed, SyncMessage};
use samverk_shared::limits::{
    BLOOM_ENTRIES_MAX, SYNC_CHUNKS_MAX, SYNC_HAVE_MAX, SYNC_HEADS_MAX, SYNC_NEED_MAX,
};

const V1: u8 = 0x42;

fn leb(mut value: u64) -> Vec<u8> {
    let mut out = Vec::new();
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
    out
}

/// A message of one summary with this filter, and nothing else.
fn with_bloom(bloom: &[u8]) -> Vec<u8> {
    [
        vec![V1],
        leb(0),
        leb(0),
        leb(1),
        leb(0),
        leb(bloom.len() as u64),
        bloom.to_vec(),
        leb(0),
    ]
    .concat()
}

fn bloom(entries: u64, bits_per_entry: u64, probes: u64, bits: usize) -> Vec<u8> {
    [leb(entries), leb(bits_per_entry), leb(probes), vec![0xff; bits]].concat()
}

fn hashes(count: usize) -> Vec<u8> {
    [leb(count as u64), vec![7; count * 32]].concat()
}

#[test]
fn f1_a_filter_that_costs_more_than_it_weighs_is_refused() {
    let fits = bloom(4, 10, 7, 5);
    assert!(
        SyncMessage::parse(&with_bloom(&fits)).is_ok(),
        "the filter every client sends"
    );
    let bombs = [
        bloom(1, 0, 7, 0),
        bloom(1, 10, 200_000_000, 2),
        bloom(1, 10, u64::from(u32::MAX), 2),
        bloom(u64::from(u32::MAX), 10, 7, 2),
        bloom(BLOOM_ENTRIES_MAX + 1, 10, 7, 2),
        bloom(u64::MAX / 16, 10, 7, 2),
        bloom(0, 10, 7, 0),
        bloom(4, 10, 7, 4),
        bloom(4, 10, 7, 6),
        bloom(4, 11, 7, 6),
        bloom(4, 10, 8, 5),
        leb(4),
    ];
    for bomb in bombs {
        assert!(SyncMessage::parse(&with_bloom(&bomb)).is_err(), "{bomb:02x?}");
    }
}

#[test]
fn f1_counts_are_bounded_whether_or_not_the_bytes_are_there() {
    let tail = |parts: usize| vec![0; parts];
    let heads = |count| [vec![V1], hashes(count), tail(3)].concat();
    let need = |count| [vec![V1, 0], hashes(count), tail(2)].concat();
    let have = |count: usize| [vec![V1, 0, 0], leb(count as u64), tail(2 * count), tail(1)].concat();
    let chunks = |count: usize| [vec![V1, 0, 0, 0], leb(count as u64), tail(count)].concat();
    for (most, message) in [
        (SYNC_HEADS_MAX, &heads as &dyn Fn(usize) -> Vec<u8>),
        (SYNC_NEED_MAX, &need),
        (SYNC_HAVE_MAX, &have),
        (SYNC_CHUNKS_MAX, &chunks),
    ] {
        assert!(SyncMessage::parse(&message(most)).is_ok(), "{most} are taken");
        assert_eq!(
            SyncMessage::parse(&message(most + 1)),
            Err(Malformed::Message("too many parts"))
        );
    }
    for count in [u64::MAX, 1 << 62, u64::from(u32::MAX)] {
        for before in 0..4 {
            let lie = [vec![V1], vec![0; before], leb(count)].concat();
            assert!(SyncMessage::parse(&lie).is_err(), "{count} after {before} parts");
        }
    }
}

#[test]
fn f1_a_chunk_longer_than_its_message_is_refused() {
    for length in [1, 127, u64::from(u32::MAX), u64::MAX / 2, u64::MAX] {
        let lie = [vec![V1, 0, 0, 0, 1], leb(length)].concat();
        assert!(SyncMessage::parse(&lie).is_err(), "{length}");
    }
    let number_without_end = [vec![V1], vec![0x80; 64]].concat();
    assert!(SyncMessage::parse(&number_without_end).is_err());
}

#[test]
fn f1_a_hash_asked_for_many_times_is_asked_for_once() {
    let again = ChangeHash([9; 32]);
    let message = Message {
        heads: vec![],
        need: vec![again; SYNC_NEED_MAX],
        have: vec![Have {
            last_sync: vec![],
            bloom: BloomFilter::default(),
        }],
        changes: Vec::<Vec<u8>>::new().into(),
        flags: None,
        version: MessageVersion::V1,
    };
    assert_eq!(SyncMessage::parse(&message.encode()).unwrap().need, [again]);
}

#[test]
fn f1_a_sync_message_cut_short_is_refused_or_loses_only_its_flags() {
    for (golden, message) in golden::sync_messages() {
        let whole = SyncMessage::parse(&message).unwrap();
        for length in 0..message.len() {
            match SyncMessage::parse(&message[..length]) {
                Ok(read) => assert_eq!(
                    SyncMessage {
                        read_only: whole.read_only,
                        ..read
                    },
                    whole,
                    "{}",
                    golden.file
                ),
                Err(error) => assert!(matches!(error, Malformed::Message(_)), "{}: {error}", golden.file),
            }
        }
    }
}
