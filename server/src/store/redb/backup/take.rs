//! Makes a backup of a store, also while others write to it.

use super::frames::{FrameWriter, Kind};
use super::kept::{Kept, write_row};
use super::{About, BackupError, Manifest, Part};
use crate::store::StoreError;
use crate::store::redb::open::FORMAT;
use crate::store::redb::read::{Blob, Numbered, Tables, Unread};
use crate::store::redb::rows::{self, NUMBERED_BYTES, Row, Rows};
use crate::store::redb::{RedbStore, read};
use ::redb::{ReadOnlyTable, ReadableTable, ReadableTableMetadata};
use samverk_shared::ids::DocumentId;
use samverk_shared::limits::{BACKUP_MS_MAX, BACKUP_ROWS_BYTES};
use serde::Serialize;
use std::io::Write;
use std::ops::Bound;

/// How often somebody who waits is told how far it is.
const TELL_EVERY_MS: u64 = 2_000;
/// Documents in one frame of the manifest.
const ENTRIES_PER_FRAME: usize = 1_000;

/// What a backup takes from outside: the time, and somebody who waits.
pub struct Watch<'a> {
    /// The time, in milliseconds.
    pub now_ms: &'a dyn Fn() -> u64,
    /// Told how far it is, when it takes long.
    pub tell: &'a dyn Fn(String),
}

impl RedbStore {
    /// Writes everything the store holds at this moment, and gives the number of bytes and what it is.
    pub fn backup(
        &self,
        out: impl Write,
        made_s: u64,
        watch: &Watch<'_>,
    ) -> Result<(Manifest, u64), BackupError> {
        let taken = self.guarded(|tables| {
            let taking = Taking::begin(out, made_s, watch, tables.metas.len()?);
            match taking.and_then(|taking| taking.all(self, tables)) {
                Ok(done) => Ok(Ok(done)),
                Err(Stopped::Unread(unread)) => Err(unread),
                Err(Stopped::Backup(error)) => Ok(Err(error)),
            }
        });
        taken.map_err(|unread| match unread {
            Unread::Store(error) => error,
            Unread::Damaged(damage) => StoreError::because(format!(
                "the store file is damaged ({damage}); restart the server, which sets aside what is damaged"
            )),
        })?
    }
}

/// Why it ended early.
enum Stopped {
    Unread(Unread),
    Backup(BackupError),
}

impl<E: Into<Unread>> From<E> for Stopped {
    fn from(error: E) -> Self {
        Stopped::Unread(error.into())
    }
}

impl From<BackupError> for Stopped {
    fn from(error: BackupError) -> Self {
        Stopped::Backup(error)
    }
}

struct Taking<'a, W> {
    frames: FrameWriter<W>,
    manifest: Manifest,
    watch: &'a Watch<'a>,
    began_ms: u64,
    told_ms: u64,
    documents: u64,
}

impl<'a, W: Write> Taking<'a, W> {
    fn begin(out: W, made_s: u64, watch: &'a Watch<'a>, documents: u64) -> Result<Self, Stopped> {
        let began_ms = (watch.now_ms)();
        let mut taking = Self {
            frames: FrameWriter::new(out).map_err(BackupError::from)?,
            manifest: Manifest {
                made_s,
                ..Manifest::default()
            },
            watch,
            began_ms,
            told_ms: began_ms,
            documents,
        };
        let format = FORMAT;
        taking.json(Kind::About, &About { format, made_s })?;
        Ok(taking)
    }

    fn all(mut self, store: &RedbStore, tables: &Tables) -> Result<(Manifest, u64), Stopped> {
        let mut next = first_document(tables, Bound::Unbounded)?;
        while let Some(document) = next {
            self.document(store, tables, document)?;
            next = first_document(tables, Bound::Excluded(document))?;
        }
        self.records(tables)?;
        for documents in self.manifest.documents.clone().chunks(ENTRIES_PER_FRAME) {
            let documents = documents.to_vec();
            self.json(
                Kind::Manifest,
                &Manifest {
                    documents,
                    ..Manifest::default()
                },
            )?;
        }
        let rest = Manifest {
            documents: Vec::new(),
            ..self.manifest.clone()
        };
        self.json(Kind::Manifest, &rest)?;
        let bytes = self.frames.end().map_err(BackupError::from)?;
        Ok((self.manifest, bytes))
    }

    fn document(&mut self, store: &RedbStore, tables: &Tables, document: DocumentId) -> Result<(), Stopped> {
        let (rows, unread) = rows_of(tables, document);
        let kept = match (store.damaged.reason(document), unread) {
            (_, Some(Unread::Store(error))) => return Err(Stopped::Unread(Unread::Store(error))),
            (Some(reason), _) => Kept::set_aside(document, rows, reason),
            (None, Some(Unread::Damaged(damage))) => Kept::set_aside(document, rows, damage.to_string()),
            (None, None) => Kept::of(document, rows)
                .unwrap_or_else(|(rows, damage)| Kept::set_aside(document, rows, damage.to_string())),
        };
        self.json(Kind::Part, &Part::Document(document))?;
        self.rows(kept.rows)?;
        self.manifest.documents.push(kept.entry);
        Ok(())
    }

    fn records(&mut self, tables: &Tables) -> Result<(), Stopped> {
        let mut rows = Vec::new();
        let mut current: Option<String> = None;
        let mut bytes = 0;
        for row in tables.records.iter()? {
            let (key, value) = row?;
            let row = Row::new(Rows::Records, key.value(), value.value());
            let table = table_name(&row.key);
            if current.as_ref() != Some(&table) {
                self.rows(std::mem::take(&mut rows))?;
                self.json(Kind::Part, &Part::Records(table.clone()))?;
                current = Some(table.clone());
            }
            note_record(&mut self.manifest, &table, &row);
            bytes += row.key.len() + row.value.len();
            rows.push(row);
            if bytes >= BACKUP_ROWS_BYTES {
                self.rows(std::mem::take(&mut rows))?;
                bytes = 0;
            }
        }
        self.rows(rows)
    }

    /// Writes rows, in frames of a bounded length.
    fn rows(&mut self, rows: Vec<Row>) -> Result<(), Stopped> {
        let mut payload = Vec::new();
        for row in &rows {
            write_row(&mut payload, row);
            if payload.len() >= BACKUP_ROWS_BYTES {
                self.frame(Kind::Rows, &payload)?;
                payload.clear();
            }
        }
        if payload.is_empty() {
            Ok(())
        } else {
            self.frame(Kind::Rows, &payload)
        }
    }

    fn json(&mut self, kind: Kind, value: &impl Serialize) -> Result<(), Stopped> {
        let payload = serde_json::to_vec(value).map_err(std::io::Error::other);
        self.frame(kind, &payload.map_err(BackupError::from)?)
    }

    fn frame(&mut self, kind: Kind, payload: &[u8]) -> Result<(), Stopped> {
        self.frames.frame(kind, payload).map_err(BackupError::from)?;
        let now_ms = (self.watch.now_ms)();
        if now_ms.saturating_sub(self.began_ms) > BACKUP_MS_MAX {
            return Err(BackupError::TooSlow.into());
        }
        if now_ms.saturating_sub(self.told_ms) >= TELL_EVERY_MS {
            self.told_ms = now_ms;
            (self.watch.tell)(format!(
                "{} of {} documents, {} MB",
                self.manifest.documents.len(),
                self.documents,
                self.frames.bytes / 1_000_000
            ));
        }
        Ok(())
    }
}

/// Counts a record, and names it when it is damaged.
pub(super) fn note_record(manifest: &mut Manifest, table: &str, row: &Row) {
    *manifest.records.entry(table.to_owned()).or_default() += 1;
    if read::unseal_record(&row.key, &row.value).is_err() {
        let key = row.key.get(1..).unwrap_or_default();
        let name = format!("{table} {}", String::from_utf8_lossy(key));
        manifest.damaged_records.push(name);
    }
}

/// The name of the table a record is of; one that this program does not know has a number.
pub(super) fn table_name(key: &[u8]) -> String {
    match rows::of_record(key) {
        Ok((table, _)) => format!("{table:?}"),
        Err(_) => format!("table {}", key.first().copied().unwrap_or_default()),
    }
}

/// The first document after a place, also one of which only pieces are left.
fn first_document(tables: &Tables, after: Bound<DocumentId>) -> Result<Option<DocumentId>, Unread> {
    let ids = after.map(|document| document.0);
    let numbers = after.map(|document| rows::numbered(document, u64::MAX));
    let mut firsts = Vec::new();
    for table in [&tables.metas, &tables.quarantine] {
        let mut range = table.range::<&[u8; 16]>((ids.as_ref(), Bound::Unbounded))?;
        firsts.extend(range.next().transpose()?.map(|(key, _)| DocumentId(*key.value())));
    }
    for table in [&tables.log, &tables.snapshots] {
        let mut range = table.range::<&[u8; NUMBERED_BYTES]>((numbers.as_ref(), Bound::Unbounded))?;
        firsts.extend(
            range
                .next()
                .transpose()?
                .map(|(key, _)| rows::of_numbered(key.value()).0),
        );
    }
    Ok(firsts.into_iter().min())
}

/// The rows of a document, as far as they can be read, and why no further.
fn rows_of(tables: &Tables, document: DocumentId) -> (Vec<Row>, Option<Unread>) {
    let mut all = Vec::new();
    let mut gather = || -> Result<(), Unread> {
        for (table, rows) in [
            (Rows::Quarantine, &tables.quarantine),
            (Rows::Metas, &tables.metas),
        ] {
            let row = rows.get(&document.0)?;
            all.extend(row.map(|value| Row::new(table, &document.0, value.value())));
        }
        pieces(&tables.snapshots, Rows::Snapshots, document, &mut all)?;
        pieces(&tables.log, Rows::Log, document, &mut all)
    };
    let unread = gather().err();
    (all, unread)
}

fn pieces(
    table: &ReadOnlyTable<Numbered, Blob>,
    name: Rows,
    document: DocumentId,
    all: &mut Vec<Row>,
) -> Result<(), Unread> {
    let (from, to) = (rows::numbered(document, 0), rows::numbered(document, u64::MAX));
    for row in table.range::<&[u8; NUMBERED_BYTES]>(&from..=&to)? {
        let (key, value) = row?;
        all.push(Row::new(name, key.value(), value.value()));
    }
    Ok(())
}
