//! A sheet of cells as text, and the budget that every reader fills it through.

use super::{IntakeError, values, warn};
use samverk_shared::import::{Layout, Warning, WarningKind};
use samverk_shared::limits::{IMPORT_CELLS_MAX, IMPORT_COLUMNS_MAX, IMPORT_MERGES_MAX, IMPORT_ROWS_MAX};
use samverk_shared::limits::{IMPORT_SHEETS_MAX, IMPORT_TEXT_BYTES_MAX};
use std::collections::BTreeMap;

/// Cells of one sheet, as text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    /// The file's name.
    pub file: String,
    /// The sheet's name; the file's own where a file is one sheet.
    pub name: String,
    /// How the bytes were read as letters; empty for a workbook.
    pub encoding: String,
    /// How its reader has laid it out.
    pub layout: Layout,
    /// Rows with anything in them, in order.
    pub rows: Vec<Row>,
    /// Cells that are shown as one.
    pub merges: Vec<Merge>,
    /// What was met while reading.
    pub warnings: Vec<Warning>,
}

/// A row with anything in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// From 1.
    pub number: u32,
    /// Column, from 1, → its text; never blank.
    pub cells: BTreeMap<u32, String>,
}

/// Cells that are shown as one: rows and columns from 1, both ends within.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct Merge {
    pub rows: (u32, u32),
    pub columns: (u32, u32),
}

impl Sheet {
    /// An empty sheet.
    pub fn named(file: &str, name: String) -> Self {
        Sheet {
            file: file.to_owned(),
            name,
            ..Sheet::default()
        }
    }

    /// Notes a merge, as far as they are taken in.
    pub fn merge(&mut self, rows: (u32, u32), columns: (u32, u32)) {
        if self.merges.len() < IMPORT_MERGES_MAX {
            self.merges.push(Merge { rows, columns });
        }
    }

    /// A file may name its rows in any order, and one row twice.
    pub fn in_order(&mut self) {
        self.rows.sort_by_key(|row| row.number);
        let mut rows: Vec<Row> = Vec::with_capacity(self.rows.len());
        for row in std::mem::take(&mut self.rows) {
            match rows.last_mut() {
                Some(last) if last.number == row.number => last.cells.extend(row.cells),
                _ => rows.push(row),
            }
        }
        self.rows = rows;
    }

    /// The sheet with rows and columns in each other's place.
    pub fn turned(&self) -> Sheet {
        let mut columns: BTreeMap<u32, Row> = BTreeMap::new();
        for row in &self.rows {
            for (column, cell) in &row.cells {
                let turned = columns.entry(*column).or_insert_with(|| Row {
                    number: *column,
                    ..Row::default()
                });
                turned.cells.insert(row.number, cell.clone());
            }
        }
        Sheet {
            rows: columns.into_values().collect(),
            merges: self
                .merges
                .iter()
                .map(|m| Merge {
                    rows: m.columns,
                    columns: m.rows,
                })
                .collect(),
            layout: Layout::Columns,
            ..self.clone()
        }
    }
}

/// Counts what a file brings, across its sheets.
#[derive(Default)]
pub struct Budget {
    sheets: usize,
    cells: usize,
    text_bytes: usize,
}

impl Budget {
    /// Takes one more sheet.
    pub fn sheet(&mut self) -> Result<(), IntakeError> {
        self.sheets += 1;
        if self.sheets > IMPORT_SHEETS_MAX {
            return Err(IntakeError::TooManySheets);
        }
        Ok(())
    }

    /// Takes a cell into its row; blank ones are left out.
    pub fn take(&mut self, sheet: &mut Sheet, row: u64, column: u64, text: &str) -> Result<(), IntakeError> {
        let (text, cut) = values::clean(text);
        if text.is_empty() {
            return Ok(());
        }
        if row > IMPORT_ROWS_MAX as u64 {
            return Err(IntakeError::TooManyRows {
                sheet: sheet.name.clone(),
                row,
            });
        }
        if column > IMPORT_COLUMNS_MAX as u64 {
            return Err(IntakeError::TooManyColumns {
                sheet: sheet.name.clone(),
                column,
            });
        }
        self.cells += 1;
        self.text_bytes += text.len();
        if self.cells > IMPORT_CELLS_MAX {
            return Err(IntakeError::TooManyCells);
        }
        if self.text_bytes > IMPORT_TEXT_BYTES_MAX {
            return Err(IntakeError::TooMuchText);
        }
        let (row, column) = (row as u32, column as u32);
        if cut {
            warn(
                &mut sheet.warnings,
                WarningKind::Cut,
                Some(row),
                None,
                first_chars(&text),
            );
        }
        match sheet.rows.last_mut() {
            Some(last) if last.number == row => drop(last.cells.insert(column, text)),
            _ => sheet.rows.push(Row {
                number: row,
                cells: BTreeMap::from([(column, text)]),
            }),
        }
        Ok(())
    }
}

/// As much of a text as tells which it is.
pub fn first_chars(text: &str) -> String {
    text.chars().take(40).collect()
}
