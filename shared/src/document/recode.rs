//! Puts codings into a case as the server: in place of what stood there, word for word where it is words.

use super::create::{Writer, one_change_of, one_coding};
use crate::case::Coding;
use automerge::transaction::Transactable;
use automerge::{
    ActorId, Automerge, AutomergeError, Change, ObjId, ObjType, ROOT, ReadDoc, ScalarValue, Value,
};
use std::collections::{BTreeMap, BTreeSet};

/// The change that makes these codings, by the key of the characteristic, those of a case; none where they are already.
pub fn change(
    case: &Automerge,
    codings: &BTreeMap<String, Coding>,
    actor: ActorId,
    time_s: i64,
) -> Result<Option<Change>, AutomergeError> {
    one_change_of(case, actor, time_s, |w| {
        codings.iter().try_for_each(|(key, coding)| code(w, key, coding))
    })
}

/// Makes this the coding of a case by a characteristic.
pub(super) fn code(w: &mut Writer<'_>, key: &str, coding: &Coding) -> Result<(), AutomergeError> {
    let all = match map_at(w, &ROOT, "codings")? {
        Some(all) => all,
        None => w.map(&ROOT, "codings")?,
    };
    match map_at(w, &all, key)? {
        Some(item) => put(w, &item, coding),
        None => {
            let item = w.map(&all, key)?;
            one_coding(w, &item, coding)
        }
    }
}

fn map_at(w: &Writer<'_>, parent: &ObjId, key: &str) -> Result<Option<ObjId>, AutomergeError> {
    Ok(match w.transaction.get(parent, key)? {
        Some((Value::Object(ObjType::Map), map)) => Some(map),
        _ => None,
    })
}

fn put(w: &mut Writer<'_>, item: &ObjId, coding: &Coding) -> Result<(), AutomergeError> {
    let or_null = |value: Option<ScalarValue>| value.unwrap_or(ScalarValue::Null);
    let scalars = [
        ("state", coding.state.as_str().into()),
        ("value", or_null(coding.value.as_deref().map(ScalarValue::from))),
        ("number", or_null(coding.number.map(ScalarValue::F64))),
        ("confidence", coding.confidence.as_str().into()),
        ("coder", coding.coder.as_str().into()),
    ];
    for (key, value) in scalars {
        let there = w.transaction.get(item, key)?;
        if there.is_none_or(|(there, _)| there.as_scalar() != Some(&value)) {
            w.transaction.put(item, key, value)?;
        }
    }
    words(w, item, "text", &coding.text)?;
    words(w, item, "note", &coding.note)?;
    values(w, item, &coding.values)
}

pub(super) fn words(w: &mut Writer<'_>, item: &ObjId, key: &str, words: &str) -> Result<(), AutomergeError> {
    match w.transaction.get(item, key)? {
        Some((Value::Object(ObjType::Text), text)) => w.transaction.update_text(&text, words),
        _ => w.text(item, key, words),
    }
}

fn values(w: &mut Writer<'_>, item: &ObjId, values: &BTreeSet<String>) -> Result<(), AutomergeError> {
    let set = match map_at(w, item, "values")? {
        Some(set) => set,
        None => w.map(item, "values")?,
    };
    let there: BTreeSet<String> = w.transaction.keys(&set).collect();
    for gone in there.difference(values) {
        w.transaction.delete(&set, gone.as_str())?;
    }
    for new in values.difference(&there) {
        w.transaction.put(&set, new.as_str(), true)?;
    }
    Ok(())
}
