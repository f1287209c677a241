//! A library of lists as people send them, made up, and what a correct import of each holds: `golden/NAME.json`, written
//! anew by `BLESS=1` and read by a person before it is kept.

mod lists;

use super::files;
use samverk::intake::{self, SourceFile};
use samverk_shared::characteristic::{Change, Form, FormValue, Scale, defaults};
use samverk_shared::import::{Choices, ImportPlan, Known, SheetPlan, WarningKind};
use serde_json::{Value, json};
use std::path::Path;

/// A list: what is odd about it, its file's name, its bytes.
pub struct List {
    pub about: &'static str,
    pub file: &'static str,
    pub bytes: Vec<u8>,
}

pub fn all() -> Vec<List> {
    lists::all()
}

fn plan(list: &List) -> ImportPlan {
    let file = SourceFile {
        name: list.file,
        bytes: &list.bytes,
    };
    intake::plan(&[file], defaults(), &Choices::default(), &Known::default())
}

/// What of a plan a person reads.
fn readable(plan: &ImportPlan) -> Value {
    let sheet = |sheet: &SheetPlan| {
        let columns: Vec<String> = sheet
            .columns
            .iter()
            .map(|c| {
                format!(
                    "{} -> {} ({})",
                    c.header,
                    c.target.as_deref().unwrap_or("extra"),
                    word(&c.reason)
                )
            })
            .collect();
        let doubts: Vec<String> = sheet
            .doubts
            .iter()
            .map(|d| {
                format!(
                    "{} {}: «{}» -> «{}» ({})",
                    d.row,
                    d.column,
                    d.original,
                    d.read_as,
                    word(&d.why)
                )
            })
            .collect();
        let duplicates: Vec<String> = sheet
            .duplicates
            .iter()
            .map(|d| {
                format!(
                    "{} «{}» = {}{} «{}» ({} {})",
                    d.row,
                    d.name,
                    d.of.list,
                    d.of.row,
                    d.of.name,
                    word(&d.by),
                    d.score
                )
            })
            .collect();
        let warnings: Vec<String> = sheet
            .warnings
            .iter()
            .map(|w| {
                format!(
                    "{}:{} {} {}",
                    word(&w.kind),
                    w.row.unwrap_or(0),
                    w.column.as_deref().unwrap_or(""),
                    w.value
                )
            })
            .collect();
        json!({
            "sheet": sheet.name, "layout": sheet.layout, "header_row": sheet.header_row, "encoding": sheet.encoding,
            "columns": columns, "records": sheet.records.iter().map(filled).collect::<Vec<_>>(),
            "doubts": doubts, "duplicates": duplicates, "warnings": warnings,
        })
    };
    json!({ "sheets": plan.sheets.iter().map(sheet).collect::<Vec<_>>(), "refused": plan.refused })
}

fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()
}

/// A record without what is blank and what every record of the file has.
fn filled(record: &impl serde::Serialize) -> Value {
    let mut value = serde_json::to_value(record).unwrap();
    if let Some(fields) = value.as_object_mut() {
        fields.remove("list");
        fields.retain(|_, v| {
            !matches!(v, Value::String(s) if s.is_empty()) && v != &json!({}) && v != &json!([])
        });
    }
    value
}

#[test]
fn r32_each_list_of_the_library_gives_what_a_correct_import_holds() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("intake/library/golden");
    let lists = all();
    assert!(lists.len() >= 30);
    let mut wrong = Vec::new();
    for list in &lists {
        let path = folder.join(format!("{}.json", list.about.replace(' ', "-")));
        let found = serde_json::to_string_pretty(&readable(&plan(list))).unwrap() + "\n";
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&path, &found).unwrap();
        }
        if std::fs::read_to_string(&path).unwrap_or_default() != found {
            wrong.push(format!("{}:\n{found}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every cell of a file is in a record, a heading, a doubt or a warning, unless its column is left out by name.
pub fn lost_cells(file: &str, bytes: &[u8]) -> Vec<String> {
    let Ok(sheets) = intake::read(file, bytes) else {
        return Vec::new();
    };
    let plan = intake::report(file, bytes).unwrap();
    let mut lost = Vec::new();
    for sheet in &sheets {
        let understood = plan.sheets.iter().find(|s| s.name == sheet.name).unwrap();
        if understood.warnings.iter().any(|w| w.kind == WarningKind::NoCases) {
            continue;
        }
        let told = squeezed(&serde_json::to_string(&understood).unwrap());
        let turned = word(&understood.layout) == "columns";
        for row in &sheet.rows {
            for (column, cell) in &row.cells {
                let number = if turned { row.number } else { *column };
                let plan = understood.columns.iter().find(|c| c.column == number);
                let is_left_out = plan.is_some_and(|c| c.target.as_deref() == Some("ignore"));
                let is_choice = plan.is_some_and(|c| c.target.as_deref().is_some_and(|t| t.contains('=')));
                let spaced = cell.replace(" og ", ";").replace(" / ", ";");
                let mut parts = spaced
                    .split([';', ',', '\n', '|'])
                    .map(squeezed)
                    .filter(|p| !p.is_empty());
                let is_told = parts.all(|part| told.contains(&part)) || says_so(cell, &told);
                if !is_told && !is_left_out && !is_choice {
                    lost.push(format!("{} {}: {cell}", row.number, column));
                }
            }
        }
    }
    lost
}

/// Letters and digits alone, for JSON escapes and separators differ.
fn squeezed(text: &str) -> String {
    text.replace("\\n", " ")
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// Words that became another word beyond doubt: their value is told as the original of a value or as a state.
fn says_so(cell: &str, told: &str) -> bool {
    matches!(
        cell.to_lowercase().as_str(),
        "-" | "–" | "?" | "ukjent" | "2017.0" | "vet ikke"
    ) || told.contains(&squeezed(cell))
}

#[test]
fn r32_no_cell_of_the_library_is_lost() {
    for list in all() {
        let lost = lost_cells(list.file, &list.bytes);
        assert!(lost.is_empty(), "{}: {lost:#?}", list.about);
    }
}

#[test]
fn r23_a_list_is_matched_by_the_workshops_own_characteristics() {
    let named = |label: &str| FormValue {
        label_nb: label.into(),
        ..FormValue::default()
    };
    let own = Change::Add {
        form: Form {
            label_nb: "Arbeidsspråk".into(),
            group: "Egne".into(),
            scale: Scale::Nominal,
            active: true,
            values: vec![named("Norsk"), named("Samisk")],
            ..Form::default()
        },
    };
    let merged = Change::Retire {
        key: "scope".into(),
        value: "enkeltprosjekt".into(),
        into: Some("okosystem".into()),
    };
    let set = defaults().changed(&own, false).unwrap();
    let set = set.changed(&merged, true).unwrap();
    let key = set.characteristics.last().unwrap().key.clone();
    let file = SourceFile {
        name: "liste.csv",
        bytes: "Navn;Arbeidsspråk;Omfang\nBro;Samisk;Enkeltstående utviklingsprosjekt\nElv;Norsk;Økosystem\n"
            .as_bytes(),
    };
    let plan = intake::plan(&[file], &set, &Choices::default(), &Known::default());
    let records = &plan.sheets[0].records;
    let target = |column: usize| plan.sheets[0].columns[column].target.clone();
    assert_eq!(
        (target(1), target(2)),
        (Some(format!("codings.{key}")), Some("codings.scope".into()))
    );
    let samisk = &set.get(&key).unwrap().values[1].key;
    assert_eq!(&records[0].codings[&key][0], samisk);
    assert!(
        records
            .iter()
            .all(|record| record.codings["scope"] == ["okosystem"])
    );
}
