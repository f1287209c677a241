//! What the server has after a restart, against what it had told its clients.

use crate::client::read_afresh;
use crate::writer::Writer;
use automerge::{ROOT, ReadDoc};
use samverk_shared::ids::DocumentId;
use std::collections::BTreeSet;
use std::net::SocketAddr;

/// What counts as promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Promise {
    /// What the server acknowledged.
    Acknowledged,
    /// What a client sent: more than was ever promised, so a judge that takes it must find losses.
    Sent,
}

impl Promise {
    /// The edits of these writers that the server owes.
    pub fn of(self, writers: &[Writer]) -> BTreeSet<String> {
        let edits = writers.iter().map(|writer| match self {
            Promise::Acknowledged => &writer.acknowledged,
            Promise::Sent => &writer.sent,
        });
        edits.flatten().cloned().collect()
    }
}

/// The owed edits that the server does not have. To be asked before any writer comes back and brings them again.
pub async fn lost(addr: SocketAddr, document: DocumentId, owed: &BTreeSet<String>) -> BTreeSet<String> {
    let found = read_afresh(addr, document).await;
    let words: BTreeSet<String> = found.keys(ROOT).collect();
    owed.difference(&words).cloned().collect()
}
