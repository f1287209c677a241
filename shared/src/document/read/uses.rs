//! What a document says about other things: where each of them is used.

use super::{At, Reader};
use crate::access::Kind;
use crate::ids::SubjectId;
use crate::uses::{Place, Relation, Thing, ThingKind, Use, Uses};
use automerge::Automerge;
use std::collections::BTreeSet;

/// The references in a document of this kind, which is about `subject`; kinds that hold none give none.
pub fn read_uses(document: &Automerge, kind: Kind, subject: &SubjectId) -> Uses {
    let (mut reader, root) = Reader::of(document);
    let mut found = Found {
        subject,
        uses: Uses::default(),
    };
    match kind {
        Kind::Register => {
            reader.searches(&root, &mut found);
            reader.groupings(&root, &mut found);
        }
        Kind::Team => reader.entries(&root, &mut found),
        Kind::Board => reader.cards(&root, &mut found),
        Kind::Model => reader.evidence(&root, &mut found),
        _ => {}
    }
    found.uses
}

/// What a task says of itself once it is finished.
const DONE: &str = "done";

struct Found<'a> {
    subject: &'a SubjectId,
    uses: Uses,
}

impl Found<'_> {
    fn thing(&self, kind: ThingKind, item: &str, title: String) -> Thing {
        Thing {
            place: Place::item(self.subject.clone(), item),
            kind,
            title,
            date: String::new(),
            waits: false,
        }
    }

    /// A thing of this document, and the cases it refers to.
    fn add(&mut self, thing: Thing, cases: impl IntoIterator<Item = String>, relation: Relation) {
        for case in cases.into_iter().filter_map(|case| case.parse().ok()) {
            self.refers(&thing.place, Place::subject(case), relation);
        }
        self.uses.things.push(thing);
    }

    fn refers(&mut self, from: &Place, to: Place, relation: Relation) {
        self.uses.uses.push(Use {
            from: from.clone(),
            to,
            relation,
        });
    }
}

impl Reader<'_> {
    fn searches(&mut self, root: &At, found: &mut Found<'_>) {
        for (id, item) in self.items(root, "searches") {
            let wish = self.optional_text(&item, "wish");
            let words = [
                wish,
                Some(self.text(&item, "where")),
                Some(self.text(&item, "query")),
            ];
            let title = words.into_iter().flatten().find(|words| !words.trim().is_empty());
            let asked = self.get(&item, "asked").is_some();
            let kind = if asked { ThingKind::Task } else { ThingKind::Search };
            let thing = Thing {
                date: self.text(&item, "date"),
                waits: asked && self.text(&item, "status") != DONE,
                ..found.thing(kind, &id, title.unwrap_or_default())
            };
            if asked {
                self.asked_by(&item, &thing.place, found);
            }
            found.add(thing, self.set(&item, "cases"), Relation::Found);
        }
    }

    fn asked_by(&mut self, item: &At, task: &Place, found: &mut Found<'_>) {
        let asked = self.child(item, "asked");
        let (board, card) = (self.text(&asked, "subject"), self.text(&asked, "item"));
        if let Ok(board) = board.parse() {
            found.refers(task, Place::item(board, &card), Relation::AskedBy);
        }
    }

    fn groupings(&mut self, root: &At, found: &mut Found<'_>) {
        for (id, item) in self.items(root, "groupings") {
            if self.is_removed(&item) {
                continue;
            }
            let thing = found.thing(ThingKind::Grouping, &id, self.text(&item, "name"));
            let members = self.child(&item, "members");
            let mut grouped = self.keys(&members);
            grouped.retain(|case| {
                self.optional_text(&members, case)
                    .is_some_and(|group| !group.is_empty())
            });
            found.add(thing, grouped, Relation::Groups);
        }
    }

    fn entries(&mut self, root: &At, found: &mut Found<'_>) {
        for (id, item) in self.items(root, "entries") {
            let thing = Thing {
                date: self.text(&item, "date"),
                ..found.thing(ThingKind::Entry, &id, self.text(&item, "who"))
            };
            found.add(thing, self.set(&item, "about"), Relation::About);
        }
    }

    /// A model uses a case or an entry once, however many of its statements rest on it.
    fn evidence(&mut self, root: &At, found: &mut Found<'_>) {
        let head = self.child(root, "head");
        let thing = Thing {
            place: Place::subject(found.subject.clone()),
            ..found.thing(ThingKind::Model, "", self.text(&head, "name"))
        };
        let items = self.items(root, "evidence");
        let cases: BTreeSet<String> = items.iter().map(|(_, item)| self.text(item, "case")).collect();
        let entries: BTreeSet<String> = items
            .iter()
            .filter_map(|(_, item)| self.optional_text(item, "entry"))
            .collect();
        for (team, entry) in entries.iter().filter_map(|entry| entry.split_once('/')) {
            if let Ok(team) = team.parse() {
                found.refers(&thing.place, Place::item(team, entry), Relation::Evidence);
            }
        }
        found.add(thing, cases, Relation::Evidence);
    }

    /// Notes a reveal put there are about nothing and have no day.
    fn cards(&mut self, root: &At, found: &mut Found<'_>) {
        for (id, item) in self.items(root, "notes") {
            let thing = Thing {
                date: self.optional_text(&item, "date").unwrap_or_default(),
                ..found.thing(ThingKind::Card, &id, self.text(&item, "text"))
            };
            let cases = match self.get(&item, "about") {
                Some(_) => self.set(&item, "about"),
                None => BTreeSet::new(),
            };
            found.add(thing, cases, Relation::About);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::create;
    use automerge::transaction::Transactable;
    use automerge::{ActorId, ObjType, ROOT, ReadDoc};

    fn subject(name: &str) -> SubjectId {
        format!("{name:0>16}").parse().unwrap()
    }

    fn put(document: &mut Automerge, path: &[&str], value: &str) {
        let mut transaction = document.transaction();
        let (last, parents) = path.split_last().unwrap();
        let mut at = ROOT;
        for key in parents {
            at = match transaction.get(&at, *key).unwrap() {
                Some((_, id)) => id,
                None => transaction.put_object(&at, *key, ObjType::Map).unwrap(),
            };
        }
        if value == "true" {
            transaction.put(&at, *last, true).unwrap();
        } else {
            transaction.put(&at, *last, value).unwrap();
        }
        transaction.commit();
    }

    #[test]
    fn r7_a_task_refers_to_the_card_it_came_from_and_to_the_cases_it_found() {
        let mut register = create::register(ActorId::from(vec![1]), 0).unwrap();
        put(&mut register, &["searches", "t", "wish"], "Finn flere som dette");
        put(
            &mut register,
            &["searches", "t", "asked", "subject"],
            subject("board").as_str(),
        );
        put(&mut register, &["searches", "t", "asked", "item"], "card");
        put(
            &mut register,
            &["searches", "t", "cases", subject("case").as_str()],
            "true",
        );
        let uses = read_uses(&register, Kind::Register, &subject("register"));
        let task = Place::item(subject("register"), "t");
        assert_eq!(
            uses.things,
            [Thing {
                place: task.clone(),
                kind: ThingKind::Task,
                title: "Finn flere som dette".into(),
                date: String::new(),
                waits: true,
            }]
        );
        let to: Vec<_> = uses.uses.iter().map(|one| (&one.to, one.relation)).collect();
        assert_eq!(
            to,
            [
                (&Place::item(subject("board"), "card"), Relation::AskedBy),
                (&Place::subject(subject("case")), Relation::Found)
            ]
        );
        assert!(uses.uses.iter().all(|one| one.from == task));
    }

    #[test]
    fn r7_a_case_that_is_in_no_group_any_more_is_not_used_by_the_grouping() {
        let mut register = create::register(ActorId::from(vec![1]), 0).unwrap();
        put(&mut register, &["groupings", "g", "name"], "Etter drivkraft");
        put(
            &mut register,
            &["groupings", "g", "members", subject("in").as_str()],
            "a",
        );
        put(
            &mut register,
            &["groupings", "g", "members", subject("out").as_str()],
            "",
        );
        let uses = read_uses(&register, Kind::Register, &subject("register")).uses;
        assert_eq!(uses.len(), 1);
        assert_eq!(uses[0].to, Place::subject(subject("in")));
    }

    #[test]
    fn f1_what_is_no_document_of_ours_refers_to_nothing_and_harms_nothing() {
        let mut document = Automerge::new();
        put(&mut document, &["searches", "t", "asked"], "x");
        put(&mut document, &["notes"], "x");
        for kind in Kind::ALL {
            let uses = read_uses(&document, kind, &subject("s"));
            assert!(uses.uses.is_empty());
        }
    }
}
