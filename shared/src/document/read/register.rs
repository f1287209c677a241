//! Reading what the `register` document says about organisations.

use super::{At, Problem, Reader};
use crate::case::{ActorGroup, Level};
use crate::organisation::{LegalForm, Organisations, Said};
use automerge::Automerge;

/// What the team says about organisations, and what is wrong with it. Older documents say nothing.
pub fn read_organisations(document: &Automerge) -> (Organisations, Vec<Problem>) {
    let (mut reader, root) = Reader::of(document);
    reader.schema(&root);
    let said = reader.ordered(&root, "organisations", Reader::said);
    (Organisations::of(said), reader.problems)
}

impl Reader<'_> {
    fn said(&mut self, id: String, item: &At) -> Said {
        let aliases = self.ordered(item, "aliases", |reader, id, alias| {
            (id, reader.text(alias, "name"))
        });
        Said {
            id,
            name: self.text(item, "name"),
            aliases,
            legal_form: self.choice(item, "legal_form", LegalForm::parse),
            group: self.choice(item, "group", |word| ActorGroup::parse(word).map(Some)),
            level: self.choice(item, "level", |word| Level::parse(word).map(Some)),
            country: self.text(item, "country"),
            apart: self.set(item, "apart"),
        }
    }
}
