//! Roles, what they carry, and what the client sees (P1).

use crate::browser::{Browser, Site};
use crate::joining::link;
use serde_json::{Value, json};

/// Somebody who comes by a link for a role.
pub async fn come(site: &Site, owner: &mut Browser, workshop: &str, role: &str) -> (Browser, String) {
    let body = json!({ "role": role, "label": role });
    let made = owner
        .post(&format!("/api/v1/workshops/{workshop}/links"), body)
        .await;
    assert_eq!(made.status, 201, "{role}");
    let mut browser = site.browser();
    let joined = browser.join(made.json()["secret"].as_str().unwrap(), role).await;
    (browser, joined.json()["participant"].as_str().unwrap().to_owned())
}

async fn rights(browser: &mut Browser) -> (Value, Value) {
    let session = browser.get("/api/v1/session").await.json();
    let one = &session["participants"][0];
    (one["roles"].clone(), one["grants"].clone())
}

#[tokio::test]
async fn p1_who_comes_by_a_link_for_a_role_has_what_the_role_carries() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    for (role, grant) in [
        ("project-lead", "facilitator"),
        ("facilitator", "facilitator"),
        ("analyst", "editor"),
        ("team-member", "editor"),
        ("quality-assurer", "editor"),
        ("actor", "reviewer"),
        ("user-representative", "reviewer"),
        ("observer", "viewer"),
        ("client", "client"),
    ] {
        let (mut person, _) = come(&site, &mut owner, &workshop, role).await;
        assert_eq!(rights(&mut person).await, (json!([role]), json!([grant])));
    }
    let links = format!("/api/v1/workshops/{workshop}/links");
    for neither_nor in [
        json!({}),
        json!({ "role": "actor", "grant": "facilitator" }),
        json!({ "role": "king" }),
    ] {
        assert_eq!(owner.post(&links, neither_nor).await.status, 400);
    }
}

#[tokio::test]
async fn p1_of_several_roles_all_grants_are_had_and_a_facilitator_changes_them() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    let (mut kari, id) = come(&site, &mut owner, &workshop, "actor").await;
    let roles = format!("/api/v1/workshops/{workshop}/people/{id}/roles");
    let both = json!({ "roles": ["client", "observer"] });
    assert_eq!(kari.put(&roles, both.clone()).await.status, 403);
    assert_eq!(owner.put(&roles, both).await.status, 204);
    let had = rights(&mut kari).await;
    assert_eq!(had, (json!(["observer", "client"]), json!(["viewer", "client"])));
    assert_eq!(owner.put(&roles, json!({ "roles": [] })).await.status, 204);
    let documents = format!("/api/v1/workshops/{workshop}/documents");
    assert_eq!(
        kari.get(&documents).await.status,
        404,
        "without a role she is out"
    );
}

#[tokio::test]
async fn p1_the_client_sees_what_is_opened_and_not_who_else_takes_part() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    let (_, actor) = come(&site, &mut owner, &workshop, "actor").await;
    let (mut client, client_id) = come(&site, &mut owner, &workshop, "client").await;
    let at = |path: &str| format!("/api/v1/workshops/{workshop}/{path}");
    let case = owner
        .post(&at("cases"), json!({ "name": "Innovative Anskaffelser" }))
        .await;
    let subject = case.json()["subject"].as_str().unwrap().to_owned();

    let kinds = |documents: Value| -> Vec<String> {
        let all = documents["documents"].as_array().unwrap();
        let mut kinds: Vec<_> = all
            .iter()
            .map(|d| d["kind"].as_str().unwrap().to_owned())
            .collect();
        kinds.sort();
        kinds
    };
    assert_eq!(kinds(client.get(&at("documents")).await.json()), ["frame"]);
    assert_eq!(client.get(&at("register")).await.json()["rows"], json!([]));
    let people = client.get(&at("people")).await;
    assert!(!String::from_utf8_lossy(&people.body).contains(&actor));
    assert_eq!(
        people.json()["people"].as_array().unwrap().len(),
        2,
        "the owner and themselves: {client_id}"
    );

    let audience = at(&format!("subjects/{subject}/audience"));
    assert_eq!(
        client
            .put(&audience, json!({ "audience": "client" }))
            .await
            .status,
        403
    );
    assert_eq!(
        owner.put(&audience, json!({ "audience": "group" })).await.status,
        403
    );
    assert_eq!(
        owner.put(&audience, json!({ "audience": "client" })).await.status,
        204
    );
    let opened = client.get(&at("documents")).await.json();
    assert_eq!(kinds(opened.clone()), ["case", "frame", "talk"]);
    for document in opened["documents"].as_array().unwrap() {
        let writes = document["may"].as_array().unwrap().contains(&json!("write"));
        assert_eq!(writes, document["kind"] == "talk", "{document}");
    }
    let rows = client.get(&at("register")).await.json();
    assert_eq!(rows["rows"][0]["name"], "Innovative Anskaffelser");

    assert_eq!(
        owner.put(&audience, json!({ "audience": "team" })).await.status,
        204
    );
    assert_eq!(kinds(client.get(&at("documents")).await.json()), ["frame"]);
    let (_, secret) = link(&mut owner, &workshop, "viewer").await;
    let mut viewer = site.browser();
    viewer.join(&secret, "Leser").await;
    assert_eq!(viewer.get(&at("register")).await.json()["rows"], json!([]));
}
