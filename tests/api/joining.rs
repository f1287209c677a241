//! Owner link, join links, sessions and devices.

use crate::browser::Site;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::Instant;

async fn link(owner: &mut crate::browser::Browser, workshop: &str, grant: &str) -> (String, String) {
    let links = format!("/api/v1/workshops/{workshop}/links");
    let made = owner
        .post(&links, json!({ "grant": grant, "label": "til kommunen" }))
        .await;
    assert_eq!(made.status, 201, "{made:?}");
    let made = made.json();
    let secret = made["secret"].as_str().unwrap().to_owned();
    assert_eq!(made["path"], format!("/bli-med#{secret}"));
    (made["id"].as_str().unwrap().to_owned(), secret)
}

async fn links(owner: &mut crate::browser::Browser, workshop: &str) -> Value {
    owner
        .get(&format!("/api/v1/workshops/{workshop}/links"))
        .await
        .json()["links"]
        .clone()
}

#[tokio::test]
async fn the_owner_link_works_once() {
    let site = Site::new().await;
    let secret = json!({ "secret": site.owner_secret().reveal() });
    let mut owner = site.browser();
    let session = owner.post("/api/v1/owner", secret.clone()).await;
    assert_eq!(
        (session.status, session.json()["owner"].clone()),
        (200, json!(true))
    );
    assert_eq!(owner.get("/api/v1/session").await.json()["owner"], true);
    let again = site.browser().post("/api/v1/owner", secret).await;
    assert_eq!((again.status, again.problem().as_str()), (410, "link-used"));
    let guessed = site
        .browser()
        .post("/api/v1/owner", json!({ "secret": "x".repeat(43) }))
        .await;
    assert_eq!(guessed.status, 410);
}

#[tokio::test]
async fn only_the_owner_makes_workshops_and_leads_what_they_made() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    let session = owner.get("/api/v1/session").await.json();
    let mine = &session["participants"][0];
    assert_eq!(
        (mine["workshop"].as_str(), &mine["grants"]),
        (Some(&*workshop), &json!(["facilitator"]))
    );
    let mut guest = site.browser();
    let (_, secret) = link(&mut owner, &workshop, "editor").await;
    assert_eq!(guest.join(&secret, "Kari").await.status, 200);
    let refused = guest.post("/api/v1/workshops", json!({ "title": "Eget" })).await;
    assert_eq!((refused.status, refused.problem().as_str()), (403, "owner-only"));
}

#[tokio::test]
async fn looking_at_a_link_spends_nothing_and_joining_counts() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    let (_, secret) = link(&mut owner, &workshop, "reviewer").await;
    for _ in 0..3 {
        let look = site
            .browser()
            .post("/api/v1/join/look", json!({ "secret": secret }))
            .await;
        assert_eq!(look.status, 200);
        let look = look.json();
        assert_eq!(look["title"], "Flom");
        assert_eq!((&look["grant"], &look["here"]), (&json!("reviewer"), &json!(0)));
    }
    assert_eq!(links(&mut owner, &workshop).await[0]["used"], 0);
    let mut guest = site.browser();
    assert_eq!(guest.join(&secret, "Kari").await.status, 200);
    assert_eq!(links(&mut owner, &workshop).await[0]["used"], 1);
    let people = guest
        .get(&format!("/api/v1/workshops/{workshop}/people"))
        .await
        .json();
    let kari = people["people"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["name"] == "Kari")
        .unwrap()
        .clone();
    assert_eq!(
        (&kari["grants"], &kari["here"]),
        (&json!(["reviewer"]), &json!(false))
    );
}

#[tokio::test]
async fn who_joins_again_stays_the_same_and_as_new_is_somebody_else() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    let (_, viewer) = link(&mut owner, &workshop, "viewer").await;
    let (_, editor) = link(&mut owner, &workshop, "editor").await;
    let mut guest = site.browser();
    let first = guest.join(&viewer, "Kari").await.json()["participant"].clone();
    assert_eq!(guest.join(&editor, "Kari N").await.json()["participant"], first);
    let session = guest.get("/api/v1/session").await.json();
    assert_eq!(session["participants"].as_array().unwrap().len(), 1);
    assert!(
        session["participants"][0]["grants"]
            .as_array()
            .unwrap()
            .contains(&json!("editor"))
    );
    assert_eq!(session["participants"][0]["name"], "Kari N");
    let as_new = json!({ "secret": viewer, "name": "Ola", "actor_group": "stat", "as_new": true });
    let other = guest.post("/api/v1/join", as_new).await.json();
    assert_ne!(other["participant"], first);
    assert_eq!(
        guest.get("/api/v1/session").await.json()["participants"][0]["name"],
        "Ola"
    );
}

#[tokio::test]
async fn a_device_cookie_gives_a_new_session_until_it_is_forgotten() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    let (_, secret) = link(&mut owner, &workshop, "editor").await;
    let mut guest = site.browser();
    guest.join(&secret, "Kari").await;
    let before = guest.get("/api/v1/session").await.json();
    let old = guest.cookies.remove("samverk-session").unwrap();
    let after = guest.get("/api/v1/session").await;
    assert_eq!(after.status, 200);
    assert_eq!(after.json(), before);
    assert_ne!(guest.cookies["samverk-session"], old);
    let device = guest.cookies["samverk-device"].clone();
    assert_eq!(
        guest
            .delete("/api/v1/session", json!({ "forget": true }))
            .await
            .status,
        204
    );
    assert!(guest.cookies.is_empty());
    guest.cookies.insert("samverk-device".into(), device);
    let gone = guest.get("/api/v1/session").await;
    assert_eq!((gone.status, gone.problem().as_str()), (401, "no-session"));
}

#[tokio::test]
async fn a_session_that_was_ended_opens_nothing() {
    let site = Site::new().await;
    let (owner, _) = site.workshop().await;
    let mut stolen = owner.clone();
    stolen.cookies.remove("samverk-device");
    let mut owner = owner;
    assert_eq!(owner.delete("/api/v1/session", json!({})).await.status, 204);
    assert_eq!(stolen.get("/api/v1/session").await.status, 401);
    assert_eq!(
        owner.get("/api/v1/session").await.status,
        200,
        "the device is still known"
    );
}

#[tokio::test]
async fn h3_a_revoked_link_admits_nobody_and_takes_the_grants_of_who_came_by_it() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    let (id, secret) = link(&mut owner, &workshop, "editor").await;
    let mut guest = site.browser();
    guest.join(&secret, "Kari").await;
    let documents = format!("/api/v1/workshops/{workshop}/documents");
    assert_eq!(guest.get(&documents).await.status, 200);
    let asked = Instant::now();
    let revoked = owner
        .delete(&format!("/api/v1/workshops/{workshop}/links/{id}"), json!({}))
        .await;
    assert_eq!(revoked.status, 204);
    assert_eq!(guest.get(&documents).await.status, 404);
    assert!(asked.elapsed() < Duration::from_secs(1));
    assert_eq!(
        guest.get("/api/v1/session").await.json()["participants"],
        json!([])
    );
    for path in ["/api/v1/join/look", "/api/v1/join"] {
        let body = json!({ "secret": secret, "name": "Ola", "actor_group": "stat" });
        let refused = site.browser().post(path, body).await;
        assert_eq!(
            (refused.status, refused.problem().as_str()),
            (410, "link-revoked"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn h2_a_link_is_stored_shown_once_and_never_listed() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    let (_, secret) = link(&mut owner, &workshop, "editor").await;
    let list = owner.get(&format!("/api/v1/workshops/{workshop}/links")).await;
    assert!(!String::from_utf8_lossy(&list.body).contains(&secret));
    site.browser().get(&format!("/bli-med/{secret}")).await;
    let metrics = site.browser().get("/metrics").await;
    let metrics = String::from_utf8_lossy(&metrics.body).into_owned();
    assert!(!metrics.contains(&secret), "routes are counted by pattern");
    assert!(metrics.contains("samverk_http_requests_total{route=\"/api/v1/workshops/{workshop}/links\""));
    let stored = std::fs::read(site.folder.path().join("data/samverk.redb")).unwrap();
    assert!(
        !stored
            .windows(secret.len())
            .any(|bytes| bytes == secret.as_bytes()),
        "only a digest is stored"
    );
}
