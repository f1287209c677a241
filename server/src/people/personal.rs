//! What is stored of a person, given to them or taken away.

use super::session::{DeviceRow, SessionRow};
use super::{Digest, People, PeopleError, PersonRow};
use crate::hub::rows::{self, AuditRow, CollectionRow, Part, ParticipantRow, RunRow};
use crate::store::{Store, Table, Transaction, Write};
use samverk_shared::ids::{CollectionId, ParticipantId, PersonId};
use serde::Serialize;
use std::collections::BTreeSet;

/// Everything that is stored of one person, beside the documents they wrote in.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct PersonalData {
    pub person: PersonRow,
    pub participants: Vec<ParticipantRow>,
    /// Unix seconds: begun, last used.
    pub sessions: Vec<[u64; 2]>,
    /// Unix seconds in which a browser, or a link back, came to be known.
    pub devices: Vec<u64>,
    /// Which changes of which documents they wrote.
    pub written: Vec<Written>,
    /// What they decided.
    pub acts: Vec<AuditRow>,
    /// The collections they take part in, where that is still known.
    pub collections: Vec<Taken>,
}

/// A part in a collection.
#[derive(Debug, Serialize)]
#[allow(missing_docs)]
pub struct Taken {
    pub collection: CollectionId,
    #[serde(flatten)]
    pub part: Part,
}

/// A run of changes.
#[derive(Debug, Serialize)]
pub struct Written {
    /// `document/actor/sequence from`.
    pub changes: String,
    /// Until when, by whom and when.
    #[serde(flatten)]
    pub run: RunRow,
}

impl PersonalData {
    /// Reads it all; takes as long as the store is large.
    pub fn of(store: &dyn Store, person: &PersonRow) -> Result<PersonalData, PeopleError> {
        let mut participants = Vec::new();
        let (mut acts, mut collections) = (Vec::new(), Vec::new());
        let ids: BTreeSet<ParticipantId> = person.participants.values().cloned().collect();
        for (workshop, id) in &person.participants {
            let key = rows::key(&[workshop.as_str(), id.as_str()]);
            if let Some(record) = store.get(Table::Participants, &key)? {
                participants.push(rows::read(&key, &record)?);
            }
            for (key, record) in store.scan(Table::Audit, &format!("{workshop}/"))? {
                let row: AuditRow = rows::read(&key, &record)?;
                if row.by.as_ref() == Some(id) {
                    acts.push(row);
                }
            }
            for (key, record) in store.scan(Table::Collections, &format!("{workshop}/"))? {
                let mut row: CollectionRow = rows::read(&key, &record)?;
                let collection = row.id;
                collections.extend(row.parts.remove(id).map(|part| Taken { collection, part }));
            }
        }
        let mut written = Vec::new();
        for (changes, record) in store.scan(Table::Authorship, "")? {
            let run: RunRow = rows::read(&changes, &record)?;
            let theirs = [&run.author, &run.on_behalf_of, &run.brought_by];
            if theirs.into_iter().flatten().any(|one| ids.contains(one)) {
                written.push(Written { changes, run });
            }
        }
        let sessions = tokens::<SessionRow>(store, Table::Sessions, |row| row.person == person.id)?;
        let devices = tokens::<DeviceRow>(store, Table::Devices, |row| row.person == person.id)?;
        Ok(PersonalData {
            person: person.clone(),
            participants,
            sessions: sessions
                .iter()
                .map(|(_, row)| [row.created_s, row.seen_s])
                .collect(),
            devices: devices.iter().map(|(_, row)| row.created_s).collect(),
            written,
            acts,
            collections,
        })
    }
}

impl People {
    /// Forgets a person: who they are, their sessions and browsers. What they are in workshops was erased before.
    pub async fn erase(&self, person: &PersonId) -> Result<(), PeopleError> {
        let store = self.store.as_ref();
        let sessions = tokens::<SessionRow>(store, Table::Sessions, |row| row.person == *person)?;
        let devices = tokens::<DeviceRow>(store, Table::Devices, |row| row.person == *person)?;
        let mut gone: Transaction = vec![delete(Table::People, person.as_str())];
        gone.extend(sessions.iter().map(|(key, _)| delete(Table::Sessions, key)));
        gone.extend(devices.iter().map(|(key, _)| delete(Table::Devices, key)));
        self.commit(gone).await?;
        for (key, _) in sessions {
            // Nobody listens when nobody is connected.
            self.ended.send(Digest::stored(key)).ok();
        }
        Ok(())
    }
}

fn tokens<Row: serde::de::DeserializeOwned>(
    store: &dyn Store,
    table: Table,
    theirs: impl Fn(&Row) -> bool,
) -> Result<Vec<(String, Row)>, PeopleError> {
    let mut found = Vec::new();
    for (key, record) in store.scan(table, "")? {
        let row: Row = rows::read(&key, &record)?;
        if theirs(&row) {
            found.push((key, row));
        }
    }
    Ok(found)
}

fn delete(table: Table, key: &str) -> Write {
    Write::Delete {
        table,
        key: key.to_owned(),
    }
}
