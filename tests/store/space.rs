//! What an edit costs on the disk.

use crate::disk::Disk;
use crate::workload::{document_id, put};
use automerge::transaction::Transactable;
use automerge::{ActorId, Automerge, ObjId, ObjType, ROOT};
use samverk::store::{Changes, Expect, Meta, RedbStore, Store, Table, Write, compact};
use samverk_shared::limits::COMPACT_LOG_BYTES_MIN;

/// What is typed: prose, as far as it goes without repeating itself.
const PROSE: &str = concat!(
    include_str!("../../docs/protocol.md"),
    include_str!("../../docs/architecture.md"),
    include_str!("../../docs/operating.md"),
    include_str!("../../docs/access.md"),
    include_str!("../../docs/documents.md"),
    include_str!("../../docs/requirements.md"),
);
const PROSE_EDITS: u64 = 50_000;
const _: () = assert!(PROSE.len() as u64 > PROSE_EDITS);

/// Somebody who types one letter after the other, each a commit with its run of authorship, as the hub stores it.
struct Typing {
    disk: Disk,
    store: RedbStore,
    document: Automerge,
    text: ObjId,
    letters: usize,
}

impl Typing {
    fn start() -> Typing {
        let disk = Disk::new(Vec::new());
        let store = RedbStore::open_backend(disk.clone()).unwrap();
        let mut document = Automerge::new().with_actor(ActorId::from([1; 16]));
        let made = document.transact(|tx| tx.put_object(ROOT, "text", ObjType::Text));
        let mut typing = Typing {
            disk,
            store,
            text: made.unwrap().result,
            document,
            letters: 0,
        };
        typing.commit(&[]);
        typing
    }

    fn letter(&mut self) {
        let before = self.document.get_heads();
        self.type_letter();
        self.commit(&before);
    }

    fn type_letter(&mut self) {
        let at = self.letters;
        let letter = PROSE.as_bytes()[at % PROSE.len()];
        let letter = if letter.is_ascii() {
            char::from(letter)
        } else {
            '-'
        };
        self.document
            .transact(|tx| tx.splice_text(&self.text, at, 0, &letter.to_string()))
            .unwrap();
        self.letters += 1;
    }

    fn meta(&self) -> Meta {
        self.store.meta(document_id(1)).unwrap().unwrap()
    }

    fn commit(&mut self, since: &[automerge::ChangeHash]) {
        let document = document_id(1);
        let run = format!(
            r#"{{"to":{},"author":"abcdefghijklmnop","brought_by":null,"on_behalf_of":null,"from_ms":1795534358000,"to_ms":1795534358000}}"#,
            self.letters
        );
        let key = format!("{document}/{}/{:010}", "01".repeat(16), 1 + self.letters / 5_000);
        let append = Write::Append {
            document,
            bytes: self.document.save_after(since).into(),
            heads: self.document.get_heads(),
        };
        let writes = vec![append, put(Table::Authorship, &key, Expect::Any, &run)];
        assert_eq!(self.store.commit(&[writes]).unwrap(), [Ok(())]);
    }

    /// As the hub asks for it: when the log has outgrown the snapshot.
    fn compact_if_due(&mut self) {
        let meta = self.meta();
        if meta.log_bytes > meta.snapshot_bytes.max(COMPACT_LOG_BYTES_MIN) {
            self.compact();
        }
    }

    fn compact(&mut self) {
        let stored = self.store.load(document_id(1)).unwrap().unwrap();
        let snapshot = compact::snapshot(&stored).unwrap();
        let write = Write::Compact {
            document: document_id(1),
            covers: stored.meta,
            snapshot,
        };
        assert_eq!(self.store.commit(&[vec![write]]).unwrap(), [Ok(())]);
    }
}

#[test]
fn a3_an_edit_costs_at_most_300_bytes_on_the_disk_until_it_is_in_a_snapshot() {
    const EDITS: u64 = 1_000;
    let mut typing = Typing::start();
    let empty = typing.disk.image().len() as u64;
    (0..EDITS).for_each(|_| typing.letter());
    let bytes = typing.disk.image().len() as u64 - empty;
    println!("{} bytes an edit", bytes / EDITS);
    assert!(bytes <= 300 * EDITS, "{bytes} bytes for {EDITS} edits");
}

#[test]
fn a3_a_text_of_50_000_edits_that_has_settled_costs_less_than_0_6_bytes_an_edit() {
    let mut typing = Typing::start();
    let before = typing.document.get_heads();
    (0..PROSE_EDITS).for_each(|_| typing.type_letter());
    typing.commit(&before);
    typing.compact();
    let meta = typing.meta();
    println!("{} bytes for {PROSE_EDITS} edits", meta.snapshot_bytes);
    assert!(
        meta.snapshot_bytes * 10 < PROSE_EDITS * 6 && meta.log_bytes == 0,
        "{meta:?}"
    );
}

#[test]
fn a3_while_somebody_types_on_and_on_the_file_stays_small() {
    const EDITS: u64 = 2_000;
    let mut typing = Typing::start();
    let empty = typing.disk.image().len() as u64;
    for _ in 0..EDITS {
        typing.letter();
        typing.compact_if_due();
    }
    let bytes = typing.disk.image().len() as u64 - empty;
    println!("{bytes} bytes more than an empty store");
    assert!(typing.meta().snapshot_bytes > 0, "logs became snapshots");
    assert!(bytes < 4 * COMPACT_LOG_BYTES_MIN, "{bytes}");
}
