//! How documents are born: all containers in one change, so that clients only ever fill them.
//!
//! **Invariant (S1):** the same arguments give the same bytes.

use super::TEXT_ENCODING;
use super::order::order_key;
use super::shape;
use crate::access::Kind;
use crate::case::{Case, Coding, Party, Provenance, Selection};
use crate::characteristic::Characteristics;
use crate::collection::{Ask, Note};
use crate::ids::CollectionId;
use crate::import::CaseRecord;
use crate::limits::SCHEMA;
use automerge::transaction::{CommitOptions, Transactable, Transaction};
use automerge::{ActorId, Automerge, AutomergeError, ObjId, ObjType, ROOT, ScalarValue};

/// A case document with a place for a coding by each characteristic of the set. `fresh_ids` gives the keys of its parties
/// and its provenance.
pub fn case(
    record: &CaseRecord,
    set: &Characteristics,
    actor: ActorId,
    fresh_ids: &mut dyn FnMut() -> String,
    time_s: i64,
) -> Result<Automerge, AutomergeError> {
    let case = Case::from_record(record, set);
    one_change(actor, time_s, |w| {
        w.int(&ROOT, "schema", SCHEMA as i64)?;
        w.word(&ROOT, "code", &case.code)?;
        facts(w, &case)?;
        let texts = w.map(&ROOT, "texts")?;
        w.text(&texts, "description", &case.description)?;
        w.text(&texts, "benefit", &case.benefit)?;
        w.text(&texts, "notes", &case.notes)?;
        parties(w, &case.parties, fresh_ids)?;
        codings(w, &case)?;
        selection(w, &case.selection)?;
        provenance(w, &case.provenance, fresh_ids)?;
        let extra = w.map(&ROOT, "extra")?;
        case.extra
            .iter()
            .try_for_each(|(column, cell)| w.text(&extra, column, cell))?;
        shape::fill(w, Kind::Case, set)
    })
}

/// The frame of a workshop.
pub fn frame(title: &str, purpose: &str, actor: ActorId, time_s: i64) -> Result<Automerge, AutomergeError> {
    one_change(actor, time_s, |w| {
        w.int(&ROOT, "schema", SCHEMA as i64)?;
        w.text(&ROOT, "title", title)?;
        w.text(&ROOT, "purpose", purpose)?;
        shape::fill(w, Kind::Frame, &Characteristics::default())
    })
}

/// What only the team reads: whom to talk to, what was said, when what is due.
pub fn team(actor: ActorId, time_s: i64) -> Result<Automerge, AutomergeError> {
    empty(Kind::Team, actor, time_s)
}

/// What belongs to all cases together: where the team has looked for more, the groups it made by hand, and what it says
/// about organisations.
pub fn register(actor: ActorId, time_s: i64) -> Result<Automerge, AutomergeError> {
    one_change(actor, time_s, |w| {
        w.int(&ROOT, "schema", SCHEMA as i64)?;
        w.word(&ROOT, "current", "")?;
        shape::fill(w, Kind::Register, &Characteristics::default())
    })
}

/// The talk about one thing.
pub fn talk(actor: ActorId, time_s: i64) -> Result<Automerge, AutomergeError> {
    empty(Kind::Talk, actor, time_s)
}

/// A document that nothing is in yet.
fn empty(kind: Kind, actor: ActorId, time_s: i64) -> Result<Automerge, AutomergeError> {
    one_change(actor, time_s, |w| {
        w.int(&ROOT, "schema", SCHEMA as i64)?;
        shape::fill(w, kind, &Characteristics::default())
    })
}

/// One person's document in a collection: a place for notes, one for each item, and one for each coding.
pub fn sealed(
    collection: &CollectionId,
    ask: &Ask,
    actor: ActorId,
    time_s: i64,
) -> Result<Automerge, AutomergeError> {
    one_change(actor, time_s, |w| {
        w.int(&ROOT, "schema", SCHEMA as i64)?;
        w.word(&ROOT, "collection", collection.as_str())?;
        let votes = w.map(&ROOT, "votes")?;
        let ratings = w.map(&ROOT, "ratings")?;
        let codings = w.map(&ROOT, "codings")?;
        if let Ask::Codings {
            cases,
            characteristics,
            ..
        } = ask
        {
            for case in cases {
                let of_case = w.map(&codings, case.as_str())?;
                for key in characteristics {
                    let item = w.map(&of_case, key)?;
                    one_coding(w, &item, &Coding::default())?;
                }
            }
        }
        for item in ask.items() {
            if matches!(ask, Ask::Votes { .. }) {
                w.scalar(&votes, &item.key, ScalarValue::Null)?;
            } else {
                let rating = w.map(&ratings, &item.key)?;
                w.scalar(&rating, "score", ScalarValue::Null)?;
                w.text(&rating, "reason", "")?;
            }
        }
        shape::fill(w, Kind::Sealed, &Characteristics::default())
    })
}

/// A board with these notes on it, in this order.
pub fn board(
    title: &str,
    notes: &[Note],
    actor: ActorId,
    fresh_ids: &mut dyn FnMut() -> String,
    time_s: i64,
) -> Result<Automerge, AutomergeError> {
    one_change(actor, time_s, |w| {
        w.int(&ROOT, "schema", SCHEMA as i64)?;
        w.text(&ROOT, "title", title)?;
        let all = w.map(&ROOT, "notes")?;
        for (place, note) in notes.iter().enumerate() {
            let item = w.map(&all, &fresh_ids())?;
            w.text(&item, "text", &note.text)?;
            w.word(&item, "by", note.by.as_ref().map_or("", |by| by.as_str()))?;
            w.word(&item, "order", &order_key(place))?;
        }
        Ok(())
    })
}

fn facts(w: &mut Writer, case: &Case) -> Result<(), AutomergeError> {
    let facts = w.map(&ROOT, "facts")?;
    w.text(&facts, "name", &case.name)?;
    w.text(&facts, "country", &case.country)?;
    w.text(&facts, "sector", &case.sector)?;
    w.text(&facts, "source", &case.source)?;
    w.word(&facts, "origin", case.origin.as_str())?;
    w.word(&facts, "status", case.status.as_str())?;
    w.scalar(
        &facts,
        "start_year",
        case.start_year.map_or(ScalarValue::Null, ScalarValue::Int),
    )?;
    w.scalar(
        &facts,
        "end_year",
        case.end_year.map_or(ScalarValue::Null, ScalarValue::Int),
    )?;
    w.text(&facts, "period", &case.period)?;
    w.set(&facts, "level", case.levels.iter().map(|l| l.as_str()))
}

fn parties(
    w: &mut Writer,
    parties: &[Party],
    fresh_ids: &mut dyn FnMut() -> String,
) -> Result<(), AutomergeError> {
    let all = w.map(&ROOT, "parties")?;
    for (place, party) in parties.iter().enumerate() {
        let item = w.map(&all, &fresh_ids())?;
        w.text(&item, "name", &party.name)?;
        w.word(&item, "group", party.group.as_str())?;
        w.word(&item, "role", party.role.as_str())?;
        w.word(&item, "order", &order_key(place))?;
    }
    Ok(())
}

fn codings(w: &mut Writer, case: &Case) -> Result<(), AutomergeError> {
    let all = w.map(&ROOT, "codings")?;
    case.codings.iter().try_for_each(|(key, coding)| {
        let item = w.map(&all, key)?;
        one_coding(w, &item, coding)
    })
}

pub(super) fn one_coding(w: &mut Writer, item: &ObjId, coding: &Coding) -> Result<(), AutomergeError> {
    let value = coding
        .value
        .as_deref()
        .map_or(ScalarValue::Null, ScalarValue::from);
    w.word(item, "state", coding.state.as_str())?;
    w.scalar(item, "value", value)?;
    w.set(item, "values", coding.values.iter().map(String::as_str))?;
    w.scalar(
        item,
        "number",
        coding.number.map_or(ScalarValue::Null, ScalarValue::F64),
    )?;
    w.text(item, "text", &coding.text)?;
    w.word(item, "confidence", coding.confidence.as_str())?;
    w.word(item, "coder", &coding.coder)?;
    w.text(item, "note", &coding.note)
}

fn selection(w: &mut Writer, selection: &Selection) -> Result<(), AutomergeError> {
    let item = w.map(&ROOT, "selection")?;
    w.word(&item, "decision", selection.decision.as_str())?;
    w.word(&item, "criterion", selection.criterion.as_str())?;
    w.text(&item, "reason", &selection.reason)?;
    w.word(&item, "by", &selection.by)
}

fn provenance(
    w: &mut Writer,
    provenance: &[Provenance],
    fresh_ids: &mut dyn FnMut() -> String,
) -> Result<(), AutomergeError> {
    let all = w.map(&ROOT, "provenance")?;
    for from in provenance {
        let item = w.map(&all, &fresh_ids())?;
        w.word(&item, "list", &from.list)?;
        w.int(&item, "row", from.row)?;
    }
    Ok(())
}

/// A new document with one change by `actor`.
pub(super) fn one_change(
    actor: ActorId,
    time_s: i64,
    fill: impl FnOnce(&mut Writer) -> Result<(), AutomergeError>,
) -> Result<Automerge, AutomergeError> {
    let mut document = Automerge::new_with_encoding(TEXT_ENCODING).with_actor(actor);
    {
        let mut writer = Writer {
            transaction: document.transaction(),
        };
        fill(&mut writer)?;
        writer
            .transaction
            .commit_with(CommitOptions::default().with_time(time_s));
    }
    Ok(document)
}

/// The change that `fill` makes to a document, made on a copy of it; none where it changes nothing.
pub(super) fn one_change_of(
    document: &Automerge,
    actor: ActorId,
    time_s: i64,
    fill: impl FnOnce(&mut Writer) -> Result<(), AutomergeError>,
) -> Result<Option<automerge::Change>, AutomergeError> {
    let mut copy = document.fork().with_actor(actor);
    let committed = {
        let mut writer = Writer {
            transaction: copy.transaction(),
        };
        fill(&mut writer)?;
        let options = CommitOptions::default().with_time(time_s);
        writer.transaction.commit_with(options).0
    };
    Ok(committed.and_then(|_| copy.get_last_local_change()))
}

/// Puts the kinds of value a document is made of.
pub(super) struct Writer<'a> {
    pub(super) transaction: Transaction<'a>,
}

impl Writer<'_> {
    pub(super) fn map(&mut self, parent: &ObjId, key: &str) -> Result<ObjId, AutomergeError> {
        self.transaction.put_object(parent, key, ObjType::Map)
    }

    /// People's words.
    pub(super) fn text(&mut self, parent: &ObjId, key: &str, words: &str) -> Result<(), AutomergeError> {
        let text = self.transaction.put_object(parent, key, ObjType::Text)?;
        if words.is_empty() {
            return Ok(());
        }
        self.transaction.splice_text(&text, 0, 0, words)
    }

    /// An id, a choice or an order key.
    pub(super) fn word(&mut self, parent: &ObjId, key: &str, word: &str) -> Result<(), AutomergeError> {
        self.transaction.put(parent, key, word)
    }

    pub(super) fn int(&mut self, parent: &ObjId, key: &str, number: i64) -> Result<(), AutomergeError> {
        self.transaction.put(parent, key, number)
    }

    pub(super) fn scalar(
        &mut self,
        parent: &ObjId,
        key: &str,
        value: ScalarValue,
    ) -> Result<(), AutomergeError> {
        self.transaction.put(parent, key, value)
    }

    fn set<'k>(
        &mut self,
        parent: &ObjId,
        key: &str,
        keys: impl Iterator<Item = &'k str>,
    ) -> Result<(), AutomergeError> {
        let set = self.map(parent, key)?;
        keys.into_iter()
            .try_for_each(|member| self.transaction.put(&set, member, true))
    }
}
