//! Codings that the server puts into a case: in place of what stood there, and nothing where they stand there already.

// A test that cannot go on ends where it is.
#![allow(clippy::unwrap_used)]

use automerge::transaction::Transactable;
use automerge::{ActorId, Automerge, ROOT, ReadDoc};
use samverk_shared::case::{Coding, CodingState, Confidence};
use samverk_shared::characteristic::defaults;
use samverk_shared::document::{create, read::read_case, recode};
use samverk_shared::import::CaseRecord;
use std::collections::BTreeMap;

fn actor() -> ActorId {
    ActorId::from([7; 16])
}

fn case() -> Automerge {
    let mut n = 0;
    let mut fresh = || {
        n += 1;
        format!("{n:016}")
    };
    create::case(
        &CaseRecord::named("Nabohjelp"),
        defaults(),
        actor(),
        &mut fresh,
        0,
    )
    .unwrap()
}

fn with(case: &mut Automerge, key: &str, coding: &Coding) -> bool {
    let codings = BTreeMap::from([(key.to_owned(), coding.clone())]);
    let change = recode::change(case, &codings, actor(), 0).unwrap();
    let changed = change.is_some();
    case.apply_changes(change).unwrap();
    changed
}

#[test]
fn r3_a_coding_takes_the_place_of_another_and_the_same_changes_nothing() {
    let mut case = case();
    let coded = Coding {
        state: CodingState::Coded,
        values: ["vare", "tjeneste"].map(str::to_owned).into(),
        confidence: Confidence::Sikker,
        coder: "kari".into(),
        note: "to kilder sier det".into(),
        ..Coding::default()
    };
    assert!(with(&mut case, "innovation_object", &coded));
    assert_eq!(read_case(&case, defaults()).0.codings["innovation_object"], coded);
    assert!(!with(&mut case, "innovation_object", &coded));
    let unknown = Coding {
        state: CodingState::Unknown,
        ..Coding::default()
    };
    assert!(with(&mut case, "innovation_object", &unknown));
    assert_eq!(
        read_case(&case, defaults()).0.codings["innovation_object"],
        unknown
    );
    assert!(with(&mut case, "not_there_before", &coded));
    assert_eq!(read_case(&case, defaults()).0.codings["not_there_before"], coded);
}

#[test]
fn r3_words_are_changed_where_they_differ_and_what_somebody_adds_meanwhile_stays() {
    let mut case = case();
    let noted = |note: &str| Coding {
        state: CodingState::Unknown,
        note: note.into(),
        ..Coding::default()
    };
    with(&mut case, "scope", &noted("en kilde"));
    let mut theirs = case.fork().with_actor(ActorId::from([8; 16]));
    let codings = theirs.get(ROOT, "codings").unwrap().unwrap().1;
    let scope = theirs.get(&codings, "scope").unwrap().unwrap().1;
    let note = theirs.get(&scope, "note").unwrap().unwrap().1;
    let mut tx = theirs.transaction();
    tx.splice_text(&note, 0, 0, "minst ").unwrap();
    tx.commit();
    with(&mut case, "scope", &noted("en kilde, og en til"));
    case.merge(&mut theirs).unwrap();
    assert_eq!(
        read_case(&case, defaults()).0.codings["scope"].note,
        "minst en kilde, og en til"
    );
}
