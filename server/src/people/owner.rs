//! The server's owner: one person, who came by a link that works once.

use super::{People, PeopleError, PersonRow, Secret};
use crate::hub::rows::{put, put_expecting};
use crate::store::{CommitFailure, Conflict, Expect, Table};
use samverk_shared::ids::PersonId;
use serde::{Deserialize, Serialize};

const OWNER: &str = "owner";
/// `Table::Server`, key of the owner link.
pub const OWNER_LINK: &str = "owner-link";

/// `Table::Server`, key `owner`.
#[derive(Debug, Serialize, Deserialize)]
struct OwnerRow {
    person: PersonId,
}

/// `Table::Server`, key `owner-link`: the newest owner link.
#[derive(Debug, Serialize, Deserialize)]
struct OwnerLinkRow {
    digest: String,
    used: bool,
}

impl People {
    /// Whether an owner link was ever made.
    pub fn has_owner_link(&self) -> Result<bool, PeopleError> {
        Ok(self.get::<OwnerLinkRow>(Table::Server, OWNER_LINK)?.is_some())
    }

    /// Makes a link to become the owner, in place of the one before.
    pub async fn make_owner_link(&self) -> Result<Secret, PeopleError> {
        let secret = Secret::new()?;
        let row = OwnerLinkRow {
            digest: secret.digest().as_str().to_owned(),
            used: false,
        };
        self.commit(vec![put(Table::Server, OWNER_LINK.to_owned(), &row)])
            .await?;
        Ok(secret)
    }

    /// Whether a person owns the server.
    pub fn is_owner(&self, person: &PersonId) -> Result<bool, PeopleError> {
        let owner = self.get::<OwnerRow>(Table::Server, OWNER)?;
        Ok(owner.is_some_and(|(row, _)| row.person == *person))
    }

    /// Uses the owner link up. The owner is who was it before, else who asks, else somebody new.
    /// `None` when the link was used already or is none.
    pub async fn use_owner_link(
        &self,
        secret: &Secret,
        asks: Option<PersonRow>,
        now_s: u64,
    ) -> Result<Option<PersonRow>, PeopleError> {
        let Some((link, record)) = self.get::<OwnerLinkRow>(Table::Server, OWNER_LINK)? else {
            return Ok(None);
        };
        let digest = secret.digest();
        if link.used || link.digest != digest.as_str() {
            return Ok(None);
        }
        let person = match (self.owner()?, asks) {
            (Some(owner), _) => owner,
            (None, Some(asks)) => asks,
            (None, None) => self.add_person(now_s).await?,
        };
        let used = OwnerLinkRow { used: true, ..link };
        let owner = OwnerRow {
            person: person.id.clone(),
        };
        let both = vec![
            put_expecting(
                Table::Server,
                OWNER_LINK.to_owned(),
                &used,
                Expect::Revision(record.revision),
            ),
            put(Table::Server, OWNER.to_owned(), &owner),
        ];
        match self.commit(both).await {
            Ok(()) => Ok(Some(person)),
            Err(PeopleError::Commit(CommitFailure::Conflict(Conflict::Revision { .. }))) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn owner(&self) -> Result<Option<PersonRow>, PeopleError> {
        match self.get::<OwnerRow>(Table::Server, OWNER)? {
            Some((row, _)) => self.person(&row.person),
            None => Ok(None),
        }
    }
}
