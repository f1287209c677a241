//! Reading a case.

use super::{At, Problem, ProblemKind, Reader};
use crate::case::{Case, Coding, Party, Provenance, Selection};
use crate::characteristic::{Characteristic, Characteristics, defaults};
use automerge::Automerge;
use std::collections::{BTreeMap, BTreeSet};

/// The case in a document, read by a set of characteristics, and what is wrong with it. A value that was merged reads as
/// what it was merged into; one that is not in use otherwise as none, which is a problem to show.
pub fn read_case(document: &Automerge, set: &Characteristics) -> (Case, Vec<Problem>) {
    let (mut reader, root) = Reader::of(document);
    reader.schema(&root);
    let facts = reader.child(&root, "facts");
    let texts = reader.child(&root, "texts");
    let case = Case {
        code: reader.text(&root, "code"),
        name: reader.text(&facts, "name"),
        country: reader.text(&facts, "country"),
        sector: reader.text(&facts, "sector"),
        source: reader.text(&facts, "source"),
        origin: reader.choice(&facts, "origin", crate::case::Origin::parse),
        status: reader.choice(&facts, "status", crate::case::Status::parse),
        start_year: reader.year(&facts, "start_year"),
        end_year: reader.year(&facts, "end_year"),
        period: reader.text(&facts, "period"),
        levels: reader.levels(&facts),
        description: reader.text(&texts, "description"),
        benefit: reader.text(&texts, "benefit"),
        notes: reader.text(&texts, "notes"),
        parties: reader.parties(&root),
        codings: reader.codings(&root, set),
        selection: reader.selection(&root),
        provenance: reader.provenance(&root),
        eligibility: reader.eligibility(&root),
        needs: reader.needs(&root),
        sources: reader.sources(&root),
        references: reader.references(&root),
        extra: reader.extra(&root),
    };
    (case, reader.problems)
}

impl Reader<'_> {
    fn levels(&mut self, facts: &At) -> BTreeSet<crate::case::Level> {
        let words = self.set(facts, "level");
        let parsed = words
            .iter()
            .filter_map(|w| crate::case::Level::parse(w))
            .collect::<BTreeSet<_>>();
        if parsed.len() < words.len() {
            self.problem(facts, "level", ProblemKind::UnknownWord);
        }
        parsed
    }

    fn parties(&mut self, root: &At) -> Vec<Party> {
        let mut parties = Vec::new();
        for (id, item) in self.items(root, "parties") {
            let party = Party {
                id,
                name: self.text(&item, "name"),
                group: self.choice(&item, "group", crate::case::ActorGroup::parse),
                role: self.choice(&item, "role", crate::case::PartyRole::parse),
            };
            parties.push((self.text(&item, "order"), party));
        }
        parties.sort_by(|(a, p), (b, q)| a.cmp(b).then_with(|| p.id.cmp(&q.id)));
        parties.into_iter().map(|(_, party)| party).collect()
    }

    fn codings(&mut self, root: &At, set: &Characteristics) -> BTreeMap<String, Coding> {
        let mut codings = BTreeMap::new();
        for (key, item) in self.items(root, "codings") {
            let deleted = set.deleted(&key).filter(|_| set.get(&key).is_none());
            let coding = self.coding(&item, set.get(&key).or(deleted));
            // Who coded it did not know that it was gone.
            if deleted.is_some() && coding.state != crate::case::CodingState::NotCoded {
                self.problem(&item, "state", ProblemKind::UnknownWord);
            }
            codings.insert(key, coding);
        }
        // A characteristic of a workshop's own came after some of its cases were born, which is nothing wrong.
        let born_with = set
            .characteristics
            .iter()
            .filter(|c| defaults().get(&c.key).is_some());
        for missing in born_with.filter(|c| !codings.contains_key(&c.key)) {
            let path = At {
                id: None,
                path: "codings".into(),
            };
            self.problem(&path, &missing.key, ProblemKind::Missing);
        }
        codings
    }

    pub(super) fn coding(&mut self, item: &At, characteristic: Option<&Characteristic>) -> Coding {
        let value = self.optional_text(item, "value");
        let values = self.set(item, "values");
        Coding {
            state: self.choice(item, "state", crate::case::CodingState::parse),
            value: self.living(item, "value", characteristic, value).pop_first(),
            values: self.living(item, "values", characteristic, values),
            number: self.number(item, "number"),
            text: self.text(item, "text"),
            confidence: self.choice(item, "confidence", crate::case::Confidence::parse),
            coder: self.text(item, "coder"),
            note: self.text(item, "note"),
        }
    }

    /// The values in use that these keys stand for.
    fn living(
        &mut self,
        item: &At,
        field: &str,
        characteristic: Option<&Characteristic>,
        keys: impl IntoIterator<Item = String>,
    ) -> BTreeSet<String> {
        let mut living = BTreeSet::new();
        let mut unknown = false;
        for key in keys {
            match characteristic.map(|c| c.living(&key).map(|value| value.key.clone())) {
                None => drop(living.insert(key)),
                Some(Some(key)) => drop(living.insert(key)),
                Some(None) => unknown = true,
            }
        }
        if unknown {
            self.problem(item, field, ProblemKind::UnknownWord);
        }
        living
    }

    fn selection(&mut self, root: &At) -> Selection {
        let item = self.child(root, "selection");
        Selection {
            decision: self.choice(&item, "decision", crate::case::Decision::parse),
            criterion: self.choice(&item, "criterion", crate::case::Criterion::parse),
            reason: self.text(&item, "reason"),
            by: self.text(&item, "by"),
        }
    }

    fn provenance(&mut self, root: &At) -> Vec<Provenance> {
        let mut all = Vec::new();
        for (_, item) in self.items(root, "provenance") {
            let row = self.number(&item, "row").unwrap_or_default() as i64;
            all.push(Provenance {
                list: self.text(&item, "list"),
                row,
            });
        }
        all.sort();
        all
    }

    fn extra(&mut self, root: &At) -> BTreeMap<String, String> {
        let extra = self.child(root, "extra");
        let columns = self.keys(&extra);
        columns
            .into_iter()
            .map(|column| (column.clone(), self.text(&extra, &column)))
            .collect()
    }
}
