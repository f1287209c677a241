//! Two workshops, their people and documents, a hub and a store, and chance.

use super::model::{Model, Who};
use automerge::{Change, ChangeHash};
use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use samverk::hub::rows::{self};
use samverk::hub::{
    Caller, Command, CommandId, CommitId, ConnectionId, Hello, Hub, Input, Loading, Opened, Output, Rights,
};
use samverk::store::{Changes, MemoryStore, Records, Store, Table, Transaction, Write, compact};
use samverk_shared::access::{Audience, Grant, State};
use samverk_shared::ids::{DocumentId, SubjectId, WorkshopId};
use samverk_shared::limits::SCHEMA;
use std::collections::{BTreeMap, VecDeque};

/// What the hub is told that is not so, to see that it is noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lie {
    None,
    /// Everybody leads the workshop.
    OneMoreFacilitator,
}

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
    pub(super) lie: Lie,
    pub(super) now: u64,
    pub(super) hub: Hub,
    pub(super) store: MemoryStore,
    pub model: Model,
    pub(super) workshops: Vec<WorkshopId>,
    pub(super) people: Vec<Who>,
    pub(super) subjects: Vec<(WorkshopId, SubjectId)>,
    pub(super) documents: Vec<DocumentId>,
    pub(super) lives: Vec<Live>,
    /// Changes that were brought of late, to be brought again by others.
    pub(super) recent: VecDeque<Change>,
    pub(super) heads: BTreeMap<DocumentId, (Vec<ChangeHash>, u64)>,
    pub(super) opens: VecDeque<DocumentId>,
    pub(super) loads: VecDeque<Loading>,
    pub(super) commits: VecDeque<(CommitId, Transaction)>,
    pub(super) compactions: VecDeque<DocumentId>,
    pub(super) next: u64,
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

    pub(super) fn note_durable(&mut self, transaction: &Transaction) {
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
