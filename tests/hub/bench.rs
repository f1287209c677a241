//! A hub on the bench: its inputs are given one by one, its outputs are kept to be looked at.

use crate::tab::Tab;
use automerge::{Automerge, Change, ChangeHash};
use samverk::firewall::read_changes;
use samverk::hub::rows::{self, ParticipantRow, WorkshopRow};
use samverk::hub::{
    Answer, Caller, Command, CommandError, CommandId, CommitId, ConnectionId, Hello, Hub, HubConfig, Input,
    LinkTerms, Loading, Opened, Output, WorkshopRows,
};
use samverk::store::{Changes, MemoryStore, ReadError, Records, Store, Table, Transaction, Write, compact};
use samverk::wire::{self, News};
use samverk_shared::access::{Grant, Grants, State};
use samverk_shared::ids::{DocumentId, LinkId, ParticipantId, PersonId, SubjectId, WorkshopId};
use samverk_shared::limits::SCHEMA;
use samverk_tests::frames::ServerFrame;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// A frame the hub sent.
#[derive(Debug, Clone)]
pub struct Sent {
    pub frame: ServerFrame,
    pub bytes: Vec<u8>,
    pub presence: bool,
}

/// A hub, its store, and what lies between them.
pub struct Bench {
    pub hub: Hub,
    pub store: MemoryStore,
    pub now: u64,
    pub workshop: WorkshopId,
    /// The case the tests edit.
    pub subject: SubjectId,
    pub case: DocumentId,
    /// What waits for the disk.
    pub commits: VecDeque<(CommitId, Transaction)>,
    pub opens: VecDeque<DocumentId>,
    /// What waits to be read into automerge.
    pub loads: VecDeque<Loading>,
    pub compactions: VecDeque<DocumentId>,
    /// Documents whose views were told to be out of date.
    pub changed: Vec<DocumentId>,
    pub closed: BTreeMap<ConnectionId, u16>,
    inboxes: BTreeMap<ConnectionId, VecDeque<Sent>>,
    answers: BTreeMap<CommandId, Result<Answer, CommandError>>,
    durable: BTreeMap<DocumentId, BTreeSet<ChangeHash>>,
    open_sync: bool,
    next: u64,
}

impl Bench {
    /// A workshop with one case and nobody in it.
    pub fn new() -> Bench {
        let mut bench = Bench::bare(false);
        bench.done(Command::CreateWorkshop {
            title: "Benk".into(),
            purpose: "Floke".into(),
            facilitator: None,
        });
        (bench.subject, bench.case) = bench.new_case("Nabohjelp");
        bench
    }

    /// A hub in open mode, without workshops.
    pub fn open_sync() -> Bench {
        Bench::bare(true)
    }

    fn bare(open_sync: bool) -> Bench {
        Bench {
            hub: hub(open_sync, 0),
            store: MemoryStore::new(),
            now: 1_000_000,
            workshop: WorkshopId::from_random([1; 16]),
            subject: SubjectId::from_random([0; 16]),
            case: DocumentId::from_random([9; 16]),
            commits: VecDeque::new(),
            opens: VecDeque::new(),
            loads: VecDeque::new(),
            compactions: VecDeque::new(),
            changed: Vec::new(),
            closed: BTreeMap::new(),
            inboxes: BTreeMap::new(),
            answers: BTreeMap::new(),
            durable: BTreeMap::new(),
            open_sync,
            next: 0,
        }
    }

    /// A further case.
    pub fn new_case(&mut self, name: &str) -> (SubjectId, DocumentId) {
        match self.done(Command::CreateCase { name: name.into() }) {
            Answer::Case {
                subject, document, ..
            } => (subject, document),
            other => panic!("{other:?}"),
        }
    }

    /// Gives the hub one input.
    pub fn give(&mut self, input: Input) {
        let mut out = Vec::new();
        self.hub.handle(input, self.now, &mut out);
        out.into_iter().for_each(|output| self.take(output));
    }

    fn take(&mut self, output: Output) {
        match output {
            Output::Send {
                connection,
                frame,
                presence,
            } => self.take_frame(connection, &frame, presence),
            Output::Tell { to, news, .. } => {
                let frame = News::frame(self.hub.server_id(), "told", &[news]);
                to.iter()
                    .for_each(|connection| self.take_frame(*connection, &frame, false));
            }
            Output::Close { connection, code, .. } => drop(self.closed.insert(connection, code)),
            Output::Open(document) => self.opens.push_back(document),
            Output::Load(loading) => self.loads.push_back(loading),
            Output::Commit(id, transaction) => self.commits.push_back((id, transaction)),
            Output::Answer(id, answer) => drop(self.answers.insert(id, answer)),
            Output::Changed(_, document, _) => self.changed.push(document),
            Output::Compact(document) => self.compactions.push_back(document),
        }
    }

    /// Whatever a test is about, A1 holds in it.
    fn take_frame(&mut self, connection: ConnectionId, bytes: &[u8], presence: bool) {
        assert!(!self.closed.contains_key(&connection), "a frame after the close");
        let frame = ServerFrame::read(bytes);
        if frame.kind == "sync" {
            let durable = self.durable.entry(frame.document()).or_default();
            let early = frame
                .sync()
                .heads
                .into_iter()
                .find(|head| !durable.contains(head));
            assert_eq!(early, None, "A1: heads were named that are not durable");
        }
        let sent = Sent {
            frame,
            bytes: bytes.to_vec(),
            presence,
        };
        self.inboxes.entry(connection).or_default().push_back(sent);
    }
}

/// Steps.
impl Bench {
    /// Works through the queues; what is to be read into automerge is read at once.
    pub fn run(&mut self) {
        self.give(Input::Run);
        while let Some(loading) = self.loads.pop_front() {
            self.give(loading.load());
            self.give(Input::Run);
        }
    }

    /// Time passes.
    pub fn tick(&mut self, ms: u64) {
        self.now += ms;
        self.give(Input::Tick);
    }

    /// What waits becomes durable.
    pub fn commit(&mut self) {
        if self.commits.is_empty() {
            return;
        }
        let (ids, transactions): (Vec<_>, Vec<_>) = self.commits.drain(..).unzip();
        let results = self.store.commit(&transactions).expect("memory does not fail");
        transactions
            .iter()
            .for_each(|transaction| self.note_durable(transaction));
        for (id, result) in ids.into_iter().zip(results) {
            self.give(Input::Committed(
                id,
                result.map_err(|conflict| conflict.to_string()),
            ));
        }
    }

    /// What waits is never stored.
    pub fn commit_fails(&mut self) {
        for (id, _) in std::mem::take(&mut self.commits) {
            self.give(Input::Committed(id, Err("the disk is full".into())));
        }
    }

    fn note_durable(&mut self, transaction: &Transaction) {
        for write in transaction {
            if let Write::Append { document, bytes, .. } = write {
                let changes = read_changes(&[bytes]).expect("only well-formed changes are stored");
                self.durable
                    .entry(*document)
                    .or_default()
                    .extend(changes.iter().map(Change::hash));
            }
        }
    }

    /// The store answers what it was asked to read.
    pub fn open(&mut self) {
        while let Some(document) = self.opens.pop_front() {
            let row = self
                .store
                .get(Table::Documents, &document.to_string())
                .expect("memory does not fail");
            let place = row.map(|row| rows::read("", &row).expect("the hub's own row"));
            let opened = match self.store.load(document) {
                Ok(Some(stored)) => Opened::Found(stored, place),
                Ok(None) => Opened::Missing,
                Err(ReadError::Quarantined { reason, .. }) => Opened::Quarantined(reason),
                Err(error) => panic!("memory does not fail: {error}"),
            };
            self.give(Input::Opened(document, opened));
        }
    }

    /// The snapshots that were asked for are made.
    pub fn compact(&mut self) {
        while let Some(document) = self.compactions.pop_front() {
            let stored = self
                .store
                .load(document)
                .expect("memory does not fail")
                .expect("a document");
            let snapshot = compact::snapshot(&stored).expect("a document that loads");
            let write = Write::Compact {
                document,
                covers: stored.meta,
                snapshot,
            };
            self.store.commit(&[vec![write]]).expect("memory does not fail");
            let meta = self
                .store
                .meta(document)
                .expect("memory does not fail")
                .expect("a document");
            self.give(Input::Compacted(document, meta));
        }
    }

    /// The hub works until it waits for people. Time passes where work waits for its turn.
    pub fn rest(&mut self) {
        const ROUNDS_MAX: u32 = 1_000;
        const ROUND_MS: u64 = 25;
        for _ in 0..ROUNDS_MAX {
            self.run();
            if self.opens.is_empty() && self.commits.is_empty() {
                if !self.hub.work_waits() {
                    return;
                }
                self.now += ROUND_MS;
            }
            self.open();
            self.commit();
        }
        panic!("the hub never comes to rest");
    }

    /// A new process finds this store.
    pub fn restart(&mut self, store: MemoryStore) {
        self.next += 1;
        self.hub = hub(self.open_sync, self.next);
        self.store = store;
        self.commits.clear();
        self.opens.clear();
        self.loads.clear();
        self.compactions.clear();
        self.inboxes.clear();
        self.durable.clear();
        for document in self.store.documents().expect("memory does not fail") {
            if let Ok(Some(stored)) = self.store.load(document)
                && let Ok(changes) = read_changes(&[&stored.bytes()])
            {
                self.durable
                    .insert(document, changes.iter().map(Change::hash).collect());
            }
        }
        for (key, record) in self
            .store
            .scan(Table::Workshops, "")
            .expect("memory does not fail")
        {
            let row: WorkshopRow = rows::read(&key, &record).expect("the hub's own row");
            let rows = WorkshopRows::load(&self.store, row).expect("the hub's own rows");
            self.give(Input::Workshop(Box::new(rows)));
        }
    }
}

/// Commands.
impl Bench {
    /// Gives a command as the runtime does: with the answer that is stored under its key.
    pub fn command(&mut self, by: Caller, command: Command, key: Option<&str>) -> CommandId {
        self.next += 1;
        let id = CommandId(self.next);
        let stored = |key| {
            let key = rows::key(&[self.workshop.as_str(), key]);
            let record = self
                .store
                .get(Table::Idempotency, &key)
                .expect("memory does not fail")?;
            Some(rows::read(&key, &record).expect("the hub's own row"))
        };
        let earlier = key.and_then(stored);
        let (workshop, key) = (self.workshop.clone(), key.map(str::to_owned));
        self.give(Input::Command {
            id,
            workshop,
            by,
            command,
            key,
            earlier,
        });
        id
    }

    pub fn answer(&mut self, id: CommandId) -> Option<Result<Answer, CommandError>> {
        self.answers.remove(&id)
    }

    /// Gives a command and lets everything come to rest.
    pub fn decided(&mut self, by: Caller, command: Command) -> Result<Answer, CommandError> {
        let id = self.command(by, command, None);
        self.rest();
        self.answer(id).expect("an answer")
    }

    /// Gives a command by the server, which is not refused.
    pub fn done(&mut self, command: Command) -> Answer {
        self.decided(Caller::Server, command).expect("not refused")
    }

    pub fn set_grants(&mut self, participant: &ParticipantId, grants: impl Into<Grants>) {
        let (participant, grants) = (participant.clone(), grants.into());
        self.done(Command::SetRights {
            participant,
            rights: grants.into(),
        });
    }

    pub fn set_state(&mut self, state: State) {
        let subject = self.subject.clone();
        self.done(Command::SetState { subject, state });
    }

    pub fn new_link(&mut self, grant: Grant) -> LinkId {
        self.new_link_with(grant, LinkTerms::default())
    }

    pub fn new_link_with(&mut self, grant: Grant, terms: LinkTerms) -> LinkId {
        self.next += 1;
        let command = Command::CreateLink {
            rights: grant.into(),
            label: "til dere".into(),
            secret_digests: vec![format!("digest {}", self.next)],
            terms,
        };
        match self.done(command) {
            Answer::Link { link } => link,
            other => panic!("{other:?}"),
        }
    }

    /// A person who came by a link.
    pub fn person_by(&mut self, link: &LinkId, name: &str) -> ParticipantId {
        let command = join(link, name);
        match self.done(command) {
            Answer::Participant { participant, .. } => participant,
            other => panic!("{other:?}"),
        }
    }

    /// A person with a link of their own.
    pub fn person(&mut self, name: &str, grant: Grant) -> ParticipantId {
        let link = self.new_link(grant);
        self.person_by(&link, name)
    }
}

pub fn join(link: &LinkId, name: &str) -> Command {
    let mut person = [b'0'; 16];
    person
        .iter_mut()
        .zip(name.bytes())
        .for_each(|(to, from)| *to = from);
    Command::Join {
        link: link.clone(),
        person: PersonId::from_random(person),
        name: name.into(),
        actor_group: "kommune".into(),
        organisation: String::new(),
    }
}

/// Connections.
impl Bench {
    /// A tab of our client, with the case not yet open.
    pub fn tab(&mut self, participant: &ParticipantId) -> Tab {
        self.next += 1;
        let peer = format!("{participant}.{}", self.next);
        let mut tab = Tab::new(self.next as u8, peer, Some(participant.clone()), true, self.case);
        self.connect(&mut tab);
        tab
    }

    /// A client that knows nothing of ours.
    pub fn stock(&mut self, participant: &ParticipantId) -> Tab {
        self.next += 1;
        let peer = format!("stock-{}", self.next);
        let mut tab = Tab::new(self.next as u8, peer, Some(participant.clone()), false, self.case);
        self.connect(&mut tab);
        tab
    }

    /// Somebody in open mode.
    pub fn anybody(&mut self) -> Tab {
        self.next += 1;
        let mut tab = Tab::new(
            self.next as u8,
            format!("peer-{}", self.next),
            None,
            false,
            self.case,
        );
        self.connect(&mut tab);
        tab
    }

    /// Tabs that have the case open and hold all of it.
    pub fn open_tabs<const N: usize>(&mut self, people: [&ParticipantId; N]) -> [Tab; N] {
        let mut tabs = people.map(|participant| self.tab(participant));
        tabs.iter_mut().for_each(|tab| self.sync(tab));
        self.sync_all(&mut tabs.each_mut());
        tabs
    }

    /// Connects or connects again: a new connection, with nothing known of what the server has.
    pub fn connect(&mut self, tab: &mut Tab) {
        let hello = Hello {
            workshop: tab.participant.as_ref().map(|_| self.workshop.clone()),
            participant: tab.participant.clone(),
            peer_id: tab.peer.clone(),
            samverk: tab.samverk,
            schema: SCHEMA,
        };
        self.connect_as(tab, hello);
    }

    pub fn connect_as(&mut self, tab: &mut Tab, hello: Hello) {
        self.next += 1;
        tab.begin(ConnectionId(self.next));
        self.give(Input::Connect(tab.connection, hello));
        if tab.samverk && tab.claims {
            self.frame(tab.connection, &tab.claim());
        }
    }

    pub fn disconnect(&mut self, tab: &Tab) {
        self.give(Input::Disconnect(tab.connection));
        self.inboxes.remove(&tab.connection);
    }

    /// A frame arrives as bytes, as at the socket.
    pub fn frame(&mut self, connection: ConnectionId, bytes: &[u8]) {
        let frame = wire::decode(bytes).expect("a well-formed frame");
        self.give(Input::Frame(connection, frame));
    }

    /// A sync message arrives.
    pub fn message(&mut self, tab: &Tab, message: &[u8]) {
        let frame = wire::sync(&tab.peer, "server", tab.document, message);
        self.frame(tab.connection, &frame);
    }

    /// The tab sends what it has to say; true when that was something.
    pub fn push(&mut self, tab: &mut Tab) -> bool {
        let mut spoke = false;
        while let Some(frame) = tab.next_frame() {
            self.frame(tab.connection, &frame);
            spoke = true;
        }
        spoke
    }

    /// Everything that was sent to the tab and not yet looked at, unread by it.
    pub fn sent(&mut self, tab: &Tab) -> Vec<Sent> {
        self.inboxes.remove(&tab.connection).unwrap_or_default().into()
    }

    /// Like `sent`, of one type.
    pub fn sent_of(&mut self, tab: &Tab, kind: &str) -> Vec<ServerFrame> {
        let sent = self.sent(tab).into_iter().map(|sent| sent.frame);
        sent.filter(|frame| frame.kind == kind).collect()
    }

    /// The tab reads what was sent to it.
    pub fn pull(&mut self, tab: &mut Tab) -> Vec<ServerFrame> {
        let frames: Vec<_> = self.sent(tab).into_iter().map(|sent| sent.frame).collect();
        frames.iter().for_each(|frame| tab.receive(frame));
        frames
    }

    /// Hub and tab talk until both are silent.
    pub fn sync(&mut self, tab: &mut Tab) {
        self.sync_all(&mut [tab]);
    }

    /// Hub and tabs talk until all are silent.
    pub fn sync_all(&mut self, tabs: &mut [&mut Tab]) {
        const ROUNDS_MAX: u32 = 100;
        for _ in 0..ROUNDS_MAX {
            let mut spoke = false;
            for tab in tabs.iter_mut() {
                spoke |= self.push(tab);
            }
            self.rest();
            for tab in tabs.iter_mut() {
                spoke |= !self.pull(tab).is_empty();
            }
            if !spoke {
                return;
            }
        }
        panic!("they never fall silent");
    }
}

/// What is stored.
impl Bench {
    /// The case as it would be read from the disk.
    pub fn stored(&self) -> Automerge {
        let stored = self
            .store
            .load(self.case)
            .expect("memory does not fail")
            .expect("a document");
        Automerge::load(&stored.bytes()).expect("it loads")
    }

    pub fn stores(&self, key: &str) -> bool {
        use automerge::ReadDoc;
        self.stored().get(automerge::ROOT, key).expect("a map").is_some()
    }

    pub fn counter(&self, name: &str) -> u64 {
        self.hub.counters().get(name).copied().unwrap_or_default()
    }

    pub fn participant_row(&self, participant: &ParticipantId) -> ParticipantRow {
        let key = rows::key(&[self.workshop.as_str(), participant.as_str()]);
        let record = self
            .store
            .get(Table::Participants, &key)
            .expect("memory does not fail")
            .expect("a row");
        rows::read(&key, &record).expect("the hub's own row")
    }
}

fn hub(open_sync: bool, number: u64) -> Hub {
    let mut seed = [7; 32];
    seed[..8].copy_from_slice(&number.to_le_bytes());
    Hub::new(HubConfig {
        seed,
        storage_id: "bench".into(),
        open_sync,
    })
}
