//! `reference.json` was computed by another implementation, from the same formulas and the same 48 cases. Each figure
//! in it must come out, to its digits; two came from that implementation's random numbers, and are held as near as
//! chance allows.

use super::{CASES_CSV, arguments, figures, list};
use serde_json::Value;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

const REFERENCE: &str = include_str!("reference.json");

/// Of 2,000 random selections: their mean is within four standard errors (34 / √2000), their greatest within the range
/// in which 99 % of such greatest ones lie.
const BY_LOT: [(&str, f64); 2] = [
    ("/selection_greedy_20/random_20_mean", 3.1),
    ("/selection_greedy_20/random_20_max_of_2000", 40.0),
];

fn reference() -> Value {
    serde_json::from_str(REFERENCE).expect("the reference is JSON")
}

/// What the program itself prints.
fn program() -> &'static Value {
    static PRINTED: OnceLock<Value> = OnceLock::new();
    PRINTED.get_or_init(|| {
        let (_folder, path) = list(CASES_CSV);
        let output = Command::new(binary())
            .arg("analyse")
            .arg(path)
            .arg("--json")
            .output()
            .expect("it runs");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        serde_json::from_slice(&output.stdout).expect("it prints JSON")
    })
}

fn binary() -> PathBuf {
    let tests = std::env::current_exe().expect("the test has a path");
    let folder = tests.ancestors().nth(2).expect("it is in target/PROFILE/deps");
    let binary = folder.join("samverk");
    assert!(
        binary.exists(),
        "these tests run the program itself; build it with `cargo build -p samverk`"
    );
    binary
}

/// Where `got` is not what `wanted` says; keys beyond those wanted are no difference.
fn differences(wanted: &Value, got: &Value, path: &str, found: &mut Vec<String>) {
    match (wanted, got) {
        (Value::Object(wanted), Value::Object(got)) => {
            for (key, value) in wanted {
                let nothing = Value::String("nothing".into());
                differences(
                    value,
                    got.get(key).unwrap_or(&nothing),
                    &format!("{path}/{key}"),
                    found,
                );
            }
        }
        (Value::Array(wanted), Value::Array(got)) if wanted.len() == got.len() => {
            for (place, (wanted, got)) in wanted.iter().zip(got).enumerate() {
                differences(wanted, got, &format!("{path}/{place}"), found);
            }
        }
        _ if same(wanted, got, path) => {}
        _ => found.push(format!("{path}: {wanted} wanted, {got} found")),
    }
}

fn same(wanted: &Value, got: &Value, path: &str) -> bool {
    let near = BY_LOT
        .iter()
        .find(|(by_lot, _)| *by_lot == path)
        .map_or(0.0, |(_, near)| *near);
    match (wanted.as_f64(), got.as_f64()) {
        (Some(wanted), Some(got)) => (wanted - got).abs() <= near,
        _ => wanted == got,
    }
}

#[track_caller]
fn hold(keys: &[&str]) {
    let (reference, mut found) = (reference(), Vec::new());
    for key in keys {
        assert!(!reference[key].is_null(), "{key}");
        differences(&reference[key], &program()[key], &format!("/{key}"), &mut found);
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn r33_r36_variety_is_that_of_the_reference() {
    hold(&[
        "n",
        "features",
        "coverage",
        "pairwise_coverage",
        "actor_mix",
        "saturation",
    ]);
    let coverage = &program()["coverage"];
    assert_eq!(coverage["challenge_type"]["missing_values"][0], "avgrenset");
    assert_eq!(coverage["agreement_form"]["missing_values"][0], "egen_enhet");
    assert_eq!(coverage["maturity"]["missing_values"][0], "planlagt");
}

#[test]
fn r37_distances_and_groups_are_those_of_the_reference() {
    hold(&[
        "weights",
        "missing",
        "gower_mean",
        "gower_min",
        "gower_max",
        "closest_pairs",
        "farthest_pairs",
        "check_pairs",
        "mini_example",
        "average_linkage",
        "cophenetic_correlation",
        "k_medoids",
        "uncertainty_coefficient_k8",
    ]);
    assert_eq!(
        program()["average_linkage"]["8"]["reading"],
        "no-substantial-structure"
    );
}

#[test]
fn r38_the_selection_that_keeps_variety_is_that_of_the_reference() {
    hold(&["selection_greedy_20"]);
}

#[test]
fn r24_r25_balance_and_breadth_are_those_of_the_reference() {
    hold(&["balance", "breadth"]);
}

#[test]
fn r31_the_field_is_that_of_the_reference() {
    hold(&["morphology"]);
}

#[test]
fn consensus_is_that_of_the_reference() {
    hold(&["consensus_examples"]);
}

#[test]
fn every_figure_of_the_reference_is_held() {
    let mut found = Vec::new();
    differences(&reference(), program(), "", &mut found);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn the_program_and_the_library_print_the_same() {
    let (_folder, path) = list(CASES_CSV);
    assert_eq!(&figures(&arguments(&[path])), program());
}

#[test]
fn canary_a_figure_that_is_off_in_its_last_digit_is_found() {
    let mut wrong = reference();
    wrong["gower_mean"] = 0.586132.into();
    let mut found = Vec::new();
    differences(&wrong, program(), "", &mut found);
    assert_eq!(found.len(), 1, "{found:#?}");
}
