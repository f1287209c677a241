//! automerge's chunks and sync messages, put together by hand: what no client writes has to be made from bytes.

use flate2::Compression;
use flate2::write::DeflateEncoder;
use sha2::{Digest, Sha256};
use std::io::Write;

/// The type of a chunk that is a saved document.
pub const DOCUMENT: u8 = 0;
/// The type of a chunk that is a change.
pub const CHANGE: u8 = 1;
/// The type of a chunk that is a compressed change.
pub const COMPRESSED: u8 = 2;
/// The type of a chunk that is a bundle of changes.
pub const BUNDLE: u8 = 3;

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
const HEADER_BYTES: usize = 9;

/// A number as the format writes those without a sign.
pub fn leb(mut value: u64) -> Vec<u8> {
    let mut out = Vec::new();
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
    out
}

/// A number as the format writes those with a sign.
pub fn sleb(mut value: i64) -> Vec<u8> {
    let mut out = Vec::new();
    loop {
        let low = (value & 0x7f) as u8;
        value >>= 7;
        if (value == 0 && low & 0x40 == 0) || (value == -1 && low & 0x40 != 0) {
            out.push(low);
            return out;
        }
        out.push(low | 0x80);
    }
}

/// Bytes with their length before them.
pub fn prefixed(bytes: &[u8]) -> Vec<u8> {
    [&leb(bytes.len() as u64), bytes].concat()
}

/// A chunk with this checksum.
pub fn chunk(kind: u8, checksum: [u8; 4], body: &[u8]) -> Vec<u8> {
    [&MAGIC[..], &checksum, &[kind], &prefixed(body)].concat()
}

/// The first bytes of a chunk's hash.
pub fn checksum(kind: u8, body: &[u8]) -> [u8; 4] {
    let digest = Sha256::new()
        .chain_update([kind])
        .chain_update(leb(body.len() as u64))
        .chain_update(body)
        .finalize();
    [digest[0], digest[1], digest[2], digest[3]]
}

/// A chunk whose checksum is right.
pub fn sound(kind: u8, body: &[u8]) -> Vec<u8> {
    chunk(kind, checksum(kind, body), body)
}

/// A compressed chunk that stands for a change; its checksum is the change's.
pub fn compressed(change: &[u8]) -> Vec<u8> {
    chunk(COMPRESSED, checksum(CHANGE, change), &deflated(change))
}

/// Packs bytes as well as they can be packed.
///
/// # Panics
/// Never: memory takes what is written to it.
pub fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut writer = DeflateEncoder::new(Vec::new(), Compression::best());
    writer.write_all(bytes).expect("memory takes it");
    writer.finish().expect("memory takes it")
}

/// What stands behind the header of a chunk.
pub fn body(chunk: &[u8]) -> &[u8] {
    let length = chunk[HEADER_BYTES..].iter().position(|byte| byte & 0x80 == 0);
    &chunk[HEADER_BYTES + length.map_or(0, |last| last + 1)..]
}

/// Reads a number that `leb` wrote, and steps over it.
pub fn read_leb(bytes: &[u8], at: &mut usize) -> Option<u64> {
    let mut value = 0;
    for shift in (0..63).step_by(7) {
        let byte = *bytes.get(*at)?;
        *at += 1;
        value |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

/// A change taken apart: what stands before its columns, the columns by number, what stands behind them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parts {
    /// Dependencies, actor, numbers, message, other actors.
    pub head: Vec<u8>,
    /// The columns' numbers and data.
    pub columns: Vec<(u64, Vec<u8>)>,
    /// What newer formats add.
    pub tail: Vec<u8>,
}

impl Parts {
    /// Takes the body of a change apart; `None` where it is not one.
    pub fn of(body: &[u8]) -> Option<Parts> {
        let mut at = 0;
        let skip = |at: &mut usize, bytes: u64| {
            *at = at
                .checked_add(usize::try_from(bytes).ok()?)
                .filter(|at| *at <= body.len())?;
            Some(())
        };
        let dependencies = read_leb(body, &mut at)?;
        skip(&mut at, dependencies.checked_mul(32)?)?;
        let actor = read_leb(body, &mut at)?;
        skip(&mut at, actor)?;
        for _ in 0..3 {
            read_leb(body, &mut at)?;
        }
        let message = read_leb(body, &mut at)?;
        skip(&mut at, message)?;
        for _ in 0..read_leb(body, &mut at)? {
            let actor = read_leb(body, &mut at)?;
            skip(&mut at, actor)?;
        }
        let head = body[..at].to_vec();
        let count = read_leb(body, &mut at)?;
        let mut table = Vec::new();
        for _ in 0..count {
            table.push((read_leb(body, &mut at)?, read_leb(body, &mut at)?));
        }
        let mut columns = Vec::new();
        for (specification, length) in table {
            let from = at;
            skip(&mut at, length)?;
            columns.push((specification, body[from..at].to_vec()));
        }
        Some(Parts {
            head,
            columns,
            tail: body[at..].to_vec(),
        })
    }

    /// Puts it together again.
    pub fn body(&self) -> Vec<u8> {
        let mut body = [&self.head[..], &leb(self.columns.len() as u64)].concat();
        for (specification, data) in &self.columns {
            body.extend(leb(*specification));
            body.extend(leb(data.len() as u64));
        }
        for (_, data) in &self.columns {
            body.extend(data);
        }
        body.extend(&self.tail);
        body
    }
}
