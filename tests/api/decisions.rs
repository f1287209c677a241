//! [R38] Deciding about several cases at once by HTTP.

use crate::browser::{Browser, Site};
use serde_json::{Value, json};

/// A workshop with three cases.
async fn workshop() -> (Site, Browser, String, Vec<String>) {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    let here = format!("/api/v1/workshops/{workshop}");
    let mut cases = Vec::new();
    for name in ["En", "To", "Tre"] {
        let made = owner
            .post(&format!("{here}/cases"), json!({ "name": name }))
            .await;
        cases.push(made.json()["subject"].as_str().unwrap().to_owned());
    }
    (site, owner, here, cases)
}

async fn rows(owner: &mut Browser, here: &str) -> Vec<Value> {
    let rows = owner.get(&format!("{here}/register")).await.json()["rows"].clone();
    rows.as_array().unwrap().clone()
}

#[tokio::test]
async fn r38_h4_a_decision_about_several_is_done_once_for_its_key_and_taken_back() {
    let (_site, mut owner, here, cases) = workshop().await;
    let path = format!("{here}/decisions");
    let body = json!({ "decisions": [
        { "cases": [cases[0], cases[1]], "decision": "in", "criterion": "typical", "reason": "God" },
        { "cases": [cases[2]], "decision": "out", "reason": "Svak" },
    ] });
    let key = [("sec-fetch-site", "same-origin"), ("idempotency-key", "once")];
    let first = owner.send("POST", &path, &key, Some(body.clone())).await;
    assert_eq!(
        first.json(),
        json!({ "decided": 3, "same": [], "left": [] }),
        "{first:?}"
    );
    let again = owner.send("POST", &path, &key, Some(body)).await;
    assert_eq!(again.json(), first.json());
    let decided: Vec<Value> = rows(&mut owner, &here)
        .await
        .iter()
        .map(|row| row["decision"].clone())
        .collect();
    assert_eq!(decided, ["in", "in", "out"]);
    let history = owner.get(&format!("{here}/views/decisions")).await.json();
    assert_eq!(history["decisions"].as_array().unwrap().len(), 3);
    let back = owner
        .post(&format!("{path}/undo"), json!({ "cases": [cases[0], cases[2]] }))
        .await;
    assert_eq!(back.json()["decided"], 2);
    let decided: Vec<Value> = rows(&mut owner, &here)
        .await
        .iter()
        .map(|row| row["decision"].clone())
        .collect();
    assert_eq!(decided, ["none", "in", "none"]);
}

#[tokio::test]
async fn r38_what_is_no_decision_is_refused_whole() {
    let (_site, mut owner, here, cases) = workshop().await;
    let path = format!("{here}/decisions");
    let about = |cases: Value, decision: &str| json!({ "cases": cases, "decision": decision });
    for (decisions, status) in [
        (json!([about(json!([cases[0]]), "maybe")]), 400),
        (json!([about(json!([cases[0], cases[0]]), "in")]), 400),
        (json!([about(json!([cases[0], "0123456789abcdef"]), "in")]), 404),
    ] {
        let refused = owner.post(&path, json!({ "decisions": decisions })).await;
        assert_eq!(refused.status, status, "{refused:?}");
    }
    assert!(
        rows(&mut owner, &here)
            .await
            .iter()
            .all(|row| row["decision"] == "none")
    );
}
