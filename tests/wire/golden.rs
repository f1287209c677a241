//! The frames of the stock client, as its own libraries read them (`frames/manifest.json`).

use samverk::firewall::SyncMessage;
use samverk::wire::{ClientFrame, Join, decode};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// A recorded frame and what is known of it.
pub struct Golden {
    pub file: String,
    pub bytes: Vec<u8>,
    pub frame: Value,
    /// The `data` of the frame, as hex.
    pub data: Option<String>,
    /// What Automerge reads in `data`.
    pub sync: Option<Value>,
}

pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("wire/frames")
}

/// All recorded frames.
pub fn all() -> Vec<Golden> {
    let manifest = std::fs::read(folder().join("manifest.json")).unwrap();
    let entries: Vec<Value> = serde_json::from_slice(&manifest).unwrap();
    let golden = entries.into_iter().map(|entry| {
        let file = entry["file"].as_str().unwrap().to_owned();
        Golden {
            bytes: std::fs::read(folder().join(&file)).unwrap(),
            frame: entry["frame"].clone(),
            data: entry["data"].as_str().map(str::to_owned),
            sync: entry.get("sync").cloned(),
            file,
        }
    });
    golden.collect()
}

/// The sync messages of the recorded frames.
pub fn sync_messages() -> Vec<(Golden, Vec<u8>)> {
    let with_data = all().into_iter().filter(|golden| golden.sync.is_some());
    let messages = with_data.map(|golden| match decode(&golden.bytes) {
        Ok(ClientFrame::Sync { data, .. }) => (golden, data.to_vec()),
        other => panic!("{}: {other:?}", golden.file),
    });
    messages.collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn field<'a>(golden: &'a Golden, name: &str) -> &'a str {
    golden.frame[name]
        .as_str()
        .unwrap_or_else(|| panic!("{} has a {name}", golden.file))
}

/// Panics where the frame reads differently from the manifest.
fn compare(golden: &Golden) {
    let read = decode(&golden.bytes).unwrap_or_else(|error| panic!("{}: {error}", golden.file));
    match (field(golden, "type"), read) {
        ("join", read) => {
            let sender_id = field(golden, "senderId").to_owned();
            let join = Join {
                sender_id,
                version_1: true,
                samverk: false,
                schema: 0,
            };
            assert_eq!(read, ClientFrame::Join(join));
        }
        (
            kind @ ("sync" | "request"),
            ClientFrame::Sync {
                document,
                document_text,
                data,
                request,
            },
        ) => {
            assert_eq!(document_text, field(golden, "documentId"));
            assert_eq!(document.unwrap().to_string(), document_text);
            assert_eq!(Some(hex(&data)), golden.data);
            assert_eq!(request, kind == "request");
        }
        (
            "ephemeral",
            ClientFrame::Ephemeral {
                document,
                sender_id,
                count,
                session_id,
                data,
            },
        ) => {
            assert_eq!(document.unwrap().to_string(), field(golden, "documentId"));
            assert_eq!(sender_id, field(golden, "senderId"));
            assert_eq!(count, golden.frame["count"]);
            assert_eq!(session_id, field(golden, "sessionId"));
            assert_eq!(Some(hex(&data)), golden.data);
        }
        ("doc-unavailable" | "remote-subscription-change" | "remote-heads-changed", ClientFrame::Ignored) => {
        }
        (_, read) => panic!("{}: {read:?}", golden.file),
    }
}

#[test]
fn w1_w6_each_frame_of_the_stock_client_is_read_as_its_own_libraries_read_it() {
    let golden = all();
    golden.iter().for_each(compare);
    let kinds = [
        "join",
        "sync",
        "request",
        "ephemeral",
        "doc-unavailable",
        "remote-subscription-change",
    ];
    for kind in kinds {
        assert!(
            golden.iter().any(|g| g.frame["type"] == kind),
            "a {kind} was recorded"
        );
    }
}

#[test]
fn w1_each_sync_message_of_the_stock_client_is_read_as_automerge_reads_it() {
    for (golden, message) in sync_messages() {
        let read = SyncMessage::parse(&message).unwrap_or_else(|error| panic!("{}: {error}", golden.file));
        let hashes =
            |hashes: &[automerge::ChangeHash]| hashes.iter().map(ToString::to_string).collect::<Vec<_>>();
        let expected = golden.sync.unwrap();
        assert_eq!(
            serde_json::json!(hashes(&read.heads)),
            expected["heads"],
            "{}",
            golden.file
        );
        assert_eq!(
            serde_json::json!(hashes(&read.need)),
            expected["need"],
            "{}",
            golden.file
        );
        assert_eq!(
            serde_json::json!(hashes(&read.last_sync)),
            expected["last_sync"],
            "{}",
            golden.file
        );
        assert_eq!(read.chunks.len(), expected["chunks"], "{}", golden.file);
        assert!(!read.read_only, "{}", golden.file);
    }
}
