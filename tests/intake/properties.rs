//! What holds of any list: no cell is lost, the same list in another format gives the same cases, and what a person
//! chose, or chose last time, comes before what is proposed.

use super::files::{ods, ods_rows, xlsx};
use super::library::lost_cells;
use proptest::prelude::*;
use samverk::intake::{self, SourceFile};
use samverk_shared::characteristic::defaults;
use samverk_shared::import::{
    Choices, ColumnReason, ImportPlan, Known, KnownCase, SavedMapping, SheetChoices, ValueReason,
};

const HEADINGS: [&str; 14] = [
    "Navn",
    "Land",
    "Startår",
    "Slutt",
    "Omfang",
    "Finansiering",
    "Nivå",
    "Hvem er med",
    "Offentlige aktører",
    "Notat",
    "Vurdering",
    "Status",
    "Periode",
    "Antall aktører",
];

fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-ZÆØÅa-zæøå]{1,9}( [a-zæøå]{1,6})?",
        Just("Økosystem".to_owned()),
        Just("nettverk / klynge".to_owned()),
        Just("EU, egne midler".to_owned()),
        Just("høsten 2017".to_owned()),
        Just("2015–2018".to_owned()),
        Just("NAV og Bodø kommune".to_owned()),
        Just("Sum".to_owned()),
        Just("* en fotnote".to_owned()),
        Just("43101".to_owned()),
        "[0-9]{1,6}",
        Just(String::new()),
    ]
}

fn table() -> impl Strategy<Value = Vec<Vec<String>>> {
    prop::sample::subsequence(&HEADINGS[1..], 0..8).prop_flat_map(|others| {
        let header: Vec<String> = std::iter::once("Navn").chain(others).map(str::to_owned).collect();
        let width = header.len();
        prop::collection::vec(prop::collection::vec(word(), width), 1..8).prop_map(move |rows| {
            let mut all = vec![header.clone()];
            all.extend(rows);
            all
        })
    })
}

fn separated(rows: &[Vec<String>], separator: &str) -> String {
    rows.iter().map(|row| row.join(separator) + "\n").collect()
}

fn plan_of(text: &str, choices: &Choices, known: &Known) -> ImportPlan {
    intake::plan(
        &[SourceFile {
            name: "liste.csv",
            bytes: text.as_bytes(),
        }],
        defaults(),
        choices,
        known,
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn r32_no_cell_of_any_list_is_lost(rows in table()) {
        let lost = lost_cells("liste.csv", separated(&rows, ";").as_bytes());
        prop_assert!(lost.is_empty(), "{:?} of {:?}", lost, rows);
    }

    #[test]
    fn r32_the_same_list_in_every_format_gives_the_same_cases(rows in table()) {
        let tabs = separated(&rows, "\t");
        let tabs = tabs.trim_end_matches('\n');
        let files = [separated(&rows, ";").into_bytes(), tabs.as_bytes().to_vec(), xlsx(&[("Ark1", tabs, &[])]), ods(&ods_rows(tabs))];
        let plans = files.map(|bytes| intake::report("liste", &bytes).unwrap().records().cloned().collect::<Vec<_>>());
        prop_assert!(plans.iter().all(|records| records == &plans[0]), "{:#?}", plans);
    }
}

const LIST: &str =
    "Navn;Greie;Omfang\nHavnelaben;helse;nettverk / klynge\nSkolehagen;skole;nettverk / klynge\n";

fn choices() -> Choices {
    let sheet = SheetChoices {
        file: "liste.csv".into(),
        name: "liste.csv".into(),
        columns: [(2, "sector".to_owned())].into(),
        values: [(
            "codings.scope".to_owned(),
            [("nettverk / klynge".to_owned(), "okosystem".to_owned())].into(),
        )]
        .into(),
        ..SheetChoices::default()
    };
    Choices { sheets: vec![sheet] }
}

#[test]
fn r32_a_number_that_begins_with_a_zero_is_doubted() {
    let plan = plan_of(
        "Navn;Antall aktører\na;090518\nb;0,5\nc;0\n",
        &Choices::default(),
        &Known::default(),
    );
    let doubted: Vec<_> = plan.sheets[0]
        .doubts
        .iter()
        .map(|d| (d.original.as_str(), d.read_as.as_str()))
        .collect();
    assert_eq!(doubted, [("090518", "90518")]);
}

#[test]
fn r32_what_a_person_chose_comes_before_what_is_proposed() {
    let before = plan_of(LIST, &Choices::default(), &Known::default());
    assert!(
        before
            .records()
            .all(|r| r.codings.is_empty() && r.extra.contains_key("Greie"))
    );
    let plan = plan_of(LIST, &choices(), &Known::default());
    let sheet = &plan.sheets[0];
    assert_eq!(sheet.doubts, []);
    assert!(
        sheet
            .records
            .iter()
            .all(|r| r.codings["scope"] == ["okosystem"] && r.extra.is_empty())
    );
    assert_eq!(sheet.records[0].fields["sector"], "helse");
    assert_eq!(
        (sheet.columns[1].reason, sheet.values[0].reason),
        (ColumnReason::Given, ValueReason::Given)
    );
    assert_eq!((sheet.values[0].cells, sheet.values[0].used), (2, true));
}

#[test]
fn r32_a_list_of_last_time_is_known_again_by_its_headings() {
    let first = plan_of(LIST, &choices(), &Known::default());
    let saved: SavedMapping = first.sheets[0].mapping("KS");
    let known = Known {
        mappings: vec![saved],
        ..Known::default()
    };
    let other_order = "Omfang;Navn;Greie\nNettverk / klynge;Fjordlab;miljø\n";
    let plan = plan_of(other_order, &Choices::default(), &known);
    let record = plan.records().next().unwrap();
    assert_eq!(
        (
            record.codings["scope"][0].as_str(),
            record.fields["sector"].as_str()
        ),
        ("okosystem", "miljø")
    );
    assert_eq!(plan.sheets[0].columns[2].reason, ColumnReason::Remembered);
}

#[test]
fn r32_a_header_and_a_sheet_are_left_to_the_person_who_chooses() {
    let text = "Navn;Land\nDette er;en tittel\nNavn;Land;Sektor\nHavnelaben;Norge;havn\n";
    let mut choices = choices();
    choices.sheets[0].columns.clear();
    choices.sheets[0].header_row = Some(1);
    assert_eq!(
        plan_of(text, &choices, &Known::default()).sheets[0].header_row,
        Some(1)
    );
    choices.sheets[0].leave_out = true;
    assert_eq!(plan_of(text, &choices, &Known::default()).sheets, []);
}

#[test]
fn r35_a_case_of_the_workshop_is_found_again_and_nothing_is_merged() {
    let case = KnownCase {
        code: "N18".into(),
        name: "Med hjerte for Arendal".into(),
        aliases: vec!["MHFA".into()],
    };
    let known = Known {
        cases: vec![case],
        ..Known::default()
    };
    let list = "Navn\nMed hjerte f. Arendal\nMHFA\nSkolehagen\n";
    let plan = plan_of(list, &Choices::default(), &known);
    let found: Vec<_> = plan.sheets[0]
        .duplicates
        .iter()
        .map(|d| (d.row, d.of.case.as_str()))
        .collect();
    assert_eq!(found, [(2, "N18"), (3, "N18")]);
    assert_eq!((plan.cases, plan.skipped), (2, 1));
    assert_eq!(
        plan.sheets[0].known,
        [3],
        "by the very name of it, and only that one"
    );
    let all = Choices {
        sheets: vec![SheetChoices {
            file: "liste.csv".into(),
            name: "liste.csv".into(),
            take_known: true,
            ..SheetChoices::default()
        }],
    };
    let plan = plan_of(list, &all, &known);
    assert_eq!(plan.cases, 3, "each is still a record with its own provenance");
    assert!(plan.records().all(|r| r.list == "liste.csv" && r.row > 1));
}

#[test]
fn r32_a_file_that_cannot_be_read_is_refused_and_the_others_are_shown() {
    let files = [
        SourceFile {
            name: "gammel.xls",
            bytes: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        },
        SourceFile {
            name: "liste.csv",
            bytes: b"Navn\nHavnelaben\n",
        },
    ];
    let plan = intake::plan(&files, defaults(), &Choices::default(), &Known::default());
    assert_eq!((plan.refused[0].file.as_str(), plan.cases), ("gammel.xls", 1));
    assert!(plan.refused[0].problem.contains("save it as .xlsx"));
    let again: ImportPlan = serde_json::from_str(&serde_json::to_string(&plan).unwrap()).unwrap();
    assert_eq!(again, plan);
}

#[test]
fn r34_a_planned_and_an_imagined_case_come_in_as_such() {
    let plan = plan_of(
        "Navn;Status;Opphav;Modenhet\nA;planlagt;nasjonal;Planlagt\nB;;framtidig;\n",
        &Choices::default(),
        &Known::default(),
    );
    let records: Vec<_> = plan.records().collect();
    assert_eq!(
        (
            records[0].fields["status"].as_str(),
            records[0].codings["maturity"][0].as_str()
        ),
        ("planned", "planlagt")
    );
    assert_eq!(records[1].fields["origin"], "future");
}
