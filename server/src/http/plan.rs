//! The plan of information needs as a file for a spreadsheet: semicolons, as Norwegian Excel reads them, a byte-order mark
//! for the letters, and no cell that a spreadsheet would take for a formula.

use super::language::Language;
use super::needs::Names;
use samverk_shared::access::State;
use samverk_shared::characteristic;
use samverk_shared::need::{NeedStatus, Way};
use samverk_shared::register::RegisterRow;
use samverk_shared::views::missing::{Planned, plan};
use std::collections::BTreeMap;
use std::sync::Arc;

const BYTE_ORDER_MARK: char = '\u{feff}';

/// The file. Archived cases ask nobody for anything.
pub fn csv(rows: &[Arc<RegisterRow>], names: &Names, language: Language) -> String {
    let words = Words::of(language);
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
    let mut file = String::from(BYTE_ORDER_MARK);
    line(&mut file, words.headings.map(str::to_owned));
    for one in &planned {
        if let Some(case) = cases.get(&one.subject) {
            line(&mut file, cells(one, case, names, &words));
        }
    }
    file
}

fn cells(one: &Planned, case: &RegisterRow, names: &Names, words: &Words) -> [String; 10] {
    let need = &one.need;
    let name = names.get(&need.responsible).cloned();
    [
        name.unwrap_or_else(|| words.nobody.to_owned()),
        need.due.clone(),
        words.status(need.status).to_owned(),
        words.way(need.way).to_owned(),
        case.code.clone(),
        case.name.clone(),
        field(&need.about, words),
        need.question.clone(),
        need.answer.clone(),
        one.source_title.clone(),
    ]
}

fn field(path: &str, words: &Words) -> String {
    let key = path.strip_prefix("codings.").unwrap_or_default();
    match characteristic::defaults().get(key) {
        Some(characteristic) if words.english => characteristic.label_en.clone(),
        Some(characteristic) => characteristic.label_nb.clone(),
        None => words.basic(path).to_owned(),
    }
}

fn line(file: &mut String, cells: [String; 10]) {
    file.push_str(&cells.map(|cell| quoted(&harmless(cell))).join(";"));
    file.push_str("\r\n");
}

/// A spreadsheet runs what begins with one of these signs.
fn harmless(cell: String) -> String {
    if cell.trim_start().starts_with(['=', '+', '-', '@']) || cell.starts_with(['\t', '\r', '\n']) {
        format!("'{cell}")
    } else {
        cell
    }
}

fn quoted(cell: &str) -> String {
    if cell.contains([';', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

struct Words {
    english: bool,
    headings: [&'static str; 10],
    nobody: &'static str,
    statuses: [&'static str; 4],
    ways: [&'static str; 4],
    basics: [&'static str; 6],
}

impl Words {
    fn of(language: Language) -> Words {
        match language {
            Language::Nb => NB,
            Language::Nn => NN,
            Language::En => EN,
        }
    }

    fn status(&self, status: NeedStatus) -> &'static str {
        self.statuses[status as usize]
    }

    fn way(&self, way: Way) -> &'static str {
        self.ways[way as usize]
    }

    fn basic(&self, path: &str) -> &'static str {
        let fields = [
            "facts.country",
            "facts.start_year",
            "facts.source",
            "parties",
            "texts.description",
            "texts.benefit",
        ];
        let place = fields.iter().position(|field| *field == path);
        place.map_or("", |place| self.basics[place])
    }
}

const NB: Words = Words {
    english: false,
    headings: [
        "Ansvarlig",
        "Frist",
        "Status",
        "Måte",
        "Kode",
        "Eksempel",
        "Gjelder",
        "Spørsmål",
        "Svar",
        "Kilde",
    ],
    nobody: "Ingen ennå",
    statuses: ["Ikke spurt", "Spurt", "Svar mottatt", "Gitt opp"],
    ways: ["Dokument", "Intervju", "Skjema", "Samling"],
    basics: ["Land", "Startår", "Kilde", "Parter", "Beskrivelse", "Nytte"],
};

const NN: Words = Words {
    english: false,
    headings: [
        "Ansvarleg",
        "Frist",
        "Status",
        "Måte",
        "Kode",
        "Døme",
        "Gjeld",
        "Spørsmål",
        "Svar",
        "Kjelde",
    ],
    nobody: "Ingen enno",
    statuses: ["Ikkje spurt", "Spurt", "Svar motteke", "Gitt opp"],
    ways: ["Dokument", "Intervju", "Skjema", "Samling"],
    basics: ["Land", "Startår", "Kjelde", "Partar", "Skildring", "Nytte"],
};

const EN: Words = Words {
    english: true,
    headings: [
        "Responsible",
        "Due",
        "Status",
        "Way",
        "Code",
        "Case",
        "About",
        "Question",
        "Answer",
        "Source",
    ],
    nobody: "Nobody yet",
    statuses: ["Not asked", "Asked", "Received", "Given up"],
    ways: ["Document", "Interview", "Form", "Workshop"],
    basics: [
        "Country",
        "Start year",
        "Source",
        "Parties",
        "Description",
        "Benefit",
    ],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r43_a_cell_is_quoted_where_it_must_and_never_run() {
        assert_eq!(quoted(&harmless("a;b \"c\"".into())), "\"a;b \"\"c\"\"\"");
        for bad in ["=1+1", "+47 22", "-2", "@SUM(A1)", "  =1", "\t=1", "\r=1"] {
            assert!(harmless(bad.into()).starts_with('\''), "{bad:?}");
        }
        assert_eq!(harmless("Hvem er med?".into()), "Hvem er med?");
    }
}
