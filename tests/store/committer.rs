//! [A1, A2] The committer: one sync for everybody who waits, and nothing after the first error.

use crate::workload::{append, document_id, put};
use samverk::store::memory::{Fault, MemoryStore};
use samverk::store::{
    Changes, CommitFailure, Committer, Conflict, Expect, Store, StoreError, Table, Transaction, Write,
};
use samverk_shared::limits::{COMMIT_BYTES_MAX, COMMIT_TRANSACTIONS_MAX};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};

/// A store whose every commit says that it has begun and waits to be let through.
struct Gate {
    store: MemoryStore,
    begun: Mutex<Sender<usize>>,
    pass: Mutex<Receiver<()>>,
}

struct Keeper {
    store: MemoryStore,
    begun: Receiver<usize>,
    pass: Sender<()>,
}

fn gate() -> (Arc<Gate>, Keeper) {
    let (begun, begins) = channel();
    let (pass, passes) = channel();
    let store = MemoryStore::new();
    let gate = Gate {
        store: store.clone(),
        begun: Mutex::new(begun),
        pass: Mutex::new(passes),
    };
    (
        Arc::new(gate),
        Keeper {
            store,
            begun: begins,
            pass,
        },
    )
}

reads_through!(Gate);

impl Store for Gate {
    fn commit(&self, transactions: &[Transaction]) -> Result<Vec<Result<(), Conflict>>, StoreError> {
        self.begun.lock().unwrap().send(transactions.len()).unwrap();
        self.pass.lock().unwrap().recv().unwrap();
        self.store.commit(transactions)
    }
    fn shrink(&self) -> Result<(), StoreError> {
        Ok(())
    }
}

type Told = (u64, Result<(), CommitFailure>);

/// Submits numbered appends; what they are told arrives in the receiver.
fn submit(committer: &Committer, numbers: std::ops::Range<u64>) -> Receiver<Told> {
    let (sender, receiver) = channel();
    for number in numbers {
        let sender = sender.clone();
        let told = move |result| sender.send((number, result)).unwrap();
        committer.submit(vec![append(document_id(1), number)], Box::new(told));
    }
    receiver
}

#[test]
fn a1_what_waits_is_committed_together_and_answered_in_order() {
    let (gate, keeper) = gate();
    let committer = Committer::start(gate).unwrap();
    let first = submit(&committer, 0..1);
    assert_eq!(keeper.begun.recv().unwrap(), 1);
    let rest = submit(&committer, 1..51);
    assert!(first.try_recv().is_err(), "nobody is told before it is durable");
    assert_eq!(committer.counts().waiting, 50);
    keeper.pass.send(()).unwrap();
    assert_eq!(first.recv().unwrap(), (0, Ok(())));
    assert_eq!(keeper.begun.recv().unwrap(), 50);
    assert!(rest.try_recv().is_err());
    keeper.pass.send(()).unwrap();
    assert_eq!(
        rest.iter().collect::<Vec<_>>(),
        (1..51).map(|n| (n, Ok(()))).collect::<Vec<_>>()
    );
    let counts = committer.counts();
    assert_eq!(
        (
            counts.commits,
            counts.transactions,
            counts.batch_last,
            counts.batch_peak
        ),
        (2, 51, 50, 50)
    );
    assert_eq!(keeper.store.meta(document_id(1)).unwrap().unwrap().next_chunk, 51);
}

#[test]
fn a_commit_takes_no_more_bytes_than_its_limit_and_one_transaction() {
    let (gate, keeper) = gate();
    let committer = Committer::start(gate).unwrap();
    let first = submit(&committer, 0..1);
    keeper.begun.recv().unwrap();
    let (sender, large) = channel();
    for length in [COMMIT_BYTES_MAX - 1, COMMIT_BYTES_MAX, 1] {
        let (sender, bytes) = (sender.clone(), vec![0; length].into());
        let write = Write::Append {
            document: document_id(1),
            bytes,
            heads: vec![],
        };
        committer.submit(vec![write], Box::new(move |result| sender.send(result).unwrap()));
    }
    drop(sender);
    (0..3).for_each(|_| keeper.pass.send(()).unwrap());
    assert_eq!(large.iter().collect::<Vec<_>>(), [Ok(()), Ok(()), Ok(())]);
    assert_eq!(first.recv().unwrap(), (0, Ok(())));
    assert_eq!(keeper.begun.iter().take(2).collect::<Vec<_>>(), [2, 1]);
}

#[test]
fn t2_a_conflict_is_told_to_its_own_caller_only() {
    let committer = Committer::start(Arc::new(MemoryStore::new())).unwrap();
    assert_eq!(
        committer.commit_blocking(vec![put(Table::Links, "l", Expect::Absent, "1")]),
        Ok(())
    );
    let conflict = Conflict::Revision {
        key: "l".to_owned(),
        found: 1,
    };
    let again = committer.commit_blocking(vec![put(Table::Links, "l", Expect::Absent, "2")]);
    assert_eq!(again, Err(CommitFailure::Conflict(conflict)));
    assert_eq!(committer.commit_blocking(vec![append(document_id(1), 0)]), Ok(()));
    assert!(!*committer.failed().borrow());
    assert_eq!(committer.counts().conflicts, 1);
}

#[test]
fn a2_after_a_failure_everybody_who_waits_or_comes_later_is_told() {
    let (gate, keeper) = gate();
    keeper.store.fail_after(0, Fault::Lost);
    let committer = Committer::start(gate).unwrap();
    let failed = committer.failed();
    let first = submit(&committer, 0..1);
    keeper.begun.recv().unwrap();
    let waiting = submit(&committer, 1..20);
    assert!(!*failed.borrow());
    keeper.pass.send(()).unwrap();
    let told: Vec<_> = first.iter().chain(waiting.iter()).collect();
    assert_eq!(
        told.iter().map(|(number, _)| *number).collect::<Vec<_>>(),
        (0..20).collect::<Vec<_>>()
    );
    assert!(
        told.iter()
            .all(|(_, result)| matches!(result, Err(CommitFailure::Failed(_))))
    );
    assert!(*failed.borrow());
    let later = committer.commit_blocking(vec![append(document_id(2), 0)]);
    assert!(matches!(later, Err(CommitFailure::Failed(_))));
    assert_eq!((committer.counts().failures, keeper.store.commits()), (21, 0));
    assert!(keeper.begun.try_recv().is_err(), "the store is not tried again");
}

#[test]
fn stopping_stores_what_waits_and_refuses_what_comes_later() {
    let (gate, keeper) = gate();
    let committer = Arc::new(Committer::start(gate).unwrap());
    let first = submit(&committer, 0..1);
    keeper.begun.recv().unwrap();
    let waiting = submit(&committer, 1..9);
    let stopping = committer.clone();
    let stop = std::thread::spawn(move || stopping.stop());
    keeper.pass.send(()).unwrap();
    keeper.pass.send(()).unwrap();
    stop.join().unwrap();
    assert!(
        first
            .iter()
            .chain(waiting.iter())
            .all(|(_, result)| result == Ok(()))
    );
    let later = submit(&committer, 9..10).recv().unwrap();
    assert!(matches!(later, (9, Err(CommitFailure::Failed(_)))));
    assert_eq!(keeper.store.meta(document_id(1)).unwrap().unwrap().next_chunk, 9);
    assert!(!*committer.failed().borrow());
}

#[test]
fn a_task_waits_for_room_and_is_then_stored() {
    let (gate, keeper) = gate();
    let committer = Arc::new(Committer::start(gate).unwrap());
    let first = submit(&committer, 0..1);
    keeper.begun.recv().unwrap();
    let full = submit(&committer, 1..1 + COMMIT_TRANSACTIONS_MAX as u64);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let result = runtime.block_on(async {
        let own = committer.clone();
        let task = tokio::spawn(async move { own.commit(vec![append(document_id(2), 0)]).await });
        tokio::task::yield_now().await;
        assert_eq!(
            committer.counts().waiting,
            COMMIT_TRANSACTIONS_MAX as u64,
            "the task is not in the queue"
        );
        (0..3).for_each(|_| keeper.pass.send(()).unwrap());
        task.await.unwrap()
    });
    assert_eq!(result, Ok(()));
    assert!(
        first
            .iter()
            .chain(full.iter())
            .all(|(_, result)| result == Ok(()))
    );
    assert_eq!(committer.counts().batch_peak, COMMIT_TRANSACTIONS_MAX as u64);
}

#[test]
fn a_callback_that_panics_takes_nobody_with_it() {
    let committer = Committer::start(Arc::new(MemoryStore::new())).unwrap();
    committer.submit(
        vec![append(document_id(1), 0)],
        Box::new(|_| panic!("a test's callback")),
    );
    assert_eq!(committer.commit_blocking(vec![append(document_id(1), 1)]), Ok(()));
}

#[test]
fn a_failed_commit_of_the_memory_store_may_be_kept_or_lost() {
    for (fault, chunks) in [(Fault::Lost, 1), (Fault::Kept, 2)] {
        let store = MemoryStore::new();
        store.fail_after(1, fault);
        let commit = |number| store.commit(&[vec![append(document_id(1), number)]]);
        assert!(commit(0).is_ok() && commit(1).is_err() && commit(2).is_err());
        let restarted = store.restarted();
        assert_eq!(
            restarted.meta(document_id(1)).unwrap().unwrap().next_chunk,
            chunks
        );
        assert!(restarted.commit(&[vec![append(document_id(1), 3)]]).is_ok());
    }
}

/// Says when it is asked to shrink.
struct Shrinking {
    store: MemoryStore,
    asked: Mutex<Sender<()>>,
    fails: bool,
}

reads_through!(Shrinking);

impl Store for Shrinking {
    fn commit(&self, transactions: &[Transaction]) -> Result<Vec<Result<(), Conflict>>, StoreError> {
        self.store.commit(transactions)
    }
    fn shrink(&self) -> Result<(), StoreError> {
        self.asked.lock().unwrap().send(()).unwrap();
        if self.fails {
            Err(StoreError("disk".into()))
        } else {
            Ok(())
        }
    }
}

fn shrinking(fails: bool) -> (Committer, Receiver<()>) {
    let (tell, asked) = channel();
    let store = Shrinking {
        store: MemoryStore::new(),
        asked: Mutex::new(tell),
        fails,
    };
    (Committer::start(Arc::new(store)).unwrap(), asked)
}

#[test]
fn the_store_shrinks_once_when_nothing_was_stored_for_a_while() {
    let (committer, asked) = shrinking(false);
    committer
        .commit_blocking(vec![append(document_id(1), 0)])
        .unwrap();
    assert!(asked.try_recv().is_err(), "nobody waits for that");
    asked.recv().unwrap();
    committer
        .commit_blocking(vec![append(document_id(1), 1)])
        .unwrap();
    committer.stop();
    assert!(asked.try_recv().is_err());
}

#[test]
fn a2_a_store_that_cannot_shrink_stores_nothing_more() {
    let (committer, asked) = shrinking(true);
    asked.recv().unwrap();
    let refused = committer.commit_blocking(vec![append(document_id(1), 0)]);
    assert!(matches!(refused, Err(CommitFailure::Failed(_))), "{refused:?}");
    assert!(*committer.failed().borrow());
}
