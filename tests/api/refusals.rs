//! What is refused, in which words, and what stands on every answer.

use crate::browser::{Browser, Site, evil_origins};
use serde_json::json;
use std::collections::BTreeSet;

/// Headers that are the same on every answer.
const SECURITY: &[(&str, &str)] = &[
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    ("x-frame-options", "DENY"),
];

/// The route table, with the method that is allowed.
pub const ROUTES: &[(&str, &str)] = &[
    ("GET", "/healthz"),
    ("GET", "/readyz"),
    ("GET", "/metrics"),
    ("GET", "/sync"),
    ("GET", "/api/v1/openapi.json"),
    ("GET", "/api/v1/session"),
    ("DELETE", "/api/v1/session"),
    ("GET", "/api/v1/session/data"),
    ("DELETE", "/api/v1/session/data"),
    ("POST", "/api/v1/owner"),
    ("POST", "/api/v1/join/look"),
    ("POST", "/api/v1/join"),
    ("POST", "/api/v1/return"),
    ("POST", "/api/v1/return/use"),
    ("POST", "/api/v1/sign-in/begin"),
    ("POST", "/api/v1/sign-in"),
    ("GET", "/api/v1/account"),
    ("PUT", "/api/v1/account/name"),
    ("PUT", "/api/v1/account/password"),
    ("DELETE", "/api/v1/account/password"),
    ("POST", "/api/v1/account/passkeys/begin"),
    ("POST", "/api/v1/account/passkeys"),
    ("DELETE", "/api/v1/account/passkeys/AAAA"),
    ("GET", "/api/v1/places"),
    ("DELETE", "/api/v1/places"),
    ("DELETE", "/api/v1/places/0123456789abcdef"),
    ("POST", "/api/v1/tickets"),
    ("GET", "/api/v1/admin/server"),
    ("GET", "/api/v1/admin/workshops"),
    ("DELETE", "/api/v1/admin/workshops/W/links/0123456789abcdef"),
    ("GET", "/api/v1/admin/people"),
    ("DELETE", "/api/v1/admin/people/0123456789abcdef/places"),
    (
        "DELETE",
        "/api/v1/admin/people/0123456789abcdef/places/0123456789abcdef",
    ),
    ("POST", "/api/v1/workshops"),
    ("GET", "/api/v1/workshops/W"),
    ("GET", "/api/v1/workshops/W/documents"),
    ("GET", "/api/v1/workshops/W/register"),
    ("GET", "/api/v1/workshops/W/views/variation"),
    ("GET", "/api/v1/workshops/W/views/grouping"),
    ("GET", "/api/v1/workshops/W/views/hand-made"),
    ("GET", "/api/v1/workshops/W/views/selection"),
    ("GET", "/api/v1/workshops/W/views/decisions"),
    ("GET", "/api/v1/workshops/W/views/uses"),
    ("GET", "/api/v1/workshops/W/characteristics"),
    ("POST", "/api/v1/workshops/W/characteristics"),
    ("GET", "/api/v1/workshops/W/characteristics/1"),
    ("GET", "/api/v1/workshops/W/exports/FILE.csv"),
    ("POST", "/api/v1/workshops/W/code-forms"),
    ("POST", "/api/v1/workshops/W/code-forms/taken-in"),
    ("GET", "/api/v1/workshops/W/views/missing"),
    ("GET", "/api/v1/workshops/W/views/organisations"),
    ("GET", "/api/v1/workshops/W/views/actor-map"),
    ("POST", "/api/v1/workshops/W/decisions"),
    ("POST", "/api/v1/workshops/W/decisions/undo"),
    ("GET", "/api/v1/workshops/W/views/models"),
    ("GET", "/api/v1/workshops/W/views/models/balance"),
    ("GET", "/api/v1/workshops/W/views/models/claims"),
    ("GET", "/api/v1/workshops/W/views/models/truth-table"),
    ("GET", "/api/v1/workshops/W/views/models/common"),
    ("POST", "/api/v1/workshops/W/needs"),
    ("GET", "/api/v1/workshops/W/needs/plan"),
    ("GET", "/api/v1/workshops/W/imports"),
    ("POST", "/api/v1/workshops/W/imports"),
    ("GET", "/api/v1/workshops/W/imports/0123456789abcdef"),
    ("POST", "/api/v1/workshops/W/imports/0123456789abcdef/undo"),
    ("GET", "/api/v1/workshops/W/people"),
    ("PUT", "/api/v1/workshops/W/people/0123456789abcdef/grants"),
    ("PUT", "/api/v1/workshops/W/people/0123456789abcdef/roles"),
    ("PUT", "/api/v1/workshops/W/subjects/0123456789abcdef/audience"),
    ("POST", "/api/v1/workshops/W/subjects/0123456789abcdef/erasure"),
    ("GET", "/api/v1/workshops/W/subjects/0123456789abcdef/authorship"),
    ("GET", "/api/v1/workshops/W/collections"),
    ("POST", "/api/v1/workshops/W/collections"),
    ("POST", "/api/v1/workshops/W/collections/0123456789abcdef/part"),
    ("PUT", "/api/v1/workshops/W/collections/0123456789abcdef/sent"),
    ("PUT", "/api/v1/workshops/W/collections/0123456789abcdef/closed"),
    ("POST", "/api/v1/workshops/W/collections/0123456789abcdef/reveal"),
    ("GET", "/api/v1/workshops/W/collections/0123456789abcdef/outcome"),
    ("POST", "/api/v1/workshops/W/collections/0123456789abcdef/settled"),
    ("POST", "/api/v1/workshops/W/collections/0123456789abcdef/agreed"),
    ("GET", "/api/v1/workshops/W/stage"),
    ("PUT", "/api/v1/workshops/W/stage"),
    ("PUT", "/api/v1/workshops/W/people/0123456789abcdef/admission"),
    ("POST", "/api/v1/workshops/W/cases"),
    (
        "GET",
        "/api/v1/workshops/W/cases/0123456789abcdef/merges/fedcba9876543210",
    ),
    (
        "POST",
        "/api/v1/workshops/W/cases/0123456789abcdef/merges/fedcba9876543210",
    ),
    ("POST", "/api/v1/workshops/W/models"),
    ("PUT", "/api/v1/workshops/W/models/0123456789abcdef/challenges"),
    ("PUT", "/api/v1/workshops/W/models/0123456789abcdef/number"),
    ("PUT", "/api/v1/workshops/W/models/0123456789abcdef/report"),
    ("PUT", "/api/v1/workshops/W/documents/KIND"),
    ("PUT", "/api/v1/workshops/W/subjects/0123456789abcdef/state"),
    ("GET", "/api/v1/workshops/W/audit"),
    ("POST", "/api/v1/workshops/W/line"),
    (
        "GET",
        "/api/v1/workshops/W/line/0123456789abcdef0123456789abcdef?after=0&wait_ms=0",
    ),
    (
        "POST",
        "/api/v1/workshops/W/line/0123456789abcdef0123456789abcdef?n=1",
    ),
    (
        "DELETE",
        "/api/v1/workshops/W/line/0123456789abcdef0123456789abcdef",
    ),
    ("GET", "/api/v1/workshops/W/links"),
    ("POST", "/api/v1/workshops/W/links"),
    ("DELETE", "/api/v1/workshops/W/links/0123456789abcdef"),
    ("PUT", "/api/v1/workshops/W/links/0123456789abcdef/closed"),
];

fn routes(workshop: &str) -> Vec<(&'static str, String)> {
    ROUTES
        .iter()
        .map(|(method, path)| (*method, path.replace("/W", &format!("/{workshop}"))))
        .collect()
}

#[test]
fn the_route_table_of_these_tests_is_that_of_the_server() {
    let source = include_str!("../../server/src/http/routes.rs");
    let resources = source.matches("resource(\"").count();
    let paths: BTreeSet<_> = ROUTES.iter().map(|(_, path)| path.split('?').next()).collect();
    assert_eq!(
        (resources, source.matches(".route(").count()),
        (paths.len(), ROUTES.len()),
        "resources and methods: a route without a row in ROUTES, or a row without a route"
    );
}

#[tokio::test]
async fn h1_a_request_from_another_origin_changes_nothing() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    let before = owner
        .get(&format!("/api/v1/workshops/{workshop}/links"))
        .await
        .body;
    let origins = evil_origins(site.server.addr.port());
    let mut evil: Vec<Vec<(&str, &str)>> = origins.iter().map(|origin| vec![("origin", &**origin)]).collect();
    let own = format!("http://{}", site.server.addr);
    // What the browser says of itself counts more than an origin; a word nobody knows is no permission.
    for said in ["cross-site", "same-site", "Same-Origin", ""] {
        evil.push(vec![("sec-fetch-site", said)]);
        evil.push(vec![("sec-fetch-site", said), ("origin", &own)]);
    }
    evil.push(Vec::new());
    for (method, path) in routes(&workshop)
        .into_iter()
        .filter(|(method, _)| *method != "GET")
    {
        for headers in &evil {
            let answer = owner.send(method, &path, headers, Some(json!({}))).await;
            assert_eq!(
                (answer.status, answer.problem().as_str()),
                (403, "other-origin"),
                "{method} {path} {headers:?}"
            );
        }
    }
    assert_eq!(
        owner
            .get(&format!("/api/v1/workshops/{workshop}/links"))
            .await
            .body,
        before
    );
    let own: [(&str, &str); 1] = [("origin", &own)];
    let made = owner
        .send(
            "POST",
            &format!("/api/v1/workshops/{workshop}/cases"),
            &own,
            Some(json!({ "name": "Bro" })),
        )
        .await;
    assert_eq!(made.status, 201, "the server's own origin may: {made:?}");
}

#[tokio::test]
async fn h6_every_answer_carries_the_security_headers() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    let csp = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; \
         img-src 'self' data: blob:; font-src 'self'; manifest-src 'self'; connect-src 'self' ws://{}; \
         base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
        site.server.addr
    );
    let mut swept = routes(&workshop);
    swept.extend(
        [
            "/",
            "/kjennetegn",
            "/no/such.file",
            "/api/nothing",
            "/api/v1/nothing",
        ]
        .map(|p| ("GET", p.into())),
    );
    swept.push(("BREW", "/".into()));
    swept.push(("POST", "/healthz".into()));
    for (method, path) in swept {
        for visitor in [&mut site.browser(), &mut owner] {
            let answer = visitor.send(method, &path, &[], None).await;
            let header = |name| {
                answer
                    .header(name)
                    .unwrap_or_else(|| panic!("{method} {path}: no {name}"))
            };
            assert_eq!(header("content-security-policy"), csp, "{method} {path}");
            for (name, value) in SECURITY {
                assert_eq!(header(name), *value, "{method} {path}");
            }
            header("cache-control");
            assert_eq!(
                answer.header("strict-transport-security"),
                None,
                "not over plain HTTP"
            );
            assert!(answer.status < 500, "{method} {path}: {answer:?}");
        }
    }
}

#[tokio::test]
async fn h6_behind_tls_every_answer_keeps_the_browser_to_it() {
    let url = "https://samverk.example.no";
    let site = Site::with(|config| config.public_url = Some(url.parse().unwrap())).await;
    for (method, path) in routes("zzzzzzzzzzzzzzzz") {
        let answer = site.browser().send(method, &path, &[], None).await;
        assert_eq!(
            answer.header("strict-transport-security"),
            Some("max-age=31536000"),
            "{method} {path}"
        );
    }
}

#[tokio::test]
async fn behind_tls_cookies_are_bound_to_the_host_and_the_browser_keeps_to_tls() {
    let site =
        Site::with(|config| config.public_url = Some("https://samverk.example.no".parse().unwrap())).await;
    let mut owner = site.browser();
    let body = json!({ "secret": site.owner_secret().reveal() });
    let answer = owner.post("/api/v1/owner", body).await;
    assert_eq!(
        answer.header("strict-transport-security"),
        Some("max-age=31536000")
    );
    assert!(
        answer
            .header("content-security-policy")
            .unwrap()
            .contains("connect-src 'self' wss://samverk.example.no;")
    );
    assert!(answer.header("set-cookie").unwrap().contains("; Secure"));
    let names: Vec<_> = owner.cookies.keys().cloned().collect();
    assert_eq!(names, ["__Host-samverk-device", "__Host-samverk-session"]);
    assert_eq!(owner.get("/api/v1/session").await.status, 200);
}

#[tokio::test]
async fn h5_a_problem_is_a_sentence_in_the_readers_language() {
    let site = Site::new().await;
    let titles = [
        ("nb", "Du er ikke logget inn. Åpne lenken du fikk på nytt."),
        (
            "nn-NO,nb;q=0.5",
            "Du er ikkje logga inn. Opne lenkja du fekk på nytt.",
        ),
        (
            "en-GB",
            "You are not signed in. Open the link you were given again.",
        ),
        ("fr", "Du er ikke logget inn. Åpne lenken du fikk på nytt."),
    ];
    for (language, title) in titles {
        let answer = site
            .browser()
            .send("GET", "/api/v1/session", &[("accept-language", language)], None)
            .await;
        assert_eq!((answer.status, answer.problem().as_str()), (401, "no-session"));
        let problem = answer.json();
        assert_eq!(problem["title"], title);
        assert_eq!(
            problem.as_object().unwrap().keys().collect::<Vec<_>>(),
            ["status", "title", "type"]
        );
    }
}

#[tokio::test]
async fn h5_what_does_not_fit_is_named() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    let cases = format!("/api/v1/workshops/{workshop}/cases");
    let same: (&str, &str) = ("sec-fetch-site", "same-origin");
    let wrong = owner.post(&cases, json!({ "title": 1 })).await;
    assert_eq!((wrong.status, wrong.problem().as_str()), (400, "bad-request"));
    let long = owner.post(&cases, json!({ "name": "x".repeat(70_000) })).await;
    assert_eq!((long.status, long.problem().as_str()), (413, "too-large"));
    let empty = owner.post(&cases, json!({ "name": "  " })).await;
    assert_eq!((empty.status, empty.problem().as_str()), (422, "bad-text"));
    let key = owner
        .send(
            "POST",
            &cases,
            &[same, ("idempotency-key", "a b")],
            Some(json!({ "name": "A" })),
        )
        .await;
    assert_eq!((key.status, key.problem().as_str()), (400, "bad-request"));
    let form = [same, ("content-type", "text/plain"), ("content-length", "0")];
    let form = owner.send("POST", &cases, &form, None).await;
    assert_eq!((form.status, form.problem().as_str()), (415, "wrong-type"));
    let method = owner.put(&cases, json!({})).await;
    assert_eq!((method.status, method.problem().as_str()), (405, "method"));
}

#[tokio::test]
async fn a_workshop_that_is_not_yours_answers_as_one_that_is_not_there() {
    let site = Site::new().await;
    let (owner, workshop) = site.workshop().await;
    let mut stranger = site.browser();
    // Somebody with a session and no workshop: a second owner link used by a new browser would be the owner,
    // so the session is that of a guest whose grants were taken.
    let mut owner = owner;
    let links = format!("/api/v1/workshops/{workshop}/links");
    let link = owner
        .post(&links, json!({ "grant": "viewer", "label": "" }))
        .await
        .json();
    stranger.join(link["secret"].as_str().unwrap(), "Kari").await;
    let id = link["id"].as_str().unwrap();
    assert_eq!(
        owner.delete(&format!("{links}/{id}"), json!({})).await.status,
        204
    );
    for path in ["", "/documents", "/people", "/links"] {
        let theirs = answer(&mut stranger, &workshop, path).await;
        let nobodys = answer(&mut stranger, "zzzzzzzzzzzzzzzz", path).await;
        let nonsense = answer(&mut stranger, "NOT-AN-ID", path).await;
        assert_eq!(theirs, nobodys, "{path}");
        assert_eq!(theirs, nonsense, "{path}");
        assert_eq!(theirs.0, 404);
    }
}

async fn answer(browser: &mut Browser, workshop: &str, path: &str) -> (u16, String) {
    let answer = browser.get(&format!("/api/v1/workshops/{workshop}{path}")).await;
    (answer.status, answer.json().to_string())
}
