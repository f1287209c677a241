//! Frames as other encoders write them, and frames that are none.

use crate::cbor::{BREAK, Pairs, UNDEFINED, bytes, double, head, map, map_with, number, text, wide};
use samverk::wire::{ClientFrame, Join, WireError, decode};

const DOCUMENT: &str = "h7jEp9JRCHoLxtSKBr2sBVV8Wu9";

fn join() -> Pairs {
    let versions = [head(4, 1), text("1")].concat();
    vec![
        ("type", text("join")),
        ("senderId", text("kari")),
        ("supportedProtocolVersions", versions),
        ("samverk", number(1)),
        ("schema", number(3)),
    ]
}

fn ephemeral(count: Vec<u8>) -> Pairs {
    vec![
        ("type", text("ephemeral")),
        ("senderId", text("kari")),
        ("documentId", text(DOCUMENT)),
        ("count", count),
        ("sessionId", text("s1")),
        ("data", bytes(&[0xf6])),
    ]
}

fn count_of(frame: &[u8]) -> u64 {
    match decode(frame) {
        Ok(ClientFrame::Ephemeral { count, .. }) => count,
        other => panic!("{other:?}"),
    }
}

fn joined() -> ClientFrame {
    ClientFrame::Join(Join {
        sender_id: "kari".into(),
        version_1: true,
        samverk: true,
        schema: 3,
    })
}

#[test]
fn w1_map_lengths_of_any_width_and_none_are_read_alike() {
    let pairs = join();
    for argument_bytes in [1, 2, 4, 8] {
        let frame = map_with(wide(5, argument_bytes, pairs.len() as u64), &pairs);
        assert_eq!(decode(&frame), Ok(joined()), "{argument_bytes} bytes");
    }
    let endless = [map_with(vec![0xbf], &pairs), vec![BREAK]].concat();
    assert_eq!(decode(&endless), Ok(joined()));
}

#[test]
fn w1_text_lengths_of_any_width_are_read_alike() {
    for argument_bytes in [1, 2, 4, 8] {
        let mut pairs = join();
        pairs[1].1 = [wide(3, argument_bytes, 4), b"kari".to_vec()].concat();
        assert_eq!(decode(&map(&pairs)), Ok(joined()), "{argument_bytes} bytes");
    }
}

#[test]
fn w1_undefined_and_null_stand_for_nothing() {
    for nothing in [UNDEFINED, 0xf6] {
        let mut pairs = join();
        for at in [2, 3, 4] {
            pairs[at].1 = vec![nothing];
        }
        let plain = Join {
            sender_id: "kari".into(),
            version_1: true,
            samverk: false,
            schema: 0,
        };
        assert_eq!(decode(&map(&pairs)), Ok(ClientFrame::Join(plain)));
        assert_eq!(count_of(&map(&ephemeral(vec![nothing]))), 0);
    }
}

#[test]
fn w1_floats_stand_for_whole_numbers() {
    let single_precision_two = vec![0xfa, 0x40, 0x00, 0x00, 0x00];
    assert_eq!(count_of(&map(&ephemeral(single_precision_two))), 2);
    assert_eq!(
        count_of(&map(&ephemeral(double(1_795_491_958_835.0)))),
        1_795_491_958_835
    );
    assert_eq!(count_of(&map(&ephemeral(double(f64::NAN)))), 0);
    assert_eq!(count_of(&map(&ephemeral(double(-5.0)))), 0);
    assert_eq!(count_of(&map(&ephemeral(double(f64::INFINITY)))), u64::MAX);
}

#[test]
fn w1_keys_nobody_knows_are_passed_over_whatever_is_in_them() {
    let nested = map(&vec![("a", [head(4, 2), number(1), vec![UNDEFINED]].concat())]);
    let tagged = [head(6, 64), bytes(b"x")].concat();
    let big = wide(0, 8, u64::MAX);
    for unknown in [
        nested,
        tagged,
        big,
        double(0.5),
        vec![0xf9, 0x3c, 0x00],
        vec![0xf5],
        bytes(&[0xff, 0xfe]),
    ] {
        let mut pairs = join();
        pairs.insert(0, ("traceparent", unknown.clone()));
        assert_eq!(decode(&map(&pairs)), Ok(joined()), "{unknown:02x?}");
    }
}

#[test]
fn w6_a_type_nobody_knows_is_ignored_whatever_its_fields() {
    let dance = vec![("type", text("dance")), ("steps", number(3))];
    assert_eq!(decode(&map(&dance)), Ok(ClientFrame::Ignored));
}

#[test]
fn w1_a_frame_without_what_its_type_needs_says_what_is_missing() {
    let without = |pairs: &Pairs, key: &str| {
        let rest: Pairs = pairs.iter().filter(|pair| pair.0 != key).cloned().collect();
        decode(&map(&rest))
    };
    assert_eq!(
        without(&join(), "senderId"),
        Err(WireError::Missing("join", "senderId"))
    );
    let presence = ephemeral(number(1));
    for key in ["senderId", "documentId", "data"] {
        assert_eq!(without(&presence, key), Err(WireError::Missing("ephemeral", key)));
    }
    assert!(matches!(without(&join(), "type"), Err(WireError::Shape(_))));
}

#[test]
fn w1_a_frame_that_is_no_map_or_more_than_one_is_refused() {
    for other in [
        vec![],
        text("join"),
        number(1),
        vec![0x80],
        vec![UNDEFINED],
        vec![BREAK],
    ] {
        assert!(
            matches!(decode(&other), Err(WireError::Bounds(_))),
            "{other:02x?}"
        );
    }
    let twice = [map(&join()), map(&join())].concat();
    assert_eq!(decode(&twice), Err(WireError::Bounds("bytes follow the map")));
}

#[test]
fn w1_a_document_id_that_is_none_is_no_reason_to_end_the_connection() {
    let mut pairs = ephemeral(number(1));
    pairs[2].1 = text("not-base58");
    assert!(matches!(
        decode(&map(&pairs)),
        Ok(ClientFrame::Ephemeral { document: None, .. })
    ));
}
