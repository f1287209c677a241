//! The bundled list of 48 cases, as text and as a workbook, counted as the requirements count it.

use super::{CASES_CSV, CASES_XLSX, case};
use samverk::intake;
use samverk_shared::access::State;
use samverk_shared::case::{ActorMix, Case, Coding, Decision, Eligible, Level, Origin};
use samverk_shared::characteristic::defaults;
use samverk_shared::document::{create, read::read_case};
use samverk_shared::ids::{DocumentId, SubjectId};
use samverk_shared::import::{CaseRecord, assign_codes};
use samverk_shared::register::{self, RegisterRow};
use samverk_shared::views::Cases;
use samverk_shared::views::missing::{MissingView, missing};

fn records() -> Vec<CaseRecord> {
    intake::report("cases.csv", CASES_CSV)
        .unwrap()
        .records()
        .cloned()
        .collect()
}

/// The cases after a whole turn through their documents.
fn cases() -> Vec<Case> {
    let through_document = |record: &CaseRecord| {
        let mut ids = 0;
        let mut fresh_ids = || {
            ids += 1;
            ids.to_string()
        };
        let document = create::case(record, defaults(), [1_u8; 16].into(), &mut fresh_ids, 0).unwrap();
        let (case, problems) = read_case(&document, defaults());
        assert_eq!(problems, [], "{}", case.code);
        case
    };
    records().iter().map(through_document).collect()
}

fn rows() -> Vec<RegisterRow> {
    let ids = (SubjectId::from_random([0; 16]), DocumentId::from_random([0; 16]));
    let row = |case: &Case| register::row(ids.0.clone(), ids.1, State::Open, case, &[], defaults());
    cases().iter().map(row).collect()
}

/// What is missing about the cases with these codes, when they are the selected ones.
fn missing_of(selected: &[&str], change: impl Fn(&mut Case)) -> (MissingView, Vec<String>) {
    let mut cases = cases();
    let number = |n: usize| {
        (
            SubjectId::from_random([n as u8; 16]),
            DocumentId::from_random([n as u8; 16]),
        )
    };
    let mut rows = Vec::new();
    for (n, case) in cases.iter_mut().enumerate() {
        if selected.contains(&case.code.as_str()) {
            case.selection.decision = Decision::In;
        }
        change(case);
        let (subject, document) = number(n);
        rows.push(register::row(
            subject,
            document,
            State::Open,
            case,
            &[],
            defaults(),
        ));
    }
    let view = missing(&rows, defaults(), Cases::Chosen);
    let code = |subject: &SubjectId| {
        rows.iter()
            .find(|row| row.subject == *subject)
            .unwrap()
            .code
            .clone()
    };
    let order = view.by_case.iter().map(|one| code(&one.subject)).collect();
    (view, order)
}

#[test]
fn r42_selected_case_n15_has_9_of_10_coded_and_the_user_role_is_missing() {
    let (view, order) = missing_of(&["N15", "N13", "I12"], |_| {});
    let n15 = &view.by_case[order.iter().position(|code| code == "N15").unwrap()];
    assert_eq!((n15.coded, view.agreed.len()), (9, 10));
    assert_eq!(n15.missing, ["user_role"]);
    assert_eq!((&n15.unknown, n15.not_applicable), (&Vec::new(), 0));
    assert_eq!(view.by_case.len(), 3, "of the selected ones alone");
}

#[test]
fn r42_the_least_complete_selected_cases_come_first() {
    let all = codes(|_| true);
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let (view, order) = missing_of(&all, |case| {
        if case.code == "N20" {
            case.codings
                .values_mut()
                .for_each(|coding| *coding = Coding::default());
        }
    });
    assert_eq!(order[0], "N20");
    let coded: Vec<usize> = view.by_case.iter().map(|one| one.coded).collect();
    assert_eq!((coded[0], coded.is_sorted()), (0, true), "{coded:?}");
    assert_eq!(
        view.by_case[0].basics_missing,
        ["texts.benefit", "codings.innovation_object", "codings.scope"]
    );
}

#[test]
fn r13_a_case_one_is_unsure_of_stands_under_to_be_settled_until_it_is_decided() {
    let reason = "innovasjonen skjer hovedsakelig i industrien";
    let say = |answer| {
        move |case: &mut Case| {
            if case.code == "N13" {
                case.eligibility.answer = answer;
                case.eligibility.reason = reason.into();
            }
        }
    };
    let (view, _) = missing_of(&["N13", "N15"], say(Eligible::Unsure));
    let unsettled: Vec<&str> = view.unsettled.iter().map(|one| one.reason.as_str()).collect();
    assert_eq!(unsettled, [reason]);
    for decided in [Eligible::Yes, Eligible::No] {
        assert!(missing_of(&["N13", "N15"], say(decided)).0.unsettled.is_empty());
    }
}

fn codes(keep: impl Fn(&Case) -> bool) -> Vec<String> {
    cases().into_iter().filter(keep).map(|c| c.code).collect()
}

fn mixed(keep: impl Fn(ActorMix) -> bool) -> usize {
    cases().iter().filter(|c| keep(c.actor_mix())).count()
}

fn coded(key: &str, value: &str) -> usize {
    rows()
        .iter()
        .filter(|row| row.codings.get(key).is_some_and(|v| v.iter().any(|v| v == value)))
        .count()
}

#[test]
fn r32_both_files_give_the_same_48_records() {
    let csv = intake::report("liste", CASES_CSV).unwrap();
    let mut xlsx = intake::report("liste", CASES_XLSX).unwrap();
    assert_eq!((csv.cases, csv.rows, csv.skipped), (48, 48, 0));
    assert_eq!(csv.sheets[0].warnings, []);
    assert_eq!(
        csv.sheets[0]
            .columns
            .iter()
            .filter(|c| c.target.is_none())
            .count(),
        0
    );
    assert_eq!(xlsx.sheets[0].name, "Eksempler");
    assert_eq!(xlsx.sheets[1].records, [], "the code list holds no cases");
    xlsx.sheets[0]
        .records
        .iter_mut()
        .for_each(|r| r.list = "liste".into());
    assert_eq!(xlsx.sheets[0].records, csv.sheets[0].records);
    assert_eq!(
        (csv.sheets[0].records[0].row, csv.sheets[0].records[47].row),
        (2, 49)
    );
}

#[test]
fn r32_a_sheet_can_be_chosen_by_name() {
    let sheets = intake::understand("liste", CASES_XLSX, Some("Eksempler")).unwrap();
    assert_eq!((sheets.len(), sheets[0].records.len()), (1, 48));
    assert!(intake::understand("liste", CASES_XLSX, Some("Ark1")).is_err());
}

#[test]
fn r32_codes_of_the_list_stay_and_a_second_import_gets_new_ones() {
    let records = records();
    let first = assign_codes([], &records);
    assert_eq!(first, records.iter().map(|r| r.code.clone()).collect::<Vec<_>>());
    let second = assign_codes(first.iter().map(String::as_str), &records);
    assert_eq!((second[0].as_str(), second[47].as_str()), ("X01", "X48"));
}

#[test]
fn r2_exactly_three_cases_have_only_public_parties() {
    assert_eq!(codes(|c| !c.is_eligible()), ["N21", "I01", "I13"]);
    assert!(cases().iter().all(|c| c.actor_mix().public));
}

#[test]
fn r9_nine_cases_are_regional() {
    let regional = codes(|c| c.levels.contains(&Level::Regional));
    assert_eq!(
        regional,
        ["N02", "N04", "N25", "N26", "N30", "N32", "N34", "I08", "I10"]
    );
}

#[test]
fn r10_r11_r12_partner_groups_are_counted() {
    assert_eq!(mixed(|m| m.research), 18);
    assert_eq!(mixed(|m| m.business), 32);
    assert_eq!(mixed(|m| m.voluntary), 19);
}

#[test]
fn r14_37_of_43_are_in_operation_or_further() {
    let maturity: Vec<String> = rows()
        .iter()
        .filter_map(|r| r.codings.get("maturity")?.first().cloned())
        .collect();
    let in_operation = maturity
        .iter()
        .filter(|m| !["planlagt", "pilot"].contains(&m.as_str()))
        .count();
    assert_eq!((in_operation, maturity.len()), (37, 43));
}

#[test]
fn r15_innovation_objects_are_counted() {
    let counts = [
        "tjeneste",
        "prosess",
        "vare",
        "konsept",
        "styringsform",
        "organisasjonsform",
    ];
    assert_eq!(
        counts.map(|value| coded("innovation_object", value)),
        [40, 25, 16, 15, 9, 7]
    );
}

#[test]
fn r17_r18_r19_scopes_are_counted() {
    assert_eq!(
        ["enkeltprosjekt", "rammesamarbeid", "okosystem"].map(|v| coded("scope", v)),
        [13, 26, 9]
    );
}

#[test]
fn r29_35_of_48_are_norwegian() {
    assert_eq!(codes(|c| c.origin == Origin::National).len(), 35);
    assert_eq!(codes(|c| c.origin == Origin::International).len(), 13);
}

#[test]
fn a_blank_cell_is_not_coded_rather_than_unknown() {
    let records = records();
    let n06 = records.iter().find(|r| r.code == "N06").map(case).unwrap();
    assert_eq!(n06.codings["agreement_form"].state.as_str(), "not_coded");
    assert_eq!(n06.codings["scope"].state.as_str(), "coded");
}

#[test]
fn the_demo_is_the_bundled_list() {
    assert_eq!(samverk::demo::demo_records().unwrap(), records());
}
