//! A plain automerge-repo client: a socket and a replica.

use crate::PATIENCE;
use automerge::Automerge;
use automerge::sync::{State, SyncDoc};
use futures_util::{SinkExt, StreamExt};
use samverk::wire;
use samverk_shared::ids::DocumentId;
use samverk_tests::frames::ServerFrame;
use serde_json::json;
use std::net::SocketAddr;
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// The connection is over; the close code, if there was one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gone(pub Option<u16>);

/// A joined connection about one document.
pub struct Client {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    peer: String,
    document: DocumentId,
    state: State,
}

impl Client {
    pub async fn join(addr: SocketAddr, peer: &str, document: DocumentId) -> Result<Client, Gone> {
        let opened = timeout(PATIENCE, connect_async(format!("ws://{addr}/sync"))).await;
        let (socket, _) = opened.expect("the server answers").map_err(|_| Gone(None))?;
        let mut client = Client {
            socket,
            peer: peer.to_owned(),
            document,
            state: State::new(),
        };
        let join = json!({ "type": "join", "senderId": peer, "supportedProtocolVersions": ["1"] });
        client
            .send(cbor4ii::serde::to_vec(Vec::new(), &join).expect("plain text"))
            .await?;
        let peer = client.hear().await?;
        assert_eq!(peer.kind, "peer");
        Ok(client)
    }

    /// Sends what automerge has to say, if anything.
    pub async fn say(&mut self, doc: &Automerge) -> Result<(), Gone> {
        let Some(message) = doc.generate_sync_message(&mut self.state) else {
            return Ok(());
        };
        let asks = doc.get_heads().is_empty();
        let frame = if asks { wire::request } else { wire::sync };
        let frame = frame(&self.peer, "server", self.document, &message.encode());
        self.send(frame.to_vec()).await
    }

    async fn send(&mut self, bytes: Vec<u8>) -> Result<(), Gone> {
        let sent = timeout(PATIENCE, self.socket.send(Message::Binary(bytes.into()))).await;
        sent.expect("the server takes what is sent")
            .map_err(|_| Gone(None))
    }

    /// The next frame of the server.
    pub async fn hear(&mut self) -> Result<ServerFrame, Gone> {
        loop {
            let next = timeout(PATIENCE, self.socket.next()).await;
            match next.expect("the server says something") {
                Some(Ok(Message::Binary(bytes))) => return Ok(ServerFrame::read(&bytes)),
                Some(Ok(Message::Close(close))) => return Err(Gone(close.map(|frame| frame.code.into()))),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Err(Gone(None)),
            }
        }
    }

    /// Takes a sync frame into the replica.
    pub fn take(&mut self, doc: &mut Automerge, frame: &ServerFrame) {
        doc.receive_sync_message(&mut self.state, frame.sync())
            .expect("what the server sends applies");
    }
}

/// The document as somebody gets it who has nothing; empty when there is none.
pub async fn read_afresh(addr: SocketAddr, document: DocumentId) -> Automerge {
    let mut doc = Automerge::new();
    let mut reader = Client::join(addr, "reader", document)
        .await
        .expect("a server that stays");
    reader.say(&doc).await.expect("a server that stays");
    loop {
        let frame = reader.hear().await.expect("a server that stays");
        match frame.kind.as_str() {
            "doc-unavailable" => return doc,
            "sync" => {
                reader.take(&mut doc, &frame);
                let mut named = frame.sync().heads;
                let mut ours = doc.get_heads();
                named.sort_unstable();
                ours.sort_unstable();
                if named == ours {
                    return doc;
                }
                reader.say(&doc).await.expect("a server that stays");
            }
            _ => {}
        }
    }
}
