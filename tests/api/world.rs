//! A server whose store was filled before it started: what rows can express, and people to ask about it.

use crate::browser::{Browser, Site, config};
use crate::joining::link;
use crate::peer::{Line, id};
use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, Automerge, AutomergeError, Change, ObjType, ROOT, ReadDoc};
use samverk::hub::rows::{CatalogueRow, DocumentRow, key, put};
use samverk::start;
use samverk::store::{RedbStore, Store, Table, Write};
use samverk_shared::access::{Action, Audience, Denial, Facts, Grant, Kind, State, decide};
use samverk_shared::access_page::cell;
use samverk_shared::characteristic::defaults;
use samverk_shared::document::{TEXT_ENCODING, create, shape};
use samverk_shared::ids::{DocumentId, ParticipantId, SubjectId, WorkshopId};
use samverk_tests::frames::ServerFrame;

/// What a document can be, as far as it matters for rights.
pub fn facts() -> Vec<Facts> {
    let mut all = Vec::new();
    for kind in Kind::ALL {
        for audience in Audience::ALL {
            all.extend(State::ALL.map(|state| Facts {
                kind,
                audience,
                state,
            }));
        }
    }
    all
}

/// Somebody with one grant.
pub struct Person {
    pub grant: Grant,
    pub id: ParticipantId,
    pub browser: Browser,
    /// What they write into each document they try to.
    pub change: Change,
}

impl Person {
    pub fn may(&self, row: &CatalogueRow, action: Action) -> Result<(), Denial> {
        decide(self.grant.into(), row.relation(&self.id), row.facts(), action)
    }

    pub fn sees(&self, row: &CatalogueRow) -> bool {
        self.may(row, Action::Read).is_ok()
    }

    /// What a failure is about.
    pub fn at(&self, row: &CatalogueRow) -> String {
        let cell = cell(self.grant.into(), row.relation(&self.id), row.facts());
        format!(
            "{:?} at {:?} {:?}: {cell}",
            self.grant,
            row.facts(),
            row.relation(&self.id)
        )
    }

    pub async fn line(&self, workshop: &WorkshopId, name: &str) -> Line {
        Line::join(&self.browser, workshop.as_str(), format!("{}.{name}", self.id)).await
    }
}

/// A server with a document for each cell, and a person for each grant.
pub struct World {
    pub site: Site,
    pub workshop: WorkshopId,
    pub people: Vec<Person>,
    pub rows: Vec<CatalogueRow>,
}

impl World {
    pub async fn new() -> World {
        let site = Site::new().await;
        let (mut owner, workshop) = site.workshop().await;
        let mut people = Vec::new();
        for (number, grant) in (1..).zip(Grant::ALL) {
            let (_, secret) = link(&mut owner, &workshop, grant.as_str()).await;
            let mut browser = site.browser();
            let joined = browser.join(&secret, grant.as_str()).await.json();
            let id: ParticipantId = joined["participant"].as_str().unwrap().parse().unwrap();
            people.push(Person {
                grant,
                change: change_by(number, &id),
                id,
                browser,
            });
        }
        let workshop: WorkshopId = workshop.parse().unwrap();
        let ids: Vec<_> = people.iter().map(|person| person.id.clone()).collect();
        let rows = rows(&ids);
        let site = filled(site, &[(&workshop, &rows)]).await;
        let addr = site.server.addr;
        people.iter_mut().for_each(|person| person.browser.addr = addr);
        World {
            site,
            workshop,
            people,
            rows,
        }
    }

    pub fn row(&self, document: DocumentId) -> &CatalogueRow {
        self.rows.iter().find(|row| row.document == document).unwrap()
    }

    /// The documents that stand to a person in each way rows can express.
    pub fn own_cells<'a>(&'a self, person: &'a Person) -> impl Iterator<Item = &'a CatalogueRow> {
        let others = |row: &CatalogueRow| row.owner.as_ref().is_some_and(|owner| *owner != person.id);
        self.rows.iter().filter(move |row| !others(row))
    }

    /// Whatever a frame is, it names no document to somebody who may not know of it, unless to say there is none.
    pub fn check(&self, person: &Person, frame: &ServerFrame) {
        if frame.document_id.is_some() && frame.kind != "doc-unavailable" {
            let row = self.row(frame.document());
            assert!(person.sees(row), "{} was sent {frame:?}", person.at(row));
        }
    }
}

/// For each cell a row that stands to everybody in the same way, and for each person one of their own.
fn rows(people: &[ParticipantId]) -> Vec<CatalogueRow> {
    let owners = || std::iter::once(None).chain(people.iter().cloned().map(Some));
    let mut rows = Vec::new();
    for facts in facts() {
        for invited in [Vec::new(), people.to_vec()] {
            for owner in owners() {
                let number = rows.len() as u64;
                rows.push(CatalogueRow {
                    owner,
                    invited: invited.clone(),
                    ..row(id(1, number), number, facts)
                });
            }
        }
    }
    rows
}

/// Nobody's document.
pub fn row(document: DocumentId, subject: u64, facts: Facts) -> CatalogueRow {
    CatalogueRow {
        subject: format!("{subject:016}").parse::<SubjectId>().unwrap(),
        document,
        kind: facts.kind,
        audience: facts.audience,
        state: facts.state,
        owner: None,
        invited: Vec::new(),
        earlier: Vec::new(),
        schema_min: 1,
        code: String::new(),
        about: None,
        // The server writes nothing of its own accord into what has the newest shape.
        shape: shape::mark(facts.kind, defaults()),
        report: None,
        merged: None,
    }
}

/// The site, started anew with these documents in its workshops.
pub async fn filled(site: Site, rows: &[(&WorkshopId, &[CatalogueRow])]) -> Site {
    let Site { server, folder } = site;
    server.stop().await;
    let store = open_store(folder.path());
    rows.iter()
        .for_each(|(workshop, rows)| fill(&store, workshop, rows));
    drop(store);
    let server = start(config(&folder)).await.unwrap();
    Site { server, folder }
}

pub fn open_store(folder: &std::path::Path) -> RedbStore {
    RedbStore::open(folder.join("data/samverk.redb")).unwrap()
}

/// Each document begins with the same change.
fn fill(store: &RedbStore, workshop: &WorkshopId, rows: &[CatalogueRow]) {
    let first = first_change();
    let writes = rows.iter().flat_map(|row| {
        let place = DocumentRow {
            workshop: workshop.clone(),
            subject: row.subject.clone(),
            replaced: false,
        };
        [
            Write::Append {
                document: row.document,
                bytes: first.raw_bytes().to_vec().into(),
                heads: vec![first.hash()],
            },
            put(Table::Documents, row.document.to_string(), &place),
            put(
                Table::Catalogue,
                key(&[workshop.as_str(), row.subject.as_str()]),
                row,
            ),
        ]
    });
    store.commit(&[writes.collect()]).unwrap().pop().unwrap().unwrap();
}

/// The change each document begins with: that of a talk, so that people can comment in those that are one.
pub fn first_change() -> Change {
    let document = create::talk(ActorId::from([1; 16]), 0).unwrap();
    document.get_changes(&[]).pop().unwrap()
}

/// A comment by somebody, built on the first change alone: what may be written in a document of any kind.
pub fn change_by(number: u8, by: &ParticipantId) -> Change {
    let mut document =
        Automerge::new_with_encoding(TEXT_ENCODING).with_actor(ActorId::from([number + 1; 16]));
    document.apply_changes([first_change()]).unwrap();
    let before = document.get_heads();
    let (_, threads) = document.get(ROOT, "threads").unwrap().unwrap();
    let options = || CommitOptions::default().with_time(0);
    let written = document.transact_with::<_, _, AutomergeError, _>(
        |()| options(),
        |tx| {
            let thread = tx.put_object(&threads, format!("by {number}"), ObjType::Map)?;
            let comments = tx.put_object(&thread, "comments", ObjType::Map)?;
            let comment = tx.put_object(&comments, "only", ObjType::Map)?;
            tx.put(&comment, "by", by.as_str())
        },
    );
    written.unwrap();
    document.get_changes(&before).pop().unwrap()
}
