//! samod, the Rust implementation of automerge-repo, as a second foreign peer.

use super::SERVES;
use automerge::transaction::Transactable;
use automerge::{Automerge, ObjType, ROOT, ReadDoc, TextEncoding};
use futures_util::future::BoxFuture;
use futures_util::stream::LocalBoxStream;
use futures_util::{FutureExt, SinkExt, StreamExt, future};
use samod::{BackoffConfig, DialError, Dialer, DocHandle, DocumentId, Repo, Transport, Url};
use samverk_tests::node;
use samverk_tests::server::{Sync, TestServer};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::time::timeout;
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::Message;

/// A patience that no working server needs.
const PATIENCE: Duration = Duration::from_secs(15);

/// Opens WebSockets for samod.
struct Sockets(Url);

impl Dialer for Sockets {
    type Error = Infallible;

    fn url(&self) -> Url {
        self.0.clone()
    }

    fn connect(&self) -> BoxFuture<'static, Result<Transport, DialError<Infallible>>> {
        let url = self.0.to_string();
        async move {
            let (socket, _) = connect_async(url).await.map_err(DialError::transient)?;
            let (sink, stream) = socket.split();
            let sink = sink.with(|bytes: Vec<u8>| {
                future::ok::<_, tokio_tungstenite::tungstenite::Error>(Message::Binary(bytes.into()))
            });
            let frames = stream.filter_map(|message| {
                future::ready(match message {
                    Ok(Message::Binary(bytes)) => Some(Ok(bytes.to_vec())),
                    Ok(_) => None,
                    Err(error) => Some(Err(error)),
                })
            });
            Ok(Transport::new(frames.boxed(), Box::pin(sink)))
        }
        .boxed()
    }
}

/// A samod peer and the documents it has open.
struct Peer {
    runtime: Runtime,
    repo: Repo,
    open: BTreeMap<String, Open>,
}

/// An open document, and the presence heard on it since it was opened.
struct Open {
    handle: DocHandle,
    presence: LocalBoxStream<'static, Vec<u8>>,
}

impl Open {
    fn new(handle: DocHandle) -> Open {
        let presence = handle.ephemera();
        Open {
            presence: Box::pin(presence),
            handle,
        }
    }
}

/// Waits, but not for ever.
async fn bounded<T>(future: impl Future<Output = T>, what: &str) -> T {
    timeout(PATIENCE, future)
        .await
        .unwrap_or_else(|_| panic!("waited for {what}"))
}

impl Peer {
    fn connect(url: &str) -> Peer {
        let runtime = Runtime::new().unwrap();
        let dialer = Arc::new(Sockets(url.parse().unwrap()));
        let repo = runtime.block_on(async {
            let repo = Repo::build_tokio().load().await;
            let dialing = repo.dial(BackoffConfig::default(), dialer).unwrap();
            bounded(dialing.established(), "the server to answer join")
                .await
                .unwrap();
            repo
        });
        Peer {
            runtime,
            repo,
            open: BTreeMap::new(),
        }
    }

    fn create(&mut self, text: &str) -> String {
        let mut document = Automerge::new_with_encoding(TextEncoding::Utf16CodeUnit);
        document
            .transact::<_, _, automerge::AutomergeError>(|tx| {
                let object = tx.put_object(ROOT, "text", ObjType::Text)?;
                tx.splice_text(&object, 0, 0, text)
            })
            .unwrap();
        let handle = self.runtime.block_on(self.repo.create(document)).unwrap();
        let id = handle.document_id().to_string();
        self.open.insert(id.clone(), Open::new(handle));
        self.saved(&id);
        id
    }

    /// Waits until the server has everything.
    fn saved(&self, document: &str) {
        let (connected, _) = self.repo.connected_peers();
        let server = connected.first().expect("a connection").id;
        let saved = self.open[document].handle.they_have_our_changes(server);
        self.runtime
            .block_on(bounded(saved, "the server to have what samod wrote"));
    }

    fn find(&mut self, document: &str) {
        let id: DocumentId = document.parse().unwrap();
        let found = self
            .runtime
            .block_on(bounded(self.repo.find(id), "samod to find the document"));
        let handle = found.unwrap().expect("the server has the document");
        self.open.insert(document.to_owned(), Open::new(handle));
    }

    fn text(&self, document: &str) -> String {
        self.open[document]
            .handle
            .with_document(|document| text(document))
    }

    fn splice(&self, document: &str, at: usize, insert: &str) {
        self.open[document].handle.with_document(|document| {
            document
                .transact::<_, _, automerge::AutomergeError>(|tx| {
                    let (_, object) = tx.get(ROOT, "text")?.expect("a text");
                    tx.splice_text(&object, at, 0, insert)
                })
                .unwrap();
        });
        self.saved(document);
    }

    fn await_text(&self, document: &str, expected: &str) {
        let handle = &self.open[document].handle;
        let mut changes = Box::pin(handle.changes());
        self.runtime.block_on(bounded(
            async {
                while handle.with_document(|document| text(document)) != expected {
                    changes.next().await.expect("the document is open");
                }
            },
            "an edit of the stock client to reach samod",
        ));
    }
}

fn text(document: &Automerge) -> String {
    let (_, object) = document.get(ROOT, "text").unwrap().expect("a text");
    document.text(&object).unwrap()
}

/// Does what the script asks for.
fn answer(peer: &mut Peer, request: &Value) -> Value {
    let word = |name: &str| {
        request[name]
            .as_str()
            .unwrap_or_else(|| panic!("{request} has a {name}"))
    };
    match word("what") {
        "create" => return json!({ "document": peer.create(word("text")) }),
        "find" => {
            peer.find(word("document"));
            return json!({ "text": peer.text(word("document")) });
        }
        "splice" => {
            let at = request["at"].as_u64().unwrap() as usize;
            peer.splice(word("document"), at, word("insert"));
        }
        "await text" => peer.await_text(word("document"), word("text")),
        "broadcast" => {
            let cbor = cbor4ii::serde::to_vec(Vec::new(), &json!({ "cursor": 7 })).unwrap();
            peer.open[word("document")].handle.broadcast(cbor);
        }
        "await presence" => {
            let open = peer.open.get_mut(word("document")).expect("an open document");
            let heard = open.presence.next();
            let message = peer
                .runtime
                .block_on(bounded(heard, "the presence of the stock client"));
            return cbor4ii::serde::from_slice(&message.expect("the document is open")).unwrap();
        }
        other => panic!("nobody answers {other}"),
    }
    json!({})
}

#[test]
fn y2_y3_y5_e1_samod_and_the_stock_client_share_documents() {
    let server = TestServer::start(SERVES, Sync::Open);
    let mut peer = Peer::connect(&server.url());
    node::test("samod.test.mjs", &[&server.url()], |request| {
        answer(&mut peer, request)
    });
    peer.runtime.block_on(peer.repo.stop());
}
