//! The tokens of a session. It gets a new one when what its person may in a workshop has changed, so that whoever knew
//! the token before does not come by the new rights; the session itself, with its connections, goes on.

use super::session::{SessionRow, delete, is_conflict};
use super::{Digest, People, PeopleError, PersonRow, Secret, Visitor, rows_of};
use crate::hub::rows::put_expecting;
use crate::store::{Expect, Record, Table, Transaction};
use samverk_shared::limits::TOKEN_OVERLAP_S;
use serde::{Deserialize, Serialize};

/// `Table::Tokens`, key the digest of the token.
#[derive(Debug, Serialize, Deserialize)]
struct TokenRow {
    /// The key of the session it opens, or opened.
    session: String,
}

/// A token that was replaced.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Before {
    /// Its digest.
    token: String,
    /// Until when it still opens the session, in Unix seconds.
    until_s: u64,
}

impl SessionRow {
    fn current<'a>(&'a self, session: &'a Digest) -> &'a str {
        self.token.as_deref().unwrap_or(session.as_str())
    }

    fn before(&self, now_s: u64) -> Option<&str> {
        let before = self.before.as_ref().filter(|before| now_s < before.until_s);
        before.map(|before| before.token.as_str())
    }
}

impl People {
    /// The session that a token opens at this moment, with its key.
    pub(super) fn session_of(
        &self,
        token: &Digest,
        now_s: u64,
    ) -> Result<Option<(Digest, SessionRow, Record)>, PeopleError> {
        let mut session = token.clone();
        let mut found = self.get::<SessionRow>(Table::Sessions, session.as_str())?;
        if found.is_none()
            && let Some((later, _)) = self.get::<TokenRow>(Table::Tokens, token.as_str())?
        {
            session = Digest::stored(later.session);
            found = self.get(Table::Sessions, session.as_str())?;
        }
        let opens = |row: &SessionRow| {
            row.current(&session) == token.as_str() || row.before(now_s) == Some(token.as_str())
        };
        let found = found.filter(|(row, _)| opens(row));
        Ok(found.map(|(row, record)| (session, row, record)))
    }

    /// A new token for the session of somebody who may something else than when it got its token; `None` where nothing
    /// has changed, and where another request has just been given one.
    pub async fn renew_token(
        &self,
        visitor: &Visitor,
        token: &Secret,
        now_s: u64,
    ) -> Result<Option<Secret>, PeopleError> {
        let rights = self.rights_of(&visitor.person)?;
        if visitor.rights.as_ref() == Some(&rights) {
            return Ok(None);
        }
        let (session, token) = (&visitor.session, token.digest());
        let Some((row, record)) = self.get::<SessionRow>(Table::Sessions, session.as_str())? else {
            return Ok(None);
        };
        if row.rights.is_none() {
            let known = SessionRow {
                rights: Some(rights),
                ..row
            };
            self.change_session(session, &known, record.revision).await?;
            return Ok(None);
        }
        if row.current(session) != token.as_str() || row.before(now_s).is_some() {
            return Ok(None);
        }
        let new = Secret::new()?;
        let mut writes: Transaction = Vec::new();
        writes.extend(
            row.before
                .iter()
                .map(|before| delete(Table::Tokens, &before.token)),
        );
        let until_s = now_s.saturating_add(TOKEN_OVERLAP_S);
        let renewed = SessionRow {
            token: Some(new.digest().as_str().to_owned()),
            before: Some(Before {
                token: token.as_str().to_owned(),
                until_s,
            }),
            rights: Some(rights),
            ..row
        };
        let expect = Expect::Revision(record.revision);
        writes.push(put_expecting(
            Table::Sessions,
            session.as_str().to_owned(),
            &renewed,
            expect,
        ));
        let of = TokenRow {
            session: session.as_str().to_owned(),
        };
        let key = new.digest().as_str().to_owned();
        writes.push(put_expecting(Table::Tokens, key, &of, Expect::Absent));
        match self.commit(writes).await {
            Ok(()) => Ok(Some(new)),
            Err(error) if is_conflict(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// What a person may at this moment: they may have come into a workshop since their row was read.
    pub(super) fn rights_now(&self, person: &PersonRow) -> Result<String, PeopleError> {
        let now = self.person(&person.id)?;
        self.rights_of(now.as_ref().unwrap_or(person))
    }

    /// What a person is and may, in all their workshops, as something to compare.
    pub(super) fn rights_of(&self, person: &PersonRow) -> Result<String, PeopleError> {
        let mut digest = blake3::Hasher::new();
        for workshop in person.participants.keys() {
            if let Some(row) = self.known(person, workshop)? {
                digest.update(format!("{workshop} {:?} {:?}\n", row.roles, row.grants).as_bytes());
            }
        }
        Ok(digest.finalize().to_hex().to_string())
    }

    /// Takes away the tokens that open nothing any more.
    pub(super) fn tokens_over(&self, now_s: u64) -> Result<Transaction, PeopleError> {
        let mut over: Transaction = Vec::new();
        for (key, row) in rows_of::<TokenRow>(self.store.as_ref(), Table::Tokens)? {
            let session = Digest::stored(row.session);
            let found = self.get::<SessionRow>(Table::Sessions, session.as_str())?;
            let opens = found.is_some_and(|(row, _)| {
                row.current(&session) == key || row.before(now_s) == Some(key.as_str())
            });
            if !opens {
                over.push(delete(Table::Tokens, &key));
            }
        }
        Ok(over)
    }
}
