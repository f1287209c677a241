//! Backups: all that a store holds at one moment, in one file that can be checked by itself.
//!
//! **Invariants:** a backup is read in one transaction; rows are taken as they stand, digests included, so that what
//! is set aside or damaged is in it as it is, by name; nothing of a backup is used before its checksum was found
//! right. Memory is bounded by the largest document. Why it is so stands in `docs/decisions/0007-backup.md`.

mod frames;
mod kept;
mod read;
mod restore;
mod take;

pub use read::{Checked, check};
pub use restore::{RestoreError, restore};
pub use take::Watch;

use crate::store::StoreError;
use samverk_shared::ids::DocumentId;
use samverk_shared::limits::BACKUP_MS_MAX;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;
use std::io;

/// What a backup holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// When it was made, in Unix seconds.
    pub made_s: u64,
    /// Every document, in order of their ids.
    pub documents: Vec<Entry>,
    /// Table → its number of records.
    pub records: BTreeMap<String, u64>,
    /// Records that were damaged in the store already; they are kept as they are.
    pub damaged_records: Vec<String>,
}

/// A document in a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Which.
    pub document: DocumentId,
    /// Its newest changes, in hexadecimal.
    pub heads: Vec<String>,
    /// Chunks in its log.
    pub log_chunks: u64,
    /// Bytes in its log.
    pub log_bytes: u64,
    /// Bytes of its snapshot.
    pub snapshot_bytes: u64,
    /// Rows of the store it consists of.
    pub rows: u64,
    /// Why it was set aside in the store, if it was.
    pub set_aside: Option<String>,
}

impl Manifest {
    /// The documents that were set aside, with the reason.
    pub fn set_aside(&self) -> impl Iterator<Item = (DocumentId, &str)> {
        self.documents
            .iter()
            .filter_map(|entry| Some((entry.document, entry.set_aside.as_deref()?)))
    }

    /// Bytes of all documents.
    pub fn document_bytes(&self) -> u64 {
        self.documents
            .iter()
            .map(|entry| entry.log_bytes + entry.snapshot_bytes)
            .sum()
    }
}

/// What rows of a backup belong to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Part {
    Document(DocumentId),
    Records(String),
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Part::Document(document) => write!(f, "document {document}"),
            Part::Records(table) => write!(f, "the records of {table}"),
        }
    }
}

/// The first frame.
#[derive(Debug, Serialize, Deserialize)]
struct About {
    /// The format of the rows.
    format: u64,
    made_s: u64,
}

/// Why there is no backup.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It cannot be written.
    #[error("it cannot be written: {0}; nothing was left behind")]
    Write(#[from] io::Error),
    /// Reading keeps the store from using the space again that becomes free meanwhile.
    #[error(
        "it was not finished in {} minutes and was given up, as the store file grows meanwhile; \
         write it to a faster disk", BACKUP_MS_MAX / 60_000
    )]
    TooSlow,
}

/// What is wrong with a backup.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Damage {
    /// It is something else.
    #[error("the file is not a backup of samverk")]
    Foreign,
    /// A newer program made it.
    #[error("a newer program made it; use that one")]
    Newer,
    /// A frame is not what was written.
    #[error("what stands at byte {0} is not what was written")]
    Frame(u64),
    /// It ends too early.
    #[error("the file ends within what begins at byte {0}")]
    Short(u64),
    /// Its frames do not belong together.
    #[error("its parts were not written together")]
    Whole,
    /// What was written makes no sense.
    #[error("it makes no sense")]
    Form,
    /// It is not what the manifest says.
    #[error("it is not what the manifest says")]
    Manifest,
    /// It cannot be read.
    #[error("it cannot be read: {0}")]
    Io(String),
}

/// A backup that is not to be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the backup is damaged ({place}): {damage}")]
pub struct DamagedBackup {
    /// Where, in words: a document, a table, the beginning.
    pub place: String,
    /// What is wrong there.
    pub damage: Damage,
}
