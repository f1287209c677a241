//! What the register document of one workshop says about organisations, and the groupings people made in it, kept until it
//! changes.

use super::contents::{self, may_list_kind, there};
use super::register::has_heads;
use super::{CaseRow, Reader};
use crate::store::{ChangeHash, Store, StoreError};
use samverk_shared::access::Kind;
use samverk_shared::document::read::{read_hand_made, read_organisations};
use samverk_shared::ids::DocumentId;
use samverk_shared::organisation::Organisations;
use samverk_shared::views::hand::HandMade;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What is said, and what it was read from.
pub struct Said {
    document: Option<DocumentId>,
    heads: Vec<ChangeHash>,
    organisations: Arc<Organisations>,
    hand_made: Arc<Vec<HandMade>>,
    settling: blake3::Hash,
}

impl Default for Said {
    fn default() -> Self {
        Said {
            document: None,
            heads: Vec::new(),
            organisations: Arc::default(),
            hand_made: Arc::default(),
            settling: settling(&Organisations::default()),
        }
    }
}

impl Said {
    /// Brings it to what is stored. Whether something else counts than before.
    pub fn refresh(
        &mut self,
        store: &dyn Store,
        register: Option<&CaseRow>,
        marked: &BTreeSet<DocumentId>,
    ) -> Result<bool, StoreError> {
        let document = register.map(|row| row.document);
        if let Some(document) = document.filter(|document| self.document == Some(*document))
            && (!marked.contains(&document) || has_heads(store, document, &self.heads)?)
        {
            return Ok(false);
        }
        let before = self.settling;
        let mut now = match document {
            Some(document) => read(store, document)?,
            None => Said::default(),
        };
        now.document = document;
        *self = now;
        Ok(self.settling != before)
    }

    /// What counts in the rows, for all who may read them.
    pub fn organisations(&self) -> &Organisations {
        &self.organisations
    }

    /// Digest of all that the rows depend on.
    pub fn settling(&self) -> blake3::Hash {
        self.settling
    }

    /// What is said, for who may read the document itself (P1); nothing for others.
    pub fn for_reader(&self, register: Option<&CaseRow>, reader: Reader) -> Arc<Organisations> {
        if may_read(register, reader) {
            self.organisations.clone()
        } else {
            Arc::default()
        }
    }

    /// The groupings people made, for who may read the document itself (P1).
    pub fn hand_made(&self, register: Option<&CaseRow>, reader: Reader) -> Arc<Vec<HandMade>> {
        if may_read(register, reader) {
            self.hand_made.clone()
        } else {
            Arc::default()
        }
    }

    /// Tells apart what `for_reader` and `hand_made` give at different times.
    pub fn version(&self, register: Option<&CaseRow>, reader: Reader) -> Vec<u8> {
        if !may_read(register, reader) {
            return Vec::new();
        }
        self.heads.iter().flat_map(|head| head.0).collect()
    }
}

fn may_read(register: Option<&CaseRow>, reader: Reader) -> bool {
    register.is_some_and(|row| may_list_kind(Kind::Register, row, reader))
}

/// A document that cannot be read says nothing.
fn read(store: &dyn Store, document: DocumentId) -> Result<Said, StoreError> {
    let stored = there(store.load(document))?;
    let Some(stored) = stored else {
        return Ok(Said::default());
    };
    let found = contents::loaded(&stored, document, |loaded| {
        (read_organisations(loaded).0, read_hand_made(loaded))
    });
    let (organisations, hand_made) = found.unwrap_or_default();
    Ok(Said {
        document: None,
        heads: stored.meta.heads,
        settling: settling(&organisations),
        organisations: Arc::new(organisations),
        hand_made: Arc::new(hand_made),
    })
}

fn settling(organisations: &Organisations) -> blake3::Hash {
    blake3::hash(&serde_json::to_vec(&organisations.groups()).unwrap_or_default())
}
