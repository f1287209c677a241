//! Secrets that open something: 32 random bytes, or the short code of a room; given away once and stored as a digest.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::fmt;

/// Characters of a secret: 32 bytes as base64url without padding.
pub const SECRET_CHARS: usize = 43;

/// Characters of a room's code.
pub const CODE_CHARS: usize = 6;
/// Crockford's alphabet: nothing in it is read as something else.
const CODE_ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The machine gave no randomness.
#[derive(Debug, thiserror::Error)]
#[error("the machine gives no random bytes: {0}")]
pub struct NoRandomness(#[from] getrandom::Error);

/// Random bytes for an id.
pub fn random_id<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

/// A secret as its owner has it. It shows itself to nobody but who asks with `reveal`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A new one.
    pub fn new() -> Result<Secret, NoRandomness> {
        Ok(Secret(URL_SAFE_NO_PAD.encode(random_id::<32>()?)))
    }

    /// A new code, short enough to be read from a wall and typed.
    pub fn code() -> Result<Secret, NoRandomness> {
        let letters =
            random_id::<CODE_CHARS>()?.map(|byte| char::from(CODE_ALPHABET[usize::from(byte % 32)]));
        Ok(Secret(letters.iter().collect()))
    }

    /// Whether it is a code, which can be guessed if one may try often enough.
    pub fn is_code(&self) -> bool {
        self.0.len() == CODE_CHARS
    }

    /// What somebody presents as a secret or a code; `None` when it has not the form of one.
    pub fn presented(text: &str) -> Option<Secret> {
        if text.len() < SECRET_CHARS {
            return typed_code(text);
        }
        let fits = text.len() == SECRET_CHARS
            && text
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
        fits.then(|| Secret(text.to_owned()))
    }

    /// The secret itself, for its owner's eyes.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is stored of it. Looking up a digest tells a guesser nothing by the time it takes.
    pub fn digest(&self) -> Digest {
        Digest(blake3::hash(self.0.as_bytes()).to_hex().to_string())
    }
}

/// A code as people type it: small letters, spaces and hyphens between, O for 0, I and L for 1.
fn typed_code(text: &str) -> Option<Secret> {
    let signs = text.chars().filter(|sign| !matches!(sign, ' ' | '-'));
    let code: String = signs
        .map(|sign| match sign.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    let fits = code.len() == CODE_CHARS && code.bytes().all(|byte| CODE_ALPHABET.contains(&byte));
    fits.then_some(Secret(code))
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// The digest of a secret, as it stands in the store.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Digest(String);

impl Digest {
    /// As it was read from the store.
    pub(super) fn stored(key: String) -> Digest {
        Digest(key)
    }

    /// The key of the secret's row.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_has_43_characters_and_is_not_shown_by_debug() {
        let secret = Secret::new().unwrap();
        assert_eq!(secret.reveal().len(), SECRET_CHARS);
        assert_eq!(Secret::presented(secret.reveal()), Some(secret.clone()));
        assert_eq!(format!("{secret:?}"), "Secret");
        assert_ne!(secret.digest().as_str(), secret.reveal());
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = Secret::code().unwrap();
        assert!(code.is_code() && Secret::presented(code.reveal()) == Some(code));
        let typed = Secret::presented(" ab1-o2z ").unwrap();
        assert_eq!(typed.reveal(), "AB102Z");
        assert_eq!(Secret::presented("il2345").unwrap().reveal(), "112345");
        for wrong in ["", "ABCDE", "ABCDEFG", "ABCDEU", "ÆBCDE"] {
            assert_eq!(Secret::presented(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_has_not_the_form_of_a_secret_is_none() {
        assert_eq!(Secret::presented("short"), None);
        assert_eq!(Secret::presented(&"/".repeat(SECRET_CHARS)), None);
    }
}
