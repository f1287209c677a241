//! Reads a filled form: cell by cell, what it would change.

use super::{LAYOUT, MARK, SUBJECT, Said};
use crate::exports::states_of_words;
use crate::intake::{self, IntakeError, Row, Sheet};
use crate::views::Content;
use samverk_shared::access::State;
use samverk_shared::case::{CodingState, finite};
use samverk_shared::characteristic::{Characteristic, Characteristics, Scale};
use samverk_shared::ids::{SubjectId, WorkshopId};
use samverk_shared::limits::IMPORT_DOUBTS_MAX;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What a filled form would change.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Difference {
    /// Cell by cell, in the order of the form.
    pub changes: Vec<Change>,
    /// Cells and rows that would change nothing, because they are not understood.
    pub doubts: Vec<Doubt>,
    /// Cases of the form that are here.
    pub cases: usize,
    /// Cells with something in them.
    pub cells: usize,
}

/// A cell that would change a coding.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// The case.
    pub subject: SubjectId,
    /// Key of the characteristic.
    pub characteristic: String,
    /// What the case says now.
    pub now: Said,
    /// What the form says.
    pub new: Said,
    /// What stands for `now` where somebody says yes to the change.
    pub seen: String,
    /// Somebody has changed it since the form was made, or it is not known what the form was made from.
    pub meanwhile: bool,
}

/// Something that is not understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Doubt {
    /// Row in the sheet, from 1.
    pub row: u32,
    /// Code and name, as the form has them.
    pub case: String,
    /// Key of the characteristic; none where the whole row is doubtful.
    pub characteristic: Option<String>,
    /// What stands there.
    pub original: String,
    /// What is doubtful about it.
    pub why: Why,
}

/// Why a cell or a row changes nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// No value of the characteristic is called so.
    UnknownWord,
    /// Several values where there is one.
    ManyValues,
    /// It should be a number.
    NotANumber,
    /// No case here is this one, or none that may be changed.
    UnknownCase,
    /// The case stands in the form twice.
    Repeated,
}

/// A file that is no form of this workshop.
#[derive(Debug)]
pub enum NotAForm {
    /// It cannot be read at all.
    Unreadable(IntakeError),
    /// It can, and is something else.
    Other,
}

/// What the bytes of a filled form would change in these cases. A form speaks by the set it was made from, which `of_version`
/// finds; what it says is brought to the set of now.
pub fn difference(
    workshop: &WorkshopId,
    bytes: &[u8],
    cases: &[Content],
    set: &Characteristics,
    of_version: impl FnOnce(u32) -> Option<Characteristics>,
) -> Result<Difference, NotAForm> {
    let sheets = intake::read("kodeskjema.xlsx", bytes).map_err(NotAForm::Unreadable)?;
    let grid = sheets.iter().find_map(Grid::of).ok_or(NotAForm::Other)?;
    let base = match sheets.iter().find(|sheet| cell(sheet.rows.first(), 1) == MARK) {
        Some(sheet) => Base::of(sheet, workshop)?,
        None => Base::default(),
    };
    let mut reading = Reading {
        known: cases.iter().map(|one| (one.subject.as_str(), one)).collect(),
        by_code: cases.iter().map(|one| (one.case.code.as_str(), one)).collect(),
        seen: BTreeSet::new(),
        set,
        then: base
            .version
            .filter(|then| *then != set.version)
            .and_then(of_version),
        base,
        found: Difference::default(),
    };
    for row in grid.rows {
        reading.row(row, &grid.columns);
    }
    Ok(reading.found)
}

fn cell(row: Option<&Row>, column: u32) -> &str {
    row.and_then(|row| row.cells.get(&column))
        .map_or("", String::as_str)
}

/// The sheet that was filled in, found by its hidden row of keys, wherever it was moved.
struct Grid<'a> {
    /// Column → key.
    columns: BTreeMap<u32, &'a str>,
    rows: &'a [Row],
}

impl<'a> Grid<'a> {
    fn of(sheet: &'a Sheet) -> Option<Self> {
        /// How far down the keys may have been moved.
        const ROWS_LOOKED_AT: usize = 10;
        let is_keys = |row: &Row| row.cells.values().any(|cell| cell == SUBJECT);
        let at = sheet.rows.iter().take(ROWS_LOOKED_AT).position(is_keys)?;
        let columns = sheet.rows[at].cells.iter();
        Some(Grid {
            columns: columns.map(|(column, key)| (*column, key.as_str())).collect(),
            // Below the keys stand the headings.
            rows: sheet.rows.get(at + 2..).unwrap_or_default(),
        })
    }
}

/// What the form was made from.
#[derive(Default)]
struct Base {
    /// Of the set.
    version: Option<u32>,
    /// Subject → key → `Said::as_base`.
    said: BTreeMap<String, BTreeMap<String, String>>,
}

impl Base {
    fn of(sheet: &Sheet, workshop: &WorkshopId) -> Result<Self, NotAForm> {
        let first = sheet.rows.first();
        if cell(first, 2) != LAYOUT || cell(first, 3) != workshop.as_str() {
            return Err(NotAForm::Other);
        }
        let keys = sheet.rows.get(1).map(|row| &row.cells);
        let mut all = BTreeMap::new();
        for row in sheet.rows.iter().skip(2) {
            let said = row.cells.iter().filter_map(|(column, said)| {
                let key = keys?.get(column)?;
                Some((key.clone(), said.clone()))
            });
            all.insert(cell(Some(row), 1).to_owned(), said.collect());
        }
        Ok(Base {
            version: cell(first, 4).parse().ok(),
            said: all,
        })
    }

    /// What stood there, with values that were retired since as what they read as now.
    fn get(&self, subject: &SubjectId, c: &Characteristic) -> Option<String> {
        let said = self.said.get(subject.as_str())?.get(&c.key)?;
        if !c.scale.has_values() || said.starts_with('-') {
            return Some(said.clone());
        }
        let living = said.split(';').filter_map(|key| c.living(key));
        let living: BTreeSet<&str> = living.map(|value| value.key.as_str()).collect();
        Some(if living.is_empty() {
            Said::none(CodingState::NotCoded).as_base()
        } else {
            living.into_iter().collect::<Vec<_>>().join(";")
        })
    }
}

struct Reading<'a> {
    known: BTreeMap<&'a str, &'a Content>,
    by_code: BTreeMap<&'a str, &'a Content>,
    seen: BTreeSet<&'a SubjectId>,
    set: &'a Characteristics,
    /// The set the form was made from, where that is another.
    then: Option<Characteristics>,
    base: Base,
    found: Difference,
}

impl<'a> Reading<'a> {
    fn row(&mut self, row: &Row, columns: &BTreeMap<u32, &str>) {
        let of_key = |wanted: &str| {
            let column = columns
                .iter()
                .find(|(_, key)| **key == wanted)
                .map(|(column, _)| *column);
            column.map_or("", |column| cell(Some(row), column))
        };
        let (id, code) = (of_key(SUBJECT), of_key("code"));
        let called = format!("{code} {}", of_key("name")).trim().to_owned();
        // By its id; by its code, where somebody pasted the row into another file.
        let here = if id.is_empty() {
            self.by_code.get(code)
        } else {
            self.known.get(id)
        };
        let here = here.copied().filter(|here| here.state == State::Open);
        let coded = columns
            .iter()
            .filter_map(|(column, key)| Some((self.set.get(key)?, row.cells.get(column)?)));
        let coded: Vec<(&Characteristic, &String)> = coded.collect();
        let Some(here) = here else {
            if !coded.is_empty() {
                self.doubt(row, &called, None, id.to_owned(), Why::UnknownCase);
            }
            return;
        };
        if !self.seen.insert(&here.subject) {
            return self.doubt(row, &called, None, called.clone(), Why::Repeated);
        }
        self.found.cases += 1;
        for (c, written) in coded {
            self.found.cells += 1;
            match said(c, self.then.as_ref().and_then(|then| then.get(&c.key)), written) {
                Ok(new) => self.cell(here, c, new),
                Err(why) => self.doubt(row, &called, Some(c.key.clone()), written.clone(), why),
            }
        }
    }

    fn cell(&mut self, here: &Content, c: &Characteristic, new: Said) {
        let now = Said::of(&here.case, c);
        let base = self.base.get(&here.subject, c);
        if new == now || base.as_ref().is_some_and(|base| *base == new.as_base()) {
            return;
        }
        self.found.changes.push(Change {
            subject: here.subject.clone(),
            characteristic: c.key.clone(),
            meanwhile: base.is_none_or(|base| base != now.as_base()),
            seen: now.as_base(),
            now,
            new,
        });
    }

    fn doubt(&mut self, row: &Row, case: &str, characteristic: Option<String>, original: String, why: Why) {
        if self.found.doubts.len() < IMPORT_DOUBTS_MAX {
            self.found.doubts.push(Doubt {
                row: row.number,
                case: case.to_owned(),
                characteristic,
                original,
                why,
            });
        }
    }
}

/// What somebody wrote in a cell: a value by its very label or key, as the form had it, and nothing that is only like one.
fn said(c: &Characteristic, then: Option<&Characteristic>, written: &str) -> Result<Said, Why> {
    if let Some(state) = states_of_words(written) {
        return Ok(Said::none(state));
    }
    match c.scale {
        Scale::Text => Ok(Said {
            text: written.to_owned(),
            ..Said::none(CodingState::Coded)
        }),
        Scale::Number => Ok(Said {
            number: Some(finite(written).ok_or(Why::NotANumber)?),
            ..Said::none(CodingState::Coded)
        }),
        Scale::Nominal | Scale::Ordinal | Scale::Multi => values(c, then, written),
    }
}

fn values(c: &Characteristic, then: Option<&Characteristic>, written: &str) -> Result<Said, Why> {
    let key = |word: &str| {
        let meant = then.and_then(|then| c.living(&then.value(word)?.key));
        meant.or_else(|| c.value(word)).map(|value| value.key.clone())
    };
    if let Some(key) = key(written.trim_end_matches(';')) {
        return Ok(Said::values(vec![key]));
    }
    let words = written
        .split([';', '\n'])
        .map(str::trim)
        .filter(|word| !word.is_empty());
    let keys: Option<BTreeSet<String>> = words.map(key).collect();
    let keys = keys.ok_or(Why::UnknownWord)?;
    match (keys.len(), c.scale) {
        (0, _) => Err(Why::UnknownWord),
        (2.., Scale::Nominal | Scale::Ordinal) => Err(Why::ManyValues),
        _ => Ok(Said::values(keys.into_iter().collect())),
    }
}
