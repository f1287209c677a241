//! Applying changes that were judged, and the proof that they can be stored.

use super::vet::History;
use automerge::{Automerge, Change, ChangeHash, ReadDoc};

/// Applies accepted changes and checks that automerge gives each back byte for byte: what it does not, it could not
/// load again. The caller contains the call; after an error the document must be dropped.
pub fn apply(automerge: &mut Automerge, history: &History, changes: Vec<Change>) -> Result<(), String> {
    let sent: Vec<(ChangeHash, Vec<u8>)> = changes
        .iter()
        .map(|c| (c.hash(), c.raw_bytes().to_vec()))
        .collect();
    automerge.apply_changes(changes).map_err(|e| e.to_string())?;
    for (hash, bytes) in sent {
        let stored = automerge
            .get_change_by_hash(&hash)
            .ok_or("a change was not taken")?;
        if stored.raw_bytes() != bytes {
            return Err("a change does not read back as it was sent".to_owned());
        }
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
