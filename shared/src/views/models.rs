//! All models in short: what each is called, and the cases it rests on as a whole.

use crate::ids::SubjectId;
use crate::model::ModelKind;
use crate::model::written::Written;
use serde::Serialize;

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
    };
    ModelList {
        models: models.into_iter().map(one).collect(),
    }
}
