//! The hub: a state machine that decides documents, rights and commands of its workshops in order.
//!
//! **Invariant (S2):** it opens no socket and no file, and reads no clock: `handle(input, now) -> outputs`.
//! **Invariant (A1):** whatever it sends names durable heads only.

mod admission;
mod authorship;
mod batch;
mod budget;
mod catchup;
mod command;
mod connection;
mod document;
mod execute;
mod presence;
pub mod rows;
mod sync;
mod workshop;

pub use budget::room_of;
pub use command::{
    Answer, CaseJoin, CaseRecord, Choice, Command, CommandError, FilledForm, FormCoding, LinkTerms, Merging,
    Refused, Rights, SavedMapping, Settling,
};
pub use document::{Loaded, Loading};
pub(crate) use execute::{is_unseen, one_line};
pub use workshop::{RowsError, WorkshopRows};

use crate::store::{ChangeHash, Meta, Stored, Transaction};
use crate::wire::{ClientFrame, News};
use bytes::Bytes;
use connection::Connection;
use document::Document;
use rand_chacha::ChaCha12Rng;
use rand_chacha::rand_core::SeedableRng;
use rows::DocumentRow;
use samverk_shared::access::Kind;
use samverk_shared::ids::{DocumentId, ParticipantId, WorkshopId};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use workshop::Workshop;

/// Milliseconds since 1970, as the runtime's clock has them.
pub type Millis = u64;

/// A connection, as long as the server runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnectionId(pub u64);

/// A commit the hub asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommitId(pub u64);

/// A command somebody waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommandId(pub u64);

/// Who gives a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Caller {
    /// The server itself: its owner, its command line, its example workshop.
    Server,
    /// A person in the workshop.
    Participant(ParticipantId),
}

/// Who has connected. The runtime has proved the participant; the rest is the client's word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hello {
    /// Which workshop; `None` in open mode.
    pub workshop: Option<WorkshopId>,
    /// Who, proved by a session or a ticket; `None` in open mode.
    pub participant: Option<ParticipantId>,
    /// The client's peer id.
    pub peer_id: String,
    /// Whether the client takes our additional messages.
    pub samverk: bool,
    /// The newest document schema it knows.
    pub schema: u64,
}

/// What the store said of a document.
#[derive(Debug)]
pub enum Opened {
    /// There is none.
    Missing,
    /// Its bytes, and where it belongs (nowhere in open mode).
    Found(Stored, Option<DocumentRow>),
    /// It is set aside.
    Quarantined(String),
}

/// What happens to the hub.
#[derive(Debug)]
pub enum Input {
    /// A workshop, as the store has it; before anything else about it.
    Workshop(Box<WorkshopRows>),
    /// Somebody has joined.
    Connect(ConnectionId, Hello),
    /// A frame has come.
    Frame(ConnectionId, ClientFrame),
    /// The connection is gone.
    Disconnect(ConnectionId),
    /// The store's answer to `Output::Open`.
    Opened(DocumentId, Opened),
    /// What came of `Output::Load`.
    Loaded(DocumentId, Result<Box<Loaded>, String>),
    /// The commit is durable, or will never be.
    Committed(CommitId, Result<(), String>),
    /// A command; `earlier` is the answer stored under its idempotency key.
    Command {
        /// Which.
        id: CommandId,
        /// To which workshop.
        workshop: WorkshopId,
        /// From whom.
        by: Caller,
        /// What.
        command: Command,
        /// Its idempotency key, scoped to the caller.
        key: Option<String>,
        /// The answer that was stored under it.
        earlier: Option<Answer>,
    },
    /// The document's log was replaced by a snapshot.
    Compacted(DocumentId, Meta),
    /// All that has come is in: work through the queues.
    Run,
    /// Time has passed.
    Tick,
}

/// What the hub wants done.
#[derive(Debug)]
pub enum Output {
    /// Send a frame; presence may be dropped for a slow reader.
    Send {
        /// To whom.
        connection: ConnectionId,
        /// What.
        frame: Bytes,
        /// Whether it may be dropped.
        presence: bool,
    },
    /// Send the same news of a document to all who are in step.
    Tell {
        /// To whom.
        to: Vec<ConnectionId>,
        /// Of which document.
        document: DocumentId,
        /// What.
        news: Arc<News>,
    },
    /// End a connection after what was sent.
    Close {
        /// Which.
        connection: ConnectionId,
        /// With which WebSocket close code.
        code: u16,
        /// Why, for the log and the peer.
        reason: &'static str,
    },
    /// Read a document; answered by `Input::Opened`.
    Open(DocumentId),
    /// Read a document's bytes into automerge, off the shard; `Loading::load` gives the input that answers.
    Load(Loading),
    /// Store a transaction; answered by `Input::Committed`.
    Commit(CommitId, Transaction),
    /// Answer a command.
    Answer(CommandId, Result<Answer, CommandError>),
    /// A document has new durable heads: views of it are out of date.
    Changed(WorkshopId, DocumentId, Kind),
    /// The document's log is worth a snapshot.
    Compact(DocumentId),
}

/// Close codes of WebSocket connections, as the protocol uses them.
pub mod close {
    /// The frame was not what the protocol allows.
    pub const PROTOCOL: u16 = 1002;
    /// The peer broke a rule.
    pub const POLICY: u16 = 1008;
    /// The frame was too large.
    pub const TOO_LARGE: u16 = 1009;
    /// The store failed (A2).
    pub const STORE_FAILED: u16 = 1011;
    /// The server restarts: come back.
    pub const RESTART: u16 = 1012;
    /// Too slow, or too many: come back.
    pub const LATER: u16 = 1013;
    /// The person is not in the workshop.
    pub const NOT_A_MEMBER: u16 = 4403;
    /// A newer connection of the same peer took over.
    pub const REPLACED: u16 = 4409;
}

/// What a hub is told once.
#[derive(Debug, Clone)]
pub struct HubConfig {
    /// Seed of ids the hub makes.
    pub seed: [u8; 32],
    /// Lasts as long as the store; clients remember which heads it has.
    pub storage_id: String,
    /// Any peer may make and edit documents that belong to no workshop.
    pub open_sync: bool,
}

/// Counters for the operator, by name.
pub type Counters = BTreeMap<&'static str, u64>;

/// The state machine.
pub struct Hub {
    config: HubConfig,
    server_id: String,
    rng: ChaCha12Rng,
    workshops: BTreeMap<WorkshopId, Workshop>,
    places: BTreeMap<DocumentId, DocumentRow>,
    documents: BTreeMap<DocumentId, Document>,
    connections: BTreeMap<ConnectionId, Connection>,
    /// Documents with something to do.
    ready: BTreeSet<DocumentId>,
    budget: budget::Budget,
    commits: BTreeMap<CommitId, Pending>,
    /// Commands that wait for a document.
    deferred: Vec<execute::Order>,
    /// Documents that the command being executed has changed in memory.
    in_hand: Vec<DocumentId>,
    commits_made: u64,
    /// Presence that came too soon and waits.
    presence_waits: BTreeSet<(DocumentId, ConnectionId)>,
    failed: bool,
    counters: Counters,
}

/// What waits for a commit.
enum Pending {
    /// The batch of a document.
    Batch(DocumentId),
    /// A command's answer and what it changes for people.
    Command(Box<execute::Effects>),
    /// A row nobody waits for.
    Nothing,
}

impl Hub {
    /// A hub without workshops.
    pub fn new(config: HubConfig) -> Hub {
        Hub {
            server_id: format!("samverk-{}", config.storage_id),
            rng: ChaCha12Rng::from_seed(config.seed),
            config,
            workshops: BTreeMap::new(),
            places: BTreeMap::new(),
            documents: BTreeMap::new(),
            connections: BTreeMap::new(),
            ready: BTreeSet::new(),
            budget: Default::default(),
            commits: BTreeMap::new(),
            deferred: Vec::new(),
            in_hand: Vec::new(),
            commits_made: 0,
            presence_waits: BTreeSet::new(),
            failed: false,
            counters: Counters::new(),
        }
    }

    /// Takes one input and adds what is to be done to `out`.
    pub fn handle(&mut self, input: Input, now: Millis, out: &mut Vec<Output>) {
        if self.failed {
            return self.handle_failed(input, out);
        }
        match input {
            Input::Workshop(rows) => self.add_workshop(*rows),
            Input::Connect(id, hello) => self.connect(id, hello, out),
            Input::Frame(id, frame) => self.frame(id, frame, now, out),
            Input::Disconnect(id) => self.disconnect(id, out),
            Input::Opened(document, opened) => self.opened(document, opened),
            Input::Loaded(document, loaded) => self.loaded(document, loaded, now, out),
            Input::Committed(commit, Ok(())) => self.committed(commit, now, out),
            Input::Committed(_, Err(reason)) => self.fail(&reason, out),
            Input::Command {
                id,
                workshop,
                by,
                command,
                key,
                earlier,
            } => {
                self.command(
                    execute::Order {
                        id,
                        workshop,
                        by,
                        command,
                        key,
                    },
                    earlier,
                    now,
                    out,
                );
            }
            Input::Compacted(document, meta) => self.compacted(document, meta),
            Input::Run => {
                self.run_deferred(now, out);
                self.run(now, out);
            }
            Input::Tick => self.tick(now, out),
        }
    }

    /// The peer id under which the server sends.
    pub fn server_id(&self) -> &str {
        &self.server_id
    }

    /// Counters since the start.
    pub fn counters(&self) -> &Counters {
        &self.counters
    }

    /// How many documents are in memory, and how many are loaded.
    pub fn documents_in_memory(&self) -> (usize, usize) {
        (
            self.documents.len(),
            self.documents.values().filter(|d| d.body.is_loaded()).count(),
        )
    }

    /// The participants of a workshop that have a connection.
    pub fn here(&self, workshop: &WorkshopId) -> BTreeSet<ParticipantId> {
        let in_workshop = self
            .connections
            .values()
            .filter(|c| c.hello.workshop.as_ref() == Some(workshop));
        in_workshop.filter_map(|c| c.hello.participant.clone()).collect()
    }

    fn count(&mut self, name: &'static str) {
        *self.counters.entry(name).or_default() += 1;
    }

    fn commit(&mut self, transaction: Transaction, pending: Pending, out: &mut Vec<Output>) -> CommitId {
        self.commits_made += 1;
        let id = CommitId(self.commits_made);
        self.commits.insert(id, pending);
        out.push(Output::Commit(id, transaction));
        id
    }

    fn committed(&mut self, commit: CommitId, now: Millis, out: &mut Vec<Output>) {
        match self.commits.remove(&commit) {
            Some(Pending::Batch(document)) => self.batch_committed(document, now, out),
            Some(Pending::Command(effects)) => self.command_committed(*effects, now, out),
            Some(Pending::Nothing) | None => {}
        }
    }

    /// A2: nothing more is sent as stored, by anybody, ever; all are told that it is not saved.
    fn fail(&mut self, reason: &str, out: &mut Vec<Output>) {
        self.failed = true;
        let mut waiting: Vec<CommandId> = std::mem::take(&mut self.deferred)
            .iter()
            .map(|order| order.id)
            .collect();
        for pending in std::mem::take(&mut self.commits).into_values() {
            if let Pending::Command(effects) = pending {
                waiting.extend(effects.waiting);
            }
        }
        for id in waiting {
            let error = CommandError::NotStored(reason.to_owned());
            out.push(Output::Answer(id, Err(error)));
        }
        for id in std::mem::take(&mut self.connections).into_keys() {
            out.push(Output::Close {
                connection: id,
                code: close::STORE_FAILED,
                reason: "not saved",
            });
        }
        self.documents.clear();
        self.ready.clear();
    }

    fn handle_failed(&mut self, input: Input, out: &mut Vec<Output>) {
        match input {
            Input::Connect(connection, _) => {
                out.push(Output::Close {
                    connection,
                    code: close::STORE_FAILED,
                    reason: "not saved",
                });
            }
            Input::Command { id, .. } => {
                let error = CommandError::NotStored("the store takes no writes".to_owned());
                out.push(Output::Answer(id, Err(error)));
            }
            _ => {}
        }
    }

    fn fresh_bytes<const N: usize>(&mut self) -> [u8; N] {
        use rand_chacha::rand_core::Rng;
        let mut bytes = [0; N];
        self.rng.fill_bytes(&mut bytes);
        bytes
    }
}

/// Heads in the order in which the hub keeps and compares them.
fn sorted(mut heads: Vec<ChangeHash>) -> Vec<ChangeHash> {
    heads.sort_unstable();
    heads
}
