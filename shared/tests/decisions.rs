//! The history of a decision is what was decided, by whom the server says, and nothing can be taken out of it (R38).
#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, Automerge, ObjId, ObjType, ROOT, ReadDoc};
use samverk_shared::case::{Criterion, Decision};
use samverk_shared::document::create;
use samverk_shared::document::decisions::{Step, Written, decisions};
use samverk_shared::import::CaseRecord;

const MINUTE_S: i64 = 60;

fn born() -> Automerge {
    create::case(
        &CaseRecord::named("Stangehjelpa"),
        samverk_shared::characteristic::defaults(),
        [1; 16].into(),
        &mut || "id".into(),
        0,
    )
    .unwrap()
}

fn selection(document: &Automerge) -> ObjId {
    document.get(ROOT, "selection").unwrap().unwrap().1
}

/// Somebody decides, and types the reason in a change of its own.
fn decide(document: &mut Automerge, who: u8, at_s: i64, decision: &str, criterion: &str, reason: &str) {
    document.set_actor(ActorId::from([who; 16]));
    let item = selection(document);
    let mut tx = document.transaction();
    tx.put(&item, "decision", decision).unwrap();
    tx.put(&item, "criterion", criterion).unwrap();
    tx.commit_with(CommitOptions::default().with_time(at_s));
    let text = document.get(&item, "reason").unwrap().unwrap().1;
    let mut tx = document.transaction();
    tx.update_text(&text, reason).unwrap();
    tx.commit_with(CommitOptions::default().with_time(at_s + 1));
}

/// Actor `n…` is person n, and the server saw things when they say.
fn history(document: &Automerge) -> Vec<Step<String>> {
    decisions(document, |actor, _, at_ms| {
        Some(Written {
            author: actor[..2].to_owned(),
            at_ms,
        })
    })
}

fn told(document: &Automerge) -> Vec<(String, Decision, String)> {
    let told = |step: Step<String>| {
        (
            step.written.unwrap().author,
            step.selection.decision,
            step.selection.reason,
        )
    };
    history(document).into_iter().map(told).collect()
}

fn said(who: &str, decision: Decision, reason: &str) -> (String, Decision, String) {
    (who.into(), decision, reason.into())
}

#[test]
fn r38_a_case_nobody_decided_about_has_no_history() {
    assert_eq!(history(&born()), []);
    let mut document = born();
    let texts = document.get(ROOT, "texts").unwrap().unwrap().1;
    let text = document.get(&texts, "notes").unwrap().unwrap().1;
    let mut tx = document.transaction();
    tx.update_text(&text, "Noe annet").unwrap();
    tx.commit();
    assert_eq!(history(&document), []);
}

#[test]
fn r38_each_decision_stands_with_its_criterion_and_the_reason_as_it_was_left() {
    let mut document = born();
    decide(
        &mut document,
        2,
        100,
        "out",
        "not_eligible",
        "Bare offentlige parter",
    );
    decide(&mut document, 3, 110, "in", "extreme", "Ytterpunkt likevel");
    decide(&mut document, 3, 120, "none", "", "");
    let steps = history(&document);
    assert_eq!(
        told(&document),
        [
            said("02", Decision::Out, "Bare offentlige parter"),
            said("03", Decision::In, "Ytterpunkt likevel"),
            said("03", Decision::Undecided, ""),
        ]
    );
    assert_eq!(steps[0].selection.criterion, Criterion::NotEligible);
    assert_eq!(steps[0].written.as_ref().unwrap().at_ms, 100_000);
}

#[test]
fn r38_another_persons_reason_and_a_later_one_are_steps_of_their_own() {
    let mut document = born();
    decide(&mut document, 2, 0, "out", "other", "Uklart");
    decide(&mut document, 2, MINUTE_S, "out", "other", "Uklart hvem som eier");
    decide(&mut document, 3, 2 * MINUTE_S, "out", "other", "Noe ganske annet");
    decide(&mut document, 3, 60 * MINUTE_S, "out", "other", "Ombestemte meg");
    assert_eq!(
        told(&document),
        [
            said("02", Decision::Out, "Uklart hvem som eier"),
            said("03", Decision::Out, "Noe ganske annet"),
            said("03", Decision::Out, "Ombestemte meg"),
        ]
    );
}

#[test]
fn r38_who_puts_another_selection_in_its_place_takes_nothing_out() {
    let mut document = born();
    decide(&mut document, 2, 0, "out", "other", "Første");
    document.set_actor(ActorId::from([3; 16]));
    let mut tx = document.transaction();
    let item = tx.put_object(ROOT, "selection", ObjType::Map).unwrap();
    tx.put(&item, "decision", "in").unwrap();
    tx.put(&item, "criterion", "").unwrap();
    let reason = tx.put_object(&item, "reason", ObjType::Text).unwrap();
    tx.splice_text(&reason, 0, 0, "Ny").unwrap();
    tx.commit();
    decide(&mut document, 2, 9 * MINUTE_S, "reserve", "", "Siste");
    assert_eq!(
        told(&document),
        [
            said("02", Decision::Out, "Første"),
            said("03", Decision::In, "Ny"),
            said("02", Decision::Reserve, "Siste"),
        ]
    );
}
