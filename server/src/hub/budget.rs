//! Fair shares of a shard: what a person's messages cost is counted, who has spent little goes first, and who is over
//! their share waits while others have something to do. Nothing is refused for it.
//!
//! **Invariant (S2):** an account knows no clock but the time the hub is given.

use super::document::Queued;
use super::{ConnectionId, Hub, Millis, Output, close};
use crate::firewall::{self, SyncMessage};
use samverk_shared::ids::{DocumentId, ParticipantId};
use samverk_shared::limits::{
    BATCH_BYTES_MAX, BURST_COST_MAX, CONNECTION_INBOX_BYTES_MAX, CONNECTION_INBOX_MESSAGES_MAX, CONTENDED_MS,
    DEBT_COST_MAX, FLOOD_MS_MAX, MODEST_COST_MAX, MODEST_COST_PER_MS, MODEST_DEBT_COST_MAX,
    SHARE_COST_PER_MS, TURN_COST_MAX,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

const COST_OF_ORPHAN: u64 = 3;
/// Each reader of a document is sent what is brought to it, and says that it came.
const COST_OF_DELIVERY: u64 = 4;

/// Who pays: a person with all their connections, or in open mode a connection.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Payer {
    Person(ParticipantId),
    Connection(ConnectionId),
}

/// How somebody stands who has a message waiting; the first are served first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// They have spent hardly anything.
    Modest,
    /// They may be served, after the modest.
    Within,
    /// Somebody else has something to do, and they wait until their debt is smaller.
    Over,
}

/// What one turn of a document has taken so far: the messages of its next batch.
pub(super) struct Turn {
    pub taken: Vec<Queued>,
    /// Who stands worse is not served in this turn.
    worst: Standing,
    bytes: usize,
    /// What those who are not modest have been given.
    cost: u64,
}

impl Turn {
    /// The modest do not wait for the commit of others' work; but nobody waits for two of their turns.
    pub fn new(only_modest: bool) -> Turn {
        Turn {
            taken: Vec::new(),
            worst: if only_modest {
                Standing::Modest
            } else {
                Standing::Within
            },
            bytes: 0,
            cost: 0,
        }
    }

    pub fn take(&mut self, queued: Queued, standing: Standing, cost: u64) {
        self.bytes += queued.data.len();
        if standing > Standing::Modest {
            self.cost += cost;
        }
        self.taken.push(queued);
    }

    /// Whether a message may come along.
    fn has_room(&self, next: &Queued) -> bool {
        let Some(last) = self.taken.last() else {
            return true;
        };
        let by_itself = next.alone || last.alone;
        let long = self.bytes + next.data.len() > BATCH_BYTES_MAX;
        !by_itself && !long
    }
}

/// What somebody has spent and not yet been given again.
#[derive(Debug, Default)]
struct Account {
    /// Beyond a share.
    spent: u64,
    /// Beyond what the modest spend.
    beyond_modest: u64,
    /// When both were right.
    at: Millis,
    /// Since when their messages have waited without a break.
    waits_since: Option<Millis>,
}

impl Account {
    fn settle(&mut self, now: Millis) {
        let passed_ms = now.saturating_sub(self.at);
        let given = passed_ms.saturating_mul(SHARE_COST_PER_MS);
        self.spent = self.spent.saturating_sub(given);
        let given = passed_ms.saturating_mul(MODEST_COST_PER_MS);
        self.beyond_modest = self.beyond_modest.saturating_sub(given);
        self.at = now;
    }

    /// What is spent while nobody else has anything to do is remembered for a moment only.
    fn spend(&mut self, cost: u64, contended: bool) {
        let spent = self.spent + cost;
        self.spent = if contended {
            spent
        } else {
            self.spent.max(spent.min(DEBT_COST_MAX))
        };
        self.beyond_modest = (self.beyond_modest + cost).min(MODEST_DEBT_COST_MAX);
    }
}

/// Everybody's accounts.
#[derive(Default)]
pub(super) struct Budget {
    accounts: BTreeMap<Payer, Account>,
    /// Documents that are looked at again when the shard has seen what else has come.
    pub waiting: BTreeSet<DocumentId>,
    /// The last two modest people who were served, and when: shares bind while there is one beside who is to wait.
    modest: [Option<(Payer, Millis)>; 2],
}

impl Budget {
    fn standing(&mut self, payer: &Payer, now: Millis) -> Standing {
        let Some(account) = self.accounts.get_mut(payer) else {
            return Standing::Modest;
        };
        account.settle(now);
        let spent = account.spent;
        if account.beyond_modest <= MODEST_COST_MAX {
            Standing::Modest
        } else if spent <= BURST_COST_MAX || !self.is_contended(payer, now) {
            Standing::Within
        } else {
            Standing::Over
        }
    }

    /// Whether somebody modest has something to do beside this payer.
    fn is_contended(&self, payer: &Payer, now: Millis) -> bool {
        let recent = |at: Millis| now.saturating_sub(at) < CONTENDED_MS;
        let mut modest = self.modest.iter().flatten();
        modest.any(|(other, at)| other != payer && recent(*at))
    }

    fn spend(&mut self, payer: Payer, cost: u64, now: Millis) {
        let modest = self.standing(&payer, now) == Standing::Modest;
        let contended = self.is_contended(&payer, now);
        if modest {
            self.note_modest(&payer, now);
        }
        let account = self.accounts.entry(payer).or_default();
        account.settle(now);
        account.spend(cost, contended);
    }

    fn note_modest(&mut self, payer: &Payer, now: Millis) {
        if let [Some((last, at)), _] = &mut self.modest
            && last == payer
        {
            *at = now;
            return;
        }
        self.modest.swap(0, 1);
        self.modest[0] = Some((payer.clone(), now));
    }
}

/// The room a message takes while it waits, in bytes: many short ones are as much work as a long one.
pub fn room_of(bytes: usize) -> usize {
    const LEAST: usize = CONNECTION_INBOX_BYTES_MAX / CONNECTION_INBOX_MESSAGES_MAX;
    bytes.clamp(LEAST, CONNECTION_INBOX_BYTES_MAX)
}

/// The room of a connection's messages that wait in queues; one that is taken out is no longer counted.
#[derive(Debug)]
pub(super) struct Waits {
    bytes: usize,
    of_connection: Arc<AtomicUsize>,
}

impl Waits {
    pub fn of(connection: &Arc<AtomicUsize>, bytes: usize) -> Waits {
        let bytes = room_of(bytes);
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

    /// The room a connection's messages take that wait for their turn, in bytes.
    pub fn room_taken(&self, connection: ConnectionId) -> usize {
        let connection = self.connections.get(&connection);
        connection.map_or(0, |connection| connection.waiting_bytes.load(Ordering::Relaxed))
    }

    /// Documents that waited are looked at again.
    pub(super) fn wake(&mut self) {
        self.ready.append(&mut self.budget.waiting);
    }

    /// Whether somebody modest has something to do beside whoever is at the other end.
    fn others_wait(&self, connection: ConnectionId, now: Millis) -> bool {
        let payer = payer(&self.connections, connection);
        payer.is_some_and(|payer| self.budget.is_contended(&payer, now))
    }

    /// Whether the shard should see what else has come before the turn after this one.
    pub(super) fn gives_way(&self, turn: &Turn, now: Millis) -> bool {
        let last = turn.taken.last();
        turn.cost > 0 && last.is_some_and(|last| self.others_wait(last.connection, now))
    }

    /// Begins a turn: the queue is put in the order in which it is to be served; what one person sent stays in its order.
    pub(super) fn next_turn(&mut self, id: DocumentId, now: Millis) -> Turn {
        let Some(document) = self.documents.get_mut(&id) else {
            return Turn::new(false);
        };
        let mut standings: BTreeMap<ConnectionId, Standing> = BTreeMap::new();
        for queued in &document.queue {
            standings.entry(queued.connection).or_insert_with(|| {
                let payer = payer(&self.connections, queued.connection);
                payer.map_or(Standing::Modest, |payer| self.budget.standing(&payer, now))
            });
        }
        let queue = document.queue.make_contiguous();
        queue.sort_by_key(|queued| standings.get(&queued.connection).copied());
        let modest = standings.values().any(|standing| *standing == Standing::Modest);
        let others = standings.values().any(|standing| *standing == Standing::Within);
        let only_modest = modest && others && !document.was_only_modest;
        document.was_only_modest = only_modest;
        Turn::new(only_modest)
    }

    /// Whether a message waits that may be served now; if not, the document is looked at again soon.
    pub(super) fn may_go_on(&mut self, id: DocumentId, now: Millis) -> bool {
        if self.first_affordable(id, Standing::Within, now).is_some() {
            return true;
        }
        if self
            .documents
            .get(&id)
            .is_some_and(|document| !document.queue.is_empty())
        {
            self.budget.waiting.insert(id);
        }
        false
    }

    /// The place in a document's queue of the first message whose sender stands well enough.
    fn first_affordable(
        &mut self,
        id: DocumentId,
        worst: Standing,
        now: Millis,
    ) -> Option<(usize, Standing)> {
        let document = self.documents.get(&id)?;
        let mut worse: BTreeSet<ConnectionId> = BTreeSet::new();
        for (place, queued) in document.queue.iter().enumerate() {
            if worse.contains(&queued.connection) {
                continue;
            }
            let payer = payer(&self.connections, queued.connection);
            let standing = payer.map_or(Standing::Modest, |payer| self.budget.standing(&payer, now));
            if standing <= worst {
                return Some((place, standing));
            }
            worse.insert(queued.connection);
        }
        None
    }

    /// The next message of a turn, taken from its document's queue and paid for.
    pub(super) fn next_queued(
        &mut self,
        id: DocumentId,
        turn: &Turn,
        now: Millis,
    ) -> Option<(Queued, Standing, u64)> {
        let (mut place, mut standing) = self.first_affordable(id, turn.worst, now)?;
        if standing > Standing::Modest && turn.cost >= TURN_COST_MAX {
            let sender = self.documents.get(&id)?.queue.get(place)?.connection;
            if self.others_wait(sender, now) {
                (place, standing) = self.first_affordable(id, Standing::Modest, now)?;
            }
        }
        if !turn.has_room(self.documents.get(&id)?.queue.get(place)?) {
            return None;
        }
        let queued = self.documents.get_mut(&id)?.queue.remove(place)?;
        let cost = self.charge(id, &queued, now);
        Some((queued, standing, cost))
    }

    /// Counts a message that is about to be taken, and returns what it costs.
    pub(super) fn charge(&mut self, id: DocumentId, queued: &Queued, now: Millis) -> u64 {
        let cost = self.cost(id, queued);
        if cost > 0
            && let Some(payer) = payer(&self.connections, queued.connection)
        {
            self.budget.spend(payer, cost, now);
        }
        cost
    }

    /// What a message costs. One that only says that its sender is up to date is free.
    fn cost(&self, id: DocumentId, queued: &Queued) -> u64 {
        let (Ok(message), Some(document)) = (SyncMessage::parse(&queued.data), self.documents.get(&id))
        else {
            return 0;
        };
        let asks = document.is_asked(queued.connection, &message);
        if !asks && message.chunks.is_empty() && message.need.is_empty() {
            return 0;
        }
        let mut cost = firewall::cost(&message);
        if asks {
            cost += document.cost_of_question();
        }
        if let Some(connection) = self.connections.get(&queued.connection) {
            // What waits for its dependencies is judged again with each message.
            cost += COST_OF_ORPHAN * connection.orphans.waiting(id) as u64;
        }
        let chunks = message.chunks.len() as u64;
        let readers = document.peers.len() as u64;
        if chunks > 0 {
            cost += readers * (COST_OF_DELIVERY + chunks);
        }
        cost
    }

    /// Forgets accounts that are even, and ends the connections of who has flooded the shard for a long time.
    pub(super) fn tend_accounts(&mut self, now: Millis, out: &mut Vec<Output>) {
        let queued = self.documents.values().flat_map(|document| &document.queue);
        let senders: BTreeSet<ConnectionId> = queued.map(|queued| queued.connection).collect();
        let payers: BTreeSet<Payer> = senders
            .iter()
            .filter_map(|id| payer(&self.connections, *id))
            .filter(|payer| self.budget.standing(payer, now) > Standing::Modest)
            .collect();
        let mut floods = BTreeSet::new();
        self.budget.accounts.retain(|payer, account| {
            account.settle(now);
            if !payers.contains(payer) {
                account.waits_since = None;
                return account.spent > 0 || account.beyond_modest > 0;
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
