//! Derived views: rows and numbers computed from stored documents, off the shard and at durable heads (A1).
//!
//! **Invariant:** nothing here writes, and nothing here starts a thread; callers wait on their own.

mod characteristics;
mod contents;
mod decisions;
mod figures;
mod kept;
mod models;
mod register;
mod said;
mod uses;

pub use contents::Content;
pub use decisions::Decided;
pub use figures::{Figures, Question};
pub use uses::DocumentRow;

use crate::hub::rows::CatalogueRow;
use crate::store::{ChangeHash, Store, StoreError};
use characteristics::SetKept;
use decisions::DecisionsView;
use figures::FiguresView;
use flate2::{Compression, write::GzEncoder};
use models::ModelsView;
use register::{For, RegisterView};
use samverk_shared::access::{Audience, Grant, Grants, Kind, State};
use samverk_shared::case::Case;
use samverk_shared::characteristic::Characteristics;
use samverk_shared::collection::Ask;
use samverk_shared::ids::{DocumentId, SubjectId, WorkshopId};
use samverk_shared::model::written::Written;
use samverk_shared::register::RegisterRow;
use samverk_shared::uses::Uses;
use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use uses::UsesView;

/// A view as it goes to a client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// JSON.
    pub json: Arc<[u8]>,
    /// The same, compressed as gzip once for all who read it.
    pub gzip: Option<Arc<[u8]>>,
    /// Digest of what the view was made from and for whom, in hexadecimal; the same inputs give the same.
    pub etag: String,
}

impl Rendered {
    fn new(json: Vec<u8>, etag: String) -> Self {
        Rendered {
            gzip: gzip(&json).map(Arc::from),
            json: json.into(),
            etag,
        }
    }
}

fn gzip(json: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(json).ok()?;
    encoder.finish().ok()
}

/// What views of a workshop are made of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed {
    /// All its cases: what is not among them is forgotten.
    pub cases: Vec<CaseRow>,
    /// The document in which the team says things about organisations, where there is one.
    pub register: Option<CaseRow>,
}

impl Listed {
    /// Of a catalogue.
    pub fn of(catalogue: &[CatalogueRow]) -> Listed {
        let of = |kind| {
            catalogue
                .iter()
                .filter(move |row| row.kind == kind)
                .map(CaseRow::from)
        };
        Listed {
            cases: of(Kind::Case).collect(),
            register: of(Kind::Register).next(),
        }
    }
}

/// A case of the catalogue, or the register document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRow {
    /// The case.
    pub subject: SubjectId,
    /// Its document at present.
    pub document: DocumentId,
    /// Whom it is for.
    pub audience: Audience,
    /// Whether it takes edits.
    pub state: State,
}

impl From<&CatalogueRow> for CaseRow {
    fn from(row: &CatalogueRow) -> Self {
        CaseRow {
            subject: row.subject.clone(),
            document: row.document,
            audience: row.audience,
            state: row.state,
        }
    }
}

/// For whom a view is computed: those of one class see the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reader {
    /// Facilitators and editors.
    Team,
    /// Other members.
    Member,
    /// The client.
    Client,
}

impl Reader {
    const ALL: [Reader; 3] = [Reader::Team, Reader::Member, Reader::Client];

    /// The class of somebody with these grants.
    pub fn of(grants: Grants) -> Reader {
        if grants.team() {
            Reader::Team
        } else if grants.member() {
            Reader::Member
        } else {
            Reader::Client
        }
    }

    /// A grant of the class.
    fn grant(self) -> Grant {
        match self {
            Reader::Team => Grant::Editor,
            Reader::Member => Grant::Viewer,
            Reader::Client => Grant::Client,
        }
    }
}

/// The views of all workshops.
pub struct Views {
    store: Arc<dyn Store>,
    workshops: Mutex<BTreeMap<WorkshopId, Arc<WorkshopViews>>>,
}

/// The views of one workshop.
#[derive(Default)]
struct WorkshopViews {
    register: RegisterView,
    figures: FiguresView,
    decisions: DecisionsView,
    uses: UsesView,
    models: ModelsView,
    set: SetKept,
}

impl Views {
    /// Views over this store.
    pub fn new(store: Arc<dyn Store>) -> Self {
        Views {
            store,
            workshops: Mutex::default(),
        }
    }

    /// A document has new durable heads. Called after each commit; what was not marked is not read again.
    pub fn mark_changed(&self, workshop: &WorkshopId, document: DocumentId) {
        let views = locked(&self.workshops).get(workshop).cloned();
        if let Some(views) = views {
            views.register.mark_changed(document);
        }
    }

    /// What the cases of a workshop are coded by, as it is stored.
    pub fn characteristics(&self, workshop: &WorkshopId) -> Result<Arc<Characteristics>, StoreError> {
        self.of(workshop).set.read(self.store.as_ref(), workshop)
    }

    /// The register of a workshop: `{rows, characteristics, characteristics_version}`, with the rows that the reader may list.
    /// Waits while another caller computes the same register, and then takes that answer.
    pub fn register(
        &self,
        workshop: &WorkshopId,
        listed: &Listed,
        reader: Reader,
    ) -> Result<Rendered, StoreError> {
        let views = self.of(workshop);
        let set = self.characteristics(workshop)?;
        views.register.render(self.store.as_ref(), &set, listed, reader)
    }

    /// Figures of a workshop, made from the rows that the reader may list.
    /// Waits while another caller computes the same figures, and then takes that answer.
    pub fn figures(
        &self,
        workshop: &WorkshopId,
        listed: &Listed,
        reader: Reader,
        question: &Question,
    ) -> Result<Figures, StoreError> {
        let views = self.of(workshop);
        let set = self.characteristics(workshop)?;
        let purpose = question.purpose();
        let rows = || {
            let register = &views.register;
            register.rows(self.store.as_ref(), &set, listed, reader, purpose)
        };
        views.figures.answer(reader, question, &set, rows)
    }

    /// The rows a reader may list, in the order of their codes.
    pub fn rows(
        &self,
        workshop: &WorkshopId,
        listed: &Listed,
        reader: Reader,
    ) -> Result<Vec<Arc<RegisterRow>>, StoreError> {
        let views = self.of(workshop);
        let read = views.register.rows(
            self.store.as_ref(),
            &self.characteristics(workshop)?,
            listed,
            reader,
            For::Figures,
        )?;
        Ok(read.rows)
    }

    /// Who chose and deselected what, as far as the reader may list the cases; the newest first. `whole`: these are
    /// all cases of the workshop, and what is not among them is forgotten.
    pub fn decisions(
        &self,
        workshop: &WorkshopId,
        cases: impl IntoIterator<Item = CaseRow>,
        reader: Reader,
        whole: bool,
    ) -> Result<Vec<Decided>, StoreError> {
        let cases: Vec<CaseRow> = cases.into_iter().collect();
        let views = self.of(workshop);
        views.decisions.answer(self.store.as_ref(), &cases, reader, whole)
    }

    /// Where things are used, as far as the reader may see both ends; `rows` are always all documents of the workshop.
    pub fn uses(
        &self,
        workshop: &WorkshopId,
        rows: &[DocumentRow],
        reader: Reader,
    ) -> Result<Uses, StoreError> {
        self.of(workshop).uses.answer(self.store.as_ref(), rows, reader)
    }

    /// The models a reader may read and nobody has archived, in the order of their codes; `rows` are always all documents
    /// of the workshop.
    pub fn models(
        &self,
        workshop: &WorkshopId,
        rows: &[DocumentRow],
        reader: Reader,
    ) -> Result<Vec<(SubjectId, Arc<Written>)>, StoreError> {
        let views = self.of(workshop);
        views.models.answer(self.store.as_ref(), rows, reader)
    }

    /// The cases a reader may read and nobody has archived, whole, in the order of their codes.
    pub fn contents(
        &self,
        workshop: &WorkshopId,
        cases: impl IntoIterator<Item = CaseRow>,
        reader: Reader,
    ) -> Result<Vec<Content>, StoreError> {
        let set = self.characteristics(workshop)?;
        contents::contents(self.store.as_ref(), &set, cases, reader)
    }

    /// A case a reader may read, archived or not, and the heads it has with that.
    pub fn case(
        &self,
        workshop: &WorkshopId,
        row: &CaseRow,
        reader: Reader,
    ) -> Result<Option<(Vec<ChangeHash>, Case)>, StoreError> {
        let set = self.characteristics(workshop)?;
        contents::with_heads(self.store.as_ref(), &set, row, reader)
    }

    /// How many codings stand in a coder's sealed document, of those this asks about.
    pub fn coded(
        &self,
        workshop: &WorkshopId,
        document: DocumentId,
        ask: &Ask,
    ) -> Result<Option<usize>, StoreError> {
        let set = self.characteristics(workshop)?;
        contents::coded(self.store.as_ref(), document, ask, &set)
    }

    fn of(&self, workshop: &WorkshopId) -> Arc<WorkshopViews> {
        locked(&self.workshops)
            .entry(workshop.clone())
            .or_default()
            .clone()
    }
}

/// A lock whose holder panicked is as good as any other: each holder leaves whole entries behind.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
