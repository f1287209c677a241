//! What a row below the header is.

use super::super::values::folded;
use super::{Row, Table};

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A case.
    Case,
    /// The rest of the case above: the cell with its name is merged over both.
    Rest,
    /// A sum of the rows above.
    Total,
    /// A footnote, a source, a date of printing.
    Note,
    /// A heading within the list.
    Section,
    /// The header again.
    Header,
}

const TOTALS: [&str; 12] = [
    "sum",
    "total",
    "totalt",
    "totals",
    "i alt",
    "til sammen",
    "tilsammen",
    "antall",
    "summer",
    "delsum",
    "subtotal",
    "gjennomsnitt",
];
const NOTES: [&str; 14] = [
    "kilde:",
    "kilder:",
    "kjelde:",
    "source:",
    "sources:",
    "merk:",
    "merknad:",
    "note:",
    "nb!",
    "nb:",
    "fotnote",
    "sist oppdatert",
    "oppdatert ",
    "last updated",
];
const MARKS: [char; 6] = ['*', '¹', '²', '³', '†', '‡'];

/// What a row is; `name` is the column that names cases.
pub fn kind_of_row(row: &Row, table: &Table, name: Option<u32>) -> Kind {
    let covers = |m: &&super::Merge| m.rows.0 < row.number && row.number <= m.rows.1;
    if name.is_some_and(|name| table.merges.iter().filter(covers).any(|m| m.columns.0 == name))
        && name.is_some_and(|name| !row.cells.contains_key(&name))
    {
        return Kind::Rest;
    }
    let Some((first_column, first)) = row.cells.iter().next() else {
        return Kind::Case;
    };
    if repeats_header(row, table) {
        return Kind::Header;
    }
    let words = folded(first);
    let has_other_name = name.is_some_and(|name| name != *first_column && row.cells.contains_key(&name));
    if is_total(&words) && !has_other_name && only_numbers_beside(row, *first_column) {
        return Kind::Total;
    }
    if row.cells.len() > 1 {
        return Kind::Case;
    }
    if first.starts_with(MARKS) || is_numbered_note(first) || NOTES.iter().any(|n| words.starts_with(n)) {
        return Kind::Note;
    }
    let spans = |m: &&super::Merge| {
        m.rows.0 == row.number && m.columns.0 == *first_column && m.columns.1 > m.columns.0 + 1
    };
    if table.merges.iter().any(|m| spans(&m)) {
        return Kind::Section;
    }
    Kind::Case
}

/// «Sum», «Antall: 34», «Totalt 48 eksempler».
fn is_total(words: &str) -> bool {
    let first = words.trim_end_matches(':');
    TOTALS.iter().any(|total| {
        first == *total
            || first.strip_prefix(total).is_some_and(|rest| {
                rest.starts_with([' ', ':'])
                    && rest.chars().any(|c| c.is_ascii_digit())
                    && rest.chars().count() < 30
            })
    })
}

fn only_numbers_beside(row: &Row, first_column: u32) -> bool {
    let is_number = |cell: &String| {
        cell.chars()
            .all(|c| c.is_ascii_digit() || " .,-%kr\u{a0}".contains(c))
            || folded(cell).split(' ').any(|word| word.parse::<f64>().is_ok())
    };
    row.cells
        .iter()
        .filter(|(column, _)| **column != first_column)
        .all(|(_, cell)| is_number(cell))
}

/// «1) Tall fra 2018.»
fn is_numbered_note(text: &str) -> bool {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < text.len() && rest.starts_with(") ")
}

fn repeats_header(row: &Row, table: &Table) -> bool {
    let same = |column: &u32, cell: &String| {
        table
            .headings
            .get(column)
            .is_some_and(|heading| heading.own == *cell || heading.group == *cell)
    };
    row.cells.len() >= 2 && row.cells.iter().all(|(column, cell)| same(column, cell))
}
