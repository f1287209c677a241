//! Opening and closing `/sync`.

use crate::browser::{Answer, Browser, Site, evil_origins, parse};
use futures_util::{SinkExt, StreamExt};
use samverk_shared::limits::{FRAME_BYTES_BEFORE_JOIN_MAX, FRAME_BYTES_MAX};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async_with_config};

pub type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// A patience that no working server needs.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Short frames that follow each other go out at once, as browsers send them.
const NO_DELAY: bool = true;

pub async fn open(browser: &Browser, query: &str, origin: Option<&str>) -> Result<Socket, u16> {
    let mut request = format!("ws://{}/sync{query}", browser.addr)
        .into_client_request()
        .unwrap();
    let headers = request.headers_mut();
    if !browser.cookies.is_empty() {
        headers.insert("cookie", browser.cookie_line().parse().unwrap());
    }
    if let Some(origin) = origin {
        headers.insert("origin", origin.parse().unwrap());
    }
    match connect_async_with_config(request, None, NO_DELAY).await {
        Ok((socket, _)) => Ok(socket),
        Err(Error::Http(response)) => Err(response.status().as_u16()),
        Err(error) => panic!("{error}"),
    }
}

pub fn own(browser: &Browser) -> String {
    format!("http://{}", browser.addr)
}

fn cbor(value: &Value) -> Message {
    Message::Binary(cbor4ii::serde::to_vec(Vec::new(), value).unwrap().into())
}

fn join_as(peer: &str) -> Message {
    cbor(&json!({ "type": "join", "senderId": peer, "peerMetadata": {}, "supportedProtocolVersions": ["1"] }))
}

/// The next frame, or the close code.
pub async fn next(socket: &mut Socket) -> Result<Value, u16> {
    loop {
        match timeout(PATIENCE, socket.next())
            .await
            .expect("the server says something")
        {
            Some(Ok(Message::Binary(bytes))) => return Ok(cbor4ii::serde::from_slice(&bytes).unwrap()),
            Some(Ok(Message::Close(close))) => return Err(close.map_or(1005, |frame| frame.code.into())),
            Some(Ok(_)) => {}
            Some(Err(_)) | None => return Err(1006),
        }
    }
}

/// With which code the connection ends.
pub async fn end_of(socket: &mut Socket) -> u16 {
    loop {
        if let Err(code) = next(socket).await {
            return code;
        }
    }
}

/// Panics when the connection does not go on.
async fn answers_ping(socket: &mut Socket) {
    let ping = b"are you there";
    socket.send(Message::Ping(ping.as_slice().into())).await.unwrap();
    loop {
        match timeout(PATIENCE, socket.next()).await.unwrap().unwrap().unwrap() {
            Message::Pong(bytes) => break assert_eq!(bytes.as_ref(), ping),
            Message::Ping(_) | Message::Binary(_) => {}
            other => panic!("{other:?}"),
        }
    }
}

pub async fn joined(browser: &Browser, peer: &str) -> Socket {
    let mut socket = open(browser, "", Some(&own(browser))).await.unwrap();
    socket.send(join_as(peer)).await.unwrap();
    assert_eq!(next(&mut socket).await.unwrap()["type"], "peer");
    socket
}

/// The name under which clients remember what the server has (rule W3).
pub async fn storage_id(browser: &Browser) -> String {
    let mut socket = open(browser, "", Some(&own(browser))).await.unwrap();
    socket.send(join_as("asks")).await.unwrap();
    let peer = next(&mut socket).await.unwrap();
    peer["peerMetadata"]["storageId"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_page_of_another_site_opens_no_socket() {
    let site = Site::new().await;
    let (owner, _) = site.workshop().await;
    let evil = evil_origins(owner.addr.port());
    for origin in &evil {
        assert_eq!(open(&owner, "", Some(origin)).await.err(), Some(403), "{origin}");
    }
    assert_eq!(open(&owner, "", None).await.err(), Some(403), "no origin");
    assert_eq!(
        open(&site.browser(), "", Some(&own(&owner))).await.err(),
        Some(401),
        "no session"
    );
    let elsewhere = open(&owner, "?workshop=zzzzzzzzzzzzzzzz", Some(&own(&owner))).await;
    assert_eq!(elsewhere.err(), Some(404), "not a member");
    assert!(open(&owner, "", Some(&own(&owner))).await.is_ok());
}

#[tokio::test]
async fn w2_w3_the_answer_to_join_is_peer_and_names_the_store() {
    let site = Site::new().await;
    let (owner, workshop) = site.workshop().await;
    let mut socket = open(&owner, &format!("?workshop={workshop}"), Some(&own(&owner)))
        .await
        .unwrap();
    socket.send(join_as("stock-1")).await.unwrap();
    let peer = next(&mut socket).await.unwrap();
    assert_eq!(
        (&peer["type"], &peer["selectedProtocolVersion"]),
        (&json!("peer"), &json!("1"))
    );
    assert_eq!(peer["peerMetadata"]["isEphemeral"], false);
    assert!(peer["peerMetadata"]["storageId"].is_string());
    let mut owner = owner;
    let people = owner
        .get(&format!("/api/v1/workshops/{workshop}/people"))
        .await
        .json();
    assert_eq!(people["people"][0]["here"], true);
}

#[tokio::test]
async fn w2_only_one_join_and_only_as_the_first_frame() {
    let site = Site::new().await;
    let (owner, _) = site.workshop().await;
    let mut early = open(&owner, "", Some(&own(&owner))).await.unwrap();
    early
        .send(cbor(&json!({ "type": "leave", "senderId": "a" })))
        .await
        .unwrap();
    assert_eq!(next(&mut early).await, Err(1002));
    let mut twice = joined(&owner, "stock-2").await;
    twice.send(join_as("stock-2")).await.unwrap();
    assert_eq!(next(&mut twice).await, Err(1002));
    let mut other = open(&owner, "", Some(&own(&owner))).await.unwrap();
    let version = json!({ "type": "join", "senderId": "old", "supportedProtocolVersions": ["2"] });
    other.send(cbor(&version)).await.unwrap();
    assert_eq!(next(&mut other).await.unwrap()["type"], "error");
    assert_eq!(next(&mut other).await, Err(1002));
}

#[tokio::test]
async fn w5_a_malformed_frame_ends_its_own_connection_and_no_other() {
    let site = Site::new().await;
    let (owner, _) = site.workshop().await;
    let mut calm = joined(&owner, "calm").await;
    for broken in [
        Message::Text("join".into()),
        Message::Binary(vec![0xff, 0x00].into()),
    ] {
        let mut socket = joined(&owner, "broken").await;
        socket.send(broken).await.unwrap();
        assert_eq!(next(&mut socket).await, Err(1002));
    }
    answers_ping(&mut calm).await;
    let metrics = String::from_utf8(site.browser().get("/metrics").await.body).unwrap();
    assert!(
        metrics.contains("samverk_refusals_total{reason=\"frame\"} 2"),
        "{metrics}"
    );
}

#[tokio::test]
async fn w6_types_the_server_does_not_know_are_ignored() {
    let site = Site::new().await;
    let (owner, _) = site.workshop().await;
    let mut socket = joined(&owner, "newer").await;
    socket
        .send(cbor(&json!({ "type": "dance", "senderId": "newer" })))
        .await
        .unwrap();
    answers_ping(&mut socket).await;
}

/// The bytes of a socket that a browser would not make.
async fn raw(browser: &Browser) -> (TcpStream, Answer) {
    let mut stream = TcpStream::connect(browser.addr).await.unwrap();
    let head = format!(
        "GET /sync HTTP/1.1\r\nHost: {0}\r\nOrigin: http://{0}\r\nCookie: {1}\r\nConnection: Upgrade\r\n\
         Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
        browser.addr,
        browser.cookie_line()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    while !answer.ends_with(b"\r\n\r\n") {
        answer.push(stream.read_u8().await.unwrap());
    }
    (stream, parse(&answer))
}

/// The head of a masked binary frame; the mask is zero.
fn head(body_bytes: u64) -> Vec<u8> {
    let mut head = vec![0x82, 0xff];
    head.extend(body_bytes.to_be_bytes());
    head.extend([0; 4]);
    head
}

/// Memory this process holds, the test's own included.
fn resident_bytes() -> u64 {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap();
    statm.split(' ').nth(1).unwrap().parse::<u64>().unwrap() * 4096
}

#[tokio::test]
async fn w4_a_frame_that_is_too_long_ends_the_connection_before_it_is_in_memory() {
    const ANNOUNCED: u64 = 64 * 1024 * 1024;
    let site = Site::new().await;
    let (owner, _) = site.workshop().await;
    let before = resident_bytes();
    let ends = futures_util::future::join_all((0..4).map(|_| flood(&owner, ANNOUNCED))).await;
    assert!(ends.iter().all(|end| holds_close(end, 1009)));
    // Other tests run in the same process: what matters is that it is far from 4 * 64 MiB.
    let grown = resident_bytes().saturating_sub(before);
    assert!(grown < ANNOUNCED, "grew by {grown} bytes");
}

/// Announces a frame, sends as much of it as is taken, and gives what came back. What the server gets after its
/// close frame it throws away for a moment, so that the frame arrives; then it cuts the connection.
async fn flood(browser: &Browser, announced: u64) -> Vec<u8> {
    let (mut stream, answer) = raw(browser).await;
    assert_eq!(answer.status, 101);
    stream.write_all(&head(announced)).await.unwrap();
    let (mut reader, mut writer) = stream.split();
    let send = async {
        let piece = vec![0; 64 * 1024];
        for _ in 0..announced / piece.len() as u64 {
            if writer.write_all(&piece).await.is_err() {
                break;
            }
        }
    };
    let hear = async {
        let mut end = Vec::new();
        reader.read_to_end(&mut end).await.unwrap_or_default();
        end
    };
    timeout(PATIENCE, async { tokio::join!(send, hear).1 })
        .await
        .expect("the connection ends")
}

#[tokio::test]
async fn w4_the_limit_is_told_by_close_code_1009_and_is_higher_after_join() {
    let site = Site::new().await;
    let (owner, _) = site.workshop().await;
    let (mut early, _) = raw(&owner).await;
    early
        .write_all(&head(FRAME_BYTES_BEFORE_JOIN_MAX as u64 + 1))
        .await
        .unwrap();
    assert_eq!(close_code(&mut early).await, 1009);
    let mut larger = raw_joined(&owner).await;
    larger
        .write_all(&head(FRAME_BYTES_BEFORE_JOIN_MAX as u64 + 1))
        .await
        .unwrap();
    larger
        .write_all(&vec![0xa0; FRAME_BYTES_BEFORE_JOIN_MAX + 1])
        .await
        .unwrap();
    assert_eq!(
        close_code(&mut larger).await,
        1002,
        "taken, and then found to be no frame"
    );
    let mut too_large = raw_joined(&owner).await;
    too_large
        .write_all(&head(FRAME_BYTES_MAX as u64 + 1))
        .await
        .unwrap();
    assert_eq!(close_code(&mut too_large).await, 1009);
}

/// A socket that has joined and heard the answer.
async fn raw_joined(browser: &Browser) -> TcpStream {
    let (mut stream, _) = raw(browser).await;
    let Message::Binary(join) = join_as("raw") else {
        panic!("binary")
    };
    stream
        .write_all(&[&head(join.len() as u64)[..], &join].concat())
        .await
        .unwrap();
    while frame(&mut stream).await.0 != 0x82 {}
    stream
}

/// Whether a close frame with a code is in the bytes.
fn holds_close(bytes: &[u8], code: u16) -> bool {
    bytes
        .windows(4)
        .any(|four| four[0] == 0x88 && four[2..] == code.to_be_bytes())
}

/// Reads up to the close frame; pings are passed over.
async fn close_code(stream: &mut TcpStream) -> u16 {
    loop {
        if let (0x88, body) = frame(stream).await {
            return u16::from_be_bytes([body[0], body[1]]);
        }
    }
}

/// The next short frame of the server: its first byte and its body.
async fn frame(stream: &mut TcpStream) -> (u8, Vec<u8>) {
    let mut head = [0; 2];
    timeout(PATIENCE, stream.read_exact(&mut head))
        .await
        .unwrap()
        .unwrap();
    let bytes = if head[1] == 126 {
        stream.read_u16().await.unwrap().into()
    } else {
        usize::from(head[1])
    };
    let mut body = vec![0; bytes];
    stream.read_exact(&mut body).await.unwrap();
    (head[0], body)
}

#[tokio::test]
async fn a_ticket_opens_one_socket_once() {
    let site = Site::new().await;
    let (mut owner, workshop) = site.workshop().await;
    let ticket = owner
        .post("/api/v1/tickets", json!({ "workshop": workshop }))
        .await
        .json();
    assert_eq!(ticket["expires_s"], 30);
    let query = format!("?ticket={}", ticket["ticket"].as_str().unwrap());
    let program = site.browser();
    assert!(
        open(&program, &query, None).await.is_ok(),
        "without cookie and origin"
    );
    assert_eq!(open(&program, &query, None).await.err(), Some(401), "used");
    assert_eq!(open(&program, "?ticket=guessed", None).await.err(), Some(401));
    let foreign = owner
        .post("/api/v1/tickets", json!({ "workshop": "zzzzzzzzzzzzzzzz" }))
        .await;
    assert_eq!(foreign.status, 404);
}

#[tokio::test]
async fn signing_out_closes_the_sockets_of_the_session() {
    let site = Site::new().await;
    let (mut owner, _) = site.workshop().await;
    let mut socket = joined(&owner, "stock-3").await;
    assert_eq!(owner.delete("/api/v1/session", json!({})).await.status, 204);
    assert_eq!(end_of(&mut socket).await, 1008);
}

#[tokio::test]
async fn e5_a_samverk_client_speaks_for_its_own_participant_only() {
    let site = Site::new().await;
    let (mut owner, _) = site.workshop().await;
    let session = owner.get("/api/v1/session").await.json();
    let me = session["participants"][0]["id"].as_str().unwrap().to_owned();
    let join = |peer: String| {
        let versions = ["1"];
        cbor(
            &json!({ "type": "join", "senderId": peer, "supportedProtocolVersions": versions, "samverk": 1, "schema": 1 }),
        )
    };
    let mut honest = open(&owner, "", Some(&own(&owner))).await.unwrap();
    honest.send(join(format!("{me}.a1"))).await.unwrap();
    assert_eq!(next(&mut honest).await.unwrap()["type"], "peer");
    let mut liar = open(&owner, "", Some(&own(&owner))).await.unwrap();
    liar.send(join("0123456789abcdef.a1".to_owned())).await.unwrap();
    assert_eq!(next(&mut liar).await.unwrap()["type"], "error");
    assert_eq!(next(&mut liar).await, Err(1008));
}

#[tokio::test]
async fn w9_at_shutdown_each_connection_is_told_to_come_back() {
    let site = Site::new().await;
    let (owner, _) = site.workshop().await;
    let mut socket = joined(&owner, "stock-4").await;
    let told = tokio::spawn(async move {
        loop {
            if let Err(code) = next(&mut socket).await {
                return code;
            }
        }
    });
    timeout(PATIENCE, site.server.stop())
        .await
        .expect("stops in time");
    assert_eq!(told.await.unwrap(), 1012);
}

#[tokio::test]
async fn open_sync_takes_programs_and_pages_of_this_machine_and_no_others() {
    let site = Site::with(|config| config.open_sync = true).await;
    let anybody = site.browser();
    assert!(open(&anybody, "", None).await.is_ok());
    assert!(open(&anybody, "", Some("http://localhost:5173")).await.is_ok());
    assert_eq!(open(&anybody, "", Some("http://evil.no")).await.err(), Some(403));
    let mut socket = open(&anybody, "", None).await.unwrap();
    socket.send(join_as("anybody")).await.unwrap();
    assert_eq!(next(&mut socket).await.unwrap()["type"], "peer");
}
