//! y-protocols, as far as the load needs it.

use crate::automerge::unsigned;
use crate::target::Dialect;
use anyhow::{Context, Result, bail};

/// Kinds of messages.
pub const SYNC: u64 = 0;
pub const AWARENESS: u64 = 1;
pub const AUTH: u64 = 2;
pub const SYNC_REPLY: u64 = 4;
pub const SYNC_STATUS: u64 = 8;
pub const ECHO: u64 = 102;
/// Steps of a sync message.
pub const STEP_ASK: u64 = 0;
pub const STEP_ANSWER: u64 = 1;
pub const STEP_UPDATE: u64 = 2;

pub struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    pub fn byte(&mut self) -> Result<u8> {
        let (byte, rest) = self.0.split_first().context("a short message")?;
        self.0 = rest;
        Ok(*byte)
    }

    pub fn number(&mut self) -> Result<u64> {
        let (mut number, mut shift) = (0u64, 0);
        loop {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
            if shift > 56 {
                bail!("a number that is too long");
            }
        }
    }

    pub fn bytes(&mut self) -> Result<&'a [u8]> {
        let length = self.number()? as usize;
        let (bytes, rest) = self.0.split_at_checked(length).context("a short message")?;
        self.0 = rest;
        Ok(bytes)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

pub fn counted(out: &mut Vec<u8>, bytes: &[u8]) {
    unsigned(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

/// A message as the server expects it: Hocuspocus puts the document's name first.
pub fn envelope(dialect: Dialect, document: &str, body: &[u8]) -> Vec<u8> {
    let mut message = Vec::with_capacity(body.len() + document.len() + 1);
    if dialect == Dialect::Hocuspocus {
        counted(&mut message, document.as_bytes());
    }
    message.extend_from_slice(body);
    message
}

pub fn sync(step: u64, data: &[u8]) -> Vec<u8> {
    let mut body = vec![SYNC as u8];
    unsigned(&mut body, step);
    counted(&mut body, data);
    body
}

/// Hocuspocus wants a token, any token.
pub fn auth() -> Vec<u8> {
    let mut body = vec![AUTH as u8, 0];
    counted(&mut body, b"load");
    body
}

/// An update that brings nothing.
pub const NO_UPDATE: [u8; 2] = [0, 0];

const CONTENT_GC: u8 = 0;
const CONTENT_DELETED: u8 = 1;
const CONTENT_STRING: u8 = 4;
const SKIP: u8 = 10;
const HAS_LEFT: u8 = 0x80;
const HAS_RIGHT: u8 = 0x40;
const HAS_PARENT_KEY: u8 = 0x20;

/// Calls `each` with client, clock and length of what an update brings; only contents made here are read.
pub fn each_range(update: &[u8], mut each: impl FnMut(u64, u64, u64)) -> Result<()> {
    let mut reader = Reader(update);
    for _ in 0..reader.number()? {
        let items = reader.number()?;
        let client = reader.number()?;
        let mut clock = reader.number()?;
        for _ in 0..items {
            let info = reader.byte()?;
            if info & 31 == SKIP {
                clock += reader.number()?;
                continue;
            }
            let length = item_length(&mut reader, info)?;
            each(client, clock, length);
            clock += length;
        }
    }
    Ok(())
}

fn item_length(reader: &mut Reader<'_>, info: u8) -> Result<u64> {
    let kind = info & 31;
    if kind == CONTENT_GC {
        return reader.number();
    }
    for side in [HAS_LEFT, HAS_RIGHT] {
        if info & side != 0 {
            reader.number()?;
            reader.number()?;
        }
    }
    if info & (HAS_LEFT | HAS_RIGHT) == 0 {
        if reader.number()? == 1 {
            reader.bytes()?;
        } else {
            reader.number()?;
            reader.number()?;
        }
        if info & HAS_PARENT_KEY != 0 {
            reader.bytes()?;
        }
    }
    match kind {
        CONTENT_DELETED => reader.number(),
        CONTENT_STRING => Ok(std::str::from_utf8(reader.bytes()?)?.encode_utf16().count() as u64),
        kind => bail!("content of kind {kind} is not read here"),
    }
}
