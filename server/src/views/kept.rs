//! What was read from documents, kept until each has changed.

use super::contents::{loaded, there};
use super::locked;
use crate::store::{ChangeHash, Store, StoreError};
use automerge::Automerge;
use samverk_shared::ids::DocumentId;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

/// One value for each document.
pub struct KeptByDocument<T>(Mutex<BTreeMap<DocumentId, Kept<T>>>);

struct Kept<T> {
    heads: Vec<ChangeHash>,
    value: Arc<T>,
}

impl<T> Default for KeptByDocument<T> {
    fn default() -> Self {
        KeptByDocument(Mutex::default())
    }
}

impl<T: Default> KeptByDocument<T> {
    /// What `read` makes of the document as it is stored; an empty value where it cannot be read. Read without holding
    /// the lock: a cold document takes its time, and others wait for nothing.
    pub fn of(
        &self,
        store: &dyn Store,
        document: DocumentId,
        read: impl Fn(&Automerge) -> T,
    ) -> Result<Arc<T>, StoreError> {
        let Some(meta) = there(store.meta(document))? else {
            return Ok(Arc::default());
        };
        if let Some(known) = locked(&self.0).get(&document)
            && known.heads == meta.heads
        {
            return Ok(known.value.clone());
        }
        let Some(stored) = there(store.load(document))? else {
            return Ok(Arc::default());
        };
        let value = Arc::new(loaded(&stored, document, read).unwrap_or_default());
        let kept = Kept {
            heads: stored.meta.heads,
            value: value.clone(),
        };
        locked(&self.0).insert(document, kept);
        Ok(value)
    }

    /// Forgets all documents but these.
    pub fn keep_only(&self, listed: &BTreeSet<DocumentId>) {
        locked(&self.0).retain(|document, _| listed.contains(document));
    }
}
