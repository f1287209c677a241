//! Signing in: who somebody is by what they show.

use super::account::name_digest;
use super::passkey::Passkeys;
use super::{AccountError, BadPasskey, Password, People, PeopleError, RelyingParty};
use samverk_shared::ids::PersonId;
use serde_json::Value;

impl People {
    /// What a browser needs to show a passkey.
    pub fn ask_to_sign_in(&self, party: &RelyingParty) -> Result<Value, AccountError> {
        Ok(self.passkeys.ask_to_show(party)?)
    }

    /// Whose passkey a browser shows.
    pub async fn sign_in_by_passkey(
        &self,
        party: &RelyingParty,
        answer: &Value,
        now_s: u64,
    ) -> Result<PersonId, AccountError> {
        let shown = Passkeys::shown(answer)?;
        let Some((mut row, record)) = self.account_row(&shown.person)? else {
            return Err(BadPasskey::Refused("nobody has it".into()).into());
        };
        let Some(kept) = row.passkeys.iter_mut().find(|one| one.id == shown.id) else {
            return Err(BadPasskey::Refused("it was removed".into()).into());
        };
        *kept = self.passkeys.holds(party, &shown, kept, now_s)?;
        // Of two uses at the same moment one is not taken: each counts on from the one before.
        self.put_account(&shown.person, row, Some(&record), Vec::new())
            .await?;
        Ok(shown.person)
    }

    /// Whose name and password these are. Whether the name is known or not, a password is hashed.
    pub async fn sign_in_by_password(
        &self,
        name: &str,
        password: Password,
        now_s: u64,
    ) -> Result<PersonId, AccountError> {
        let digest = name_digest(name);
        let account = self.named_account(name)?;
        self.wrong_passwords
            .begin(&digest, account.is_some(), now_s)
            .map_err(AccountError::Waits)?;
        let (person, stored) = account.unzip();
        let stored = stored.and_then(|row| row.password).map(|password| password.hash);
        let fits = self.passwords.fits(password, stored.as_ref()).await?;
        let person = person.filter(|_| fits).ok_or(AccountError::Wrong)?;
        self.wrong_passwords.forget(&digest);
        Ok(person)
    }

    /// The person of a sign-in name.
    pub fn named(&self, name: &str) -> Result<Option<PersonId>, PeopleError> {
        Ok(self.named_account(name)?.map(|(person, _)| person))
    }
}
