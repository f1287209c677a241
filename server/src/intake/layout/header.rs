//! Finds the header: the row near the top, or the two, that name cases and have the most headings that are known.

use super::{Heading, Row};
use crate::intake::columns::{Memo, Special, special};
use crate::intake::sheet::{Merge, Sheet};
use samverk_shared::import::Confidence;
use samverk_shared::limits::IMPORT_HEADER_ROWS_MAX;
use std::collections::BTreeMap;

/// A header, and how much of it is known.
pub struct Header {
    /// Its place among the rows.
    pub at: usize,
    /// One row or two.
    pub rows: usize,
    /// By column.
    pub headings: BTreeMap<u32, Heading>,
    /// In hundredths of a heading beyond doubt.
    pub score: u32,
}

/// What a header must have for its sheet to be turned on its side: a name and two more.
pub const TURNED_SCORE_MIN: u32 = 250;
/// What a header without a name must have: three headings that are known.
const NAMELESS_SCORE_MIN: u32 = 300;

/// The header of a sheet, the first of equals.
pub fn find(sheet: &Sheet) -> Option<Header> {
    let memo = Memo::default();
    let mut best: Option<Header> = None;
    for at in 0..sheet.rows.len().min(IMPORT_HEADER_ROWS_MAX) {
        let single = one_row(&sheet.rows[at], at, &memo);
        let double = sheet
            .rows
            .get(at + 1)
            .and_then(|below| two_rows(sheet, at, below, &memo));
        // Two rows only where they say more than each of them.
        let below = || {
            sheet
                .rows
                .get(at + 1)
                .map_or(0, |row| one_row(row, at + 1, &memo).score)
        };
        let found = match double {
            Some(double) if double.score > single.score.max(below()) => double,
            _ => single,
        };
        if found.score > best.as_ref().map_or(0, |b| b.score) {
            best = Some(found);
        }
    }
    best.filter(|header| header.score > 0)
}

/// The header somebody chose.
pub fn at(sheet: &Sheet, row: u32) -> Option<Header> {
    let memo = Memo::default();
    let at = sheet.rows.iter().position(|r| r.number == row)?;
    let single = one_row(&sheet.rows[at], at, &memo);
    let double = sheet
        .rows
        .get(at + 1)
        .and_then(|below| two_rows(sheet, at, below, &memo));
    Some(
        double
            .filter(|double| double.score > single.score)
            .unwrap_or(single),
    )
}

fn one_row(row: &Row, at: usize, memo: &Memo) -> Header {
    let heading = |text: &String| Heading {
        own: text.clone(),
        ..Heading::default()
    };
    let headings: BTreeMap<u32, Heading> = row
        .cells
        .iter()
        .map(|(column, text)| (*column, heading(text)))
        .collect();
    let score = score(&headings, memo);
    Header {
        at,
        rows: 1,
        headings,
        score,
    }
}

/// The upper row names groups of columns, by merged cells or by standing above the first of them.
fn two_rows(sheet: &Sheet, at: usize, below: &Row, memo: &Memo) -> Option<Header> {
    let above = &sheet.rows[at];
    if below.number != above.number + 1 || below.cells.values().any(|text| text.chars().count() > 100) {
        return None;
    }
    let groups = spread(above, below, &sheet.merges);
    let all: std::collections::BTreeSet<u32> = groups.keys().chain(below.cells.keys()).copied().collect();
    let headings: BTreeMap<u32, Heading> = all
        .into_iter()
        .map(|column| {
            let group = groups.get(&column).cloned().unwrap_or_default();
            let own = below.cells.get(&column).cloned().unwrap_or_default();
            let heading = if own.is_empty() {
                Heading {
                    own: group,
                    ..Heading::default()
                }
            } else {
                Heading { group, own }
            };
            (column, heading)
        })
        .collect();
    let score = score(&headings, memo);
    Some(Header {
        at,
        rows: 2,
        headings,
        score,
    })
}

/// The upper row with each group's words above all its columns: as far as its merge says, else over columns that are
/// blank above and not blank below.
fn spread(above: &Row, below: &Row, merges: &[Merge]) -> BTreeMap<u32, String> {
    let mut groups = above.cells.clone();
    let lies_here = |m: &&Merge| m.rows.0 <= above.number && above.number <= m.rows.1;
    for merge in merges.iter().filter(lies_here) {
        if let Some(text) = above.cells.get(&merge.columns.0) {
            let end = merge
                .columns
                .1
                .min(merge.columns.0 + samverk_shared::limits::IMPORT_COLUMNS_MAX as u32);
            for column in merge.columns.0..=end {
                groups.entry(column).or_insert_with(|| text.clone());
            }
        }
    }
    if merges.iter().any(|m| lies_here(&m)) {
        return groups;
    }
    for column in below.cells.keys() {
        let over = above.cells.range(..=*column).next_back();
        // A column with a name above and none below ends the group before it.
        if let (Some((from, text)), false) = (over, groups.contains_key(column)) {
            let without_break = (*from..*column).all(|c| c == *from || !above.cells.contains_key(&c));
            if without_break && below.cells.contains_key(from) {
                groups.insert(*column, text.clone());
            }
        }
    }
    groups
}

/// How much of a header is known; nothing where it does not name cases.
fn score(headings: &BTreeMap<u32, Heading>, memo: &Memo) -> u32 {
    let written: Vec<String> = headings.values().map(Heading::written).collect();
    let tool = special(written.iter().map(String::as_str), memo);
    let mut known: Vec<(String, u32)> = Vec::new();
    for (heading, written) in headings.values().zip(&written) {
        if let Some((target, worth)) = worth(heading, written, tool, memo)
            && !known.iter().any(|(t, _)| *t == target)
        {
            known.push((target, worth));
        }
    }
    let sum: u32 = known.iter().map(|(_, worth)| worth).sum();
    let has_name = known.iter().any(|(target, _)| target == "name");
    if has_name || sum >= NAMELESS_SCORE_MIN {
        sum
    } else {
        0
    }
}

fn worth(heading: &Heading, written: &str, tool: Option<Special>, memo: &Memo) -> Option<(String, u32)> {
    if let Some(found) = tool.and_then(|tool| tool.target(written)) {
        return Some((found.map_or_else(|| written.to_owned(), |p| p.target.name()), 100));
    }
    let own = memo.target(&heading.own);
    let found = if heading.group.is_empty() {
        own
    } else {
        own.or_else(|| memo.target(&format!("{} {}", heading.group, heading.own)))
            .or_else(|| memo.target(&heading.group))
    }?;
    let name = match found.target {
        // Several may fill it, and each counts.
        target if target.takes_many() => written.to_owned(),
        target => target.name(),
    };
    Some((
        name,
        if found.confidence == Confidence::Certain {
            100
        } else {
            60
        },
    ))
}
