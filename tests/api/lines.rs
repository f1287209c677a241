//! Lines: the connection of who cannot open a WebSocket, through real requests (section B).

use crate::browser::{Answer, Browser, Site};
use samverk_shared::limits::{CONNECTIONS_PER_PERSON_MAX, FRAME_BYTES_BEFORE_JOIN_MAX, FRAME_BYTES_MAX};
use serde::Serialize;
use serde_bytes::ByteBuf;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::{Instant, timeout};

/// A patience that no working server needs.
const PATIENCE: Duration = Duration::from_secs(20);
const SAME: (&str, &str) = ("sec-fetch-site", "same-origin");
const FRAMES: (&str, &str) = ("content-type", "application/octet-stream");
const HOLD_MS: u64 = 10_000;

/// What a line gave.
#[derive(Debug, PartialEq)]
enum Item {
    Frame(Value),
    End(u16),
}

/// A client that speaks through a line.
#[derive(Clone)]
struct Line {
    browser: Browser,
    path: String,
    sent: u64,
    came: u64,
}

fn cbor(value: &impl Serialize) -> Vec<u8> {
    cbor4ii::serde::to_vec(Vec::new(), value).unwrap()
}

fn packet(frames: &[Vec<u8>]) -> Vec<u8> {
    let items = frames.iter().flat_map(|frame| {
        let bytes = u32::try_from(frame.len()).unwrap().to_be_bytes();
        [&[0], &bytes[..], frame].concat()
    });
    items.collect()
}

fn items(mut body: &[u8]) -> Vec<Item> {
    let mut items = Vec::new();
    while let [kind, a, b, c, d, rest @ ..] = body {
        let bytes = u32::from_be_bytes([*a, *b, *c, *d]) as usize;
        items.push(match kind {
            0 => Item::Frame(cbor4ii::serde::from_slice(&rest[..bytes]).unwrap()),
            _ => Item::End(u16::from_be_bytes([rest[0], rest[1]])),
        });
        body = &rest[bytes..];
    }
    assert!(body.is_empty());
    items
}

fn join(peer: &str) -> Vec<u8> {
    cbor(&json!({ "type": "join", "senderId": peer, "peerMetadata": {}, "supportedProtocolVersions": ["1"] }))
}

/// Asks for a document that cannot be: the answer names it.
fn question(document: &str) -> Vec<u8> {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Request<'a> {
        r#type: &'a str,
        sender_id: &'a str,
        document_id: &'a str,
        data: ByteBuf,
    }
    cbor(&Request {
        r#type: "request",
        sender_id: "a",
        document_id: document,
        data: ByteBuf::from([0x42, 0, 0, 0, 0]),
    })
}

impl Line {
    async fn open(browser: &Browser, workshop: &str) -> Result<Line, Answer> {
        let mut browser = browser.clone();
        let path = format!("/api/v1/workshops/{workshop}/line");
        let answer = browser.send("POST", &path, &[SAME], None).await;
        if answer.status != 201 {
            return Err(answer);
        }
        let path = format!("{path}/{}", answer.json()["line"].as_str().unwrap());
        let (sent, came) = (0, 0);
        Ok(Line {
            browser,
            path,
            sent,
            came,
        })
    }

    async fn joined(browser: &Browser, workshop: &str, peer: &str) -> Line {
        let mut line = Line::open(browser, workshop).await.unwrap();
        line.send(&[join(peer)]).await;
        let Item::Frame(first) = line.next().await.remove(0) else {
            panic!("a frame")
        };
        assert_eq!(first["type"], "peer");
        line
    }

    async fn post(&mut self, number: u64, body: &[u8]) -> Answer {
        let path = format!("{}?n={number}", self.path);
        self.browser
            .send_bytes("POST", &path, &[SAME, FRAMES], body)
            .await
    }

    async fn send(&mut self, frames: &[Vec<u8>]) {
        self.sent += 1;
        let answer = self.post(self.sent, &packet(frames)).await;
        assert_eq!(answer.status, 204, "{answer:?}");
    }

    async fn ask(&mut self, after: u64, wait_ms: u64) -> Answer {
        let path = format!("{}?after={after}&wait_ms={wait_ms}", self.path);
        timeout(PATIENCE, self.browser.get(&path)).await.unwrap()
    }

    /// What came since; at least one item.
    async fn next(&mut self) -> Vec<Item> {
        let answer = self.ask(self.came, HOLD_MS).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        let items = items(&answer.body);
        let frames = items.iter().filter(|item| matches!(item, Item::Frame(_)));
        self.came += frames.count() as u64;
        items
    }

    /// The documents named by the next so many answers.
    async fn named(&mut self, count: usize) -> Vec<String> {
        let mut named = Vec::new();
        while named.len() < count {
            for item in self.next().await {
                if let Item::Frame(frame) = item
                    && frame["type"] == "doc-unavailable"
                {
                    named.push(frame["documentId"].as_str().unwrap().to_owned());
                }
            }
        }
        named
    }

    async fn end(&mut self) -> u16 {
        loop {
            if let Some(Item::End(code)) = self.next().await.pop() {
                return code;
            }
        }
    }
}

fn names(range: std::ops::Range<usize>) -> Vec<String> {
    range.map(|n| format!("d{n}")).collect()
}

#[tokio::test]
async fn b1_frames_come_in_their_order_both_ways() {
    let site = Site::new().await;
    let (owner, workshop) = site.workshop().await;
    let mut line = Line::joined(&owner, &workshop, "stock-1").await;
    for part in names(0..60).chunks(7) {
        let questions: Vec<_> = part.iter().map(|name| question(name)).collect();
        line.send(&questions).await;
    }
    assert_eq!(line.named(60).await, names(0..60));
    let mut owner = owner;
    let people = format!("/api/v1/workshops/{workshop}/people");
    assert_eq!(owner.get(&people).await.json()["people"][0]["here"], true);
    let metrics = String::from_utf8(site.browser().get("/metrics").await.body).unwrap();
    assert!(metrics.contains("\nsamverk_lines 1\n"), "{metrics}");
}

#[tokio::test]
async fn b2_a_request_that_is_sent_again_is_taken_once() {
    let site = Site::new().await;
    let (owner, workshop) = site.workshop().await;
    let mut line = Line::joined(&owner, &workshop, "stock-1").await;
    let body = packet(&[question("d0"), question("d1")]);
    for _ in 0..3 {
        assert_eq!(line.post(2, &body).await.status, 204);
    }
    let (mut first, mut second) = (line.clone(), line.clone());
    let body = packet(&[question("d2")]);
    let (first, second) = tokio::join!(first.post(3, &body), second.post(3, &body));
    assert_eq!((first.status, second.status), (204, 204));
    let missing = line.post(5, &packet(&[question("never")])).await;
    assert_eq!((missing.status, missing.problem().as_str()), (400, "bad-request"));
    line.sent = 3;
    line.send(&[question("d3")]).await;
    assert_eq!(line.named(4).await, names(0..4));
    assert_eq!(line.ask(line.came, 0).await.status, 204, "and nothing more");
}

#[tokio::test]
async fn b3_what_did_not_come_is_sent_again_until_it_did() {
    let site = Site::new().await;
    let (owner, workshop) = site.workshop().await;
    let mut line = Line::joined(&owner, &workshop, "stock-1").await;
    line.send(&[question("d0")]).await;
    let lost = line.ask(line.came, HOLD_MS).await.body;
    line.send(&[question("d1")]).await;
    let mut again = lost.clone();
    while again.len() == lost.len() {
        again = line.ask(line.came, HOLD_MS).await.body;
    }
    assert!(again.starts_with(&lost), "the same frames, and then newer ones");
    assert_eq!(line.named(2).await, names(0..2));
    let far = line.ask(line.came + 1, 0).await;
    assert_eq!(far.status, 400, "it cannot have what was not sent");
    assert_eq!(line.ask(line.came, 0).await.status, 204, "nothing else");
    let old = line.ask(0, 0).await;
    assert_eq!(old.status, 400, "what came is gone");
}

#[tokio::test]
async fn b3_a_newer_question_lets_the_older_go() {
    let site = Site::new().await;
    let (owner, workshop) = site.workshop().await;
    let mut line = Line::joined(&owner, &workshop, "stock-1").await;
    let mut held = line.clone();
    let begun = Instant::now();
    let older = tokio::spawn(async move { held.ask(held.came, HOLD_MS).await.status });
    while !older.is_finished() {
        assert_eq!(line.ask(line.came, 0).await.status, 204);
    }
    assert_eq!(older.await.unwrap(), 204);
    assert!(begun.elapsed() < Duration::from_millis(HOLD_MS));
    line.send(&[question("d0")]).await;
    assert_eq!(line.named(1).await, ["d0"]);
}

#[tokio::test]
async fn b4_somebody_elses_line_is_as_one_that_is_not_there() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    let mut line = Line::joined(&owner, &workshop, "stock-1").await;
    let links = format!("/api/v1/workshops/{workshop}/links");
    let link = owner
        .post(&links, json!({ "grant": "editor", "label": "" }))
        .await
        .json();
    let mut guest = site.browser();
    guest.join(link["secret"].as_str().unwrap(), "Kari").await;
    let back = owner.post("/api/v1/return", json!({})).await.json();
    let secret = back["path"]
        .as_str()
        .unwrap()
        .split('#')
        .nth(1)
        .unwrap()
        .to_owned();
    let mut elsewhere = site.browser();
    let same_person = elsewhere
        .post("/api/v1/return/use", json!({ "secret": secret }))
        .await;
    assert_eq!(same_person.status, 200);
    let unknown = format!("/api/v1/workshops/{workshop}/line/{}", "0".repeat(32));
    let wrong_place = line.path.replace(&workshop, "zzzzzzzzzzzzzzzz");
    for (method, query) in [("GET", "?after=0&wait_ms=0"), ("POST", "?n=2"), ("DELETE", "")] {
        let mut answers = Vec::new();
        for (browser, path) in [
            (&guest, &line.path),
            (&elsewhere, &line.path),
            (&guest, &unknown),
            (&owner, &unknown),
            (&owner, &wrong_place),
        ] {
            let path = format!("{path}{query}");
            let answer = browser
                .clone()
                .send_bytes(method, &path, &[SAME, FRAMES], b"")
                .await;
            answers.push((answer.status, answer.problem(), answer.json().to_string()));
        }
        assert_eq!(answers[0].0, 404, "{method}");
        assert!(
            answers.windows(2).all(|two| two[0] == two[1]),
            "{method}: {answers:?}"
        );
        let nobody = site
            .browser()
            .send_bytes(method, &format!("{}{query}", line.path), &[SAME, FRAMES], b"")
            .await;
        assert_eq!((nobody.status, nobody.problem().as_str()), (401, "no-session"));
    }
    line.send(&[question("d0")]).await;
    assert_eq!(line.named(1).await, ["d0"], "nobody took anything off it");
    assert_eq!(
        Line::open(&guest, "zzzzzzzzzzzzzzzz").await.err().unwrap().status,
        404
    );
}

#[tokio::test]
async fn b4_h1_a_page_of_another_site_takes_nothing_off_a_line() {
    let site = Site::new().await;
    let (owner, workshop) = site.workshop().await;
    let mut line = Line::joined(&owner, &workshop, "stock-1").await;
    line.send(&[question("d0")]).await;
    let path = format!("{}?after={}&wait_ms=0", line.path, line.came);
    for from in ["cross-site", "same-site"] {
        let answer = line
            .browser
            .send("GET", &path, &[("sec-fetch-site", from)], None)
            .await;
        assert_eq!((answer.status, answer.problem().as_str()), (403, "other-origin"));
    }
    let text = [SAME, ("content-type", "text/plain")];
    let typed = line
        .browser
        .send_text("POST", &format!("{}?n=2", line.path), &text, "x")
        .await;
    assert_eq!((typed.status, typed.problem().as_str()), (415, "wrong-type"));
    assert_eq!(line.named(1).await, ["d0"]);
}

#[tokio::test]
async fn b5_a_line_nobody_asks_ends_and_one_that_is_asked_goes_on() {
    let site = Site::with(|config| config.line_silence_ms = 300).await;
    let (mut owner, workshop) = site.workshop().await;
    let mut asked = Line::joined(&owner, &workshop, "asked").await;
    let mut forgotten = Line::joined(&owner, &workshop, "forgotten").await;
    let over = async {
        loop {
            asked.ask(asked.came, 100).await;
            let metrics = String::from_utf8(owner.get("/metrics").await.body).unwrap();
            if metrics.contains("\nsamverk_lines 1\n") {
                break;
            }
        }
    };
    timeout(PATIENCE, over).await.expect("the forgotten line ends");
    assert_eq!(forgotten.ask(forgotten.came, 0).await.status, 404);
    asked.send(&[question("d0")]).await;
    assert_eq!(asked.named(1).await, ["d0"]);
}

#[tokio::test]
async fn b5_a_line_that_is_closed_is_gone_at_once() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    let line = Line::joined(&owner, &workshop, "stock-1").await;
    assert_eq!(owner.delete(&line.path, json!({})).await.status, 204);
    let people = format!("/api/v1/workshops/{workshop}/people");
    let gone = async { while owner.get(&people).await.json()["people"][0]["here"] == true {} };
    timeout(PATIENCE, gone).await.expect("nobody is here");
}

#[tokio::test]
async fn b6_frames_are_bounded_as_on_a_socket() {
    let site = Site::new().await;
    let (owner, workshop) = site.workshop().await;
    let too_long = FRAME_BYTES_BEFORE_JOIN_MAX + 1;
    let cases: [(Vec<u8>, u16, u16); 5] = [
        (packet(&[vec![0xa0; too_long]]), 204, 1009),
        (vec![0; 2 * FRAME_BYTES_BEFORE_JOIN_MAX], 413, 1009),
        (packet(&[question("d0")]), 204, 1002),
        (packet(&[vec![0xff, 0x00]]), 204, 1002),
        (b"\x00\x00\x00\x00\x09short".to_vec(), 204, 1002),
    ];
    for (body, status, code) in cases {
        let mut line = Line::open(&owner, &workshop).await.unwrap();
        assert_eq!(line.post(1, &body).await.status, status);
        assert_eq!(line.end().await, code);
    }
    let mut joined = Line::joined(&owner, &workshop, "stock-1").await;
    joined.send(&[vec![0xa0; too_long]]).await;
    assert_eq!(joined.end().await, 1002, "taken, and then found to be no frame");
    let mut joined = Line::joined(&owner, &workshop, "stock-1").await;
    joined.send(&[join("stock-1")]).await;
    assert_eq!(joined.end().await, 1002, "a second join");
    let mut joined = Line::joined(&owner, &workshop, "stock-1").await;
    let answer = joined.post(2, &vec![0; FRAME_BYTES_MAX + 64 * 1024]).await;
    assert_eq!(answer.status, 413);
    assert_eq!(joined.end().await, 1009);
}

#[tokio::test]
async fn b6_a_person_has_as_many_lines_as_sockets_and_no_more() {
    let site = Site::new().await;
    let (owner, workshop) = site.workshop().await;
    let mut lines = Vec::new();
    for _ in 0..CONNECTIONS_PER_PERSON_MAX {
        lines.push(Line::open(&owner, &workshop).await.unwrap());
    }
    let refused = Line::open(&owner, &workshop).await.err().unwrap();
    assert_eq!((refused.status, refused.problem().as_str()), (503, "busy"));
    let mut owner = owner;
    assert_eq!(owner.delete(&lines[0].path, json!({})).await.status, 204);
    let free = async { while Line::open(&owner, &workshop).await.is_err() {} };
    timeout(PATIENCE, free).await.expect("a place is free");
}

#[tokio::test]
async fn b6_w8_a_client_that_asks_for_nothing_is_kept_no_more_than_a_slow_reader() {
    let site = Site::new().await;
    let (owner, workshop) = site.workshop().await;
    let mut line = Line::joined(&owner, &workshop, "stock-1").await;
    let long = "x".repeat(2_000);
    let questions: Vec<_> = (0..100).map(|n| question(&format!("{n}{long}"))).collect();
    // What an answer holds, a thousand frames behind it, and a little more.
    for _ in 0..14 {
        line.send(&questions).await;
    }
    assert_eq!(line.end().await, 1013);
}

#[tokio::test]
async fn b7_h3_w10_a_person_whose_link_is_revoked_is_out_within_a_second() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    let links = format!("/api/v1/workshops/{workshop}/links");
    let link = owner
        .post(&links, json!({ "grant": "editor", "label": "" }))
        .await
        .json();
    let mut guest = site.browser();
    guest.join(link["secret"].as_str().unwrap(), "Kari").await;
    let mut line = Line::joined(&guest, &workshop, "stock-1").await;
    let told = tokio::spawn(async move { (line.end().await, Instant::now()) });
    let revoked = owner
        .delete(&format!("{links}/{}", link["id"].as_str().unwrap()), json!({}))
        .await;
    assert_eq!(revoked.status, 204);
    let done = Instant::now();
    let (code, at) = told.await.unwrap();
    assert_eq!(code, 4403);
    assert!(at.saturating_duration_since(done) < Duration::from_secs(1));
}

#[tokio::test]
async fn b7_the_end_is_told_again_where_the_answer_was_lost() {
    let site = Site::new().await;
    let (owner, workshop) = site.workshop().await;
    let mut line = Line::joined(&owner, &workshop, "stock-1").await;
    let _newer = Line::joined(&owner, &workshop, "stock-1").await;
    assert_eq!(line.end().await, 4409);
    assert_eq!(line.end().await, 4409);
}

#[tokio::test]
async fn b7_signing_out_ends_the_lines_of_the_session() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    let mut line = Line::joined(&owner, &workshop, "stock-1").await;
    let mut asking = line.clone();
    let (answer, signed_out) = tokio::join!(asking.end(), owner.delete("/api/v1/session", json!({})));
    assert_eq!((answer, signed_out.status), (1008, 204));
    assert_eq!(line.ask(line.came, 0).await.status, 401);
}

#[tokio::test]
async fn b7_w9_at_shutdown_each_line_is_told_to_come_back() {
    let site = Site::new().await;
    let (owner, workshop) = site.workshop().await;
    let mut line = Line::joined(&owner, &workshop, "stock-1").await;
    let told = tokio::spawn(async move { line.end().await });
    timeout(PATIENCE, site.server.stop())
        .await
        .expect("stops in time");
    assert_eq!(told.await.unwrap(), 1012);
}

#[tokio::test]
async fn b4_h11_a_line_goes_on_when_its_session_gets_a_new_token_and_brings_none_itself() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    let (_, secret) = crate::joining::link(&mut owner, &workshop, "reviewer").await;
    let mut kari = site.browser();
    let joined = kari.join(&secret, "Kari").await.json();
    let mut line = Line::joined(&kari, &workshop, "a").await;
    let path = format!(
        "/api/v1/workshops/{workshop}/people/{}/roles",
        joined["participant"].as_str().unwrap()
    );
    assert_eq!(
        owner.put(&path, json!({ "roles": ["team-member"] })).await.status,
        204
    );

    let before = line.browser.cookies.clone();
    line.send(&[question("d0")]).await;
    assert!(matches!(line.next().await.remove(0), Item::Frame(_)));
    assert_eq!(line.browser.cookies, before, "its answers are held for too long");
    assert_eq!(kari.get("/api/v1/session").await.status, 200);
    assert_ne!(kari.cookies, before);
    line.browser.cookies.clone_from(&kari.cookies);
    line.send(&[question("d1")]).await;
    assert!(matches!(line.next().await.remove(0), Item::Frame(_)));
}
