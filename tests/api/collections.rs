//! Collections over HTTP: what each is told, and when (P3).

use crate::browser::{Browser, Site};
use crate::joining::link;
use serde_json::{Value, json};

/// A workshop, its owner, and people who come to it.
pub struct Room {
    pub site: Site,
    pub owner: Browser,
    pub workshop: String,
}

impl Room {
    pub async fn new() -> Room {
        let site = Site::new().await;
        let (owner, workshop) = site.workshop().await;
        Room {
            site,
            owner,
            workshop,
        }
    }

    pub fn at(&self, path: &str) -> String {
        format!("/api/v1/workshops/{}/{path}", self.workshop)
    }

    pub async fn person(&mut self, grant: &str) -> Browser {
        let (_, secret) = link(&mut self.owner, &self.workshop, grant).await;
        let mut browser = self.site.browser();
        assert_eq!(browser.join(&secret, grant).await.status, 200);
        browser
    }

    pub async fn open(&mut self, body: Value) -> String {
        let made = self.owner.post(&self.at("collections"), body).await;
        assert_eq!(made.status, 201, "{made:?}");
        made.json()["id"].as_str().unwrap().to_owned()
    }
}

fn votes() -> Value {
    let items = json!([{ "key": "a", "label": "Data" }, { "key": "b", "label": "Tillit" }]);
    json!({ "title": "Hva er viktigst?", "prompt": "", "kind": "votes", "items": items, "budget": 5, "each_max": 2 })
}

#[tokio::test]
async fn p3_a_facilitator_sees_that_one_has_answered_and_others_only_how_many() {
    let mut room = Room::new().await;
    let id = room.open(votes()).await;
    let (mut kari, mut viewer, mut client) = (
        room.person("reviewer").await,
        room.person("viewer").await,
        room.person("client").await,
    );
    let (list, part, sent) = (
        room.at("collections"),
        room.at(&format!("collections/{id}/part")),
        room.at(&format!("collections/{id}/sent")),
    );
    let mine = kari.post(&part, json!({})).await.json();
    assert_eq!(
        kari.post(&part, json!({})).await.json(),
        mine,
        "one document a person"
    );
    assert_eq!(kari.put(&sent, json!({ "sent": true })).await.status, 204);
    assert_eq!(viewer.post(&part, json!({})).await.status, 403);
    let one = room.owner.get(&list).await.json()["collections"][0].clone();
    assert_eq!((one["begun"].clone(), one["sent"].clone()), (json!(1), json!(1)));
    assert_eq!(one["parts"][0]["sent"], true);
    assert_eq!(one["mine"], Value::Null);
    let seen = viewer.get(&list).await;
    let subject = mine["subject"].as_str().unwrap();
    let text = String::from_utf8_lossy(&seen.body).into_owned();
    assert!(!text.contains("parts") && !text.contains(subject), "{text}");
    assert_eq!(seen.json()["collections"][0]["begun"], 1);
    let own = kari.get(&list).await.json()["collections"][0].clone();
    assert_eq!(own["mine"], json!({ "subject": subject, "sent": true }));
    assert_eq!(client.get(&list).await.json()["collections"], json!([]));
    let documents = room.at("documents");
    for other in [&mut room.owner, &mut viewer] {
        let listed = other.get(&documents).await;
        assert!(
            !String::from_utf8_lossy(&listed.body).contains(subject),
            "the catalogue is silent of it"
        );
    }
}

#[tokio::test]
async fn p3_no_answer_is_kept_that_would_say_who_took_part() {
    let mut room = Room::new().await;
    let ids = [room.open(votes()).await, room.open(votes()).await];
    let mut kari = room.person("reviewer").await;
    let mut subjects = Vec::new();
    for id in &ids {
        let headers = [("sec-fetch-site", "same-origin"), ("idempotency-key", "samme")];
        let part = room.at(&format!("collections/{id}/part"));
        let taken = kari.send("POST", &part, &headers, Some(json!({}))).await;
        subjects.push(taken.json()["subject"].clone());
    }
    assert_ne!(subjects[0], subjects[1], "each is her own of that collection");
}

#[tokio::test]
async fn p3_an_outcome_is_there_once_it_is_revealed_and_for_those_who_may_know_of_it() {
    let mut room = Room::new().await;
    let mut team_only = votes();
    team_only["team"] = json!(true);
    let ids = [room.open(votes()).await, room.open(team_only).await];
    let (mut editor, mut reviewer) = (room.person("editor").await, room.person("reviewer").await);
    for (id, shown) in ids.iter().zip([200, 404]) {
        let at = |what: &str| format!("/api/v1/workshops/{}/collections/{id}/{what}", room.workshop);
        let early = editor.get(&at("outcome")).await;
        assert_eq!((early.status, early.problem().as_str()), (409, "collection-open"));
        let open = room.owner.post(&at("reveal"), json!({ "named": false })).await;
        assert_eq!((open.status, open.problem().as_str()), (409, "collection-open"));
        assert_eq!(
            editor.put(&at("closed"), json!({ "closed": true })).await.status,
            403
        );
        assert_eq!(
            room.owner
                .put(&at("closed"), json!({ "closed": true }))
                .await
                .status,
            204
        );
        let late = editor.post(&at("part"), json!({})).await;
        assert_eq!((late.status, late.problem().as_str()), (409, "collection-closed"));
        let named = room.owner.post(&at("reveal"), json!({ "named": true })).await;
        assert_eq!(named.status, 403, "that was not said before they answered");
        assert_eq!(
            room.owner
                .post(&at("reveal"), json!({ "named": false }))
                .await
                .status,
            204
        );
        assert_eq!(editor.get(&at("outcome")).await.json()["tally"][0]["votes"], 0);
        assert_eq!(reviewer.get(&at("outcome")).await.status, shown);
        let again = room.owner.put(&at("closed"), json!({ "closed": false })).await;
        assert_eq!(
            (again.status, again.problem().as_str()),
            (409, "collection-revealed")
        );
    }
    let bad = json!({ "title": "", "prompt": "", "kind": "notes" });
    let list = room.at("collections");
    assert_eq!(room.owner.post(&list, bad).await.problem(), "bad-text");
    assert_eq!(
        room.owner
            .post(&list, json!({ "title": "x", "kind": "king" }))
            .await
            .status,
        400
    );
}

#[tokio::test]
async fn n4_what_is_going_on_is_the_same_for_all_by_the_servers_clock() {
    let mut room = Room::new().await;
    let mut viewer = room.person("viewer").await;
    let stage = room.at("stage");
    assert_eq!(viewer.get(&stage).await.json()["activity"], Value::Null);
    let activity = json!({ "title": "Stille idéskriving", "minutes": 12 });
    assert_eq!(
        viewer.put(&stage, json!({ "activity": activity })).await.status,
        403
    );
    assert_eq!(
        room.owner
            .put(&stage, json!({ "activity": activity }))
            .await
            .status,
        204
    );
    let now = viewer.get(&stage).await.json();
    assert_eq!(now["activity"]["title"], "Stille idéskriving");
    let span = now["ends_ms"].as_u64().unwrap() - now["started_ms"].as_u64().unwrap();
    assert_eq!(span, 12 * 60_000);
    assert!(now["now_ms"].as_u64() >= now["started_ms"].as_u64());
    let mut team_only = votes();
    team_only["team"] = json!(true);
    let secret = room.open(team_only).await;
    let hidden = json!({ "activity": { "title": "Bare teamet", "collection": secret } });
    assert_eq!(room.owner.put(&stage, hidden).await.status, 204);
    let seen = viewer.get(&stage).await.json();
    assert_eq!(
        (&seen["activity"], &seen["started_ms"]),
        (&Value::Null, &json!(0)),
        "not even that there is something"
    );
    assert_eq!(
        room.owner.put(&stage, json!({ "activity": null })).await.status,
        204
    );
    assert_eq!(room.owner.get(&stage).await.json()["activity"], Value::Null);
}

#[tokio::test]
async fn r3_p3_a_double_coding_tells_how_far_each_is_and_nothing_of_what_they_said_until_it_is_revealed() {
    let mut room = Room::new().await;
    let made = room
        .owner
        .post(&room.at("cases"), json!({ "name": "Nabohjelp" }))
        .await
        .json();
    let case = made["subject"].as_str().unwrap().to_owned();
    let id = room
        .open(json!({
            "title": "Koder vi likt?", "kind": "codings", "cases": [case], "characteristics": ["scope", "maturity"],
        }))
        .await;
    let mut kari = room.person("editor").await;
    let (mut ola, mut reviewer) = (room.person("editor").await, room.person("reviewer").await);
    let at = |what: &str| format!("/api/v1/workshops/{}/collections/{id}/{what}", room.workshop);
    let part = kari.post(&at("part"), json!({})).await.json();
    assert_eq!(reviewer.post(&at("part"), json!({})).await.status, 403);
    let list = format!("/api/v1/workshops/{}/collections", room.workshop);
    assert_eq!(reviewer.get(&list).await.json()["collections"], json!([]));
    let leads = room.owner.get(&list).await.json()["collections"][0].clone();
    assert_eq!(leads["parts"][0]["coded"], 0);
    assert_eq!((&leads["named"], &leads["team"]), (&json!(true), &json!(true)));
    let seen = String::from_utf8_lossy(&ola.get(&list).await.body).into_owned();
    let sealed = part["subject"].as_str().unwrap();
    assert!(!seen.contains("coded\"") && !seen.contains(sealed), "{seen}");
    for what in ["settled", "agreed"] {
        let body = json!({
            "case": case, "characteristic": "scope", "coding": { "state": "unknown" }, "seen": {},
        });
        let early = ola.post(&at(what), body).await;
        assert_eq!((early.status, early.problem().as_str()), (409, "collection-open"));
    }
    room.owner.put(&at("closed"), json!({ "closed": true })).await;
    let nameless = room.owner.post(&at("reveal"), json!({ "named": false })).await;
    assert_eq!(nameless.status, 403);
    room.owner.post(&at("reveal"), json!({ "named": true })).await;
    let outcome = ola.get(&at("outcome")).await.json();
    assert_eq!((&outcome["answered"], &outcome["cells"]), (&json!(0), &json!([])));
    assert_eq!(outcome["agreement"][0]["share"], Value::Null);
    assert_eq!(reviewer.get(&at("outcome")).await.status, 404);
    let settle = |seen: Value| json!({ "case": case, "characteristic": "scope", "coding": { "state": "coded", "value": "okosystem" }, "seen": seen });
    assert_eq!(ola.post(&at("settled"), settle(json!({}))).await.status, 200);
    let again = ola.post(&at("settled"), settle(json!({}))).await;
    assert_eq!((again.status, again.problem().as_str()), (409, "coding-changed"));
    let neither = json!({ "case": case, "characteristic": "scope", "seen": {} });
    assert_eq!(ola.post(&at("settled"), neither).await.status, 400);
    let settled = ola.get(&at("outcome")).await.json()["settled"][0].clone();
    assert_eq!(
        (&settled["how"], &settled["coding"]["value"]),
        (&json!("own"), &json!("okosystem"))
    );
    assert_eq!(
        ola.post(&at("agreed"), json!({})).await.json(),
        json!({ "settled": 0, "left": 0 })
    );
}
