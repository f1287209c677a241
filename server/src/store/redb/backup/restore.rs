//! Makes a store of a backup.

use super::read::{difference, read};
use super::take::{note_record, table_name};
use super::{BackupError, Checked, DamagedBackup, Manifest, Watch};
use crate::store::redb::open::{self, New};
use crate::store::redb::rows::{self, Row, Rows};
use crate::store::redb::{OpenError, RedbStore, write};
use crate::store::{StoreError, Table};
use samverk_shared::limits::COMMIT_BYTES_MAX;
use std::io::Read;
use std::path::Path;

/// Why nothing was restored.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// The backup is not to be used.
    #[error(transparent)]
    Damaged(#[from] DamagedBackup),
    /// The new store cannot be made.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The new store cannot be written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The new store cannot be read.
    #[error("what was written cannot be read: {0}")]
    Unread(#[from] BackupError),
    /// What was written is not what is read.
    #[error("{0}: what was written is not what is read; the disk may be failing, choose another")]
    ReadBack(String),
}

/// Writes a backup into a new store at `path`, without the records that are not to come back, and reads all of it
/// once more. After an error the file is of no use.
pub fn restore(
    input: impl Read,
    path: &Path,
    comes_back: &dyn Fn(Table, &str) -> bool,
    watch: &Watch<'_>,
) -> Result<Checked, RestoreError> {
    let store = open::new_file(path)?;
    let mut writer = Writer {
        store: &store,
        rows: Vec::new(),
        bytes: 0,
    };
    let mut left_out = Manifest::default();
    let checked = read::<RestoreError>(input, |rows| {
        let (rows, others): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| returns(row, comes_back));
        others
            .iter()
            .for_each(|row| note_record(&mut left_out, &table_name(&row.key), row));
        Ok(writer.take(rows)?)
    })?;
    writer.write()?;
    store.close()?;
    let expected = without(checked.manifest.clone(), &left_out);
    let again = open::open_checked(|builder| builder.open(path), New::Refused)?;
    let (found, _) = again.backup(std::io::sink(), expected.made_s, watch)?;
    match difference(&found, &expected) {
        Some(place) => Err(RestoreError::ReadBack(place)),
        None => Ok(checked),
    }
}

fn returns(row: &Row, comes_back: &dyn Fn(Table, &str) -> bool) -> bool {
    let record = (row.table == Rows::Records).then(|| rows::of_record(&row.key));
    !matches!(record, Some(Ok((table, key))) if !comes_back(table, key))
}

fn without(mut all: Manifest, left_out: &Manifest) -> Manifest {
    for (table, count) in &left_out.records {
        all.records.entry(table.clone()).and_modify(|all| *all -= count);
    }
    all.records.retain(|_, count| *count > 0);
    all.damaged_records
        .retain(|record| !left_out.damaged_records.contains(record));
    all
}

/// Writes rows, many to a transaction.
struct Writer<'a> {
    store: &'a RedbStore,
    rows: Vec<Row>,
    bytes: usize,
}

impl Writer<'_> {
    fn take(&mut self, rows: Vec<Row>) -> Result<(), StoreError> {
        self.bytes += rows
            .iter()
            .map(|row| row.key.len() + row.value.len())
            .sum::<usize>();
        self.rows.extend(rows);
        if self.bytes >= COMMIT_BYTES_MAX {
            self.write()
        } else {
            Ok(())
        }
    }

    fn write(&mut self) -> Result<(), StoreError> {
        self.bytes = 0;
        write::put_rows(&self.store.database(), &std::mem::take(&mut self.rows))
    }
}
