//! What a server is without its sockets: a locked data folder, store, committer, runtime and people. Commands
//! on a stopped server work on it directly.

use crate::config::{BadConfig, Config};
use crate::hub::CommandError;
use crate::hub::rows::{self, BadRow};
use crate::people::{NoRandomness, People, PeopleError, random_id};
use crate::runtime::{self, Runtime, RuntimeConfig};
use crate::store::{CommitFailure, Committer, Expect, RedbStore, Store, StoreError, Table};
use samverk_shared::ids::id_from_random;
use serde::Serialize;
use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const LOCK_FILE: &str = "lock";
const STORE_FILE: &str = "samverk.redb";
const STORAGE_ID: &str = "storage-id";

/// Why a server does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The settings do not go together.
    #[error(transparent)]
    Config(#[from] BadConfig),
    /// The data folder cannot be used.
    #[error("the data folder {0} cannot be used: {1}")]
    Folder(PathBuf, #[source] io::Error),
    /// Another server has it open.
    #[error("another samverk uses the data folder {0}: stop it first, or choose another with --data")]
    InUse(PathBuf),
    /// The store cannot be opened.
    #[error("the store in {0} cannot be opened: {1}")]
    Open(PathBuf, #[source] Box<dyn std::error::Error + Send + Sync>),
    /// The address cannot be listened on.
    #[error("cannot listen on {0}: {1}")]
    Listen(std::net::SocketAddr, #[source] io::Error),
    /// A thread or socket could not be made.
    #[error("the machine refused: {0}")]
    Machine(#[from] io::Error),
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The store took nothing.
    #[error(transparent)]
    Commit(#[from] CommitFailure),
    /// A row makes no sense.
    #[error(transparent)]
    Row(#[from] BadRow),
    /// No secret could be made.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
    /// The workshops cannot be taken up.
    #[error(transparent)]
    Runtime(#[from] runtime::StartError),
    /// A person's record could not be read or stored.
    #[error(transparent)]
    People(#[from] PeopleError),
    /// The example workshop could not be made.
    #[error("the example workshop: {0}")]
    Demo(#[from] CommandError),
}

/// A server without its sockets.
pub struct Core {
    /// What it keeps.
    pub store: Arc<dyn Store>,
    /// Runs the hubs.
    pub runtime: Runtime,
    /// Who people are.
    pub people: People,
    /// The name under which clients remember what this server has.
    pub storage_id: String,
    committer: Arc<Committer>,
    /// Held as long as the store is open.
    _lock: File,
}

impl Core {
    /// Opens the data folder of the settings.
    pub async fn open(config: &Config) -> Result<Core, StartError> {
        config.check()?;
        let lock = lock(&config.data)?;
        let path = config.data.join(STORE_FILE);
        let store = RedbStore::open(&path).map_err(|error| StartError::Open(path, error.into()))?;
        let store: Arc<dyn Store> = Arc::new(store);
        let committer = Arc::new(Committer::start(store.clone())?);
        let storage_id = storage_id(store.as_ref(), &committer).await?;
        let runtime = RuntimeConfig {
            open_sync: config.open_sync,
            shards: config.shards,
            seed: random_id()?,
            storage_id: storage_id.clone(),
            on_changed: Box::new(|_, _, _| {}),
        };
        let runtime = Runtime::start(store.clone(), committer.clone(), runtime)?;
        let people = People::new(store.clone(), committer.clone());
        Ok(Core {
            store,
            runtime,
            people,
            storage_id,
            committer,
            _lock: lock,
        })
    }
}

impl Core {
    /// Stores something of the server's own that must not be there yet.
    pub async fn put_once<Row: Serialize>(&self, name: &str, row: &Row) -> Result<(), StartError> {
        put_once(&self.committer, name, row).await
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

/// Made at the first start, and the same for ever.
async fn storage_id(store: &dyn Store, committer: &Committer) -> Result<String, StartError> {
    if let Some(record) = store.get(Table::Server, STORAGE_ID)? {
        return Ok(rows::read(STORAGE_ID, &record)?);
    }
    let id = id_from_random(random_id()?);
    put_once(committer, STORAGE_ID, &id).await?;
    Ok(id)
}

async fn put_once<Row: Serialize>(committer: &Committer, name: &str, row: &Row) -> Result<(), StartError> {
    let put = rows::put_expecting(Table::Server, name.to_owned(), row, Expect::Absent);
    committer.commit(vec![put]).await?;
    Ok(())
}
