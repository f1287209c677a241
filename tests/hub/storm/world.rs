//! Two workshops, their people and documents, a hub and a store, and chance.

use super::messages::change;
use super::model::{Model, Who};
use automerge::{Change, ChangeHash};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, RngExt, SeedableRng};
use samverk::hub::rows::{self, CatalogueRow, DocumentRow, ParticipantRow, WorkshopRow, key, put};
use samverk::hub::{
    Caller, Command, CommandId, CommitId, ConnectionId, Hello, Hub, HubConfig, Input, Loading, Opened,
    Output, Rights, WorkshopRows,
};
use samverk::store::{Changes, MemoryStore, Records, Store, Table, Transaction, Write, compact};
use samverk_shared::access::{Audience, Grant, Grants, Kind, State};
use samverk_shared::ids::{DocumentId, ParticipantId, PersonId, SubjectId, WorkshopId};
use samverk_shared::limits::SCHEMA;
use std::collections::{BTreeMap, VecDeque};

/// What the hub is told that is not so, to see that it is noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lie {
    None,
    /// Everybody leads the workshop.
    OneMoreFacilitator,
}

/// How many people and documents the two workshops have.
const PEOPLE: [usize; 2] = [9, 3];
const DOCUMENTS: [usize; 2] = [18, 4];
/// Connections that are kept up.
const CONNECTIONS: usize = 20;
/// Every so many steps the server starts again, and who owns or was invited to what is another.
const RESTART_EVERY: u64 = 2_000;

/// A connection, as its client knows it.
#[derive(Debug, Clone)]
pub(super) struct Live {
    pub id: ConnectionId,
    pub peer: String,
}

pub struct Storm {
    pub(super) rng: StdRng,
    lie: Lie,
    pub(super) now: u64,
    hub: Hub,
    store: MemoryStore,
    pub model: Model,
    workshops: Vec<WorkshopId>,
    people: Vec<Who>,
    subjects: Vec<(WorkshopId, SubjectId)>,
    pub(super) documents: Vec<DocumentId>,
    pub(super) lives: Vec<Live>,
    /// Changes that were brought of late, to be brought again by others.
    pub(super) recent: VecDeque<Change>,
    pub(super) heads: BTreeMap<DocumentId, (Vec<ChangeHash>, u64)>,
    opens: VecDeque<DocumentId>,
    loads: VecDeque<Loading>,
    commits: VecDeque<(CommitId, Transaction)>,
    compactions: VecDeque<DocumentId>,
    pub(super) next: u64,
}

/// Setting up.
impl Storm {
    pub fn new(seed: u64, lie: Lie) -> Storm {
        let mut storm = Storm {
            rng: StdRng::seed_from_u64(seed),
            lie,
            now: 1_000_000,
            hub: hub(seed),
            store: MemoryStore::new(),
            model: Model::default(),
            workshops: Vec::new(),
            people: Vec::new(),
            subjects: Vec::new(),
            documents: Vec::new(),
            lives: Vec::new(),
            recent: VecDeque::new(),
            heads: BTreeMap::new(),
            opens: VecDeque::new(),
            loads: VecDeque::new(),
            commits: VecDeque::new(),
            compactions: VecDeque::new(),
            next: 0,
        };
        for (people, documents) in PEOPLE.into_iter().zip(DOCUMENTS) {
            storm.add_workshop(people, documents);
        }
        storm.start();
        storm
    }

    pub(super) fn random_id(&mut self) -> [u8; 16] {
        let mut bytes = [0; 16];
        self.rng.fill_bytes(&mut bytes);
        bytes
    }

    fn add_workshop(&mut self, people: usize, documents: usize) {
        let id = WorkshopId::from_random(self.random_id());
        let row = WorkshopRow {
            id: id.clone(),
            title: "Storm".into(),
            purpose: String::new(),
            created_ms: 0,
        };
        let mut writes = vec![put(Table::Workshops, id.to_string(), &row)];
        for _ in 0..people {
            let row = self.participant();
            writes.push(put(
                Table::Participants,
                key(&[id.as_str(), row.id.as_str()]),
                &row,
            ));
            self.people.push(Who {
                workshop: id.clone(),
                participant: row.id,
            });
        }
        self.workshops.push(id.clone());
        for _ in 0..documents {
            writes.extend(self.document(&id));
        }
        self.store
            .commit(&[writes.clone()])
            .expect("memory does not fail");
        self.note_durable(&writes);
    }

    fn participant(&mut self) -> ParticipantRow {
        ParticipantRow {
            id: ParticipantId::from_random(self.random_id()),
            person: PersonId::from_random(self.random_id()),
            name: "Kari".into(),
            actor_group: "kommune".into(),
            organisation: String::new(),
            roles: Default::default(),
            grants: self.grants(),
            link: None,
            waits: None,
            was_in: true,
            joined_ms: 0,
        }
    }

    /// Mostly one grant, now and then several or none.
    fn grants(&mut self) -> Grants {
        let some = *[0, 1, 1, 1, 1, 1, 2, 3].choose(&mut self.rng).expect("some");
        let chosen = (0..some).map(|_| *Grant::ALL.choose(&mut self.rng).expect("some"));
        Grants::from(chosen.collect::<Vec<_>>())
    }

    fn document(&mut self, workshop: &WorkshopId) -> Transaction {
        let about = self
            .rng
            .random_bool(0.5)
            .then(|| self.subjects.last().cloned())
            .flatten();
        let mut row = CatalogueRow {
            subject: SubjectId::from_random(self.random_id()),
            document: DocumentId::from_random(self.random_id()),
            kind: *Kind::ALL.choose(&mut self.rng).expect("some"),
            audience: *Audience::ALL.choose(&mut self.rng).expect("some"),
            state: *[
                State::Open,
                State::Open,
                State::Open,
                State::Closed,
                State::Archived,
            ]
            .choose(&mut self.rng)
            .expect("some"),
            owner: None,
            invited: Vec::new(),
            earlier: Vec::new(),
            schema_min: 1,
            code: String::new(),
            about: about
                .filter(|(here, _)| here == workshop)
                .map(|(_, subject)| subject),
        };
        self.relate(workshop, &mut row);
        self.next += 1;
        let first = change(self.next, Vec::new(), 1);
        let place = DocumentRow {
            workshop: workshop.clone(),
            subject: row.subject.clone(),
            replaced: false,
        };
        self.subjects.push((workshop.clone(), row.subject.clone()));
        self.documents.push(row.document);
        vec![
            Write::Append {
                document: row.document,
                bytes: first.raw_bytes().to_vec().into(),
                heads: vec![first.hash()],
            },
            put(Table::Documents, row.document.to_string(), &place),
            put(
                Table::Catalogue,
                key(&[workshop.as_str(), row.subject.as_str()]),
                &row,
            ),
        ]
    }

    /// Chooses who a document's owner is, and who is invited.
    fn relate(&mut self, workshop: &WorkshopId, row: &mut CatalogueRow) {
        let here: Vec<ParticipantId> = self
            .people
            .iter()
            .filter(|who| who.workshop == *workshop)
            .map(|who| who.participant.clone())
            .collect();
        row.owner = self
            .rng
            .random_bool(0.5)
            .then(|| here.choose(&mut self.rng).expect("some").clone());
        row.invited = here.into_iter().filter(|_| self.rng.random_bool(0.2)).collect();
    }

    /// A new process finds the store.
    fn start(&mut self) {
        self.next += 1;
        self.hub = hub(self.next);
        self.lives.clear();
        self.opens.clear();
        self.loads.clear();
        self.commits.clear();
        self.compactions.clear();
        self.model.reload(&self.store);
        for (key, record) in self
            .store
            .scan(Table::Workshops, "")
            .expect("memory does not fail")
        {
            let row: WorkshopRow = rows::read(&key, &record).expect("its own row");
            let mut rows = WorkshopRows::load(&self.store, row).expect("its own rows");
            if self.lie == Lie::OneMoreFacilitator {
                rows.participants
                    .iter_mut()
                    .for_each(|row| row.grants = Grant::Facilitator.into());
            }
            self.give(Input::Workshop(Box::new(rows)));
        }
    }

    fn restart(&mut self) {
        let mut writes = Vec::new();
        for (key, record) in self
            .store
            .scan(Table::Catalogue, "")
            .expect("memory does not fail")
        {
            let mut row: CatalogueRow = rows::read(&key, &record).expect("its own row");
            if self.rng.random_bool(0.3) {
                let workshop = key
                    .split('/')
                    .next()
                    .and_then(|id| id.parse().ok())
                    .expect("a workshop");
                self.relate(&workshop, &mut row);
                writes.push(put(Table::Catalogue, key, &row));
            }
        }
        self.store.commit(&[writes]).expect("memory does not fail");
        self.start();
    }
}

/// Blowing.
impl Storm {
    /// Gives the hub so many messages, and lets everything else happen in between.
    pub fn blow(&mut self, messages: u64) {
        let mut left = messages;
        let mut steps = 0;
        while left > 0 {
            steps += 1;
            match self.rng.random_range(0..100) {
                0..66 => {
                    self.message();
                    left -= 1;
                }
                66..82 => self.give(Input::Run),
                82..90 => self.work(),
                90..93 => self.tick(),
                93..96 => self.command(),
                _ => self.come_or_go(),
            }
            if steps % RESTART_EVERY == 0 {
                self.restart();
            }
        }
        for _ in 0..100 {
            self.give(Input::Run);
            self.work();
            self.tick();
        }
    }

    pub(super) fn give(&mut self, input: Input) {
        let outputs = self.handle(input);
        self.take(outputs);
    }

    fn handle(&mut self, input: Input) -> Vec<Output> {
        let mut outputs = Vec::new();
        self.hub.handle(input, self.now, &mut outputs);
        self.model.judge(&outputs);
        outputs
    }

    fn take(&mut self, outputs: Vec<Output>) {
        for output in outputs {
            match output {
                Output::Open(document) => self.opens.push_back(document),
                Output::Load(loading) => self.loads.push_back(loading),
                Output::Commit(id, transaction) => self.commits.push_back((id, transaction)),
                Output::Compact(document) => self.compactions.push_back(document),
                Output::Close { connection, .. } => self.lives.retain(|live| live.id != connection),
                _ => {}
            }
        }
    }

    /// Disk and loader do what they were asked for, now the one, now the other.
    fn work(&mut self) {
        match self.rng.random_range(0..4) {
            0 => {
                while let Some(document) = self.opens.pop_front() {
                    self.open(document);
                }
            }
            1 => {
                while let Some(loading) = self.loads.pop_front() {
                    self.give(loading.load());
                }
            }
            2 => {
                for (id, transaction) in std::mem::take(&mut self.commits) {
                    let results = self.store.commit(std::slice::from_ref(&transaction));
                    let result = results.expect("memory does not fail").pop().expect("one result");
                    self.note_durable(&transaction);
                    self.give(Input::Committed(
                        id,
                        result.map_err(|conflict| conflict.to_string()),
                    ));
                }
            }
            _ => {
                while let Some(document) = self.compactions.pop_front() {
                    self.compact(document);
                }
            }
        }
    }

    fn open(&mut self, document: DocumentId) {
        let row = self
            .store
            .get(Table::Documents, &document.to_string())
            .expect("memory does not fail");
        let place = row.map(|row| rows::read("", &row).expect("its own row"));
        let opened = match self.store.load(document) {
            Ok(Some(stored)) => Opened::Found(stored, place),
            Ok(None) => Opened::Missing,
            Err(error) => panic!("nothing is damaged here: {error}"),
        };
        self.give(Input::Opened(document, opened));
    }

    fn compact(&mut self, document: DocumentId) {
        let Ok(Some(stored)) = self.store.load(document) else {
            return;
        };
        let write = Write::Compact {
            document,
            covers: stored.meta.clone(),
            snapshot: compact::snapshot(&stored).expect("it loads"),
        };
        self.store.commit(&[vec![write]]).expect("memory does not fail");
        let meta = self
            .store
            .meta(document)
            .expect("memory does not fail")
            .expect("a document");
        self.give(Input::Compacted(document, meta));
    }

    fn note_durable(&mut self, transaction: &Transaction) {
        self.model.is_durable(transaction);
        for write in transaction {
            if let Write::Append {
                document,
                bytes,
                heads,
            } = write
            {
                let changes = samverk::firewall::read_changes(&[bytes]).expect("well-formed");
                let last = changes.iter().map(Change::max_op).max().unwrap_or(1);
                if !self.documents.contains(document) {
                    self.documents.push(*document);
                }
                let known = self.heads.entry(*document).or_default();
                *known = (heads.clone(), known.1.max(last));
            }
        }
    }

    fn tick(&mut self) {
        self.now += *[1, 20, 300, 3_000].choose(&mut self.rng).expect("some");
        self.give(Input::Tick);
    }

    fn come_or_go(&mut self) {
        if self.lives.len() < CONNECTIONS || self.rng.random_bool(0.3) {
            return self.come();
        }
        let at = self.rng.random_range(0..self.lives.len());
        let live = self.lives.swap_remove(at);
        self.model.disconnects(live.id);
        self.give(Input::Disconnect(live.id));
    }

    pub(super) fn come(&mut self) {
        self.next += 1;
        let who = self.people.choose(&mut self.rng).expect("some").clone();
        let samverk = self.rng.random_bool(0.8);
        let peer = match samverk {
            true => format!("{}.{}", who.participant, self.next),
            false => format!("stock-{}", self.next),
        };
        let live = Live {
            id: ConnectionId(self.next),
            peer,
        };
        self.model.connects(live.id, who.clone(), &live.peer);
        let hello = Hello {
            workshop: Some(who.workshop),
            participant: Some(who.participant),
            peer_id: live.peer.clone(),
            samverk,
            schema: SCHEMA,
        };
        self.lives.push(live.clone());
        self.give(Input::Connect(live.id, hello));
    }

    fn command(&mut self) {
        self.next += 1;
        let (workshop, subject) = self.subjects.choose(&mut self.rng).expect("some").clone();
        let here = self.people.iter().filter(|who| who.workshop == workshop);
        let here: Vec<Who> = here.cloned().collect();
        let whom = here.choose(&mut self.rng).expect("some").participant.clone();
        let by = self
            .rng
            .random_bool(0.4)
            .then(|| here.choose(&mut self.rng).expect("some").clone());
        let command = match self.rng.random_range(0..20) {
            0..7 => Command::SetRights {
                participant: whom,
                rights: Rights::from(self.grants()),
            },
            7..12 => Command::SetState {
                subject,
                state: *State::ALL.choose(&mut self.rng).expect("some"),
            },
            12..17 => Command::SetAudience {
                subject,
                audience: *Audience::ALL[..3].choose(&mut self.rng).expect("some"),
            },
            17..19 => Command::Replace { subject },
            _ => Command::CreateCase { name: "Ny".into() },
        };
        let grants = by.as_ref().map(|who| self.model.grants_of(who));
        let makes = matches!(command, Command::CreateCase { .. });
        let allowed = grants.is_none_or(|g| g.has(Grant::Facilitator) || (makes && g.has(Grant::Editor)));
        let input = Input::Command {
            id: CommandId(self.next),
            workshop,
            by: by.map_or(Caller::Server, |who| Caller::Participant(who.participant)),
            command,
            key: None,
            earlier: None,
        };
        let outputs = self.handle(input);
        if !allowed {
            self.model.judge_forbidden(&outputs);
        }
        self.take(outputs);
    }
}

fn hub(seed: u64) -> Hub {
    let mut bytes = [9; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    Hub::new(HubConfig {
        seed: bytes,
        storage_id: "storm".into(),
        open_sync: false,
    })
}
