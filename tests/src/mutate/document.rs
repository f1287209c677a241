//! What the inputs are sent to, and the changes they are made from.

use automerge::marks::{ExpandMark, Mark};
use automerge::transaction::{CommitOptions, Transactable, Transaction};
use automerge::{ActorId, Automerge, AutomergeError, Change, ChangeHash, ObjId, ObjType, ROOT, ScalarValue};
use samverk::firewall::{History, Texts};
use samverk_shared::document::TEXT_ENCODING;

/// A document, and what honest people would send to it next.
pub struct Ground {
    /// The document.
    pub document: Automerge,
    /// What the firewall knows of it.
    pub history: History,
    /// What it knows of its texts.
    pub texts: Texts,
    /// Changes that apply to it.
    pub next: Vec<Change>,
    /// Documents saved whole that hold more than it does.
    pub saved: Vec<Vec<u8>>,
    /// Its heads.
    pub heads: Vec<ChangeHash>,
}

type Edit = fn(&mut Transaction<'_>, &Objects) -> Result<(), AutomergeError>;

/// The objects every ground has.
#[derive(Clone)]
struct Objects {
    map: ObjId,
    list: ObjId,
    text: ObjId,
}

/// One edit of each kind that people make.
const EDITS: [Edit; 12] = [
    |tx, objects| tx.put(&objects.map, "key", "value"),
    |tx, _| tx.put(ROOT, "title", "tittel"),
    |tx, objects| tx.insert(&objects.list, 0, 7),
    |tx, objects| tx.delete(&objects.list, 1),
    |tx, objects| tx.put(&objects.list, 0, ScalarValue::Timestamp(5)),
    |tx, objects| tx.splice_text(&objects.text, 3, 2, "ord og 🚒"),
    |tx, objects| tx.increment(&objects.map, "count", 3),
    |tx, objects| {
        let inner = tx.put_object(&objects.map, "inner", ObjType::Map)?;
        let text = tx.put_object(&inner, "text", ObjType::Text)?;
        tx.splice_text(&text, 0, 0, "inni")?;
        tx.insert_object(&objects.list, 0, ObjType::List).map(drop)
    },
    |tx, objects| {
        let mark = Mark::new("strong".to_owned(), true, 1, 6);
        tx.mark(&objects.text, mark, ExpandMark::After)
    },
    |tx, objects| tx.unmark(&objects.text, "strong", 2, 4, ExpandMark::None),
    |tx, objects| {
        tx.put(&objects.map, "bytes", ScalarValue::Bytes(vec![1; 20]))?;
        tx.delete(&objects.map, "key")?;
        tx.put(&objects.map, "float", 1.5)
    },
    |tx, objects| (0..20).try_for_each(|at| tx.splice_text(&objects.text, at, 0, "x")),
];

/// Documents of several kinds: new, written by one, written by several at once.
pub fn grounds() -> Vec<Ground> {
    let (plain, objects) = beginning();
    let mut worn = plain.clone();
    for round in 0..3u8 {
        let mut copies: Vec<Automerge> = (0..3).map(|n| worn.fork().with_actor(actor(10 + n))).collect();
        for (n, copy) in copies.iter_mut().enumerate() {
            for at in 0..4 {
                edit(copy, &objects, usize::from(round) * 5 + n * 3 + at);
            }
        }
        copies
            .iter_mut()
            .for_each(|copy| drop(worn.merge(copy).expect("they merge")));
    }
    [plain, worn]
        .into_iter()
        .map(|document| ground(document, &objects))
        .collect()
}

fn actor(number: u8) -> ActorId {
    ActorId::from([number; 16])
}

fn beginning() -> (Automerge, Objects) {
    let mut document = Automerge::new_with_encoding(TEXT_ENCODING).with_actor(actor(1));
    let made = document.transact::<_, _, AutomergeError>(|tx| {
        let map = tx.put_object(ROOT, "map", ObjType::Map)?;
        let list = tx.put_object(ROOT, "list", ObjType::List)?;
        let text = tx.put_object(ROOT, "text", ObjType::Text)?;
        tx.put(&map, "count", ScalarValue::counter(1))?;
        tx.put(&map, "key", "old")?;
        (0..4).try_for_each(|at| tx.insert(&list, at, at as i64))?;
        tx.splice_text(&text, 0, 0, "En tekst som noen har skrevet")?;
        Ok(Objects { map, list, text })
    });
    let objects = made.expect("a new document takes them").result;
    (document, objects)
}

fn edit(document: &mut Automerge, objects: &Objects, kind: usize) {
    let edit = EDITS[kind % EDITS.len()];
    let options = CommitOptions::default().with_time(0);
    // A list that others have emptied takes no delete; then nothing is written.
    document
        .transact_with::<_, _, AutomergeError, _>(|_| options, |tx| edit(tx, objects))
        .ok();
}

fn ground(document: Automerge, objects: &Objects) -> Ground {
    let heads = document.get_heads();
    let (mut next, mut saved) = (Vec::new(), Vec::new());
    // By one who has written before, and by one who is new.
    for writer in [actor(10), actor(77)] {
        for kind in 0..EDITS.len() {
            let mut copy = document.clone().with_actor(writer.clone());
            edit(&mut copy, objects, kind);
            edit(&mut copy, objects, kind + 5);
            next.extend(copy.get_changes(&heads));
            if kind % 4 == 0 {
                saved.extend([copy.save(), copy.save_nocompress()]);
            }
        }
    }
    let mut texts = Texts::default();
    document
        .get_changes(&[])
        .iter()
        .for_each(|change| texts.learn(&document, change));
    Ground {
        history: History::of(&document),
        texts,
        document,
        next,
        saved,
        heads,
    }
}
