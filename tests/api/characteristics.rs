//! The characteristics of a workshop are its own: they change, and all codings follow (R23).

use crate::browser::{Answer, Browser, Site};
use crate::joining::link;
use crate::peer::Line;
use automerge::sync::{Message, State, SyncDoc};
use automerge::transaction::Transactable;
use automerge::{Automerge, ROOT, ReadDoc};
use samverk_shared::document::TEXT_ENCODING;
use samverk_shared::ids::DocumentId;
use serde_json::{Value, json};

const CASES_CSV: &str = include_str!("../../server/demo/cases.csv");

async fn next_sync(line: &mut Line) -> Message {
    loop {
        let frame = line.next().await;
        if frame.kind == "sync" {
            return frame.sync();
        }
    }
}

/// A case that is open on a connection.
struct Open {
    line: Line,
    case: Automerge,
    document: DocumentId,
}

impl Open {
    /// Codes it by one value, or says that it is not known, and waits until that is stored.
    async fn code(&mut self, key: &str, value: &str) {
        let state = if value.is_empty() { "unknown" } else { "coded" };
        self.put(key, state, value).await;
    }

    async fn clear(&mut self, key: &str) {
        self.put(key, "not_coded", "").await;
    }

    async fn put(&mut self, key: &str, state: &str, value: &str) {
        let codings = self.case.get(ROOT, "codings").unwrap().unwrap().1;
        let place = self.case.get(&codings, key).unwrap();
        let item = place.expect("the server has made its place").1;
        let mut tx = self.case.transaction();
        tx.put(&item, "state", state).unwrap();
        match value {
            "" => tx.put(&item, "value", ()).unwrap(),
            value => tx.put(&item, "value", value).unwrap(),
        }
        tx.commit();
        let change = self.case.get_last_local_change().unwrap();
        self.line.bring(self.document, &change).await;
        while !next_sync(&mut self.line).await.heads.contains(&change.hash()) {}
    }
}

/// A workshop with the 48 cases, and its owner.
struct Room {
    site: Site,
    owner: Browser,
    here: String,
    workshop: String,
}

impl Room {
    async fn new() -> Room {
        let site = Site::new().await;
        let (mut owner, workshop) = site.workshop().await;
        let here = format!("/api/v1/workshops/{workshop}");
        let files = [("liste.csv", CASES_CSV.as_bytes())];
        let answer = owner.upload(&format!("{here}/imports"), &[], &files, None).await;
        assert_eq!(answer.status, 200);
        Room {
            site,
            owner,
            here,
            workshop,
        }
    }

    async fn set(&mut self) -> Value {
        self.owner
            .get(&format!("{}/characteristics", self.here))
            .await
            .json()
    }

    async fn one(&mut self, key: &str) -> Value {
        let set = self.set().await;
        let all = set["characteristics"].as_array().unwrap();
        all.iter().find(|c| c["key"] == key).unwrap().clone()
    }

    async fn change(&mut self, version: u32, change: Value) -> Answer {
        let path = format!("{}/characteristics", self.here);
        self.owner
            .post(&path, json!({ "version": version, "change": change }))
            .await
    }

    /// Opens a case, as our client does.
    async fn open(&mut self, subject: &Value) -> Open {
        let session = self.owner.get("/api/v1/session").await.json();
        let me = session["participants"][0]["id"].as_str().unwrap().to_owned();
        let listed = self.owner.get(&format!("{}/documents", self.here)).await.json();
        let mut entries = listed["documents"].as_array().unwrap().iter();
        let entry = entries.find(|entry| entry["subject"] == *subject).unwrap();
        let document: DocumentId = entry["document"].as_str().unwrap().parse().unwrap();
        let mut line = Line::join(&self.owner, &self.workshop, format!("{me}.tab")).await;
        line.ask(document).await;
        let mut case = Automerge::new_with_encoding(TEXT_ENCODING);
        let mut state = State::new();
        case.receive_sync_message(&mut state, next_sync(&mut line).await)
            .unwrap();
        line.claim(document, &case.get_actor().to_hex_string()).await;
        Open { line, case, document }
    }

    async fn row(&mut self, subject: &Value) -> Value {
        let register = self.owner.get(&format!("{}/register", self.here)).await.json();
        let rows = register["rows"].as_array().unwrap();
        rows.iter()
            .find(|row| row["subject"] == *subject)
            .unwrap()
            .clone()
    }

    /// How many cases have a value.
    async fn coded(&mut self, key: &str, value: &str) -> usize {
        let register = self.owner.get(&format!("{}/register", self.here)).await.json();
        let rows = register["rows"].as_array().unwrap();
        let has = |row: &&Value| {
            let values = row["codings"][key].as_array();
            values.is_some_and(|values| values.iter().any(|one| one == value))
        };
        rows.iter().filter(has).count()
    }

    async fn person(&mut self, grant: &str, name: &str) -> Browser {
        let (_, secret) = link(&mut self.owner, &self.workshop, grant).await;
        let mut browser = self.site.browser();
        assert_eq!(browser.join(&secret, name).await.status, 200);
        browser
    }
}

/// A characteristic as a form sends it back.
fn form(c: &Value) -> Value {
    let mut form = c.clone();
    let fields = form.as_object_mut().unwrap();
    for not_written in ["code", "key", "retired"] {
        fields.remove(not_written);
    }
    form
}

fn edit(c: &Value, form: Value) -> Value {
    json!({ "what": "edit", "key": c["key"], "form": form })
}

fn retire(key: &str, value: &str, into: Option<&str>) -> Value {
    json!({ "what": "retire", "key": key, "value": value, "into": into })
}

fn kind(answer: &Answer) -> (u16, String) {
    let problem = answer.json()["type"].as_str().unwrap().to_owned();
    (answer.status, problem.trim_start_matches("/problems/").to_owned())
}

#[tokio::test]
async fn r23_a_workshop_starts_with_the_24_and_a_renamed_value_keeps_all_its_codings() {
    let mut room = Room::new().await;
    let set = room.set().await;
    let codes: Vec<&str> = set["characteristics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|c| c["code"].as_str().unwrap())
        .collect();
    assert_eq!(
        (codes.len(), codes[0], codes[23], &set["version"]),
        (24, "K01", "K24", &json!(1))
    );
    let scope = room.one("scope").await;
    let value = scope["values"][1].clone();
    let before = room.coded("scope", value["key"].as_str().unwrap()).await;
    assert!(before > 0);
    let mut renamed = form(&scope);
    renamed["values"][1]["label_nb"] = "Et helt nytt navn".into();
    let answer = room.change(1, edit(&scope, renamed)).await;
    assert_eq!(
        (answer.status, answer.json()),
        (200, json!({ "version": 2 })),
        "{answer:?}"
    );
    assert_eq!(room.coded("scope", value["key"].as_str().unwrap()).await, before);
    let set = room.set().await;
    let told = &set["history"][0];
    assert_eq!(
        (&told["version"], &told["changes"][0]["what"]),
        (&json!(2), &json!("value-renamed"))
    );
    let path = format!("{}/register", room.here);
    let register = room.owner.get(&path).await.json();
    assert_eq!(register["characteristics_version"], 2);
    let figures = room
        .owner
        .get(&format!("{}/views/variation", room.here))
        .await
        .json();
    assert_eq!(
        figures["about"]["characteristics_version"], 2,
        "an analysis says which version it used"
    );
    let first = room
        .owner
        .get(&format!("{}/characteristics/1", room.here))
        .await
        .json();
    let was = first["characteristics"]
        .as_array()
        .unwrap()
        .iter()
        .find(|c| c["key"] == "scope")
        .unwrap();
    assert_eq!(
        was["values"][1]["label_nb"], value["label_nb"],
        "what a figure was made by can be looked up"
    );
    assert_eq!(
        room.owner
            .get(&format!("{}/characteristics/3", room.here))
            .await
            .status,
        404
    );
}

#[tokio::test]
async fn r23_a_used_value_is_deleted_only_with_a_target_and_its_codings_become_that() {
    let mut room = Room::new().await;
    let scope = room.one("scope").await;
    let key = |place: usize| scope["values"][place]["key"].as_str().unwrap().to_owned();
    let (gone, into) = (key(1), key(2));
    let (had, has) = (room.coded("scope", &gone).await, room.coded("scope", &into).await);
    assert_eq!(room.set().await["uses"]["scope"]["values"][&gone], had);
    let refused = room.change(1, retire("scope", &gone, None)).await;
    assert_eq!(kind(&refused), (409, "value-in-use".into()));
    assert_eq!(room.coded("scope", &gone).await, had, "nothing was lost");
    assert_eq!(
        room.change(1, retire("scope", &gone, Some(&into))).await.status,
        200
    );
    assert_eq!(room.coded("scope", &gone).await, 0);
    assert_eq!(room.coded("scope", &into).await, had + has);
    let restore = json!({ "what": "restore", "key": "scope", "value": gone });
    assert_eq!(room.change(2, restore).await.status, 200);
    assert_eq!(
        room.coded("scope", &gone).await,
        had,
        "it can be taken back, and reads as before"
    );
    assert_eq!(
        kind(&room.change(3, json!({ "what": "delete", "key": "scope" })).await),
        (409, "value-in-use".into())
    );
}

#[tokio::test]
async fn r23_of_two_who_change_at_once_the_second_is_told_and_who_is_not_of_the_team_may_not() {
    let mut room = Room::new().await;
    let scope = room.one("scope").await;
    let mut kari = room.person("editor", "Kari").await;
    let path = format!("{}/characteristics", room.here);
    let named = |label: &str| {
        let mut form = form(&scope);
        form["label_nb"] = label.into();
        json!({ "version": 1, "change": edit(&scope, form) })
    };
    assert_eq!(kari.post(&path, named("Karis omfang")).await.status, 200);
    let second = room.owner.post(&path, named("Mitt omfang")).await;
    assert_eq!(kind(&second), (409, "other-version".into()));
    assert_eq!(room.one("scope").await["label_nb"], "Karis omfang");
    for grant in ["viewer", "reviewer"] {
        let mut other = room.person(grant, "Per").await;
        assert_eq!(
            kind(&other.post(&path, named("Pers omfang")).await),
            (403, "not-allowed".into())
        );
        assert_eq!(other.get(&path).await.status, 200);
    }
}

#[tokio::test]
async fn r23_a_characteristic_of_ones_own_is_coded_in_cases_from_before_it() {
    let mut room = Room::new().await;
    let own = json!({
        "label_nb": "Språk", "scale": "nominal", "group": "Egne", "active": true,
        "values": [{ "label_nb": "Norsk" }, { "label_nb": "Samisk" }],
    });
    assert_eq!(
        room.change(1, json!({ "what": "add", "form": own })).await.status,
        200
    );
    let set = room.set().await;
    let added = set["characteristics"][24].clone();
    assert_eq!(
        (&added["code"], &added["label_en"]),
        (&json!("K25"), &json!("Språk"))
    );
    let register = room.owner.get(&format!("{}/register", room.here)).await.json();
    let first = &register["rows"][0];
    assert_eq!(
        first["problems"],
        json!([]),
        "that it is not there yet is no fault of the case"
    );
    let samisk = added["values"][1]["key"].as_str().unwrap();
    let mut open = room.open(&first["subject"]).await;
    open.code(added["key"].as_str().unwrap(), samisk).await;
    assert_eq!(room.coded(added["key"].as_str().unwrap(), samisk).await, 1);
    let register = room.owner.get(&format!("{}/register", room.here)).await.json();
    assert_eq!(register["characteristics"].as_array().unwrap().len(), 25);
    let book = room
        .owner
        .get(&format!("{}/exports/code-book.csv?language=nb", room.here))
        .await;
    assert!(String::from_utf8_lossy(&book.body).contains("Samisk"));
    let off = {
        let mut form = form(&added);
        form["active"] = false.into();
        edit(&added, form)
    };
    assert_eq!(room.change(2, off).await.status, 200);
    let register = room.owner.get(&format!("{}/register", room.here)).await.json();
    assert_eq!(register["characteristics"].as_array().unwrap().len(), 24);
    let gone = room
        .change(3, json!({ "what": "delete", "key": added["key"] }))
        .await;
    assert_eq!(kind(&gone), (409, "value-in-use".into()), "a case is coded by it");
}

#[tokio::test]
async fn r23_what_somebody_codes_while_it_is_deleted_is_told_of_and_counts_when_it_is_taken_back() {
    let mut room = Room::new().await;
    let own = json!({
        "label_nb": "Språk", "scale": "nominal", "group": "Egne", "active": true,
        "values": [{ "label_nb": "Norsk" }, { "label_nb": "Samisk" }, { "label_nb": "Kvensk" }],
    });
    let added = room.change(1, json!({ "what": "add", "form": own })).await;
    assert_eq!(added.status, 200);
    let added = room.set().await["characteristics"][24].clone();
    let key = added["key"].as_str().unwrap().to_owned();
    let value = |n: usize| added["values"][n]["key"].as_str().unwrap().to_owned();
    let register = room.owner.get(&format!("{}/register", room.here)).await.json();
    let subject = register["rows"][0]["subject"].clone();
    let mut open = room.open(&subject).await;

    // The value goes, and then the whole characteristic, while the case lies open elsewhere.
    let retire = json!({ "what": "retire", "key": key, "value": value(2), "into": null });
    assert_eq!(room.change(2, retire).await.status, 200);
    open.code(&key, &value(2)).await;
    let problems = |row: &Value| row["problems"].as_array().unwrap().len();
    assert_eq!(problems(&room.row(&subject).await), 1, "it is told of");
    let restore = json!({ "what": "restore", "key": key, "value": value(2) });
    assert_eq!(room.change(3, restore).await.status, 200);
    let row = room.row(&subject).await;
    assert_eq!((&row["codings"][&key], problems(&row)), (&json!([value(2)]), 0));

    open.code(&key, "").await;
    let delete = json!({ "what": "delete", "key": key });
    assert_eq!(
        kind(&room.change(4, delete.clone()).await),
        (409, "value-in-use".into())
    );
    open.clear(&key).await;
    assert_eq!(room.change(4, delete).await.status, 200);
    open.code(&key, &value(1)).await;
    let row = room.row(&subject).await;
    assert_eq!((&row["codings"][&key], problems(&row)), (&Value::Null, 1));
    let set = room.set().await;
    assert_eq!(set["deleted"][0]["label_nb"], "Språk");
    assert_eq!(
        room.change(5, json!({ "what": "take-back", "key": key }))
            .await
            .status,
        200
    );
    let row = room.row(&subject).await;
    assert_eq!((&row["codings"][&key], problems(&row)), (&json!([value(1)]), 0));
    assert_eq!(room.set().await["deleted"], json!([]));
}
