//! The server's frames as a client reads them, and a client's frames as the server gets them.

use automerge::ChangeHash;
use automerge::sync::Message;
use samverk_shared::ids::DocumentId;
use serde::Deserialize;

/// Any frame of the server.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(missing_docs)]
pub struct ServerFrame {
    #[serde(rename = "type")]
    pub kind: String,
    pub sender_id: String,
    #[serde(default)]
    pub target_id: String,
    #[serde(default)]
    pub document_id: Option<String>,
    #[serde(default, with = "serde_bytes")]
    pub data: Option<Vec<u8>>,
    #[serde(default)]
    pub n: Option<u64>,
    #[serde(default)]
    pub reason: Option<String>,
    #[serde(default)]
    pub message: Option<String>,
    #[serde(default)]
    pub view: Option<String>,
    #[serde(default)]
    hashes: Vec<serde_bytes::ByteBuf>,
}

impl ServerFrame {
    /// Reads a frame.
    ///
    /// # Panics
    /// When the server sent something else than one CBOR map.
    pub fn read(bytes: &[u8]) -> ServerFrame {
        cbor4ii::serde::from_slice(bytes).expect("the server's frames are CBOR maps")
    }

    /// The document it is about.
    ///
    /// # Panics
    /// When it is about none.
    pub fn document(&self) -> DocumentId {
        self.document_id
            .as_deref()
            .expect("a document id")
            .parse()
            .expect("a valid document id")
    }

    /// The sync message in it.
    ///
    /// # Panics
    /// When there is none.
    pub fn sync(&self) -> Message {
        Message::decode(self.data.as_deref().expect("a sync frame")).expect("a sync message")
    }

    /// The changes it refuses.
    pub fn refused(&self) -> Vec<ChangeHash> {
        self.hashes
            .iter()
            .filter_map(|hash| ChangeHash::try_from(hash.as_slice()).ok())
            .collect()
    }
}
