//! A client on the bench: one connection, one replica, automerge's own sync.

use automerge::sync::{BloomFilter, Have, Message, MessageVersion, State, SyncDoc};
use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, Automerge, Change, ChangeHash, ROOT, ReadDoc, ScalarValue};
use samverk::hub::ConnectionId;
use samverk::wire;
use samverk_shared::document::TEXT_ENCODING;
use samverk_shared::ids::{DocumentId, ParticipantId};
use samverk_tests::frames::ServerFrame;
use serde::Serialize;

/// One tab of a browser, or one stock client.
#[derive(Clone)]
pub struct Tab {
    pub peer: String,
    pub participant: Option<ParticipantId>,
    pub samverk: bool,
    /// Whether it says at once which actor is its own, as our client does.
    pub claims: bool,
    pub connection: ConnectionId,
    pub document: DocumentId,
    pub doc: Automerge,
    pub state: State,
    /// The newest heads the server named to it.
    pub acknowledged: Vec<ChangeHash>,
    /// Refusals it was told of: changes and reason.
    pub refused: Vec<(Vec<ChangeHash>, String)>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Claim<'a> {
    r#type: &'a str,
    sender_id: &'a str,
    document_id: String,
    actor: String,
}

impl Tab {
    pub fn new(
        number: u8,
        peer: String,
        participant: Option<ParticipantId>,
        samverk: bool,
        document: DocumentId,
    ) -> Tab {
        Tab {
            peer,
            participant,
            samverk,
            claims: true,
            connection: ConnectionId(0),
            document,
            doc: Automerge::new_with_encoding(TEXT_ENCODING).with_actor(ActorId::from([number; 16])),
            state: State::new(),
            acknowledged: Vec::new(),
            refused: Vec::new(),
        }
    }

    /// A new connection begins.
    pub fn begin(&mut self, connection: ConnectionId) {
        self.connection = connection;
        self.state = State::new();
    }

    /// The frame that says which actor is this tab's.
    pub fn claim(&self) -> Vec<u8> {
        let claim = Claim {
            r#type: "claim",
            sender_id: &self.peer,
            document_id: self.document.to_string(),
            actor: self.actor(),
        };
        cbor4ii::serde::to_vec(Vec::new(), &claim).expect("a claim is plain text")
    }

    pub fn actor(&self) -> String {
        self.doc.get_actor().to_hex_string()
    }

    /// Writes a word of its own.
    pub fn write(&mut self, word: &str) -> Change {
        self.put(word, 1.into())
    }

    pub fn put(&mut self, key: &str, value: ScalarValue) -> Change {
        let before = self.doc.get_heads();
        let options = CommitOptions::default().with_time(0);
        let written = self.doc.transact_with(|_| options, |tx| tx.put(ROOT, key, value));
        written.expect("a map takes a value");
        self.doc.get_changes(&before).pop().expect("a change")
    }

    pub fn has(&self, word: &str) -> bool {
        self.doc.get(ROOT, word).expect("a map").is_some()
    }

    /// What automerge has to say, as a frame: with nothing it is a request, as automerge-repo asks.
    pub fn next_frame(&mut self) -> Option<Vec<u8>> {
        let message = self.doc.generate_sync_message(&mut self.state)?;
        let asks = self.doc.get_heads().is_empty();
        let frame = if asks { wire::request } else { wire::sync };
        Some(frame(&self.peer, "server", self.document, &message.encode()).to_vec())
    }

    pub fn receive(&mut self, frame: &ServerFrame) {
        match frame.kind.as_str() {
            "sync" if frame.document() == self.document => {
                let message = frame.sync();
                self.acknowledged.clone_from(&message.heads);
                self.doc
                    .receive_sync_message(&mut self.state, message)
                    .expect("what the server sends applies");
            }
            "refused" => self
                .refused
                .push((frame.refused(), frame.reason.clone().expect("a reason"))),
            _ => {}
        }
    }

    /// Whether the server has named heads that contain everything in here.
    pub fn is_saved(&self) -> bool {
        let mut heads = self.doc.get_heads();
        heads.sort_unstable();
        heads == self.acknowledged
    }
}

/// A sync message with these changes, from somebody with these heads who takes all before them as known.
pub fn bring(heads: &[ChangeHash], changes: &[&Change]) -> Vec<u8> {
    let blobs: Vec<Vec<u8>> = changes.iter().map(|change| change.raw_bytes().to_vec()).collect();
    bring_bytes(heads, blobs)
}

/// The same with any bytes.
pub fn bring_bytes(heads: &[ChangeHash], blobs: Vec<Vec<u8>>) -> Vec<u8> {
    let message = Message {
        heads: heads.to_vec(),
        need: Vec::new(),
        have: vec![Have {
            last_sync: heads.to_vec(),
            bloom: BloomFilter::default(),
        }],
        changes: blobs.into(),
        flags: None,
        version: MessageVersion::V1,
    };
    message.encode()
}
