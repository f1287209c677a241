//! Whole cases as they are stored, for who may read them.

use super::{CaseRow, Reader};
use crate::store::{ChangeHash, ReadError, Store, StoreError, Stored};
use automerge::{Automerge, LoadOptions};
use samverk_shared::access::{Action, Facts, Kind, Relation, State, decide};
use samverk_shared::case::Case;
use samverk_shared::characteristic::Characteristics;
use samverk_shared::collection::Ask;
use samverk_shared::document::{
    TEXT_ENCODING,
    read::{Problem, read_answers, read_case},
};
use samverk_shared::ids::{DocumentId, SubjectId};
use samverk_shared::register::natural;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A case that somebody may read.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    /// Which.
    pub subject: SubjectId,
    /// Whether it takes edits.
    pub state: State,
    /// What is in its document.
    pub case: Case,
}

/// The cases this reader may read and nobody has archived, in the order of their codes. One that cannot be read is left out.
pub fn contents(
    store: &dyn Store,
    set: &Characteristics,
    cases: impl IntoIterator<Item = CaseRow>,
    reader: Reader,
) -> Result<Vec<Content>, StoreError> {
    let mut read = Vec::new();
    for row in cases {
        if row.state == State::Archived || !may_list(&row, reader) {
            continue;
        }
        let stored = there(store.load(row.document))?;
        if let Some((case, _)) = stored.and_then(|stored| case(&stored, row.document, set)) {
            let CaseRow { subject, state, .. } = row;
            read.push(Content { subject, state, case });
        }
    }
    read.sort_by(|a, b| natural(&a.case.code, &b.case.code).then_with(|| a.subject.cmp(&b.subject)));
    Ok(read)
}

/// A case this reader may read, archived or not, and the heads it has with that; none where it cannot be read.
pub fn with_heads(
    store: &dyn Store,
    set: &Characteristics,
    row: &CaseRow,
    reader: Reader,
) -> Result<Option<(Vec<ChangeHash>, Case)>, StoreError> {
    if !may_list(row, reader) {
        return Ok(None);
    }
    let Some(stored) = there(store.load(row.document))? else {
        return Ok(None);
    };
    let read = case(&stored, row.document, set);
    Ok(read.map(|(case, _)| (stored.meta.heads, case)))
}

/// Whether the case is for this reader (P1).
pub fn may_list(case: &CaseRow, reader: Reader) -> bool {
    may_list_kind(Kind::Case, case, reader)
}

/// Whether a document of this kind is for this reader (P1).
pub fn may_list_kind(kind: Kind, case: &CaseRow, reader: Reader) -> bool {
    let facts = Facts {
        kind,
        audience: case.audience,
        state: case.state,
    };
    decide(reader.grant().into(), Relation::default(), facts, Action::List).is_ok()
}

/// The case that is stored, if it can be read.
pub fn case(stored: &Stored, document: DocumentId, set: &Characteristics) -> Option<(Case, Vec<Problem>)> {
    loaded(stored, document, |loaded| read_case(loaded, set))
}

/// How many codings a coder has said something of, of those a double coding asks about; none where the document
/// cannot be read. What they said leaves this function as a number alone (P3).
pub fn coded(
    store: &dyn Store,
    document: DocumentId,
    ask: &Ask,
    set: &Characteristics,
) -> Result<Option<usize>, StoreError> {
    let stored = there(store.load(document))?;
    let answers = stored.and_then(|stored| loaded(&stored, document, |loaded| read_answers(loaded, set)));
    Ok(answers.map(|answers| {
        let counted = answers.counted(ask);
        counted.codings.values().map(BTreeMap::len).sum()
    }))
}

/// What the store has, for a view: a document that is set aside is as good as none.
pub fn there<T>(found: Result<Option<T>, ReadError>) -> Result<Option<T>, StoreError> {
    match found {
        Ok(found) => Ok(found),
        Err(ReadError::Quarantined { .. }) => Ok(None),
        Err(ReadError::Store(error)) => Err(error),
    }
}

/// Loads and reads; a document that makes automerge panic is unreadable like any other (F1).
pub fn loaded<T>(stored: &Stored, document: DocumentId, read: impl Fn(&Automerge) -> T) -> Option<T> {
    let bytes = stored.bytes();
    let found = catch_unwind(AssertUnwindSafe(|| {
        let options = LoadOptions::new().text_encoding(TEXT_ENCODING);
        Automerge::load_with_options(&bytes, options).map(|loaded| read(&loaded))
    }));
    match found {
        Ok(Ok(content)) => Some(content),
        Ok(Err(error)) => {
            tracing::error!(%document, %error, "a document cannot be loaded for a view");
            None
        }
        Err(_) => {
            tracing::error!(%document, "loading a document for a view panicked");
            None
        }
    }
}
