//! Invariant F1: who sends more than their share waits, and nobody else does.

use crate::bench::Bench;
use crate::tab::{Tab, bring};
use automerge::sync::{Message, MessageVersion};
use automerge::transaction::{CommitOptions, Transactable};
use automerge::{Change, ChangeHash, ROOT, ReadDoc};
use samverk::hub::{Input, close};
use samverk_shared::access::Grant;
use samverk_shared::limits::{
    BURST_COST_MAX, CONNECTION_INBOX_BYTES_MAX, CONTENDED_MS, FLOOD_MS_MAX, SYNC_NEED_MAX,
};

/// As many rounds as any backlog here needs.
const ROUNDS_MAX: u64 = 100_000;
/// How often the runtime looks again at what waits.
const ROUND_MS: u64 = 25;

fn two(bench: &mut Bench) -> [Tab; 2] {
    let people = ["Mallory", "Kari"].map(|name| bench.person(name, Grant::Editor));
    bench.open_tabs(people.each_ref())
}

/// A change of so many operations.
fn heavy(tab: &mut Tab, operations: i64) -> Change {
    let before = tab.doc.get_heads();
    let options = CommitOptions::default().with_time(0);
    let written = tab.doc.transact_with::<_, _, automerge::AutomergeError, _>(
        |_| options,
        |tx| (0..operations).try_for_each(|n| tx.put(ROOT, format!("{n}"), format!("{before:?}"))),
    );
    written.expect("a map takes values");
    tab.doc.get_changes(&before).pop().expect("a change")
}

/// So many changes, as somebody writes who is not connected.
fn backlog(tab: &mut Tab, changes: usize) -> Vec<Change> {
    let before = tab.doc.get_heads();
    (0..changes).for_each(|n| drop(tab.write(&format!("{n}"))));
    tab.doc.get_changes(&before)
}

fn send(bench: &mut Bench, tab: &Tab, changes: &[Change]) {
    let heads: Vec<_> = changes.last().iter().map(|change| change.hash()).collect();
    bench.message(tab, &bring(&heads, &changes.iter().collect::<Vec<_>>()));
}

/// One round of the runtime: the hub works, what waits becomes durable, a little time passes.
fn round(bench: &mut Bench) {
    bench.run();
    bench.open();
    bench.commit();
    bench.now += ROUND_MS;
}

#[test]
fn f1_l3_a_flood_of_heavy_changes_waits_while_others_are_served_at_once() {
    let mut bench = Bench::new();
    let [mut mallory, mut kari] = two(&mut bench);
    let flood: Vec<Change> = (0..40).map(|_| heavy(&mut mallory, 1_000)).collect();
    for change in &flood {
        bench.message(&mallory, &bring(&[change.hash()], &[change]));
    }
    for turn in 0..10 {
        kari.write(&format!("turn {turn}"));
        bench.push(&mut kari);
        // Whatever is being written to the disk, and then her own.
        (0..2).for_each(|_| round(&mut bench));
        bench.pull(&mut kari);
        assert!(bench.stores(&format!("turn {turn}")), "turn {turn}");
    }
    assert!(
        bench.hub.room_taken(mallory.connection) > 0,
        "the flood still waits"
    );
    let rounds = (0..ROUNDS_MAX).take_while(|_| {
        round(&mut bench);
        bench.hub.room_taken(mallory.connection) > 0
    });
    assert!(rounds.count() < ROUNDS_MAX as usize, "its turn came");
    (0..2).for_each(|_| round(&mut bench));
    let stored = bench.stored();
    assert!(
        flood
            .iter()
            .all(|change| stored.get_change_by_hash(&change.hash()).is_some()),
        "nothing was refused"
    );
    assert_eq!(bench.closed, [].into());
}

#[test]
fn f1_l3_a_day_of_offline_typing_comes_in_by_slices_and_others_get_in_between() {
    let mut bench = Bench::new();
    let [mut writer, mut kari] = two(&mut bench);
    let commits = bench.store.commits();
    let typed = backlog(&mut writer, 8_000);
    send(&mut bench, &writer, &typed);
    round(&mut bench);
    kari.write("meanwhile");
    bench.push(&mut kari);
    (0..2).for_each(|_| round(&mut bench));
    assert!(bench.stores("meanwhile"));
    assert!(
        bench.stored().get_change_by_hash(&typed[7_999].hash()).is_none(),
        "the rest is still on its way"
    );
    for _ in 0..ROUNDS_MAX {
        if bench.stored().get_change_by_hash(&typed[7_999].hash()).is_some() {
            break;
        }
        (0..100).for_each(|_| round(&mut bench));
    }
    bench.sync_all(&mut [&mut writer, &mut kari]);
    assert!(writer.is_saved() && kari.has("7999"), "all of it is there");
    assert_eq!(writer.refused, []);
    let by = bench.store.commits() - commits;
    assert!(by > 5, "it came by slices: {by}");
}

#[test]
fn f1_l3_x2_a_refused_slice_takes_with_it_what_builds_on_it_and_the_rest_stands() {
    let mut bench = Bench::new();
    let [mut writer, _] = two(&mut bench);
    let mut typed = backlog(&mut writer, 3_000);
    let long = writer.put("k".repeat(10_000).as_str(), 1.into());
    let after = [writer.write("a"), writer.write("b")];
    typed.push(long.clone());
    typed.extend(after.clone());
    send(&mut bench, &writer, &typed);
    for _ in 0..100 {
        round(&mut bench);
    }
    bench.pull(&mut writer);
    let refused: Vec<_> = writer
        .refused
        .iter()
        .flat_map(|(hashes, _)| hashes.clone())
        .collect();
    assert!(refused.contains(&long.hash()) && refused.contains(&after[1].hash()));
    assert_eq!(writer.refused[0].1, "limit");
    assert!(bench.stores("0"), "the slices before it are stored");
}

#[test]
fn f1_l3_acknowledgements_of_known_heads_are_free() {
    let mut bench = Bench::new();
    let [mut kari, _] = two(&mut bench);
    let ack = bring(&kari.doc.get_heads(), &[]);
    for _ in 0..4 * BURST_COST_MAX / 5 {
        bench.message(&kari, &ack);
    }
    bench.run();
    assert!(!bench.hub.work_waits());
    kari.write("at once");
    bench.push(&mut kari);
    bench.run();
    bench.commit();
    assert!(bench.stores("at once"));
}

#[test]
fn f1_l3_twenty_five_people_who_type_at_once_are_never_limited() {
    let mut bench = Bench::new();
    let people: Vec<_> = (0..25)
        .map(|n| bench.person(&format!("Person {n}"), Grant::Editor))
        .collect();
    let mut tabs: Vec<Tab> = people.iter().map(|person| bench.tab(person)).collect();
    tabs.iter_mut().for_each(|tab| bench.sync(tab));
    bench.sync_all(&mut tabs.iter_mut().collect::<Vec<_>>());
    for second in 0..10 {
        let before = bench.now;
        // Ten keystrokes of each within the same millisecond are far more than hands can do.
        for tab in &mut tabs {
            for key in 0..10 {
                tab.write(&format!("{}-{second}-{key}", tab.peer));
                bench.push(tab);
            }
        }
        bench.sync_all(&mut tabs.iter_mut().collect::<Vec<_>>());
        assert_eq!(bench.now, before, "nobody had to wait: second {second}");
        assert!(tabs.iter().all(Tab::is_saved), "second {second}");
    }
}

#[test]
fn f1_l3_questions_are_paid_for_by_who_asks_them() {
    let mut bench = Bench::new();
    let people =
        [("Mallory", Grant::Viewer), ("Kari", Grant::Editor)].map(|(name, grant)| bench.person(name, grant));
    let [mallory, mut kari] = bench.open_tabs(people.each_ref());
    backlog(&mut kari, 300);
    bench.sync(&mut kari);
    bench.now += 10_000;
    let nothing = bring(&[], &[]);
    let (mut answered, mut asked) = (0, 0);
    for turn in 0..20 {
        for _ in 0..500 {
            bench.message(&mallory, &nothing);
            asked += 1;
        }
        kari.write(&format!("turn {turn}"));
        bench.push(&mut kari);
        (0..2).for_each(|_| round(&mut bench));
        assert!(bench.stores(&format!("turn {turn}")));
        answered += bench.sent_of(&mallory, "sync").len();
    }
    assert!(
        answered > 0 && answered < asked / 2,
        "{answered} of {asked} were answered"
    );
    assert_eq!(bench.closed, [].into());
}

#[test]
fn f1_l4_a_flood_without_end_ends_its_connection() {
    let mut bench = Bench::new();
    let [mallory, mut kari] = two(&mut bench);
    let wishes = (0..SYNC_NEED_MAX as u64).map(|n| {
        let mut hash = [9; 32];
        hash[..8].copy_from_slice(&n.to_le_bytes());
        ChangeHash(hash)
    });
    let flood = Message {
        heads: mallory.doc.get_heads(),
        need: wishes.collect(),
        have: Vec::new(),
        changes: Vec::<Vec<u8>>::new().into(),
        flags: None,
        version: MessageVersion::V1,
    };
    let flood = flood.encode();
    const TURNS_A_SECOND: u64 = 150;
    let mut second = 0;
    while second < FLOOD_MS_MAX / 900 + 5 {
        second += 1;
        for turn in 0..TURNS_A_SECOND {
            // Whoever has the shard to themselves may use it.
            if turn % 30 == 0 {
                kari.write(&format!("{second} {turn}"));
                bench.push(&mut kari);
            }
            // The runtime does not read a socket whose messages wait.
            while bench.hub.room_taken(mallory.connection) < 2 * CONNECTION_INBOX_BYTES_MAX {
                bench.message(&mallory, &flood);
            }
            bench.run();
            bench.commit();
            bench.now += 900 / TURNS_A_SECOND;
        }
        bench.pull(&mut kari);
        bench.tick(0);
        if !bench.closed.is_empty() {
            assert!(
                second > FLOOD_MS_MAX / 900,
                "not before its time: second {second}"
            );
            break;
        }
    }
    assert_eq!(bench.closed, [(mallory.connection, close::POLICY)].into());
    assert_eq!(bench.counter("floods_ended"), 1);
    kari.write("undisturbed");
    bench.sync(&mut kari);
    assert!(kari.is_saved());
}

#[test]
fn f1_l4_what_waits_is_forgotten_when_its_connection_is_gone() {
    let mut bench = Bench::new();
    let [mut mallory, mut kari] = two(&mut bench);
    let flood: Vec<Change> = (0..40).map(|_| heavy(&mut mallory, 1_000)).collect();
    send(&mut bench, &mallory, &flood);
    kari.write("I work too");
    bench.push(&mut kari);
    (0..30).for_each(|_| {
        bench.run();
        bench.commit();
    });
    assert!(bench.hub.work_waits());
    bench.give(Input::Disconnect(mallory.connection));
    (0..3).for_each(|_| round(&mut bench));
    assert!(!bench.hub.work_waits());
    assert_eq!(bench.hub.room_taken(mallory.connection), 0);
}

#[test]
fn f1_l3_who_has_the_shard_to_themselves_need_not_wait() {
    let mut bench = Bench::new();
    let [mut writer, mut kari] = two(&mut bench);
    let typed = backlog(&mut writer, 8_000);
    bench.now += CONTENDED_MS;
    send(&mut bench, &writer, &typed);
    let mut rounds = 0;
    while bench.stored().get_change_by_hash(&typed[7_999].hash()).is_none() {
        rounds += 1;
        assert!(rounds < 200);
        bench.run();
        bench.commit();
    }
    kari.write("first");
    bench.push(&mut kari);
    round(&mut bench);
    assert!(bench.stores("first"));
}
