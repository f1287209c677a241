//! A session gets a new token when what its person may has changed; what it has open stays open (rule H11).

use crate::browser::{Browser, Site, config};
use crate::joining::link;
use crate::peer::{Line, id};
use crate::sockets::{end_of, joined};
use crate::world::open_store;
use futures_util::future::join_all;
use samverk::hub::rows::put;
use samverk::start;
use samverk::store::{Records, Store, Table};
use serde_json::{Value, json};

const COOKIE: &str = "samverk-session";

/// A workshop, its owner, and somebody who came by a link, with who they are there.
struct Scene {
    site: Site,
    owner: Browser,
    workshop: String,
    kari: Browser,
    participant: String,
}

impl Scene {
    async fn new() -> Scene {
        let site = Site::new().await;
        let (mut owner, workshop) = site.workshop().await;
        let (_, secret) = link(&mut owner, &workshop, "reviewer").await;
        let mut kari = site.browser();
        let joined = kari.join(&secret, "Kari").await.json();
        let participant = joined["participant"].as_str().unwrap().to_owned();
        // Her device would give her a session again, and hide that a token is dead.
        kari.cookies.remove("samverk-device");
        let mut scene = Scene {
            site,
            owner,
            workshop,
            kari,
            participant,
        };
        scene.asks(200).await;
        scene
    }

    async fn make(&mut self, roles: Value) {
        let path = format!(
            "/api/v1/workshops/{}/people/{}/roles",
            self.workshop, self.participant
        );
        let answer = self.owner.put(&path, json!({ "roles": roles })).await;
        assert_eq!(answer.status, 204, "{answer:?}");
    }

    fn documents(&self) -> String {
        format!("/api/v1/workshops/{}/documents", self.workshop)
    }

    async fn asks(&mut self, status: u16) {
        let path = self.documents();
        assert_eq!(self.kari.get(&path).await.status, status);
    }

    /// Begins anew when the time in which two tokens are good is over.
    async fn later(self) -> Scene {
        let Site { server, folder } = self.site;
        server.stop().await;
        let store = open_store(folder.path());
        let mut replaced = 0;
        for (key, record) in store.scan(Table::Sessions, "").unwrap() {
            let mut row: Value = serde_json::from_slice(&record.value).unwrap();
            if row.get("before").is_some() {
                row["before"]["until_s"] = json!(0);
                replaced += 1;
                store
                    .commit(&[vec![put(Table::Sessions, key, &row)]])
                    .unwrap()
                    .pop()
                    .unwrap()
                    .unwrap();
            }
        }
        assert!(replaced > 0, "a token was replaced");
        drop(store);
        let server = start(config(&folder)).await.unwrap();
        let (mut owner, mut kari) = (self.owner, self.kari);
        (owner.addr, kari.addr) = (server.addr, server.addr);
        Scene {
            site: Site { server, folder },
            owner,
            kari,
            ..self
        }
    }
}

#[tokio::test]
async fn h11_a_change_of_rights_gives_a_new_token_and_the_one_before_is_dead_a_moment_later() {
    let mut scene = Scene::new().await;
    let fixed = scene.kari.clone();
    scene.make(json!(["team-member"])).await;
    scene.asks(200).await;
    let first = scene.kari.cookies[COOKIE].clone();
    assert_ne!(first, fixed.cookies[COOKIE]);
    scene.asks(200).await;
    assert_eq!(scene.kari.cookies[COOKIE], first, "once for each change");

    let mut scene = scene.later().await;
    let mut thief = Browser {
        addr: scene.kari.addr,
        ..fixed
    };
    let dead = thief.get(&scene.documents()).await;
    assert_eq!(
        (dead.status, dead.header("set-cookie")),
        (401, None),
        "what somebody knew before she had the right"
    );
    scene.asks(200).await;

    scene.make(json!(["actor"])).await;
    scene.asks(200).await;
    assert_ne!(scene.kari.cookies[COOKIE], first, "fewer rights are a change too");
    let mut scene = scene.later().await;
    scene.asks(200).await;
}

#[tokio::test]
async fn h11_of_requests_at_the_same_time_one_brings_the_new_token_and_none_fails() {
    let mut scene = Scene::new().await;
    scene.make(json!(["team-member"])).await;
    let path = scene.documents();
    let mut tabs = vec![scene.kari.clone(); 12];
    let answers = join_all(tabs.iter_mut().map(|tab| tab.get(&path))).await;
    assert!(answers.iter().all(|answer| answer.status == 200));
    let given: Vec<_> = answers
        .iter()
        .filter_map(|answer| answer.header("set-cookie"))
        .collect();
    assert_eq!(given.len(), 1, "{given:?}");
    assert!(given[0].starts_with(COOKIE) && given[0].contains("HttpOnly"));
}

#[tokio::test]
async fn h11_a_name_or_a_visit_is_no_change_of_rights() {
    let mut scene = Scene::new().await;
    let token = scene.kari.cookies[COOKIE].clone();
    let other = site_link(&mut scene).await;
    assert_eq!(scene.kari.get("/api/v1/session").await.header("set-cookie"), None);
    scene.site.browser().join(&other, "Ola").await;
    scene.asks(200).await;
    assert_eq!(scene.kari.cookies[COOKIE], token, "somebody else's");
}

async fn site_link(scene: &mut Scene) -> String {
    link(&mut scene.owner, &scene.workshop, "viewer").await.1
}

#[tokio::test]
async fn h11_sockets_stay_through_a_new_token_and_end_with_the_session() {
    let mut scene = Scene::new().await;
    let peer = format!("{}.tab", scene.participant);
    let mut line = Line::join(&scene.kari, &scene.workshop, peer).await;
    let mut socket = joined(&scene.kari, "stock-1").await;
    scene.make(json!(["team-member"])).await;
    scene.asks(200).await;
    let mut scene = scene;
    line.until_probed().await;
    line.ask(id(9, 9)).await;
    while line.next().await.kind != "doc-unavailable" {}

    let ended = scene.kari.delete("/api/v1/session", json!({})).await;
    assert_eq!(ended.status, 204);
    assert_eq!(end_of(&mut socket).await, 1008, "opened under the token before");
    scene.asks(401).await;
}

#[tokio::test]
async fn h11_who_signs_out_by_the_first_request_after_a_change_is_out() {
    let mut scene = Scene::new().await;
    scene.make(json!(["team-member"])).await;
    let ended = scene.kari.delete("/api/v1/session", json!({})).await;
    assert_eq!(ended.status, 204);
    assert!(
        !scene.kari.cookies.contains_key(COOKIE),
        "the new token does not come after the one that is taken"
    );
    scene.asks(401).await;
}
