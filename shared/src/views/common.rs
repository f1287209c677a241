//! What all models take for granted, collected once (R25): the values and claims that somebody has put there, with the
//! models they come from.

use crate::ids::SubjectId;
use crate::model::written::Written;
use crate::model::{ClaimKind, ClaimPlace, TraitClass};
use crate::names::folded;
use serde::Serialize;
use std::collections::BTreeMap;

/// The common preconditions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CommonView {
    /// Values, those of most models first.
    pub values: Vec<CommonValue>,
    /// Claims, those of most models first.
    pub claims: Vec<CommonClaim>,
}

/// A value that holds of nearly every collaboration.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CommonValue {
    /// Key of the characteristic.
    pub characteristic: String,
    /// Key of the value.
    pub value: String,
    /// Who put it there, in the order of their codes.
    pub models: Vec<From>,
}

/// A claim that holds of nearly every collaboration; claims in the same words are one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CommonClaim {
    /// As the first of the models writes it.
    pub text: String,
    /// What it is there.
    pub kind: ClaimKind,
    /// Who put it there, in the order of their codes.
    pub models: Vec<From>,
}

/// A model something comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct From {
    /// Which.
    pub model: SubjectId,
    /// "M4".
    pub code: String,
    /// What it is called.
    pub name: String,
    /// Why it was put there, or empty.
    pub reason: String,
}

/// The common preconditions of these models, given in the order of their codes.
pub fn common<'a>(models: impl IntoIterator<Item = (&'a SubjectId, &'a Written)>) -> CommonView {
    let mut values: BTreeMap<(&str, &str), Vec<From>> = BTreeMap::new();
    let mut claims: BTreeMap<String, CommonClaim> = BTreeMap::new();
    for (subject, model) in models {
        let from = |reason: &str| From {
            model: subject.clone(),
            code: model.code.clone(),
            name: model.name.clone(),
            reason: reason.trim().to_owned(),
        };
        for one in model.traits.iter().filter(|one| one.class == TraitClass::Common) {
            let models = values.entry((&one.characteristic, &one.value)).or_default();
            models.push(from(&one.reason));
        }
        let placed = model
            .claims
            .iter()
            .filter(|claim| claim.place == ClaimPlace::Common);
        for claim in placed.filter(|claim| !claim.text.trim().is_empty()) {
            let known = claims.entry(folded(claim.text.trim()));
            let known = known.or_insert_with(|| CommonClaim {
                text: claim.text.trim().to_owned(),
                kind: claim.kind,
                models: Vec::new(),
            });
            known.models.push(from(""));
        }
    }
    let values = values
        .into_iter()
        .map(|((characteristic, value), models)| CommonValue {
            characteristic: characteristic.to_owned(),
            value: value.to_owned(),
            models,
        });
    let mut view = CommonView {
        values: values.collect(),
        claims: claims.into_values().collect(),
    };
    view.values.sort_by_key(|one| std::cmp::Reverse(one.models.len()));
    view.claims.sort_by_key(|one| std::cmp::Reverse(one.models.len()));
    view
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::written::{Claim, Trait};

    fn model(code: &str, class: TraitClass, text: &str, place: ClaimPlace) -> Written {
        let (characteristic, value) = ("innovation_object".into(), "tjeneste".into());
        Written {
            code: code.into(),
            traits: vec![Trait {
                characteristic,
                value,
                class,
                reason: " gjelder alle ".into(),
            }],
            claims: vec![Claim {
                id: "c".into(),
                kind: ClaimKind::Precondition,
                text: text.into(),
                place,
            }],
            ..Written::default()
        }
    }

    #[test]
    fn r25_what_several_models_take_for_granted_stands_once_with_all_of_them() {
        let subjects = [1, 2, 3].map(|n| SubjectId::from_random([n; 16]));
        let models = [
            model("M1", TraitClass::Common, "Ledelsen vil det", ClaimPlace::Common),
            model("M2", TraitClass::Common, "ledelsen vil det ", ClaimPlace::Common),
            model("M3", TraitClass::Local, "Én ildsjel", ClaimPlace::Local),
        ];
        let view = common(subjects.iter().zip(&models));
        assert_eq!((view.values.len(), view.claims.len()), (1, 1));
        assert_eq!(view.claims[0].text, "Ledelsen vil det");
        let from: Vec<_> = view.values[0]
            .models
            .iter()
            .map(|one| (one.code.as_str(), one.reason.as_str()))
            .collect();
        assert_eq!(from, [("M1", "gjelder alle"), ("M2", "gjelder alle")]);
        assert_eq!(view.claims[0].models.len(), 2);
        assert_eq!(common([]), CommonView::default());
    }
}
