//! Every attack through a real server over a real socket. What an attack costs the server is read from its process,
//! not from the clock on the wall.

use crate::attacks::{self, Attack, End, Target};
use crate::peer::Peer;
use automerge::transaction::Transactable;
use automerge::{AutomergeError, ObjType, ROOT};
use samverk_shared::ids::DocumentId;
use samverk_tests::server::{Sync, TestServer, serve_if_asked};
use tokio::time::Instant;

/// Far more than any of them costs with unoptimised code, and a fraction of what each would cost unchecked.
const CPU_MS_MAX: u64 = 1_000;
/// For all of them, one after the other.
const MEMORY_BYTES_MAX: u64 = 256 * 1024 * 1024;

#[test]
fn serves() {
    serve_if_asked();
}

#[tokio::test]
async fn f1_w5_every_attack_of_the_corpus_ends_with_its_connection_and_disturbs_nobody() {
    let server = TestServer::start("corpus::serves", Sync::Open);
    let (url, document) = (server.url(), DocumentId::from_random([5; 16]));
    let mut kari = Peer::join(&url, "kari", [1; 16], document).await;
    let target = furnish(&mut kari);
    kari.until_saved().await;
    let mut ola = Peer::join(&url, "ola", [2; 16], document).await;
    ola.until_saved().await;
    let doc = kari.doc.clone();
    let attacks = attacks::all(&Target {
        doc: &doc,
        map: target[0].clone(),
        list: target[1].clone(),
        text: target[2].clone(),
    });
    let memory = server.memory_bytes_max();
    println!("| attack | bytes | ends | processor ms | answer ms |\n|---|---|---|---|---|");
    for (n, attack) in attacks.iter().enumerate() {
        let (cpu, from) = (server.cpu_ms(), Instant::now());
        let mut mallory = Peer::join(&url, &format!("mallory-{n}"), [0xee; 16], document).await;
        mallory.send(&attack.message).await;
        let end = end(&mut mallory, attack).await;
        let (cost, waited) = (server.cpu_ms() - cpu, from.elapsed());
        println!(
            "| {} | {} | {end:?} | {cost} | {} |",
            attack.name,
            attack.message.len(),
            waited.as_millis()
        );
        assert_eq!(end, attack.end, "{}", attack.name);
        assert!(cost < CPU_MS_MAX, "{} cost {cost} ms", attack.name);
        kari.write(&format!("after {n}"));
        kari.until_saved().await;
        ola.until_has(&kari.doc.get_heads()).await;
        recovers(&url, n, document, &mut kari).await;
    }
    let grown = server.memory_bytes_max() - memory;
    assert!(
        grown < MEMORY_BYTES_MAX,
        "the server's memory grew by {grown} bytes"
    );
}

/// What somebody does whose change was refused: takes the server's document, and does again what they did.
async fn recovers(url: &str, n: usize, document: DocumentId, kari: &mut Peer) {
    let mut actor = [0; 16];
    actor[..8].copy_from_slice(&(n as u64 + 1_000).to_le_bytes());
    let mut again = Peer::join(url, &format!("again-{n}"), actor, document).await;
    again.until_saved().await;
    again.write(&format!("again {n}"));
    again.until_saved().await;
    kari.until_has(&again.doc.get_heads()).await;
}

/// The objects attacks are about.
fn furnish(kari: &mut Peer) -> [automerge::ObjId; 3] {
    let made = kari.doc.transact::<_, _, AutomergeError>(|tx| {
        let map = tx.put_object(ROOT, "map", ObjType::Map)?;
        let list = tx.put_object(ROOT, "list", ObjType::List)?;
        let text = tx.put_object(ROOT, "text", ObjType::Text)?;
        tx.put(&map, "key", "value")?;
        tx.insert(&list, 0, 1)?;
        tx.splice_text(&text, 0, 0, "En tekst som noen har skrevet")?;
        Ok([map, list, text])
    });
    made.unwrap().result
}

async fn end(mallory: &mut Peer, attack: &Attack) -> End {
    let mut refused = None;
    loop {
        match mallory.hear().await {
            Err(code) => {
                assert_eq!(code, Some(1008), "{}", attack.name);
                return End::Closed;
            }
            Ok(frame) if frame.kind == "refused" => {
                assert!(
                    !frame.refused().is_empty(),
                    "{}: it is refused by name",
                    attack.name
                );
                let reason = frame.reason.unwrap();
                if attack.end != End::Closed {
                    return End::Refused(if reason == "limit" { "limit" } else { "malformed" });
                }
                refused = Some(reason);
            }
            Ok(frame) if frame.kind == "sync" && attack.end == End::Answered && refused.is_none() => {
                return End::Answered;
            }
            Ok(_) => {}
        }
    }
}
