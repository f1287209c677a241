//! `samverk restore`: a new data folder out of a backup.
//!
//! **Invariant:** what is a secret of this one server, or of its browsers for a while, does not come back
//! (`docs/decisions/0007-backup.md`): two servers must not be taken for one, and a session that has ended stays ended.

use super::backup::{BackupFailed, Summary, open};
use crate::clock;
use crate::core::{STORAGE_ID, StartError};
use crate::folder;
use crate::people::OWNER_LINK;
use crate::store::Table;
use crate::store::redb::backup::{RestoreError, Watch, restore as restore_store};
use serde::Serialize;
use std::fmt;
use std::path::{Path, PathBuf};

/// What was restored, and what was left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RestoreReport {
    /// The new data folder.
    pub data: PathBuf,
    /// The backup.
    pub backup: Summary,
    /// Browsers of before have to come in by a link again, or by signing in.
    pub signed_out: bool,
}

/// Why nothing was restored.
#[derive(Debug, thiserror::Error)]
pub enum RestoreFailed {
    /// The folder cannot be used.
    #[error(transparent)]
    Folder(#[from] StartError),
    /// The backup cannot be used.
    #[error(transparent)]
    Backup(#[from] BackupFailed),
    /// The store could not be made.
    #[error("nothing was restored: {0}")]
    Store(RestoreError),
}

/// Makes the data folder `data`, new or empty, out of a backup.
pub fn restore(
    backup: &Path,
    data: &Path,
    sign_out: bool,
    tell: &dyn Fn(String),
) -> Result<RestoreReport, RestoreFailed> {
    let (file, bytes) = open(backup)?;
    let watch = Watch {
        now_ms: &clock::now_ms,
        tell,
    };
    let checked = folder::make(data, |path| {
        let restored = restore_store(file, path, &|table, key| comes_back(table, key, sign_out), &watch);
        restored.map_err(|error| match error {
            RestoreError::Damaged(damage) => BackupFailed::Damaged(backup.to_owned(), damage).into(),
            error => RestoreFailed::Store(error),
        })
    })?;
    Ok(RestoreReport {
        data: data.to_owned(),
        backup: Summary::of_checked(backup, bytes, &checked),
        signed_out: sign_out,
    })
}

/// Whether a record of the backup is to be there again.
fn comes_back(table: Table, key: &str, sign_out: bool) -> bool {
    match table {
        Table::Server => ![STORAGE_ID, OWNER_LINK].contains(&key),
        Table::Sessions | Table::Tokens => false,
        Table::Devices => !sign_out,
        _ => true,
    }
}

impl fmt::Display for RestoreReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.backup.fmt(f)?;
        writeln!(f, "restored into {}", self.data.display())?;
        let (made, browsers) = (
            self.backup.made(),
            match self.signed_out {
                true => "Everybody has to come in by a link again, or by signing in.",
                false => {
                    "Browsers that were known then are known again, and bring newer edits they still have."
                }
            },
        );
        writeln!(
            f,
            "What was taken back after {made} counts again: look through people, rights and links.\n{browsers}"
        )
    }
}
