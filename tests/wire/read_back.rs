//! The server's frames, read by the stock client's own CBOR library in Node.

use samverk::wire::{self, Notice};
use samverk_shared::ids::DocumentId;
use samverk_tests::node;
use serde_json::{Value, json};

#[test]
fn w1_w2_n3_the_stock_library_reads_every_frame_of_the_server() {
    let document = DocumentId::from_random([7; 16]);
    let hashes = [automerge::ChangeHash([1; 32]), automerge::ChangeHash([2; 32])];
    let (s, c, d) = ("server-1", "kari.å🚒", document.to_string());
    let long = vec![5u8; 70_000];
    let about = |kind: &str, more: Value| {
        let mut frame = json!({ "type": kind, "senderId": s, "targetId": c });
        frame
            .as_object_mut()
            .unwrap()
            .append(&mut more.as_object().unwrap().clone());
        frame
    };
    let notice = |kind: Notice| wire::notice(s, c, 3, kind);
    let pairs = [
        (
            wire::peer(s, c, "0f-store"),
            about(
                "peer",
                json!({ "peerMetadata": { "storageId": "0f-store", "isEphemeral": false },
                        "selectedProtocolVersion": "1" }),
            ),
        ),
        (
            wire::error(s, c, "nei"),
            about("error", json!({ "message": "nei" })),
        ),
        (
            wire::sync(s, c, document, &[1, 2]),
            about("sync", json!({ "documentId": d, "data": "0102" })),
        ),
        (
            wire::sync(s, c, document, &long),
            about("sync", json!({ "documentId": d, "data": "05".repeat(70_000) })),
        ),
        (
            wire::request(s, c, document, &[9]),
            about("request", json!({ "documentId": d, "data": "09" })),
        ),
        (
            wire::doc_unavailable(s, c, &d),
            about("doc-unavailable", json!({ "documentId": d })),
        ),
        (
            wire::ephemeral(s, c, document, "run-1", 1_795_491_958_835, &wire::goodbye()),
            about(
                "ephemeral",
                json!({ "documentId": d, "count": 1_795_491_958_835u64, "sessionId": "run-1",
                        "data": hex(&wire::goodbye()) }),
            ),
        ),
        (wire::goodbye(), json!({ "__presence": { "type": "goodbye" } })),
        (notice(Notice::Catalogue), about("catalogue", json!({ "n": 3 }))),
        (notice(Notice::Rights), about("rights", json!({ "n": 3 }))),
        (
            notice(Notice::View("register")),
            about("view", json!({ "n": 3, "view": "register" })),
        ),
        (notice(Notice::Reload), about("reload", json!({ "n": 3 }))),
        (notice(Notice::People), about("people", json!({ "n": 3 }))),
        (
            wire::refused(s, c, 4, document, &hashes, "closed"),
            about(
                "refused",
                json!({ "n": 4, "documentId": d, "reason": "closed",
                        "hashes": ["01".repeat(32), "02".repeat(32)] }),
            ),
        ),
    ];
    let frames: Vec<String> = pairs.iter().map(|(bytes, _)| hex(bytes)).collect();
    let read = node::run("read-frames.mjs", &frames.join("\n"));
    let read: Vec<Value> = read
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let expected: Vec<&Value> = pairs.iter().map(|(_, expected)| expected).collect();
    assert_eq!(read.iter().collect::<Vec<_>>(), expected);
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
