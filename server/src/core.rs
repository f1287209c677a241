//! What a server is without its sockets: store, committer, runtime and people. Commands
//! on a stopped server work on it directly.

use crate::config::{BadConfig, Config};
use crate::folder::Folder;
use crate::hub::CommandError;
use crate::hub::rows::{self, BadRow};
use crate::intake::IntakeError;
use crate::people::{NoRandomness, People, PeopleError, random_id};
use crate::runtime::{self, Runtime, RuntimeConfig};
use crate::store::{CommitFailure, Committer, Expect, Store, StoreError, Table};
use crate::views::Views;
use samverk_shared::ids::id_from_random;
use serde::Serialize;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::watch;

/// `Table::Server`, key of the storage id.
pub const STORAGE_ID: &str = "storage-id";

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
    /// A store is only made where there is nothing.
    #[error(
        "the data folder {0} is not empty, it holds {1}: a backup is restored into a new or empty folder; \
         choose another with --data"
    )]
    NotEmpty(PathBuf, String),
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
    /// The bundled list cannot be read.
    #[error("the bundled list: {0}")]
    Bundled(#[from] IntakeError),
}

/// A server without its sockets.
pub struct Core {
    /// What it keeps.
    pub store: Arc<dyn Store>,
    /// Where it keeps it.
    pub folder: Arc<Folder>,
    /// The path of that folder.
    pub data: PathBuf,
    /// Runs the hubs.
    pub runtime: Runtime,
    /// Who people are.
    pub people: People,
    /// What is computed from documents.
    pub views: Arc<Views>,
    /// The name under which clients remember what this server has.
    pub storage_id: String,
    committer: Arc<Committer>,
    released: watch::Receiver<()>,
}

impl Core {
    /// Opens the data folder of the settings.
    pub async fn open(config: &Config) -> Result<Core, StartError> {
        config.check()?;
        let folder = Arc::new(Folder::open(&config.data)?);
        let released = folder.released();
        let store: Arc<dyn Store> = folder.clone();
        let committer = Arc::new(Committer::start(store.clone())?);
        let storage_id = storage_id(store.as_ref(), &committer).await?;
        let views = Arc::new(Views::new(store.clone()));
        let changed = views.clone();
        let runtime = RuntimeConfig {
            open_sync: config.open_sync,
            shards: config.shards,
            seed: random_id()?,
            storage_id: storage_id.clone(),
            on_changed: Box::new(move |workshop, document, _| changed.mark_changed(workshop, document)),
        };
        let runtime = Runtime::start(store.clone(), committer.clone(), runtime)?;
        let people = People::new(store.clone(), committer.clone());
        Ok(Core {
            store,
            folder,
            data: config.data.clone(),
            runtime,
            people,
            views,
            storage_id,
            committer,
            released,
        })
    }
}

impl Core {
    /// Ends when nobody has the store any more, and the data folder is free.
    pub fn released(&self) -> watch::Receiver<()> {
        self.released.clone()
    }

    /// Stores something of the server's own that must not be there yet.
    pub async fn put_once<Row: Serialize>(&self, name: &str, row: &Row) -> Result<(), StartError> {
        put_once(&self.committer, name, row).await
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
