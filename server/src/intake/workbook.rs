//! Reads .xlsx: cell by cell, for a workbook with two cells in opposite corners must not become a
//! rectangle in memory.

use super::{Budget, IntakeError, Sheet, warn};
use calamine::{DataRef, Reader, Xlsx, XlsxError};
use samverk_shared::import::WarningKind;
use samverk_shared::limits::IMPORT_SHEETS_MAX;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The sheets of a workbook whose archive was checked.
pub fn read(file_name: &str, bytes: &[u8]) -> Result<Vec<Sheet>, IntakeError> {
    // The bytes are a stranger's, and the reader is large: a panic in it is one more damaged file.
    catch_unwind(AssertUnwindSafe(|| sheets(file_name, bytes)))
        .unwrap_or_else(|_| Err(IntakeError::Workbook("its parts contradict each other".into())))
}

fn sheets(file_name: &str, bytes: &[u8]) -> Result<Vec<Sheet>, IntakeError> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let names = workbook.sheet_names();
    if names.len() > IMPORT_SHEETS_MAX {
        return Err(IntakeError::TooManySheets);
    }
    let mut budget = Budget::default();
    names
        .into_iter()
        .map(|name| one_sheet(&mut workbook, file_name, name, &mut budget))
        .collect()
}

fn one_sheet(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    file_name: &str,
    name: String,
    budget: &mut Budget,
) -> Result<Sheet, IntakeError> {
    let mut sheet = Sheet {
        file: file_name.to_owned(),
        name,
        ..Sheet::default()
    };
    let mut cells = match workbook.worksheet_cells_reader(&sheet.name) {
        Ok(cells) => cells,
        // A chart has no cells.
        Err(XlsxError::NotAWorksheet(_)) => return Ok(sheet),
        Err(error) => return Err(unreadable(error)),
    };
    while let Some(cell) = cells.next_cell().map_err(unreadable)? {
        let (row, column) = cell.get_position();
        let (row, column) = (u64::from(row) + 1, u64::from(column) + 1);
        if let DataRef::Error(error) = cell.get_value() {
            let row = u32::try_from(row).ok();
            warn(
                &mut sheet.warnings,
                WarningKind::CellError,
                row,
                None,
                error.to_string(),
            );
            continue;
        }
        budget.take(&mut sheet, row, column, &text(cell.get_value()))?;
    }
    in_order(&mut sheet);
    Ok(sheet)
}

/// A file may name its rows in any order, and one row twice.
fn in_order(sheet: &mut Sheet) {
    sheet.rows.sort_by_key(|row| row.number);
    let mut rows: Vec<super::Row> = Vec::with_capacity(sheet.rows.len());
    for row in std::mem::take(&mut sheet.rows) {
        match rows.last_mut() {
            Some(last) if last.number == row.number => last.cells.extend(row.cells),
            _ => rows.push(row),
        }
    }
    sheet.rows = rows;
}

/// A cell as a person would type it.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(yes) => if *yes { "ja" } else { "nei" }.to_owned(),
        DataRef::DateTime(time) if time.is_datetime() => {
            let (year, month, day, ..) = time.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        DataRef::DateTime(time) => time.as_f64().to_string(),
        DataRef::Error(_) | DataRef::Empty => String::new(),
    }
}

fn unreadable(error: XlsxError) -> IntakeError {
    IntakeError::Workbook(error.to_string())
}
