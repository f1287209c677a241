//! Accounts: how a person signs in from a browser that does not know them. A name, and a password or passkeys.
//!
//! **Invariant:** an account has a password or a passkey, and belongs to one person; a name is one account's. The name
//! stands in the account's own row and nowhere else.

use super::passkey;
use super::password::PasswordHash;
use super::{BadPasskey, Digest, NotHashed, Password, People, PeopleError, RelyingParty};
use crate::hub::rows::put_expecting;
use crate::store::{CommitFailure, Conflict, Expect, Record, Table, Transaction, Write};
use samverk_shared::ids::PersonId;
use samverk_shared::limits::{NAME_CHARS_MAX, PASSKEYS_MAX, TITLE_CHARS_MAX};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// `Table::Accounts`, key `person`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct AccountRow {
    /// The sign-in name, as they wrote it.
    pub name: String,
    pub made_s: u64,
    pub password: Option<PasswordRow>,
    pub passkeys: Vec<PasskeyRow>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct PasswordRow {
    #[serde(flatten)]
    pub hash: PasswordHash,
    pub set_s: u64,
}

/// A passkey: what it is called, and what shows that somebody has it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct PasskeyRow {
    /// As the browser knows it, in base64url.
    pub id: String,
    pub label: String,
    pub made_s: u64,
    pub used_s: Option<u64>,
    /// The public half.
    pub key: String,
    /// What changes with each use.
    pub state: String,
}

/// `Table::SignInNames`, key: digest of the name.
#[derive(Debug, Serialize, Deserialize)]
struct SignInNameRow {
    person: PersonId,
}

/// Who an account belongs to, as far as others may know: the person themselves, and the owner of the server.
#[derive(Debug, Clone, Serialize)]
#[allow(missing_docs)]
pub struct Account {
    pub name: String,
    pub made_s: u64,
    /// When it was chosen; `None` where there is no password.
    pub password_s: Option<u64>,
    pub passkeys: Vec<Value>,
}

/// Why something about an account was not done.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// Somebody else has the name.
    #[error("somebody else signs in with this name")]
    NameTaken,
    /// A name or label is empty or too long.
    #[error("a text is missing or too long")]
    BadText,
    /// The password is too easily guessed.
    #[error("the password is too short")]
    Weak,
    /// There are enough of them.
    #[error("as many passkeys as one may have")]
    TooManyPasskeys,
    /// The name or the password is wrong; which of the two is not told.
    #[error("the name or the password is wrong")]
    Wrong,
    /// Too many wrong passwords; the seconds until one is looked at again.
    #[error("too many wrong passwords")]
    Waits(u64),
    /// The passkey is none of this server's, or does not hold.
    #[error(transparent)]
    Passkey(#[from] BadPasskey),
    /// No password can be hashed at the moment.
    #[error(transparent)]
    Hash(#[from] NotHashed),
    /// The people's records failed.
    #[error(transparent)]
    People(#[from] PeopleError),
}

impl People {
    /// How a person signs in; `None` for who has no account.
    pub fn account(&self, person: &PersonId) -> Result<Option<Account>, PeopleError> {
        Ok(self.account_row(person)?.map(|(row, _)| Account {
            name: row.name,
            made_s: row.made_s,
            password_s: row.password.map(|password| password.set_s),
            passkeys: row.passkeys.iter().map(passkey::told).collect(),
        }))
    }

    /// Gives an account another name.
    pub async fn rename_account(&self, person: &PersonId, name: &str) -> Result<(), AccountError> {
        let Some((row, record)) = self.account_row(person)? else {
            return Err(AccountError::BadText);
        };
        let name = good_name(name)?;
        let mut writes = vec![name_put(&name, person, &row.name)];
        if name_digest(&name) != name_digest(&row.name) {
            writes.push(name_delete(&row.name));
        }
        let row = AccountRow { name, ..row };
        self.put_account(person, row, Some(&record), writes).await
    }

    /// Sets a person's password, in place of the one before. The first way to sign in needs a name.
    pub async fn set_password(
        &self,
        person: &PersonId,
        name: Option<&str>,
        password: Password,
        now_s: u64,
    ) -> Result<(), AccountError> {
        if !password.may_be_chosen() {
            return Err(AccountError::Weak);
        }
        let (mut row, record, writes) = self.account_or_new(person, name, now_s)?;
        let hash = self.passwords.hash(password).await?;
        row.password = Some(PasswordRow { hash, set_s: now_s });
        self.put_account(person, row, record.as_ref(), writes).await
    }

    /// Takes a person's password away.
    pub async fn remove_password(&self, person: &PersonId) -> Result<(), AccountError> {
        self.remove(person, |row| row.password = None).await
    }

    /// Takes one of a person's passkeys away.
    pub async fn remove_passkey(&self, person: &PersonId, id: &str) -> Result<(), AccountError> {
        self.remove(person, |row| row.passkeys.retain(|passkey| passkey.id != id))
            .await
    }

    /// What a browser needs to make a passkey for a person.
    pub fn ask_for_passkey(
        &self,
        party: &RelyingParty,
        person: &PersonId,
        name: Option<&str>,
        now_s: u64,
    ) -> Result<Value, AccountError> {
        let (row, ..) = self.account_or_new(person, name, now_s)?;
        if row.passkeys.len() >= PASSKEYS_MAX {
            return Err(AccountError::TooManyPasskeys);
        }
        Ok(self
            .passkeys
            .ask_to_make(party, person, &row.name, &row.passkeys)?)
    }

    /// Keeps a passkey that a browser made for a person.
    pub async fn add_passkey(
        &self,
        party: &RelyingParty,
        person: &PersonId,
        name: Option<&str>,
        (label, answer): (&str, &Value),
        now_s: u64,
    ) -> Result<(), AccountError> {
        let label = one_line(label, NAME_CHARS_MAX)?;
        let (mut row, record, writes) = self.account_or_new(person, name, now_s)?;
        let (whose, made) = self.passkeys.made(party, answer, label, now_s)?;
        if whose != *person {
            return Err(BadPasskey::Unasked.into());
        }
        if row.passkeys.len() >= PASSKEYS_MAX || row.passkeys.iter().any(|one| one.id == made.id) {
            return Err(AccountError::TooManyPasskeys);
        }
        row.passkeys.push(made);
        self.put_account(person, row, record.as_ref(), writes).await
    }

    /// Wrong passwords that were tried for a person's name count no longer.
    pub(super) fn forgive_wrong_passwords(&self, person: &PersonId) -> Result<(), PeopleError> {
        if let Some((row, _)) = self.account_row(person)? {
            self.wrong_passwords.forget(&name_digest(&row.name));
        }
        Ok(())
    }

    /// What is to be deleted when a person is erased.
    pub(super) fn account_deletes(&self, person: &PersonId) -> Result<Transaction, PeopleError> {
        let Some((row, _)) = self.account_row(person)? else {
            return Ok(Vec::new());
        };
        self.wrong_passwords.forget(&name_digest(&row.name));
        Ok(vec![account_delete(person), name_delete(&row.name)])
    }

    pub(super) fn account_row(&self, person: &PersonId) -> Result<Option<(AccountRow, Record)>, PeopleError> {
        self.get(Table::Accounts, person.as_str())
    }

    pub(super) fn named_account(&self, name: &str) -> Result<Option<(PersonId, AccountRow)>, PeopleError> {
        let key = name_digest(name);
        let Some((found, _)) = self.get::<SignInNameRow>(Table::SignInNames, key.as_str())? else {
            return Ok(None);
        };
        Ok(self
            .account_row(&found.person)?
            .map(|(row, _)| (found.person, row)))
    }

    /// A person's account, or one that is to be made, with what stores its name.
    fn account_or_new(
        &self,
        person: &PersonId,
        name: Option<&str>,
        now_s: u64,
    ) -> Result<(AccountRow, Option<Record>, Transaction), AccountError> {
        if let Some((row, record)) = self.account_row(person)? {
            return Ok((row, Some(record), Vec::new()));
        }
        let name = good_name(name.unwrap_or_default())?;
        if self.named(&name)?.is_some() {
            return Err(AccountError::NameTaken);
        }
        let writes = vec![name_put(&name, person, "")];
        let row = AccountRow {
            name,
            made_s: now_s,
            password: None,
            passkeys: Vec::new(),
        };
        Ok((row, None, writes))
    }

    /// Takes something away; an account with nothing left to sign in with goes, and its name is free.
    async fn remove(
        &self,
        person: &PersonId,
        take: impl FnOnce(&mut AccountRow),
    ) -> Result<(), AccountError> {
        let Some((mut row, record)) = self.account_row(person)? else {
            return Ok(());
        };
        take(&mut row);
        if row.password.is_some() || !row.passkeys.is_empty() {
            return self.put_account(person, row, Some(&record), Vec::new()).await;
        }
        // It goes only as it was read: what was added meanwhile is not lost.
        let gone = vec![account_delete(person), name_delete(&row.name)];
        let mut writes = vec![account_put(person, &row, Some(&record))];
        writes.extend(gone);
        Ok(self.commit(writes).await?)
    }

    pub(super) async fn put_account(
        &self,
        person: &PersonId,
        row: AccountRow,
        before: Option<&Record>,
        mut writes: Transaction,
    ) -> Result<(), AccountError> {
        writes.push(account_put(person, &row, before));
        match self.commit(writes).await {
            Err(PeopleError::Commit(CommitFailure::Conflict(Conflict::Revision { key, .. })))
                if key == name_digest(&row.name).as_str() =>
            {
                Err(AccountError::NameTaken)
            }
            done => Ok(done?),
        }
    }
}

/// Takes the name, which nobody else may have; under the same name in other letters it is one's own already.
fn name_put(name: &str, person: &PersonId, before: &str) -> Write {
    let digest = name_digest(name);
    let own = digest == name_digest(before);
    let expect = if own { Expect::Any } else { Expect::Absent };
    let row = SignInNameRow {
        person: person.clone(),
    };
    put_expecting(Table::SignInNames, digest.as_str().to_owned(), &row, expect)
}

fn name_delete(name: &str) -> Write {
    Write::Delete {
        table: Table::SignInNames,
        key: name_digest(name).as_str().to_owned(),
    }
}

fn account_put(person: &PersonId, row: &AccountRow, before: Option<&Record>) -> Write {
    let expect = before.map_or(Expect::Absent, |record| Expect::Revision(record.revision));
    put_expecting(Table::Accounts, person.to_string(), row, expect)
}

fn account_delete(person: &PersonId) -> Write {
    Write::Delete {
        table: Table::Accounts,
        key: person.to_string(),
    }
}

/// What a name is looked up by: capitals and spaces at the ends make no difference.
pub(super) fn name_digest(name: &str) -> Digest {
    let folded = name.trim().to_lowercase();
    Digest::stored(
        blake3::hash(format!("sign-in/{folded}").as_bytes())
            .to_hex()
            .to_string(),
    )
}

fn good_name(name: &str) -> Result<String, AccountError> {
    one_line(name, TITLE_CHARS_MAX)
}

fn one_line(text: &str, chars_max: usize) -> Result<String, AccountError> {
    crate::hub::one_line(text, chars_max).map_err(|_| AccountError::BadText)
}
