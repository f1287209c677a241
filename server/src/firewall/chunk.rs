//! automerge's chunks, told apart by their headers: magic, checksum, type, length.

use super::Malformed;
use super::message::Input;
use automerge::Change;

/// One chunk of a blob of changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chunk<'a> {
    /// A change, compressed or not: the whole chunk with its header.
    Change(&'a [u8]),
    /// A document saved whole.
    Document(&'a [u8]),
}

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
const HEADER_BYTES: usize = 9;
const DOCUMENT: u8 = 0;
const CHANGE: u8 = 1;
const COMPRESSED: u8 = 2;

/// Splits a blob into its chunks.
pub fn split(blob: &[u8]) -> Result<Vec<Chunk<'_>>, Malformed> {
    let mut chunks = Vec::new();
    let mut rest = blob;
    while !rest.is_empty() {
        let (chunk, tail) = first(rest)?;
        chunks.push(chunk);
        rest = tail;
    }
    Ok(chunks)
}

fn first(bytes: &[u8]) -> Result<(Chunk<'_>, &[u8]), Malformed> {
    if bytes.len() < HEADER_BYTES || bytes[..4] != MAGIC {
        return Err(Malformed::Change("no chunk begins here"));
    }
    let mut input = Input(&bytes[HEADER_BYTES..]);
    let length = input
        .leb()
        .map_err(|_| Malformed::Change("a length that cannot be read"))?;
    input
        .take(length)
        .map_err(|_| Malformed::Change("a length beyond the message"))?;
    let (chunk, tail) = bytes.split_at(bytes.len() - input.0.len());
    match bytes[8] {
        DOCUMENT => Ok((Chunk::Document(chunk), tail)),
        CHANGE | COMPRESSED => Ok((Chunk::Change(chunk), tail)),
        _ => Err(Malformed::Change("a chunk of a type that is not taken")),
    }
}

/// Reads one change; the caller contains the call.
pub(super) fn change(chunk: &[u8]) -> Result<Change, Malformed> {
    Change::from_bytes(chunk.to_vec()).map_err(|_| Malformed::Change("it cannot be decoded"))
}
