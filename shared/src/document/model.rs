//! How a model is born: every list it will have, and what its cases share as proposals nobody has accepted yet (R4).

use super::create::{Writer, one_change, one_change_of};
use super::order::order_key;
use super::shape;
use crate::access::Kind;
use crate::characteristic::Characteristics;
use crate::limits::SCHEMA;
use crate::model::{Draft, EvidenceRelation, ModelKind, ModelStatus, Strength, TraitClass};
use automerge::{ActorId, Automerge, AutomergeError, Change, ROOT, ReadDoc};
use std::collections::BTreeSet;

/// The texts of a model, under `texts`.
pub const TEXTS: [&str; 13] = [
    "pitch", "when", "when_not", "what", "benefit", "duration", "argument", "kept", "adapted", "local",
    "transfer", "nearest", "story",
];
/// The lists of a model that begin empty.
pub(super) const LISTS: [&str; 9] = [
    "roles",
    "phases",
    "transitions",
    "triggers",
    "loops",
    "claims",
    "variants",
    "questions",
    "steps",
];

/// A model document. `fresh_ids` gives the keys of its proposals and its evidence.
pub fn create(
    name: &str,
    code: &str,
    draft: &Draft,
    actor: ActorId,
    fresh_ids: &mut dyn FnMut() -> String,
    time_s: i64,
) -> Result<Automerge, AutomergeError> {
    one_change(actor, time_s, |w| {
        w.int(&ROOT, "schema", SCHEMA as i64)?;
        w.word(&ROOT, "code", code)?;
        let head = w.map(&ROOT, "head")?;
        w.text(&head, "name", name)?;
        w.word(&head, "kind", kind(draft).as_str())?;
        w.word(&head, "status", ModelStatus::Idea.as_str())?;
        w.word(&head, "transfer", "")?;
        w.word(&head, "nearest", "")?;
        traits(w, draft, fresh_ids)?;
        evidence(w, draft, fresh_ids)?;
        shape::fill(w, Kind::Model, &Characteristics::default())
    })
}

/// The change that gives a model a place for what it says of each of these challenges, how well and why both unsaid, where
/// it lacks one.
pub fn complete(
    model: &Automerge,
    challenges: &[String],
    actor: ActorId,
    time_s: i64,
) -> Result<Option<Change>, AutomergeError> {
    let Some((_, all)) = model.get(&ROOT, "challenges")? else {
        return Ok(None);
    };
    let there: BTreeSet<String> = model.keys(&all).collect();
    one_change_of(model, actor, time_s, |w| {
        let missing: BTreeSet<&String> = challenges.iter().filter(|key| !there.contains(*key)).collect();
        missing.into_iter().try_for_each(|key| {
            let item = w.map(&all, key)?;
            w.word(&item, "fit", "")?;
            w.text(&item, "why", "")
        })
    })
}

/// Without cases there is nothing yet that it rests on.
fn kind(draft: &Draft) -> ModelKind {
    match draft.cases.is_empty() {
        true => ModelKind::Exploratory,
        false => ModelKind::Empirical,
    }
}

fn traits(
    w: &mut Writer<'_>,
    draft: &Draft,
    fresh_ids: &mut dyn FnMut() -> String,
) -> Result<(), AutomergeError> {
    let all = w.map(&ROOT, "traits")?;
    for (place, (characteristic, value)) in draft.shared.iter().enumerate() {
        let item = w.map(&all, &fresh_ids())?;
        w.word(&item, "characteristic", characteristic)?;
        w.word(&item, "value", value)?;
        w.word(&item, "class", TraitClass::Proposed.as_str())?;
        w.text(&item, "reason", "")?;
        w.word(&item, "order", &order_key(place))?;
    }
    Ok(())
}

/// The cases it was made from support it, as far as anybody has looked: anecdotes until somebody says more.
fn evidence(
    w: &mut Writer<'_>,
    draft: &Draft,
    fresh_ids: &mut dyn FnMut() -> String,
) -> Result<(), AutomergeError> {
    let all = w.map(&ROOT, "evidence")?;
    for (place, case) in draft.cases.iter().enumerate() {
        let item = w.map(&all, &fresh_ids())?;
        w.word(&item, "about", "")?;
        w.word(&item, "case", case.as_str())?;
        w.word(&item, "entry", "")?;
        w.word(&item, "field", "")?;
        w.word(&item, "relation", EvidenceRelation::Supports.as_str())?;
        w.word(&item, "strength", Strength::Anecdote.as_str())?;
        w.text(&item, "shows", "")?;
        w.text(&item, "quote", "")?;
        w.word(&item, "by", "")?;
        w.word(&item, "order", &order_key(place))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Challenge, Task};
    use automerge::ReadDoc;

    fn born(draft: &Draft) -> Automerge {
        let mut n = 0;
        let mut fresh = || {
            n += 1;
            format!("id{n}")
        };
        create(
            "Bestille det som ikke finnes",
            "M1",
            draft,
            [1; 16].into(),
            &mut fresh,
            0,
        )
        .unwrap()
    }

    #[test]
    fn r4_a_draft_has_evidence_from_each_case_and_proposals_nobody_accepted() {
        let cases = [1, 2, 3]
            .map(|n| crate::ids::SubjectId::from_random([n; 16]))
            .to_vec();
        let shared = vec![("driver".to_owned(), "kjopekraft".to_owned())];
        let model = born(&Draft { cases, shared });
        let length = |list: &str| {
            let (_, id) = model.get(&ROOT, list).unwrap().unwrap();
            model.length(&id)
        };
        assert_eq!(
            (length("evidence"), length("traits"), length("claims")),
            (3, 1, 0)
        );
        let (_, traits) = model.get(&ROOT, "traits").unwrap().unwrap();
        let (_, first) = model.get(&traits, "id1").unwrap().unwrap();
        let (class, _) = model.get(&first, "class").unwrap().unwrap();
        assert_eq!(class.as_str(), Some("proposed"));
    }

    #[test]
    fn r22_r48_each_task_and_each_challenge_is_there_to_be_written_in() {
        let model = born(&Draft::default());
        let keys = |list: &str| {
            let (_, id) = model.get(&ROOT, list).unwrap().unwrap();
            model.keys(&id).count()
        };
        assert_eq!(
            (keys("tasks"), keys("challenges")),
            (Task::ALL.len(), Challenge::ALL.len())
        );
    }

    #[test]
    fn r5_a_model_without_cases_is_exploratory_until_somebody_says_otherwise() {
        let model = born(&Draft::default());
        let (_, head) = model.get(&ROOT, "head").unwrap().unwrap();
        let (kind, _) = model.get(&head, "kind").unwrap().unwrap();
        assert_eq!(kind.as_str(), Some("exploratory"));
        assert_eq!(model.get_changes(&[]).len(), 1);
    }
}
