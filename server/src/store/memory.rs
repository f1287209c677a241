//! A store in memory, for tests and the simulation: deterministic, and it can be told to fail.

use super::plan::{self, Base, Effect, Known, Plan};
use super::{
    Changes, Conflict, Meta, ReadError, Record, Records, Store, StoreError, Stored, Table, Transaction,
};
use bytes::Bytes;
use samverk_shared::ids::DocumentId;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What a commit that fails leaves on the disk; a real one may leave either.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nothing of it.
    Lost,
    /// All of it, though it was never acknowledged.
    Kept,
}

/// A store in memory. Clones are handles to the same store.
#[derive(Debug, Clone, Default)]
pub struct MemoryStore(Arc<Mutex<Inner>>);

#[derive(Debug, Default)]
struct Inner {
    durable: Durable,
    /// How many commits still succeed before one fails.
    fault: Option<(u64, Fault)>,
    failed: bool,
    commits: u64,
}

/// What survives a restart; a commit changes it as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Durable {
    metas: BTreeMap<DocumentId, Meta>,
    snapshots: BTreeMap<DocumentId, Bytes>,
    logs: BTreeMap<(DocumentId, u64), Bytes>,
    quarantine: BTreeMap<DocumentId, String>,
    records: BTreeMap<(Table, String), Record>,
}

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    /// Lets `commits` more commits succeed and the next one fail; every later one is refused (A2).
    pub fn fail_after(&self, commits: u64, fault: Fault) {
        self.inner().fault = Some((commits, fault));
    }

    /// The store as a new process finds it: what was committed, without the fault.
    pub fn restarted(&self) -> Self {
        let durable = self.inner().durable.clone();
        Self(Arc::new(Mutex::new(Inner {
            durable,
            ..Inner::default()
        })))
    }

    /// How many commits succeeded since the start.
    pub fn commits(&self) -> u64 {
        self.inner().commits
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    /// The fault of this commit, when its turn has come.
    fn fault(&mut self) -> Option<Fault> {
        match &mut self.fault {
            Some((0, fault)) => Some(*fault),
            Some((commits, _)) => {
                *commits -= 1;
                None
            }
            None => None,
        }
    }
}

impl Base for Durable {
    type Error = Infallible;

    fn document(&self, document: DocumentId) -> Result<Known, Infallible> {
        let quarantined = self.quarantine.contains_key(&document);
        Ok(Known {
            meta: self.metas.get(&document).cloned(),
            quarantined,
        })
    }

    fn log_bytes(&self, document: DocumentId, chunks: Range<u64>) -> Result<u64, Infallible> {
        let chunks = self.logs.range((document, chunks.start)..(document, chunks.end));
        Ok(chunks.map(|(_, bytes)| bytes.len() as u64).sum())
    }

    fn revision(&self, table: Table, key: &str) -> Result<u64, Infallible> {
        Ok(self
            .records
            .get(&(table, key.to_owned()))
            .map_or(0, |record| record.revision))
    }
}

impl Durable {
    fn apply(&mut self, effects: Vec<Effect<'_>>) {
        for effect in effects {
            match effect {
                Effect::Chunk {
                    document,
                    number,
                    bytes,
                } => {
                    self.logs.insert((document, number), bytes.clone());
                }
                Effect::Snapshot {
                    document,
                    before,
                    bytes,
                } => {
                    self.logs
                        .retain(|(id, number), _| *id != document || *number >= before);
                    self.snapshots.insert(document, bytes.clone());
                }
                Effect::Remove { document } => self.remove(document),
                Effect::Quarantine { document, reason } => {
                    self.quarantine.insert(document, reason.to_owned());
                }
                Effect::Put {
                    table,
                    key,
                    revision,
                    value,
                } => {
                    let record = Record {
                        revision,
                        value: value.clone(),
                    };
                    self.records.insert((table, key.to_owned()), record);
                }
                Effect::Delete { table, key } => {
                    self.records.remove(&(table, key.to_owned()));
                }
            }
        }
    }

    fn remove(&mut self, document: DocumentId) {
        self.metas.remove(&document);
        self.snapshots.remove(&document);
        self.logs.retain(|(id, _), _| *id != document);
        self.quarantine.remove(&document);
        self.records
            .retain(|(table, key), _| !plan::goes_with(document, *table, key));
    }

    fn check_quarantine(&self, document: DocumentId) -> Result<(), ReadError> {
        match self.quarantine.get(&document) {
            Some(reason) => Err(ReadError::Quarantined {
                document,
                reason: reason.clone(),
            }),
            None => Ok(()),
        }
    }
}

impl Changes for MemoryStore {
    fn load(&self, document: DocumentId) -> Result<Option<Stored>, ReadError> {
        let durable = &self.inner().durable;
        durable.check_quarantine(document)?;
        let Some(meta) = durable.metas.get(&document).cloned() else {
            return Ok(None);
        };
        let snapshot = durable.snapshots.get(&document).cloned().unwrap_or_default();
        let log = durable
            .logs
            .range((document, 0)..=(document, u64::MAX))
            .map(|(_, b)| b.clone())
            .collect();
        Ok(Some(Stored { meta, snapshot, log }))
    }

    fn meta(&self, document: DocumentId) -> Result<Option<Meta>, ReadError> {
        let durable = &self.inner().durable;
        durable.check_quarantine(document)?;
        Ok(durable.metas.get(&document).cloned())
    }

    fn documents(&self) -> Result<Vec<DocumentId>, StoreError> {
        let durable = &self.inner().durable;
        let mut ids: Vec<_> = durable
            .metas
            .keys()
            .chain(durable.quarantine.keys())
            .copied()
            .collect();
        ids.sort_unstable();
        ids.dedup();
        Ok(ids)
    }

    fn quarantined(&self) -> Result<Vec<(DocumentId, String)>, StoreError> {
        Ok(self
            .inner()
            .durable
            .quarantine
            .iter()
            .map(|(id, reason)| (*id, reason.clone()))
            .collect())
    }
}

impl Records for MemoryStore {
    fn get(&self, table: Table, key: &str) -> Result<Option<Record>, StoreError> {
        Ok(self
            .inner()
            .durable
            .records
            .get(&(table, key.to_owned()))
            .cloned())
    }

    fn scan(&self, table: Table, prefix: &str) -> Result<Vec<(String, Record)>, StoreError> {
        let inner = self.inner();
        let from = inner.durable.records.range((table, prefix.to_owned())..);
        let found = from.take_while(|((t, key), _)| *t == table && key.starts_with(prefix));
        Ok(found
            .map(|((_, key), record)| (key.clone(), record.clone()))
            .collect())
    }
}

impl Store for MemoryStore {
    fn commit(&self, transactions: &[Transaction]) -> Result<Vec<Result<(), Conflict>>, StoreError> {
        let mut inner = self.inner();
        if inner.failed {
            return Err(StoreError::because(
                "an earlier commit failed; restart the server",
            ));
        }
        let fault = inner.fault();
        let Ok(Plan {
            results,
            effects,
            metas,
        }) = plan::plan(transactions, &inner.durable);
        if fault != Some(Fault::Lost) {
            inner.durable.apply(effects);
            inner.durable.metas.extend(metas);
        }
        if fault.is_some() {
            inner.failed = true;
            return Err(StoreError::because("the fault that was asked for"));
        }
        inner.commits += 1;
        Ok(results)
    }

    /// What is removed is gone already.
    fn shrink(&self) -> Result<(), StoreError> {
        Ok(())
    }
}
