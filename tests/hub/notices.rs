//! Section N: notices, their numbers, and who gets which.

use crate::bench::Bench;
use crate::tab::Tab;
use samverk::hub::{Command, Hello};
use samverk::wire::{self, Notice};
use samverk_shared::access::{Grant, State};
use samverk_shared::limits::SCHEMA;
use samverk_tests::frames::ServerFrame;

/// The notices a tab has got since it was last asked, in order.
fn notices(bench: &mut Bench, tab: &Tab) -> Vec<String> {
    let sent = bench.sent(tab).into_iter().map(|sent| sent.frame);
    sent.filter(|frame| frame.n.is_some())
        .map(|frame| frame.kind)
        .collect()
}

#[test]
fn n1_a_new_case_or_state_is_told_to_everybody_in_the_workshop() {
    let mut bench = Bench::new();
    let people = ["Kari", "Ola"].map(|name| bench.person(name, Grant::Viewer));
    let tabs = people.each_ref().map(|person| bench.tab(person));
    tabs.iter().for_each(|tab| drop(notices(&mut bench, tab)));
    bench.new_case("Enda en");
    for tab in &tabs {
        assert_eq!(notices(&mut bench, tab), ["catalogue"]);
    }
    bench.set_state(State::Closed);
    for tab in &tabs {
        assert_eq!(notices(&mut bench, tab), ["catalogue"]);
    }
}

#[test]
fn n2_changed_rights_are_told_to_the_person_and_the_rest_hear_of_people_only() {
    let mut bench = Bench::new();
    let people = ["Kari", "Ola"].map(|name| bench.person(name, Grant::Viewer));
    let [kari, kari_too, ola] = [&people[0], &people[0], &people[1]].map(|person| bench.tab(person));
    for tab in [&kari, &kari_too, &ola] {
        notices(&mut bench, tab);
    }
    bench.set_grants(&people[0], Grant::Editor);
    for tab in [&kari, &kari_too] {
        assert_eq!(notices(&mut bench, tab), ["rights", "catalogue", "people"]);
    }
    assert_eq!(notices(&mut bench, &ola), ["people"]);
}

#[test]
fn n3_a_refusal_is_numbered_among_the_notices() {
    let mut bench = Bench::new();
    let kari = bench.person("Kari", Grant::Viewer);
    let [mut tab] = bench.open_tabs([&kari]);
    let before = bench.new_case("Enda en");
    assert_ne!(before.1, tab.document);
    let number = bench.sent_of(&tab, "catalogue")[0].n.expect("a number");
    tab.write("mine");
    bench.push(&mut tab);
    bench.rest();
    let refused = bench.sent_of(&tab, "refused").pop().expect("a refusal");
    assert_eq!((refused.n, refused.document()), (Some(number + 1), bench.case));
}

#[test]
fn n4_a_view_is_named() {
    let frame = ServerFrame::read(&wire::notice("server", "client", 7, Notice::View("register")));
    assert_eq!(
        (frame.kind.as_str(), frame.n, frame.view.as_deref()),
        ("view", Some(7), Some("register"))
    );
}

#[test]
fn n5_a_client_older_than_the_server_is_told_to_reload_and_stays_connected() {
    let mut bench = Bench::new();
    let kari = bench.person("Kari", Grant::Editor);
    for (schema, told) in [(SCHEMA - 1, true), (SCHEMA, false), (SCHEMA + 1, false)] {
        let mut tab = bench.tab(&kari);
        bench.disconnect(&tab);
        let hello = Hello {
            workshop: Some(bench.workshop.clone()),
            participant: Some(kari.clone()),
            peer_id: tab.peer.clone(),
            samverk: true,
            schema,
        };
        bench.connect_as(&mut tab, hello);
        assert_eq!(
            bench.sent_of(&tab, "reload").len(),
            usize::from(told),
            "schema {schema}"
        );
        assert_eq!(bench.closed.get(&tab.connection), None);
        bench.sync(&mut tab);
        assert!(!tab.doc.get_heads().is_empty(), "it still reads");
    }
}

#[test]
fn n6_who_comes_goes_or_changes_name_is_told_to_the_others() {
    let mut bench = Bench::new();
    let kari = bench.person("Kari", Grant::Editor);
    let link = bench.new_link(Grant::Viewer);
    let tab = bench.tab(&kari);
    notices(&mut bench, &tab);
    let ola = bench.person_by(&link, "Ola");
    let joined = notices(&mut bench, &tab);
    assert!(
        joined.contains(&"people".into()) && !joined.contains(&"catalogue".into()),
        "{joined:?}"
    );
    let other = bench.tab(&ola);
    assert_eq!(notices(&mut bench, &tab), ["people"], "Ola has come");
    assert!(bench.hub.here(&bench.workshop).contains(&ola));
    bench.disconnect(&other);
    assert_eq!(notices(&mut bench, &tab), ["people"], "Ola has gone");
    assert!(!bench.hub.here(&bench.workshop).contains(&ola));
    let mut renamed = crate::bench::join(&link, "Ola");
    if let Command::Join { name, .. } = &mut renamed {
        *name = "Ola Nordmann".into();
    }
    bench.done(renamed);
    assert_eq!(notices(&mut bench, &tab), ["people"], "Ola has another name");
}

#[test]
fn n1_n6_numbers_rise_by_one_from_one_on_each_connection() {
    let mut bench = Bench::new();
    let kari = bench.person("Kari", Grant::Viewer);
    let [first, second] = [&kari, &kari].map(|person| bench.tab(person));
    bench.new_case("Enda en");
    bench.set_grants(&kari, Grant::Editor);
    let third = bench.tab(&kari);
    bench.new_case("Og en til");
    for tab in [&first, &second, &third] {
        let numbers: Vec<u64> = bench.sent(tab).iter().filter_map(|sent| sent.frame.n).collect();
        let expected: Vec<u64> = (1..=numbers.len() as u64).collect();
        assert!(!numbers.is_empty());
        assert_eq!(numbers, expected);
    }
}

#[test]
fn n1_n6_a_stock_client_and_another_workshop_hear_nothing() {
    let mut bench = Bench::new();
    let kari = bench.person("Kari", Grant::Viewer);
    let mut stock = bench.stock(&kari);
    bench.sync(&mut stock);
    bench.new_case("Enda en");
    bench.set_grants(&kari, Grant::Editor);
    let sent = bench.sent(&stock);
    assert!(sent.iter().all(|sent| sent.frame.n.is_none()), "{sent:?}");

    let here = bench.workshop.clone();
    let tab = bench.tab(&kari);
    notices(&mut bench, &tab);
    bench.workshop = samverk_shared::ids::WorkshopId::from_random([2; 16]);
    bench.done(Command::CreateWorkshop {
        title: "Et annet".into(),
        purpose: String::new(),
        facilitator: None,
    });
    bench.new_case("Der");
    bench.person("Per", Grant::Editor);
    bench.workshop = here;
    assert_eq!(notices(&mut bench, &tab), Vec::<String>::new());
}
