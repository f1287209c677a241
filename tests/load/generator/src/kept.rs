//! What the server has kept, as a client with a real document sees it.

use crate::automerge::sync_document;
use crate::crowd::Crowd;
use crate::target::{Document, Known, Target};
use crate::world::{EditIndex, World};
use crate::yjs;
use ::automerge::{Automerge, ChangeHash};
use anyhow::Result;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::Duration;

/// How many documents of a run are looked at.
const DOCUMENTS_MAX: usize = 50;
pub const PATIENCE: Duration = Duration::from_secs(30);

/// The edits made here that the server has of a document.
pub async fn on_server(
    target: &Target,
    world: &World,
    document: &Document,
    patience: Duration,
) -> Result<BTreeSet<EditIndex>> {
    let url = target.url(&document.id).await?;
    match &document.known {
        Known::Automerge(_) => {
            let mut copy = Automerge::new();
            sync_document(&url, &document.id, &mut copy, None, patience).await?;
            let edits = world.edits.borrow();
            Ok(copy
                .get_changes(&[])
                .iter()
                .filter_map(|change| edits.find(&change.hash().0))
                .collect())
        }
        Known::Yjs(_) => {
            let clients: Vec<u64> = world.edits.borrow().by_client.keys().copied().collect();
            let clocks =
                yjs::clocks_on_server(target.dialect, &url, &document.id, &clients, patience).await?;
            let edits = world.edits.borrow();
            let kept = |(client, clock): (&u64, usize)| {
                edits.by_client[client]
                    .iter()
                    .take(clock)
                    .copied()
                    .collect::<Vec<_>>()
            };
            Ok(clients.iter().zip(clocks).flat_map(kept).collect())
        }
        Known::Nothing => Ok(BTreeSet::new()),
    }
}

/// Adds to a report whether what was acknowledged, and what everybody has seen, is on the server.
pub async fn check(target: &Target, crowd: &Crowd, report: &mut Value) -> Result<()> {
    if matches!(
        crowd.documents.first().map(|document| &document.known),
        None | Some(Known::Nothing)
    ) {
        return Ok(());
    }
    let acknowledged: BTreeSet<EditIndex> = crowd
        .received
        .iter()
        .flat_map(|received| received.borrow().acknowledged.clone())
        .collect();
    let mut missing = 0;
    for document in crowd.documents.iter().take(DOCUMENTS_MAX) {
        let kept = on_server(target, &crowd.world, document, PATIENCE).await?;
        let edits = crowd.world.edits.borrow();
        let of_document = |edit: &&EditIndex| edits.all[**edit as usize].document == document.number;
        missing += acknowledged
            .iter()
            .filter(of_document)
            .filter(|edit| !kept.contains(edit))
            .count();
    }
    report["acked"] = json!(acknowledged.len());
    report["acked_missing"] = json!(missing);
    Ok(())
}

/// The hash of the last edit made here.
pub fn last_hash(world: &World) -> Option<ChangeHash> {
    world.edits.borrow().all.last().map(|edit| ChangeHash(edit.hash))
}
