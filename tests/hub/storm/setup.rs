//! How a storm begins, and how its server begins again: people, documents, and who stands to what.

use super::messages::change;
use super::model::{Model, Who};
use super::world::{Lie, Storm};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, RngExt, SeedableRng};
use samverk::hub::rows::{self, CatalogueRow, DocumentRow, ParticipantRow, WorkshopRow, key, put};
use samverk::hub::{Hub, HubConfig, Input, WorkshopRows};
use samverk::store::{MemoryStore, Records, Store, Table, Transaction, Write};
use samverk_shared::access::{Audience, Grant, Grants, Kind, State};
use samverk_shared::characteristic::defaults;
use samverk_shared::document::shape;
use samverk_shared::ids::{DocumentId, ParticipantId, PersonId, SubjectId, WorkshopId};
use std::collections::{BTreeMap, VecDeque};

/// How many people and documents the two workshops have.
const PEOPLE: [usize; 2] = [9, 3];
const DOCUMENTS: [usize; 2] = [18, 4];

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
    pub(super) fn grants(&mut self) -> Grants {
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
            shape: 0,
            report: None,
            merged: None,
        };
        // The server writes nothing of its own accord into what has the newest shape.
        row.shape = shape::mark(row.kind, defaults());
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

    pub(super) fn restart(&mut self) {
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

fn hub(seed: u64) -> Hub {
    let mut bytes = [9; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    Hub::new(HubConfig {
        seed: bytes,
        storage_id: "storm".into(),
        open_sync: false,
    })
}
