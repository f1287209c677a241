//! The data folder: taken by one process, with the store in it.
//!
//! **Invariant:** whoever holds the store holds the folder; it is free when the last of them lets go.

use crate::core::StartError;
use crate::files::sync_folder_of;
use crate::store::redb::backup::{BackupError, Manifest, Watch};
use crate::store::{
    Changes, Conflict, Meta, ReadError, Record, Records, RedbStore, Store, StoreError, Stored, Table,
    Transaction,
};
use samverk_shared::ids::DocumentId;
use serde::{Deserialize, Serialize};
use std::fs::{
    DirBuilder, File, OpenOptions, TryLockError, read, read_dir, remove_dir, remove_file, rename, write,
};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::DirBuilderExt;
use std::path::Path;
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::timeout;

const LOCK_FILE: &str = "lock";
const STORE_FILE: &str = "samverk.redb";
/// A store that is being made.
const UNFINISHED_FILE: &str = "samverk.unfinished";
/// When the last backup was made.
const NOTE_FILE: &str = "last-backup";
const NOTE_UNFINISHED_FILE: &str = "last-backup.unfinished";
/// What an empty folder may hold: leftovers of a process that was killed, and what a new disk has.
const UNIMPORTANT: [&str; 3] = [LOCK_FILE, UNFINISHED_FILE, "lost+found"];
/// How long threads that end may hold the store.
const RELEASE_MAX: Duration = Duration::from_secs(2);

/// The store of a data folder. Its fields are dropped in this order: the store, the lock, then the news of it.
pub struct Folder {
    store: RedbStore,
    _lock: File,
    free: watch::Sender<()>,
}

/// What is noted of the last backup, in a file of its own: a backup holds nothing of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupNote {
    /// When it was made, in Unix seconds.
    pub made_s: u64,
    /// Bytes of its file.
    pub bytes: u64,
}

/// Notes that a backup was made.
pub fn note_backup(data: &Path, note: BackupNote) -> std::io::Result<()> {
    let unfinished = data.join(NOTE_UNFINISHED_FILE);
    write(&unfinished, serde_json::to_vec(&note)?)?;
    rename(unfinished, data.join(NOTE_FILE))
}

/// The last backup that was noted; `None` where none was, or the note cannot be read.
pub fn last_backup(data: &Path) -> Option<BackupNote> {
    serde_json::from_slice(&read(data.join(NOTE_FILE)).ok()?).ok()
}

/// The room of a data folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Bytes of the store file.
    pub used_bytes: u64,
    /// Bytes left on its disk.
    pub free_bytes: u64,
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

    /// Whether there is a store in a folder.
    pub fn has_store(data: &Path) -> bool {
        data.join(STORE_FILE).exists()
    }

    /// How much room a store takes, and how much there is.
    pub fn room(data: &Path) -> std::io::Result<Room> {
        let disk = rustix::fs::statvfs(data)?;
        Ok(Room {
            used_bytes: data.join(STORE_FILE).metadata()?.len(),
            free_bytes: disk.f_bavail.saturating_mul(disk.f_frsize),
        })
    }

    /// Writes everything it holds at this moment.
    pub fn backup(
        &self,
        out: impl Write,
        made_s: u64,
        watch: &Watch<'_>,
    ) -> Result<(Manifest, u64), BackupError> {
        self.store.backup(out, made_s, watch)
    }

    /// Fails, which it does not before, when the folder is free again.
    pub fn released(&self) -> watch::Receiver<()> {
        self.free.subscribe()
    }
}

/// Makes a folder, new or empty, with the store that `write` makes at the path it is given. The store is there when
/// it is whole; after an error nothing is.
pub fn make<T, E: From<StartError>>(data: &Path, write: impl FnOnce(&Path) -> Result<T, E>) -> Result<T, E> {
    let unusable = |error| StartError::Folder(data.to_owned(), error);
    let new = match read_dir(data) {
        Ok(entries) => {
            for entry in entries {
                let name = entry.map_err(unusable)?.file_name();
                if !UNIMPORTANT.iter().any(|unimportant| name == *unimportant) {
                    let name = name.to_string_lossy().into_owned();
                    return Err(StartError::NotEmpty(data.to_owned(), name).into());
                }
            }
            false
        }
        Err(error) if error.kind() == ErrorKind::NotFound => true,
        Err(error) => return Err(unusable(error).into()),
    };
    let _lock = lock(data)?;
    let (path, unfinished) = (data.join(STORE_FILE), data.join(UNFINISHED_FILE));
    let made = write(&unfinished).and_then(|made| {
        let named = rename(&unfinished, &path).and_then(|()| sync_folder_of(&path));
        named.map_err(|error| unusable(error).into()).map(|()| made)
    });
    if made.is_err() {
        // Nothing may be there yet, and what cannot be removed is of no use to anybody.
        remove_file(&unfinished).ok();
        remove_file(data.join(LOCK_FILE)).ok();
        if new {
            remove_dir(data).ok();
        }
    }
    made
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

    fn shrink(&self) -> Result<(), StoreError> {
        self.store.shrink()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Write as Change;
    use automerge::ChangeHash;

    #[test]
    fn the_file_in_a_data_folder_gives_back_what_it_does_not_need() {
        const ENTRIES: u32 = 2_000;
        let data = tempfile::tempdir().unwrap();
        let folder = Folder::open(data.path()).unwrap();
        let document = DocumentId::from_random([1; 16]);
        let append = |number: u32| {
            vec![Change::Append {
                document,
                bytes: vec![number as u8; 400].into(),
                heads: vec![ChangeHash([number as u8; 32])],
            }]
        };
        let log: Vec<Transaction> = (0..ENTRIES).map(append).collect();
        folder.commit(&log).unwrap();
        folder.commit(&[vec![Change::Remove { document }]]).unwrap();
        let bytes = || data.path().join(STORE_FILE).metadata().unwrap().len();
        let before = bytes();
        folder.shrink().unwrap();
        assert!(bytes() * 4 < before, "{before} bytes before, {} after", bytes());
    }
}
