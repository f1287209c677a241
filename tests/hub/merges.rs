//! Two cases that turned out to be one (R35): decided once, against what both said (G1), with what hides kept hidden (P3).

// A test that cannot go on ends where it is.
#![allow(clippy::unwrap_used)]

use crate::bench::Bench;
use samverk::hub::rows::{self, CatalogueRow};
use samverk::hub::{Answer, Caller, Command, CommandError, Merging, Refused};
use samverk::store::{ChangeHash, Changes, Records, Table};
use samverk_shared::access::{Audience, Grant, State};
use samverk_shared::ids::{DocumentId, ParticipantId, SubjectId};
use samverk_shared::import::cells::Put;
use samverk_shared::merge::Gains;

struct Two {
    bench: Bench,
    kari: ParticipantId,
    goes: (SubjectId, DocumentId),
}

impl Two {
    fn new() -> Two {
        let mut bench = Bench::new();
        let kari = bench.person("Kari", Grant::Editor);
        let goes = bench.new_case("Nabohjelpa");
        Two { bench, kari, goes }
    }

    fn heads(&self, document: DocumentId) -> Vec<ChangeHash> {
        self.bench.store.meta(document).unwrap().unwrap().heads
    }

    fn merging(&self) -> Merging {
        Merging {
            stays: self.bench.subject.clone(),
            goes: self.goes.0.clone(),
            gains: Gains {
                puts: vec![Put {
                    field: "sector".into(),
                    now: vec!["Helse".into()],
                    ..Put::default()
                }],
                ..Gains::default()
            },
            seen: Some([self.heads(self.bench.case), self.heads(self.goes.1)]),
        }
    }

    fn by_kari(&self) -> Caller {
        Caller::Participant(self.kari.clone())
    }

    fn merge(&mut self, merging: Merging) -> Result<Answer, CommandError> {
        let by = self.by_kari();
        self.bench.decided(by, Command::MergeCases(Box::new(merging)))
    }

    fn row(&self, subject: &SubjectId) -> CatalogueRow {
        let key = rows::key(&[self.bench.workshop.as_str(), subject.as_str()]);
        let record = self.bench.store.get(Table::Catalogue, &key).unwrap().unwrap();
        rows::read(&key, &record).unwrap()
    }
}

fn refused(refused: Refused) -> Result<Answer, CommandError> {
    Err(CommandError::Refused(refused))
}

#[test]
fn r35_g1_a_case_goes_into_another_once_whoever_else_says_so_at_the_same_time() {
    let mut two = Two::new();
    let (there, back) = (two.merging(), {
        let there = two.merging();
        let seen = there.seen.map(|[stays, goes]| [goes, stays]);
        Merging {
            stays: there.goes,
            goes: there.stays,
            gains: Gains::default(),
            seen,
        }
    });
    let by = two.by_kari();
    let commands = [there.clone(), there, back].map(|merging| Command::MergeCases(Box::new(merging)));
    let ids = commands.map(|command| two.bench.command(by.clone(), command, None));
    two.bench.rest();
    let [first, second, third] = ids.map(|id| two.bench.answer(id).unwrap());
    assert!(matches!(first, Ok(Answer::Merged { fields: 1, .. })), "{first:?}");
    assert_eq!(
        (second, third),
        (refused(Refused::AlreadyMerged), refused(Refused::AlreadyMerged))
    );
    let goes = two.row(&two.goes.0);
    assert_eq!(goes.state, State::Archived);
    assert_eq!(
        goes.merged.map(|merged| merged.into),
        Some(two.bench.subject.clone())
    );
}

#[test]
fn r35_g1_what_was_changed_since_somebody_looked_is_not_merged_unseen() {
    let mut two = Two::new();
    let seen = two.merging();
    two.merge(two.merging()).unwrap();
    let mut other = two.bench.new_case("Nabohjelp på Voss");
    std::mem::swap(&mut other, &mut two.goes);
    let outdated = Merging {
        goes: two.goes.0.clone(),
        seen: Some([seen.seen.unwrap()[0].clone(), two.heads(two.goes.1)]),
        ..two.merging()
    };
    assert_eq!(two.merge(outdated), refused(Refused::Outdated));
    let unseen = Merging {
        seen: None,
        ..two.merging()
    };
    assert_eq!(two.merge(unseen), refused(Refused::Outdated));
    assert_eq!(two.row(&two.goes.0).state, State::Open, "nothing was done");
}

#[test]
fn r35_p3_what_only_the_team_sees_does_not_go_into_what_all_see() {
    let mut two = Two::new();
    let audience = |subject: &SubjectId| Command::SetAudience {
        subject: subject.clone(),
        audience: Audience::Team,
    };
    two.bench.done(audience(&two.goes.0));
    assert_eq!(two.merge(two.merging()), refused(Refused::ForMore));
    two.bench.done(audience(&two.bench.subject.clone()));
    assert!(two.merge(two.merging()).is_ok());
}

#[test]
fn r35_p1_who_may_not_write_both_merges_nothing() {
    let mut two = Two::new();
    let ola = two.bench.person("Ola", Grant::Reviewer);
    let merging = Command::MergeCases(Box::new(two.merging()));
    let answer = two.bench.decided(Caller::Participant(ola), merging);
    assert_eq!(answer, refused(Refused::NotAllowed));
    two.bench.set_state(State::Closed);
    assert_eq!(two.merge(two.merging()), refused(Refused::NotAllowed));
    let itself = Merging {
        goes: two.bench.subject.clone(),
        ..two.merging()
    };
    assert_eq!(two.merge(itself), refused(Refused::Unknown));
}

#[test]
fn r35_a_case_that_is_opened_again_stands_for_itself() {
    let mut two = Two::new();
    two.merge(two.merging()).unwrap();
    two.bench.done(Command::SetState {
        subject: two.goes.0.clone(),
        state: State::Open,
    });
    assert_eq!(two.row(&two.goes.0).merged, None);
}
