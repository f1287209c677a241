//! Where things are used: the references in all documents of a workshop that are no cases, kept until one changes.

use super::Reader;
use super::kept::KeptByDocument;
use crate::hub::rows::CatalogueRow;
use crate::store::{Store, StoreError};
use samverk_shared::access::{Action, Facts, Kind, Relation, decide};
use samverk_shared::document::read::read_uses;
use samverk_shared::ids::{DocumentId, SubjectId};
use samverk_shared::uses::Uses;
use std::collections::BTreeSet;
use std::sync::Arc;

/// A document of the catalogue, whatever it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentRow {
    /// What it is about.
    pub subject: SubjectId,
    /// The document at present.
    pub document: DocumentId,
    /// What it is of, for whom, and whether it takes edits.
    pub facts: Facts,
}

/// The references of one workshop.
#[derive(Default)]
pub struct UsesView(KeptByDocument<Uses>);

/// The kinds of documents that refer to other things.
const REFERRING: [Kind; 4] = [Kind::Register, Kind::Team, Kind::Board, Kind::Model];

impl UsesView {
    /// As far as the reader may see both what refers and what is referred to. `rows` are always all of the workshop:
    /// what is not among them is forgotten.
    pub fn answer(
        &self,
        store: &dyn Store,
        rows: &[DocumentRow],
        reader: Reader,
    ) -> Result<Uses, StoreError> {
        let shown = |row: &&DocumentRow| may_read(row.facts, reader);
        let mut parts = Vec::new();
        for row in rows
            .iter()
            .filter(|row| REFERRING.contains(&row.facts.kind))
            .filter(shown)
        {
            let read = |document: &_| read_uses(document, row.facts.kind, &row.subject);
            parts.push(self.0.of(store, row.document, read)?);
        }
        let listed: BTreeSet<DocumentId> = rows.iter().map(|row| row.document).collect();
        self.0.keep_only(&listed);
        let hidden: BTreeSet<&SubjectId> = rows
            .iter()
            .filter(|row| !shown(row))
            .map(|row| &row.subject)
            .collect();
        let mut uses = Uses::together(parts.iter().map(Arc::as_ref));
        uses.uses.retain(|one| !hidden.contains(&one.to.subject));
        Ok(Uses::together([&uses]))
    }
}

/// Whether a document is for this reader (P1).
pub(super) fn may_read(facts: Facts, reader: Reader) -> bool {
    decide(reader.grant().into(), Relation::default(), facts, Action::Read).is_ok()
}

impl From<&CatalogueRow> for DocumentRow {
    fn from(row: &CatalogueRow) -> Self {
        DocumentRow {
            subject: row.subject.clone(),
            document: row.document,
            facts: row.facts(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Write;
    use crate::store::memory::MemoryStore;
    use automerge::transaction::Transactable;
    use automerge::{ActorId, Automerge, ROOT, ReadDoc};
    use samverk_shared::access::{Audience, State};
    use samverk_shared::document::{create, model};
    use samverk_shared::model::Draft;

    const ACTOR: [u8; 16] = [7; 16];

    fn subject(n: u8) -> SubjectId {
        SubjectId::from_random([n; 16])
    }

    fn row(n: u8, kind: Kind, audience: Audience) -> DocumentRow {
        DocumentRow {
            subject: subject(n),
            document: DocumentId::from_random([n; 16]),
            facts: Facts {
                kind,
                audience,
                state: State::Open,
            },
        }
    }

    /// A document that is about a case.
    fn about(mut document: Automerge, list: &str, set: &str, case: u8) -> Automerge {
        let mut transaction = document.transaction();
        let (_, list) = transaction.get(&ROOT, list).unwrap().unwrap();
        let item = transaction
            .put_object(&list, "item", automerge::ObjType::Map)
            .unwrap();
        transaction.put(&item, "who", "Kari").unwrap();
        let set = transaction
            .put_object(&item, set, automerge::ObjType::Map)
            .unwrap();
        transaction.put(&set, subject(case).as_str(), true).unwrap();
        transaction.commit();
        document
    }

    fn store(documents: &[(&DocumentRow, Automerge)]) -> MemoryStore {
        let store = MemoryStore::default();
        for (row, document) in documents {
            let transaction = vec![Write::Append {
                document: row.document,
                bytes: document
                    .get_changes(&[])
                    .iter()
                    .flat_map(|change| change.raw_bytes().to_vec())
                    .collect(),
                heads: document.get_heads(),
            }];
            store.commit(&[transaction]).unwrap().remove(0).unwrap();
        }
        store
    }

    #[test]
    fn r7_p1_references_are_shown_to_who_may_see_both_ends() {
        let register = row(1, Kind::Register, Audience::Members);
        let team = row(2, Kind::Team, Audience::Team);
        let (open, hidden) = (
            row(3, Kind::Case, Audience::Members),
            row(4, Kind::Case, Audience::Team),
        );
        let actor = || ActorId::from(ACTOR);
        let store = store(&[
            (
                &register,
                about(create::register(actor(), 0).unwrap(), "searches", "cases", 4),
            ),
            (
                &team,
                about(create::team(actor(), 0).unwrap(), "entries", "about", 3),
            ),
        ]);
        let rows = [register, team, open, hidden];
        let view = UsesView::default();
        let seen = |reader| {
            let uses = view.answer(&store, &rows, reader).unwrap();
            (uses.things.len(), uses.uses.len())
        };
        assert_eq!(seen(Reader::Team), (2, 2));
        assert_eq!(
            seen(Reader::Member),
            (0, 0),
            "neither the team's document nor the team's case"
        );
        assert_eq!(seen(Reader::Client), (0, 0));
    }

    /// A model that rests on an item of a document.
    fn resting_on(document: u8, item: &str) -> Automerge {
        let draft = Draft {
            cases: vec![subject(3)],
            ..Draft::default()
        };
        let mut fresh = || "e".to_owned();
        let mut model =
            model::create("Nabolaget", "M1", &draft, ActorId::from(ACTOR), &mut fresh, 0).unwrap();
        let mut transaction = model.transaction();
        let (_, evidence) = transaction.get(&ROOT, "evidence").unwrap().unwrap();
        let link = transaction
            .put_object(&evidence, "said", automerge::ObjType::Map)
            .unwrap();
        transaction.put(&link, "case", "").unwrap();
        let entry = format!("{}/{item}", subject(document).as_str());
        transaction.put(&link, "entry", entry).unwrap();
        transaction.commit();
        model
    }

    #[test]
    fn r44_p1_what_was_said_is_evidence_that_the_team_alone_can_follow() {
        let model = row(1, Kind::Model, Audience::Members);
        let team = row(2, Kind::Team, Audience::Team);
        let case = row(3, Kind::Case, Audience::Members);
        let actor = ActorId::from(ACTOR);
        let said = about(create::team(actor, 0).unwrap(), "entries", "about", 3);
        let store = store(&[(&model, resting_on(2, "item")), (&team, said)]);
        let rows = [model, team, case];
        let view = UsesView::default();
        let seen = |reader| {
            let uses = view.answer(&store, &rows, reader).unwrap();
            let evidence = uses.uses.iter().filter(|one| one.from.subject == subject(1));
            let to: Vec<_> = evidence.map(|one| one.to.item.clone()).collect();
            let titles: Vec<String> = uses.things.into_iter().map(|thing| thing.title).collect();
            (to, titles)
        };
        assert_eq!(
            seen(Reader::Team),
            (
                vec![Some("item".into()), None],
                vec!["Nabolaget".into(), "Kari".into()]
            )
        );
        assert_eq!(
            seen(Reader::Member),
            (vec![None], vec!["Nabolaget".into()]),
            "neither which nor who"
        );
    }

    #[test]
    fn r7_a_document_that_changed_is_read_again() {
        let register = row(1, Kind::Register, Audience::Members);
        let empty = create::register(ActorId::from(ACTOR), 0).unwrap();
        let filled = about(empty.clone(), "searches", "cases", 3);
        let rows = [register.clone()];
        let view = UsesView::default();
        let before = view
            .answer(&store(&[(&register, empty)]), &rows, Reader::Team)
            .unwrap();
        let after = view
            .answer(&store(&[(&register, filled)]), &rows, Reader::Team)
            .unwrap();
        assert_eq!((before.uses.len(), after.uses.len()), (0, 1));
    }
}
