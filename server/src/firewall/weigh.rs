//! What a chunk costs, counted in its columns before automerge unrolls them: a billion operations that are
//! alike take six bytes. The layout is that of automerge's binary format.

use super::Malformed;
use super::chunk::{self, Chunk};
use super::columns::{self, AnyNumber, Cell, Column, Runs, Unreadable};
use super::message::Input;
use flate2::read::DeflateDecoder;
use samverk_shared::limits::{
    INFLATE_RATIO_FREE_BYTES, INFLATE_RATIO_MAX, INFLATED_BYTES_MAX, MESSAGE_OPS_MAX, SYNC_CHUNKS_MAX,
};
use std::io::Read;

const UNREADABLE: Malformed = Malformed::Change("it cannot be decoded");
const TOO_MANY: Malformed = Malformed::Change("too many operations");
pub(super) const TOO_MANY_CHUNKS: Malformed = Malformed::Change("too many chunks");
const TOO_LONG: Malformed = Malformed::Change("it inflates to too much");

/// What the chunks of one message may still cost.
pub(super) struct Allowance {
    chunks: usize,
    rows: u64,
    inflated_bytes: usize,
}

impl Allowance {
    /// What one message may cost.
    pub fn of_a_message() -> Allowance {
        Allowance {
            chunks: SYNC_CHUNKS_MAX,
            rows: MESSAGE_OPS_MAX,
            inflated_bytes: INFLATED_BYTES_MAX,
        }
    }

    /// Pays for one more chunk.
    pub fn chunk(&mut self) -> Result<(), Malformed> {
        self.chunks = self.chunks.checked_sub(1).ok_or(TOO_MANY_CHUNKS)?;
        Ok(())
    }

    /// How many rows a chunk unrolls to.
    pub fn rows_of(mut self, chunk: Chunk<'_>) -> Result<u64, Malformed> {
        let before = self.rows;
        match chunk {
            Chunk::Change(chunk) if chunk[8] == chunk::COMPRESSED => {
                let inflated = self.inflate(chunk::body(chunk)?)?;
                self.change(&inflated)?;
            }
            Chunk::Change(chunk) => self.change(chunk::body(chunk)?)?,
            Chunk::Document(chunk) => self.document(chunk::body(chunk)?)?,
        }
        Ok(before - self.rows)
    }

    /// Pays for the body of a change.
    pub fn change(&mut self, body: &[u8]) -> Result<(), Malformed> {
        let (columns, mut data) = columns::of_change(body)?;
        self.columns(&columns, &mut data)
    }

    /// Pays for the body of a document saved whole.
    pub fn document(&mut self, body: &[u8]) -> Result<(), Malformed> {
        let (changes, operations, mut data) = columns::of_document(body)?;
        self.columns(&changes, &mut data)?;
        self.columns(&operations, &mut data)
    }

    /// Inflates what may be inflated: a little whatever its ratio, since a text of dashes packs very well.
    pub fn inflate(&mut self, packed: &[u8]) -> Result<Vec<u8>, Malformed> {
        let by_ratio = packed.len().saturating_mul(INFLATE_RATIO_MAX);
        let room = by_ratio.max(INFLATE_RATIO_FREE_BYTES).min(self.inflated_bytes);
        let mut inflated = Vec::new();
        let mut reader = DeflateDecoder::new(packed).take(room as u64 + 1);
        reader.read_to_end(&mut inflated).map_err(|_| UNREADABLE)?;
        if inflated.len() > room {
            return Err(TOO_LONG);
        }
        self.inflated_bytes -= inflated.len();
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

const BOOLEANS: u64 = 4;
const TEXTS: u64 = 5;
const VALUES: u64 = 7;

/// How many rows a column unrolls to.
fn rows(kind: u64, data: &[u8]) -> Result<u64, Malformed> {
    match kind {
        VALUES => Ok(0),
        BOOLEANS => {
            let (mut input, mut rows) = (Input(data), 0u64);
            while !input.0.is_empty() {
                rows = rows.saturating_add(leb(&mut input)?);
            }
            Ok(rows)
        }
        TEXTS => sum(Runs::<&[u8]>::of(data)),
        _ => sum(Runs::<AnyNumber>::of(data)),
    }
}

fn sum<'a, T: Cell<'a>>(mut runs: Runs<'a, T>) -> Result<u64, Malformed> {
    runs.try_fold(0u64, |rows, run| Ok(rows.saturating_add(run?.0)))
}

impl From<Unreadable> for Malformed {
    fn from(_: Unreadable) -> Self {
        UNREADABLE
    }
}

fn leb(input: &mut Input<'_>) -> Result<u64, Malformed> {
    input.leb().map_err(|_| UNREADABLE)
}
