//! Fair shares of a shard: what a person's messages cost is counted, and who is over their share waits while others
//! go first. Nothing is refused for it.
//!
//! **Invariant (S2):** an account knows no clock but the time the hub is given.

use super::document::Queued;
use super::{ConnectionId, Hub, Millis, Output, close};
use crate::firewall::{self, SyncMessage};
use samverk_shared::ids::{DocumentId, ParticipantId};
use samverk_shared::limits::{BURST_COST_MAX, FLOOD_MS_MAX, SHARE_COST_PER_MS};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

const COST_OF_ORPHAN: u64 = 3;

/// Who pays: a person with all their connections, or in open mode a connection.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Payer {
    Person(ParticipantId),
    Connection(ConnectionId),
}

/// What somebody has spent and not yet been given again.
#[derive(Debug, Default)]
struct Account {
    spent: u64,
    /// When `spent` was right.
    at: Millis,
    /// Since when their messages have waited without a break.
    waits_since: Option<Millis>,
}

impl Account {
    fn settle(&mut self, now: Millis) {
        let given = now.saturating_sub(self.at).saturating_mul(SHARE_COST_PER_MS);
        self.spent = self.spent.saturating_sub(given);
        self.at = now;
    }
}

/// Everybody's accounts.
#[derive(Default)]
pub(super) struct Budget {
    accounts: BTreeMap<Payer, Account>,
    /// Documents whose queues hold only messages of people who are over their share.
    waiting: BTreeSet<DocumentId>,
}

/// Bytes of a connection's messages that wait in queues; one that is taken out is no longer counted.
#[derive(Debug)]
pub(super) struct Waits {
    bytes: usize,
    of_connection: Arc<AtomicUsize>,
}

impl Waits {
    pub fn of(connection: &Arc<AtomicUsize>, bytes: usize) -> Waits {
        connection.fetch_add(bytes, Ordering::Relaxed);
        Waits {
            bytes,
            of_connection: connection.clone(),
        }
    }
}

impl Drop for Waits {
    fn drop(&mut self) {
        self.of_connection.fetch_sub(self.bytes, Ordering::Relaxed);
    }
}

impl Hub {
    /// Whether messages wait that will have their turn without anything else happening.
    pub fn work_waits(&self) -> bool {
        !self.budget.waiting.is_empty()
    }

    /// Bytes of a connection's messages that wait for their turn.
    pub fn bytes_waiting(&self, connection: ConnectionId) -> usize {
        let connection = self.connections.get(&connection);
        connection.map_or(0, |connection| connection.waiting_bytes.load(Ordering::Relaxed))
    }

    /// Documents that waited are looked at again.
    pub(super) fn wake(&mut self) {
        self.ready.append(&mut self.budget.waiting);
    }

    /// The place in a document's queue of the first message whose sender is within their share.
    pub(super) fn first_affordable(&mut self, id: DocumentId, now: Millis) -> Option<usize> {
        let document = self.documents.get(&id)?;
        let mut over: BTreeSet<ConnectionId> = BTreeSet::new();
        for (place, queued) in document.queue.iter().enumerate() {
            if over.contains(&queued.connection) {
                continue;
            }
            let account = payer(&self.connections, queued.connection)
                .and_then(|payer| self.budget.accounts.get_mut(&payer));
            let Some(account) = account else {
                return Some(place);
            };
            account.settle(now);
            if account.spent <= BURST_COST_MAX {
                return Some(place);
            }
            over.insert(queued.connection);
        }
        if !document.queue.is_empty() {
            self.budget.waiting.insert(id);
        }
        None
    }

    /// Counts a message that is about to be taken. One that only says that its sender is up to date is free.
    pub(super) fn charge(&mut self, id: DocumentId, queued: &Queued, now: Millis) {
        let Ok(message) = SyncMessage::parse(&queued.data) else {
            return;
        };
        let Some(document) = self.documents.get(&id) else {
            return;
        };
        let asks = document.is_asked(queued.connection, &message);
        if !asks && message.chunks.is_empty() && message.need.is_empty() {
            return;
        }
        let mut cost = firewall::cost(&message);
        if asks {
            cost += document.cost_of_question();
        }
        if let Some(connection) = self.connections.get(&queued.connection) {
            // What waits for its dependencies is judged again with each message.
            cost += COST_OF_ORPHAN * connection.orphans.waiting(id) as u64;
        }
        let Some(payer) = payer(&self.connections, queued.connection) else {
            return;
        };
        let account = self.budget.accounts.entry(payer).or_default();
        account.settle(now);
        account.spent += cost;
    }

    /// Forgets accounts that are even, and ends the connections of who has flooded the shard for a long time.
    pub(super) fn tend_accounts(&mut self, now: Millis, out: &mut Vec<Output>) {
        let waiting = self.budget.waiting.iter().filter_map(|id| self.documents.get(id));
        let queued = waiting.flat_map(|document| &document.queue);
        let senders: BTreeSet<ConnectionId> = queued.map(|queued| queued.connection).collect();
        let payers: BTreeSet<Payer> = senders
            .iter()
            .filter_map(|id| payer(&self.connections, *id))
            .collect();
        let mut floods = BTreeSet::new();
        self.budget.accounts.retain(|payer, account| {
            account.settle(now);
            if !payers.contains(payer) {
                account.waits_since = None;
                return account.spent > 0;
            }
            let since = *account.waits_since.get_or_insert(now);
            if now.saturating_sub(since) > FLOOD_MS_MAX {
                floods.insert(payer.clone());
            }
            true
        });
        for id in senders {
            if payer(&self.connections, id).is_some_and(|payer| floods.contains(&payer)) {
                self.count("floods_ended");
                tracing::warn!(
                    connection = id.0,
                    "a peer has sent more than its share for too long"
                );
                self.end(id, close::POLICY, "it sends more than can be worked through", out);
            }
        }
    }
}

fn payer(
    connections: &BTreeMap<ConnectionId, super::connection::Connection>,
    id: ConnectionId,
) -> Option<Payer> {
    let connection = connections.get(&id)?;
    Some(match &connection.hello.participant {
        Some(participant) => Payer::Person(participant.clone()),
        None => Payer::Connection(id),
    })
}
