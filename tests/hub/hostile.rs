//! Invariant F1: no bytes from a peer stop the hub, another workshop or another person.

use crate::bench::Bench;
use crate::tab::{Tab, bring, bring_bytes};
use automerge::sync::{BloomFilter, Have, Message, MessageVersion};
use automerge::transaction::Transactable;
use automerge::{ActorId, Automerge, Change, ChangeHash, ExpandedChange, ObjType, ROOT};
use samverk::hub::close;
use samverk::store::{Changes, Store, Write};
use samverk_shared::access::Grant;
use samverk_shared::limits::{
    DOCUMENT_DEPTH_MAX, START_OP_AHEAD_MAX, SYNC_HAVE_MAX, SYNC_HEADS_MAX, SYNC_NEED_MAX,
};

/// An insider, and two who only want to work.
fn cast(bench: &mut Bench) -> [Tab; 3] {
    let people = ["Mallory", "Kari", "Ola"].map(|name| bench.person(name, Grant::Editor));
    bench.open_tabs(people.each_ref())
}

/// The last change `write` makes, as if it were its actor's first on the tab's document.
fn out_of_place(tab: &Tab, write: impl Fn(&mut Automerge), alter: impl Fn(&mut ExpandedChange)) -> Change {
    let mut doc = tab.doc.clone().with_actor(ActorId::from([0xee; 16]));
    write(&mut doc);
    let last = doc.get_changes(&tab.doc.get_heads()).pop().expect("a change");
    let mut expanded = last.decode();
    expanded.seq = 1;
    expanded.deps = tab.doc.get_heads();
    alter(&mut expanded);
    Change::from(expanded)
}

fn put(doc: &mut Automerge, key: &str, value: i64) {
    doc.transact(|tx| tx.put(ROOT, key, value))
        .expect("a map takes a value");
}

/// A change of something in an object the server never got: automerge panics in it.
fn in_an_unknown_object(tab: &Tab) -> Change {
    let write = |doc: &mut Automerge| {
        let made = doc.transact(|tx| tx.put_object(ROOT, "mine", ObjType::Map));
        let object = made.expect("a map takes a map").result;
        doc.transact(|tx| tx.put(&object, "key", 1))
            .expect("a map takes a value");
    };
    out_of_place(tab, write, |_| {})
}

/// A change that overwrites what the server never got: automerge takes it, and cannot load what it then saves.
fn of_an_unknown_value(tab: &Tab) -> Change {
    let write = |doc: &mut Automerge| (0..2).for_each(|n| put(doc, "mine", n));
    out_of_place(tab, write, |_| {})
}

#[test]
fn f1_a_poisoned_change_in_a_batch_costs_its_sender_the_connection_and_nobody_an_edit() {
    for (name, poison) in [
        ("panics", in_an_unknown_object as fn(&Tab) -> Change),
        ("poisons", of_an_unknown_value),
    ] {
        for place in 0..3 {
            let mut bench = Bench::new();
            let [mallory, mut kari, mut ola] = cast(&mut bench);
            let poison = poison(&mallory);
            let attack = bring(&[poison.hash()], &[&poison]);
            kari.write("by Kari");
            ola.write("by Ola");
            for turn in 0..3 {
                if turn == place {
                    bench.message(&mallory, &attack);
                }
                match turn {
                    0 => bench.push(&mut kari),
                    1 => bench.push(&mut ola),
                    _ => false,
                };
            }
            bench.sync_all(&mut [&mut kari, &mut ola]);
            assert_eq!(
                bench.closed,
                [(mallory.connection, close::POLICY)].into(),
                "{name} {place}"
            );
            assert_eq!(
                bench.counter("batches_refused"),
                2,
                "{name} {place}: together, then the culprit alone"
            );
            for tab in [&kari, &ola] {
                assert!(
                    tab.is_saved() && tab.has("by Kari") && tab.has("by Ola"),
                    "{name} {place}"
                );
            }
            assert_eq!(
                bench.stored().get_heads(),
                kari.doc.get_heads(),
                "{name} {place}: what is stored loads"
            );
        }
    }
}

#[test]
fn f1_the_culprit_is_told_what_was_refused_before_it_is_shown_the_door() {
    let mut bench = Bench::new();
    let [mut mallory, ..] = cast(&mut bench);
    let poison = in_an_unknown_object(&mallory);
    bench.message(&mallory, &bring(&[poison.hash()], &[&poison]));
    bench.rest();
    bench.pull(&mut mallory);
    assert_eq!(mallory.refused, [(vec![poison.hash()], "malformed".to_owned())]);
}

/// Changes that make automerge panic or break its own file, each against one rule of the firewall.
fn bad_changes(tab: &Tab) -> Vec<(&'static str, Change)> {
    let one = |doc: &mut Automerge| put(doc, "mine", 1);
    let start = out_of_place(tab, one, |_| {}).start_op().get();
    let at = |op: u64| std::num::NonZeroU64::new(op).expect("not zero");
    vec![
        (
            "a gap in a new actor's sequence",
            out_of_place(tab, one, |change| change.seq = 2),
        ),
        (
            "operations that begin too low",
            out_of_place(tab, one, |change| change.start_op = at(1)),
        ),
        (
            "operations that begin too far ahead",
            out_of_place(tab, one, |change| {
                change.start_op = at(start + START_OP_AHEAD_MAX + 1)
            }),
        ),
        (
            "operations at the end of the numbers",
            out_of_place(tab, one, |change| change.start_op = at(u64::from(u32::MAX))),
        ),
    ]
}

#[test]
fn f1_x3_changes_that_break_a_rule_are_refused_by_name_and_disturb_nobody() {
    let mut bench = Bench::new();
    let [mut mallory, mut kari, _] = cast(&mut bench);
    for (name, change) in bad_changes(&mallory) {
        bench.message(&mallory, &bring(&[change.hash()], &[&change]));
        bench.rest();
        bench.pull(&mut mallory);
        assert_eq!(
            mallory.refused.pop(),
            Some((vec![change.hash()], "malformed".to_owned())),
            "{name}"
        );
    }
    assert_eq!(bench.counter("batches_refused"), 0, "automerge never saw them");
    kari.write("undisturbed");
    bench.sync(&mut kari);
    assert!(kari.is_saved());
}

/// A sync message with these parts, which no client writes like that.
fn raw(heads: &[ChangeHash], need: &[ChangeHash], blooms: &[&[u8]]) -> Vec<u8> {
    let mut bytes = vec![0x42];
    for hashes in [heads, need] {
        leb(&mut bytes, hashes.len());
        hashes.iter().for_each(|hash| bytes.extend(hash.0));
    }
    leb(&mut bytes, blooms.len());
    for bloom in blooms {
        bytes.push(0);
        leb(&mut bytes, bloom.len());
        bytes.extend_from_slice(bloom);
    }
    bytes.push(0);
    bytes
}

fn leb(bytes: &mut Vec<u8>, mut value: usize) {
    while value > 0x7f {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}

/// Messages that stop a server that hands them to automerge unread.
fn corpus(head: ChangeHash) -> Vec<(&'static str, Vec<u8>)> {
    let unknown = ChangeHash([9; 32]);
    let probes = |probes: &[u8]| [&[1, 10], probes, &[0, 0]].concat();
    vec![
        ("a filter of no bits", raw(&[unknown], &[], &[&[1, 0, 7]])),
        (
            "a filter of 2^32 probes",
            raw(&[unknown], &[], &[&probes(&[0xff, 0xff, 0xff, 0xff, 0x0f])]),
        ),
        (
            "a filter of 10^8 probes",
            raw(&[unknown], &[], &[&probes(&[0x80, 0xc2, 0xd7, 0x2f])]),
        ),
        ("a filter of no probes", raw(&[unknown], &[], &[&probes(&[0])])),
        (
            "a filter shorter than it says",
            raw(&[unknown], &[], &[&[0xff, 0x7f, 10, 7, 0]]),
        ),
        (
            "more filters than allowed",
            raw(&[unknown], &[], &[&[][..]; SYNC_HAVE_MAX + 1]),
        ),
        (
            "more heads than allowed",
            raw(&vec![unknown; SYNC_HEADS_MAX + 1], &[], &[]),
        ),
        (
            "more wishes than allowed",
            raw(&[head], &vec![unknown; SYNC_NEED_MAX + 1], &[]),
        ),
        ("a version nobody has", vec![0x44, 0, 0, 0, 0]),
        ("nothing", vec![]),
        (
            "a count beyond the message",
            vec![0x42, 0xff, 0xff, 0xff, 0xff, 0x0f],
        ),
        (
            "a bundle of changes",
            bring_bytes(&[unknown], vec![vec![0x85, 0x6f, 0x4a, 0x83, 0, 0, 0, 0, 3, 0]]),
        ),
        (
            "half a chunk",
            bring_bytes(&[unknown], vec![vec![0x85, 0x6f, 0x4a, 0x83, 0, 0, 0, 0, 1, 99]]),
        ),
        (
            "an empty blob and letters",
            bring_bytes(&[unknown], vec![vec![], b"letters".to_vec()]),
        ),
    ]
}

#[test]
fn f1_messages_that_stop_other_servers_end_their_own_connection_and_nothing_else() {
    let mut bench = Bench::new();
    let [mut mallory, mut kari, mut ola] = cast(&mut bench);
    let head = mallory.doc.get_heads()[0];
    for (n, (name, attack)) in corpus(head).into_iter().enumerate() {
        bench.connect(&mut mallory);
        bench.message(&mallory, &attack);
        bench.rest();
        assert_eq!(
            bench.closed.get(&mallory.connection),
            Some(&close::POLICY),
            "{name}"
        );
        kari.write(&format!("{n}"));
        bench.sync_all(&mut [&mut kari, &mut ola]);
        assert!(kari.is_saved() && ola.has(&format!("{n}")), "{name}");
    }
}

#[test]
fn f1_a_wish_named_twice_is_granted_once() {
    let mut bench = Bench::new();
    let [mallory, ..] = cast(&mut bench);
    let head = mallory.doc.get_heads()[0];
    for wishes in [vec![head, head], vec![head; SYNC_NEED_MAX]] {
        bench.message(&mallory, &raw(&[head], &wishes, &[]));
        bench.rest();
        let answer = bench.sent_of(&mallory, "sync");
        assert_eq!(answer.len(), 1);
        assert_eq!(answer[0].sync().changes.iter().count(), 1);
    }
    assert_eq!(bench.closed, [].into());
}

#[test]
fn f1_a_message_with_any_byte_changed_stops_nobody() {
    let mut bench = Bench::new();
    let [mut mallory, mut kari, _] = cast(&mut bench);
    let change = mallory.clone().write("mine");
    let message = bring(&[change.hash()], &[&change]);
    for at in 0..message.len() {
        for flip in [0x01, 0x40, 0x80] {
            let mut attack = message.clone();
            attack[at] ^= flip;
            bench.connect(&mut mallory);
            bench.message(&mallory, &attack);
            bench.rest();
            bench.sent(&mallory);
        }
    }
    kari.write("undisturbed");
    bench.sync(&mut kari);
    assert!(kari.is_saved() && bench.stores("undisturbed"));
    assert_eq!(bench.counter("documents_quarantined"), 0);
}

#[test]
fn f1_what_one_workshop_is_sent_does_not_reach_another() {
    let mut bench = Bench::new();
    let [mallory, mut kari, _] = cast(&mut bench);
    let case = bench.case;
    let here = std::mem::replace(
        &mut bench.workshop,
        samverk_shared::ids::WorkshopId::from_random([2; 16]),
    );
    bench.done(samverk::hub::Command::CreateWorkshop {
        title: "Et annet".into(),
        purpose: String::new(),
        facilitator: None,
    });
    let outsider = bench.person("Outsider", Grant::Facilitator);
    let tab = bench.tab(&outsider);
    let change = mallory.clone().write("from outside");
    bench.message(&tab, &bring(&[change.hash()], &[&change]));
    bench.rest();
    assert_eq!(bench.sent_of(&tab, "doc-unavailable").len(), 1);
    bench.workshop = here;
    assert_eq!(bench.case, case);
    assert!(!bench.stores("from outside"));
    kari.write("undisturbed");
    bench.sync(&mut kari);
    assert!(kari.is_saved());
}

#[test]
fn f1_y6_heads_nobody_can_show_are_not_asked_for_without_end() {
    let mut bench = Bench::new();
    let [mallory, ..] = cast(&mut bench);
    let unknown = ChangeHash([9; 32]);
    let message = Message {
        heads: vec![unknown],
        need: vec![],
        have: vec![Have {
            last_sync: mallory.doc.get_heads(),
            bloom: BloomFilter::from_hashes([unknown].iter()),
        }],
        changes: Vec::<Vec<u8>>::new().into(),
        flags: None,
        version: MessageVersion::V1,
    };
    let encoded = message.encode();
    let answers = [(); 6].map(|()| {
        bench.message(&mallory, &encoded);
        bench.rest();
        bench.sent_of(&mallory, "sync").len()
    });
    assert_eq!(answers, [1, 1, 0, 0, 0, 0], "once by filter, once by name");
}

#[test]
fn f1_x3_a_document_stored_deeper_than_may_be_is_set_aside_and_kept() {
    for (levels, deep) in [(DOCUMENT_DEPTH_MAX, false), (300, true), (10_000, true)] {
        let mut bench = Bench::new();
        let [mut mallory, ..] = cast(&mut bench);
        let mut doc = mallory.doc.clone().with_actor(ActorId::from([0xee; 16]));
        let heads = doc.get_heads();
        let nested = doc.transact(|tx| {
            let nest = |object, _| tx.put_object(&object, "in", ObjType::Map);
            (0..levels).try_fold(ROOT, nest)
        });
        nested.expect("maps take maps");
        let bytes = doc.get_changes(&heads)[0].raw_bytes().to_vec();
        let write = Write::Append {
            document: bench.case,
            bytes: bytes.into(),
            heads: doc.get_heads(),
        };
        bench.store.commit(&[vec![write]]).expect("memory does not fail");
        bench.restart(bench.store.restarted());
        bench.connect(&mut mallory);
        let change = mallory.write("mine");
        bench.message(&mallory, &bring(&[change.hash()], &[&change]));
        bench.rest();
        bench.pull(&mut mallory);
        let refused = mallory.refused.iter().any(|(_, reason)| reason == "quarantined");
        assert_eq!(refused, deep, "{levels} levels");
        assert_eq!(bench.counter("documents_quarantined"), u64::from(deep));
        assert!(
            bench.store.load(bench.case).is_err() == deep,
            "its bytes are not served"
        );
    }
}
