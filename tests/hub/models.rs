//! Models are made from cases, and never are more than fifteen of them in the report (R4, R8, G1).

// A test that cannot go on ends where it is.
#![allow(clippy::unwrap_used)]

use crate::bench::Bench;
use samverk::hub::{Answer, Caller, Command, CommandError, Refused};
use samverk_shared::access::{Grant, State};
use samverk_shared::ids::SubjectId;
use samverk_shared::limits::MODELS_IN_REPORT_MAX;
use samverk_shared::model::Draft;

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
