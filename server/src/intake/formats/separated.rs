//! Reads text with separators: commas, semicolons, tabs or bars; quoted cells may hold line breaks.

use super::super::sheet::Budget;
use super::super::{IntakeError, Sheet, columns, warn};
use super::letters;
use samverk_shared::import::{BEGINS_FORMULA, WarningKind};
use samverk_shared::limits::IMPORT_HEADER_ROWS_MAX;

const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// A byte that stands in no text.
const NO_SEPARATOR: u8 = 0x1f;

/// The one sheet of a text file.
pub fn read(file_name: &str, bytes: &[u8]) -> Result<Sheet, IntakeError> {
    let letters = letters::read(bytes);
    if letters.text.contains('\0') {
        return Err(IntakeError::NotAList);
    }
    if letters.text.trim().is_empty() {
        return Err(IntakeError::Empty);
    }
    if is_web_page(&letters.text) {
        return Err(IntakeError::WebPage);
    }
    if letters.text.starts_with("%PDF-") || letters.text.starts_with("{\\rtf") {
        return Err(IntakeError::NotAList);
    }
    let text = with_line_feeds(letters.text);
    let named = named_separator(&text);
    let separator = named.unwrap_or_else(|| likely_separator(&text));
    let name = file_name.to_owned();
    let encoding = letters.encoding.to_owned();
    let mut sheet = Sheet {
        file: name.clone(),
        name,
        encoding,
        ..Sheet::default()
    };
    let met = [
        (letters.replaced, WarningKind::Encoding),
        (letters.repaired, WarningKind::Repaired),
    ];
    for (_, kind) in met.into_iter().filter(|(met, _)| *met) {
        warn(&mut sheet.warnings, kind, None, None, letters.encoding.to_owned());
    }
    fill(&mut sheet, &text, separator, named.is_some())?;
    Ok(sheet)
}

/// Some programs write a table of the web and call it a workbook.
fn is_web_page(text: &str) -> bool {
    let start: String = text
        .trim_start()
        .chars()
        .take(200)
        .collect::<String>()
        .to_lowercase();
    start.starts_with('<')
        && ["<html", "<!doctype html", "<table", "<meta"]
            .iter()
            .any(|tag| start.contains(tag))
}

/// One kind of line break, and one after the last line, so that lines can be counted.
fn with_line_feeds(text: String) -> String {
    let mut text = if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text
    };
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

/// The separator of the line `sep=;` that spreadsheet programs put first.
fn named_separator(text: &str) -> Option<u8> {
    match text.lines().next()?.as_bytes() {
        [b's', b'e', b'p', b'=', separator] if SEPARATORS.contains(separator) => Some(*separator),
        _ => None,
    }
}

/// The separator by which some row near the top has the most headings that are known and then the most cells, or,
/// where none is known, by which the first rows have the most cells. A list of one column has none, whatever stands in
/// its cells.
fn likely_separator(text: &str) -> u8 {
    let score = |separator: &u8| {
        let rows = reader(text, *separator)
            .into_records()
            .take(IMPORT_HEADER_ROWS_MAX)
            .flatten();
        let counts = rows.map(|row| (columns::known(row.iter()), row.len()));
        counts
            .max_by_key(|(known, cells)| (*known, *cells))
            .unwrap_or_default()
    };
    let mut best = (SEPARATORS[0], (0, 0));
    for separator in SEPARATORS {
        let found = score(&separator);
        if found > best.1 {
            best = (separator, found);
        }
    }
    match best {
        (_, (1, 1)) => NO_SEPARATOR,
        (separator, _) => separator,
    }
}

fn reader(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
}

/// The words of a cell that our own export made safe by an apostrophe (`crate::exports`).
fn unsafed(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(BEGINS_FORMULA) => rest,
        _ => cell,
    }
}

fn fill(sheet: &mut Sheet, text: &str, separator: u8, skips_first: bool) -> Result<(), IntakeError> {
    let mut budget = Budget::default();
    let mut rows = reader(text, separator);
    let mut record = csv::StringRecord::new();
    // A row of the sheet is a line of the text, less the line breaks within cells; blank lines are rows.
    let mut breaks_within = 0;
    let (mut last_row, mut last_has_breaks) = (0, false);
    while rows.read_record(&mut record).map_err(|_| IntakeError::NotAList)? {
        breaks_within += record
            .iter()
            .map(|cell| cell.matches('\n').count() as u64)
            .sum::<u64>();
        // A last row whose quotation mark is never closed has no line end of its own.
        let row = rows
            .position()
            .line()
            .saturating_sub(1 + breaks_within)
            .max(last_row + 1);
        let is_named_separator = skips_first && row == 1;
        for (column, cell) in record.iter().enumerate().filter(|_| !is_named_separator) {
            budget.take(sheet, row, column as u64 + 1, unsafed(cell))?;
        }
        (last_row, last_has_breaks) = (row, record.iter().any(|cell| cell.contains('\n')));
    }
    if last_has_breaks && text.matches('"').count() % 2 == 1 {
        let row = u32::try_from(last_row).ok();
        warn(
            &mut sheet.warnings,
            WarningKind::OpenQuote,
            row,
            None,
            String::new(),
        );
    }
    Ok(())
}
