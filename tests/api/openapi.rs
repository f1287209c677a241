//! The OpenAPI document says what the server has, and nothing else (H5).

use crate::browser::Site;
use crate::refusals::ROUTES;
use samverk_shared::access::{Audience, Grant, Kind, State};
use samverk_shared::access_page::word;
use samverk_shared::import::Confidence;
use samverk_shared::role::Role;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const METHODS: [&str; 4] = ["get", "post", "put", "delete"];

/// Where the document is kept.
const FILE: &str = "server/src/http/openapi.json";

fn document() -> Value {
    serde_json::from_str(include_str!("../../server/src/http/openapi.json")).unwrap()
}

/// `/a/{b}/c` and `/a/0123456789abcdef/c?d=0` are the same route: no word of a path has capitals or digits, each id of
/// ROUTES has, and the version of the interface is no id.
fn pattern(path: &str) -> String {
    let path = path.split('?').next().unwrap();
    let is_id =
        |part: &str| part.contains(|c: char| c == '{' || c.is_ascii_uppercase() || c.is_ascii_digit());
    let parts = path.split('/').map(|part| match part {
        "v1" => part,
        id if is_id(id) => "{}",
        word => word,
    });
    parts.collect::<Vec<_>>().join("/")
}

#[test]
fn h5_every_route_is_described_and_nothing_else() {
    let document = document();
    let mut described = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            assert!(METHODS.contains(&method.as_str()), "{method} {path}");
            described.insert(format!("{} {}", method.to_uppercase(), pattern(path)));
        }
    }
    let routes: BTreeSet<String> = ROUTES
        .iter()
        .map(|(method, path)| format!("{method} {}", pattern(path)))
        .collect();
    let missing: Vec<_> = routes.difference(&described).collect();
    let gone: Vec<_> = described.difference(&routes).collect();
    assert!(
        missing.is_empty() && gone.is_empty(),
        "{FILE} is kept by hand. Describe there, with the schemas of body and answer and the problems it may give, \
         the routes {missing:?}; and take out {gone:?}, which are not in ROUTES of tests/api/refusals.rs. Then run \
         tests/openapi/run, which holds the server to the description."
    );
}

#[test]
fn h5_what_the_document_refers_to_is_in_it_and_each_word_is_the_servers() {
    let document = document();
    let mut refs = Vec::new();
    collect(&document, &mut refs);
    assert!(refs.len() > 100);
    for reference in refs {
        let found = document.pointer(reference.strip_prefix('#').unwrap());
        assert!(found.is_some(), "{reference} is not in {FILE}");
    }
    let words = |name: &str| document["components"]["schemas"][name]["enum"].clone();
    assert_eq!(words("Grant"), json!(Grant::ALL.map(word)));
    assert_eq!(words("Role"), json!(Role::ALL.map(word)));
    assert_eq!(words("State"), json!(State::ALL.map(word)));
    assert_eq!(words("Audience"), json!(Audience::ALL.map(word)));
    assert_eq!(words("Kind"), json!(Kind::ALL.map(word)));
    assert_eq!(words("Confidence"), json!(Confidence::ALL));
}

#[test]
fn h8_each_act_of_the_audit_log_is_described() {
    let source = include_str!("../../server/src/hub/rows.rs");
    let (_, acts) = source.split_once("pub enum Act {\n").unwrap();
    let (acts, _) = acts.split_once("\n}").unwrap();
    let variants = acts.lines().filter_map(|line| line.strip_prefix("    "));
    let named = variants.filter(|line| line.starts_with(|c: char| c.is_ascii_uppercase()));
    let words: Vec<String> = named
        .map(|line| kebab(line.trim_end_matches([' ', '{', ','])))
        .collect();
    assert!(words.len() > 10, "{words:?}");
    assert_eq!(
        document()["components"]["schemas"]["Act"]["properties"]["act"]["enum"],
        json!(words),
        "the acts of {FILE}"
    );
}

fn kebab(name: &str) -> String {
    let mut word = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !word.is_empty() {
            word.push('-');
        }
        word.push(c.to_ascii_lowercase());
    }
    word
}

fn collect(value: &Value, refs: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            if let Some(Value::String(reference)) = map.get("$ref") {
                refs.push(reference.clone());
            }
            map.values().for_each(|value| collect(value, refs));
        }
        Value::Array(list) => list.iter().for_each(|value| collect(value, refs)),
        _ => {}
    }
}

#[tokio::test]
async fn h5_the_server_hands_out_its_description_to_everybody() {
    let site = Site::new().await;
    let answer = site.browser().get("/api/v1/openapi.json").await;
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (200, Some("application/json"))
    );
    assert_eq!(answer.json(), document());
}
