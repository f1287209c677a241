//! A sheet to the plan of it: its table, its columns, and each row to the record of a case.

mod coded;
mod reading;

use super::columns::{self, Columns, Headings, Target};
use super::layout::{self, Kind, Table, kind_of_row};
use super::values::{Vocabulary, lists};
use super::{Row, Sheet, warn};
use reading::Reading;
use samverk_shared::import::{
    CaseRecord, ColumnPlan, Doubt, DoubtKind, SavedMapping, SheetChoices, SheetPlan, WarningKind,
};
use samverk_shared::limits::IMPORT_DOUBTS_MAX;
use std::collections::BTreeSet;

/// What a sheet holds. `several` says that its file has other sheets, so that provenance names this one.
pub fn understand(
    sheet: &Sheet,
    several: bool,
    choices: Option<&SheetChoices>,
    mappings: &[SavedMapping],
    known: &Headings<'_>,
) -> SheetPlan {
    let mut plan = SheetPlan {
        file: sheet.file.clone(),
        name: sheet.name.clone(),
        encoding: sheet.encoding.clone(),
        warnings: sheet.warnings.clone(),
        ..SheetPlan::default()
    };
    let Some(table) = layout::table(sheet, choices, &mut plan.warnings) else {
        warn(
            &mut plan.warnings,
            WarningKind::NoCases,
            None,
            None,
            plan.name.clone(),
        );
        return plan;
    };
    let headings: Vec<String> = table.headings.values().map(layout::Heading::written).collect();
    plan.fingerprint = columns::fingerprint(headings.iter().map(String::as_str));
    plan.layout = table.layout;
    plan.header_row = table.header_row;
    let saved = mappings.iter().rev().find(|m| m.fingerprint == plan.fingerprint);
    let columns = columns::propose(&table, known, choices, saved, &mut plan.warnings);
    plan.columns = columns
        .iter()
        .map(|(number, column)| with_examples(&table, column.plan(*number)))
        .collect();
    let list = if several {
        format!("{} / {}", plan.file, plan.name)
    } else {
        plan.file.clone()
    };
    let mut rows = Rows {
        names: names_alone(&table, &columns),
        columns: &columns,
        list,
        words: Vocabulary::new(choices, saved),
        plan: &mut plan,
    };
    rows.read(&table);
    plan.values = rows.words.plans();
    plan
}

/// Shows a column's first cells that differ; of one that is left out, as one about persons is, none.
fn with_examples(table: &Table, plan: ColumnPlan) -> ColumnPlan {
    let left_out = plan.target.as_deref() == Some("ignore");
    let examples = if left_out {
        Vec::new()
    } else {
        examples(table, plan.column)
    };
    ColumnPlan { examples, ..plan }
}

fn examples(table: &Table, column: u32) -> Vec<String> {
    const EXAMPLES_MAX: usize = 3;
    const CHARS_MAX: usize = 60;
    let mut found: Vec<String> = Vec::new();
    for cell in table.rows.iter().filter_map(|row| row.cells.get(&column)) {
        let cut: String = cell.chars().take(CHARS_MAX).collect();
        if !found.contains(&cut) {
            found.push(cut);
        }
        if found.len() == EXAMPLES_MAX {
            break;
        }
    }
    found
}

/// Reads rows into a plan.
struct Rows<'a> {
    columns: &'a Columns<'a>,
    /// Names of organisations that stand alone in some cell.
    names: BTreeSet<String>,
    list: String,
    words: Vocabulary<'a>,
    plan: &'a mut SheetPlan,
}

impl Rows<'_> {
    fn read(&mut self, table: &Table) {
        let name = self
            .columns
            .iter()
            .find(|(_, c)| c.target.is_some_and(Target::is_name))
            .map(|(number, _)| *number);
        if name.is_none() {
            warn(
                &mut self.plan.warnings,
                WarningKind::NoCases,
                None,
                None,
                self.plan.name.clone(),
            );
        }
        let mut waiting: Option<Row> = None;
        for row in &table.rows {
            let kind = kind_of_row(row, table, name);
            if kind == Kind::Rest
                && let Some(first) = &mut waiting
            {
                join(first, row);
                self.warn_of(WarningKind::JoinedRow, row);
                self.plan.rows += 1;
                continue;
            }
            if let Some(row) = waiting.take() {
                self.case(&row);
            }
            self.plan.rows += 1;
            let kind = match kind {
                Kind::Case | Kind::Rest => {
                    waiting = Some(row.clone());
                    continue;
                }
                Kind::Total => WarningKind::TotalRow,
                Kind::Note => WarningKind::NoteRow,
                Kind::Section => WarningKind::SectionRow,
                Kind::Header => WarningKind::RepeatedHeader,
            };
            self.plan.skipped += 1;
            self.warn_of(kind, row);
        }
        if let Some(row) = waiting {
            self.case(&row);
        }
    }

    fn case(&mut self, row: &Row) {
        match Reading::of(row, self).record() {
            Some(record) => self.plan.records.push(record),
            None => {
                self.plan.skipped += 1;
                self.warn_of(WarningKind::NoName, row);
            }
        }
    }

    fn warn_of(&mut self, kind: WarningKind, row: &Row) {
        warn(
            &mut self.plan.warnings,
            kind,
            Some(row.number),
            None,
            layout::whole(row),
        );
    }

    /// Notes a doubt while there is room for more.
    fn doubt(&mut self, row: u32, column: &str, original: &str, read_as: String, why: DoubtKind) {
        if self.plan.doubts.len() < IMPORT_DOUBTS_MAX {
            let (column, original) = (column.to_owned(), original.to_owned());
            self.plan.doubts.push(Doubt {
                row,
                column,
                original,
                read_as,
                why,
            });
        } else if self.plan.doubts.len() == IMPORT_DOUBTS_MAX
            && !self.plan.warnings.iter().any(|w| w.kind == WarningKind::More)
        {
            warn(
                &mut self.plan.warnings,
                WarningKind::More,
                None,
                None,
                String::new(),
            );
        }
    }
}

/// Cells of a row that is the rest of a case: what is new in them is added on a line of its own.
fn join(first: &mut Row, rest: &Row) {
    for (column, cell) in &rest.cells {
        let joined = first.cells.entry(*column).or_default();
        if !joined.lines().any(|line| line == cell) {
            if !joined.is_empty() {
                joined.push('\n');
            }
            joined.push_str(cell);
        }
    }
}

/// Names that stand alone in a cell of parties, or surely separate: they are whole wherever else they stand.
fn names_alone(table: &Table, columns: &Columns<'_>) -> BTreeSet<String> {
    let holds_parties = |target: Target<'_>| {
        matches!(
            target,
            Target::AnyParties | Target::PublicParties | Target::Parties(_)
        )
    };
    let of_parties: Vec<u32> = columns
        .iter()
        .filter(|(_, c)| c.target.is_some_and(holds_parties))
        .map(|(number, _)| *number)
        .collect();
    let cells = table
        .rows
        .iter()
        .flat_map(|row| of_parties.iter().filter_map(|number| row.cells.get(number)));
    let mut names = BTreeSet::new();
    for cell in cells {
        let items = lists::list(cell);
        let alone = items.len() == 1
            && !cell.contains([',', '/'])
            && ![" og ", " and ", " & "].iter().any(|w| cell.contains(w));
        if items.len() > 1 || alone {
            names.extend(items.into_iter().map(str::to_owned));
        }
    }
    names
}

/// An empty record of a row.
fn blank(row: &Row, list: &str) -> CaseRecord {
    CaseRecord {
        row: row.number,
        list: list.to_owned(),
        ..CaseRecord::default()
    }
}
