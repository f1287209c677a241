//! Deciding about several cases at once (R38): in one transaction (G1), on behalf of who decides (P2).

// A test that cannot go on ends where it is.
#![allow(clippy::unwrap_used)]

use crate::bench::Bench;
use automerge::transaction::Transactable;
use automerge::{ObjType, ROOT, ReadDoc};
use samverk::hub::{Answer, Caller, Command, CommandError, Refused};
use samverk::store::{Changes, Records, Table};
use samverk_shared::access::{Grant, State};
use samverk_shared::case::{Criterion, Decision, Selection};
use samverk_shared::characteristic::defaults;
use samverk_shared::document::read::read_case;
use samverk_shared::ids::{DocumentId, ParticipantId, SubjectId};
use samverk_shared::limits::ROW_REASON_CHARS_MAX;
use std::collections::BTreeMap;

fn chosen(reason: &str) -> Selection {
    Selection {
        decision: Decision::In,
        criterion: Criterion::Typical,
        reason: reason.into(),
        by: String::new(),
    }
}

fn decide_all(decisions: BTreeMap<SubjectId, Selection>) -> Command {
    Command::Decide {
        decisions,
        seen: BTreeMap::new(),
    }
}

struct Deciding {
    bench: Bench,
    kari: ParticipantId,
    cases: [(SubjectId, DocumentId); 2],
}

impl Deciding {
    fn new() -> Deciding {
        let mut bench = Bench::new();
        let kari = bench.person("Kari", Grant::Editor);
        let first = (bench.subject.clone(), bench.case);
        let second = bench.new_case("Bokbuss");
        Deciding {
            bench,
            kari,
            cases: [first, second],
        }
    }

    fn of(&self, selection: &Selection) -> BTreeMap<SubjectId, Selection> {
        let cases = self.cases.iter();
        cases.map(|(case, _)| (case.clone(), selection.clone())).collect()
    }

    fn decide(&mut self, selection: &Selection) -> Result<Answer, CommandError> {
        let decisions = self.of(selection);
        self.by_kari(decide_all(decisions))
    }

    fn take_back(&mut self) -> Result<Answer, CommandError> {
        let cases = self.cases.iter().map(|(case, _)| case.clone()).collect();
        self.by_kari(Command::TakeBackDecisions { cases })
    }

    fn by_kari(&mut self, command: Command) -> Result<Answer, CommandError> {
        let by = Caller::Participant(self.kari.clone());
        self.bench.decided(by, command)
    }

    fn stored(&self, place: usize) -> Selection {
        let stored = self.bench.store.load(self.cases[place].1).unwrap().unwrap();
        let document = automerge::Automerge::load(&stored.bytes()).unwrap();
        read_case(&document, defaults()).0.selection
    }
}

fn decided(decided: usize, left: &[&SubjectId]) -> Result<Answer, CommandError> {
    Ok(Answer::Decided {
        decided,
        same: Vec::new(),
        left: left.iter().map(|case| (*case).clone()).collect(),
    })
}

#[test]
fn r38_g1_several_cases_are_decided_about_in_one_transaction_and_it_is_taken_back() {
    let mut all = Deciding::new();
    all.decide(&chosen("først")).unwrap();
    let first = all.stored(0);
    assert_eq!(
        (first.reason.as_str(), first.by.as_str()),
        ("først", all.kari.as_str())
    );
    assert_eq!(all.decide(&chosen("siden")), decided(2, &[]));
    assert_eq!(
        (all.stored(0).reason.as_str(), all.stored(1).reason.as_str()),
        ("siden", "siden")
    );
    let again = all.decide(&chosen("siden")).unwrap();
    assert!(matches!(again, Answer::Decided { same, .. } if same.len() == 2));
    assert_eq!(all.take_back(), decided(2, &[]));
    assert_eq!((all.stored(0), all.stored(1).reason.as_str()), (first, "først"));
    let prefix = format!("{}/", all.cases[1].1);
    let runs = all.bench.store.scan(Table::Authorship, &prefix).unwrap();
    let on_behalf = runs
        .iter()
        .filter(|(_, run)| String::from_utf8_lossy(&run.value).contains(all.kari.as_str()));
    assert_eq!(on_behalf.count(), 3, "the server says on whose behalf it wrote");
}

#[test]
fn r38_g1_nothing_is_done_where_something_asked_is_not_sound() {
    let mut all = Deciding::new();
    let mut decisions = all.of(&chosen("god"));
    decisions.insert(SubjectId::from_random([7; 16]), chosen("god"));
    let refused = |why| Err(CommandError::Refused(why));
    assert_eq!(all.by_kari(decide_all(decisions)), refused(Refused::Unknown));
    assert_eq!(all.decide(&chosen(&"x".repeat(2_001))), refused(Refused::BadText));
    assert_eq!(all.stored(0), Selection::default());
    let ola = all.bench.person("Ola", Grant::Reviewer);
    let decisions = all.of(&chosen("god"));
    let answer = all.bench.decided(Caller::Participant(ola), decide_all(decisions));
    assert_eq!(answer, refused(Refused::NotAllowed));
}

#[test]
fn r38_a_closed_case_and_one_somebody_decided_about_since_are_left_and_named() {
    let mut all = Deciding::new();
    all.bench.set_state(State::Closed);
    let closed = all.cases[0].0.clone();
    assert_eq!(all.decide(&chosen("god")), decided(1, &[&closed]));
    let tor = all.bench.person("Tor", Grant::Editor);
    let decisions = [(all.cases[1].0.clone(), chosen("bedre"))].into();
    all.bench
        .decided(Caller::Participant(tor), decide_all(decisions))
        .unwrap();
    let other = all.cases[1].0.clone();
    assert_eq!(all.take_back(), decided(0, &[&closed, &other]));
    assert_eq!(all.stored(1).reason, "bedre");
}

#[test]
fn r38_g1_what_waited_for_the_network_leaves_a_case_that_is_decided_otherwise_by_then() {
    let mut all = Deciding::new();
    let tor = all.bench.person("Tor", Grant::Editor);
    let decisions = [(all.cases[0].0.clone(), chosen("tatt i møtet"))].into();
    all.bench
        .decided(Caller::Participant(tor), decide_all(decisions))
        .unwrap();
    let out = Selection {
        decision: Decision::Out,
        ..chosen("frakoblet")
    };
    let seen = all.of(&Selection::default());
    let decisions = all.of(&out);
    let command = Command::Decide { decisions, seen };
    let first = all.cases[0].0.clone();
    assert_eq!(all.by_kari(command), decided(1, &[&first]));
    assert_eq!(
        (all.stored(0).reason.as_str(), all.stored(1).reason.as_str()),
        ("tatt i møtet", "frakoblet")
    );
}

#[test]
fn r38_g1_what_waited_for_the_network_leaves_a_case_that_has_another_reason_by_then() {
    let mut all = Deciding::new();
    let tor = all.bench.person("Tor", Grant::Editor);
    let wish = all.of(&chosen("god spredning"));
    assert_eq!(all.by_kari(decide_all(wish)), decided(2, &[]));
    let seen = all.of(&chosen(" god spredning"));
    let decisions = [(all.cases[0].0.clone(), chosen("departementet ba om det"))].into();
    all.bench
        .decided(Caller::Participant(tor), decide_all(decisions))
        .unwrap();
    let command = Command::Decide {
        decisions: all.of(&chosen("frakoblet")),
        seen,
    };
    let first = all.cases[0].0.clone();
    assert_eq!(all.by_kari(command), decided(1, &[&first]));
    assert_eq!(
        (all.stored(0).reason.as_str(), all.stored(1).reason.as_str()),
        ("departementet ba om det", "frakoblet")
    );
}

#[test]
fn r38_g1_of_a_long_reason_the_part_a_row_shows_is_what_was_seen() {
    let mut all = Deciding::new();
    let long = chosen(&"æ".repeat(ROW_REASON_CHARS_MAX + 10));
    let wish = all.of(&long);
    assert_eq!(all.by_kari(decide_all(wish)), decided(2, &[]));
    let seen = all.of(&chosen(&"æ".repeat(ROW_REASON_CHARS_MAX)));
    let decisions = all.of(&chosen("kortere"));
    assert_eq!(all.by_kari(Command::Decide { decisions, seen }), decided(2, &[]));
}

#[test]
fn r38_g1_a_case_that_a_refused_command_had_changed_already_goes_on_as_it_is_stored() {
    let mut all = Deciding::new();
    // In this order the command comes to them.
    all.cases.sort();
    let kari = all.kari.clone();
    all.bench.case = all.cases[1].1;
    let [mut broken] = all.bench.open_tabs([&kari]);
    let mut tx = broken.doc.transaction();
    tx.put_object(ROOT, "selection", ObjType::Text).unwrap();
    tx.commit();
    all.bench.sync(&mut broken);
    all.bench.case = all.cases[0].1;
    let [mut tab] = all.bench.open_tabs([&kari]);

    let refused = Err(CommandError::Refused(Refused::Unreadable));
    assert_eq!(all.decide(&chosen("god")), refused);
    assert_eq!(all.stored(0), Selection::default());

    let (_, selection) = tab.doc.get(ROOT, "selection").unwrap().unwrap();
    let mut tx = tab.doc.transaction();
    tx.put(&selection, "decision", "reserve").unwrap();
    tx.commit();
    all.bench.sync(&mut tab);
    assert!(tab.is_saved());
    assert_eq!(all.stored(0).decision, Decision::Reserve);
    let alone = [(all.cases[0].0.clone(), chosen("god"))].into();
    assert_eq!(all.by_kari(decide_all(alone)), decided(1, &[]));
    all.bench.sync(&mut tab);
    assert_eq!(read_case(&tab.doc, defaults()).0.selection, all.stored(0));
    assert_eq!(all.stored(0).reason, "god");
}
