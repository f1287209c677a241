//! Makes and opens the file.

use super::rows::Damaged;
use super::{RedbStore, census, contained, write};
use crate::store::StoreError;
use crate::store::redb::read::Unread;
use ::redb::{
    Builder, Database, DatabaseError, ReadableDatabase, StorageBackend, StorageError, TableDefinition,
};
use samverk_shared::ids::DocumentId;
use samverk_shared::limits::STORE_CACHE_BYTES;
use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

/// What a program must understand to read the file.
const FORMAT: u64 = 1;
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
    /// More than single documents is damaged.
    #[error("the store file is damaged: {0}; keep a copy of it, and restore the last backup")]
    Damaged(String),
    /// It cannot be opened.
    #[error("the store cannot be opened: {0}")]
    Failed(#[from] StoreError),
}

impl RedbStore {
    /// Opens the store at `path`, and makes it when there is none. Damage to single documents sets those aside.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, OpenError> {
        let path = path.as_ref();
        if !path.try_exists().map_err(io)? {
            make(path)?;
        }
        open_with(|builder| builder.open(path))
    }

    /// Opens the store in a storage of one's own; a clone of it must be a handle to the same bytes.
    pub fn open_backend(backend: impl StorageBackend + Clone) -> Result<Self, OpenError> {
        open_with(|builder| builder.create_with_backend(backend.clone()))
    }
}

/// Makes the file under another name first: a crash half-way would leave one that nobody can open.
fn make(path: &Path) -> Result<(), OpenError> {
    let unfinished = path.with_extension("unfinished");
    private_file(&unfinished)?;
    let store = open_with(|builder| builder.create(&unfinished))?;
    store
        .database
        .close()
        .map_err(|error| OpenError::Failed(write::failed(error)))?;
    std::fs::rename(&unfinished, path).map_err(io)?;
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    // Without this the name itself may be gone after a power failure.
    #[cfg(unix)]
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(io)?;
    Ok(())
}

/// An empty file which only its owner may read: it holds people's work and digests of their secrets.
fn private_file(path: &Path) -> Result<(), OpenError> {
    let mut options = File::options();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop).map_err(io)
}

fn open_with(open: impl Fn(&Builder) -> Result<Database, DatabaseError>) -> Result<RedbStore, OpenError> {
    match checked(&open) {
        Ok(database) => finish(database, BTreeMap::new()),
        Err(OpenError::Damaged(reason)) => {
            tracing::error!(%reason, "the store file is damaged; looking for what is whole");
            let database = plain(&open)?;
            let damaged = contained(|| census::census(&database)).map_err(unread)?;
            for (document, reason) in &damaged {
                tracing::error!(%document, %reason, "a stored document is damaged and is not served");
            }
            finish(database, damaged)
        }
        Err(error) => Err(error),
    }
}

/// Opens the file and verifies the checksums of all its pages.
fn checked(open: &impl Fn(&Builder) -> Result<Database, DatabaseError>) -> Result<Database, OpenError> {
    contained(|| Ok(open(builder().set_check_integrity_on_open(true))))
        .map_err(unread)?
        .map_err(refused)
}

/// Opens the file on trust. Every commit left what is needed for that, see docs/decisions/store-file.md.
fn plain(open: &impl Fn(&Builder) -> Result<Database, DatabaseError>) -> Result<Database, OpenError> {
    contained(|| Ok(open(&builder())))
        .map_err(unread)?
        .map_err(refused)
}

fn builder() -> Builder {
    let mut builder = Database::builder();
    builder.set_cache_size(STORE_CACHE_BYTES);
    builder
}

/// Checks the format, or writes it and the tables into a new file.
fn finish(database: Database, damaged: BTreeMap<DocumentId, String>) -> Result<RedbStore, OpenError> {
    match contained(|| format(&database)).map_err(unread)? {
        Some(FORMAT) => {}
        Some(newer) => return Err(OpenError::Newer(newer)),
        None => prepare(&database)?,
    }
    Ok(RedbStore::new(database, damaged))
}

fn format(database: &Database) -> Result<Option<u64>, Unread> {
    match database.begin_read()?.open_table(ABOUT) {
        Ok(about) => Ok(Some(about.get("format")?.ok_or(Damaged::Form)?.value())),
        Err(::redb::TableError::TableDoesNotExist(_)) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

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

fn io(error: std::io::Error) -> OpenError {
    OpenError::Failed(StoreError(Box::new(error)))
}

fn unread(error: Unread) -> OpenError {
    match error {
        Unread::Store(error) => OpenError::Failed(error),
        Unread::Damaged(damage) => OpenError::Damaged(damage.to_string()),
    }
}

fn refused(error: DatabaseError) -> OpenError {
    match error {
        DatabaseError::DatabaseAlreadyOpen => OpenError::InUse,
        DatabaseError::Storage(StorageError::Corrupted(reason)) => OpenError::Damaged(reason),
        other => OpenError::Failed(write::failed(other)),
    }
}
