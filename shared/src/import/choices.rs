//! What the person who imports has chosen, what is known of lists from before, and of the cases that are there.

use crate::case::ActorGroup;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The fields of a case that a column can fill, beside its codings (`codings.scope`).
pub fn fields() -> Vec<String> {
    let plain = [
        "code",
        "name",
        "country",
        "origin",
        "status",
        "level",
        "start_year",
        "end_year",
        "period",
        "sector",
        "description",
        "benefit",
        "notes",
        "source",
        "parties",
        "parties.public",
    ];
    let of_group = ActorGroup::ALL
        .iter()
        .map(|group| format!("parties.{}", group.as_str()));
    plain.into_iter().map(str::to_owned).chain(of_group).collect()
}

/// What the person who imports has chosen; what is not in it is proposed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Choices {
    /// At most one for each sheet of each file.
    pub sheets: Vec<SheetChoices>,
}

impl Choices {
    /// What was chosen for a sheet.
    pub fn sheet(&self, file: &str, name: &str) -> Option<&SheetChoices> {
        self.sheets.iter().find(|s| s.file == file && s.name == name)
    }
}

/// What was chosen for one sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SheetChoices {
    /// The file's name.
    pub file: String,
    /// The sheet's.
    pub name: String,
    /// Nothing is taken from it.
    pub leave_out: bool,
    /// Cases that are in the workshop already are taken once more.
    pub take_known: bool,
    /// The row of its header, from 1.
    pub header_row: Option<u32>,
    /// Column, from 1 → the field it fills, `extra` or `ignore`.
    pub columns: BTreeMap<u32, String>,
    /// Field → word of the list → key; an empty key says that there is to be no value.
    pub values: BTreeMap<String, BTreeMap<String, String>>,
}

/// How a list with these headings was understood last time.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SavedMapping {
    /// Whose list it was.
    pub contributor: String,
    /// Of its headings.
    pub fingerprint: String,
    /// Heading → the field it fills, `extra` or `ignore`.
    pub columns: BTreeMap<String, String>,
    /// Field → word of the list → key.
    pub values: BTreeMap<String, BTreeMap<String, String>>,
}

/// What the workshop knows before an import.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Known {
    /// Its cases, among which duplicates are looked for.
    pub cases: Vec<KnownCase>,
    /// Lists that came before, the newest last.
    pub mappings: Vec<SavedMapping>,
}

/// A case that is in the workshop.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct KnownCase {
    /// "N05".
    pub code: String,
    /// What it is called.
    pub name: String,
    /// What it is called besides.
    pub aliases: Vec<String>,
}
