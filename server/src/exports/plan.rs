//! The plan of information needs: who is to find out what, how and by when (R43).

use super::words::{Words, label};
use super::{Cell, Table};
use crate::language::Language;
use samverk_shared::access::State;
use samverk_shared::characteristic::Characteristics;
use samverk_shared::need::{NeedStatus, Way};
use samverk_shared::register::RegisterRow;
use samverk_shared::views::missing::{Planned, plan};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Participant → name.
pub type Names = BTreeMap<String, String>;

/// A row for each need, by responsible person. Archived cases ask nobody for anything.
pub fn needs(rows: &[Arc<RegisterRow>], set: &Characteristics, names: &Names, language: Language) -> Table {
    let live = rows
        .iter()
        .map(Arc::as_ref)
        .filter(|row| row.state != State::Archived);
    let live: Vec<&RegisterRow> = live.collect();
    let cases: BTreeMap<_, &RegisterRow> = live.iter().map(|row| (&row.subject, *row)).collect();
    let mut planned = plan(&live);
    // By name, as people look for themselves; the plan's own order holds within each.
    planned.sort_by_key(|one| {
        let name = names.get(&one.need.responsible).cloned().unwrap_or_default();
        (name.is_empty(), name.to_lowercase())
    });
    let mut table = Table::new(language.of(NAME), HEADINGS.map(|words| language.of(words)));
    for one in &planned {
        if let Some(case) = cases.get(&one.subject) {
            table.rows.push(cells(one, case, (set, names), language).to_vec());
        }
    }
    table
}

fn cells(
    one: &Planned,
    case: &RegisterRow,
    (set, names): (&Characteristics, &Names),
    language: Language,
) -> [Cell; 10] {
    let need = &one.need;
    let name = names.get(&need.responsible).map(String::as_str);
    let texts = [
        name.unwrap_or_else(|| language.of(NOBODY)),
        &need.due,
        language.of(status(need.status)),
        language.of(way(need.way)),
        &case.code,
        &case.name,
        field(&need.about, set, language),
        &need.question,
        &need.answer,
        &one.source_title,
    ];
    texts.map(cell)
}

/// Blanks before it would hide from the writer what a spreadsheet may take for a formula.
fn cell(text: &str) -> Cell {
    text.trim().into()
}

fn field<'a>(path: &str, set: &'a Characteristics, language: Language) -> &'a str {
    let key = path.strip_prefix("codings.").unwrap_or_default();
    match set.get(key) {
        Some(characteristic) => label(characteristic, language),
        None => language.of(basic(path)),
    }
}

const NAME: Words = ["Informasjonsbehov", "Informasjonsbehov", "Information needs"];
const NOBODY: Words = ["Ingen ennå", "Ingen enno", "Nobody yet"];

const HEADINGS: [Words; 10] = [
    ["Ansvarlig", "Ansvarleg", "Responsible"],
    ["Frist", "Frist", "Due"],
    ["Status", "Status", "Status"],
    ["Måte", "Måte", "Way"],
    ["Kode", "Kode", "Code"],
    ["Eksempel", "Døme", "Case"],
    ["Gjelder", "Gjeld", "About"],
    ["Spørsmål", "Spørsmål", "Question"],
    ["Svar", "Svar", "Answer"],
    ["Kilde", "Kjelde", "Source"],
];

fn status(status: NeedStatus) -> Words {
    match status {
        NeedStatus::Open => ["Ikke spurt", "Ikkje spurt", "Not asked"],
        NeedStatus::Asked => ["Spurt", "Spurt", "Asked"],
        NeedStatus::Received => ["Svar mottatt", "Svar motteke", "Received"],
        NeedStatus::GivenUp => ["Gitt opp", "Gitt opp", "Given up"],
    }
}

fn way(way: Way) -> Words {
    match way {
        Way::Document => ["Dokument", "Dokument", "Document"],
        Way::Interview => ["Intervju", "Intervju", "Interview"],
        Way::Form => ["Skjema", "Skjema", "Form"],
        Way::Workshop => ["Samling", "Samling", "Workshop"],
    }
}

fn basic(path: &str) -> Words {
    match path {
        "facts.country" => ["Land", "Land", "Country"],
        "facts.start_year" => ["Startår", "Startår", "Start year"],
        "facts.source" => ["Kilde", "Kjelde", "Source"],
        "parties" => ["Parter", "Partar", "Parties"],
        "texts.description" => ["Beskrivelse", "Skildring", "Description"],
        "texts.benefit" => ["Nytte", "Nytte", "Benefit"],
        _ => ["", "", ""],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exports::csv;

    fn written(text: &str) -> String {
        let table = Table {
            rows: vec![vec![cell(text)]],
            ..Table::new("t", ["a"])
        };
        let file = String::from_utf8(csv(&table, Language::Nb).unwrap()).unwrap();
        file.strip_prefix("\u{feff}a\r\n").unwrap().trim_end().to_owned()
    }

    #[test]
    fn r43_a_cell_is_quoted_where_it_must_and_never_run() {
        assert_eq!(written("a;b \"c\""), "\"a;b \"\"c\"\"\"");
        for bad in ["=1+1", "+47 22", "-2", "@SUM(A1)", "  =1", "\t=1", "\r=1"] {
            assert!(written(bad).starts_with('\''), "{bad:?}");
        }
        assert_eq!(written("Hvem er med?"), "Hvem er med?");
    }
}
