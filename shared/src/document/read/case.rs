//! Reading a case.

use super::{At, Problem, ProblemKind, Reader};
use crate::case::{Case, Coding, Party, Provenance, Selection};
use crate::characteristic::{self, Characteristic};
use automerge::Automerge;
use std::collections::{BTreeMap, BTreeSet};

/// The case in a document, and what is wrong with it.
pub fn read_case(document: &Automerge) -> (Case, Vec<Problem>) {
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
        codings: reader.codings(&root),
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

    fn codings(&mut self, root: &At) -> BTreeMap<String, Coding> {
        let mut codings = BTreeMap::new();
        for (key, item) in self.items(root, "codings") {
            let coding = self.coding(&item, characteristic::defaults().get(&key));
            codings.insert(key, coding);
        }
        for missing in characteristic::defaults()
            .iter()
            .filter(|c| !codings.contains_key(&c.key))
        {
            let path = At {
                id: None,
                path: "codings".into(),
            };
            self.problem(&path, &missing.key, ProblemKind::Missing);
        }
        codings
    }

    pub(super) fn coding(&mut self, item: &At, characteristic: Option<&Characteristic>) -> Coding {
        let coding = Coding {
            state: self.choice(item, "state", crate::case::CodingState::parse),
            value: self.optional_text(item, "value"),
            values: self.set(item, "values"),
            number: self.number(item, "number"),
            text: self.text(item, "text"),
            confidence: self.choice(item, "confidence", crate::case::Confidence::parse),
            coder: self.text(item, "coder"),
            note: self.text(item, "note"),
        };
        let known = |key: &String| characteristic.is_none_or(|c| c.values.iter().any(|v| v.key == *key));
        if !coding.value.iter().all(known) {
            self.problem(item, "value", ProblemKind::UnknownWord);
        }
        if !coding.values.iter().all(known) {
            self.problem(item, "values", ProblemKind::UnknownWord);
        }
        coding
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
