//! Reads .xlsx: cell by cell, for a workbook with two cells in opposite corners must not become a
//! rectangle in memory.

use super::super::sheet::Budget;
use super::super::{IntakeError, Sheet, warn};
use calamine::{DataRef, Reader, Xlsx, XlsxError};
use samverk_shared::import::WarningKind;
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
    let mut budget = Budget::default();
    let names = workbook.sheet_names();
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
    budget.sheet()?;
    let mut sheet = Sheet::named(file_name, name);
    fill(workbook, &mut sheet, budget)?;
    sheet.in_order();
    for merged in workbook
        .merge_cells_by_sheet_name(&sheet.name)
        .unwrap_or_default()
    {
        let ((top, left), (bottom, right)) = (merged.start, merged.end);
        sheet.merge(
            (top.saturating_add(1), bottom.saturating_add(1)),
            (left.saturating_add(1), right.saturating_add(1)),
        );
    }
    Ok(sheet)
}

fn fill(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    sheet: &mut Sheet,
    budget: &mut Budget,
) -> Result<(), IntakeError> {
    let mut cells = match workbook.worksheet_cells_reader(&sheet.name) {
        Ok(cells) => cells,
        // A chart has no cells.
        Err(XlsxError::NotAWorksheet(_)) => return Ok(()),
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
        budget.take(sheet, row, column, &text(cell.get_value()))?;
    }
    Ok(())
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
