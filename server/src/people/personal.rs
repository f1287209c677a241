//! What is stored of a person, given to them or taken away.

use super::device::DeviceRow;
use super::session::{SessionRow, delete};
use super::{Account, Digest, People, PeopleError, PersonRow};
use crate::hub::rows::{self, AuditRow, CollectionRow, Part, ParticipantRow, RunRow};
use crate::store::{Table, Transaction};
use samverk_shared::ids::{CollectionId, ParticipantId, PersonId};
use serde::Serialize;
use std::collections::BTreeSet;

/// Everything that is stored of one person, beside the documents they wrote in.
#[derive(Debug, Serialize)]
#[allow(missing_docs, private_interfaces)]
pub struct PersonalData {
    pub person: PersonRow,
    pub participants: Vec<ParticipantRow>,
    /// How they sign in; what only proves it, such as the hash of a password, is left out.
    pub account: Option<Account>,
    pub sessions: Vec<SessionRow>,
    /// Browsers, and links back, that are known.
    pub devices: Vec<DeviceRow>,
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

impl People {
    /// Reads everything that is stored of a person; takes as long as the store is large.
    pub fn personal_data(&self, person: &PersonRow) -> Result<PersonalData, PeopleError> {
        let store = self.store.as_ref();
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
        let sessions = self.sessions_of(&person.id)?;
        let devices = self.devices_of(&person.id)?;
        Ok(PersonalData {
            person: person.clone(),
            participants,
            account: self.account(&person.id)?,
            sessions: sessions
                .into_iter()
                .map(|(_, row)| row.without_digests())
                .collect(),
            devices: devices.into_iter().map(|(_, row)| row).collect(),
            written,
            acts,
            collections,
        })
    }

    /// Forgets a person: who they are, how they sign in, their sessions and browsers. What they are in workshops was erased before.
    pub async fn erase(&self, person: &PersonId) -> Result<(), PeopleError> {
        let sessions = self.sessions_of(person)?;
        let devices = self.devices_of(person)?;
        let mut gone: Transaction = vec![delete(Table::People, person.as_str())];
        gone.extend(self.account_deletes(person)?);
        gone.extend(sessions.iter().map(|(key, _)| delete(Table::Sessions, key)));
        gone.extend(devices.iter().map(|(key, _)| delete(Table::Devices, key)));
        self.commit(gone).await?;
        for (key, _) in sessions {
            self.tell_ended(Digest::stored(key));
        }
        Ok(())
    }
}
