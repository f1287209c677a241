//! Reads documents into what the workshop works with. Reading never fails: what is not as it should be
//! reads as empty and becomes a problem to show.
//!
//! A text may stand as Text or as a plain string, and so may a word: other clients write both.

use crate::case::{Case, Coding, Party, Provenance, Selection, YEARS};
use crate::characteristic::{self, Characteristic};
use crate::limits::{DOCUMENT_ITEMS_MAX, SCHEMA};
use automerge::{Automerge, ObjId, ObjType, ROOT, ReadDoc, ScalarValue, Value};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

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

/// The case in a document, and what is wrong with it.
pub fn read_case(document: &Automerge) -> (Case, Vec<Problem>) {
    let mut reader = Reader {
        document,
        problems: Vec::new(),
    };
    let root = At {
        id: Some(ROOT),
        path: String::new(),
    };
    reader.schema(&root);
    let facts = reader.child(&root, "facts");
    let texts = reader.child(&root, "texts");
    let case = Case {
        code: reader.text(&root, "code"),
        name: reader.text(&facts, "name"),
        country: reader.text(&facts, "country"),
        sector: reader.text(&facts, "sector"),
        source: reader.text(&facts, "source"),
        origin: reader.choice(&facts, "origin", crate::case::Origin::parse),
        status: reader.choice(&facts, "status", crate::case::Status::parse),
        start_year: reader.year(&facts, "start_year"),
        end_year: reader.year(&facts, "end_year"),
        period: reader.text(&facts, "period"),
        levels: reader.levels(&facts),
        description: reader.text(&texts, "description"),
        benefit: reader.text(&texts, "benefit"),
        notes: reader.text(&texts, "notes"),
        parties: reader.parties(&root),
        codings: reader.codings(&root),
        selection: reader.selection(&root),
        provenance: reader.provenance(&root),
        extra: reader.extra(&root),
    };
    (case, reader.problems)
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
    fn schema(&mut self, root: &At) {
        if self
            .number(root, "schema")
            .is_some_and(|schema| schema > SCHEMA as f64)
        {
            self.problem(root, "schema", ProblemKind::NewerSchema);
        }
    }

    fn levels(&mut self, facts: &At) -> BTreeSet<crate::case::Level> {
        let words = self.set(facts, "level");
        let parsed = words
            .iter()
            .filter_map(|w| crate::case::Level::parse(w))
            .collect::<BTreeSet<_>>();
        if parsed.len() < words.len() {
            self.problem(facts, "level", ProblemKind::UnknownWord);
        }
        parsed
    }

    fn parties(&mut self, root: &At) -> Vec<Party> {
        let mut parties = Vec::new();
        for (id, item) in self.items(root, "parties") {
            let party = Party {
                id,
                name: self.text(&item, "name"),
                group: self.choice(&item, "group", crate::case::ActorGroup::parse),
                role: self.choice(&item, "role", crate::case::PartyRole::parse),
            };
            parties.push((self.text(&item, "order"), party));
        }
        parties.sort_by(|(a, p), (b, q)| a.cmp(b).then_with(|| p.id.cmp(&q.id)));
        parties.into_iter().map(|(_, party)| party).collect()
    }

    fn codings(&mut self, root: &At) -> BTreeMap<String, Coding> {
        let mut codings = BTreeMap::new();
        for (key, item) in self.items(root, "codings") {
            let coding = self.coding(&item, characteristic::defaults().get(&key));
            codings.insert(key, coding);
        }
        for missing in characteristic::defaults()
            .iter()
            .filter(|c| !codings.contains_key(&c.key))
        {
            let path = At {
                id: None,
                path: "codings".into(),
            };
            self.problem(&path, &missing.key, ProblemKind::Missing);
        }
        codings
    }

    fn coding(&mut self, item: &At, characteristic: Option<&Characteristic>) -> Coding {
        let coding = Coding {
            state: self.choice(item, "state", crate::case::CodingState::parse),
            value: self.optional_text(item, "value"),
            values: self.set(item, "values"),
            number: self.number(item, "number"),
            text: self.text(item, "text"),
            confidence: self.choice(item, "confidence", crate::case::Confidence::parse),
            coder: self.text(item, "coder"),
            note: self.text(item, "note"),
        };
        let known = |key: &String| characteristic.is_none_or(|c| c.values.iter().any(|v| v.key == *key));
        if !coding.value.iter().all(known) {
            self.problem(item, "value", ProblemKind::UnknownWord);
        }
        if !coding.values.iter().all(known) {
            self.problem(item, "values", ProblemKind::UnknownWord);
        }
        coding
    }

    fn selection(&mut self, root: &At) -> Selection {
        let item = self.child(root, "selection");
        Selection {
            decision: self.choice(&item, "decision", crate::case::Decision::parse),
            criterion: self.choice(&item, "criterion", crate::case::Criterion::parse),
            reason: self.text(&item, "reason"),
            by: self.text(&item, "by"),
        }
    }

    fn provenance(&mut self, root: &At) -> Vec<Provenance> {
        let mut all = Vec::new();
        for (_, item) in self.items(root, "provenance") {
            let row = self.number(&item, "row").unwrap_or_default() as i64;
            all.push(Provenance {
                list: self.text(&item, "list"),
                row,
            });
        }
        all.sort();
        all
    }

    fn extra(&mut self, root: &At) -> BTreeMap<String, String> {
        let extra = self.child(root, "extra");
        let columns = self.keys(&extra);
        columns
            .into_iter()
            .map(|column| (column.clone(), self.text(&extra, &column)))
            .collect()
    }
}

/// The kinds of value a document is made of.
impl Reader<'_> {
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
