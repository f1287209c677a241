//! A raw `/sync` connection: frames go out as they are given, and everything that comes back is kept in order.

use crate::browser::Browser;
use crate::sockets::{PATIENCE, open, own};
use automerge::sync::{BloomFilter, Have, Message as SyncMessage, MessageVersion, State, SyncDoc};
use automerge::{ActorId, Automerge, Change, ChangeHash};
use bytes::Bytes;
use futures_util::stream::SplitSink;
use futures_util::{SinkExt, StreamExt};
use samverk::wire;
use samverk_shared::document::TEXT_ENCODING;
use samverk_shared::ids::DocumentId;
use samverk_shared::limits::SCHEMA;
use samverk_tests::frames::ServerFrame;
use serde::Serialize;
use tokio::net::TcpStream;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

/// One connection of our client's kind.
pub struct Line {
    pub peer: String,
    sender: SplitSink<WebSocketStream<MaybeTlsStream<TcpStream>>, Message>,
    /// What came: frames, then the close code.
    came: UnboundedReceiver<Result<Bytes, u16>>,
    probes: u64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Join<'a> {
    r#type: &'a str,
    sender_id: &'a str,
    supported_protocol_versions: [&'a str; 1],
    samverk: u8,
    schema: u64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Claim<'a> {
    r#type: &'a str,
    sender_id: &'a str,
    document_id: String,
    actor: &'a str,
}

impl Line {
    /// Joins a workshop under a peer id.
    pub async fn join(browser: &Browser, workshop: &str, peer: String) -> Line {
        let query = format!("?workshop={workshop}");
        let socket = open(browser, &query, Some(&own(browser))).await.unwrap();
        let (sender, mut receiver) = socket.split();
        let (keep, came) = unbounded_channel();
        tokio::spawn(async move {
            while let Some(message) = receiver.next().await {
                let kept = match message {
                    Ok(Message::Binary(bytes)) => keep.send(Ok(bytes)),
                    Ok(Message::Close(close)) => {
                        keep.send(Err(close.map_or(1005, |frame| frame.code.into())))
                    }
                    Ok(_) => Ok(()),
                    Err(_) => keep.send(Err(1006)),
                };
                if kept.is_err() {
                    return;
                }
            }
        });
        let mut line = Line {
            peer,
            sender,
            came,
            probes: 0,
        };
        let join = Join {
            r#type: "join",
            sender_id: &line.peer,
            supported_protocol_versions: ["1"],
            samverk: 1,
            schema: SCHEMA,
        };
        let join = cbor4ii::serde::to_vec(Vec::new(), &join).unwrap();
        line.send(join.into()).await;
        assert_eq!(line.next().await.kind, "peer");
        line
    }

    pub async fn send(&mut self, frame: Bytes) {
        self.sender.send(Message::Binary(frame)).await.unwrap();
    }

    /// Asks for a document as somebody who has nothing of it.
    pub async fn ask(&mut self, document: DocumentId) {
        let frame = wire::request(&self.peer, "server", document, &message(&[], &[]));
        self.send(frame).await;
    }

    /// Brings a change to a document.
    pub async fn bring(&mut self, document: DocumentId, change: &Change) {
        let data = message(&[change.hash()], &[change]);
        let frame = wire::sync(&self.peer, "server", document, &data);
        self.send(frame).await;
    }

    /// Has a document, writes in it, and stays until the server has named what it has then.
    pub async fn write(&mut self, document: DocumentId, actor: [u8; 16], write: impl FnOnce(&mut Automerge)) {
        let actor = ActorId::from(actor);
        self.claim(document, &actor.to_hex_string()).await;
        let mut held = Automerge::new_with_encoding(TEXT_ENCODING).with_actor(actor);
        let mut state = State::new();
        let first = held.generate_sync_message(&mut state).unwrap();
        self.send(wire::request(&self.peer, "server", document, &first.encode()))
            .await;
        while held.get_heads().is_empty() {
            self.take(document, &mut held, &mut state).await;
        }
        write(&mut held);
        self.tell(document, &held, &mut state).await;
        while state.their_heads != Some(held.get_heads()) {
            self.take(document, &mut held, &mut state).await;
        }
    }

    async fn take(&mut self, document: DocumentId, held: &mut Automerge, state: &mut State) {
        let frame = self.next().await;
        assert!(
            !matches!(frame.kind.as_str(), "refused" | "doc-unavailable"),
            "{frame:?}"
        );
        if frame.kind == "sync" && frame.document() == document {
            held.receive_sync_message(state, frame.sync()).unwrap();
            self.tell(document, held, state).await;
        }
    }

    async fn tell(&mut self, document: DocumentId, held: &Automerge, state: &mut State) {
        if let Some(message) = held.generate_sync_message(state) {
            let frame = wire::sync(&self.peer, "server", document, &message.encode());
            self.send(frame).await;
        }
    }

    /// Shows something on a document.
    pub async fn show(&mut self, document: DocumentId, data: &[u8]) {
        let frame = wire::ephemeral(&self.peer, "server", document, "session", 1, data);
        self.send(frame).await;
    }

    /// Says that an actor is this connection's own.
    pub async fn claim(&mut self, document: DocumentId, actor: &str) {
        let claim = Claim {
            r#type: "claim",
            sender_id: &self.peer,
            document_id: document.to_string(),
            actor,
        };
        let claim = cbor4ii::serde::to_vec(Vec::new(), &claim).unwrap();
        self.send(claim.into()).await;
    }

    /// The next frame, as bytes.
    pub async fn next_bytes(&mut self) -> Bytes {
        let came = timeout(PATIENCE, self.came.recv()).await;
        let came = came.unwrap_or_else(|_| panic!("{}: the server says nothing", self.peer));
        came.expect("the connection lasts").expect("no close")
    }

    pub async fn next(&mut self) -> ServerFrame {
        ServerFrame::read(&self.next_bytes().await)
    }

    /// Asks for a document that is nowhere, and gives what came before the answer: whatever was sent before the
    /// question has been looked at by then, and whatever others were owed is on its way.
    pub async fn until_probed(&mut self) -> Vec<ServerFrame> {
        self.probes += 1;
        let nowhere = id(u64::MAX, self.probes);
        self.ask(nowhere).await;
        let mut before = Vec::new();
        loop {
            let frame = self.next().await;
            if frame.kind == "doc-unavailable" && frame.document() == nowhere {
                return before;
            }
            before.push(frame);
        }
    }
}

/// A document id of two numbers.
pub fn id(one: u64, two: u64) -> DocumentId {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&two.to_be_bytes());
    bytes[8..].copy_from_slice(&one.to_be_bytes());
    DocumentId(bytes)
}

/// A sync message with these changes, from somebody with these heads who takes all before them as known.
pub fn message(heads: &[ChangeHash], changes: &[&Change]) -> Vec<u8> {
    let blobs: Vec<Vec<u8>> = changes.iter().map(|change| change.raw_bytes().to_vec()).collect();
    let have = Have {
        last_sync: heads.to_vec(),
        bloom: BloomFilter::default(),
    };
    let message = SyncMessage {
        heads: heads.to_vec(),
        need: Vec::new(),
        have: vec![have],
        changes: blobs.into(),
        flags: None,
        version: MessageVersion::V1,
    };
    message.encode()
}
