//! A whole workshop with faults, from one seed: hub, store, network, clients (invariant S2).

mod client;

pub use client::{Client, Role};

use crate::frames::ServerFrame;
use automerge::{Automerge, Change, ChangeHash};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use samverk::firewall::{SyncMessage, read_changes};
use samverk::hub::rows::{self, CatalogueRow, WorkshopRow};
use samverk::hub::{
    Answer, Caller, Command, CommandId, CommitId, ConnectionId, Hello, Hub, HubConfig, Input, LinkTerms,
    Loading, Opened, Output, WorkshopRows,
};
use samverk::store::memory::Fault;
use samverk::store::{
    Changes, MemoryStore, Meta, ReadError, Records, Store, Table, Transaction, Write, compact,
};
use samverk::wire::{self, News};
use samverk_shared::access::{Grant, Grants, Kind, State};
use samverk_shared::ids::{DocumentId, LinkId, ParticipantId, PersonId, SubjectId, WorkshopId};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// What a store may do wrong, or what the harness does wrong on purpose to see that it is noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lie {
    /// Nothing.
    None,
    /// Commits are acknowledged before they are stored, and some never are.
    AcknowledgeEarly,
    /// Whoever should only read may write.
    EverybodyWrites,
}

/// How wild a run is.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// Steps before the faults end.
    pub steps: u32,
    /// The harness's own defect.
    pub lie: Lie,
}

/// One run.
pub struct World {
    /// The seed it came from.
    pub seed: u64,
    rng: ChaCha8Rng,
    plan: Plan,
    now: u64,
    hub: Hub,
    store: MemoryStore,
    workshop: WorkshopId,
    subjects: Vec<SubjectId>,
    link: LinkId,
    /// The clients, each with or without a connection.
    pub clients: Vec<Client>,
    commits: VecDeque<(CommitId, Transaction)>,
    opens: VecDeque<DocumentId>,
    loads: VecDeque<Loading>,
    compactions: VecDeque<DocumentId>,
    answers: BTreeMap<CommandId, Result<Answer, samverk::hub::CommandError>>,
    next: u64,
    durable: BTreeMap<DocumentId, BTreeSet<ChangeHash>>,
    /// Everything that was sent, as a digest: the same seed gives the same.
    pub trace: blake3::Hasher,
    /// What went wrong.
    pub broken: Vec<String>,
    /// Restarts so far.
    pub restarts: u32,
}

impl World {
    /// A workshop with two cases and a handful of people, before anything goes wrong.
    ///
    /// # Panics
    /// When the workshop cannot be set up.
    pub fn new(seed: u64, plan: Plan) -> World {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let workshop = WorkshopId::from_random([1; 16]);
        let mut world = World {
            seed,
            plan,
            now: 1_000_000,
            hub: hub(seed, 0),
            store: MemoryStore::new(),
            workshop: workshop.clone(),
            subjects: Vec::new(),
            link: LinkId::from_random([0; 16]),
            clients: Vec::new(),
            commits: VecDeque::new(),
            opens: VecDeque::new(),
            loads: VecDeque::new(),
            compactions: VecDeque::new(),
            answers: BTreeMap::new(),
            next: 1,
            durable: BTreeMap::new(),
            trace: blake3::Hasher::new(),
            broken: Vec::new(),
            restarts: 0,
            rng: ChaCha8Rng::seed_from_u64(rng.next_u64()),
        };
        world.set_up();
        world
    }

    fn set_up(&mut self) {
        let create = Command::CreateWorkshop {
            title: "Sim".into(),
            purpose: "Floke".into(),
            facilitator: None,
        };
        self.command_now(create);
        for name in ["A", "B"] {
            let Answer::Case { subject, .. } = self.command_now(Command::CreateCase { name: name.into() })
            else {
                panic!("a case")
            };
            self.subjects.push(subject);
        }
        let grants = Grants::from(Grant::Viewer);
        let link = Command::CreateLink {
            rights: grants.into(),
            label: String::new(),
            secret_digests: vec!["digest".into()],
            terms: LinkTerms::default(),
        };
        let Answer::Link { link } = self.command_now(link) else {
            panic!("a link")
        };
        self.link = link;
        for (number, role) in Role::CAST.into_iter().enumerate() {
            let participant = self.participant(number as u8, role);
            let client = Client::new(number, role, participant, self.rng.next_u64());
            self.clients.push(client);
        }
    }

    fn participant(&mut self, number: u8, role: Role) -> ParticipantId {
        let join = Command::Join {
            link: self.link.clone(),
            person: PersonId::from_random([role.person(number); 16]),
            name: format!("P{number}"),
            actor_group: "kommune".into(),
            organisation: String::new(),
        };
        let Answer::Participant { participant, .. } = self.command_now(join) else {
            panic!("a participant")
        };
        let grants = self.rightful(role);
        self.command_now(Command::SetRights {
            participant: participant.clone(),
            rights: grants.into(),
        });
        participant
    }

    fn rightful(&self, role: Role) -> Grants {
        if self.plan.lie == Lie::EverybodyWrites {
            Grant::Editor.into()
        } else {
            role.grant().into()
        }
    }

    /// Gives a command by the server and lets it become durable.
    ///
    /// # Panics
    /// When the hub refuses it.
    pub fn command_now(&mut self, command: Command) -> Answer {
        let id = self.command(command);
        self.settle();
        self.answers.remove(&id).expect("an answer").expect("not refused")
    }

    /// Gives a command that only a server that has lost something refuses.
    fn command_soon(&mut self, command: Command) {
        let id = self.command(command);
        self.settle();
        if let Some(Err(error)) = self.answers.remove(&id) {
            self.broken.push(format!("rows were lost: {error}"));
        }
    }

    fn command(&mut self, command: Command) -> CommandId {
        self.next += 1;
        let id = CommandId(self.next);
        let workshop = self.workshop.clone();
        self.handle(Input::Command {
            id,
            workshop,
            by: Caller::Server,
            command,
            key: None,
            earlier: None,
        });
        id
    }

    /// Runs the plan, then ends all faults and lets everybody come back.
    pub fn run(&mut self) {
        (0..self.clients.len()).for_each(|client| self.connect(client));
        self.settle();
        for _ in 0..self.plan.steps {
            self.step();
        }
        self.quiesce();
    }

    fn step(&mut self) {
        self.now += self.below(40);
        match self.below(200) {
            0..40 => self.edit(),
            40..80 => self.deliver_to_hub(),
            80..120 => self.deliver_to_client(),
            120..145 => self.commit_some(),
            145..155 => self.open_one(),
            155..180 => self.handle(Input::Run),
            180..186 => self.connect_or_disconnect(),
            186..190 => self.change_rights(),
            190..192 => self.compact_one(),
            192..194 => self.tick(),
            194..196 => self.set_state_or_replace(),
            196..199 => self.hostile(),
            _ => self.restart(),
        }
    }

    fn below(&mut self, n: u64) -> u64 {
        self.rng.next_u64() % n
    }

    fn some_client(&mut self) -> usize {
        self.below(self.clients.len() as u64) as usize
    }

    fn documents(&self) -> Vec<DocumentId> {
        let key = |subject: &SubjectId| rows::key(&[self.workshop.as_str(), subject.as_str()]);
        let row = |subject| {
            let record = self.store.get(Table::Catalogue, &key(subject)).ok()??;
            rows::read::<CatalogueRow>("", &record).ok()
        };
        self.subjects
            .iter()
            .filter_map(row)
            .map(|row| row.document)
            .collect()
    }

    fn edit(&mut self) {
        let (client, documents, word) = (self.some_client(), self.documents(), self.rng.next_u64());
        if self.clients[client].role == Role::Hostile {
            return;
        }
        let document = documents[(word % documents.len() as u64) as usize];
        self.clients[client].edit(document, word);
    }

    fn deliver_to_hub(&mut self) {
        let client = self.some_client();
        let frames = 1 + self.below(4);
        for _ in 0..frames {
            let Some((connection, frame)) = self.clients[client].next_frame() else {
                return;
            };
            let frame = wire::decode(&frame).expect("the harness's own frames are well-formed");
            self.handle(Input::Frame(connection, frame));
        }
    }

    fn deliver_to_client(&mut self) {
        let (client, documents) = (self.some_client(), self.documents());
        let frames = 1 + self.below(4);
        for _ in 0..frames {
            let Some(frame) = self.clients[client].inbox.pop_front() else {
                return;
            };
            let may_write = self.grants(client).has(Grant::Editor);
            self.clients[client].receive(&frame, &documents, may_write);
        }
    }

    fn grants(&self, client: usize) -> Grants {
        let key = rows::key(&[self.workshop.as_str(), self.clients[client].participant.as_str()]);
        let record = self.store.get(Table::Participants, &key).ok().flatten();
        let row = record.and_then(|record| rows::read::<rows::ParticipantRow>("", &record).ok());
        row.map_or(Grants::NONE, |row| row.grants)
    }

    fn commit_some(&mut self) {
        let waiting = self.commits.len() as u64;
        if waiting == 0 {
            return;
        }
        let take = 1 + self.below(waiting) as usize;
        let batch: Vec<(CommitId, Transaction)> = self.commits.drain(..take).collect();
        self.commit(batch);
    }

    fn commit(&mut self, batch: Vec<(CommitId, Transaction)>) {
        let transactions: Vec<Transaction> =
            batch.iter().map(|(_, transaction)| transaction.clone()).collect();
        if self.plan.lie == Lie::AcknowledgeEarly && !self.clients.is_empty() && self.below(4) == 0 {
            return batch
                .into_iter()
                .for_each(|(id, _)| self.handle(Input::Committed(id, Ok(()))));
        }
        match self.store.commit(&transactions) {
            Ok(results) => {
                transactions
                    .iter()
                    .for_each(|transaction| self.note_durable(transaction));
                for ((id, _), result) in batch.into_iter().zip(results) {
                    self.handle(Input::Committed(
                        id,
                        result.map_err(|conflict| conflict.to_string()),
                    ));
                }
            }
            Err(error) => {
                for (id, _) in batch {
                    self.handle(Input::Committed(id, Err(error.to_string())));
                }
                self.restart();
            }
        }
    }

    /// The reference of A1: what is on the disk, change by change.
    fn note_durable(&mut self, transaction: &Transaction) {
        for write in transaction {
            if let Write::Append { document, bytes, .. } = write {
                let changes = read_changes(&[bytes]).expect("only well-formed changes are stored");
                let hashes = self.durable.entry(*document).or_default();
                hashes.extend(changes.iter().map(Change::hash));
            }
        }
    }

    /// A commit that failed may have reached the disk all the same.
    fn note_kept(&mut self) {
        for document in self.store.documents().expect("memory does not fail") {
            let stored = self.store.load(document).ok().flatten();
            let loaded = stored.and_then(|stored| Automerge::load(&stored.bytes()).ok());
            let hashes = loaded
                .iter()
                .flat_map(|loaded| loaded.get_changes(&[]))
                .map(|change| change.hash());
            self.durable.entry(document).or_default().extend(hashes);
        }
    }

    fn open_one(&mut self) {
        if let Some(loading) = self.loads.pop_front() {
            return self.handle(loading.load());
        }
        let Some(document) = self.opens.pop_front() else {
            return;
        };
        let record = self
            .store
            .get(Table::Documents, &document.to_string())
            .expect("memory does not fail");
        let place = record.map(|record| rows::read("", &record).expect("the hub's own row"));
        let opened = match self.store.load(document) {
            Ok(Some(stored)) => Opened::Found(stored, place),
            Ok(None) => Opened::Missing,
            Err(ReadError::Quarantined { reason, .. }) => Opened::Quarantined(reason),
            Err(error) => panic!("memory does not fail: {error}"),
        };
        self.handle(Input::Opened(document, opened));
    }

    fn compact_one(&mut self) {
        let Some(document) = self.compactions.pop_front() else {
            return;
        };
        if let Ok(Some(stored)) = self.store.load(document) {
            let Ok(snapshot) = compact::snapshot(&stored) else {
                return self.broken.push(format!("{document} does not load"));
            };
            // Stored by the same committer, so after whatever waits; what the log has grown by then stays.
            while !self.commits.is_empty() && self.below(2) == 0 {
                self.commit_some();
            }
            let write = Write::Compact {
                document,
                covers: stored.meta,
                snapshot,
            };
            if self.store.commit(&[vec![write]]).is_err() {
                return self.restart();
            }
        }
        let meta = self
            .store
            .meta(document)
            .ok()
            .flatten()
            .unwrap_or_else(Meta::default);
        self.handle(Input::Compacted(document, meta));
    }

    fn tick(&mut self) {
        // Now and then so late that idle documents leave memory.
        self.now += if self.below(3) == 0 { 70_000 } else { 300 };
        self.handle(Input::Tick);
    }

    fn connect_or_disconnect(&mut self) {
        let client = self.some_client();
        let stays = self.below(2) == 0;
        match self.clients[client].connection {
            Some(_) if stays => {}
            Some(connection) => {
                self.clients[client].disconnected();
                self.handle(Input::Disconnect(connection));
            }
            None => self.connect(client),
        }
    }

    fn connect(&mut self, client: usize) {
        self.next += 1;
        let connection = ConnectionId(self.next);
        let documents = self.documents();
        let client = &mut self.clients[client];
        let hello = Hello {
            workshop: Some(self.workshop.clone()),
            participant: Some(client.participant.clone()),
            peer_id: client.peer_id(),
            samverk: client.role.samverk(),
            schema: samverk_shared::limits::SCHEMA,
        };
        client.connected(connection, &documents);
        self.handle(Input::Connect(connection, hello));
    }

    fn change_rights(&mut self) {
        let client = self.some_client();
        if !self.clients[client].role.comes_and_goes() {
            return;
        }
        let grant = [Grant::Editor, Grant::Reviewer, Grant::Viewer][self.below(3) as usize];
        let participant = self.clients[client].participant.clone();
        self.command(Command::SetRights {
            participant,
            rights: grant.into(),
        });
    }

    fn set_state_or_replace(&mut self) {
        let subject = self.below(self.subjects.len() as u64) as usize;
        let subject = self.subjects[subject].clone();
        let command = match self.below(6) {
            0 => Command::Replace { subject },
            1 => Command::SetState {
                subject,
                state: State::Closed,
            },
            _ => Command::SetState {
                subject,
                state: State::Open,
            },
        };
        self.command(command);
    }

    fn hostile(&mut self) {
        let documents = self.documents();
        let word = self.rng.next_u64();
        // A stock client cannot start anew; what it wrote is forged only once others know its actor, as in life.
        let ours = self.clients.iter().filter(|client| client.role.samverk());
        let victims: Vec<Automerge> = ours.filter_map(|c| c.document(documents[0]).cloned()).collect();
        let Some(client) = self.clients.iter_mut().find(|c| c.role == Role::Hostile) else {
            return;
        };
        client.attack(documents[0], &victims, word);
    }

    /// The process ends at this moment and starts again. Commits under way may or may not have reached the disk.
    fn restart(&mut self) {
        self.restarts += 1;
        let reached = self.below(1 + self.commits.len() as u64) as usize;
        let reached: Vec<Transaction> = self
            .commits
            .drain(..reached)
            .map(|(_, transaction)| transaction)
            .collect();
        if self.store.commit(&reached).is_ok() {
            reached
                .iter()
                .for_each(|transaction| self.note_durable(transaction));
        }
        self.commits.clear();
        self.opens.clear();
        self.loads.clear();
        self.compactions.clear();
        self.answers.clear();
        self.clients.iter_mut().for_each(Client::disconnected);
        self.store = self.store.restarted();
        self.note_kept();
        if self.below(4) == 0 {
            let fault = if self.below(2) == 0 {
                Fault::Lost
            } else {
                Fault::Kept
            };
            let commits = 1 + self.below(30);
            self.store.fail_after(commits, fault);
        }
        self.hub = hub(self.seed, self.restarts);
        let records = self
            .store
            .scan(Table::Workshops, "")
            .expect("memory does not fail");
        for (key, record) in records {
            let row: WorkshopRow = rows::read(&key, &record).expect("the hub's own row");
            let rows = WorkshopRows::load(&self.store, row).expect("the hub's own rows");
            self.handle(Input::Workshop(Box::new(rows)));
        }
        // Most come back at once.
        for client in 0..self.clients.len() {
            if self.below(3) > 0 {
                self.connect(client);
            }
        }
    }

    fn handle(&mut self, input: Input) {
        let mut out = Vec::new();
        self.hub.handle(input, self.now, &mut out);
        out.into_iter().for_each(|output| self.execute(output));
    }

    fn deliver(&mut self, connection: ConnectionId, frame: &[u8]) {
        self.trace.update(frame);
        let frame = ServerFrame::read(frame);
        self.check_a1(&frame);
        if let Some(client) = self.clients.iter_mut().find(|c| c.connection == Some(connection)) {
            client.inbox.push_back(frame);
        }
    }

    fn execute(&mut self, output: Output) {
        match output {
            Output::Send {
                connection, frame, ..
            } => self.deliver(connection, &frame),
            Output::Tell { to, news, .. } => {
                let frame = News::frame(self.hub.server_id(), "told", &[news]);
                to.iter().for_each(|connection| self.deliver(*connection, &frame));
            }
            Output::Close { connection, .. } => {
                if let Some(client) = self.clients.iter_mut().find(|c| c.connection == Some(connection)) {
                    client.disconnected();
                }
            }
            Output::Open(document) => self.opens.push_back(document),
            Output::Load(loading) => self.loads.push_back(loading),
            Output::Commit(id, transaction) => self.commits.push_back((id, transaction)),
            Output::Answer(id, answer) => drop(self.answers.insert(id, answer)),
            Output::Compact(document) => self.compactions.push_back(document),
            Output::Changed(_, document, kind) => {
                if kind == Kind::Case && !self.durable.contains_key(&document) {
                    self.broken
                        .push(format!("a view was told of {document} before it was durable"));
                }
            }
        }
    }

    /// A1: every heads the server names, to anybody, are durable.
    fn check_a1(&mut self, frame: &ServerFrame) {
        if frame.kind != "sync" {
            return;
        }
        let durable = self.durable.entry(frame.document()).or_default();
        if let Some(head) = frame.sync().heads.iter().find(|head| !durable.contains(head)) {
            self.broken
                .push(format!("A1: {head} was named and is not durable"));
        }
    }

    /// Lets everything under way finish.
    fn settle(&mut self) {
        const ROUNDS_MAX: u32 = 400;
        for _ in 0..ROUNDS_MAX {
            self.handle(Input::Run);
            let before = self.next;
            let mut moved = self.drain_server();
            for client in 0..self.clients.len() {
                while let Some((connection, frame)) = self.clients[client].next_frame() {
                    let frame = wire::decode(&frame).expect("the harness's own frames are well-formed");
                    self.handle(Input::Frame(connection, frame));
                    moved = true;
                }
            }
            self.handle(Input::Run);
            moved |= self.drain_server();
            let documents = self.documents();
            for client in 0..self.clients.len() {
                while let Some(frame) = self.clients[client].inbox.pop_front() {
                    let may_write = self.grants(client).has(Grant::Editor);
                    self.clients[client].receive(&frame, &documents, may_write);
                    moved = true;
                }
            }
            if !moved && before == self.next {
                return;
            }
        }
        self.broken.push("it never comes to rest".to_owned());
    }

    fn drain_server(&mut self) -> bool {
        let mut moved = false;
        while !self.commits.is_empty() || !self.opens.is_empty() || !self.loads.is_empty() {
            moved = true;
            let batch: Vec<(CommitId, Transaction)> = self.commits.drain(..).collect();
            if !batch.is_empty() {
                self.commit(batch);
            }
            self.open_one();
            self.handle(Input::Run);
        }
        moved
    }

    /// The faults end: rights as at first, documents open, everybody connected, until nothing moves.
    fn quiesce(&mut self) {
        if self.plan.lie == Lie::AcknowledgeEarly {
            self.plan.lie = Lie::None;
        }
        self.store = self.store.restarted();
        self.restart_without_faults();
        for subject in self.subjects.clone() {
            self.command_soon(Command::SetState {
                subject,
                state: State::Open,
            });
        }
        for client in 0..self.clients.len() {
            let participant = self.clients[client].participant.clone();
            let grants = self.rightful(self.clients[client].role);
            self.command_soon(Command::SetRights {
                participant,
                rights: grants.into(),
            });
        }
        for client in 0..self.clients.len() {
            if self.clients[client].connection.is_none() && self.clients[client].role != Role::Hostile {
                self.connect(client);
            }
        }
        self.settle();
    }

    fn restart_without_faults(&mut self) {
        self.restart();
        self.store = self.store.restarted();
    }

    /// What is on the disk in the end, as far as it loads.
    pub fn stored(&self) -> BTreeMap<DocumentId, Automerge> {
        let load = |document: DocumentId| {
            let stored = self.store.load(document).ok()??;
            Some((document, Automerge::load(&stored.bytes()).ok()?))
        };
        self.documents().into_iter().filter_map(load).collect()
    }

    /// How many documents were set aside.
    pub fn quarantined(&self) -> usize {
        self.store.quarantined().expect("memory does not fail").len()
    }
}

fn hub(seed: u64, restarts: u32) -> Hub {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    bytes[8..12].copy_from_slice(&restarts.to_le_bytes());
    Hub::new(HubConfig {
        seed: bytes,
        storage_id: "sim".to_owned(),
        open_sync: false,
    })
}

/// Whether a sync message brings changes.
pub fn brings_changes(data: &[u8]) -> bool {
    SyncMessage::parse(data).is_ok_and(|message| !message.chunks.is_empty())
}
