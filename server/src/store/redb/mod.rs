//! The embedded store: one file, written by one committer, read by anybody.
//!
//! **Invariants:** after an error of a commit nothing is written any more (A2); a value is never handed out
//! unless it matches its digest, and damage to one document keeps nobody from the others (rule T4). Why the file
//! is opened and committed as it is stands in `docs/decisions/0005-store-file.md`.

pub mod backup;
mod census;
mod open;
mod overlay;
mod read;
mod rows;
mod salvage;
mod shrink;
mod write;

pub use open::OpenError;

use self::read::{Tables, Unread};
use self::shrink::Slack;
use super::{
    Changes, Conflict, Meta, ReadError, Record, Records, Store, StoreError, Stored, Table, Transaction,
};
use ::redb::{Database, ReadableDatabase};
use samverk_shared::ids::DocumentId;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError, RwLock, RwLockReadGuard};

/// A store in one file.
#[derive(Debug)]
pub struct RedbStore {
    /// Nobody else has it while the file is shrunk.
    database: RwLock<Database>,
    /// Why nothing is written any more: the first error of a commit, as a rule.
    failed: OnceLock<String>,
    damaged: Damages,
    slack: Slack,
}

/// Documents found damaged by this process, with the reason. Nothing of it is written: the next process
/// that reads them finds the same.
#[derive(Debug, Default)]
struct Damages(Mutex<BTreeMap<DocumentId, String>>);

impl Damages {
    fn add(&self, document: DocumentId, damage: rows::Damaged) {
        self.all().insert(document, damage.to_string());
    }

    fn forget(&self, document: DocumentId) {
        self.all().remove(&document);
    }

    fn reason(&self, document: DocumentId) -> Option<String> {
        self.all().get(&document).cloned()
    }

    fn all(&self) -> MutexGuard<'_, BTreeMap<DocumentId, String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl RedbStore {
    fn new(database: Database) -> Self {
        Self {
            database: RwLock::new(database),
            failed: OnceLock::new(),
            damaged: Damages::default(),
            slack: Slack::of(None),
        }
    }

    /// A lock whose holder panicked is as good as any other: redb looks after its own state.
    fn database(&self) -> RwLockReadGuard<'_, Database> {
        self.database.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Closes the file; after that it opens without a check for what a crash left.
    fn close(self) -> Result<(), StoreError> {
        let database = self.database.into_inner().unwrap_or_else(PoisonError::into_inner);
        database.close().map_err(write::failed)
    }

    /// Reads something of a document, which is set aside when that finds damage.
    fn read_document<T>(
        &self,
        document: DocumentId,
        read: impl FnOnce(&Tables) -> Result<T, Unread>,
    ) -> Result<T, ReadError> {
        let quarantined = |reason: String| ReadError::Quarantined { document, reason };
        if let Some(reason) = self.damaged.reason(document) {
            return Err(quarantined(reason));
        }
        let found = self.guarded(|tables| {
            if let Some(reason) = tables.quarantine(document)? {
                return Ok(Err(reason));
            }
            read(tables).map(Ok)
        });
        match found {
            Ok(Ok(value)) => Ok(value),
            Ok(Err(reason)) => Err(quarantined(reason)),
            Err(Unread::Store(error)) => Err(ReadError::Store(error)),
            Err(Unread::Damaged(damage)) => {
                tracing::error!(%document, %damage, "a stored document is damaged and is not served");
                self.damaged.add(document, damage);
                Err(quarantined(damage.to_string()))
            }
        }
    }

    fn read<T>(&self, read: impl FnOnce(&Tables) -> Result<T, Unread>) -> Result<T, StoreError> {
        self.guarded(read).map_err(|error| match error {
            Unread::Store(error) => error,
            Unread::Damaged(damage) => StoreError(Box::new(damage)),
        })
    }

    /// Reads at one moment. If redb panics, what it has in memory is not to be trusted any more: nothing is
    /// written from then on, and the next start finds out what is damaged.
    fn guarded<T>(&self, read: impl FnOnce(&Tables) -> Result<T, Unread>) -> Result<T, Unread> {
        let reading = AssertUnwindSafe(|| {
            // Nobody who reads for long holds up who shrinks the file: that one gives up.
            let moment = self.database().begin_read()?;
            read(&Tables::open(&moment)?)
        });
        catch_unwind(reading).unwrap_or_else(|_| {
            let reason = "the store file is damaged where it was read; restart the server";
            self.failed.get_or_init(|| reason.to_owned());
            Err(Unread::Store(StoreError::because(reason)))
        })
    }
}

/// Reads a file that may be damaged: redb may panic on it.
fn contained<T>(work: impl FnOnce() -> Result<T, Unread>) -> Result<T, Unread> {
    let caught = catch_unwind(AssertUnwindSafe(work));
    caught.unwrap_or_else(|_| Err(Unread::Damaged(rows::Damaged::Pages)))
}

impl Changes for RedbStore {
    fn load(&self, document: DocumentId) -> Result<Option<Stored>, ReadError> {
        self.read_document(document, |tables| tables.load(document))
    }

    fn meta(&self, document: DocumentId) -> Result<Option<Meta>, ReadError> {
        self.read_document(document, |tables| tables.meta(document))
    }

    fn documents(&self) -> Result<Vec<DocumentId>, StoreError> {
        let mut ids = self.read(Tables::documents)?;
        ids.extend(self.damaged.all().keys());
        ids.sort_unstable();
        ids.dedup();
        Ok(ids)
    }

    fn quarantined(&self) -> Result<Vec<(DocumentId, String)>, StoreError> {
        let mut all = self.damaged.all().clone();
        all.extend(self.read(Tables::all_quarantined)?);
        Ok(all.into_iter().collect())
    }
}

impl Records for RedbStore {
    fn get(&self, table: Table, key: &str) -> Result<Option<Record>, StoreError> {
        self.read(|tables| tables.record(table, key))
    }

    fn scan(&self, table: Table, prefix: &str) -> Result<Vec<(String, Record)>, StoreError> {
        self.read(|tables| tables.scan(table, prefix))
    }
}

impl Store for RedbStore {
    fn commit(&self, transactions: &[Transaction]) -> Result<Vec<Result<(), Conflict>>, StoreError> {
        let outcome = self.writing(|| write::commit(&self.database(), transactions, &self.damaged))?;
        self.slack.note(transactions);
        Ok(outcome)
    }

    fn shrink(&self) -> Result<(), StoreError> {
        if self.failed.get().is_some() || !self.slack.is_worth_it() {
            return Ok(());
        }
        self.writing(|| {
            let mut database = self.database.write().unwrap_or_else(PoisonError::into_inner);
            if shrink::shrink(&mut database)? {
                self.slack.forget();
            }
            Ok(())
        })
    }
}

impl RedbStore {
    /// Writes to the file, unless that failed before. A failed sync is never tried again: the pages it was to
    /// write may be gone from memory (A2).
    fn writing<T>(&self, write: impl FnOnce() -> Result<T, StoreError>) -> Result<T, StoreError> {
        if let Some(reason) = self.failed.get() {
            return Err(StoreError::because(format!(
                "an earlier commit failed ({reason}); restart the server"
            )));
        }
        let written = catch_unwind(AssertUnwindSafe(write));
        let outcome =
            written.unwrap_or_else(|_| Err(StoreError::because("the store file cannot be written")));
        if let Err(error) = &outcome {
            self.failed.get_or_init(|| error.to_string());
        }
        outcome
    }
}
