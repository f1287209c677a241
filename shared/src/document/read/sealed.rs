//! Reading one person's answers to a collection.

use super::{At, Reader};
use crate::characteristic::Characteristics;
use crate::collection::{Answers, Rating};
use crate::double_coding::ByCase;
use automerge::Automerge;
use std::collections::BTreeMap;

/// All that stands in a sealed document; what counts of it is another question (`Answers::counted`).
pub fn read_answers(document: &Automerge, set: &Characteristics) -> Answers {
    let (mut reader, root) = Reader::of(document);
    Answers {
        notes: reader.notes(&root),
        votes: reader.votes(&root),
        ratings: reader.ratings(&root),
        codings: reader.codings_by_case(&root, set),
    }
}

impl Reader<'_> {
    fn notes(&mut self, root: &At) -> Vec<String> {
        let mut notes = Vec::new();
        for (id, item) in self.items(root, "notes") {
            notes.push((self.text(&item, "order"), id, self.text(&item, "text")));
        }
        notes.sort();
        notes.into_iter().map(|(_, _, text)| text).collect()
    }

    fn votes(&mut self, root: &At) -> BTreeMap<String, i64> {
        let votes = self.child(root, "votes");
        let keys = self.keys(&votes);
        let given = keys
            .into_iter()
            .filter_map(|key| Some((self.whole(&votes, &key)?, key)));
        given.map(|(votes, key)| (key, votes)).collect()
    }

    fn ratings(&mut self, root: &At) -> BTreeMap<String, Rating> {
        let mut ratings = BTreeMap::new();
        for (key, item) in self.items(root, "ratings") {
            if let Some(score) = self.whole(&item, "score") {
                let reason = self.text(&item, "reason");
                ratings.insert(key, Rating { score, reason });
            }
        }
        ratings
    }

    fn codings_by_case(&mut self, root: &At, set: &Characteristics) -> ByCase {
        let all = self.child(root, "codings");
        let mut by_case = ByCase::new();
        for key in self.keys(&all) {
            let Ok(case) = key.parse() else { continue };
            let items = self.items(&all, &key);
            let codings = items.into_iter().map(|(key, item)| {
                let coding = self.coding(&item, set.get(&key));
                (key, coding)
            });
            by_case.insert(case, codings.collect());
        }
        by_case
    }

    /// A whole number; what lies between two is none.
    fn whole(&mut self, at: &At, key: &str) -> Option<i64> {
        let number = self.number(at, key)?;
        (number.fract() == 0.0 && number.abs() < 1e9).then_some(number as i64)
    }
}
