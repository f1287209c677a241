//! The register of one workshop: a row for each case, kept until its document changes.

use super::contents::{self, may_list, there};
use super::said::Said;
use super::{CaseRow, Listed, Reader, Rendered, locked};
use crate::store::{ChangeHash, Store, StoreError, Stored};
use samverk_shared::characteristic::{Characteristic, Characteristics};
use samverk_shared::ids::DocumentId;
use samverk_shared::limits::SCHEMA;
use samverk_shared::organisation::Organisations;
use samverk_shared::register::{RegisterRow, by_code, row, unreadable};
use samverk_shared::views::hand::HandMade;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

/// The register of one workshop.
#[derive(Default)]
pub struct RegisterView {
    /// Documents that changed since they were read. A lock of its own: marking never waits for a reading.
    changed: Mutex<BTreeSet<DocumentId>>,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    rows: BTreeMap<DocumentId, Entry>,
    /// The set the rows were read by.
    set: Option<Arc<Characteristics>>,
    /// What the team says about organisations; it counts in the rows.
    said: Said,
    /// What was rendered last for each reader.
    rendered: [Option<Rendered>; Reader::ALL.len()],
}

/// A row and what it was made from.
struct Entry {
    heads: Vec<ChangeHash>,
    row: Arc<RegisterRow>,
    json: Vec<u8>,
    /// Digest of what figures are made from: words people type change none.
    figures: blake3::Hash,
    /// Digest of what the screen about what is missing is made from.
    missing: blake3::Hash,
    /// Digest of what organisations and their map are made from.
    actors: blake3::Hash,
}

/// Rows as somebody may list them.
pub struct Rows {
    /// In the order of their codes.
    pub rows: Vec<Arc<RegisterRow>>,
    /// What the team says about organisations, as far as the reader may read it.
    pub organisations: Arc<Organisations>,
    /// The groupings people made, as far as the reader may read them.
    pub hand_made: Arc<Vec<HandMade>>,
    /// Digest of what of all this the purpose needs.
    pub digest: blake3::Hash,
}

/// What rows are read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum For {
    /// Figures.
    Figures,
    /// What is missing.
    Missing,
    /// Organisations.
    Actors,
    /// Groupings by hand.
    HandMade,
    /// Models: figures, and where the parties are.
    Models,
}

impl Entry {
    fn new(heads: Vec<ChangeHash>, row: RegisterRow) -> Self {
        let json = serde_json::to_vec(&row).unwrap_or_else(|_| b"null".to_vec());
        Entry {
            heads,
            figures: figures(&row),
            missing: missing(&row),
            actors: actors(&row),
            row: Arc::new(row),
            json,
        }
    }
}

impl RegisterView {
    /// The document is read again at the next rendering.
    pub fn mark_changed(&self, document: DocumentId) {
        locked(&self.changed).insert(document);
    }

    /// The rows in order of their codes, with the characteristics they are coded by.
    pub fn render(
        &self,
        store: &dyn Store,
        set: &Arc<Characteristics>,
        listed: &Listed,
        reader: Reader,
    ) -> Result<Rendered, StoreError> {
        let mut kept = locked(&self.kept);
        self.refresh(&mut kept, store, set, listed)?;
        let shown = shown(&kept, &listed.cases, reader);
        let etag = digest(&shown, set, kept.said.settling(), reader);
        if let Some(last) = kept.rendered[reader as usize]
            .as_ref()
            .filter(|last| last.etag == etag)
        {
            return Ok(last.clone());
        }
        let rendered = Rendered::new(json(&shown, set), etag);
        kept.rendered[reader as usize] = Some(rendered.clone());
        Ok(rendered)
    }

    /// The rows for this reader.
    pub fn rows(
        &self,
        store: &dyn Store,
        set: &Arc<Characteristics>,
        listed: &Listed,
        reader: Reader,
        purpose: For,
    ) -> Result<Rows, StoreError> {
        let mut kept = locked(&self.kept);
        self.refresh(&mut kept, store, set, listed)?;
        let shown = shown(&kept, &listed.cases, reader);
        let mut hasher = blake3::Hasher::new();
        hasher.update(&set.version.to_le_bytes());
        for entry in &shown {
            let digests: &[&blake3::Hash] = match purpose {
                For::Figures | For::HandMade => &[&entry.figures],
                For::Missing => &[&entry.missing],
                For::Actors => &[&entry.actors],
                For::Models => &[&entry.figures, &entry.actors],
            };
            for digest in digests {
                hasher.update(digest.as_bytes());
            }
        }
        let organisations = kept.said.for_reader(listed.register.as_ref(), reader);
        if purpose == For::Actors {
            hasher.update(kept.said.settling().as_bytes());
            hasher.update(&kept.said.version(listed.register.as_ref(), reader));
        }
        if purpose == For::HandMade {
            hasher.update(&kept.said.version(listed.register.as_ref(), reader));
        }
        Ok(Rows {
            hand_made: kept.said.hand_made(listed.register.as_ref(), reader),
            rows: shown.iter().map(|entry| entry.row.clone()).collect(),
            organisations,
            digest: hasher.finalize(),
        })
    }

    /// Brings the rows to what is stored. When the store fails, what was marked stays marked.
    fn refresh(
        &self,
        kept: &mut Kept,
        store: &dyn Store,
        set: &Arc<Characteristics>,
        listed: &Listed,
    ) -> Result<(), StoreError> {
        if kept.set.as_ref().is_none_or(|before| !before.reads_as(set)) {
            kept.rows.clear();
        }
        kept.set = Some(set.clone());
        let marked = std::mem::take(&mut *locked(&self.changed));
        let read = refresh_all(kept, store, set, listed, &marked);
        if read.is_err() {
            locked(&self.changed).extend(marked);
            return read;
        }
        let listed: BTreeSet<DocumentId> = listed.cases.iter().map(|case| case.document).collect();
        kept.rows.retain(|document, _| listed.contains(document));
        Ok(())
    }
}

fn refresh_all(
    kept: &mut Kept,
    store: &dyn Store,
    set: &Characteristics,
    listed: &Listed,
    marked: &BTreeSet<DocumentId>,
) -> Result<(), StoreError> {
    if kept.said.refresh(store, listed.register.as_ref(), marked)? {
        for entry in kept.rows.values_mut() {
            settle(entry, kept.said.organisations());
        }
    }
    listed
        .cases
        .iter()
        .try_for_each(|case| refresh_one(kept, store, set, case, marked))
}

/// Has what is said about organisations count in a row.
fn settle(entry: &mut Entry, organisations: &Organisations) {
    let mut row = RegisterRow::clone(&entry.row);
    row.settle(organisations);
    if row != *entry.row {
        *entry = Entry::new(std::mem::take(&mut entry.heads), row);
    }
}

/// The rows this reader may list, in the order of their codes.
fn shown<'a>(kept: &'a Kept, cases: &[CaseRow], reader: Reader) -> Vec<&'a Entry> {
    let listed = cases.iter().filter(|case| may_list(case, reader));
    let mut shown: Vec<&Entry> = listed.filter_map(|case| kept.rows.get(&case.document)).collect();
    shown.sort_by(|a, b| by_code(&a.row, &b.row));
    shown
}

/// All of a row that a figure may depend on (`samverk_shared::views`).
fn figures(row: &RegisterRow) -> blake3::Hash {
    let parts = (
        (&row.subject, &row.code, row.state, row.origin, row.decision),
        (
            &row.country,
            &row.sector,
            &row.level,
            row.mix,
            row.eligible,
            row.narrow_ecosystem,
        ),
        (&row.codings, &row.problems),
    );
    blake3::hash(&serde_json::to_vec(&parts).unwrap_or_default())
}

/// All of a row that organisations and their map may depend on.
fn actors(row: &RegisterRow) -> blake3::Hash {
    let named = row.named.iter();
    let named: Vec<_> = named
        .map(|party| (&party.id, &party.name, party.group, party.role))
        .collect();
    let parts = (
        (&row.subject, &row.code, row.state, row.origin, row.decision),
        (named, &row.actor_groups, row.narrow_ecosystem),
        (&row.codings, &row.problems),
    );
    blake3::hash(&serde_json::to_vec(&parts).unwrap_or_default())
}

/// All of a row that the view of what is missing may depend on.
fn missing(row: &RegisterRow) -> blake3::Hash {
    let parts = (
        (&row.subject, &row.code, row.state, row.origin, row.decision),
        (&row.codings, &row.uncoded, &row.problems, &row.work),
        row.narrow_ecosystem,
    );
    blake3::hash(&serde_json::to_vec(&parts).unwrap_or_default())
}

fn refresh_one(
    kept: &mut Kept,
    store: &dyn Store,
    set: &Characteristics,
    case: &CaseRow,
    marked: &BTreeSet<DocumentId>,
) -> Result<(), StoreError> {
    let current = kept
        .rows
        .get_mut(&case.document)
        .filter(|e| e.row.subject == case.subject);
    if let Some(entry) = current {
        if entry.row.state != case.state {
            let row = RegisterRow {
                state: case.state,
                ..RegisterRow::clone(&entry.row)
            };
            *entry = Entry::new(std::mem::take(&mut entry.heads), row);
        }
        if !marked.contains(&case.document) || has_heads(store, case.document, &entry.heads)? {
            return Ok(());
        }
    }
    let mut entry = read(store, set, case)?;
    settle(&mut entry, kept.said.organisations());
    kept.rows.insert(case.document, entry);
    Ok(())
}

/// Whether the stored document still is what the row was made from.
pub(super) fn has_heads(
    store: &dyn Store,
    document: DocumentId,
    heads: &[ChangeHash],
) -> Result<bool, StoreError> {
    let meta = there(store.meta(document))?;
    Ok(meta.is_some_and(|meta| !heads.is_empty() && meta.heads == heads))
}

/// The row of a stored document. One that cannot be read is a row that says so, and no reason to fail.
fn read(store: &dyn Store, set: &Characteristics, case: &CaseRow) -> Result<Entry, StoreError> {
    let stored = there(store.load(case.document))?;
    let (subject, document, state) = (case.subject.clone(), case.document, case.state);
    let made = stored.and_then(|stored| {
        let row = contained(&stored, set, case)?;
        Some(Entry::new(stored.meta.heads, row))
    });
    Ok(made.unwrap_or_else(|| Entry::new(Vec::new(), unreadable(subject, document, state, set))))
}

/// The row of what is stored, or none of a document that cannot be read.
fn contained(stored: &Stored, set: &Characteristics, case: &CaseRow) -> Option<RegisterRow> {
    let (content, problems) = contents::case(stored, case.document, set)?;
    let (subject, document, state) = (case.subject.clone(), case.document, case.state);
    Some(row(subject, document, state, &content, &problems, set))
}

/// The digest of all that the rows are made from, and of whom they are for.
fn digest(shown: &[&Entry], set: &Characteristics, settling: blake3::Hash, reader: Reader) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher
        .update(env!("CARGO_PKG_VERSION").as_bytes())
        .update(&SCHEMA.to_le_bytes())
        .update(&set.version.to_le_bytes())
        .update(&[reader as u8])
        .update(settling.as_bytes());
    for entry in shown {
        hasher
            .update(entry.row.subject.as_str().as_bytes())
            .update(&entry.row.document.0);
        hasher
            .update(&[entry.row.state as u8])
            .update(&(entry.heads.len() as u64).to_le_bytes());
        for head in &entry.heads {
            hasher.update(&head.0);
        }
    }
    hasher.finalize().to_hex()[..32].to_owned()
}

fn json(shown: &[&Entry], set: &Characteristics) -> Vec<u8> {
    let mut out = Vec::with_capacity(shown.iter().map(|e| e.json.len() + 1).sum::<usize>() + 32 * 1024);
    out.extend_from_slice(b"{\"rows\":[");
    for (place, entry) in shown.iter().enumerate() {
        if place > 0 {
            out.push(b',');
        }
        out.extend_from_slice(&entry.json);
    }
    out.extend_from_slice(b"],\"characteristics\":");
    let in_use: Vec<&Characteristic> = set.iter().collect();
    out.extend(serde_json::to_vec(&in_use).unwrap_or_else(|_| b"[]".to_vec()));
    out.extend_from_slice(format!(",\"characteristics_version\":{}}}", set.version).as_bytes());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Changes, Conflict, Meta, ReadError, Record, Records, Table, Transaction};
    use crate::views::Views;
    use automerge::transaction::Transactable;
    use automerge::{Automerge, LoadOptions, ROOT, ReadDoc};
    use samverk_shared::access::{Audience, State};
    use samverk_shared::characteristic::defaults;
    use samverk_shared::document::{TEXT_ENCODING, create};
    use samverk_shared::ids::{SubjectId, WorkshopId};
    use samverk_shared::import::CaseRecord;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

    /// A store that counts how often a document is loaded, and fails when told to.
    #[derive(Default)]
    struct Counting {
        documents: Mutex<BTreeMap<DocumentId, Stored>>,
        loads: AtomicUsize,
        fails: AtomicBool,
    }

    fn broken() -> StoreError {
        StoreError("disk".into())
    }

    impl Changes for Counting {
        fn load(&self, document: DocumentId) -> Result<Option<Stored>, ReadError> {
            if self.fails.load(Ordering::SeqCst) {
                return Err(broken().into());
            }
            self.loads.fetch_add(1, Ordering::SeqCst);
            Ok(locked(&self.documents).get(&document).cloned())
        }
        fn meta(&self, document: DocumentId) -> Result<Option<Meta>, ReadError> {
            Ok(locked(&self.documents).get(&document).map(|s| s.meta.clone()))
        }
        fn documents(&self) -> Result<Vec<DocumentId>, StoreError> {
            Ok(locked(&self.documents).keys().copied().collect())
        }
        fn quarantined(&self) -> Result<Vec<(DocumentId, String)>, StoreError> {
            Ok(Vec::new())
        }
    }

    impl Records for Counting {
        fn get(&self, _: Table, _: &str) -> Result<Option<Record>, StoreError> {
            Ok(None)
        }
        fn scan(&self, _: Table, _: &str) -> Result<Vec<(String, Record)>, StoreError> {
            Ok(Vec::new())
        }
    }

    impl Store for Counting {
        fn commit(&self, _: &[Transaction]) -> Result<Vec<Result<(), Conflict>>, StoreError> {
            Err(broken())
        }
        fn shrink(&self) -> Result<(), StoreError> {
            Ok(())
        }
    }

    struct Bench {
        store: Arc<Counting>,
        views: Views,
        workshop: WorkshopId,
        cases: Vec<CaseRow>,
    }

    impl Bench {
        /// A workshop with a case for each code.
        fn with(codes: &[&str]) -> Self {
            let store = Arc::new(Counting::default());
            let mut cases = Vec::new();
            for (n, code) in codes.iter().enumerate() {
                let record = CaseRecord {
                    code: (*code).into(),
                    ..CaseRecord::named("Navn")
                };
                let automerge =
                    create::case(&record, defaults(), [7; 16].into(), &mut || "id".into(), 0).unwrap();
                let document = DocumentId::from_random([n as u8; 16]);
                let subject = SubjectId::from_random([n as u8; 16]);
                put(&store, document, &automerge);
                cases.push(CaseRow {
                    subject,
                    document,
                    audience: Audience::Members,
                    state: State::Open,
                });
            }
            let views = Views::new(store.clone());
            Bench {
                store,
                views,
                workshop: WorkshopId::from_random([0; 16]),
                cases,
            }
        }

        fn listed(&self) -> Listed {
            Listed {
                cases: self.cases.clone(),
                register: None,
            }
        }

        fn rendered(&self, reader: Reader) -> Rendered {
            self.views
                .register(&self.workshop, &self.listed(), reader)
                .unwrap()
        }

        fn rows(&self, reader: Reader) -> Vec<serde_json::Value> {
            let json: serde_json::Value = serde_json::from_slice(&self.rendered(reader).json).unwrap();
            assert_eq!(json["characteristics"].as_array().unwrap().len(), 24);
            json["rows"].as_array().unwrap().clone()
        }

        fn codes(&self, reader: Reader) -> Vec<String> {
            self.rows(reader)
                .iter()
                .map(|r| r["code"].as_str().unwrap().to_owned())
                .collect()
        }

        fn rename(&self, place: usize, name: &str) {
            let document = self.cases[place].document;
            let stored = locked(&self.store.documents)[&document].bytes();
            let options = LoadOptions::new().text_encoding(TEXT_ENCODING);
            let mut automerge = Automerge::load_with_options(&stored, options).unwrap();
            let facts = automerge.get(ROOT, "facts").unwrap().unwrap().1;
            let text = automerge.get(&facts, "name").unwrap().unwrap().1;
            let mut tx = automerge.transaction();
            tx.update_text(&text, name).unwrap();
            tx.commit();
            put(&self.store, document, &automerge);
            self.views.mark_changed(&self.workshop, document);
        }

        fn loads(&self) -> usize {
            self.store.loads.swap(0, Ordering::SeqCst)
        }
    }

    fn put(store: &Counting, document: DocumentId, automerge: &Automerge) {
        let meta = Meta {
            heads: automerge.get_heads(),
            ..Meta::default()
        };
        let stored = Stored {
            meta,
            snapshot: automerge.save().into(),
            log: Vec::new(),
        };
        locked(&store.documents).insert(document, stored);
    }

    #[test]
    fn p1_rows_stand_in_the_order_people_count_and_only_the_team_has_its_own() {
        let mut bench = Bench::with(&["N10", "N2", "I1"]);
        bench.cases[1].state = State::Archived;
        assert_eq!(bench.codes(Reader::Team), ["I1", "N2", "N10"]);
        assert_eq!(bench.codes(Reader::Member), ["I1", "N10"]);
        bench.cases[1].state = State::Open;
        assert_eq!(bench.rows(Reader::Member)[1]["state"], "open");
        assert_ne!(
            bench.rendered(Reader::Team).etag,
            bench.rendered(Reader::Member).etag
        );
        bench.cases[0].audience = Audience::Team;
        assert_eq!(
            (bench.codes(Reader::Team).len(), bench.codes(Reader::Member).len()),
            (3, 2)
        );
        assert_eq!(
            bench.codes(Reader::Client),
            [""; 0],
            "the client sees what is opened"
        );
        bench.cases[2].audience = Audience::Client;
        assert_eq!(bench.codes(Reader::Client), ["I1"]);
    }

    #[test]
    fn only_what_changed_is_read_again_and_the_etag_tells() {
        let bench = Bench::with(&["A", "B", "C"]);
        let first = bench.rendered(Reader::Team);
        assert_eq!(bench.loads(), 3);
        bench.views.mark_changed(&bench.workshop, bench.cases[0].document);
        assert_eq!(
            (bench.rendered(Reader::Team), bench.loads()),
            (first.clone(), 0),
            "the heads are the same"
        );
        bench.rename(1, "Nytt navn");
        let second = bench.rendered(Reader::Team);
        assert_eq!(bench.loads(), 1);
        assert_ne!(second.etag, first.etag);
        assert_eq!(bench.rows(Reader::Team)[1]["name"], "Nytt navn");
    }

    #[test]
    fn f1_a_document_that_cannot_be_read_is_a_row_that_says_so() {
        let bench = Bench::with(&["A", "B"]);
        let mut damaged = locked(&bench.store.documents)[&bench.cases[0].document].clone();
        damaged.snapshot = damaged.snapshot.slice(..damaged.snapshot.len() / 2);
        locked(&bench.store.documents).insert(bench.cases[0].document, damaged);
        locked(&bench.store.documents).insert(bench.cases[1].document, Stored::default());
        let bench = Bench {
            cases: [bench.cases.clone(), Bench::with(&["C", "D", "E"]).cases].concat(),
            ..bench
        };
        let rows = bench.rows(Reader::Team);
        assert_eq!(rows[0]["problems"][0]["kind"], "unreadable");
        assert_eq!(
            rows.iter()
                .filter(|r| !r["problems"].as_array().unwrap().is_empty())
                .count(),
            rows.len()
        );
    }

    #[test]
    fn a_store_that_fails_leaves_what_was_marked_for_the_next_time() {
        let bench = Bench::with(&["A"]);
        bench.rendered(Reader::Team);
        bench.rename(0, "Nytt navn");
        bench.store.fails.store(true, Ordering::SeqCst);
        assert!(
            bench
                .views
                .register(&bench.workshop, &bench.listed(), Reader::Team)
                .is_err()
        );
        bench.store.fails.store(false, Ordering::SeqCst);
        assert_eq!(bench.rows(Reader::Team)[0]["name"], "Nytt navn");
    }

    #[test]
    fn many_who_ask_at_once_make_one_reading() {
        let bench = Bench::with(&["A", "B", "C", "D"]);
        let all: Vec<Rendered> = std::thread::scope(|scope| {
            let asking: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| bench.rendered(Reader::Team)))
                .collect();
            asking.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(all.iter().all(|r| *r == all[0]));
        assert_eq!(bench.loads(), 4);
    }

    #[test]
    fn r36_a_name_that_changes_is_no_reason_to_compute_figures_anew() {
        let bench = Bench::with(&["A", "B"]);
        let ask = || {
            let question = crate::views::Question::Variation(None);
            bench
                .views
                .figures(&bench.workshop, &bench.listed(), Reader::Team, &question)
                .unwrap()
        };
        let before = ask();
        bench.rename(0, "Nytt navn");
        assert_eq!(ask(), before);
        assert!(matches!(before, crate::views::Figures::Ready(_)));
    }

    /// Has each case name KS as a party of a group left open, and the team say that it is voluntary.
    fn with_ks(bench: &Bench) -> CaseRow {
        for case in &bench.cases {
            let record = CaseRecord {
                code: "N01".into(),
                parties: vec![
                    ("KS".into(), "offentlig".into()),
                    ("NTNU".into(), "forskning".into()),
                ],
                ..CaseRecord::named("Navn")
            };
            let mut ids = 0..;
            let mut fresh = || ids.next().unwrap_or(0).to_string();
            let automerge = create::case(&record, defaults(), [7; 16].into(), &mut fresh, 0).unwrap();
            put(&bench.store, case.document, &automerge);
            bench.views.mark_changed(&bench.workshop, case.document);
        }
        let mut register = create::register([8; 16].into(), 0).unwrap();
        let list = register.get(ROOT, "organisations").unwrap().unwrap().1;
        let mut tx = register.transaction();
        let item = tx.put_object(&list, "o1", automerge::ObjType::Map).unwrap();
        for (key, word) in [("name", "KS"), ("group", "frivillig"), ("order", "i")] {
            tx.put(&item, key, word).unwrap();
        }
        tx.commit();
        let document = DocumentId::from_random([99; 16]);
        put(&bench.store, document, &register);
        CaseRow {
            subject: SubjectId::from_random([99; 16]),
            document,
            audience: Audience::Members,
            state: State::Open,
        }
    }

    #[test]
    fn r9_p1_what_the_team_says_of_an_organisation_counts_for_all_and_is_told_to_members() {
        let bench = Bench::with(&["A"]);
        let mut listed = bench.listed();
        listed.cases[0].audience = Audience::Client;
        let rows = |listed: &Listed, reader| {
            let json = bench
                .views
                .register(&bench.workshop, listed, reader)
                .unwrap()
                .json;
            let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
            json["rows"][0].clone()
        };
        assert_eq!(rows(&listed, Reader::Team)["mix"]["public"], false);
        listed.register = Some(with_ks(&bench));
        for reader in Reader::ALL {
            let row = rows(&listed, reader);
            assert_eq!(row["actor_groups"], serde_json::json!(["forskning", "frivillig"]));
            assert_eq!(
                (&row["mix"]["public"], &row["mix"]["voluntary"]),
                (&false.into(), &true.into())
            );
        }
        let organisations = |reader| {
            let question = crate::views::Question::Organisations;
            let figures = bench
                .views
                .figures(&bench.workshop, &listed, reader, &question)
                .unwrap();
            let crate::views::Figures::Ready(rendered) = figures else {
                panic!("it is computed at once");
            };
            let json: serde_json::Value = serde_json::from_slice(&rendered.json).unwrap();
            json["organisations"][0]["items"].as_array().unwrap().len()
        };
        assert_eq!(
            (organisations(Reader::Member), organisations(Reader::Client)),
            (1, 0)
        );
        listed.register = None;
        assert_eq!(rows(&listed, Reader::Team)["mix"]["public"], true);
    }

    #[test]
    fn a_case_that_left_the_catalogue_leaves_the_register() {
        let mut bench = Bench::with(&["A", "B"]);
        assert_eq!(bench.codes(Reader::Team), ["A", "B"]);
        bench.cases.remove(0);
        assert_eq!(bench.codes(Reader::Team), ["B"]);
    }
}
