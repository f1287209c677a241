//! Where things are used: every reference from one thing to another, readable both ways (row R7).

use crate::ids::SubjectId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A thing, or an item of it: a card of a board, a search of the register.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// What the document is about.
    pub subject: SubjectId,
    /// The item in it; nothing where the whole is meant.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub item: Option<String>,
}

impl Place {
    /// A whole thing.
    pub fn subject(subject: SubjectId) -> Place {
        Place { subject, item: None }
    }

    /// An item of a thing.
    pub fn item(subject: SubjectId, item: &str) -> Place {
        Place {
            subject,
            item: Some(item.to_owned()),
        }
    }
}

/// What a thing is that stands in a document of others. Cases are known from the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ThingKind {
    /// A search that was made.
    Search,
    /// A search somebody wished for, from a card.
    Task,
    /// A grouping by hand.
    Grouping,
    /// What somebody said in the dialogue.
    Entry,
    /// A note on a board.
    Card,
    /// A collaboration model, as a whole.
    Model,
}

/// Something that refers or is referred to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Thing {
    /// Where it stands.
    pub place: Place,
    /// What it is.
    pub kind: ThingKind,
    /// What it is called; may be empty.
    pub title: String,
    /// The day it is of, `2026-11-26`; empty where it has none.
    pub date: String,
    /// It is a task that nobody has finished.
    pub waits: bool,
}

/// What a reference says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// A search or a task brought this case.
    Found,
    /// A task came from this card.
    AskedBy,
    /// A grouping has this case in a group.
    Groups,
    /// An entry or a card is about this case.
    About,
    /// A model or a statement of it rests on this case or entry, or is contradicted by it.
    Evidence,
}

/// One reference.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Use {
    /// What refers.
    pub from: Place,
    /// To what.
    pub to: Place,
    /// As what.
    pub relation: Relation,
}

/// References, and the things that take part in them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Uses {
    /// What refers or is referred to, but for cases.
    pub things: Vec<Thing>,
    /// All references.
    pub uses: Vec<Use>,
}

impl Uses {
    /// All together, in an order that does not depend on theirs; things that take part in nothing are left out, but for
    /// models: others choose from them.
    pub fn together<'a>(parts: impl IntoIterator<Item = &'a Uses>) -> Uses {
        let (mut things, mut uses) = (Vec::new(), Vec::new());
        for part in parts {
            things.extend(part.things.iter().cloned());
            uses.extend(part.uses.iter().cloned());
        }
        things.sort();
        uses.sort();
        let used: BTreeSet<&Place> = uses.iter().flat_map(|one: &Use| [&one.from, &one.to]).collect();
        things.retain(|thing: &Thing| thing.kind == ThingKind::Model || used.contains(&thing.place));
        Uses { things, uses }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(item: &str) -> Uses {
        let place = Place::item("b".repeat(16).parse().unwrap(), item);
        let thing = |place: &Place| Thing {
            place: place.clone(),
            kind: ThingKind::Card,
            title: String::new(),
            date: String::new(),
            waits: false,
        };
        Uses {
            things: vec![thing(&place), thing(&Place::item(place.subject.clone(), "alone"))],
            uses: vec![Use {
                from: place,
                to: Place::subject("c".repeat(16).parse().unwrap()),
                relation: Relation::About,
            }],
        }
    }

    #[test]
    fn r7_references_together_do_not_depend_on_their_order_and_leave_out_what_takes_no_part() {
        let (one, other) = (of("x"), of("y"));
        let together = Uses::together([&one, &other]);
        assert_eq!(together, Uses::together([&other, &one]));
        assert_eq!(together.things.len(), 2);
        assert_eq!(together.uses.len(), 2);
        assert_eq!(Uses::together([]), Uses::default());
    }
}
