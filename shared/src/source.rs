//! Sources: what is known of a case is known from somewhere, and most of it from those who did it themselves.

use crate::case::words;
use serde::{Deserialize, Serialize};

/// Something one can read, or somebody who was asked.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Source {
    /// Its key in the document.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Who published it.
    pub publisher: String,
    /// Where it is found.
    pub address: String,
    /// The year it was published.
    pub year: Option<i64>,
    /// The day somebody read it, `2026-12-24`, or empty.
    pub read: String,
    /// Whose account it is.
    pub kind: SourceKind,
}

words! {
    /// Whose account a source is: of those who did it, of others, or of somebody who evaluated it.
    SourceKind { Own = "own", Independent = "independent", Evaluation = "evaluation", #[default] Unsaid = "", }
}

/// That a source says something, and where.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Reference {
    /// Its key in the document.
    pub id: String,
    /// What it says something about, as a path: `codings.user_role`, `texts.benefit`, `needs.ID`.
    pub field: String,
    /// The id of the source.
    pub source: String,
    /// Page, or another place in it.
    pub page: String,
    /// Its words.
    pub quote: String,
}
