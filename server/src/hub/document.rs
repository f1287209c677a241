//! One document in memory: what is known of it, who has it open, what waits for it.

use super::sync::Said;
use super::{ConnectionId, Hub, Input, Millis, Opened, Output, sorted};
use crate::firewall::{self, History, Texts, contain, is_too_deep};
use crate::store::{ChangeHash, Meta, Stored};
use automerge::{Automerge, Change, LoadOptions, TextEncoding};
use bytes::Bytes;
use samverk_shared::ids::DocumentId;
use samverk_shared::limits::{
    COMPACT_EVERY_MS, COMPACT_IDLE_MS, COMPACT_LOG_BYTES_MAX, COMPACT_LOG_BYTES_MIN, COPY_TAIL_BYTES_MIN,
    IDLE_MS_MAX, UNAPPLIED_CHANGES_MAX, UNAPPLIED_CHANGES_MIN, UNAPPLIED_IDLE_MS, UNAPPLIED_SHARE,
};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// One document somebody has asked for.
pub(super) struct Document {
    pub body: Body,
    /// Its durable heads; known once it was opened.
    pub heads: Vec<ChangeHash>,
    pub queue: VecDeque<Queued>,
    /// Its last turn was for the modest only, while others waited.
    pub was_only_modest: bool,
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
    /// The document as bytes, as of the durable heads, for those who ask with nothing.
    copy: Option<Copy>,
    /// What the last peer lacked that had come so far: many come back at once, all from the same heads.
    pub lacked: Option<(Vec<ChangeHash>, Vec<Vec<u8>>)>,
}

/// What decides when the log is worth a snapshot.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Sizes {
    pub log_bytes: u64,
    pub log_chunks: u64,
    pub snapshot_bytes: u64,
    pub compacting: bool,
    /// Bytes in the log when the last compaction ended. One that fails is not tried again with every edit.
    pub tried_log_bytes: u64,
    /// When a snapshot was last asked for.
    pub asked_ms: Option<Millis>,
}

impl Sizes {
    fn of(meta: &Meta) -> Sizes {
        Sizes {
            log_bytes: meta.log_bytes,
            log_chunks: meta.log_chunks,
            snapshot_bytes: meta.snapshot_bytes,
            compacting: false,
            tried_log_bytes: 0,
            asked_ms: None,
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
    /// As stored bytes that automerge is reading, elsewhere.
    Loading(Stored),
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
pub struct Loaded {
    pub(super) automerge: Automerge,
    pub(super) history: History,
    pub(super) texts: Texts,
    /// Changes of plain typing that are stored, or about to be, and that automerge has not applied yet.
    unapplied: Vec<Change>,
}

/// A document's stored bytes, to be read into automerge off the shard; gives the input that follows.
#[derive(Debug)]
pub struct Loading {
    document: DocumentId,
    bytes: Bytes,
    heads: Vec<ChangeHash>,
}

impl Loading {
    /// Reads the bytes.
    pub fn load(self) -> Input {
        let loaded =
            contain(|| load(&self.bytes, &self.heads)).unwrap_or_else(|panic| Err(panic.to_string()));
        Input::Loaded(self.document, loaded.map(Box::new))
    }
}

/// An error names why the bytes cannot be trusted.
fn load(bytes: &[u8], heads: &[ChangeHash]) -> Result<Loaded, String> {
    let options = LoadOptions::new().text_encoding(TextEncoding::Utf16CodeUnit);
    let automerge = Automerge::load_with_options(bytes, options).map_err(|e| e.to_string())?;
    if sorted(automerge.get_heads()) != heads {
        return Err("its heads are not those that were stored".to_owned());
    }
    if is_too_deep(&automerge) {
        return Err("it is nested too deep".to_owned());
    }
    let history = History::of(&automerge);
    Ok(Loaded::new(automerge, history))
}

impl std::fmt::Debug for Loaded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Loaded")
            .field("changes", &self.history.changes())
            .finish_non_exhaustive()
    }
}

impl Loaded {
    pub(super) fn new(automerge: Automerge, history: History) -> Loaded {
        Loaded {
            automerge,
            history,
            texts: Texts::default(),
            unapplied: Vec::new(),
        }
    }

    /// Applies changes, after those that were put off. After an error the document has to be read from the store again.
    pub(super) fn apply(&mut self, changes: Vec<Change>) -> Result<(), String> {
        self.apply_put_off()?;
        self.apply_judged(changes.clone())?;
        self.history.settle();
        changes
            .iter()
            .for_each(|change| self.texts.learn(&self.automerge, change));
        Ok(())
    }

    /// Keeps changes of plain typing for later.
    pub(super) fn put_off(&mut self, changes: Vec<Change>) {
        self.unapplied.extend(changes);
        self.history.settle();
    }

    /// Whether so much was put off that it is time: applying costs as much as the document is long.
    pub(super) fn is_far_behind(&self) -> bool {
        let enough = self.history.changes() / UNAPPLIED_SHARE;
        self.unapplied.len() >= enough.clamp(UNAPPLIED_CHANGES_MIN, UNAPPLIED_CHANGES_MAX)
    }

    /// Applies what was put off. After an error the document has to be read from the store again.
    pub(super) fn apply_put_off(&mut self) -> Result<(), String> {
        let changes = std::mem::take(&mut self.unapplied);
        if changes.is_empty() {
            return Ok(());
        }
        self.apply_judged(changes)
    }

    fn apply_judged(&mut self, changes: Vec<Change>) -> Result<(), String> {
        let hashes: Vec<ChangeHash> = changes.iter().map(Change::hash).collect();
        let applied = contain(|| firewall::apply(&mut self.automerge, &self.history, changes));
        applied.map_err(|panic| panic.to_string())??;
        self.history.applied(hashes.into_iter());
        Ok(())
    }
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

/// A document as bytes: saved whole, and the changes since, which load after it.
struct Copy {
    saved: Bytes,
    since: Vec<u8>,
}

impl Copy {
    fn of(saved: Bytes) -> Copy {
        Copy {
            saved,
            since: Vec::new(),
        }
    }

    fn bytes(&self) -> Bytes {
        if self.since.is_empty() {
            return self.saved.clone();
        }
        [&self.saved[..], &self.since].concat().into()
    }

    /// Whether the changes were added; with too many the document is better saved anew.
    fn append<'a>(&mut self, changes: impl Iterator<Item = &'a Bytes>) -> bool {
        changes.for_each(|raw| self.since.extend_from_slice(raw));
        self.since.len() <= self.saved.len().max(COPY_TAIL_BYTES_MIN)
    }
}

impl Document {
    pub fn new(now: Millis) -> Document {
        Document {
            body: Body::Away,
            heads: Vec::new(),
            queue: VecDeque::new(),
            was_only_modest: false,
            batch: None,
            peers: BTreeMap::new(),
            interested: BTreeSet::new(),
            presence: BTreeMap::new(),
            runs: BTreeMap::new(),
            sizes: Sizes::default(),
            used_ms: now,
            copy: None,
            lacked: None,
        }
    }

    /// Whether a message is no more than an acknowledgement by a peer that lacks nothing and is owed nothing (rule Y4):
    /// with many readers most messages are.
    pub fn is_in_step(&self, connection: ConnectionId, data: &[u8]) -> bool {
        let Some(peer) = self.peers.get(&connection) else {
            return false;
        };
        let settled = peer.live && peer.asked.is_empty() && !peer.told_read_only;
        settled && firewall::acknowledged(data).is_some_and(|heads| heads.iter().all(|head| self.knows(head)))
    }

    /// Whether the answer to what a peer said is read from the history, and not only from what the hub itself keeps.
    pub fn needs_history(&self, connection: ConnectionId, said: &Said) -> bool {
        let live = self.peers.get(&connection).is_some_and(|peer| peer.live);
        let asks_with_nothing = said.heads.is_empty() && self.copy.is_some();
        let in_step = said.heads.iter().all(|head| self.knows(head));
        let lacks = if live {
            said.starts_over()
        } else {
            said.heads != self.heads
        };
        !said.need.is_empty() || !in_step || (lacks && !asks_with_nothing)
    }

    /// The document as bytes, as of the durable heads. The caller has seen that no batch waits and nothing is put off.
    pub fn whole(&mut self) -> Bytes {
        if let Some(copy) = &self.copy {
            return copy.bytes();
        }
        let saved = match &self.body {
            Body::Bytes(stored) | Body::Loading(stored) => stored.bytes(),
            Body::Loaded(loaded) => contain(|| Bytes::from(loaded.automerge.save())).unwrap_or_default(),
            _ => Bytes::new(),
        };
        self.copy.insert(Copy::of(saved)).bytes()
    }

    /// The durable heads are new: what was kept for others is told of it, or dropped.
    pub fn keep_copy(&mut self, applied: &[super::sync::Applied]) {
        self.lacked = None;
        if let Some(copy) = &mut self.copy
            && !copy.append(applied.iter().map(|applied| &applied.raw))
        {
            self.copy = None;
        }
    }

    /// Has the stored bytes read into automerge, which takes too long for a shard; `None` where they are not at hand.
    pub fn start_loading(&mut self, document: DocumentId) -> Option<Loading> {
        let body = std::mem::replace(&mut self.body, Body::Away);
        let Body::Bytes(stored) = body else {
            self.body = body;
            return None;
        };
        let loading = Loading {
            document,
            bytes: self.copy.get_or_insert_with(|| Copy::of(stored.bytes())).bytes(),
            heads: stored.meta.heads.clone(),
        };
        self.body = Body::Loading(stored);
        Some(loading)
    }

    /// Drops whatever automerge holds; the store has the truth.
    pub fn unload(&mut self) {
        let body = std::mem::replace(&mut self.body, Body::Away);
        // A document that panicked once may panic again while it is taken down.
        if contain(|| drop(body)).is_err() {
            tracing::warn!("automerge panicked while a document was dropped");
        }
        self.copy = None;
        self.lacked = None;
        self.runs.clear();
    }

    /// Has automerge apply what was put off.
    pub fn apply_put_off(&mut self) -> Result<(), String> {
        match &mut self.body {
            Body::Loaded(loaded) => loaded.apply_put_off(),
            _ => Ok(()),
        }
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
        self.queue.is_empty()
            && self.batch.is_none()
            && !matches!(self.body, Body::Opening | Body::Loading(_))
    }

    fn worth_a_snapshot(&self, now: Millis) -> bool {
        let Sizes {
            log_bytes,
            snapshot_bytes,
            compacting,
            tried_log_bytes,
            asked_ms,
            ..
        } = self.sizes;
        let outgrown = log_bytes > snapshot_bytes.max(COMPACT_LOG_BYTES_MIN);
        let lately = asked_ms.is_some_and(|asked| now.saturating_sub(asked) < COMPACT_EVERY_MS);
        let grown = log_bytes >= tried_log_bytes + COMPACT_LOG_BYTES_MIN;
        !compacting && outgrown && grown && (!lately || log_bytes >= COMPACT_LOG_BYTES_MAX)
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

    /// Takes what was read into automerge. Bytes that cannot be trusted set the document aside.
    pub(super) fn loaded(
        &mut self,
        id: DocumentId,
        loaded: Result<Box<Loaded>, String>,
        now: Millis,
        out: &mut Vec<Output>,
    ) {
        let Some(document) = self.documents.get_mut(&id) else {
            return;
        };
        if !matches!(document.body, Body::Loading(_)) {
            return;
        }
        match loaded {
            Ok(loaded) => document.body = Body::Loaded(loaded),
            Err(reason) => self.quarantine(id, reason, now, out),
        }
        self.ready.insert(id);
    }

    pub(super) fn compacted(&mut self, id: DocumentId, meta: Meta) {
        if let Some(document) = self.documents.get_mut(&id) {
            document.sizes = Sizes {
                tried_log_bytes: meta.log_bytes,
                asked_ms: document.sizes.asked_ms,
                ..Sizes::of(&meta)
            };
        }
    }

    /// Asks for a snapshot when the log has outgrown the last one.
    pub(super) fn compact_if_due(&mut self, id: DocumentId, now: Millis, out: &mut Vec<Output>) {
        if let Some(document) = self.documents.get_mut(&id)
            && document.worth_a_snapshot(now)
        {
            document.sizes.compacting = true;
            document.sizes.asked_ms = Some(now);
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
            if idle_ms >= UNAPPLIED_IDLE_MS
                && let Err(reason) = document.apply_put_off()
            {
                tracing::error!(document = %id, reason, "stored typing could not be applied; the document is read again");
                document.unload();
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
