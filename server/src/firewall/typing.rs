//! Plain typing, told from every other change without asking automerge: characters put after characters that are
//! known to be there, and such characters taken away.
//!
//! automerge walks the whole text for each change it applies. Typing is most of what people do and can be judged by
//! its own operations, so the hub stores and sends it at once, and lets automerge apply much of it together later.
//!
//! **Invariant:** what is plain typing here, automerge applies, and gives back byte for byte (`tests/firewall`, `tests/hub/typing`).

use super::contain;
use automerge::legacy::{ElementId, Key, ObjectId, Op, OpId, OpType};
use automerge::{ActorId, Automerge, Change, ExpandedChange, ObjType, ScalarValue};
use samverk_shared::limits::TYPING_OPS_MAX;
use std::collections::{HashMap, HashSet};

/// The texts of a document, as far as changes have told of them.
#[derive(Debug, Default, Clone)]
pub struct Texts(HashMap<OpId, Elements>);

/// What one change has put and taken away so far.
#[derive(Default)]
struct Own {
    /// By character, in which text.
    put: HashMap<OpId, OpId>,
    taken: HashSet<OpId>,
}

/// Characters of one text: runs of operation numbers by actor.
#[derive(Debug, Default, Clone)]
struct Elements(HashMap<ActorId, Vec<Run>>);

/// First and last operation number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run(u64, u64);

impl Texts {
    /// Whether the change, which `vet` has accepted, is plain typing. If it is, its characters are known from now on.
    pub fn take(&mut self, change: &Change) -> bool {
        if change.len() > TYPING_OPS_MAX {
            return false;
        }
        let Ok(Some(expanded)) = contain(|| canonical(change)) else {
            return false;
        };
        let mut own = Own::default();
        let plain = operations(&expanded).all(|(id, op)| self.is_plain(&id, op, &mut own));
        if plain {
            self.note(&expanded);
        }
        plain
    }

    /// Learns from a change that automerge has applied to the document and given back unchanged.
    pub fn learn(&mut self, document: &Automerge, change: &Change) {
        if change.len() > TYPING_OPS_MAX {
            return;
        }
        let Ok(expanded) = contain(|| change.decode()) else {
            return;
        };
        for op in &expanded.operations {
            if let (ObjectId::Id(object), Key::Seq(_)) = (&op.obj, &op.key)
                && !self.0.contains_key(object)
                && is_text(document, object)
            {
                self.0.insert(object.clone(), Elements::default());
            }
        }
        self.note(&expanded);
    }

    fn is_plain(&self, id: &OpId, op: &Op, own: &mut Own) -> bool {
        let (ObjectId::Id(object), Key::Seq(at)) = (&op.obj, &op.key) else {
            return false;
        };
        let Some(known) = self.0.get(object).filter(|_| object.0 < id.0) else {
            return false;
        };
        let is_there =
            |element: &OpId| element.0 < id.0 && (known.has(element) || own.put.get(element) == Some(object));
        match (&op.action, at) {
            (OpType::Put(ScalarValue::Str(text)), ElementId::Head) if op.insert => {
                own.put.insert(id.clone(), object.clone());
                op.pred.is_empty() && !text.is_empty()
            }
            (OpType::Put(ScalarValue::Str(text)), ElementId::Id(element)) if op.insert => {
                let follows = is_there(element);
                own.put.insert(id.clone(), object.clone());
                follows && op.pred.is_empty() && !text.is_empty()
            }
            (OpType::Delete, ElementId::Id(element)) if !op.insert => {
                is_there(element) && op.pred.iter().eq([element]) && own.taken.insert(element.clone())
            }
            _ => false,
        }
    }

    /// Notes new texts, and in known ones new characters and those that were built on.
    fn note(&mut self, expanded: &ExpandedChange) {
        for (id, op) in operations(expanded) {
            if matches!(op.action, OpType::Make(ObjType::Text)) {
                self.0.entry(id.clone()).or_default();
            }
            let ObjectId::Id(object) = &op.obj else { continue };
            let Some(elements) = self.0.get_mut(object) else {
                continue;
            };
            if op.insert && matches!(op.action, OpType::Put(_)) {
                elements.add(&id);
            }
        }
    }
}

impl Elements {
    fn has(&self, element: &OpId) -> bool {
        let Some(runs) = self.0.get(&element.1) else {
            return false;
        };
        let after = runs.partition_point(|run| run.0 <= element.0);
        after > 0 && element.0 <= runs[after - 1].1
    }

    fn add(&mut self, element: &OpId) {
        let runs = self.0.entry(element.1.clone()).or_default();
        let at = element.0;
        match runs.last_mut() {
            Some(last) if last.1 + 1 == at => last.1 = at,
            Some(last) if last.1 >= at => {
                let after = runs.partition_point(|run| run.0 <= at);
                if after == 0 || runs[after - 1].1 < at {
                    runs.insert(after, Run(at, at));
                }
            }
            _ => runs.push(Run(at, at)),
        }
    }
}

/// The change taken apart, if it is written as automerge itself would write it: only then it gives the same bytes back.
fn canonical(change: &Change) -> Option<ExpandedChange> {
    if change.author().is_some() || !change.extra_bytes().is_empty() {
        return None;
    }
    let expanded = change.decode();
    let again = Change::from(expanded.clone());
    (again.raw_bytes() == change.raw_bytes()).then_some(expanded)
}

pub(super) fn operations(expanded: &ExpandedChange) -> impl Iterator<Item = (OpId, &Op)> {
    let first = expanded.start_op.get();
    let numbered = expanded.operations.iter().zip(first..);
    numbered.map(|(op, number)| (OpId::new(number, &expanded.actor_id), op))
}

fn is_text(document: &Automerge, object: &OpId) -> bool {
    let name = format!("{}@{}", object.0, object.1.to_hex_string());
    matches!(contain(|| document.import(&name)), Ok(Ok((_, ObjType::Text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u64) -> OpId {
        OpId::new(number, &ActorId::from([1; 16]))
    }

    #[test]
    fn elements_are_there_when_they_were_added_in_any_order() {
        let mut elements = Elements::default();
        for number in [5, 6, 7, 20, 3, 10, 11, 6, 21] {
            elements.add(&id(number));
        }
        let there: Vec<u64> = (0..30).filter(|number| elements.has(&id(*number))).collect();
        assert_eq!(there, [3, 5, 6, 7, 10, 11, 20, 21]);
        assert!(!elements.has(&OpId::new(5, &ActorId::from([2; 16]))));
    }
}
