//! Sessions, and devices that may have a new one.

use super::{Digest, People, PeopleError, PersonRow, Secret};
use crate::hub::rows::{self, put_expecting};
use crate::store::{CommitFailure, Conflict, Expect, Table, Transaction, Write};
use samverk_shared::ids::PersonId;
use samverk_shared::limits::{DEVICE_S_MAX, SESSION_IDLE_S_MAX, SESSION_S_MAX, SESSION_SEEN_S_MAX};
use serde::{Deserialize, Serialize};

/// `Table::Sessions`, key the digest of the token.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct SessionRow {
    pub person: PersonId,
    pub created_s: u64,
    pub seen_s: u64,
}

/// `Table::Devices`, key the digest of the token.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct DeviceRow {
    pub person: PersonId,
    pub created_s: u64,
}

impl SessionRow {
    fn ends_s(&self) -> u64 {
        let used = self.seen_s.saturating_add(SESSION_IDLE_S_MAX);
        used.min(self.created_s.saturating_add(SESSION_S_MAX))
    }
}

/// What a browser is given for a person.
#[derive(Debug)]
pub struct Tokens {
    /// Opens the session.
    pub session: Secret,
    /// Gives a new session when the old one is over; `None` where the browser has one already.
    pub device: Option<Secret>,
}

/// Somebody whose session is valid.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// Who.
    pub person: PersonRow,
    /// Which session.
    pub session: Digest,
    /// When the session ends whatever happens, in Unix seconds.
    pub ends_s: u64,
}

impl People {
    /// A session and a device for a person.
    pub async fn open_session(&self, person: &PersonId, now_s: u64) -> Result<Tokens, PeopleError> {
        let (session, device) = (Secret::new()?, Secret::new()?);
        let both = vec![
            session_put(&session, person, now_s),
            device_put(&device, person, now_s),
        ];
        self.commit(both).await?;
        Ok(Tokens {
            session,
            device: Some(device),
        })
    }

    /// A device that is not there yet: its token brings the person back from wherever it is taken.
    pub async fn add_device(&self, person: &PersonId, now_s: u64) -> Result<Secret, PeopleError> {
        let device = Secret::new()?;
        self.commit(vec![device_put(&device, person, now_s)]).await?;
        Ok(device)
    }

    /// The person of a device; `None` when it is not known, or was forgotten.
    pub fn of_device(&self, device: &Secret, now_s: u64) -> Result<Option<PersonRow>, PeopleError> {
        let Some((row, _)) = self.get::<DeviceRow>(Table::Devices, device.digest().as_str())? else {
            return Ok(None);
        };
        if now_s >= row.created_s.saturating_add(DEVICE_S_MAX) {
            return Ok(None);
        }
        self.person(&row.person)
    }

    /// Who a session token stands for; `None` when it is none or over.
    pub async fn visitor(&self, token: &Secret, now_s: u64) -> Result<Option<Visitor>, PeopleError> {
        let digest = token.digest();
        let Some((row, record)) = self.get::<SessionRow>(Table::Sessions, digest.as_str())? else {
            return Ok(None);
        };
        if now_s >= row.ends_s() {
            return Ok(None);
        }
        if now_s.saturating_sub(row.seen_s) > SESSION_SEEN_S_MAX {
            self.note_use(&digest, &row, record.revision, now_s).await?;
        }
        let ends_s = row.created_s.saturating_add(SESSION_S_MAX);
        let person = self.person(&row.person)?;
        Ok(person.map(|person| Visitor {
            person,
            session: digest,
            ends_s,
        }))
    }

    /// A new session for a device that is known; `None` when it is not, or was forgotten.
    pub async fn renew_session(
        &self,
        device: &Secret,
        now_s: u64,
    ) -> Result<Option<(Visitor, Tokens)>, PeopleError> {
        let Some(person) = self.of_device(device, now_s)? else {
            return Ok(None);
        };
        let session = Secret::new()?;
        self.commit(vec![session_put(&session, &person.id, now_s)])
            .await?;
        let ends_s = now_s.saturating_add(SESSION_S_MAX);
        let visitor = Visitor {
            person,
            session: session.digest(),
            ends_s,
        };
        Ok(Some((
            visitor,
            Tokens {
                session,
                device: None,
            },
        )))
    }

    /// Ends a session, its connections with it, and forgets the device when there is one.
    pub async fn end_session(&self, session: &Digest, device: Option<&Secret>) -> Result<(), PeopleError> {
        let mut writes = vec![delete(Table::Sessions, session.as_str())];
        if let Some(device) = device {
            writes.push(delete(Table::Devices, device.digest().as_str()));
        }
        self.commit(writes).await?;
        // Nobody listens when nobody is connected.
        self.ended.send(session.clone()).ok();
        Ok(())
    }

    /// Removes the rows of sessions and devices that are over.
    pub async fn sweep(&self, now_s: u64) -> Result<usize, PeopleError> {
        let mut over: Transaction = Vec::new();
        for (key, record) in self.store.scan(Table::Sessions, "")? {
            if rows::read::<SessionRow>(&key, &record)?.ends_s() <= now_s {
                over.push(delete(Table::Sessions, &key));
            }
        }
        for (key, record) in self.store.scan(Table::Devices, "")? {
            let row: DeviceRow = rows::read(&key, &record)?;
            if row.created_s.saturating_add(DEVICE_S_MAX) <= now_s {
                over.push(delete(Table::Devices, &key));
            }
        }
        let count = over.len();
        if count > 0 {
            self.commit(over).await?;
        }
        Ok(count)
    }

    /// A session that was ended at the same moment stays ended: the put names the revision it read.
    async fn note_use(
        &self,
        digest: &Digest,
        row: &SessionRow,
        revision: u64,
        now_s: u64,
    ) -> Result<(), PeopleError> {
        let seen = SessionRow {
            seen_s: now_s,
            ..row.clone()
        };
        let expect = Expect::Revision(revision);
        let put = put_expecting(Table::Sessions, digest.as_str().to_owned(), &seen, expect);
        match self.commit(vec![put]).await {
            Err(PeopleError::Commit(CommitFailure::Conflict(Conflict::Revision { .. }))) => Ok(()),
            done => done,
        }
    }
}

fn session_put(token: &Secret, person: &PersonId, now_s: u64) -> Write {
    let row = SessionRow {
        person: person.clone(),
        created_s: now_s,
        seen_s: now_s,
    };
    put_expecting(
        Table::Sessions,
        token.digest().as_str().to_owned(),
        &row,
        Expect::Absent,
    )
}

fn device_put(token: &Secret, person: &PersonId, now_s: u64) -> Write {
    let row = DeviceRow {
        person: person.clone(),
        created_s: now_s,
    };
    let key = token.digest().as_str().to_owned();
    put_expecting(Table::Devices, key, &row, Expect::Absent)
}

fn delete(table: Table, key: &str) -> Write {
    Write::Delete {
        table,
        key: key.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_after_eight_idle_hours_and_after_a_day_whatever_happens() {
        let person = PersonId::from_random([1; 16]);
        let idle = SessionRow {
            person: person.clone(),
            created_s: 1000,
            seen_s: 1000,
        };
        assert_eq!(idle.ends_s(), 1000 + SESSION_IDLE_S_MAX);
        let busy = SessionRow {
            person,
            created_s: 1000,
            seen_s: 1000 + SESSION_S_MAX - 1,
        };
        assert_eq!(busy.ends_s(), 1000 + SESSION_S_MAX);
    }
}
