//! The cases as tables: the register with a row for each, and their codings with a row for each cell.

use super::words::{self, CODINGS, EVALUATORS, FACTS, SELECTION};
use super::{Cell, Table, names};
use crate::language::Language;
use samverk_shared::case::{ActorGroup, Case, Coding, CodingState, PartyRole, Status};
use samverk_shared::characteristic::{Characteristic, Characteristics, Scale};
use std::collections::BTreeSet;

/// Separates what stands in one cell. Our importer cuts at a semicolon for sure, and at a comma only where it must.
const SEPARATOR: &str = "; ";

/// The register: a row for each case, with all that an import would take in again.
pub fn register(cases: &[Case], set: &Characteristics, language: Language) -> Table {
    let groups: Vec<ActorGroup> = ActorGroup::ALL.to_vec();
    let evaluated = cases
        .iter()
        .any(|case| case.parties.iter().any(|p| p.role == PartyRole::Evaluator));
    let extra: BTreeSet<&String> = cases.iter().flat_map(|case| case.extra.keys()).collect();
    let mut head: Vec<String> = FACTS.map(|words| language.of(words).to_owned()).to_vec();
    head.extend(
        groups
            .iter()
            .map(|group| language.of(words::parties(*group)).to_owned()),
    );
    head.extend(set.iter().map(|c| words::label(c, language).to_owned()));
    head.extend(SELECTION.map(|words| language.of(words).to_owned()));
    head.extend(evaluated.then(|| language.of(EVALUATORS).to_owned()));
    head.extend(extra.iter().map(|column| (*column).clone()));
    let mut table = Table::new(language.of(names::REGISTER), head);
    for case in cases {
        let mut row = facts(case, language);
        row.extend(groups.iter().map(|group| parties(case, *group)));
        row.extend(set.iter().map(|c| coding(case.codings.get(&c.key), c, language)));
        row.push(language.of(words::decision(case.selection.decision)).into());
        row.push(language.of(words::criterion(case.selection.criterion)).into());
        row.push(Cell::from(&case.selection.reason));
        row.extend(evaluated.then(|| evaluators(case)));
        row.extend(extra.iter().map(|column| Cell::from(case.extra.get(*column))));
        table.rows.push(row);
    }
    table
}

fn facts(case: &Case, language: Language) -> Vec<Cell> {
    let levels = case.levels.iter().map(|level| language.of(words::level(*level)));
    let year = |year: Option<i64>| Cell::from(year.map(|year| year as f64));
    let status = (case.status != Status::Unknown).then(|| language.of(words::status(case.status)));
    vec![
        Cell::from(&case.code),
        Cell::from(&case.name),
        Cell::from(&case.country),
        Cell::from(language.of(words::origin(case.origin))),
        Cell::from(status),
        year(case.start_year),
        year(case.end_year),
        Cell::from(&case.period),
        Cell::from(levels.collect::<Vec<_>>().join(SEPARATOR)),
        Cell::from(&case.sector),
        Cell::from(&case.description),
        Cell::from(&case.benefit),
        Cell::from(&case.notes),
        Cell::from(&case.source),
    ]
}

fn parties(case: &Case, group: ActorGroup) -> Cell {
    let of_group = case
        .parties
        .iter()
        .filter(|party| party.group == group && party.role != PartyRole::Evaluator);
    let names: Vec<&str> = of_group.map(|party| party.name.as_str()).collect();
    Cell::from(names_cell(&names))
}

fn evaluators(case: &Case) -> Cell {
    let evaluators = case.parties.iter().filter(|p| p.role == PartyRole::Evaluator);
    let names: Vec<&str> = evaluators.map(|party| party.name.as_str()).collect();
    Cell::from(names_cell(&names))
}

/// Names as one cell. One name alone that holds what might separate is ended, so that it is not cut.
fn names_cell(names: &[&str]) -> String {
    let joined = names.join(SEPARATOR);
    let might_be_cut =
        |name: &str| name.contains([',', '/']) || name.contains(" og ") || name.contains(" and ");
    match names {
        [name] if might_be_cut(name) => format!("{joined};"),
        _ => joined,
    }
}

/// What stands for a coding in a cell: its labels, a number, words, or why there is none. Blank where nobody has looked.
pub fn coding(coding: Option<&Coding>, c: &Characteristic, language: Language) -> Cell {
    let Some(coding) = coding else {
        return Cell::Blank;
    };
    if matches!(coding.state, CodingState::Unknown | CodingState::NotApplicable) {
        return language.of(words::state(coding.state)).into();
    }
    if !coding.is_coded(c.scale) {
        return Cell::Blank;
    }
    match c.scale {
        Scale::Number => Cell::from(coding.number),
        Scale::Text => Cell::from(&coding.text),
        _ => {
            let labels = keys(coding, c).map(|key| words::value_of(c, key, language));
            Cell::from(labels.collect::<Vec<_>>().join(SEPARATOR))
        }
    }
}

/// The keys of a coding's values.
fn keys<'a>(coding: &'a Coding, c: &Characteristic) -> impl Iterator<Item = &'a str> {
    let several = c.scale == Scale::Multi;
    let many = coding.values.iter().filter(move |_| several);
    let one = coding.value.iter().filter(move |_| !several);
    many.chain(one).map(String::as_str)
}

/// A row for each case and characteristic, also where there is no value: with its state, and the coder's reason.
pub fn codings(cases: &[Case], set: &Characteristics, language: Language) -> Table {
    let mut table = Table::new(
        language.of(names::CODINGS),
        CODINGS.map(|words| language.of(words)),
    );
    for case in cases {
        let rows = set.iter().map(|c| coding_row(case, c, language));
        table.rows.extend(rows);
    }
    table
}

fn coding_row(case: &Case, c: &Characteristic, language: Language) -> Vec<Cell> {
    let none = Coding::default();
    let coding = case.codings.get(&c.key).unwrap_or(&none);
    let coded = coding.is_coded(c.scale);
    // A state that says there is a value, where there is none, is nothing anybody has found out.
    let state = if coding.state == CodingState::Coded && !coded {
        CodingState::NotCoded
    } else {
        coding.state
    };
    let keys: Vec<&str> = keys(coding, c).filter(|_| coded).collect();
    let labels: Vec<&str> = keys.iter().map(|key| words::value_of(c, key, language)).collect();
    vec![
        Cell::from(&case.code),
        Cell::from(&case.name),
        Cell::from(&c.code),
        Cell::from(words::label(c, language)),
        Cell::from(&c.key),
        Cell::from(language.of(words::state(state))),
        Cell::from(labels.join(SEPARATOR)),
        Cell::from(keys.join(SEPARATOR)),
        Cell::from(coding.number.filter(|_| coded && c.scale == Scale::Number)),
        Cell::from(Some(&coding.text).filter(|_| coded && c.scale == Scale::Text)),
        Cell::from(language.of(words::confidence(coding.confidence))),
        Cell::from(&coding.note),
    ]
}
