//! Each rule for a change, at its limit and one past it.

use automerge::marks::{ExpandMark, Mark};
use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, Automerge, Change, ExpandedChange, ObjId, ObjType, ROOT, ScalarValue};
use samverk::firewall::{History, Malformed, Verdict, apply, contain, is_too_deep, read_changes, vet};
use samverk_shared::document::TEXT_ENCODING;
use samverk_shared::limits::{
    ACTOR_BYTES_MAX, CHANGE_DEPS_MAX, CHANGE_MESSAGE_BYTES_MAX, CHANGE_OPS_MAX, CHANGE_TIME_MAX,
    DOCUMENT_DEPTH_MAX, DOCUMENT_OPS_MAX, KEY_BYTES_MAX, SCALAR_BYTES_MAX, START_OP_AHEAD_MAX,
};
use samverk_tests::chunks::{CHANGE, Parts, body, leb, sleb, sound};

/// A document with a text in it, and what is known of it.
struct Desk {
    document: Automerge,
    history: History,
    text: ObjId,
}

/// What became of a change.
#[derive(Debug, PartialEq)]
enum Fate {
    Applied,
    TooLarge,
    Malformed(&'static str),
    /// Applied, and then found to be no good.
    Reverted,
}

impl Desk {
    fn new() -> Desk {
        let mut document = Automerge::new_with_encoding(TEXT_ENCODING).with_actor(ActorId::from([1; 16]));
        let made = document.transact(|tx| {
            let text = tx.put_object(ROOT, "text", ObjType::Text)?;
            tx.splice_text(&text, 0, 0, "En tekst som noen har skrevet")?;
            Ok::<_, automerge::AutomergeError>(text)
        });
        let text = made.unwrap().result;
        Desk {
            history: History::of(&document),
            document,
            text,
        }
    }

    /// The changes that `write` makes to a copy.
    fn changes(&self, write: impl FnOnce(&mut Automerge)) -> Vec<Change> {
        let mut copy = self.document.clone().with_actor(ActorId::from([2; 16]));
        write(&mut copy);
        copy.get_changes(&self.document.get_heads())
    }

    fn change(&self, write: impl FnOnce(&mut Automerge)) -> Change {
        self.changes(write).pop().unwrap()
    }

    /// Judges changes one after the other and applies them together, as the hub does.
    fn fate(&self, changes: &[Change]) -> Fate {
        let (mut document, mut history) = (self.document.clone(), self.history.clone());
        for change in changes {
            // As bytes, as it would come.
            let read = read_changes(&[change.raw_bytes()]).unwrap().pop().unwrap();
            match vet(&document, &history, read) {
                Verdict::Accept { change, footprint } => history.accept(&change, footprint),
                Verdict::TooLarge(_) => return Fate::TooLarge,
                Verdict::Malformed(_, Malformed::Change(rule)) => return Fate::Malformed(rule),
                other => panic!("{other:?}"),
            }
        }
        match contain(|| apply(&mut document, &history, changes.to_vec())) {
            Ok(Ok(())) => Fate::Applied,
            _ => Fate::Reverted,
        }
    }

    fn fate_of(&self, write: impl FnOnce(&mut Automerge)) -> Fate {
        self.fate(&self.changes(write))
    }
}

fn put(document: &mut Automerge, key: &str, value: impl Into<ScalarValue>) {
    document.transact(|tx| tx.put(ROOT, key, value)).unwrap();
}

fn altered(change: &Change, alter: impl FnOnce(&mut ExpandedChange)) -> Change {
    let mut expanded = change.decode();
    expanded.hash = None;
    alter(&mut expanded);
    Change::from(expanded)
}

#[test]
fn f1_l1_keys_and_names_of_marks_are_bounded() {
    let desk = Desk::new();
    let name = |bytes| "å".repeat(bytes / 2) + &"x".repeat(bytes % 2);
    for (bytes, fate) in [
        (KEY_BYTES_MAX, Fate::Applied),
        (KEY_BYTES_MAX + 1, Fate::TooLarge),
    ] {
        assert_eq!(desk.fate_of(|doc| put(doc, &name(bytes), 1)), fate);
        let mark = |doc: &mut Automerge| {
            let mark = Mark::new(name(bytes), true, 0, 3);
            doc.transact(|tx| tx.mark(&desk.text, mark, ExpandMark::After))
                .unwrap();
        };
        assert_eq!(desk.fate_of(mark), fate);
    }
}

#[test]
fn f1_l1_values_are_bounded_whatever_their_type() {
    let desk = Desk::new();
    for (bytes, fate) in [
        (SCALAR_BYTES_MAX, Fate::Applied),
        (SCALAR_BYTES_MAX + 1, Fate::TooLarge),
    ] {
        let text = "x".repeat(bytes as usize);
        assert_eq!(desk.fate_of(|doc| put(doc, "key", text.as_str())), fate);
        assert_eq!(
            desk.fate_of(|doc| put(doc, "key", ScalarValue::Bytes(vec![1; bytes as usize]))),
            fate
        );
        let mark = |doc: &mut Automerge| {
            let mark = Mark::new("link".to_owned(), text.as_str(), 0, 3);
            doc.transact(|tx| tx.mark(&desk.text, mark, ExpandMark::After))
                .unwrap();
        };
        assert_eq!(desk.fate_of(mark), fate);
    }
}

#[test]
fn f1_l1_a_pasted_book_chapter_is_taken() {
    let desk = Desk::new();
    let chapter = "Det var en gang en kommune. ".repeat(60_000 / 28);
    let paste = |doc: &mut Automerge| {
        doc.transact(|tx| tx.splice_text(&desk.text, 5, 0, &chapter))
            .unwrap();
    };
    assert_eq!(desk.fate_of(paste), Fate::Applied);
}

#[test]
fn f1_l1_operations_of_a_change_are_bounded() {
    let desk = Desk::new();
    for (operations, fate) in [
        (CHANGE_OPS_MAX, Fate::Applied),
        (CHANGE_OPS_MAX + 1, Fate::TooLarge),
    ] {
        let paste = |doc: &mut Automerge| {
            let text = "x".repeat(operations as usize);
            doc.transact(|tx| tx.splice_text(&desk.text, 0, 0, &text))
                .unwrap();
        };
        assert_eq!(desk.fate_of(paste), fate);
    }
}

/// A change of one actor that sets one key so many times, each column of it one run.
fn run_of(desk: &Desk, actor: u8, operations: u64) -> Change {
    let run = |value: &[u8]| [sleb(operations as i64), value.to_vec()].concat();
    let columns = vec![
        (0x15, run(&[1, b'a'])),
        (0x34, leb(operations)),
        (0x42, run(&[1])),
        (0x56, run(&[0])),
        (0x70, run(&[0])),
    ];
    let head = desk.document.get_heads()[0];
    let start = leb(desk.history.operations() + 1);
    let head = [&[1][..], &head.0, &[1, actor, 1], &start, &[0, 0, 0]].concat();
    let change = sound(
        CHANGE,
        &Parts {
            head,
            columns,
            tail: vec![],
        }
        .body(),
    );
    read_changes(&[&change]).unwrap().pop().unwrap()
}

#[test]
fn f1_l1_operations_of_a_document_are_bounded() {
    let desk = Desk::new();
    let mut history = desk.history.clone();
    let mut write = |actor, operations| match vet(&desk.document, &history, run_of(&desk, actor, operations))
    {
        Verdict::Accept { change, footprint } => {
            history.accept(&change, footprint);
            Fate::Applied
        }
        Verdict::TooLarge(_) => Fate::TooLarge,
        other => panic!("{other:?}"),
    };
    let room = DOCUMENT_OPS_MAX - desk.history.operations();
    let whole = (room / CHANGE_OPS_MAX) as u8;
    assert!((0..whole).all(|actor| write(actor, CHANGE_OPS_MAX) == Fate::Applied));
    assert_eq!(
        write(100, room % CHANGE_OPS_MAX),
        Fate::Applied,
        "the last there is room for"
    );
    assert_eq!(write(101, 1), Fate::TooLarge, "one past it");
}

/// Makes objects within each other, from this one on.
fn nest(document: &mut Automerge, outermost: &ObjId, levels: usize, at_once: bool) -> ObjId {
    let mut object = outermost.clone();
    let deeper = |tx: &mut automerge::transaction::Transaction<'_>, object: &ObjId, level: usize| {
        let inner = tx.put_object(
            object,
            "in",
            if level == levels {
                ObjType::Text
            } else {
                ObjType::Map
            },
        )?;
        Ok::<_, automerge::AutomergeError>(inner)
    };
    if at_once {
        let all =
            document.transact(|tx| (1..=levels).try_fold(object, |object, level| deeper(tx, &object, level)));
        return all.unwrap().result;
    }
    for level in 1..=levels {
        object = document.transact(|tx| deeper(tx, &object, level)).unwrap().result;
    }
    object
}

#[test]
fn f1_l1_nesting_is_bounded_within_a_change_over_changes_and_from_what_is_stored() {
    let mut desk = Desk::new();
    for at_once in [true, false] {
        for (levels, fate) in [
            (DOCUMENT_DEPTH_MAX, Fate::Applied),
            (DOCUMENT_DEPTH_MAX + 1, Fate::TooLarge),
        ] {
            assert_eq!(
                desk.fate_of(|doc| drop(nest(doc, &ROOT, levels, at_once))),
                fate,
                "{levels} {at_once}"
            );
        }
    }
    let made = desk.document.transact(|tx| {
        let outer = tx.put_object(ROOT, "stored", ObjType::Map)?;
        tx.put_object(&outer, "stored", ObjType::Map)
    });
    let stored = made.unwrap().result;
    desk.history = History::of(&desk.document);
    for (levels, fate) in [
        (DOCUMENT_DEPTH_MAX - 2, Fate::Applied),
        (DOCUMENT_DEPTH_MAX - 1, Fate::TooLarge),
    ] {
        assert_eq!(
            desk.fate_of(|doc| drop(nest(doc, &stored, levels, true))),
            fate,
            "{levels} below two"
        );
    }
}

#[test]
fn f1_a_list_in_a_list_nests_like_a_map() {
    let desk = Desk::new();
    for (levels, fate) in [
        (DOCUMENT_DEPTH_MAX, Fate::Applied),
        (DOCUMENT_DEPTH_MAX + 1, Fate::TooLarge),
    ] {
        let lists = |doc: &mut Automerge| {
            let made = doc.transact(|tx| {
                let outer = tx.put_object(ROOT, "list", ObjType::List)?;
                (1..levels).try_fold(outer, |list, _| tx.insert_object(&list, 0, ObjType::List))
            });
            made.unwrap();
        };
        assert_eq!(desk.fate_of(lists), fate);
    }
}

#[test]
fn f1_a_stored_document_is_measured_without_recursion() {
    let mut document = Automerge::new();
    let deepest = nest(&mut document, &ROOT, DOCUMENT_DEPTH_MAX, true);
    assert!(!is_too_deep(&document), "{deepest}");
    let mut document = Automerge::new();
    nest(&mut document, &ROOT, 10_000, true);
    assert!(is_too_deep(&document));
}

#[test]
fn f1_l1_actors_messages_and_dependencies_are_bounded() {
    let desk = Desk::new();
    for (bytes, fate) in [
        (ACTOR_BYTES_MAX, Fate::Applied),
        (ACTOR_BYTES_MAX + 1, Fate::TooLarge),
    ] {
        let by = |doc: &mut Automerge| {
            doc.set_actor(ActorId::from(vec![7; bytes]));
            put(doc, "key", 1);
        };
        assert_eq!(desk.fate_of(by), fate, "an actor of {bytes} bytes");
    }
    for (bytes, fate) in [
        (CHANGE_MESSAGE_BYTES_MAX, Fate::Applied),
        (CHANGE_MESSAGE_BYTES_MAX + 1, Fate::TooLarge),
    ] {
        let say = |doc: &mut Automerge| {
            let options = CommitOptions::default().with_message("x".repeat(bytes));
            doc.transact_with(|_| options, |tx| tx.put(ROOT, "key", 1))
                .unwrap();
        };
        assert_eq!(desk.fate_of(say), fate, "a message of {bytes} bytes");
        let plain = desk.change(|doc| put(doc, "key", 1));
        let mut parts = Parts::of(body(plain.raw_bytes())).unwrap();
        parts.tail = vec![9; bytes];
        let with_tail = read_changes(&[&sound(CHANGE, &parts.body())]).unwrap();
        assert_eq!(desk.fate(&with_tail), fate, "{bytes} bytes behind it");
    }
}

#[test]
fn f1_l1_a_change_builds_on_so_many_others() {
    for (dependencies, fate) in [
        (CHANGE_DEPS_MAX, Fate::Applied),
        (CHANGE_DEPS_MAX + 1, Fate::TooLarge),
    ] {
        let mut desk = Desk::new();
        let mut branches: Vec<Automerge> = (0..dependencies)
            .map(|n| desk.document.fork().with_actor(ActorId::from([n as u8 + 10; 16])))
            .collect();
        for branch in &mut branches {
            put(branch, "key", 1);
            desk.document.merge(branch).unwrap();
        }
        desk.history = History::of(&desk.document);
        assert_eq!(desk.fate_of(|doc| put(doc, "all", 1)), fate, "{dependencies}");
    }
}

/// A change made when a clock showed this.
fn put_at(doc: &mut Automerge, time: i64) {
    let options = CommitOptions::default().with_time(time);
    doc.transact_with(|_| options, |tx| tx.put(ROOT, "key", 1))
        .unwrap();
}

#[test]
fn f1_l1_no_clock_is_so_wrong_that_work_is_refused() {
    let desk = Desk::new();
    let last = CHANGE_TIME_MAX as i64;
    for time in [-last, -1, 0, last] {
        assert_eq!(desk.fate_of(|doc| put_at(doc, time)), Fate::Applied, "{time}");
    }
    let apart = |doc: &mut Automerge| [-last, last, -last].iter().for_each(|time| put_at(doc, *time));
    assert_eq!(desk.fate_of(apart), Fate::Applied);
}

#[test]
fn f1_a_time_that_no_clock_shows_keeps_nobody_elses_change_from_being_applied() {
    let desk = Desk::new();
    for time in [
        i64::MIN,
        -(CHANGE_TIME_MAX as i64) - 1,
        CHANGE_TIME_MAX as i64 + 1,
        i64::MAX,
    ] {
        let fate = desk.fate_of(|doc| put_at(doc, time));
        assert_eq!(
            fate,
            Fate::Malformed("its time is none that a clock shows"),
            "{time}"
        );
    }
}

#[test]
fn f1_numbers_are_skipped_only_within_the_document_and_count() {
    let desk = Desk::new();
    let plain = desk.change(|doc| put(doc, "key", 1));
    let ahead = |by: u64| {
        altered(&plain, |change| {
            change.start_op = (plain.start_op().get() + by).try_into().unwrap()
        })
    };
    assert_eq!(desk.fate(&[ahead(START_OP_AHEAD_MAX - 1)]), Fate::Applied);
    assert_eq!(
        desk.fate(&[ahead(START_OP_AHEAD_MAX)]),
        Fate::Malformed("its operations begin too far ahead")
    );
    let skips = ahead(START_OP_AHEAD_MAX - 1);
    let mut history = desk.history.clone();
    let Verdict::Accept { change, footprint } = vet(&desk.document, &history, skips) else {
        panic!("a change that skips numbers");
    };
    history.accept(&change, footprint);
    assert_eq!(
        history.operations(),
        desk.history.operations() + START_OP_AHEAD_MAX
    );
    history.take_back(0);
    assert_eq!(history.operations(), desk.history.operations());
}

#[test]
fn f1_an_edit_of_an_earlier_version_is_taken() {
    let mut desk = Desk::new();
    let early = desk.document.get_heads();
    (0..50).for_each(|n| put(&mut desk.document, "key", n));
    desk.history = History::of(&desk.document);
    let edit = |doc: &mut Automerge| {
        let mut tx = doc.transaction_at(automerge::PatchLog::null(), &early).unwrap();
        tx.put(ROOT, "other", 1).unwrap();
        tx.commit();
    };
    assert_eq!(desk.fate_of(edit), Fate::Applied);
}

#[test]
fn f1_an_empty_change_that_skips_numbers_is_proved_before_it_is_kept() {
    let desk = Desk::new();
    let plain = desk.change(|doc| put(doc, "key", 1));
    let empty = altered(&plain, |change| {
        change.operations.clear();
        change.start_op = (plain.start_op().get() + 14).try_into().unwrap();
    });
    assert_eq!(
        desk.fate(&[empty]),
        Fate::Reverted,
        "automerge takes it, and cannot load what it saves"
    );
}

#[test]
fn f1_start_op_too_low_is_refused() {
    let desk = Desk::new();
    let plain = desk.change(|doc| put(doc, "key", 1));
    for start in [1, plain.start_op().get() - 1] {
        let low = altered(&plain, |change| change.start_op = start.try_into().unwrap());
        let rule = "its operations begin before those it builds on end";
        assert_eq!(desk.fate(&[low]), Fate::Malformed(rule));
    }
}

#[test]
fn f1_a_change_without_operations_begins_after_its_actors_last() {
    let desk = Desk::new();
    let first = desk.change(|doc| put(doc, "key", 1));
    let empty = |start: u64| {
        altered(&first, |change| {
            change.operations.clear();
            change.seq = 2;
            change.start_op = start.try_into().unwrap();
        })
    };
    let rule = "its operations begin before those of its actor end";
    assert_eq!(
        desk.fate(&[first.clone(), empty(first.max_op())]),
        Fate::Malformed(rule)
    );
}

#[test]
fn f1_marks_come_in_pairs_or_not_at_all() {
    let desk = Desk::new();
    let mark = |doc: &mut Automerge| {
        doc.transact(|tx| {
            tx.mark(
                &desk.text,
                Mark::new("strong".to_owned(), true, 1, 6),
                ExpandMark::Both,
            )?;
            tx.unmark(&desk.text, "strong", 2, 4, ExpandMark::None)
        })
        .unwrap();
    };
    let marked = desk.change(mark);
    assert_eq!(desk.fate(std::slice::from_ref(&marked)), Fate::Applied);
    let without = |at: usize| altered(&marked, |change| drop(change.operations.remove(at)));
    for at in 0..4 {
        assert!(
            matches!(desk.fate(&[without(at)]), Fate::Malformed(_)),
            "without operation {at}"
        );
    }
    let apart = altered(&marked, |change| change.operations.swap(1, 2));
    assert_eq!(
        desk.fate(&[apart]),
        Fate::Malformed("its marks do not come in pairs")
    );
    let backwards = altered(&marked, |change| {
        let (begin, end) = (change.operations[0].key.clone(), change.operations[1].key.clone());
        change.operations[0].key = end;
        change.operations[1].key = begin;
    });
    assert_eq!(
        desk.fate(&[backwards]),
        Fate::Reverted,
        "it ends before it begins"
    );
}
