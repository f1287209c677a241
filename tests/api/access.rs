//! Every cell of the table of rights, asked of a real server: what lists, sockets and the store say of it (P1).

use crate::browser::Site;
use crate::peer::Line;
use crate::world::{Person, World, facts, first_change, open_store};
use automerge::Change;
use samverk::hub::rows::CatalogueRow;
use samverk::store::Changes;
use samverk_shared::access::{Action, Denial, Grant, Grants, decide};
use samverk_shared::access_page::{relations, word};
use samverk_shared::ids::DocumentId;
use samverk_tests::frames::ServerFrame;
use samverk_tests::sentences::{Cell, SENTENCES, answering, said};
use std::collections::{BTreeMap, BTreeSet};

/// Questions that are asked before their answers are read.
const AT_ONCE: usize = 64;

#[test]
fn p1_the_table_is_what_people_would_say_of_it() {
    let mut used = BTreeSet::new();
    for grant in Grant::ALL {
        for (relation, facts) in relations()
            .into_iter()
            .flat_map(|r| facts().into_iter().map(move |f| (r, f)))
        {
            let one = Cell {
                grant,
                relation,
                facts,
            };
            for action in Action::ALL {
                let sentence = answering(&one, action);
                used.insert(sentence.words);
                let decided = decide(grant.into(), relation, facts, action);
                assert_eq!(
                    decided, sentence.answer,
                    "{action:?} in {one:?}: {}",
                    sentence.words
                );
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
                    assert_eq!(
                        decided,
                        said(grants, relation, facts, action),
                        "{grants:?} {relation:?} {facts:?}"
                    );
                }
            }
        }
    }
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
            let may: Vec<_> = may
                .filter(|action| person.may(row, *action).is_ok())
                .map(word)
                .collect();
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
        let mut open: BTreeMap<DocumentId, &CatalogueRow> =
            rows.iter().map(|row| (row.document, row)).collect();
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
            let owed = rows
                .iter()
                .filter(|row| fates[&row.document] == Fate::Saved && other.sees(row));
            assert_eq!(
                changed,
                owed.map(|row| row.document).collect(),
                "told to {:?}",
                other.grant
            );
        }
    }
}

fn told(world: &World, person: &Person, frame: &ServerFrame, fates: &mut BTreeMap<DocumentId, Fate>) {
    world.check(person, frame);
    if frame.document_id.is_some()
        && let Some(fate) = Fate::told(frame, &person.change)
    {
        let twice = fates.insert(frame.document(), fate);
        assert_eq!(
            twice,
            None,
            "two answers for {}",
            person.at(world.row(frame.document()))
        );
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
    let first = first_change().hash();
    for row in &rows {
        let not_others = |person: &&Person| row.owner.as_ref().is_none_or(|owner| *owner == person.id);
        let wrote = people.iter().filter(not_others);
        let wrote = wrote.filter(|person| person.may(row, Action::Write).is_ok());
        let mut expected: BTreeSet<_> = wrote.map(|person| person.change.hash()).collect();
        if expected.is_empty() {
            expected.insert(first);
        }
        let heads = store.meta(row.document).unwrap().unwrap().heads;
        assert_eq!(heads.into_iter().collect::<BTreeSet<_>>(), expected, "{row:?}");
    }
}
