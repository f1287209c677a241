//! Files rendered from this crate are what it renders; `BLESS=1` writes them anew.
#![allow(clippy::unwrap_used, reason = "a test ends where something is missing")]

use automerge::transaction::Transactable;
use automerge::{ActorId, Automerge, ObjId, ObjType, ROOT, ReadDoc, ScalarValue, Value};
use samverk_shared::access::{Action, Audience, Denial, Facts, Grant, Grants, Kind, Relation, State, decide};
use samverk_shared::access_page::{self, DENIALS, relations, word};
use samverk_shared::document::fields::{self, Field};
use samverk_shared::document::{create, needs};
use samverk_shared::import::{CaseRecord, ColumnPlan, ImportPlan, SheetPlan};
use samverk_shared::need::Need;
use samverk_shared::{case::Case, ids, import, register, typescript};
use std::collections::BTreeSet;
use std::path::Path;

fn same_as_file(path: &str, rendered: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    if std::env::var_os("BLESS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, rendered).unwrap();
    }
    let file = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        file == rendered,
        "{} is not what is rendered; run with BLESS=1",
        path.display()
    );
}

#[test]
fn domain_ts_is_what_is_rendered() {
    same_as_file("web/src/generated/domain.ts", &typescript::domain());
}

#[test]
fn access_md_is_what_is_rendered() {
    same_as_file("docs/access.md", &access_page::page());
}

fn all_facts() -> impl Iterator<Item = Facts> {
    Kind::ALL.into_iter().flat_map(|kind| {
        Audience::ALL.into_iter().flat_map(move |audience| {
            State::ALL.map(|state| Facts {
                kind,
                audience,
                state,
            })
        })
    })
}

#[test]
fn p1_every_cell_of_the_page_is_what_decide_says() {
    let page = access_page::page();
    let mut cells = 0;
    for facts in all_facts() {
        let heading = format!("### {} for {}\n", word(facts.kind), word(facts.audience));
        let table = page.split(&heading).nth(1).unwrap().split("\n#").next().unwrap();
        for grant in Grant::ALL {
            for relation in relations() {
                let rows = table.lines().filter(|row| is_row_of(row, grant, relation));
                let found: Vec<&str> = rows.map(|row| cell_of(row, facts.state)).collect();
                assert_eq!(found.len(), 1, "{grant:?} {relation:?} {facts:?}");
                cells += Action::ALL
                    .map(|a| check_cell(found[0], grant, relation, facts, a))
                    .len();
            }
        }
    }
    assert_eq!(cells, 5 * 8 * 9 * 5 * 3 * 5);
}

fn is_row_of(row: &str, grant: Grant, relation: Relation) -> bool {
    let columns: Vec<&str> = row.split('|').map(str::trim).collect();
    let one = access_page::relation_words(&[relation]);
    columns.len() > 4
        && columns[1].split(", ").any(|g| g == grant.as_str())
        && (columns[2] == "any" || columns[2].split(", ").any(|r| r == one))
}

fn cell_of(row: &str, state: State) -> &str {
    row.split('|')
        .nth(3 + State::ALL.iter().position(|s| *s == state).unwrap())
        .unwrap()
        .trim()
}

fn check_cell(cell: &str, grant: Grant, relation: Relation, facts: Facts, action: Action) {
    let said = if cell == "hidden" {
        Err(Denial::Hidden)
    } else {
        let part = cell
            .split("; ")
            .find(|p| p.split([' ', ':']).any(|w| w == word(action)))
            .unwrap();
        match part.split_once(": ") {
            None => Ok(()),
            Some((why, _)) => Err(*DENIALS.iter().find(|d| word(d) == why).unwrap()),
        }
    };
    assert_eq!(
        said,
        decide(grant.into(), relation, facts, action),
        "{grant:?} {relation:?} {facts:?}"
    );
}

#[test]
fn p1_of_several_grants_the_kindest_answer_stands() {
    for bits in 0..1_u8 << Grant::ALL.len() {
        let held = Grant::ALL.into_iter().filter(|g| bits & (1 << *g as u8) != 0);
        let grants = held.clone().fold(Grants::NONE, Grants::with);
        for facts in all_facts() {
            for relation in relations() {
                for action in Action::ALL {
                    let alone = held
                        .clone()
                        .map(|g| decide(g.into(), relation, facts, action).err());
                    // `None`, which is yes, would sort first.
                    let kindest =
                        alone.min_by_key(|denial| std::cmp::Reverse(denial.map_or(u8::MAX, |d| d as u8)));
                    let expected = kindest.unwrap_or(Some(Denial::Hidden)).map_or(Ok(()), Err);
                    let together = decide(grants, relation, facts, action);
                    assert_eq!(together, expected, "{grants:?} {relation:?} {facts:?} {action:?}");
                }
            }
        }
    }
}

/// The keys of an interface of the generated file.
fn keys_of(interface: &str) -> BTreeSet<String> {
    let file = typescript::domain();
    let body = file
        .split(&format!("export interface {interface} {{\n"))
        .nth(1)
        .unwrap();
    let lines = body.split("\n}").next().unwrap().lines().map(str::trim);
    lines
        .filter(|l| !l.starts_with("/**"))
        .filter_map(|l| l.split_once(':'))
        .map(|(key, _)| key.to_owned())
        .collect()
}

fn keys_written(value: &impl serde::Serialize) -> BTreeSet<String> {
    serde_json::to_value(value)
        .unwrap()
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect()
}

#[test]
fn the_shapes_have_the_keys_the_server_writes() {
    let row = register::row(
        ids::SubjectId::from_random([0; 16]),
        ids::DocumentId::from_random([0; 16]),
        State::Open,
        &Case::default(),
        &[],
        samverk_shared::characteristic::defaults(),
    );
    assert_eq!(keys_of("RegisterRow"), keys_written(&row));
    assert_eq!(keys_of("CaseRecord"), keys_written(&CaseRecord::default()));
    assert_eq!(keys_of("ImportPlan"), keys_written(&ImportPlan::default()));
    assert_eq!(
        keys_of("RefusedFile"),
        keys_written(&import::RefusedFile::default())
    );
    assert_eq!(keys_of("SheetPlan"), keys_written(&SheetPlan::default()));
    assert_eq!(keys_of("ColumnPlan"), keys_written(&ColumnPlan::default()));
    assert_eq!(keys_of("ValuePlan"), keys_written(&import::ValuePlan::default()));
    assert_eq!(keys_of("Twin"), keys_written(&import::Twin::default()));
    assert_eq!(keys_of("Join"), keys_written(&import::Join::default()));
    assert_eq!(keys_of("Cell"), keys_written(&import::cells::Cell::default()));
    assert_eq!(
        keys_of("TwinChoice"),
        keys_written(&import::TwinChoice::default())
    );
    assert_eq!(
        keys_of("SheetChoices"),
        keys_written(&import::SheetChoices::default())
    );
    assert_eq!(
        keys_of("ImportChoices"),
        keys_written(&import::Choices::default())
    );
    assert_eq!(
        keys_of("Characteristic"),
        keys_written(&samverk_shared::characteristic::Characteristic::default())
    );
}

#[test]
fn every_path_of_a_born_case_is_in_the_field_table_with_its_kind() {
    let record = CaseRecord {
        parties: vec![("Bø kommune".into(), "kommune".into())],
        extra: [("Kolonne".to_owned(), "celle".to_owned())].into(),
        list: "liste.csv".into(),
        ..CaseRecord::named("Navn")
    };
    let mut document = create::case(
        &record,
        samverk_shared::characteristic::defaults(),
        ActorId::from([1; 16]),
        &mut || "id".into(),
        0,
    )
    .unwrap();
    let need = Need {
        id: "need".into(),
        ..Need::default()
    };
    let change = needs::change(&document, &[need], ActorId::from([2; 16]), 0).unwrap();
    document.apply_changes(change).unwrap();
    fill_as_a_client(&mut document);
    let mut met = BTreeSet::new();
    walk(&document, &ROOT, "", &mut met);
    let table: BTreeSet<&str> = fields::CASE.iter().map(|(path, _)| *path).collect();
    assert_eq!(met.iter().map(String::as_str).collect::<BTreeSet<_>>(), table);
}

/// A source and a reference to it, which only clients add.
fn fill_as_a_client(document: &mut Automerge) {
    let list = |document: &Automerge, key| document.get(ROOT, key).unwrap().unwrap().1;
    let (sources, references) = (list(document, "sources"), list(document, "references"));
    let mut tx = document.transaction();
    let mut item = |list: &ObjId, words: &[&str], texts: &[&str]| {
        let item = tx.put_object(list, "id", ObjType::Map).unwrap();
        words.iter().for_each(|key| tx.put(&item, *key, "").unwrap());
        for key in texts {
            tx.put_object(&item, *key, ObjType::Text).unwrap();
        }
        item
    };
    let source = item(
        &sources,
        &["read", "kind", "order"],
        &["title", "publisher", "address"],
    );
    item(&references, &["field", "source", "order"], &["page", "quote"]);
    tx.put(&source, "year", 2024_i64).unwrap();
    tx.commit();
}

const OPEN_KEYS: [&str; 7] = [
    "parties",
    "codings",
    "provenance",
    "extra",
    "needs",
    "sources",
    "references",
];

fn walk(document: &Automerge, at: &ObjId, path: &str, met: &mut BTreeSet<String>) {
    for key in document.keys(at).collect::<Vec<_>>() {
        let step = if OPEN_KEYS.contains(&path) {
            "*"
        } else {
            key.as_str()
        };
        let path = if path.is_empty() {
            step.to_owned()
        } else {
            format!("{path}.{step}")
        };
        let (value, id) = document.get(at, key.as_str()).unwrap().unwrap();
        let field = fields::CASE
            .iter()
            .find(|(p, _)| *p == path)
            .map(|(_, field)| *field);
        if let Some(field) = field {
            assert!(fits(&value, field), "{path}: {value:?} is no {field:?}");
            met.insert(path.clone());
        }
        let is_branch = matches!(value, Value::Object(ObjType::Map)) && field != Some(Field::Set);
        assert!(is_branch || field.is_some(), "{path} is not in the table");
        if is_branch {
            walk(document, &id, &path, met);
        }
    }
}

fn fits(value: &Value<'_>, field: Field) -> bool {
    let scalar = match value {
        Value::Object(ObjType::Text) => return field == Field::Text,
        Value::Object(kind) => return *kind == ObjType::Map && matches!(field, Field::Set | Field::List),
        Value::Scalar(scalar) => scalar.as_ref(),
    };
    match field {
        Field::Choice | Field::Order | Field::Participant | Field::Item | Field::Day => {
            matches!(scalar, ScalarValue::Str(_))
        }
        Field::ChoiceOrNull => matches!(scalar, ScalarValue::Str(_) | ScalarValue::Null),
        Field::Year => matches!(scalar, ScalarValue::Int(_) | ScalarValue::Null),
        Field::Number => matches!(scalar, ScalarValue::F64(_) | ScalarValue::Null),
        Field::Fixed => matches!(scalar, ScalarValue::Str(_) | ScalarValue::Int(_)),
        Field::Flag => matches!(scalar, ScalarValue::Boolean(_)),
        Field::Text | Field::Set | Field::List => false,
    }
}
