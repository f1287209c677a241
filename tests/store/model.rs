//! Random commits, on every engine and on a model that is as simple as can be.

use crate::disk::Disk;
use crate::workload::{append, change_of, document_id, heads_of, put};
use bytes::Bytes;
use proptest::prelude::*;
use samverk::store::{Expect, MemoryStore, Meta, ReadError, RedbStore, Store, Table, Transaction, Write};
use std::collections::BTreeMap;

/// A write in terms of small numbers.
#[derive(Debug, Clone)]
enum Step {
    Append {
        document: u8,
        change: u64,
    },
    /// Covers all but the newest chunks; or says something else of what it covers than is there.
    Compact {
        document: u8,
        later: usize,
        wrong: Option<Wrong>,
    },
    Remove {
        document: u8,
    },
    Quarantine {
        document: u8,
    },
    Put {
        key: u8,
        expect: Option<u64>,
        value: u8,
    },
    Delete {
        key: u8,
    },
}

/// What a compaction says wrongly of what it covers.
#[derive(Debug, Clone, Copy)]
enum Wrong {
    NextChunk,
    LogChunks,
    LogBytes,
    SnapshotBytes,
    Heads,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Model {
    documents: BTreeMap<u8, ModelDocument>,
    records: BTreeMap<u8, (u64, u8)>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct ModelDocument {
    born: bool,
    quarantined: bool,
    snapshot: Vec<u8>,
    log: Vec<u64>,
    last: u64,
    next: u64,
}

impl ModelDocument {
    /// The meta that was read when the log had so many chunks.
    fn covers(&self, chunks: usize, wrong: Option<Wrong>) -> Meta {
        let log = &self.log[..chunks];
        let mut meta = Meta {
            heads: heads_of(*log.last().unwrap_or(&self.last)),
            next_chunk: self.next - (self.log.len() - chunks) as u64,
            log_bytes: log.iter().map(|change| change_of(*change).len() as u64).sum(),
            log_chunks: chunks as u64,
            snapshot_bytes: self.snapshot.len() as u64,
        };
        match wrong {
            Some(Wrong::NextChunk) => meta.next_chunk += 1_000,
            Some(Wrong::LogChunks) => meta.log_chunks += 1,
            Some(Wrong::LogBytes) => meta.log_bytes += 1,
            Some(Wrong::SnapshotBytes) => meta.snapshot_bytes += 1,
            Some(Wrong::Heads) => meta.heads.push(heads_of(1_000)[0]),
            None => {}
        }
        meta
    }
}

impl Model {
    /// The transaction as the store is given it, and whether it conflicts; a copy is thrown away when it
    /// does.
    fn transaction(&mut self, steps: &[Step]) -> (Transaction, bool) {
        let mut copy = self.clone();
        let mut writes = Vec::new();
        let mut whole = true;
        for step in steps {
            let (write, done) = copy.step(step);
            writes.push(write);
            whole &= done;
        }
        if whole {
            *self = copy;
        }
        (writes, whole)
    }

    fn step(&mut self, step: &Step) -> (Write, bool) {
        match *step {
            Step::Append { document, change } => {
                let one = self.documents.entry(document).or_default();
                let done = !one.quarantined;
                if done {
                    one.born = true;
                    one.log.push(change);
                    one.last = change;
                    one.next += 1;
                }
                (append(document_id(document), change), done)
            }
            Step::Compact {
                document,
                later,
                wrong,
            } => {
                let one = self.documents.entry(document).or_default();
                let covered = one.log.len().saturating_sub(later);
                let later = one.log.len() - covered;
                let snapshot = Bytes::from(vec![document; 40 + covered]);
                let covers = one.covers(covered, wrong);
                let wrong = match wrong {
                    // With later chunks, nobody knows which heads those before them had.
                    Some(Wrong::Heads) => later == 0,
                    wrong => wrong.is_some(),
                };
                let done = one.born && !one.quarantined && !wrong;
                if done {
                    one.snapshot = snapshot.to_vec();
                    one.log.drain(..covered);
                }
                (
                    Write::Compact {
                        document: document_id(document),
                        covers,
                        snapshot,
                    },
                    done,
                )
            }
            Step::Remove { document } => {
                self.documents.remove(&document);
                (
                    Write::Remove {
                        document: document_id(document),
                    },
                    true,
                )
            }
            Step::Quarantine { document } => {
                self.documents.entry(document).or_default().quarantined = true;
                (
                    Write::Quarantine {
                        document: document_id(document),
                        reason: "why".to_owned(),
                    },
                    true,
                )
            }
            Step::Put { key, expect, value } => {
                let found = self.records.get(&key).map_or(0, |(revision, _)| *revision);
                let done = expect.is_none_or(|revision| revision == found);
                if done {
                    self.records.insert(key, (found + 1, value));
                }
                let expect = match expect {
                    None => Expect::Any,
                    Some(0) => Expect::Absent,
                    Some(revision) => Expect::Revision(revision),
                };
                (
                    put(Table::Server, &key.to_string(), expect, &value.to_string()),
                    done,
                )
            }
            Step::Delete { key } => {
                self.records.remove(&key);
                (
                    Write::Delete {
                        table: Table::Server,
                        key: key.to_string(),
                    },
                    true,
                )
            }
        }
    }

    fn assert_same(&self, store: &dyn Store) {
        let known = self
            .documents
            .iter()
            .filter(|(_, one)| one.born || one.quarantined);
        let ids: Vec<_> = known.clone().map(|(number, _)| document_id(*number)).collect();
        assert_eq!(store.documents().unwrap(), ids);
        for (number, one) in known {
            match store.load(document_id(*number)) {
                Ok(stored) => {
                    let stored = stored.unwrap();
                    assert!(!one.quarantined);
                    assert_eq!(stored.snapshot, one.snapshot);
                    assert_eq!(
                        stored.log,
                        one.log
                            .iter()
                            .map(|change| change_of(*change))
                            .collect::<Vec<_>>()
                    );
                    assert_eq!(
                        (stored.meta.next_chunk, &stored.meta.heads),
                        (one.next, &heads_of(one.last))
                    );
                    assert_eq!(stored.meta.log_chunks, stored.log.len() as u64);
                }
                Err(ReadError::Quarantined { .. }) => assert!(one.quarantined),
                Err(ReadError::Store(error)) => panic!("{error}"),
            }
        }
        let records = store
            .scan(Table::Server, "")
            .unwrap()
            .into_iter()
            .map(|(key, record)| {
                let value = String::from_utf8(record.value.to_vec()).unwrap();
                (key.parse().unwrap(), (record.revision, value.parse().unwrap()))
            });
        assert_eq!(records.collect::<BTreeMap<u8, (u64, u8)>>(), self.records);
    }
}

fn wrong() -> impl Strategy<Value = Wrong> {
    prop_oneof![
        Just(Wrong::NextChunk),
        Just(Wrong::LogChunks),
        Just(Wrong::LogBytes),
        Just(Wrong::SnapshotBytes),
        Just(Wrong::Heads),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let document = 0..4_u8;
    prop_oneof![
        6 => (document.clone(), 0..50_u64).prop_map(|(document, change)| Step::Append { document, change }),
        3 => (document.clone(), 0..4_usize, prop::option::weighted(0.3, wrong()))
            .prop_map(|(document, later, wrong)| Step::Compact { document, later, wrong }),
        1 => document.clone().prop_map(|document| Step::Remove { document }),
        1 => document.prop_map(|document| Step::Quarantine { document }),
        5 => (0..4_u8, prop::option::of(0..3_u64), any::<u8>())
            .prop_map(|(key, expect, value)| Step::Put { key, expect, value }),
        1 => (0..4_u8).prop_map(|key| Step::Delete { key }),
    ]
}

fn commits() -> impl Strategy<Value = Vec<Vec<Vec<Step>>>> {
    let transaction = prop::collection::vec(step(), 1..5);
    prop::collection::vec(prop::collection::vec(transaction, 0..5), 1..10)
}

fn run(store: &dyn Store, commits: &[Vec<Vec<Step>>]) {
    let mut model = Model::default();
    for commit in commits {
        let (transactions, expected): (Vec<_>, Vec<_>) =
            commit.iter().map(|steps| model.transaction(steps)).unzip();
        let results = store.commit(&transactions).unwrap();
        assert_eq!(results.iter().map(Result::is_ok).collect::<Vec<_>>(), expected);
        model.assert_same(store);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn t1_memory_does_what_the_model_does(commits in commits()) {
        run(&MemoryStore::new(), &commits);
    }

    #[test]
    fn t1_redb_does_what_the_model_does(commits in commits()) {
        run(&RedbStore::open_backend(Disk::new(Vec::new())).unwrap(), &commits);
    }
}
