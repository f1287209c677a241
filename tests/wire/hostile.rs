//! Frames made to hurt: nesting, counts, lengths.

use crate::cbor::{BREAK, Pairs, head, map, number, text, wide};
use crate::golden;
use samverk::wire::{ClientFrame, WireError, decode};
use samverk_shared::limits::{CBOR_DEPTH_MAX, CBOR_ITEMS_MAX};

fn with_extra(extra: Vec<u8>) -> Vec<u8> {
    map(&vec![("type", text("leave")), ("extra", extra)])
}

fn refusal(frame: &[u8]) -> &'static str {
    match decode(frame) {
        Err(WireError::Bounds(reason)) => reason,
        other => panic!("{other:?}"),
    }
}

#[test]
fn w1_a_frame_cut_short_anywhere_is_an_error() {
    for golden in golden::all() {
        for length in 0..golden.bytes.len() {
            assert!(
                decode(&golden.bytes[..length]).is_err(),
                "{} cut at {length}",
                golden.file
            );
        }
    }
}

#[test]
fn w1_nesting_is_bounded_in_every_kind_of_nest() {
    let nests: [(&str, Vec<u8>, Vec<u8>); 5] = [
        ("arrays", head(4, 1), vec![]),
        ("maps", [head(5, 1), text("k")].concat(), vec![]),
        ("tags", head(6, 0), vec![]),
        ("endless arrays", vec![0x9f], vec![BREAK]),
        ("endless maps", [vec![0xbf], text("k")].concat(), vec![BREAK]),
    ];
    for (kind, opening, closing) in nests {
        let nest = |depth| [opening.repeat(depth), number(0), closing.repeat(depth)].concat();
        // The map of the frame is the outermost level.
        let allowed = with_extra(nest(CBOR_DEPTH_MAX - 1));
        assert_eq!(decode(&allowed), Ok(ClientFrame::Leave), "{kind}");
        for depth in [CBOR_DEPTH_MAX, CBOR_DEPTH_MAX + 1, 100_000] {
            assert_eq!(refusal(&with_extra(nest(depth))), "nested too deep", "{kind}");
        }
    }
}

#[test]
fn w1_items_are_counted_wherever_they_stand() {
    let in_an_array = |items: usize| with_extra([head(4, items as u64), number(0).repeat(items)].concat());
    // The map, two keys, one value and the array itself.
    let others = 5;
    assert_eq!(
        decode(&in_an_array(CBOR_ITEMS_MAX - others)),
        Ok(ClientFrame::Leave)
    );
    assert_eq!(
        refusal(&in_an_array(CBOR_ITEMS_MAX - others + 1)),
        "too many items"
    );
    let endless = [vec![0x9f], number(0).repeat(CBOR_ITEMS_MAX), vec![BREAK]].concat();
    assert_eq!(refusal(&with_extra(endless)), "too many items");
    let many_keys: Pairs = std::iter::repeat_n(("k", number(0)), CBOR_ITEMS_MAX).collect();
    assert_eq!(refusal(&map(&many_keys)), "too many items");
    let pieces = [vec![0x5f], head(2, 0).repeat(CBOR_ITEMS_MAX), vec![BREAK]].concat();
    assert_eq!(refusal(&with_extra(pieces)), "too many items");
}

#[test]
fn f1_a_length_that_is_not_there_is_refused_in_nine_bytes() {
    for major in [2, 3, 4, 5] {
        for length in [u64::MAX, u64::MAX / 2 + 1, 1 << 62, u64::from(u32::MAX), 64] {
            let lie = wide(major, 8, length);
            assert_eq!(
                refusal(&with_extra(lie)),
                "a length beyond the frame",
                "major {major}, {length}"
            );
        }
    }
    for pairs in [u64::MAX, u64::MAX / 2 + 2] {
        assert_eq!(refusal(&wide(5, 8, pairs)), "a length beyond the frame");
    }
    assert_eq!(refusal(&wide(4, 8, u64::MAX)), "it does not begin with a map");
}

#[test]
fn w1_reserved_codes_and_a_break_that_ends_nothing_are_refused() {
    for reserved in [0x1c, 0x1d, 0x1e, 0x1f, 0x3f, 0xdf, 0xfc, 0xfd, 0xfe, BREAK] {
        decode(&with_extra(vec![reserved])).expect_err("reserved");
    }
    let odd = [
        vec![0xbf],
        text("type"),
        text("leave"),
        text("key"),
        vec![BREAK, BREAK],
    ]
    .concat();
    decode(&odd).expect_err("a key without a value");
}

#[test]
fn w1_text_that_is_not_utf_8_and_a_type_that_is_no_text_are_refused() {
    let broken = [head(3, 2), vec![0xc3, 0x28]].concat();
    decode(&map(&vec![("type", broken.clone())])).expect_err("not UTF-8");
    decode(&map(&vec![("type", number(1))])).expect_err("not a text");
    decode(&map(&vec![("type", text("join")), ("senderId", broken)])).expect_err("not UTF-8");
}
