//! What the latest messages hold. A broadcast comes to hundreds of clients here, and is read once.

use crate::world::{Edit, EditIndex, Edits, FOREIGN, Hash};
use anyhow::{Result, anyhow, bail};
use automerge::sync::{Message, ReadMessageError};
use automerge::{Change, ChangeHash};
use sha2::{Digest, Sha256};
use std::collections::VecDeque;
use std::rc::Rc;

/// A sync message as far as the clients here look into it.
pub struct Contents {
    pub heads: Vec<(ChangeHash, Option<EditIndex>)>,
    pub need: Vec<ChangeHash>,
    pub have: Vec<automerge::sync::Have>,
    /// The edits it brings.
    pub edits: Vec<EditIndex>,
    /// Edits that those were made after, and that it does not bring.
    pub after: Vec<EditIndex>,
    /// It brings a whole document.
    pub whole: bool,
}

/// Messages read lately, newest first.
#[derive(Default)]
pub struct Lately(VecDeque<(Vec<u8>, Rc<Contents>)>);

const KEPT: usize = 24;

impl Lately {
    pub fn read(&mut self, message: &[u8], edits: &mut Edits) -> Result<Rc<Contents>> {
        if let Some((_, contents)) = self.0.iter().find(|(bytes, _)| bytes == message) {
            return Ok(contents.clone());
        }
        let contents = Rc::new(contents(message, edits)?);
        self.0.truncate(KEPT - 1);
        self.0.push_front((message.to_vec(), contents.clone()));
        Ok(contents)
    }
}

fn contents(bytes: &[u8], edits: &mut Edits) -> Result<Contents> {
    let message =
        Message::decode(bytes).map_err(|error: ReadMessageError| anyhow!("sync message: {error}"))?;
    let mut contents = Contents {
        heads: message
            .heads
            .iter()
            .map(|head| (*head, edits.find(&head.0)))
            .collect(),
        need: message.need,
        have: message.have,
        edits: vec![],
        after: vec![],
        whole: false,
    };
    for blob in message.changes.iter() {
        contents.whole |= each_chunk(blob, |hash, chunk| {
            let edit = edits
                .find(&hash)
                .map_or_else(|| enter_foreign(chunk, edits), Ok)?;
            contents.edits.push(edit);
            Ok(())
        })?;
    }
    let mut brought = contents.edits.clone();
    brought.sort_unstable();
    let after = contents
        .edits
        .iter()
        .flat_map(|edit| &edits.all[*edit as usize].after);
    contents.after = after
        .filter(|edit| brought.binary_search(edit).is_err())
        .copied()
        .collect();
    Ok(contents)
}

/// Enters a change that was made by nobody here in the table: edits made after it must be able to name it.
fn enter_foreign(chunk: &[u8], edits: &mut Edits) -> Result<EditIndex> {
    let change = Change::from_bytes(chunk.to_vec())?;
    let after = change
        .deps()
        .iter()
        .filter_map(|hash| edits.find(&hash.0))
        .collect();
    let hash = change.hash().0;
    let index = edits.add(Edit {
        writer: FOREIGN,
        document: 0,
        made_us: 0,
        max_op: change.max_op(),
        after,
        hash,
    });
    edits.by_hash.insert(hash, index);
    Ok(index)
}

const HEADER_BYTES: usize = 9;
const CHANGE: u8 = 1;
const COMPRESSED_CHANGE: u8 = 2;

/// Calls `each` with every change in a blob and its hash; true if there is a document among them.
fn each_chunk(mut blob: &[u8], mut each: impl FnMut(Hash, &[u8]) -> Result<()>) -> Result<bool> {
    let mut whole = false;
    while !blob.is_empty() {
        if blob.len() < HEADER_BYTES + 1 || blob[..4] != [0x85, 0x6f, 0x4a, 0x83] {
            bail!("not an automerge chunk");
        }
        let (length, start) = length_at(blob, HEADER_BYTES)?;
        let (chunk, rest) = blob
            .split_at_checked(start + length)
            .ok_or_else(|| anyhow!("a short chunk"))?;
        match chunk[8] {
            CHANGE => each(Sha256::digest(&chunk[8..]).into(), chunk)?,
            COMPRESSED_CHANGE => each(Change::from_bytes(chunk.to_vec())?.hash().0, chunk)?,
            _ => whole = true,
        }
        blob = rest;
    }
    Ok(whole)
}

/// A LEB128 number, and where it ends.
fn length_at(bytes: &[u8], mut at: usize) -> Result<(usize, usize)> {
    let (mut number, mut shift) = (0usize, 0);
    loop {
        let byte = *bytes.get(at).ok_or_else(|| anyhow!("a short chunk"))?;
        at += 1;
        number |= usize::from(byte & 0x7f) << shift;
        shift += 7;
        if byte & 0x80 == 0 {
            return Ok((number, at));
        }
        if shift > 28 {
            bail!("a chunk that is too long");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::automerge::make_document;

    #[test]
    fn concatenated_changes_in_one_blob_are_all_counted() {
        let document = make_document(40, 3);
        let changes = document.get_changes(&[]);
        let blob: Vec<u8> = changes
            .iter()
            .flat_map(|change| change.raw_bytes().to_vec())
            .collect();
        let mut hashes = vec![];
        let mut note = |hash, _: &[u8]| {
            hashes.push(ChangeHash(hash));
            Ok(())
        };
        assert!(!each_chunk(&blob, &mut note).unwrap());
        assert!(each_chunk(&document.save(), &mut note).unwrap());
        assert!(each_chunk(&blob[..blob.len() - 1], &mut note).is_err());
        assert_eq!(hashes[..41], changes.iter().map(Change::hash).collect::<Vec<_>>());
    }
}
