//! Reads rows of the file and puts documents together from them.

use super::rows::{self, Damaged, NUMBERED_BYTES, Rows};
use crate::store::{Meta, Record, StoreError, Stored, Table};
use ::redb::{ReadOnlyTable, ReadTransaction, ReadableTable, StorageError, TableDefinition};
use bytes::Bytes;
use samverk_shared::ids::DocumentId;

/// Rows under a document's id.
pub type ById = &'static [u8; 16];
/// Rows under a document's id and a number.
pub type Numbered = &'static [u8; NUMBERED_BYTES];
/// Any bytes.
pub type Blob = &'static [u8];

pub const METAS: TableDefinition<'static, ById, Blob> = TableDefinition::new(Rows::Metas.name());
pub const LOG: TableDefinition<'static, Numbered, Blob> = TableDefinition::new(Rows::Log.name());
pub const SNAPSHOTS: TableDefinition<'static, Numbered, Blob> = TableDefinition::new(Rows::Snapshots.name());
pub const QUARANTINE: TableDefinition<'static, ById, Blob> = TableDefinition::new(Rows::Quarantine.name());
pub const RECORDS: TableDefinition<'static, Blob, Blob> = TableDefinition::new(Rows::Records.name());

/// Why something could not be read.
#[derive(Debug)]
pub enum Unread {
    /// The store failed.
    Store(StoreError),
    /// What was read is not what was written.
    Damaged(Damaged),
}

impl From<Damaged> for Unread {
    fn from(damage: Damaged) -> Self {
        Unread::Damaged(damage)
    }
}

impl<E: Into<::redb::Error>> From<E> for Unread {
    fn from(error: E) -> Self {
        match error.into() {
            ::redb::Error::Corrupted(_) => Unread::Damaged(Damaged::Pages),
            other => Unread::Store(StoreError(Box::new(other))),
        }
    }
}

/// All tables at one moment.
pub struct Tables {
    pub metas: ReadOnlyTable<ById, Blob>,
    pub log: ReadOnlyTable<Numbered, Blob>,
    pub snapshots: ReadOnlyTable<Numbered, Blob>,
    pub quarantine: ReadOnlyTable<ById, Blob>,
    pub records: ReadOnlyTable<Blob, Blob>,
}

impl Tables {
    /// Opens the tables as they are at this moment.
    pub fn open(transaction: &ReadTransaction) -> Result<Self, Unread> {
        Ok(Self {
            metas: transaction.open_table(METAS)?,
            log: transaction.open_table(LOG)?,
            snapshots: transaction.open_table(SNAPSHOTS)?,
            quarantine: transaction.open_table(QUARANTINE)?,
            records: transaction.open_table(RECORDS)?,
        })
    }

    /// A document with its bytes.
    pub fn load(&self, document: DocumentId) -> Result<Option<Stored>, Unread> {
        let Some(meta) = self.meta(document)? else {
            return Ok(None);
        };
        let log = pieces(&self.log, Rows::Log, document, meta.first_chunk())?;
        let parts = pieces(&self.snapshots, Rows::Snapshots, document, 0)?;
        Ok(Some(together(meta, log, parts)?))
    }

    /// What is known of a document.
    pub fn meta(&self, document: DocumentId) -> Result<Option<Meta>, Unread> {
        meta(&self.metas, &self.log, &self.snapshots, document)
    }

    /// All documents that have a meta or are in quarantine.
    pub fn documents(&self) -> Result<Vec<DocumentId>, Unread> {
        let mut ids = Vec::new();
        for row in self.metas.iter()?.chain(self.quarantine.iter()?) {
            ids.push(DocumentId(*row?.0.value()));
        }
        Ok(ids)
    }

    /// Why a document is set aside, if it is.
    pub fn quarantine(&self, document: DocumentId) -> Result<Option<String>, Unread> {
        let Some(row) = self.quarantine.get(&document.0)? else {
            return Ok(None);
        };
        Ok(Some(rows::read_reason(document, row.value())))
    }

    /// All documents that are set aside.
    pub fn all_quarantined(&self) -> Result<Vec<(DocumentId, String)>, Unread> {
        let mut all = Vec::new();
        for row in self.quarantine.iter()? {
            let (key, value) = row?;
            let document = DocumentId(*key.value());
            all.push((document, rows::read_reason(document, value.value())));
        }
        Ok(all)
    }

    /// A record; one that is damaged is an error with its name.
    pub fn record(&self, table: Table, key: &str) -> Result<Option<Record>, Unread> {
        record(&self.records, table, key).map_err(|error| match error {
            Unread::Damaged(damage) => named(table, key, damage),
            error => error,
        })
    }

    /// Records by the beginning of their key.
    pub fn scan(&self, table: Table, prefix: &str) -> Result<Vec<(String, Record)>, Unread> {
        let from = rows::record_key(table, prefix);
        let mut found = Vec::new();
        for row in self.records.range(from.as_slice()..)? {
            let (key, value) = row?;
            if !key.value().starts_with(&from) {
                break;
            }
            let (_, text) = rows::of_record(key.value())?;
            let record = unseal_record(key.value(), value.value());
            found.push((
                text.to_owned(),
                record.map_err(|damage| named(table, text, damage))?,
            ));
        }
        Ok(found)
    }
}

/// The document, if these are the pieces its meta tells of.
pub fn together(meta: Meta, log: Vec<Bytes>, parts: Vec<Bytes>) -> Result<Stored, Damaged> {
    let bytes = |pieces: &[Bytes]| pieces.iter().map(|piece| piece.len() as u64).sum::<u64>();
    if log.len() as u64 != meta.log_chunks
        || bytes(&log) != meta.log_bytes
        || bytes(&parts) != meta.snapshot_bytes
    {
        return Err(Damaged::Parts);
    }
    Ok(Stored {
        meta,
        snapshot: parts.concat().into(),
        log,
    })
}

/// A document's meta. A document whose meta is gone while its bytes are there is damaged, and not new (rule T5).
pub fn meta(
    metas: &impl ReadableTable<ById, Blob>,
    log: &impl ReadableTable<Numbered, Blob>,
    snapshots: &impl ReadableTable<Numbered, Blob>,
    document: DocumentId,
) -> Result<Option<Meta>, Unread> {
    let Some(row) = metas.get(&document.0)? else {
        let orphaned = any(log, document)? || any(snapshots, document)?;
        return if orphaned {
            Err(Damaged::Parts.into())
        } else {
            Ok(None)
        };
    };
    let meta = rows::read_meta(rows::unseal(Rows::Metas, &document.0, row.value())?)?;
    Ok(Some(meta))
}

/// A record of a table of records.
pub fn record(
    records: &impl ReadableTable<Blob, Blob>,
    table: Table,
    key: &str,
) -> Result<Option<Record>, Unread> {
    let key = rows::record_key(table, key);
    let Some(row) = records.get(key.as_slice())? else {
        return Ok(None);
    };
    Ok(Some(unseal_record(&key, row.value())?))
}

/// What a row of the records holds.
pub fn unseal_record(key: &[u8], sealed: &[u8]) -> Result<Record, Damaged> {
    rows::read_record(rows::unseal(Rows::Records, key, sealed)?)
}

fn named(table: Table, key: &str, damage: Damaged) -> Unread {
    Unread::Store(StoreError::because(format!(
        "the record {key} of {table:?} is damaged: {damage}"
    )))
}

fn any(table: &impl ReadableTable<Numbered, Blob>, document: DocumentId) -> Result<bool, StorageError> {
    let (from, to) = (rows::numbered(document, 0), rows::numbered(document, u64::MAX));
    table
        .range::<&[u8; NUMBERED_BYTES]>(&from..=&to)?
        .next()
        .transpose()
        .map(|row| row.is_some())
}

/// The rows of a document, which must be numbered from `first` without a gap.
fn pieces(
    table: &impl ReadableTable<Numbered, Blob>,
    rows: Rows,
    document: DocumentId,
    first: u64,
) -> Result<Vec<Bytes>, Unread> {
    let (from, to) = (rows::numbered(document, 0), rows::numbered(document, u64::MAX));
    let mut pieces = Vec::new();
    for row in table.range::<&[u8; NUMBERED_BYTES]>(&from..=&to)? {
        let (key, value) = row?;
        if rows::of_numbered(key.value()) != (document, first + pieces.len() as u64) {
            return Err(Damaged::Parts.into());
        }
        pieces.push(Bytes::copy_from_slice(rows::unseal(
            rows,
            key.value(),
            value.value(),
        )?));
    }
    Ok(pieces)
}
