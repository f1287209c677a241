//! [R35] Two cases of the register become one by HTTP, and two again.

use crate::browser::{Answer, Browser, Site};
use serde_json::{Value, json};

struct Register {
    site: Site,
    owner: Browser,
    here: String,
}

/// Two names that nobody would take for one.
const LIST: &[u8] = "Navn;Land;Sektor;Statlige parter\nFlomvarsling i Voss;Norge;Klima;NVE\n".as_bytes();
const OTHER: &[u8] =
    "Navn;Land;Beskrivelse;Kommunale parter\nVarsling ved Vangsvatnet;Noreg;Målere i elva;Voss herad\n"
        .as_bytes();

impl Register {
    async fn new() -> Self {
        let site = Site::new().await;
        let (owner, workshop) = site.workshop().await;
        let here = format!("/api/v1/workshops/{workshop}");
        let mut register = Register { site, owner, here };
        register.import("a.csv", LIST).await;
        register.import("b.csv", OTHER).await;
        register
    }

    async fn import(&mut self, name: &str, list: &[u8]) -> Value {
        let path = format!("{}/imports?dry_run=false", self.here);
        self.owner.upload(&path, &[], &[(name, list)], None).await.json()
    }

    async fn get(&mut self, path: &str) -> Value {
        let answer = self.owner.get(&format!("{}{path}", self.here)).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.json()
    }

    async fn row(&mut self, name: &str) -> Value {
        let rows = self.get("/register").await["rows"].clone();
        let mut all = rows.as_array().unwrap().iter();
        all.find(|row| row["name"] == name).cloned().unwrap_or_default()
    }

    /// The two cases.
    async fn both(&mut self) -> [String; 2] {
        let mut subjects = Vec::new();
        for name in ["Flomvarsling i Voss", "Varsling ved Vangsvatnet"] {
            subjects.push(self.row(name).await["subject"].as_str().unwrap().to_owned());
        }
        subjects.try_into().unwrap()
    }

    fn path(&self, [stays, goes]: &[String; 2]) -> String {
        format!("{}/cases/{stays}/merges/{goes}", self.here)
    }

    async fn merge(&mut self, both: &[String; 2], take: &[&str]) -> Answer {
        let path = self.path(both);
        let seen = self.owner.get(&path).await.json()["seen"].clone();
        self.owner
            .post(&path, json!({ "take": take, "seen": seen }))
            .await
    }

    async fn exported(&mut self) -> String {
        let answer = self
            .owner
            .get(&format!("{}/exports/register.csv", self.here))
            .await;
        String::from_utf8_lossy(&answer.body).into_owned()
    }

    async fn merged(&mut self, subject: &str) -> Value {
        let documents = self.get("/documents").await["documents"].clone();
        let mut all = documents.as_array().unwrap().iter();
        all.find(|one| one["subject"] == subject).unwrap()["merged"].clone()
    }
}

#[tokio::test]
async fn r35_two_cases_of_the_register_become_one_with_all_provenance_and_two_again() {
    let mut register = Register::new().await;
    let both = register.both().await;
    let look = register.get(&register.path(&both)[register.here.len()..]).await;
    let kind = |field: &str| {
        let mut cells = look["cells"].as_array().unwrap().iter();
        cells.find(|cell| cell["field"] == field).unwrap()["kind"].clone()
    };
    assert_eq!(
        (kind("name"), kind("country")),
        (json!("differs"), json!("differs"))
    );
    assert_eq!(
        (kind("sector"), kind("description")),
        (json!("same"), json!("fill"))
    );
    assert_eq!(
        (&look["parties"], &look["lists"]),
        (&json!(["Voss herad"]), &json!(["b.csv"]))
    );

    let before = register.row("Flomvarsling i Voss").await;
    let made = register.merge(&both, &["country"]).await;
    assert_eq!(made.status, 200, "{made:?}");
    let import = made.json()["import"].as_str().unwrap().to_owned();
    assert_eq!(
        register.merged(&both[1]).await,
        json!({ "into": both[0], "import": import })
    );
    let row = register.row("Flomvarsling i Voss").await;
    assert_eq!((&row["country"], &row["parties"]), (&json!("Noreg"), &json!(2)));
    assert_eq!(row["lists"], json!(["a.csv", "b.csv"]));
    let gone = register.row("Varsling ved Vangsvatnet").await;
    assert_eq!(
        (&gone["state"], &gone["country"]),
        (&json!("archived"), &json!("Noreg"))
    );
    let exported = register.exported().await;
    let (stays, goes) = (before["code"].as_str().unwrap(), gone["code"].as_str().unwrap());
    for kept in [
        format!("Land ({stays})"),
        format!("Navn ({goes})"),
        "Målere i elva".into(),
    ] {
        assert!(exported.contains(&kept), "{kept} in {exported}");
    }

    let undo = format!("{}/imports/{import}/undo", register.here);
    let undone = register.owner.post(&undo, json!({})).await.json();
    assert_eq!(
        (&undone["restored"], &undone["left_fields"]),
        (&json!(1), &json!(0))
    );
    assert_eq!(register.merged(&both[1]).await, Value::Null);
    assert_eq!(register.row("Varsling ved Vangsvatnet").await["state"], "open");
    assert_eq!(register.row("Flomvarsling i Voss").await, before);
    let acts = register.get("/audit").await.to_string();
    assert!(
        acts.contains("merged-cases") && acts.contains("undid-merge"),
        "{acts}"
    );
}

#[tokio::test]
async fn r35_h4_the_same_key_gives_the_first_answer_and_what_was_decided_before_is_refused() {
    let mut register = Register::new().await;
    let both = register.both().await;
    let path = register.path(&both);
    let seen = register.owner.get(&path).await.json()["seen"].clone();
    let wrong = json!({ "take": [], "seen": "something else" });
    let refused = register.owner.post(&path, wrong).await;
    assert_eq!(
        (refused.status, refused.problem().as_str()),
        (409, "cases-changed")
    );
    let key = [("sec-fetch-site", "same-origin"), ("idempotency-key", "once")];
    let body = json!({ "take": [], "seen": seen });
    let first = register.owner.send("POST", &path, &key, Some(body.clone())).await;
    let again = register.owner.send("POST", &path, &key, Some(body.clone())).await;
    assert_eq!((first.status, first.json()), (again.status, again.json()));
    let other = register.owner.post(&path, body).await;
    assert_eq!((other.status, other.problem().as_str()), (409, "already-merged"));
}

#[tokio::test]
async fn r35_r32_a_list_that_brings_the_merged_case_again_means_the_one_that_stays() {
    let mut register = Register::new().await;
    let both = register.both().await;
    register.merge(&both, &[]).await;
    let plan = register.import("b.csv", OTHER).await;
    assert_eq!(plan["cases"], 0, "{plan}");
    let again = [OTHER, "Flomvarsling i Voss;Norge;;\n".as_bytes()].concat();
    let plan = register.import("c.csv", &again).await;
    assert_eq!(
        (&plan["cases"], &plan["updated"]),
        (&json!(0), &json!(1)),
        "{plan}"
    );
    let row = register.row("Flomvarsling i Voss").await;
    assert_eq!(row["lists"], json!(["a.csv", "b.csv", "c.csv"]));
    // Both rows told of one case, and both are taken back.
    let last = register.get("/imports").await["imports"][0]["id"].clone();
    let undo = format!("{}/imports/{}/undo", register.here, last.as_str().unwrap());
    let undone = register.owner.post(&undo, json!({})).await.json();
    assert_eq!(
        (&undone["restored"], &undone["left_fields"]),
        (&json!(1), &json!(0))
    );
    let row = register.row("Flomvarsling i Voss").await;
    assert_eq!(row["lists"], json!(["a.csv", "b.csv"]));
}

#[tokio::test]
async fn r35_p1_merging_is_for_the_team() {
    let mut register = Register::new().await;
    let both = register.both().await;
    let link = json!({ "role": "actor", "label": "", "lobby": false });
    let made = register
        .owner
        .post(&format!("{}/links", register.here), link)
        .await
        .json();
    let secret = made["secret"].as_str().unwrap().to_owned();
    let mut guest = register.site.browser();
    assert_eq!(guest.join(&secret, "Gjest").await.status, 200);
    let path = register.path(&both);
    assert_eq!(guest.get(&path).await.problem(), "not-allowed");
    let body = json!({ "take": [], "seen": "" });
    assert_eq!(guest.post(&path, body).await.problem(), "not-allowed");
}
