//! Other people's lists: they become cases together or come to those that are there, and can be taken back together.

use super::{Done, Given, Hub, Step, participant, seconds};
use crate::firewall::contain;
use crate::hub::Output;
use crate::hub::command::{Answer, CaseJoin, CaseRecord, Refused, SavedMapping};
use crate::hub::rows::{self, CatalogueRow, ImportRow, JoinedRow, ToldRow, key};
use crate::store::{ChangeHash, Table};
use samverk_shared::access::{Kind, State};
use samverk_shared::case::Case;
use samverk_shared::document::join::{Joined, Joining, join};
use samverk_shared::document::same::as_they_came;
use samverk_shared::ids::{DocumentId, ImportId, SubjectId, id_from_random};
use samverk_shared::import::cells::Put;
use samverk_shared::limits::IMPORT_JOINS_MAX;
use samverk_shared::merge::Swap;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// What comes in.
pub(super) struct Incoming<'a> {
    pub list: &'a str,
    pub records: &'a [CaseRecord],
    pub joins: &'a [CaseJoin],
    pub editions: &'a BTreeMap<String, (String, String)>,
    pub mappings: &'a [SavedMapping],
    pub cases_seen: Option<usize>,
}

impl Hub {
    pub(super) fn import_cases(
        &mut self,
        given: &Given<'_>,
        incoming: &Incoming<'_>,
        out: &mut Vec<Output>,
    ) -> Result<Step, Refused> {
        let cases = self.workshop_mut(given.workshop)?.catalogue.values();
        let here = cases.filter(|row| row.kind == Kind::Case).count();
        if incoming.cases_seen.is_some_and(|seen| seen != here) {
            return Err(Refused::Outdated);
        }
        if incoming.joins.len() > IMPORT_JOINS_MAX {
            return Err(Refused::Full);
        }
        let joins: Vec<(DocumentId, &CaseJoin)> = incoming
            .joins
            .iter()
            .filter_map(|join| Some((self.writable_case(given, &join.subject)?, join)))
            .collect();
        let changed = joins.iter().filter(|(_, join)| join.changes());
        let changed: Vec<DocumentId> = changed.map(|(document, _)| *document).collect();
        if !self.are_ready(given, changed, out) {
            return Ok(Step::Defer);
        }
        let mut done = Done {
            catalogue: true,
            ..Done::default()
        };
        let mut import = ImportRow {
            id: ImportId::from_random(self.fresh_bytes()),
            list: incoming.list.to_owned(),
            by: participant(given.by),
            at_ms: given.now,
            cases: Vec::new(),
            joined: Vec::new(),
            merged: None,
            code_form: false,
            mappings: incoming.mappings.to_vec(),
            undone_ms: None,
        };
        let mut left = incoming.joins.len() - joins.len();
        // Two rows may tell of one case.
        let mut came: BTreeMap<DocumentId, JoinedRow> = BTreeMap::new();
        for (document, join) in joins {
            let (fields_left, joined) = self.join_list(given, (document, join), &mut done)?;
            left += fields_left;
            let Some(joined) = joined else { continue };
            match came.entry(document) {
                Entry::Occupied(mut there) => there.get_mut().extend(joined),
                Entry::Vacant(new) => {
                    new.insert(joined);
                    import.joined.push(join.subject.clone());
                }
            }
        }
        for (document, row) in &came {
            put_joined(*document, &import.id, row, &mut done);
        }
        let added = self.add_cases(given, incoming.list, incoming.records.to_vec(), &mut done)?;
        for (row, record) in added.iter().zip(incoming.records) {
            if let Some((list, fingerprint)) = incoming.editions.get(&record.list) {
                let told = ToldRow {
                    list: list.clone(),
                    fingerprint: fingerprint.clone(),
                    record: record.clone(),
                };
                put_told(row.document, &told, &mut done);
            }
        }
        import.cases = added.into_iter().map(|row| row.subject).collect();
        if !import.cases.is_empty() || !import.joined.is_empty() {
            put(given, &import, &mut done);
        }
        done.answer = Some(Answer::Imported {
            cases: import.cases,
            updated: import.joined.len() as u32,
            left: left as u32,
        });
        Ok(Step::done(done))
    }

    /// What a list brings to a case; answers how many fields were left, since they were changed in the meantime, and what
    /// came to it.
    fn join_list(
        &mut self,
        given: &Given<'_>,
        (document, joined): (DocumentId, &CaseJoin),
        done: &mut Done,
    ) -> Result<(usize, Option<JoinedRow>), Refused> {
        put_told(document, &joined.told, done);
        if !joined.changes() {
            return Ok((0, None));
        }
        let coder = participant(given.by).map(|by| by.to_string()).unwrap_or_default();
        let joining = Joining {
            puts: &joined.puts,
            provenance: &joined.provenance,
            coder: &coder,
            ..Joining::default()
        };
        let came = self.join_to(given, document, &joining, done)?;
        if came.put.is_empty() && came.added.is_empty() {
            return Ok((came.left, None));
        }
        let row = JoinedRow {
            puts: came.put,
            swaps: Vec::new(),
            added: came.added,
            told: Some(joined.told.list.clone()),
            told_before: joined.told_before.clone(),
        };
        Ok((came.left, Some(row)))
    }

    /// Changes a document that is ready.
    pub(super) fn join_to(
        &mut self,
        given: &Given<'_>,
        document: DocumentId,
        joining: &Joining<'_>,
        done: &mut Done,
    ) -> Result<Joined, Refused> {
        self.make_whole(given, document, Kind::Case, done)?;
        let by = (self.server_actor(given)?, seconds(given.now));
        // More ids than are needed: they are made before, since the document is borrowed while it is changed.
        let wanted = joining.puts.len() + joining.provenance.len() + joining.same.map_or(0, items);
        let mut ids: Vec<String> = (0..wanted).map(|_| id_from_random(self.fresh_bytes())).collect();
        let set = self.workshop_mut(given.workshop)?.characteristics.clone();
        let loaded = self.content(document)?;
        let mut fresh = || ids.pop().unwrap_or_default();
        let came = contain(|| join(&loaded.automerge, joining, &set, &mut fresh, by));
        let mut came = came.ok().and_then(Result::ok).ok_or(Refused::Unreadable)?;
        if let Some(change) = came.change.take() {
            self.change_content(given, document, change, done)?;
            done.changed.push((document, Kind::Case));
        }
        Ok(came)
    }

    /// Whether all of them are; those that cannot be read are left out of it.
    pub(super) fn are_ready(
        &mut self,
        given: &Given<'_>,
        documents: impl IntoIterator<Item = DocumentId>,
        out: &mut Vec<Output>,
    ) -> bool {
        let mut ready = true;
        for document in documents {
            ready &= self.is_ready(document, given.now, out).unwrap_or(true);
        }
        ready
    }

    /// Nothing is deleted: a case that is archived can be opened again. The talk about it goes with it.
    pub(super) fn undo_import(
        &mut self,
        given: &Given<'_>,
        import: &ImportRow,
        (untouched, joined): (
            &BTreeMap<SubjectId, Vec<ChangeHash>>,
            &BTreeMap<SubjectId, JoinedRow>,
        ),
        out: &mut Vec<Output>,
    ) -> Result<Step, Refused> {
        let back: Vec<(DocumentId, &JoinedRow)> = joined
            .iter()
            .filter(|_| import.undone_ms.is_none())
            .filter_map(|(subject, row)| Some((self.writable_case(given, subject)?, row)))
            .collect();
        let from = self.merged_document(given, import)?;
        let documents = back.iter().map(|(document, _)| *document).chain(from);
        if !self.are_ready(given, documents.collect::<Vec<_>>(), out) {
            return Ok(Step::Defer);
        }
        let set = self.workshop_mut(given.workshop)?.characteristics.clone();
        let from = from.map(|document| self.case(document, &set)).transpose()?;
        let mut done = Done::default();
        let (mut restored, mut left_fields) = (0, 0);
        for (document, row) in back {
            left_fields += self.take_back_joined(given, document, (row, from.as_ref()), &mut done)?;
            restored += 1;
        }
        let archived = self.archive_untouched(given, import, untouched, &mut done)?;
        if let Some(merged) = import.merged.as_ref().filter(|_| import.undone_ms.is_none()) {
            self.set_state_of(given, merged, State::Open, &mut done)?;
        }
        let import = ImportRow {
            undone_ms: Some(given.now),
            ..import.clone()
        };
        put(given, &import, &mut done);
        done.answer = Some(Answer::Undone {
            archived,
            restored,
            left_fields,
        });
        Ok(Step::done(done))
    }

    /// Takes back what nobody has changed since; answers how many fields stay.
    fn take_back_joined(
        &mut self,
        given: &Given<'_>,
        document: DocumentId,
        (row, from): (&JoinedRow, Option<&Case>),
        done: &mut Done,
    ) -> Result<u32, Refused> {
        let puts: Vec<Put> = row.puts.iter().map(Put::back).collect();
        let swaps: Vec<Swap> = row.swaps.iter().map(Swap::back).collect();
        let removes = match from {
            Some(from) => {
                let set = self.workshop_mut(given.workshop)?.characteristics.clone();
                as_they_came(&self.case(document, &set)?, from, &row.added)
            }
            None => row.added.clone(),
        };
        let joining = Joining {
            puts: &puts,
            swaps: &swaps,
            removes: &removes,
            ..Joining::default()
        };
        let came = self.join_to(given, document, &joining, done)?;
        match (&row.told_before, &row.told) {
            (Some(before), _) => put_told(document, before, done),
            (None, Some(list)) => done.transaction.push(crate::store::Write::Delete {
                table: Table::Told,
                key: told_key(document, list),
            }),
            (None, None) => {}
        }
        Ok((came.left + row.added.len() - removes.len()) as u32)
    }

    fn archive_untouched(
        &mut self,
        given: &Given<'_>,
        import: &ImportRow,
        untouched: &BTreeMap<SubjectId, Vec<ChangeHash>>,
        done: &mut Done,
    ) -> Result<Vec<SubjectId>, Refused> {
        let mut archived = Vec::new();
        for subject in &import.cases {
            let row = self.workshop_mut(given.workshop)?.catalogue.get(subject).cloned();
            let heads = untouched.get(subject);
            let (Some(row), Some(heads)) = (row, heads) else {
                continue;
            };
            if row.state == State::Archived || self.is_touched(row.document, heads) {
                continue;
            }
            archived.push(subject.clone());
        }
        let rows = self.workshop_mut(given.workshop)?.catalogue.values();
        let talks = rows.filter_map(|row| Some((row.about.clone()?, row.clone())));
        let talks: BTreeMap<SubjectId, CatalogueRow> = talks.collect();
        for subject in &archived {
            let row = self.workshop_mut(given.workshop)?.catalogue.get(subject).cloned();
            for row in row.into_iter().chain(talks.get(subject).cloned()) {
                let state = State::Archived;
                done.changed.push((row.document, row.kind));
                self.put_row(given, CatalogueRow { state, ..row }, done)?;
            }
        }
        Ok(archived)
    }

    /// A case and the talk about it.
    pub(super) fn set_state_of(
        &mut self,
        given: &Given<'_>,
        subject: &SubjectId,
        state: State,
        done: &mut Done,
    ) -> Result<(), Refused> {
        let row = self.commanded(given, subject)?.clone();
        for row in [row].into_iter().chain(self.talks(given, subject)) {
            done.changed.push((row.document, row.kind));
            let merged = row.merged.clone().filter(|_| state == State::Archived);
            self.put_row(given, CatalogueRow { state, merged, ..row }, done)?;
        }
        Ok(())
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

/// Items that come along with a case that is the same.
fn items(case: &samverk_shared::case::Case) -> usize {
    case.parties.len() + case.provenance.len() + case.sources.len() + case.needs.len() + case.references.len()
}

pub(super) fn put(given: &Given<'_>, import: &ImportRow, done: &mut Done) {
    let row_key = key(&[given.workshop.as_str(), import.id.as_str()]);
    done.transaction.push(rows::put(Table::Imports, row_key, import));
}

pub(super) fn put_joined(document: DocumentId, import: &ImportId, row: &JoinedRow, done: &mut Done) {
    let row_key = key(&[&document.to_string(), import.as_str()]);
    done.transaction.push(rows::put(Table::Joined, row_key, row));
}

fn put_told(document: DocumentId, told: &ToldRow, done: &mut Done) {
    let row_key = told_key(document, &told.list);
    done.transaction.push(rows::put(Table::Told, row_key, told));
}

/// A list's name may hold anything, and be long: its digest stands in the key.
fn told_key(document: DocumentId, list: &str) -> String {
    let digest = blake3::hash(list.as_bytes()).to_hex();
    key(&[&document.to_string(), &digest[..32]])
}
