//! Rules X5 and X6: whose an actor is, and who wrote what (P2).

use crate::bench::Bench;
use crate::tab::{Tab, bring};
use automerge::ActorId;
use samverk::hub::close;
use samverk::hub::rows::{self, ActorRow, RunRow};
use samverk::store::{Records, Table};
use samverk_shared::access::Grant;
use samverk_shared::ids::ParticipantId;
use samverk_shared::limits::RUN_MS_MAX;

/// Whose the tab's actor is, as stored.
fn owner(bench: &Bench, tab: &Tab) -> Option<ParticipantId> {
    let key = rows::key(&[bench.workshop.as_str(), &tab.actor()]);
    let record = bench
        .store
        .get(Table::Actors, &key)
        .expect("memory does not fail")?;
    let row: ActorRow = rows::read(&key, &record).expect("the hub's own row");
    Some(row.participant)
}

/// The runs of an actor on the case: from which sequence number, and the row.
fn runs(bench: &Bench, actor: &str) -> Vec<(u64, RunRow)> {
    let prefix = rows::key(&[&bench.case.to_string(), actor, ""]);
    let rows = bench
        .store
        .scan(Table::Authorship, &prefix)
        .expect("memory does not fail");
    let run = |(key, record)| {
        let key: String = key;
        let from = key[prefix.len()..].parse().expect("a sequence number");
        (from, rows::read(&key, &record).expect("the hub's own row"))
    };
    rows.into_iter().map(run).collect()
}

/// Author and bringer of each run.
fn authors(bench: &Bench, tab: &Tab) -> Vec<(Option<ParticipantId>, Option<ParticipantId>)> {
    runs(bench, &tab.actor())
        .into_iter()
        .map(|(_, run)| (run.author, run.brought_by))
        .collect()
}

fn write(bench: &mut Bench, tab: &mut Tab, word: &str) {
    tab.write(word);
    bench.sync(tab);
    assert!(bench.stores(word) && tab.is_saved(), "{word}: {:?}", tab.refused);
}

/// The word reaches the store with somebody else's tab.
fn bring_along(bench: &mut Bench, from: &mut Tab, word: &str, with: &mut Tab) {
    let change = from.write(word);
    with.doc.apply_changes([change]).expect("it applies");
    bench.sync(with);
    assert!(bench.stores(word), "{:?}", with.refused);
}

#[test]
fn x5_p2_two_tabs_and_two_devices_of_one_person_write_each_by_its_own_actor() {
    let mut bench = Bench::new();
    let kari = bench.person("Kari", Grant::Editor);
    let [mut laptop, mut second_tab, mut telephone] = bench.open_tabs([&kari, &kari, &kari]);
    for (tab, word) in [
        (&mut laptop, "one"),
        (&mut second_tab, "two"),
        (&mut telephone, "three"),
    ] {
        write(&mut bench, tab, word);
        assert_eq!(owner(&bench, tab).as_ref(), Some(&kari));
        assert_eq!(authors(&bench, tab), [(Some(kari.clone()), None)]);
    }
}

#[test]
fn x5_p2_a_tab_sends_what_another_tab_of_the_same_person_wrote() {
    let mut bench = Bench::new();
    let kari = bench.person("Kari", Grant::Editor);
    let [mut closed, mut open] = bench.open_tabs([&kari, &kari]);
    write(&mut bench, &mut closed, "before it was closed");
    bench.sync(&mut open);
    bench.disconnect(&closed);
    bring_along(&mut bench, &mut closed, "written off line", &mut open);
    assert_eq!(authors(&bench, &closed), [(Some(kari), None)]);
}

#[test]
fn x5_p2_two_people_have_each_their_own_actors_whatever_arrives_with_whom() {
    let mut bench = Bench::new();
    let people = ["Kari", "Ola"].map(|name| bench.person(name, Grant::Editor));
    let [mut kari, mut ola] = bench.open_tabs([&people[0], &people[1]]);
    write(&mut bench, &mut kari, "by Kari");
    bench.sync(&mut ola);
    write(&mut bench, &mut ola, "by Ola");
    assert_eq!(owner(&bench, &kari).as_ref(), Some(&people[0]));
    assert_eq!(owner(&bench, &ola).as_ref(), Some(&people[1]));

    let change = kari.write("still by Kari");
    ola.doc.apply_changes([change]).expect("it applies");
    bench.sync(&mut ola);
    assert_eq!(
        ola.refused.pop().map(|(_, reason)| reason).as_deref(),
        Some("actor")
    );
    bench.sync(&mut kari);
    assert!(bench.stores("still by Kari") && kari.is_saved());
}

#[test]
fn x5_a_stock_client_has_the_actor_it_first_sends_a_change_by() {
    let mut bench = Bench::new();
    let people = ["Kari", "Ola"].map(|name| bench.person(name, Grant::Editor));
    let mut stock = bench.stock(&people[0]);
    bench.sync(&mut stock);
    assert_eq!(owner(&bench, &stock), None);
    write(&mut bench, &mut stock, "by a stock client");
    assert_eq!(owner(&bench, &stock).as_ref(), Some(&people[0]));

    let [mut forger] = bench.open_tabs([&people[1]]);
    let own = forger.doc.get_actor().clone();
    forger.doc.set_actor(stock.doc.get_actor().clone());
    let forged = forger.write("forged");
    forger.doc.set_actor(own);
    bench.message(&forger, &bring(&[forged.hash()], &[&forged]));
    bench.rest();
    assert!(!bench.stores("forged"));
}

#[test]
fn x5_p2_changes_by_an_unclaimed_actor_are_brought_by_somebody_and_bind_nobody_until_it_is_claimed() {
    let mut bench = Bench::new();
    let people = ["Kari", "Ola"].map(|name| bench.person(name, Grant::Editor));
    let [mut ola, mut absent] = bench.open_tabs([&people[1], &people[0]]);
    bench.disconnect(&absent);
    bring_along(&mut bench, &mut absent, "brought", &mut ola);
    assert_eq!(owner(&bench, &absent), None);
    assert_eq!(authors(&bench, &absent), [(None, Some(people[1].clone()))]);

    bench.connect(&mut absent);
    bench.sync(&mut absent);
    write(&mut bench, &mut absent, "by its owner");
    assert_eq!(owner(&bench, &absent).as_ref(), Some(&people[0]));
    let both = [(None, Some(people[1].clone())), (Some(people[0].clone()), None)];
    assert_eq!(
        authors(&bench, &absent),
        both,
        "what was recorded when it arrived stays"
    );
}

#[test]
fn x5_a_claim_by_another_does_not_take_an_actor_that_is_somebodys() {
    let mut bench = Bench::new();
    let people = ["Kari", "Ola"].map(|name| bench.person(name, Grant::Editor));
    let [mut kari] = bench.open_tabs([&people[0]]);
    write(&mut bench, &mut kari, "by Kari");
    let mut thief = bench.tab(&people[1]);
    thief.doc.set_actor(kari.doc.get_actor().clone());
    bench.frame(thief.connection, &thief.claim());
    bench.sync(&mut thief);
    let stolen = thief.write("stolen");
    bench.message(&thief, &bring(&[stolen.hash()], &[&stolen]));
    bench.rest();
    assert!(!bench.stores("stolen"));
    assert_eq!(owner(&bench, &kari).as_ref(), Some(&people[0]));
    write(&mut bench, &mut kari, "still by Kari");
}

#[test]
fn x5_p2_a4_after_a_restore_another_client_brings_what_the_backup_did_not_have() {
    let mut bench = Bench::new();
    let people = ["Kari", "Ola"].map(|name| bench.person(name, Grant::Editor));
    let [mut kari, mut ola] = bench.open_tabs([&people[0], &people[1]]);
    let backup = bench.store.restarted();
    write(&mut bench, &mut kari, "after the backup");
    bench.sync(&mut ola);
    assert!(ola.has("after the backup"));

    bench.restart(backup);
    assert!(!bench.stores("after the backup"));
    bench.connect(&mut ola);
    bench.sync(&mut ola);
    assert!(
        bench.stores("after the backup") && ola.is_saved(),
        "{:?}",
        ola.refused
    );
    assert_eq!(authors(&bench, &kari), [(None, Some(people[1].clone()))]);

    bench.connect(&mut kari);
    bench.sync(&mut kari);
    assert!(kari.is_saved(), "its author finds it there and writes on");
    write(&mut bench, &mut kari, "after the restore");
    assert_eq!(owner(&bench, &kari).as_ref(), Some(&people[0]));
}

#[test]
fn x5_a4_after_a_restore_who_wrote_brings_it_again_by_the_actor_that_is_still_theirs() {
    let mut bench = Bench::new();
    let kari = bench.person("Kari", Grant::Editor);
    let [mut tab] = bench.open_tabs([&kari]);
    write(&mut bench, &mut tab, "before the backup");
    let backup = bench.store.restarted();
    write(&mut bench, &mut tab, "after the backup");
    bench.restart(backup);
    bench.connect(&mut tab);
    bench.sync(&mut tab);
    assert!(bench.stores("after the backup") && tab.is_saved());
    let runs = runs(&bench, &tab.actor());
    assert!(runs.iter().all(|(_, run)| run.author.as_ref() == Some(&kari)));
    assert_eq!(runs.last().map(|(_, run)| run.to), Some(2));
}

#[test]
fn x6_a_run_is_extended_by_the_same_actors_next_change_and_ends_after_its_time() {
    let mut bench = Bench::new();
    let kari = bench.person("Kari", Grant::Editor);
    let [mut tab] = bench.open_tabs([&kari]);
    let began = bench.now;
    for (n, wait_ms) in [1_000, 1_000, RUN_MS_MAX - 2_001, 1].into_iter().enumerate() {
        write(&mut bench, &mut tab, &format!("word {n}"));
        bench.now += wait_ms;
    }
    let spans = |bench: &Bench, tab: &Tab| {
        let runs = runs(bench, &tab.actor()).into_iter();
        runs.map(|(from, run)| (from, run.to, run.from_ms - began, run.to_ms - began))
            .collect::<Vec<_>>()
    };
    assert_eq!(spans(&bench, &tab), [(1, 4, 0, RUN_MS_MAX - 1)]);
    write(&mut bench, &mut tab, "one past");
    assert_eq!(
        spans(&bench, &tab),
        [(1, 4, 0, RUN_MS_MAX - 1), (5, 5, RUN_MS_MAX, RUN_MS_MAX)]
    );
}

#[test]
fn x6_a_run_breaks_where_the_author_changes_and_each_actor_has_its_own() {
    let mut bench = Bench::new();
    let people = ["Kari", "Ola"].map(|name| bench.person(name, Grant::Editor));
    let [mut kari, mut ola] = bench.open_tabs([&people[0], &people[1]]);
    for n in 0..3 {
        write(&mut bench, &mut kari, &format!("Kari {n}"));
        bench.sync(&mut ola);
        write(&mut bench, &mut ola, &format!("Ola {n}"));
        bench.sync(&mut kari);
    }
    for tab in [&kari, &ola] {
        let runs = runs(&bench, &tab.actor());
        assert_eq!(
            runs.iter().map(|(from, run)| (*from, run.to)).collect::<Vec<_>>(),
            [(1, 3)]
        );
        assert_eq!(runs[0].1.author, tab.participant);
    }
    let mut anew = kari.clone();
    anew.doc.set_actor(ActorId::from([0x66; 16]));
    bench.frame(anew.connection, &anew.claim());
    write(&mut bench, &mut anew, "by a new actor");
    assert_eq!(authors(&bench, &anew), [(Some(people[0].clone()), None)]);
}

#[test]
fn x6_what_the_server_makes_is_recorded_as_made_on_somebodys_behalf() {
    use samverk::hub::{Answer, Caller, Command};
    let mut bench = Bench::new();
    let kari = bench.person("Kari", Grant::Editor);
    let name = "Ny".into();
    let made = bench.decided(Caller::Participant(kari.clone()), Command::CreateCase { name });
    let Ok(Answer::Case { document, .. }) = made else {
        panic!("{made:?}")
    };
    bench.case = document;
    let actor = bench.stored().get_changes(&[])[0].actor_id().to_hex_string();
    let runs = runs(&bench, &actor);
    assert_eq!(runs.len(), 1);
    assert_eq!(
        (&runs[0].1.author, runs[0].1.on_behalf_of.as_ref()),
        (&None, Some(&kari))
    );
}

#[test]
fn p2_x6_what_somebody_wrote_before_they_sent_something_malformed_still_has_its_author() {
    let mut bench = Bench::new();
    let kari = bench.person("Kari", Grant::Editor);
    let [mut tab] = bench.open_tabs([&kari]);
    tab.write("varme");
    bench.push(&mut tab);
    bench.message(&tab, b"nothing a client sends");
    bench.rest();
    assert!(bench.stores("varme"));
    assert_eq!(bench.closed.get(&tab.connection), Some(&close::POLICY));
    assert_eq!(authors(&bench, &tab), [(Some(kari), None)]);
}
