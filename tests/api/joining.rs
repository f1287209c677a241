//! Owner link, join links, sessions and devices.

use crate::browser::Site;
use samverk::store::{Records, RedbStore, Table};
use samverk_shared::limits::WRONG_CODES_PER_MIN_MAX;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::Instant;

pub async fn link(owner: &mut crate::browser::Browser, workshop: &str, grant: &str) -> (String, String) {
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

/// A door into a room: its link's id, its secret and its code.
async fn door(owner: &mut crate::browser::Browser, workshop: &str) -> (String, String, String) {
    let links = format!("/api/v1/workshops/{workshop}/links");
    let made = owner
        .post(
            &links,
            json!({ "grant": "editor", "label": "Samling 1", "code": true }),
        )
        .await;
    assert_eq!(made.status, 201, "{made:?}");
    let made = made.json();
    let text = |name: &str| made[name].as_str().unwrap().to_owned();
    (text("id"), text("secret"), text("code"))
}

async fn waiting(owner: &mut crate::browser::Browser, workshop: &str) -> Vec<Value> {
    let people = owner
        .get(&format!("/api/v1/workshops/{workshop}/people"))
        .await
        .json();
    let people = people["people"].as_array().unwrap().iter();
    people
        .filter(|one| one["waits_for"].is_array())
        .cloned()
        .collect()
}

#[tokio::test]
async fn h7_a_code_leads_into_the_lobby_for_four_hours_and_a_facilitator_lets_people_in() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    let (_, secret, code) = door(&mut owner, &workshop).await;
    assert_eq!(code.len(), 6);
    let link = links(&mut owner, &workshop).await[0].clone();
    assert_eq!((&link["lobby"], &link["closed"]), (&json!(true), &json!(false)));
    let lasts_s = link["ends_s"].as_u64().unwrap() - link["created_s"].as_u64().unwrap();
    assert_eq!(lasts_s, 4 * 3600);
    let typed = format!("{} {}", code[..3].to_lowercase(), &code[3..]);
    let look = site
        .browser()
        .post("/api/v1/join/look", json!({ "secret": typed }))
        .await;
    assert_eq!((look.status, &look.json()["lobby"]), (200, &json!(true)));
    let (mut kari, mut ola) = (site.browser(), site.browser());
    let came = kari.join(&typed, "Kari").await;
    assert_eq!((came.status, &came.json()["waits"]), (200, &json!(true)));
    assert_eq!(ola.join(&secret, "Ola").await.json()["waits"], true);
    let session = kari.get("/api/v1/session").await.json();
    assert_eq!(session["participants"], json!([]));
    assert_eq!(session["waiting"][0]["workshop"], workshop.as_str());
    let documents = format!("/api/v1/workshops/{workshop}/documents");
    assert_eq!(kari.get(&documents).await.status, 404, "who waits sees nothing");
    let people = waiting(&mut owner, &workshop).await;
    let names: Vec<_> = people.iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names.len(), 2);
    for one in &people {
        let admit = one["name"] == "Kari";
        let path = format!(
            "/api/v1/workshops/{workshop}/people/{}/admission",
            one["participant"].as_str().unwrap()
        );
        assert_eq!(
            ola.put(&path, json!({ "admit": true })).await.status,
            404,
            "nobody lets themselves in"
        );
        assert_eq!(owner.put(&path, json!({ "admit": admit })).await.status, 204);
    }
    assert_eq!(kari.get(&documents).await.status, 200);
    assert_eq!(ola.get(&documents).await.status, 404);
    let session = ola.get("/api/v1/session").await.json();
    assert_eq!(
        (&session["participants"], &session["waiting"]),
        (&json!([]), &json!([]))
    );
    assert!(waiting(&mut owner, &workshop).await.is_empty());
    // Those who are in see no names of who waits.
    let mut per = site.browser();
    per.join(&code, "Per").await;
    let seen = kari.get(&format!("/api/v1/workshops/{workshop}/people")).await;
    assert!(!String::from_utf8_lossy(&seen.body).contains("Per"));
    assert!(
        !String::from_utf8_lossy(&seen.body).contains("Ola"),
        "nor of who was sent away"
    );
    assert_eq!(waiting(&mut owner, &workshop).await.len(), 1);
}

#[tokio::test]
async fn h7_a_closed_door_lets_nobody_in_and_says_so_until_it_is_opened() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    let (id, secret, code) = door(&mut owner, &workshop).await;
    let closed = format!("/api/v1/workshops/{workshop}/links/{id}/closed");
    assert_eq!(owner.put(&closed, json!({ "closed": true })).await.status, 204);
    for door in [&secret, &code] {
        let refused = site.browser().join(door, "Kari").await;
        assert_eq!((refused.status, refused.problem().as_str()), (409, "link-closed"));
    }
    assert_eq!(owner.put(&closed, json!({ "closed": false })).await.status, 204);
    assert_eq!(site.browser().join(&code, "Kari").await.status, 200);
}

#[tokio::test]
async fn h7_sixty_people_behind_one_address_come_in_while_somebody_guesses_codes() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    let (_, secret, code) = door(&mut owner, &workshop).await;
    let look = |secret: String| {
        let mut guest = site.browser();
        async move { guest.post("/api/v1/join/look", json!({ "secret": secret })).await }
    };
    let people = (0..60).map(|n| {
        let (mut guest, code) = (site.browser(), code.clone());
        async move { guest.join(&code, &format!("Gjest {n}")).await.status }
    });
    let came = futures_util::future::join_all(people).await;
    assert_eq!(came, vec![200; 60]);
    let mut refusals = Vec::new();
    // A minute may end in the midst of them; in one of the two there are still more than it takes.
    for n in 0..2 * (WRONG_CODES_PER_MIN_MAX + 1) {
        // None of them is the code: they begin with what it does not begin with.
        let first = if code.starts_with('0') { '1' } else { '0' };
        let refused = look(format!("{first}{n:05}")).await;
        refusals.push((
            refused.status,
            refused.problem(),
            refused.header("retry-after").is_some(),
        ));
    }
    assert_eq!(refusals[0], (404, "code-unknown".to_owned(), false));
    assert!(
        refusals.contains(&(429, "too-many-tries".to_owned(), true)),
        "{refusals:?}"
    );
    assert_eq!(
        look(secret).await.status,
        200,
        "whoever has the link is not held up by it"
    );
}

#[tokio::test]
async fn h7_the_link_back_brings_the_same_person_from_another_browser() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    let (_, secret) = link(&mut owner, &workshop, "reviewer").await;
    let mut phone = site.browser();
    phone.join(&secret, "Kari").await;
    let mine = phone.get("/api/v1/session").await.json();
    let made = phone.post("/api/v1/return", json!({})).await;
    assert_eq!(made.status, 201);
    let made = made.json();
    let back = made["path"]
        .as_str()
        .unwrap()
        .strip_prefix("/kom-tilbake#")
        .unwrap()
        .to_owned();
    let mut laptop = site.browser();
    // A mail scanner opens the address; the secret is behind the `#`, and only the button spends it.
    assert_eq!(laptop.get("/kom-tilbake").await.status, 200);
    let came = laptop.post("/api/v1/return/use", json!({ "secret": back })).await;
    assert_eq!((came.status, came.json()), (200, mine.clone()));
    assert_eq!(laptop.get("/api/v1/session").await.json(), mine);
    // Somebody else at the same machine is signed out, and gets their own way.
    let mut shared = site.browser();
    shared.join(&secret, "Ola").await;
    let theirs = shared.clone();
    assert_eq!(
        shared
            .post("/api/v1/return/use", json!({ "secret": back }))
            .await
            .json(),
        mine
    );
    let mut theirs = theirs;
    theirs.cookies.remove("samverk-device");
    assert_eq!(theirs.get("/api/v1/session").await.status, 401);
    let wrong = site
        .browser()
        .post("/api/v1/return/use", json!({ "secret": "x".repeat(43) }))
        .await;
    assert_eq!((wrong.status, wrong.problem().as_str()), (410, "return-over"));
    assert_eq!(site.browser().post("/api/v1/return", json!({})).await.status, 401);
}

#[tokio::test]
async fn h8_what_was_decided_is_in_the_log_with_who_did_it_and_without_names() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    let (id, secret) = link(&mut owner, &workshop, "editor").await;
    let mut kari = site.browser();
    let participant = kari.join(&secret, "Kari Nordmann").await.json()["participant"].clone();
    let audit = format!("/api/v1/workshops/{workshop}/audit");
    assert_eq!(kari.get(&audit).await.status, 403);
    let grants = format!(
        "/api/v1/workshops/{workshop}/people/{}/grants",
        participant.as_str().unwrap()
    );
    for _ in 0..5 {
        let refused = kari.put(&grants, json!({ "grants": ["facilitator"] })).await;
        assert_eq!((refused.status, refused.problem().as_str()), (403, "not-allowed"));
    }
    assert_eq!(
        owner.put(&grants, json!({ "grants": ["viewer"] })).await.status,
        204
    );
    let gone = format!("/api/v1/workshops/{workshop}/links/{id}");
    assert_eq!(owner.delete(&gone, json!({})).await.status, 204);
    let log = owner.get(&audit).await;
    assert!(!String::from_utf8_lossy(&log.body).contains("Nordmann"));
    let log = log.json();
    let acts = log["acts"].as_array().unwrap();
    let named: Vec<_> = acts.iter().map(|one| one["act"].as_str().unwrap()).collect();
    let expected = [
        "revoked-link",
        "set-grants",
        "refused",
        "joined",
        "made-link",
        "made-workshop",
    ];
    assert_eq!(
        named, expected,
        "the newest first, and five refusals in a minute once"
    );
    let me = owner.get("/api/v1/session").await.json()["participants"][0]["id"].clone();
    assert_eq!((&acts[0]["by"], &acts[2]["by"]), (&me, &participant));
    assert_eq!(
        (&acts[1]["participant"], &acts[1]["grants"]),
        (&participant, &json!(["viewer"]))
    );
}

#[tokio::test]
async fn h9_a_person_takes_everything_along_as_one_file_and_is_erased() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    let (_, secret) = link(&mut owner, &workshop, "editor").await;
    let mut kari = site.browser();
    let words = json!({
        "secret": secret, "name": "Kari Nordmann", "actor_group": "kommune", "organisation": "Arendal kommune",
    });
    let participant = kari.post("/api/v1/join", words).await.json()["participant"].clone();
    let cases = format!("/api/v1/workshops/{workshop}/cases");
    assert_eq!(
        kari.post(&cases, json!({ "name": "Nabohjelp" })).await.status,
        201
    );
    let mine = kari.get("/api/v1/session/data").await;
    assert!(
        mine.header("content-disposition")
            .unwrap()
            .starts_with("attachment")
    );
    let mine = mine.json();
    assert_eq!(mine["participants"][0]["name"], "Kari Nordmann");
    assert_eq!(mine["participants"][0]["organisation"], "Arendal kommune");
    assert_eq!(
        mine["written"].as_array().unwrap().len(),
        2,
        "the case and its talk"
    );
    assert_eq!(
        (
            mine["sessions"].as_array().unwrap().len(),
            mine["devices"].as_array().unwrap().len()
        ),
        (1, 1)
    );

    let owners = owner.delete("/api/v1/session/data", json!({})).await;
    assert_eq!((owners.status, owners.problem().as_str()), (409, "owner-stays"));
    let mut stolen = kari.clone();
    assert_eq!(kari.delete("/api/v1/session/data", json!({})).await.status, 204);
    assert!(kari.cookies.is_empty());
    assert_eq!(stolen.get("/api/v1/session").await.status, 401);
    let people = owner
        .get(&format!("/api/v1/workshops/{workshop}/people"))
        .await
        .json();
    let people = people["people"].as_array().unwrap().clone();
    let left = people
        .iter()
        .find(|one| one["participant"] == participant)
        .unwrap();
    assert!(left["name"].as_str().unwrap().starts_with("P-"), "{left}");
    assert_eq!((&left["organisation"], &left["grants"]), (&json!(""), &json!([])));
    site.server.stop().await;
    let store = RedbStore::open(site.folder.path().join("data/samverk.redb")).unwrap();
    for table in Table::ALL {
        for (key, record) in store.scan(table, "").unwrap() {
            let value = String::from_utf8_lossy(&record.value).into_owned();
            assert!(
                !value.contains("Nordmann") && !value.contains("Arendal"),
                "{table:?} {key}: {value}"
            );
        }
    }
}

#[tokio::test]
async fn h9_who_is_the_last_to_lead_one_of_several_workshops_is_erased_in_none() {
    let site = Site::new().await;
    let (mut owner, first) = site.workshop().await;
    let mut kari = site.browser();
    let mut seconds = Vec::new();
    for _ in 0..2 {
        let made = owner
            .post("/api/v1/workshops", json!({ "title": "Skred" }))
            .await
            .json();
        let workshop = made["workshop"].as_str().unwrap().to_owned();
        let (_, secret) = link(&mut owner, &workshop, "facilitator").await;
        assert_eq!(kari.join(&secret, "Kari").await.status, 200);
        seconds.push(workshop);
    }
    let (_, secret) = link(&mut owner, &first, "editor").await;
    assert_eq!(kari.join(&secret, "Kari").await.status, 200);
    // In each of the others the owner leaves the lead to her.
    let mine = owner.get("/api/v1/session").await.json();
    for workshop in &seconds {
        let participants = mine["participants"].as_array().unwrap();
        let me = participants
            .iter()
            .find(|one| one["workshop"] == workshop.as_str())
            .unwrap();
        let grants = format!(
            "/api/v1/workshops/{workshop}/people/{}/grants",
            me["id"].as_str().unwrap()
        );
        assert_eq!(
            owner.put(&grants, json!({ "grants": ["viewer"] })).await.status,
            204
        );
    }
    let before = kari.get("/api/v1/session").await.json();
    let refused = kari.delete("/api/v1/session/data", json!({})).await;
    assert_eq!(
        (refused.status, refused.problem().as_str()),
        (409, "last-facilitator")
    );
    assert_eq!(
        kari.get("/api/v1/session").await.json(),
        before,
        "nothing was taken of her"
    );
}
