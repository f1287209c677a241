//! `samverk backup` and `samverk restore`, and what a restored server is to the people of the old one.

use crate::browser::{Site, config};
use crate::joining::link;
use crate::sockets::storage_id;
use samverk::cli::backup::{BackupFailed, verify_backup};
use samverk::cli::control::{ControlError, Order, ask};
use samverk::cli::restore::{RestoreFailed, RestoreReport, restore};
use samverk::{Config, StartError, start};
use serde_json::{Value, json};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

async fn backup(config: &Config, out: &Path) -> Result<Value, ControlError> {
    let out = out.to_owned();
    ask(config, Order::Backup { out })
        .await
        .map(|mut made| made["report"].take())
}

/// What is in a backup, without what differs from one to the next.
fn content(mut report: Value) -> Value {
    for name in ["file", "bytes", "made_s"] {
        report[name].take();
    }
    report
}

/// The folder is restored, and a server started on it.
async fn restored(backup: &Path, sign_out: bool) -> (RestoreReport, Site) {
    let folder = tempfile::tempdir().unwrap();
    let config = config(&folder);
    let report = restore(backup, &config.data, sign_out, &|_| ()).unwrap();
    let server = start(config).await.unwrap();
    (report, Site { server, folder })
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[tokio::test]
async fn t6_a_backup_of_a_running_server_is_that_of_a_stopped_one() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    let cases = format!("/api/v1/workshops/{workshop}/cases");
    owner.post(&cases, json!({ "name": "Bro" })).await;
    let (config, out) = (config(&site.folder), tempfile::tempdir().unwrap());
    let [first, second] = ["first", "second"].map(|name| out.path().join(name));
    let running = backup(&config, &first).await.unwrap();
    site.server.stop().await;
    let stopped = backup(&config, &second).await.unwrap();
    assert_eq!(running["bytes"], first.metadata().unwrap().len());
    assert_eq!(first.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let checked = serde_json::to_value(verify_backup(&first).unwrap()).unwrap();
    assert_eq!(checked, running);
    assert_eq!(
        content(running),
        content(stopped),
        "the same code, the same answer"
    );
    assert_eq!(names(out.path()), ["first", "second"]);
}

#[tokio::test]
async fn t6_a_backup_overwrites_nothing_and_is_not_made_of_nothing() {
    let (site, out) = (Site::new().await, tempfile::tempdir().unwrap());
    let taken = out.path().join("taken");
    std::fs::write(&taken, "somebody's").unwrap();
    let refused = backup(&config(&site.folder), &taken).await.unwrap_err();
    assert!(refused.to_string().contains("there is a file"), "{refused}");
    assert_eq!(std::fs::read_to_string(&taken).unwrap(), "somebody's");
    let nowhere = out.path().join("no folder").join("backup");
    let refused = backup(&config(&site.folder), &nowhere).await.unwrap_err();
    assert!(refused.to_string().contains("was not made"), "{refused}");
    site.server.stop().await;
    let empty = tempfile::tempdir().unwrap();
    for order in [Order::Backup { out: nowhere }, Order::Verify] {
        let refused = ask(&config(&empty), order).await;
        assert!(matches!(refused, Err(ControlError::NoStore(_))), "{refused:?}");
    }
    assert_eq!(names(empty.path()), Vec::<String>::new());
    assert_eq!(names(out.path()), ["taken"]);
}

#[tokio::test]
async fn t7_a_backup_is_restored_into_a_new_or_empty_folder_only_and_a_damaged_one_leaves_nothing() {
    let (site, out) = (Site::new().await, tempfile::tempdir().unwrap());
    let made = out.path().join("backup");
    backup(&config(&site.folder), &made).await.unwrap();
    let used = config(&site.folder).data;
    let refused = restore(&made, &used, false, &|_| ());
    assert!(
        matches!(refused, Err(RestoreFailed::Folder(StartError::NotEmpty(..)))),
        "{refused:?}"
    );
    site.server.stop().await;
    let (new, empty) = (out.path().join("new"), out.path().join("empty"));
    std::fs::create_dir(&empty).unwrap();
    let mut bytes = std::fs::read(&made).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    let damaged = out.path().join("damaged");
    std::fs::write(&damaged, bytes).unwrap();
    for folder in [&new, &empty] {
        let refused = restore(&damaged, folder, false, &|_| ());
        assert!(
            matches!(refused, Err(RestoreFailed::Backup(BackupFailed::Damaged(..)))),
            "{refused:?}"
        );
    }
    assert!(verify_backup(&damaged).is_err());
    assert_eq!(names(&empty), Vec::<String>::new());
    assert!(!new.exists());
    for folder in [&new, &empty] {
        restore(&made, folder, false, &|_| ()).unwrap();
        assert_eq!(names(folder), ["lock", "samverk.redb"]);
    }
}

#[tokio::test]
async fn t8_a_restored_server_knows_the_browsers_and_is_not_taken_for_the_old_one() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    let mut signed_out = owner.clone();
    let out = tempfile::tempdir().unwrap();
    let made = out.path().join("backup");
    backup(&config(&site.folder), &made).await.unwrap();
    let old_id = storage_id(&owner).await;

    let (report, again) = restored(&made, false).await;
    assert!(!report.signed_out);
    assert!(again.server.owner_secret.is_some(), "an owner link is made anew");
    owner.addr = again.server.addr;
    let mut session_only = owner.clone();
    session_only.cookies.retain(|name, _| !name.contains("device"));
    let session = "/api/v1/session";
    assert_eq!(session_only.get(session).await.status, 401, "sessions are over");
    let known = owner.get(session).await;
    assert_eq!(
        known.status, 200,
        "the browser is known, and gets a new one: {known:?}"
    );
    assert_eq!(known.json()["participants"][0]["workshop"], workshop.as_str());
    assert_ne!(storage_id(&owner).await, old_id);

    let (_, again) = restored(&made, true).await;
    signed_out.addr = again.server.addr;
    assert_eq!(
        signed_out.get(session).await.status,
        401,
        "everybody is signed out"
    );
}

#[tokio::test]
async fn h9_t8_who_and_what_was_erased_stays_erased_when_an_older_backup_is_restored() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    let (_, secret) = link(&mut owner, &workshop, "editor").await;
    let mut kari = site.browser();
    kari.join(&secret, "Kari Nordmann").await;
    let out = tempfile::tempdir().unwrap();
    let [older, newer] = ["older", "newer"].map(|name| out.path().join(name));
    let case = owner
        .post(
            &format!("/api/v1/workshops/{workshop}/cases"),
            json!({ "name": "Bro" }),
        )
        .await
        .json();
    backup(&config(&site.folder), &older).await.unwrap();
    let old_document = case["document"].as_str().unwrap().to_owned();
    let erasure = format!(
        "/api/v1/workshops/{workshop}/subjects/{}/erasure",
        case["subject"].as_str().unwrap()
    );
    assert_eq!(owner.post(&erasure, json!({})).await.status, 204);
    assert_eq!(kari.delete("/api/v1/session/data", json!({})).await.status, 204);
    backup(&config(&site.folder), &newer).await.unwrap();
    site.server.stop().await;
    let before = config(&site.folder).data;

    let people = format!("/api/v1/workshops/{workshop}/people");
    for (newer, runs) in [(&newer, true), (&before, false)] {
        let (_, again) = restored(&older, false).await;
        owner.addr = again.server.addr;
        owner.get("/api/v1/session").await;
        let back = String::from_utf8_lossy(&owner.get(&people).await.body).into_owned();
        assert!(back.contains("Kari Nordmann"), "an older backup brings her back");
        let order = Order::EraseAgain { newer: newer.clone() };
        let again = if runs {
            let done = ask(&config(&again.folder), order).await.unwrap();
            assert_eq!(
                (&done["report"]["erased"], &done["report"]["documents"]),
                (&json!(1), &json!(2)),
                "{done}"
            );
            again
        } else {
            again.server.stop().await;
            let done = ask(&config(&again.folder), order).await.unwrap();
            assert_eq!(
                (&done["report"]["erased"], &done["report"]["documents"]),
                (&json!(1), &json!(2)),
                "{done}"
            );
            let server = start(config(&again.folder)).await.unwrap();
            Site {
                server,
                folder: again.folder,
            }
        };
        owner.addr = again.server.addr;
        let seen = String::from_utf8_lossy(&owner.get(&people).await.body).into_owned();
        assert!(seen.contains("P-") && !seen.contains("Nordmann"), "{seen}");
        let documents = owner
            .get(&format!("/api/v1/workshops/{workshop}/documents"))
            .await;
        assert!(!String::from_utf8_lossy(&documents.body).contains(&old_document));
        let register = owner.get(&format!("/api/v1/workshops/{workshop}/register")).await;
        assert_eq!(register.json()["rows"][0]["name"], "Bro");
        kari.addr = again.server.addr;
        assert_eq!(
            kari.get("/api/v1/session").await.status,
            401,
            "her browser is known no more"
        );
        assert!(!names(&config(&again.folder).data).contains(&"erase-again".to_owned()));
        again.server.stop().await;
    }
}
