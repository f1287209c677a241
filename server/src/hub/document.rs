//! One document in memory: what is known of it, who has it open, what waits for it.

use super::{ConnectionId, Hub, Millis, Opened, Output, sorted};
use crate::firewall::{History, contain, is_too_deep};
use crate::store::{ChangeHash, Meta, Stored};
use automerge::{Automerge, LoadOptions, TextEncoding};
use bytes::Bytes;
use samverk_shared::ids::DocumentId;
use samverk_shared::limits::{COMPACT_IDLE_MS, COMPACT_LOG_BYTES_MIN, IDLE_MS_MAX};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// One document somebody has asked for.
pub(super) struct Document {
    pub body: Body,
    /// Its durable heads; known once it was opened.
    pub heads: Vec<ChangeHash>,
    pub queue: VecDeque<Queued>,
    /// The batch whose commit is awaited. While there is one, the queue waits: it is the next batch.
    pub batch: Option<super::sync::Batch>,
    pub peers: BTreeMap<ConnectionId, Peer>,
    /// Who asked for it and got `doc-unavailable` (rule Y8).
    pub interested: BTreeSet<ConnectionId>,
    pub presence: BTreeMap<ConnectionId, super::presence::Shown>,
    /// The run of authorship that each actor's next change may extend.
    pub runs: BTreeMap<String, super::authorship::Run>,
    pub sizes: Sizes,
    pub used_ms: Millis,
    /// The document saved whole, as of the durable heads, for those who ask with nothing.
    pub saved: Option<Bytes>,
}

/// What decides when the log is worth a snapshot.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Sizes {
    pub log_bytes: u64,
    pub log_chunks: u64,
    pub snapshot_bytes: u64,
    pub compacting: bool,
    /// Bytes in the log when the last compaction ended. It is given up when the log has grown meanwhile, as it
    /// does while several people type.
    pub tried_log_bytes: u64,
}

impl Sizes {
    fn of(meta: &Meta) -> Sizes {
        Sizes {
            log_bytes: meta.log_bytes,
            log_chunks: meta.log_chunks,
            snapshot_bytes: meta.snapshot_bytes,
            compacting: false,
            tried_log_bytes: 0,
        }
    }
}

/// Where the content is.
pub(super) enum Body {
    /// In the store.
    Away,
    /// Being read.
    Opening,
    /// As stored bytes, which serve those who ask with nothing.
    Bytes(Stored),
    /// In automerge.
    Loaded(Box<Loaded>),
    /// The store has no such document.
    Missing,
    /// Set aside (rule T4).
    Quarantined,
}

impl Body {
    pub fn is_loaded(&self) -> bool {
        matches!(self, Body::Loaded(_))
    }
}

/// A document in automerge, with what the firewall knows of it.
pub(super) struct Loaded {
    pub automerge: Automerge,
    pub history: History,
}

/// A sync message that waits for its turn.
pub(super) struct Queued {
    pub connection: ConnectionId,
    pub data: Bytes,
    /// It was in a batch that automerge refused, and is tried by itself.
    pub alone: bool,
    /// Counts it as long as it waits.
    pub _waits: super::budget::Waits,
}

/// How a connection stands to a document.
#[derive(Debug, Default)]
pub(super) struct Peer {
    /// It was sent everything up to the durable heads, over a connection that keeps the order.
    pub live: bool,
    /// Heads it named that nobody here knows, for which it was asked.
    pub asked: Vec<ChangeHash>,
    /// It was then asked for them by name: a filter can say by chance that they are known.
    pub asked_by_name: bool,
    /// It was told by the sync protocol that it may only read (rule X4).
    pub told_read_only: bool,
}

impl Document {
    pub fn new(now: Millis) -> Document {
        Document {
            body: Body::Away,
            heads: Vec::new(),
            queue: VecDeque::new(),
            batch: None,
            peers: BTreeMap::new(),
            interested: BTreeSet::new(),
            presence: BTreeMap::new(),
            runs: BTreeMap::new(),
            sizes: Sizes::default(),
            used_ms: now,
            saved: None,
        }
    }

    /// The document as bytes, as of the durable heads. The caller has seen that no batch waits.
    pub fn whole(&mut self) -> Bytes {
        match (&self.saved, &self.body) {
            (Some(saved), _) => saved.clone(),
            (None, Body::Bytes(stored)) => self.saved.insert(stored.bytes()).clone(),
            (None, Body::Loaded(loaded)) => {
                let saved = contain(|| Bytes::from(loaded.automerge.save())).unwrap_or_default();
                self.saved.insert(saved).clone()
            }
            _ => Bytes::new(),
        }
    }

    /// Loads the stored bytes into automerge. An error names why they cannot be trusted.
    pub fn load(&mut self) -> Result<(), String> {
        let Body::Bytes(stored) = &self.body else {
            return Ok(());
        };
        let bytes = stored.bytes();
        let options = LoadOptions::new().text_encoding(TextEncoding::Utf16CodeUnit);
        let loaded = contain(|| Automerge::load_with_options(&bytes, options).map_err(|e| e.to_string()));
        let automerge = loaded.map_err(|p| p.to_string())??;
        if sorted(automerge.get_heads()) != stored.meta.heads {
            return Err("its heads are not those that were stored".to_owned());
        }
        if contain(|| is_too_deep(&automerge)).map_err(|p| p.to_string())? {
            return Err("it is nested too deep".to_owned());
        }
        let history = contain(|| History::of(&automerge)).map_err(|p| p.to_string())?;
        self.body = Body::Loaded(Box::new(Loaded { automerge, history }));
        self.saved = None;
        Ok(())
    }

    /// Drops whatever automerge holds; the store has the truth.
    pub fn unload(&mut self) {
        let body = std::mem::replace(&mut self.body, Body::Away);
        // A document that panicked once may panic again while it is taken down.
        if contain(|| drop(body)).is_err() {
            tracing::warn!("automerge panicked while a document was dropped");
        }
        self.saved = None;
        self.runs.clear();
    }

    /// What it costs to find out what somebody lacks, or has that is not here.
    pub fn cost_of_question(&self) -> u64 {
        const CHANGES_IN_A_MICROSECOND: u64 = 2;
        const BYTES_IN_A_MICROSECOND: u64 = 256;
        let changes = match &self.body {
            Body::Loaded(loaded) => loaded.history.changes() as u64,
            _ => 0,
        };
        let bytes = self.sizes.log_bytes + self.sizes.snapshot_bytes;
        changes / CHANGES_IN_A_MICROSECOND + bytes / BYTES_IN_A_MICROSECOND
    }

    fn quiet(&self) -> bool {
        self.queue.is_empty() && self.batch.is_none() && !matches!(self.body, Body::Opening)
    }

    fn worth_a_snapshot(&self) -> bool {
        let Sizes {
            log_bytes,
            snapshot_bytes,
            compacting,
            tried_log_bytes,
            ..
        } = self.sizes;
        let outgrown = log_bytes > snapshot_bytes.max(COMPACT_LOG_BYTES_MIN);
        !compacting && outgrown && log_bytes >= tried_log_bytes + COMPACT_LOG_BYTES_MIN
    }
}

impl Hub {
    /// The document, new to memory if need be.
    pub(super) fn document(&mut self, id: DocumentId, now: Millis) -> &mut Document {
        let document = self.documents.entry(id).or_insert_with(|| Document::new(now));
        document.used_ms = now;
        document
    }

    pub(super) fn opened(&mut self, id: DocumentId, opened: Opened) {
        let Some(document) = self.documents.get_mut(&id) else {
            return;
        };
        if !matches!(document.body, Body::Opening) {
            return;
        }
        match opened {
            Opened::Missing => document.body = Body::Missing,
            Opened::Found(stored, place) => {
                document.heads = stored.meta.heads.clone();
                document.sizes = Sizes::of(&stored.meta);
                document.body = Body::Bytes(stored);
                if let Some(place) = place {
                    self.places.entry(id).or_insert(place);
                }
            }
            Opened::Quarantined(reason) => {
                tracing::error!(document = %id, reason, "a document is set aside");
                document.body = Body::Quarantined;
            }
        }
        self.ready.insert(id);
    }

    pub(super) fn compacted(&mut self, id: DocumentId, meta: Meta) {
        if let Some(document) = self.documents.get_mut(&id) {
            document.sizes = Sizes {
                tried_log_bytes: meta.log_bytes,
                ..Sizes::of(&meta)
            };
        }
    }

    /// Asks for a snapshot when the log has outgrown the last one.
    pub(super) fn compact_if_due(&mut self, id: DocumentId, out: &mut Vec<Output>) {
        if let Some(document) = self.documents.get_mut(&id)
            && document.worth_a_snapshot()
        {
            document.sizes.compacting = true;
            out.push(Output::Compact(id));
        }
    }

    pub(super) fn tick(&mut self, now: Millis, out: &mut Vec<Output>) {
        self.flush_presence(now, out);
        self.tell_of_views(now, out);
        self.tend_accounts(now, out);
        let mut gone = Vec::new();
        for (id, document) in &mut self.documents {
            let idle_ms = now.saturating_sub(document.used_ms);
            if !document.quiet() {
                continue;
            }
            if idle_ms >= COMPACT_IDLE_MS && document.sizes.log_chunks > 1 && !document.sizes.compacting {
                document.sizes.compacting = true;
                out.push(Output::Compact(*id));
            }
            if idle_ms >= IDLE_MS_MAX && matches!(document.body, Body::Bytes(_) | Body::Loaded(_)) {
                document.unload();
            }
            let held = document.peers.is_empty() && document.interested.is_empty();
            if idle_ms >= IDLE_MS_MAX && held && !matches!(document.body, Body::Quarantined) {
                gone.push(*id);
            }
        }
        for id in gone {
            self.documents.remove(&id);
        }
    }
}
