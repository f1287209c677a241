//! What every engine promises. A new engine adds one call of `store_contract!`.

use crate::workload::{append, change_of, delete, document_id, heads_of, put};
use automerge::{Automerge, ChangeHash, transaction::Transactable};
use bytes::Bytes;
use samverk::store::{
    Conflict, Expect, MemoryStore, Meta, ReadError, RedbStore, Store, Table, Write, compact,
};
use samverk_shared::ids::DocumentId;

/// A fresh store and what it needs to live.
struct Fresh {
    store: Box<dyn Store>,
    _folder: Option<tempfile::TempDir>,
}

fn memory() -> Fresh {
    Fresh {
        store: Box::new(MemoryStore::new()),
        _folder: None,
    }
}

fn redb() -> Fresh {
    let folder = tempfile::tempdir().unwrap();
    let store = RedbStore::open(folder.path().join("store.redb")).unwrap();
    Fresh {
        store: Box::new(store),
        _folder: Some(folder),
    }
}

macro_rules! store_contract {
    ($make:ident: $($promise:ident),+ $(,)?) => {
        mod $make {
            $(
                #[test]
                fn $promise() {
                    let fresh = super::$make();
                    super::$promise(&*fresh.store);
                }
            )+
        }
    };
}

macro_rules! store_contracts {
    ($($make:ident),+) => {
        $(
            store_contract!($make:
                a_document_is_born_with_its_first_append,
                chunks_come_back_in_the_order_of_their_appends,
                the_bytes_of_a_document_load_in_automerge,
                heads_are_kept_sorted,
                t1_a_transaction_over_changes_and_records_is_whole,
                t2_a_put_with_another_revision_fails_only_its_own_transaction,
                t2_a_conflict_leaves_nothing_of_its_transaction,
                t2_revisions_rise_by_one_and_begin_anew_after_a_delete,
                transactions_of_one_commit_see_each_other_in_order,
                a_commit_that_only_conflicts_is_a_success,
                a3_t3_a_snapshot_takes_the_place_of_the_log_it_covers,
                a3_t3_a_snapshot_keeps_the_chunks_that_came_after_what_it_covers,
                a3_t3_a_snapshot_is_refused_when_what_it_covers_has_changed,
                a3_t3_a_snapshot_of_a_removed_document_is_not_put_over_one_that_was_born_under_its_id,
                a3_a_snapshot_with_other_heads_is_refused,
                a3_a_large_snapshot_comes_back_whole,
                a_removed_document_leaves_nothing_and_no_authorship,
                a_removal_and_what_follows_it_in_the_same_commit,
                t4_a_document_in_quarantine_is_named_and_not_served,
                t4_a_document_in_quarantine_takes_no_changes,
                a_quarantine_keeps_what_was_appended_before_it,
                a_scan_gives_the_keys_with_the_prefix_in_order,
                tables_do_not_see_each_others_keys,
            );
        )+
    };
}

store_contracts!(memory, redb);

/// Commits one transaction that must not conflict.
fn commit(store: &dyn Store, writes: Vec<Write>) {
    assert_eq!(store.commit(&[writes]).unwrap(), [Ok(())]);
}

fn meta(store: &dyn Store, document: DocumentId) -> Meta {
    store.meta(document).unwrap().unwrap()
}

fn a_document_is_born_with_its_first_append(store: &dyn Store) {
    let one = document_id(1);
    assert_eq!(store.load(one).unwrap(), None);
    assert_eq!(store.meta(one).unwrap(), None);
    commit(store, vec![append(one, 0)]);
    let stored = store.load(one).unwrap().unwrap();
    assert_eq!(stored.meta, meta(store, one));
    assert_eq!((stored.meta.next_chunk, stored.meta.log_chunks), (1, 1));
    assert_eq!(stored.meta.log_bytes, stored.bytes().len() as u64);
    assert_eq!(store.documents().unwrap(), [one]);
}

fn chunks_come_back_in_the_order_of_their_appends(store: &dyn Store) {
    let (one, other) = (document_id(1), document_id(2));
    for number in 0..40 {
        commit(store, vec![append(one, number), append(other, number + 1)]);
    }
    let stored = store.load(one).unwrap().unwrap();
    assert_eq!(stored.log, (0..40).map(change_of).collect::<Vec<_>>());
    assert_eq!(stored.meta.heads, heads_of(39));
    assert_eq!(store.documents().unwrap(), [one, other]);
}

/// A document whose text grows; gives the raw changes of each step.
fn grow(document: &mut Automerge, text: &str) -> Write {
    let before = document.get_heads();
    document
        .transact(|tx| tx.put(automerge::ROOT, "text", text))
        .unwrap();
    let bytes = document.save_after(&before).into();
    Write::Append {
        document: document_id(1),
        bytes,
        heads: document.get_heads(),
    }
}

fn the_bytes_of_a_document_load_in_automerge(store: &dyn Store) {
    let (one, mut document) = (document_id(1), Automerge::new());
    for step in 0..5 {
        let write = grow(&mut document, &format!("step {step}"));
        commit(store, vec![write]);
    }
    let stored = store.load(one).unwrap().unwrap();
    let snapshot = compact::snapshot(&stored).unwrap();
    commit(
        store,
        vec![Write::Compact {
            document: one,
            covers: stored.meta,
            snapshot,
        }],
    );
    let write = grow(&mut document, "after the snapshot");
    commit(store, vec![write]);
    let stored = store.load(one).unwrap().unwrap();
    assert!(!stored.snapshot.is_empty() && stored.log.len() == 1);
    let loaded = Automerge::load(&stored.bytes()).unwrap();
    assert_eq!(loaded.get_heads(), document.get_heads());
    assert_eq!(stored.meta.heads, document.get_heads());
}

fn heads_are_kept_sorted(store: &dyn Store) {
    let (low, high) = (ChangeHash([1; 32]), ChangeHash([9; 32]));
    let bytes = Bytes::from_static(b"x");
    commit(
        store,
        vec![Write::Append {
            document: document_id(1),
            bytes,
            heads: vec![high, low, high],
        }],
    );
    assert_eq!(meta(store, document_id(1)).heads, [low, high]);
}

fn t1_a_transaction_over_changes_and_records_is_whole(store: &dyn Store) {
    let one = document_id(1);
    let put_once = || put(Table::Catalogue, "w/s", Expect::Absent, "v");
    commit(store, vec![append(one, 0), put_once()]);
    let conflict = Conflict::Revision {
        key: "w/s".to_owned(),
        found: 1,
    };
    assert_eq!(
        store.commit(&[vec![append(one, 1), put_once()]]).unwrap(),
        [Err(conflict)]
    );
    assert_eq!(meta(store, one).next_chunk, 1);
}

fn t2_a_put_with_another_revision_fails_only_its_own_transaction(store: &dyn Store) {
    commit(store, vec![put(Table::Server, "k", Expect::Absent, "1")]);
    let results = store
        .commit(&[
            vec![put(Table::Server, "a", Expect::Any, "a")],
            vec![put(Table::Server, "k", Expect::Revision(7), "no")],
            vec![put(Table::Server, "none", Expect::Revision(1), "no")],
            vec![put(Table::Server, "k", Expect::Revision(1), "2")],
        ])
        .unwrap();
    let conflict = |key: &str, found| {
        Err(Conflict::Revision {
            key: key.to_owned(),
            found,
        })
    };
    assert_eq!(results, [Ok(()), conflict("k", 1), conflict("none", 0), Ok(())]);
    let record = store.get(Table::Server, "k").unwrap().unwrap();
    assert_eq!((record.revision, &record.value[..]), (2, &b"2"[..]));
    assert!(store.get(Table::Server, "a").unwrap().is_some());
    assert_eq!(store.get(Table::Server, "none").unwrap(), None);
}

fn t2_a_conflict_leaves_nothing_of_its_transaction(store: &dyn Store) {
    let (one, two) = (document_id(1), document_id(2));
    commit(
        store,
        vec![append(one, 0), put(Table::Server, "k", Expect::Any, "1")],
    );
    let failing = vec![
        append(one, 1),
        append(two, 0),
        put(Table::Server, "k", Expect::Any, "2"),
        delete(Table::Server, "k"),
        Write::Quarantine {
            document: one,
            reason: "no".to_owned(),
        },
        Write::Remove { document: one },
        put(Table::Server, "other", Expect::Revision(4), "no"),
    ];
    let results = store
        .commit(&[failing, vec![put(Table::Server, "k", Expect::Revision(1), "3")]])
        .unwrap();
    assert!(results[0].is_err() && results[1].is_ok());
    assert_eq!(store.load(one).unwrap().unwrap().log, [change_of(0)]);
    assert_eq!(store.documents().unwrap(), [one]);
    assert_eq!(store.quarantined().unwrap(), []);
    assert_eq!(&store.get(Table::Server, "k").unwrap().unwrap().value[..], b"3");
}

fn t2_revisions_rise_by_one_and_begin_anew_after_a_delete(store: &dyn Store) {
    let revision = || {
        store
            .get(Table::People, "p")
            .unwrap()
            .map_or(0, |record| record.revision)
    };
    for expected in 1..=3 {
        commit(
            store,
            vec![put(
                Table::People,
                "p",
                Expect::Revision(expected - 1).filled(),
                "v",
            )],
        );
        assert_eq!(revision(), expected);
    }
    commit(
        store,
        vec![delete(Table::People, "p"), delete(Table::People, "never there")],
    );
    assert_eq!(revision(), 0);
    commit(store, vec![put(Table::People, "p", Expect::Absent, "v")]);
    assert_eq!(revision(), 1);
}

/// The first put expects nothing.
trait Filled {
    fn filled(self) -> Self;
}

impl Filled for Expect {
    fn filled(self) -> Self {
        if self == Expect::Revision(0) {
            Expect::Absent
        } else {
            self
        }
    }
}

fn transactions_of_one_commit_see_each_other_in_order(store: &dyn Store) {
    let results = store
        .commit(&[
            vec![put(Table::Links, "l", Expect::Absent, "1")],
            vec![put(Table::Links, "l", Expect::Absent, "no")],
            vec![
                put(Table::Links, "l", Expect::Revision(1), "2"),
                append(document_id(1), 0),
            ],
            vec![
                append(document_id(1), 1),
                put(Table::Links, "l", Expect::Revision(2), "3"),
            ],
        ])
        .unwrap();
    assert_eq!(
        results.iter().map(Result::is_ok).collect::<Vec<_>>(),
        [true, false, true, true]
    );
    assert_eq!(store.get(Table::Links, "l").unwrap().unwrap().revision, 3);
    assert_eq!(
        store.load(document_id(1)).unwrap().unwrap().log,
        [change_of(0), change_of(1)]
    );
}

fn a_commit_that_only_conflicts_is_a_success(store: &dyn Store) {
    let results = store
        .commit(&[vec![put(Table::Links, "l", Expect::Revision(1), "no")]])
        .unwrap();
    assert!(results[0].is_err());
    assert_eq!(store.commit(&[]).unwrap(), []);
    commit(store, vec![append(document_id(1), 0)]);
}

fn compact(document: DocumentId, covers: &Meta, snapshot: &'static str) -> Write {
    Write::Compact {
        document,
        covers: covers.clone(),
        snapshot: snapshot.into(),
    }
}

/// Puts a snapshot in place of what it covers, in a commit of its own.
fn compacted(store: &dyn Store, document: DocumentId, covers: &Meta) -> Result<(), Conflict> {
    let write = compact(document, covers, "snapshot");
    store.commit(&[vec![write]]).unwrap().remove(0)
}

fn a3_t3_a_snapshot_takes_the_place_of_the_log_it_covers(store: &dyn Store) {
    let one = document_id(1);
    commit(
        store,
        vec![append(one, 0), append(one, 1), append(document_id(2), 5)],
    );
    assert_eq!(compacted(store, one, &meta(store, one)), Ok(()));
    commit(store, vec![append(one, 2)]);
    let stored = store.load(one).unwrap().unwrap();
    assert_eq!(
        (&stored.snapshot[..], &stored.log),
        (&b"snapshot"[..], &vec![change_of(2)])
    );
    let expected = Meta {
        heads: heads_of(2),
        next_chunk: 3,
        log_bytes: change_of(2).len() as u64,
        log_chunks: 1,
        snapshot_bytes: 8,
    };
    assert_eq!(stored.meta, expected);
    assert_eq!(store.load(document_id(2)).unwrap().unwrap().log, [change_of(5)]);
}

fn a3_t3_a_snapshot_keeps_the_chunks_that_came_after_what_it_covers(store: &dyn Store) {
    let one = document_id(1);
    commit(store, vec![append(one, 0), append(one, 1)]);
    let read = meta(store, one);
    commit(store, vec![append(one, 2)]);
    let results = store
        .commit(&[
            vec![append(one, 3)],
            vec![compact(one, &read, "first")],
            vec![append(one, 4)],
        ])
        .unwrap();
    assert_eq!(results, [Ok(()), Ok(()), Ok(())]);
    let stored = store.load(one).unwrap().unwrap();
    assert_eq!(&stored.snapshot[..], b"first");
    let rest = [2, 3, 4].map(change_of);
    assert_eq!(stored.log, rest);
    let expected = Meta {
        heads: heads_of(4),
        next_chunk: 5,
        log_bytes: rest.iter().map(|chunk| chunk.len() as u64).sum(),
        log_chunks: 3,
        snapshot_bytes: 5,
    };
    assert_eq!(stored.meta, expected);
    assert_eq!(compacted(store, one, &expected), Ok(()));
    assert_eq!(store.load(one).unwrap().unwrap().log, Vec::<Bytes>::new());
}

fn a3_t3_a_snapshot_is_refused_when_what_it_covers_has_changed(store: &dyn Store) {
    let one = document_id(1);
    let refused = Err(Conflict::Log(one));
    commit(store, vec![append(one, 0), append(one, 1)]);
    let read = meta(store, one);
    assert_eq!(compacted(store, one, &read), Ok(()));
    assert_eq!(
        compacted(store, one, &read),
        refused,
        "it was made a snapshot already"
    );
    commit(store, vec![append(one, 2)]);
    let read = meta(store, one);
    commit(store, vec![append(one, 3)]);
    let wrong = [
        Meta {
            next_chunk: 5,
            ..read.clone()
        },
        Meta {
            log_chunks: 2,
            ..read.clone()
        },
        Meta {
            log_bytes: read.log_bytes - 1,
            ..read.clone()
        },
        Meta {
            snapshot_bytes: 3,
            ..read.clone()
        },
    ];
    for covers in wrong {
        assert_eq!(compacted(store, one, &covers), refused, "{covers:?}");
    }
    let twice = [vec![compact(one, &read, "one")], vec![compact(one, &read, "two")]];
    assert_eq!(store.commit(&twice).unwrap(), [Ok(()), refused]);
    let stored = store.load(one).unwrap().unwrap();
    assert_eq!(
        (&stored.snapshot[..], stored.log),
        (&b"one"[..], vec![change_of(3)])
    );
}

fn a3_t3_a_snapshot_of_a_removed_document_is_not_put_over_one_that_was_born_under_its_id(store: &dyn Store) {
    let one = document_id(1);
    let refused = Err(Conflict::Log(one));
    commit(store, vec![append(one, 0), append(one, 1)]);
    let read = meta(store, one);
    let born_again = vec![
        Write::Remove { document: one },
        append(one, 1),
        append(one, 2),
        append(one, 3),
    ];
    let results = store
        .commit(&[born_again, vec![compact(one, &read, "old")]])
        .unwrap();
    assert_eq!(results, [Ok(()), refused.clone()]);
    assert_eq!(compacted(store, one, &read), refused);
    assert_eq!(store.load(one).unwrap().unwrap().log, [1, 2, 3].map(change_of));
}

fn a3_a_snapshot_with_other_heads_is_refused(store: &dyn Store) {
    let one = document_id(1);
    commit(store, vec![append(one, 0)]);
    for heads in [heads_of(7), vec![]] {
        let covers = Meta {
            heads,
            ..meta(store, one)
        };
        assert_eq!(compacted(store, one, &covers), Err(Conflict::Log(one)));
    }
    let nobody = document_id(9);
    assert_eq!(
        compacted(store, nobody, &Meta::default()),
        Err(Conflict::Log(nobody))
    );
    assert_eq!(store.documents().unwrap(), [one]);
}

fn a3_a_large_snapshot_comes_back_whole(store: &dyn Store) {
    let one = document_id(1);
    commit(store, vec![append(one, 0)]);
    for length in [3_000_000_u32, 262_144 - 256, 262_144 - 255, 10] {
        let snapshot: Bytes = (0..length).map(|i| (i % 251) as u8).collect();
        let write = Write::Compact {
            document: one,
            covers: meta(store, one),
            snapshot: snapshot.clone(),
        };
        commit(store, vec![write]);
        assert_eq!(store.load(one).unwrap().unwrap().snapshot, snapshot);
    }
}

fn a_removed_document_leaves_nothing_and_no_authorship(store: &dyn Store) {
    let (one, two) = (document_id(1), document_id(2));
    let run = |document: DocumentId| put(Table::Authorship, &format!("{document}/a/1"), Expect::Any, "run");
    let told = put(Table::Told, &format!("{one}/list"), Expect::Any, "told");
    let joined = put(Table::Joined, &format!("{one}/import"), Expect::Any, "joined");
    commit(
        store,
        vec![append(one, 0), append(two, 0), run(one), run(two), told, joined],
    );
    assert_eq!(compacted(store, one, &meta(store, one)), Ok(()));
    commit(
        store,
        vec![
            Write::Remove { document: one },
            Write::Remove {
                document: document_id(9),
            },
        ],
    );
    assert_eq!(store.load(one).unwrap(), None);
    assert_eq!(store.documents().unwrap(), [two]);
    for gone in [Table::Told, Table::Joined] {
        assert_eq!(store.scan(gone, "").unwrap(), []);
    }
    let runs = store.scan(Table::Authorship, "").unwrap();
    assert_eq!(
        runs.iter().map(|(key, _)| key.clone()).collect::<Vec<_>>(),
        [format!("{two}/a/1")]
    );
    commit(store, vec![append(one, 3)]);
    assert_eq!(store.load(one).unwrap().unwrap().log, [change_of(3)]);
}

fn a_removal_and_what_follows_it_in_the_same_commit(store: &dyn Store) {
    let one = document_id(1);
    let key = format!("{one}/a/1");
    let run = |expect| put(Table::Authorship, &key, expect, "run");
    commit(store, vec![append(one, 0), run(Expect::Absent)]);
    let results = store
        .commit(&[
            vec![
                run(Expect::Revision(1)),
                append(one, 1),
                Write::Remove { document: one },
            ],
            vec![run(Expect::Absent), append(one, 2)],
            vec![run(Expect::Revision(1))],
        ])
        .unwrap();
    assert_eq!(results, [Ok(()), Ok(()), Ok(())]);
    assert_eq!(store.load(one).unwrap().unwrap().log, [change_of(2)]);
    assert_eq!(meta(store, one).next_chunk, 1);
    assert_eq!(store.get(Table::Authorship, &key).unwrap().unwrap().revision, 2);
}

fn set_aside(document: DocumentId) -> Write {
    Write::Quarantine {
        document,
        reason: "does not load".to_owned(),
    }
}

fn t4_a_document_in_quarantine_is_named_and_not_served(store: &dyn Store) {
    let (one, two, unborn) = (document_id(1), document_id(2), document_id(3));
    commit(store, vec![append(one, 0), append(two, 0)]);
    commit(store, vec![set_aside(one), set_aside(unborn)]);
    for document in [one, unborn] {
        let named = |error: ReadError| {
            error.to_string() == format!("document {document} is set aside: does not load")
        };
        assert!(named(store.load(document).unwrap_err()));
        assert!(named(store.meta(document).unwrap_err()));
    }
    assert!(store.load(two).unwrap().is_some());
    assert_eq!(store.documents().unwrap(), [one, two, unborn]);
    let reason = "does not load".to_owned();
    assert_eq!(
        store.quarantined().unwrap(),
        [(one, reason.clone()), (unborn, reason)]
    );
    commit(
        store,
        vec![
            Write::Remove { document: one },
            Write::Remove { document: unborn },
        ],
    );
    assert_eq!(store.quarantined().unwrap(), []);
    assert_eq!(store.documents().unwrap(), [two]);
}

fn t4_a_document_in_quarantine_takes_no_changes(store: &dyn Store) {
    let one = document_id(1);
    commit(store, vec![append(one, 0)]);
    let compact = compact(one, &meta(store, one), "");
    let results = store
        .commit(&[
            vec![set_aside(one)],
            vec![append(one, 1)],
            vec![compact],
            vec![append(document_id(2), 0)],
        ])
        .unwrap();
    let refused = Err(Conflict::Quarantined(one));
    assert_eq!(results, [Ok(()), refused.clone(), refused.clone(), Ok(())]);
    assert_eq!(store.commit(&[vec![append(one, 1)]]).unwrap(), [refused]);
}

fn a_quarantine_keeps_what_was_appended_before_it(store: &dyn Store) {
    let one = document_id(1);
    assert_eq!(
        store.commit(&[vec![append(one, 0), set_aside(one)]]).unwrap(),
        [Ok(())]
    );
    assert_eq!(store.documents().unwrap(), [one]);
    assert!(matches!(store.load(one), Err(ReadError::Quarantined { .. })));
}

fn a_scan_gives_the_keys_with_the_prefix_in_order(store: &dyn Store) {
    let keys = ["w1/b", "w1/a", "w10/a", "w2/a", "w1/ø", "w1", "w1/"];
    commit(
        store,
        keys.iter()
            .map(|key| put(Table::Links, key, Expect::Any, key))
            .collect(),
    );
    let scan = |prefix| {
        let found = store.scan(Table::Links, prefix).unwrap();
        assert!(
            found
                .iter()
                .all(|(key, record)| key.as_bytes() == &record.value[..])
        );
        found.into_iter().map(|(key, _)| key).collect::<Vec<_>>()
    };
    assert_eq!(scan("w1/"), ["w1/", "w1/a", "w1/b", "w1/ø"]);
    assert_eq!(scan("w1"), ["w1", "w1/", "w1/a", "w1/b", "w1/ø", "w10/a"]);
    assert_eq!(scan("").len(), keys.len());
    assert_eq!(scan("x"), Vec::<String>::new());
}

fn tables_do_not_see_each_others_keys(store: &dyn Store) {
    commit(
        store,
        Table::ALL
            .iter()
            .map(|table| put(*table, "k", Expect::Absent, &format!("{table:?}")))
            .collect(),
    );
    for table in Table::ALL {
        let found = store.scan(table, "").unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].1.value, format!("{table:?}"));
        assert_eq!(store.get(table, "k").unwrap().as_ref(), Some(&found[0].1));
    }
}
