//! The Yjs family: Hocuspocus and y-sweet.

mod document;
mod light;
mod wire;

pub use document::{clocks_on_server, make_document, open, push, same_state, state_of};
pub use light::Light;

use anyhow::{Context, Result, bail};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// y-sweet: makes the document where it is not there yet, and asks for its socket address.
pub async fn token_url(host: &str, document: &str) -> Result<String> {
    post(host, "/doc/new", &format!("{{\"docId\":\"{document}\"}}")).await?;
    let answer = post(host, &format!("/doc/{document}/auth"), "{}").await?;
    let answer: serde_json::Value = serde_json::from_str(&answer)?;
    let base = answer["url"]
        .as_str()
        .with_context(|| format!("no url in {answer}"))?;
    Ok(match answer["token"].as_str() {
        Some(token) => format!("{base}/{document}?token={token}"),
        None => format!("{base}/{document}"),
    })
}

async fn post(host: &str, path: &str, body: &str) -> Result<String> {
    let mut stream = TcpStream::connect(host).await?;
    let request = format!(
        "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await?;
    let mut answer = vec![];
    stream.read_to_end(&mut answer).await?;
    let answer = String::from_utf8_lossy(&answer);
    if !answer.starts_with("HTTP/1.1 200") {
        bail!("{path}: {}", answer.lines().next().unwrap_or_default());
    }
    Ok(answer
        .split_once("\r\n\r\n")
        .map(|(_, body)| body.to_string())
        .unwrap_or_default())
}
