//! Commands by HTTP and by the control socket, and the data folder.

use crate::browser::{Browser, Site, config};
use crate::joining::link;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use samverk::cli::control::{Order, ask};
use samverk::{StartError, start};
use samverk_shared::access::Grant;
use serde_json::json;

#[tokio::test]
async fn h4_a_command_with_a_key_that_was_used_gives_the_first_answer_and_does_nothing() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    let cases = format!("/api/v1/workshops/{workshop}/cases");
    let mut make = async |key: &str, name: &str| {
        let headers = [("sec-fetch-site", "same-origin"), ("idempotency-key", key)];
        let made = owner
            .send("POST", &cases, &headers, Some(json!({ "name": name })))
            .await;
        assert_eq!(made.status, 201, "{made:?}");
        made.json()
    };
    let first = make("key-1", "Bro").await;
    assert_eq!(make("key-1", "Bro").await, first);
    assert_ne!(make("key-2", "Bro").await, first);
    let shown = owner.get(&format!("/api/v1/workshops/{workshop}")).await.json();
    assert_eq!(shown["counts"]["cases"], 2);
}

#[tokio::test]
async fn h4_a_key_that_was_used_for_something_else_is_no_fault_of_the_server() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    let here = format!("/api/v1/workshops/{workshop}");
    let notes = json!({ "title": "Tanker", "kind": "notes" });
    let mut send = async |key: &str, path: &str, body| {
        let headers = [("sec-fetch-site", "same-origin"), ("idempotency-key", key)];
        let answer = owner.send("POST", path, &headers, Some(body)).await;
        (answer.status, answer)
    };
    let commands = [
        (format!("{here}/cases"), json!({ "name": "Bro" })),
        (format!("{here}/collections"), notes),
    ];
    for (first, (path, body)) in commands.iter().enumerate() {
        let key = format!("key-{first}");
        let (status, made) = send(&key, path, body.clone()).await;
        assert!(status < 300, "{path}: {made:?}");
        for (path, body) in commands.iter().filter(|(other, _)| other != path) {
            let (status, refused) = send(&key, path, body.clone()).await;
            assert_eq!(
                (status, refused.problem().as_str()),
                (400, "bad-request"),
                "{path}"
            );
        }
    }
}

#[tokio::test]
async fn h4_a_workshop_is_made_once_for_a_key() {
    let site = Site::new().await;
    let (mut owner, _) = site.workshop().await;
    let headers = [("sec-fetch-site", "same-origin"), ("idempotency-key", "one")];
    let new = json!({ "title": "To", "purpose": "" });
    let first = owner
        .send("POST", "/api/v1/workshops", &headers, Some(new.clone()))
        .await
        .json();
    let again = owner
        .send("POST", "/api/v1/workshops", &headers, Some(new))
        .await
        .json();
    assert_eq!(first, again);
    let session = owner.get("/api/v1/session").await.json();
    assert_eq!(session["participants"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn documents_are_listed_with_what_the_person_may_and_a_tag() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    let path = format!("/api/v1/workshops/{workshop}/documents");
    let made = owner
        .post(
            &format!("/api/v1/workshops/{workshop}/cases"),
            json!({ "name": "Bro" }),
        )
        .await
        .json();
    let list = owner.get(&path).await;
    let documents = list.json()["documents"].clone();
    let case = documents
        .as_array()
        .unwrap()
        .iter()
        .find(|row| row["subject"] == made["subject"])
        .unwrap()
        .clone();
    assert_eq!(case["document"], made["document"]);
    assert_eq!((&case["kind"], &case["state"]), (&json!("case"), &json!("open")));
    assert_eq!(case["may"], json!(["read", "write", "presence"]));
    let tag = list.header("etag").unwrap().to_owned();
    let same = owner.send("GET", &path, &[("if-none-match", &tag)], None).await;
    assert_eq!((same.status, same.body.len()), (304, 0));
    owner
        .post(
            &format!("/api/v1/workshops/{workshop}/cases"),
            json!({ "name": "Vei" }),
        )
        .await;
    assert_eq!(
        owner
            .send("GET", &path, &[("if-none-match", &tag)], None)
            .await
            .status,
        200
    );
}

#[tokio::test]
async fn a_viewer_may_read_and_not_make_cases_or_links() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    let links = format!("/api/v1/workshops/{workshop}/links");
    let link = owner
        .post(&links, json!({ "grant": "viewer", "label": "" }))
        .await
        .json();
    let mut viewer = site.browser();
    viewer.join(link["secret"].as_str().unwrap(), "Kari").await;
    let documents = viewer
        .get(&format!("/api/v1/workshops/{workshop}/documents"))
        .await
        .json();
    let rows = documents["documents"].as_array().unwrap().clone();
    assert!(!rows.is_empty() && rows.iter().all(|row| row["may"] == json!(["read"])));
    let case = viewer
        .post(
            &format!("/api/v1/workshops/{workshop}/cases"),
            json!({ "name": "Bro" }),
        )
        .await;
    assert_eq!((case.status, case.problem().as_str()), (403, "not-allowed"));
    for refused in [
        viewer.get(&links).await,
        viewer.post(&links, json!({ "grant": "editor" })).await,
    ] {
        assert_eq!((refused.status, refused.problem().as_str()), (403, "not-allowed"));
    }
}

const LIST: &str = "Navn;Land\nFlomvarsling i Voss;Norge\nÅpne data i Bodø;Norge\n";

#[tokio::test]
async fn a_list_becomes_cases_once_and_a_dry_run_changes_nothing() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    let import = format!("/api/v1/workshops/{workshop}/imports");
    let files = [("prøver.csv", LIST.as_bytes())];
    let dry = owner
        .upload(&format!("{import}?dry_run=true"), &[], &files, None)
        .await;
    assert_eq!(
        (dry.status, dry.json()["cases"].clone()),
        (200, json!(2)),
        "{dry:?}"
    );
    assert_eq!(dry.json()["sheets"][0]["file"], "prøver.csv");
    let register = format!("/api/v1/workshops/{workshop}/register");
    assert_eq!(owner.get(&register).await.json()["rows"], json!([]));
    for _ in 0..2 {
        let key = [("idempotency-key", "list-1")];
        let done = owner.upload(&import, &key, &files, None).await;
        assert_eq!(done.json()["cases"], 2, "the same key gives the first answer");
    }
    let rows = owner.get(&register).await;
    assert_eq!(rows.json()["rows"].as_array().unwrap().len(), 2);
    assert_eq!(rows.json()["characteristics"].as_array().unwrap().len(), 24);
    let zipped = owner
        .send("GET", &register, &[("accept-encoding", "gzip, br")], None)
        .await;
    assert_eq!(zipped.header("content-encoding"), Some("gzip"));
    assert!(zipped.body.len() * 2 < rows.body.len());
    let tag = rows.header("etag").unwrap().to_owned();
    assert_eq!(
        owner
            .send("GET", &register, &[("if-none-match", &tag)], None)
            .await
            .status,
        304
    );
}

#[tokio::test]
async fn r32_a_list_goes_in_through_the_control_socket_and_the_store_is_verified() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    let order = |dry_run| Order::Import {
        workshop: workshop.parse().unwrap(),
        files: vec![("a.csv".into(), STANDARD.encode(LIST))],
        sheet: None,
        dry_run,
    };
    let config = config(&site.folder);
    let plan = ask(&config, order(true)).await.unwrap();
    assert_eq!((&plan["cases"], &plan["updated"]), (&json!(2), &json!(0)));
    let done = ask(&config, order(false)).await.unwrap();
    assert_eq!(done["cases"], 2);
    let shown = owner.get(&format!("/api/v1/workshops/{workshop}")).await.json();
    assert_eq!(shown["counts"]["cases"], 2);
    let running = ask(&config, Order::Verify).await.unwrap();
    assert_eq!(running["report"]["ok"], true, "{running}");
    // A dry run knows the workshop's cases, and is the same a person is shown.
    let files = [("a.csv", LIST.as_bytes())];
    let path = format!("/api/v1/workshops/{workshop}/imports?dry_run=true");
    let shown = owner.upload(&path, &[], &files, None).await.json();
    let known = ask(&config, order(true)).await.unwrap();
    assert_eq!(known, shown);
    assert_eq!(known["sheets"][0]["joins"].as_array().unwrap().len(), 2);
    site.server.stop().await;
    assert_eq!(
        ask(&config, order(true)).await.unwrap(),
        shown,
        "also of a stopped server"
    );
    let stopped = ask(&config, Order::Verify).await.unwrap();
    assert_eq!(stopped, running, "the same code, the same answer");
}

#[tokio::test]
async fn two_servers_never_open_the_same_data() {
    let site = Site::new().await;
    let second = start(config(&site.folder)).await;
    assert!(matches!(second, Err(StartError::InUse(_))));
}

#[tokio::test]
async fn a_command_works_on_a_running_server_and_on_a_stopped_one() {
    let site = Site::new().await;
    let config = config(&site.folder);
    let running = ask(&config, Order::OwnerLink).await.unwrap();
    let link = running["link"].as_str().unwrap();
    let secret = link
        .strip_prefix(&format!("{}/eier#", site.server.address))
        .unwrap();
    let used = site
        .browser()
        .post("/api/v1/owner", json!({ "secret": secret }))
        .await;
    assert_eq!(used.status, 200, "the newest link works");
    let old = json!({ "secret": site.owner_secret().reveal() });
    assert_eq!(
        site.browser().post("/api/v1/owner", old).await.status,
        410,
        "the one before does not"
    );
    site.server.stop().await;
    let stopped = ask(&config, Order::OwnerLink).await.unwrap();
    let secret = stopped["link"]
        .as_str()
        .unwrap()
        .rsplit('#')
        .next()
        .unwrap()
        .to_owned();
    let server = start(config).await.unwrap();
    assert!(server.owner_secret.is_none(), "only the first start makes one");
    let site = Site {
        server,
        folder: site.folder,
    };
    assert_eq!(
        site.browser()
            .post("/api/v1/owner", json!({ "secret": secret }))
            .await
            .status,
        200
    );
}

#[cfg(unix)]
#[tokio::test]
async fn the_control_socket_and_the_data_folder_are_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let site = Site::new().await;
    let data = site.folder.path().join("data");
    let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&data), 0o700);
    assert_eq!(mode(&data.join("control.sock")), 0o600);
}

#[tokio::test]
async fn a_demo_has_a_workshop_and_fresh_links_at_each_start() {
    let site = Site::with(|config| config.demo = true).await;
    let demo = site.server.demo.as_ref().unwrap();
    assert_eq!(demo.links.len(), Grant::ALL.len());
    let (workshop, first) = (demo.workshop.clone(), demo.links.clone());
    let mut editor = site.browser();
    let (_, secret) = &first[1];
    assert_eq!(editor.join(secret.reveal(), "Kari").await.status, 200);
    let cases = editor.get(&format!("/api/v1/workshops/{workshop}")).await.json()["counts"]["cases"].clone();
    assert_eq!(cases, 48);
    site.server.stop().await;
    let mut again = config(&site.folder);
    again.demo = true;
    let server = start(again).await.unwrap();
    let site = Site {
        server,
        folder: site.folder,
    };
    let demo = site.server.demo.as_ref().unwrap();
    assert_eq!(demo.workshop, workshop);
    editor.addr = site.server.addr;
    assert_eq!(
        editor.get(&format!("/api/v1/workshops/{workshop}")).await.status,
        200,
        "who came stays"
    );
    for (_, secret) in &demo.links {
        let look = site
            .browser()
            .post("/api/v1/join/look", json!({ "secret": secret.reveal() }))
            .await;
        assert_eq!(look.status, 200);
    }
    let unused = site
        .browser()
        .post("/api/v1/join/look", json!({ "secret": first[0].1.reveal() }))
        .await;
    assert_eq!(unused.status, 410, "links nobody came by are taken back");
}

#[tokio::test]
async fn a_facilitator_closes_archives_and_opens_a_case_and_nobody_else_does() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    let base = format!("/api/v1/workshops/{workshop}");
    let case = owner
        .post(&format!("{base}/cases"), json!({ "name": "Bro" }))
        .await;
    let subject = case.json()["subject"].as_str().unwrap().to_owned();
    let state = format!("{base}/subjects/{subject}/state");
    let link = owner
        .post(
            &format!("{base}/links"),
            json!({ "grant": "reviewer", "label": "" }),
        )
        .await
        .json();
    let mut reviewer = site.browser();
    reviewer.join(link["secret"].as_str().unwrap(), "Kari").await;

    let seen = async |browser: &mut Browser| {
        let list = browser.get(&format!("{base}/documents")).await.json();
        let rows = list["documents"].as_array().unwrap().clone();
        rows.into_iter().find(|row| row["subject"] == json!(subject))
    };
    let refused = reviewer.put(&state, json!({ "state": "closed" })).await;
    assert_eq!((refused.status, refused.problem().as_str()), (403, "not-allowed"));
    assert_eq!(owner.put(&state, json!({ "state": "closed" })).await.status, 204);
    let row = seen(&mut owner).await.unwrap();
    assert_eq!(
        (&row["state"], &row["may"]),
        (&json!("closed"), &json!(["read", "presence"]))
    );
    assert_eq!(
        owner.put(&state, json!({ "state": "archived" })).await.status,
        204
    );
    assert!(seen(&mut owner).await.is_some() && seen(&mut reviewer).await.is_none());
    assert_eq!(owner.put(&state, json!({ "state": "open" })).await.status, 204);
    let row = seen(&mut owner).await.unwrap();
    assert_eq!(row["may"], json!(["read", "write", "presence"]));
    let none = format!("{base}/subjects/0000000000000000/state");
    assert_eq!(owner.put(&none, json!({ "state": "closed" })).await.status, 404);
}

#[tokio::test]
async fn r37_g1_the_register_document_is_made_once_by_the_team_and_known_to_all_members() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    let at = format!("/api/v1/workshops/{workshop}/documents/register");
    let (_, secret) = link(&mut owner, &workshop, "viewer").await;
    let mut viewer = site.browser();
    viewer.join(&secret, "Leser").await;
    assert_eq!(viewer.put(&at, json!({})).await.status, 403);
    let first = owner.put(&at, json!({})).await;
    assert_eq!(first.status, 200, "{first:?}");
    assert_eq!(owner.put(&at, json!({})).await.json(), first.json());
    let listed = viewer
        .get(&format!("/api/v1/workshops/{workshop}/documents"))
        .await
        .json();
    let registers: Vec<_> = listed["documents"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| one["kind"] == "register")
        .collect();
    assert_eq!(registers.len(), 1);
    assert_eq!(registers[0]["subject"], first.json()["subject"]);
    assert_eq!(registers[0]["may"], json!(["read"]));
}
