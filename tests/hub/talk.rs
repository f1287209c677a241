//! Talk: who may say what under whose name, and that a talk goes with what it is about (P1, P2).

use crate::bench::Bench;
use crate::tab::{Tab, bring};
use automerge::transaction::{CommitOptions, Transactable, Transaction};
use automerge::{AutomergeError, Change, ObjId, ObjType, ROOT, ReadDoc, ScalarValue};
use samverk::hub::rows::{self, CatalogueRow};
use samverk::hub::{Caller, Command, CommandError, Refused};
use samverk::store::{Changes, Records, Table};
use samverk_shared::access::{Action, Audience, Grant, State, decide};
use samverk_shared::document::read::read_talk;
use samverk_shared::ids::ParticipantId;
use samverk_shared::talk::Talk;

type Written = Result<(), AutomergeError>;

/// The catalogue row of the talk about the bench's case, as stored.
fn row(bench: &Bench) -> CatalogueRow {
    let prefix = format!("{}/", bench.workshop);
    let rows = bench
        .store
        .scan(Table::Catalogue, &prefix)
        .expect("memory does not fail");
    let mut rows = rows
        .into_iter()
        .map(|(key, record)| rows::read::<CatalogueRow>(&key, &record).expect("the hub's own row"));
    rows.find(|row| row.about.as_ref() == Some(&bench.subject))
        .expect("a case has its talk")
}

/// The talk as it would be read from the disk.
fn stored(bench: &Bench) -> Talk {
    let bytes = bench
        .store
        .load(row(bench).document)
        .expect("memory does not fail");
    let bytes = bytes.expect("a document").bytes();
    let (talk, problems) = read_talk(&automerge::Automerge::load(&bytes).expect("it loads"));
    assert_eq!(problems, []);
    talk
}

/// A tab that has the talk open.
fn open(bench: &mut Bench, participant: &ParticipantId) -> Tab {
    let mut tab = bench.tab(participant);
    bench.disconnect(&tab);
    tab.document = row(bench).document;
    bench.connect(&mut tab);
    bench.sync(&mut tab);
    assert!(
        tab.doc.get(ROOT, "threads").expect("a map").is_some(),
        "it was let in"
    );
    tab
}

fn write(tab: &mut Tab, fill: impl FnOnce(&mut Transaction<'_>) -> Written) -> Change {
    let before = tab.doc.get_heads();
    let options = CommitOptions::default().with_time(0);
    tab.doc
        .transact_with(|()| options, fill)
        .expect("it can be written");
    tab.doc.get_changes(&before).pop().expect("a change")
}

fn at(tab: &Tab, path: &[&str]) -> ObjId {
    path.iter().fold(ROOT, |object, key| {
        let found = tab.doc.get(&object, *key).expect("a map");
        found.unwrap_or_else(|| panic!("nothing at {path:?}")).1
    })
}

fn comment(tx: &mut Transaction<'_>, comments: &ObjId, key: &str, by: &str, words: &str) -> Written {
    let item = tx.put_object(comments, key, ObjType::Map)?;
    tx.put(&item, "by", by)?;
    tx.put(&item, "at_ms", 1_790_000_000_000_i64)?;
    let text = tx.put_object(&item, "text", ObjType::Text)?;
    tx.splice_text(&text, 0, 0, words)?;
    tx.put(&item, "order", key)?;
    tx.put(&item, "withdrawn", false)
}

fn thread(tx: &mut Transaction<'_>, threads: &ObjId, key: &str, by: &str, words: &str) -> Written {
    let item = tx.put_object(threads, key, ObjType::Map)?;
    tx.put(&item, "field", "")?;
    tx.put(&item, "anchor", ScalarValue::Null)?;
    tx.put(&item, "order", key)?;
    tx.put(&item, "resolved", "")?;
    let comments = tx.put_object(&item, "comments", ObjType::Map)?;
    comment(tx, &comments, "c1", by, words)
}

/// Begins a thread, as the web client does.
fn begin(bench: &mut Bench, tab: &mut Tab, key: &str, words: &str) {
    let (by, threads) = (me(tab), at(tab, &["threads"]));
    write(tab, |tx| thread(tx, &threads, key, &by, words));
    bench.sync(tab);
    assert!(tab.is_saved(), "{words}: {:?}", tab.refused);
}

fn answer(bench: &mut Bench, tab: &mut Tab, key: &str, words: &str) {
    let (by, comments) = (me(tab), at(tab, &["threads", "t1", "comments"]));
    write(tab, |tx| comment(tx, &comments, key, &by, words));
    bench.sync(tab);
    assert!(tab.is_saved(), "{words}: {:?}", tab.refused);
}

fn me(tab: &Tab) -> String {
    tab.participant.as_ref().expect("somebody").to_string()
}

fn said(talk: &Talk) -> Vec<(&str, &str)> {
    let comments = talk.threads.iter().flat_map(|thread| &thread.comments);
    comments.map(|one| (one.by.as_str(), one.text.as_str())).collect()
}

/// A workshop in which a reviewer has begun a thread and an editor has answered.
struct Scene {
    bench: Bench,
    people: [ParticipantId; 2],
    reviewer: Tab,
    editor: Tab,
}

fn scene() -> Scene {
    let mut bench = Bench::new();
    let people = [("Kari", Grant::Reviewer), ("Ola", Grant::Editor)].map(|(n, g)| bench.person(n, g));
    let [mut reviewer, mut editor] = [&people[0], &people[1]].map(|who| open(&mut bench, who));
    begin(&mut bench, &mut reviewer, "t1", "Hvem betaler?");
    bench.sync(&mut editor);
    answer(&mut bench, &mut editor, "c2", "Kommunen.");
    bench.sync(&mut reviewer);
    Scene {
        bench,
        people,
        reviewer,
        editor,
    }
}

/// What a tab writes is refused as not its own to write, and nobody notices.
fn refused(
    scene: &mut Scene,
    who: Grant,
    what: &str,
    fill: impl FnOnce(&Tab, &mut Transaction<'_>) -> Written,
) {
    let before = stored(&scene.bench);
    let tab = if who == Grant::Editor {
        &mut scene.editor
    } else {
        &mut scene.reviewer
    };
    let mut forger = tab.clone();
    let seen = tab.clone();
    let change = write(&mut forger, |tx| fill(&seen, tx));
    scene.bench.message(tab, &bring(&[change.hash()], &[&change]));
    scene.bench.rest();
    scene.bench.pull(tab);
    let (hashes, reason) = tab.refused.pop().unwrap_or_else(|| panic!("{what} was taken"));
    assert_eq!(
        (hashes, reason.as_str()),
        (vec![change.hash()], "author"),
        "{what}"
    );
    assert_eq!(stored(&scene.bench), before, "{what}");
}

#[test]
fn x8_p2_everybody_comments_under_their_own_name_changes_and_withdraws_it() {
    let mut scene = scene();
    let [kari, ola] = scene.people.clone().map(|who| who.to_string());
    assert_eq!(
        said(&stored(&scene.bench)),
        [(kari.as_str(), "Hvem betaler?"), (ola.as_str(), "Kommunen.")]
    );
    let text = at(&scene.reviewer, &["threads", "t1", "comments", "c1", "text"]);
    write(&mut scene.reviewer, |tx| {
        tx.splice_text(&text, 0, 4, "Hva er det som")
    });
    scene.bench.sync(&mut scene.reviewer);
    assert!(scene.reviewer.is_saved(), "{:?}", scene.reviewer.refused);
    let own = at(&scene.reviewer, &["threads", "t1", "comments", "c1"]);
    write(&mut scene.reviewer, |tx| {
        tx.update_text(&text, "")?;
        tx.put(&own, "withdrawn", true)
    });
    scene.bench.sync(&mut scene.reviewer);
    let talk = stored(&scene.bench);
    let first = &talk.threads[0].comments[0];
    assert_eq!(
        (first.text.as_str(), first.withdrawn, first.by == kari),
        ("", true, true)
    );
}

#[test]
fn x8_a_comment_and_its_changes_in_one_message_are_taken_and_so_are_two_people_at_once() {
    let mut scene = scene();
    let by = me(&scene.reviewer);
    let threads = at(&scene.reviewer, &["threads"]);
    write(&mut scene.reviewer, |tx| {
        thread(tx, &threads, "t2", &by, "Uten nett")
    });
    let comments = at(&scene.reviewer, &["threads", "t2", "comments"]);
    write(&mut scene.reviewer, |tx| {
        comment(tx, &comments, "c2", &by, "og mer")
    });
    let text = at(&scene.reviewer, &["threads", "t2", "comments", "c2", "text"]);
    write(&mut scene.reviewer, |tx| tx.splice_text(&text, 6, 0, " til"));
    let (editor, comments) = (
        me(&scene.editor),
        at(&scene.editor, &["threads", "t1", "comments"]),
    );
    write(&mut scene.editor, |tx| {
        comment(tx, &comments, "c3", &editor, "Samtidig")
    });
    scene
        .bench
        .sync_all(&mut [&mut scene.reviewer, &mut scene.editor]);
    assert!(scene.reviewer.is_saved() && scene.editor.is_saved());
    let talk = stored(&scene.bench);
    let words: Vec<_> = said(&talk).into_iter().map(|(_, words)| words).collect();
    assert_eq!(
        words,
        [
            "Hvem betaler?",
            "Kommunen.",
            "Samtidig",
            "Uten nett",
            "og mer til"
        ]
    );
}

#[test]
fn x8_p2_nobody_speaks_under_anothers_name_or_changes_what_another_said() {
    let mut scene = scene();
    let [kari, ola] = scene.people.clone().map(|who| who.to_string());
    let theirs = ["threads", "t1", "comments", "c2"];
    let comments = ["threads", "t1", "comments"];
    refused(
        &mut scene,
        Grant::Reviewer,
        "a thread under another's name",
        |tab, tx| thread(tx, &at(tab, &["threads"]), "t2", &ola, "forged"),
    );
    refused(
        &mut scene,
        Grant::Editor,
        "an answer under another's name",
        |tab, tx| comment(tx, &at(tab, &comments), "c3", &kari, "forged"),
    );
    refused(
        &mut scene,
        Grant::Reviewer,
        "a comment under no name",
        |tab, tx| tx.put_object(at(tab, &comments), "c3", ObjType::Map).map(drop),
    );
    refused(&mut scene, Grant::Reviewer, "another's words", |tab, tx| {
        tx.splice_text(at(tab, &[&theirs[..], &["text"]].concat()), 0, 0, "Ikke ")
    });
    refused(&mut scene, Grant::Reviewer, "another's withdrawal", |tab, tx| {
        tx.put(at(tab, &theirs), "withdrawn", true)
    });
    refused(
        &mut scene,
        Grant::Editor,
        "a team member in a reviewer's words",
        |tab, tx| tx.put(at(tab, &["threads", "t1", "comments", "c1"]), "withdrawn", true),
    );
    refused(
        &mut scene,
        Grant::Reviewer,
        "one's own comment given to another",
        |tab, tx| tx.put(at(tab, &["threads", "t1", "comments", "c1"]), "by", ola.as_str()),
    );
    refused(
        &mut scene,
        Grant::Reviewer,
        "a comment put over another's",
        |tab, tx| comment(tx, &at(tab, &comments), "c2", &kari, "instead"),
    );
    refused(&mut scene, Grant::Editor, "a comment taken out", |tab, tx| {
        tx.delete(at(tab, &comments), "c1")
    });
    refused(&mut scene, Grant::Editor, "a thread taken out", |tab, tx| {
        tx.delete(at(tab, &["threads"]), "t1")
    });
    refused(&mut scene, Grant::Editor, "all threads put anew", |_, tx| {
        tx.put_object(ROOT, "threads", ObjType::Map).map(drop)
    });
    refused(
        &mut scene,
        Grant::Reviewer,
        "a thread moved to another field",
        |tab, tx| tx.put(at(tab, &["threads", "t1"]), "field", "texts.notes"),
    );
    assert_eq!(said(&stored(&scene.bench)).len(), 2);
}

#[test]
fn x8_who_makes_a_thing_of_two_names_in_one_message_is_refused_whole() {
    let mut scene = scene();
    let [kari, ola] = scene.people.clone().map(|who| who.to_string());
    let threads = at(&scene.reviewer, &["threads"]);
    let honest = write(&mut scene.reviewer, |tx| {
        thread(tx, &threads, "t2", &kari, "ærlig")
    });
    let comments = at(&scene.reviewer, &["threads", "t2", "comments"]);
    let forged = write(&mut scene.reviewer, |tx| {
        comment(tx, &comments, "c2", &ola, "forged")
    });
    let message = bring(&[forged.hash()], &[&honest, &forged]);
    scene.bench.message(&scene.reviewer, &message);
    scene.bench.rest();
    assert_eq!(stored(&scene.bench).threads.len(), 1);
    // The same key again, honestly: what was refused has left no trace.
    scene
        .bench
        .message(&scene.reviewer, &bring(&[honest.hash()], &[&honest]));
    scene.bench.rest();
    assert_eq!(stored(&scene.bench).threads.len(), 2);
}

#[test]
fn x8_the_team_resolves_a_thread_and_opens_it_again_and_nobody_else_does() {
    let mut scene = scene();
    let [kari, ola] = scene.people.clone().map(|who| who.to_string());
    assert_eq!(stored(&scene.bench).open_threads(), 1);
    refused(
        &mut scene,
        Grant::Reviewer,
        "resolved by a reviewer",
        |tab, tx| tx.put(at(tab, &["threads", "t1"]), "resolved", kari.as_str()),
    );
    refused(
        &mut scene,
        Grant::Editor,
        "resolved in another's name",
        |tab, tx| tx.put(at(tab, &["threads", "t1"]), "resolved", kari.as_str()),
    );
    for (word, open) in [(ola.as_str(), 0), ("", 1)] {
        let thread = at(&scene.editor, &["threads", "t1"]);
        write(&mut scene.editor, |tx| tx.put(&thread, "resolved", word));
        scene.bench.sync(&mut scene.editor);
        assert_eq!(
            stored(&scene.bench).open_threads(),
            open,
            "{:?}",
            scene.editor.refused
        );
    }
}

#[test]
fn p1_a_talk_is_seen_and_closed_as_what_it_is_about_in_the_same_transaction() {
    let mut scene = scene();
    let subject = scene.bench.subject.clone();
    let reads = |bench: &Bench, grant: Grant| {
        let row = row(bench);
        decide(
            grant.into(),
            row.relation(&scene.people[0]),
            row.facts(),
            Action::List,
        )
        .is_ok()
    };
    assert!(reads(&scene.bench, Grant::Reviewer));
    for (audience, reviewer, client) in [
        (Audience::Team, false, false),
        (Audience::Client, true, true),
        (Audience::Members, true, false),
    ] {
        let subject = subject.clone();
        scene
            .bench
            .command(Caller::Server, Command::SetAudience { subject, audience }, None);
        assert_eq!(scene.bench.commits.len(), 1, "one transaction");
        scene.bench.rest();
        assert_eq!(reads(&scene.bench, Grant::Reviewer), reviewer, "{audience:?}");
        assert_eq!(reads(&scene.bench, Grant::Client), client, "{audience:?}");
    }
    for state in [State::Closed, State::Archived, State::Open] {
        scene.bench.set_state(state);
        assert_eq!(row(&scene.bench).state, state);
    }
    let (kari, talk) = (scene.people[1].clone(), row(&scene.bench).subject);
    scene.bench.set_grants(&kari, Grant::Facilitator);
    let state = State::Archived;
    let by_itself = scene.bench.decided(
        Caller::Participant(kari),
        Command::SetState { subject: talk, state },
    );
    assert_eq!(by_itself, Err(CommandError::Refused(Refused::NotAllowed)));
}

#[test]
fn p2_erasing_a_case_erases_what_was_taken_back_in_its_talk_and_names_stay() {
    let mut scene = scene();
    let text = at(&scene.reviewer, &["threads", "t1", "comments", "c1", "text"]);
    write(&mut scene.reviewer, |tx| tx.update_text(&text, "Hvem?"));
    scene.bench.sync(&mut scene.reviewer);
    let before = row(&scene.bench);
    let subject = scene.bench.subject.clone();
    scene.bench.done(Command::Replace { subject });
    let after = row(&scene.bench);
    assert_eq!(
        (after.earlier, after.subject),
        (vec![before.document], before.subject)
    );
    assert!(scene.bench.store.load(before.document).expect("memory").is_none());
    let bytes = scene
        .bench
        .store
        .load(after.document)
        .expect("memory")
        .expect("there")
        .bytes();
    let whole = automerge::Automerge::load(&bytes)
        .expect("it loads")
        .save_nocompress();
    assert!(!String::from_utf8_lossy(&whole).contains("betaler"));

    // Whose a comment is does not rest on who wrote its bytes: the author goes on, the others still may not.
    let [kari, ola] = scene.people.clone();
    scene.reviewer = open(&mut scene.bench, &kari);
    scene.editor = open(&mut scene.bench, &ola);
    refused(
        &mut scene,
        Grant::Editor,
        "another's words after erasure",
        |tab, tx| {
            tx.splice_text(
                at(tab, &["threads", "t1", "comments", "c1", "text"]),
                0,
                0,
                "Ikke ",
            )
        },
    );
    let text = at(&scene.reviewer, &["threads", "t1", "comments", "c1", "text"]);
    write(&mut scene.reviewer, |tx| tx.splice_text(&text, 4, 0, " da"));
    scene.bench.sync(&mut scene.reviewer);
    assert_eq!(said(&stored(&scene.bench))[0], (kari.as_str(), "Hvem da?"));
}
