//! One pass over a frame that checks structure only: depth, items, lengths, nothing left over.

use super::WireError;
use samverk_shared::limits::{CBOR_DEPTH_MAX, CBOR_ITEMS_MAX};

/// Checks that `bytes` are exactly one CBOR map within the limits.
pub fn check(bytes: &[u8]) -> Result<(), WireError> {
    let mut scan = Scan {
        bytes,
        at: 0,
        items: 0,
    };
    if bytes.first().is_none_or(|b| b >> 5 != MAP) {
        return Err(WireError::Bounds("it does not begin with a map"));
    }
    scan.item(0)?;
    if scan.at == bytes.len() {
        Ok(())
    } else {
        Err(WireError::Bounds("bytes follow the map"))
    }
}

const MAP: u8 = 5;
const BREAK: u8 = 0xff;
const INDEFINITE: u8 = 31;

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
    items: usize,
}

impl Scan<'_> {
    fn item(&mut self, depth: usize) -> Result<(), WireError> {
        self.items += 1;
        if self.items > CBOR_ITEMS_MAX {
            return Err(WireError::Bounds("too many items"));
        }
        if depth > CBOR_DEPTH_MAX {
            return Err(WireError::Bounds("nested too deep"));
        }
        let initial = self.byte()?;
        let (major, minor) = (initial >> 5, initial & 0x1f);
        match major {
            0 | 1 => self.argument(minor).map(drop),
            2 | 3 if minor == INDEFINITE => self.until_break(depth, 1),
            2 | 3 => {
                let length = self.argument(minor)?;
                self.skip(length)
            }
            4 if minor == INDEFINITE => self.until_break(depth, 1),
            4 => {
                let length = self.argument(minor)?;
                self.many(length, depth)
            }
            5 if minor == INDEFINITE => self.until_break(depth, 2),
            5 => {
                let pairs = self.argument(minor)?;
                self.many(pairs.saturating_mul(2), depth)
            }
            6 => {
                self.argument(minor)?;
                self.item(depth + 1)
            }
            _ => self.simple(minor),
        }
    }

    fn many(&mut self, items: u64, depth: usize) -> Result<(), WireError> {
        // Each item takes at least a byte: a count beyond the rest of the frame is a lie.
        if items > (self.bytes.len() - self.at) as u64 {
            return Err(WireError::Bounds("a length beyond the frame"));
        }
        (0..items).try_for_each(|_| self.item(depth + 1))
    }

    fn until_break(&mut self, depth: usize, step: usize) -> Result<(), WireError> {
        loop {
            if self.bytes.get(self.at) == Some(&BREAK) {
                self.at += 1;
                return Ok(());
            }
            for _ in 0..step {
                self.item(depth + 1)?;
            }
        }
    }

    fn simple(&mut self, minor: u8) -> Result<(), WireError> {
        match minor {
            0..=23 => Ok(()),
            24 => self.skip(1),
            25 => self.skip(2),
            26 => self.skip(4),
            27 => self.skip(8),
            _ => Err(WireError::Bounds("a reserved or misplaced code")),
        }
    }

    fn argument(&mut self, minor: u8) -> Result<u64, WireError> {
        let width = match minor {
            0..=23 => return Ok(u64::from(minor)),
            24 => 1,
            25 => 2,
            26 => 4,
            27 => 8,
            _ => return Err(WireError::Bounds("a reserved length")),
        };
        (0..width).try_fold(0, |sum, _| Ok(sum << 8 | u64::from(self.byte()?)))
    }

    fn byte(&mut self) -> Result<u8, WireError> {
        let byte = *self.bytes.get(self.at).ok_or(WireError::Bounds("cut short"))?;
        self.at += 1;
        Ok(byte)
    }

    fn skip(&mut self, length: u64) -> Result<(), WireError> {
        if length > (self.bytes.len() - self.at) as u64 {
            return Err(WireError::Bounds("a length beyond the frame"));
        }
        self.at += length as usize;
        Ok(())
    }
}
