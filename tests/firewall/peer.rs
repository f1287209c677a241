//! Somebody at the other end of a real socket, honest or not.

use automerge::sync::{State, SyncDoc};
use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, Automerge, ChangeHash, ROOT};
use futures_util::{SinkExt, StreamExt};
use samverk::wire;
use samverk_shared::document::TEXT_ENCODING;
use samverk_shared::ids::DocumentId;
use samverk_tests::frames::ServerFrame;
use serde_json::json;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// A patience that no working server needs.
const PATIENCE: Duration = Duration::from_secs(60);

/// A connection about one document, with a replica.
pub struct Peer {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    name: String,
    document: DocumentId,
    pub doc: Automerge,
    state: State,
}

impl Peer {
    pub async fn join(url: &str, name: &str, actor: [u8; 16], document: DocumentId) -> Peer {
        let opened = timeout(PATIENCE, connect_async(url)).await.unwrap();
        let doc = Automerge::new_with_encoding(TEXT_ENCODING).with_actor(ActorId::from(actor));
        let mut peer = Peer {
            socket: opened.unwrap().0,
            name: name.to_owned(),
            document,
            doc,
            state: State::new(),
        };
        let join = json!({ "type": "join", "senderId": name, "supportedProtocolVersions": ["1"], "samverk": 1, "schema": 1 });
        let join = cbor4ii::serde::to_vec(Vec::new(), &join).unwrap();
        peer.socket.send(Message::Binary(join.into())).await.unwrap();
        assert_eq!(peer.hear().await.unwrap().kind, "peer");
        peer
    }

    /// Sends any bytes as a sync message.
    pub async fn send(&mut self, message: &[u8]) {
        let frame = wire::sync(&self.name, "server", self.document, message);
        // The server may have ended the connection already.
        self.socket.send(Message::Binary(frame)).await.ok();
    }

    /// The next frame, or the code the connection was closed with.
    pub async fn hear(&mut self) -> Result<ServerFrame, Option<u16>> {
        timeout(PATIENCE, self.next())
            .await
            .expect("the server says something")
    }

    async fn next(&mut self) -> Result<ServerFrame, Option<u16>> {
        loop {
            match self.socket.next().await {
                Some(Ok(Message::Binary(bytes))) => return Ok(ServerFrame::read(&bytes)),
                Some(Ok(Message::Close(close))) => return Err(close.map(|frame| frame.code.into())),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Err(None),
            }
        }
    }

    /// Writes a word of its own.
    pub fn write(&mut self, word: &str) {
        let options = CommitOptions::default().with_time(0);
        let written = self.doc.transact_with(|_| options, |tx| tx.put(ROOT, word, 1));
        written.unwrap();
    }

    async fn say(&mut self) {
        while let Some(message) = self.doc.generate_sync_message(&mut self.state) {
            let frame = if self.doc.get_heads().is_empty() {
                wire::request
            } else {
                wire::sync
            };
            let frame = frame(&self.name, "server", self.document, &message.encode());
            self.socket.send(Message::Binary(frame)).await.unwrap();
        }
    }

    /// Talks until the server has named exactly what is in here: it is saved, and nothing is missing.
    pub async fn until_saved(&mut self) {
        self.until(|doc, named| sorted(doc.get_heads()) == named).await;
    }

    /// Talks until these changes are in here.
    pub async fn until_has(&mut self, heads: &[ChangeHash]) {
        let wanted = sorted(heads.to_vec());
        if sorted(self.doc.get_heads()) != wanted {
            self.until(|doc, _| sorted(doc.get_heads()) == wanted).await;
        }
    }

    async fn until(&mut self, done: impl Fn(&Automerge, Vec<ChangeHash>) -> bool) {
        loop {
            self.say().await;
            let frame = self.hear().await.expect("an honest connection stays");
            assert_ne!(frame.kind, "refused", "honest work is not refused");
            if frame.kind == "sync" {
                let message = frame.sync();
                let named = sorted(message.heads.clone());
                self.doc.receive_sync_message(&mut self.state, message).unwrap();
                if done(&self.doc, named) {
                    return self.say().await;
                }
            }
        }
    }
}

fn sorted(mut heads: Vec<ChangeHash>) -> Vec<ChangeHash> {
    heads.sort_unstable();
    heads
}
