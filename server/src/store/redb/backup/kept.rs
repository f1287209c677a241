//! A document as its rows, and rows as bytes.

use super::Entry;
use crate::store::redb::read::together;
use crate::store::redb::rows::{self, Damaged, Row, Rows};
use crate::store::{Meta, Stored};
use bytes::{Buf, BufMut, Bytes};
use samverk_shared::ids::DocumentId;

/// A document as it stands in the store.
pub struct Kept {
    pub rows: Vec<Row>,
    pub entry: Entry,
    /// What can be loaded; `None` when it is set aside.
    pub stored: Option<Stored>,
}

impl Kept {
    /// The document that these rows are. Rows that do not belong together, of a document that is not set aside, are
    /// given back.
    pub fn of(document: DocumentId, rows: Vec<Row>) -> Result<Kept, (Vec<Row>, Damaged)> {
        if let Some(row) = rows.iter().find(|row| row.table == Rows::Quarantine) {
            let reason = rows::read_reason(document, &row.value);
            return Ok(Kept::set_aside(document, rows, reason));
        }
        match assemble(document, &rows) {
            Ok(stored) => {
                let Meta {
                    ref heads,
                    log_chunks,
                    log_bytes,
                    snapshot_bytes,
                    ..
                } = stored.meta;
                let entry = Entry {
                    document,
                    heads: heads.iter().map(ToString::to_string).collect(),
                    log_chunks,
                    log_bytes,
                    snapshot_bytes,
                    rows: rows.len() as u64,
                    set_aside: None,
                };
                let stored = Some(stored);
                Ok(Kept { rows, entry, stored })
            }
            Err(damage) => Err((rows, damage)),
        }
    }

    /// A document that is set aside, or is from now on: all its rows that could be read.
    pub fn set_aside(document: DocumentId, mut rows: Vec<Row>, reason: String) -> Kept {
        if !rows.iter().any(|row| row.table == Rows::Quarantine) {
            let sealed = rows::seal(Rows::Quarantine, &document.0, reason.as_bytes());
            rows.push(Row::new(Rows::Quarantine, &document.0, &sealed));
        }
        let entry = Entry {
            document,
            heads: Vec::new(),
            log_chunks: 0,
            log_bytes: 0,
            snapshot_bytes: 0,
            rows: rows.len() as u64,
            set_aside: Some(reason),
        };
        Kept {
            rows,
            entry,
            stored: None,
        }
    }
}

fn assemble(document: DocumentId, all: &[Row]) -> Result<Stored, Damaged> {
    let mut meta: Option<Meta> = None;
    let (mut log, mut parts) = (Vec::new(), Vec::new());
    for row in all {
        let value = rows::unseal(row.table, &row.key, &row.value)?;
        match row.table {
            Rows::Metas => meta = Some(rows::read_meta(value)?),
            Rows::Log => log.push((number(document, &row.key)?, Bytes::copy_from_slice(value))),
            Rows::Snapshots => parts.push((number(document, &row.key)?, Bytes::copy_from_slice(value))),
            Rows::Quarantine | Rows::Records => {}
        }
    }
    let meta = meta.ok_or(Damaged::Parts)?;
    let first = meta.first_chunk();
    together(meta, in_a_row(log, first)?, in_a_row(parts, 0)?)
}

fn number(document: DocumentId, key: &[u8]) -> Result<u64, Damaged> {
    let key = key.try_into().map_err(|_| Damaged::Form)?;
    match rows::of_numbered(key) {
        (id, number) if id == document => Ok(number),
        _ => Err(Damaged::Parts),
    }
}

/// The pieces, if they are numbered from `first` without a gap.
fn in_a_row(pieces: Vec<(u64, Bytes)>, first: u64) -> Result<Vec<Bytes>, Damaged> {
    let numbered = pieces.into_iter().zip(first..);
    let pieces = numbered.map(|((number, piece), expected)| (number == expected).then_some(piece));
    pieces.collect::<Option<_>>().ok_or(Damaged::Parts)
}

/// Puts a row behind others.
pub fn write_row(out: &mut Vec<u8>, row: &Row) {
    out.put_u8(row.table.tag());
    out.put_u32_le(row.key.len() as u32);
    out.put_u32_le(row.value.len() as u32);
    out.put_slice(&row.key);
    out.put_slice(&row.value);
}

/// Reads rows that `write_row` wrote.
pub fn read_rows(mut bytes: &[u8]) -> Option<Vec<Row>> {
    let mut all = Vec::new();
    while bytes.has_remaining() {
        let table = Rows::of(bytes.try_get_u8().ok()?)?;
        let key_bytes = bytes.try_get_u32_le().ok()? as usize;
        let value_bytes = bytes.try_get_u32_le().ok()? as usize;
        let (key, rest) = bytes.split_at_checked(key_bytes)?;
        let (value, rest) = rest.split_at_checked(value_bytes)?;
        bytes = rest;
        all.push(Row {
            table,
            key: key.to_vec(),
            value: value.to_vec(),
        });
    }
    Some(all)
}
