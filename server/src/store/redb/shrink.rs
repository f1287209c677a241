//! Gives pages of the file that hold nothing any more back to the disk.
//!
//! redb moves what is left to the front and cuts the file, in commits of its own: whenever the power goes, every row
//! is there (`tests/store/shrink.rs`).

use super::write;
use crate::store::{StoreError, Transaction, Write};
use ::redb::{CompactionError, Database};
use samverk_shared::limits::SHRINK_FILE_BYTES_MAX;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

/// Whether the file may hold much that is free.
#[derive(Debug)]
pub struct Slack {
    path: Option<PathBuf>,
    /// Something large was taken out since the file was last shrunk; of a file just opened nobody knows.
    loose: AtomicBool,
}

impl Slack {
    /// Of the file at this path; a storage that is no file counts as small.
    pub fn of(path: Option<&Path>) -> Self {
        Slack {
            path: path.map(Path::to_owned),
            loose: AtomicBool::new(true),
        }
    }

    /// These were stored.
    pub fn note(&self, transactions: &[Transaction]) {
        let frees = |write: &Write| matches!(write, Write::Compact { .. } | Write::Remove { .. });
        if transactions.iter().flatten().any(frees) {
            self.loose.store(true, Relaxed);
        }
    }

    /// The file was shrunk.
    pub fn forget(&self) {
        self.loose.store(false, Relaxed);
    }

    /// Whether there may be much to give back, and the file is so small that nobody waits long for it.
    pub fn is_worth_it(&self) -> bool {
        self.loose.load(Relaxed) && self.is_small()
    }

    fn is_small(&self) -> bool {
        let Some(path) = &self.path else { return true };
        path.metadata()
            .is_ok_and(|about| about.len() <= SHRINK_FILE_BYTES_MAX)
    }
}

/// Shrinks the file; `false` when somebody reads it at this moment.
pub fn shrink(database: &mut Database) -> Result<bool, StoreError> {
    match database.compact() {
        Ok(_) => {}
        Err(CompactionError::TransactionInProgress) => return Ok(false),
        Err(error) => return Err(write::failed(error)),
    }
    // redb leaves out of its own commits what a plain open needs after a crash.
    write::sync(database)?;
    Ok(true)
}
