//! Makes the snapshot that may replace a log (A3), and checks stored bytes.
//!
//! **Invariant:** nothing is returned that was not loaded from its own bytes and found the same.

use super::Stored;
use automerge::{Automerge, AutomergeError, ObjId, ObjType, Prop, ROOT, ReadDoc, ScalarValueRef, ValueRef};
use bytes::Bytes;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Why there is no snapshot; the log stays.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CompactError {
    /// What is stored does not load.
    #[error("the stored bytes do not load: {0}; keep them, and run samverk verify")]
    Unreadable(String),
    /// What is stored loads, and is something else than its meta says.
    #[error("the stored bytes are not whole: they do not have the heads that are stored beside them")]
    Heads,
    /// The snapshot does not load.
    #[error("the snapshot does not load: {0}; the log is kept")]
    Unloadable(String),
    /// The snapshot loads, and is something else than the document.
    #[error("the snapshot is not the same as the document; the log is kept")]
    Differs,
}

/// Saves a stored document whole. Everything automerge does with it is contained.
pub fn snapshot(stored: &Stored) -> Result<Bytes, CompactError> {
    let document = open(stored)?;
    let saved = contained(|| Ok(document.save())).map_err(CompactError::Unloadable)?;
    let again = load(&saved).map_err(CompactError::Unloadable)?;
    let same = contained(|| {
        Ok(again.get_heads() == stored.meta.heads
            && same(&document, &again).map_err(|error| error.to_string())?)
    });
    match same.map_err(CompactError::Unloadable)? {
        true => Ok(saved.into()),
        false => Err(CompactError::Differs),
    }
}

/// Loads a stored document and checks that it is what its meta says.
pub fn open(stored: &Stored) -> Result<Automerge, CompactError> {
    let document = load(&stored.bytes()).map_err(CompactError::Unreadable)?;
    let whole = contained(|| {
        Ok(document.get_heads() == stored.meta.heads && document.get_missing_deps(&[]).is_empty())
    });
    match whole.map_err(CompactError::Unreadable)? {
        true => Ok(document),
        false => Err(CompactError::Heads),
    }
}

fn load(bytes: &[u8]) -> Result<Automerge, String> {
    contained(|| Automerge::load(bytes).map_err(|error| error.to_string()))
}

fn contained<T>(work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err("automerge panicked".to_owned()))
}

/// Whether two documents hold the same, object by object. Not by recursion: a document may be nested so
/// deep that a recursive comparison (or `hydrate`) would overflow the stack, which cannot be contained.
fn same(one: &Automerge, other: &Automerge) -> Result<bool, AutomergeError> {
    let mut objects = vec![(ROOT, ObjType::Map)];
    while let Some((object, kind)) = objects.pop() {
        let same = match kind {
            ObjType::Map | ObjType::Table => same_map(one, other, &object, &mut objects)?,
            ObjType::List | ObjType::Text => same_sequence(one, other, &object, &mut objects)?,
        };
        if !same || other.object_type(&object)? != kind {
            return Ok(false);
        }
    }
    Ok(true)
}

type Objects = Vec<(ObjId, ObjType)>;

fn same_map(
    one: &Automerge,
    other: &Automerge,
    object: &ObjId,
    inner: &mut Objects,
) -> Result<bool, AutomergeError> {
    let mut others = other.map_range(object, ..);
    for item in one.map_range(object, ..) {
        let (id, key) = (item.id(), item.key.as_ref());
        let Some(twin) = others.next() else {
            return Ok(false);
        };
        if twin.key != key
            || twin.id() != id
            || twin.conflict != item.conflict
            || !same_value(&item.value, &twin.value)
        {
            return Ok(false);
        }
        if item.conflict && !same_conflict(one, other, object, key.into())? {
            return Ok(false);
        }
        inner.extend(object_in(&item.value).map(|kind| (id, kind)));
    }
    Ok(others.next().is_none())
}

fn same_sequence(
    one: &Automerge,
    other: &Automerge,
    object: &ObjId,
    inner: &mut Objects,
) -> Result<bool, AutomergeError> {
    let mut others = other.list_range(object, ..);
    for item in one.list_range(object, ..) {
        let id = item.id();
        let Some(twin) = others.next() else {
            return Ok(false);
        };
        if twin.id() != id || twin.conflict != item.conflict || !same_value(&item.value, &twin.value) {
            return Ok(false);
        }
        if item.conflict && !same_conflict(one, other, object, item.index.into())? {
            return Ok(false);
        }
        inner.extend(object_in(&item.value).map(|kind| (id, kind)));
    }
    Ok(others.next().is_none() && one.marks(object)? == other.marks(object)?)
}

/// The operations that compete for a place; each names its value.
fn same_conflict(
    one: &Automerge,
    other: &Automerge,
    object: &ObjId,
    at: Prop,
) -> Result<bool, AutomergeError> {
    let ids =
        |values: Vec<(automerge::Value<'_>, ObjId)>| values.into_iter().map(|(_, id)| id).collect::<Vec<_>>();
    Ok(ids(one.get_all(object, at.clone())?) == ids(other.get_all(object, at)?))
}

fn object_in(value: &ValueRef<'_>) -> Option<ObjType> {
    match value {
        ValueRef::Object(kind) => Some(*kind),
        ValueRef::Scalar(_) => None,
    }
}

/// Equality in which "not a number", which a document may hold, equals itself.
fn same_value(one: &ValueRef<'_>, other: &ValueRef<'_>) -> bool {
    match (one, other) {
        (ValueRef::Scalar(ScalarValueRef::F64(a)), ValueRef::Scalar(ScalarValueRef::F64(b))) => {
            a.to_bits() == b.to_bits()
        }
        _ => one == other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use automerge::marks::{ExpandMark, Mark};
    use automerge::transaction::Transactable;

    type Edit = fn(&mut automerge::transaction::Transaction<'_>, &[ObjId; 3]) -> Result<(), AutomergeError>;

    /// A document with a map, a list and a text, and the same with an edit, both by the same actor.
    fn edited(edit: Edit) -> (Automerge, Automerge) {
        let mut one = Automerge::new();
        let made = one.transact::<_, _, AutomergeError>(|tx| {
            tx.put(ROOT, "number", f64::NAN)?;
            let map = tx.put_object(ROOT, "map", ObjType::Map)?;
            let list = tx.put_object(&map, "list", ObjType::List)?;
            tx.insert(&list, 0, "item")?;
            let text = tx.put_object(&map, "text", ObjType::Text)?;
            tx.splice_text(&text, 0, 0, "words")?;
            Ok([map, list, text])
        });
        let objects = made.unwrap().result;
        let mut other = one.fork();
        other.transact(|tx| edit(tx, &objects)).unwrap();
        (one, other)
    }

    #[test]
    fn a3_documents_that_differ_anywhere_are_not_the_same() {
        let edits: [Edit; 7] = [
            |tx, _| tx.put(ROOT, "number", 1.5),
            |tx, [map, ..]| tx.put(map, "more", true),
            |tx, [map, ..]| tx.delete(map, "text"),
            |tx, [_, list, _]| tx.insert(list, 1, "another"),
            |tx, [_, list, _]| tx.delete(list, 0),
            |tx, [_, _, text]| tx.splice_text(text, 2, 1, "R"),
            |tx, [_, _, text]| tx.mark(text, Mark::new("bold".to_owned(), true, 0, 2), ExpandMark::None),
        ];
        for (number, edit) in edits.into_iter().enumerate() {
            let (one, other) = edited(edit);
            assert!(!same(&one, &other).unwrap(), "edit {number}");
            assert!(!same(&other, &one).unwrap(), "edit {number}");
            assert!(same(&other, &other.fork()).unwrap());
        }
    }
}
