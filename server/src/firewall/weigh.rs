//! What a chunk costs, counted in its columns before automerge unrolls them: a billion operations that are
//! alike take six bytes. The layout is that of automerge's binary format.

use super::Malformed;
use super::message::Input;
use flate2::read::DeflateDecoder;
use samverk_shared::limits::{INFLATED_BYTES_MAX, MESSAGE_OPS_MAX};
use std::io::Read;

const HASH_BYTES: u64 = 32;
const UNREADABLE: Malformed = Malformed::Change("it cannot be decoded");
const TOO_MANY: Malformed = Malformed::Change("too many operations");
const TOO_LONG: Malformed = Malformed::Change("it inflates to too much");

/// What the chunks of one message may still cost.
pub(super) struct Allowance {
    rows: u64,
    inflated_bytes: usize,
}

impl Allowance {
    /// What one message may cost.
    pub fn of_a_message() -> Allowance {
        Allowance {
            rows: MESSAGE_OPS_MAX,
            inflated_bytes: INFLATED_BYTES_MAX,
        }
    }

    /// Pays for the body of a change.
    pub fn change(&mut self, body: &[u8]) -> Result<(), Malformed> {
        let mut input = Input(body);
        let dependencies = leb(&mut input)?;
        skip(&mut input, dependencies.saturating_mul(HASH_BYTES))?;
        skip_prefixed(&mut input)?;
        // Sequence number, first operation and time.
        (0..3).try_for_each(|_| skip_leb(&mut input))?;
        skip_prefixed(&mut input)?;
        (0..leb(&mut input)?).try_for_each(|_| skip_prefixed(&mut input))?;
        let columns = columns(&mut input)?;
        self.columns(&columns, &mut input)
    }

    /// Pays for the body of a document saved whole.
    pub fn document(&mut self, body: &[u8]) -> Result<(), Malformed> {
        let mut input = Input(body);
        (0..leb(&mut input)?).try_for_each(|_| skip_prefixed(&mut input))?;
        let heads = leb(&mut input)?;
        skip(&mut input, heads.saturating_mul(HASH_BYTES))?;
        let (changes, operations) = (columns(&mut input)?, columns(&mut input)?);
        self.columns(&changes, &mut input)?;
        self.columns(&operations, &mut input)
    }

    /// Inflates what may be inflated.
    pub fn inflate(&mut self, packed: &[u8]) -> Result<Vec<u8>, Malformed> {
        let mut inflated = Vec::new();
        let mut reader = DeflateDecoder::new(packed).take(self.inflated_bytes as u64 + 1);
        reader.read_to_end(&mut inflated).map_err(|_| UNREADABLE)?;
        self.inflated_bytes = self.inflated_bytes.checked_sub(inflated.len()).ok_or(TOO_LONG)?;
        Ok(inflated)
    }

    /// Columns stand beside each other: as many rows as the longest has.
    fn columns(&mut self, columns: &[Column], input: &mut Input<'_>) -> Result<(), Malformed> {
        let mut longest = 0;
        for column in columns {
            let data = input.take(column.length).map_err(|_| UNREADABLE)?;
            let rows = if column.is_deflated() {
                let inflated = self.inflate(data)?;
                rows(column.kind(), &inflated)?
            } else {
                rows(column.kind(), data)?
            };
            longest = rows.max(longest);
        }
        self.rows = self.rows.checked_sub(longest).ok_or(TOO_MANY)?;
        Ok(())
    }
}

struct Column {
    specification: u64,
    length: u64,
}

impl Column {
    fn kind(&self) -> u64 {
        self.specification & 0b111
    }

    fn is_deflated(&self) -> bool {
        self.specification & 0b1000 != 0
    }
}

const BOOLEANS: u64 = 4;
const TEXTS: u64 = 5;
const VALUES: u64 = 7;

fn columns(input: &mut Input<'_>) -> Result<Vec<Column>, Malformed> {
    let mut columns = Vec::new();
    for _ in 0..leb(input)? {
        columns.push(Column {
            specification: leb(input)?,
            length: leb(input)?,
        });
    }
    Ok(columns)
}

/// How many rows a column unrolls to.
fn rows(kind: u64, data: &[u8]) -> Result<u64, Malformed> {
    let mut input = Input(data);
    let mut rows = 0u64;
    while !input.0.is_empty() {
        let run = match kind {
            VALUES => return Ok(0),
            BOOLEANS => leb(&mut input)?,
            TEXTS => run(&mut input, skip_prefixed)?,
            _ => run(&mut input, skip_leb)?,
        };
        rows = rows.saturating_add(run);
    }
    Ok(rows)
}

/// A run of one value, of different values, or of none; gives its rows.
fn run(
    input: &mut Input<'_>,
    skip_value: fn(&mut Input<'_>) -> Result<(), Malformed>,
) -> Result<u64, Malformed> {
    let count = signed_leb(input)?;
    match count {
        0 => return leb(input),
        1.. => skip_value(input)?,
        // Each takes a byte at least, so this ends with the column.
        _ => (0..count.unsigned_abs()).try_for_each(|_| skip_value(input))?,
    }
    Ok(count.unsigned_abs())
}

fn leb(input: &mut Input<'_>) -> Result<u64, Malformed> {
    input.leb().map_err(|_| UNREADABLE)
}

fn signed_leb(input: &mut Input<'_>) -> Result<i64, Malformed> {
    let mut value = 0i64;
    for shift in (0..63).step_by(7) {
        let byte = input.byte().map_err(|_| UNREADABLE)?;
        value |= i64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            let negative = byte & 0x40 != 0;
            return Ok(if negative {
                value | -1 << (shift + 7)
            } else {
                value
            });
        }
    }
    Err(UNREADABLE)
}

/// Passes over a number, signed or not, of any length.
fn skip_leb(input: &mut Input<'_>) -> Result<(), Malformed> {
    while input.byte().map_err(|_| UNREADABLE)? & 0x80 != 0 {}
    Ok(())
}

fn skip(input: &mut Input<'_>, length: u64) -> Result<(), Malformed> {
    input.take(length).map(drop).map_err(|_| UNREADABLE)
}

fn skip_prefixed(input: &mut Input<'_>) -> Result<(), Malformed> {
    let length = leb(input)?;
    skip(input, length)
}
