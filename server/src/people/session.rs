//! Sessions: what a browser's token opens, and how long.

use super::device::{DeviceKind, DeviceRow, device_put, device_row};
use super::token::Before;
use super::{Digest, PUT_TRIES_MAX, People, PeopleError, PersonRow, Secret};
use crate::hub::rows::{self, put_expecting};
use crate::store::{CommitFailure, Conflict, Expect, Table, Transaction, Write};
use samverk_shared::ids::PersonId;
use samverk_shared::limits::{CONFIRMED_S_MAX, SESSION_IDLE_S_MAX, SESSION_S_MAX, SESSION_SEEN_S_MAX};
use serde::{Deserialize, Serialize};

/// `Table::Sessions`, key the digest of its first token, by which the session is known as long as it lasts.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct SessionRow {
    pub person: PersonId,
    pub created_s: u64,
    pub seen_s: u64,
    /// The name of the browser.
    #[serde(default)]
    pub browser: String,
    /// The digest of the device it came from, where there is one.
    #[serde(default)]
    pub device: Option<String>,
    /// When the person last showed who they are; `None` where they were only known again.
    #[serde(default)]
    pub confirmed_s: Option<u64>,
    /// The digest of the token that opens it; `None` as long as that is its first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// The token before, for a moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Before>,
    /// What the person may, as of the token; `None` in a row of an older server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rights: Option<String>,
}

impl SessionRow {
    fn ends_s(&self) -> u64 {
        let used = self.seen_s.saturating_add(SESSION_IDLE_S_MAX);
        used.min(self.created_s.saturating_add(SESSION_S_MAX))
    }

    /// Without what names rows that open something.
    pub fn without_digests(self) -> SessionRow {
        SessionRow {
            device: None,
            token: None,
            before: None,
            rights: None,
            ..self
        }
    }

    /// Whether it is over.
    pub fn over(&self, now_s: u64) -> bool {
        now_s >= self.ends_s()
    }
}

/// What a browser is given for a person.
#[derive(Debug)]
pub struct Tokens {
    /// Opens the session.
    pub session: Secret,
    /// Gives a new session when the old one is over; `None` where the browser has one already, or is not to be known.
    pub device: Option<Secret>,
}

/// Somebody whose session is valid.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// Who.
    pub person: PersonRow,
    /// Which session, whatever its token.
    pub session: Digest,
    /// The digest of the device it came from.
    pub device: Option<String>,
    /// When they last showed who they are.
    confirmed_s: Option<u64>,
    /// What they might when the token was given.
    pub(super) rights: Option<String>,
    /// When the session ends whatever happens, in Unix seconds.
    pub ends_s: u64,
}

impl Visitor {
    /// Whether they showed a moment ago who they are, and were not only known again.
    pub fn confirmed(&self, now_s: u64) -> bool {
        self.confirmed_s
            .is_some_and(|at_s| now_s < at_s.saturating_add(CONFIRMED_S_MAX))
    }
}

/// How a session begins in a browser, and what of that browser's past ends with it.
#[derive(Debug, Default)]
pub struct Opening {
    /// The session the browser had.
    pub ends: Option<Digest>,
    /// The device it had.
    pub had: Option<Secret>,
    /// Whether the browser is to be known again.
    pub remember: bool,
    /// Whether the person has shown who they are, and was not only known again.
    pub confirmed: bool,
    /// The name of the browser.
    pub browser: String,
}

impl People {
    /// A session for a person, with a new token. The session that the browser had is over, so that nobody who knew its
    /// token gets what the new one opens; a device that was somebody else's is forgotten.
    pub async fn open_session(
        &self,
        person: &PersonRow,
        opening: Opening,
        now_s: u64,
    ) -> Result<(Visitor, Tokens), PeopleError> {
        let Opening { ends, had, .. } = &opening;
        let mut writes: Transaction = Vec::new();
        writes.extend(ends.iter().map(|ends| delete(Table::Sessions, ends.as_str())));
        let mut device = None;
        if let Some(had) = had {
            let own = self
                .of_device(had, now_s)?
                .is_some_and(|(of, _)| of.id == person.id);
            if own {
                device = Some(had.digest());
            } else {
                writes.push(delete(Table::Devices, had.digest().as_str()));
            }
        }
        let made = if device.is_none() && opening.remember {
            Some(Secret::new()?)
        } else {
            None
        };
        if let Some(made) = &made {
            let row = device_row(&person.id, DeviceKind::Browser, &opening.browser, now_s);
            writes.push(device_put(made, &row));
            device = Some(made.digest());
        }
        let row = SessionRow {
            person: person.id.clone(),
            created_s: now_s,
            seen_s: now_s,
            browser: opening.browser,
            device: device.map(|device| device.as_str().to_owned()),
            confirmed_s: opening.confirmed.then_some(now_s),
            token: None,
            before: None,
            rights: Some(self.rights_now(person)?),
        };
        let session = Secret::new()?;
        writes.push(session_put(&session, &row));
        self.commit(writes).await?;
        if let Some(ends) = opening.ends {
            self.tell_ended(ends);
        }
        let tokens = Tokens {
            session,
            device: made,
        };
        Ok((visitor(person.clone(), tokens.session.digest(), &row), tokens))
    }

    /// Who a session token stands for; `None` when it is none or over.
    pub async fn visitor(&self, token: &Secret, now_s: u64) -> Result<Option<Visitor>, PeopleError> {
        let Some((digest, row, record)) = self.session_of(&token.digest(), now_s)? else {
            return Ok(None);
        };
        if row.over(now_s) {
            return Ok(None);
        }
        if now_s.saturating_sub(row.seen_s) > SESSION_SEEN_S_MAX {
            let seen = SessionRow {
                seen_s: now_s,
                ..row.clone()
            };
            self.change_session(&digest, &seen, record.revision).await?;
        }
        let person = self.person(&row.person)?;
        Ok(person.map(|person| visitor(person, digest, &row)))
    }

    /// Whether a session was not ended.
    pub fn is_open(&self, session: &Digest) -> Result<bool, PeopleError> {
        Ok(self.store.get(Table::Sessions, session.as_str())?.is_some())
    }

    /// Notes that the person of a session has shown who they are.
    pub async fn confirm(&self, visitor: &Visitor, now_s: u64) -> Result<(), PeopleError> {
        let digest = &visitor.session;
        let Some((row, record)) = self.get::<SessionRow>(Table::Sessions, digest.as_str())? else {
            return Ok(());
        };
        let confirmed = SessionRow {
            confirmed_s: Some(now_s),
            ..row
        };
        self.change_session(digest, &confirmed, record.revision).await
    }

    /// A new session for a device that is known; `None` when it is not, or was forgotten.
    pub async fn renew_session(
        &self,
        device: &Secret,
        now_s: u64,
    ) -> Result<Option<(Visitor, Tokens)>, PeopleError> {
        for _ in 0..PUT_TRIES_MAX {
            match self.renew_once(device, now_s).await {
                // Another tab of the same browser renewed at the same moment.
                Err(error) if is_conflict(&error) => continue,
                done => return done,
            }
        }
        Err(PeopleError::Contended(device.digest().as_str().to_owned()))
    }

    async fn renew_once(
        &self,
        device: &Secret,
        now_s: u64,
    ) -> Result<Option<(Visitor, Tokens)>, PeopleError> {
        let key = device.digest().as_str().to_owned();
        let Some((row, record)) = self.get::<DeviceRow>(Table::Devices, &key)? else {
            return Ok(None);
        };
        if row.over(now_s) || row.kind == DeviceKind::SignInLink {
            return Ok(None);
        }
        let Some(person) = self.person(&row.person)? else {
            return Ok(None);
        };
        let session = SessionRow {
            person: person.id.clone(),
            created_s: now_s,
            seen_s: now_s,
            browser: row.browser.clone(),
            device: Some(key.clone()),
            confirmed_s: None,
            token: None,
            before: None,
            rights: Some(self.rights_of(&person)?),
        };
        let used = DeviceRow {
            used_s: Some(now_s),
            ..row
        };
        let token = Secret::new()?;
        // A device that was forgotten at the same moment gives nothing.
        let both = vec![
            put_expecting(Table::Devices, key, &used, Expect::Revision(record.revision)),
            session_put(&token, &session),
        ];
        self.commit(both).await?;
        let tokens = Tokens {
            session: token,
            device: None,
        };
        Ok(Some((visitor(person, tokens.session.digest(), &session), tokens)))
    }

    /// Ends a session, its connections with it, and forgets the device when there is one.
    pub async fn end_session(&self, session: &Digest, device: Option<&Secret>) -> Result<(), PeopleError> {
        let mut writes = vec![delete(Table::Sessions, session.as_str())];
        if let Some(device) = device {
            writes.push(delete(Table::Devices, device.digest().as_str()));
        }
        self.commit(writes).await?;
        self.tell_ended(session.clone());
        Ok(())
    }

    /// Removes the rows of sessions, tokens and devices that are over.
    pub async fn sweep(&self, now_s: u64) -> Result<usize, PeopleError> {
        let mut over: Transaction = self.tokens_over(now_s)?;
        for (key, record) in self.store.scan(Table::Sessions, "")? {
            if rows::read::<SessionRow>(&key, &record)?.over(now_s) {
                over.push(delete(Table::Sessions, &key));
            }
        }
        for (key, record) in self.store.scan(Table::Devices, "")? {
            if rows::read::<DeviceRow>(&key, &record)?.over(now_s) {
                over.push(delete(Table::Devices, &key));
            }
        }
        let count = over.len();
        if count > 0 {
            self.commit(over).await?;
        }
        Ok(count)
    }

    /// Ends the connections that were opened with a session.
    pub(super) fn tell_ended(&self, session: Digest) {
        // Nobody listens when nobody is connected.
        self.ended.send(session).ok();
    }

    /// A session that was ended at the same moment stays ended: the put names the revision it read.
    pub(super) async fn change_session(
        &self,
        digest: &Digest,
        row: &SessionRow,
        revision: u64,
    ) -> Result<(), PeopleError> {
        let expect = Expect::Revision(revision);
        let put = put_expecting(Table::Sessions, digest.as_str().to_owned(), row, expect);
        match self.commit(vec![put]).await {
            Err(error) if is_conflict(&error) => Ok(()),
            done => done,
        }
    }
}

fn visitor(person: PersonRow, session: Digest, row: &SessionRow) -> Visitor {
    Visitor {
        person,
        session,
        device: row.device.clone(),
        confirmed_s: row.confirmed_s,
        rights: row.rights.clone(),
        ends_s: row.created_s.saturating_add(SESSION_S_MAX),
    }
}

pub(super) fn is_conflict(error: &PeopleError) -> bool {
    matches!(
        error,
        PeopleError::Commit(CommitFailure::Conflict(Conflict::Revision { .. }))
    )
}

fn session_put(token: &Secret, row: &SessionRow) -> Write {
    let key = token.digest().as_str().to_owned();
    put_expecting(Table::Sessions, key, row, Expect::Absent)
}

pub(super) fn delete(table: Table, key: &str) -> Write {
    Write::Delete {
        table,
        key: key.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(seen_s: u64) -> SessionRow {
        SessionRow {
            person: PersonId::from_random([1; 16]),
            created_s: 1000,
            seen_s,
            browser: String::new(),
            device: None,
            confirmed_s: None,
            token: None,
            before: None,
            rights: None,
        }
    }

    #[test]
    fn h11_a_session_ends_after_eight_idle_hours_and_after_a_day_whatever_happens() {
        let idle = session(1000);
        assert!(!idle.over(1000 + SESSION_IDLE_S_MAX - 1) && idle.over(1000 + SESSION_IDLE_S_MAX));
        let busy = session(1000 + SESSION_S_MAX - 1);
        assert!(!busy.over(1000 + SESSION_S_MAX - 1) && busy.over(1000 + SESSION_S_MAX));
    }
}
