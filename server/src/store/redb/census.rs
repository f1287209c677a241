//! Finds out, in a file whose pages do not all match their checksums, which documents are hit.
//!
//! **Invariant:** of a file in which rows may be missing without anybody's noticing, nothing is salvaged.

use super::read::{Blob, Tables, Unread};
use super::rows::Damaged;
use ::redb::{Database, Key, ReadOnlyTable, ReadableDatabase, ReadableTable, ReadableTableMetadata};
use samverk_shared::ids::DocumentId;
use std::collections::{BTreeMap, BTreeSet};

/// The damaged documents with the reason.
pub fn census(database: &Database) -> Result<BTreeMap<DocumentId, String>, Unread> {
    let tables = Tables::open(&database.begin_read()?)?;
    let mut documents = BTreeSet::new();
    visit(&tables.metas, |key| documents.extend(id(key)))?;
    visit(&tables.quarantine, |key| documents.extend(id(key)))?;
    visit(&tables.log, |key| documents.extend(id(key)))?;
    visit(&tables.snapshots, |key| documents.extend(id(key)))?;
    visit(&tables.records, |_| ())?;
    let mut damaged = BTreeMap::new();
    for document in documents {
        match super::contained(|| tables.load(document)) {
            Ok(_) => {}
            Err(Unread::Damaged(damage)) => {
                damaged.insert(document, damage.to_string());
            }
            Err(error @ Unread::Store(_)) => return Err(error),
        }
    }
    Ok(damaged)
}

/// Visits every key. They must come in order and be as many as the table says: else whole pages are gone
/// astray.
fn visit<K: Key + 'static>(
    table: &ReadOnlyTable<K, Blob>,
    mut each: impl FnMut(&[u8]),
) -> Result<(), Unread> {
    let mut before: Option<Vec<u8>> = None;
    let mut count = 0;
    for row in table.iter()? {
        let (key, _) = row?;
        let value = key.value();
        let key = K::as_bytes(&value).as_ref().to_vec();
        if before.is_some_and(|before| before >= key) {
            return Err(Damaged::Pages.into());
        }
        each(&key);
        before = Some(key);
        count += 1;
    }
    if count == table.len()? {
        Ok(())
    } else {
        Err(Damaged::Pages.into())
    }
}

/// The document that a key names: its first 16 bytes.
fn id(key: &[u8]) -> Option<DocumentId> {
    key.first_chunk::<16>().map(|id| DocumentId(*id))
}
