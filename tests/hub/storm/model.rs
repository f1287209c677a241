//! What may happen: the rows as they were last written, the sentences people say of rights, and who brought what.
//!
//! It knows nothing of how the hub keeps these things; it is told each message before the hub is, and each output.

use automerge::ChangeHash;
use samverk::firewall::read_changes;
use samverk::hub::rows::{self, CatalogueRow, DocumentRow, ParticipantRow};
use samverk::hub::{ConnectionId, Output};
use samverk::store::{MemoryStore, Record, Records, Table, Transaction, Write};
use samverk::wire;
use samverk_shared::access::{Action, Denial, Grants};
use samverk_shared::ids::{DocumentId, ParticipantId, WorkshopId};
use samverk_tests::frames::ServerFrame;
use samverk_tests::sentences::said;
use std::collections::{BTreeMap, BTreeSet};

/// Who is at the other end of a connection.
#[derive(Debug, Clone)]
pub struct Who {
    pub workshop: WorkshopId,
    pub participant: ParticipantId,
}

/// The model.
#[derive(Default)]
pub struct Model {
    catalogue: BTreeMap<String, CatalogueRow>,
    places: BTreeMap<DocumentId, DocumentRow>,
    grants: BTreeMap<String, Grants>,
    open: BTreeSet<ConnectionId>,
    /// Every connection there has ever been.
    who: BTreeMap<ConnectionId, Who>,
    /// Which connection a peer id belonged to last.
    peers: BTreeMap<String, ConnectionId>,
    brought: BTreeMap<(DocumentId, ChangeHash), BTreeSet<ConnectionId>>,
    durable: BTreeMap<DocumentId, BTreeSet<ChangeHash>>,
    /// What went wrong.
    pub broken: Vec<String>,
    /// How often what happened.
    pub seen: BTreeMap<String, u64>,
}

impl Model {
    /// What the store says when a server starts; connections are gone.
    pub fn reload(&mut self, store: &MemoryStore) {
        self.catalogue = all(store, Table::Catalogue);
        let grants = all::<ParticipantRow>(store, Table::Participants);
        self.grants = grants.into_iter().map(|(key, row)| (key, row.grants)).collect();
        let places = all::<DocumentRow>(store, Table::Documents).into_iter();
        self.places = places
            .map(|(key, row)| (key.parse().expect("a document id"), row))
            .collect();
        self.open.clear();
    }

    pub fn connects(&mut self, connection: ConnectionId, who: Who, peer: &str) {
        self.open.insert(connection);
        self.who.insert(connection, who);
        self.peers.insert(peer.to_owned(), connection);
    }

    pub fn disconnects(&mut self, connection: ConnectionId) {
        self.open.remove(&connection);
    }

    /// A message with this change is about to be given to the hub.
    pub fn brings(&mut self, connection: ConnectionId, document: DocumentId, change: ChangeHash) {
        self.brought
            .entry((document, change))
            .or_default()
            .insert(connection);
    }

    pub fn may(&self, connection: ConnectionId, document: DocumentId, action: Action) -> Result<(), Denial> {
        let who = &self.who[&connection];
        let place = self
            .places
            .get(&document)
            .filter(|place| place.workshop == who.workshop);
        let row = place.and_then(|place| self.catalogue.get(&key(&who.workshop, place.subject.as_str())));
        let Some(row) = row else {
            return Err(Denial::Hidden);
        };
        let grants = self.grants_of(who);
        said(grants, row.relation(&who.participant), row.facts(), action)
    }

    pub fn grants_of(&self, who: &Who) -> Grants {
        let found = self.grants.get(&key(&who.workshop, who.participant.as_str()));
        found.copied().unwrap_or_default()
    }

    fn count(&mut self, what: impl Into<String>) {
        *self.seen.entry(what.into()).or_default() += 1;
    }

    fn wrong(&mut self, what: String) {
        self.broken.push(what);
    }
}

/// Judging what the hub put out.
impl Model {
    /// Looks at everything that came of one input: first at what was decided, then at who is told.
    pub fn judge(&mut self, outputs: &[Output]) {
        for output in outputs {
            if let Output::Commit(_, transaction) = output {
                self.learn_rows(transaction);
            }
        }
        for output in outputs {
            match output {
                Output::Commit(_, transaction) => self.judge_appends(transaction),
                Output::Send {
                    connection, frame, ..
                } => self.judge_frame(*connection, frame),
                Output::Tell { to, document, news } => {
                    self.judge_heads(*document, &news.heads);
                    for connection in to {
                        self.count("news");
                        self.judge_content(*connection, *document, "news");
                    }
                }
                Output::Close { connection, .. } => drop(self.open.remove(connection)),
                _ => {}
            }
        }
    }

    fn learn_rows(&mut self, transaction: &Transaction) {
        for write in transaction {
            let Write::Put {
                table, key, value, ..
            } = write
            else {
                continue;
            };
            match table {
                Table::Catalogue => drop(self.catalogue.insert(key.clone(), row(value))),
                Table::Participants => {
                    let row: ParticipantRow = row(value);
                    self.grants.insert(key.clone(), row.grants);
                }
                Table::Documents => {
                    let document = key.parse().expect("a document id");
                    self.places.insert(document, row(value));
                }
                _ => {}
            }
        }
    }

    /// Nothing is stored but what a command makes, and what somebody brought who may write at this moment.
    fn judge_appends(&mut self, transaction: &Transaction) {
        let mut born = BTreeSet::new();
        for write in transaction {
            if let Write::Put { table, key, .. } = write
                && *table == Table::Documents
            {
                born.insert(key.as_str());
            }
        }
        for write in transaction {
            let Write::Append { document, bytes, .. } = write else {
                continue;
            };
            if born.contains(document.to_string().as_str()) {
                continue;
            }
            for change in read_changes(&[bytes]).expect("only well-formed changes are stored") {
                self.count("stored");
                let from = self.brought.get(&(*document, change.hash())).cloned();
                let from = from.unwrap_or_default();
                let may = |one: &ConnectionId| self.may(*one, *document, Action::Write).is_ok();
                if !from.iter().any(may) {
                    self.wrong(format!("stored in {document}, and {from:?} may not write"));
                }
            }
        }
    }

    /// A transaction is on the disk.
    pub fn is_durable(&mut self, transaction: &Transaction) {
        for write in transaction {
            if let Write::Append { document, bytes, .. } = write {
                let changes = read_changes(&[bytes]).expect("only well-formed changes are stored");
                let durable = self.durable.entry(*document).or_default();
                durable.extend(changes.iter().map(automerge::Change::hash));
            }
        }
    }

    fn judge_frame(&mut self, to: ConnectionId, bytes: &[u8]) {
        if !self.open.contains(&to) {
            return self.wrong(format!("a frame for {to:?}, which is gone"));
        }
        let frame = ServerFrame::read(bytes);
        match frame.kind.as_str() {
            "sync" => {
                let (document, message) = (frame.document(), frame.sync());
                self.judge_heads(document, &message.heads);
                self.count(if message.changes.is_empty() {
                    "answers"
                } else {
                    "content"
                });
                self.judge_content(to, document, "content");
            }
            "refused" => {
                let reason = frame.reason.clone().unwrap_or_default();
                self.count(format!("refused {reason}"));
                self.judge_content(to, frame.document(), "a refusal");
            }
            "ephemeral" => self.judge_presence(to, &frame),
            "doc-unavailable" if frame.document_id.as_deref() == Some("nowhere") => {}
            "doc-unavailable" => {
                self.count("doc-unavailable");
                let document = frame.document();
                let replaced = self.places.get(&document).is_none_or(|place| place.replaced);
                if !replaced && self.may(to, document, Action::Read).is_ok() {
                    self.wrong(format!("{document} is withheld from {to:?}, who may read it"));
                }
            }
            "peer" | "error" => {}
            _ => {
                self.count("notices");
                if frame.document_id.is_some() || frame.n.is_none() {
                    self.wrong(format!("a {} that names a document", frame.kind));
                }
            }
        }
    }

    fn judge_content(&mut self, to: ConnectionId, document: DocumentId, what: &str) {
        if !self.open.contains(&to) {
            return self.wrong(format!("{what} for {to:?}, which is gone"));
        }
        if let Err(denial) = self.may(to, document, Action::Read) {
            self.wrong(format!("{what} of {document} for {to:?}: {denial:?}"));
        }
    }

    /// Whatever heads are named are on the disk, and of this document.
    fn judge_heads(&mut self, document: DocumentId, heads: &[ChangeHash]) {
        let durable = self.durable.get(&document);
        if !heads
            .iter()
            .all(|head| durable.is_some_and(|durable| durable.contains(head)))
        {
            self.wrong(format!(
                "heads were named that are not of {document}, or not durable"
            ));
        }
    }

    fn judge_presence(&mut self, to: ConnectionId, frame: &ServerFrame) {
        let document = frame.document();
        self.judge_content(to, document, "presence");
        if frame.data.as_deref() == Some(&wire::goodbye()) {
            return self.count("goodbyes");
        }
        self.count("presence");
        let Some(from) = self.peers.get(&frame.sender_id).copied() else {
            return self.wrong(format!("presence of nobody: {}", frame.sender_id));
        };
        if let Err(denial) = self.may(from, document, Action::Presence) {
            self.wrong(format!("presence of {from:?} on {document}: {denial:?}"));
        }
    }

    /// What a person commanded without the right to: refused, and noted in the audit log at most.
    pub fn judge_forbidden(&mut self, outputs: &[Output]) {
        self.count("forbidden commands");
        for output in outputs {
            let fits = match output {
                Output::Answer(_, answer) => answer.is_err(),
                Output::Commit(_, writes) => writes.iter().all(|write| {
                    matches!(
                        write,
                        Write::Put {
                            table: Table::Audit,
                            ..
                        }
                    )
                }),
                _ => false,
            };
            if !fits {
                self.wrong(format!("a command that was not allowed led to {output:?}"));
            }
        }
    }
}

fn key(workshop: &WorkshopId, id: &str) -> String {
    rows::key(&[workshop.as_str(), id])
}

fn row<Row: serde::de::DeserializeOwned>(value: &bytes::Bytes) -> Row {
    serde_json::from_slice(value).expect("the hub's own row")
}

fn all<Row: serde::de::DeserializeOwned>(store: &MemoryStore, table: Table) -> BTreeMap<String, Row> {
    let found: Vec<(String, Record)> = store.scan(table, "").expect("memory does not fail");
    found
        .into_iter()
        .map(|(key, record)| {
            let row = rows::read(&key, &record).expect("the hub's own row");
            (key, row)
        })
        .collect()
}
