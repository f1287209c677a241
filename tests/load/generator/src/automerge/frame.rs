//! automerge-repo's frames: one CBOR map each.

use crate::cbor::{Map, Value, read_map};
use anyhow::Result;

/// A frame of the server, read in place.
#[derive(Default)]
pub struct Frame<'a> {
    pub kind: &'a str,
    pub sender: &'a str,
    pub document: &'a str,
    pub data: &'a [u8],
    pub message: &'a str,
}

pub fn parse(bytes: &[u8]) -> Result<Frame<'_>> {
    let mut frame = Frame::default();
    read_map(bytes, |key, value| match (key, value) {
        ("type", Value::Text(text)) => frame.kind = text,
        ("senderId", Value::Text(text)) => frame.sender = text,
        ("documentId", Value::Text(text)) => frame.document = text,
        ("message", Value::Text(text)) => frame.message = text,
        ("data", Value::Bytes(bytes)) => frame.data = bytes,
        _ => {}
    })?;
    Ok(frame)
}

pub fn join(me: &str) -> Vec<u8> {
    // {"isEphemeral": true}, ["1"]
    Map::of(4)
        .text("type", "join")
        .text("senderId", me)
        .raw("peerMetadata", b"\xa1\x6bisEphemeral\xf5")
        .raw("supportedProtocolVersions", b"\x81\x611")
        .done()
}

/// A frame of the kind `sync` or `request`.
pub fn document_frame(kind: &str, me: &str, server: &str, document: &str, data: &[u8]) -> Vec<u8> {
    Map::of(5)
        .text("type", kind)
        .text("senderId", me)
        .text("targetId", server)
        .text("documentId", document)
        .bytes("data", data)
        .done()
}

pub fn ephemeral(me: &str, server: &str, document: &str, session: &str, count: u64, data: &[u8]) -> Vec<u8> {
    Map::of(7)
        .text("type", "ephemeral")
        .text("senderId", me)
        .text("targetId", server)
        .text("documentId", document)
        .number("count", count)
        .text("sessionId", session)
        .bytes("data", data)
        .done()
}
