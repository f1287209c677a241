//! Other people's lists: they become cases together, and can be taken back together.

use super::{Done, Given, Hub, participant};
use crate::hub::command::{Answer, CaseRecord, Refused, SavedMapping};
use crate::hub::rows::{self, CatalogueRow, ImportRow, key};
use crate::store::{ChangeHash, Table};
use samverk_shared::access::State;
use samverk_shared::ids::{DocumentId, ImportId, SubjectId};
use std::collections::BTreeMap;

impl Hub {
    pub(super) fn import_cases(
        &mut self,
        given: &Given<'_>,
        list: &str,
        records: &[CaseRecord],
        mappings: &[SavedMapping],
    ) -> Result<Done, Refused> {
        let mut done = Done {
            catalogue: true,
            ..Done::default()
        };
        let added = self.add_cases(given, list, records.to_vec(), &mut done)?;
        let cases: Vec<SubjectId> = added.into_iter().map(|row| row.subject).collect();
        let import = ImportRow {
            id: ImportId::from_random(self.fresh_bytes()),
            list: list.to_owned(),
            by: participant(given.by),
            at_ms: given.now,
            cases: cases.clone(),
            mappings: mappings.to_vec(),
            undone_ms: None,
        };
        if !cases.is_empty() {
            put(given, &import, &mut done);
        }
        done.answer = Some(Answer::Imported { cases });
        Ok(done)
    }

    /// Nothing is deleted: a case that is archived can be opened again. The talk about it goes with it.
    pub(super) fn undo_import(
        &mut self,
        given: &Given<'_>,
        import: &ImportRow,
        untouched: &BTreeMap<SubjectId, Vec<ChangeHash>>,
    ) -> Result<Done, Refused> {
        let mut done = Done::default();
        let mut archived = Vec::new();
        let rows = self.workshop_mut(given.workshop)?.catalogue.values();
        let talks = rows.filter_map(|row| Some((row.about.clone()?, row.clone())));
        let talks: BTreeMap<SubjectId, CatalogueRow> = talks.collect();
        for subject in &import.cases {
            let row = self.workshop_mut(given.workshop)?.catalogue.get(subject).cloned();
            let heads = untouched.get(subject);
            let (Some(row), Some(heads)) = (row, heads) else {
                continue;
            };
            if row.state == State::Archived || self.is_touched(row.document, heads) {
                continue;
            }
            for row in [row].into_iter().chain(talks.get(subject).cloned()) {
                let state = State::Archived;
                done.changed.push((row.document, row.kind));
                self.put_row(given, CatalogueRow { state, ..row }, &mut done)?;
            }
            archived.push(subject.clone());
        }
        let import = ImportRow {
            undone_ms: Some(given.now),
            ..import.clone()
        };
        put(given, &import, &mut done);
        done.answer = Some(Answer::Undone { archived });
        Ok(done)
    }

    /// Somebody's change came after it was found with these heads, or is on its way.
    fn is_touched(&self, document: DocumentId, heads: &[ChangeHash]) -> bool {
        let here = self
            .documents
            .get(&document)
            .filter(|here| !here.heads.is_empty());
        here.is_some_and(|here| here.heads != heads || here.batch.is_some() || !here.queue.is_empty())
    }
}

fn put(given: &Given<'_>, import: &ImportRow, done: &mut Done) {
    let row_key = key(&[given.workshop.as_str(), import.id.as_str()]);
    done.transaction.push(rows::put(Table::Imports, row_key, import));
}
