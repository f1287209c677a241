//! The code book: what cases are coded by.

use super::words::{self, CODE_BOOK, YES};
use super::{Cell, Table, names};
use crate::language::Language;
use samverk_shared::characteristic::{Characteristic, Characteristics, Scale, Value};
use samverk_shared::register::RegisterRow;

/// A row for each value, and one for each characteristic without a list; with how many of the cases have it.
pub fn code_book<'a>(
    set: &Characteristics,
    rows: impl IntoIterator<Item = &'a RegisterRow> + Clone,
    language: Language,
) -> Table {
    let mut table = Table::new(
        language.of(names::CODE_BOOK),
        CODE_BOOK.map(|words| language.of(words)),
    );
    for c in set.iter() {
        let cases = |key: &str| {
            let has = |row: &&RegisterRow| {
                row.codings
                    .get(&c.key)
                    .is_some_and(|v| v.iter().any(|v| v == key))
            };
            rows.clone().into_iter().filter(has).count()
        };
        let of_values = c
            .values
            .iter()
            .map(|value| with(c, Some(value), cases(&value.key).into(), set.version, language));
        table.rows.extend(of_values);
        if c.values.is_empty() {
            table.rows.push(with(c, None, Cell::Blank, set.version, language));
        }
    }
    table
}

fn with(
    c: &Characteristic,
    value: Option<&Value>,
    cases: Cell,
    version: u32,
    language: Language,
) -> Vec<Cell> {
    vec![
        Cell::from(&c.code),
        Cell::from(&c.key),
        Cell::from(&c.label_nb),
        Cell::from(&c.label_en),
        Cell::from(&c.group),
        Cell::from(&c.help_nb),
        Cell::from(language.of(scale(c.scale))),
        Cell::from(c.unit.as_ref()),
        Cell::from(c.core.then(|| language.of(YES))),
        Cell::from(value.map(|value| &value.key)),
        Cell::from(value.map(|value| &value.label_nb)),
        Cell::from(value.map(|value| &value.label_en)),
        Cell::from(value.map(|value| &value.definition)),
        cases,
        Cell::from(f64::from(version)),
    ]
}

fn scale(scale: Scale) -> words::Words {
    match scale {
        Scale::Nominal => ["Én verdi", "Éin verdi", "One value"],
        Scale::Ordinal => [
            "Én verdi, i rekkefølge",
            "Éin verdi, i rekkjefølgje",
            "One value, in order",
        ],
        Scale::Multi => ["Flere verdier", "Fleire verdiar", "Several values"],
        Scale::Number => ["Tall", "Tal", "Number"],
        Scale::Text => ["Tekst", "Tekst", "Text"],
    }
}
