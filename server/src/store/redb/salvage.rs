//! Puts what is whole of a damaged file into a new one, and keeps the damaged file.
//!
//! **Invariant:** a damaged file is never written to: redb would trust its damaged list of free pages, and put new
//! values over old ones.

use super::open::{OpenError, builder, io, unread};
use super::read::{self, Blob, Tables, Unread};
use super::{RedbStore, census, contained, write};
use crate::store::{Store, Transaction, Write};
use ::redb::{
    Database, Key, ReadOnlyTable, ReadableDatabase, ReadableTable, StorageBackend, TableDefinition,
};
use samverk_shared::ids::DocumentId;
use samverk_shared::limits::COMMIT_BYTES_MAX;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Replaces the file at `path` by a new one with every row of it, the damaged documents in quarantine. The damaged
/// file stays beside it under another name, which is given back.
pub fn salvage(path: &Path) -> Result<PathBuf, OpenError> {
    let unfinished = path.with_extension("unfinished");
    let new = super::open::new_file(&unfinished)?;
    let damaged = copy(path, &new.database)?;
    quarantine(&new, &damaged)?;
    new.database
        .close()
        .map_err(|error| OpenError::Failed(write::failed(error)))?;
    let kept = keep(path).map_err(io)?;
    // One step: at no moment is there no store at `path`, where an empty one would be made (D5).
    std::fs::rename(&unfinished, path).map_err(io)?;
    super::open::sync_folder(path)?;
    for (document, reason) in &damaged {
        tracing::error!(%document, %reason, "a stored document is damaged and was set aside");
    }
    Ok(kept)
}

/// Gives the damaged file a second name.
fn keep(path: &Path) -> std::io::Result<PathBuf> {
    let mut number = 1_u64;
    loop {
        let kept = path.with_extension(format!("damaged-{number}"));
        match std::fs::hard_link(path, &kept) {
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => number += 1,
            linked => return linked.map(|()| kept),
        }
    }
}

fn quarantine(store: &RedbStore, damaged: &BTreeMap<DocumentId, String>) -> Result<(), OpenError> {
    let one = |(document, reason): (&DocumentId, &String)| Write::Quarantine {
        document: *document,
        reason: reason.clone(),
    };
    let writes: Transaction = damaged.iter().map(one).collect();
    let results = store.commit(&[writes])?;
    match results.iter().all(Result::is_ok) {
        true => Ok(()),
        false => Err(OpenError::Damaged("its documents cannot be set aside".to_owned())),
    }
}

/// Copies all rows as they stand, digests included, so that damaged ones are known again.
fn copy(path: &Path, new: &Database) -> Result<BTreeMap<DocumentId, String>, OpenError> {
    let overlay = Overlay::open(path).map_err(io)?;
    let old = contained(|| Ok(builder().create_with_backend(overlay)?)).map_err(unread)?;
    let understood = super::open::check_format(&old);
    let copied = contained(|| {
        let damaged = census::census(&old)?;
        let tables = Tables::open(&old.begin_read()?)?;
        copy_table(&tables.metas, read::METAS, new)?;
        copy_table(&tables.log, read::LOG, new)?;
        copy_table(&tables.snapshots, read::SNAPSHOTS, new)?;
        copy_table(&tables.quarantine, read::QUARANTINE, new)?;
        copy_table(&tables.records, read::RECORDS, new)?;
        Ok(damaged)
    });
    // Closing it would make redb walk its damaged pages once more, outside of what can be contained; nothing of it
    // is to be written.
    std::mem::forget(old);
    understood?;
    copied.map_err(unread)
}

fn copy_table<K: Key + 'static>(
    table: &ReadOnlyTable<K, Blob>,
    name: TableDefinition<'static, K, Blob>,
    new: &Database,
) -> Result<(), Unread> {
    let mut rows = table.iter()?;
    loop {
        let transaction = new.begin_write()?;
        let mut bytes = 0;
        {
            let mut copy = transaction.open_table(name)?;
            while bytes < COMMIT_BYTES_MAX
                && let Some(row) = rows.next()
            {
                let (key, value) = row?;
                copy.insert(key.value(), value.value())?;
                // The least a row counts, so that a table of empty values ends a transaction too.
                bytes += value.value().len() + 64;
            }
        }
        transaction.commit()?;
        if bytes < COMMIT_BYTES_MAX {
            return Ok(());
        }
    }
}

/// A file that is only read; what is written to it is kept in memory and seen by later reads.
#[derive(Debug)]
struct Overlay(Mutex<Layers>);

#[derive(Debug)]
struct Layers {
    file: File,
    file_bytes: u64,
    bytes: u64,
    written: Vec<(u64, Vec<u8>)>,
}

impl Overlay {
    fn open(path: &Path) -> std::io::Result<Self> {
        let file = File::open(path)?;
        let bytes = file.metadata()?.len();
        Ok(Self(Mutex::new(Layers {
            file,
            file_bytes: bytes,
            bytes,
            written: Vec::new(),
        })))
    }

    fn layers(&self) -> MutexGuard<'_, Layers> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Layers {
    fn read(&mut self, offset: u64, out: &mut [u8]) -> std::io::Result<()> {
        let end = offset + out.len() as u64;
        if end > self.bytes {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        out.fill(0);
        let in_file = self.file_bytes.saturating_sub(offset).min(out.len() as u64) as usize;
        self.file.seek(SeekFrom::Start(offset))?;
        self.file.read_exact(&mut out[..in_file])?;
        for (start, data) in &self.written {
            let (from, to) = ((*start).max(offset), (start + data.len() as u64).min(end));
            if from < to {
                let new = &data[(from - start) as usize..(to - start) as usize];
                out[(from - offset) as usize..(to - offset) as usize].copy_from_slice(new);
            }
        }
        Ok(())
    }
}

impl StorageBackend for Overlay {
    fn len(&self) -> std::io::Result<u64> {
        Ok(self.layers().bytes)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> std::io::Result<()> {
        self.layers().read(offset, out)
    }

    fn set_len(&self, len: u64) -> std::io::Result<()> {
        let mut layers = self.layers();
        layers.bytes = len;
        layers.file_bytes = layers.file_bytes.min(len);
        layers.written.iter_mut().for_each(|(start, data)| {
            data.truncate(len.saturating_sub(*start).min(data.len() as u64) as usize);
        });
        Ok(())
    }

    fn sync_data(&self) -> std::io::Result<()> {
        Ok(())
    }

    fn write(&self, offset: u64, data: &[u8]) -> std::io::Result<()> {
        let mut layers = self.layers();
        layers.bytes = layers.bytes.max(offset + data.len() as u64);
        layers.written.push((offset, data.to_vec()));
        Ok(())
    }
}
