//! One shard: a thread, a hub, a bounded inbox.

use super::outbox::{OutboxSender, TooSlow};
use super::workers::{self, Reply};
use super::{Gauges, OnChanged, inbox_room, lock};
use crate::clock;
use crate::hub::rows;
use crate::hub::{
    Answer, Caller, Command, CommandError, CommandId, ConnectionId, Hello, Hub, Input, Loading, Output,
    close, room_of,
};
use crate::store::committer::{CommitFailure, Committer};
use crate::store::{Store, Table};
use crate::wire::ClientFrame;
use samverk_shared::ids::{DocumentId, WorkshopId};
use samverk_shared::limits::INBOX_INPUTS_MAX;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

/// Stack of threads that run automerge: deeply nested documents recurse.
pub(super) const STACK_BYTES: usize = 64 * 1024 * 1024;
/// How long the hub may go without a tick.
const TICK_MS: u64 = 250;
/// How long presence that came too soon may wait.
const PRESENCE_TICK_MS: u64 = 25;
/// How long work of who is over their share may wait to be looked at again.
const WORK_TICK_MS: u64 = 5;
/// Room is counted in kilobytes.
pub(super) const KILOBYTE: usize = 1024;

type CommandSender = oneshot::Sender<Result<Answer, CommandError>>;

/// What a shard's thread is sent.
pub(super) enum Message {
    Input(Input),
    Frame {
        id: ConnectionId,
        frame: ClientFrame,
        room: OwnedSemaphorePermit,
        own: OwnedSemaphorePermit,
    },
    Connect {
        id: ConnectionId,
        hello: Hello,
        outbox: OutboxSender,
    },
    Command {
        id: CommandId,
        workshop: WorkshopId,
        by: Caller,
        command: Command,
        key: Option<String>,
        sender: CommandSender,
    },
    Stop(oneshot::Sender<()>),
}

/// A handle to a shard.
#[derive(Clone)]
pub(super) struct Shard {
    inbox: Sender<Message>,
    room: Arc<Semaphore>,
}

/// What a shard is made of beside its hub.
pub(super) struct Parts {
    pub number: usize,
    pub store: Arc<dyn Store>,
    pub committer: Arc<Committer>,
    pub on_changed: Arc<OnChanged>,
    pub gauges: Arc<Mutex<Vec<Gauges>>>,
}

impl Shard {
    pub fn start(hub: Hub, parts: Parts) -> std::io::Result<Shard> {
        let (inbox, messages) = channel();
        let reply = || -> Reply {
            let inbox = inbox.clone();
            // A shard that has ended needs no answers.
            Box::new(move |input| drop(inbox.send(Message::Input(input))))
        };
        let number = parts.number;
        let reader = workers::reader(number, parts.store.clone(), reply())?;
        let loader = workers::loader(number, reply())?;
        let compactor = workers::compactor(number, parts.store.clone(), parts.committer.clone(), reply())?;
        let running = Running {
            hub,
            parts,
            inbox: inbox.clone(),
            reader,
            loader,
            compactor,
            outboxes: BTreeMap::new(),
            commands: BTreeMap::new(),
            commits: 0,
            waiting: BTreeMap::new(),
            stopping: None,
        };
        let name = format!("shard-{number}");
        std::thread::Builder::new()
            .name(name)
            .stack_size(STACK_BYTES)
            .spawn(move || running.run(&messages))?;
        Ok(Shard {
            inbox,
            room: Arc::new(inbox_room()),
        })
    }

    pub fn send(&self, message: Message) {
        // A shard that has ended answers nobody: whoever waits sees its channel close.
        drop(self.inbox.send(message));
    }

    /// Hands over a frame when there is room for it, in the connection's part and in the shard's inbox.
    pub async fn frame(&self, id: ConnectionId, frame: ClientFrame, bytes: usize, own: &Arc<Semaphore>) {
        let kilobytes = (bytes / KILOBYTE + 1) as u32;
        let own_kilobytes = (room_of(bytes) / KILOBYTE) as u32;
        let Ok(own) = own.clone().acquire_many_owned(own_kilobytes).await else {
            return;
        };
        if let Ok(room) = self.room.clone().acquire_many_owned(kilobytes).await {
            self.send(Message::Frame { id, frame, room, own });
        }
    }
}

struct Running {
    hub: Hub,
    parts: Parts,
    inbox: Sender<Message>,
    reader: Sender<DocumentId>,
    loader: Sender<Loading>,
    compactor: Sender<DocumentId>,
    outboxes: BTreeMap<ConnectionId, OutboxSender>,
    commands: BTreeMap<CommandId, CommandSender>,
    /// Commits that are under way.
    commits: u64,
    /// The room taken by messages that wait in the hub.
    waiting: BTreeMap<ConnectionId, OwnedSemaphorePermit>,
    stopping: Option<oneshot::Sender<()>>,
}

impl Running {
    fn run(mut self, messages: &Receiver<Message>) {
        let mut ticked_ms = clock::now_ms();
        loop {
            let wait_ms = if self.hub.work_waits() {
                WORK_TICK_MS
            } else if self.hub.presence_waits() {
                PRESENCE_TICK_MS
            } else {
                TICK_MS
            };
            match messages.recv_timeout(Duration::from_millis(wait_ms)) {
                Ok(first) => {
                    let more = messages.try_iter().take(INBOX_INPUTS_MAX);
                    std::iter::once(first)
                        .chain(more)
                        .for_each(|message| self.take(message));
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            let now = clock::now_ms();
            self.handle(Input::Run);
            self.make_room();
            if now.saturating_sub(ticked_ms) >= TICK_MS {
                ticked_ms = now;
                self.handle(Input::Tick);
                self.publish();
            }
            if self.stopping.is_some() && self.commits == 0 {
                return self.stop();
            }
        }
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::Input(input) => {
                if matches!(input, Input::Committed(..)) {
                    self.commits -= 1;
                }
                if let Input::Disconnect(id) = &input {
                    self.outboxes.remove(id);
                }
                self.handle(input);
            }
            // What comes while the server stops is not acknowledged, and sent again afterwards.
            Message::Frame { .. } | Message::Connect { .. } | Message::Command { .. }
                if self.stopping.is_some() => {}
            Message::Frame { id, frame, room, own } => {
                self.handle(Input::Frame(id, frame));
                drop(room);
                match self.waiting.entry(id) {
                    Entry::Occupied(mut waiting) => waiting.get_mut().merge(own),
                    Entry::Vacant(waiting) => drop(waiting.insert(own)),
                }
            }
            Message::Connect { id, hello, outbox } => {
                self.outboxes.insert(id, outbox);
                self.handle(Input::Connect(id, hello));
            }
            Message::Command {
                id,
                workshop,
                by,
                command,
                key,
                sender,
            } => {
                let earlier = self.earlier(&workshop, key.as_deref());
                self.commands.insert(id, sender);
                self.handle(Input::Command {
                    id,
                    workshop,
                    by,
                    command,
                    key,
                    earlier,
                });
            }
            Message::Stop(sender) => self.stopping = Some(sender),
        }
    }

    /// Gives back the room of messages that no longer wait.
    fn make_room(&mut self) {
        let hub = &self.hub;
        self.waiting.retain(|id, room| {
            let kilobytes = hub.room_taken(*id).div_ceil(KILOBYTE);
            drop(room.split(room.num_permits().saturating_sub(kilobytes)));
            room.num_permits() > 0
        });
    }

    /// The answer stored under an idempotency key. A store that cannot say counts as none: the put then conflicts.
    fn earlier(&self, workshop: &WorkshopId, key: Option<&str>) -> Option<Answer> {
        let key = rows::key(&[workshop.as_str(), key?]);
        let record = self.parts.store.get(Table::Idempotency, &key).ok()??;
        rows::read(&key, &record).ok()
    }

    fn handle(&mut self, input: Input) {
        let mut out = Vec::new();
        self.hub.handle(input, clock::now_ms(), &mut out);
        out.into_iter().for_each(|output| self.execute(output));
    }

    fn execute(&mut self, output: Output) {
        match output {
            Output::Send {
                connection,
                frame,
                presence,
            } => self.hand(connection, |outbox| outbox.send(frame, presence)),
            Output::Tell { to, document, news } => {
                for connection in to {
                    self.hand(connection, |outbox| outbox.tell(document, news.clone()));
                }
            }
            Output::Close {
                connection,
                code,
                reason,
            } => {
                if let Some(outbox) = self.outboxes.remove(&connection) {
                    outbox.close(code, reason, false);
                }
            }
            Output::Open(document) => ask(&self.reader, document),
            Output::Load(loading) => ask(&self.loader, loading),
            Output::Compact(document) => ask(&self.compactor, document),
            Output::Commit(commit, transaction) => {
                self.commits += 1;
                let inbox = self.inbox.clone();
                let done = move |result: Result<(), CommitFailure>| {
                    let result = result.map_err(|failure| failure.to_string());
                    // A shard that has ended needs no answers.
                    drop(inbox.send(Message::Input(Input::Committed(commit, result))));
                };
                self.parts.committer.submit(transaction, Box::new(done));
            }
            Output::Answer(id, answer) => {
                if let Some(sender) = self.commands.remove(&id) {
                    // Whoever asked may have gone; the command stands.
                    drop(sender.send(answer));
                }
            }
            Output::Changed(workshop, document, kind) => (self.parts.on_changed)(&workshop, document, kind),
        }
    }

    fn hand(&mut self, connection: ConnectionId, send: impl FnOnce(&OutboxSender) -> Result<(), TooSlow>) {
        let Some(outbox) = self.outboxes.get(&connection) else {
            return;
        };
        if send(outbox).is_err() {
            outbox.close(close::LATER, "too slow", true);
            self.outboxes.remove(&connection);
            // Not at once: the hub may be in the middle of a broadcast.
            drop(self.inbox.send(Message::Input(Input::Disconnect(connection))));
        }
    }

    fn publish(&self) {
        let (in_memory, loaded) = self.hub.documents_in_memory();
        let gauges = Gauges {
            counters: self.hub.counters().clone(),
            in_memory,
            loaded,
        };
        if let Some(slot) = lock(&self.parts.gauges).get_mut(self.parts.number) {
            *slot = gauges;
        }
    }

    fn stop(self) {
        for outbox in self.outboxes.values() {
            outbox.close(close::RESTART, "the server restarts", false);
        }
        if let Some(stopped) = self.stopping {
            // Whoever waits may have given up.
            stopped.send(()).unwrap_or_default();
        }
    }
}

fn ask<T>(worker: &Sender<T>, work: T) {
    if worker.send(work).is_err() {
        tracing::error!("a worker thread has ended");
    }
}
