//! What comes in from other people's lists: records of cases, their codes, and the report of an import.

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

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

/// What an import found, or would do: the answer of a dry run.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ImportReport {
    /// One for each sheet of each file.
    pub sheets: Vec<SheetReport>,
    /// Rows with anything in them, header rows not counted.
    pub rows: u32,
    /// Cases they make.
    pub cases: u32,
    /// Rows that make none; a warning says why.
    pub skipped: u32,
}

impl ImportReport {
    /// The report of these sheets.
    pub fn of(sheets: Vec<SheetReport>) -> Self {
        let total = |count: fn(&SheetReport) -> u32| sheets.iter().map(count).sum();
        let (rows, skipped) = (total(|s| s.rows), total(|s| s.skipped));
        let cases = sheets.iter().map(|s| s.records.len() as u32).sum();
        ImportReport {
            sheets,
            rows,
            cases,
            skipped,
        }
    }

    /// The records of all sheets, in order.
    pub fn records(&self) -> impl Iterator<Item = &CaseRecord> {
        self.sheets.iter().flat_map(|s| &s.records)
    }
}

/// What was found in one sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SheetReport {
    /// The file's name.
    pub file: String,
    /// The sheet's name; the file's own for one that is a single sheet.
    pub name: String,
    /// Row of the header, from 1; none was found where it is missing.
    pub header_row: Option<u32>,
    /// How the columns were understood.
    pub columns: Vec<ColumnReport>,
    /// The cases.
    pub records: Vec<CaseRecord>,
    /// Rows that may be the same case as another.
    pub duplicates: Vec<Duplicate>,
    /// What somebody should look at.
    pub warnings: Vec<Warning>,
    /// Rows with anything in them, below the header.
    pub rows: u32,
    /// Rows that make no case.
    pub skipped: u32,
    /// How the bytes were read as letters: "UTF-8", "windows-1252", …; empty for a workbook.
    pub encoding: String,
}

/// How one column was understood.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ColumnReport {
    /// From 1.
    pub column: u32,
    /// Its heading as it stands.
    pub header: String,
    /// The field it fills (`name`, `parties.forskning`, `codings.scope`); none where it goes to `extra`.
    pub target: Option<String>,
}

/// Two records that may be the same case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Duplicate {
    pub row: u32,
    pub of_row: u32,
    /// What they have in common.
    pub by: DuplicateBy,
    pub value: String,
}

/// What two records have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum DuplicateBy {
    Code,
    Name,
}

/// Something in a list that somebody should look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// What it is; the words for it are the client's.
    pub kind: WarningKind,
    /// Row in the sheet, from 1.
    pub row: Option<u32>,
    /// The column's heading.
    pub column: Option<String>,
    /// What stood there.
    pub value: String,
}

/// What a warning is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WarningKind {
    /// The sheet has no column for the name of a case: nothing was taken from it.
    NoCases,
    /// The row has no name: no case was made of it.
    NoName,
    /// Not a value of the characteristic or field; kept in `extra`.
    UnknownValue,
    /// More than one value where one is allowed; the cell is kept in `extra`.
    ManyValues,
    /// Not a year; kept as words in `period`.
    NotAYear,
    /// It ends before it begins.
    EndsBeforeStart,
    /// No field takes this column; kept in `extra`.
    UnknownColumn,
    /// Two columns are headed alike; both are kept.
    SameColumn,
    /// Letters that do not exist in the encoding were replaced.
    Encoding,
    /// A cell shows an error of the workbook; read as blank.
    CellError,
    /// A text was longer than a cell may be, or a list of parties than a case takes; it was cut.
    Cut,
    /// Origin is blank; it was read from the country.
    OriginFromCountry,
    /// A quotation mark is never closed: this last row may hold what were rows of their own.
    OpenQuote,
}

impl WarningKind {
    /// All kinds.
    pub const ALL: &[WarningKind] = &[
        WarningKind::NoCases,
        WarningKind::NoName,
        WarningKind::UnknownValue,
        WarningKind::ManyValues,
        WarningKind::NotAYear,
        WarningKind::EndsBeforeStart,
        WarningKind::UnknownColumn,
        WarningKind::SameColumn,
        WarningKind::Encoding,
        WarningKind::CellError,
        WarningKind::Cut,
        WarningKind::OriginFromCountry,
        WarningKind::OpenQuote,
    ];
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
