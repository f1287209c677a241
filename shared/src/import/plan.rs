//! The plan of an import: what each sheet was understood as, before anything is changed.

use super::cells::Cell;
use super::words::{
    ColumnReason, Confidence, DoubtKind, DuplicateBy, Layout, Refusal, TwinAnswer, ValueReason, WarningKind,
};
use super::{CaseRecord, SavedMapping};
use crate::limits::IMPORT_JOINS_MAX;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What an import would do: the answer of a dry run.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ImportPlan {
    /// One for each sheet of each file.
    pub sheets: Vec<SheetPlan>,
    /// Files that could not be read; the others are there all the same.
    pub refused: Vec<RefusedFile>,
    /// Rows with anything in them, header rows not counted.
    pub rows: u32,
    /// Cases they make.
    pub cases: u32,
    /// Rows that make none; a warning says why.
    pub skipped: u32,
    /// Cases of the workshop that get something: `IMPORT_JOINS_MAX` at most.
    pub updated: u32,
    /// Those that get theirs only when the lists come once more.
    pub waiting: u32,
    /// Fields of those that were changed by somebody else in the meantime, and were left as they are.
    pub left: u32,
}

impl ImportPlan {
    /// The plan of these sheets.
    pub fn of(sheets: Vec<SheetPlan>) -> Self {
        let total = |count: fn(&SheetPlan) -> u32| sheets.iter().map(count).sum();
        let changing: u32 = total(|s| s.joins.iter().filter(|join| join.changes()).count() as u32);
        let updated = changing.min(IMPORT_JOINS_MAX as u32);
        ImportPlan {
            rows: total(|s| s.rows),
            skipped: total(|s| s.skipped),
            cases: total(|s| s.records.len() as u32),
            updated,
            waiting: changing - updated,
            left: 0,
            refused: Vec::new(),
            sheets,
        }
    }

    /// What is worth remembering of the sheets that made cases.
    pub fn mappings(&self) -> Vec<SavedMapping> {
        let took = |sheet: &&SheetPlan| !sheet.records.is_empty() || sheet.joins.iter().any(Join::changes);
        let made_cases = self.sheets.iter().filter(took);
        made_cases.map(|sheet| sheet.mapping(&sheet.file)).collect()
    }

    /// The records of all sheets, in order.
    pub fn records(&self) -> impl Iterator<Item = &CaseRecord> {
        self.sheets.iter().flat_map(|s| &s.records)
    }
}

/// A file that is no list that can be read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct RefusedFile {
    /// Its name.
    pub file: String,
    /// Why.
    pub why: Refusal,
    /// What is wrong with it, and what to do, for who runs the command line.
    pub problem: String,
}

/// What was found in one sheet.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SheetPlan {
    /// The file's name.
    pub file: String,
    /// The sheet's name; the file's own for one that is a single sheet.
    pub name: String,
    /// How the cases lie.
    pub layout: Layout,
    /// Row of the header, or the first of its two, from 1; none was found where it is missing.
    pub header_row: Option<u32>,
    /// How the bytes were read as letters: "UTF-8", "windows-1252", …; empty for a workbook.
    pub encoding: String,
    /// The same for lists with the same headings; by it a list is known again.
    pub fingerprint: String,
    /// How the columns were understood.
    pub columns: Vec<ColumnPlan>,
    /// What the words of the coded columns were taken for, each once.
    pub values: Vec<ValuePlan>,
    /// The cases.
    pub records: Vec<CaseRecord>,
    /// Cells whose reading somebody should look at.
    pub doubts: Vec<Doubt>,
    /// Cases that may be the same as another.
    pub duplicates: Vec<Duplicate>,
    /// Rows, columns and sheets somebody should look at.
    pub warnings: Vec<Warning>,
    /// Rows whose case is in the workshop already, by its whole name or since the list told of it before: they make none,
    /// unless that was chosen.
    pub known: Vec<u32>,
    /// Rows beside the case they are, or may be; the first such case of each row.
    pub joins: Vec<Join>,
    /// The list that came before and of which this is a new edition.
    pub edition_of: Option<String>,
    /// Lists that came before which it may be a new edition of.
    pub editions: Vec<String>,
    /// Rows with anything in them, below the header.
    pub rows: u32,
    /// Rows that make no case.
    pub skipped: u32,
}

impl SheetPlan {
    /// What is worth remembering for the next list with these headings.
    pub fn mapping(&self, contributor: &str) -> SavedMapping {
        let mut values: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        for value in self.values.iter().filter(|v| v.used) {
            let key = value.key.clone().unwrap_or_default();
            let of_field = values.entry(value.field.clone()).or_default();
            of_field.insert(value.original.clone(), key);
        }
        let target = |c: &ColumnPlan| c.target.clone().unwrap_or_else(|| "extra".into());
        SavedMapping {
            contributor: contributor.to_owned(),
            fingerprint: self.fingerprint.clone(),
            columns: self
                .columns
                .iter()
                .map(|c| (c.header.clone(), target(c)))
                .collect(),
            values,
        }
    }
}

/// How one column was understood.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ColumnPlan {
    /// From 1.
    pub column: u32,
    /// Its heading as it stands; of a header of two rows, both.
    pub header: String,
    /// The first cells below it that differ, cut.
    pub examples: Vec<String>,
    /// The field it fills (`name`, `parties.forskning`, `codings.scope`), or `ignore`; none where it goes to `extra`.
    pub target: Option<String>,
    /// How sure that is.
    pub confidence: Confidence,
    /// Why.
    pub reason: ColumnReason,
}

/// What a word of a coded column was taken for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ValuePlan {
    /// `codings.scope`, `level`, `status`, `origin`, or `parties` for names whose actor group is asked for.
    pub field: String,
    /// As it stands in the list.
    pub original: String,
    /// Cells it stands in.
    pub cells: u32,
    /// The value that is proposed, or none; empty says that there is to be no value.
    pub key: Option<String>,
    /// How sure that is.
    pub confidence: Confidence,
    /// Why.
    pub reason: ValueReason,
    /// Whether the records have it.
    pub used: bool,
}

/// A cell whose reading somebody should look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doubt {
    /// Row in the sheet, from 1.
    pub row: u32,
    /// The column's heading.
    pub column: String,
    /// What stands there.
    pub original: String,
    /// What it was read as, or would be; empty where it was read as nothing.
    pub read_as: String,
    /// What is doubtful about it.
    pub why: DoubtKind,
}

/// A case that may be the same as another; nothing is merged by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duplicate {
    /// Row in the sheet, from 1.
    pub row: u32,
    /// What the case is called there.
    pub name: String,
    /// The other.
    pub of: Twin,
    /// What they have in common.
    pub by: DuplicateBy,
    /// How alike they are, in hundredths.
    pub score: u32,
}

/// A row beside a case that it is, or may be, and what it brings to it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Join {
    /// Row in the sheet, from 1.
    pub row: u32,
    /// What the case is called there.
    pub name: String,
    /// The other.
    pub of: Twin,
    /// What they have in common.
    pub by: DuplicateBy,
    /// How alike they are, in hundredths.
    pub score: u32,
    /// Whether they are the same, as somebody said or as it is proposed.
    pub answer: TwinAnswer,
    /// The list is new to the case, and becomes one more of those it comes from.
    pub new_list: bool,
    /// The list told of the case before.
    pub edition: bool,
    /// The fields where they are not the same.
    pub cells: Vec<Cell>,
    /// What the list says, for who brings it in.
    #[serde(skip)]
    pub record: CaseRecord,
    /// What stands in the case, for who brings it in.
    #[serde(skip)]
    pub here: super::cells::Sayings,
}

impl Join {
    /// They are the same, and the case in the workshop gets something.
    pub fn changes(&self) -> bool {
        let gets = self.new_list || !super::cells::puts(&self.cells, &self.here).is_empty();
        self.answer == TwinAnswer::Same && !self.of.case.is_empty() && gets
    }
}

/// The other of two that may be the same.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Twin {
    /// What it is called.
    pub name: String,
    /// The list it stands in; empty for one that is in the workshop already.
    pub list: String,
    /// Row in that list, from 1; 0 for one that is in the workshop already.
    pub row: u32,
    /// The code of the case in the workshop, or empty.
    pub case: String,
}

/// Something in a list that somebody should look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// What it is.
    pub kind: WarningKind,
    /// Row in the sheet, from 1.
    pub row: Option<u32>,
    /// The column's heading.
    pub column: Option<String>,
    /// What stood there.
    pub value: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r35_what_one_import_cannot_bring_is_counted() {
        let join = Join {
            of: Twin {
                case: "C-1".into(),
                ..Twin::default()
            },
            answer: TwinAnswer::Same,
            new_list: true,
            ..Join::default()
        };
        let counts = |joins| {
            let plan = ImportPlan::of(vec![SheetPlan {
                joins: vec![join.clone(); joins],
                ..SheetPlan::default()
            }]);
            (plan.updated as usize, plan.waiting)
        };
        assert_eq!(counts(2), (2, 0));
        assert_eq!(counts(IMPORT_JOINS_MAX + 2), (IMPORT_JOINS_MAX, 2));
    }
}
