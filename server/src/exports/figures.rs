//! What the figures are made of, as tables: how often values and pairs of them are seen, mixes, distances, groups.

use super::words::{self, COVERAGE, GROUPS};
use super::words::{MIXES, PAIRS, YES};
use super::{Cell, Table, names};
use crate::language::Language;
use samverk_shared::analysis::distance::Gower;
use samverk_shared::characteristic::{Characteristic, Characteristics};
use samverk_shared::ids::SubjectId;
use samverk_shared::register::RegisterRow;
use samverk_shared::views::{Basis, Cases, grouping, variation};
use std::collections::BTreeMap;

/// A row for each value, with how many cases have it.
pub fn coverage<'a>(
    rows: impl IntoIterator<Item = &'a RegisterRow>,
    set: &Characteristics,
    language: Language,
) -> Table {
    let mut table = Table::new(
        language.of(names::COVERAGE),
        COVERAGE.map(|words| language.of(words)),
    );
    for one in variation::variation(rows, set).characteristics {
        let Some(c) = set.get(&one.key) else { continue };
        table.rows.extend(one.values.iter().map(|value| {
            vec![
                Cell::from(&c.code),
                Cell::from(words::label(c, language)),
                Cell::from(words::value_of(c, &value.key, language)),
                Cell::from(value.count.cases),
                Cell::from(value.count.chosen),
                Cell::from(value.only_abroad.then(|| language.of(YES))),
            ]
        }));
    }
    table
}

/// A row for each pair of values of different characteristics, also of those that no case has.
pub fn pairs<'a>(
    rows: impl IntoIterator<Item = &'a RegisterRow>,
    set: &Characteristics,
    language: Language,
) -> Table {
    let basis = Basis::of(rows, set, Cases::All);
    let features = &basis.matrix.features;
    // (column, place) of both → cases.
    let mut seen: BTreeMap<(usize, u16, usize, u16), usize> = BTreeMap::new();
    for case in 0..basis.matrix.len() {
        let row = basis.matrix.row(case);
        for (k, first) in row.iter().enumerate() {
            for (l, second) in row.iter().enumerate().skip(k + 1) {
                for &v in first.values() {
                    for &w in second.values() {
                        *seen.entry((k, v, l, w)).or_default() += 1;
                    }
                }
            }
        }
    }
    let mut table = Table::new(language.of(names::PAIRS), PAIRS.map(|words| language.of(words)));
    let named: Vec<(Option<&Characteristic>, &Vec<String>)> = features
        .iter()
        .map(|feature| (set.get(&feature.key), &feature.values))
        .collect();
    for (k, (first, values)) in named.iter().enumerate() {
        for (l, (second, others)) in named.iter().enumerate().skip(k + 1) {
            let (Some(first), Some(second)) = (first, second) else {
                continue;
            };
            for (v, value) in (0_u16..).zip(*values) {
                table.rows.extend((0_u16..).zip(*others).map(|(w, other)| {
                    vec![
                        Cell::from(words::label(first, language)),
                        Cell::from(words::value_of(first, value, language)),
                        Cell::from(words::label(second, language)),
                        Cell::from(words::value_of(second, other, language)),
                        Cell::from(seen.get(&(k, v, l, w)).copied().unwrap_or_default()),
                    ]
                }));
            }
        }
    }
    table
}

/// A row for each combination of partners.
pub fn mixes<'a>(
    rows: impl IntoIterator<Item = &'a RegisterRow>,
    set: &Characteristics,
    language: Language,
) -> Table {
    let mut table = Table::new(language.of(names::MIXES), MIXES.map(|words| language.of(words)));
    for one in variation::variation(rows, set).mixes {
        let with = |is: bool| Cell::from(is.then(|| language.of(YES)));
        let mut row = vec![
            with(one.mix.public),
            with(one.mix.research),
            with(one.mix.business),
            with(one.mix.voluntary),
            Cell::from(one.count.cases),
            Cell::from(one.count.chosen),
        ];
        row.extend(one.by_level.map(Cell::from));
        row.push(Cell::from(one.no_level));
        table.rows.push(row);
    }
    table
}

/// Every case against every other: 0 alike to 1 unlike; blank where two are coded on nothing in common.
pub fn distances<'a>(
    rows: impl IntoIterator<Item = &'a RegisterRow>,
    set: &Characteristics,
    cases: Cases,
    language: Language,
) -> Table {
    let basis = Basis::of(rows, set, cases);
    let distances = Gower::new(&basis.matrix).distances();
    let codes = basis.rows.iter().map(|row| row.code.clone());
    let head = ["ID".to_owned()].into_iter().chain(codes);
    let mut table = Table::new(language.of(names::DISTANCES), head);
    for (i, row) in basis.rows.iter().enumerate() {
        let distance = |j| {
            if i == j {
                return Cell::Number(0.0);
            }
            Cell::from(distances.get(i, j).map(|distance| (distance * 1e6).round() / 1e6))
        };
        let cells = (0..basis.rows.len()).map(distance);
        table
            .rows
            .push([Cell::from(&row.code)].into_iter().chain(cells).collect());
    }
    table
}

/// A row for each case that is in a group, group by group.
pub fn groups<'a>(
    rows: impl IntoIterator<Item = &'a RegisterRow> + Clone,
    set: &Characteristics,
    question: grouping::Question,
    language: Language,
) -> Table {
    let names: BTreeMap<&SubjectId, &RegisterRow> =
        rows.clone().into_iter().map(|row| (&row.subject, row)).collect();
    let view = grouping::grouping(rows, set, question);
    let mut placed = view.placed;
    placed.sort_by_key(|one| one.group);
    let mut table = Table::new(language.of(names::GROUPS), GROUPS.map(|words| language.of(words)));
    for one in placed {
        let case = names.get(&one.subject);
        let central = view.groups[one.group].central == one.subject;
        table.rows.push(vec![
            Cell::from(one.group + 1),
            Cell::from(case.map(|row| &row.code)),
            Cell::from(case.map(|row| &row.name)),
            Cell::from(central.then(|| language.of(YES))),
            Cell::from(one.silhouette),
            Cell::from(one.neighbour.map(|group| group + 1)),
            Cell::from(one.borderline.then(|| language.of(YES))),
        ]);
    }
    table
}
