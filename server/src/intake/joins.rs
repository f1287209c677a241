//! Rows beside the cases they are, or may be: of other rows, and of the workshop. What somebody has answered counts; what
//! nobody has is proposed where the name is the very same or the same list told of the case before.

mod edition;

use samverk_shared::characteristic::Characteristics;
use samverk_shared::import::cells::{self, Cell, PARTIES, Sayings};
use samverk_shared::import::{
    CaseRecord, CellKind, Choices, Duplicate, DuplicateBy, Join, Known, SheetChoices, SheetPlan, Told, Twin,
    TwinAnswer,
};
use std::collections::{BTreeMap, BTreeSet};

/// What stands in the workshop.
#[derive(Clone, Copy)]
pub struct Standing<'a> {
    /// What its cases are coded by.
    pub set: &'a Characteristics,
    /// What stands in the cases of these codes.
    pub sayings: &'a dyn Fn(&BTreeSet<String>) -> BTreeMap<String, Sayings>,
}

impl<'a> Standing<'a> {
    /// Cases that are coded by this set, and of which nothing else is known.
    pub fn of(set: &'a Characteristics) -> Self {
        Standing {
            set,
            sayings: &|_| BTreeMap::new(),
        }
    }
}

/// A score at which two names are the same one.
const SAME: u32 = 100;

/// Settles what becomes of each row that is like another case: its record goes where it is one the workshop or another
/// row has, and what it brings there is said.
pub fn settle(sheets: &mut [SheetPlan], choices: &Choices, known: &Known, standing: Standing<'_>) {
    let nothing = SheetChoices::default();
    let mut told_of: Vec<BTreeMap<u32, &Told>> = Vec::new();
    for sheet in sheets.iter_mut() {
        let chosen = choices.sheet(&sheet.file, &sheet.name).unwrap_or(&nothing);
        let told = edition::find(sheet, chosen, known);
        propose(sheet, chosen, &told, known);
        told_of.push(told);
    }
    merge_rows(sheets, standing.set);
    let codes: BTreeSet<String> = sheets
        .iter()
        .flat_map(|sheet| &sheet.joins)
        .filter(|join| !join.of.case.is_empty())
        .map(|join| join.of.case.clone())
        .collect();
    let here = if codes.is_empty() {
        BTreeMap::new()
    } else {
        (standing.sayings)(&codes)
    };
    for (sheet, told) in sheets.iter_mut().zip(&told_of) {
        let chosen = choices.sheet(&sheet.file, &sheet.name).unwrap_or(&nothing);
        compare(sheet, (chosen, standing.set), told, &here);
        let taken: BTreeSet<u32> = sheet
            .joins
            .iter()
            .filter(|join| join.answer == TwinAnswer::Same)
            .map(|join| join.row)
            .collect();
        let before = sheet.records.len();
        sheet.records.retain(|record| !taken.contains(&record.row));
        sheet.skipped += (before - sheet.records.len()) as u32;
    }
}

/// One join for each row that is like another case: the one somebody chose, the one the list told of before, or the one
/// that is most alike.
fn propose(sheet: &mut SheetPlan, chosen: &SheetChoices, told: &BTreeMap<u32, &Told>, known: &Known) {
    let names: BTreeMap<&str, &str> = known
        .cases
        .iter()
        .map(|case| (case.code.as_str(), case.name.as_str()))
        .collect();
    let mut alike: BTreeMap<u32, Vec<&Duplicate>> = BTreeMap::new();
    for duplicate in &sheet.duplicates {
        alike.entry(duplicate.row).or_default().push(duplicate);
    }
    let mut joins = Vec::new();
    for record in &sheet.records {
        let likes = alike.get(&record.row).map(Vec::as_slice).unwrap_or_default();
        let choice = chosen.twins.get(&record.row);
        let by_choice = choice
            .filter(|choice| choice.answer == TwinAnswer::Same)
            .and_then(|choice| {
                let is_it = |d: &&&Duplicate| {
                    (&d.of.case, &d.of.list, d.of.row) == (&choice.case, &choice.list, choice.row)
                };
                likes.iter().find(is_it).map(|d| of_duplicate(record, d))
            });
        let by_told = told.get(&record.row).and_then(|told| {
            let of = Twin {
                name: (*names.get(told.case.as_str())?).to_owned(),
                case: told.case.clone(),
                ..Twin::default()
            };
            Some(join(record, of, DuplicateBy::Edition, SAME))
        });
        let in_workshop = likes.iter().find(|d| !d.of.case.is_empty()).or(likes.first());
        let found = by_choice
            .or(by_told)
            .or_else(|| in_workshop.map(|duplicate| of_duplicate(record, duplicate)));
        let Some(mut join) = found else { continue };
        let sure = !join.of.case.is_empty() && join.score >= SAME;
        join.answer = match choice {
            Some(choice) => choice.answer,
            None if sure && chosen.take_known => TwinAnswer::Different,
            None if sure => TwinAnswer::Same,
            None => TwinAnswer::Later,
        };
        if sure {
            sheet.known.push(join.row);
        }
        joins.push(join);
    }
    sheet.joins = joins;
}

fn of_duplicate(record: &CaseRecord, duplicate: &Duplicate) -> Join {
    join(record, duplicate.of.clone(), duplicate.by, duplicate.score)
}

fn join(record: &CaseRecord, of: Twin, by: DuplicateBy, score: u32) -> Join {
    Join {
        row: record.row,
        name: record.name().to_owned(),
        of,
        by,
        score,
        record: record.clone(),
        ..Join::default()
    }
}

/// Rows that are one case become one record, at the place of the first; what the others say goes along.
fn merge_rows(sheets: &mut [SheetPlan], set: &Characteristics) {
    let mut places: BTreeMap<(String, u32), (usize, usize)> = BTreeMap::new();
    for (at, sheet) in sheets.iter().enumerate() {
        for (place, record) in sheet.records.iter().enumerate() {
            places.insert((record.list.clone(), record.row), (at, place));
        }
    }
    let at = |list: &str, row: u32| places.get(&(list.to_owned(), row)).copied();
    // A later row goes into an earlier one; from the last to the first, whole chains end in their first.
    for from in (0..sheets.len()).rev() {
        for n in (0..sheets[from].joins.len()).rev() {
            let Some((join, record)) = merged(&sheets[from], n) else {
                continue;
            };
            let list = if join.of.list.is_empty() {
                &record.list
            } else {
                &join.of.list
            };
            let Some((sheet, place)) =
                at(list, join.of.row).filter(|to| Some(*to) != at(&record.list, record.row))
            else {
                continue;
            };
            let other = sheets[sheet].records[place].clone();
            let (mine, others) = (Sayings::of_record(&record, set), Sayings::of_record(&other, set));
            sheets[from].joins[n].cells = beside(&others, &mine);
            if sheets[from].joins[n].answer != TwinAnswer::Same {
                continue;
            }
            let heading_of = headings(&sheets[from]);
            cells::join_records(&mut sheets[sheet].records[place], &record, heading_of);
            let grown = sheets[sheet].records[place].clone();
            if let Some(join) = sheets[sheet].joins.iter_mut().find(|join| join.row == grown.row) {
                join.record = grown;
            }
        }
    }
}

/// A join with another row, and the record as it has grown by then.
fn merged(sheet: &SheetPlan, n: usize) -> Option<(Join, CaseRecord)> {
    let join = sheet.joins.get(n).filter(|join| join.of.case.is_empty())?;
    Some((join.clone(), join.record.clone()))
}

/// What a sheet calls a field; the field itself where no column fills it.
fn headings(sheet: &SheetPlan) -> impl Fn(&str) -> String + use<> {
    let headings: BTreeMap<String, String> = sheet
        .columns
        .iter()
        .filter_map(|column| Some((column.target.clone()?, column.header.clone())))
        .collect();
    move |field| {
        let heading = headings.get(field).map(String::as_str);
        heading
            .unwrap_or(field.rsplit('.').next().unwrap_or(field))
            .to_owned()
    }
}

fn compare(
    sheet: &mut SheetPlan,
    (chosen, set): (&SheetChoices, &Characteristics),
    told: &BTreeMap<u32, &Told>,
    here: &BTreeMap<String, Sayings>,
) {
    let heading_of = headings(sheet);
    for join in sheet.joins.iter_mut().filter(|join| !join.of.case.is_empty()) {
        let listed = Sayings::of_record(&join.record, set);
        let case = here.get(&join.of.case).cloned().unwrap_or_default();
        let before = told.get(&join.row).filter(|told| told.case == join.of.case);
        join.edition = before.is_some();
        if join.answer == TwinAnswer::Same {
            let before = before.map(|told| Sayings::of_record(&told.record, set));
            let mut found = cells::compare(&case, &listed, before.as_ref());
            if let Some(choices) = chosen.cells.get(&join.row) {
                decide(&mut found, choices);
            }
            cells::keep(&mut found, &heading_of, &join.record.list);
            found.retain(|cell| cell.take || !is_kept(cell, &case));
            join.cells = found;
        } else {
            join.cells = beside(&case, &listed);
        }
        join.new_list = !join.edition && !case.lists.contains(&join.record.list);
        join.here = case;
    }
}

/// Somebody has seen it already, and the case keeps it beside.
fn is_kept(cell: &Cell, here: &Sayings) -> bool {
    let kept = here.cells.get(&format!("{}{}", cells::EXTRA, cell.kept_as));
    kept.is_some_and(|said| said.first() == Some(&cell.listed.join(", ")))
}

fn decide(found: &mut [Cell], choices: &BTreeMap<String, bool>) {
    for cell in found {
        let name = if cell.field == PARTIES {
            cell.listed.first()
        } else {
            None
        };
        let key = name.map_or(cell.field.clone(), |name| format!("{PARTIES}.{name}"));
        if let Some(take) = choices.get(&key) {
            cell.take = *take;
        }
    }
}

/// What either says, side by side: the facts first, and of codings and columns beside them what the list says.
fn beside(here: &Sayings, listed: &Sayings) -> Vec<Cell> {
    let fields: BTreeSet<&String> = here.cells.keys().chain(listed.cells.keys()).collect();
    let said = |of: &Sayings, field: &str| of.cells.get(field).cloned().unwrap_or_default();
    let is_fact = |field: &str| !field.starts_with(cells::CODINGS) && !field.starts_with(cells::EXTRA);
    let mut cells: Vec<Cell> = fields
        .into_iter()
        .filter(|field| is_fact(field) || listed.cells.contains_key(*field))
        .map(|field| {
            let (stands, says) = (said(here, field), said(listed, field));
            Cell {
                kind: match (stands == says, stands.is_empty()) {
                    (true, _) => CellKind::Same,
                    (_, true) => CellKind::Fill,
                    _ if says.is_empty() => CellKind::Same,
                    _ => CellKind::Differs,
                },
                field: field.clone(),
                here: stands,
                listed: says,
                ..Cell::default()
            }
        })
        .collect();
    let names = |of: &Sayings| {
        of.parties
            .iter()
            .map(|(name, _)| name.clone())
            .collect::<Vec<_>>()
    };
    let (stands, says) = (names(here), names(listed));
    if !stands.is_empty() || !says.is_empty() {
        cells.push(Cell {
            field: PARTIES.to_owned(),
            kind: CellKind::Differs,
            here: stands,
            listed: says,
            ..Cell::default()
        });
    }
    cells.sort_by_key(|cell| !is_fact(&cell.field));
    cells
}
