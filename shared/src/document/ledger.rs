//! The ledger: what every member may see of what the server has decided, as a document, so that it is there offline and
//! for other programs. The truth is rows; this is made from them, by the server alone.

use super::create::{Writer, one_change, one_change_of};
use crate::ids::{CollectionId, SubjectId};
use crate::limits::SCHEMA;
use automerge::{ActorId, Automerge, AutomergeError, Change, ROOT, ReadDoc};

/// A collection as it stands in the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Which.
    pub id: CollectionId,
    /// Its title.
    pub title: String,
    /// What is collected: `notes`, `votes`, `ratings`.
    pub kind: &'static str,
    /// Which time it is asked, from 1.
    pub round: i64,
    /// `open`, `closed`, `revealed`.
    pub state: &'static str,
    /// The board on which its notes lie.
    pub board: Option<SubjectId>,
}

/// A ledger with these entries.
pub fn create(entries: &[Entry], actor: ActorId, time_s: i64) -> Result<Automerge, AutomergeError> {
    one_change(actor, time_s, |w| {
        w.int(&ROOT, "schema", SCHEMA as i64)?;
        let collections = w.map(&ROOT, "collections")?;
        entries.iter().try_for_each(|entry| put(w, &collections, entry))
    })
}

/// The change that brings an entry to this, made on a copy of the ledger.
pub fn change(
    ledger: &Automerge,
    entry: &Entry,
    actor: ActorId,
    time_s: i64,
) -> Result<Option<Change>, AutomergeError> {
    let collections = match ledger.get(&ROOT, "collections")? {
        Some((_, id)) => id,
        None => return Err(AutomergeError::Fail),
    };
    one_change_of(ledger, actor, time_s, |w| put(w, &collections, entry))
}

fn put(w: &mut Writer<'_>, collections: &automerge::ObjId, entry: &Entry) -> Result<(), AutomergeError> {
    let item = w.map(collections, entry.id.as_str())?;
    w.word(&item, "title", &entry.title)?;
    w.word(&item, "kind", entry.kind)?;
    w.int(&item, "round", entry.round)?;
    w.word(&item, "state", entry.state)?;
    w.word(
        &item,
        "board",
        entry.board.as_ref().map_or("", |board| board.as_str()),
    )
}
