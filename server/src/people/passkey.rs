//! Passkeys (WebAuthn): a browser keeps a key for this address, and shows that it has it.
//!
//! **Invariant:** what a browser brings back answers a question that was asked by this process within five minutes, and
//! each question is answered once.

use super::{PasskeyRow, person_of};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use samverk_shared::ids::{ID_CHARS, PersonId};
use samverk_shared::limits::PASSKEYS_PENDING_MAX;
use serde_json::{Value, json};
use std::collections::{BTreeMap, VecDeque};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use webauthn_rp::bin::{Decode, Encode};
use webauthn_rp::request::auth::AuthenticationVerificationOptions;
use webauthn_rp::request::register::{
    CredProtect, PublicKeyCredentialUserEntity, RegistrationVerificationOptions, UserHandle,
};
use webauthn_rp::request::{AsciiDomain, PublicKeyCredentialDescriptor, RpId, UserVerificationRequirement};
use webauthn_rp::response::register::{CompressedPubKey, DynamicState, StaticState};
use webauthn_rp::response::{AuthTransports, CredentialId};
use webauthn_rp::{
    AuthenticatedCredential, DiscoverableAuthentication, DiscoverableAuthenticationServerState,
    DiscoverableCredentialRequestOptions, PublicKeyCredentialCreationOptions, Registration,
    RegistrationServerState,
};

type Key = StaticState<CompressedPubKey<[u8; 32], [u8; 32], [u8; 48], Vec<u8>>>;

/// The address that passkeys are for: a domain, and the origin of the pages that may ask for them.
#[derive(Debug)]
pub struct RelyingParty {
    id: RpId,
    origin: String,
}

impl RelyingParty {
    /// `None` where the host is no domain: browsers keep no passkeys for bare addresses.
    pub fn new(host: &str, origin: String) -> Option<RelyingParty> {
        // An address of version 6 stands in brackets, or has lost them.
        if host.starts_with('[') || host.parse::<IpAddr>().is_ok() {
            return None;
        }
        let id = AsciiDomain::try_from(host.to_owned()).ok()?;
        Some(RelyingParty {
            id: RpId::Domain(id),
            origin,
        })
    }
}

/// Why a passkey was not taken.
#[derive(Debug, thiserror::Error)]
pub enum BadPasskey {
    /// What the browser sent makes no sense.
    #[error("what the browser sent is no passkey: {0}")]
    Form(String),
    /// It answers nothing that was asked, or too late.
    #[error("it answers nothing that was asked")]
    Unasked,
    /// It does not show what it should.
    #[error("it does not hold: {0}")]
    Refused(String),
}

/// What browsers were asked and have not answered yet.
#[derive(Default)]
pub(super) struct Passkeys {
    making: Asked<RegistrationServerState<ID_CHARS>>,
    using: Asked<DiscoverableAuthenticationServerState>,
}

/// A passkey somebody came with, before it is known whether it holds.
pub(super) struct Shown {
    answer: DiscoverableAuthentication<ID_CHARS>,
    /// Whose it says it is.
    pub person: PersonId,
    /// Which of theirs.
    pub id: String,
}

impl Passkeys {
    /// What a browser needs to make one for a person.
    pub fn ask_to_make(
        &self,
        party: &RelyingParty,
        person: &PersonId,
        name: &str,
        known: &[PasskeyRow],
    ) -> Result<Value, BadPasskey> {
        let handle = handle(person)?;
        let user = PublicKeyCredentialUserEntity::from(&handle);
        let mut options =
            PublicKeyCredentialCreationOptions::passkey(&party.id, user, known_to_browser(known));
        // A key without a PIN or a fingerprint is better than none.
        options.authenticator_selection.user_verification = UserVerificationRequirement::Preferred;
        options.extensions.cred_protect = CredProtect::None;
        let challenge = options.challenge.as_data();
        let (waits, told) = options.start_ceremony().map_err(refused)?;
        self.making.add(challenge, waits);
        let mut told = serde_json::to_value(&told).map_err(form)?;
        // The library takes no names with spaces in them, and does not look at names again.
        told["user"]["name"] = name.into();
        told["user"]["displayName"] = name.into();
        told["rp"]["name"] = "Samverk".into();
        Ok(told)
    }

    /// The passkey that a browser made, and whose it is to be.
    pub fn made(
        &self,
        party: &RelyingParty,
        answer: &Value,
        label: String,
        now_s: u64,
    ) -> Result<(PersonId, PasskeyRow), BadPasskey> {
        let answer = Registration::from_json_relaxed(answer.to_string().as_bytes()).map_err(form)?;
        let challenge = answer.challenge_relaxed().map_err(form)?;
        let waits = self.making.take(challenge.0).ok_or(BadPasskey::Unasked)?;
        let options = RegistrationVerificationOptions::<String, String> {
            allowed_origins: std::slice::from_ref(&party.origin),
            // Some keys tell of their protection unasked.
            error_on_unsolicited_extensions: false,
            ..Default::default()
        };
        let made = waits.verify(&party.id, &answer, &options).map_err(refused)?;
        let Ok(key) = made.static_state().encode();
        let Ok(state) = made.dynamic_state().encode();
        let row = PasskeyRow {
            id: URL_SAFE_NO_PAD.encode(made.id()),
            label,
            made_s: now_s,
            used_s: None,
            key: URL_SAFE_NO_PAD.encode(key),
            state: URL_SAFE_NO_PAD.encode(state),
        };
        Ok((person(made.user_id())?, row))
    }

    /// What a browser needs to show one, whoever's it is.
    pub fn ask_to_show(&self, party: &RelyingParty) -> Result<Value, BadPasskey> {
        let mut options = DiscoverableCredentialRequestOptions::passkey(&party.id);
        options.0.user_verification = UserVerificationRequirement::Preferred;
        let challenge = options.0.challenge.as_data();
        let (waits, told) = options.start_ceremony().map_err(refused)?;
        self.using.add(challenge, waits);
        serde_json::to_value(&told).map_err(form)
    }

    /// Whose passkey a browser says it shows.
    pub fn shown(answer: &Value) -> Result<Shown, BadPasskey> {
        let answer = DiscoverableAuthentication::<ID_CHARS>::from_json_relaxed(answer.to_string().as_bytes())
            .map_err(form)?;
        let person = person(answer.response().user_handle())?;
        let id = URL_SAFE_NO_PAD.encode(answer.raw_id());
        Ok(Shown { answer, person, id })
    }

    /// The row of a passkey that holds, as it is after this use.
    pub fn holds(
        &self,
        party: &RelyingParty,
        shown: &Shown,
        row: &PasskeyRow,
        now_s: u64,
    ) -> Result<PasskeyRow, BadPasskey> {
        let challenge = shown.answer.challenge_relaxed().map_err(form)?;
        let waits = self.using.take(challenge.0).ok_or(BadPasskey::Unasked)?;
        let handle = handle(&shown.person)?;
        let key = Key::decode(&bytes(&row.key)?).map_err(form)?;
        let state: [u8; 7] = bytes(&row.state)?
            .try_into()
            .map_err(|_| BadPasskey::Form("a stored state".into()))?;
        let state = DynamicState::decode(state).map_err(form)?;
        let id = bytes(&row.id)?;
        let id = CredentialId::try_from(id.as_slice()).map_err(form)?;
        let mut credential = AuthenticatedCredential::new(id, &handle, key, state).map_err(form)?;
        let options = AuthenticationVerificationOptions::<String, String> {
            allowed_origins: std::slice::from_ref(&party.origin),
            error_on_unsolicited_extensions: false,
            ..Default::default()
        };
        waits
            .verify(&party.id, &shown.answer, &mut credential, &options)
            .map_err(refused)?;
        let Ok(state) = credential.dynamic_state().encode();
        Ok(PasskeyRow {
            used_s: Some(now_s),
            state: URL_SAFE_NO_PAD.encode(state),
            ..row.clone()
        })
    }
}

/// So that a browser makes no second one where it has one.
fn known_to_browser(known: &[PasskeyRow]) -> Vec<PublicKeyCredentialDescriptor<Vec<u8>>> {
    let ids = known.iter().filter_map(|row| {
        let id = CredentialId::try_from(bytes(&row.id).ok()?).ok()?;
        Some(PublicKeyCredentialDescriptor {
            id,
            transports: AuthTransports::NONE,
        })
    });
    ids.collect()
}

/// A person as passkeys name them: the characters of their id.
fn handle(person: &PersonId) -> Result<UserHandle<ID_CHARS>, BadPasskey> {
    let bytes: [u8; ID_CHARS] = person
        .as_str()
        .as_bytes()
        .try_into()
        .map_err(|_| BadPasskey::Form("a person".into()))?;
    Ok(bytes.into())
}

fn person(handle: &UserHandle<ID_CHARS>) -> Result<PersonId, BadPasskey> {
    person_of(handle.as_ref()).ok_or_else(|| BadPasskey::Form("a person".into()))
}

fn bytes(text: &str) -> Result<Vec<u8>, BadPasskey> {
    URL_SAFE_NO_PAD.decode(text).map_err(form)
}

fn form(error: impl std::fmt::Display) -> BadPasskey {
    BadPasskey::Form(error.to_string())
}

fn refused(error: impl std::fmt::Display) -> BadPasskey {
    BadPasskey::Refused(error.to_string())
}

/// Questions that wait for their answer, by their challenge. When there are too many the oldest goes, so that nobody
/// keeps others out by asking and not answering.
struct Asked<Waits>(Mutex<(BTreeMap<u128, Waits>, VecDeque<u128>)>);

impl<Waits> Default for Asked<Waits> {
    fn default() -> Self {
        Asked(Mutex::default())
    }
}

impl<Waits> Asked<Waits> {
    fn add(&self, challenge: u128, waits: Waits) {
        let mut asked = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (waiting, order) = &mut *asked;
        if order.len() >= PASSKEYS_PENDING_MAX
            && let Some(oldest) = order.pop_front()
        {
            waiting.remove(&oldest);
        }
        order.push_back(challenge);
        waiting.insert(challenge, waits);
    }

    fn take(&self, challenge: u128) -> Option<Waits> {
        let mut asked = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        asked.0.remove(&challenge)
    }
}

/// What of a passkey its owner is told.
pub(super) fn told(row: &PasskeyRow) -> Value {
    json!({ "id": row.id, "label": row.label, "made_s": row.made_s, "used_s": row.used_s })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn h10_a_passkey_is_asked_for_by_domain_and_never_by_address() {
        assert!(RelyingParty::new("samverk.example.no", "https://samverk.example.no".into()).is_some());
        assert!(RelyingParty::new("localhost", "http://localhost:8080".into()).is_some());
        for address in ["[::1]", "::1", "127.0.0.1", ""] {
            assert!(
                RelyingParty::new(address, format!("http://{address}:8080")).is_none(),
                "{address}"
            );
        }
    }

    #[test]
    fn h10_what_a_browser_is_told_names_the_person_as_they_wrote_it() {
        let passkeys = Passkeys::default();
        let party = RelyingParty::new("samverk.example.no", "https://samverk.example.no".into()).unwrap();
        let person = PersonId::from_random([7; 16]);
        let told = passkeys
            .ask_to_make(&party, &person, "Åse Nordmann", &[])
            .unwrap();
        assert_eq!(told["user"]["name"], "Åse Nordmann");
        assert_eq!(told["user"]["id"], URL_SAFE_NO_PAD.encode(person.as_str()));
        assert_eq!(told["rp"]["id"], "samverk.example.no");
        assert_eq!(told["authenticatorSelection"]["residentKey"], "required");
        assert_eq!(told["authenticatorSelection"]["userVerification"], "preferred");
    }

    #[test]
    fn h10_a_question_is_answered_once_and_the_oldest_gives_way() {
        let asked = Asked::<u8>::default();
        asked.add(1, 1);
        assert_eq!(asked.take(1), Some(1));
        assert_eq!(asked.take(1), None);
        (0..=PASSKEYS_PENDING_MAX as u128).for_each(|n| asked.add(n, 0));
        assert_eq!(asked.take(0), None);
        assert_eq!(asked.take(PASSKEYS_PENDING_MAX as u128), Some(0));
    }
}
