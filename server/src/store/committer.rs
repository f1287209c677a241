//! One thread that commits for everybody: what waits is stored together, with one sync (A1).
//!
//! **Invariants:** a callback is called once, in the order of submission, after its transaction is durable
//! or has failed. After the store's first error every transaction fails, the flag is raised, and the
//! process is to end (A2).

use super::{Conflict, Store, Transaction, Write};
use samverk_shared::limits::{COMMIT_BYTES_MAX, COMMIT_TRANSACTIONS_MAX, SHRINK_IDLE_MS};
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread::JoinHandle;
use std::time::Duration;
use tokio::sync::{Notify, oneshot, watch};

const SHRINK_IDLE: Duration = Duration::from_millis(SHRINK_IDLE_MS);

/// Why a transaction was not stored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommitFailure {
    /// It conflicts with what is stored; others are not touched by that.
    #[error(transparent)]
    Conflict(#[from] Conflict),
    /// The store failed, or the server is stopping.
    #[error("nothing was stored: {0}")]
    Failed(String),
}

/// What became of a transaction.
pub type Committed = Result<(), CommitFailure>;
/// Called with it, on the committer's thread, for which everybody waits: it must not block, nor submit.
pub type Done = Box<dyn FnOnce(Committed) + Send>;

/// Numbers for the metrics.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Commits of the store that succeeded.
    pub commits: u64,
    /// Transactions in them, those with a conflict included.
    pub transactions: u64,
    /// Transactions that conflicted.
    pub conflicts: u64,
    /// Transactions that were refused because the store failed or the committer stopped.
    pub failures: u64,
    /// Transactions in the last commit.
    pub batch_last: u64,
    /// Transactions in the largest commit.
    pub batch_peak: u64,
    /// Transactions waiting.
    pub waiting: u64,
}

/// The committer. Its thread ends with `stop`, or when it is dropped; both store what waits first.
#[derive(Debug)]
pub struct Committer {
    shared: Arc<Shared>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

struct Job {
    transaction: Transaction,
    done: Done,
}

#[derive(Default)]
struct Queue {
    jobs: VecDeque<Job>,
    /// Why nothing is taken any more.
    closed: Option<String>,
}

struct Shared {
    queue: Mutex<Queue>,
    /// There is something to do for the committer.
    work: Condvar,
    /// There is room for a waiting thread, and for a waiting task.
    room: Condvar,
    room_for_tasks: Notify,
    failed: watch::Sender<bool>,
    counters: Counters,
}

#[derive(Default)]
struct Counters {
    commits: AtomicU64,
    transactions: AtomicU64,
    conflicts: AtomicU64,
    failures: AtomicU64,
    batch_last: AtomicU64,
    batch_peak: AtomicU64,
}

impl Committer {
    /// Starts the thread.
    pub fn start(store: Arc<dyn Store>) -> std::io::Result<Self> {
        let shared = Arc::new(Shared {
            queue: Mutex::default(),
            work: Condvar::new(),
            room: Condvar::new(),
            room_for_tasks: Notify::new(),
            failed: watch::Sender::new(false),
            counters: Counters::default(),
        });
        let own = shared.clone();
        let thread = std::thread::Builder::new()
            .name("committer".to_owned())
            .spawn(move || own.run(&*store))?;
        Ok(Self {
            shared,
            thread: Mutex::new(Some(thread)),
        })
    }

    /// Hands over a transaction; waits only while the queue is full.
    pub fn submit(&self, transaction: Transaction, done: Done) {
        let mut queue = self.shared.queue();
        while queue.closed.is_none() && queue.jobs.len() >= COMMIT_TRANSACTIONS_MAX {
            queue = self
                .shared
                .room
                .wait(queue)
                .unwrap_or_else(PoisonError::into_inner);
        }
        self.shared.put(queue, Job { transaction, done });
    }

    /// Stores a transaction and waits for it; for threads, never for tasks.
    pub fn commit_blocking(&self, transaction: Transaction) -> Committed {
        let (sender, receiver) = mpsc::sync_channel(1);
        // Nobody is left to tell when the receiver is gone.
        self.submit(
            transaction,
            Box::new(move |committed| drop(sender.send(committed))),
        );
        receiver.recv().unwrap_or_else(|_| Err(ended()))
    }

    /// Stores a transaction and waits for it. Dropped while it waits for room, it does nothing; later, the
    /// transaction is stored all the same.
    pub async fn commit(&self, transaction: Transaction) -> Committed {
        let (sender, receiver) = oneshot::channel();
        let done: Done = Box::new(move |committed| drop(sender.send(committed)));
        let mut job = Some(Job { transaction, done });
        loop {
            let room = self.shared.room_for_tasks.notified();
            match self.shared.try_put(job.take()) {
                None => break,
                refused => job = refused,
            }
            room.await;
        }
        receiver.await.unwrap_or_else(|_| Err(ended()))
    }

    /// Turns true when the store has failed: the owner of the process ends it.
    pub fn failed(&self) -> watch::Receiver<bool> {
        self.shared.failed.subscribe()
    }

    /// Numbers for the metrics.
    pub fn counts(&self) -> Counts {
        let counters = &self.shared.counters;
        Counts {
            commits: counters.commits.load(Relaxed),
            transactions: counters.transactions.load(Relaxed),
            conflicts: counters.conflicts.load(Relaxed),
            failures: counters.failures.load(Relaxed),
            batch_last: counters.batch_last.load(Relaxed),
            batch_peak: counters.batch_peak.load(Relaxed),
            waiting: self.shared.queue().jobs.len() as u64,
        }
    }

    /// Stores what waits, then ends the thread; what is submitted later fails.
    pub fn stop(&self) {
        self.shared.close("the server is stopping");
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        // The last handle may be dropped by a callback, and a thread cannot wait for itself.
        let other = thread.filter(|thread| thread.thread().id() != std::thread::current().id());
        if other.is_some_and(|thread| thread.join().is_err()) {
            tracing::error!("the committer ended with a panic");
        }
    }
}

impl Drop for Committer {
    fn drop(&mut self) {
        self.stop();
    }
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shared")
            .field("waiting", &self.queue().jobs.len())
            .finish_non_exhaustive()
    }
}

impl Shared {
    /// The thread.
    fn run(&self, store: &dyn Store) {
        loop {
            if !self.work_within(SHRINK_IDLE) {
                self.shrink(store);
            }
            let Some(batch) = self.next_batch() else { return };
            let (transactions, dones): (Vec<_>, Vec<_>) =
                batch.into_iter().map(|job| (job.transaction, job.done)).unzip();
            let outcome = catch_unwind(AssertUnwindSafe(|| store.commit(&transactions)));
            let reason = match outcome {
                Ok(Ok(results)) if results.len() == dones.len() => {
                    self.stored(results, dones);
                    continue;
                }
                Ok(Ok(_)) => "the store answered for other transactions than it was given".to_owned(),
                Ok(Err(error)) => error.to_string(),
                Err(_) => "the store panicked".to_owned(),
            };
            self.fail(&reason, dones);
        }
    }

    /// Whether something waits, or the end is near, before so long has passed.
    fn work_within(&self, patience: Duration) -> bool {
        let idle = |queue: &mut Queue| queue.jobs.is_empty() && queue.closed.is_none();
        let waited = self.work.wait_timeout_while(self.queue(), patience, idle);
        !waited.unwrap_or_else(PoisonError::into_inner).1.timed_out()
    }

    fn shrink(&self, store: &dyn Store) {
        let reason = match catch_unwind(AssertUnwindSafe(|| store.shrink())) {
            Ok(Ok(())) => return,
            Ok(Err(error)) => error.to_string(),
            Err(_) => "the store panicked".to_owned(),
        };
        self.fail(&reason, Vec::new());
    }

    /// What waits, as much as one commit takes; waits for something. `None` when closed and empty.
    fn next_batch(&self) -> Option<Vec<Job>> {
        let mut queue = self.queue();
        while queue.jobs.is_empty() && queue.closed.is_none() {
            queue = self.work.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
        let mut batch = Vec::with_capacity(queue.jobs.len());
        let mut bytes = 0;
        while bytes < COMMIT_BYTES_MAX
            && let Some(job) = queue.jobs.pop_front()
        {
            bytes += job.transaction.iter().map(bytes_of).sum::<usize>();
            batch.push(job);
        }
        drop(queue);
        self.room.notify_all();
        self.room_for_tasks.notify_waiters();
        (!batch.is_empty()).then_some(batch)
    }

    fn stored(&self, results: Vec<Result<(), Conflict>>, dones: Vec<Done>) {
        let count = dones.len() as u64;
        let conflicts = results.iter().filter(|result| result.is_err()).count() as u64;
        self.counters.commits.fetch_add(1, Relaxed);
        self.counters.transactions.fetch_add(count, Relaxed);
        self.counters.conflicts.fetch_add(conflicts, Relaxed);
        self.counters.batch_last.store(count, Relaxed);
        self.counters.batch_peak.fetch_max(count, Relaxed);
        for (result, done) in results.into_iter().zip(dones) {
            tell(done, result.map_err(CommitFailure::Conflict));
        }
    }

    /// Takes nothing more, and tells everybody.
    fn fail(&self, reason: &str, dones: Vec<Done>) {
        tracing::error!(%reason, "the store failed; nothing more is stored");
        let waiting = {
            let mut queue = self.queue();
            queue.closed = Some(reason.to_owned());
            std::mem::take(&mut queue.jobs)
        };
        self.failed.send_replace(true);
        for done in dones.into_iter().chain(waiting.into_iter().map(|job| job.done)) {
            self.refuse(done, reason);
        }
    }

    fn refuse(&self, done: Done, reason: &str) {
        self.counters.failures.fetch_add(1, Relaxed);
        tell(done, Err(CommitFailure::Failed(reason.to_owned())));
    }

    /// Puts a job into the queue, or refuses it when that is closed.
    fn put(&self, mut queue: MutexGuard<'_, Queue>, job: Job) {
        match queue.closed.clone() {
            Some(reason) => {
                drop(queue);
                self.refuse(job.done, &reason);
            }
            None => {
                queue.jobs.push_back(job);
                self.work.notify_one();
            }
        }
    }

    /// Gives the job back when there is no room.
    fn try_put(&self, job: Option<Job>) -> Option<Job> {
        let queue = self.queue();
        if queue.closed.is_none() && queue.jobs.len() >= COMMIT_TRANSACTIONS_MAX {
            return job;
        }
        if let Some(job) = job {
            self.put(queue, job);
        }
        None
    }

    fn close(&self, reason: &str) {
        self.queue().closed.get_or_insert_with(|| reason.to_owned());
        self.work.notify_all();
        self.room.notify_all();
        self.room_for_tasks.notify_waiters();
    }

    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A callback that panics must not take the others' answers with it.
fn tell(done: Done, committed: Committed) {
    if catch_unwind(AssertUnwindSafe(|| done(committed))).is_err() {
        tracing::error!("a callback of the committer panicked");
    }
}

fn ended() -> CommitFailure {
    CommitFailure::Failed("the committer has ended".to_owned())
}

fn bytes_of(write: &Write) -> usize {
    match write {
        Write::Append { bytes, .. } => bytes.len(),
        Write::Compact { snapshot, .. } => snapshot.len(),
        Write::Put { value, .. } => value.len(),
        Write::Remove { .. } | Write::Delete { .. } | Write::Quarantine { .. } => 0,
    }
}
