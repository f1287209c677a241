//! Every cell of the table of rights, asked of a real server: what lists, sockets and the store say of it (P1).

use crate::browser::{Browser, Site, config};
use crate::joining::link;
use crate::line::{Line, id};
use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, Automerge, Change, ROOT};
use samverk::hub::rows::{CatalogueRow, DocumentRow, key, put};
use samverk::start;
use samverk::store::{Changes, RedbStore, Store, Table, Write};
use samverk_shared::access::{Action, Audience, Denial, Facts, Grant, Grants, Kind, State, decide};
use samverk_shared::access_page::{cell, relations, word};
use samverk_shared::document::TEXT_ENCODING;
use samverk_shared::ids::{DocumentId, ParticipantId, SubjectId, WorkshopId};
use samverk_tests::frames::ServerFrame;
use samverk_tests::sentences::{Cell, SENTENCES, answering, said};
use std::collections::{BTreeMap, BTreeSet};

/// Questions that are asked before their answers are read.
const AT_ONCE: usize = 64;

fn facts() -> Vec<Facts> {
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

#[test]
fn p1_the_table_is_what_people_would_say_of_it() {
    let mut used = BTreeSet::new();
    for grant in Grant::ALL {
        for (relation, facts) in relations().into_iter().flat_map(|r| facts().into_iter().map(move |f| (r, f))) {
            let one = Cell {
                grant,
                relation,
                facts,
            };
            for action in Action::ALL {
                let sentence = answering(&one, action);
                used.insert(sentence.words);
                let decided = decide(grant.into(), relation, facts, action);
                assert_eq!(decided, sentence.answer, "{action:?} in {one:?}: {}", sentence.words);
            }
        }
    }
    assert_eq!(used.len(), SENTENCES.len(), "each sentence answers something");
}

#[test]
fn p1_of_several_grants_the_kindest_sentence_stands() {
    let sets = (0u8..32).map(|bits| {
        let chosen = (0u8..).zip(Grant::ALL).filter(|(bit, _)| bits & (1 << bit) != 0);
        Grants::from(chosen.map(|(_, grant)| grant).collect::<Vec<_>>())
    });
    for grants in sets {
        for relation in relations() {
            for facts in facts() {
                for action in Action::ALL {
                    let decided = decide(grants, relation, facts, action);
                    assert_eq!(decided, said(grants, relation, facts, action), "{grants:?} {relation:?} {facts:?}");
                }
            }
        }
    }
}

/// Somebody with one grant.
struct Person {
    grant: Grant,
    id: ParticipantId,
    browser: Browser,
    /// What they write into each document they try to.
    change: Change,
}

impl Person {
    fn may(&self, row: &CatalogueRow, action: Action) -> Result<(), Denial> {
        decide(self.grant.into(), row.relation(&self.id), row.facts(), action)
    }

    fn sees(&self, row: &CatalogueRow) -> bool {
        self.may(row, Action::Read).is_ok()
    }

    /// What a failure is about.
    fn at(&self, row: &CatalogueRow) -> String {
        let cell = cell(self.grant.into(), row.relation(&self.id), row.facts());
        format!("{:?} at {:?} {:?}: {cell}", self.grant, row.facts(), row.relation(&self.id))
    }

    async fn line(&self, workshop: &WorkshopId, name: &str) -> Line {
        Line::join(&self.browser, workshop.as_str(), format!("{}.{name}", self.id)).await
    }
}

/// A server with a document for each cell, and a person for each grant.
struct World {
    site: Site,
    workshop: WorkshopId,
    people: Vec<Person>,
    rows: Vec<CatalogueRow>,
}

impl World {
    async fn new() -> World {
        let site = Site::new().await;
        let (mut owner, workshop) = site.workshop().await;
        let mut people = Vec::new();
        for (number, grant) in (1..).zip(Grant::ALL) {
            let (_, secret) = link(&mut owner, &workshop, grant.as_str()).await;
            let mut browser = site.browser();
            let joined = browser.join(&secret, grant.as_str()).await.json();
            people.push(Person {
                grant,
                id: joined["participant"].as_str().unwrap().parse().unwrap(),
                browser,
                change: change_by(number),
            });
        }
        let workshop: WorkshopId = workshop.parse().unwrap();
        let ids: Vec<_> = people.iter().map(|person| person.id.clone()).collect();
        let rows = rows(&ids);
        let Site { server, folder } = site;
        server.stop().await;
        fill(&open_store(folder.path()), &workshop, &rows);
        let server = start(config(&folder)).await.unwrap();
        people.iter_mut().for_each(|person| person.browser.addr = server.addr);
        let site = Site { server, folder };
        World {
            site,
            workshop,
            people,
            rows,
        }
    }

    fn row(&self, document: DocumentId) -> &CatalogueRow {
        self.rows.iter().find(|row| row.document == document).unwrap()
    }

    /// The documents that stand to a person in each way rows can express.
    fn own_cells<'a>(&'a self, person: &'a Person) -> impl Iterator<Item = &'a CatalogueRow> {
        let others = |row: &CatalogueRow| row.owner.as_ref().is_some_and(|owner| *owner != person.id);
        self.rows.iter().filter(move |row| !others(row))
    }

    /// Whatever a frame is, it names no document to somebody who may not know of it, unless to say there is none.
    fn check(&self, person: &Person, frame: &ServerFrame) {
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
                    subject: format!("{number:016}").parse::<SubjectId>().unwrap(),
                    document: id(1, number),
                    kind: facts.kind,
                    audience: facts.audience,
                    state: facts.state,
                    owner,
                    invited: invited.clone(),
                    earlier: Vec::new(),
                    schema_min: 1,
                    code: String::new(),
                    about: None,
                });
            }
        }
    }
    rows
}

fn open_store(folder: &std::path::Path) -> RedbStore {
    RedbStore::open(folder.join("data/samverk.redb")).unwrap()
}

/// Each document begins with the same change.
fn fill(store: &RedbStore, workshop: &WorkshopId, rows: &[CatalogueRow]) {
    let first = change_by(0);
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
            put(Table::Catalogue, key(&[workshop.as_str(), row.subject.as_str()]), row),
        ]
    });
    store.commit(&[writes.collect()]).unwrap().pop().unwrap().unwrap();
}

/// A change that says who wrote it, and builds on nothing.
fn change_by(number: u8) -> Change {
    let actor = ActorId::from([number + 1; 16]);
    let mut document = Automerge::new_with_encoding(TEXT_ENCODING).with_actor(actor);
    let options = || CommitOptions::default().with_time(0);
    let written = document.transact_with(|()| options(), |tx| tx.put(ROOT, format!("by {number}"), 1));
    written.unwrap();
    document.get_changes(&[]).pop().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn p1_y8_x2_e1_every_cell_holds_for_lists_sockets_and_the_store() {
    let mut world = World::new().await;
    assert_eq!(world.rows.len(), 9 * 5 * 3 * 2 * 6);
    lists_hold_what_each_may_know(&mut world).await;
    let mut watchers = Vec::new();
    for person in &world.people {
        let mut line = person.line(&world.workshop, "watches").await;
        reads_what_it_may(&world, person, &mut line).await;
        watchers.push(line);
    }
    for writer in 0..world.people.len() {
        let person = &world.people[writer];
        let mut line = person.line(&world.workshop, "writes").await;
        writes_what_it_may(&world, person, &mut line, &mut watchers).await;
        shows_itself_where_it_may(&world, person, &mut line, &mut watchers).await;
    }
    stored_is_what_each_may_write(world).await;
}

async fn lists_hold_what_each_may_know(world: &mut World) {
    let path = format!("/api/v1/workshops/{}/documents", world.workshop);
    for person in &mut world.people {
        let listed = person.browser.get(&path).await.json();
        let listed: BTreeMap<&str, &serde_json::Value> = listed["documents"]
            .as_array()
            .unwrap()
            .iter()
            .map(|document| (document["document"].as_str().unwrap(), document))
            .collect();
        for row in &world.rows {
            let found = listed.get(row.document.to_string().as_str());
            let known = person.may(row, Action::List).is_ok();
            assert_eq!(found.is_some(), known, "listed to {}", person.at(row));
            let Some(found) = found else { continue };
            let may = [Action::Read, Action::Write, Action::Presence].into_iter();
            let may: Vec<_> = may.filter(|action| person.may(row, *action).is_ok()).map(word).collect();
            assert_eq!(found["may"], serde_json::json!(may), "{}", person.at(row));
            assert_eq!(found["audience"], word(row.audience));
            assert_eq!(found["state"], word(row.state));
        }
    }
}

/// Every document is asked for, also those of others.
async fn reads_what_it_may(world: &World, person: &Person, line: &mut Line) {
    for rows in world.rows.chunks(AT_ONCE) {
        for row in rows {
            line.ask(row.document).await;
        }
        let mut open: BTreeMap<DocumentId, &CatalogueRow> = rows.iter().map(|row| (row.document, row)).collect();
        while !open.is_empty() {
            let frame = line.next().await;
            world.check(person, &frame);
            let Some(row) = frame.document_id.as_ref().map(|_| frame.document()) else {
                continue;
            };
            let row = open.remove(&row).expect("one answer to each question");
            let given = match frame.kind.as_str() {
                "sync" => frame.sync().changes.iter().count() > 0,
                "doc-unavailable" => false,
                other => panic!("{other}"),
            };
            assert_eq!(given, person.sees(row), "read by {}", person.at(row));
        }
    }
    let more = line.until_probed().await;
    assert!(more.iter().all(|frame| frame.document_id.is_none()), "{more:?}");
}

/// What comes of a change.
#[derive(Debug, PartialEq, Eq)]
enum Fate {
    Saved,
    Refused(String),
    NotThere,
}

impl Fate {
    fn expected(answer: Result<(), Denial>) -> Fate {
        match answer {
            Ok(()) => Fate::Saved,
            Err(Denial::Hidden) => Fate::NotThere,
            Err(Denial::Closed) => Fate::Refused("closed".into()),
            Err(Denial::ReadOnly | Denial::ServerOnly) => Fate::Refused("read-only".into()),
        }
    }

    /// What a frame says of it, if it does.
    fn told(frame: &ServerFrame, change: &Change) -> Option<Fate> {
        match frame.kind.as_str() {
            "doc-unavailable" => Some(Fate::NotThere),
            "refused" => {
                assert_eq!(frame.refused(), [change.hash()]);
                Some(Fate::Refused(frame.reason.clone().unwrap()))
            }
            "sync" if frame.sync().heads.contains(&change.hash()) => Some(Fate::Saved),
            _ => None,
        }
    }
}

async fn writes_what_it_may(world: &World, person: &Person, line: &mut Line, watchers: &mut [Line]) {
    let rows: Vec<&CatalogueRow> = world.own_cells(person).collect();
    for rows in rows.chunks(AT_ONCE) {
        for row in rows {
            line.bring(row.document, &person.change).await;
        }
        let mut fates: BTreeMap<DocumentId, Fate> = BTreeMap::new();
        while fates.len() < rows.len() {
            told(world, person, &line.next().await, &mut fates);
        }
        for frame in line.until_probed().await {
            told(world, person, &frame, &mut fates);
        }
        for row in rows {
            let expected = Fate::expected(person.may(row, Action::Write));
            assert_eq!(fates[&row.document], expected, "written by {}", person.at(row));
        }
        for (other, watcher) in world.people.iter().zip(watchers.iter_mut()) {
            let heard = watcher.until_probed().await;
            let changed: BTreeSet<DocumentId> = heard
                .iter()
                .filter(|frame| frame.kind == "sync")
                .inspect(|frame| world.check(other, frame))
                .map(ServerFrame::document)
                .collect();
            let owed = rows.iter().filter(|row| fates[&row.document] == Fate::Saved && other.sees(row));
            assert_eq!(changed, owed.map(|row| row.document).collect(), "told to {:?}", other.grant);
        }
    }
}

fn told(world: &World, person: &Person, frame: &ServerFrame, fates: &mut BTreeMap<DocumentId, Fate>) {
    world.check(person, frame);
    if frame.document_id.is_some()
        && let Some(fate) = Fate::told(frame, &person.change)
    {
        let twice = fates.insert(frame.document(), fate);
        assert_eq!(twice, None, "two answers for {}", person.at(world.row(frame.document())));
    }
}

async fn shows_itself_where_it_may(world: &World, person: &Person, line: &mut Line, watchers: &mut [Line]) {
    let rows: Vec<&CatalogueRow> = world.own_cells(person).collect();
    for rows in rows.chunks(AT_ONCE) {
        for row in rows {
            line.show(row.document, b"here").await;
        }
        line.until_probed().await;
        for (other, watcher) in world.people.iter().zip(watchers.iter_mut()) {
            let heard = watcher.until_probed().await;
            let shown: BTreeSet<DocumentId> = heard
                .iter()
                .filter(|frame| frame.kind == "ephemeral")
                .inspect(|frame| assert_eq!((&frame.sender_id, frame.n), (&line.peer, None)))
                .map(ServerFrame::document)
                .collect();
            let seen = |row: &&&CatalogueRow| person.may(row, Action::Presence).is_ok() && other.sees(row);
            let owed: BTreeSet<_> = rows.iter().filter(seen).map(|row| row.document).collect();
            assert_eq!(shown, owed, "{:?} shown to {:?}", person.grant, other.grant);
        }
    }
}

async fn stored_is_what_each_may_write(world: World) {
    let World {
        site, people, rows, ..
    } = world;
    let Site { server, folder } = site;
    server.stop().await;
    let store = open_store(folder.path());
    let first = change_by(0).hash();
    for row in &rows {
        let not_others = |person: &&Person| row.owner.as_ref().is_none_or(|owner| *owner == person.id);
        let wrote = people.iter().filter(not_others);
        let wrote = wrote.filter(|person| person.may(row, Action::Write).is_ok());
        let expected: BTreeSet<_> = wrote.map(|person| person.change.hash()).chain([first]).collect();
        let heads = store.meta(row.document).unwrap().unwrap().heads;
        assert_eq!(heads.into_iter().collect::<BTreeSet<_>>(), expected, "{row:?}");
    }
}
