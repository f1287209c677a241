//! Ids as they stand in rows, URLs and documents: 16 characters of `0-9a-z`, never reused.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Characters of an id: 36^16 is more than 2^82, enough never to be guessed or met twice.
pub const ID_CHARS: usize = 16;
const ALPHABET: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// What was given as an id is not one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("an id has {ID_CHARS} characters of 0-9a-z")]
pub struct BadId;

/// Turns 16 random bytes into the characters of an id.
pub fn id_from_random(bytes: [u8; ID_CHARS]) -> String {
    // 252 = 7 * 36: the few bytes above it would favour the first letters; folding them is harmless here.
    bytes
        .iter()
        .map(|b| ALPHABET[usize::from(*b) % ALPHABET.len()] as char)
        .collect()
}

/// Whether a text is an id, of whatever.
pub fn is_id(text: &str) -> bool {
    text.len() == ID_CHARS && text.bytes().all(|b| ALPHABET.contains(&b))
}

macro_rules! id {
    ($name:ident, $doc:literal) => {
        #[doc = $doc]
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// A fresh id from random bytes.
            pub fn from_random(bytes: [u8; ID_CHARS]) -> Self {
                Self(id_from_random(bytes))
            }

            /// The id as it stands in rows and URLs.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = BadId;
            fn try_from(text: String) -> Result<Self, BadId> {
                if is_id(&text) {
                    Ok(Self(text))
                } else {
                    Err(BadId)
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = BadId;
            fn from_str(text: &str) -> Result<Self, BadId> {
                Self::try_from(text.to_owned())
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> String {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id!(WorkshopId, "A workshop.");
id!(
    SubjectId,
    "A thing a document is about: stays when its document is replaced."
);
id!(PersonId, "A human being the server knows, across workshops.");
id!(ParticipantId, "A person in one workshop.");
id!(LinkId, "A join link.");
id!(ImportId, "Lists that came in together.");
id!(
    CollectionId,
    "What several people are asked apart from each other."
);

/// An automerge-repo document id: 16 bytes, written as base58check.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentId(pub [u8; 16]);

impl DocumentId {
    /// A fresh id from random bytes, marked as a version 4 UUID as older clients demand.
    pub fn from_random(mut bytes: [u8; 16]) -> Self {
        bytes[6] = (bytes[6] & 0x0f) | 0x40;
        bytes[8] = (bytes[8] & 0x3f) | 0x80;
        Self(bytes)
    }
}

impl std::str::FromStr for DocumentId {
    type Err = BadId;
    fn from_str(text: &str) -> Result<Self, BadId> {
        let mut bytes = [0; 20];
        match bs58::decode(text).with_check(None).onto(&mut bytes) {
            Ok(16) => bytes[..16].try_into().map(Self).map_err(|_| BadId),
            _ => Err(BadId),
        }
    }
}

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&bs58::encode(self.0).with_check().into_string())
    }
}

impl fmt::Debug for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for DocumentId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for DocumentId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_id_reads_back_what_it_writes() {
        let id = DocumentId::from_random([7; 16]);
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!("nonsense".parse::<DocumentId>(), Err(BadId));
    }

    #[test]
    fn an_id_of_another_length_or_alphabet_is_refused() {
        assert!("0123456789abcdef".parse::<WorkshopId>().is_ok());
        assert!("0123456789ABCDEF".parse::<WorkshopId>().is_err());
        assert!("short".parse::<WorkshopId>().is_err());
    }
}
