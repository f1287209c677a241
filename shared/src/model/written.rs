//! A model as it is read for what is computed of models: its names, what it rests on, and what it says.

use super::{ClaimKind, ClaimPlace, EvidenceRelation, ModelKind, TraitClass};
use crate::ids::SubjectId;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What of a model's document the views are made from.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Written {
    /// "M4".
    pub code: String,
    /// What it is called; may be empty.
    pub name: String,
    /// In one sentence; may be empty.
    pub pitch: String,
    /// What it rests on.
    pub kind: ModelKind,
    /// In their order.
    pub traits: Vec<Trait>,
    /// In their order.
    pub claims: Vec<Claim>,
    /// How well it suits each challenge that its authors have said something of, by its key.
    pub challenges: BTreeMap<String, Suits>,
    /// In their order.
    pub evidence: Vec<Evidence>,
}

/// A value of a characteristic, and what it is to the model.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Trait {
    pub characteristic: String,
    pub value: String,
    pub class: TraitClass,
    /// Why, or empty.
    pub reason: String,
}

/// A statement.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Claim {
    pub id: String,
    pub kind: ClaimKind,
    pub text: String,
    /// Where it is said.
    pub place: ClaimPlace,
}

/// How well a model suits a challenge, as its authors say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Suits {
    /// From 0 to 3; none where only a reason stands there.
    pub fit: Option<u8>,
    /// Why, or empty.
    pub why: String,
}

/// A case that says something of the model.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Evidence {
    /// "claims/ID" or another list and its item; empty for the model as a whole.
    pub about: String,
    pub case: SubjectId,
    pub relation: EvidenceRelation,
}

impl Written {
    /// The cases it rests on as a whole: those that support or nuance it.
    pub fn cases(&self) -> BTreeSet<SubjectId> {
        self.resting_on("").collect()
    }

    /// The cases that support or nuance something of it.
    pub fn resting_on<'a>(&'a self, about: &'a str) -> impl Iterator<Item = SubjectId> + 'a {
        let speaks = |one: &&Evidence| one.relation != EvidenceRelation::Contradicts;
        let about = self.evidence.iter().filter(move |one| one.about == about);
        about.filter(speaks).map(|one| one.case.clone())
    }
}
