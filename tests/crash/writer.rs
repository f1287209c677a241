//! Somebody who types as fast as the server acknowledges, and writes down what they were told.

use crate::client::{Client, Gone};
use automerge::transaction::Transactable;
use automerge::{ActorId, Automerge, Change, ChangeHash, ROOT, ScalarValue};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use samverk_shared::ids::DocumentId;
use samverk_tests::frames::ServerFrame;
use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use tokio::sync::mpsc::UnboundedSender;

/// An edit of this size and its neighbours outgrow any snapshot of them: the server compacts.
pub const LARGE_BYTES: usize = 70_000;

/// A writer, across all the servers it outlives.
pub struct Writer {
    pub document: DocumentId,
    pub doc: Automerge,
    /// Edits that were sent.
    pub sent: BTreeSet<String>,
    /// Edits the server acknowledged.
    pub acknowledged: BTreeSet<String>,
    pub name: String,
    /// Edits that wait for their acknowledgement.
    open: BTreeMap<ChangeHash, String>,
    rng: ChaCha8Rng,
    /// One in how many edits is large.
    large_one_in: u64,
    next_is_large: bool,
}

impl Writer {
    pub fn new(number: u8, document: DocumentId, seed: u64, large_one_in: u64) -> Writer {
        let actor = [&seed.to_be_bytes()[..], &document.0[..4], &[number; 4]].concat();
        Writer {
            document,
            doc: Automerge::new().with_actor(ActorId::from(actor)),
            sent: BTreeSet::new(),
            acknowledged: BTreeSet::new(),
            name: format!("writer-{number}"),
            open: BTreeMap::new(),
            rng: ChaCha8Rng::seed_from_u64(seed ^ u64::from(number)),
            large_one_in,
            next_is_large: true,
        }
    }

    /// Types until the connection ends; tells of each acknowledged edit.
    pub async fn type_on(&mut self, addr: SocketAddr, tell: &UnboundedSender<String>) -> Gone {
        let mut client = match Client::join(addr, &self.name, self.document).await {
            Ok(client) => client,
            Err(gone) => return gone,
        };
        loop {
            if self.open.is_empty() {
                self.edit();
            }
            self.sent.extend(self.open.values().cloned());
            if let Err(gone) = client.say(&self.doc).await {
                return gone;
            }
            match client.hear().await {
                Ok(frame) if frame.kind == "sync" => {
                    client.take(&mut self.doc, &frame);
                    let acknowledged = self.acknowledge(&frame);
                    // Nobody listens any more once the moment to kill has come.
                    acknowledged
                        .into_iter()
                        .for_each(|edit| tell.send(edit).unwrap_or_default());
                }
                Ok(_) => {}
                Err(gone) => return gone,
            }
        }
    }

    fn edit(&mut self) {
        let word = format!("{} {}", self.name, self.sent.len());
        let large = self.next_is_large;
        self.next_is_large = self.rng.next_u64().is_multiple_of(self.large_one_in);
        let value = if large {
            ScalarValue::Bytes(vec![self.rng.next_u64() as u8; LARGE_BYTES])
        } else {
            ScalarValue::Int(1)
        };
        let written = self.doc.transact(|tx| tx.put(ROOT, word.as_str(), value));
        let hash = written.expect("a map takes a value").hash.expect("a change");
        self.open.insert(hash, word);
    }

    /// The edits that the heads named by the server contain: only those count as stored (rule Y2).
    fn acknowledge(&mut self, frame: &ServerFrame) -> Vec<String> {
        let heads = frame.sync().heads;
        if heads
            .iter()
            .any(|head| self.doc.get_change_meta_by_hash(head).is_none())
        {
            return Vec::new();
        }
        let beyond: BTreeSet<ChangeHash> = self.doc.get_changes(&heads).iter().map(Change::hash).collect();
        let open = std::mem::take(&mut self.open);
        let (open, stored) = open
            .into_iter()
            .partition::<BTreeMap<_, _>, _>(|(hash, _)| beyond.contains(hash));
        self.open = open;
        let stored: Vec<_> = stored.into_values().collect();
        self.acknowledged.extend(stored.iter().cloned());
        stored
    }
}
