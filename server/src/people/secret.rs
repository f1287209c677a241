//! Secrets that open something: 32 random bytes, given away once and stored as a digest.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::fmt;

/// Characters of a secret: 32 bytes as base64url without padding.
pub const SECRET_CHARS: usize = 43;

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

    /// What somebody presents as a secret; `None` when it has not the form of one.
    pub fn presented(text: &str) -> Option<Secret> {
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

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// The digest of a secret, as it stands in the store.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Digest(String);

impl Digest {
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
    fn what_has_not_the_form_of_a_secret_is_none() {
        assert_eq!(Secret::presented("short"), None);
        assert_eq!(Secret::presented(&"/".repeat(SECRET_CHARS)), None);
    }
}
