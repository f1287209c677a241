//! Older documents get the newest shape when somebody opens them to write (`shared/src/document/shape.rs`): once, and not
//! where nobody may write.

// A test that cannot go on ends where it is.
#![allow(clippy::unwrap_used)]

use crate::bench::Bench;
use crate::tab::Tab;
use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, Automerge, ObjType, ROOT, ReadDoc};
use samverk::hub::rows::{self, CatalogueRow};
use samverk::hub::{Answer, Caller, Command};
use samverk::store::{MemoryStore, Records, Store, Table, Write};
use samverk_shared::access::{Grant, State};
use samverk_shared::characteristic::{Change, Form, Scale, defaults};
use samverk_shared::document::TEXT_ENCODING;
use samverk_shared::document::read::read_case;
use samverk_shared::ids::ParticipantId;
use samverk_shared::need::Errand;

/// What cases were born without, before there were sources and needs.
const LACKS: [&str; 4] = ["eligibility", "needs", "sources", "references"];

fn row(bench: &Bench) -> CatalogueRow {
    let key = rows::key(&[bench.workshop.as_str(), bench.subject.as_str()]);
    let record = bench.store.get(Table::Catalogue, &key).unwrap().unwrap();
    rows::read(&key, &record).unwrap()
}

/// The server finds the case as an earlier version made it.
fn make_older(bench: &mut Bench) {
    let newest = bench.stored();
    let mut old = Automerge::new_with_encoding(TEXT_ENCODING).with_actor(ActorId::from([99; 16]));
    let mut tx = old.transaction();
    let mut waiting = vec![(ROOT, ROOT)];
    while let Some((from, to)) = waiting.pop() {
        for key in newest.keys(&from).filter(|key| !LACKS.contains(&key.as_str())) {
            match newest.get(&from, key.as_str()).unwrap().unwrap() {
                (automerge::Value::Object(kind), inner) => {
                    let made = tx.put_object(&to, key.as_str(), kind).unwrap();
                    if kind == ObjType::Map {
                        waiting.push((inner, made));
                    }
                }
                (automerge::Value::Scalar(scalar), _) => {
                    tx.put(&to, key.as_str(), scalar.into_owned()).unwrap();
                }
            }
        }
    }
    tx.commit_with(CommitOptions::default().with_time(0));
    let born = old.get_last_local_change().unwrap();
    let mut row = serde_json::to_value(row(bench)).unwrap();
    assert!(row.as_object_mut().unwrap().remove("shape").is_some());
    let key = rows::key(&[bench.workshop.as_str(), bench.subject.as_str()]);
    let store = std::mem::replace(&mut bench.store, MemoryStore::new());
    let document = bench.case;
    let append = Write::Append {
        document,
        bytes: born.raw_bytes().to_vec().into(),
        heads: vec![born.hash()],
    };
    store.commit(&[vec![Write::Remove { document }]]).unwrap();
    let put = rows::put(Table::Catalogue, key, &row);
    store.commit(&[vec![append, put]]).unwrap();
    bench.restart(store);
}

fn whole(bench: &Bench) -> bool {
    LACKS.iter().all(|container| bench.stores(container))
}

/// Says that the case is none.
fn say_no(tab: &mut Tab) {
    let (_, eligibility) = tab.doc.get(ROOT, "eligibility").unwrap().unwrap();
    let mut tx = tab.doc.transaction();
    tx.put(&eligibility, "answer", "no").unwrap();
    tx.commit();
}

/// By a command, which changes the case.
fn ask_about_driver(bench: &mut Bench, who: &ParticipantId) {
    let command = Command::AddNeeds {
        cases: vec![bench.subject.clone()],
        about: Some(vec!["codings.driver".into()]),
        errand: Errand::default(),
    };
    let answer = bench.decided(Caller::Participant(who.clone()), command);
    assert_eq!(answer, Ok(Answer::Needs { needs: 1, cases: 1 }));
}

#[test]
fn r13_r43_an_older_case_is_whole_when_somebody_opens_it_to_write_and_what_they_write_is_stored() {
    let mut bench = Bench::new();
    let kari = bench.person("Kari", Grant::Editor);
    make_older(&mut bench);
    assert!(!whole(&bench));
    let [mut tab] = bench.open_tabs([&kari]);
    assert!(whole(&bench) && tab.has("eligibility"));
    say_no(&mut tab);
    bench.sync(&mut tab);
    assert!(tab.is_saved() && tab.refused.is_empty());
    let (case, problems) = read_case(&bench.stored(), defaults());
    assert_eq!((case.eligibility.answer.as_str(), problems), ("no", Vec::new()));
    assert_eq!(bench.stored().get_heads().len(), 1);
    let runs = bench
        .store
        .scan(Table::Authorship, &format!("{}/", bench.case))
        .unwrap();
    let of_shape = runs.iter().filter(|(key, _)| rows::is_of_shape(key));
    assert_eq!(
        of_shape.count(),
        LACKS.len() + 1,
        "each container, and what ties them together"
    );
}

#[test]
fn r43_two_who_open_an_older_case_at_once_get_each_container_once_also_after_the_server_starts_anew() {
    let mut bench = Bench::new();
    let kari = bench.person("Kari", Grant::Editor);
    let tor = bench.person("Tor", Grant::Editor);
    make_older(&mut bench);
    let [mut one, other] = bench.open_tabs([&kari, &tor]);
    assert_eq!(one.doc.get_heads(), other.doc.get_heads());
    let before = bench.stored().get_changes(&[]).len();
    let store = std::mem::replace(&mut bench.store, MemoryStore::new());
    bench.restart(store);
    bench.connect(&mut one);
    bench.sync(&mut one);
    assert_eq!(bench.stored().get_changes(&[]).len(), before);
    for container in LACKS {
        assert_eq!(bench.stored().get_all(ROOT, container).unwrap().len(), 1);
    }
}

#[test]
fn r43_a_replica_that_was_completed_comes_back_to_a_store_from_before_and_nothing_is_twice_or_lost() {
    let mut bench = Bench::new();
    let kari = bench.person("Kari", Grant::Editor);
    make_older(&mut bench);
    let older = (bench.stored(), row(&bench));
    let [mut tab] = bench.open_tabs([&kari]);
    say_no(&mut tab);
    bench.sync(&mut tab);

    // A backup from before is restored.
    let key = rows::key(&[bench.workshop.as_str(), bench.subject.as_str()]);
    let store = std::mem::replace(&mut bench.store, MemoryStore::new());
    let (document, born) = (bench.case, older.0.get_changes(&[]).remove(0));
    let append = Write::Append {
        document,
        bytes: born.raw_bytes().to_vec().into(),
        heads: vec![born.hash()],
    };
    store.commit(&[vec![Write::Remove { document }]]).unwrap();
    store
        .commit(&[vec![append, rows::put(Table::Catalogue, key, &older.1)]])
        .unwrap();
    bench.restart(store);
    bench.connect(&mut tab);
    bench.sync(&mut tab);
    assert!(tab.is_saved() && tab.refused.is_empty(), "{:?}", tab.refused);
    let stored = bench.stored();
    assert_eq!(read_case(&stored, defaults()).0.eligibility.answer.as_str(), "no");
    for container in LACKS {
        assert_eq!(stored.get_all(ROOT, container).unwrap().len(), 1, "{container}");
    }
}

#[test]
fn r43_p1_what_nobody_may_write_stays_as_it_was_until_somebody_may() {
    let mut bench = Bench::new();
    let viewer = bench.person("Ola", Grant::Viewer);
    let kari = bench.person("Kari", Grant::Editor);
    make_older(&mut bench);
    bench.open_tabs([&viewer]);
    assert!(!whole(&bench), "who reads changes nothing");
    for state in [State::Closed, State::Archived] {
        bench.set_state(state);
        bench.open_tabs([&kari]);
        assert!(!whole(&bench), "{state:?}");
    }
    let mut tabs = bench.open_tabs([&viewer, &kari]);
    bench.set_state(State::Open);
    bench.rest();
    bench.sync_all(&mut tabs.each_mut());
    assert!(whole(&bench), "who has it open may write it now");
    assert!(tabs.iter().all(|tab| tab.has("needs")));
}

#[test]
fn r43_g1_a_command_about_an_older_case_makes_it_whole_first() {
    let mut bench = Bench::new();
    let kari = bench.person("Kari", Grant::Editor);
    make_older(&mut bench);
    ask_about_driver(&mut bench, &kari);
    let before = bench.stored().get_changes(&[]).len();
    let [tab] = bench.open_tabs([&kari]);
    assert!(tab.has("sources"));
    assert_eq!(
        bench.stored().get_changes(&[]).len(),
        before,
        "nothing is made again"
    );
}

#[test]
fn r43_a_container_that_somebody_deletes_again_stays_away_and_holds_no_command_off() {
    let mut bench = Bench::new();
    let kari = bench.person("Kari", Grant::Editor);
    make_older(&mut bench);
    let [mut tab] = bench.open_tabs([&kari]);
    let mut tx = tab.doc.transaction();
    tx.delete(ROOT, "eligibility").unwrap();
    tx.commit();
    bench.sync(&mut tab);
    assert!(tab.is_saved() && !whole(&bench));
    ask_about_driver(&mut bench, &kari);
}

#[test]
fn r23_a_case_that_is_open_gets_its_place_for_a_new_characteristic_at_once() {
    let mut bench = Bench::new();
    let kari = bench.person("Kari", Grant::Editor);
    let mut tabs = bench.open_tabs([&kari]);
    let form = Form {
        label_nb: "Språk".into(),
        scale: Scale::Text,
        group: "Egne".into(),
        active: true,
        ..Form::default()
    };
    let command = Command::ChangeCharacteristics {
        version: defaults().version,
        change: Change::Add { form },
        used: false,
    };
    bench.decided(Caller::Participant(kari), command).unwrap();
    bench.sync_all(&mut tabs.each_mut());
    let (_, codings) = tabs[0].doc.get(ROOT, "codings").unwrap().unwrap();
    assert_eq!(
        tabs[0].doc.keys(&codings).count(),
        defaults().characteristics.len() + 1
    );
}
