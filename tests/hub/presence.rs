//! Section E: presence.

use crate::bench::{Bench, Sent};
use crate::tab::Tab;
use samverk::hub::{Caller, Command, Hello, close};
use samverk::wire;
use samverk_shared::access::{Grant, Grants, State};
use samverk_shared::limits::{PRESENCE_BYTES_MAX, PRESENCE_PER_S_MAX, SCHEMA};

const INTERVAL_MS: u64 = 1000 / PRESENCE_PER_S_MAX;

fn show_as(bench: &mut Bench, tab: &Tab, sender: &str, count: u64, data: &[u8]) {
    let frame = wire::ephemeral(sender, "server", tab.document, "session", count, data);
    bench.frame(tab.connection, &frame);
}

fn show(bench: &mut Bench, tab: &Tab, count: u64, data: &[u8]) {
    show_as(bench, tab, &tab.peer.clone(), count, data);
}

/// Who showed what, in what was sent to the tab.
fn seen(bench: &mut Bench, tab: &Tab) -> Vec<(String, Vec<u8>)> {
    let sent: Vec<Sent> = bench.sent(tab);
    let frames = sent.into_iter().filter(|sent| sent.frame.kind == "ephemeral");
    frames
        .map(|sent| {
            assert!(sent.presence, "presence may be dropped for a slow reader");
            (sent.frame.sender_id, sent.frame.data.expect("data"))
        })
        .collect()
}

fn of(tab: &Tab, data: &[u8]) -> (String, Vec<u8>) {
    (tab.peer.clone(), data.to_vec())
}

/// Two who have the case open, one who is connected and has not, and all of them editors.
fn three(bench: &mut Bench) -> [Tab; 3] {
    let people = ["Kari", "Ola", "Per"].map(|name| bench.person(name, Grant::Editor));
    let [kari, ola] = bench.open_tabs([&people[0], &people[1]]);
    let away = bench.tab(&people[2]);
    bench.sent(&away);
    [kari, ola, away]
}

#[test]
fn e1_presence_goes_to_who_has_the_document_open_and_is_never_stored() {
    let mut bench = Bench::new();
    let [kari, ola, away] = three(&mut bench);
    let commits = bench.store.commits();
    show(&mut bench, &kari, 1, b"here");
    assert_eq!(seen(&mut bench, &ola), [of(&kari, b"here")]);
    assert_eq!(seen(&mut bench, &kari), []);
    assert_eq!(seen(&mut bench, &away), []);
    bench.rest();
    assert_eq!(bench.store.commits(), commits);
}

#[test]
fn e1_who_may_not_read_any_more_sees_nobody_and_is_seen_to_leave() {
    let mut bench = Bench::new();
    let people =
        [("Kari", Grant::Editor), ("Ola", Grant::Reviewer)].map(|(name, grant)| bench.person(name, grant));
    let [kari, ola] = bench.open_tabs([&people[0], &people[1]]);
    show(&mut bench, &ola, 1, b"here");
    seen(&mut bench, &kari);
    bench.set_state(State::Archived);
    assert_eq!(seen(&mut bench, &kari), [of(&ola, &wire::goodbye())]);
    bench.now += INTERVAL_MS;
    show(&mut bench, &kari, 1, b"here");
    assert_eq!(seen(&mut bench, &ola), []);
    show(&mut bench, &ola, 2, b"still here?");
    assert_eq!(seen(&mut bench, &kari), []);
}

#[test]
fn e2_a_frame_in_anothers_name_is_dropped() {
    let mut bench = Bench::new();
    let [kari, ola, _] = three(&mut bench);
    show(&mut bench, &kari, 1, b"here");
    let echo = kari.peer.clone();
    show_as(&mut bench, &ola, &echo, 1, b"here");
    assert_eq!(seen(&mut bench, &kari), []);
    assert_eq!(seen(&mut bench, &ola).len(), 1);
    assert_eq!(
        bench.closed,
        [].into(),
        "an echo is no attack: every stock client sends it"
    );
}

#[test]
fn e2_a_viewer_shows_nothing_and_a_reviewer_does() {
    let mut bench = Bench::new();
    let people =
        [("Kari", Grant::Editor), ("Ola", Grant::Viewer)].map(|(name, grant)| bench.person(name, grant));
    let [kari, ola] = bench.open_tabs([&people[0], &people[1]]);
    show(&mut bench, &ola, 1, b"here");
    assert_eq!(seen(&mut bench, &kari), []);
    bench.set_grants(&people[1], Grant::Reviewer);
    show(&mut bench, &ola, 2, b"here");
    assert_eq!(seen(&mut bench, &kari), [of(&ola, b"here")]);
}

#[test]
fn e2_presence_larger_than_allowed_is_dropped() {
    let mut bench = Bench::new();
    let [kari, ola, _] = three(&mut bench);
    show(&mut bench, &kari, 1, &vec![0; PRESENCE_BYTES_MAX + 1]);
    assert_eq!(seen(&mut bench, &ola), []);
    show(&mut bench, &kari, 2, &vec![0; PRESENCE_BYTES_MAX]);
    assert_eq!(seen(&mut bench, &ola).len(), 1);
}

#[test]
fn e3_of_too_many_a_second_the_newest_wins() {
    let mut bench = Bench::new();
    let [kari, ola, _] = three(&mut bench);
    for n in 1..=5 {
        show(&mut bench, &kari, n, &[n as u8]);
    }
    assert_eq!(seen(&mut bench, &ola), [of(&kari, &[1])]);
    assert!(bench.hub.presence_waits());
    bench.tick(INTERVAL_MS - 1);
    assert_eq!(seen(&mut bench, &ola), []);
    bench.tick(1);
    assert_eq!(seen(&mut bench, &ola), [of(&kari, &[5])]);
    assert!(!bench.hub.presence_waits());
}

#[test]
fn e3_each_connection_is_counted_by_itself_and_all_get_through_in_a_second() {
    let mut bench = Bench::new();
    let [kari, ola, _] = three(&mut bench);
    let began = bench.now;
    let mut arrived = 0;
    for n in 0..1_000 {
        bench.now = began + n;
        show(&mut bench, &kari, n, &n.to_be_bytes());
        bench.run();
        arrived += seen(&mut bench, &ola).len() as u64;
    }
    assert!(
        (PRESENCE_PER_S_MAX - 1..=PRESENCE_PER_S_MAX).contains(&arrived),
        "{arrived} arrived"
    );
    show(&mut bench, &ola, 1, b"mine");
    assert_eq!(seen(&mut bench, &kari), [of(&ola, b"mine")]);
}

#[test]
fn e4_who_opens_the_document_later_is_shown_who_is_there() {
    let mut bench = Bench::new();
    let [kari, ola, mut late] = three(&mut bench);
    show(&mut bench, &kari, 1, b"on line 3");
    bench.tick(INTERVAL_MS);
    show(&mut bench, &kari, 2, b"on line 4");
    show(&mut bench, &ola, 1, b"on line 9");
    bench.push(&mut late);
    bench.rest();
    assert_eq!(
        seen(&mut bench, &late),
        [of(&kari, b"on line 4"), of(&ola, b"on line 9")]
    );
}

#[test]
fn e4_the_server_says_goodbye_for_who_is_gone() {
    let mut bench = Bench::new();
    let [kari, ola, _] = three(&mut bench);
    show(&mut bench, &kari, 1, b"here");
    seen(&mut bench, &ola);
    bench.disconnect(&kari);
    assert_eq!(seen(&mut bench, &ola), [of(&kari, &wire::goodbye())]);
    let people = bench.person("Lise", Grant::Editor);
    let mut late = bench.tab(&people);
    bench.push(&mut late);
    bench.rest();
    assert_eq!(
        seen(&mut bench, &late),
        [],
        "who is gone is not shown to newcomers"
    );
}

#[test]
fn e4_who_is_put_out_of_the_workshop_is_seen_to_leave() {
    let mut bench = Bench::new();
    let [kari, ola, _] = three(&mut bench);
    show(&mut bench, &kari, 1, b"here");
    seen(&mut bench, &ola);
    bench.set_grants(&kari.participant.clone().expect("somebody"), Grants::NONE);
    assert_eq!(seen(&mut bench, &ola), [of(&kari, &wire::goodbye())]);
    assert_eq!(bench.closed.get(&kari.connection), Some(&close::NOT_A_MEMBER));
}

#[test]
fn e4_who_may_not_be_seen_any_more_is_seen_to_leave_and_not_shown_to_newcomers() {
    let mut bench = Bench::new();
    let people =
        [("Kari", Grant::Editor), ("Ola", Grant::Reviewer)].map(|(name, grant)| bench.person(name, grant));
    let [kari, ola] = bench.open_tabs([&people[0], &people[1]]);
    show(&mut bench, &ola, 1, b"here");
    show(&mut bench, &ola, 2, b"waits");
    seen(&mut bench, &kari);
    bench.set_grants(&people[1], Grant::Viewer);
    assert_eq!(seen(&mut bench, &kari), [of(&ola, &wire::goodbye())]);
    bench.tick(INTERVAL_MS);
    bench.rest();
    assert_eq!(seen(&mut bench, &kari), [], "what waited is not sent");
    let late = bench.person("Lise", Grant::Editor);
    let [late] = bench.open_tabs([&late]);
    assert_eq!(seen(&mut bench, &late), []);
}

#[test]
fn e1_what_is_archived_is_closed_to_readers_before_it_is_durable() {
    let mut bench = Bench::new();
    let people =
        [("Kari", Grant::Editor), ("Ola", Grant::Reviewer)].map(|(name, grant)| bench.person(name, grant));
    let [kari, ola] = bench.open_tabs([&people[0], &people[1]]);
    let archive = Command::SetState {
        subject: bench.subject.clone(),
        state: State::Archived,
    };
    bench.command(Caller::Server, archive, None);
    assert_eq!(bench.commits.len(), 1, "the disk has not answered");
    show(&mut bench, &kari, 1, b"here");
    assert_eq!(seen(&mut bench, &ola), []);
}

fn hello(bench: &Bench, tab: &Tab, peer: &str) -> Hello {
    Hello {
        workshop: Some(bench.workshop.clone()),
        participant: tab.participant.clone(),
        peer_id: peer.to_owned(),
        samverk: tab.samverk,
        schema: SCHEMA,
    }
}

#[test]
fn e5_a_peer_id_that_names_another_participant_is_refused() {
    let mut bench = Bench::new();
    let [kari, mut ola, _] = three(&mut bench);
    let own = ola.participant.clone().expect("somebody");
    for peer in [kari.peer.clone(), "anything".into(), format!("{own}x.1")] {
        bench.disconnect(&ola);
        let hello = hello(&bench, &ola, &peer);
        bench.connect_as(&mut ola, hello);
        assert_eq!(bench.closed.get(&ola.connection), Some(&close::POLICY), "{peer}");
        assert_eq!(bench.sent_of(&ola, "error").len(), 1, "it is told why");
    }
    assert_eq!(bench.closed.get(&kari.connection), None);
}

#[test]
fn e5_a_stock_clients_peer_id_is_its_own_unless_another_person_uses_it() {
    let mut bench = Bench::new();
    let people = ["Kari", "Ola"].map(|name| bench.person(name, Grant::Editor));
    let first = bench.stock(&people[0]);
    let mut other = bench.stock(&people[1]);
    bench.disconnect(&other);
    let taken = hello(&bench, &other, &first.peer);
    bench.connect_as(&mut other, taken);
    assert_eq!(bench.closed.get(&other.connection), Some(&close::POLICY));
    assert_eq!(bench.closed.get(&first.connection), None);

    let mut again = first.clone();
    let own = hello(&bench, &again, &first.peer);
    bench.connect_as(&mut again, own);
    assert_eq!(
        bench.closed.get(&first.connection),
        Some(&close::REPLACED),
        "its own newer connection takes over"
    );
    assert_eq!(bench.closed.get(&again.connection), None);
}
