//! As much CBOR as automerge-repo's frames need, read in place.

use anyhow::{Result, bail};

/// A value of a frame's map; what the load does not look at is `Other`.
#[derive(Debug, PartialEq)]
pub enum Value<'a> {
    Text(&'a str),
    Bytes(&'a [u8]),
    Number(u64),
    Other,
}

const NUMBER: u8 = 0;
const NEGATIVE: u8 = 1;
const BYTES: u8 = 2;
const TEXT: u8 = 3;
const ARRAY: u8 = 4;
const MAP: u8 = 5;
const TAG: u8 = 6;
const BREAK: u8 = 0xff;
const INDEFINITE: u64 = u64::MAX;

/// Calls `each` with every key and value of a map.
pub fn read_map<'a>(bytes: &'a [u8], mut each: impl FnMut(&'a str, Value<'a>)) -> Result<()> {
    let mut rest = bytes;
    let (MAP, entries) = header(&mut rest)? else {
        bail!("not a CBOR map")
    };
    let mut read = 0;
    while read < entries && rest.first() != Some(&BREAK) {
        let Value::Text(key) = value(&mut rest)? else {
            bail!("a key that is no text")
        };
        let value = value(&mut rest)?;
        each(key, value);
        read += 1;
    }
    Ok(())
}

fn value<'a>(rest: &mut &'a [u8]) -> Result<Value<'a>> {
    let (kind, length) = header(rest)?;
    Ok(match kind {
        NUMBER => Value::Number(length),
        BYTES => Value::Bytes(take(rest, length)?),
        TEXT => Value::Text(std::str::from_utf8(take(rest, length)?)?),
        // cbor-x marks byte strings with a tag.
        TAG => value(rest)?,
        ARRAY | MAP => {
            let items = if kind == MAP {
                length.saturating_mul(2)
            } else {
                length
            };
            let mut read = 0;
            while read < items && rest.first() != Some(&BREAK) {
                value(rest)?;
                read += 1;
            }
            if length == INDEFINITE {
                take(rest, 1)?;
            }
            Value::Other
        }
        _ => Value::Other,
    })
}

fn header(rest: &mut &[u8]) -> Result<(u8, u64)> {
    let first = take(rest, 1)?[0];
    let length = match first & 31 {
        short @ 0..=23 => u64::from(short),
        wide @ 24..=27 => {
            let bytes = take(rest, 1 << (wide - 24))?;
            bytes.iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte))
        }
        31 => INDEFINITE,
        _ => bail!("a reserved CBOR length"),
    };
    Ok((first >> 5, length))
}

fn take<'a>(rest: &mut &'a [u8], length: u64) -> Result<&'a [u8]> {
    let Some((taken, after)) = usize::try_from(length)
        .ok()
        .and_then(|n| rest.split_at_checked(n))
    else {
        bail!("a short CBOR item");
    };
    *rest = after;
    Ok(taken)
}

/// A map that is written; the number of entries is given first.
pub struct Map(Vec<u8>);

impl Map {
    pub fn of(entries: u64) -> Self {
        let mut map = Map(Vec::with_capacity(256));
        map.header(MAP, entries);
        map
    }

    pub fn text(mut self, key: &str, value: &str) -> Self {
        self.string(key);
        self.string(value);
        self
    }

    pub fn number(mut self, key: &str, value: u64) -> Self {
        self.string(key);
        self.header(NUMBER, value);
        self
    }

    pub fn bytes(mut self, key: &str, value: &[u8]) -> Self {
        self.string(key);
        self.header(BYTES, value.len() as u64);
        self.0.extend_from_slice(value);
        self
    }

    /// A value that is CBOR already.
    pub fn raw(mut self, key: &str, value: &[u8]) -> Self {
        self.string(key);
        self.0.extend_from_slice(value);
        self
    }

    pub fn done(self) -> Vec<u8> {
        self.0
    }

    fn string(&mut self, text: &str) {
        self.header(TEXT, text.len() as u64);
        self.0.extend_from_slice(text.as_bytes());
    }

    fn header(&mut self, kind: u8, length: u64) {
        debug_assert!(kind != NEGATIVE);
        let kind = kind << 5;
        match length {
            0..=23 => self.0.push(kind | length as u8),
            24..=0xff => self.0.extend([kind | 24, length as u8]),
            0x100..=0xffff => {
                self.0.push(kind | 25);
                self.0.extend((length as u16).to_be_bytes());
            }
            _ => {
                self.0.push(kind | 26);
                self.0.extend((length as u32).to_be_bytes());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_written_map_is_read() {
        let map = Map::of(3)
            .text("type", "sync")
            .number("count", 70_000)
            .bytes("data", &[7; 300])
            .done();
        let mut seen = vec![];
        read_map(&map, |key, value| seen.push((key, value))).unwrap();
        assert_eq!(seen[0], ("type", Value::Text("sync")));
        assert_eq!(seen[1], ("count", Value::Number(70_000)));
        assert_eq!(seen[2], ("data", Value::Bytes(&[7; 300])));
    }

    #[test]
    fn nested_tagged_and_indefinite_values_are_passed_over() {
        // {_ "a": {"b": [1, -2]}, "data": 64(h'0102')}
        let bytes = b"\xbf\x61a\xa1\x61b\x82\x01\x21\x64data\xd8\x40\x42\x01\x02\xff";
        let mut data = vec![];
        read_map(bytes, |key, value| {
            if let ("data", Value::Bytes(bytes)) = (key, value) {
                data = bytes.to_vec();
            }
        })
        .unwrap();
        assert_eq!(data, [1, 2]);
        assert!(read_map(b"\xa1\x64type\x7a\xff\xff\xff\xff", |_, _| {}).is_err());
    }
}
