//! Workbooks: a sheet for each table, with its headings in sight.

use super::{Cell, Table};
use rust_xlsxwriter::{Format, FormatAlign, Workbook, Worksheet, XlsxError};

/// Characters a cell holds.
pub const CELL_CHARS_MAX: usize = 32_767;
/// Characters the name of a sheet may have.
const NAME_CHARS_MAX: usize = 31;
/// How wide a column is made at most; longer words are wrapped.
const WIDTH_MAX: usize = 48;
const WIDTH_MIN: usize = 6;

/// The tables as a workbook.
pub fn xlsx(tables: &[Table]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    for table in tables {
        fill(workbook.add_worksheet(), table)?;
    }
    workbook.save_to_buffer()
}

fn fill(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    let heading = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Top);
    let words = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    sheet.set_name(sheet_name(&table.name))?;
    for (column, name) in (0..).zip(&table.head) {
        sheet.write_string_with_format(0, column, cut(name), &heading)?;
        sheet.set_column_width(column, width(table, usize::from(column)) as f64)?;
    }
    for (row, cells) in (1..).zip(&table.rows) {
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Cell::Blank => continue,
                // As a string, so that it is never run.
                Cell::Text(text) => sheet.write_string_with_format(row, column, cut(text), &words)?,
                Cell::Number(number) => sheet.write_number_with_format(row, column, *number, &words)?,
            };
        }
    }
    sheet.set_freeze_panes(1, 0)?;
    if let (Some(last_column), Ok(last_row)) =
        (table.head.len().checked_sub(1), u32::try_from(table.rows.len()))
    {
        sheet.autofilter(0, 0, last_row, u16::try_from(last_column).unwrap_or(u16::MAX))?;
    }
    Ok(())
}

/// As wide as the longest word or the first rows need.
fn width(table: &Table, column: usize) -> usize {
    const ROWS_LOOKED_AT: usize = 200;
    let rows = table.rows.iter().take(ROWS_LOOKED_AT);
    let cells = rows.filter_map(|row| match row.get(column) {
        Some(Cell::Text(text)) => Some(text.chars().count()),
        Some(Cell::Number(number)) => Some(number.to_string().len()),
        _ => None,
    });
    let heading = table.head.get(column).map_or(0, |name| name.chars().count());
    // Room for the button of the filter.
    (cells.chain([heading + 3]).max().unwrap_or_default()).clamp(WIDTH_MIN, WIDTH_MAX)
}

/// A name that a sheet may have.
pub fn sheet_name(name: &str) -> String {
    let allowed = name.chars().filter(|c| !"[]:*?/\\'".contains(*c));
    allowed.take(NAME_CHARS_MAX).collect()
}

/// As much of a text as a cell holds, which counts as UTF-16 does.
fn cut(text: &str) -> String {
    let mut room = CELL_CHARS_MAX;
    let fits = |c: &char| match room.checked_sub(c.len_utf16()) {
        Some(left) => {
            room = left;
            true
        }
        None => false,
    };
    text.chars().take_while(fits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn f1_a_text_that_is_longer_than_a_cell_is_cut_and_a_name_is_made_fit() {
        let table = Table {
            rows: vec![vec![Cell::from("𝄞".repeat(CELL_CHARS_MAX))]],
            ..Table::new("Alt/om [dette] og mye mer enn et ark kan hete", ["=a"])
        };
        assert_eq!(
            cut("𝄞".repeat(CELL_CHARS_MAX).as_str()).chars().count(),
            CELL_CHARS_MAX / 2
        );
        assert!(xlsx(&[table]).is_ok());
    }
}
