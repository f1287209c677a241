//! What comes in from other people's lists: records of cases, and the report of an import.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One case as a list gives it, before it becomes a document.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CaseRecord {
    /// The list's own id of it ("N05"), or empty.
    pub code: String,
    /// Field → text or key, by the keys of `case`: name, country, origin, start_year, …
    pub fields: BTreeMap<String, String>,
    /// Sets: `level`.
    pub sets: BTreeMap<String, Vec<String>>,
    /// Who takes part: (name, actor group).
    pub parties: Vec<(String, String)>,
    /// Characteristic key → value keys (one for nominal and ordinal).
    pub codings: BTreeMap<String, Vec<String>>,
    /// Columns no field takes.
    pub extra: BTreeMap<String, String>,
    /// Row in the sheet, from 1.
    pub row: u32,
}
