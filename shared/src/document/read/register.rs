//! Reading what the `register` document says about organisations, and the groupings people made in it.

use super::{At, Problem, Reader};
use crate::case::{ActorGroup, Level};
use crate::organisation::{LegalForm, Organisations, Said};
use crate::views::hand::HandMade;
use automerge::Automerge;
use std::collections::BTreeSet;

/// What the team says about organisations, and what is wrong with it. Older documents say nothing.
pub fn read_organisations(document: &Automerge) -> (Organisations, Vec<Problem>) {
    let (mut reader, root) = Reader::of(document);
    reader.schema(&root);
    let said = reader.ordered(&root, "organisations", Reader::said);
    (Organisations::of(said), reader.problems)
}

/// The groupings that people made and nobody has deleted, each with its cases that are in a group that is there.
pub fn read_hand_made(document: &Automerge) -> Vec<HandMade> {
    let (mut reader, root) = Reader::of(document);
    reader
        .ordered(&root, "groupings", Reader::hand_made)
        .into_iter()
        .flatten()
        .collect()
}

impl Reader<'_> {
    fn hand_made(&mut self, id: String, item: &At) -> Option<HandMade> {
        if self.is_removed(item) {
            return None;
        }
        let groups: BTreeSet<String> = self.items(item, "groups").into_iter().map(|(id, _)| id).collect();
        let members = self.child(item, "members");
        let cases = self.keys(&members);
        let placed = cases.into_iter().filter_map(|case| {
            let group = self.optional_text(&members, &case)?;
            Some((case.parse().ok()?, group)).filter(|(_, group)| groups.contains(group))
        });
        let members = placed.collect();
        Some(HandMade { id, members })
    }

    /// Whether somebody has deleted a grouping; it can be taken back.
    pub(super) fn is_removed(&mut self, grouping: &At) -> bool {
        let by = self.optional_text(grouping, "removed");
        by.is_some_and(|by| !by.is_empty())
    }

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
