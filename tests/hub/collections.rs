//! Collections: what is answered stays sealed until it is revealed (P3), and the server decides in order (G1).

// A test that cannot go on ends where it is.
#![allow(clippy::unwrap_used)]

use crate::bench::Bench;
use crate::tab::Tab;
use automerge::transaction::Transactable;
use automerge::{Automerge, ROOT, ReadDoc};
use samverk::hub::rows::{self, CollectionRow, CollectionState};
use samverk::hub::{Answer, Caller, Command, CommandError, Refused};
use samverk::store::{Changes, Records, Table};
use samverk_shared::access::{Audience, Grant, Kind, State};
use samverk_shared::collection::{Ask, By, Content, Item, Outcome, Question};
use samverk_shared::ids::{CollectionId, DocumentId, ParticipantId};
use samverk_shared::stage::Activity;
use std::collections::BTreeSet;

const SECRET: &str = "sjefen bestemmer for mye";

pub fn by(participant: &ParticipantId) -> Caller {
    Caller::Participant(participant.clone())
}

pub fn refused(refused: Refused) -> Result<Answer, CommandError> {
    Err(CommandError::Refused(refused))
}

fn question(ask: Ask) -> Question {
    Question {
        title: "Hva må vi kunne?".into(),
        prompt: "I denne framtiden må offentlig sektor kunne …".into(),
        about: None,
        ask,
    }
}

fn items() -> Vec<Item> {
    let item = |key: &str| Item {
        key: key.into(),
        label: format!("Modell {key}"),
    };
    vec![item("m1"), item("m2")]
}

fn stars() -> Ask {
    Ask::Ratings {
        items: items(),
        low: 1,
        high: 5,
    }
}

fn open(bench: &mut Bench, ask: Ask, named: bool) -> CollectionId {
    let command = Command::OpenCollection {
        question: question(ask),
        team: false,
        named,
        earlier: None,
    };
    match bench.done(command) {
        Answer::Collection { collection } => collection,
        other => panic!("{other:?}"),
    }
}

/// A tab with the sealed document of its person open.
pub fn take_part(bench: &mut Bench, collection: &CollectionId, who: &ParticipantId) -> Tab {
    let command = Command::TakePart {
        collection: collection.clone(),
    };
    let Ok(Answer::Part { document, .. }) = bench.decided(by(who), command) else {
        panic!("a part")
    };
    let mut tab = bench.tab(who);
    tab.document = document;
    let claim = tab.claim();
    bench.frame(tab.connection, &claim);
    bench.sync(&mut tab);
    tab
}

fn note(bench: &mut Bench, tab: &mut Tab, text: &str) {
    let notes = tab.doc.get(ROOT, "notes").unwrap().unwrap().1;
    let mut tx = tab.doc.transaction();
    let item = tx
        .put_object(&notes, format!("note {text}"), automerge::ObjType::Map)
        .unwrap();
    let words = tx.put_object(&item, "text", automerge::ObjType::Text).unwrap();
    tx.splice_text(&words, 0, 0, text).unwrap();
    tx.put(&item, "order", "a0").unwrap();
    tx.commit();
    bench.sync(tab);
}

fn rate(bench: &mut Bench, tab: &mut Tab, item: &str, score: i64) {
    let ratings = tab.doc.get(ROOT, "ratings").unwrap().unwrap().1;
    let rating = tab.doc.get(&ratings, item).unwrap().unwrap().1;
    let mut tx = tab.doc.transaction();
    tx.put(&rating, "score", score).unwrap();
    tx.commit();
    bench.sync(tab);
}

pub fn close(collection: &CollectionId, closed: bool) -> Command {
    Command::SetCollectionClosed {
        collection: collection.clone(),
        closed,
    }
}

pub fn reveal(collection: &CollectionId, named: bool) -> Command {
    Command::Reveal {
        collection: collection.clone(),
        named,
    }
}

fn row(bench: &Bench, collection: &CollectionId) -> CollectionRow {
    read(bench, Table::Collections, collection)
}

fn outcome(bench: &Bench, collection: &CollectionId) -> Outcome {
    read(bench, Table::Outcomes, collection)
}

pub fn read<T: serde::de::DeserializeOwned>(bench: &Bench, table: Table, collection: &CollectionId) -> T {
    let key = rows::key(&[bench.workshop.as_str(), collection.as_str()]);
    let record = bench.store.get(table, &key).unwrap().expect("a row");
    rows::read(&key, &record).unwrap()
}

fn stored(bench: &Bench, document: DocumentId) -> Option<Automerge> {
    let stored = bench.store.load(document).unwrap()?;
    Some(Automerge::load(&stored.bytes()).unwrap())
}

/// The document of a kind that was made last.
fn newest(bench: &Bench, kind: Kind) -> DocumentId {
    let rows = bench
        .store
        .scan(Table::Catalogue, &format!("{}/", bench.workshop))
        .unwrap();
    let rows = rows
        .iter()
        .map(|(key, record)| rows::read::<rows::CatalogueRow>(key, record).unwrap());
    rows.filter(|row| row.kind == kind)
        .map(|row| row.document)
        .next_back()
        .expect("one of that kind")
}

#[test]
fn p3_nothing_of_what_is_sealed_reaches_anybody_else_until_it_is_revealed() {
    let mut bench = Bench::new();
    let liv = bench.person("Liv", Grant::Facilitator);
    let ola = bench.person("Ola", Grant::Editor);
    let per = bench.person("Per", Grant::Viewer);
    let kari = bench.person("Kari", Grant::Reviewer);
    let collection = open(&mut bench, Ask::Notes, false);
    let others = [&liv, &ola, &per].map(|who| bench.tab(who));
    let mut tab = take_part(&mut bench, &collection, &kari);
    let id = tab.document;
    for other in &others {
        // They know its id, and ask, write and shout all the same.
        let mut spy = other.clone();
        spy.document = id;
        bench.push(&mut spy);
        bench.rest();
    }
    note(&mut bench, &mut tab, SECRET);
    let shout = samverk::wire::ephemeral(&tab.peer, "server", id, "session", 1, SECRET.as_bytes());
    bench.frame(tab.connection, &shout);
    bench
        .decided(
            by(&kari),
            Command::Send {
                collection: collection.clone(),
                sent: true,
            },
        )
        .unwrap();
    bench.tick(2_000);
    bench.done(close(&collection, true));
    note(&mut bench, &mut tab, "for sent");
    bench.tick(2_000);
    for other in &others {
        let sent = bench.sent(other);
        assert!(!sent.is_empty(), "they are told that something happens");
        for one in sent {
            let bytes = String::from_utf8_lossy(&one.bytes);
            let says = |what: &str| bytes.contains(what);
            assert!(!says(SECRET) && !says("for sent"), "{:?}", one.frame);
            assert!(!says(kari.as_str()), "not even who takes part: {:?}", one.frame);
            // Who asked for the id is answered as for one that is not there, and hears no more of it.
            assert!(
                !says(&id.to_string()) || one.frame.kind == "doc-unavailable",
                "{:?}",
                one.frame
            );
        }
    }
    assert_eq!(
        bench.decided(by(&ola), reveal(&collection, false)),
        refused(Refused::NotAllowed)
    );
    bench.done(reveal(&collection, false));
    let board = newest(&bench, Kind::Board);
    let [mut reader] = [&per].map(|who| bench.tab(who));
    reader.document = board;
    bench.sync(&mut reader);
    let notes = reader.doc.get(ROOT, "notes").unwrap().unwrap().1;
    let keys: Vec<String> = reader.doc.keys(&notes).collect();
    assert_eq!(keys.len(), 1, "what came after closing is not there");
    let item = reader.doc.get(&notes, keys[0].as_str()).unwrap().unwrap().1;
    let (_, text) = reader.doc.get(&item, "text").unwrap().unwrap();
    assert_eq!(reader.doc.text(&text).unwrap(), SECRET);
}

#[test]
fn n1_who_answers_is_told_of_their_own_document_and_nobody_else_of_any() {
    let mut bench = Bench::new();
    let [kari, ola] = ["Kari", "Ola"].map(|name| bench.person(name, Grant::Reviewer));
    let collection = open(&mut bench, stars(), false);
    take_part(&mut bench, &collection, &kari);
    let tabs = [&kari, &ola].map(|who| bench.tab(who));
    for tab in &tabs {
        bench.sent(tab);
    }
    for command in [close(&collection, true), reveal(&collection, false)] {
        bench.done(command);
        let kinds = tabs.each_ref().map(|tab| {
            let sent = bench.sent(tab).into_iter().map(|sent| sent.frame.kind);
            sent.collect::<BTreeSet<_>>()
        });
        assert!(
            kinds[0].contains("catalogue") && !kinds[1].contains("catalogue"),
            "{kinds:?}"
        );
        assert!(kinds.iter().all(|kinds| !kinds.contains("people")), "{kinds:?}");
    }
}

#[test]
fn p3_without_names_the_sealed_documents_and_who_wrote_them_are_destroyed() {
    let mut bench = Bench::new();
    let people = ["Kari", "Ola", "Per"].map(|name| bench.person(name, Grant::Reviewer));
    let collection = open(&mut bench, Ask::Notes, true);
    let mut tabs = people
        .each_ref()
        .map(|who| take_part(&mut bench, &collection, who));
    for (n, tab) in tabs.iter_mut().enumerate() {
        note(&mut bench, tab, &format!("lapp {n}"));
    }
    bench.done(close(&collection, true));
    bench.done(reveal(&collection, false));
    let row = row(&bench, &collection);
    assert_eq!((row.state, row.parts.len()), (CollectionState::Revealed, 0));
    for tab in &tabs {
        assert!(stored(&bench, tab.document).is_none());
        let runs = bench
            .store
            .scan(Table::Authorship, &format!("{}/", tab.document))
            .unwrap();
        assert_eq!(runs, []);
    }
    let left = bench.store.scan(Table::Catalogue, "").unwrap();
    assert!(
        left.iter()
            .all(|(_, record)| !String::from_utf8_lossy(&record.value).contains("\"sealed\""))
    );
    let board = stored(&bench, newest(&bench, Kind::Board)).unwrap();
    let everything = serde_json::to_string(&automerge::AutoSerde::from(&board)).unwrap();
    assert!(people.iter().all(|who| !everything.contains(who.as_str())));
    assert!((0..3).all(|n| everything.contains(&format!("lapp {n}"))));
    // Who comes back with words for a document that is no more keeps them.
    let mut late = tabs[0].clone();
    bench.connect(&mut late);
    let written = late.write("for sent");
    bench.message(&late, &crate::tab::bring(&[written.hash()], &[&written]));
    bench.rest();
    assert_eq!(bench.sent_of(&late, "doc-unavailable").len(), 1);
}

#[test]
fn p3_with_names_it_says_whose_each_answer_is_and_only_where_that_was_said_before() {
    let mut bench = Bench::new();
    let kari = bench.person("Kari", Grant::Reviewer);
    for named in [true, false] {
        let collection = open(&mut bench, stars(), named);
        let mut tab = take_part(&mut bench, &collection, &kari);
        rate(&mut bench, &mut tab, "m1", 4);
        bench.done(close(&collection, true));
        if !named {
            let answer = bench.decided(Caller::Server, reveal(&collection, true));
            assert_eq!(answer, refused(Refused::NotAllowed));
            continue;
        }
        bench.done(reveal(&collection, true));
        let Content::Ratings { rated } = outcome(&bench, &collection).content else {
            panic!("ratings")
        };
        let scores = rated[0].scores.as_ref().unwrap();
        assert_eq!(
            (scores[0].by.clone(), scores[0].score),
            (By::Participant(kari.clone()), 4)
        );
        assert!(
            stored(&bench, tab.document).is_some(),
            "they keep what they wrote"
        );
    }
}

#[test]
fn p3_a_further_round_asks_the_same_and_numbers_people_anew() {
    let mut bench = Bench::new();
    let people: Vec<_> = (0..8)
        .map(|n| bench.person(&format!("P{n}"), Grant::Reviewer))
        .collect();
    let mut earlier = None;
    let mut orders = BTreeSet::new();
    for round in 1..=3 {
        let command = Command::OpenCollection {
            question: question(stars()),
            team: false,
            named: false,
            earlier: earlier.clone(),
        };
        let Answer::Collection { collection } = bench.done(command) else {
            panic!("a collection")
        };
        for (n, who) in people.iter().enumerate() {
            let mut tab = take_part(&mut bench, &collection, who);
            rate(&mut bench, &mut tab, "m1", 1 + (n as i64 % 5));
            rate(&mut bench, &mut tab, "m2", 1 + (n as i64 % 5));
        }
        bench.done(close(&collection, true));
        bench.done(reveal(&collection, false));
        assert_eq!(
            (row(&bench, &collection).round, row(&bench, &collection).earlier),
            (round, earlier)
        );
        let Content::Ratings { rated } = outcome(&bench, &collection).content else {
            panic!("ratings")
        };
        let scores = |n: usize| -> Vec<(String, i64)> {
            let all = rated[n].scores.as_ref().unwrap();
            all.iter().map(|s| (format!("{:?}", s.by), s.score)).collect()
        };
        assert_eq!(scores(0), scores(1), "within a round a person has one number");
        orders.insert(scores(0).iter().map(|(_, score)| *score).collect::<Vec<_>>());
        earlier = Some(collection);
    }
    assert_eq!(orders.len(), 3, "and another in each");
}

#[test]
fn p3_late_answers_stay_with_their_author_and_a_reopened_collection_takes_them() {
    let mut bench = Bench::new();
    let kari = bench.person("Kari", Grant::Reviewer);
    let ola = bench.person("Ola", Grant::Reviewer);
    let collection = open(&mut bench, Ask::Notes, false);
    let mut tab = take_part(&mut bench, &collection, &kari);
    bench.done(close(&collection, true));
    let late = tab.write("sent");
    bench.message(&tab, &crate::tab::bring(&[late.hash()], &[&late]));
    bench.rest();
    bench.pull(&mut tab);
    assert_eq!(tab.refused, [(vec![late.hash()], "closed".to_owned())]);
    let take = Command::TakePart {
        collection: collection.clone(),
    };
    assert_eq!(
        bench.decided(by(&ola), take.clone()),
        refused(Refused::CollectionClosed)
    );
    let send = Command::Send {
        collection: collection.clone(),
        sent: true,
    };
    assert_eq!(bench.decided(by(&kari), send), refused(Refused::CollectionClosed));
    bench.done(close(&collection, false));
    assert!(bench.decided(by(&ola), take).is_ok());
    let mut again = take_part(&mut bench, &collection, &kari);
    assert_eq!(again.document, tab.document, "one document a person");
    note(&mut bench, &mut again, "i tide");
    assert!(again.is_saved());
}

#[test]
fn g1_two_facilitators_at_once_close_and_reveal_once() {
    let mut bench = Bench::new();
    let leaders = ["Liv", "Åse"].map(|name| bench.person(name, Grant::Facilitator));
    let kari = bench.person("Kari", Grant::Reviewer);
    let collection = open(&mut bench, Ask::Notes, false);
    let mut tab = take_part(&mut bench, &collection, &kari);
    note(&mut bench, &mut tab, "varme");
    assert_eq!(
        bench.decided(by(&leaders[0]), reveal(&collection, false)),
        refused(Refused::CollectionOpen)
    );
    for command in [close(&collection, true), reveal(&collection, false)] {
        let ids = leaders
            .each_ref()
            .map(|who| bench.command(by(who), command.clone(), None));
        bench.rest();
        for id in ids {
            assert_eq!(bench.answer(id), Some(Ok(Answer::Done)));
        }
    }
    let boards = bench.store.scan(Table::Catalogue, "").unwrap();
    let boards = boards
        .iter()
        .filter(|(_, record)| String::from_utf8_lossy(&record.value).contains("\"board\""));
    assert_eq!(boards.count(), 1);
    assert_eq!(
        bench.decided(by(&leaders[1]), close(&collection, false)),
        refused(Refused::CollectionRevealed)
    );
}

#[test]
fn p1_who_is_asked_and_who_asks() {
    let mut bench = Bench::new();
    let everyone = Grant::ALL.map(|grant| (grant, bench.person(grant.as_str(), grant)));
    let ask = |team| Command::OpenCollection {
        question: question(Ask::Notes),
        team,
        named: false,
        earlier: None,
    };
    let both = [false, true].map(|team| match bench.done(ask(team)) {
        Answer::Collection { collection } => collection,
        other => panic!("{other:?}"),
    });
    for (grant, who) in &everyone {
        let leads = *grant == Grant::Facilitator;
        assert_eq!(bench.decided(by(who), ask(false)).is_ok(), leads, "{grant:?}");
        let stage = Command::SetStage { activity: None };
        assert_eq!(bench.decided(by(who), stage).is_ok(), leads, "{grant:?}");
        let team = matches!(grant, Grant::Facilitator | Grant::Editor);
        let says = [team || *grant == Grant::Reviewer, team];
        for (collection, asked) in both.iter().zip(says) {
            let take = Command::TakePart {
                collection: collection.clone(),
            };
            assert_eq!(bench.decided(by(who), take).is_ok(), asked, "{grant:?}");
        }
    }
    assert_eq!(
        bench.decided(
            Caller::Server,
            Command::TakePart {
                collection: both[0].clone()
            }
        ),
        refused(Refused::NotAllowed),
        "the server has no opinion"
    );
}

#[test]
fn g1_the_ledger_says_what_every_member_may_see_and_nothing_of_the_team_alone() {
    let mut bench = Bench::new();
    let per = bench.person("Per", Grant::Viewer);
    let collection = open(&mut bench, Ask::Notes, false);
    let mut reader = bench.tab(&per);
    reader.document = newest(&bench, Kind::Ledger);
    bench.sync(&mut reader);
    let state = |doc: &Automerge| -> Vec<String> {
        let all = doc.get(ROOT, "collections").unwrap().unwrap().1;
        let one = |key: String| {
            let item = doc.get(&all, key.as_str()).unwrap().unwrap().1;
            doc.get(&item, "state")
                .unwrap()
                .unwrap()
                .0
                .as_str()
                .unwrap()
                .to_owned()
        };
        doc.keys(&all).map(one).collect()
    };
    assert_eq!(state(&reader.doc), ["open"]);
    let secret = Command::OpenCollection {
        question: question(stars()),
        team: true,
        named: false,
        earlier: None,
    };
    bench.done(secret);
    bench.done(close(&collection, true));
    bench.sync(&mut reader);
    assert_eq!(
        state(&reader.doc),
        ["closed"],
        "told live, and not of the team's own"
    );
    let mine = reader.write("mine");
    bench.message(&reader, &crate::tab::bring(&[mine.hash()], &[&mine]));
    bench.rest();
    bench.pull(&mut reader);
    assert_eq!(reader.refused.len(), 1, "only the server writes there");
    let store = std::mem::take(&mut bench.store);
    bench.restart(store);
    bench.done(reveal(&collection, false));
    let ledger = stored(&bench, newest(&bench, Kind::Ledger)).unwrap();
    assert_eq!(state(&ledger), ["revealed"], "also after a restart");
}

#[test]
fn g1_collections_that_follow_each_other_before_a_commit_all_stand_in_the_ledger() {
    let mut bench = Bench::new();
    let kari = bench.person("Kari", Grant::Reviewer);
    let ask = || Command::OpenCollection {
        question: question(Ask::Notes),
        team: false,
        named: false,
        earlier: None,
    };
    let ids = [(); 3].map(|()| bench.command(Caller::Server, ask(), None));
    bench.rest();
    let collections = ids.map(|id| match bench.answer(id) {
        Some(Ok(Answer::Collection { collection })) => collection,
        other => panic!("{other:?}"),
    });
    let ledger = stored(&bench, newest(&bench, Kind::Ledger)).unwrap();
    let all = ledger.get(ROOT, "collections").unwrap().unwrap().1;
    assert_eq!(ledger.keys(&all).count(), 3);
    // A part that is born, closed and revealed before anything of it is durable.
    let take = Command::TakePart {
        collection: collections[0].clone(),
    };
    let part = bench.command(by(&kari), take, None);
    let rest = [close(&collections[0], true), reveal(&collections[0], false)];
    let rest = rest.map(|command| bench.command(Caller::Server, command, None));
    bench.rest();
    assert!(matches!(bench.answer(part), Some(Ok(Answer::Part { .. }))));
    for id in rest {
        assert_eq!(bench.answer(id), Some(Ok(Answer::Done)));
    }
    assert_eq!(outcome(&bench, &collections[0]).answered, 0);
}

#[test]
fn p3_a_facilitator_decides_nothing_about_a_sealed_document() {
    let mut bench = Bench::new();
    let liv = bench.person("Liv", Grant::Facilitator);
    let kari = bench.person("Kari", Grant::Reviewer);
    let collection = open(&mut bench, Ask::Notes, false);
    take_part(&mut bench, &collection, &kari);
    let subject = row(&bench, &collection).parts[&kari].subject.clone();
    let commands = [
        Command::SetState {
            subject: subject.clone(),
            state: State::Archived,
        },
        Command::SetAudience {
            subject: subject.clone(),
            audience: Audience::Client,
        },
        Command::Replace { subject },
    ];
    for command in commands {
        assert_eq!(bench.decided(by(&liv), command), refused(Refused::Unknown));
    }
}

#[test]
fn n4_all_are_told_at_once_of_what_is_going_on() {
    let mut bench = Bench::new();
    let per = bench.person("Per", Grant::Viewer);
    let tab = bench.tab(&per);
    bench.sent(&tab);
    let activity = Activity {
        title: "Stille idéskriving".into(),
        instruction: "Minst fire lapper".into(),
        collection: None,
        minutes: Some(12),
    };
    let unending = Activity {
        minutes: Some(0),
        ..activity.clone()
    };
    assert_eq!(
        bench.decided(
            Caller::Server,
            Command::SetStage {
                activity: Some(unending)
            }
        ),
        refused(Refused::BadText)
    );
    bench.done(Command::SetStage {
        activity: Some(activity),
    });
    assert_eq!(bench.sent_of(&tab, "view").len(), 1);
}
