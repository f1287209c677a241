//! What is written into a document is what is read from it, and rebuilding loses nothing but history.
#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

use automerge::marks::{ExpandMark, Mark};
use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, Automerge, ObjType, ROOT, ReadDoc, ScalarValue};
use proptest::prelude::*;
use samverk_shared::case::{ActorGroup, Case, Level, Origin, Status};
use samverk_shared::characteristic::{Scale, defaults};
use samverk_shared::document::read::{ProblemKind, read_case, read_talk};
use samverk_shared::document::{TEXT_ENCODING, create, rebuild::rebuild};
use samverk_shared::import::CaseRecord;
use std::collections::BTreeMap;

const TIME_S: i64 = 1_790_000_000;

fn actor(byte: u8) -> ActorId {
    ActorId::from([byte; 16])
}

fn born(record: &CaseRecord) -> Automerge {
    let mut number = 0;
    let mut fresh_ids = || {
        number += 1;
        format!("id{number:04}")
    };
    create::case(record, defaults(), actor(1), &mut fresh_ids, TIME_S).unwrap()
}

/// The case without the keys its document gave to the parties.
fn without_ids(mut case: Case) -> Case {
    case.parties.iter_mut().for_each(|p| p.id.clear());
    case
}

fn words() -> impl Strategy<Value = String> {
    // Letters of several widths in UTF-16 and UTF-8, line breaks, and what text often holds of markup.
    proptest::string::string_regex("[a-zæøå «»–€😀\n\"<&;]{0,40}").unwrap()
}

fn word_of(words: Vec<&'static str>) -> impl Strategy<Value = String> {
    proptest::sample::select(words).prop_map(str::to_owned)
}

fn records() -> impl Strategy<Value = CaseRecord> {
    let fields = (
        proptest::collection::btree_map(
            word_of(vec![
                "name",
                "country",
                "sector",
                "source",
                "period",
                "description",
                "benefit",
                "notes",
            ]),
            words(),
            0..8,
        ),
        word_of(Origin::ALL.iter().map(|o| o.as_str()).collect()),
        word_of(Status::ALL.iter().map(|s| s.as_str()).collect()),
        proptest::option::of(1500_i64..2200),
    )
        .prop_map(|(mut fields, origin, status, start)| {
            fields.insert("origin".into(), origin);
            fields.insert("status".into(), status);
            fields.insert(
                "start_year".into(),
                start.map(|y| y.to_string()).unwrap_or_default(),
            );
            fields
        });
    let levels = proptest::collection::vec(word_of(Level::ALL.iter().map(|l| l.as_str()).collect()), 0..3);
    let groups = || word_of(ActorGroup::ALL.iter().map(|g| g.as_str()).collect());
    let parties = proptest::collection::vec((words(), groups()), 0..70);
    let extra = proptest::collection::btree_map("[a-zæøå ]{1,12}", words(), 0..5);
    (fields, levels, parties, codings(), extra, 1_u32..9_999).prop_map(
        |(fields, levels, parties, codings, extra, row)| CaseRecord {
            code: "N01".into(),
            fields,
            sets: BTreeMap::from([("level".into(), levels)]),
            parties,
            codings,
            states: BTreeMap::from([("rights".into(), "unknown".into())]),
            extra,
            list: "liste.csv".into(),
            row,
            also: Vec::new(),
        },
    )
}

fn codings() -> impl Strategy<Value = BTreeMap<String, Vec<String>>> {
    proptest::collection::vec(any::<Option<u8>>(), 24).prop_map(|choices| {
        let mut codings = BTreeMap::new();
        for (c, choice) in defaults().iter().zip(choices) {
            let Some(choice) = choice.map(usize::from) else {
                continue;
            };
            let values = match c.scale {
                Scale::Nominal | Scale::Ordinal => vec![c.values[choice % c.values.len()].key.clone()],
                Scale::Multi => c.values.iter().skip(choice % 3).map(|v| v.key.clone()).collect(),
                Scale::Number => vec![format!("{choice}.5")],
                Scale::Text => vec!["Ildsjel i «Bø»".into()],
            };
            codings.insert(c.key.clone(), values);
        }
        codings
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn reading_a_born_case_gives_the_record_it_was_born_from(record in records()) {
        let (case, problems) = read_case(&born(&record), defaults());
        prop_assert_eq!(&problems, &[]);
        prop_assert_eq!(without_ids(case), Case::from_record(&record, defaults()));
    }

    #[test]
    fn s1_the_same_record_gives_the_same_bytes_in_one_change(record in records()) {
        let one = born(&record);
        prop_assert_eq!(one.save(), born(&record).save());
        prop_assert_eq!(one.get_changes(&[]).len(), 1);
    }

    #[test]
    fn rebuilding_keeps_the_content_and_nothing_of_the_history(record in records(), edit in words()) {
        let mut old = born(&record);
        edit_name(&mut old, &edit);
        let new = rebuild(&old, actor(9), TIME_S).unwrap();
        prop_assert_eq!(new.hydrate(None), old.hydrate(None));
        prop_assert_eq!(new.get_changes(&[]).len(), 1);
        prop_assert_eq!(new.save(), rebuild(&old, actor(9), TIME_S).unwrap().save());
        prop_assert_eq!(Automerge::load(&new.save()).unwrap().get_heads(), new.get_heads());
    }

    #[test]
    fn reading_whatever_stands_in_a_document_ends_without_a_panic(seed in any::<u64>()) {
        println!("seed {seed}");
        read_case(&nonsense(seed), defaults());
        read_talk(&nonsense_talk(seed));
    }
}

fn edit_name(document: &mut Automerge, words: &str) {
    let facts = document.get(ROOT, "facts").unwrap().unwrap().1;
    let name = document.get(&facts, "name").unwrap().unwrap().1;
    let mut tx = document.transaction();
    tx.splice_text(&name, 0, 0, words).unwrap();
    tx.commit_with(CommitOptions::default().with_time(TIME_S));
}

/// A case document in which every value is of some kind, seldom the right one.
fn nonsense(seed: u64) -> Automerge {
    let mut document = born(&CaseRecord {
        parties: vec![("A".into(), "stat".into())],
        ..CaseRecord::default()
    });
    let mut rest = seed;
    let objects: Vec<_> = [
        "facts",
        "texts",
        "parties",
        "codings",
        "selection",
        "provenance",
        "eligibility",
        "needs",
        "sources",
        "references",
        "extra",
    ]
    .iter()
    .map(|key| document.get(ROOT, *key).unwrap().unwrap().1)
    .chain([ROOT])
    .collect();
    let mut tx = document.transaction();
    for object in objects {
        for key in tx.keys(&object).chain(["level".into()]).collect::<Vec<_>>() {
            rest = rest
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            match (rest >> 33) % 8 {
                0 => tx.put(&object, key, ScalarValue::Null).unwrap(),
                1 => tx.put(&object, key, f64::NAN).unwrap(),
                2 => tx.put(&object, key, i64::MIN).unwrap(),
                3 => tx.put(&object, key, ScalarValue::Bytes(vec![0, 255])).unwrap(),
                4 => tx.delete(&object, key).unwrap(),
                5 => drop(tx.put_object(&object, key, ObjType::List).unwrap()),
                6 => drop(tx.put_object(&object, key, ObjType::Text).unwrap()),
                _ => {}
            }
        }
    }
    tx.commit();
    document
}

/// A talk in which every value of a thread and of its comments is of some kind, seldom the right one.
fn nonsense_talk(seed: u64) -> Automerge {
    let mut document = talk();
    let thread = within(&document, &["threads", "t1"]);
    let comment = within(&document, &["threads", "t1", "comments", "c1"]);
    let mut rest = seed;
    let mut tx = document.transaction();
    for object in [thread, comment] {
        for key in tx.keys(&object).collect::<Vec<_>>() {
            rest = rest
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            match (rest >> 33) % 6 {
                0 => tx.put(&object, key, f64::NAN).unwrap(),
                1 => tx.put(&object, key, ScalarValue::Bytes(vec![0, 255])).unwrap(),
                2 => tx.delete(&object, key).unwrap(),
                3 => drop(tx.put_object(&object, key, ObjType::List).unwrap()),
                4 => drop(tx.put_object(&object, key, ObjType::Text).unwrap()),
                _ => {}
            }
        }
    }
    tx.commit();
    document
}

fn within(document: &Automerge, path: &[&str]) -> automerge::ObjId {
    path.iter()
        .fold(ROOT, |at, key| document.get(&at, *key).unwrap().unwrap().1)
}

/// A talk with one thread of two comments, as clients write them; the second stands first in the map.
fn talk() -> Automerge {
    let mut document = create::talk(actor(1), TIME_S).unwrap();
    let threads = within(&document, &["threads"]);
    let mut tx = document.transaction();
    let thread = tx.put_object(&threads, "t1", ObjType::Map).unwrap();
    tx.put(&thread, "field", "texts.benefit").unwrap();
    tx.put(&thread, "anchor", ScalarValue::Null).unwrap();
    tx.put(&thread, "order", "i").unwrap();
    tx.put(&thread, "resolved", "").unwrap();
    let comments = tx.put_object(&thread, "comments", ObjType::Map).unwrap();
    for (key, order, words) in [("a2", "r", "Kommunen."), ("c1", "i", "Hvem betaler?")] {
        let comment = tx.put_object(&comments, key, ObjType::Map).unwrap();
        tx.put(&comment, "by", "0123456789abcdef").unwrap();
        tx.put(&comment, "at_ms", 1_790_000_000_000_i64).unwrap();
        let text = tx.put_object(&comment, "text", ObjType::Text).unwrap();
        tx.splice_text(&text, 0, 0, words).unwrap();
        tx.put(&comment, "order", order).unwrap();
        tx.put(&comment, "withdrawn", key == "a2").unwrap();
    }
    tx.commit();
    document
}

#[test]
fn a_talk_is_read_in_the_order_of_its_keys_and_counts_what_waits_for_an_answer() {
    let (read, problems) = read_talk(&talk());
    assert_eq!(problems, vec![]);
    let [thread] = read.threads.as_slice() else {
        panic!("{read:?}")
    };
    assert_eq!(
        (thread.field.as_str(), thread.resolved.as_str()),
        ("texts.benefit", "")
    );
    let comments: Vec<_> = thread
        .comments
        .iter()
        .map(|one| (one.text.as_str(), one.at_ms, one.withdrawn))
        .collect();
    let at = 1_790_000_000_000;
    assert_eq!(comments, [("Hvem betaler?", at, false), ("Kommunen.", at, true)]);
    assert_eq!(read.open_threads(), 1);
    assert_eq!(
        read_talk(&rebuild(&talk(), actor(9), TIME_S).unwrap()),
        (read, problems)
    );
}

#[test]
fn a_thread_that_is_resolved_or_in_which_all_is_withdrawn_waits_for_nobody() {
    for (path, key) in [
        (&["threads", "t1"][..], "resolved"),
        (&["threads", "t1", "comments", "c1"], "withdrawn"),
    ] {
        let mut document = talk();
        let object = within(&document, path);
        let mut tx = document.transaction();
        match key {
            "resolved" => tx.put(&object, key, "0123456789abcdef").unwrap(),
            _ => tx.put(&object, key, true).unwrap(),
        }
        tx.commit();
        assert_eq!(read_talk(&document).0.open_threads(), 0, "{key}");
    }
}

#[test]
fn every_characteristic_has_its_containers_from_birth() {
    let document = born(&CaseRecord::named("Ny"));
    let codings = document.get(ROOT, "codings").unwrap().unwrap().1;
    assert_eq!(document.keys(&codings).count(), 24);
    for key in document.keys(&codings) {
        let coding = document.get(&codings, key.as_str()).unwrap().unwrap().1;
        assert_eq!(
            document.keys(&coding).collect::<Vec<_>>(),
            [
                "coder",
                "confidence",
                "note",
                "number",
                "state",
                "text",
                "value",
                "values"
            ]
        );
    }
}

#[test]
fn words_are_text_and_choices_are_immutable() {
    let document = born(&CaseRecord::named("Ny"));
    let facts = document.get(ROOT, "facts").unwrap().unwrap().1;
    assert!(document.get(&facts, "name").unwrap().unwrap().0.is_object());
    assert_eq!(
        document.get(&facts, "origin").unwrap().unwrap().0.as_str(),
        Some("national")
    );
    for document in [
        create::frame("Tittel", "Formål", actor(1), 0),
        create::talk(actor(1), 0),
    ] {
        assert_eq!(
            document.unwrap().get(ROOT, "schema").unwrap().unwrap().0.as_i64(),
            Some(1)
        );
    }
}

#[test]
fn a_document_that_swapped_strings_and_texts_is_read_all_the_same() {
    let mut document = born(&CaseRecord::named("Ny"));
    let facts = document.get(ROOT, "facts").unwrap().unwrap().1;
    let mut tx = document.transaction();
    tx.put(&facts, "name", "Skrevet som streng").unwrap();
    let origin = tx.put_object(&facts, "origin", ObjType::Text).unwrap();
    tx.splice_text(&origin, 0, 0, "international").unwrap();
    let year = tx.put_object(&facts, "start_year", ObjType::Text).unwrap();
    tx.splice_text(&year, 0, 0, "2017").unwrap();
    tx.put(&facts, "end_year", 2018.0).unwrap();
    tx.commit();
    let (case, problems) = read_case(&document, defaults());
    assert_eq!(
        (case.name.as_str(), case.origin),
        ("Skrevet som streng", Origin::International)
    );
    assert_eq!(
        (case.start_year, case.end_year, problems),
        (Some(2017), Some(2018), vec![])
    );
}

#[test]
fn an_empty_document_reads_as_an_empty_case_with_problems() {
    let (case, problems) = read_case(&Automerge::new(), defaults());
    assert_eq!(case.code, "");
    assert!(
        problems
            .iter()
            .any(|p| p.path == "facts" && p.kind == ProblemKind::Missing)
    );
    assert!(
        !problems.iter().any(|p| p.path.starts_with("facts.")),
        "one problem, not one for each field"
    );
}

#[test]
fn rebuilding_keeps_marks_blocks_lists_and_counters() {
    let mut old = Automerge::new_with_encoding(TEXT_ENCODING).with_actor(actor(1));
    let mut tx = old.transaction();
    let text = tx.put_object(ROOT, "text", ObjType::Text).unwrap();
    tx.splice_text(&text, 0, 0, "æøå 😀 fet skrift").unwrap();
    tx.mark(&text, Mark::new("bold".into(), true, 7, 10), ExpandMark::After)
        .unwrap();
    let list = tx.put_object(ROOT, "list", ObjType::List).unwrap();
    tx.insert(&list, 0, 1).unwrap();
    let inner = tx.insert_object(&list, 1, ObjType::Map).unwrap();
    tx.put(&inner, "count", ScalarValue::counter(3)).unwrap();
    tx.increment(&inner, "count", 4).unwrap();
    tx.commit();
    let new = rebuild(&old, actor(2), TIME_S).unwrap();
    assert_eq!(new.hydrate(None), old.hydrate(None));
    let new_text = new.get(ROOT, "text").unwrap().unwrap().1;
    assert_eq!(new.marks(&new_text).unwrap(), old.marks(&text).unwrap());
    assert_eq!(new.marks(&new_text).unwrap().len(), 1);
}

#[test]
fn rebuilding_walks_any_depth() {
    let mut old = Automerge::new_with_encoding(TEXT_ENCODING).with_actor(actor(1));
    let mut tx = old.transaction();
    let mut at = ROOT;
    for _ in 0..5_000 {
        at = tx.put_object(&at, "in", ObjType::Map).unwrap();
    }
    tx.commit();
    let new = rebuild(&old, actor(2), TIME_S).unwrap();
    assert_eq!(new.get_changes(&[])[0].len(), 5_000);
}
