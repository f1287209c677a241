//! The attacks, made by code, each with what it does to a server that hands it to automerge as it comes.
//!
//! *Panics*, *poisons* (it is accepted, and what is then saved does not load), *costs* (processor or memory out of
//! all proportion).

use automerge::sync::{BloomFilter, Have, Message, MessageVersion};
use automerge::transaction::{Transactable, Transaction};
use automerge::{
    ActorId, Automerge, AutomergeError, Change, ChangeHash, ExpandedChange, ObjId, ObjType, ROOT,
};
use samverk_shared::limits::{DOCUMENT_DEPTH_MAX, INFLATED_BYTES_MAX, SYNC_NEED_MAX};
use samverk_tests::chunks::{
    BUNDLE, CHANGE, COMPRESSED, DOCUMENT, Parts, body, chunk, deflated, leb, sleb, sound,
};

/// How an attack ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Its connection ends.
    Closed,
    /// It is refused by name, for this reason; whoever sent it in good faith recovers.
    Refused(&'static str),
    /// It is answered like anything else.
    Answered,
}

/// One attack.
pub struct Attack {
    pub name: &'static str,
    pub message: Vec<u8>,
    pub end: End,
}

/// What there is to attack: a document with these objects.
pub struct Target<'a> {
    pub doc: &'a Automerge,
    pub map: ObjId,
    pub list: ObjId,
    pub text: ObjId,
}

pub fn all(target: &Target<'_>) -> Vec<Attack> {
    [messages(target), bombs(target), changes(target)]
        .into_iter()
        .flatten()
        .collect()
}

fn attack(name: &'static str, end: End, message: Vec<u8>) -> Attack {
    Attack { name, message, end }
}

/// A sync message with these parts, which no client writes like that.
fn raw(heads: &[ChangeHash], need: &[ChangeHash], blooms: &[&[u8]]) -> Vec<u8> {
    let mut bytes = vec![0x42];
    for hashes in [heads, need] {
        bytes.extend(leb(hashes.len() as u64));
        hashes.iter().for_each(|hash| bytes.extend(hash.0));
    }
    bytes.extend(leb(blooms.len() as u64));
    for bloom in blooms {
        bytes.push(0);
        bytes.extend(leb(bloom.len() as u64));
        bytes.extend_from_slice(bloom);
    }
    bytes.push(0);
    bytes
}

/// A sync message that brings these chunks.
fn bring(heads: &[ChangeHash], chunks: Vec<Vec<u8>>) -> Vec<u8> {
    let message = Message {
        heads: heads.to_vec(),
        need: Vec::new(),
        have: vec![Have {
            last_sync: heads.to_vec(),
            bloom: BloomFilter::default(),
        }],
        changes: chunks.into(),
        flags: None,
        version: MessageVersion::V1,
    };
    message.encode()
}

/// Reading the document is enough for these.
fn messages(target: &Target<'_>) -> Vec<Attack> {
    let head = target.doc.get_heads()[0];
    let unknown = ChangeHash([9; 32]);
    let filter = |bits: u64, probes: u64| [leb(1), leb(bits), leb(probes), vec![0, 0]].concat();
    vec![
        attack(
            "panics: a wish named twice",
            End::Answered,
            raw(&[head], &[head, head], &[]),
        ),
        attack(
            "costs: the same wish as often as may be",
            End::Answered,
            raw(&[head], &vec![head; SYNC_NEED_MAX], &[]),
        ),
        attack(
            "panics: a filter of no bits",
            End::Closed,
            raw(&[unknown], &[], &[&[1, 0, 7]]),
        ),
        attack(
            "aborts: a filter of 2^32 probes",
            End::Closed,
            raw(&[unknown], &[], &[&filter(10, u64::from(u32::MAX))]),
        ),
        attack(
            "costs 20 s: a filter of 10^8 probes",
            End::Closed,
            raw(&[unknown], &[], &[&filter(10, 100_000_000)]),
        ),
        attack(
            "a count of 2^62",
            End::Closed,
            [vec![0x42], leb(1 << 62)].concat(),
        ),
        attack(
            "costs: five million empty chunks",
            End::Closed,
            [vec![0x42, 0, 0, 0], leb(5 << 20), vec![0; 5 << 20]].concat(),
        ),
        attack(
            "a bundle of changes",
            End::Closed,
            bring(&[unknown], vec![sound(BUNDLE, &[0; 40])]),
        ),
        attack(
            "a message of another version",
            End::Closed,
            vec![0x44, 0, 0, 0, 0],
        ),
    ]
}

/// The body of a change that sets one key of the root so many times; every column is one run.
fn run_of(operations: u64) -> Vec<u8> {
    let run = |value: &[u8]| [sleb(operations as i64), value.to_vec()].concat();
    let columns = vec![
        (0x15, run(&[1, b'a'])),
        (0x34, leb(operations)),
        (0x42, run(&[1])),
        (0x56, run(&[0])),
        (0x70, run(&[0])),
    ];
    // No dependencies; an actor of one byte; its first change; from operation 1; time 0; no message, no others.
    Parts {
        head: vec![0, 1, 0xaa, 1, 1, 0, 0, 0],
        columns,
        tail: vec![],
    }
    .body()
}

/// Few bytes that stand for many.
fn bombs(target: &Target<'_>) -> Vec<Attack> {
    let unknown = [ChangeHash([9; 32])];
    let heads = target.doc.get_heads();
    let zeros = deflated(&vec![0; 8 * INFLATED_BYTES_MAX]);
    let column = [sleb(2_000_000), vec![1]].concat();
    let saved = [&[0, 0, 0, 1, 0x42, column.len() as u8], &column[..]].concat();
    let one = |chunk: Vec<u8>| bring(&unknown, vec![chunk]);
    let nested = |levels| bring(&heads, vec![nest(target, levels)]);
    vec![
        attack(
            "costs 52 s: 30 million operations in a run",
            End::Closed,
            one(sound(CHANGE, &run_of(30_000_000))),
        ),
        attack(
            "costs 200 s: a billion operations in a run",
            End::Closed,
            one(sound(CHANGE, &run_of(1_000_000_001))),
        ),
        attack(
            "costs: a saved document of two million operations",
            End::Closed,
            one(sound(DOCUMENT, &saved)),
        ),
        attack(
            "costs: a chunk that inflates without end",
            End::Closed,
            one(chunk(COMPRESSED, [0; 4], &zeros)),
        ),
        attack(
            "one level too deep",
            End::Refused("limit"),
            nested(DOCUMENT_DEPTH_MAX + 1),
        ),
        attack("aborts: 300 levels deep", End::Refused("limit"), nested(300)),
        attack(
            "aborts: 10,000 levels deep",
            End::Refused("limit"),
            nested(10_000),
        ),
        attack(
            "1,000 changes that build on what nobody has",
            End::Answered,
            bring(&heads, orphans(target, 1_000)),
        ),
    ]
}

fn nest(target: &Target<'_>, levels: usize) -> Vec<u8> {
    let write = |tx: &mut Transaction<'_>| {
        (0..levels)
            .try_fold(ROOT, |object, _| tx.put_object(&object, "in", ObjType::Map))
            .map(drop)
    };
    write_change(target, write).raw_bytes().to_vec()
}

/// Changes of one actor without the first, on which they build.
fn orphans(target: &Target<'_>, count: usize) -> Vec<Vec<u8>> {
    let mut copy = target.doc.clone().with_actor(ActorId::from([0xdd; 16]));
    for n in 0..=count as i64 {
        copy.transact(|tx| tx.put(ROOT, "orphan", n)).unwrap();
    }
    let changes = copy.get_changes(&target.doc.get_heads());
    changes[1..]
        .iter()
        .map(|change| change.raw_bytes().to_vec())
        .collect()
}

type Write<'a> = &'a dyn Fn(&mut Transaction<'_>) -> Result<(), AutomergeError>;

/// A change of a new actor to the target.
fn write_change(
    target: &Target<'_>,
    write: impl Fn(&mut Transaction<'_>) -> Result<(), AutomergeError>,
) -> Change {
    let mut copy = target.doc.clone().with_actor(ActorId::from([0xee; 16]));
    copy.transact(write).unwrap();
    copy.get_changes(&target.doc.get_heads()).pop().unwrap()
}

fn altered(change: &Change, alter: impl FnOnce(&mut ExpandedChange)) -> Change {
    let mut expanded = change.decode();
    expanded.hash = None;
    alter(&mut expanded);
    Change::from(expanded)
}

/// Changes whose bytes are sound and whose meaning is not.
fn changes(target: &Target<'_>) -> Vec<Attack> {
    let put = |key: &'static str| move |tx: &mut Transaction<'_>| tx.put(ROOT, key, 7);
    let plain = write_change(target, put("mine"));
    let start = plain.start_op().get();
    let at = |start: u64| altered(&plain, |change| change.start_op = start.try_into().unwrap());
    let list: [(&'static str, End, Change); 21] = [
        (
            "panics: a gap in a new actor's sequence",
            End::Refused("malformed"),
            altered(&plain, |c| c.seq = 2),
        ),
        (
            "panics: a gap in a known actor's sequence",
            End::Refused("malformed"),
            known_actor(target, &plain),
        ),
        (
            "panics: an actor nobody has seen in an operation",
            End::Refused("malformed"),
            unknown_actor(target),
        ),
        (
            "panics: an author in a later change",
            End::Refused("malformed"),
            late_author(target),
        ),
        (
            "panics: an operation in an unknown object",
            End::Closed,
            unknown_object(target),
        ),
        (
            "panics: an insertion after a missing element",
            End::Closed,
            missing_element(target),
        ),
        (
            "panics: numbers at their end",
            End::Refused("malformed"),
            at(u64::from(u32::MAX)),
        ),
        (
            "uses the numbers up: operation four billion",
            End::Refused("malformed"),
            at(4_000_000_000),
        ),
        (
            "uses the numbers up: a million ahead",
            End::Refused("malformed"),
            at(start + 1_000_000),
        ),
        (
            "poisons: numbers that are not above those built on",
            End::Refused("malformed"),
            at(start - 1),
        ),
        (
            "poisons: the numbers of others again",
            End::Refused("malformed"),
            at(1),
        ),
        (
            "poisons: a change without operations that skips numbers",
            End::Closed,
            empty_ahead(&plain),
        ),
        (
            "poisons: replaces a value nobody has",
            End::Closed,
            unknown_pred(target),
        ),
        ("poisons: replaces itself", End::Closed, self_pred(target)),
        (
            "poisons: replaces what comes after it",
            End::Closed,
            forward_pred(target),
        ),
        (
            "poisons: replaces the value of another key",
            End::Closed,
            foreign_pred(target),
        ),
        ("poisons: deletes nothing", End::Closed, delete_nothing(target)),
        ("poisons: a key in a text", End::Closed, key_in_text(target)),
        (
            "poisons: the end of a mark that never begins",
            End::Refused("malformed"),
            mark_without(target, 0),
        ),
        (
            "a mark that never ends",
            End::Refused("malformed"),
            mark_without(target, 1),
        ),
        (
            "poisons: a mark that ends before it begins",
            End::Closed,
            mark_backwards(target),
        ),
    ];
    list.into_iter()
        .map(|(name, end, change)| {
            attack(
                name,
                end,
                bring(&[change.hash()], vec![change.raw_bytes().to_vec()]),
            )
        })
        .collect()
}

fn known_actor(target: &Target<'_>, plain: &Change) -> Change {
    let known = target.doc.get_changes(&[])[0].actor_id().clone();
    altered(plain, |change| {
        change.actor_id = known;
        change.seq = 1_000;
    })
}

/// Two changes of an actor, of which only the second is sent as if it were the first.
fn second_only(target: &Target<'_>, first: Write<'_>, second: Write<'_>) -> Change {
    let mut copy = target.doc.clone().with_actor(ActorId::from([0xee; 16]));
    copy.transact(first).unwrap();
    copy.transact(second).unwrap();
    let change = copy.get_changes(&target.doc.get_heads()).pop().unwrap();
    altered(&change, |change| {
        change.seq = 1;
        change.deps = target.doc.get_heads();
    })
}

fn unknown_actor(target: &Target<'_>) -> Change {
    let mut stranger = target.doc.clone().with_actor(ActorId::from([0xcc; 16]));
    stranger.transact(|tx| tx.put(ROOT, "strange", 1)).unwrap();
    let mut copy = stranger.with_actor(ActorId::from([0xee; 16]));
    copy.transact(|tx| tx.put(ROOT, "strange", 2)).unwrap();
    let change = copy.get_changes(&target.doc.get_heads()).pop().unwrap();
    altered(&change, |change| change.deps = target.doc.get_heads())
}

fn late_author(target: &Target<'_>) -> Change {
    let known = target.doc.get_changes(&[]).last().unwrap().clone();
    let mut copy = target.doc.clone().with_actor(known.actor_id().clone());
    copy.transact(|tx| tx.put(ROOT, "mine", 1)).unwrap();
    let change = copy.get_changes(&target.doc.get_heads()).pop().unwrap();
    let mut parts = Parts::of(body(change.raw_bytes())).unwrap();
    parts.tail = [&[1, 5][..], b"Mamma"].concat();
    let change = Change::from_bytes(sound(CHANGE, &parts.body())).unwrap();
    assert!(change.author().is_some() && change.seq() > 1);
    change
}

fn unknown_object(target: &Target<'_>) -> Change {
    let mut copy = target.doc.clone().with_actor(ActorId::from([0xee; 16]));
    let object = copy
        .transact(|tx| tx.put_object(ROOT, "mine", ObjType::Map))
        .unwrap()
        .result;
    copy.transact(|tx| tx.put(&object, "key", 1)).unwrap();
    let change = copy.get_changes(&target.doc.get_heads()).pop().unwrap();
    altered(&change, |change| {
        change.seq = 1;
        change.deps = target.doc.get_heads();
    })
}

fn missing_element(target: &Target<'_>) -> Change {
    second_only(target, &|tx| tx.insert(&target.list, 0, 1), &|tx| {
        tx.insert(&target.list, 1, 2)
    })
}

fn unknown_pred(target: &Target<'_>) -> Change {
    second_only(target, &|tx| tx.put(ROOT, "mine", 1), &|tx| {
        tx.put(ROOT, "mine", 2)
    })
}

fn empty_ahead(plain: &Change) -> Change {
    altered(plain, |change| {
        change.operations.clear();
        change.start_op = (plain.start_op().get() + 14).try_into().unwrap();
    })
}

/// Two values of one key, the second of which is written first: its number is the one it replaces.
fn self_pred(target: &Target<'_>) -> Change {
    let change = write_change(target, |tx| {
        tx.put(ROOT, "mine", 1)?;
        tx.put(ROOT, "mine", 2)
    });
    altered(&change, |change| change.operations.swap(0, 1))
}

fn forward_pred(target: &Target<'_>) -> Change {
    let change = write_change(target, |tx| {
        tx.put(ROOT, "other", 0)?;
        tx.put(ROOT, "mine", 1)?;
        tx.put(ROOT, "mine", 2)
    });
    altered(&change, |change| change.operations.swap(0, 2))
}

fn foreign_pred(target: &Target<'_>) -> Change {
    let change = write_change(target, |tx| {
        tx.put(&target.map, "key", "new")?;
        tx.put(&target.map, "mine", 1)
    });
    altered(&change, |change| {
        change.operations[1].pred = change.operations[0].pred.clone()
    })
}

fn delete_nothing(target: &Target<'_>) -> Change {
    let change = write_change(target, |tx| {
        tx.put(&target.map, "mine", 1)?;
        tx.delete(&target.map, "key")
    });
    altered(&change, |change| {
        change.operations[1].pred = change.operations[0].pred.clone()
    })
}

fn key_in_text(target: &Target<'_>) -> Change {
    let change = write_change(target, |tx| {
        tx.splice_text(&target.text, 0, 0, "x")?;
        tx.put(&target.map, "mine", 1)
    });
    altered(&change, |change| {
        change.operations[1].obj = change.operations[0].obj.clone()
    })
}

fn mark(target: &Target<'_>) -> Change {
    use automerge::marks::{ExpandMark, Mark};
    write_change(target, |tx| {
        tx.mark(
            &target.text,
            Mark::new("strong".into(), true, 1, 6),
            ExpandMark::Both,
        )
    })
}

fn mark_without(target: &Target<'_>, operation: usize) -> Change {
    altered(&mark(target), |change| drop(change.operations.remove(operation)))
}

fn mark_backwards(target: &Target<'_>) -> Change {
    altered(&mark(target), |change| {
        let (begin, end) = (change.operations[0].key.clone(), change.operations[1].key.clone());
        change.operations[0].key = end;
        change.operations[1].key = begin;
    })
}
