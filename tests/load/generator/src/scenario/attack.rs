//! `attack`: one peer that sends as fast as its socket takes it.

use crate::automerge::{Typewriter, document_frame, ephemeral, join, parse, random_hex, sync_document};
use crate::socket::{Socket, Taken};
use crate::target::{PATIENCE, Target};
use ::automerge::sync::{BloomFilter, Have, Message, MessageVersion};
use ::automerge::{Automerge, ChangeHash, ROOT, ReadDoc};
use anyhow::{Context, Result, bail};
use clap::{Args, ValueEnum};
use rand::RngExt;
use serde_json::json;
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout};

/// What harm is done.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Kind {
    /// well-formed sync messages that say nothing new
    Tiny,
    /// questions: the whole document by hash, and bloom filters of unknown changes
    Questions,
    /// valid edits
    Edits,
    /// malformed frames, with a new connection after each refusal
    Malformed,
    /// presence
    Presence,
}

#[derive(Args, Clone)]
pub struct Attack {
    #[arg(long, value_enum)]
    kind: Kind,
    /// The document's id
    #[arg(long)]
    document: String,
    #[arg(long, default_value_t = 5.0)]
    secs: f64,
}

/// Bytes that wait for the socket at most.
const OUTBOX_BYTES: usize = 256 * 1024;
/// How long it waits with a new connection after a refusal.
const AGAIN: Duration = Duration::from_millis(20);
/// Hashes asked for in one message: as many as the server takes in one, or nearly.
const ASKED: usize = 500;

impl Attack {
    pub async fn play(&self, target: &Target) -> Result<()> {
        let url = target.url(&self.document).await?;
        let mut document = Automerge::new();
        sync_document(&url, &self.document, &mut document, None, PATIENCE).await?;
        let mut ammunition = Ammunition::of(&document, self.kind, &self.document)?;
        let end = Instant::now() + Duration::from_secs_f64(self.secs);
        let (mut sent, mut connections) = (0u64, 0u64);
        while Instant::now() < end {
            connections += 1;
            if let Err(error) = ammunition.fire(&url, end, &mut sent).await
                && connections < 3
            {
                eprintln!("attacker: {error:#}");
            }
            sleep(AGAIN).await;
        }
        println!(
            "{}",
            json!({"sent": sent, "sent_per_s": sent as f64 / self.secs, "connections": connections})
        );
        Ok(())
    }
}

/// What there is to send.
struct Ammunition {
    kind: Kind,
    document: String,
    heads: Vec<ChangeHash>,
    /// In the order in which a message names them.
    hashes: BTreeSet<ChangeHash>,
    typewriter: Typewriter,
    seq: u64,
    max_op: u64,
    last: Option<u64>,
    shows: u64,
}

impl Ammunition {
    fn of(document: &Automerge, kind: Kind, id: &str) -> Result<Self> {
        let (_, text) = document.get(ROOT, "text")?.context("a document with a text")?;
        let changes = document.get_changes(&[]);
        Ok(Ammunition {
            kind,
            document: id.into(),
            heads: document.get_heads(),
            hashes: changes
                .iter()
                .map(|change| change.hash())
                .collect::<BTreeSet<_>>(),
            typewriter: Typewriter::new(&text.to_string(), rand::rng().random()),
            seq: 0,
            max_op: changes.iter().map(|change| change.max_op()).max().unwrap_or(0),
            last: None,
            shows: 0,
        })
    }

    /// One connection, until the server ends it or the time is over.
    async fn fire(&mut self, url: &str, end: Instant, sent: &mut u64) -> Result<()> {
        let me = format!("load-hostile-{}", random_hex(6));
        let mut socket = Socket::connect(url).await?;
        socket.send(&join(&me));
        socket.flush()?;
        let server = welcome(&mut socket).await?;
        socket.send(&document_frame(
            "sync",
            &me,
            &server,
            &self.document,
            &self.message(vec![], vec![]),
        ));
        while Instant::now() < end {
            while socket.outbox_bytes() < OUTBOX_BYTES {
                self.next(&mut socket, &me, &server);
                *sent += 1;
            }
            // Whatever comes is read and thrown away.
            match timeout(Duration::from_millis(1), socket.receive()).await {
                Ok(came) => came?,
                Err(_) => socket.flush()?,
            }
            loop {
                match socket.take() {
                    Taken::Message(_) => {}
                    Taken::Closed(code) => bail!("closed with {code}"),
                    Taken::Nothing => break,
                }
            }
        }
        Ok(())
    }

    fn next(&mut self, socket: &mut Socket, me: &str, server: &str) {
        let sync = |data: Vec<u8>, document: &str| document_frame("sync", me, server, document, &data);
        match self.kind {
            Kind::Tiny => socket.send(&sync(self.message(vec![], vec![]), &self.document)),
            Kind::Questions => {
                let need = self.hashes.iter().take(ASKED).copied().collect();
                socket.send(&sync(self.message(need, vec![]), &self.document));
            }
            Kind::Edits => {
                let change = self.edit();
                socket.send(&sync(self.message(vec![], vec![change]), &self.document));
            }
            Kind::Malformed => match rand::rng().random_range(0..3) {
                0 => socket.send(&rand::rng().random::<[u8; 32]>()),
                1 => socket.send(&sync(rand::rng().random::<[u8; 32]>().to_vec(), &self.document)),
                _ => socket.send_raw(&[0xff; 16]),
            },
            Kind::Presence => {
                self.shows += 1;
                let data = b"\xa1\x6a__presence\xa1\x64type\x69heartbeat";
                socket.send(&ephemeral(
                    me,
                    server,
                    &self.document,
                    "hostile",
                    self.shows,
                    data,
                ));
            }
        }
    }

    fn edit(&mut self) -> Vec<u8> {
        self.seq += 1;
        let start_op = self.max_op + 1;
        let mut deps = self.heads.clone();
        let (bytes, hash) = self
            .typewriter
            .insertion(self.seq, start_op, self.last, 'x', 0, &mut deps);
        self.max_op = start_op;
        self.last = Some(start_op);
        self.heads = vec![hash];
        bytes
    }

    fn message(&self, need: Vec<ChangeHash>, changes: Vec<Vec<u8>>) -> Vec<u8> {
        // Questions come with a filter of changes that nobody has.
        let unknown: Vec<ChangeHash> = match self.kind {
            Kind::Questions => (0..64).map(|_| ChangeHash(rand::rng().random())).collect(),
            _ => vec![],
        };
        let last_sync = if self.kind == Kind::Questions {
            vec![]
        } else {
            self.heads.clone()
        };
        Message {
            heads: self.heads.clone(),
            need,
            have: vec![Have {
                last_sync,
                bloom: BloomFilter::from_hashes(unknown.iter()),
            }],
            changes: changes.into(),
            flags: None,
            version: MessageVersion::V1,
        }
        .encode()
    }
}

/// The server's peer id.
async fn welcome(socket: &mut Socket) -> Result<String> {
    loop {
        timeout(Duration::from_secs(5), socket.receive())
            .await
            .context("no welcome")??;
        if let Taken::Message(range) = socket.take() {
            return Ok(parse(socket.message(range))?.sender.into());
        }
    }
}
