//! The control socket in the data folder, for the owner of the folder alone: one line of JSON in, one out; before it
//! come lines that tell how far long work is.

use super::backup::{BackupFailed, backup};
use super::erase_again::erase_again;
use super::serve::owner_link;
use super::verify::verify;
use crate::clock;
use crate::config::Config;
use crate::core::{Core, StartError};
use crate::folder::{Folder, note_backup, wait_until_free};
use crate::http::link_back::return_path;
use crate::hub::{Caller, CommandError, Refused};
use crate::imports::{self, File, ImportError, Lists};
use crate::people::PeopleError;
use crate::store::{StoreError, Table};
use crate::views::Reader;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use samverk_shared::ids::WorkshopId;
use samverk_shared::import::Choices;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::fs::{Permissions, remove_file, set_permissions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::mpsc::unbounded_channel;
use tokio::task::{JoinHandle, spawn_blocking};

const SOCKET_FILE: &str = "control.sock";
/// Bytes of one order: a large list of cases.
const ORDER_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// What the command line asks of a server.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "order", rename_all = "kebab-case")]
pub enum Order {
    /// A link to become the owner.
    OwnerLink,
    /// A link by which somebody comes in again.
    SignInLink {
        /// Their sign-in name, or their id.
        person: String,
    },
    /// What lists would bring, or what they brought: the same plan as a person is shown.
    Import {
        /// Into which workshop.
        workshop: WorkshopId,
        /// Name and content, in base 64.
        files: Vec<(String, String)>,
        /// Of each workbook the sheet of this name alone.
        sheet: Option<String>,
        /// Changes nothing.
        dry_run: bool,
    },
    /// A check of every document.
    Verify,
    /// Erases again who was erased since the backup this server was restored from.
    EraseAgain {
        /// A newer backup, or the data folder of the server before; an absolute path.
        newer: PathBuf,
    },
    /// A copy of everything.
    Backup {
        /// Where to; an absolute path.
        out: PathBuf,
    },
}

/// Tells who waits how far it is.
pub type Tell = Arc<dyn Fn(String) + Send + Sync>;

/// Why an order was not done.
#[derive(Debug, thiserror::Error)]
pub enum ControlError {
    /// The server did not answer.
    #[error("the running server does not answer: {0}")]
    Socket(#[from] io::Error),
    /// What passed through the socket makes no sense.
    #[error("the running server speaks otherwise: {0}")]
    Json(#[from] serde_json::Error),
    /// The stopped server's folder cannot be opened.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The people's records failed.
    #[error(transparent)]
    People(#[from] PeopleError),
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// There is nothing to look at.
    #[error("there is no store in the folder {0}: name the data folder with --data")]
    NoStore(PathBuf),
    /// There is no such person.
    #[error("nobody has this sign-in name or id")]
    Nobody,
    /// There is no backup.
    #[error(transparent)]
    Backup(#[from] BackupFailed),
    /// The hub refused.
    #[error(transparent)]
    Command(#[from] CommandError),
    /// The lists could not come in.
    #[error(transparent)]
    Import(#[from] ImportError),
    /// The running server could not do it.
    #[error("{0}")]
    Refused(String),
}

/// Has an order done by the server of a data folder: the one that runs, or none.
pub async fn ask(config: &Config, order: Order) -> Result<Value, ControlError> {
    match UnixStream::connect(config.data.join(SOCKET_FILE)).await {
        Ok(stream) => ask_running(stream, order).await,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::ConnectionRefused) => {
            let looks = matches!(
                order,
                Order::Verify | Order::Backup { .. } | Order::Import { dry_run: true, .. }
            );
            if looks && !Folder::has_store(&config.data) {
                return Err(ControlError::NoStore(config.data.clone()));
            }
            let core = Arc::new(Core::open(config).await?);
            let done = perform(&core, &config.address(config.listen), order, Arc::new(print)).await;
            core.runtime.stop().await;
            let released = core.released();
            drop(core);
            wait_until_free(released).await;
            done
        }
        Err(error) => Err(error.into()),
    }
}

/// How far it is, for who waits at the command line.
pub fn print(progress: String) {
    eprintln!("samverk: {progress}");
}

/// Does an order.
pub async fn perform(
    core: &Arc<Core>,
    address: &str,
    order: Order,
    tell: Tell,
) -> Result<Value, ControlError> {
    match order {
        Order::OwnerLink => {
            let secret = core.people.make_owner_link().await?;
            Ok(json!({ "link": owner_link(address, &secret) }))
        }
        Order::SignInLink { person } => {
            let (people, now_s) = (&core.people, clock::now_s());
            let found = match people.named(&person)? {
                Some(found) => Some(found),
                None => person
                    .parse()
                    .ok()
                    .filter(|id| matches!(people.person(id), Ok(Some(_)))),
            };
            let found = found.ok_or(ControlError::Nobody)?;
            let secret = people.make_sign_in_link(&found, now_s).await?;
            Ok(json!({ "link": format!("{address}{}", return_path(&secret)) }))
        }
        Order::Import {
            workshop,
            files,
            sheet,
            dry_run,
        } => import(core, workshop, (files, sheet), dry_run).await,
        Order::Verify => {
            let store = core.store.clone();
            let checked = spawn_blocking(move || verify(store.as_ref())).await;
            let report = checked.map_err(|error| ControlError::Refused(error.to_string()))??;
            Ok(json!({ "text": report.to_string(), "report": report }))
        }
        Order::EraseAgain { newer } => {
            let report = erase_again(core, newer).await?;
            Ok(json!({ "text": report.to_string(), "report": report }))
        }
        Order::Backup { out } => {
            let folder = core.folder.clone();
            let made = spawn_blocking(move || backup(&folder, &out, &*tell)).await;
            let summary = made.map_err(|error| ControlError::Refused(error.to_string()))??;
            // The backup is there, whatever comes of the note.
            if let Err(error) = note_backup(&core.data, summary.note()) {
                tracing::warn!(%error, "the backup was made, and could not be noted");
            }
            Ok(json!({ "text": summary.to_string(), "report": summary }))
        }
    }
}

async fn import(
    core: &Arc<Core>,
    workshop: WorkshopId,
    (files, sheet): (Vec<(String, String)>, Option<String>),
    dry_run: bool,
) -> Result<Value, ControlError> {
    let unpacked: Result<Vec<File>, base64::DecodeError> = files
        .into_iter()
        .map(|(name, content)| {
            let bytes = BASE64.decode(content)?;
            Ok(File { name, bytes })
        })
        .collect();
    let files = unpacked.map_err(|error| ControlError::Refused(error.to_string()))?;
    let lists = Arc::new(Lists {
        files,
        sheet,
        choices: Choices::default(),
    });
    if core.store.get(Table::Workshops, workshop.as_str())?.is_none() {
        return Err(CommandError::Refused(Refused::UnknownWorkshop).into());
    }
    let plan = if dry_run {
        imports::plan(core, &workshop, Reader::Team, lists).await?
    } else {
        imports::bring_in(core, &workshop, Reader::Team, (Caller::Server, None), lists).await?
    };
    Ok(serde_json::to_value(plan)?)
}

/// Takes orders for a running server. The folder is locked, so a socket that is there belongs to nobody.
pub fn listen(data: &Path, core: Arc<Core>, address: String) -> io::Result<JoinHandle<()>> {
    let path = data.join(SOCKET_FILE);
    match remove_file(&path) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let listener = UnixListener::bind(&path)?;
    set_permissions(&path, Permissions::from_mode(0o600))?;
    Ok(tokio::spawn(async move {
        loop {
            match listener.accept().await {
                Ok((stream, _)) => drop(tokio::spawn(take(stream, core.clone(), address.clone()))),
                Err(error) => tracing::warn!(%error, "an order could not be taken"),
            }
        }
    }))
}

async fn take(stream: UnixStream, core: Arc<Core>, address: String) {
    if let Err(error) = serve(stream, &core, &address).await {
        tracing::warn!(%error, "an order was not answered");
    }
}

async fn serve(mut stream: UnixStream, core: &Arc<Core>, address: &str) -> Result<(), ControlError> {
    let mut line = String::new();
    BufReader::new((&mut stream).take(ORDER_BYTES_MAX))
        .read_line(&mut line)
        .await?;
    let (tell, mut told) = unbounded_channel();
    let done = async move {
        // Nobody is told any more when who asked is gone.
        let tell = Arc::new(move |progress| drop(tell.send(progress)));
        perform(core, address, serde_json::from_str(&line)?, tell).await
    };
    tokio::pin!(done);
    let answer = loop {
        tokio::select! {
            Some(progress) = told.recv() => say(&mut stream, &json!({ "progress": progress })).await?,
            done = &mut done => match done {
                Ok(answer) => break json!({ "done": answer }),
                Err(error) => break json!({ "error": error.to_string() }),
            },
        }
    };
    say(&mut stream, &answer).await
}

async fn say(stream: &mut UnixStream, what: &Value) -> Result<(), ControlError> {
    Ok(stream.write_all(format!("{what}\n").as_bytes()).await?)
}

async fn ask_running(mut stream: UnixStream, order: Order) -> Result<Value, ControlError> {
    let order = serde_json::to_string(&order)?;
    stream.write_all(format!("{order}\n").as_bytes()).await?;
    let mut answers = BufReader::new(stream);
    loop {
        let mut line = String::new();
        answers.read_line(&mut line).await?;
        let mut answer: Value = serde_json::from_str(&line)?;
        if let Some(progress) = answer["progress"].as_str() {
            print(progress.to_owned());
        } else if let Some(error) = answer["error"].as_str() {
            return Err(ControlError::Refused(error.to_owned()));
        } else {
            return Ok(answer["done"].take());
        }
    }
}
