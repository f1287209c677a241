//! A locked grouping by hand is changed by nobody until somebody opens it (R37), whatever a client shows (P1).

// A test that cannot go on ends where it is.
#![allow(clippy::unwrap_used)]

use crate::bench::Bench;
use crate::tab::Tab;
use automerge::transaction::{CommitOptions, Transactable, Transaction};
use automerge::{AutomergeError, ObjId, ObjType, ROOT, ReadDoc};
use samverk::hub::{Answer, Command};
use samverk_shared::access::{Grant, Kind};

type Written = Result<(), AutomergeError>;

/// Two of the team with the register open, and a grouping in it.
fn two() -> (Bench, Tab, Tab) {
    let mut bench = Bench::new();
    let kari = bench.person("Kari", Grant::Editor);
    let tor = bench.person("Tor", Grant::Editor);
    let Answer::Part { document, .. } = bench.done(Command::Furnish { kind: Kind::Register }) else {
        panic!("no register");
    };
    let mut tabs = [&kari, &tor].map(|who| {
        let mut tab = bench.tab(who);
        bench.disconnect(&tab);
        tab.document = document;
        bench.connect(&mut tab);
        bench.sync(&mut tab);
        tab
    });
    let groupings = at(&tabs[0], &["groupings"]);
    write(&mut tabs[0], |tx| {
        let item = tx.put_object(&groupings, "g1", ObjType::Map)?;
        tx.put_object(&item, "name", ObjType::Text)?;
        tx.put_object(&item, "description", ObjType::Text)?;
        let members = tx.put_object(&item, "members", ObjType::Map)?;
        tx.put(&members, "a", "x")
    });
    bench.sync_all(&mut tabs.each_mut());
    let [kari, tor] = tabs;
    (bench, kari, tor)
}

fn at(tab: &Tab, path: &[&str]) -> ObjId {
    path.iter()
        .fold(ROOT, |object, key| tab.doc.get(&object, *key).unwrap().unwrap().1)
}

fn write(tab: &mut Tab, fill: impl FnOnce(&mut Transaction<'_>) -> Written) {
    let options = CommitOptions::default().with_time(0);
    tab.doc.transact_with(|()| options, fill).unwrap();
}

fn set_lock(tab: &mut Tab, by: &str) {
    let grouping = at(tab, &["groupings", "g1"]);
    write(tab, |tx| tx.put(&grouping, "locked", by));
}

fn move_case(tab: &mut Tab, to: &str) {
    let members = at(tab, &["groupings", "g1", "members"]);
    write(tab, |tx| tx.put(&members, "a", to));
}

/// Whether what the tab has written is taken.
fn is_taken(bench: &mut Bench, tab: &mut Tab) -> bool {
    let before = tab.refused.len();
    bench.sync(tab);
    let refused = &tab.refused[before..];
    assert!(
        refused.iter().all(|(_, reason)| reason == "locked"),
        "{refused:?}"
    );
    refused.is_empty()
}

#[test]
fn x9_r37_nothing_in_a_locked_grouping_is_changed_nor_is_it_put_away_or_replaced() {
    let attempts: [fn(&mut Tab); 7] = [
        |tab| move_case(tab, "y"),
        |tab| {
            let name = at(tab, &["groupings", "g1", "name"]);
            write(tab, |tx| tx.splice_text(&name, 0, 0, "Nytt navn"));
        },
        |tab| {
            let grouping = at(tab, &["groupings", "g1"]);
            write(tab, |tx| tx.put(&grouping, "removed", "kari"));
        },
        |tab| {
            let groupings = at(tab, &["groupings"]);
            write(tab, |tx| tx.delete(&groupings, "g1"));
        },
        |tab| {
            let groupings = at(tab, &["groupings"]);
            write(tab, |tx| tx.put_object(&groupings, "g1", ObjType::Map).map(drop));
        },
        |tab| write(tab, |tx| tx.put_object(ROOT, "groupings", ObjType::Map).map(drop)),
        |tab| {
            // It opens and changes another grouping, which is new, and this one.
            let groupings = at(tab, &["groupings"]);
            let members = at(tab, &["groupings", "g1", "members"]);
            write(tab, |tx| {
                let item = tx.put_object(&groupings, "g2", ObjType::Map)?;
                tx.put(&item, "locked", "")?;
                tx.put(&members, "a", "y")
            });
        },
    ];
    for (n, attempt) in attempts.into_iter().enumerate() {
        let (mut bench, mut kari, mut tor) = two();
        set_lock(&mut kari, "kari");
        assert!(is_taken(&mut bench, &mut kari));
        bench.sync(&mut tor);
        attempt(&mut tor);
        assert!(!is_taken(&mut bench, &mut tor), "attempt {n}");
    }
}

#[test]
fn x9_r37_who_opens_it_first_changes_it_and_the_rest_of_the_register_is_never_held_off() {
    let (mut bench, mut kari, mut tor) = two();
    set_lock(&mut kari, "kari");
    assert!(is_taken(&mut bench, &mut kari));
    bench.sync(&mut tor);
    let groupings = at(&tor, &["groupings"]);
    let searches = at(&tor, &["searches"]);
    write(&mut tor, |tx| {
        let item = tx.put_object(&groupings, "g2", ObjType::Map)?;
        tx.put_object(&item, "members", ObjType::Map)?;
        tx.put_object(&searches, "s1", ObjType::Map)?;
        tx.put(ROOT, "current", "g2")
    });
    assert!(is_taken(&mut bench, &mut tor));
    set_lock(&mut tor, "");
    move_case(&mut tor, "y");
    assert!(
        is_taken(&mut bench, &mut tor),
        "opened and changed, one after the other"
    );
    bench.sync(&mut kari);
    move_case(&mut kari, "z");
    assert!(is_taken(&mut bench, &mut kari));
}

#[test]
fn x9_r37_what_is_written_offline_is_held_off_by_a_lock_it_does_not_know_of() {
    let (mut bench, mut kari, mut tor) = two();
    bench.disconnect(&tor);
    // Tor opens what nobody had locked when he left, and changes it.
    set_lock(&mut tor, "");
    move_case(&mut tor, "y");
    set_lock(&mut kari, "kari");
    assert!(is_taken(&mut bench, &mut kari));
    bench.connect(&mut tor);
    assert!(!is_taken(&mut bench, &mut tor));
    bench.sync(&mut kari);
    assert_eq!(
        kari.doc
            .get(at(&kari, &["groupings", "g1", "members"]), "a")
            .unwrap()
            .unwrap()
            .0,
        "x".into()
    );
}

#[test]
fn x9_r37_what_came_before_the_lock_in_one_message_is_taken_and_what_came_after_it_is_not() {
    let (mut bench, mut kari, mut tor) = two();
    move_case(&mut kari, "y");
    set_lock(&mut kari, "kari");
    assert!(is_taken(&mut bench, &mut kari));
    bench.sync(&mut tor);
    set_lock(&mut tor, "");
    set_lock(&mut tor, "tor");
    move_case(&mut tor, "z");
    assert!(!is_taken(&mut bench, &mut tor));
}

#[test]
fn x9_r37_who_locked_and_opened_it_offline_does_not_open_a_lock_set_meanwhile() {
    let (mut bench, mut kari, mut tor) = two();
    bench.disconnect(&tor);
    set_lock(&mut tor, "tor");
    set_lock(&mut tor, "");
    move_case(&mut tor, "y");
    set_lock(&mut kari, "kari");
    assert!(is_taken(&mut bench, &mut kari));
    bench.connect(&mut tor);
    assert!(!is_taken(&mut bench, &mut tor));
}
