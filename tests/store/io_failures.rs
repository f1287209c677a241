//! [A2] Every single call to the disk fails in turn.

use crate::crash_points::{Contents, histories, judge, new_disk};
use crate::disk::{Disk, Trouble};
use crate::workload::life;
use samverk::store::{CommitFailure, Committer, RedbStore, Transaction};
use std::sync::Arc;

const COMMITS: u64 = 6;

fn one_transaction_each(commits: u64) -> Vec<Vec<Transaction>> {
    life(commits)
        .into_iter()
        .map(|transactions| vec![transactions.concat()])
        .collect()
}

/// What a life came to.
struct Outcome {
    acknowledged: usize,
    failed: bool,
}

/// Lives through a committer, waiting for each commit. The store itself may not open.
fn live(disk: &Disk, life: &[Vec<Transaction>]) -> Outcome {
    let Ok(store) = RedbStore::open_backend(disk.clone()) else {
        return Outcome {
            acknowledged: 0,
            failed: true,
        };
    };
    let committer = Committer::start(Arc::new(store)).unwrap();
    let mut outcome = Outcome {
        acknowledged: 0,
        failed: false,
    };
    for transactions in life {
        match committer.commit_blocking(transactions.concat()) {
            Ok(()) => {
                assert!(!outcome.failed, "[A2] an acknowledgement after the failure");
                outcome.acknowledged += 1;
            }
            Err(CommitFailure::Failed(_)) => outcome.failed = true,
            Err(CommitFailure::Conflict(conflict)) => panic!("{conflict}"),
        }
        assert_eq!(
            *committer.failed().borrow(),
            outcome.failed,
            "the flag says what callers are told"
        );
    }
    outcome
}

/// How many calls a life makes, opening and closing included.
fn calls_of(life: &[Vec<Transaction>]) -> u64 {
    let disk = new_disk();
    disk.set(Trouble::None);
    assert_eq!(live(&disk, life).acknowledged, life.len());
    disk.calls()
}

/// Lives with the trouble and judges what is left; tells whether somebody noticed.
fn fail(trouble: Trouble, life: &[Vec<Transaction>], histories: &[Contents]) -> bool {
    let disk = new_disk();
    disk.set(trouble);
    let Outcome { acknowledged, failed } = live(&disk, life);
    assert_eq!(
        judge(disk.image(), acknowledged, histories),
        Ok(()),
        "{trouble:?}, process killed"
    );
    for choice in 0..3 {
        let image = disk.image_after_power_failure(choice);
        assert_eq!(
            judge(image, acknowledged, histories),
            Ok(()),
            "{trouble:?}, power failure {choice}"
        );
    }
    failed
}

#[test]
fn a2_after_any_single_failing_call_nothing_is_acknowledged_and_nothing_lost() {
    let life = one_transaction_each(COMMITS);
    let histories = histories(&life);
    let calls = calls_of(&life);
    let failed = (1..=calls)
        .filter(|call| fail(Trouble::FailCall(*call), &life, &histories))
        .count();
    println!("{calls} calls failed in turn; {failed} of them failed a commit");
    assert!(failed as u64 > calls / 2);
}

#[test]
fn a2_a_disk_that_is_gone_from_some_call_on_loses_nothing() {
    let life = one_transaction_each(COMMITS);
    let histories = histories(&life);
    let calls = calls_of(&life);
    for call in (1..=calls).step_by(3) {
        fail(Trouble::FailFrom(call), &life, &histories);
    }
}
