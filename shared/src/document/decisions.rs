//! How the decision about a case came to be, from the history of its document: nobody can take a step out of it, and
//! whose each is the server says, from what it recorded when the change arrived (P2, R38).
//!
//! What one person changes about one decision within `DECISION_MS_MAX` is one step; reading it, one sees the decision,
//! the criterion and the reason as that person left them.

use crate::case::{Criterion, Decision, Selection};
use crate::limits::DECISION_MS_MAX;
use automerge::legacy::{Key, ObjectId, OpId, OpType};
use automerge::{ActorId, Automerge, Change, ChangeHash, ObjType, ROOT, ReadDoc, ScalarValue, Value};

/// Who wrote a change and when, as the server recorded it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written<A> {
    /// Whose change it is.
    pub author: A,
    /// Milliseconds since 1970.
    pub at_ms: u64,
}

/// One step of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step<A> {
    /// Whose and when; none where nothing is recorded.
    pub written: Option<Written<A>>,
    /// What was decided, by which criterion and why, as it was left.
    pub selection: Selection,
}

/// A step that later changes may still belong to.
struct Open<A> {
    written: Option<Written<A>>,
    decision: Decision,
    last: ChangeHash,
}

/// The steps, the oldest first; `who` says whose a change is, by its actor, its sequence number and
/// the milliseconds its author's clock said. A case nobody has
/// decided about has none.
pub fn decisions<A: PartialEq>(
    document: &Automerge,
    who: impl Fn(&str, u64, u64) -> Option<Written<A>>,
) -> Vec<Step<A>> {
    let mut places = Places::default();
    let mut steps: Vec<Open<A>> = Vec::new();
    for change in document.get_changes(&[]) {
        let Some(touched) = places.touched(&change) else {
            continue;
        };
        let before = steps.last().map_or(Decision::Undecided, |step| step.decision);
        let decision = touched.decision.unwrap_or(before);
        let said_ms = u64::try_from(change.timestamp())
            .unwrap_or(0)
            .saturating_mul(1_000);
        let written = who(&change.actor_id().to_hex_string(), change.seq(), said_ms);
        match steps.last_mut() {
            Some(step) if step.decision == decision && is_one(step.written.as_ref(), written.as_ref()) => {
                step.last = change.hash();
            }
            // It is born undecided.
            None if decision == Decision::Undecided && change.deps().is_empty() => {}
            _ => steps.push(Open {
                written,
                decision,
                last: change.hash(),
            }),
        }
    }
    let whole = |step: Open<A>| Step {
        selection: selection_at(document, &[step.last]),
        written: step.written,
    };
    steps.into_iter().map(whole).collect()
}

fn is_one<A: PartialEq>(before: Option<&Written<A>>, now: Option<&Written<A>>) -> bool {
    match (before, now) {
        (Some(before), Some(now)) => {
            before.author == now.author && now.at_ms.saturating_sub(before.at_ms) < DECISION_MS_MAX
        }
        (None, None) => true,
        _ => false,
    }
}

/// What stood before the last change of a decision, where that change is this actor's; none where somebody else has
/// changed it since.
pub fn before_last(document: &Automerge, actor: &ActorId) -> Option<Selection> {
    let mut places = Places::default();
    let mut last = None;
    for change in document.get_changes(&[]) {
        if places.touched(&change).is_some() {
            last = Some((change.actor_id().clone(), change.deps().to_vec()));
        }
    }
    let (by, before) = last?;
    (by == *actor).then(|| selection_at(document, &before))
}

fn selection_at(document: &Automerge, heads: &[ChangeHash]) -> Selection {
    let found = document.get_at(ROOT, "selection", heads).ok().flatten();
    let Some((Value::Object(ObjType::Map), item)) = found else {
        return Selection::default();
    };
    let word = |key: &str| match document.get_at(&item, key, heads) {
        Ok(Some((Value::Object(ObjType::Text), text))) => document.text_at(&text, heads).unwrap_or_default(),
        Ok(Some((Value::Scalar(scalar), _))) => scalar.as_str().unwrap_or_default().to_owned(),
        _ => String::new(),
    };
    Selection {
        decision: Decision::parse(&word("decision")).unwrap_or_default(),
        criterion: Criterion::parse(&word("criterion")).unwrap_or_default(),
        reason: word("reason"),
        by: word("by"),
    }
}

/// Every object in which the decision has stood: who puts another in its place takes nothing out of the history.
#[derive(Default)]
struct Places {
    selections: Vec<ObjectId>,
    reasons: Vec<ObjectId>,
}

/// What a change does to it.
#[derive(Default)]
struct Touched {
    decision: Option<Decision>,
}

impl Places {
    fn touched(&mut self, change: &Change) -> Option<Touched> {
        let expanded = change.decode();
        let mut touched: Option<Touched> = None;
        for (op, number) in expanded.operations.iter().zip(expanded.start_op.get()..) {
            let made = || ObjectId::Id(OpId::new(number, &expanded.actor_id));
            let key = match &op.key {
                Key::Map(key) => key.as_str(),
                Key::Seq(_) => "",
            };
            let makes = matches!(op.action, OpType::Make(_));
            if op.obj == ObjectId::Root && key == "selection" {
                touched.get_or_insert_default();
                self.selections.extend(makes.then(made));
            } else if self.selections.contains(&op.obj) {
                let touched = touched.get_or_insert_default();
                match key {
                    "decision" => touched.decision = Some(decision_of(&op.action)),
                    "reason" => self.reasons.extend(makes.then(made)),
                    _ => {}
                }
            } else if self.reasons.contains(&op.obj) {
                touched.get_or_insert_default();
            }
        }
        touched
    }
}

fn decision_of(action: &OpType) -> Decision {
    match action {
        OpType::Put(ScalarValue::Str(word)) => Decision::parse(word).unwrap_or_default(),
        _ => Decision::Undecided,
    }
}
