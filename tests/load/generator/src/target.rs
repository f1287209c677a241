//! Where the load goes: to a server on this machine, in its protocol.

use crate::automerge::{self, Base, sync_document};
use crate::client::Protocol;
use crate::server::Server;
use crate::{relay, yjs};
use ::automerge::Automerge;
use ::automerge::ChangeHash;
use anyhow::{Result, bail};
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::rc::Rc;
use std::time::Duration;

/// A server's protocol.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Dialect {
    /// automerge-repo at `/sync`
    Samverk,
    /// automerge-repo at `/`
    Automerge,
    /// y-protocols, each message behind the document's name
    Hocuspocus,
    /// y-protocols, with a client token from an HTTP API
    Ysweet,
    /// the bare relay
    Relay,
}

#[derive(Args, Clone)]
pub struct Target {
    #[arg(long, value_enum, default_value = "samverk")]
    pub dialect: Dialect,
    /// The server's name in the results
    #[arg(long, default_value = "samverk")]
    pub label: String,
    /// The server's start script, called with PORT and DATA; the server is killed at the end
    #[arg(long)]
    pub spawn: Option<PathBuf>,
    #[arg(long, default_value_t = 7700)]
    pub port: u16,
    /// The server's data folder; emptied
    #[arg(long, default_value = "data/samverk")]
    pub data: PathBuf,
    /// The pid of a server that already runs, for its CPU time and memory
    #[arg(long)]
    pub pid: Option<u32>,
    /// Another address than the dialect's usual one at --port
    #[arg(long)]
    pub url: Option<String>,
    /// Edits in the document before a run
    #[arg(long, default_value_t = 1000)]
    pub seed: usize,
    /// Clients answer news only where they are asked something, as Samverk's own client does
    #[arg(long)]
    pub silent: bool,
    /// Bytes of a relay message
    #[arg(long, default_value_t = 400)]
    pub relay_bytes: usize,
}

/// How long a push or a fetch of a document may take.
pub const PATIENCE: Duration = Duration::from_secs(120);

impl Target {
    pub fn server(&self) -> Server {
        Server::new(self.spawn.clone(), self.port, self.data.clone(), self.pid)
    }

    pub fn is_automerge(&self) -> bool {
        matches!(self.dialect, Dialect::Samverk | Dialect::Automerge)
    }

    /// The socket of a document.
    pub async fn url(&self, document: &str) -> Result<String> {
        let host = format!("127.0.0.1:{}", self.port);
        let url = match (&self.url, self.dialect) {
            (Some(url), _) => url.clone(),
            (None, Dialect::Samverk) => format!("ws://{host}/sync"),
            (None, Dialect::Relay) => format!("ws://{host}/{document}"),
            (None, Dialect::Ysweet) => yjs::token_url(&host, document).await?,
            (None, Dialect::Automerge | Dialect::Hocuspocus) => format!("ws://{host}/"),
        };
        loopback_only(&url)?;
        Ok(url)
    }

    pub fn new_document_id(&self) -> String {
        if self.is_automerge() {
            automerge::new_document_id()
        } else {
            format!("d{}", automerge::random_hex(8))
        }
    }

    /// A made document of this target's kind.
    pub fn seed_document(&self, edits: usize, actors: usize) -> Seed {
        match self.dialect {
            Dialect::Samverk | Dialect::Automerge => {
                Seed::Automerge(Box::new(automerge::make_document(edits, actors)))
            }
            Dialect::Hocuspocus | Dialect::Ysweet => Seed::Yjs(yjs::make_document(edits, actors)),
            Dialect::Relay => Seed::Nothing,
        }
    }

    /// Puts a document on the server.
    pub async fn push(&self, seed: &Seed, number: u32) -> Result<Document> {
        let id = self.new_document_id();
        let url = self.url(&id).await?;
        match seed {
            Seed::Automerge(document) => push_in_parts(&url, &id, document).await?,
            Seed::Yjs(document) => yjs::push(self.dialect, &url, &id, document, PATIENCE).await?,
            Seed::Nothing => {}
        }
        Ok(Document {
            id,
            number,
            known: seed.known()?,
        })
    }

    /// A light client of a document.
    pub fn client(&self, document: &Document, me: u32, stance: Stance) -> Box<dyn Protocol> {
        match &document.known {
            Known::Automerge(base) => {
                let light = automerge::Light::new(me, &document.id, document.number, base.clone());
                let light = if stance.fresh { light.fresh() } else { light };
                let light = if self.silent { light.silent() } else { light };
                Box::new(match stance.until {
                    Some(heads) => light.until(heads),
                    None => light,
                })
            }
            Known::Yjs(state) => {
                let state = if stance.fresh { vec![0] } else { state.clone() };
                Box::new(yjs::Light::new(
                    self.dialect,
                    me,
                    &document.id,
                    document.number,
                    state,
                ))
            }
            Known::Nothing => Box::new(relay::Light::new(me, document.number, self.relay_bytes)),
        }
    }
}

/// How a client comes to a document.
#[derive(Default, Clone)]
pub struct Stance {
    /// Without the document.
    pub fresh: bool,
    /// Ready when both sides have these heads.
    pub until: Option<Vec<ChangeHash>>,
}

/// A made document.
pub enum Seed {
    Automerge(Box<Automerge>),
    Yjs(yrs::Doc),
    Nothing,
}

impl Seed {
    pub fn known(&self) -> Result<Known> {
        Ok(match self {
            Seed::Automerge(document) => Known::Automerge(Rc::new(Base::of(document)?)),
            Seed::Yjs(document) => Known::Yjs(yjs::state_of(document)),
            Seed::Nothing => Known::Nothing,
        })
    }
}

/// What a client knows of a document that it has.
#[derive(Clone)]
pub enum Known {
    Automerge(Rc<Base>),
    Yjs(Vec<u8>),
    Nothing,
}

/// A document on the server.
#[derive(Clone)]
pub struct Document {
    pub id: String,
    pub number: u32,
    pub known: Known,
}

/// A history of years does not come in one message.
const PUSHED_AT_ONCE: usize = 20_000;

async fn push_in_parts(url: &str, id: &str, document: &Automerge) -> Result<()> {
    let mut part = Automerge::new();
    for changes in document.get_changes(&[]).chunks(PUSHED_AT_ONCE) {
        part.apply_changes(changes.to_vec())?;
        let heads = part.get_heads();
        sync_document(url, id, &mut part, Some(heads), PATIENCE).await?;
    }
    Ok(())
}

/// Load is sent to this machine only.
fn loopback_only(url: &str) -> Result<()> {
    let host = url
        .split("://")
        .nth(1)
        .unwrap_or(url)
        .split(['/', '?'])
        .next()
        .unwrap_or("");
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    if !matches!(name, "127.0.0.1" | "localhost" | "[::1]") {
        bail!("{host}: load is sent to loopback addresses only");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::loopback_only;

    #[test]
    fn other_machines_are_refused() {
        for url in ["ws://127.0.0.1:7700/sync", "ws://localhost/", "ws://[::1]:1/"] {
            assert!(loopback_only(url).is_ok(), "{url}");
        }
        for url in [
            "ws://10.0.0.1:7700/sync",
            "ws://example.no/127.0.0.1",
            "ws://127.0.0.1.example.no:1/",
            "/",
        ] {
            assert!(loopback_only(url).is_err(), "{url}");
        }
    }
}
