//! The models of one workshop, as far as views are made from them, each kept until its document changes.

use super::kept::KeptByDocument;
use super::uses::may_read;
use super::{DocumentRow, Reader};
use crate::store::{Store, StoreError};
use samverk_shared::access::{Kind, State};
use samverk_shared::document::read::read_model;
use samverk_shared::ids::{DocumentId, SubjectId};
use samverk_shared::model::written::Written;
use samverk_shared::register::natural;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The models of one workshop.
#[derive(Default)]
pub struct ModelsView(KeptByDocument<Written>);

impl ModelsView {
    /// Those the reader may read and nobody has archived, in the order of their codes. `rows` are always all documents
    /// of the workshop: what is not among them is forgotten.
    pub fn answer(
        &self,
        store: &dyn Store,
        rows: &[DocumentRow],
        reader: Reader,
    ) -> Result<Vec<(SubjectId, Arc<Written>)>, StoreError> {
        let all: Vec<&DocumentRow> = rows.iter().filter(|row| row.facts.kind == Kind::Model).collect();
        let mut models = Vec::new();
        for row in &all {
            if row.facts.state != State::Archived && may_read(row.facts, reader) {
                let written = self.0.of(store, row.document, read_model)?;
                models.push((row.subject.clone(), written));
            }
        }
        let listed: BTreeSet<DocumentId> = all.iter().map(|row| row.document).collect();
        self.0.keep_only(&listed);
        models.sort_by(|(a, one), (b, other)| natural(&one.code, &other.code).then_with(|| a.cmp(b)));
        Ok(models)
    }
}
