//! What comes in from other people's lists: records of cases and their codes, the plan of an import, and what the
//! person who imports has chosen.

pub mod cells;
mod choices;
mod plan;
mod words;

pub use choices::{Choices, Known, KnownCase, SavedMapping, SheetChoices, Told, TwinChoice, fields};
pub use plan::{
    ColumnPlan, Doubt, Duplicate, ImportPlan, Join, RefusedFile, SheetPlan, Twin, ValuePlan, Warning,
};
pub use words::{
    CellKind, ColumnReason, Confidence, DoubtKind, DuplicateBy, Layout, Refusal, TwinAnswer, ValueReason,
    WarningKind,
};

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A spreadsheet program takes a cell of CSV that begins with one of these for a formula, the wide ones too in some
/// languages. An export puts an apostrophe before them, and an import takes it away.
pub const BEGINS_FORMULA: [char; 10] = ['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'];

/// One case as a list gives it, before it becomes a document.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
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
    /// Characteristic key → `unknown` or `not_applicable`, where the list says so in words.
    pub states: BTreeMap<String, String>,
    /// Columns no field takes.
    pub extra: BTreeMap<String, String>,
    /// The list it comes from, as provenance names it; empty for a case made by hand.
    pub list: String,
    /// Row in the sheet, from 1.
    pub row: u32,
    /// Other lists and rows that tell of the same case, which somebody has joined into this one.
    pub also: Vec<(String, u32)>,
}

impl CaseRecord {
    /// The case's name, or nothing.
    pub fn name(&self) -> &str {
        self.fields.get("name").map(String::as_str).unwrap_or_default()
    }

    /// A record of nothing but a name: what a case made by hand starts from.
    pub fn named(name: &str) -> Self {
        CaseRecord {
            fields: BTreeMap::from([("name".into(), name.into())]),
            ..CaseRecord::default()
        }
    }
}

/// Characters of a code a list may bring; a longer one is not a code.
const CODE_CHARS_MAX: usize = 16;

/// Gives each record its code in the workshop: the list's own where it is free, else the next free
/// `X01`, `X02`, …. The codes are in the order of the records, and no two are the same.
pub fn assign_codes<'a>(
    existing: impl IntoIterator<Item = &'a str>,
    records: impl IntoIterator<Item = &'a CaseRecord>,
) -> Vec<String> {
    let mut taken: BTreeSet<String> = existing.into_iter().map(str::to_lowercase).collect();
    let mut next = 1_u32;
    let own: Vec<Option<String>> = records
        .into_iter()
        .map(|r| r.code.trim())
        .map(|code| (is_code(code) && taken.insert(code.to_lowercase())).then(|| code.to_owned()))
        .collect();
    own.into_iter()
        .map(|code| code.unwrap_or_else(|| next_free(&mut taken, &mut next)))
        .collect()
}

fn is_code(code: &str) -> bool {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    !code.is_empty() && code.chars().count() <= CODE_CHARS_MAX && code.chars().all(plain)
}

fn next_free(taken: &mut BTreeSet<String>, next: &mut u32) -> String {
    loop {
        let code = format!("X{next:02}");
        *next += 1;
        if taken.insert(code.to_lowercase()) {
            return code;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn coded(codes: &[&str]) -> Vec<CaseRecord> {
        codes
            .iter()
            .map(|c| CaseRecord {
                code: (*c).into(),
                ..CaseRecord::default()
            })
            .collect()
    }

    #[test]
    fn r32_a_code_of_the_list_stays_where_it_is_free() {
        let records = coded(&["N01", "N02", "", "n02", "not a code at all", "X01"]);
        let codes = assign_codes(["N01", "X02"], &records);
        assert_eq!(codes, ["X03", "N02", "X04", "X05", "X06", "X01"]);
    }
}
