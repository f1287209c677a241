//! Carries out a commit in one transaction of the file.

use super::Damages;
use super::read::{Blob, ById, LOG, METAS, Numbered, QUARANTINE, RECORDS, SNAPSHOTS, Unread};
use super::rows::{self, DIGEST_BYTES, NUMBERED_BYTES, PART_BYTES, Row, Rows};
use crate::store::plan::{self, Base, Effect, Known, Plan};
use crate::store::{Conflict, StoreError, Table, Transaction};
use ::redb::{Database, Durability, ReadableTable, StorageError, WriteTransaction};
use samverk_shared::ids::DocumentId;
use std::ops::Range;

/// Stores the transactions; returns when they are on disk.
pub fn commit(
    database: &Database,
    transactions: &[Transaction],
    damaged: &Damages,
) -> Result<Vec<Result<(), Conflict>>, StoreError> {
    let transaction = begin(database)?;
    let written = Tables::open(&transaction, damaged)
        .map_err(failed)?
        .write(transactions)?;
    match written {
        (results, true) => transaction.commit().map_err(failed).map(|()| results),
        (results, false) => transaction.abort().map_err(failed).map(|()| results),
    }
}

/// Stores rows as they stand, digests included.
pub fn put_rows(database: &Database, rows: &[Row]) -> Result<(), StoreError> {
    let transaction = begin(database)?;
    let undamaged = Damages::default();
    let put = |mut tables: Tables<'_>| rows.iter().try_for_each(|row| tables.put(row));
    Tables::open(&transaction, &undamaged)
        .map_err(failed)
        .and_then(put)?;
    transaction.commit().map_err(failed)
}

/// Commits nothing, durably, with what opening the file needs after a crash.
pub fn sync(database: &Database) -> Result<(), StoreError> {
    begin(database)?.commit().map_err(failed)
}

fn begin(database: &Database) -> Result<WriteTransaction, StoreError> {
    let mut transaction = database.begin_write().map_err(failed)?;
    transaction
        .set_durability(Durability::Immediate)
        .map_err(failed)?;
    // Implies two-phase commit: see docs/decisions/0005-store-file.md.
    transaction.set_quick_repair(true);
    Ok(transaction)
}

/// Makes the tables of a new file.
pub fn make_tables(transaction: &WriteTransaction) -> Result<(), StoreError> {
    Tables::open(transaction, &Damages::default())
        .map(drop)
        .map_err(failed)
}

/// The store's own error for one of redb.
pub fn failed(error: impl Into<::redb::Error>) -> StoreError {
    StoreError(Box::new(error.into()))
}

struct Tables<'t> {
    metas: ::redb::Table<'t, ById, Blob>,
    log: ::redb::Table<'t, Numbered, Blob>,
    snapshots: ::redb::Table<'t, Numbered, Blob>,
    quarantine: ::redb::Table<'t, ById, Blob>,
    records: ::redb::Table<'t, Blob, Blob>,
    damaged: &'t Damages,
}

impl Base for Tables<'_> {
    type Error = StoreError;

    fn document(&self, document: DocumentId) -> Result<Known, StoreError> {
        let meta = match super::read::meta(&self.metas, &self.log, &self.snapshots, document) {
            Ok(meta) => meta,
            Err(Unread::Store(error)) => return Err(error),
            Err(Unread::Damaged(damage)) => {
                tracing::error!(%document, %damage, "a stored document is damaged and takes no changes");
                self.damaged.add(document, damage);
                None
            }
        };
        let set_aside = self.quarantine.get(&document.0).map_err(failed)?.is_some();
        Ok(Known {
            meta,
            quarantined: set_aside || self.damaged.reason(document).is_some(),
        })
    }

    fn log_bytes(&self, document: DocumentId, chunks: Range<u64>) -> Result<u64, StoreError> {
        let (from, to) = (
            rows::numbered(document, chunks.start),
            rows::numbered(document, chunks.end),
        );
        let mut bytes = 0;
        for row in self
            .log
            .range::<&[u8; NUMBERED_BYTES]>(&from..&to)
            .map_err(failed)?
        {
            let (_, sealed) = row.map_err(failed)?;
            bytes += sealed.value().len().saturating_sub(DIGEST_BYTES) as u64;
        }
        Ok(bytes)
    }

    fn revision(&self, table: Table, key: &str) -> Result<u64, StoreError> {
        match super::read::record(&self.records, table, key) {
            Ok(record) => Ok(record.map_or(0, |record| record.revision)),
            Err(Unread::Store(error)) => Err(error),
            Err(Unread::Damaged(damage)) => {
                tracing::error!(?table, %damage, "a stored record is damaged");
                Ok(u64::MAX)
            }
        }
    }
}

impl<'t> Tables<'t> {
    fn open(transaction: &'t WriteTransaction, damaged: &'t Damages) -> Result<Self, ::redb::TableError> {
        Ok(Self {
            metas: transaction.open_table(METAS)?,
            log: transaction.open_table(LOG)?,
            snapshots: transaction.open_table(SNAPSHOTS)?,
            quarantine: transaction.open_table(QUARANTINE)?,
            records: transaction.open_table(RECORDS)?,
            damaged,
        })
    }

    /// Judges and writes; tells whether there is anything to commit.
    fn write(
        &mut self,
        transactions: &[Transaction],
    ) -> Result<(Vec<Result<(), Conflict>>, bool), StoreError> {
        let Plan {
            results,
            effects,
            metas,
        } = plan::plan(transactions, self)?;
        let changed = !effects.is_empty();
        for effect in effects {
            self.apply(effect).map_err(failed)?;
        }
        for (document, meta) in metas {
            let sealed = rows::seal(Rows::Metas, &document.0, &rows::write_meta(&meta));
            self.metas
                .insert(&document.0, sealed.as_slice())
                .map_err(failed)?;
        }
        Ok((results, changed))
    }

    fn apply(&mut self, effect: Effect<'_>) -> Result<(), StorageError> {
        match effect {
            Effect::Chunk {
                document,
                number,
                bytes,
            } => {
                let key = rows::numbered(document, number);
                self.log
                    .insert(&key, rows::seal(Rows::Log, &key, bytes).as_slice())?;
            }
            Effect::Snapshot {
                document,
                before,
                bytes,
            } => {
                clear_before(&mut self.log, document, before)?;
                clear(&mut self.snapshots, document)?;
                for (number, part) in bytes.chunks(PART_BYTES).enumerate() {
                    let key = rows::numbered(document, number as u64);
                    self.snapshots
                        .insert(&key, rows::seal(Rows::Snapshots, &key, part).as_slice())?;
                }
            }
            Effect::Remove { document } => self.remove(document)?,
            Effect::Quarantine { document, reason } => {
                let sealed = rows::seal(Rows::Quarantine, &document.0, reason.as_bytes());
                self.quarantine.insert(&document.0, sealed.as_slice())?;
            }
            Effect::Put {
                table,
                key,
                revision,
                value,
            } => {
                let key = rows::record_key(table, key);
                let sealed = rows::seal(Rows::Records, &key, &rows::write_record(revision, value));
                self.records.insert(key.as_slice(), sealed.as_slice())?;
            }
            Effect::Delete { table, key } => {
                self.records.remove(rows::record_key(table, key).as_slice())?;
            }
        }
        Ok(())
    }

    fn put(&mut self, row: &Row) -> Result<(), StoreError> {
        let (key, value) = (row.key.as_slice(), row.value.as_slice());
        match row.table {
            Rows::Metas => self.metas.insert(sized(key)?, value),
            Rows::Quarantine => self.quarantine.insert(sized(key)?, value),
            Rows::Log => self.log.insert(sized(key)?, value),
            Rows::Snapshots => self.snapshots.insert(sized(key)?, value),
            Rows::Records => self.records.insert(key, value),
        }
        .map(drop)
        .map_err(failed)
    }

    fn remove(&mut self, document: DocumentId) -> Result<(), StorageError> {
        self.metas.remove(&document.0)?;
        self.quarantine.remove(&document.0)?;
        clear(&mut self.log, document)?;
        clear(&mut self.snapshots, document)?;
        self.damaged.forget(document);
        // `0` follows `/`: this is where the keys that begin with the prefix end.
        for table in Table::OF_DOCUMENTS {
            let from = rows::record_key(table, &plan::prefix_of(document));
            let to = rows::record_key(table, &format!("{document}0"));
            self.records
                .retain_in(from.as_slice()..to.as_slice(), |_, _| false)?;
        }
        Ok(())
    }
}

fn sized<const N: usize>(key: &[u8]) -> Result<&[u8; N], StoreError> {
    key.try_into()
        .map_err(|_| StoreError::because("a row has a key of a wrong length"))
}

fn clear(table: &mut ::redb::Table<'_, Numbered, Blob>, document: DocumentId) -> Result<(), StorageError> {
    clear_before(table, document, u64::MAX)
}

fn clear_before(
    table: &mut ::redb::Table<'_, Numbered, Blob>,
    document: DocumentId,
    number: u64,
) -> Result<(), StorageError> {
    let (from, to) = (rows::numbered(document, 0), rows::numbered(document, number));
    table.retain_in::<&[u8; NUMBERED_BYTES], _>(&from..&to, |_, _| false)
}
