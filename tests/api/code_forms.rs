//! [R23] Code forms by HTTP: filled in by other programs, read back cell by cell, and nothing is erased or guessed.

use crate::browser::{Answer, Browser, Site};
use crate::joining::link;
use rust_xlsxwriter::Workbook;
use samverk::intake::{Sheet, read};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const CASES_CSV: &str = include_str!("../../server/demo/cases.csv");

struct Coding {
    _site: Site,
    owner: Browser,
    here: String,
    sheets: Vec<Sheet>,
}

impl Coding {
    async fn new() -> Self {
        let site = Site::new().await;
        let (mut owner, workshop) = site.workshop().await;
        let here = format!("/api/v1/workshops/{workshop}");
        let path = format!("{here}/imports");
        let done = owner
            .upload(&path, &[], &[("a.csv", CASES_CSV.as_bytes())], None)
            .await;
        assert_eq!(done.status, 200, "{done:?}");
        let form = owner
            .get(&format!("{here}/exports/code-form.xlsx?language=nb"))
            .await;
        assert_eq!(form.status, 200, "{form:?}");
        let sheets = read("skjema.xlsx", &form.body).unwrap();
        Coding {
            _site: site,
            owner,
            here,
            sheets,
        }
    }

    /// The column of a key in the sheet that is filled in.
    fn column(&self, key: &str) -> u32 {
        let keys = self.sheets[0].rows[0].cells.iter();
        let found = keys.into_iter().find(|(_, cell)| *cell == key);
        *found.unwrap_or_else(|| panic!("no column {key}")).0
    }

    /// Fills a cell in, or empties it.
    fn fill(&mut self, case: &str, key: &str, words: &str) {
        let (code, column) = (self.column("code"), self.column(key));
        let mut rows = self.sheets[0].rows.iter_mut();
        let row = rows
            .find(|row| row.cells.get(&code).is_some_and(|cell| cell == case))
            .unwrap();
        if words.is_empty() {
            row.cells.remove(&column);
        } else {
            row.cells.insert(column, words.to_owned());
        }
    }

    /// As another program saves it: every sheet, nothing but cells.
    fn saved(&self) -> Vec<u8> {
        let mut workbook = Workbook::new();
        for sheet in &self.sheets {
            let out = workbook.add_worksheet();
            out.set_name(&sheet.name).unwrap();
            for row in &sheet.rows {
                for (column, cell) in &row.cells {
                    out.write_string(row.number - 1, (column - 1) as u16, cell)
                        .unwrap();
                }
            }
        }
        workbook.save_to_buffer().unwrap()
    }

    async fn send(&mut self, bytes: &[u8]) -> Answer {
        let path = format!("{}/code-forms", self.here);
        self.owner
            .upload(&path, &[], &[("skjema.xlsx", bytes)], None)
            .await
    }

    async fn difference(&mut self) -> Value {
        let bytes = self.saved();
        let answer = self.send(&bytes).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.json()
    }

    async fn codes(&mut self) -> BTreeMap<String, String> {
        let register = self.owner.get(&format!("{}/register", self.here)).await.json();
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let rows = register["rows"].as_array().unwrap().iter();
        rows.map(|row| (text(&row["subject"]), text(&row["code"])))
            .collect()
    }
}

#[tokio::test]
async fn r23_a_form_that_nobody_filled_changes_nothing() {
    let mut form = Coding::new().await;
    assert_eq!(form.sheets[0].name, "Koding");
    let found = form.difference().await;
    assert_eq!(found["changes"], json!([]));
    assert_eq!(found["doubts"], json!([]));
    assert_eq!(found["cases"], 48);
    assert!(found["cells"].as_u64().unwrap() > 400);
}

#[tokio::test]
async fn r23_a_form_from_before_a_value_was_renamed_or_merged_is_read_by_its_own_version() {
    let mut form = Coding::new().await;
    let path = format!("{}/characteristics", form.here);
    let merge = json!({ "what": "retire", "key": "scope", "value": "rammesamarbeid", "into": "okosystem" });
    let shown = form.owner.get(&path).await.json();
    let all = shown["characteristics"].as_array().unwrap();
    let maturity = all.iter().find(|c| c["key"] == "maturity").unwrap();
    let mut renamed = maturity.clone();
    for not_written in ["code", "key", "retired"] {
        renamed.as_object_mut().unwrap().remove(not_written);
    }
    for value in renamed["values"].as_array_mut().unwrap() {
        let label = format!("Nå {}", value["label_nb"].as_str().unwrap());
        (value["label_nb"], value["label_en"]) = (label.clone().into(), label.into());
    }
    let rename = json!({ "what": "edit", "key": "maturity", "form": renamed });
    for (version, change) in [(1, merge), (2, rename)] {
        let body = json!({ "version": version, "change": change });
        assert_eq!(form.owner.post(&path, body).await.status, 200);
    }
    let found = form.difference().await;
    assert_eq!(
        (&found["changes"], &found["doubts"]),
        (&json!([]), &json!([])),
        "nobody has filled it"
    );
    form.fill("N02", "maturity", "Planlagt");
    let found = form.difference().await;
    assert_eq!(found["doubts"], json!([]));
    let changes = found["changes"].as_array().unwrap();
    assert_eq!(
        (changes.len(), &changes[0]["new"]["values"]),
        (1, &json!(["planlagt"])),
        "{found}"
    );
    assert_eq!(changes[0]["meanwhile"], false);
}

#[tokio::test]
async fn r23_a_filled_form_is_read_cell_by_cell_and_a_blank_erases_nothing() {
    let mut form = Coding::new().await;
    form.fill("N01", "scope", "");
    form.fill("N01", "challenge_type", "");
    form.fill("N01", "rights", "ukjent");
    form.fill("N01", "core_actor_count", "7,5");
    form.fill("N02", "funding", "EU; Egne midler");
    form.fill("N02", "context_binding", "=Avhenger av \"ildsjeler\"");
    form.fill("N02", "maturity", "Planlagt");
    let found = form.difference().await;
    assert_eq!(found["doubts"], json!([]), "{found}");
    let codes = form.codes().await;
    let changes = found["changes"].as_array().unwrap().iter();
    let changes: BTreeMap<String, &Value> = changes
        .map(|one| {
            let code = &codes[one["subject"].as_str().unwrap()];
            (format!("{code} {}", one["characteristic"].as_str().unwrap()), one)
        })
        .collect();
    let keys: Vec<&str> = changes.keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        [
            "N01 core_actor_count",
            "N01 rights",
            "N02 context_binding",
            "N02 funding",
            "N02 maturity"
        ]
    );
    let new = |key: &str| &changes[key]["new"];
    assert_eq!(new("N01 core_actor_count")["number"], 7.5);
    assert_eq!(new("N01 rights")["state"], "unknown");
    assert_eq!(new("N02 context_binding")["text"], "=Avhenger av \"ildsjeler\"");
    assert_eq!(new("N02 funding")["values"], json!(["egne_midler", "eu"]));
    assert_eq!(
        changes["N02 maturity"]["now"]["values"],
        json!(["institusjonalisert"])
    );
    assert_eq!(new("N02 maturity")["values"], json!(["planlagt"]));
    assert!(changes.values().all(|one| one["meanwhile"] == false));
}

#[tokio::test]
async fn r23_words_that_are_no_value_are_doubts_and_change_nothing() {
    let mut form = Coding::new().await;
    form.fill("N01", "scope", "økosystemet vårt");
    form.fill("N02", "scope", "okosystem; rammesamarbeid");
    form.fill("N03", "core_actor_count", "mange");
    form.fill("N04", "funding", "EU; pengesekken");
    let (subject, code) = (form.column("subject"), form.column("code"));
    let rows = &mut form.sheets[0].rows;
    let fifth = rows
        .iter()
        .position(|row| row.cells.get(&code).is_some_and(|cell| cell == "N05"))
        .unwrap();
    let twice = rows[fifth].clone();
    rows[fifth].cells.insert(subject, "x".repeat(22));
    rows[fifth + 1] = samverk::intake::Row {
        number: rows[fifth + 1].number,
        ..twice.clone()
    };
    rows[fifth + 2] = samverk::intake::Row {
        number: rows[fifth + 2].number,
        ..twice
    };
    let found = form.difference().await;
    assert_eq!(found["changes"], json!([]), "{found}");
    let whys: Vec<&str> = found["doubts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|doubt| doubt["why"].as_str().unwrap())
        .collect();
    assert_eq!(
        whys,
        [
            "unknown-word",
            "many-values",
            "not-a-number",
            "unknown-word",
            "unknown-case",
            "repeated"
        ]
    );
}

#[tokio::test]
async fn r23_a_form_that_lost_its_hidden_sheet_is_read_and_every_change_is_marked() {
    let mut form = Coding::new().await;
    form.sheets.truncate(1);
    form.fill("N02", "maturity", "Planlagt");
    let found = form.difference().await;
    let changes = found["changes"].as_array().unwrap();
    assert_eq!(changes.len(), 1);
    assert_eq!(changes[0]["meanwhile"], true);
}

#[tokio::test]
async fn f1_files_that_are_no_form_are_refused_with_what_to_do() {
    let mut form = Coding::new().await;
    for (bytes, problem) in [
        (CASES_CSV.as_bytes().to_vec(), "not-a-form"),
        (b"PK\x03\x04 and no archive".to_vec(), "bad-file"),
        (Vec::new(), "bad-file"),
        (form.saved()[..2000].to_vec(), "bad-file"),
    ] {
        let answer = form.send(&bytes).await;
        assert_eq!((answer.status, answer.problem().as_str()), (422, problem));
    }
    // That of another workshop.
    let last = form.sheets.len() - 1;
    form.sheets[last].rows[0].cells.insert(3, "y".repeat(22));
    let other = form.saved();
    assert_eq!(form.send(&other).await.problem(), "not-a-form");
    // Keys and columns that nobody knows.
    let mut strange = Coding::new().await;
    strange.sheets[0].rows[0].cells.insert(30, "passwords".into());
    strange.sheets[0].rows[4].cells.insert(30, "1234".into());
    assert_eq!(strange.difference().await["changes"], json!([]));
}

#[tokio::test]
async fn p1_only_the_team_reads_forms_back() {
    let mut form = Coding::new().await;
    let workshop = form.here.rsplit('/').next().unwrap().to_owned();
    let (_, secret) = link(&mut form.owner, &workshop, "reviewer").await;
    let mut reviewer = Browser {
        cookies: BTreeMap::new(),
        ..form.owner.clone()
    };
    reviewer.join(&secret, "Kritiker").await;
    let bytes = form.saved();
    let path = format!("{}/code-forms", form.here);
    let answer = reviewer
        .upload(&path, &[], &[("skjema.xlsx", &bytes)], None)
        .await;
    assert_eq!(answer.status, 403);
}

/// Says yes to all of these changes.
async fn take_in(form: &mut Coding, changes: &Value, key: &str) -> Answer {
    let take = changes.as_array().unwrap().iter().map(|one| {
        json!({ "subject": one["subject"], "characteristic": one["characteristic"], "seen": one["seen"] })
    });
    let choices = json!({ "take": take.collect::<Vec<_>>() });
    let bytes = form.saved();
    let path = format!("{}/code-forms/taken-in", form.here);
    let files = [("svar.xlsx", bytes.as_slice())];
    form.owner
        .upload(&path, &[("idempotency-key", key)], &files, Some(choices))
        .await
}

/// What a case is coded as: its values, and why it has none.
async fn coded(form: &mut Coding, case: &str, key: &str) -> (Value, Value) {
    let register = form.owner.get(&format!("{}/register", form.here)).await.json();
    let rows = register["rows"].as_array().unwrap();
    let row = rows.iter().find(|row| row["code"] == case).unwrap();
    (row["codings"][key].clone(), row["uncoded"][key].clone())
}

#[tokio::test]
async fn r23_g1_what_somebody_says_yes_to_is_taken_in_by_one_command_once_and_undone_as_one() {
    let mut form = Coding::new().await;
    form.fill("N01", "rights", "ukjent");
    form.fill("N01", "core_actor_count", "7,5");
    form.fill("N02", "funding", "EU; Egne midler");
    form.fill("N02", "maturity", "Planlagt");
    let found = form.difference().await;
    let before = coded(&mut form, "N02", "maturity").await;
    let taken = take_in(&mut form, &found["changes"], "key-1").await;
    assert_eq!(taken.status, 200, "{taken:?}");
    let taken = taken.json();
    assert_eq!((&taken["codings"], &taken["cases"]), (&json!(4), &json!(2)));
    assert_eq!(taken["left"], json!([]));
    assert_eq!(coded(&mut form, "N02", "maturity").await.0, json!(["planlagt"]));
    assert_eq!(
        coded(&mut form, "N02", "funding").await.0,
        json!(["egne_midler", "eu"])
    );
    assert_eq!(coded(&mut form, "N01", "rights").await.1, "unknown");
    assert_eq!(form.difference().await["changes"], json!([]));

    // The answer was lost: the same key does nothing more.
    let again = take_in(&mut form, &found["changes"], "key-1").await;
    assert_eq!(again.json()["import"], taken["import"]);

    let imports = format!("{}/imports", form.here);
    let listed = form.owner.get(&imports).await.json();
    let first = &listed["imports"][0];
    assert_eq!(
        (&first["list"], &first["code_form"], &first["joined"]),
        (&json!("svar.xlsx"), &json!(true), &json!(2))
    );
    let undo = format!("{imports}/{}/undo", taken["import"].as_str().unwrap());
    let undone = form.owner.post(&undo, json!({})).await.json();
    assert_eq!(
        (&undone["restored"], &undone["left_fields"]),
        (&json!(2), &json!(0))
    );
    assert_eq!(coded(&mut form, "N02", "maturity").await, before);
}

#[tokio::test]
async fn r23_g1_what_a_colleague_coded_meanwhile_and_a_closed_case_are_left_and_named() {
    let mut form = Coding::new().await;
    form.fill("N01", "rights", "ukjent");
    form.fill("N02", "maturity", "Planlagt");
    form.fill("N02", "scope", "Økosystem");
    form.fill("N03", "maturity", "Planlagt");
    let found = form.difference().await;
    // A colleague takes in another form while this one is looked at.
    form.fill("N02", "maturity", "Pilot");
    let theirs = form.difference().await;
    let of_theirs = |one: &&Value| one["new"]["values"] == json!(["pilot"]);
    let theirs: Vec<&Value> = theirs["changes"]
        .as_array()
        .unwrap()
        .iter()
        .filter(of_theirs)
        .collect();
    let taken = take_in(&mut form, &json!(theirs), "theirs").await.json();
    assert_eq!(taken["codings"], 1, "{taken}");
    form.fill("N02", "maturity", "Planlagt");
    let codes = form.codes().await;
    let closed = codes.iter().find(|(_, code)| *code == "N03").unwrap().0.clone();
    let state = format!("{}/subjects/{closed}/state", form.here);
    assert_eq!(
        form.owner.put(&state, json!({ "state": "closed" })).await.status,
        204
    );

    let taken = take_in(&mut form, &found["changes"], "mine").await.json();
    assert_eq!(taken["codings"], 2, "{taken}");
    let left = taken["left"].as_array().unwrap().iter();
    let left: Vec<(&str, &str)> = left
        .map(|one| {
            (
                codes[one["subject"].as_str().unwrap()].as_str(),
                one["characteristic"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(left.len(), 2);
    assert!(
        left.contains(&("N02", "maturity")) && left.contains(&("N03", "maturity")),
        "{left:?}"
    );
    assert_eq!(coded(&mut form, "N02", "maturity").await.0, json!(["pilot"]));
}

#[tokio::test]
async fn r23_p1_nobody_takes_in_what_no_form_says_nor_without_being_of_the_team() {
    let mut form = Coding::new().await;
    form.fill("N02", "maturity", "Planlagt");
    let found = form.difference().await;
    let mut made_up = found["changes"].clone();
    made_up[0]["characteristic"] = "scope".into();
    let taken = take_in(&mut form, &made_up, "made-up").await.json();
    assert_eq!((&taken["codings"], &taken["import"]), (&json!(0), &Value::Null));
    assert_eq!(taken["left"].as_array().unwrap().len(), 1);

    let workshop = form.here.rsplit('/').next().unwrap().to_owned();
    let (_, secret) = link(&mut form.owner, &workshop, "reviewer").await;
    let mut reviewer = Browser {
        cookies: BTreeMap::new(),
        ..form.owner.clone()
    };
    reviewer.join(&secret, "Kritiker").await;
    std::mem::swap(&mut form.owner, &mut reviewer);
    assert_eq!(take_in(&mut form, &found["changes"], "theirs").await.status, 403);
}
