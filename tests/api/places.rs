//! Sessions: a new token at each sign-in, and where one is signed in, to see and to end.

use crate::accounts::{PASSWORD, kari, sign_in};
use crate::browser::{Browser, Site};
use crate::sockets::{end_of, joined, open};
use futures_util::future::join_all;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::Instant;

const FIREFOX: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:142.0) Gecko/20100101 Firefox/142.0";

async fn places(browser: &mut Browser) -> Vec<Value> {
    let answer = browser.get("/api/v1/places").await;
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.json()["places"].as_array().unwrap().clone()
}

#[tokio::test]
async fn h11_each_sign_in_gives_a_new_token_and_the_one_before_is_dead() {
    let site = Site::new().await;
    kari(&site).await;
    let mut browser = site.browser();
    assert_eq!(sign_in(&mut browser, "kari@example.no", PASSWORD).await.0, 200);
    let mut before = browser.clone();
    let mut socket = joined(&before, "stock-1").await;
    assert_eq!(sign_in(&mut browser, "kari@example.no", PASSWORD).await.0, 200);
    assert_ne!(before.cookies, browser.cookies);
    assert_eq!(before.get("/api/v1/session").await.status, 401);
    assert_eq!(end_of(&mut socket).await, 1008);
    assert_eq!(browser.get("/api/v1/session").await.status, 200);
}

#[tokio::test]
async fn h11_a_guest_whose_machine_somebody_signs_in_on_is_signed_out_there() {
    let site = Site::new().await;
    let (mut owner, _) = kari(&site).await;
    let workshop = owner.get("/api/v1/session").await.json()["participants"][0]["workshop"].clone();
    let secret = crate::accounts::link(&mut owner, workshop.as_str().unwrap(), "viewer").await;
    let mut shared = site.browser();
    shared.join(&secret, "Ola").await;
    let mut olas = shared.clone();
    assert_eq!(sign_in(&mut shared, "kari@example.no", PASSWORD).await.0, 200);
    assert!(
        !shared.cookies.contains_key("samverk-device"),
        "it would bring Ola back when Kari has gone"
    );
    assert_eq!(
        olas.get("/api/v1/session").await.status,
        401,
        "neither session nor device"
    );
}

#[tokio::test]
async fn h11_one_sees_where_one_is_signed_in_and_ends_it_within_a_second() {
    let site = Site::new().await;
    let (_, mut kari) = kari(&site).await;
    let mut laptop = site.browser();
    let body = json!({ "name": "kari@example.no", "password": PASSWORD, "remember": true });
    let agent = [("sec-fetch-site", "same-origin"), ("user-agent", FIREFOX)];
    laptop.send("POST", "/api/v1/sign-in", &agent, Some(body)).await;
    kari.post("/api/v1/return", json!({})).await;
    let mine = places(&mut kari).await;
    assert_eq!(mine.len(), 3, "{mine:?}");
    let find = |what: &dyn Fn(&Value) -> bool| mine.iter().find(|one| what(one)).unwrap().clone();
    let here = find(&|one| one["here"] == true);
    let there = find(&|one| one["browser"] == "Firefox, Windows");
    let back = find(&|one| one["kind"] == "link-back");
    assert_eq!(
        (&here["kind"], &there["here"], &back["used_s"]),
        (&json!("browser"), &json!(false), &Value::Null)
    );
    assert!(there["used_s"].is_u64());
    let mut socket = joined(&laptop, "stock-1").await;
    let asked = Instant::now();
    let end = format!("/api/v1/places/{}", there["id"].as_str().unwrap());
    assert_eq!(kari.delete(&end, json!({})).await.status, 204);
    assert_eq!(end_of(&mut socket).await, 1008);
    assert!(asked.elapsed() < Duration::from_secs(1));
    assert_eq!(
        laptop.get("/api/v1/session").await.status,
        401,
        "the device is forgotten too"
    );
    assert_eq!(kari.delete(&end, json!({})).await.status, 404);
    assert_eq!(places(&mut kari).await.len(), 2);
}

#[tokio::test]
async fn h11_all_others_are_ended_at_once_and_nobody_elses() {
    let site = Site::new().await;
    let (mut owner, mut kari) = kari(&site).await;
    let mut others = [site.browser(), site.browser()];
    for other in &mut others {
        assert_eq!(sign_in(other, "kari@example.no", PASSWORD).await.0, 200);
    }
    let end = format!(
        "/api/v1/places/{}",
        places(&mut others[0]).await[0]["id"].as_str().unwrap()
    );
    assert_eq!(
        owner.delete(&end, json!({})).await.status,
        404,
        "another's place is none"
    );
    assert_eq!(kari.delete("/api/v1/places", json!({})).await.status, 204);
    for other in &mut others {
        assert_eq!(other.get("/api/v1/session").await.status, 401);
    }
    assert_eq!(kari.get("/api/v1/session").await.status, 200);
    kari.cookies.remove("samverk-session");
    assert_eq!(
        kari.get("/api/v1/session").await.status,
        200,
        "this browser stays known"
    );
    assert_eq!(owner.get("/api/v1/session").await.status, 200);
}

#[tokio::test]
async fn h11_a_ticket_of_an_ended_session_opens_no_socket() {
    let site = Site::new().await;
    let (_, mut kari) = kari(&site).await;
    let workshop = kari.get("/api/v1/session").await.json()["participants"][0]["workshop"].clone();
    let ticket = kari
        .post("/api/v1/tickets", json!({ "workshop": workshop }))
        .await
        .json()["ticket"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(kari.delete("/api/v1/session", json!({})).await.status, 204);
    let opened = open(&site.browser(), &format!("?ticket={ticket}"), None).await;
    assert_eq!(opened.err(), Some(401));
}

#[tokio::test]
async fn h11_tabs_that_are_opened_again_all_at_once_all_get_a_session() {
    let site = Site::new().await;
    let (_, mut kari) = kari(&site).await;
    kari.cookies.remove("samverk-session");
    let tabs = (0..5).map(|_| {
        let mut tab = kari.clone();
        async move { tab.get("/api/v1/session").await.status }
    });
    assert_eq!(join_all(tabs).await, vec![200; 5]);
}
