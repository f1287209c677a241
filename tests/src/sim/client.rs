//! A client of the simulation: holds replicas, edits on and off line, rebases what is refused.

use crate::frames::ServerFrame;
use automerge::sync::{State, SyncDoc};
use automerge::transaction::Transactable;
use automerge::{ActorId, Automerge, Change, ChangeHash, ROOT, ReadDoc, ScalarValue};
use samverk::hub::ConnectionId;
use samverk::wire;
use samverk_shared::access::Grant;
use samverk_shared::document::TEXT_ENCODING;
use samverk_shared::ids::{DocumentId, ParticipantId};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// Who a client is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Writes, with our client.
    Editor,
    /// The same person on another machine.
    SecondDevice,
    /// Writes, with a client that knows nothing of ours.
    Stock,
    /// Our client; its rights change all the time.
    Guest,
    /// Our client without the right to write, whose edits come all the same.
    Viewer,
    /// A stock client without the right to write.
    StockViewer,
    /// An insider who forges.
    Hostile,
}

impl Role {
    /// Who is in each run.
    pub const CAST: [Role; 7] = [
        Role::Editor,
        Role::SecondDevice,
        Role::Stock,
        Role::Guest,
        Role::Viewer,
        Role::StockViewer,
        Role::Hostile,
    ];

    pub(super) fn samverk(self) -> bool {
        !matches!(self, Role::Stock | Role::StockViewer)
    }

    /// What it may when nobody has changed that.
    pub fn grant(self) -> Grant {
        match self {
            Role::Viewer | Role::StockViewer => Grant::Viewer,
            _ => Grant::Editor,
        }
    }

    pub(super) fn comes_and_goes(self) -> bool {
        self == Role::Guest
    }

    pub(super) fn person(self, number: u8) -> u8 {
        if self == Role::SecondDevice { 0 } else { number }
    }
}

/// One client.
pub struct Client {
    number: usize,
    /// Who it is.
    pub role: Role,
    pub(super) participant: ParticipantId,
    pub(super) connection: Option<ConnectionId>,
    pub(super) inbox: VecDeque<ServerFrame>,
    outbox: VecDeque<Vec<u8>>,
    replicas: BTreeMap<usize, Replica>,
    /// Edits that were set aside because they may not be made.
    pub kept: BTreeSet<String>,
    /// Edits the server acknowledged to this client.
    pub acknowledged: BTreeSet<String>,
    /// All edits it ever made.
    pub made: BTreeSet<String>,
    actors: u64,
    salt: u64,
}

/// A client's copy of a subject's document.
struct Replica {
    document: DocumentId,
    automerge: Automerge,
    state: State,
    /// Own edits that are not acknowledged, by change.
    open: BTreeMap<ChangeHash, String>,
    /// Own edits to be made anew on the server's document.
    again: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Claim<'a> {
    r#type: &'a str,
    sender_id: &'a str,
    document_id: String,
    actor: String,
}

impl Client {
    pub(super) fn new(number: usize, role: Role, participant: ParticipantId, salt: u64) -> Client {
        Client {
            number,
            role,
            participant,
            connection: None,
            inbox: VecDeque::new(),
            outbox: VecDeque::new(),
            replicas: BTreeMap::new(),
            kept: BTreeSet::new(),
            acknowledged: BTreeSet::new(),
            made: BTreeSet::new(),
            actors: 0,
            salt,
        }
    }

    pub(super) fn peer_id(&self) -> String {
        format!("{}.{}", self.participant, self.number)
    }

    /// Its copy of a document.
    pub fn document(&self, document: DocumentId) -> Option<&Automerge> {
        self.replicas
            .values()
            .find(|r| r.document == document)
            .map(|r| &r.automerge)
    }

    /// Edits it still holds, made or to be made.
    pub fn holds(&self) -> BTreeSet<String> {
        let mut all = self.kept.clone();
        for replica in self.replicas.values() {
            all.extend(replica.open.values().cloned());
            all.extend(replica.again.iter().cloned());
        }
        all
    }

    pub(super) fn next_frame(&mut self) -> Option<(ConnectionId, Vec<u8>)> {
        Some((self.connection?, self.outbox.pop_front()?))
    }

    pub(super) fn connected(&mut self, connection: ConnectionId, documents: &[DocumentId]) {
        self.connection = Some(connection);
        for (subject, document) in documents.iter().enumerate() {
            self.adopt(subject, *document);
            if let Some(replica) = self.replicas.get_mut(&subject) {
                replica.state = State::new();
            }
            self.ask(subject);
        }
    }

    pub(super) fn disconnected(&mut self) {
        self.connection = None;
        self.inbox.clear();
        self.outbox.clear();
    }

    /// Makes sure that the replica is of the subject's document of today.
    fn adopt(&mut self, subject: usize, document: DocumentId) {
        let again = match self.replicas.remove(&subject) {
            Some(replica) if replica.document == document => {
                return drop(self.replicas.insert(subject, replica));
            }
            Some(replica) => replica.left(),
            None => Vec::new(),
        };
        let replica = self.fresh(document, again);
        self.replicas.insert(subject, replica);
    }

    fn fresh(&mut self, document: DocumentId, again: Vec<String>) -> Replica {
        self.actors += 1;
        let mut actor = [0; 16];
        actor[0] = self.number as u8 + 1;
        actor[1..9].copy_from_slice(&self.salt.to_le_bytes());
        actor[9..16].copy_from_slice(&self.actors.to_le_bytes()[..7]);
        let automerge = Automerge::new_with_encoding(TEXT_ENCODING).with_actor(ActorId::from(actor));
        Replica {
            document,
            automerge,
            state: State::new(),
            open: BTreeMap::new(),
            again,
        }
    }

    fn ask(&mut self, subject: usize) {
        let sender = self.peer_id();
        let Some(replica) = self.replicas.get(&subject) else {
            return;
        };
        if self.role.samverk() && self.role != Role::Hostile {
            let claim = Claim {
                r#type: "claim",
                sender_id: &sender,
                document_id: replica.document.to_string(),
                actor: replica.automerge.get_actor().to_hex_string(),
            };
            let frame = cbor4ii::serde::to_vec(Vec::new(), &claim).expect("a claim is plain text");
            self.outbox.push_back(frame);
        }
        self.say(subject);
    }

    /// Sends what automerge has to say to the server, if anything.
    fn say(&mut self, subject: usize) {
        if self.connection.is_none() {
            return;
        }
        let sender = self.peer_id();
        let Some(replica) = self.replicas.get_mut(&subject) else {
            return;
        };
        let Some(message) = replica.automerge.generate_sync_message(&mut replica.state) else {
            return;
        };
        let asks = replica.automerge.get_heads().is_empty();
        let frame = if asks { wire::request } else { wire::sync };
        self.outbox
            .push_back(frame(&sender, "server", replica.document, &message.encode()).to_vec());
    }

    pub(super) fn edit(&mut self, document: DocumentId, word: u64) {
        let Some((subject, replica)) = self.replicas.iter().find(|(_, r)| r.document == document) else {
            return;
        };
        if replica.automerge.get_heads().is_empty() {
            return;
        }
        let subject = *subject;
        if word % 3 == 1 {
            self.type_letters(subject, word);
            return self.say(subject);
        }
        let token = format!("edit {} {}", self.number, self.made.len());
        self.made.insert(token.clone());
        self.write(subject, token, word);
        self.say(subject);
    }

    /// Plain typing, which the hub stores before automerge applies it.
    fn type_letters(&mut self, subject: usize, word: u64) {
        let Some(replica) = self.replicas.get_mut(&subject) else {
            return;
        };
        let typed = replica.automerge.transact(|tx| {
            if let Some((_, facts)) = tx.get(ROOT, "facts")?
                && let Some((_, name)) = tx.get(&facts, "name")?
            {
                let length = tx.length(&name);
                let at = word as usize % (length + 1);
                tx.splice_text(&name, at, isize::from(at < length), "ør")?;
            }
            Ok::<(), automerge::AutomergeError>(())
        });
        typed.expect("the document has its containers");
    }

    fn write(&mut self, subject: usize, token: String, word: u64) {
        let Some(replica) = self.replicas.get_mut(&subject) else {
            return;
        };
        let written = replica.automerge.transact(|tx| {
            tx.put(ROOT, token.as_str(), ScalarValue::Int(1))?;
            if word.is_multiple_of(3)
                && let Some((_, facts)) = tx.get(ROOT, "facts")?
                && let Some((_, name)) = tx.get(&facts, "name")?
            {
                let at = word as usize % (tx.length(&name) + 1);
                tx.splice_text(&name, at, 0, "å🌱")?;
            }
            Ok::<(), automerge::AutomergeError>(())
        });
        if let Some(hash) = written.expect("the document has its containers").hash {
            replica.open.insert(hash, token);
        }
    }

    pub(super) fn receive(&mut self, frame: &ServerFrame, documents: &[DocumentId], may_write: bool) {
        match frame.kind.as_str() {
            "sync" => self.receive_sync(frame, may_write),
            "refused" => self.rebase(frame, documents),
            "catalogue" => documents.iter().enumerate().for_each(|(subject, document)| {
                let stale = self
                    .replicas
                    .get(&subject)
                    .is_none_or(|r| r.document != *document);
                if stale && self.role.samverk() {
                    self.adopt(subject, *document);
                    self.ask(subject);
                }
            }),
            _ => {}
        }
    }

    fn receive_sync(&mut self, frame: &ServerFrame, may_write: bool) {
        let document = frame.document();
        let Some((subject, replica)) = self.replicas.iter_mut().find(|(_, r)| r.document == document) else {
            return;
        };
        let (subject, message) = (*subject, frame.sync());
        let heads = message.heads.clone();
        if replica
            .automerge
            .receive_sync_message(&mut replica.state, message)
            .is_err()
        {
            // Somebody else's change has this replica's actor and sequence number: it starts anew like a refused one.
            assert!(self.role.samverk(), "the server's changes apply");
            return self.start_anew(subject, document, true);
        }
        let acknowledged = replica.acknowledge(&heads);
        self.acknowledged.extend(acknowledged);
        self.make_again(subject, may_write);
        self.say(subject);
    }

    /// R7: the own difference, as new edits on the server's document where that may be.
    fn make_again(&mut self, subject: usize, may_write: bool) {
        let Some(replica) = self.replicas.get_mut(&subject) else {
            return;
        };
        if replica.automerge.get_heads().is_empty() {
            return;
        }
        for token in std::mem::take(&mut replica.again) {
            if may_write {
                self.write(subject, token, 1);
            } else {
                self.kept.insert(token);
            }
        }
    }

    fn rebase(&mut self, frame: &ServerFrame, documents: &[DocumentId]) {
        let document = frame.document();
        let Some(subject) = self
            .replicas
            .iter()
            .find(|(_, r)| r.document == document)
            .map(|(s, _)| *s)
        else {
            return;
        };
        let may_try = !matches!(
            frame.reason.as_deref(),
            Some("read-only" | "closed" | "limit" | "malformed")
        );
        let target = documents.get(subject).copied().unwrap_or(document);
        self.start_anew(subject, target, may_try);
    }

    fn start_anew(&mut self, subject: usize, target: DocumentId, may_try: bool) {
        let Some(replica) = self.replicas.remove(&subject) else {
            return;
        };
        let left = replica.left();
        let again = if may_try { left } else { self.keep(left) };
        let fresh = self.fresh(target, again);
        self.replicas.insert(subject, fresh);
        self.ask(subject);
    }

    fn keep(&mut self, tokens: Vec<String>) -> Vec<String> {
        self.kept.extend(tokens);
        Vec::new()
    }

    /// What an insider tries: another's actor, bytes that are nothing, half a message.
    pub(super) fn attack(&mut self, document: DocumentId, victims: &[Automerge], word: u64) {
        if self.connection.is_none() {
            return;
        }
        let sender = self.peer_id();
        let Some(victim) = victims.get(word as usize % victims.len().max(1)) else {
            return;
        };
        let data = match word % 5 {
            0 => word.to_le_bytes().to_vec(),
            1 => forged(victim, victim.get_actor().clone()),
            2 => forged(victim, ActorId::from([0xbb; 16])),
            3 => {
                let message = forged(victim, ActorId::from([0xcc; 16]));
                message[..message.len() / 2].to_vec()
            }
            _ => {
                let mut message = forged(victim, ActorId::from([0xdd; 16]));
                let at = word as usize / 5 % message.len();
                message[at] ^= 0x40;
                message
            }
        };
        self.outbox
            .push_back(wire::sync(&sender, "server", document, &data).to_vec());
    }
}

impl Replica {
    /// Own edits the server has not acknowledged, and those that wait to be made.
    fn left(self) -> Vec<String> {
        self.open.into_values().chain(self.again).collect()
    }

    /// The own edits that these heads contain.
    fn acknowledge(&mut self, heads: &[ChangeHash]) -> Vec<String> {
        if heads
            .iter()
            .any(|head| self.automerge.get_change_meta_by_hash(head).is_none())
        {
            return Vec::new();
        }
        let beyond: BTreeSet<ChangeHash> = self
            .automerge
            .get_changes(heads)
            .iter()
            .map(Change::hash)
            .collect();
        let open = std::mem::take(&mut self.open);
        let (open, acknowledged) = open.into_iter().partition(|(hash, _)| beyond.contains(hash));
        self.open = open;
        acknowledged.into_values().collect()
    }
}

/// A sync message with a change by an actor of the attacker's choice, built on somebody's document.
fn forged(victim: &Automerge, actor: ActorId) -> Vec<u8> {
    use automerge::sync::{BloomFilter, Have, Message, MessageVersion};
    let mut document = victim.fork().with_actor(actor);
    let before = document.get_heads();
    let written = document.transact(|tx| tx.put(ROOT, "forged", ScalarValue::Int(1)));
    written.expect("a map takes a value");
    let changes = document
        .get_changes(&before)
        .iter()
        .map(|change| change.raw_bytes().to_vec())
        .collect::<Vec<_>>();
    let message = Message {
        heads: document.get_heads(),
        need: Vec::new(),
        have: vec![Have {
            last_sync: before,
            bloom: BloomFilter::default(),
        }],
        changes: changes.into(),
        flags: None,
        version: MessageVersion::V1,
    };
    message.encode()
}
