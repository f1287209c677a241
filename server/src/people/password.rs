//! Passwords: hashed with argon2id, few at a time, and with the same work whether the name is known or not.
//!
//! **Invariant:** hashing never takes more memory than `PASSWORD_HASHES_MAX` times `PASSWORD_HASH_KIB`, however many
//! people sign in at once.

use super::{NoRandomness, random_id};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use samverk_shared::limits::{
    PASSWORD_BYTES_MAX, PASSWORD_CHARS_MIN, PASSWORD_DISTINCT_MIN, PASSWORD_HASH_KIB, PASSWORD_HASHES_MAX,
    SIGN_INS_WAITING_MAX,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

const PASSES: u32 = 2;
const LANES: u32 = 1;
const HASH_BYTES: usize = 32;
const SALT_BYTES: usize = 16;

/// A password as its owner has it; it shows itself to nobody.
#[derive(Clone, Deserialize)]
#[serde(transparent)]
pub struct Password(String);

impl Password {
    /// Whether it may be chosen: long enough to withstand guessing on its own, and not the same few signs over and over.
    pub fn may_be_chosen(&self) -> bool {
        let distinct: BTreeSet<char> = self.0.chars().collect();
        self.0.chars().count() >= PASSWORD_CHARS_MIN
            && distinct.len() >= PASSWORD_DISTINCT_MIN
            && self.0.len() <= PASSWORD_BYTES_MAX
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password")
    }
}

/// What is stored of a password: its hash, and how it was made, so that a later server may do more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PasswordHash {
    kib: u32,
    passes: u32,
    lanes: u32,
    salt: String,
    hash: String,
}

/// Why a password was not looked at.
#[derive(Debug, thiserror::Error)]
pub enum NotHashed {
    /// Too many people are signing in.
    #[error("too many passwords wait to be hashed")]
    Busy,
    /// What is stored of it, or the machine, does not work.
    #[error("a password cannot be hashed: {0}")]
    Broken(String),
}

/// Hashes passwords in turn.
pub(super) struct Hasher {
    turns: Arc<Semaphore>,
    waiting: Semaphore,
    /// The memory of those whose turn it is not. It is kept: given back, it would stay with whichever thread had it, and
    /// there are hundreds of those.
    memory: Arc<Mutex<Vec<Vec<Block>>>>,
    /// What the password of an unknown name is compared with.
    nobodys: PasswordHash,
}

impl Hasher {
    pub fn new() -> Hasher {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let nobodys = PasswordHash {
            kib: PASSWORD_HASH_KIB,
            passes: PASSES,
            lanes: LANES,
            salt: STANDARD_NO_PAD.encode([0; SALT_BYTES]),
            hash: STANDARD_NO_PAD.encode([0; HASH_BYTES]),
        };
        Hasher {
            turns: Arc::new(Semaphore::new(processors.min(PASSWORD_HASHES_MAX))),
            waiting: Semaphore::new(SIGN_INS_WAITING_MAX),
            memory: Arc::default(),
            nobodys,
        }
    }

    /// What is to be stored of a new password.
    pub async fn hash(&self, password: Password) -> Result<PasswordHash, NotHashed> {
        let salt: [u8; SALT_BYTES] =
            random_id().map_err(|error: NoRandomness| NotHashed::Broken(error.to_string()))?;
        let mut made = PasswordHash {
            salt: STANDARD_NO_PAD.encode(salt),
            ..self.nobodys.clone()
        };
        made.hash = STANDARD_NO_PAD.encode(self.derive(password, made.clone()).await?);
        Ok(made)
    }

    /// Whether it is the password that was stored. Where none was, as much work is done, and it is not.
    pub async fn fits(&self, password: Password, stored: Option<&PasswordHash>) -> Result<bool, NotHashed> {
        let compared = stored.unwrap_or(&self.nobodys);
        let expected = decode::<HASH_BYTES>(&compared.hash)?;
        let derived = self.derive(password, compared.clone()).await?;
        // BLAKE3's hashes are compared in constant time.
        let same = blake3::hash(&derived) == blake3::hash(&expected);
        Ok(same && stored.is_some())
    }

    async fn derive(&self, password: Password, how: PasswordHash) -> Result<[u8; HASH_BYTES], NotHashed> {
        let _place = self.waiting.try_acquire().map_err(|_| NotHashed::Busy)?;
        let turns = self.turns.clone();
        let turn = turns.acquire_owned().await.map_err(|_| NotHashed::Busy)?;
        let kept = self.memory.clone();
        let derived = spawn_blocking(move || {
            let free = || kept.lock().unwrap_or_else(PoisonError::into_inner);
            let mut memory = free().pop().unwrap_or_default();
            let derived = derive(&password, &how, &mut memory);
            free().push(memory);
            // The turn ends when its memory is free, also where who asked has gone.
            drop(turn);
            derived
        });
        derived
            .await
            .map_err(|error| NotHashed::Broken(error.to_string()))?
    }
}

fn derive(
    password: &Password,
    how: &PasswordHash,
    memory: &mut Vec<Block>,
) -> Result<[u8; HASH_BYTES], NotHashed> {
    let broken = |error: argon2::Error| NotHashed::Broken(error.to_string());
    let params = Params::new(how.kib, how.passes, how.lanes, Some(HASH_BYTES)).map_err(broken)?;
    memory.resize(params.block_count(), Block::default());
    let salt = decode::<SALT_BYTES>(&how.salt)?;
    let mut hash = [0; HASH_BYTES];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into_with_memory(password.0.as_bytes(), &salt, &mut hash, memory)
        .map_err(broken)?;
    Ok(hash)
}

fn decode<const N: usize>(text: &str) -> Result<[u8; N], NotHashed> {
    let bytes = STANDARD_NO_PAD.decode(text).ok();
    bytes
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or_else(|| NotHashed::Broken("what is stored of it is not a hash".into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn password(text: &str) -> Password {
        Password(text.to_owned())
    }

    #[tokio::test]
    async fn h10_a_password_fits_its_own_hash_and_no_other() {
        let hasher = Hasher::new();
        let stored = hasher.hash(password("riktig hest batteri")).await.unwrap();
        assert_eq!((stored.kib, stored.passes, stored.lanes), (19 * 1024, 2, 1));
        assert!(
            hasher
                .fits(password("riktig hest batteri"), Some(&stored))
                .await
                .unwrap()
        );
        assert!(
            !hasher
                .fits(password("riktig hest batterI"), Some(&stored))
                .await
                .unwrap()
        );
        let again = hasher.hash(password("riktig hest batteri")).await.unwrap();
        assert_ne!(stored, again, "each has a salt of its own");
    }

    #[tokio::test]
    async fn h10_for_an_unknown_name_the_same_work_is_done_and_nothing_fits() {
        let hasher = Hasher::new();
        let real = hasher.hash(password("riktig hest batteri")).await.unwrap();
        let PasswordHash {
            kib, passes, lanes, ..
        } = hasher.nobodys.clone();
        assert_eq!((kib, passes, lanes), (real.kib, real.passes, real.lanes));
        assert!(!hasher.fits(password("riktig hest batteri"), None).await.unwrap());
    }

    #[test]
    fn h10_a_password_is_long_and_not_the_same_signs_over_and_over() {
        assert!(password("tre små troll bor her").may_be_chosen());
        assert!(!password("fjorten tegn..").may_be_chosen());
        assert!(!password("abababababababababab").may_be_chosen());
        assert!(!password(&"lang setning ".repeat(100)).may_be_chosen());
        assert_eq!(format!("{:?}", password("hemmelig")), "Password");
    }
}
