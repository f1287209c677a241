//! What the server sends, as CBOR. `data` stands last, so that one sync message is copied once per peer.

use bytes::Bytes;
use samverk_shared::ids::DocumentId;

/// The answer to `join` (rule W3).
pub fn peer(server_id: &str, client_id: &str, storage_id: &str) -> Bytes {
    let mut out = Map::of(5);
    out.text("type", "peer")
        .text("senderId", server_id)
        .text("targetId", client_id);
    out.key("peerMetadata").header(MAP, 2);
    out.text("storageId", storage_id).key("isEphemeral").raw(FALSE);
    out.text("selectedProtocolVersion", "1");
    out.done()
}

/// Tells why the connection ends.
pub fn error(server_id: &str, client_id: &str, message: &str) -> Bytes {
    let mut out = Map::of(4);
    out.text("type", "error")
        .text("senderId", server_id)
        .text("targetId", client_id)
        .text("message", message);
    out.done()
}

/// A sync message.
pub fn sync(server_id: &str, client_id: &str, document: DocumentId, data: &[u8]) -> Bytes {
    document_frame("sync", server_id, client_id, &document.to_string(), data)
}

/// A request for a document, as a client without it sends it.
pub fn request(server_id: &str, client_id: &str, document: DocumentId, data: &[u8]) -> Bytes {
    document_frame("request", server_id, client_id, &document.to_string(), data)
}

pub(super) fn document_frame(kind: &str, sender: &str, target: &str, document: &str, data: &[u8]) -> Bytes {
    let mut out = Map::of(5);
    out.text("type", kind)
        .text("senderId", sender)
        .text("targetId", target)
        .text("documentId", document);
    out.bytes("data", data);
    out.done()
}

/// The document does not exist, or the person may not read it (rule Y8).
pub fn doc_unavailable(server_id: &str, client_id: &str, document: &str) -> Bytes {
    let mut out = Map::of(4);
    out.text("type", "doc-unavailable")
        .text("senderId", server_id)
        .text("targetId", client_id);
    out.text("documentId", document);
    out.done()
}

/// Somebody's presence.
pub fn ephemeral(
    sender_id: &str,
    client_id: &str,
    document: DocumentId,
    session_id: &str,
    count: u64,
    data: &[u8],
) -> Bytes {
    let mut out = Map::of(7);
    out.text("type", "ephemeral")
        .text("senderId", sender_id)
        .text("targetId", client_id);
    out.text("documentId", &document.to_string())
        .number("count", count)
        .text("sessionId", session_id);
    out.bytes("data", data);
    out.done()
}

/// The payload that says a peer has gone, in the words of automerge-repo's presence (rule E4).
pub fn goodbye() -> Bytes {
    let mut out = Map::of(1);
    out.key("__presence").header(MAP, 1);
    out.text("type", "goodbye");
    out.done()
}

/// A notice without content of its own (rules N1–N6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// The list of documents has changed.
    Catalogue,
    /// What this person may do has changed.
    Rights,
    /// A view has changed.
    View(&'static str),
    /// The client is too old.
    Reload,
    /// People came, left or changed.
    People,
}

/// A notice, numbered for its connection.
pub fn notice(server_id: &str, client_id: &str, n: u64, notice: Notice) -> Bytes {
    let kind = match notice {
        Notice::Catalogue => "catalogue",
        Notice::Rights => "rights",
        Notice::View(_) => "view",
        Notice::Reload => "reload",
        Notice::People => "people",
    };
    let mut out = Map::of(if matches!(notice, Notice::View(_)) { 5 } else { 4 });
    out.text("type", kind)
        .text("senderId", server_id)
        .text("targetId", client_id)
        .number("n", n);
    if let Notice::View(view) = notice {
        out.text("view", view);
    }
    out.done()
}

/// Changes that were refused, and why (rules N3, X2).
pub fn refused(
    server_id: &str,
    client_id: &str,
    n: u64,
    document: DocumentId,
    hashes: &[automerge::ChangeHash],
    reason: &str,
) -> Bytes {
    let mut out = Map::of(7);
    out.text("type", "refused")
        .text("senderId", server_id)
        .text("targetId", client_id)
        .number("n", n);
    out.text("documentId", &document.to_string())
        .text("reason", reason);
    out.key("hashes").header(ARRAY, hashes.len() as u64);
    for hash in hashes {
        out.header(BYTES, hash.0.len() as u64).raw_all(&hash.0);
    }
    out.done()
}

const UNSIGNED: u8 = 0;
const BYTES: u8 = 2;
const TEXT: u8 = 3;
const ARRAY: u8 = 4;
const MAP: u8 = 5;
const FALSE: u8 = 0xf4;

struct Map(Vec<u8>);

impl Map {
    fn of(pairs: u64) -> Map {
        let mut map = Map(Vec::with_capacity(256));
        map.header(MAP, pairs);
        map
    }

    fn header(&mut self, major: u8, argument: u64) -> &mut Map {
        let major = major << 5;
        match argument {
            0..=23 => self.0.push(major | argument as u8),
            24..=0xff => self.0.extend([major | 24, argument as u8]),
            0x100..=0xffff => {
                self.0.push(major | 25);
                self.0.extend((argument as u16).to_be_bytes());
            }
            0x1_0000..=0xffff_ffff => {
                self.0.push(major | 26);
                self.0.extend((argument as u32).to_be_bytes());
            }
            _ => {
                self.0.push(major | 27);
                self.0.extend(argument.to_be_bytes());
            }
        }
        self
    }

    fn raw(&mut self, byte: u8) -> &mut Map {
        self.0.push(byte);
        self
    }

    fn raw_all(&mut self, bytes: &[u8]) -> &mut Map {
        self.0.extend_from_slice(bytes);
        self
    }

    fn key(&mut self, key: &str) -> &mut Map {
        self.header(TEXT, key.len() as u64).raw_all(key.as_bytes())
    }

    fn text(&mut self, key: &str, value: &str) -> &mut Map {
        self.key(key).key(value)
    }

    fn number(&mut self, key: &str, value: u64) -> &mut Map {
        // Above 2^32 JavaScript's reader makes a BigInt of an integer; it writes such numbers as floats itself.
        self.key(key);
        if value > u64::from(u32::MAX) {
            return self.raw(0xfb).raw_all(&(value as f64).to_be_bytes());
        }
        self.header(UNSIGNED, value)
    }

    fn bytes(&mut self, key: &str, value: &[u8]) -> &mut Map {
        self.key(key).header(BYTES, value.len() as u64).raw_all(value)
    }

    fn done(&mut self) -> Bytes {
        std::mem::take(&mut self.0).into()
    }
}
