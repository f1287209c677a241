//! What a commit does to a store: the rules of transactions, in one place for all engines.
//!
//! **Invariant:** a transaction is judged against what those before it left, and before any row is touched;
//! one that conflicts leaves nothing behind.

use super::{ChangeHash, Conflict, Expect, Meta, Table, Transaction, Write};
use bytes::Bytes;
use samverk_shared::ids::DocumentId;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// What an engine tells about the rows it has.
pub(super) trait Base {
    /// Why a row could not be read.
    type Error;
    /// What is stored of a document.
    fn document(&self, document: DocumentId) -> Result<Known, Self::Error>;
    /// Bytes of the chunks of a document's log with these numbers.
    fn log_bytes(&self, document: DocumentId, chunks: Range<u64>) -> Result<u64, Self::Error>;
    /// A record's revision; 0 when there is none, `u64::MAX` when it cannot be trusted.
    fn revision(&self, table: Table, key: &str) -> Result<u64, Self::Error>;
}

/// What is known of a document when a write to it is judged.
#[derive(Debug, Clone, Default)]
pub(super) struct Known {
    /// Its meta, or `None` when there is no such document or its meta cannot be read.
    pub meta: Option<Meta>,
    /// Whether it is set aside.
    pub quarantined: bool,
}

/// A row that changes; an engine carries them out in order.
#[derive(Debug)]
pub(super) enum Effect<'a> {
    Chunk {
        document: DocumentId,
        number: u64,
        bytes: &'a Bytes,
    },
    /// Replaces the snapshot and deletes the chunks before a number.
    Snapshot {
        document: DocumentId,
        before: u64,
        bytes: &'a Bytes,
    },
    /// Deletes meta, snapshot, log, quarantine and authorship of a document.
    Remove {
        document: DocumentId,
    },
    Quarantine {
        document: DocumentId,
        reason: &'a str,
    },
    Put {
        table: Table,
        key: &'a str,
        revision: u64,
        value: &'a Bytes,
    },
    Delete {
        table: Table,
        key: &'a str,
    },
}

/// A commit, judged.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    /// One result for each transaction.
    pub results: Vec<Result<(), Conflict>>,
    /// What the transactions without conflict do, in order.
    pub effects: Vec<Effect<'a>>,
    /// The metas to put after the effects.
    pub metas: BTreeMap<DocumentId, Meta>,
}

/// Judges the transactions of a commit.
pub(super) fn plan<'a, B: Base>(transactions: &'a [Transaction], base: &B) -> Result<Plan<'a>, B::Error> {
    let mut judge = Judge {
        base,
        kept: Layer::default(),
        tried: Layer::default(),
    };
    let mut results = Vec::with_capacity(transactions.len());
    let mut effects = Vec::new();
    for transaction in transactions {
        let mut own = Vec::with_capacity(transaction.len());
        let result = judge.transaction(transaction, &mut own)?;
        if result.is_ok() {
            judge.keep();
            effects.append(&mut own);
        }
        results.push(result);
    }
    let metas = judge
        .kept
        .documents
        .into_iter()
        .filter_map(|(id, known)| Some((id, known.meta?)))
        .collect();
    Ok(Plan {
        results,
        effects,
        metas,
    })
}

/// Heads in the one order in which they are stored and compared.
fn sorted(heads: &[ChangeHash]) -> Vec<ChangeHash> {
    let mut heads = heads.to_vec();
    heads.sort_unstable();
    heads.dedup();
    heads
}

/// Whether what was read is still there: the same snapshot, the same first chunk, and a log that has grown at most.
fn still_covers(covers: &Meta, now: &Meta) -> bool {
    let grown = now.next_chunk > covers.next_chunk && now.log_bytes >= covers.log_bytes;
    let same = now.next_chunk == covers.next_chunk && now.heads == sorted(&covers.heads);
    covers.next_chunk.checked_sub(covers.log_chunks) == Some(now.first_chunk())
        && now.snapshot_bytes == covers.snapshot_bytes
        && (grown || same)
}

/// How the keys of all records of a document begin.
pub(super) fn prefix_of(document: DocumentId) -> String {
    format!("{document}/")
}

/// Whether a record goes with a document.
pub(super) fn goes_with(document: DocumentId, table: Table, key: &str) -> bool {
    Table::OF_DOCUMENTS.contains(&table) && key.starts_with(&prefix_of(document))
}

/// What writes have changed on top of what lies below.
#[derive(Default)]
struct Layer<'a> {
    documents: BTreeMap<DocumentId, Known>,
    /// Bytes of each chunk.
    chunks: BTreeMap<(DocumentId, u64), u64>,
    revisions: BTreeMap<(Table, &'a str), u64>,
    removed: BTreeSet<DocumentId>,
}

impl<'a> Layer<'a> {
    fn revision(&self, table: Table, key: &str) -> Option<u64> {
        let found = self.revisions.get(&(table, key)).copied();
        found.or_else(|| {
            self.removed
                .iter()
                .any(|id| goes_with(*id, table, key))
                .then_some(0)
        })
    }

    fn remove(&mut self, document: DocumentId) {
        self.revisions
            .retain(|(table, key), _| !goes_with(document, *table, key));
        self.chunks.retain(|(id, _), _| *id != document);
        self.removed.insert(document);
        self.documents.insert(document, Known::default());
    }

    fn log_bytes(&self, document: DocumentId, chunks: &Range<u64>) -> u64 {
        let chunks = self
            .chunks
            .range((document, chunks.start)..(document, chunks.end));
        chunks.map(|(_, bytes)| bytes).sum()
    }
}

struct Judge<'a, 'b, B> {
    base: &'b B,
    kept: Layer<'a>,
    tried: Layer<'a>,
}

impl<'a, B: Base> Judge<'a, '_, B> {
    fn transaction(
        &mut self,
        writes: &'a [Write],
        effects: &mut Vec<Effect<'a>>,
    ) -> Result<Result<(), Conflict>, B::Error> {
        self.tried = Layer::default();
        for write in writes {
            match self.write(write)? {
                Ok(effect) => effects.push(effect),
                Err(conflict) => return Ok(Err(conflict)),
            }
        }
        Ok(Ok(()))
    }

    fn keep(&mut self) {
        let tried = std::mem::take(&mut self.tried);
        tried
            .removed
            .iter()
            .for_each(|document| self.kept.remove(*document));
        self.kept.documents.extend(tried.documents);
        self.kept.chunks.extend(tried.chunks);
        self.kept.revisions.extend(tried.revisions);
    }

    fn write(&mut self, write: &'a Write) -> Result<Result<Effect<'a>, Conflict>, B::Error> {
        Ok(match write {
            Write::Append {
                document,
                bytes,
                heads,
            } => self.append(*document, bytes, heads)?,
            Write::Compact {
                document,
                covers,
                snapshot,
            } => self.compact(*document, covers, snapshot)?,
            Write::Remove { document } => {
                self.tried.remove(*document);
                Ok(Effect::Remove { document: *document })
            }
            Write::Quarantine { document, reason } => {
                let known = Known {
                    quarantined: true,
                    ..self.document(*document)?
                };
                self.tried.documents.insert(*document, known);
                Ok(Effect::Quarantine {
                    document: *document,
                    reason,
                })
            }
            Write::Put {
                table,
                key,
                expect,
                value,
            } => self.put(*table, key, *expect, value)?,
            Write::Delete { table, key } => {
                self.tried.revisions.insert((*table, key), 0);
                Ok(Effect::Delete { table: *table, key })
            }
        })
    }

    fn append(
        &mut self,
        document: DocumentId,
        bytes: &'a Bytes,
        heads: &[ChangeHash],
    ) -> Result<Result<Effect<'a>, Conflict>, B::Error> {
        let known = self.document(document)?;
        if known.quarantined {
            return Ok(Err(Conflict::Quarantined(document)));
        }
        let mut meta = known.meta.unwrap_or_default();
        let number = meta.next_chunk;
        meta.heads = sorted(heads);
        meta.next_chunk += 1;
        meta.log_chunks += 1;
        meta.log_bytes += bytes.len() as u64;
        self.know(document, meta);
        self.tried.chunks.insert((document, number), bytes.len() as u64);
        Ok(Ok(Effect::Chunk {
            document,
            number,
            bytes,
        }))
    }

    fn compact(
        &mut self,
        document: DocumentId,
        covers: &Meta,
        snapshot: &'a Bytes,
    ) -> Result<Result<Effect<'a>, Conflict>, B::Error> {
        let known = self.document(document)?;
        if known.quarantined {
            return Ok(Err(Conflict::Quarantined(document)));
        }
        let Some(meta) = known.meta.filter(|meta| still_covers(covers, meta)) else {
            return Ok(Err(Conflict::Log(document)));
        };
        // Of a document that was born again under its id, only the bytes tell.
        let before = covers.next_chunk;
        if self.log_bytes(document, covers.first_chunk()..before)? != covers.log_bytes {
            return Ok(Err(Conflict::Log(document)));
        }
        self.know(
            document,
            Meta {
                log_bytes: meta.log_bytes - covers.log_bytes,
                log_chunks: meta.next_chunk - before,
                snapshot_bytes: snapshot.len() as u64,
                ..meta
            },
        );
        Ok(Ok(Effect::Snapshot {
            document,
            before,
            bytes: snapshot,
        }))
    }

    fn put(
        &mut self,
        table: Table,
        key: &'a str,
        expect: Expect,
        value: &'a Bytes,
    ) -> Result<Result<Effect<'a>, Conflict>, B::Error> {
        let found = self.revision(table, key)?;
        let met = match expect {
            Expect::Any => true,
            Expect::Absent => found == 0,
            Expect::Revision(revision) => found == revision && found != 0,
        };
        if !met {
            return Ok(Err(Conflict::Revision {
                key: key.to_owned(),
                found,
            }));
        }
        // A record that cannot be trusted has no revision to rise from.
        let revision = found.checked_add(1).unwrap_or(1);
        self.tried.revisions.insert((table, key), revision);
        Ok(Ok(Effect::Put {
            table,
            key,
            revision,
            value,
        }))
    }

    fn know(&mut self, document: DocumentId, meta: Meta) {
        self.tried.documents.insert(
            document,
            Known {
                meta: Some(meta),
                quarantined: false,
            },
        );
    }

    fn document(&self, document: DocumentId) -> Result<Known, B::Error> {
        let seen = self
            .tried
            .documents
            .get(&document)
            .or_else(|| self.kept.documents.get(&document));
        seen.map_or_else(|| self.base.document(document), |known| Ok(known.clone()))
    }

    fn log_bytes(&self, document: DocumentId, chunks: Range<u64>) -> Result<u64, B::Error> {
        let mut bytes = 0;
        for layer in [&self.tried, &self.kept] {
            bytes += layer.log_bytes(document, &chunks);
            if layer.removed.contains(&document) {
                return Ok(bytes);
            }
        }
        Ok(bytes + self.base.log_bytes(document, chunks)?)
    }

    fn revision(&self, table: Table, key: &str) -> Result<u64, B::Error> {
        let seen = self
            .tried
            .revision(table, key)
            .or_else(|| self.kept.revision(table, key));
        seen.map_or_else(|| self.base.revision(table, key), Ok)
    }
}
