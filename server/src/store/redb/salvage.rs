//! Puts what is whole of a damaged file into a new one, and keeps the damaged file.
//!
//! **Invariant:** a damaged file is never written to: redb would trust its damaged list of free pages, and
//! put new values over old ones.

use super::open::{OpenError, builder, io, unread};
use super::overlay::Overlay;
use super::read::{self, Blob, Tables, Unread};
use super::{RedbStore, census, contained, rows};
use crate::files::sync_folder_of;
use crate::store::{Store, Table, Transaction, Write};
use ::redb::{Database, Key, ReadOnlyTable, ReadableDatabase, ReadableTable, TableDefinition};
use samverk_shared::ids::DocumentId;
use samverk_shared::limits::COMMIT_BYTES_MAX;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Replaces the file at `path` by a new one with every row of it, the damaged documents in quarantine. The
/// damaged file stays beside it under another name, which is given back.
pub fn salvage(path: &Path) -> Result<PathBuf, OpenError> {
    let unfinished = path.with_extension("unfinished");
    let new = super::open::new_file(&unfinished)?;
    let damaged = copy(path, &new.database())?;
    quarantine(&new, &damaged)?;
    new.close().map_err(OpenError::Failed)?;
    let kept = keep(path).map_err(io)?;
    // One step: at no moment is there no store at `path`, where an empty one would be made (rule T5).
    std::fs::rename(&unfinished, path).map_err(io)?;
    sync_folder_of(path).map_err(io)?;
    for (document, reason) in &damaged {
        tracing::error!(%document, %reason, "a stored document is damaged and was set aside");
    }
    Ok(kept)
}

/// Opens the file of a stopped server to look at it: nothing is written, neither to the file nor by
/// commits, and damaged documents are set aside in memory only. It is never closed, see `on_trust`.
pub fn inspect(path: &Path) -> Result<&'static RedbStore, OpenError> {
    let overlay = Overlay::open(path).map_err(io)?.ok_or(OpenError::InUse)?;
    let mut checking = builder();
    checking.set_check_integrity_on_open(true);
    let (database, whole) = match contained(|| Ok(checking.create_with_backend(overlay)?)) {
        Ok(database) => (database, true),
        Err(Unread::Damaged(_)) => (on_trust(path)?, false),
        Err(error) => return Err(unread(error)),
    };
    let store: &'static RedbStore = Box::leak(Box::new(RedbStore::new(database)));
    store
        .failed
        .get_or_init(|| "it was opened for reading only".to_owned());
    super::open::check_format(&store.database())?;
    if !whole {
        store
            .damaged
            .all()
            .extend(contained(|| census::census(&store.database())).map_err(unread)?);
    }
    Ok(store)
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

/// Whether a record is damaged and the server can do without it: it would otherwise keep all its like from
/// being read. Of any other record the damage stays, and is told by name to whoever reads it.
fn expendable(key: &[u8], sealed: &[u8]) -> bool {
    use Table::{Audit, Authorship, Devices, Idempotency, Joined, Sessions, Told};
    let (Err(damage), Ok((table, text))) = (read::unseal_record(key, sealed), rows::of_record(key)) else {
        return false;
    };
    let expendable = matches!(
        table,
        Audit | Authorship | Devices | Idempotency | Joined | Sessions | Told
    );
    tracing::error!(?table, key = text, %damage, left_out = expendable, "a stored record is damaged");
    expendable
}

/// Copies all rows as they stand, digests included, so that damaged ones are known again.
fn copy(path: &Path, new: &Database) -> Result<BTreeMap<DocumentId, String>, OpenError> {
    let old = on_trust(path)?;
    let understood = super::open::check_format(&old);
    let copied = contained(|| {
        let damaged = census::census(&old)?;
        let tables = Tables::open(&old.begin_read()?)?;
        copy_table(&tables.metas, read::METAS, new, |_, _| true)?;
        copy_table(&tables.log, read::LOG, new, |_, _| true)?;
        copy_table(&tables.snapshots, read::SNAPSHOTS, new, |_, _| true)?;
        copy_table(&tables.quarantine, read::QUARANTINE, new, |_, _| true)?;
        copy_table(&tables.records, read::RECORDS, new, |key, value| {
            !expendable(key, value)
        })?;
        Ok(damaged)
    });
    // See `on_trust`.
    std::mem::forget(old);
    understood?;
    copied.map_err(unread)
}

/// Opens a damaged file without a check and without writing to it: every commit left what is needed for
/// that (see docs/decisions/0005-store-file.md). It must never be dropped: to close it, redb would walk its
/// damaged pages once more, outside of what can be contained.
fn on_trust(path: &Path) -> Result<Database, OpenError> {
    let overlay = Overlay::open(path).map_err(io)?.ok_or(OpenError::InUse)?;
    contained(|| Ok(builder().create_with_backend(overlay)?)).map_err(unread)
}

fn copy_table<K: Key + 'static>(
    table: &ReadOnlyTable<K, Blob>,
    name: TableDefinition<'static, K, Blob>,
    new: &Database,
    keep: impl Fn(&K::SelfType<'_>, &[u8]) -> bool,
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
                if keep(&key.value(), value.value()) {
                    copy.insert(key.value(), value.value())?;
                }
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
