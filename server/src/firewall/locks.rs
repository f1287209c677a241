//! A lock on a grouping by hand: while it holds, nothing in the grouping is changed but the lock itself. Whoever may write the
//! register may open it; nobody changes what is locked without having opened it, also not offline.
//!
//! **Invariant:** whether a lock holds is what the document says when a change is taken. A change opens it by putting another
//! word in the place of the one that holds: one that does not know of the lock opens nothing.

use super::contain;
use super::talk::{find, id_of, key_of, name_of, word_of};
use super::typing::operations;
use automerge::legacy::{ObjectId, Op, OpId, OpType};
use automerge::{Automerge, Change, ObjId, Prop, ROOT, ReadDoc, Value};
use std::collections::{BTreeMap, BTreeSet};

const GROUPINGS: &str = "groupings";
const LOCKED: &str = "locked";

/// What the changes of a batch have done that automerge has not applied yet.
#[derive(Debug, Clone, Default)]
pub struct Locks {
    /// The objects they make in groupings, and in which.
    made: BTreeMap<OpId, OpId>,
    /// The locks they have touched, each with the operations that hold it now.
    set: BTreeMap<OpId, BTreeSet<OpId>>,
}

/// A register as it stands, and what comes to it.
struct Register<'a> {
    document: &'a Automerge,
    coming: Locks,
    /// The object looked at last: operations on one follow each other.
    last: Option<(ObjectId, Place)>,
    /// Whether any grouping is locked, once somebody asked and until a lock changes.
    any_locked: Option<bool>,
}

/// Where an operation is done.
#[derive(Debug, Clone)]
enum Place {
    /// At the root.
    Root,
    /// Among the groupings.
    Groupings,
    /// In a grouping, or in something in it; whether it is the grouping itself.
    Grouping(OpId, bool),
    Elsewhere,
}

impl Locks {
    /// Whether no lock holds these changes off. If none does, they are taken into account.
    pub fn take(&mut self, document: &Automerge, changes: &[Change]) -> bool {
        let mut register = Register {
            document,
            coming: self.clone(),
            last: None,
            any_locked: None,
        };
        let may = changes.iter().all(|change| register.takes(change));
        if may {
            *self = register.coming;
        }
        may
    }
}

impl Register<'_> {
    fn takes(&mut self, change: &Change) -> bool {
        let Ok(expanded) = contain(|| change.decode()) else {
            return false;
        };
        operations(&expanded).all(|(id, op)| {
            let place = self.place(&op.obj);
            let may = self.may(&place, op);
            self.note(&place, &id, op);
            may
        })
    }

    fn may(&mut self, place: &Place, op: &Op) -> bool {
        match place {
            Place::Root => key_of(op) != Some(GROUPINGS) || !self.is_any_locked(),
            Place::Groupings => {
                let there = key_of(op).map(|key| self.under(key)).unwrap_or_default();
                !there.iter().any(|grouping| self.is_locked(grouping))
            }
            Place::Grouping(grouping, itself) => {
                (*itself && key_of(op) == Some(LOCKED)) || !self.is_locked(grouping)
            }
            Place::Elsewhere => true,
        }
    }

    /// Remembers what an operation makes in a grouping, and what becomes of a lock.
    fn note(&mut self, place: &Place, id: &OpId, op: &Op) {
        match place {
            Place::Groupings if matches!(op.action, OpType::Make(_)) => {
                self.coming.made.insert(id.clone(), id.clone());
            }
            Place::Grouping(grouping, itself) => {
                if matches!(op.action, OpType::Make(_)) {
                    self.coming.made.insert(id.clone(), grouping.clone());
                }
                if *itself && key_of(op) == Some(LOCKED) {
                    self.set_lock(grouping.clone(), id, op);
                }
            }
            _ => {}
        }
    }

    fn set_lock(&mut self, grouping: OpId, id: &OpId, op: &Op) {
        let mut holding: BTreeSet<OpId> = self.holding(&grouping).into_iter().collect();
        holding.retain(|holds| !op.pred.iter().any(|known| known == holds));
        if word_of(op).is_some_and(|word| !word.is_empty()) {
            holding.insert(id.clone());
        }
        self.coming.set.insert(grouping, holding);
        self.any_locked = None;
    }

    fn is_any_locked(&mut self) -> bool {
        if let Some(known) = self.any_locked {
            return known;
        }
        let found = self.all().any(|grouping| self.is_locked(&grouping));
        self.any_locked = Some(found);
        found
    }

    fn is_locked(&self, grouping: &OpId) -> bool {
        !self.holding(grouping).is_empty()
    }

    /// The operations that hold the lock of a grouping; none where it is open.
    fn holding(&self, grouping: &OpId) -> Vec<OpId> {
        if let Some(set) = self.coming.set.get(grouping) {
            return set.iter().cloned().collect();
        }
        let found = find(self.document, grouping);
        let words = found
            .and_then(|found| self.document.get_all(found, LOCKED).ok())
            .unwrap_or_default();
        let holds = words.iter().filter(|(word, _)| match word {
            Value::Scalar(scalar) => scalar.as_str().is_some_and(|word| !word.is_empty()),
            Value::Object(_) => false,
        });
        holds.filter_map(|(_, id)| id_of(id)).collect()
    }

    /// All groupings.
    fn all(&self) -> impl Iterator<Item = OpId> {
        let groupings = self.document.get_all(ROOT, GROUPINGS).unwrap_or_default();
        let of = |(_, groupings): &(Value<'_>, ObjId)| {
            let keys: Vec<String> = self.document.keys(groupings).collect();
            keys.iter()
                .flat_map(|key| self.in_map(groupings, key))
                .collect::<Vec<_>>()
        };
        groupings.iter().flat_map(of).collect::<Vec<_>>().into_iter()
    }

    /// The groupings under a key; two where two were put there at once.
    fn under(&self, key: &str) -> Vec<OpId> {
        let groupings = self.document.get_all(ROOT, GROUPINGS).unwrap_or_default();
        groupings
            .iter()
            .flat_map(|(_, groupings)| self.in_map(groupings, key))
            .collect()
    }

    fn in_map(&self, groupings: &ObjId, key: &str) -> Vec<OpId> {
        let all = self.document.get_all(groupings, key).unwrap_or_default();
        all.iter()
            .filter(|(value, _)| value.is_object())
            .filter_map(|(_, id)| id_of(id))
            .collect()
    }

    fn place(&mut self, object: &ObjectId) -> Place {
        if let Some((last, place)) = &self.last
            && last == object
        {
            return place.clone();
        }
        let place = self.looked_up(object);
        self.last = Some((object.clone(), place.clone()));
        place
    }

    fn looked_up(&self, object: &ObjectId) -> Place {
        let ObjectId::Id(object) = object else {
            return Place::Root;
        };
        if let Some(grouping) = self.coming.made.get(object) {
            return Place::Grouping(grouping.clone(), grouping == object);
        }
        let Some(found) = find(self.document, object) else {
            return Place::Elsewhere;
        };
        let path = contain(|| Some(self.document.parents(&found).ok()?.path()))
            .ok()
            .flatten();
        let path: Vec<(ObjId, Prop)> = path.into_iter().flatten().collect();
        match path.as_slice() {
            [(_, of)] if name_of(of) == Some(GROUPINGS) => Place::Groupings,
            [(_, of), _] if name_of(of) == Some(GROUPINGS) => Place::Grouping(object.clone(), true),
            [(_, of), _, (grouping, _), ..] if name_of(of) == Some(GROUPINGS) => {
                id_of(grouping).map_or(Place::Elsewhere, |grouping| Place::Grouping(grouping, false))
            }
            _ => Place::Elsewhere,
        }
    }
}
