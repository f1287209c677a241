//! The light client: makes real changes and tracks heads, and holds no document.

use super::change::Typewriter;
use super::frame::{document_frame, ephemeral, join, parse};
use super::lately::Contents;
use super::{letter, random_hex};
use crate::cbor::{Map, Value, read_map};
use crate::client::{Outgoing, Protocol};
use crate::world::{Edit, EditIndex, Edits, Received, World, now_us};
use anyhow::{Context, Result, bail};
use automerge::sync::{BloomFilter, Have, Message, MessageFlags, MessageVersion};
use automerge::{Automerge, ChangeHash, ROOT, ReadDoc};
use rand::RngExt;
use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::time::{SystemTime, UNIX_EPOCH};

/// What a client that already has the document knows of it.
pub struct Base {
    pub heads: Vec<ChangeHash>,
    max_op: u64,
    text: String,
    /// The bloom filter of all its changes, as a client sends it that meets a server anew.
    bloom: BloomFilter,
}

impl Base {
    pub fn of(document: &Automerge) -> Result<Self> {
        let (_, text) = document
            .get(ROOT, "text")?
            .context("the document has no text at the key 'text'")?;
        let changes = document.get_changes(&[]);
        let hashes: Vec<ChangeHash> = changes.iter().map(|change| change.hash()).collect();
        Ok(Base {
            heads: document.get_heads(),
            max_op: changes.iter().map(|change| change.max_op()).max().unwrap_or(0),
            text: text.to_string(),
            bloom: BloomFilter::from_hashes(hashes.iter()),
        })
    }
}

/// Up to so many open edits each message names exactly those.
const OPEN_FEW: usize = 128;

/// An own edit that is not acknowledged.
struct Open {
    hash: ChangeHash,
    bytes: Vec<u8>,
    /// It has left on this connection.
    sent: bool,
}

pub struct Light {
    me: String,
    server: Option<String>,
    document: String,
    document_number: u32,
    session: String,
    base: Rc<Base>,
    /// This client began without the document.
    fresh: bool,
    /// It does not say that it has what it was told.
    silent: bool,
    writer: u32,
    typewriter: Typewriter,
    seq: u64,
    max_op: u64,
    last_counter: Option<u64>,
    heads: Vec<(ChangeHash, Option<EditIndex>)>,
    /// The heads both sides have.
    shared: Vec<ChangeHash>,
    open: BTreeMap<EditIndex, Open>,
    /// The filter of open edits, and how many there were when it was made.
    named: Cell<Option<(usize, BloomFilter)>>,
    /// Dependencies that did not come (a false positive of the bloom filter): asked for by hash.
    missing: BTreeSet<EditIndex>,
    /// Presence messages sent.
    shows: u64,
    /// The heads this client waits for; otherwise the server's first message makes it ready.
    target: Option<Vec<ChangeHash>>,
    ready: bool,
}

impl Light {
    pub fn new(writer: u32, document: &str, document_number: u32, base: Rc<Base>) -> Self {
        let actor: [u8; 16] = rand::rng().random();
        Light {
            me: format!("load-{writer}-{}", random_hex(6)),
            server: None,
            document: document.into(),
            document_number,
            session: random_hex(8),
            fresh: false,
            silent: false,
            writer,
            typewriter: Typewriter::new(&base.text, actor),
            seq: 0,
            max_op: base.max_op,
            last_counter: None,
            heads: base.heads.iter().map(|head| (*head, None)).collect(),
            shared: vec![],
            open: BTreeMap::new(),
            named: Cell::new(None),
            missing: BTreeSet::new(),
            shows: 0,
            target: None,
            ready: false,
            base,
        }
    }

    /// Without the document.
    pub fn fresh(mut self) -> Self {
        self.fresh = true;
        self.heads.clear();
        self
    }

    /// Answers what asks for something, and nothing else.
    pub fn silent(mut self) -> Self {
        self.silent = true;
        self
    }

    /// Ready when both sides have these heads.
    pub fn until(mut self, heads: Vec<ChangeHash>) -> Self {
        self.target = Some(heads);
        self
    }

    fn message(&self, need: Vec<ChangeHash>, changes: Vec<Vec<u8>>) -> Vec<u8> {
        let mut flags = MessageFlags::new();
        flags.set(MessageFlags::SUPPORTS_SYNC_RESET);
        let bloom = if self.shared.is_empty() && !self.fresh {
            self.base.bloom.clone()
        } else {
            self.filter()
        };
        let heads: Vec<ChangeHash> = self.heads.iter().map(|(head, _)| *head).collect();
        let message = Message {
            heads: sorted(&heads),
            need: sorted(&need),
            have: vec![Have {
                last_sync: sorted(&self.shared),
                bloom,
            }],
            changes: changes.into(),
            flags: Some(flags),
            version: MessageVersion::V1,
        };
        message.encode()
    }

    /// The filter of open edits. Where a server has fallen behind by hundreds it is not made anew for each edit:
    /// the load would be busy with that alone.
    fn filter(&self) -> BloomFilter {
        let open = self.open.len();
        let (made_of, filter) = match self.named.take() {
            Some((made_of, filter)) if open > OPEN_FEW && made_of.abs_diff(open) * 8 < open => {
                (made_of, filter)
            }
            _ => (
                open,
                BloomFilter::from_hashes(self.open.values().map(|open| &open.hash)),
            ),
        };
        self.named.set(Some((made_of, filter.clone())));
        filter
    }

    fn say(&self, kind: &str, need: Vec<ChangeHash>, changes: Vec<Vec<u8>>, out: &mut Outgoing) {
        if let Some(server) = &self.server {
            let message = self.message(need, changes);
            out.push(document_frame(kind, &self.me, server, &self.document, &message));
        }
    }

    /// One edit, entered in the table.
    fn make(&mut self, edits: &mut Edits, received: &mut Received) -> Vec<u8> {
        self.seq += 1;
        let mut deps: Vec<ChangeHash> = self.heads.iter().map(|(head, _)| *head).collect();
        let start_op = self.max_op + 1;
        let (bytes, hash) = self.typewriter.insertion(
            self.seq,
            start_op,
            self.last_counter,
            letter(self.seq),
            seconds(),
            &mut deps,
        );
        self.max_op = start_op;
        self.last_counter = Some(start_op);
        let index = edits.add(Edit {
            writer: self.writer,
            document: self.document_number,
            made_us: now_us(),
            max_op: start_op,
            after: self.heads.iter().filter_map(|(_, edit)| *edit).collect(),
            hash: hash.0,
        });
        edits.by_hash.insert(hash.0, index);
        received.mark(index);
        self.heads = vec![(hash, Some(index))];
        self.open.insert(
            index,
            Open {
                hash,
                bytes: bytes.clone(),
                sent: self.server.is_some(),
            },
        );
        bytes
    }

    fn read_sync(
        &mut self,
        world: &World,
        data: &[u8],
        now_us: u64,
        received: &mut Received,
        out: &mut Outgoing,
    ) -> Result<()> {
        let contents = world
            .lately
            .borrow_mut()
            .read(data, &mut world.edits.borrow_mut())?;
        let edits = world.edits.borrow();
        let came = self.take_in(world, &edits, &contents, now_us, received);
        let need = self.needed(&edits, &contents, received);
        if need.is_empty() && self.has_base(&contents) {
            self.shared = contents.heads.iter().map(|(head, _)| *head).collect();
            self.note_acknowledged(world, &edits, &contents, now_us, received);
        }
        let give = self.wanted(&contents);
        if (came && !self.silent) || !give.is_empty() || !need.is_empty() || !contents.need.is_empty() {
            self.say("sync", need, give, out);
        }
        self.ready |= self
            .target
            .as_ref()
            .is_none_or(|target| sorted(&self.shared) == *target);
        Ok(())
    }

    /// Delivers what is new; true if something was.
    fn take_in(
        &mut self,
        world: &World,
        edits: &Edits,
        contents: &Contents,
        now_us: u64,
        received: &mut Received,
    ) -> bool {
        if contents.whole {
            self.take_in_whole(world, edits, contents, now_us, received);
        }
        let new: Vec<EditIndex> = contents
            .edits
            .iter()
            .copied()
            .filter(|edit| received.deliver(world, edits, *edit, now_us))
            .collect();
        for index in &new {
            self.max_op = self.max_op.max(edits.all[*index as usize].max_op);
        }
        self.missing
            .extend(contents.after.iter().filter(|edit| !received.has(**edit)));
        self.missing.retain(|edit| !received.has(*edit));
        let came = contents.whole || !new.is_empty();
        if came {
            self.move_heads(edits, contents, &new, received);
        }
        came
    }

    fn move_heads(&mut self, edits: &Edits, contents: &Contents, new: &[EditIndex], received: &Received) {
        let all_here = contents
            .heads
            .iter()
            .all(|head| self.knows(head, contents, received));
        if self.open.is_empty() && self.missing.is_empty() && all_here {
            // Without edits of its own a client stands where the server stands.
            self.heads.clone_from(&contents.heads);
            return;
        }
        for index in new {
            let edit = &edits.all[*index as usize];
            // A head of the seed document: every edit made here comes after it.
            self.heads
                .retain(|(_, head)| head.is_some_and(|head| !edit.after.contains(&head)));
            self.heads.push((ChangeHash(edit.hash), Some(*index)));
        }
    }

    /// A whole document: everything up to the message's heads is here.
    fn take_in_whole(
        &mut self,
        world: &World,
        edits: &Edits,
        contents: &Contents,
        now_us: u64,
        received: &mut Received,
    ) {
        let mut waiting: Vec<EditIndex> = contents.heads.iter().filter_map(|(_, edit)| *edit).collect();
        while let Some(index) = waiting.pop() {
            if received.deliver(world, edits, index, now_us) {
                let edit = &edits.all[index as usize];
                self.max_op = self.max_op.max(edit.max_op);
                waiting.extend(&edit.after);
            }
        }
        if !self.open.is_empty() {
            for head in &contents.heads {
                if !self.heads.contains(head) {
                    self.heads.push(*head);
                }
            }
        }
    }

    /// What the server has and this client lacks, by hash.
    fn needed(&self, edits: &Edits, contents: &Contents, received: &Received) -> Vec<ChangeHash> {
        let mut need: Vec<ChangeHash> = self
            .missing
            .iter()
            .map(|edit| ChangeHash(edits.all[*edit as usize].hash))
            .collect();
        for head in &contents.heads {
            if !self.knows(head, contents, received) && !need.contains(&head.0) {
                need.push(head.0);
            }
        }
        need
    }

    fn knows(
        &self,
        (head, edit): &(ChangeHash, Option<EditIndex>),
        contents: &Contents,
        received: &Received,
    ) -> bool {
        match edit {
            Some(edit) if received.has(*edit) => true,
            _ => self.has_base(contents) && (edit.is_none() || self.base.heads.contains(head)),
        }
    }

    fn has_base(&self, contents: &Contents) -> bool {
        !self.fresh || contents.whole || !self.heads.is_empty()
    }

    /// Own edits that the message's heads contain or descend from are acknowledged.
    fn note_acknowledged(
        &mut self,
        world: &World,
        edits: &Edits,
        contents: &Contents,
        now_us: u64,
        received: &mut Received,
    ) {
        let Some((&oldest, _)) = self.open.first_key_value() else {
            return;
        };
        let mut visited = BTreeSet::new();
        let mut waiting: Vec<EditIndex> = contents.heads.iter().filter_map(|(_, edit)| *edit).collect();
        while let Some(index) = waiting.pop() {
            // An edit was entered after those it was made after.
            if index < oldest || !visited.insert(index) {
                continue;
            }
            if self.open.remove(&index).is_some() {
                received.acknowledge(world, edits, index, now_us);
            }
            waiting.extend(&edits.all[index as usize].after);
        }
    }

    /// Own edits that the server asked for, or that have not left on this connection and that it lacks.
    fn wanted(&mut self, contents: &Contents) -> Vec<Vec<u8>> {
        let mut give = vec![];
        for open in self.open.values_mut() {
            let has = |have: &Have| have.bloom.contains_hash(&open.hash);
            let unsent = !open.sent && !contents.have.iter().any(has);
            if unsent || contents.need.contains(&open.hash) {
                open.sent = true;
                give.push(open.bytes.clone());
            }
        }
        give
    }
}

impl Protocol for Light {
    fn hello(&mut self, out: &mut Outgoing) {
        out.push(join(&self.me));
    }

    fn edit(&mut self, world: &World, edits: usize, received: &mut Received, out: &mut Outgoing) {
        let changes = {
            let mut table = world.edits.borrow_mut();
            (0..edits).map(|_| self.make(&mut table, received)).collect()
        };
        self.say("sync", vec![], changes, out);
    }

    fn show(&mut self, world: &World, out: &mut Outgoing) {
        let Some(server) = &self.server else { return };
        self.shows += 1;
        let shown = world.show();
        let state = Map::of(2)
            .text("type", "update")
            .number("shown", u64::from(shown))
            .done();
        let data = Map::of(1).raw("__presence", &state).done();
        out.push(ephemeral(
            &self.me,
            server,
            &self.document,
            &self.session,
            self.shows,
            &data,
        ));
    }

    fn read(
        &mut self,
        world: &World,
        message: &[u8],
        now_us: u64,
        received: &mut Received,
        out: &mut Outgoing,
    ) -> Result<()> {
        let frame = parse(message)?;
        match frame.kind {
            "peer" => {
                self.server = Some(frame.sender.into());
                self.open.values_mut().for_each(|open| open.sent = false);
                let kind = if self.fresh && self.heads.is_empty() {
                    "request"
                } else {
                    "sync"
                };
                self.say(kind, vec![], vec![], out);
            }
            "sync" | "request" if frame.document == self.document => {
                self.read_sync(world, frame.data, now_us, received, out)?;
            }
            "ephemeral" => {
                if let Some(shown) = shown_in(frame.data) {
                    world.see(shown, now_us);
                }
            }
            "doc-unavailable" => bail!("the server says doc-unavailable"),
            "error" => bail!("the server says: {}", frame.message),
            _ => {}
        }
        Ok(())
    }

    fn ready(&self) -> bool {
        self.ready
    }

    fn hung_up(&mut self) {
        self.server = None;
    }
}

/// The number of a presence made by [`Light::show`].
fn shown_in(data: &[u8]) -> Option<u32> {
    let key = b"\x65shown";
    let at = data.windows(key.len()).position(|window| window == key)? + key.len();
    let mut number = None;
    // Read as a map of one entry.
    let map = [b"\xa1\x61n", &data[at..]].concat();
    read_map(&map, |_, value| {
        if let Value::Number(shown) = value {
            number = u32::try_from(shown).ok();
        }
    })
    .ok()?;
    number
}

fn sorted(hashes: &[ChangeHash]) -> Vec<ChangeHash> {
    let mut hashes = hashes.to_vec();
    hashes.sort_unstable();
    hashes
}

fn seconds() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_secs() as i64)
}
