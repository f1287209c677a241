//! Reads documents into what the workshop works with. Reading never fails: what is not as it should be
//! reads as empty and becomes a problem to show.
//!
//! A text may stand as Text or as a plain string, and so may a word: other clients write both.

mod case;
mod later;
mod model;
mod register;
mod sealed;
mod talk;
mod uses;

pub use case::read_case;
pub use model::read_model;
pub use register::{read_hand_made, read_organisations};
pub use sealed::read_answers;
pub use talk::read_talk;
pub use uses::read_uses;

use crate::case::YEARS;
use crate::limits::{DOCUMENT_ITEMS_MAX, SCHEMA};
use automerge::{Automerge, ObjId, ObjType, ROOT, ReadDoc, ScalarValue, Value};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Something in a document that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Problem {
    /// Where: `facts.start_year`.
    pub path: String,
    /// What is wrong there.
    pub kind: ProblemKind,
}

/// What is wrong in a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProblemKind {
    /// Nothing stands there.
    Missing,
    /// Something else stands there than a value of this kind.
    WrongKind,
    /// Not one of the words that may stand there.
    UnknownWord,
    /// Outside of what is possible.
    OutOfRange,
    /// More items than are read.
    TooMany,
    /// Made by a newer program.
    NewerSchema,
    /// The document cannot be loaded at all.
    Unreadable,
}

impl ProblemKind {
    /// All kinds.
    pub const ALL: &[ProblemKind] = &[
        ProblemKind::Missing,
        ProblemKind::WrongKind,
        ProblemKind::UnknownWord,
        ProblemKind::OutOfRange,
        ProblemKind::TooMany,
        ProblemKind::NewerSchema,
        ProblemKind::Unreadable,
    ];
}

/// A map of the document, or the place where one should be.
struct At {
    id: Option<ObjId>,
    path: String,
}

struct Reader<'a> {
    document: &'a Automerge,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn of(document: &Automerge) -> (Reader<'_>, At) {
        let problems = Vec::new();
        let root = At {
            id: Some(ROOT),
            path: String::new(),
        };
        (Reader { document, problems }, root)
    }
}

/// The kinds of value a document is made of.
impl Reader<'_> {
    fn schema(&mut self, root: &At) {
        if self
            .number(root, "schema")
            .is_some_and(|schema| schema > SCHEMA as f64)
        {
            self.problem(root, "schema", ProblemKind::NewerSchema);
        }
    }

    fn problem(&mut self, at: &At, key: &str, kind: ProblemKind) {
        if self.problems.len() < DOCUMENT_ITEMS_MAX {
            self.problems.push(Problem {
                path: join(&at.path, key),
                kind,
            });
        }
    }

    fn get(&self, at: &At, key: &str) -> Option<(Value<'_>, ObjId)> {
        let parent = at.id.as_ref()?;
        self.document.get(parent, key).ok().flatten()
    }

    /// A map that belongs there; that it is missing is one problem, not one for each field in it.
    fn child(&mut self, at: &At, key: &str) -> At {
        let path = join(&at.path, key);
        let found = match self.get(at, key) {
            Some((Value::Object(ObjType::Map), id)) => Ok(id),
            Some(_) => Err(ProblemKind::WrongKind),
            None => Err(ProblemKind::Missing),
        };
        match found {
            Ok(id) => At { id: Some(id), path },
            Err(kind) => {
                if at.id.is_some() {
                    self.problem(at, key, kind);
                }
                At { id: None, path }
            }
        }
    }

    /// The keys of a map, in order, as far as they are read.
    fn keys(&mut self, at: &At) -> Vec<String> {
        let Some(id) = &at.id else { return Vec::new() };
        let mut keys: Vec<String> = self.document.keys(id).take(DOCUMENT_ITEMS_MAX + 1).collect();
        if keys.len() > DOCUMENT_ITEMS_MAX {
            keys.truncate(DOCUMENT_ITEMS_MAX);
            self.problem(at, "", ProblemKind::TooMany);
        }
        keys
    }

    /// The items of a list that is a map from id to item.
    fn items(&mut self, at: &At, key: &str) -> Vec<(String, At)> {
        let list = self.child(at, key);
        let keys = self.keys(&list);
        let items = keys.into_iter().map(|id| (id.clone(), self.child(&list, &id)));
        items.filter(|(_, item)| item.id.is_some()).collect()
    }

    /// The members of a set that is a map from key to `true`.
    fn set(&mut self, at: &At, key: &str) -> BTreeSet<String> {
        let set = self.child(at, key);
        let is_member = |member: &String| match self.get(&set, member) {
            Some((Value::Scalar(scalar), _)) => *scalar == ScalarValue::Boolean(true),
            _ => false,
        };
        let keys = match &set.id {
            Some(id) => self.document.keys(id).take(DOCUMENT_ITEMS_MAX).collect(),
            None => Vec::new(),
        };
        keys.into_iter().filter(is_member).collect()
    }

    /// What stands there in words; a problem when nothing does.
    fn text(&mut self, at: &At, key: &str) -> String {
        let text = self.optional_text(at, key);
        if text.is_none() && at.id.is_some() && self.get(at, key).is_none() {
            self.problem(at, key, ProblemKind::Missing);
        }
        text.unwrap_or_default()
    }

    /// What stands there in words; nothing and null are none.
    fn optional_text(&mut self, at: &At, key: &str) -> Option<String> {
        let found = match self.get(at, key)? {
            (Value::Object(ObjType::Text), id) => self.document.text(&id).ok(),
            (Value::Scalar(scalar), _) => match scalar.as_ref() {
                ScalarValue::Str(text) => Some(text.to_string()),
                ScalarValue::Null => return None,
                _ => None,
            },
            _ => None,
        };
        if found.is_none() {
            self.problem(at, key, ProblemKind::WrongKind);
        }
        found
    }

    fn choice<T: Default>(&mut self, at: &At, key: &str, parse: fn(&str) -> Option<T>) -> T {
        if at.id.is_none() {
            return T::default();
        }
        let word = self.text(at, key);
        match parse(&word) {
            Some(choice) => choice,
            None => {
                if !word.is_empty() {
                    self.problem(at, key, ProblemKind::UnknownWord);
                }
                T::default()
            }
        }
    }

    fn year(&mut self, at: &At, key: &str) -> Option<i64> {
        let number = self.number(at, key)?;
        if number.fract() != 0.0 || !YEARS.contains(&(number as i64)) {
            self.problem(at, key, ProblemKind::OutOfRange);
            return None;
        }
        Some(number as i64)
    }

    /// A number, whichever way it is written; nothing and null are none.
    fn number(&mut self, at: &At, key: &str) -> Option<f64> {
        let found = match self.get(at, key)? {
            (Value::Scalar(scalar), _) => match scalar.as_ref() {
                ScalarValue::Null => return None,
                ScalarValue::Int(n) => Some(*n as f64),
                ScalarValue::Uint(n) => Some(*n as f64),
                ScalarValue::F64(n) => Some(*n).filter(|n| n.is_finite()),
                ScalarValue::Counter(n) => Some(f64::from(n)),
                ScalarValue::Str(text) => crate::case::finite(text),
                _ => None,
            },
            (Value::Object(ObjType::Text), id) => self
                .document
                .text(&id)
                .ok()
                .and_then(|text| crate::case::finite(&text)),
            _ => None,
        };
        if found.is_none() {
            self.problem(at, key, ProblemKind::WrongKind);
        }
        found
    }
}

fn join(path: &str, key: &str) -> String {
    match (path, key) {
        ("", key) => key.to_owned(),
        (path, "") => path.to_owned(),
        (path, key) => format!("{path}.{key}"),
    }
}
