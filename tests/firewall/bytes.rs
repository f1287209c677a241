//! What the format of chunks allows and the firewall does not.

use samverk::firewall::{Malformed, SyncMessage, read_changes, split};
use samverk_shared::limits::{
    INFLATE_RATIO_FREE_BYTES, INFLATE_RATIO_MAX, INFLATED_BYTES_MAX, SYNC_CHUNKS_MAX,
};
use samverk_tests::chunks::{BUNDLE, CHANGE, Parts, chunk, compressed, deflated, leb, sound};

fn refusal(blobs: &[&[u8]]) -> &'static str {
    match read_changes(blobs) {
        Err(Malformed::Change(reason)) => reason,
        other => panic!("{other:?}"),
    }
}

/// A change of one operation with this column of text values, which only one of them reads.
fn change_with(values: Vec<u8>) -> Vec<u8> {
    let meta = leb(((values.len() as u64) << 4) | 7);
    let columns = [
        (0x15, vec![0x7f, 1, b'a']),
        (0x34, vec![1]),
        (0x42, vec![0x7f, 1]),
        (0x56, [vec![0x7f], meta].concat()),
        (0x57, values),
        (0x70, vec![0x7f, 0]),
    ];
    // No dependencies; an actor of one byte; its first change; from operation 1; time 0; no message, no others.
    Parts {
        head: vec![0, 1, 0xaa, 1, 1, 0, 0, 0],
        columns: columns.to_vec(),
        tail: vec![],
    }
    .body()
}

/// Bytes that pack about this many times.
fn packs(times: usize, length: usize) -> Vec<u8> {
    let mut state = 1u64;
    let noise = |state: &mut u64| {
        *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (*state >> 56) as u8
    };
    (0..length)
        .map(|at| if at % times == 0 { noise(&mut state) } else { 0 })
        .collect()
}

#[test]
fn f1_l2_chunks_are_counted_in_blobs_and_over_blobs() {
    let empty = chunk(CHANGE, [0; 4], &[]);
    assert_eq!(
        split(&empty.repeat(SYNC_CHUNKS_MAX)).unwrap().len(),
        SYNC_CHUNKS_MAX
    );
    assert_eq!(refusal(&[&empty.repeat(SYNC_CHUNKS_MAX + 1)]), "too many chunks");
    let change = sound(CHANGE, &change_with(vec![1]));
    let (half, rest) = (
        change.repeat(SYNC_CHUNKS_MAX / 2),
        change.repeat(SYNC_CHUNKS_MAX.div_ceil(2)),
    );
    assert_eq!(read_changes(&[&half, &rest]).unwrap().len(), SYNC_CHUNKS_MAX);
    assert_eq!(refusal(&[&half, &rest, &change]), "too many chunks");
}

#[test]
fn f1_l2_five_megabytes_of_empty_chunks_are_refused_by_their_count() {
    let count = 5 * 1024 * 1024;
    let message = [vec![0x42, 0, 0, 0], leb(count as u64), vec![0; count]].concat();
    assert_eq!(
        SyncMessage::parse(&message),
        Err(Malformed::Message("too many parts"))
    );
}

#[test]
fn f1_l2_a_chunk_inflates_to_a_hundred_times_its_size_or_to_a_little() {
    let body = |length| change_with(vec![0; length]);
    let other = body(0).len() + 5;
    let little = body(INFLATE_RATIO_FREE_BYTES - other);
    assert!(little.len() <= INFLATE_RATIO_FREE_BYTES && little.len() > INFLATE_RATIO_FREE_BYTES - 10);
    assert!(
        read_changes(&[&compressed(&little)]).is_ok(),
        "whatever its ratio"
    );
    let more = body(INFLATE_RATIO_FREE_BYTES + 1);
    assert!(more.len() / deflated(&more).len() > INFLATE_RATIO_MAX);
    assert_eq!(refusal(&[&compressed(&more)]), "it inflates to too much");
    let honest = change_with(packs(20, 4 * INFLATE_RATIO_FREE_BYTES));
    assert!(honest.len() / deflated(&honest).len() < INFLATE_RATIO_MAX);
    assert!(read_changes(&[&compressed(&honest)]).is_ok());
}

#[test]
fn f1_l2_what_inflates_is_added_up_over_a_message() {
    let piece = compressed(&change_with(packs(20, 4 * INFLATE_RATIO_FREE_BYTES)));
    let fit = INFLATED_BYTES_MAX / (4 * INFLATE_RATIO_FREE_BYTES) - 1;
    assert_eq!(read_changes(&[&piece.repeat(fit)]).unwrap().len(), fit);
    assert_eq!(refusal(&[&piece.repeat(fit + 1)]), "it inflates to too much");
}

#[test]
fn f1_l2_a_column_is_bounded_like_a_chunk() {
    // A saved document without actors, heads and changes, with one column of values.
    let document = |data: &[u8]| {
        let packed = deflated(data);
        [
            &[0, 0, 0, 1, 0x42 | 0b1000][..],
            &leb(packed.len() as u64),
            &packed,
        ]
        .concat()
    };
    let bomb = document(&vec![0; INFLATE_RATIO_FREE_BYTES + 1]);
    assert_eq!(refusal(&[&sound(0, &bomb)]), "it inflates to too much");
    let other = document(&vec![0; INFLATE_RATIO_FREE_BYTES]);
    assert!(
        matches!(read_changes(&[&sound(0, &other)]), Err(Malformed::Refused(_))),
        "read, and no document"
    );
}

#[test]
fn f1_columns_are_counted_before_there_is_room_made_for_them() {
    let with = |columns: u64| {
        let head = [&[0, 1, 0xaa, 1, 1, 0, 0, 0][..], &leb(columns)].concat();
        sound(CHANGE, &[head, vec![0; 2 * columns as usize]].concat())
    };
    for columns in [65, 1 << 20] {
        assert_eq!(refusal(&[&with(columns)]), "it cannot be decoded");
    }
    let lie = sound(
        CHANGE,
        &[&[0, 1, 0xaa, 1, 1, 0, 0, 0][..], &leb(1 << 62)].concat(),
    );
    assert_eq!(refusal(&[&lie]), "it cannot be decoded");
}

#[test]
fn f1_bundles_and_chunks_of_unknown_types_are_not_taken() {
    for kind in [BUNDLE, 4, 127] {
        assert_eq!(
            refusal(&[&sound(kind, &[0; 20])]),
            "a chunk of a type that is not taken"
        );
    }
}
