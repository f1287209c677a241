//! What is in memory and when: idle documents leave and come back, long logs are made into snapshots.

use crate::bench::Bench;
use crate::tab::Tab;
use automerge::ScalarValue;
use samverk::hub::Input;
use samverk::store::{Changes, Meta, Store, Write};
use samverk_shared::access::Grant;
use samverk_shared::limits::{COMPACT_EVERY_MS, COMPACT_IDLE_MS, COMPACT_LOG_BYTES_MIN, IDLE_MS_MAX};

fn one(bench: &mut Bench) -> Tab {
    let kari = bench.person("Kari", Grant::Editor);
    let [tab] = bench.open_tabs([&kari]);
    tab
}

fn write_bytes(bench: &mut Bench, tab: &mut Tab, key: &str, length: usize) {
    tab.put(key, ScalarValue::Bytes(vec![7; length]));
    bench.sync(tab);
    assert!(tab.is_saved());
}

fn meta(bench: &Bench) -> Meta {
    bench
        .store
        .meta(bench.case)
        .expect("memory does not fail")
        .expect("a document")
}

#[test]
fn s2_an_idle_document_leaves_memory_and_comes_back_for_the_next_edit() {
    let mut bench = Bench::new();
    let mut tab = one(&mut bench);
    tab.write("before");
    bench.sync(&mut tab);
    assert_eq!(bench.hub.documents_in_memory(), (1, 1));
    bench.tick(IDLE_MS_MAX - 1);
    assert_eq!(bench.hub.documents_in_memory(), (1, 1));
    bench.tick(1);
    assert_eq!(
        bench.hub.documents_in_memory(),
        (1, 0),
        "who has it open is remembered"
    );
    tab.write("after");
    bench.sync(&mut tab);
    assert!(tab.is_saved() && bench.stores("before") && bench.stores("after"));
}

#[test]
fn s2_a_document_nobody_has_open_is_forgotten_and_served_again() {
    let mut bench = Bench::new();
    let mut tab = one(&mut bench);
    bench.disconnect(&tab);
    bench.tick(IDLE_MS_MAX);
    assert_eq!(bench.hub.documents_in_memory(), (0, 0));
    bench.connect(&mut tab);
    tab.write("again");
    bench.sync(&mut tab);
    assert!(tab.is_saved());
}

#[test]
fn s2_y1_a_document_whose_commit_is_awaited_does_not_leave_memory() {
    let mut bench = Bench::new();
    let mut tab = one(&mut bench);
    tab.write("waits for the disk");
    bench.push(&mut tab);
    bench.run();
    bench.tick(10 * IDLE_MS_MAX);
    assert_eq!(bench.hub.documents_in_memory(), (1, 1));
    bench.commit();
    bench.sync(&mut tab);
    assert!(tab.is_saved());
}

#[test]
fn s2_a_broadcast_reaches_who_had_it_open_while_it_was_out_of_memory() {
    let mut bench = Bench::new();
    let people = ["Kari", "Ola"].map(|name| bench.person(name, Grant::Editor));
    let [mut kari, mut ola] = bench.open_tabs([&people[0], &people[1]]);
    bench.tick(IDLE_MS_MAX);
    kari.write("after the break");
    bench.sync(&mut kari);
    bench.pull(&mut ola);
    assert!(ola.has("after the break"));
}

#[test]
fn a3_a_snapshot_is_asked_for_when_the_log_outgrows_the_last_and_once_at_a_time() {
    let mut bench = Bench::new();
    let mut tab = one(&mut bench);
    let room = COMPACT_LOG_BYTES_MIN - meta(&bench).log_bytes;
    write_bytes(&mut bench, &mut tab, "large", room as usize - 300);
    assert!(meta(&bench).log_bytes <= COMPACT_LOG_BYTES_MIN);
    assert_eq!(bench.compactions, []);
    write_bytes(&mut bench, &mut tab, "one past", 300);
    assert!(meta(&bench).log_bytes > COMPACT_LOG_BYTES_MIN);
    assert_eq!(bench.compactions, [bench.case]);
    write_bytes(&mut bench, &mut tab, "meanwhile", 300);
    assert_eq!(bench.compactions, [bench.case], "it is asked for once");

    bench.compact();
    assert_eq!(meta(&bench).log_bytes, 0);
    write_bytes(&mut bench, &mut tab, "again", COMPACT_LOG_BYTES_MIN as usize);
    assert_eq!(bench.compactions, [], "not so soon");
    bench.now += COMPACT_EVERY_MS;
    write_bytes(&mut bench, &mut tab, "and again", 300);
    assert_eq!(
        bench.compactions,
        [bench.case],
        "and again when the log has grown again"
    );
    bench.compact();
    bench.restart(bench.store.restarted());
    let mut newcomer = bench.tab(&tab.participant.clone().expect("somebody"));
    bench.sync(&mut newcomer);
    assert_eq!(newcomer.doc.get_heads(), tab.doc.get_heads());
}

#[test]
fn a3_an_idle_document_with_a_log_of_several_chunks_is_made_a_snapshot() {
    let mut bench = Bench::new();
    let mut tab = one(&mut bench);
    tab.write("varme");
    bench.sync(&mut tab);
    bench.tick(COMPACT_IDLE_MS - 1);
    assert_eq!(bench.compactions, []);
    bench.tick(1);
    assert_eq!(bench.compactions, [bench.case]);
    bench.compact();
    assert_eq!(meta(&bench).log_chunks, 0);
    tab.write("lys");
    bench.sync(&mut tab);
    assert!(bench.stores("varme") && bench.stores("lys"));
}

#[test]
fn t5_a_document_the_store_has_lost_is_not_replaced_by_an_empty_one() {
    let mut bench = Bench::new();
    let mut tab = one(&mut bench);
    tab.write("before");
    bench.sync(&mut tab);
    let store = bench.store.clone();
    let lost = Write::Remove { document: bench.case };
    store.commit(&[vec![lost]]).expect("memory does not fail")[0]
        .clone()
        .expect("no conflict");
    bench.restart(store);
    bench.connect(&mut tab);
    tab.write("after");
    bench.push(&mut tab);
    bench.rest();
    assert_eq!(
        bench.store.meta(bench.case).expect("memory does not fail"),
        None,
        "nothing is stored in its place"
    );
    assert!(!bench.sent_of(&tab, "doc-unavailable").is_empty());
    assert!(!tab.is_saved());
}

#[test]
fn a3_a_compaction_that_was_given_up_is_tried_again_when_the_log_has_grown_and_when_it_rests() {
    let mut bench = Bench::new();
    let mut tab = one(&mut bench);
    write_bytes(&mut bench, &mut tab, "large", COMPACT_LOG_BYTES_MIN as usize);
    let given_up = |bench: &mut Bench| {
        assert_eq!(bench.compactions.pop_front(), Some(bench.case));
        let meta = meta(bench);
        bench.give(Input::Compacted(bench.case, meta));
    };
    given_up(&mut bench);
    bench.now += COMPACT_EVERY_MS;
    write_bytes(&mut bench, &mut tab, "small", 300);
    assert_eq!(bench.compactions, [], "not with every edit");
    write_bytes(&mut bench, &mut tab, "large too", COMPACT_LOG_BYTES_MIN as usize);
    given_up(&mut bench);
    bench.tick(COMPACT_IDLE_MS);
    assert_eq!(bench.compactions, [bench.case]);
    bench.compact();
    assert_eq!(meta(&bench).log_chunks, 0);
}
