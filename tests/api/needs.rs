//! Blanks become information needs, and needs a plan (R43).

use crate::browser::{Browser, Site};
use crate::joining::link;
use serde_json::{Value, json};

const CASES_CSV: &str = include_str!("../../server/demo/cases.csv");

/// A workshop with the 48 cases, its owner, and an editor.
struct Room {
    site: Site,
    owner: Browser,
    workshop: String,
}

impl Room {
    async fn new() -> Room {
        let site = Site::new().await;
        let (mut owner, workshop) = site.workshop().await;
        let path = format!("/api/v1/workshops/{workshop}/imports");
        let files = [("liste.csv", CASES_CSV.as_bytes())];
        assert_eq!(owner.upload(&path, &[], &files, None).await.status, 200);
        Room {
            site,
            owner,
            workshop,
        }
    }

    fn at(&self, path: &str) -> String {
        format!("/api/v1/workshops/{}/{path}", self.workshop)
    }

    async fn person(&mut self, grant: &str, name: &str) -> Browser {
        let (_, secret) = link(&mut self.owner, &self.workshop, grant).await;
        let mut browser = self.site.browser();
        assert_eq!(browser.join(&secret, name).await.status, 200);
        browser
    }

    async fn subject(&mut self, code: &str) -> String {
        let register = self.owner.get(&self.at("register")).await.json();
        let rows = register["rows"].as_array().unwrap();
        let row = rows.iter().find(|row| row["code"] == code).unwrap();
        row["subject"].as_str().unwrap().to_owned()
    }

    async fn id_of(&mut self, name: &str) -> String {
        let people = self.owner.get(&self.at("people")).await.json();
        let all = people["people"].as_array().unwrap();
        let one = all.iter().find(|one| one["name"] == name).unwrap();
        one["participant"].as_str().unwrap().to_owned()
    }

    async fn missing(&mut self) -> Value {
        self.owner.get(&self.at("views/missing?cases=all")).await.json()
    }
}

#[tokio::test]
async fn r43_every_blank_of_a_case_becomes_a_need_in_one_action_and_once() {
    let mut room = Room::new().await;
    let subject = room.subject("N15").await;
    let before = room.missing().await;
    let mut kari = room.person("editor", "Kari").await;
    let who = room.id_of("Kari").await;
    let body = json!({ "cases": [subject], "way": "interview", "responsible": who, "due": "2026-12-24" });
    let made = kari.post(&room.at("needs"), body.clone()).await;
    // The user role, and what the list says nothing of: for whom it is good.
    assert_eq!(
        (made.status, made.json()),
        (201, json!({ "needs": 2, "cases": 1 }))
    );
    let again = kari.post(&room.at("needs"), body).await;
    assert_eq!(
        again.json(),
        json!({ "needs": 0, "cases": 0 }),
        "somebody waits for each"
    );
    let after = room.missing().await;
    let about: Vec<_> = after["plan"]
        .as_array()
        .unwrap()
        .iter()
        .map(|need| need["about"].clone())
        .collect();
    assert_eq!(about, [json!("texts.benefit"), json!("codings.user_role")]);
    for need in after["plan"].as_array().unwrap() {
        assert_eq!(
            (&need["responsible"], &need["way"], &need["due"]),
            (&json!(who), &json!("interview"), &json!("2026-12-24"))
        );
        assert_eq!(
            (&need["status"], &need["subject"]),
            (&json!("open"), &json!(subject))
        );
        assert_ne!(need["question"], "");
    }
    let unasked = |view: &Value| view["unasked"].as_u64().unwrap();
    assert_eq!(unasked(&before) - unasked(&after), 2);
    let case = after["by_case"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["subject"] == subject.as_str());
    assert_eq!(case.unwrap()["asked"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn r43_two_who_ask_about_all_cases_at_once_ask_about_each_blank_once() {
    let mut room = Room::new().await;
    let (mut kari, mut ola) = (
        room.person("editor", "Kari").await,
        room.person("editor", "Ola").await,
    );
    let view = room.missing().await;
    let cases: Vec<Value> = view["by_case"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["subject"].clone())
        .collect();
    assert_eq!(cases.len(), 48);
    let (path, body) = (room.at("needs"), json!({ "cases": cases }));
    let (one, other) = tokio::join!(kari.post(&path, body.clone()), ola.post(&path, body));
    let made = [one, other].map(|answer| answer.json()["needs"].as_u64().unwrap());
    assert_eq!(made.iter().sum::<u64>(), view["unasked"].as_u64().unwrap());
    assert!(made.contains(&0), "{made:?}");
    let after = room.missing().await;
    assert_eq!(after["unasked"], 0);
}

#[tokio::test]
async fn r43_the_plan_lists_needs_by_responsible_person_and_runs_nothing() {
    let mut room = Room::new().await;
    let (n15, n13) = (room.subject("N15").await, room.subject("N13").await);
    for name in ["=HYPERLINK(1)", "Berit; Bø"] {
        room.person("editor", name).await;
    }
    let (bad, berit) = (room.id_of("=HYPERLINK(1)").await, room.id_of("Berit; Bø").await);
    for (case, who) in [(&n15, &bad), (&n13, &berit)] {
        let body =
            json!({ "cases": [case], "about": ["texts.benefit"], "responsible": who, "due": "2026-12-01" });
        assert_eq!(room.owner.post(&room.at("needs"), body).await.json()["needs"], 1);
    }
    let body = json!({ "cases": [n15], "about": ["codings.user_role"] });
    room.owner.post(&room.at("needs"), body).await;
    let plan = room.owner.get(&room.at("needs/plan")).await;
    assert_eq!(plan.header("content-type"), Some("text/csv; charset=utf-8"));
    assert!(plan.header("content-disposition").unwrap().contains("attachment"));
    let text = String::from_utf8(plan.body).unwrap();
    assert!(text.starts_with("\u{feff}Ansvarlig;Frist;Status;"), "{text}");
    let lines: Vec<&str> = text.trim_end().split("\r\n").skip(1).collect();
    assert_eq!(lines.len(), 3);
    assert!(
        lines[0].starts_with("'=HYPERLINK(1);2026-12-01;Ikke spurt;Dokument;N15;"),
        "{}",
        lines[0]
    );
    assert!(
        lines[1].starts_with("\"Berit; Bø\";2026-12-01;Ikke spurt;Dokument;N13;"),
        "{}",
        lines[1]
    );
    assert!(
        lines[2].starts_with("Ingen ennå;;Ikke spurt;Dokument;N15;"),
        "{}",
        lines[2]
    );
    assert!(lines[2].contains(";Brukerrolle;"), "{}", lines[2]);
}

#[tokio::test]
async fn r43_p1_needs_are_for_who_may_write_the_case_and_the_plan_for_the_team() {
    let mut room = Room::new().await;
    let subject = room.subject("N15").await;
    let (mut viewer, mut client) = (
        room.person("reviewer", "Leser").await,
        room.person("client", "Kunde").await,
    );
    let body = json!({ "cases": [subject] });
    for who in [&mut viewer, &mut client] {
        assert_eq!(who.post(&room.at("needs"), body.clone()).await.status, 403);
        assert_eq!(who.get(&room.at("needs/plan")).await.status, 403);
    }
    assert_eq!(
        client.get(&room.at("views/missing")).await.json()["about"]["cases"],
        0
    );
    let mut kari = room.person("editor", "Kari").await;
    let shut = room.at(&format!("subjects/{subject}/state"));
    assert_eq!(
        room.owner.put(&shut, json!({ "state": "closed" })).await.status,
        204
    );
    assert_eq!(
        kari.post(&room.at("needs"), body).await.status,
        404,
        "a closed case takes no edits"
    );
    for bad in [
        json!({ "cases": [room.subject("N13").await], "due": "2026-02-30" }),
        json!({ "cases": [room.subject("N13").await], "responsible": "0123456789abcdef" }),
        json!({ "cases": [], "way": "guess" }),
    ] {
        let answer = kari.post(&room.at("needs"), bad.clone()).await;
        assert!((400..500).contains(&answer.status), "{bad}: {answer:?}");
    }
    assert_eq!(room.missing().await["plan"], json!([]));
    assert_eq!(kari.get(&room.at("views/missing?cases=some")).await.status, 400);
}
