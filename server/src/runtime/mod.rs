//! Runs hubs: one thread per shard of workshops, one reader, one compactor, one committer; executes what they put out.
//!
//! **Invariant:** a shard's thread never waits for a socket or for a client; what waits is bounded in bytes.

mod outbox;
mod shard;
mod workers;

pub use outbox::{Outbox, Outgoing};

use crate::hub::rows::{self, BadRow, WorkshopRow};
use crate::hub::{
    Answer, Caller, Command, CommandError, CommandId, ConnectionId, Counters, Hello, Hub, HubConfig, Input,
    RowsError, WorkshopRows,
};
use crate::store::committer::Committer;
use crate::store::{Records, Store, StoreError, Table};
use crate::wire::ClientFrame;
use outbox::Receipts;
use samverk_shared::access::Kind;
use samverk_shared::ids::{DocumentId, ParticipantId, WorkshopId};
use samverk_shared::limits::{CONNECTION_INBOX_BYTES_MAX, INBOX_BYTES_MAX};
use shard::{Message, Shard};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{Semaphore, oneshot, watch};

/// Told of each document with new durable heads; must be quick.
pub type OnChanged = Box<dyn Fn(&WorkshopId, DocumentId, Kind) + Send + Sync>;

/// How the runtime runs.
pub struct RuntimeConfig {
    /// Any peer may make and edit documents that belong to no workshop.
    pub open_sync: bool,
    /// Threads that run hubs.
    pub shards: usize,
    /// Seed of the ids the hubs make; from the operating system, except in tests.
    pub seed: [u8; 32],
    /// Lasts as long as the store.
    pub storage_id: String,
    /// Told of changed documents, for views.
    pub on_changed: OnChanged,
}

/// Why the runtime cannot start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A workshop's rows cannot be read.
    #[error(transparent)]
    Rows(#[from] RowsError),
    /// The system gives no thread.
    #[error("a thread cannot be started: {0}")]
    Thread(#[from] std::io::Error),
}

impl From<StoreError> for StartError {
    fn from(error: StoreError) -> Self {
        StartError::Rows(error.into())
    }
}

impl From<BadRow> for StartError {
    fn from(error: BadRow) -> Self {
        StartError::Rows(error.into())
    }
}

/// The running hubs. Clones are handles to the same.
#[derive(Clone)]
pub struct Runtime(Arc<Inner>);

struct Inner {
    server_id: Arc<str>,
    shards: Vec<Shard>,
    committer: Arc<Committer>,
    connections: Arc<Mutex<BTreeMap<ConnectionId, Here>>>,
    next_id: AtomicU64,
    counters: Arc<Mutex<Vec<Gauges>>>,
}

/// What a shard last said of itself.
#[derive(Debug, Default, Clone)]
struct Gauges {
    counters: Counters,
    in_memory: usize,
    loaded: usize,
}

#[derive(Debug, Clone)]
struct Here {
    workshop: Option<WorkshopId>,
    participant: Option<ParticipantId>,
}

impl Runtime {
    /// Starts the threads and gives each workshop to its shard.
    pub fn start(
        store: Arc<dyn Store>,
        committer: Arc<Committer>,
        config: RuntimeConfig,
    ) -> Result<Runtime, StartError> {
        let shards = config.shards.max(1);
        let counters = Arc::new(Mutex::new(vec![Gauges::default(); shards]));
        let on_changed = Arc::new(config.on_changed);
        let mut started = Vec::new();
        let mut server_id = Arc::<str>::default();
        for number in 0..shards {
            let mut seed = config.seed;
            seed[0] ^= number as u8;
            let hub = Hub::new(HubConfig {
                seed,
                storage_id: config.storage_id.clone(),
                open_sync: config.open_sync,
            });
            server_id = hub.server_id().into();
            let parts = shard::Parts {
                number,
                store: store.clone(),
                committer: committer.clone(),
                on_changed: on_changed.clone(),
                gauges: counters.clone(),
            };
            started.push(Shard::start(hub, parts)?);
        }
        let runtime = Runtime(Arc::new(Inner {
            server_id,
            shards: started,
            committer,
            connections: Arc::default(),
            next_id: AtomicU64::new(1),
            counters,
        }));
        runtime.load_workshops(&*store)?;
        Ok(runtime)
    }

    fn load_workshops(&self, records: &dyn Records) -> Result<(), StartError> {
        for (key, record) in records.scan(Table::Workshops, "")? {
            let row: WorkshopRow = rows::read(&key, &record)?;
            let shard = self.shard(Some(&row.id));
            let rows = WorkshopRows::load(records, row)?;
            shard.send(Message::Input(Input::Workshop(Box::new(rows))));
        }
        Ok(())
    }

    /// Gives a command to its workshop's hub; answers when it is durable.
    pub async fn command(
        &self,
        workshop: WorkshopId,
        by: Caller,
        command: Command,
        key: Option<String>,
    ) -> Result<Answer, CommandError> {
        let (sender, answer) = oneshot::channel();
        let id = CommandId(self.next());
        self.shard(Some(&workshop)).send(Message::Command {
            id,
            workshop,
            by,
            command,
            key,
            sender,
        });
        answer
            .await
            .unwrap_or_else(|_| Err(CommandError::NotStored("the server is stopping".to_owned())))
    }

    /// Joins a connection: frames in by the sender, frames out by the outbox.
    pub fn connect(&self, hello: Hello) -> (ConnectionSender, Outbox) {
        let id = ConnectionId(self.next());
        let (to_client, outbox, receipts) = outbox::channel(self.0.server_id.clone(), hello.peer_id.clone());
        let shard = self.shard(hello.workshop.as_ref()).clone();
        let here = Here {
            workshop: hello.workshop.clone(),
            participant: hello.participant.clone(),
        };
        lock(&self.0.connections).insert(id, here);
        shard.send(Message::Connect {
            id,
            hello,
            outbox: to_client,
        });
        (
            ConnectionSender {
                id,
                shard,
                receipts,
                room: Arc::new(Semaphore::new(CONNECTION_INBOX_BYTES_MAX / shard::KILOBYTE)),
                connections: self.0.connections.clone(),
            },
            outbox,
        )
    }

    /// Who has a connection in a workshop.
    pub fn here(&self, workshop: &WorkshopId) -> BTreeSet<ParticipantId> {
        let connections = lock(&self.0.connections);
        let here = connections
            .values()
            .filter(|here| here.workshop.as_ref() == Some(workshop));
        here.filter_map(|here| here.participant.clone()).collect()
    }

    /// How many connections there are.
    pub fn connections(&self) -> usize {
        lock(&self.0.connections).len()
    }

    /// Whether the store takes writes.
    pub fn ready(&self) -> bool {
        !*self.0.committer.failed().borrow()
    }

    /// Turns true when a commit failed: the process is to end (A2).
    pub fn failed(&self) -> watch::Receiver<bool> {
        self.0.committer.failed()
    }

    /// Numbers of hubs and committer, as Prometheus text.
    pub fn metrics(&self) -> String {
        let shards = lock(&self.0.counters).clone();
        let commits = self.0.committer.counts();
        let mut text = String::new();
        let mut line = |name: &str, value: u64| {
            // Writing to a String cannot fail.
            writeln!(text, "samverk_{name} {value}").unwrap_or_default();
        };
        line("connections", self.connections() as u64);
        line(
            "documents_in_memory",
            shards.iter().map(|s| s.in_memory as u64).sum(),
        );
        line("documents_loaded", shards.iter().map(|s| s.loaded as u64).sum());
        line("commits_total", commits.commits);
        line("commit_transactions_total", commits.transactions);
        line("commit_failures_total", commits.failures);
        line("commit_batch_peak", commits.batch_peak);
        let mut sums = Counters::new();
        for (name, value) in shards.iter().flat_map(|shard| &shard.counters) {
            *sums.entry(name).or_default() += value;
        }
        for (name, value) in sums {
            match REFUSALS.contains(&name) {
                true => writeln!(text, "samverk_refusals_total{{reason=\"{name}\"}} {value}"),
                false => writeln!(text, "samverk_{name}_total {value}"),
            }
            .unwrap_or_default();
        }
        text
    }

    /// Lets what is under way become durable, tells everybody to come back, and ends the threads.
    pub async fn stop(&self) {
        for shard in &self.0.shards {
            let (sender, stopped) = oneshot::channel();
            shard.send(Message::Stop(sender));
            // A shard that is gone has nothing to wait for.
            stopped.await.unwrap_or_default();
        }
        let committer = self.0.committer.clone();
        if tokio::task::spawn_blocking(move || committer.stop())
            .await
            .is_err()
        {
            tracing::error!("the committer could not be stopped");
        }
    }

    fn next(&self) -> u64 {
        self.0.next_id.fetch_add(1, Ordering::Relaxed)
    }

    fn shard(&self, workshop: Option<&WorkshopId>) -> &Shard {
        let number = workshop.map_or(0, |id| {
            let digest = blake3::hash(id.as_str().as_bytes());
            usize::from(digest.as_bytes()[0]) % self.0.shards.len()
        });
        &self.0.shards[number]
    }
}

/// The counters that are reasons of refusals (rule X3).
const REFUSALS: [&str; 10] = [
    "read-only",
    "closed",
    "limit",
    "replaced",
    "duplicate",
    "actor",
    "schema",
    "malformed",
    "dependency",
    "quarantined",
];

/// The socket's end of a connection; dropping it ends the connection.
pub struct ConnectionSender {
    id: ConnectionId,
    shard: Shard,
    receipts: Receipts,
    /// For its messages, until they had their turn.
    room: Arc<Semaphore>,
    connections: Arc<Mutex<BTreeMap<ConnectionId, Here>>>,
}

impl ConnectionSender {
    /// Hands over a frame of so many bytes; waits while the shard, or this connection, has too much waiting.
    pub async fn receive(&self, frame: ClientFrame, bytes: usize) {
        if let ClientFrame::Sync {
            document: Some(document),
            data,
            ..
        } = &frame
            && self.receipts.is_one(*document, data)
        {
            return;
        }
        self.shard.frame(self.id, frame, bytes, &self.room).await;
    }
}

impl Drop for ConnectionSender {
    fn drop(&mut self) {
        lock(&self.connections).remove(&self.id);
        self.shard.send(Message::Input(Input::Disconnect(self.id)));
    }
}

/// Kilobytes of frames that may wait for one shard.
fn inbox_room() -> Semaphore {
    Semaphore::new(INBOX_BYTES_MAX / shard::KILOBYTE)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
