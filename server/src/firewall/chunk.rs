//! automerge's chunks, told apart by their headers: magic, checksum, type, length.

use super::Malformed;
use super::message::Input;
use super::weigh::{Allowance, TOO_MANY_CHUNKS};
use automerge::{Automerge, Change};
use samverk_shared::limits::SYNC_CHUNKS_MAX;

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
pub(super) const COMPRESSED: u8 = 2;

/// Splits a blob into its chunks.
pub fn split(blob: &[u8]) -> Result<Vec<Chunk<'_>>, Malformed> {
    let mut chunks = Vec::new();
    let mut rest = blob;
    while !rest.is_empty() {
        if chunks.len() >= SYNC_CHUNKS_MAX {
            return Err(TOO_MANY_CHUNKS);
        }
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

impl Chunk<'_> {
    /// The changes in it, if the allowance covers what they cost; the caller contains the call.
    pub(super) fn changes(self, allowance: &mut Allowance) -> Result<Vec<Change>, Malformed> {
        allowance.chunk()?;
        match self {
            Chunk::Change(chunk) => Ok(vec![change(chunk, allowance)?]),
            Chunk::Document(chunk) => {
                allowance.document(body(chunk)?)?;
                let document = Automerge::load(chunk).map_err(|e| Malformed::Refused(e.to_string()))?;
                Ok(document.get_changes(&[]))
            }
        }
    }
}

fn change(chunk: &[u8], allowance: &mut Allowance) -> Result<Change, Malformed> {
    let plain = if chunk[8] == COMPRESSED {
        inflated(chunk, allowance)?
    } else {
        chunk.to_vec()
    };
    allowance.change(body(&plain)?)?;
    Change::from_bytes(plain).map_err(|_| Malformed::Change("it cannot be decoded"))
}

/// The chunk that a compressed one stands for; both have the same checksum.
fn inflated(chunk: &[u8], allowance: &mut Allowance) -> Result<Vec<u8>, Malformed> {
    let body = allowance.inflate(body(chunk)?)?;
    let mut plain = chunk[..8].to_vec();
    plain.push(CHANGE);
    let mut length = body.len();
    while length >= 0x80 {
        plain.push(length as u8 | 0x80);
        length >>= 7;
    }
    plain.push(length as u8);
    plain.extend(body);
    Ok(plain)
}

/// What follows the header of a chunk that was measured before.
pub(super) fn body(chunk: &[u8]) -> Result<&[u8], Malformed> {
    let mut input = Input(&chunk[HEADER_BYTES..]);
    input.leb()?;
    Ok(input.0)
}
