//! The store: one contract for all engines, and what a disk may do to the one that is a file.

// A helper that cannot go on is a test that fails.
#![allow(clippy::unwrap_used)]

/// A store around another one, its field `store`, reads what that holds.
macro_rules! reads_through {
    ($outer:ty) => {
        const _: () = {
            use samverk::store::{Changes, Meta, ReadError, Record, Records, StoreError, Stored, Table};
            use samverk_shared::ids::DocumentId;

            impl Changes for $outer {
                fn load(&self, document: DocumentId) -> Result<Option<Stored>, ReadError> {
                    self.store.load(document)
                }
                fn meta(&self, document: DocumentId) -> Result<Option<Meta>, ReadError> {
                    self.store.meta(document)
                }
                fn documents(&self) -> Result<Vec<DocumentId>, StoreError> {
                    self.store.documents()
                }
                fn quarantined(&self) -> Result<Vec<(DocumentId, String)>, StoreError> {
                    self.store.quarantined()
                }
            }

            impl Records for $outer {
                fn get(&self, table: Table, key: &str) -> Result<Option<Record>, StoreError> {
                    self.store.get(table, key)
                }
                fn scan(&self, table: Table, prefix: &str) -> Result<Vec<(String, Record)>, StoreError> {
                    self.store.scan(table, prefix)
                }
            }
        };
    };
}

mod backup;
mod committer;
mod compaction;
mod contract;
mod crash_points;
mod damage;
mod disk;
mod io_failures;
mod killed;
mod model;
mod shrink;
mod space;
mod verify;
mod workload;
