//! [R32] Other people's lists by HTTP: several at once, with what was chosen, known again, and taken back.

use crate::browser::{Answer, Browser, Site};
use samverk_shared::limits::{IMPORT_FILES_MAX, UPLOAD_BYTES_MAX};
use serde_json::{Value, json};

const LIST: &[u8] =
    "Navn;Land;Rekkevidde\nFlomvarsling i Voss;Norge;varig\nÅpne data i Bodø;Norge;pilot\n".as_bytes();

struct Importing {
    _site: Site,
    owner: Browser,
    here: String,
}

impl Importing {
    async fn new() -> Self {
        let site = Site::new().await;
        let (owner, workshop) = site.workshop().await;
        let here = format!("/api/v1/workshops/{workshop}");
        Importing {
            _site: site,
            owner,
            here,
        }
    }

    async fn send(&mut self, dry_run: bool, files: &[(&str, &[u8])], choices: Option<Value>) -> Answer {
        let path = format!("{}/imports?dry_run={dry_run}", self.here);
        self.owner.upload(&path, &[], files, choices).await
    }

    async fn get(&mut self, path: &str) -> Value {
        let answer = self.owner.get(&format!("{}{path}", self.here)).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.json()
    }

    /// The codes of the cases that are not archived.
    async fn cases(&mut self) -> Vec<String> {
        let rows = self.get("/register").await["rows"].clone();
        let open = rows
            .as_array()
            .unwrap()
            .iter()
            .filter(|row| row["state"] != "archived");
        open.map(|row| row["code"].as_str().unwrap().to_owned()).collect()
    }

    /// A case of the register, by its name.
    async fn case(&mut self, name: &str) -> Value {
        let rows = self.get("/register").await["rows"].clone();
        let mut all = rows.as_array().unwrap().iter();
        all.find(|row| row["name"] == name).cloned().unwrap_or_default()
    }

    /// What the workshop's cases say, as they are exported.
    async fn exported(&mut self) -> String {
        let answer = self
            .owner
            .get(&format!("{}/exports/register.csv", self.here))
            .await;
        String::from_utf8_lossy(&answer.body).into_owned()
    }

    /// The last import, with its cases.
    async fn last(&mut self) -> Value {
        let all = self.get("/imports").await;
        let id = all["imports"][0]["id"].as_str().unwrap().to_owned();
        self.get(&format!("/imports/{id}")).await
    }

    async fn undo(&mut self, id: &Value) -> Answer {
        let path = format!("{}/imports/{}/undo", self.here, id.as_str().unwrap());
        self.owner.post(&path, json!({})).await
    }
}

fn column<'a>(plan: &'a Value, header: &str) -> &'a Value {
    let columns = plan["sheets"][0]["columns"].as_array().unwrap();
    columns.iter().find(|column| column["header"] == header).unwrap()
}

#[tokio::test]
async fn r32_several_files_come_in_together_and_one_that_is_no_list_hides_none() {
    let mut here = Importing::new().await;
    let other = "Case;Country\nHelsinki Regional Library;Finland\n".as_bytes();
    let broken = b"PK\x03\x04 and no archive".as_slice();
    let files = [("a.csv", LIST), ("b.csv", other), ("c.xlsx", broken)];
    let plan = here.send(true, &files, None).await.json();
    assert_eq!(plan["cases"], 3);
    assert_eq!(plan["refused"][0]["file"], "c.xlsx");
    assert_eq!(plan["refused"][0]["why"], "broken");
    assert_eq!(here.cases().await, Vec::<String>::new());
    assert_eq!(here.send(false, &files[..2], None).await.json()["cases"], 3);
    assert_eq!(here.cases().await.len(), 3);
    let import = here.last().await["import"].clone();
    assert_eq!(import["list"], "a.csv, b.csv");
    assert_eq!(import["cases"], 3);
}

#[tokio::test]
async fn r32_what_is_chosen_for_columns_and_words_is_what_comes_in_and_is_remembered() {
    let mut here = Importing::new().await;
    let list = [LIST, "Vedtak i Vadsø;Norge;lang\n".as_bytes()].concat();
    let plan = here.send(true, &[("a.csv", list.as_slice())], None).await.json();
    let header = column(&plan, "Rekkevidde");
    assert_eq!(header["examples"], json!(["varig", "pilot", "lang"]));
    let choices = json!({"sheets": [{
        "file": "a.csv", "name": "a.csv",
        "columns": {"3": "codings.scope"},
        "values": {"codings.scope": {"varig": "rammesamarbeid", "pilot": "enkeltprosjekt", "lang": "ukjent verdi"}},
    }]});
    let plan = here
        .send(false, &[("a.csv", list.as_slice())], Some(choices))
        .await
        .json();
    assert_eq!(column(&plan, "Rekkevidde")["reason"], "given");
    assert_eq!(
        plan["sheets"][0]["records"][0]["codings"]["scope"],
        json!(["rammesamarbeid"])
    );
    let unknown = &plan["sheets"][0]["records"][2];
    assert_eq!(unknown["codings"], json!({}), "a key that is none is no value");
    assert_eq!(unknown["extra"], json!({"Rekkevidde": "lang"}));
    let rows = here.get("/register").await["rows"].clone();
    assert_eq!(rows[0]["codings"]["scope"], json!(["rammesamarbeid"]));
    // The same headings next month, in another order and with a new row.
    let next = "Rekkevidde;Navn;Land\npilot;Bokbuss i Troms;Norge\n".as_bytes();
    let plan = here.send(true, &[("neste.csv", next)], None).await.json();
    assert_eq!(column(&plan, "Rekkevidde")["reason"], "remembered");
    assert_eq!(
        plan["sheets"][0]["records"][0]["codings"]["scope"],
        json!(["enkeltprosjekt"])
    );
}

#[tokio::test]
async fn r35_a_case_of_the_workshop_is_named_where_a_list_brings_it_again() {
    let mut here = Importing::new().await;
    here.send(false, &[("a.csv", LIST)], None).await;
    let again = "Navn\nFlomvarsling i Voss\n".as_bytes();
    let plan = here.send(true, &[("b.csv", again)], None).await.json();
    let code = here.cases().await[0].clone();
    assert_eq!(plan["sheets"][0]["duplicates"][0]["of"]["case"], json!(code));
}

#[tokio::test]
async fn r32_the_same_list_again_makes_no_case_twice_unless_one_says_so() {
    let mut here = Importing::new().await;
    here.send(false, &[("a.csv", LIST)], None).await;
    let longer = [LIST, "Bokbuss i Troms;Norge;varig\n".as_bytes()].concat();
    let plan = here.send(false, &[("a.csv", &longer)], None).await.json();
    assert_eq!((&plan["cases"], &plan["skipped"]), (&json!(1), &json!(2)));
    assert_eq!(plan["sheets"][0]["known"], json!([2, 3]));
    assert_eq!(here.cases().await.len(), 3);
    let twice = json!({"sheets": [{"file": "a.csv", "name": "a.csv", "take_known": true}]});
    let plan = here.send(true, &[("a.csv", &longer)], Some(twice)).await.json();
    assert_eq!((&plan["cases"], &plan["skipped"]), (&json!(3), &json!(0)));
}

#[tokio::test]
async fn r32_an_import_that_is_undone_archives_what_nobody_has_touched_and_lists_the_rest() {
    let mut here = Importing::new().await;
    here.send(false, &[("a.csv", LIST)], None).await;
    let shown = here.last().await;
    let (id, cases) = (shown["import"]["id"].clone(), shown["untouched"].clone());
    assert_eq!(
        (cases.as_array().unwrap().len(), &shown["touched"]),
        (2, &json!([]))
    );
    // Somebody has the first one's history erased: it is not as it came.
    let touched = cases[0].clone();
    let erase = format!("{}/subjects/{}/erasure", here.here, touched.as_str().unwrap());
    assert_eq!(here.owner.post(&erase, json!({})).await.status, 204);
    assert_eq!(here.last().await["touched"], json!([touched]));
    let undone = here.undo(&id).await.json();
    assert_eq!(
        undone,
        json!({"archived": [cases[1]], "left": [touched], "restored": 0, "left_fields": 0})
    );
    assert_eq!(here.cases().await.len(), 1);
    let again = here.undo(&id).await.json();
    assert_eq!((&again["archived"], &again["left"]), (&json!([]), &cases));
    assert!(here.last().await["import"]["undone_ms"].is_u64());
    let acts = here.get("/audit").await.to_string();
    assert!(acts.contains("undid-import"), "{acts}");
}

#[tokio::test]
async fn r32_lists_are_for_the_team_and_of_their_own_workshop() {
    let mut here = Importing::new().await;
    here.send(false, &[("a.csv", LIST)], None).await;
    let id = here.last().await["import"]["id"].clone();
    let link = json!({ "role": "actor", "label": "", "lobby": false });
    let made = here
        .owner
        .post(&format!("{}/links", here.here), link)
        .await
        .json();
    let secret = made["secret"].as_str().unwrap().to_owned();
    let mut guest = here._site.browser();
    assert_eq!(guest.join(&secret, "Gjest").await.status, 200);
    let path = format!("{}/imports", here.here);
    assert_eq!(guest.get(&path).await.problem(), "not-allowed");
    assert_eq!(
        guest.upload(&path, &[], &[("a.csv", LIST)], None).await.problem(),
        "not-allowed"
    );
    let one = format!("{path}/{}/undo", id.as_str().unwrap());
    assert_eq!(guest.post(&one, json!({})).await.problem(), "not-allowed");
    let new = json!({ "title": "En annen", "purpose": "" });
    let other = here.owner.post("/api/v1/workshops", new).await.json();
    let of_other = format!(
        "/api/v1/workshops/{}/imports/{}",
        other["workshop"].as_str().unwrap(),
        id.as_str().unwrap()
    );
    assert_eq!(here.owner.get(&of_other).await.problem(), "not-found");
}

#[tokio::test]
async fn r32_what_is_no_list_or_too_much_is_refused_with_the_reason() {
    let mut here = Importing::new().await;
    let refused = here
        .send(true, &[("a.xlsx", b"PK\x03\x04 and no archive")], None)
        .await;
    assert_eq!((refused.status, refused.problem().as_str()), (422, "bad-file"));
    assert_eq!(refused.json()["why"], "broken");
    let large = vec![b'x'; UPLOAD_BYTES_MAX + 1];
    let refused = here.send(true, &[("a.csv", &large)], None).await;
    assert_eq!((refused.status, refused.problem().as_str()), (413, "too-large"));
    let many = vec![("a.csv", LIST); IMPORT_FILES_MAX + 1];
    assert_eq!(here.send(true, &many, None).await.problem(), "too-large");
    let nonsense = json!({"sheets": [{"file": "a.csv", "name": "a.csv", "colour": "red"}]});
    let refused = here.send(true, &[("a.csv", LIST)], Some(nonsense)).await;
    assert_eq!((refused.status, refused.problem().as_str()), (400, "bad-request"));
    let path = format!("{}/imports?dry_run=true", here.here);
    let headers = [("sec-fetch-site", "same-origin"), ("content-type", "text/csv")];
    let refused = here.owner.send_bytes("POST", &path, &headers, LIST).await;
    assert_eq!((refused.status, refused.problem().as_str()), (415, "wrong-type"));
    assert_eq!(here.cases().await, Vec::<String>::new());
}

/// A choice for the only sheet of a file.
fn chosen(file: &str, choices: Value) -> Option<Value> {
    let mut sheet = json!({"file": file, "name": file});
    for (key, value) in choices.as_object().unwrap() {
        sheet[key] = value.clone();
    }
    Some(json!({ "sheets": [sheet] }))
}

#[tokio::test]
async fn r35_a_case_of_an_own_search_and_one_of_a_list_become_one_with_both_provenances() {
    let mut here = Importing::new().await;
    let new = json!({ "name": "Flomvarsling i Voss" });
    let path = format!("{}/cases", here.here);
    let code = here.owner.post(&path, new).await.json()["code"].clone();
    let plan = here.send(true, &[("a.csv", LIST)], None).await.json();
    let join = plan["sheets"][0]["joins"][0].clone();
    assert_eq!((&join["of"]["case"], &join["answer"]), (&code, &json!("same")));
    assert_eq!((&plan["cases"], &plan["updated"]), (&json!(1), &json!(1)));
    assert_eq!(join["cells"][0]["field"], "country");
    assert_eq!(join["cells"][0]["kind"], "fill");
    let plan = here.send(false, &[("a.csv", LIST)], None).await.json();
    assert_eq!((&plan["cases"], &plan["updated"]), (&json!(1), &json!(1)));
    assert_eq!(here.cases().await.len(), 2);
    assert_eq!(here.case("Flomvarsling i Voss").await["country"], "Norge");
    // Another list says otherwise: what stands there stays, what differs is kept beside, and each list is one more it comes from.
    let other = "Navn;Land;Sektor\nFlomvarsling i Voss;Noreg;Klima\n".as_bytes();
    let plan = here.send(false, &[("b.csv", other)], None).await.json();
    assert_eq!(
        (&plan["updated"], &plan["left"]),
        (&json!(1), &json!(0)),
        "{}",
        plan["sheets"][0]["joins"]
    );
    let row = here.case("Flomvarsling i Voss").await;
    assert_eq!(
        (&row["country"], &row["sector"]),
        (&json!("Norge"), &json!("Klima"))
    );
    let exported = here.exported().await;
    for word in ["Land (b.csv)", "Noreg"] {
        assert!(exported.contains(word), "{word} in {exported}");
    }
    let again = here.send(true, &[("b.csv", other)], None).await.json();
    assert_eq!((&again["cases"], &again["updated"]), (&json!(0), &json!(0)));
}

#[tokio::test]
async fn r35_somebody_says_that_two_are_the_same_or_that_they_are_not() {
    let mut here = Importing::new().await;
    here.send(false, &[("a.csv", LIST)], None).await;
    let like = "Navn;Sektor\nÅpne data Bodø;Data\nApne data i Bodo;Digitalisering\n".as_bytes();
    let plan = here.send(true, &[("b.csv", like)], None).await.json();
    let joins = plan["sheets"][0]["joins"].clone();
    let first = joins[0].clone();
    assert_eq!(
        (&first["answer"], &plan["cases"]),
        (&json!("later"), &json!(1)),
        "{joins}"
    );
    assert!(
        first["cells"]
            .as_array()
            .unwrap()
            .iter()
            .any(|cell| cell["here"] == json!(["Norge"]))
    );
    let same = json!({"answer": "same", "case": first["of"]["case"], "list": "", "row": 0});
    let different = json!({"answer": "different", "case": joins[1]["of"]["case"], "list": "", "row": 0});
    let choices = chosen("b.csv", json!({ "twins": { "2": same, "3": different } }));
    let plan = here.send(false, &[("b.csv", like)], choices).await.json();
    assert_eq!((&plan["cases"], &plan["updated"]), (&json!(1), &json!(1)));
    let row = here.case("Åpne data i Bodø").await;
    assert_eq!(row["sector"], "Data");
    assert_eq!(here.cases().await.len(), 3);
}

#[tokio::test]
async fn r35_rows_of_two_lists_become_one_case_with_both_rows() {
    let mut here = Importing::new().await;
    let other = "Navn;Sektor\nFlomvarsling Voss;Klima\n".as_bytes();
    let files = [("a.csv", LIST), ("b.csv", other)];
    let plan = here.send(true, &files, None).await.json();
    let join = plan["sheets"][1]["joins"][0].clone();
    assert_eq!(
        (&join["of"]["list"], &join["answer"]),
        (&json!("a.csv"), &json!("later"))
    );
    let same = json!({"answer": "same", "case": "", "list": "a.csv", "row": 2});
    let choices = chosen("b.csv", json!({ "twins": { "2": same } }));
    let plan = here.send(false, &files, choices).await.json();
    assert_eq!(plan["cases"], 2);
    assert_eq!(here.case("Flomvarsling i Voss").await["sector"], "Klima");
    let exported = here.exported().await;
    assert!(exported.contains("Navn (b.csv, 2)"), "{exported}");
}

#[tokio::test]
async fn r32_the_same_list_again_shows_what_changed_and_takes_over_what_nobody_touched() {
    let mut here = Importing::new().await;
    let first = "Navn;Land;Sektor\nFlomvarsling i Voss;Norge;Vann\nÅpne data i Bodø;Norge;Data\n";
    here.send(false, &[("liste.csv", first.as_bytes())], None).await;
    let unchanged = here
        .send(true, &[("liste.csv", first.as_bytes())], None)
        .await
        .json();
    assert_eq!(
        (&unchanged["cases"], &unchanged["updated"]),
        (&json!(0), &json!(0))
    );
    assert_eq!(unchanged["sheets"][0]["edition_of"], "liste.csv");
    // Grown, with a changed cell, a blank and a new name, under another name of the file.
    let next = "Navn;Land;Sektor\nBokbuss i Troms;Norge;Kultur\nFlomvarsling i Voss;;Flom\nÅpne data i Bodø;Norge;Data\n";
    let plan = here
        .send(true, &[("liste v2.csv", next.as_bytes())], None)
        .await
        .json();
    let sheet = &plan["sheets"][0];
    assert_eq!(sheet["edition_of"], "liste.csv");
    assert_eq!((&plan["cases"], &plan["updated"]), (&json!(1), &json!(1)));
    let cells = sheet["joins"][0]["cells"].as_array().unwrap().clone();
    assert_eq!(cells.len(), 1, "a blank erases nothing: {cells:?}");
    assert_eq!(
        (
            &cells[0]["before"],
            &cells[0]["listed"],
            &cells[0]["here"],
            &cells[0]["kind"]
        ),
        (
            &json!(["Vann"]),
            &json!(["Flom"]),
            &json!(["Vann"]),
            &json!("update")
        )
    );
    here.send(false, &[("liste v2.csv", next.as_bytes())], None).await;
    let row = here.case("Flomvarsling i Voss").await;
    assert_eq!(
        (&row["sector"], &row["country"]),
        (&json!("Flom"), &json!("Norge"))
    );
    assert_eq!(here.cases().await.len(), 3);
    // Taken back: the new case is archived, and the field is as it was.
    let shown = here.last().await;
    assert_eq!(
        (
            shown["joined"].as_array().unwrap().len(),
            &shown["import"]["joined"]
        ),
        (1, &json!(1))
    );
    let undone = here.undo(&shown["import"]["id"]).await.json();
    assert_eq!(
        (&undone["restored"], &undone["left_fields"]),
        (&json!(1), &json!(0))
    );
    assert_eq!(here.case("Flomvarsling i Voss").await["sector"], "Vann");
    assert_eq!(here.cases().await.len(), 2);
    let again = here
        .send(true, &[("liste v2.csv", next.as_bytes())], None)
        .await
        .json();
    assert_eq!(
        (&again["cases"], &again["updated"]),
        (&json!(1), &json!(1)),
        "as if it had never come"
    );
}

#[tokio::test]
async fn r32_what_somebody_touched_waits_for_a_yes() {
    let mut here = Importing::new().await;
    let first = "Navn;Sektor\nFlomvarsling i Voss;Vann\n".as_bytes();
    let other = "Navn;Sektor\nFlomvarsling i Voss;Klima\n".as_bytes();
    here.send(false, &[("a.csv", first)], None).await;
    let yes = chosen(
        "b.csv",
        json!({ "cells": { "2": { "sector": true } }, "edition_of": "" }),
    );
    here.send(false, &[("b.csv", other)], yes).await;
    assert_eq!(here.case("Flomvarsling i Voss").await["sector"], "Klima");
    let next = "Navn;Sektor\nFlomvarsling i Voss;Flom\n".as_bytes();
    let plan = here.send(true, &[("a.csv", next)], None).await.json();
    let cell = &plan["sheets"][0]["joins"][0]["cells"][0];
    assert_eq!((&cell["kind"], &cell["take"]), (&json!("differs"), &json!(false)));
    assert_eq!(cell["kept_as"], "Sektor (a.csv)");
    let yes = chosen("a.csv", json!({ "cells": { "2": { "sector": true } } }));
    here.send(false, &[("a.csv", next)], yes).await;
    assert_eq!(here.case("Flomvarsling i Voss").await["sector"], "Flom");
}

#[tokio::test]
async fn r32_g1_two_who_bring_in_the_same_list_at_once_make_no_case_twice() {
    let mut here = Importing::new().await;
    let rows: String = (0..40)
        .map(|n| format!("Samarbeid nummer {n} i Troms;Norge\n"))
        .collect();
    let list = format!("Navn;Land\n{rows}").into_bytes();
    let mut other = here.owner.clone();
    let path = format!("{}/imports?dry_run=false", here.here);
    let files = [("a.csv", list.as_slice())];
    let (one, two) = tokio::join!(
        here.owner.upload(&path, &[], &files, None),
        other.upload(&path, &[], &files, None)
    );
    let made = [one.json()["cases"].clone(), two.json()["cases"].clone()];
    assert!(made.contains(&json!(40)) && made.contains(&json!(0)), "{made:?}");
    assert_eq!(here.cases().await.len(), 40);
}
