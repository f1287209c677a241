//! All models in short: what each is called, the cases it rests on as a whole, and what it says it suits.

use crate::ids::SubjectId;
use crate::model::ModelKind;
use crate::model::written::{Suits, Written};
use serde::Serialize;
use std::collections::BTreeMap;

/// The models a reader may read, in the order of their codes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct ModelList {
    pub models: Vec<ModelInShort>,
}

/// One model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ModelInShort {
    /// Which.
    pub model: SubjectId,
    /// "M4".
    pub code: String,
    /// What it is called; may be empty.
    pub name: String,
    /// In one sentence; may be empty.
    pub pitch: String,
    /// What it rests on.
    pub kind: ModelKind,
    /// Cases that support or nuance it as a whole.
    pub cases: Vec<SubjectId>,
    /// How well it suits each challenge that its authors have said something of, by its key (R48).
    pub challenges: BTreeMap<String, Suits>,
}

/// These models in short, in the order given.
pub fn in_short<'a>(models: impl IntoIterator<Item = (&'a SubjectId, &'a Written)>) -> ModelList {
    let one = |(subject, model): (&SubjectId, &Written)| ModelInShort {
        model: subject.clone(),
        code: model.code.clone(),
        name: model.name.trim().to_owned(),
        pitch: model.pitch.trim().to_owned(),
        kind: model.kind,
        cases: model.cases().into_iter().collect(),
        challenges: model.challenges.clone(),
    };
    ModelList {
        models: models.into_iter().map(one).collect(),
    }
}
