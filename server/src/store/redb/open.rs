//! Makes and opens the file.

use super::read::Unread;
use super::rows::Damaged;
use super::shrink::Slack;
use super::{RedbStore, contained, salvage, write};
use crate::files::{private, sync_folder_of};
use crate::store::StoreError;
use ::redb::{
    Builder, Database, DatabaseError, ReadableDatabase, StorageBackend, StorageError, TableDefinition,
};
use samverk_shared::limits::STORE_CACHE_BYTES;
use std::io::ErrorKind;
use std::path::Path;

/// What a program must understand to read the file.
pub(super) const FORMAT: u64 = 1;
const ABOUT: TableDefinition<'static, &str, u64> = TableDefinition::new("about");

/// Why a store cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another process has it.
    #[error("the store is in use by another process; stop that one first")]
    InUse,
    /// A newer program wrote it.
    #[error("the store has format {0}, newer than this program's; use the newer program")]
    Newer(u64),
    /// It is something else, or its beginning is damaged.
    #[error("the file is not a store; choose another data folder, or restore the last backup")]
    Foreign,
    /// More than single documents is damaged.
    #[error("the store file is damaged: {0}; keep a copy of it, and restore the last backup")]
    Damaged(String),
    /// It cannot be opened.
    #[error("the store cannot be opened: {0}")]
    Failed(#[from] StoreError),
}

impl RedbStore {
    /// Opens the store at `path`, and makes it when there is none. Documents that are damaged are set
    /// aside, and the damaged file is kept under another name.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, OpenError> {
        let path = path.as_ref();
        if !path.try_exists().map_err(io)? {
            make(path)?;
        }
        let mut store = match open_checked(|builder| builder.open(path), New::Refused) {
            Err(OpenError::Damaged(reason)) => {
                tracing::error!(%reason, "the store file is damaged; looking for what is whole");
                let kept = salvage::salvage(path)?;
                tracing::error!(kept = %kept.display(), "the store was written anew");
                open_checked(|builder| builder.open(path), New::Refused)
            }
            opened => opened,
        }?;
        store.slack = Slack::of(Some(path));
        Ok(store)
    }

    /// Opens the store of a stopped server to look at it. Nothing is written, whatever is found; it stays
    /// open until the process ends.
    pub fn inspect(path: impl AsRef<Path>) -> Result<&'static Self, OpenError> {
        salvage::inspect(path.as_ref())
    }

    /// Opens the store in a storage of one's own, and makes it when that is empty. Any damage is an error.
    pub fn open_backend(backend: impl StorageBackend) -> Result<Self, OpenError> {
        open_checked(|builder| builder.create_with_backend(backend), New::Made)
    }
}

/// Makes the file under another name first: redb cannot open a file whose making was cut short.
fn make(path: &Path) -> Result<(), OpenError> {
    let unfinished = path.with_extension("unfinished");
    new_file(&unfinished)?.close().map_err(OpenError::Failed)?;
    std::fs::rename(&unfinished, path).map_err(io)?;
    sync_folder_of(path).map_err(io)
}

/// A new store, in place of what there is.
pub(super) fn new_file(path: &Path) -> Result<RedbStore, OpenError> {
    private().create(true).truncate(true).open(path).map_err(io)?;
    open_checked(|builder| builder.create(path), New::Made)
}

/// Opens the file and verifies the checksums of all its pages.
pub(super) fn open_checked(
    open: impl FnOnce(&Builder) -> Result<Database, DatabaseError>,
    new: New,
) -> Result<RedbStore, OpenError> {
    let opened = contained(|| Ok(open(builder().set_check_integrity_on_open(true))));
    let database = opened.map_err(unread)?.map_err(refused)?;
    match (check_format(&database), new) {
        (Err(OpenError::Foreign), New::Made) => prepare(&database)?,
        (checked, _) => checked?,
    }
    Ok(RedbStore::new(database))
}

/// What to do with a file without tables.
#[derive(Clone, Copy)]
pub(super) enum New {
    /// It becomes a store.
    Made,
    /// It is not ours.
    Refused,
}

/// Whether this program understands the file.
pub(super) fn check_format(database: &Database) -> Result<(), OpenError> {
    match contained(|| format(database)).map_err(unread)? {
        Some(FORMAT) => Ok(()),
        Some(newer) => Err(OpenError::Newer(newer)),
        None => Err(OpenError::Foreign),
    }
}

pub(super) fn builder() -> Builder {
    let mut builder = Database::builder();
    builder.set_cache_size(STORE_CACHE_BYTES);
    builder
}

fn format(database: &Database) -> Result<Option<u64>, Unread> {
    match database.begin_read()?.open_table(ABOUT) {
        Ok(about) => Ok(Some(about.get("format")?.ok_or(Damaged::Form)?.value())),
        Err(::redb::TableError::TableDoesNotExist(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Writes the tables and the format into a new file.
fn prepare(database: &Database) -> Result<(), StoreError> {
    let mut transaction = database.begin_write().map_err(write::failed)?;
    transaction.set_quick_repair(true);
    write::make_tables(&transaction)?;
    transaction
        .open_table(ABOUT)
        .map_err(write::failed)?
        .insert("format", FORMAT)
        .map_err(write::failed)?;
    transaction.commit().map_err(write::failed)
}

pub(super) fn io(error: std::io::Error) -> OpenError {
    OpenError::Failed(StoreError(Box::new(error)))
}

pub(super) fn unread(error: Unread) -> OpenError {
    match error {
        Unread::Store(error) => OpenError::Failed(error),
        Unread::Damaged(damage) => OpenError::Damaged(damage.to_string()),
    }
}

fn refused(error: DatabaseError) -> OpenError {
    match error {
        DatabaseError::DatabaseAlreadyOpen => OpenError::InUse,
        DatabaseError::Storage(StorageError::Corrupted(reason)) => OpenError::Damaged(reason),
        // What redb says of a file that does not begin as its files do.
        DatabaseError::Storage(StorageError::Io(error)) if error.kind() == ErrorKind::InvalidData => {
            OpenError::Foreign
        }
        other => OpenError::Failed(write::failed(other)),
    }
}
