//! automerge-repo's WebSocket frames, and ours beside them, to and from one enum (protocol rules W1–W6).
//!
//! **Invariant:** bytes are checked for depth, items and lengths before anything is allocated for them.

mod bounds;
mod encode;
mod news;

pub use bounds::check;
pub use encode::{Notice, doc_unavailable, ephemeral, error, goodbye, notice, peer, refused, request, sync};
pub use news::News;

use bytes::Bytes;
use samverk_shared::ids::DocumentId;
use serde::Deserialize;
use serde::de::{self, Deserializer, Visitor};

/// What a client sends.
#[derive(Debug, Clone, PartialEq)]
pub enum ClientFrame {
    /// The first frame.
    Join(Join),
    /// A sync message, or a request for a document (a sync message of somebody who has nothing).
    Sync {
        /// About which document; `None` when the id is not one.
        document: Option<DocumentId>,
        /// The id as it was written, to answer with.
        document_text: String,
        /// automerge's sync message.
        data: Bytes,
        /// The client asks for a document it does not have.
        request: bool,
    },
    /// Presence.
    Ephemeral {
        /// On which document.
        document: Option<DocumentId>,
        /// Who sent it; differs from the connection's peer when a client echoes somebody else's.
        sender_id: String,
        /// Rises with each message of a session.
        count: u64,
        /// One run of the sending client.
        session_id: String,
        /// CBOR of the client's own value; opaque here.
        data: Bytes,
    },
    /// This connection's actor for a document (rule X5).
    Claim {
        /// For which document.
        document: Option<DocumentId>,
        /// The actor id, as hex.
        actor: String,
    },
    /// The client is leaving.
    Leave,
    /// A type the server takes no notice of (rule W6).
    Ignored,
}

/// The first frame of a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Join {
    /// The client's peer id.
    pub sender_id: String,
    /// Whether the client offers protocol version 1 (a missing list counts as that).
    pub version_1: bool,
    /// Whether the client takes our additional messages.
    pub samverk: bool,
    /// The newest document schema the client knows.
    pub schema: u64,
}

/// Why a frame is refused; ends its connection (rule W5).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// The bytes break a bound or are cut short.
    #[error("the frame is not one bounded CBOR map: {0}")]
    Bounds(&'static str),
    /// The bytes are CBOR and not a frame.
    #[error("the frame cannot be read: {0}")]
    Shape(String),
    /// A field that the type needs is not there.
    #[error("the {0} frame has no {1}")]
    Missing(&'static str, &'static str),
}

/// Reads one frame.
pub fn decode(bytes: &[u8]) -> Result<ClientFrame, WireError> {
    Reader::default().read(bytes)
}

/// Reads the frames of one connection, which mostly speaks of the document it spoke of before: to check an id costs
/// more than to read the rest.
#[derive(Debug, Default)]
pub struct Reader {
    last: Option<(String, DocumentId)>,
}

impl Reader {
    /// Reads one frame.
    pub fn read(&mut self, bytes: &[u8]) -> Result<ClientFrame, WireError> {
        check(bytes)?;
        let raw: RawFrame = cbor4ii::serde::from_slice(bytes).map_err(|e| WireError::Shape(e.to_string()))?;
        match raw.kind {
            "join" => Ok(ClientFrame::Join(join(raw)?)),
            "sync" => self.sync_frame(raw, "sync"),
            "request" => self.sync_frame(raw, "request"),
            "ephemeral" => self.ephemeral_frame(raw),
            "claim" => {
                let document = raw.document_id.ok_or(WireError::Missing("claim", "documentId"))?;
                let actor = raw.actor.ok_or(WireError::Missing("claim", "actor"))?.to_owned();
                Ok(ClientFrame::Claim {
                    document: self.document(document),
                    actor,
                })
            }
            "leave" => Ok(ClientFrame::Leave),
            _ => Ok(ClientFrame::Ignored),
        }
    }

    fn document(&mut self, text: &str) -> Option<DocumentId> {
        if let Some((last, id)) = &self.last
            && last == text
        {
            return Some(*id);
        }
        let id = text.parse().ok()?;
        self.last = Some((text.to_owned(), id));
        Some(id)
    }

    fn sync_frame(&mut self, raw: RawFrame<'_>, kind: &'static str) -> Result<ClientFrame, WireError> {
        let document_text = raw.document_id.ok_or(WireError::Missing(kind, "documentId"))?;
        let data = raw.data.ok_or(WireError::Missing(kind, "data"))?;
        Ok(ClientFrame::Sync {
            document: self.document(document_text),
            document_text: document_text.to_owned(),
            data: Bytes::copy_from_slice(data),
            request: kind == "request",
        })
    }

    fn ephemeral_frame(&mut self, raw: RawFrame<'_>) -> Result<ClientFrame, WireError> {
        let document_text = raw
            .document_id
            .ok_or(WireError::Missing("ephemeral", "documentId"))?;
        let data = raw.data.ok_or(WireError::Missing("ephemeral", "data"))?;
        Ok(ClientFrame::Ephemeral {
            document: self.document(document_text),
            sender_id: raw
                .sender_id
                .ok_or(WireError::Missing("ephemeral", "senderId"))?
                .to_owned(),
            count: raw.count.0,
            session_id: raw.session_id.unwrap_or_default().to_owned(),
            data: Bytes::copy_from_slice(data),
        })
    }
}

#[derive(Deserialize)]
struct RawFrame<'a> {
    #[serde(rename = "type", borrow)]
    kind: &'a str,
    #[serde(rename = "senderId", default)]
    sender_id: Option<&'a str>,
    #[serde(rename = "documentId", default)]
    document_id: Option<&'a str>,
    #[serde(rename = "sessionId", default)]
    session_id: Option<&'a str>,
    #[serde(default)]
    actor: Option<&'a str>,
    #[serde(default, borrow)]
    data: Option<&'a serde_bytes::Bytes>,
    #[serde(default)]
    count: Whole,
    #[serde(default)]
    samverk: Whole,
    #[serde(default)]
    schema: Whole,
    #[serde(rename = "supportedProtocolVersions", default, borrow)]
    versions: Option<Vec<&'a str>>,
}

fn join(raw: RawFrame<'_>) -> Result<Join, WireError> {
    Ok(Join {
        sender_id: raw
            .sender_id
            .ok_or(WireError::Missing("join", "senderId"))?
            .to_owned(),
        version_1: raw.versions.is_none_or(|versions| versions.contains(&"1")),
        samverk: raw.samverk.0 >= 1,
        schema: raw.schema.0,
    })
}

/// A whole number however the client wrote it: cbor-x writes those above 2^32 as floats.
#[derive(Default)]
struct Whole(u64);

impl<'de> Deserialize<'de> for Whole {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyNumber;
        impl Visitor<'_> for AnyNumber {
            type Value = Whole;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a number")
            }
            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Whole, E> {
                Ok(Whole(value))
            }
            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Whole, E> {
                Ok(Whole(value.max(0).unsigned_abs()))
            }
            fn visit_f64<E: de::Error>(self, value: f64) -> Result<Whole, E> {
                Ok(Whole(value as u64))
            }
            fn visit_bool<E: de::Error>(self, value: bool) -> Result<Whole, E> {
                Ok(Whole(value.into()))
            }
            fn visit_none<E: de::Error>(self) -> Result<Whole, E> {
                Ok(Whole(0))
            }
            fn visit_unit<E: de::Error>(self) -> Result<Whole, E> {
                Ok(Whole(0))
            }
        }
        deserializer.deserialize_any(AnyNumber)
    }
}
