//! The data folder: taken by one process, with the store in it.
//!
//! **Invariant:** whoever holds the store holds the folder; it is free when the last of them lets go.

use crate::core::StartError;
use crate::store::{
    Changes, Conflict, Meta, ReadError, Record, Records, RedbStore, Store, StoreError, Stored, Table,
    Transaction,
};
use samverk_shared::ids::DocumentId;
use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::timeout;

const LOCK_FILE: &str = "lock";
const STORE_FILE: &str = "samverk.redb";
/// How long threads that end may hold the store.
const RELEASE_MAX: Duration = Duration::from_secs(2);

/// The store of a data folder. Its fields are dropped in this order: the store, the lock, then the news of it.
pub struct Folder {
    store: RedbStore,
    _lock: File,
    free: watch::Sender<()>,
}

impl Folder {
    /// Takes a folder, and makes it where there is none.
    pub fn open(data: &Path) -> Result<Folder, StartError> {
        let lock = lock(data)?;
        let path = data.join(STORE_FILE);
        let store = RedbStore::open(&path).map_err(|error| StartError::Open(path, error.into()))?;
        Ok(Folder {
            store,
            _lock: lock,
            free: watch::Sender::new(()),
        })
    }

    /// Fails, which it does not before, when the folder is free again.
    pub fn released(&self) -> watch::Receiver<()> {
        self.free.subscribe()
    }
}

/// Makes the folder for its owner alone, and takes it for this process.
fn lock(data: &Path) -> Result<File, StartError> {
    let unusable = |error| StartError::Folder(data.to_owned(), error);
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(data)
        .map_err(unusable)?;
    let path = data.join(LOCK_FILE);
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(path)
        .map_err(unusable)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StartError::InUse(data.to_owned())),
        Err(TryLockError::Error(error)) => Err(unusable(error)),
    }
}

/// Waits until a folder is free again.
pub async fn wait_until_free(mut released: watch::Receiver<()>) {
    if timeout(RELEASE_MAX, released.changed()).await.is_err() {
        tracing::warn!("something still uses the data folder");
    }
}

impl Changes for Folder {
    fn load(&self, document: DocumentId) -> Result<Option<Stored>, ReadError> {
        self.store.load(document)
    }

    fn meta(&self, document: DocumentId) -> Result<Option<Meta>, ReadError> {
        self.store.meta(document)
    }

    fn documents(&self) -> Result<Vec<DocumentId>, StoreError> {
        self.store.documents()
    }

    fn quarantined(&self) -> Result<Vec<(DocumentId, String)>, StoreError> {
        self.store.quarantined()
    }
}

impl Records for Folder {
    fn get(&self, table: Table, key: &str) -> Result<Option<Record>, StoreError> {
        self.store.get(table, key)
    }

    fn scan(&self, table: Table, prefix: &str) -> Result<Vec<(String, Record)>, StoreError> {
        self.store.scan(table, prefix)
    }
}

impl Store for Folder {
    fn commit(&self, transactions: &[Transaction]) -> Result<Vec<Result<(), Conflict>>, StoreError> {
        self.store.commit(transactions)
    }
}
