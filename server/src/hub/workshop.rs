//! One workshop's rows in memory, and what they say of rights.

use super::rows::{
    self, ActorRow, BadRow, CatalogueRow, CharacteristicsRow, CollectionRow, DocumentRow, LinkRow,
    ParticipantRow, SettledRow, WorkshopRow,
};
use super::{Hello, Hub, Millis, Output};
use crate::store::{Record, Records, StoreError, Table};
use crate::wire::Notice;
use samverk_shared::access::{Action, Denial, Grant, Grants, Kind, decide};
use samverk_shared::characteristic::{Characteristics, defaults};
use samverk_shared::collection::Ask;
use samverk_shared::ids::{CollectionId, DocumentId, LinkId, ParticipantId, SubjectId, WorkshopId};
use samverk_shared::limits::VIEW_TOLD_EVERY_MS;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// All rows of a workshop, as the store has them.
#[derive(Debug)]
#[allow(missing_docs)]
pub struct WorkshopRows {
    pub workshop: WorkshopRow,
    pub catalogue: Vec<CatalogueRow>,
    pub participants: Vec<ParticipantRow>,
    pub links: Vec<LinkRow>,
    pub actors: Vec<(String, ActorRow)>,
    pub collections: Vec<CollectionRow>,
    pub settled: Vec<SettledRow>,
    pub characteristics: Option<CharacteristicsRow>,
}

/// Why a workshop's rows cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum RowsError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A row cannot be read.
    #[error(transparent)]
    Row(#[from] BadRow),
}

impl WorkshopRows {
    /// Reads a workshop's rows.
    pub fn load(records: &dyn Records, workshop: WorkshopRow) -> Result<WorkshopRows, RowsError> {
        let prefix = format!("{}/", workshop.id);
        Ok(WorkshopRows {
            catalogue: all(records.scan(Table::Catalogue, &prefix)?)?,
            participants: all(records.scan(Table::Participants, &prefix)?)?,
            links: all(records.scan(Table::Links, &prefix)?)?,
            collections: all(records.scan(Table::Collections, &prefix)?)?,
            settled: all(records.scan(Table::Settled, &prefix)?)?,
            characteristics: records
                .get(Table::Characteristics, workshop.id.as_str())?
                .map(|record| rows::read(workshop.id.as_str(), &record))
                .transpose()?,
            actors: records
                .scan(Table::Actors, &prefix)?
                .into_iter()
                .map(|(key, record)| Ok((key[prefix.len()..].to_owned(), rows::read(&key, &record)?)))
                .collect::<Result<_, BadRow>>()?,
            workshop,
        })
    }
}

fn all<T: DeserializeOwned>(records: Vec<(String, Record)>) -> Result<Vec<T>, BadRow> {
    records
        .iter()
        .map(|(key, record)| rows::read(key, record))
        .collect()
}

/// Derived views, by the name under which they are read (rule N4).
pub(super) mod view {
    /// All cases, and the characteristics they are coded by.
    pub const REGISTER: &str = "register";
    /// Which things refer to which.
    pub const USES: &str = "uses";
    /// All collections, and how many have answered.
    pub const COLLECTIONS: &str = "collections";
    /// How far coders have come; only those who lead are told, as a change of `COLLECTIONS`.
    pub const CODERS: &str = "coders";
    /// What is going on now.
    pub const STAGE: &str = "stage";
}

/// A workshop in memory.
pub(super) struct Workshop {
    pub catalogue: BTreeMap<SubjectId, CatalogueRow>,
    pub participants: BTreeMap<ParticipantId, ParticipantRow>,
    pub links: BTreeMap<LinkId, LinkRow>,
    /// Actor id in hex → whose it is.
    pub actors: BTreeMap<String, ParticipantId>,
    pub collections: BTreeMap<CollectionId, CollectionRow>,
    /// What was settled of each double coding: case and characteristic.
    pub settled: BTreeMap<CollectionId, BTreeSet<(SubjectId, String)>>,
    /// What cases are coded by.
    pub characteristics: Arc<Characteristics>,
    /// Codes in use.
    pub codes: BTreeSet<String>,
    /// When it was last noted that somebody was refused what they may not do.
    pub refusals_noted: BTreeMap<ParticipantId, Millis>,
    /// Commands with an idempotency key that wait for their commit.
    pub keys_in_flight: BTreeMap<String, super::CommitId>,
    /// The actor of changes the server makes here.
    pub server_actor: [u8; 16],
    /// Views that changed since their readers were told.
    pub views_changed: BTreeSet<&'static str>,
    /// When the readers of each view were last told.
    pub views_told_ms: BTreeMap<&'static str, Millis>,
}

impl Workshop {
    pub fn new(id: &WorkshopId, storage_id: &str) -> Workshop {
        let digest = blake3::hash(format!("{storage_id}/{id}").as_bytes());
        let mut server_actor = [0; 16];
        server_actor.copy_from_slice(&digest.as_bytes()[..16]);
        Workshop {
            catalogue: BTreeMap::new(),
            participants: BTreeMap::new(),
            links: BTreeMap::new(),
            actors: BTreeMap::new(),
            collections: BTreeMap::new(),
            settled: BTreeMap::new(),
            characteristics: Arc::new(defaults().clone()),
            codes: BTreeSet::new(),
            refusals_noted: BTreeMap::new(),
            keys_in_flight: BTreeMap::new(),
            server_actor,
            views_changed: BTreeSet::new(),
            views_told_ms: BTreeMap::new(),
        }
    }

    pub fn grants(&self, participant: &ParticipantId) -> Grants {
        self.participants
            .get(participant)
            .map_or(Grants::NONE, |row| row.grants)
    }

    pub fn note_settled(&mut self, row: &SettledRow) {
        let settled = self.settled.entry(row.collection.clone()).or_default();
        settled.insert((row.case.clone(), row.characteristic.clone()));
    }

    /// Whether a document is somebody's part of a double coding.
    fn is_coders_part(&self, subject: &SubjectId) -> bool {
        let mut codings = self
            .collections
            .values()
            .filter(|row| matches!(row.question.ask, Ask::Codings { .. }));
        codings.any(|row| row.parts.values().any(|part| part.subject == *subject))
    }

    /// P1, with the rights of this moment.
    pub fn decide(
        &self,
        participant: &ParticipantId,
        row: &CatalogueRow,
        action: Action,
    ) -> Result<(), Denial> {
        decide(
            self.grants(participant),
            row.relation(participant),
            row.facts(),
            action,
        )
    }
}

impl Hub {
    pub(super) fn add_workshop(&mut self, rows: WorkshopRows) {
        let id = rows.workshop.id;
        let mut workshop = Workshop::new(&id, &self.config.storage_id);
        workshop.codes = rows
            .catalogue
            .iter()
            .map(|row| row.code.clone())
            .filter(|c| !c.is_empty())
            .collect();
        for row in &rows.catalogue {
            let place = |replaced| DocumentRow {
                workshop: id.clone(),
                subject: row.subject.clone(),
                replaced,
            };
            self.places.insert(row.document, place(false));
            self.places
                .extend(row.earlier.iter().map(|document| (*document, place(true))));
        }
        workshop.catalogue = rows
            .catalogue
            .into_iter()
            .map(|row| (row.subject.clone(), row))
            .collect();
        workshop.participants = rows
            .participants
            .into_iter()
            .map(|row| (row.id.clone(), row))
            .collect();
        workshop.links = rows.links.into_iter().map(|row| (row.id.clone(), row)).collect();
        workshop.actors = rows
            .actors
            .into_iter()
            .map(|(actor, row)| (actor, row.participant))
            .collect();
        workshop.collections = rows
            .collections
            .into_iter()
            .map(|row| (row.id.clone(), row))
            .collect();
        for row in rows.settled {
            workshop.note_settled(&row);
        }
        if let Some(row) = rows.characteristics {
            workshop.characteristics = Arc::new(row.set);
        }
        self.workshops.insert(id, workshop);
    }

    /// Notes that a document has new durable content: views are out of date, and their readers will be told.
    pub(super) fn changed(
        &mut self,
        id: &WorkshopId,
        document: DocumentId,
        kind: Kind,
        out: &mut Vec<Output>,
    ) {
        let views: &[&str] = match kind {
            Kind::Case => &[view::REGISTER],
            // What the team says of organisations counts in the rows of cases.
            Kind::Register => &[view::REGISTER, view::USES],
            Kind::Team | Kind::Board | Kind::Model => &[view::USES],
            _ => &[],
        };
        if let Some(workshop) = self.workshops.get_mut(id) {
            workshop.views_changed.extend(views);
        }
        if kind == Kind::Sealed
            && let Some(place) = self.places.get(&document)
            && let Some(workshop) = self.workshops.get_mut(id)
            && workshop.is_coders_part(&place.subject)
        {
            workshop.views_changed.insert(view::CODERS);
        }
        out.push(Output::Changed(id.clone(), document, kind));
    }

    /// Tells the readers of views that changed, at most once in `VIEW_TOLD_EVERY_MS` (rule N4).
    pub(super) fn tell_of_views(&mut self, now: Millis, out: &mut Vec<Output>) {
        let mut told = Vec::new();
        for (id, workshop) in &mut self.workshops {
            for view in std::mem::take(&mut workshop.views_changed) {
                let told_ms = workshop.views_told_ms.entry(view).or_default();
                if now < *told_ms + VIEW_TOLD_EVERY_MS {
                    workshop.views_changed.insert(view);
                    continue;
                }
                *told_ms = now;
                told.push((id.clone(), view));
            }
        }
        for (id, view) in told {
            if view == view::CODERS {
                self.tell_who_leads(&id, Notice::View(view::COLLECTIONS), out);
            } else {
                self.notify_workshop(&id, Notice::View(view), out);
            }
        }
    }

    fn tell_who_leads(&mut self, id: &WorkshopId, notice: Notice, out: &mut Vec<Output>) {
        let participants = self.workshops.get(id).map(|workshop| &workshop.participants);
        let leaders: Vec<ParticipantId> = participants
            .into_iter()
            .flat_map(BTreeMap::values)
            .filter(|row| row.grants.has(Grant::Facilitator))
            .map(|row| row.id.clone())
            .collect();
        for leader in leaders {
            for connection in self.connections_of(id, Some(&leader)) {
                self.notify(connection, notice, out);
            }
        }
    }

    /// Whether the person behind a connection may do this with a document.
    pub(super) fn may(
        &self,
        hello: &Hello,
        place: Option<&DocumentRow>,
        action: Action,
    ) -> Result<(), Denial> {
        let (Some(workshop), Some(participant)) = (&hello.workshop, &hello.participant) else {
            let open = self.config.open_sync && place.is_none();
            return if open { Ok(()) } else { Err(Denial::Hidden) };
        };
        let place = place
            .filter(|place| place.workshop == *workshop)
            .ok_or(Denial::Hidden)?;
        let workshop = self.workshops.get(workshop).ok_or(Denial::Hidden)?;
        let row = workshop.catalogue.get(&place.subject).ok_or(Denial::Hidden)?;
        workshop.decide(participant, row, action)
    }

    /// The catalogue row of a document that is its subject's today.
    pub(super) fn row(&self, place: Option<&DocumentRow>) -> Option<&CatalogueRow> {
        let place = place?;
        self.workshops.get(&place.workshop)?.catalogue.get(&place.subject)
    }
}
