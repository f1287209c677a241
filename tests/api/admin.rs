//! The owner's view of the server, which is there for nobody else.

use crate::accounts::{PASSWORD, kari, member, sign_in};
use crate::browser::{Browser, Site, config};
use crate::sockets::{end_of, joined};
use samverk::cli::control::{Order, ask};
use samverk::start;
use samverk::store::{RedbStore, Store, Write};
use serde_json::{Value, json};

async fn admin(owner: &mut Browser, what: &str) -> Value {
    let answer = owner.get(&format!("/api/v1/admin/{what}")).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.json()
}

fn named(people: &Value, name: &str) -> Value {
    let people = people["people"].as_array().unwrap();
    let found = people.iter().find(|one| one["participants"][0]["name"] == name);
    found.unwrap_or_else(|| panic!("{name}: {people:?}")).clone()
}

#[tokio::test]
async fn h11_the_owners_pages_are_not_there_for_anybody_else() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    let secret = crate::accounts::link(&mut owner, &workshop, "facilitator").await;
    let mut leader = site.browser();
    leader.join(&secret, "Liv").await;
    let same = [("sec-fetch-site", "same-origin")];
    let paths = [
        "server",
        "workshops",
        "people",
        "people/0123456789abcdef/places",
        "workshops/0123456789abcdef/links/0123456789abcdef",
        "people/0123456789abcdef/places/0123456789abcdef",
        "people/NOT-AN-ID/places",
    ];
    for mut somebody in [site.browser(), leader] {
        for method in ["GET", "POST", "PUT", "DELETE"] {
            let nothing = somebody
                .send(method, "/api/v1/nothing", &same, Some(json!({})))
                .await;
            assert_eq!(nothing.status, 404);
            for path in paths {
                let path = format!("/api/v1/admin/{path}");
                let answer = somebody.send(method, &path, &same, Some(json!({}))).await;
                assert_eq!(
                    (answer.status, answer.json()),
                    (404, nothing.json()),
                    "{method} {path}"
                );
                assert_eq!(answer.header("allow"), None, "{method} {path}");
            }
        }
    }
    assert_eq!(owner.get("/api/v1/admin/server").await.status, 200);
}

#[tokio::test]
async fn h11_the_owner_sees_what_there_is_and_who_has_access() {
    let site = Site::new().await;
    let (mut owner, mut kari) = kari(&site).await;
    let workshop = owner.get("/api/v1/session").await.json()["participants"][0]["workshop"]
        .as_str()
        .unwrap()
        .to_owned();
    let cases = format!("/api/v1/workshops/{workshop}/cases");
    assert_eq!(
        kari.post(&cases, json!({ "name": "Nabohjelp" })).await.status,
        201
    );
    let _socket = joined(&kari, "stock-1").await;
    let all = admin(&mut owner, "workshops").await;
    let it = &all["workshops"][0];
    assert_eq!(
        (&it["title"], &it["people"], &it["here"]),
        (&json!("Flom"), &json!(2), &json!(1))
    );
    assert!(it["bytes"].as_u64().unwrap() > 0 && it["documents"].as_u64().unwrap() >= 2);
    assert!(it["edited_s"].as_u64() >= it["created_s"].as_u64());
    assert_eq!(it["links"][0]["used"], 1);
    let people = admin(&mut owner, "people").await;
    let her = named(&people, "Kari");
    assert_eq!(her["account"]["name"], "kari@example.no");
    assert_eq!(her["participants"][0]["grants"], json!(["editor"]));
    assert_eq!(
        (&her["owner"], her["places"].as_array().unwrap().len()),
        (&json!(false), 1)
    );
    assert!(!people.to_string().contains("hash"));
    let health = admin(&mut owner, "server").await;
    assert_eq!(
        (&health["stores"], &health["set_aside"]),
        (&json!(true), &json!([]))
    );
    assert_eq!(
        (&health["connections"], &health["backup_s"]),
        (&json!(1), &Value::Null)
    );
    assert!(health["used_bytes"].as_u64().unwrap() > 0 && health["free_bytes"].as_u64().unwrap() > 0);
    let out = site.folder.path().join("backup");
    ask(&config(&site.folder), Order::Backup { out }).await.unwrap();
    assert!(admin(&mut owner, "server").await["backup_s"].is_u64());
}

#[tokio::test]
async fn h11_the_owner_signs_somebody_out_and_takes_a_link_back_and_the_log_says_so() {
    let site = Site::new().await;
    let (mut owner, mut kari) = kari(&site).await;
    let her = named(&admin(&mut owner, "people").await, "Kari");
    let mut laptop = site.browser();
    assert_eq!(sign_in(&mut laptop, "kari@example.no", PASSWORD).await.0, 200);
    let mut socket = joined(&laptop, "stock-1").await;
    let places = format!("/api/v1/admin/people/{}/places", her["id"].as_str().unwrap());
    let place = her["places"][0]["id"].as_str().unwrap();
    assert_eq!(
        owner.delete(&format!("{places}/{place}"), json!({})).await.status,
        204
    );
    assert_eq!(kari.get("/api/v1/session").await.status, 401);
    assert_eq!(laptop.get("/api/v1/session").await.status, 200, "only the one");
    assert_eq!(owner.delete(&places, json!({})).await.status, 204);
    assert_eq!(end_of(&mut socket).await, 1008);
    assert_eq!(
        sign_in(&mut laptop, "kari@example.no", PASSWORD).await.0,
        200,
        "the account stays"
    );
    let all = admin(&mut owner, "workshops").await;
    let it = &all["workshops"][0];
    let workshop = it["id"].as_str().unwrap();
    let link = it["links"][0]["id"].as_str().unwrap();
    let gone = format!("/api/v1/admin/workshops/{workshop}/links/{link}");
    assert_eq!(owner.delete(&gone, json!({})).await.status, 204);
    assert_eq!(
        laptop.get("/api/v1/session").await.json()["participants"],
        json!([])
    );
    let log = owner
        .get(&format!("/api/v1/workshops/{workshop}/audit"))
        .await
        .json();
    let acts: Vec<_> = log["acts"].as_array().unwrap().iter().take(3).collect();
    let said = |n: usize| (acts[n]["act"].as_str().unwrap(), &acts[n]["by"]);
    assert_eq!(said(0), ("revoked-link", &Value::Null));
    assert_eq!(said(1), ("signed-out", &Value::Null));
    assert_eq!(said(2), ("signed-out", &Value::Null));
    assert_eq!(acts[1]["participant"], kari_in(&her, workshop, &acts));
}

/// The participant the log names, which the people's page does not.
fn kari_in(her: &Value, workshop: &str, acts: &[&Value]) -> Value {
    assert_eq!(her["participants"][0]["workshop"], workshop);
    acts[2]["participant"].clone()
}

#[tokio::test]
async fn h11_the_owner_sees_which_documents_were_set_aside_and_why() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    member(&site, &mut owner, &workshop, "Kari").await;
    let made = owner
        .post(
            &format!("/api/v1/workshops/{workshop}/cases"),
            json!({ "name": "Bro" }),
        )
        .await
        .json();
    let document = made["document"].as_str().unwrap().to_owned();
    let Site { server, folder } = site;
    server.stop().await;
    {
        let store = RedbStore::open(folder.path().join("data/samverk.redb")).unwrap();
        let reason = "a test set it aside".to_owned();
        let write = Write::Quarantine {
            document: document.parse().unwrap(),
            reason,
        };
        store.commit(&[vec![write]]).unwrap()[0].as_ref().unwrap();
    }
    let server = start(config(&folder)).await.unwrap();
    owner.addr = server.addr;
    let health = admin(&mut owner, "server").await;
    let aside = &health["set_aside"][0];
    assert_eq!(
        (&aside["document"], &aside["workshop"], &aside["reason"]),
        (&json!(document), &json!(workshop), &json!("a test set it aside"))
    );
    assert_eq!(
        admin(&mut owner, "workshops").await["workshops"][0]["title"],
        "Flom"
    );
    server.stop().await;
}
