//! Changes that weigh little and cost much (F1).

use automerge::transaction::{Transactable, Transaction};
use automerge::{Automerge, AutomergeError, ObjType, ROOT};
use flate2::Compression;
use flate2::write::DeflateEncoder;
use samverk::firewall::{Malformed, read_changes};
use samverk_shared::limits::{INFLATED_BYTES_MAX, MESSAGE_OPS_MAX};
use samverk_tests::chunks::{CHANGE, COMPRESSED, DOCUMENT, chunk, compressed, leb, sleb, sound};
use samverk_tests::memory::resident_bytes_max;
use std::io::Write;

/// A change that sets one key of the root `ops` times, each time in place of `replaced` values; every column is
/// one run.
fn change_of(ops: u64, replaced: u64) -> Vec<u8> {
    let run = |value: &[u8]| [sleb(ops as i64), value.to_vec()].concat();
    let columns: [(u8, Vec<u8>); 5] = [
        (0x15, run(&[1, b'a'])),
        (0x34, leb(ops)),
        (0x42, run(&[1])),
        (0x56, run(&[0])),
        (0x70, run(&leb(replaced))),
    ];
    let heads = columns
        .iter()
        .flat_map(|(kind, data)| [vec![*kind], leb(data.len() as u64)].concat());
    let heads: Vec<u8> = heads.collect();
    let data: Vec<u8> = columns.iter().flat_map(|(_, data)| data.clone()).collect();
    // No dependencies; an actor of one byte; its first change; from operation 1; time 0; no message, no others.
    let start = [0, 1, 0xaa, 1, 1, 0, 0, 0, columns.len() as u8];
    [&start[..], &heads, &data].concat()
}

fn plain(change: &[u8]) -> Vec<u8> {
    sound(CHANGE, change)
}

fn refusal(blobs: &[&[u8]]) -> Malformed {
    read_changes(blobs).expect_err("a bomb")
}

#[test]
fn f1_a_few_bytes_that_stand_for_millions_of_operations_are_not_unrolled() {
    let three = change_of(3, 0);
    for honest in [plain(&three), compressed(&three)] {
        let read = read_changes(&[&honest]).unwrap();
        assert_eq!((read[0].len(), read[0].raw_bytes()), (3, &plain(&three)[..]));
    }
    for ops in [MESSAGE_OPS_MAX + 1, 30_000_000, u64::from(u32::MAX), 1 << 60] {
        for bomb in [plain(&change_of(ops, 0)), compressed(&change_of(ops, 0))] {
            assert!(bomb.len() < 100);
            assert_eq!(
                refusal(&[&bomb]),
                Malformed::Change("too many operations"),
                "{ops} operations"
            );
        }
    }
}

#[test]
fn f1_operations_are_counted_over_all_changes_of_a_message() {
    let half = plain(&change_of(MESSAGE_OPS_MAX / 2 + 1, 0));
    assert_eq!(refusal(&[&half, &half]), Malformed::Change("too many operations"));
    assert_eq!(
        refusal(&[&half.repeat(2)]),
        Malformed::Change("too many operations")
    );
}

#[test]
fn f1_an_operation_that_replaces_more_than_there_is_is_refused() {
    for replaced in [1, u64::from(u32::MAX), 1 << 60] {
        assert!(
            read_changes(&[&plain(&change_of(1, replaced))]).is_err(),
            "{replaced}"
        );
    }
}

#[test]
fn f1_what_inflates_without_end_is_refused_before_it_fills_the_memory() {
    const FULL_BYTES: usize = 512 * 1024 * 1024;
    let mut writer = DeflateEncoder::new(Vec::new(), Compression::best());
    let zeros = vec![0; 1024 * 1024];
    (0..FULL_BYTES / zeros.len()).for_each(|_| writer.write_all(&zeros).unwrap());
    let bomb = chunk(COMPRESSED, [0; 4], &writer.finish().unwrap());
    assert!(bomb.len() < 1024 * 1024);
    let before = resident_bytes_max();
    assert_eq!(refusal(&[&bomb]), Malformed::Change("it inflates to too much"));
    let grown = resident_bytes_max() - before;
    assert!(grown < 8 * INFLATED_BYTES_MAX as u64, "grew by {grown} bytes");
}

#[test]
fn f1_a_saved_document_is_weighed_before_it_is_loaded() {
    let mut document = Automerge::new();
    let write = |tx: &mut Transaction<'_>| {
        let text = tx.put_object(ROOT, "text", ObjType::Text)?;
        (0..50).try_for_each(|at| tx.splice_text(&text, at * 105, 0, &"blåbær syltetøy godt ".repeat(5)))
    };
    document.transact::<_, _, AutomergeError>(write).unwrap();
    for honest in [document.save(), document.save_nocompress()] {
        let read = read_changes(&[&honest]).unwrap();
        assert_eq!(read.len(), document.get_changes(&[]).len());
    }
    let body = saved_with_a_column(&[sleb(1 << 40), vec![1]].concat());
    let bomb = chunk(DOCUMENT, [0; 4], &body);
    assert_eq!(refusal(&[&bomb]), Malformed::Change("too many operations"));
}

/// The body of a saved document without actors, heads and changes, and with one column of operations.
fn saved_with_a_column(column: &[u8]) -> Vec<u8> {
    [&[0, 0, 0, 1, 0x42, column.len() as u8], column].concat()
}
