//! Section X: rights and refusal.

use crate::bench::Bench;
use crate::tab::{Tab, bring, bring_bytes};
use automerge::sync::MessageFlags;
use automerge::transaction::Transactable;
use automerge::{ActorId, Change, ROOT};
use samverk::hub::rows::{self, CatalogueRow};
use samverk::hub::{Answer, Command, Hello, Input, Opened};
use samverk::store::{Changes, Records, Store, Stored, Table, Write};
use samverk_shared::access::{Grant, State};
use samverk_shared::limits::{CHANGE_OPS_MAX, DOCUMENT_BYTES_MAX, SCHEMA};

/// A writer and a witness, both with the case open.
fn two(bench: &mut Bench) -> (Tab, Tab) {
    let people = ["Kari", "Ola"].map(|name| bench.person(name, Grant::Editor));
    let [writer, witness] = bench.open_tabs([&people[0], &people[1]]);
    (writer, witness)
}

/// Sends these changes and expects that they are refused for this reason, stored by nobody and seen by nobody else.
fn expect_refused(bench: &mut Bench, from: &mut Tab, witness: &Tab, changes: &[&Change], reason: &str) {
    let heads: Vec<_> = changes.last().iter().map(|change| change.hash()).collect();
    let commits = bench.store.commits();
    bench.sent(witness);
    bench.message(from, &bring(&heads, changes));
    bench.rest();
    bench.pull(from);
    let (mut hashes, told) = from
        .refused
        .pop()
        .unwrap_or_else(|| panic!("nothing was refused as {reason}"));
    hashes.sort_unstable();
    let mut all: Vec<_> = changes.iter().map(|change| change.hash()).collect();
    all.sort_unstable();
    assert_eq!((told.as_str(), hashes), (reason, all));
    assert_eq!(bench.store.commits(), commits, "nothing is stored");
    assert_eq!(bench.sent(witness).len(), 0, "nobody else notices");
    assert_eq!(bench.closed.get(&from.connection), None, "a refusal ends nothing");
}

/// The writer still gets its edits through as soon as nothing is wrong with them.
fn expect_fine(bench: &mut Bench, tab: &mut Tab, word: &str) {
    tab.write(word);
    bench.sync(tab);
    assert!(bench.stores(word) && tab.is_saved());
}

#[test]
fn x1_p1_a_right_that_was_taken_back_while_a_message_waited_does_not_count() {
    let mut bench = Bench::new();
    let (mut writer, witness) = two(&mut bench);
    let change = writer.write("too late");
    bench.message(&writer, &bring(&[change.hash()], &[&change]));
    let participant = writer.participant.clone().expect("somebody");
    bench.give(Input::Command {
        id: samverk::hub::CommandId(9_000),
        workshop: bench.workshop.clone(),
        by: samverk::hub::Caller::Server,
        command: Command::SetRights {
            participant,
            rights: Grant::Viewer.into(),
        },
        key: None,
        earlier: None,
    });
    bench.run();
    bench.commit();
    bench.rest();
    bench.pull(&mut writer);
    assert_eq!(writer.refused, [(vec![change.hash()], "read-only".to_owned())]);
    assert!(!bench.stores("too late"));
    assert_eq!(bench.sent_of(&witness, "sync").len(), 0);
}

#[test]
fn x1_p1_a_right_that_was_given_while_a_message_waited_counts() {
    let mut bench = Bench::new();
    let kari = bench.person("Kari", Grant::Viewer);
    let [mut tab] = bench.open_tabs([&kari]);
    let change = tab.write("just in time");
    bench.message(&tab, &bring(&[change.hash()], &[&change]));
    let set = Command::SetRights {
        participant: kari,
        rights: Grant::Editor.into(),
    };
    bench.command(samverk::hub::Caller::Server, set, None);
    bench.rest();
    assert!(bench.stores("just in time"));
}

#[test]
fn x1_p1_what_somebody_sent_who_was_put_out_of_the_workshop_is_not_read() {
    let mut bench = Bench::new();
    let (mut writer, witness) = two(&mut bench);
    writer.write("too late");
    bench.push(&mut writer);
    let participant = writer.participant.clone().expect("somebody");
    bench.set_grants(&participant, samverk_shared::access::Grants::NONE);
    assert!(!bench.stores("too late"));
    assert_eq!(bench.sent_of(&witness, "sync").len(), 0);
}

#[test]
fn x2_a_message_with_one_bad_change_is_refused_whole() {
    let mut bench = Bench::new();
    let (mut writer, witness) = two(&mut bench);
    let mut clone = writer.clone();
    expect_fine(&mut bench, &mut writer, "taken");
    bench.sent(&witness);
    let good = witness.clone().write("good");
    let duplicate = clone.write("same number");
    expect_refused(
        &mut bench,
        &mut writer,
        &witness,
        &[&good, &duplicate],
        "duplicate",
    );
    assert!(!bench.stores("good"));
    bench.sync(&mut writer);
    expect_fine(&mut bench, &mut writer, "afterwards");
}

#[test]
fn x3_read_only_for_who_may_read_and_not_write() {
    let mut bench = Bench::new();
    let (_, witness) = two(&mut bench);
    let viewer = bench.person("Per", Grant::Viewer);
    let [mut tab] = bench.open_tabs([&viewer]);
    bench.sent(&witness);
    let change = tab.write("mine");
    expect_refused(&mut bench, &mut tab, &witness, &[&change], "read-only");
}

#[test]
fn x3_closed_when_the_document_takes_no_more_edits() {
    let mut bench = Bench::new();
    let (mut writer, witness) = two(&mut bench);
    bench.set_state(State::Closed);
    let change = writer.write("after the end");
    expect_refused(&mut bench, &mut writer, &witness, &[&change], "closed");
    bench.set_state(State::Open);
    let mut again = bench.tab(&writer.participant.clone().expect("somebody"));
    bench.sync(&mut again);
    expect_fine(&mut bench, &mut again, "opened again");
}

/// The case as the store has it, of a size that the test chooses.
fn of_size(bench: &mut Bench, bytes: u64) {
    bench.restart(bench.store.restarted());
    let stored = bench
        .store
        .load(bench.case)
        .expect("memory does not fail")
        .expect("a document");
    let mut meta = stored.meta.clone();
    meta.snapshot_bytes = bytes - meta.log_bytes;
    let sized = Stored { meta, ..stored };
    let key = bench.case.to_string();
    let record = bench
        .store
        .get(Table::Documents, &key)
        .expect("memory does not fail")
        .expect("a row");
    let place = rows::read(&key, &record).expect("the hub's own row");
    let opened = Opened::Found(sized, Some(place));
    let asks = bench.person("Leser", Grant::Viewer);
    let mut tab = bench.tab(&asks);
    bench.push(&mut tab);
    bench.run();
    bench.opens.clear();
    bench.give(Input::Opened(bench.case, opened));
    bench.rest();
}

#[test]
fn x3_limit_when_the_document_would_outgrow_its_bytes_and_not_before() {
    let mut bench = Bench::new();
    let (mut writer, mut witness) = two(&mut bench);
    let change = writer.write("varme");
    let room = change.raw_bytes().len() as u64;
    for (size, refused) in [
        (DOCUMENT_BYTES_MAX - room + 1, true),
        (DOCUMENT_BYTES_MAX - room, false),
    ] {
        of_size(&mut bench, size);
        bench.connect(&mut writer);
        bench.connect(&mut witness);
        bench.sync(&mut witness);
        if refused {
            expect_refused(&mut bench, &mut writer, &witness, &[&change], "limit");
        } else {
            bench.message(&writer, &bring(&[change.hash()], &[&change]));
            bench.rest();
            assert!(bench.stores("varme"));
        }
    }
}

#[test]
fn x3_limit_for_a_change_of_too_many_operations_and_not_for_one_of_as_many_as_allowed() {
    let mut bench = Bench::new();
    let (mut writer, witness) = two(&mut bench);
    let typed = |tab: &Tab, operations: u64| {
        let mut tab = tab.clone();
        let before = tab.doc.get_heads();
        let written = tab.doc.transact(|tx| {
            let text = tx.put_object(ROOT, "long", automerge::ObjType::Text)?;
            tx.splice_text(&text, 0, 0, &"a".repeat(operations as usize - 1))
        });
        written.expect("a text takes letters");
        tab.doc.get_changes(&before).pop().expect("a change")
    };
    let allowed = typed(&writer, CHANGE_OPS_MAX);
    assert_eq!(allowed.len() as u64, CHANGE_OPS_MAX);
    let one_past = typed(&writer, CHANGE_OPS_MAX + 1);
    expect_refused(&mut bench, &mut writer, &witness, &[&one_past], "limit");
    bench.message(&writer, &bring(&[allowed.hash()], &[&allowed]));
    bench.rest();
    assert!(bench.stores("long"));
}

#[test]
fn x3_a4_replaced_when_the_document_has_a_new_id() {
    let mut bench = Bench::new();
    let (mut writer, witness) = two(&mut bench);
    let subject = bench.subject.clone();
    let Answer::Document { document: new } = bench.done(Command::Replace { subject }) else {
        panic!("a document")
    };
    let told: Vec<String> = bench
        .sent(&writer)
        .into_iter()
        .map(|sent| sent.frame.kind)
        .collect();
    assert!(
        told.contains(&"catalogue".into()) && told.contains(&"doc-unavailable".into()),
        "{told:?}"
    );
    let change = writer.write("in the old one");
    expect_refused(&mut bench, &mut writer, &witness, &[&change], "replaced");
    bench.case = new;
    let mut again = bench.tab(&writer.participant.clone().expect("somebody"));
    bench.sync(&mut again);
    expect_fine(&mut bench, &mut again, "in the new one");
}

#[test]
fn x3_duplicate_when_two_changes_have_one_actor_and_number() {
    let mut bench = Bench::new();
    let (mut writer, mut witness) = two(&mut bench);
    let mut cloned_tab = writer.clone();
    expect_fine(&mut bench, &mut writer, "the tab");
    bench.sync(&mut witness);
    let change = cloned_tab.write("its clone");
    expect_refused(&mut bench, &mut writer, &witness, &[&change], "duplicate");
}

#[test]
fn x3_p2_actor_when_it_belongs_to_another_person_or_to_the_server() {
    let mut bench = Bench::new();
    let (mut writer, mut witness) = two(&mut bench);
    expect_fine(&mut bench, &mut writer, "by Kari");
    bench.sync(&mut witness);
    let server = bench.stored().get_changes(&[])[0].actor_id().clone();
    for actor in [writer.doc.get_actor().clone(), server] {
        let mut forger = witness.clone();
        forger.doc.set_actor(actor);
        let forged = forger.write("forged");
        expect_refused(&mut bench, &mut witness, &writer, &[&forged], "actor");
    }
    expect_fine(&mut bench, &mut writer, "still by Kari");
}

#[test]
fn x3_schema_when_the_client_is_too_old_for_the_document() {
    let mut bench = Bench::new();
    let (mut writer, witness) = two(&mut bench);
    let hello = Hello {
        workshop: Some(bench.workshop.clone()),
        participant: writer.participant.clone(),
        peer_id: writer.peer.clone(),
        samverk: true,
        schema: SCHEMA - 1,
    };
    bench.connect_as(&mut writer, hello);
    let notices: Vec<String> = bench
        .sent(&writer)
        .into_iter()
        .map(|sent| sent.frame.kind)
        .collect();
    assert!(notices.contains(&"reload".into()), "{notices:?}");
    bench.sent(&witness);
    let change = writer.write("old words");
    expect_refused(&mut bench, &mut writer, &witness, &[&change], "schema");
}

#[test]
fn x3_malformed_when_a_change_breaks_a_rule_of_changes() {
    let mut bench = Bench::new();
    let (mut writer, witness) = two(&mut bench);
    let mut forger = writer.clone();
    forger.write("skipped");
    let gap = forger.write("after a gap");
    let mut expanded = gap.decode();
    expanded.deps = writer.doc.get_heads();
    let gap = Change::from(expanded);
    expect_refused(&mut bench, &mut writer, &witness, &[&gap], "malformed");
    expect_fine(&mut bench, &mut writer, "in order");
}

#[test]
fn x3_dependency_when_a_change_builds_on_a_refused_one() {
    let mut bench = Bench::new();
    let (mut writer, mut witness) = two(&mut bench);
    let mut cloned_tab = writer.clone();
    expect_fine(&mut bench, &mut writer, "the tab");
    bench.sync(&mut witness);
    let refused = cloned_tab.write("its clone");
    cloned_tab.doc.set_actor(ActorId::from([0x55; 16]));
    let builds = cloned_tab.write("on top of it");
    expect_refused(&mut bench, &mut writer, &witness, &[&refused], "duplicate");
    expect_refused(&mut bench, &mut writer, &witness, &[&builds], "dependency");
}

#[test]
fn x3_quarantined_when_the_server_has_set_its_copy_aside() {
    let mut bench = Bench::new();
    let (mut writer, mut witness) = two(&mut bench);
    let write = Write::Quarantine {
        document: bench.case,
        reason: "a digest".into(),
    };
    bench.store.commit(&[vec![write]]).expect("memory does not fail");
    bench.restart(bench.store.restarted());
    bench.connect(&mut writer);
    bench.connect(&mut witness);
    bench.rest();
    let change = writer.write("varme");
    expect_refused(&mut bench, &mut writer, &witness, &[&change], "quarantined");
}

#[test]
fn x3_quarantined_is_told_to_everybody_who_waits_when_the_damage_is_found() {
    let mut bench = Bench::new();
    let (mut writer, mut other) = two(&mut bench);
    bench.restart(bench.store.restarted());
    for tab in [&mut writer, &mut other] {
        bench.connect(tab);
        bench.sent(tab);
    }
    let changes = [writer.write("varme"), other.write("lys")];
    let mut asks = bench.tab(&writer.participant.clone().expect("somebody"));
    bench.push(&mut asks);
    bench.message(&writer, &bring(&[changes[0].hash()], &[&changes[0]]));
    bench.message(&other, &bring(&[changes[1].hash()], &[&changes[1]]));
    bench.run();
    bench.opens.clear();
    let stored = bench
        .store
        .load(bench.case)
        .expect("memory does not fail")
        .expect("a document");
    let damaged = Stored {
        snapshot: vec![0x85, 0x6f, 0x4a, 0x83].into(),
        ..stored
    };
    bench.give(Input::Opened(bench.case, Opened::Found(damaged, None)));
    bench.rest();
    for (tab, change) in [(&mut writer, &changes[0]), (&mut other, &changes[1])] {
        bench.pull(tab);
        assert_eq!(
            tab.refused,
            [(vec![change.hash()], "quarantined".to_owned())],
            "{}",
            tab.peer
        );
    }
    assert_eq!(
        bench.sent_of(&asks, "doc-unavailable").len(),
        1,
        "who only asked is told so"
    );
    assert_eq!(bench.store.quarantined().expect("memory does not fail").len(), 1);
}

#[test]
fn x4_a_stock_client_that_may_not_write_is_told_by_the_flag_and_by_nothing_else() {
    let mut bench = Bench::new();
    let ola = bench.person("Ola", Grant::Viewer);
    let mut tab = bench.stock(&ola);
    bench.sync(&mut tab);
    let commits = bench.store.commits();
    let change = tab.write("mine");
    bench.message(&tab, &bring(&[change.hash()], &[&change]));
    bench.rest();
    let sent = bench.sent(&tab);
    let flags = sent.iter().map(|sent| sent.frame.sync().flags);
    let read_only = flags.filter(|flags| {
        flags
            .as_ref()
            .is_some_and(|flags| flags.contains(MessageFlags::READ_ONLY))
    });
    assert_eq!(
        (sent.len(), read_only.count()),
        (1, 1),
        "one sync message with the flag"
    );
    assert_eq!(bench.store.commits(), commits);
}

#[test]
fn x4_a_stock_client_that_may_write_after_all_sends_again_what_was_dropped() {
    let mut bench = Bench::new();
    let ola = bench.person("Ola", Grant::Viewer);
    let mut tab = bench.stock(&ola);
    bench.sync(&mut tab);
    tab.write("mine");
    bench.sync(&mut tab);
    assert!(!bench.stores("mine"));
    bench.set_grants(&ola, Grant::Editor);
    bench.sync(&mut tab);
    assert!(bench.stores("mine") && tab.is_saved());
}

#[test]
fn x2_a_message_that_is_refused_still_brings_its_sender_the_document() {
    let mut bench = Bench::new();
    let kari = bench.person("Kari", Grant::Viewer);
    let mut tab = bench.tab(&kari);
    let mut elsewhere = tab.clone();
    let change = elsewhere.write("mine");
    bench.message(&tab, &bring(&[change.hash()], &[&change]));
    bench.rest();
    bench.pull(&mut tab);
    assert_eq!(tab.refused.len(), 1);
    assert_eq!(tab.doc.get_heads(), bench.stored().get_heads());
}

#[test]
fn x2_bytes_that_are_no_changes_end_their_connection_and_no_other() {
    let mut bench = Bench::new();
    let (writer, mut witness) = two(&mut bench);
    bench.message(&writer, &bring_bytes(&[], vec![b"not a change".to_vec()]));
    bench.rest();
    assert_eq!(
        bench.closed.get(&writer.connection),
        Some(&samverk::hub::close::POLICY)
    );
    expect_fine(&mut bench, &mut witness, "undisturbed");
}

#[test]
fn x3_the_catalogue_says_from_which_schema_on_a_document_may_be_written() {
    let bench = Bench::new();
    let key = rows::key(&[bench.workshop.as_str(), bench.subject.as_str()]);
    let record = bench
        .store
        .get(Table::Catalogue, &key)
        .expect("memory does not fail")
        .expect("a row");
    let row: CatalogueRow = rows::read(&key, &record).expect("the hub's own row");
    assert_eq!(row.schema_min, SCHEMA);
}
