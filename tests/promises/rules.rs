//! Rules, invariants and requirement rows against the names of tests.

use super::sources::{below, read, write};
use std::collections::{BTreeMap, BTreeSet};

/// Promise → the tests that carry its id. Rust tests carry ids in front of their name (`w3_y2_…`), TypeScript tests
/// in front of their title, that way or in brackets (`[D1, U1] …`).
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
        for title in text.lines().filter_map(title) {
            for id in ids_of_title(title) {
                found.entry(id).or_default().insert(title.to_owned());
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

/// The title of the TypeScript test that begins on a line.
fn title(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let called = ["test(", "it("].iter().find_map(|call| line.strip_prefix(call))?;
    let quote = called.chars().next().filter(|c| ['"', '\'', '`'].contains(c))?;
    called[1..].split(quote).next()
}

/// `[D1, U1] two people …` or `d1_u1_two_people_…` → D1, U1.
fn ids_of_title(title: &str) -> Vec<String> {
    match title.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((ids, _)) => ids
            .split(',')
            .map(str::trim)
            .filter(|id| is_id(id))
            .map(str::to_owned)
            .collect(),
        None => leading_ids(title),
    }
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
    let rules = ids_in(&read("docs/protocol.md"), "WYXNETHLB");
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
    let mut promised = ids_in(&read("docs/protocol.md"), "WYXNETHLB");
    promised.extend(ids_in(&read("docs/architecture.md"), "APFGSU"));
    promised.extend(ids_in(&read("docs/requirements.md"), "RD"));
    let tests = tests_by_promise();
    // Codes of cases and characteristics (N05, K01) stand inside names and never in front of them.
    let unknown: Vec<_> = tests.iter().filter(|(id, _)| !promised.contains(*id)).collect();
    assert!(unknown.is_empty(), "tests for promises nobody made: {unknown:?}");
}

#[test]
fn the_list_of_requirements_names_each_test_that_holds_a_row_and_no_other() {
    let (document, tests) = (read("docs/requirements.md"), tests_by_promise());
    let rendered: String = document
        .lines()
        .map(|line| with_tests(line, &tests) + "\n")
        .collect();
    assert!(
        ids_in(&document, "RD").len() > 10,
        "the rows of docs/requirements.md are read"
    );
    if std::env::var_os("BLESS").is_some() {
        write("docs/requirements.md", &rendered);
    }
    assert_eq!(
        read("docs/requirements.md"),
        rendered,
        "run with BLESS=1 to write the third column"
    );
}

/// A row with its third column as it should be; any other line as it is.
fn with_tests(line: &str, tests: &BTreeMap<String, BTreeSet<String>>) -> String {
    let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
    let Some(id) = cells.first().filter(|cell| is_id(cell) && line.starts_with("| ")) else {
        return line.to_owned();
    };
    let works = cells.get(1).map_or("", |cell| cell.trim_end_matches('|').trim());
    let named = tests
        .get(*id)
        .into_iter()
        .flatten()
        .map(|name| format!("`{}`", name.replace('|', "/")));
    format!("| {id} | {works} | {} |", named.collect::<Vec<_>>().join(", "))
}

#[test]
fn every_row_that_works_has_a_test() {
    let tests = tests_by_promise();
    let untested: Vec<_> = ids_in(&read("docs/requirements.md"), "RD")
        .into_iter()
        .filter(|row| !tests.contains_key(row))
        .collect();
    assert!(untested.is_empty(), "rows without a test: {untested:?}");
}

#[test]
fn canary_ids_are_read_from_names_and_titles() {
    assert_eq!(leading_ids("w3_y2_the_server_answers"), ["W3", "Y2"]);
    assert_eq!(leading_ids("a_store_of_two"), Vec::<String>::new());
    let title = title("  test('[D1, U1] two people', async () => {").unwrap_or_default();
    assert_eq!(ids_of_title(title), ["D1", "U1"]);
    assert_eq!(ids_of_title("x7_nothing_is_lost"), ["X7"]);
}
