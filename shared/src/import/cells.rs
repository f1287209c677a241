//! What a case and a list say, field by field, and what one brings to the other. A blank says nothing, and so it never
//! takes anything away.

use super::CaseRecord;
use super::words::CellKind;
use crate::case::{Case, CodingState, Status};
use crate::characteristic::{Characteristics, Scale};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What stands in a field: a text, a word, a number as text, or the keys of several values; nothing where it is blank.
pub type Said = Vec<String>;

/// The field of those who take part: each is a cell of its own, of name and actor group.
pub const PARTIES: &str = "parties";
/// What stands before the key of a characteristic.
pub const CODINGS: &str = "codings.";
/// What stands before a column that no field takes.
pub const EXTRA: &str = "extra.";
/// What stands before a state that is no value: `state:unknown`.
pub const STATE: &str = "state:";

/// All that a case says, and from where.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Sayings {
    /// Field → what stands there; blanks are left out.
    pub cells: BTreeMap<String, Said>,
    /// Name and actor group of who takes part.
    pub parties: Vec<(String, String)>,
    /// The lists it came from.
    pub lists: Vec<String>,
}

impl Sayings {
    /// What a case says.
    pub fn of(case: &Case, characteristics: &Characteristics) -> Self {
        let mut cells: BTreeMap<String, Said> = BTreeMap::new();
        let mut put = |field: String, said: Said| {
            if said.iter().any(|word| !word.trim().is_empty()) {
                cells.insert(field, said);
            }
        };
        for (field, text) in [
            ("name", &case.name),
            ("country", &case.country),
            ("sector", &case.sector),
            ("source", &case.source),
            ("period", &case.period),
            ("description", &case.description),
            ("benefit", &case.benefit),
            ("notes", &case.notes),
        ] {
            put(field.to_owned(), vec![text.clone()]);
        }
        put("origin".into(), vec![case.origin.as_str().to_owned()]);
        if case.status != Status::Unknown {
            put("status".into(), vec![case.status.as_str().to_owned()]);
        }
        let year = |year: Option<i64>| year.iter().map(i64::to_string).collect();
        put("start_year".into(), year(case.start_year));
        put("end_year".into(), year(case.end_year));
        put(
            "level".into(),
            case.levels.iter().map(|l| l.as_str().to_owned()).collect(),
        );
        for c in characteristics.iter() {
            if let Some(coding) = case.codings.get(&c.key) {
                put(format!("{CODINGS}{}", c.key), said_by(coding, c.scale));
            }
        }
        for (column, cell) in &case.extra {
            put(format!("{EXTRA}{column}"), vec![cell.clone()]);
        }
        Sayings {
            cells,
            parties: parties(case),
            lists: case.provenance.iter().map(|from| from.list.clone()).collect(),
        }
    }

    /// What a list says of a case. Where a case comes from is said only where the list has it.
    pub fn of_record(record: &CaseRecord, characteristics: &Characteristics) -> Self {
        let mut said = Sayings::of(&Case::from_record(record, characteristics), characteristics);
        if !record.fields.contains_key("origin") {
            said.cells.remove("origin");
        }
        said
    }

    fn names(&self) -> BTreeSet<String> {
        self.parties.iter().map(|(name, _)| plain(name)).collect()
    }
}

fn parties(case: &Case) -> Vec<(String, String)> {
    let all = case.parties.iter();
    all.map(|party| (party.name.clone(), party.group.as_str().to_owned()))
        .collect()
}

fn said_by(coding: &crate::case::Coding, scale: Scale) -> Said {
    match coding.state {
        CodingState::NotCoded => Said::new(),
        CodingState::Unknown | CodingState::NotApplicable => {
            vec![format!("{STATE}{}", coding.state.as_str())]
        }
        CodingState::Coded => match scale {
            Scale::Nominal | Scale::Ordinal => coding.value.iter().cloned().collect(),
            Scale::Multi => coding.values.iter().cloned().collect(),
            Scale::Number => coding.number.iter().map(f64::to_string).collect(),
            Scale::Text => vec![coding.text.clone()],
        },
    }
}

/// A name as it is compared.
pub(crate) fn plain(name: &str) -> String {
    name.trim().to_lowercase()
}

/// One field of a case beside what a list says of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Cell {
    /// As a column names it: `country`, `codings.scope`, `parties`, `extra.Farge`.
    pub field: String,
    /// What the same list said the last time; nothing where it was blank, or never came before.
    pub before: Said,
    /// What it says now.
    pub listed: Said,
    /// What stands in the case.
    pub here: Said,
    /// What that comes to.
    pub kind: CellKind,
    /// Whether the case gets what the list says.
    pub take: bool,
    /// The column of `extra` that keeps what the case does not get; empty where there is nothing to keep.
    pub kept_as: String,
}

/// What a list brings to a case: of each field where they are not the same one cell, and of parties that are missing one
/// each. `told` is what the same list said before. What is blank in the case is filled; what the list has changed since,
/// and nobody in the case, is taken over; all else waits for somebody.
pub fn compare(here: &Sayings, listed: &Sayings, told: Option<&Sayings>) -> Vec<Cell> {
    let mut cells = Vec::new();
    for (field, now) in &listed.cells {
        let before = told
            .and_then(|told| told.cells.get(field))
            .cloned()
            .unwrap_or_default();
        let stands = here.cells.get(field).cloned().unwrap_or_default();
        let kind = kind_of(&before, now, &stands);
        if kind == CellKind::Same || told.is_some() && before == *now {
            continue;
        }
        cells.push(Cell {
            field: field.clone(),
            before,
            listed: now.clone(),
            here: stands,
            kind,
            take: kind != CellKind::Differs,
            kept_as: String::new(),
        });
    }
    let known: BTreeSet<String> = told.map(Sayings::names).unwrap_or_default();
    let there = here.names();
    let missing = listed
        .parties
        .iter()
        .filter(|(name, _)| !known.contains(&plain(name)) && !there.contains(&plain(name)));
    cells.extend(missing.map(|(name, group)| Cell {
        field: PARTIES.to_owned(),
        listed: vec![name.clone(), group.clone()],
        kind: CellKind::Fill,
        take: true,
        ..Cell::default()
    }));
    cells
}

fn kind_of(before: &Said, now: &Said, here: &Said) -> CellKind {
    if here == now {
        CellKind::Same
    } else if here.is_empty() {
        CellKind::Fill
    } else if here == before {
        CellKind::Update
    } else {
        CellKind::Differs
    }
}

/// Where the case does not get what the list says, a column of `extra` under the list's name keeps it.
pub fn keep(cells: &mut [Cell], heading_of: impl Fn(&str) -> String, list: &str) {
    for cell in cells.iter_mut() {
        cell.kept_as = match cell.take {
            true => String::new(),
            false => format!("{} ({list})", heading_of(&cell.field)),
        };
    }
}

/// What a cell puts into a field.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Put {
    /// The field.
    pub field: String,
    /// What stands there, as far as who decided knows: where something else stands by now, nothing is put.
    pub was: Said,
    /// What is to stand there; of a party its name and group.
    pub now: Said,
    /// A person chose it against what stood there.
    pub chosen: bool,
}

impl Put {
    /// What takes it back.
    pub fn back(&self) -> Put {
        Put {
            field: self.field.clone(),
            was: self.now.clone(),
            now: self.was.clone(),
            chosen: false,
        }
    }
}

/// What these cells put into a case in which this stands.
pub fn puts(cells: &[Cell], here: &Sayings) -> Vec<Put> {
    let put = |cell: &Cell| {
        if cell.take {
            return Some(Put {
                field: cell.field.clone(),
                was: cell.here.clone(),
                now: cell.listed.clone(),
                chosen: cell.kind == CellKind::Differs,
            });
        }
        let field = format!("{EXTRA}{}", cell.kept_as);
        let (was, now) = (
            here.cells.get(&field).cloned().unwrap_or_default(),
            cell.listed.join(", "),
        );
        let new = !cell.kept_as.is_empty() && was.first() != Some(&now);
        new.then_some(Put {
            field,
            was,
            now: vec![now],
            chosen: false,
        })
    };
    cells.iter().filter_map(put).collect()
}

/// Joins a record of the same case into another: what is blank there is filled, what differs is kept in `extra`, and both
/// rows are its provenance. `heading_of` a field of the other record's list names the column that keeps it.
pub fn join_records(into: &mut CaseRecord, from: &CaseRecord, heading_of: impl Fn(&str) -> String) {
    let place = format!("{}, {}", from.list, from.row);
    let mut keep = |column: &str, said: String| {
        let taken = into
            .extra
            .insert(column.to_owned(), said.clone())
            .filter(|old| *old != said);
        if let Some(old) = taken {
            into.extra.insert(column.to_owned(), old);
            into.extra.insert(format!("{column} ({place})"), said);
        }
    };
    for (column, cell) in &from.extra {
        keep(column, cell.clone());
    }
    let beside = |field: &str| format!("{} ({place})", heading_of(field));
    let mut kept: Vec<(String, String)> = Vec::new();
    for (field, text) in &from.fields {
        let there = into.fields.entry(field.clone()).or_default();
        match there.trim().is_empty() {
            true => there.clone_from(text),
            false if there != text && !text.trim().is_empty() => kept.push((beside(field), text.clone())),
            false => {}
        }
    }
    let fields = [
        ("", &mut into.sets, &from.sets),
        (CODINGS, &mut into.codings, &from.codings),
    ];
    for (of, sets, others) in fields {
        for (key, values) in others {
            let there = sets.entry(key.clone()).or_default();
            match there.is_empty() {
                true => there.clone_from(values),
                false if there != values && !values.is_empty() => {
                    kept.push((beside(&format!("{of}{key}")), values.join(", ")))
                }
                false => {}
            }
        }
    }
    for (key, state) in &from.states {
        if into.codings.get(key).is_none_or(Vec::is_empty) {
            into.states.entry(key.clone()).or_insert_with(|| state.clone());
        }
    }
    let coded: Vec<String> = into
        .codings
        .iter()
        .filter(|(_, v)| !v.is_empty())
        .map(|(k, _)| k.clone())
        .collect();
    into.states.retain(|key, _| !coded.contains(key));
    let names: BTreeSet<String> = into.parties.iter().map(|(name, _)| plain(name)).collect();
    let missing = from
        .parties
        .iter()
        .filter(|(name, _)| !names.contains(&plain(name)));
    into.parties.extend(missing.cloned());
    into.extra.extend(kept);
    into.also.push((from.list.clone(), from.row));
    into.also.extend(from.also.iter().cloned());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::characteristic::defaults;

    fn record(fields: &[(&str, &str)]) -> CaseRecord {
        CaseRecord {
            fields: fields.iter().map(|(k, v)| ((*k).into(), (*v).into())).collect(),
            list: "KS.csv".into(),
            row: 2,
            ..CaseRecord::default()
        }
    }

    fn said(fields: &[(&str, &str)]) -> Sayings {
        Sayings::of_record(&record(fields), defaults())
    }

    fn kinds(cells: &[Cell]) -> Vec<(&str, CellKind, bool)> {
        cells.iter().map(|c| (c.field.as_str(), c.kind, c.take)).collect()
    }

    #[test]
    fn r35_a_list_fills_what_is_blank_and_never_takes_the_place_of_what_stands_there() {
        let here = said(&[("name", "Voss"), ("country", "Norge"), ("notes", "Vårt")]);
        let listed = said(&[
            ("name", "Voss"),
            ("country", "Sverige"),
            ("sector", "Klima"),
            ("notes", ""),
        ]);
        let mut cells = compare(&here, &listed, None);
        assert_eq!(
            kinds(&cells),
            [
                ("country", CellKind::Differs, false),
                ("sector", CellKind::Fill, true)
            ]
        );
        keep(&mut cells, |_| "Land".into(), "KS.csv");
        let puts = puts(&cells, &here);
        assert_eq!(
            (puts[0].field.as_str(), &puts[0].now),
            ("extra.Land (KS.csv)", &vec!["Sverige".to_owned()])
        );
        assert_eq!(
            (puts[1].field.as_str(), &puts[1].now),
            ("sector", &vec!["Klima".to_owned()])
        );
    }

    #[test]
    fn r32_the_same_list_again_takes_over_what_nobody_has_touched_and_a_blank_erases_nothing() {
        let told = said(&[
            ("name", "Voss"),
            ("country", "Norge"),
            ("sector", "Vann"),
            ("period", "2017"),
        ]);
        let here = said(&[
            ("name", "Voss"),
            ("country", "Norge"),
            ("sector", "Vann og klima"),
            ("period", "2017"),
        ]);
        let listed = said(&[
            ("name", "Voss"),
            ("country", "Noreg"),
            ("sector", "Flom"),
            ("period", ""),
        ]);
        let cells = compare(&here, &listed, Some(&told));
        assert_eq!(
            kinds(&cells),
            [
                ("country", CellKind::Update, true),
                ("sector", CellKind::Differs, false)
            ]
        );
        assert_eq!(
            compare(&here, &told, Some(&told)),
            [],
            "what the list has not changed is not asked again"
        );
    }

    #[test]
    fn r35_two_rows_of_one_case_are_one_record_with_both_places() {
        let mut first = record(&[("name", "Voss"), ("country", "Norge")]);
        first.parties = vec![("Voss kommune".into(), "kommune".into())];
        let mut second = record(&[("name", "Flomvarsling i Voss"), ("sector", "Klima")]);
        second.row = 7;
        second.parties = vec![
            ("voss kommune".into(), "kommune".into()),
            ("NVE".into(), "stat".into()),
        ];
        join_records(&mut first, &second, |_| "Navn".into());
        assert_eq!(first.fields["sector"], "Klima");
        assert_eq!(first.extra["Navn (KS.csv, 7)"], "Flomvarsling i Voss");
        assert_eq!(
            (first.parties.len(), &first.also),
            (2, &vec![("KS.csv".to_owned(), 7)])
        );
        let case = Case::from_record(&first, defaults());
        assert_eq!(case.provenance.len(), 2);
    }
}
