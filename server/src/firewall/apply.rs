//! Applying changes that were judged, and the proof that they can be stored.

use super::vet::History;
use automerge::{Automerge, Change, ChangeHash};
use bytes::Bytes;
use std::collections::HashMap;

/// Applies accepted changes and checks that automerge gives each back byte for byte: what it does not, it could not
/// load again. The caller contains the call; after an error the document must be dropped.
pub fn apply(automerge: &mut Automerge, history: &History, changes: Vec<Change>) -> Result<(), String> {
    let mut sent: HashMap<ChangeHash, Bytes> = changes
        .iter()
        .map(|change| (change.hash(), Bytes::copy_from_slice(change.raw_bytes())))
        .collect();
    let before = automerge.get_heads();
    automerge.apply_changes(changes).map_err(|e| e.to_string())?;
    // All at once: automerge walks the document to give a change back.
    for change in automerge.get_changes(&before) {
        if sent
            .remove(&change.hash())
            .is_some_and(|bytes| change.raw_bytes() != bytes)
        {
            return Err("a change does not read back as it was sent".to_owned());
        }
    }
    if !sent.is_empty() {
        return Err("a change was not taken".to_owned());
    }
    if history.is_doubtful() {
        loads_again(automerge)
    } else {
        Ok(())
    }
}

fn loads_again(automerge: &Automerge) -> Result<(), String> {
    match Automerge::load(&automerge.save_nocompress()) {
        Ok(again) if again.get_heads() == automerge.get_heads() => Ok(()),
        Ok(_) => Err("it loads as something else".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}
