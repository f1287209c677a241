//! Who people are: persons, how they sign in, their sessions and devices, the owner, tickets.
//!
//! **Invariant:** what they may in a workshop is not decided here but by the hub and `access::decide`.

mod account;
mod browser;
mod device;
mod owner;
mod passkey;
mod password;
mod personal;
mod place;
mod secret;
mod session;
mod sign_in;
mod ticket;
mod token;
mod wrong_codes;
mod wrong_passwords;

pub use account::{Account, AccountError};
pub use browser::browser_name;
pub use device::DeviceKind;
pub use owner::OWNER_LINK;
pub use passkey::{BadPasskey, RelyingParty};
pub use password::{NotHashed, Password};
pub use personal::PersonalData;
pub use place::{Place, is_place, rows_of};
pub use secret::{Digest, NoRandomness, SECRET_CHARS, Secret, random_id};
pub use session::{Opening, Tokens, Visitor};
pub use ticket::Ticket;
pub use wrong_codes::WrongCodes;

use crate::hub::rows::{self, BadRow, LinkRow, LinkSecretRow, ParticipantRow, put_expecting};
use crate::store::{
    CommitFailure, Committer, Conflict, Expect, Record, Store, StoreError, Table, Transaction,
};
use account::PasskeyRow;
use samverk_shared::ids::{ParticipantId, PersonId, WorkshopId};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;
use tokio::sync::{Semaphore, broadcast};

/// How often a put is tried again after somebody else's.
const PUT_TRIES_MAX: usize = 8;
/// Ended sessions that a slow connection may have missed.
const ENDED_WAITING_MAX: usize = 1024;

/// A human being the server knows: `Table::People`, key `person`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRow {
    /// Who.
    pub id: PersonId,
    /// Unix seconds.
    pub created_s: u64,
    /// Who this is in which workshop.
    #[serde(default)]
    pub participants: BTreeMap<WorkshopId, ParticipantId>,
}

/// Why something about a person could not be done.
#[derive(Debug, thiserror::Error)]
pub enum PeopleError {
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The store did not take it.
    #[error(transparent)]
    Commit(#[from] CommitFailure),
    /// A row is not what it should be.
    #[error(transparent)]
    Row(#[from] BadRow),
    /// No secret could be made.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
    /// Too many others changed the same row.
    #[error("the record {0} changes too fast")]
    Contended(String),
}

/// The people of this server.
pub struct People {
    store: Arc<dyn Store>,
    committer: Arc<Committer>,
    tickets: ticket::Tickets,
    passwords: password::Hasher,
    passkeys: passkey::Passkeys,
    wrong_passwords: wrong_passwords::WrongPasswords,
    /// Codes somebody tried in vain.
    pub wrong_codes: WrongCodes,
    /// Lets one person's data be gathered at a time.
    pub exports: Semaphore,
    ended: broadcast::Sender<Digest>,
}

impl People {
    /// The people in a store.
    pub fn new(store: Arc<dyn Store>, committer: Arc<Committer>) -> People {
        let (ended, _) = broadcast::channel(ENDED_WAITING_MAX);
        People {
            store,
            committer,
            tickets: ticket::Tickets::default(),
            passwords: password::Hasher::new(),
            passkeys: passkey::Passkeys::default(),
            wrong_passwords: wrong_passwords::WrongPasswords::default(),
            wrong_codes: WrongCodes::default(),
            exports: Semaphore::new(1),
            ended,
        }
    }

    /// A new person.
    pub async fn add_person(&self, now_s: u64) -> Result<PersonRow, PeopleError> {
        let id = PersonId::from_random(random_id()?);
        let row = PersonRow {
            id,
            created_s: now_s,
            participants: BTreeMap::new(),
        };
        let put = put_expecting(Table::People, row.id.to_string(), &row, Expect::Absent);
        self.commit(vec![put]).await?;
        Ok(row)
    }

    /// A person's row.
    pub fn person(&self, id: &PersonId) -> Result<Option<PersonRow>, PeopleError> {
        Ok(self.get(Table::People, id.as_str())?.map(|(row, _)| row))
    }

    /// Notes which participant a person is in a workshop.
    pub async fn add_participant(
        &self,
        person: &PersonId,
        workshop: &WorkshopId,
        participant: &ParticipantId,
    ) -> Result<(), PeopleError> {
        for _ in 0..PUT_TRIES_MAX {
            let Some((mut row, record)) = self.get::<PersonRow>(Table::People, person.as_str())? else {
                return Ok(());
            };
            row.participants.insert(workshop.clone(), participant.clone());
            let expect = Expect::Revision(record.revision);
            let put = put_expecting(Table::People, person.to_string(), &row, expect);
            match self.commit(vec![put]).await {
                Err(PeopleError::Commit(CommitFailure::Conflict(Conflict::Revision { .. }))) => continue,
                done => return done,
            }
        }
        Err(PeopleError::Contended(person.to_string()))
    }

    /// Who a person is in a workshop; `None` for a stranger, and for who has no grant.
    pub fn participant(
        &self,
        person: &PersonRow,
        workshop: &WorkshopId,
    ) -> Result<Option<ParticipantRow>, PeopleError> {
        let row = self.known(person, workshop)?;
        Ok(row.filter(|row| !row.grants.is_empty()))
    }

    /// The same, with those who have no grant: they wait in the lobby, or are no longer with us.
    pub fn known(
        &self,
        person: &PersonRow,
        workshop: &WorkshopId,
    ) -> Result<Option<ParticipantRow>, PeopleError> {
        let Some(id) = person.participants.get(workshop) else {
            return Ok(None);
        };
        let row =
            self.get::<ParticipantRow>(Table::Participants, &rows::key(&[workshop.as_str(), id.as_str()]))?;
        Ok(row.map(|(row, _)| row).filter(|row| row.person == person.id))
    }

    /// The link a secret opens, revoked or not.
    pub fn link(&self, secret: &Secret) -> Result<Option<(WorkshopId, LinkRow)>, PeopleError> {
        let Some((found, _)) = self.get::<LinkSecretRow>(Table::LinkSecrets, secret.digest().as_str())?
        else {
            return Ok(None);
        };
        let row = self.get(
            Table::Links,
            &rows::key(&[found.workshop.as_str(), found.link.as_str()]),
        )?;
        Ok(row.map(|(row, _)| (found.workshop, row)))
    }

    /// Tells when sessions end; connections opened with them end too.
    pub fn ended(&self) -> broadcast::Receiver<Digest> {
        self.ended.subscribe()
    }

    fn get<Row: DeserializeOwned>(
        &self,
        table: Table,
        key: &str,
    ) -> Result<Option<(Row, Record)>, PeopleError> {
        let Some(record) = self.store.get(table, key)? else {
            return Ok(None);
        };
        Ok(Some((rows::read(key, &record)?, record)))
    }

    async fn commit(&self, transaction: Transaction) -> Result<(), PeopleError> {
        Ok(self.committer.commit(transaction).await?)
    }
}

/// The person whose id these characters are.
fn person_of(id: &[u8]) -> Option<PersonId> {
    let id = std::str::from_utf8(id).ok()?;
    id.parse().ok()
}
