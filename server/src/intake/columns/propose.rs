//! Which column fills which field: chosen, remembered, read from the heading, or from what stands in the cells.

use super::choices::{characteristic_of, choice, field_of, of, split_question};
use super::{Headings, Memo, Proposal, Special, Target, special};
use crate::intake::layout::Table;
use crate::intake::values::{codes, folded, words};
use crate::intake::warn;
use samverk_shared::characteristic::{Characteristic, Characteristics};
use samverk_shared::import::{
    ColumnPlan, ColumnReason, Confidence, SavedMapping, SheetChoices, Warning, WarningKind,
};
use samverk_shared::limits::TITLE_CHARS_MAX;
use std::collections::{BTreeMap, BTreeSet};

/// A column, and what it fills.
#[derive(Debug, Clone)]
pub struct Column<'s> {
    /// The key of its cells in `extra`: its heading, made unique.
    pub heading: String,
    /// As it stands.
    pub written: String,
    /// What it fills; none goes to `extra`.
    pub target: Option<Target<'s>>,
    /// How sure that is.
    pub confidence: Confidence,
    /// Why.
    pub reason: ColumnReason,
}

/// By their numbers, from 1.
pub type Columns<'s> = BTreeMap<u32, Column<'s>>;

/// The same for lists with the same headings, in whatever order.
pub fn fingerprint<'a>(headings: impl Iterator<Item = &'a str>) -> String {
    let mut all: Vec<String> = headings.map(folded).filter(|h| !h.is_empty()).collect();
    all.sort();
    let digest = blake3::hash(all.join("\n").as_bytes());
    digest.to_hex().chars().take(16).collect()
}

/// The columns of a table.
pub fn propose<'s>(
    table: &Table,
    known: &Headings<'s>,
    choices: Option<&SheetChoices>,
    saved: Option<&SavedMapping>,
    warnings: &mut Vec<Warning>,
) -> Columns<'s> {
    let headings: Vec<String> = table.headings.values().map(|h| h.written()).collect();
    let tool = special(headings.iter().map(String::as_str), &Memo::default());
    let mut columns = Columns::new();
    for ((number, heading), written) in table.headings.iter().zip(headings) {
        let column = Column {
            heading: unique(&written, *number, &columns),
            target: None,
            confidence: Confidence::None,
            reason: ColumnReason::Unknown,
            written,
        };
        let column = match chosen(*number, &column.written, known.set, choices, saved) {
            Some((target, reason)) => Column {
                target,
                reason,
                confidence: Confidence::Certain,
                ..column
            },
            None => by_heading(column, known, (&heading.group, &heading.own), tool),
        };
        columns.insert(*number, column);
    }
    choices_of_unknown_questions(&mut columns, known.set);
    columns
        .iter_mut()
        .for_each(|(number, column)| by_cells(*number, column, known, table));
    let before = columns.clone();
    one_column_a_field(&mut columns);
    name_by_place(&mut columns, table, warnings);
    tell(&columns, &before, table, warnings);
    columns
}

impl<'s> Column<'s> {
    /// What the plan says of it.
    pub fn plan(&self, number: u32) -> ColumnPlan {
        ColumnPlan {
            column: number,
            header: self.written.clone(),
            examples: Vec::new(),
            target: self.target.map(Target::name),
            confidence: self.confidence,
            reason: self.reason,
        }
    }

    fn is_chosen(&self) -> bool {
        matches!(self.reason, ColumnReason::Given | ColumnReason::Remembered)
    }

    fn set(&mut self, proposal: Proposal<'s>) {
        self.target = Some(proposal.target);
        self.confidence = proposal.confidence;
        self.reason = proposal.reason;
    }

    fn is_likely(&mut self, target: Target<'s>, reason: ColumnReason) {
        self.set(Proposal {
            target,
            confidence: Confidence::Likely,
            reason,
        });
    }
}

/// What somebody chose, or what the list was last time.
fn chosen<'s>(
    number: u32,
    written: &str,
    set: &'s Characteristics,
    choices: Option<&SheetChoices>,
    saved: Option<&SavedMapping>,
) -> Option<(Option<Target<'s>>, ColumnReason)> {
    let given = choices
        .and_then(|c| c.columns.get(&number))
        .map(|name| (name, ColumnReason::Given));
    let remembered = || {
        saved
            .and_then(|s| s.columns.get(written))
            .map(|name| (name, ColumnReason::Remembered))
    };
    given
        .or_else(remembered)
        .map(|(name, reason)| (Target::parse(name, set), reason))
}

fn by_heading<'s>(
    mut column: Column<'s>,
    known: &Headings<'s>,
    (group, own): (&str, &str),
    tool: Option<Special>,
) -> Column<'s> {
    if let Some((tool, found)) = tool.and_then(|tool| tool.target(&column.written).map(|found| (tool, found)))
    {
        match found {
            Some(proposal) => column.set(proposal),
            None => column.reason = tool.reason(),
        }
        return column;
    }
    let pair = if group.is_empty() {
        split_question(own)
    } else {
        Some((group, own))
    };
    if let Some(found) = pair.and_then(|(question, option)| choice(known, question, option)) {
        column.is_likely(found, ColumnReason::Choice);
        return column;
    }
    let target = |heading: &str| known.target(heading);
    let of_group = || target(group).filter(|p| p.target.takes_many());
    let both = || target(&format!("{group} {own}"));
    let found = if group.is_empty() {
        target(own)
    } else {
        target(own).or_else(both).or_else(of_group)
    };
    if let Some(found) = found {
        column.set(found);
    }
    column
}

/// Several columns with one question that says nothing: their choices say what it asks for.
fn choices_of_unknown_questions<'s>(columns: &mut Columns<'s>, set: &'s Characteristics) {
    let mut questions: BTreeMap<String, Vec<(u32, String)>> = BTreeMap::new();
    for (number, column) in columns
        .iter()
        .filter(|(_, c)| c.target.is_none() && !c.is_chosen())
    {
        if let Some((question, option)) = split_question(&column.written) {
            questions
                .entry(folded(question))
                .or_default()
                .push((*number, option.to_owned()));
        }
    }
    for options in questions.into_values() {
        let words: Vec<&str> = options.iter().map(|(_, option)| option.as_str()).collect();
        let (levels, characteristic) = (field_of(&words), characteristic_of(set, &words));
        for (number, option) in &options {
            let found = levels
                .and_then(|f| f(option))
                .or_else(|| characteristic.and_then(|c| of(c, option)));
            if let (Some(found), Some(column)) = (found, columns.get_mut(number)) {
                column.is_likely(found, ColumnReason::Choice);
            }
        }
    }
}

/// Cells looked at, each once, to see what a column holds.
const SAMPLE: usize = 200;

/// What stands in a column may show what it is, or that it is not what its heading sounds like.
fn by_cells<'s>(number: u32, column: &mut Column<'s>, known: &Headings<'s>, table: &Table) {
    if column.is_chosen() || matches!(column.reason, ColumnReason::Survey | ColumnReason::Board) {
        return;
    }
    let sample = table
        .rows
        .iter()
        .filter_map(|row| row.cells.get(&number))
        .map(String::as_str)
        .take(SAMPLE);
    let distinct: BTreeSet<&str> = sample.collect();
    let cells: Vec<&str> = distinct.into_iter().collect();
    match column.target {
        Some(Target::Choice(..) | Target::LevelChoice(_))
            if !cells.iter().any(|c| is_tick(column.target, c)) =>
        {
            // A group of columns with names in them, not boxes to tick.
            let own = table
                .headings
                .get(&number)
                .and_then(|heading| known.target(&heading.own));
            (column.target, column.confidence, column.reason) =
                (None, Confidence::None, ColumnReason::Unknown);
            if let Some(own) = own.filter(|_| !cells.is_empty()) {
                column.set(own);
            }
        }
        None if column.reason == ColumnReason::Unknown => {
            if let Some(found) = field_of_cells(known.set, &cells) {
                column.is_likely(found, ColumnReason::Values);
            }
        }
        Some(Target::Coding(c))
            if c.scale.has_values() && !is_own_word(known.set, c, &column.written) && !cells.is_empty() =>
        {
            let is_known = |cell: &&&str| {
                words::uncoded(cell).is_some()
                    || codes::split(c, cell).iter().any(|w| codes::find(c, w).is_some())
            };
            if !cells.iter().any(|cell| is_known(&cell)) {
                (column.target, column.confidence, column.reason) =
                    (None, Confidence::None, ColumnReason::Unknown);
            }
        }
        _ => {}
    }
}

/// Whether a cell ticks the choice of its column, or says that it does not.
fn is_tick(target: Option<Target<'_>>, cell: &str) -> bool {
    words::ticked(cell).is_some()
        || match target {
            Some(Target::Choice(c, place)) => {
                codes::find(c, cell).is_some_and(|m| c.values.get(place).is_some_and(|v| v.key == m.key))
            }
            Some(Target::LevelChoice(level)) => words::level(cell) == Some(level),
            _ => false,
        }
}

/// Whether a heading is the characteristic's own key, code or label.
fn is_own_word(set: &Characteristics, c: &Characteristic, heading: &str) -> bool {
    set.find(heading).is_some_and(|found| found.key == c.key)
}

/// The one field of which nearly all cells are values.
fn field_of_cells<'s>(set: &'s Characteristics, cells: &[&str]) -> Option<Target<'s>> {
    if !(2..=40).contains(&cells.len()) {
        return None;
    }
    let mostly =
        |known: &dyn Fn(&str) -> bool| cells.iter().filter(|cell| known(cell)).count() * 5 >= cells.len() * 4;
    let is_certain = |c: &Characteristic, cell: &str| {
        let parts = codes::split(c, cell);
        !parts.is_empty()
            && parts
                .iter()
                .all(|w| codes::find(c, w).is_some_and(|m| m.confidence == Confidence::Certain))
    };
    let mut fits: Vec<Target<'s>> = set
        .iter()
        .filter(|c| c.scale.has_values())
        .filter(|c| cells.iter().take(3).any(|cell| is_certain(c, cell)))
        .filter(|c| mostly(&|cell| is_certain(c, cell)))
        .map(Target::Coding)
        .collect();
    if mostly(&|cell| words::is_country(cell)) {
        fits.push(Target::Words("country"));
    }
    match fits.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

/// Of columns that would fill the same field, the surest stays, the first of equals.
fn one_column_a_field(columns: &mut Columns<'_>) {
    let mut order: Vec<u32> = columns.keys().copied().collect();
    order.sort_by_key(|number| {
        let column = &columns[number];
        (column.reason != ColumnReason::Given, column.confidence, *number)
    });
    let mut filled: Vec<Target<'_>> = Vec::new();
    for number in order {
        let Some(column) = columns.get_mut(&number) else {
            continue;
        };
        let Some(target) = column.target.filter(|t| !t.takes_many()) else {
            continue;
        };
        if filled.contains(&target) {
            column.target = None;
            (column.confidence, column.reason) = (Confidence::None, ColumnReason::Taken);
        } else {
            filled.push(target);
        }
    }
}

/// Where no heading names the cases, the first column with texts of its own in nearly every row is proposed.
fn name_by_place(columns: &mut Columns<'_>, table: &Table, warnings: &mut Vec<Warning>) {
    let known = columns
        .values()
        .filter(|c| c.target.is_some_and(|t| t != Target::Ignore))
        .count();
    if known < 3 || columns.values().any(|c| c.target.is_some_and(Target::is_name)) {
        return;
    }
    let names_rows = |number: &u32| {
        let cells: Vec<String> = table
            .rows
            .iter()
            .filter_map(|row| row.cells.get(number))
            .map(|c| folded(c))
            .collect();
        let texts = cells
            .iter()
            .filter(|c| c.chars().any(char::is_alphabetic) && c.chars().count() <= TITLE_CHARS_MAX);
        let distinct: BTreeSet<&String> = texts.collect();
        distinct.len() >= 2 && distinct.len() * 10 >= table.rows.len() * 8
    };
    let free = columns
        .iter_mut()
        .find(|(number, c)| c.target.is_none() && !c.is_chosen() && names_rows(number));
    if let Some((_, column)) = free {
        column.is_likely(Target::Words("name"), ColumnReason::Position);
        warn(
            warnings,
            WarningKind::NameGuessed,
            table.header_row,
            Some(&column.written),
            String::new(),
        );
    }
}

/// Says which columns no field takes, and which are left out.
fn tell(columns: &Columns<'_>, before: &Columns<'_>, table: &Table, warnings: &mut Vec<Warning>) {
    for (number, column) in columns {
        let kind = match (column.target, column.reason) {
            (Some(Target::Ignore), ColumnReason::Given) => continue,
            (Some(Target::Ignore), _) => WarningKind::PersonalColumn,
            (None, ColumnReason::Taken) => WarningKind::SameColumn,
            (None, ColumnReason::Unknown) => WarningKind::UnknownColumn,
            _ => continue,
        };
        let field = before
            .get(number)
            .and_then(|c| c.target)
            .filter(|_| kind == WarningKind::SameColumn);
        warn(
            warnings,
            kind,
            table.header_row,
            Some(&column.heading),
            field.map_or(String::new(), Target::name),
        );
    }
}

/// The key of a column in `extra`: its heading, cut where that is a whole text.
fn unique(written: &str, number: u32, columns: &Columns) -> String {
    let mut heading: String = written.chars().take(TITLE_CHARS_MAX).collect();
    if heading.is_empty() {
        heading = format!("kolonne {number}");
    }
    if columns.values().any(|c| c.heading == heading) {
        heading = format!("{heading} ({number})");
    }
    heading
}
