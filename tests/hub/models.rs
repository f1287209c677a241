//! Models are made from cases, and never are more than fifteen of them in the report (R4, R8, G1).

// A test that cannot go on ends where it is.
#![allow(clippy::unwrap_used)]

use crate::bench::Bench;
use automerge::{Automerge, ROOT, ReadDoc};
use samverk::hub::rows::{self, CatalogueRow};
use samverk::hub::{Answer, Caller, Command, CommandError, Refused};
use samverk::store::{Changes, Records, Table};
use samverk_shared::access::{Grant, State};
use samverk_shared::ids::{DocumentId, SubjectId};
use samverk_shared::limits::{CHALLENGES_MAX, MODELS_IN_REPORT_MAX};
use samverk_shared::model::Draft;
use std::collections::BTreeSet;

fn create(cases: &[&SubjectId]) -> Command {
    Command::CreateModel {
        name: "Bestille det som ikke finnes".into(),
        draft: Draft {
            cases: cases.iter().map(|case| (*case).clone()).collect(),
            shared: Vec::new(),
        },
    }
}

fn model(bench: &mut Bench) -> (SubjectId, String) {
    match bench.done(create(&[])) {
        Answer::Case { subject, code, .. } => (subject, code),
        other => panic!("{other:?}"),
    }
}

fn put(subject: &SubjectId, in_report: bool) -> Command {
    Command::SetInReport {
        subject: subject.clone(),
        in_report,
    }
}

fn refused(refused: Refused) -> Result<Answer, CommandError> {
    Err(CommandError::Refused(refused))
}

#[test]
fn r8_the_sixteenth_is_refused_until_another_is_taken_out() {
    let mut bench = Bench::new();
    let models: Vec<SubjectId> = (0..=MODELS_IN_REPORT_MAX).map(|_| model(&mut bench).0).collect();
    let (last, first) = models.split_last().unwrap();
    for subject in first {
        assert_eq!(bench.done(put(subject, true)), Answer::Done);
        assert_eq!(bench.done(put(subject, true)), Answer::Done, "said twice is once");
    }
    assert_eq!(
        bench.decided(Caller::Server, put(last, true)),
        refused(Refused::ReportFull)
    );
    bench.done(put(&first[3], false));
    assert_eq!(bench.done(put(last, true)), Answer::Done);
    assert_eq!(
        bench.decided(Caller::Server, put(&first[3], true)),
        refused(Refused::ReportFull)
    );
}

#[test]
fn r8_two_who_mark_the_last_place_at_once_never_make_sixteen() {
    let mut bench = Bench::new();
    let [kari, ola] = ["Kari", "Ola"].map(|name| bench.person(name, Grant::Editor));
    let models: Vec<SubjectId> = (0..=MODELS_IN_REPORT_MAX).map(|_| model(&mut bench).0).collect();
    for subject in &models[..MODELS_IN_REPORT_MAX - 1] {
        bench.done(put(subject, true));
    }
    let both = [
        (kari, &models[MODELS_IN_REPORT_MAX - 1]),
        (ola, &models[MODELS_IN_REPORT_MAX]),
    ];
    let asked = both.map(|(who, subject)| bench.command(Caller::Participant(who), put(subject, true), None));
    bench.rest();
    let answers = asked.map(|id| bench.answer(id).unwrap());
    assert_eq!(answers, [Ok(Answer::Done), refused(Refused::ReportFull)]);
}

#[test]
fn r8_an_archived_model_is_in_no_report_and_its_number_is_given_to_nobody() {
    let mut bench = Bench::new();
    let (subject, code) = model(&mut bench);
    assert_eq!(code, "M1");
    bench.done(put(&subject, true));
    bench.done(Command::SetState {
        subject: subject.clone(),
        state: State::Archived,
    });
    assert_eq!(
        bench.decided(Caller::Server, put(&subject, true)),
        refused(Refused::Unknown)
    );
    assert_eq!(model(&mut bench).1, "M2");
}

/// Of these models the numbers in the report, by the catalogue that is stored.
fn numbers(bench: &Bench, models: &[SubjectId]) -> Vec<Option<u32>> {
    let number = |model: &SubjectId| {
        let key = rows::key(&[bench.workshop.as_str(), model.as_str()]);
        let record = bench.store.get(Table::Catalogue, &key).unwrap().unwrap();
        rows::read::<CatalogueRow>(&key, &record).unwrap().report
    };
    models.iter().map(number).collect()
}

#[test]
fn r8_a_model_is_given_another_number_in_the_report_and_the_others_make_room() {
    let mut bench = Bench::new();
    let models: Vec<SubjectId> = (0..4).map(|_| model(&mut bench).0).collect();
    for subject in &models {
        bench.done(put(subject, true));
    }
    bench.done(put(&models[1], false));
    assert_eq!(numbers(&bench, &models), [Some(1), None, Some(3), Some(4)]);
    let to = |subject: &SubjectId, number| Command::MoveInReport {
        subject: subject.clone(),
        number,
    };
    bench.done(to(&models[3], 1));
    assert_eq!(
        numbers(&bench, &models),
        [Some(2), None, Some(3), Some(1)],
        "numbered from 1 on"
    );
    bench.done(to(&models[3], 99));
    assert_eq!(numbers(&bench, &models), [Some(1), None, Some(2), Some(3)]);
    bench.done(to(&models[3], 3));
    assert_eq!(numbers(&bench, &models), [Some(1), None, Some(2), Some(3)]);
    assert_eq!(
        bench.decided(Caller::Server, to(&models[1], 1)),
        refused(Refused::Unknown),
        "it is in no report"
    );
    let reviewer = bench.person("Per", Grant::Reviewer);
    assert_eq!(
        bench.decided(Caller::Participant(reviewer), to(&models[0], 2)),
        refused(Refused::NotAllowed)
    );
}

#[test]
fn r4_p1_a_model_is_made_by_the_team_and_from_cases_alone() {
    let mut bench = Bench::new();
    let (other, _) = model(&mut bench);
    assert_eq!(
        bench.decided(Caller::Server, create(&[&other])),
        refused(Refused::Unknown),
        "a model is no case"
    );
    let viewer = bench.person("Per", Grant::Reviewer);
    for command in [create(&[]), put(&other, true)] {
        assert_eq!(
            bench.decided(Caller::Participant(viewer.clone()), command),
            refused(Refused::NotAllowed)
        );
    }
}

/// What a model has places for, and in how many changes it came to be.
fn places(bench: &Bench, document: DocumentId) -> (BTreeSet<String>, usize) {
    let stored = bench.store.load(document).unwrap().unwrap();
    let model = Automerge::load(&stored.bytes()).unwrap();
    let (_, challenges) = model.get(ROOT, "challenges").unwrap().unwrap();
    (model.keys(&challenges).collect(), model.get_changes(&[]).len())
}

#[test]
fn r48_a_model_gets_a_place_for_a_challenge_of_the_workshops_own_and_never_two() {
    let mut bench = Bench::new();
    let Answer::Case {
        subject, document, ..
    } = bench.done(create(&[]))
    else {
        panic!("a model was made");
    };
    let born = places(&bench, document).0;
    let own = "0own0own0own0own".to_owned();
    let complete = |challenges: &[&str]| Command::CompleteModel {
        subject: subject.clone(),
        challenges: challenges.iter().map(|key| (*key).to_owned()).collect(),
    };
    for _ in 0..2 {
        assert_eq!(bench.done(complete(&["rules", &own])), Answer::Done);
    }
    let (now, changes) = places(&bench, document);
    assert_eq!(now.difference(&born).collect::<Vec<_>>(), [&own]);
    assert_eq!(changes, 2, "the second time nothing is written");
    assert_eq!(
        bench.decided(Caller::Server, complete(&["no key of ours"])),
        refused(Refused::BadText)
    );
    let many = vec!["rules"; CHALLENGES_MAX + 1];
    assert_eq!(
        bench.decided(Caller::Server, complete(&many)),
        refused(Refused::Full)
    );
    let reviewer = bench.person("Per", Grant::Reviewer);
    assert_eq!(
        bench.decided(Caller::Participant(reviewer), complete(&[&own])),
        refused(Refused::NotAllowed)
    );
    let case = Command::CompleteModel {
        subject: bench.subject.clone(),
        challenges: vec![own],
    };
    assert_eq!(
        bench.decided(Caller::Server, case),
        refused(Refused::Unknown),
        "a case is no model"
    );
}
