//! Other people's lists: files in, sheets of cells, then records of cases and a report of what came of it.
//!
//! Nothing is guessed in silence: what no field takes is kept in `extra`, and a warning says where.

mod actors;
mod archive;
mod columns;
mod letters;
mod records;
mod separated;
mod values;
mod workbook;

use samverk_shared::import::{ImportReport, SheetReport, Warning, WarningKind};
use samverk_shared::limits::{IMPORT_CELLS_MAX, IMPORT_COLUMNS_MAX, IMPORT_ROWS_MAX};
use samverk_shared::limits::{IMPORT_SHEETS_MAX, IMPORT_TEXT_BYTES_MAX, UPLOAD_BYTES_MAX};
use std::collections::BTreeMap;

pub use archive::ArchiveError;

/// Why a file is no list that can be read.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// More bytes than are taken in.
    #[error("the file is larger than {UPLOAD_BYTES_MAX} bytes; split it into several lists")]
    TooLarge,
    /// A workbook of the old binary kind, or one with a password: both have the same envelope.
    #[error("the workbook is of the old .xls kind or has a password; save it as .xlsx without one")]
    OldWorkbook,
    /// Neither a workbook nor text.
    #[error("the file is neither a workbook (.xlsx) nor text with separators (.csv)")]
    NotAList,
    /// The zip archive of the workbook cannot be opened safely.
    #[error("the workbook cannot be unpacked: {0}")]
    Archive(#[from] ArchiveError),
    /// The workbook's parts make no sense.
    #[error("the workbook cannot be read: {0}")]
    Workbook(String),
    /// More sheets than are taken in.
    #[error("the workbook has more than {IMPORT_SHEETS_MAX} sheets")]
    TooManySheets,
    /// A cell lies below the last row that is taken in.
    #[error("sheet {sheet} has a cell in row {row}; at most {IMPORT_ROWS_MAX} rows are taken in")]
    TooManyRows {
        /// Whose.
        sheet: String,
        /// Which row, from 1.
        row: u64,
    },
    /// A cell lies beyond the last column that is taken in.
    #[error("sheet {sheet} has a cell in column {column}; at most {IMPORT_COLUMNS_MAX} columns are taken in")]
    TooManyColumns {
        /// Whose.
        sheet: String,
        /// Which column, from 1.
        column: u64,
    },
    /// More filled cells than are taken in.
    #[error("the file has more than {IMPORT_CELLS_MAX} filled cells")]
    TooManyCells,
    /// More text than is taken in.
    #[error("the cells hold more than {IMPORT_TEXT_BYTES_MAX} bytes of text")]
    TooMuchText,
    /// The sheet that was asked for is not there.
    #[error("there is no sheet named {0}")]
    NoSheet(String),
}

/// Cells of one sheet, as text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    /// The file's name.
    pub file: String,
    /// The sheet's name; the file's own where a file is one sheet.
    pub name: String,
    /// How the bytes were read as letters; empty for a workbook.
    pub encoding: String,
    /// Rows with anything in them, in order.
    pub rows: Vec<Row>,
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

const ZIP: &[u8] = b"PK\x03\x04";
const OLE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// The sheets of a file: a workbook by its first bytes, else text with separators.
pub fn read(file_name: &str, bytes: &[u8]) -> Result<Vec<Sheet>, IntakeError> {
    if bytes.len() > UPLOAD_BYTES_MAX {
        return Err(IntakeError::TooLarge);
    }
    if bytes.starts_with(OLE) {
        return Err(IntakeError::OldWorkbook);
    }
    if bytes.starts_with(ZIP) {
        archive::check(bytes)?;
        return workbook::read(file_name, bytes);
    }
    separated::read(file_name, bytes).map(|sheet| vec![sheet])
}

/// What a file would give, sheet by sheet, or one sheet of it.
pub fn understand(
    file_name: &str,
    bytes: &[u8],
    only_sheet: Option<&str>,
) -> Result<Vec<SheetReport>, IntakeError> {
    let mut sheets = read(file_name, bytes)?;
    let several = sheets.len() > 1;
    if let Some(wanted) = only_sheet {
        sheets.retain(|s| s.name == wanted);
        if sheets.is_empty() {
            return Err(IntakeError::NoSheet(wanted.to_owned()));
        }
    }
    Ok(sheets
        .into_iter()
        .map(|sheet| records::understand(sheet, several))
        .collect())
}

/// What a file would give: the report of a dry run, whose records an import makes cases of.
pub fn report(file_name: &str, bytes: &[u8]) -> Result<ImportReport, IntakeError> {
    understand(file_name, bytes, None).map(ImportReport::of)
}

/// Counts what a file brings, across its sheets.
#[derive(Default)]
struct Budget {
    cells: usize,
    text_bytes: usize,
}

impl Budget {
    /// Takes a cell into its row; blank ones are left out.
    fn take(&mut self, sheet: &mut Sheet, row: u64, column: u64, text: &str) -> Result<(), IntakeError> {
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
                text.chars().take(40).collect(),
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

/// Adds a warning while there is room for more.
fn warn(
    warnings: &mut Vec<Warning>,
    kind: WarningKind,
    row: Option<u32>,
    column: Option<&str>,
    value: String,
) {
    if warnings.len() < samverk_shared::limits::IMPORT_WARNINGS_MAX {
        warnings.push(Warning {
            kind,
            row,
            column: column.map(str::to_owned),
            value,
        });
    }
}
