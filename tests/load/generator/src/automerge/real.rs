//! A client with a real document: for first pushes, cold opens, and to see what the server has kept.

use super::frame::{document_frame, join, parse};
use super::random_hex;
use crate::socket::{Socket, Taken};
use anyhow::{Context, Result, anyhow, bail};
use automerge::sync::{Message, State, SyncDoc};
use automerge::{Automerge, ChangeHash};
use serde::Serialize;
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout_at};

/// What opening a document took.
#[derive(Default, Debug, Serialize)]
pub struct Opened {
    /// From connecting to the first message with data: the server's part.
    pub first_data_ms: f64,
    /// From connecting to equal heads on both sides.
    pub synced_ms: f64,
    /// The client's part.
    pub client_ms: f64,
    pub bytes_in: u64,
    pub bytes_out: u64,
    pub messages_in: u64,
}

/// How often `doc-unavailable` is taken for "not yet".
const UNAVAILABLE_MAX: usize = 3;
const UNAVAILABLE_WAIT: Duration = Duration::from_millis(100);

/// Syncs a document until both sides have the same heads, and those of `target` where it is given.
pub async fn sync_document(
    url: &str,
    id: &str,
    document: &mut Automerge,
    target: Option<Vec<ChangeHash>>,
    patience: Duration,
) -> Result<Opened> {
    let began = Instant::now();
    let mut visit = Visit {
        me: format!("load-real-{}", random_hex(6)),
        server: String::new(),
        id: id.into(),
        state: State::new(),
        target: target.map(sorted),
        unavailable: 0,
        empty: document.get_heads().is_empty(),
        began,
        opened: Opened::default(),
    };
    let mut socket = Socket::connect(url).await?;
    socket.send(&join(&visit.me));
    socket.flush()?;
    loop {
        let came = timeout_at(began + patience, socket.receive()).await;
        let changes = || document.get_changes(&[]).len();
        came.with_context(|| format!("not in sync after {patience:?} ({} changes here)", changes()))??;
        loop {
            let message = match socket.take() {
                Taken::Message(range) => socket.message(range).to_vec(),
                Taken::Closed(code) => bail!("the server closed the connection ({code})"),
                Taken::Nothing => break,
            };
            let done = visit.read(&message, document).await?;
            if let Some(answer) = visit.answer(document) {
                socket.send(&answer);
                socket.flush()?;
            }
            if done {
                return Ok(visit.opened);
            }
        }
        socket.flush()?;
    }
}

struct Visit {
    me: String,
    server: String,
    id: String,
    state: State,
    target: Option<Vec<ChangeHash>>,
    unavailable: usize,
    /// The document was not here when the connection began.
    empty: bool,
    began: Instant,
    opened: Opened,
}

impl Visit {
    /// Reads a message; true when both sides have the same.
    async fn read(&mut self, message: &[u8], document: &mut Automerge) -> Result<bool> {
        self.opened.bytes_in += message.len() as u64;
        self.opened.messages_in += 1;
        let frame = parse(message)?;
        match frame.kind {
            "peer" => self.server = frame.sender.into(),
            "sync" | "request" if frame.document == self.id => return self.read_sync(frame.data, document),
            "doc-unavailable" => {
                self.unavailable += 1;
                if self.unavailable > UNAVAILABLE_MAX || (self.empty && self.target.is_none()) {
                    bail!("doc-unavailable");
                }
                sleep(UNAVAILABLE_WAIT).await;
                self.state = State::new();
            }
            "error" => bail!("the server says: {}", frame.message),
            _ => {}
        }
        Ok(false)
    }

    fn read_sync(&mut self, data: &[u8], document: &mut Automerge) -> Result<bool> {
        let message = Message::decode(data).map_err(|error| anyhow!("sync message: {error}"))?;
        let theirs = sorted(message.heads.clone());
        if self.opened.first_data_ms == 0.0 && !message.changes.is_empty() {
            self.opened.first_data_ms = self.elapsed_ms();
        }
        let before = self.elapsed_ms();
        document.receive_sync_message(&mut self.state, message)?;
        self.opened.client_ms += self.elapsed_ms() - before;
        let ours = sorted(document.get_heads());
        let done =
            !ours.is_empty() && ours == theirs && self.target.as_ref().is_none_or(|target| *target == ours);
        if done {
            self.opened.synced_ms = self.elapsed_ms();
        }
        Ok(done)
    }

    fn answer(&mut self, document: &Automerge) -> Option<Vec<u8>> {
        if self.server.is_empty() {
            return None;
        }
        let before = self.elapsed_ms();
        let message = document.generate_sync_message(&mut self.state)?.encode();
        self.opened.client_ms += self.elapsed_ms() - before;
        let kind = if document.get_heads().is_empty() {
            "request"
        } else {
            "sync"
        };
        let frame = document_frame(kind, &self.me, &self.server, &self.id, &message);
        self.opened.bytes_out += frame.len() as u64;
        Some(frame)
    }

    fn elapsed_ms(&self) -> f64 {
        self.began.elapsed().as_secs_f64() * 1e3
    }
}

fn sorted(mut hashes: Vec<ChangeHash>) -> Vec<ChangeHash> {
    hashes.sort_unstable();
    hashes
}
