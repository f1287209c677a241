//! The newest shape of every kind of document: which containers it has. Documents are born with all of them; one that is
//! older gets what it lacks from the server, before anybody writes into it.
//!
//! **Invariant:** a container is the same whoever makes it, and when: its change builds on nothing but the change that
//! made what it stands in, by an actor of its own, without a time. So where it is made twice it is there once.

use super::TEXT_ENCODING;
use super::create::Writer;
use super::model::{LISTS, TEXTS};
use super::order::order_key;
use crate::access::Kind;
use crate::characteristic::Characteristics;
use crate::model::{Challenge, Task};
use automerge::transaction::CommitOptions;
use automerge::{
    ActorId, Automerge, AutomergeError, Change, ChangeHash, ObjId, ObjType, ROOT, ReadDoc, ScalarValue, Value,
};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::LazyLock;

/// What an actor that makes containers begins with; the rest says which.
const MAKER: [u8; 4] = *b"form";

/// What stands under a key, as it is before anybody has filled it.
#[derive(Debug, Clone)]
pub(super) enum Part {
    /// These keys, and whatever else comes to stand there.
    Map(Vec<(String, Part)>),
    /// Items that come to stand there, each with at least these.
    Items(Vec<(String, Part)>),
    /// People's words.
    Text,
    /// A choice. It is no container: whoever chooses puts it.
    Word(&'static str),
    /// A place in an order; no container either.
    Order(usize),
    /// A number, or a value of a list, that nobody has said.
    Nothing,
}

use Part::{Items, Map, Nothing, Order, Text, Word};

/// What a document of this kind has; a case has a place for a coding by each characteristic of the set.
pub(super) fn parts(kind: Kind, set: &Characteristics) -> Vec<(String, Part)> {
    let codings = |set: &Characteristics| {
        let keys = set.characteristics.iter().map(|c| c.key.clone());
        Map(keys.map(|key| (key, coding())).collect())
    };
    match kind {
        Kind::Frame => of([("title", Text), ("purpose", Text), ("problem", Text)]),
        Kind::Team => lists(["contacts", "entries", "deliveries"]),
        Kind::Register => of([
            ("searches", list()),
            ("groupings", Items(of([("description", Text)]))),
            ("organisations", list()),
            ("challenges", challenges()),
        ]),
        Kind::Case => of([
            ("facts", Map(facts())),
            ("texts", texts(["description", "benefit", "notes"])),
            ("parties", list()),
            ("codings", codings(set)),
            (
                "selection",
                Map(of([
                    ("decision", Word("none")),
                    ("criterion", Word("")),
                    ("reason", Text),
                    ("by", Word("")),
                ])),
            ),
            ("provenance", list()),
            (
                "eligibility",
                Map(of([("answer", Word("")), ("reason", Text), ("by", Word(""))])),
            ),
            ("needs", list()),
            ("sources", list()),
            ("references", list()),
            ("extra", list()),
        ]),
        Kind::Model => model(),
        Kind::Board => of([("title", Text), ("notes", list())]),
        Kind::Talk => lists(["threads"]),
        Kind::Sealed => lists(["notes", "votes", "ratings", "codings"]),
        Kind::Ledger => lists(["collections"]),
    }
}

fn of<const N: usize>(parts: [(&str, Part); N]) -> Vec<(String, Part)> {
    parts.map(|(key, part)| (key.to_owned(), part)).into()
}

fn list() -> Part {
    Map(Vec::new())
}

fn lists<const N: usize>(keys: [&str; N]) -> Vec<(String, Part)> {
    of(keys.map(|key| (key, list())))
}

fn texts<const N: usize>(keys: [&str; N]) -> Part {
    Map(of(keys.map(|key| (key, Text))))
}

fn facts() -> Vec<(String, Part)> {
    let words = ["name", "country", "sector", "source", "period"].map(|key| (key, Text));
    let mut facts = of(words);
    facts.push(("level".to_owned(), list()));
    facts
}

fn coding() -> Part {
    Map(of([
        ("state", Word("not_coded")),
        ("value", Nothing),
        ("values", list()),
        ("number", Nothing),
        ("text", Text),
        ("confidence", Word("")),
        ("coder", Word("")),
        ("note", Text),
    ]))
}

/// The ten challenges every workshop begins with: they have no name of their own until somebody gives them one.
fn challenges() -> Part {
    let one = |(place, challenge): (usize, &Challenge)| {
        let item = Map(of([
            ("name", Text),
            ("description", Text),
            ("unused", Word("")),
            ("order", Order(place)),
        ]));
        (challenge.as_str().to_owned(), item)
    };
    Map(Challenge::ALL.iter().enumerate().map(one).collect())
}

/// What a model may suit is there with how well and why, both unsaid: two who begin on the same one write in the same text.
fn model() -> Vec<(String, Part)> {
    let fit = |key: &str| (key.to_owned(), Map(of([("fit", Word("")), ("why", Text)])));
    let mut parts = of([("head", Map(of([("name", Text)]))), ("texts", texts(TEXTS))]);
    parts.extend(lists(LISTS));
    parts.extend(of([
        (
            "tasks",
            Map(Task::ALL.iter().map(|task| fit(task.as_str())).collect()),
        ),
        (
            "challenges",
            Map(Challenge::ALL.iter().map(|one| fit(one.as_str())).collect()),
        ),
        ("traits", list()),
        ("evidence", list()),
    ]));
    parts
}

/// Puts into a document that is being born what nothing was put into yet.
pub(super) fn fill(w: &mut Writer<'_>, kind: Kind, set: &Characteristics) -> Result<(), AutomergeError> {
    fill_in(w, &ROOT, &parts(kind, set))
}

fn fill_in(w: &mut Writer<'_>, object: &ObjId, parts: &[(String, Part)]) -> Result<(), AutomergeError> {
    for (key, part) in parts {
        match (w.transaction.get(object, key.as_str())?, part) {
            (None, part) => put(w, object, key, part)?,
            (Some((Value::Object(ObjType::Map), inner)), Map(parts)) => fill_in(w, &inner, parts)?,
            (Some(_), _) => {}
        }
    }
    Ok(())
}

fn put(w: &mut Writer<'_>, object: &ObjId, key: &str, part: &Part) -> Result<(), AutomergeError> {
    match part {
        Map(parts) => {
            let map = w.map(object, key)?;
            parts.iter().try_for_each(|(key, part)| put(w, &map, key, part))
        }
        Items(_) => w.map(object, key).map(drop),
        Text => w.text(object, key, ""),
        Word(word) => w.word(object, key, word),
        Order(place) => w.word(object, key, &order_key(*place)),
        Nothing => w.scalar(object, key, ScalarValue::Null),
    }
}

/// A container that a document lacks: in what, and under which key.
type Lacking = (ObjId, String, Part);

/// The changes that give a document the containers it lacks, in any order; none where it has the newest shape. A container
/// that was made and is deleted stays away: its change is there already.
pub fn completed(
    document: &Automerge,
    kind: Kind,
    set: &Characteristics,
) -> Result<Vec<Change>, AutomergeError> {
    let mut lacking = Vec::new();
    look(document, &ROOT, parts(kind, set), &mut lacking)?;
    let mut bases = BTreeMap::new();
    let made: Result<Vec<Change>, AutomergeError> = lacking
        .iter()
        .map(|lacking| made(document, lacking, &mut bases))
        .collect();
    let made = made?.into_iter();
    Ok(made
        .filter(|change| document.get_change_by_hash(&change.hash()).is_none())
        .collect())
}

fn look(
    document: &Automerge,
    object: &ObjId,
    parts: Vec<(String, Part)>,
    lacking: &mut Vec<Lacking>,
) -> Result<(), AutomergeError> {
    for (key, part) in parts {
        match (document.get(object, key.as_str())?, part) {
            (None, Word(_) | Order(_) | Nothing) => {}
            (None, part) => lacking.push((object.clone(), key, part)),
            (Some((Value::Object(ObjType::Map), inner)), Map(parts)) => {
                look(document, &inner, parts, lacking)?
            }
            (Some((Value::Object(ObjType::Map), items)), Items(parts)) => {
                for id in document.keys(&items) {
                    if let Some((Value::Object(ObjType::Map), item)) = document.get(&items, id.as_str())? {
                        look(document, &item, parts.clone(), lacking)?;
                    }
                }
            }
            (Some(_), _) => {}
        }
    }
    Ok(())
}

/// `bases` are the documents as they were when the objects that lack something were born: what was born together lacks much.
fn made(
    document: &Automerge,
    (object, key, part): &Lacking,
    bases: &mut BTreeMap<Option<ChangeHash>, Automerge>,
) -> Result<Change, AutomergeError> {
    let born = document.hash_for_opid(object);
    let base = match (bases.entry(born), born) {
        (Entry::Occupied(base), _) => base.into_mut(),
        (Entry::Vacant(base), Some(born)) => base.insert(document.fork_at(&[born])?),
        (Entry::Vacant(base), None) => base.insert(Automerge::new_with_encoding(TEXT_ENCODING)),
    };
    let mut base = base
        .fork()
        .with_actor(maker_of(&format!("{object}/{key}: {part:?}")));
    {
        let mut w = Writer {
            transaction: base.transaction(),
        };
        put(&mut w, object, key, part)?;
        w.transaction.commit_with(CommitOptions::default().with_time(0));
    }
    base.get_last_local_change().ok_or(AutomergeError::Fail)
}

/// The change that ties the heads of a document together, which is empty; none where it has but one.
pub fn tied(document: &Automerge) -> Option<Change> {
    let mut heads = document.get_heads();
    if heads.len() < 2 {
        return None;
    }
    heads.sort_unstable();
    let mut copy = document.fork().with_actor(maker_of(&format!("{heads:?}")));
    copy.empty_commit(CommitOptions::default().with_time(0));
    copy.get_last_local_change()
}

fn maker_of(what: &str) -> ActorId {
    let mut bytes = digest(what.bytes()).to_be_bytes();
    bytes[..MAKER.len()].copy_from_slice(&MAKER);
    ActorId::from(bytes)
}

/// Whether an actor is one that makes containers: nobody's but the server's.
pub fn is_maker(actor: &[u8]) -> bool {
    actor.starts_with(&MAKER)
}

/// What tells the newest shape of a kind from older ones: documents that were found to have it are not looked at again.
pub fn mark(kind: Kind, set: &Characteristics) -> u64 {
    static FORMS: LazyLock<BTreeMap<Kind, u128>> = LazyLock::new(|| {
        let none = Characteristics::default();
        let form = |kind| digest(format!("{:?} {:?}", parts(kind, &none), coding()).bytes());
        Kind::ALL.map(|kind| (kind, form(kind))).into()
    });
    let form = FORMS.get(&kind).copied().unwrap_or_default();
    let keys = set.characteristics.iter().filter(|_| kind == Kind::Case);
    let keys = keys.flat_map(|c| c.key.bytes().chain([b'/']));
    let digest = digest(form.to_be_bytes().into_iter().chain(keys));
    (digest >> 64) as u64
}

/// FNV-1a in 128 bits: the same on every machine and in every version.
fn digest(bytes: impl Iterator<Item = u8>) -> u128 {
    const BASIS: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    bytes.fold(BASIS, |digest, byte| {
        (digest ^ u128::from(byte)).wrapping_mul(PRIME)
    })
}
