//! What a sync message costs, and a backlog in slices: others' edits get in between.

use super::chunk::{self, Chunk};
use super::message::SyncMessage;
use super::weigh::Allowance;
use automerge::ChangeHash;
use automerge::sync::{BloomFilter, Have, Message, MessageFlags, MessageVersion};
use bytes::Bytes;
use samverk_shared::limits::SLICE_COST_MAX;

/// What it costs to look at a message at all. One unit of cost is about a microsecond of a processor.
const COST_OF_MESSAGE: u64 = 5;
const COST_OF_CHANGE: u64 = 10;
const COST_OF_OPERATION: u64 = 4;
/// A change that is asked for by name is put together from its operations.
const COST_OF_WISH: u64 = 20;
const BYTES_FOR_COST: u64 = 64;
/// Changes asked for by name in one slice. Unlike others' typing, an answer waits for no disk: so a slice is smaller.
const WISHES_OF_SLICE: usize = (SLICE_COST_MAX / COST_OF_WISH / 4) as usize;

/// What a message costs as far as its bytes say, without what the document adds.
pub fn cost(message: &SyncMessage<'_>) -> u64 {
    let chunks = message.chunks.iter().map(|blob| cost_of_blob(blob));
    let filters = message.blooms.len() as u64 * COST_OF_WISH;
    COST_OF_MESSAGE + message.need.len() as u64 * COST_OF_WISH + filters + chunks.sum::<u64>()
}

fn cost_of_blob(blob: &[u8]) -> u64 {
    let chunks = chunk::split(blob).unwrap_or_default();
    chunks.into_iter().map(cost_of_chunk).sum()
}

/// What cannot be read is refused as soon as it is looked at.
fn cost_of_chunk(chunk: Chunk<'_>) -> u64 {
    let bytes = match chunk {
        Chunk::Change(bytes) | Chunk::Document(bytes) => bytes.len() as u64,
    };
    let operations = Allowance::of_a_message().rows_of(chunk).unwrap_or_default();
    COST_OF_CHANGE + operations * COST_OF_OPERATION + bytes / BYTES_FOR_COST
}

/// A message cut where it costs more than a slice may; `None` where there is nothing to cut. What a slice cannot hold
/// is a slice of its own.
pub fn slices(data: &[u8]) -> Option<Vec<Bytes>> {
    let message = SyncMessage::parse(data).ok()?;
    if cost(&message) <= SLICE_COST_MAX && message.need.len() <= WISHES_OF_SLICE {
        return None;
    }
    let mut slices: Vec<Vec<Vec<u8>>> = Vec::new();
    let mut left = 0;
    for blob in &message.chunks {
        for chunk in chunk::split(blob).ok()? {
            let cost = cost_of_chunk(chunk.clone());
            if cost > left || slices.is_empty() {
                slices.push(Vec::new());
                left = SLICE_COST_MAX;
            }
            left = left.saturating_sub(cost);
            let (Chunk::Change(bytes) | Chunk::Document(bytes)) = chunk;
            slices.last_mut()?.push(bytes.to_vec());
        }
    }
    if slices.is_empty() {
        // What else the message asks is asked without changes.
        slices.push(Vec::new());
    }
    let wishes = message.need.chunks(WISHES_OF_SLICE);
    let mut parts: Vec<Bytes> = slices
        .into_iter()
        .map(|changes| part(&message, changes))
        .collect();
    parts.extend(wishes.map(|wishes| wish(&message, wishes)));
    (parts.len() > 1).then_some(parts)
}

/// Some of the changes a message asks for by name; it asks for nothing else.
fn wish(whole: &SyncMessage<'_>, wishes: &[ChangeHash]) -> Bytes {
    let have = Have {
        last_sync: whole.heads.clone(),
        bloom: BloomFilter::default(),
    };
    encode(whole, vec![have], wishes.to_vec(), Vec::new())
}

/// A message of its own with some of the changes.
fn part(whole: &SyncMessage<'_>, changes: Vec<Vec<u8>>) -> Bytes {
    let mut have: Vec<Have> = whole
        .blooms
        .iter()
        .map(|bloom| Have {
            last_sync: Vec::new(),
            bloom: bloom.clone(),
        })
        .collect();
    if let Some(first) = have.first_mut() {
        first.last_sync.clone_from(&whole.last_sync);
    }
    encode(whole, have, Vec::new(), changes)
}

fn encode(whole: &SyncMessage<'_>, have: Vec<Have>, need: Vec<ChangeHash>, changes: Vec<Vec<u8>>) -> Bytes {
    let flags = whole.read_only.then(|| {
        let mut flags = MessageFlags::new();
        flags.set(MessageFlags::READ_ONLY);
        flags
    });
    let message = Message {
        heads: whole.heads.clone(),
        need,
        have,
        changes: changes.into(),
        flags,
        version: MessageVersion::V1,
    };
    message.encode().into()
}
