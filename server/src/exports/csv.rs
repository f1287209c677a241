//! CSV as offices open it: UTF-8 with a byte-order mark, semicolons, and no cell that a spreadsheet program would run.

use super::{Cell, Table};
use crate::language::Language;
use ::csv::{Terminator, WriterBuilder};
use samverk_shared::import::BEGINS_FORMULA;

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// The table as a file. Numbers have a comma for their point, but in English.
///
/// # Errors
/// A row has more or fewer cells than there are headings.
pub fn csv(table: &Table, language: Language) -> Result<Vec<u8>, ::csv::Error> {
    let mut out = BYTE_ORDER_MARK.to_vec();
    let mut writer = WriterBuilder::new()
        .delimiter(b';')
        .terminator(Terminator::CRLF)
        .from_writer(&mut out);
    let head = table.head.iter().map(|heading| safe(heading)).collect();
    let rows = table.rows.iter().map(|row| {
        let cells = row.iter().map(|cell| text(cell, language));
        cells.collect::<Vec<String>>()
    });
    for row in std::iter::once(head).chain(rows) {
        writer.write_record(&row)?;
    }
    drop(writer);
    Ok(out)
}

fn text(cell: &Cell, language: Language) -> String {
    match cell {
        Cell::Blank => String::new(),
        Cell::Text(text) => safe(text),
        Cell::Number(number) if language == Language::En => number.to_string(),
        Cell::Number(number) => number.to_string().replace('.', ","),
    }
}

/// Words that stay words: what would begin a formula gets an apostrophe before it, which our own importer takes away.
fn safe(text: &str) -> String {
    if text.starts_with(BEGINS_FORMULA) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(cells: Vec<Cell>, language: Language) -> String {
        let table = Table {
            rows: vec![cells],
            ..Table::new("t", ["a", "b"])
        };
        String::from_utf8(csv(&table, language).unwrap()).unwrap()
    }

    #[test]
    fn r32_a_file_has_a_mark_semicolons_and_the_readers_decimal_sign() {
        let cells = || vec![Cell::from("æ;\"ø\""), Cell::from(-0.5)];
        assert_eq!(
            lines(cells(), Language::Nb),
            "\u{feff}a;b\r\n\"æ;\"\"ø\"\"\";-0,5\r\n"
        );
        assert!(lines(cells(), Language::En).ends_with(";-0.5\r\n"));
    }

    #[test]
    fn f1_no_cell_begins_a_formula() {
        for evil in [
            "=1+1", "+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", "＝1", "＠x", "+47 22", "-2", "@SUM(A1)",
        ] {
            assert_eq!(safe(evil), format!("'{evil}"));
        }
        for plain in ["a=1", "'tis", "5-6", " =1", ""] {
            assert_eq!(safe(plain), plain);
        }
    }
}
