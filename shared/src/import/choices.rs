//! What the person who imports has chosen, what is known of lists from before, and of the cases that are there.

use super::CaseRecord;
use super::words::TwinAnswer;
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
    /// The list that came before and of which this is a new edition; empty where it is a list of its own.
    pub edition_of: Option<String>,
    /// Row → whether its case is another one, and which.
    pub twins: BTreeMap<u32, TwinChoice>,
    /// Row → field → whether the case gets what the list says; of a party the field and its name, `parties.Voss kommune`.
    pub cells: BTreeMap<u32, BTreeMap<String, bool>>,
}

/// What somebody says about a row that is like another case.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TwinChoice {
    /// Whether they are the same.
    pub answer: TwinAnswer,
    /// The code of the other in the workshop; empty where it is a row of a list.
    pub case: String,
    /// Its list; empty for the same sheet.
    pub list: String,
    /// Its row, from 1.
    pub row: u32,
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
    /// What lists that came before said of the cases.
    pub told: Vec<Told>,
}

/// What a list said of a case the last time it came.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Told {
    /// The code of the case.
    pub case: String,
    /// The list, as it was called when it first came.
    pub list: String,
    /// Of its headings.
    pub fingerprint: String,
    /// What it said.
    pub record: CaseRecord,
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
