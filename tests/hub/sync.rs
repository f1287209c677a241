//! Section Y: sync and "saved".

use crate::bench::Bench;
use crate::tab::{Tab, bring};
use automerge::sync::{BloomFilter, Have, Message, MessageVersion, State};
use automerge::{ActorId, Change};
use samverk::hub::{Caller, Command, CommandError, close};
use samverk::store::Changes;
use samverk::wire;
use samverk_shared::access::{Grant, State as DocumentState};
use samverk_shared::ids::DocumentId;
use samverk_shared::limits::{ORPHAN_BYTES_MAX, ORPHAN_CHANGES_MAX};

#[test]
fn y1_a1_nothing_is_said_of_a_change_before_it_is_durable() {
    let mut bench = Bench::new();
    let (kari, ola) = (
        bench.person("Kari", Grant::Editor),
        bench.person("Ola", Grant::Viewer),
    );
    let [mut writer, mut reader, mut asks] = bench.open_tabs([&kari, &ola, &ola]);
    writer.write("varme");
    bench.push(&mut writer);
    bench.run();
    assert_eq!(bench.commits.len(), 1, "the change waits for the disk");

    let mut newcomer = bench.tab(&ola);
    bench.push(&mut newcomer);
    asks.begin(asks.connection);
    bench.push(&mut asks);
    bench.run();
    for tab in [&writer, &reader, &newcomer, &asks] {
        assert_eq!(bench.sent_of(tab, "sync").len(), 0, "{} waits too", tab.peer);
    }

    bench.commit();
    assert_eq!(bench.pull(&mut writer).len(), 1, "the acknowledgement");
    assert!(writer.is_saved());
    assert_eq!(bench.pull(&mut reader).len(), 1, "the broadcast");
    assert!(reader.has("varme"));
    // The bench holds every frame of every test against what is durable.
    bench.sync_all(&mut [&mut newcomer, &mut asks]);
    assert!(newcomer.has("varme") && asks.has("varme"));
}

#[test]
fn y1_a1_a_view_is_told_of_a_change_when_it_is_durable_and_not_before() {
    let mut bench = Bench::new();
    let kari = bench.person("Kari", Grant::Editor);
    let [mut writer] = bench.open_tabs([&kari]);
    bench.changed.clear();
    writer.write("varme");
    bench.push(&mut writer);
    bench.run();
    assert_eq!(bench.changed, []);
    bench.commit();
    assert_eq!(bench.changed, [bench.case]);
}

#[test]
fn y2_the_sender_is_told_when_its_change_is_stored_and_told_again_when_it_asks_again() {
    let mut bench = Bench::new();
    let kari = bench.person("Kari", Grant::Editor);
    let [mut tab] = bench.open_tabs([&kari]);
    let change = tab.write("varme");
    bench.push(&mut tab);
    bench.rest();
    bench.pull(&mut tab);
    assert!(tab.is_saved() && bench.stores("varme"));

    let commits = bench.store.commits();
    bench.message(&tab, &bring(&[change.hash()], &[&change]));
    bench.rest();
    let again = bench.sent_of(&tab, "sync");
    assert_eq!(
        again.len(),
        1,
        "it was known before, and is acknowledged all the same"
    );
    assert_eq!(again[0].sync().heads, [change.hash()]);
    assert_eq!(bench.store.commits(), commits, "nothing is stored twice");
}

#[test]
fn y2_changes_that_came_together_are_one_batch_and_each_sender_is_told() {
    let mut bench = Bench::new();
    let people = ["Kari", "Ola"].map(|name| bench.person(name, Grant::Editor));
    let [mut kari, mut ola] = bench.open_tabs([&people[0], &people[1]]);
    let batches = bench.counter("batches");
    kari.write("varme");
    ola.write("lys");
    bench.push(&mut kari);
    bench.push(&mut ola);
    bench.run();
    assert_eq!(bench.commits.len(), 1);
    bench.commit();
    assert_eq!(bench.counter("batches"), batches + 1);
    for tab in [&mut kari, &mut ola] {
        assert_eq!(
            bench.pull(tab).len(),
            1,
            "acknowledgement and the other's change in one"
        );
        assert!(tab.is_saved() && tab.has("varme") && tab.has("lys"));
    }
}

#[test]
fn y3_all_who_are_up_to_date_get_the_same_bytes_the_changes_the_heads_and_no_filter() {
    let mut bench = Bench::new();
    let (kari, ola) = (
        bench.person("Kari", Grant::Editor),
        bench.person("Ola", Grant::Viewer),
    );
    let [mut writer, mut first, mut second, mut third] = bench.open_tabs([&kari, &ola, &ola, &ola]);
    let changes = [writer.write("varme"), writer.write("lys")];
    bench.push(&mut writer);
    bench.rest();

    let sent = [&first, &second, &third].map(|tab| bench.sent(tab));
    assert!(sent.iter().all(|sent| sent.len() == 1));
    let data = sent
        .each_ref()
        .map(|sent| sent[0].frame.data.clone().expect("a sync frame"));
    assert!(data[0] == data[1] && data[1] == data[2]);
    let message = sent[0][0].frame.sync();
    let heads = vec![changes[1].hash()];
    assert_eq!(message.heads, heads);
    assert_eq!(message.need, []);
    let blobs: Vec<&[u8]> = message.changes.iter().collect();
    assert_eq!(blobs, changes.each_ref().map(Change::raw_bytes));
    let nothing_filtered = Have {
        last_sync: heads,
        bloom: BloomFilter::default(),
    };
    assert_eq!(message.have, [nothing_filtered]);
    for (tab, sent) in [&mut first, &mut second, &mut third].into_iter().zip(&sent) {
        tab.receive(&sent[0].frame);
        assert!(tab.has("varme") && tab.has("lys"));
    }
}

#[test]
fn y4_a_message_that_brings_nothing_and_names_known_heads_is_not_answered() {
    let mut bench = Bench::new();
    let kari = bench.person("Kari", Grant::Editor);
    let [mut tab, mut other] = bench.open_tabs([&kari, &kari]);
    tab.write("varme");
    bench.push(&mut tab);
    bench.rest();
    bench.pull(&mut other);
    assert!(bench.push(&mut other), "it says that it has it");
    bench.rest();
    assert_eq!(bench.sent(&other).len(), 0);
}

#[test]
fn y4_who_lost_its_copy_is_answered_with_the_document() {
    let mut bench = Bench::new();
    let kari = bench.person("Kari", Grant::Editor);
    let [mut tab] = bench.open_tabs([&kari]);
    tab.write("varme");
    bench.sync(&mut tab);
    let mut empty = Tab::new(77, tab.peer.clone(), Some(kari), true, bench.case);
    empty.begin(tab.connection);
    bench.push(&mut empty);
    bench.rest();
    bench.pull(&mut empty);
    assert!(empty.has("varme"));
}

#[test]
fn y5_who_asks_with_nothing_is_answered_from_stored_bytes_without_loading_them() {
    let mut bench = Bench::new();
    let kari = bench.person("Kari", Grant::Editor);
    let [mut writer] = bench.open_tabs([&kari]);
    writer.write("varme");
    bench.sync(&mut writer);
    bench.restart(bench.store.restarted());

    let mut asks = bench.tab(&kari);
    bench.push(&mut asks);
    bench.rest();
    let frames = bench.pull(&mut asks);
    let sync = frames
        .iter()
        .find(|frame| frame.kind == "sync")
        .expect("an answer")
        .sync();
    let stored = bench
        .store
        .load(bench.case)
        .expect("memory does not fail")
        .expect("a document");
    assert_eq!(sync.changes.iter().collect::<Vec<_>>(), [&stored.bytes()[..]]);
    bench.sync(&mut asks);
    assert!(asks.has("varme"));
    assert_eq!(
        bench.hub.documents_in_memory(),
        (1, 0),
        "in memory as bytes, and not loaded"
    );
}

/// Somebody whose connection broke, wrote on, and comes back; and what was stored meanwhile.
fn comes_back(bench: &mut Bench, tab: &mut Tab, others: &mut Tab, remembers: bool) {
    let remembered = State::decode(&tab.state.encode()).expect("its own state");
    bench.disconnect(tab);
    others.write("stored meanwhile");
    bench.sync(others);
    bench.connect(tab);
    if remembers {
        tab.state = remembered;
    }
    bench.sent(tab);
}

#[test]
fn y6_heads_the_server_does_not_know_are_asked_for_from_the_last_both_have() {
    let mut bench = Bench::new();
    let people = ["Kari", "Ola"].map(|name| bench.person(name, Grant::Editor));
    let [mut kari, mut ola] = bench.open_tabs([&people[0], &people[1]]);
    let common = kari.doc.get_heads();
    comes_back(&mut bench, &mut kari, &mut ola, true);
    let offline = kari.write("written off line");

    bench.push(&mut kari);
    bench.rest();
    let frames = bench.pull(&mut kari);
    let question = frames[0].sync();
    assert_eq!(question.have.len(), 1);
    assert_eq!(question.have[0].last_sync, common);
    let meanwhile = ola.doc.get_heads()[0];
    assert!(question.have[0].bloom.contains_hash(&meanwhile));
    assert!(!question.heads.contains(&offline.hash()));
    assert!(
        kari.has("stored meanwhile"),
        "the question brings what was missing"
    );

    bench.sync_all(&mut [&mut kari, &mut ola]);
    assert!(ola.has("written off line") && kari.is_saved());
}

#[test]
fn y6_a_change_the_filter_hides_by_chance_is_asked_for_by_name() {
    let mut bench = Bench::new();
    let people = ["Kari", "Ola"].map(|name| bench.person(name, Grant::Editor));
    let [mut kari, mut ola] = bench.open_tabs([&people[0], &people[1]]);
    comes_back(&mut bench, &mut kari, &mut ola, true);
    let meanwhile = ola.doc.get_heads();
    let filter = BloomFilter::from_hashes(meanwhile.iter());
    let hidden = (0..u64::MAX).find_map(|number| {
        let mut tried = kari.clone();
        let actor: Vec<u8> = [number.to_be_bytes(), [0xab; 8]].concat();
        tried.doc.set_actor(ActorId::from(actor));
        let change = tried.write("hidden");
        filter.contains_hash(&change.hash()).then_some((tried, change))
    });
    let (mut kari, change) = hidden.expect("one change in a hundred");

    bench.push(&mut kari);
    bench.rest();
    let question = bench.pull(&mut kari)[0].sync();
    assert!(
        question.have[0].bloom.contains_hash(&change.hash()),
        "the filter says it is known"
    );
    bench.push(&mut kari);
    bench.rest();
    assert!(!bench.stores("hidden"));
    let by_name = bench.pull(&mut kari)[0].sync();
    assert_eq!(by_name.need, [change.hash()]);
    bench.sync_all(&mut [&mut kari, &mut ola]);
    assert!(ola.has("hidden") && kari.is_saved());
}

#[test]
fn y7_a_change_that_came_first_waits_and_what_it_builds_on_is_asked_for() {
    let mut bench = Bench::new();
    let kari = bench.person("Kari", Grant::Editor);
    let [mut tab] = bench.open_tabs([&kari]);
    let before = tab.doc.get_heads();
    let (first, second) = (tab.write("first"), tab.write("second"));
    bench.message(&tab, &bring(&[second.hash()], &[&second]));
    bench.rest();
    let answer = bench.sent_of(&tab, "sync").pop().expect("a question").sync();
    assert_eq!((answer.need, answer.heads), (vec![first.hash()], before));
    assert!(!bench.stores("second"));

    bench.message(&tab, &bring(&[second.hash()], &[&first]));
    bench.rest();
    let answer = bench
        .sent_of(&tab, "sync")
        .pop()
        .expect("an acknowledgement")
        .sync();
    assert_eq!((answer.need, answer.heads), (vec![], vec![second.hash()]));
    assert!(bench.stores("first") && bench.stores("second"));
}

#[test]
fn y7_what_waits_waits_on_its_own_connection() {
    let mut bench = Bench::new();
    let kari = bench.person("Kari", Grant::Editor);
    let [mut early, mut other] = bench.open_tabs([&kari, &kari]);
    let (first, second) = (early.write("first"), early.write("second"));
    bench.message(&early, &bring(&[second.hash()], &[&second]));
    bench.rest();
    other.doc.apply_changes([first.clone()]).expect("it applies");
    bench.sync(&mut other);
    assert!(bench.stores("first") && !bench.stores("second"));
    bench.message(&early, &bring(&[second.hash()], &[&first]));
    bench.rest();
    assert!(bench.stores("second"), "once it answers, what waited is taken");
}

fn is_refused(bench: &mut Bench, tab: &mut Tab) -> bool {
    bench.rest();
    bench.pull(tab);
    tab.refused.last().is_some_and(|(_, reason)| reason == "limit")
}

#[test]
fn y7_as_many_changes_wait_as_the_limit_says_and_no_more() {
    let mut bench = Bench::new();
    let kari = bench.person("Kari", Grant::Editor);
    let [mut tab] = bench.open_tabs([&kari]);
    let _never_sent = tab.write("never sent");
    let mut writer = tab.clone();
    let waits: Vec<Change> = (0..=ORPHAN_CHANGES_MAX)
        .map(|n| writer.write(&format!("{n}")))
        .collect();
    let heads = writer.doc.get_heads();
    let (one_past, allowed) = waits.split_last().expect("changes");
    bench.message(&tab, &bring(&heads, &allowed.iter().collect::<Vec<_>>()));
    assert!(!is_refused(&mut bench, &mut tab));
    bench.message(&tab, &bring(&heads, &[one_past]));
    assert!(is_refused(&mut bench, &mut tab));
}

#[test]
fn y7_as_many_bytes_wait_as_the_limit_says_and_no_more() {
    for (bytes, refused) in [(ORPHAN_BYTES_MAX, false), (ORPHAN_BYTES_MAX + 1, true)] {
        let mut bench = Bench::new();
        let kari = bench.person("Kari", Grant::Editor);
        let [mut tab] = bench.open_tabs([&kari]);
        let _never_sent = tab.write("never sent");
        let value = |length: usize| vec![7; length];
        let probe = tab
            .clone()
            .put("large", automerge::ScalarValue::Bytes(value(ORPHAN_BYTES_MAX)));
        let overhead = probe.raw_bytes().len() - ORPHAN_BYTES_MAX;
        let waits = tab.put("large", automerge::ScalarValue::Bytes(value(bytes - overhead)));
        assert_eq!(waits.raw_bytes().len(), bytes);
        bench.message(&tab, &bring(&[waits.hash()], &[&waits]));
        assert_eq!(is_refused(&mut bench, &mut tab), refused, "{bytes} bytes");
    }
}

/// What a viewer is sent who asks for a document and then sends it a change.
fn asked_in_vain(document: impl Fn(&Bench) -> DocumentId) -> Vec<Vec<u8>> {
    let mut bench = Bench::new();
    bench.set_state(DocumentState::Archived);
    let ola = bench.person("Ola", Grant::Viewer);
    let mut tab = bench.tab(&ola);
    tab.document = document(&bench);
    bench.sent(&tab);
    bench.push(&mut tab);
    let change = tab.write("mine");
    bench.message(&tab, &bring(&[change.hash()], &[&change]));
    bench.rest();
    let sent = bench.sent(&tab);
    assert!(
        sent.iter().all(|sent| sent.frame.kind == "doc-unavailable"),
        "{sent:?}"
    );
    sent.into_iter().map(|sent| sent.bytes).collect()
}

#[test]
fn y8_a_document_that_may_not_be_read_looks_like_one_that_does_not_exist() {
    let hidden_id = Bench::new().case;
    let length = hidden_id.to_string().len();
    let ids = (0..u8::MAX).map(|n| DocumentId::from_random([n; 16]));
    let unknown_id = ids
        .into_iter()
        .find(|id| id.to_string().len() == length)
        .expect("an id as long");
    let hidden = asked_in_vain(|bench| bench.case);
    let unknown = asked_in_vain(|_| unknown_id);
    assert_eq!(hidden.len(), 2);
    let renamed = unknown.into_iter().map(|mut frame| {
        let at = frame.len() - length;
        frame[at..].copy_from_slice(hidden_id.to_string().as_bytes());
        frame
    });
    assert_eq!(
        hidden,
        renamed.collect::<Vec<_>>(),
        "byte for byte, but for the id that was asked for"
    );
}

#[test]
fn y8_a_document_arrives_on_the_same_connection_when_it_is_opened_to_the_person() {
    let mut bench = Bench::new();
    let ola = bench.person("Ola", Grant::Viewer);
    bench.set_state(DocumentState::Archived);
    let mut tab = bench.tab(&ola);
    bench.sync(&mut tab);
    assert!(tab.doc.get_heads().is_empty());
    bench.set_state(DocumentState::Open);
    bench.sync(&mut tab);
    assert_eq!(tab.doc.get_heads(), bench.stored().get_heads());
}

#[test]
fn y9_a2_a_failed_commit_is_answered_by_nobody_and_ends_everything() {
    let mut bench = Bench::new();
    let kari = bench.person("Kari", Grant::Facilitator);
    let [mut writer, reader] = bench.open_tabs([&kari, &kari]);
    writer.write("varme");
    bench.push(&mut writer);
    bench.run();
    let name = "Ny".to_owned();
    let waiting = bench.command(
        Caller::Participant(kari.clone()),
        Command::CreateCase { name },
        Some("k"),
    );
    bench.sent(&writer);
    bench.sent(&reader);
    bench.commit_fails();

    for tab in [&writer, &reader] {
        assert_eq!(bench.closed.get(&tab.connection), Some(&close::STORE_FAILED));
        assert_eq!(bench.sent(tab).len(), 0, "nothing is said but the close code");
    }
    assert!(matches!(
        bench.answer(waiting),
        Some(Err(CommandError::NotStored(_)))
    ));

    let late = bench.tab(&kari);
    assert_eq!(bench.closed.get(&late.connection), Some(&close::STORE_FAILED));
    let name = "Ny".to_owned();
    let late = bench.command(Caller::Server, Command::CreateCase { name }, None);
    assert!(matches!(
        bench.answer(late),
        Some(Err(CommandError::NotStored(_)))
    ));
    bench.tick(100_000);
    bench.run();
    assert!(bench.commits.is_empty() && bench.opens.is_empty() && bench.compactions.is_empty());
}

#[test]
fn y10_in_open_mode_a_document_is_born_of_a_sync_and_not_of_a_request() {
    let mut bench = Bench::open_sync();
    let mut asks = bench.anybody();
    bench.push(&mut asks);
    bench.rest();
    assert_eq!(bench.sent_of(&asks, "doc-unavailable").len(), 1);
    let mut brings = bench.anybody();
    brings.write("varme");
    bench.sync(&mut brings);
    assert!(brings.is_saved() && bench.stores("varme"));
    bench.sync(&mut asks);
    assert!(asks.has("varme"), "and comes to who asked before");
}

#[test]
fn y10_otherwise_nobody_makes_a_document_by_sending_one() {
    let mut bench = Bench::new();
    let kari = bench.person("Kari", Grant::Facilitator);
    let mut tab = bench.tab(&kari);
    tab.document = DocumentId::from_random([3; 16]);
    let documents = bench.store.documents().expect("memory does not fail");
    let change = tab.write("mine");
    bench.message(&tab, &bring(&[change.hash()], &[&change]));
    bench.rest();
    assert_eq!(bench.sent_of(&tab, "doc-unavailable").len(), 1);
    assert_eq!(bench.store.documents().expect("memory does not fail"), documents);
}

#[test]
fn y8_an_id_that_is_none_is_unavailable_too() {
    let mut bench = Bench::new();
    let kari = bench.person("Kari", Grant::Editor);
    let tab = bench.tab(&kari);
    let frame = wire::sync(&tab.peer, "server", bench.case, &[1]);
    let id = bench.case.to_string();
    let at = frame
        .windows(id.len())
        .position(|part| part == id.as_bytes())
        .expect("the id is in it");
    let mut frame = frame.to_vec();
    frame[at] = b'0';
    bench.frame(tab.connection, &frame);
    let answer = bench.sent_of(&tab, "doc-unavailable");
    assert_eq!(
        answer[0].document_id.as_deref(),
        Some(format!("0{}", &id[1..]).as_str())
    );
}

#[test]
fn y4_a_message_of_an_older_kind_is_read_too() {
    let mut bench = Bench::new();
    let kari = bench.person("Kari", Grant::Editor);
    let [mut tab] = bench.open_tabs([&kari]);
    let change = tab.write("varme");
    let message = Message {
        heads: vec![change.hash()],
        need: vec![],
        have: vec![],
        changes: vec![change.raw_bytes().to_vec()].into(),
        flags: None,
        version: MessageVersion::V2,
    };
    bench.message(&tab, &message.encode());
    bench.rest();
    assert!(bench.stores("varme"));
}
