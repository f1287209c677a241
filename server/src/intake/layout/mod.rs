//! Where in a sheet the list lies: its header, of one row or two, below titles or on its side; and which rows below are
//! cases rather than totals, footnotes, headings or one case on several rows.

mod header;
mod rows;

pub use rows::{Kind, kind_of_row};

use super::sheet::{Merge, Sheet, first_chars};
use super::{Row, columns, warn};
use samverk_shared::import::{Layout, SheetChoices, Warning, WarningKind};
use samverk_shared::limits::IMPORT_COLUMNS_MAX;
use std::collections::BTreeMap;

/// A heading of one row, or of two: «Aktører» above «Offentlige».
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Heading {
    /// What stands above several columns, or nothing.
    pub group: String,
    /// What stands above this one.
    pub own: String,
}

impl Heading {
    /// Both, as the plan shows them.
    pub fn written(&self) -> String {
        match (self.group.is_empty(), self.own.is_empty()) {
            (true, _) => self.own.clone(),
            (_, true) => self.group.clone(),
            _ => format!("{} / {}", self.group, self.own),
        }
    }
}

/// The list in a sheet.
#[derive(Debug, Default)]
pub struct Table {
    /// How the cases lie.
    pub layout: Layout,
    /// The first row of the header.
    pub header_row: Option<u32>,
    /// By column, from 1; also of columns that have cells and no heading.
    pub headings: BTreeMap<u32, Heading>,
    /// The rows below the header, merged cells filled downwards.
    pub rows: Vec<Row>,
    /// Merged cells among those rows.
    pub merges: Vec<Merge>,
}

/// The list in a sheet, or nothing where no row names cases. Rows above its header are named in warnings.
pub fn table(sheet: &Sheet, choices: Option<&SheetChoices>, warnings: &mut Vec<Warning>) -> Option<Table> {
    let given = choices.and_then(|c| c.header_row);
    let upright = match given {
        Some(row) => header::at(sheet, row),
        None => header::find(sheet),
    };
    let lying = if given.is_none() && can_be_turned(sheet) {
        Some(sheet.turned())
    } else {
        None
    };
    let turned = lying
        .as_ref()
        .and_then(|lying| header::find(lying).map(|found| (lying, found)));
    let (sheet, found) = match (upright, turned) {
        (Some(up), Some((_, side))) if up.score >= side.score => (sheet, up),
        (_, Some((lying, side))) if side.score >= header::TURNED_SCORE_MIN => {
            warn(
                warnings,
                WarningKind::ColumnsTurned,
                None,
                None,
                sheet.name.clone(),
            );
            (lying, side)
        }
        (Some(up), _) => (sheet, up),
        _ => return None,
    };
    for row in &sheet.rows[..found.at] {
        warn(
            warnings,
            WarningKind::AboveHeader,
            Some(row.number),
            None,
            whole(row),
        );
    }
    Some(below(sheet, &found))
}

/// A list with one column a case has few rows of labels.
fn can_be_turned(sheet: &Sheet) -> bool {
    const LABELS_MAX: u32 = 100;
    sheet.layout == Layout::Rows
        && sheet.rows.last().is_some_and(|row| row.number <= LABELS_MAX)
        && sheet.rows.len() <= IMPORT_COLUMNS_MAX
}

fn below(sheet: &Sheet, found: &header::Header) -> Table {
    let first = found.at + found.rows;
    let mut headings = found.headings.clone();
    let mut rows: Vec<Row> = sheet.rows[first..].to_vec();
    let last_of_header = sheet.rows[first - 1].number;
    let merges: Vec<Merge> = sheet
        .merges
        .iter()
        .filter(|m| m.rows.0 > last_of_header)
        .copied()
        .collect();
    for number in rows.iter().flat_map(|row| row.cells.keys()) {
        headings.entry(*number).or_default();
    }
    fill_down(&mut rows, &merges, &headings);
    Table {
        layout: sheet.layout,
        header_row: Some(sheet.rows[found.at].number),
        headings,
        rows,
        merges,
    }
}

/// A cell merged over several rows says the same of each; not a name or a code, which say that they are one case.
fn fill_down(rows: &mut [Row], merges: &[Merge], headings: &BTreeMap<u32, Heading>) {
    for merge in merges.iter().filter(|m| m.rows.1 > m.rows.0) {
        let names_case = headings
            .get(&merge.columns.0)
            .and_then(|h| columns::target(&h.written()))
            .is_some_and(|p| p.target.is_name() || p.target == columns::Target::Code);
        let from = rows.partition_point(|row| row.number < merge.rows.0);
        let Some(text) = rows
            .get(from)
            .filter(|row| row.number == merge.rows.0)
            .and_then(|row| row.cells.get(&merge.columns.0).cloned())
        else {
            continue;
        };
        if names_case {
            continue;
        }
        for row in rows[from..]
            .iter_mut()
            .take_while(|row| row.number <= merge.rows.1)
        {
            row.cells.entry(merge.columns.0).or_insert_with(|| text.clone());
        }
    }
}

/// All cells of a row that makes no case, so that a warning can hold them.
pub fn whole(row: &Row) -> String {
    const CHARS_MAX: usize = 2_000;
    let text: Vec<&str> = row.cells.values().map(String::as_str).collect();
    let text = text.join(" | ");
    if text.chars().count() > CHARS_MAX {
        format!("{}…", first_chars(&text))
    } else {
        text
    }
}
