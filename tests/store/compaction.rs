//! [A3] A snapshot is only made of what loads, and is only given when it loads and is the same.

use automerge::marks::{ExpandMark, Mark};
use automerge::{ActorId, Automerge, ObjType, ROOT, ReadDoc, ScalarValue, transaction::Transactable};
use bytes::Bytes;
use samverk::store::compact::{self, CompactError};
use samverk::store::{Meta, Stored};

/// A stored document: a snapshot of its first half, and a log of the rest.
fn stored(document: &Automerge, before: &[automerge::ChangeHash]) -> Stored {
    let early = if before.is_empty() {
        Bytes::new()
    } else {
        document.fork_at(before).unwrap().save().into()
    };
    let log: Vec<Bytes> = vec![document.save_after(before).into()];
    let meta = Meta {
        heads: document.get_heads(),
        next_chunk: 3,
        log_chunks: 1,
        ..Meta::default()
    };
    Stored {
        meta,
        snapshot: early,
        log,
    }
}

/// Nested objects, text with a mark, a list, a counter, a conflict, a value that is not a number.
fn document() -> (Automerge, Vec<automerge::ChangeHash>) {
    let mut one = Automerge::new().with_actor(ActorId::from([1; 16]));
    one.transact::<_, _, automerge::AutomergeError>(|tx| {
        let map = tx.put_object(ROOT, "map", ObjType::Map)?;
        tx.put(&map, "nan", f64::NAN)?;
        tx.put(&map, "count", ScalarValue::counter(3))?;
        let text = tx.put_object(&map, "text", ObjType::Text)?;
        tx.splice_text(&text, 0, 0, "blåbærsyltetøy")?;
        tx.mark(&text, Mark::new("bold".to_owned(), true, 0, 3), ExpandMark::Both)?;
        let list = tx.put_object(ROOT, "list", ObjType::List)?;
        (0..20).try_for_each(|i| tx.insert(&list, i, i as i64))?;
        Ok(())
    })
    .unwrap();
    let before = one.get_heads();
    let mut other = one.fork().with_actor(ActorId::from([2; 16]));
    other.transact(|tx| tx.put(ROOT, "title", "theirs")).unwrap();
    one.transact(|tx| tx.put(ROOT, "title", "ours")).unwrap();
    one.merge(&mut other).unwrap();
    (one, before)
}

#[test]
fn a3_a_snapshot_has_the_heads_and_the_contents_of_the_document() {
    let (document, before) = document();
    let stored = stored(&document, &before);
    assert_eq!(document.get_heads().len(), 2);
    let snapshot = compact::snapshot(&stored).unwrap();
    let loaded = Automerge::load(&snapshot).unwrap();
    assert_eq!(loaded.get_heads(), document.get_heads());
    assert_eq!(loaded.get_all(ROOT, "title").unwrap().len(), 2);
    assert_eq!(loaded.get_changes(&[]).len(), document.get_changes(&[]).len());
}

#[test]
fn a3_a_log_that_lacks_a_change_is_kept() {
    let (document, _) = document();
    let mut stored = stored(&document, &[]);
    let first = document.get_changes(&[])[0].raw_bytes().len();
    stored.log[0] = stored.log[0].slice(first..);
    assert!(matches!(
        compact::snapshot(&stored),
        Err(CompactError::Unreadable(_) | CompactError::Heads)
    ));
    let (document, before) = self::document();
    let mut stored = self::stored(&document, &before);
    stored.log[0] = Bytes::new();
    assert_eq!(compact::snapshot(&stored), Err(CompactError::Heads));
}

#[test]
fn a3_a_log_with_a_change_that_waits_for_another_is_kept() {
    let mut document = Automerge::new();
    let mut step = |text: &str| {
        document
            .transact::<_, _, automerge::AutomergeError>(|tx| tx.put(ROOT, "text", text))
            .unwrap();
        (document.save(), document.get_heads())
    };
    let (snapshot, heads) = step("first");
    let (_, second) = step("second");
    step("third");
    let meta = Meta {
        heads,
        next_chunk: 2,
        log_chunks: 1,
        ..Meta::default()
    };
    let log = vec![document.save_after(&second).into()];
    let stored = Stored {
        meta,
        snapshot: snapshot.into(),
        log,
    };
    assert_eq!(
        Automerge::load(&stored.bytes()).unwrap().get_heads(),
        stored.meta.heads
    );
    assert_eq!(compact::snapshot(&stored), Err(CompactError::Heads));
}

#[test]
fn a3_a_document_with_other_heads_than_stored_is_kept() {
    let (document, before) = document();
    let mut stored = stored(&document, &before);
    stored.meta.heads.pop();
    assert_eq!(compact::snapshot(&stored), Err(CompactError::Heads));
}

#[test]
fn a3_no_bytes_make_it_panic() {
    let (document, before) = document();
    let whole = stored(&document, &before);
    for cut in 0..whole.log[0].len() {
        let mut cut_short = whole.clone();
        cut_short.log[0] = whole.log[0].slice(..cut);
        assert!(compact::snapshot(&cut_short).is_err(), "cut at {cut}");
    }
    for at in 0..whole.snapshot.len() {
        let mut flipped = whole.clone();
        let mut bytes = whole.snapshot.to_vec();
        bytes[at] ^= 0x40;
        flipped.snapshot = bytes.into();
        assert!(compact::snapshot(&flipped).is_err(), "byte {at}");
    }
}

#[test]
fn f1_a_document_nested_very_deep_does_not_overflow_the_stack() {
    let mut document = Automerge::new();
    document
        .transact::<_, _, automerge::AutomergeError>(|tx| {
            let mut object = ROOT;
            for _ in 0..20_000 {
                object = tx.put_object(&object, "in", ObjType::Map)?;
            }
            Ok(())
        })
        .unwrap();
    let stored = stored(&document, &[]);
    let snapshot = compact::snapshot(&stored).unwrap();
    assert_eq!(
        Automerge::load(&snapshot).unwrap().get_heads(),
        document.get_heads()
    );
}
