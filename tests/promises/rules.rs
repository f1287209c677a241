//! Rules, invariants and requirement rows against the names of tests.

use super::sources::{below, read};
use std::collections::{BTreeMap, BTreeSet};

/// Promise → the tests that carry its id. Rust tests carry ids in front of their name (`w3_y2_…`), TypeScript tests
/// in brackets in front of their title (`[Y2] …`, `[D1, U1] …`).
fn tests_by_promise() -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let rust = ["tests", "server", "shared"]
        .map(|folder| below(folder, &[".rs"]))
        .concat();
    for (_, text) in rust {
        for name in text.split("fn ").skip(1).map(word) {
            for id in leading_ids(name) {
                found.entry(id).or_default().insert(name.to_owned());
            }
        }
    }
    let scripts = ["tests", "web/test"]
        .map(|folder| below(folder, &[".ts", ".mjs"]))
        .concat();
    for (_, text) in scripts {
        for title in text.lines().filter_map(bracketed_title) {
            for id in title.0.split(',').map(str::trim).filter(|id| is_id(id)) {
                found.entry(id.to_owned()).or_default().insert(title.1.to_owned());
            }
        }
    }
    found
}

fn word(text: &str) -> &str {
    let end = text
        .find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .unwrap_or(text.len());
    &text[..end]
}

fn leading_ids(name: &str) -> Vec<String> {
    let parts = name.split('_').map(str::to_ascii_uppercase);
    parts.take_while(|part| is_id(part)).collect()
}

fn is_id(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| c.is_ascii_uppercase())
        && text.len() > 1
        && chars.all(|c| c.is_ascii_digit())
}

/// `test("[Y2] …"` → `("Y2", "[Y2] …")`.
fn bracketed_title(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start();
    let called = ["test(", "it(", "describe("]
        .iter()
        .find_map(|call| line.strip_prefix(call))?;
    let title = called.trim_start_matches(['"', '\'', '`']);
    let inside = title.strip_prefix('[')?;
    let end = title.rfind(['"', '\'', '`']).unwrap_or(title.len());
    Some((inside.split(']').next()?, &title[..end]))
}

/// The ids in the first column of a document's tables, among these letters.
fn ids_in(document: &str, letters: &str) -> BTreeSet<String> {
    let cells = document
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split(" |").next());
    let ids = cells.filter(|cell| is_id(cell) && letters.contains(&cell[..1]));
    ids.map(str::to_owned).collect()
}

#[test]
fn every_rule_of_the_protocol_has_a_test() {
    let tests = tests_by_promise();
    let rules = ids_in(&read("docs/protocol.md"), "WYXNETH");
    assert!(rules.len() > 40, "the rules of docs/protocol.md are read");
    let untested: Vec<_> = rules.iter().filter(|rule| !tests.contains_key(*rule)).collect();
    assert!(untested.is_empty(), "rules without a test: {untested:?}");
}

#[test]
fn every_invariant_has_a_test() {
    let tests = tests_by_promise();
    let invariants = ids_in(&read("docs/architecture.md"), "APFGSU");
    assert!(
        invariants.len() > 8,
        "the invariants of docs/architecture.md are read"
    );
    let untested: Vec<_> = invariants.iter().filter(|id| !tests.contains_key(*id)).collect();
    assert!(untested.is_empty(), "invariants without a test: {untested:?}");
}

#[test]
fn every_id_a_test_carries_is_promised_somewhere() {
    let mut promised = ids_in(&read("docs/protocol.md"), "WYXNETH");
    promised.extend(ids_in(&read("docs/architecture.md"), "APFGSU"));
    promised.extend(ids_in(&read("docs/requirements.md"), "RD"));
    let tests = tests_by_promise();
    // Codes of cases and characteristics (N05, K01) stand inside names and never in front of them.
    let unknown: Vec<_> = tests.iter().filter(|(id, _)| !promised.contains(*id)).collect();
    assert!(unknown.is_empty(), "tests for promises nobody made: {unknown:?}");
}

/// Requirement row → the tests the table lists for it.
fn listed() -> BTreeMap<String, BTreeSet<String>> {
    let document = read("docs/requirements.md");
    let rows = document
        .lines()
        .filter(|line| line.starts_with("| R") || line.starts_with("| D"));
    rows.filter_map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [id, _, tests] = cells.as_slice() else {
            return None;
        };
        let tests = tests.split('`').skip(1).step_by(2).map(str::to_owned).collect();
        is_id(id).then(|| ((*id).to_owned(), tests))
    })
    .collect()
}

#[test]
fn the_list_of_requirements_names_each_test_that_holds_a_row_and_no_other() {
    let tests = tests_by_promise();
    let listed = listed();
    assert!(listed.len() > 10, "the rows of docs/requirements.md are read");
    for (row, named) in &listed {
        let carried = tests.get(row).cloned().unwrap_or_default();
        assert_eq!(
            &carried, named,
            "row {row}: the tests that carry its id, and those docs/requirements.md lists"
        );
    }
}

#[test]
fn canary_ids_are_read_from_names_and_titles() {
    assert_eq!(leading_ids("w3_y2_the_server_answers"), ["W3", "Y2"]);
    assert_eq!(leading_ids("a_store_of_two"), Vec::<String>::new());
    assert_eq!(
        bracketed_title("  test('[D1, U1] two people', async () => {").map(|t| t.0),
        Some("D1, U1")
    );
}
