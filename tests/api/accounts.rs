//! Accounts: signing in from a machine that does not know one.

use crate::authenticator::Authenticator;
use crate::browser::{Browser, Site, config};
use futures_util::future::join_all;
use samverk::cli::control::{Order, ask};
use samverk::store::{Records, RedbStore, Table};
use samverk_shared::limits::WRONG_PASSWORDS_MAX;
use samverk_tests::server::{Sync, TestServer, serve_if_asked};
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub const PASSWORD: &str = "riktig hest batteri stift";
const ORIGIN: &str = "https://samverk.example.no";

/// The server of the test that measures memory, in a process of its own.
#[test]
fn serves() {
    serve_if_asked();
}

/// A link into the workshop.
pub async fn link(owner: &mut Browser, workshop: &str, grant: &str) -> String {
    let links = format!("/api/v1/workshops/{workshop}/links");
    let made = owner
        .post(&links, json!({ "grant": grant, "label": "til alle" }))
        .await;
    made.json()["secret"].as_str().unwrap().to_owned()
}

/// Somebody who has come into a workshop by a link.
pub async fn member(site: &Site, owner: &mut Browser, workshop: &str, name: &str) -> Browser {
    let secret = link(owner, workshop, "editor").await;
    let mut browser = site.browser();
    assert_eq!(browser.join(&secret, name).await.status, 200);
    browser
}

/// Kari, with an account.
pub async fn kari(site: &Site) -> (Browser, Browser) {
    let (mut owner, workshop) = site.workshop().await;
    let mut kari = member(site, &mut owner, &workshop, "Kari").await;
    let made = json!({ "name": "kari@example.no", "password": PASSWORD });
    assert_eq!(kari.put("/api/v1/account/password", made).await.status, 204);
    (owner, kari)
}

pub async fn sign_in(browser: &mut Browser, name: &str, password: &str) -> (u16, Value) {
    let answer = browser
        .post("/api/v1/sign-in", json!({ "name": name, "password": password }))
        .await;
    if answer.status == 200 {
        (200, answer.json())
    } else {
        (answer.status, answer.problem().into())
    }
}

#[tokio::test]
async fn h10_a_password_opens_a_machine_that_does_not_know_one_and_is_not_remembered_unasked() {
    let site = Site::new().await;
    let (_, mut kari) = kari(&site).await;
    let mine = kari.get("/api/v1/session").await.json();
    assert_eq!(mine["account"], true);
    let mut borrowed = site.browser();
    // Capitals and spaces at the ends make no difference.
    assert_eq!(
        sign_in(&mut borrowed, " Kari@Example.no", PASSWORD).await,
        (200, mine.clone())
    );
    assert_eq!(borrowed.cookies.keys().collect::<Vec<_>>(), ["samverk-session"]);
    assert_eq!(borrowed.get("/api/v1/session").await.json(), mine);
    let mut own = site.browser();
    let remember = json!({ "name": "kari@example.no", "password": PASSWORD, "remember": true });
    assert_eq!(own.post("/api/v1/sign-in", remember).await.status, 200);
    own.cookies.remove("samverk-session");
    assert_eq!(own.get("/api/v1/session").await.json(), mine);
}

#[tokio::test]
async fn h10_a_wrong_password_and_an_unknown_name_get_the_same_answer() {
    let site = Site::new().await;
    kari(&site).await;
    let mut known = site.browser();
    let mut answers = Vec::new();
    for name in ["kari@example.no", "ola@example.no"] {
        let body = json!({ "name": name, "password": "feil hest batteri stift" });
        let answer = known.post("/api/v1/sign-in", body).await;
        assert!(answer.header("set-cookie").is_none());
        answers.push((answer.status, answer.json()));
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0].0, 401);
    assert_eq!(answers[0].1["type"], "/problems/sign-in-failed");
}

#[tokio::test]
async fn h10_after_a_hundred_wrong_passwords_the_name_waits_and_a_link_of_the_operator_opens_again() {
    let site = Site::new().await;
    let (_, mut kari) = kari(&site).await;
    let mine = kari.get("/api/v1/session").await.json();
    for name in ["kari@example.no", "nobody@example.no"] {
        // All at once is no way around.
        let tries = (0..WRONG_PASSWORDS_MAX + 20).map(|n| {
            let mut guesser = site.browser();
            async move {
                sign_in(&mut guesser, name, &format!("gjetning nummer {n}"))
                    .await
                    .0
            }
        });
        let answers = join_all(tries).await;
        let looked_at = answers.iter().filter(|status| **status == 401).count();
        assert_eq!(looked_at, WRONG_PASSWORDS_MAX as usize, "{name}");
        let right = json!({ "name": name, "password": PASSWORD });
        let waits = site.browser().post("/api/v1/sign-in", right).await;
        assert_eq!((waits.status, waits.problem().as_str()), (429, "sign-in-waits"));
        let seconds: u64 = waits.header("retry-after").unwrap().parse().unwrap();
        assert!((3500..=3600).contains(&seconds), "{seconds}");
    }
    assert_eq!(
        kari.get("/api/v1/session").await.json(),
        mine,
        "who is in stays in"
    );
    let order = |person: &str| Order::SignInLink {
        person: person.to_owned(),
    };
    let made = ask(&config(&site.folder), order("kari@example.no"))
        .await
        .unwrap();
    let link = made["link"].as_str().unwrap().to_owned();
    let secret = link.split_once("/kom-tilbake#").unwrap().1;
    assert_eq!(
        sign_in(&mut site.browser(), "kari@example.no", PASSWORD).await.0,
        200
    );
    let mut back = site.browser();
    let came = back.post("/api/v1/return/use", json!({ "secret": secret })).await;
    assert_eq!((came.status, came.json()), (200, mine));
    let again = site
        .browser()
        .post("/api/v1/return/use", json!({ "secret": secret }))
        .await;
    assert_eq!((again.status, again.problem().as_str()), (410, "return-over"));
    let new = json!({ "password": "et nytt og langt passord" });
    assert_eq!(
        back.put("/api/v1/account/password", new).await.status,
        204,
        "the link shows who one is"
    );
    assert!(
        ask(&config(&site.folder), order("nobody@example.no"))
            .await
            .is_err()
    );
}

#[tokio::test]
async fn h10_five_hundred_who_sign_in_at_once_take_no_more_memory_than_a_few() {
    let server = TestServer::start("accounts::serves", Sync::Members);
    let addr = server.http().strip_prefix("http://").unwrap().parse().unwrap();
    let browser = || Browser {
        addr,
        cookies: BTreeMap::new(),
    };
    browser().get("/healthz").await;
    let before = server.memory_bytes_max();
    let people = (0..500).map(|n| {
        let mut one = browser();
        async move { sign_in(&mut one, &format!("person {n}"), PASSWORD).await.0 }
    });
    assert_eq!(join_all(people).await, vec![401; 500]);
    let grown = server.memory_bytes_max() - before;
    assert!(grown < 100 * 1024 * 1024, "{grown} bytes more");
    assert!(
        grown > 10 * 1024 * 1024,
        "a password is hashed in 19 MiB: {grown}"
    );
}

#[tokio::test]
async fn h10_how_one_signs_in_is_changed_by_who_has_just_shown_who_they_are() {
    let site = Site::new().await;
    let (_, mut kari) = kari(&site).await;
    // The browser is known again, and may be in other hands by now.
    kari.cookies.remove("samverk-session");
    assert_eq!(kari.get("/api/v1/session").await.status, 200);
    let changes = [
        ("PUT", "/api/v1/account/name", json!({ "name": "Mallory" })),
        (
            "PUT",
            "/api/v1/account/password",
            json!({ "password": "mallorys lange passord" }),
        ),
        ("DELETE", "/api/v1/account/password", json!({})),
        ("POST", "/api/v1/account/passkeys/begin", json!({})),
        (
            "POST",
            "/api/v1/account/passkeys",
            json!({ "label": "M", "passkey": {} }),
        ),
        ("DELETE", "/api/v1/account/passkeys/AAAA", json!({})),
    ];
    let same = [("sec-fetch-site", "same-origin")];
    for (method, path, body) in &changes {
        let refused = kari.send(method, path, &same, Some(body.clone())).await;
        assert_eq!(
            (refused.status, refused.problem().as_str()),
            (403, "confirm-first"),
            "{method} {path}"
        );
    }
    assert_eq!(sign_in(&mut kari, "kari@example.no", PASSWORD).await.0, 200);
    assert!(
        kari.cookies.contains_key("samverk-device"),
        "the browser is known as before"
    );
    let new = json!({ "password": "karis nye lange passord" });
    assert_eq!(kari.put("/api/v1/account/password", new).await.status, 204);
    let mut other = site.browser();
    assert_eq!(sign_in(&mut other, "kari@example.no", PASSWORD).await.0, 401);
    assert_eq!(
        sign_in(&mut other, "kari@example.no", "karis nye lange passord")
            .await
            .0,
        200
    );
}

#[tokio::test]
async fn h10_a_name_is_one_accounts_and_free_again_when_nothing_is_left_to_sign_in_with() {
    let site = Site::new().await;
    let (mut owner, mut kari) = kari(&site).await;
    let password = "/api/v1/account/password";
    let taken = json!({ "name": "KARI@example.no", "password": PASSWORD });
    let refused = owner.put(password, taken.clone()).await;
    assert_eq!((refused.status, refused.problem().as_str()), (409, "name-taken"));
    for (name, secret, problem) in [
        ("", PASSWORD, "bad-text"),
        ("kari\u{202e}", PASSWORD, "bad-text"),
        ("eier", "for kort", "password-short"),
        ("eier", "aaaaaaaaaaaaaaaaaaaa", "password-short"),
    ] {
        let refused = owner
            .put(password, json!({ "name": name, "password": secret }))
            .await;
        assert_eq!((refused.status, refused.problem().as_str()), (422, problem));
    }
    let rename = "/api/v1/account/name";
    assert_eq!(kari.put(rename, json!({ "name": "Kari N" })).await.status, 204);
    assert_eq!(kari.put(rename, json!({ "name": "kari n" })).await.status, 204);
    assert_eq!(
        owner.put(password, taken).await.status,
        204,
        "the old name is free"
    );
    let refused = kari.put(rename, json!({ "name": "kari@example.no" })).await;
    assert_eq!((refused.status, refused.problem().as_str()), (409, "name-taken"));
    assert_eq!(kari.delete(password, json!({})).await.status, 204);
    let left = kari.get("/api/v1/account").await.json();
    assert_eq!(left["account"], Value::Null);
    assert_eq!(owner.put(rename, json!({ "name": "kari n" })).await.status, 204);
}

#[tokio::test]
async fn h10_who_waits_in_a_lobby_gets_no_account() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    let links = format!("/api/v1/workshops/{workshop}/links");
    let made = owner
        .post(&links, json!({ "grant": "editor", "label": "", "lobby": true }))
        .await;
    let mut ola = site.browser();
    ola.join(made.json()["secret"].as_str().unwrap(), "Ola").await;
    let refused = ola
        .put(
            "/api/v1/account/password",
            json!({ "name": "ola", "password": PASSWORD }),
        )
        .await;
    assert_eq!((refused.status, refused.problem().as_str()), (403, "not-allowed"));
}

/// Kari on a server with a name of its own, with a passkey.
async fn with_passkey(site: &Site) -> (Browser, Browser, Authenticator) {
    let (mut owner, workshop) = site.workshop().await;
    let mut kari = member(site, &mut owner, &workshop, "Kari").await;
    let mut phone = Authenticator::new(1);
    assert_eq!(add_passkey(&mut kari, &mut phone, ORIGIN).await, 204);
    (owner, kari, phone)
}

async fn add_passkey(browser: &mut Browser, phone: &mut Authenticator, origin: &str) -> u16 {
    add_named(browser, "Kari Nordmann", phone, origin).await
}

async fn add_named(browser: &mut Browser, name: &str, phone: &mut Authenticator, origin: &str) -> u16 {
    let asked = browser
        .post("/api/v1/account/passkeys/begin", json!({ "name": name }))
        .await;
    assert_eq!(asked.status, 200, "{asked:?}");
    let made = phone.make(&asked.json(), origin);
    let body = json!({ "name": name, "label": "Telefonen", "passkey": made });
    browser.post("/api/v1/account/passkeys", body).await.status
}

async fn show(browser: &mut Browser, phone: &mut Authenticator, origin: &str) -> Value {
    let asked = browser.post("/api/v1/sign-in/begin", json!({})).await;
    json!({ "passkey": phone.show(&asked.json(), origin) })
}

async fn named_site() -> Site {
    Site::with(|config| config.public_url = Some(ORIGIN.parse().unwrap())).await
}

#[tokio::test]
async fn h10_a_passkey_opens_a_machine_that_does_not_know_one() {
    let site = named_site().await;
    let (_, mut kari, mut phone) = with_passkey(&site).await;
    let account = kari.get("/api/v1/account").await.json();
    let told = &account["account"]["passkeys"][0];
    assert_eq!(
        (&told["label"], &told["id"]),
        (&json!("Telefonen"), &json!(phone.id()))
    );
    assert_eq!(account["account"]["name"], "Kari Nordmann");
    let mine = kari.get("/api/v1/session").await.json();
    let mut laptop = site.browser();
    for _ in 0..2 {
        let shown = show(&mut laptop, &mut phone, ORIGIN).await;
        let came = laptop.post("/api/v1/sign-in", shown).await;
        assert_eq!((came.status, came.json()), (200, mine.clone()));
    }
    let used = laptop.get("/api/v1/account").await.json();
    assert!(used["account"]["passkeys"][0]["used_s"].is_u64());
    let removed = format!("/api/v1/account/passkeys/{}", phone.id());
    let mut tablet = Authenticator::new(2);
    assert_eq!(add_passkey(&mut laptop, &mut tablet, ORIGIN).await, 204);
    assert_eq!(laptop.delete(&removed, json!({})).await.status, 204);
    let shown = show(&mut laptop, &mut phone, ORIGIN).await;
    assert_eq!(laptop.post("/api/v1/sign-in", shown).await.status, 401);
    let shown = show(&mut laptop, &mut tablet, ORIGIN).await;
    assert_eq!(laptop.post("/api/v1/sign-in", shown).await.status, 200);
}

#[tokio::test]
async fn h10_a_passkey_is_refused_that_was_shown_before_or_elsewhere_or_by_somebody_else() {
    let site = named_site().await;
    let (mut owner, _, mut phone) = with_passkey(&site).await;
    let mut thief = site.browser();
    let shown = show(&mut site.browser(), &mut phone, ORIGIN).await;
    assert_eq!(thief.post("/api/v1/sign-in", shown.clone()).await.status, 200);
    let mut thief = site.browser();
    let again = thief.post("/api/v1/sign-in", shown).await;
    assert_eq!((again.status, again.problem().as_str()), (401, "passkey-unknown"));
    for evil in [
        "https://samverk.example.no.evil.no",
        "https://evil.no",
        "http://samverk.example.no",
    ] {
        let elsewhere = show(&mut thief, &mut phone, evil).await;
        assert_eq!(
            thief.post("/api/v1/sign-in", elsewhere).await.status,
            401,
            "{evil}"
        );
        assert_eq!(
            add_named(&mut owner, "eier", &mut Authenticator::new(9), evil).await,
            401,
            "{evil}"
        );
    }
    // Another's key under the same name and id.
    let mut forged = show(&mut thief, &mut Authenticator::new(3), ORIGIN).await;
    let real = show(&mut thief, &mut phone, ORIGIN).await;
    forged["passkey"]["id"] = real["passkey"]["id"].clone();
    forged["passkey"]["rawId"] = real["passkey"]["id"].clone();
    forged["passkey"]["response"]["userHandle"] = real["passkey"]["response"]["userHandle"].clone();
    assert_eq!(thief.post("/api/v1/sign-in", forged).await.status, 401);
    for nonsense in [json!({}), json!("x"), json!({ "id": 1, "response": [] })] {
        let refused = thief
            .post("/api/v1/sign-in", json!({ "passkey": nonsense }))
            .await;
        assert_eq!(refused.status, 401, "{refused:?}");
    }
    // What one person was asked to make is not kept by another.
    let asked = owner
        .post("/api/v1/account/passkeys/begin", json!({ "name": "eier" }))
        .await;
    let made = Authenticator::new(4).make(&asked.json(), ORIGIN);
    let mut ola = site.browser();
    let workshop = owner.get("/api/v1/session").await.json()["participants"][0]["workshop"]
        .as_str()
        .unwrap()
        .to_owned();
    ola.join(&link(&mut owner, &workshop, "editor").await, "Ola")
        .await;
    let body = json!({ "name": "ola", "label": "Min", "passkey": made });
    assert_eq!(ola.post("/api/v1/account/passkeys", body).await.status, 401);
}

#[tokio::test]
async fn h10_where_the_server_has_no_name_there_are_no_passkeys_and_it_says_so() {
    let site = Site::new().await;
    let (_, mut kari) = kari(&site).await;
    assert_eq!(
        kari.get("/api/v1/account").await.json()["passkeys_possible"],
        false
    );
    let refused = kari.post("/api/v1/sign-in/begin", json!({})).await;
    assert_eq!(
        (refused.status, refused.problem().as_str()),
        (409, "no-passkeys-here")
    );
    assert_eq!(
        named_site()
            .await
            .workshop()
            .await
            .0
            .get("/api/v1/account")
            .await
            .json()["passkeys_possible"],
        true
    );
}

#[tokio::test]
async fn h9_how_somebody_signs_in_is_in_their_file_and_goes_with_them() {
    let site = named_site().await;
    let (mut owner, mut kari, mut phone) = with_passkey(&site).await;
    let made = json!({ "password": PASSWORD });
    assert_eq!(kari.put("/api/v1/account/password", made).await.status, 204);
    let data = kari.get("/api/v1/session/data").await;
    let text = String::from_utf8(data.body.clone()).unwrap();
    let data = data.json();
    assert_eq!(data["account"]["name"], "Kari Nordmann");
    assert_eq!(data["account"]["passkeys"][0]["label"], "Telefonen");
    assert!(data["account"]["password_s"].is_u64());
    assert!(!text.contains("hash") && !text.contains("salt"), "{text}");
    assert_eq!(kari.delete("/api/v1/session/data", json!({})).await.status, 204);
    let mut other = site.browser();
    assert_eq!(sign_in(&mut other, "Kari Nordmann", PASSWORD).await.0, 401);
    let shown = show(&mut other, &mut phone, ORIGIN).await;
    assert_eq!(other.post("/api/v1/sign-in", shown).await.status, 401);
    let free = json!({ "name": "kari nordmann", "password": PASSWORD });
    assert_eq!(owner.put("/api/v1/account/password", free).await.status, 204);
    assert_eq!(
        owner.delete("/api/v1/account/password", json!({})).await.status,
        204
    );
    site.server.stop().await;
    let store = RedbStore::open(site.folder.path().join("data/samverk.redb")).unwrap();
    for table in [Table::Accounts, Table::SignInNames] {
        assert_eq!(store.scan(table, "").unwrap(), [], "{table:?}");
    }
}

#[tokio::test]
async fn h2_a_password_and_a_sign_in_name_stand_in_no_key_and_no_count() {
    let site = Site::new().await;
    let (_, _) = kari(&site).await;
    let metrics = site.browser().get("/metrics").await;
    assert!(!String::from_utf8_lossy(&metrics.body).contains("kari@"));
    site.server.stop().await;
    let path = site.folder.path().join("data/samverk.redb");
    let store = RedbStore::open(&path).unwrap();
    for table in Table::ALL {
        for (key, record) in store.scan(table, "").unwrap() {
            assert!(!key.contains("kari@"), "{table:?} {key}");
            let value = String::from_utf8_lossy(&record.value).into_owned();
            assert!(!value.contains(PASSWORD), "{table:?} {key}");
            assert_eq!(
                value.contains("kari@"),
                table == Table::Accounts,
                "{table:?} {key}"
            );
        }
    }
}
