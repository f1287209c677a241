//! What the server keeps: changes of documents and records, with transactions over both.
//!
//! **Invariant:** nothing here knows of sockets, people or rights; nothing above here touches a file.

pub mod committer;
pub mod compact;
pub mod memory;
mod plan;
pub mod redb;

pub use committer::{CommitFailure, Committer};
pub use memory::MemoryStore;
pub use redb::RedbStore;

use bytes::Bytes;
use samverk_shared::ids::DocumentId;

/// A change's hash.
pub type ChangeHash = automerge::ChangeHash;

/// What is known of a stored document without loading it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Meta {
    /// The newest changes, sorted.
    pub heads: Vec<ChangeHash>,
    /// Number of the next chunk of the log; rises for ever.
    pub next_chunk: u64,
    /// Bytes in the log.
    pub log_bytes: u64,
    /// Chunks in the log.
    pub log_chunks: u64,
    /// Bytes of the snapshot; 0 when there is none.
    pub snapshot_bytes: u64,
}

impl Meta {
    /// Number of the first chunk of the log, or of the next when there is none.
    pub fn first_chunk(&self) -> u64 {
        self.next_chunk.saturating_sub(self.log_chunks)
    }
}

/// A stored document: `snapshot` then `log`, concatenated, is what `automerge` loads and what a peer is sent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stored {
    /// What is known of it.
    pub meta: Meta,
    /// The document saved whole, or empty.
    pub snapshot: Bytes,
    /// What was appended since, oldest first; each entry is the raw change chunks of one commit.
    pub log: Vec<Bytes>,
}

impl Stored {
    /// All bytes in the order in which they load.
    pub fn bytes(&self) -> Bytes {
        if self.log.is_empty() {
            return self.snapshot.clone();
        }
        let mut all =
            Vec::with_capacity(self.snapshot.len() + self.log.iter().map(Bytes::len).sum::<usize>());
        all.extend_from_slice(&self.snapshot);
        self.log.iter().for_each(|chunk| all.extend_from_slice(chunk));
        all.into()
    }
}

/// The families of records. Keys are text; parts of a key are joined with `/`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Table {
    /// `name`: storage id, owner link, secrets of this server.
    Server,
    /// `workshop`.
    Workshops,
    /// `workshop/subject`.
    Catalogue,
    /// `document`: which subject of which workshop it is (or was) the document of.
    Documents,
    /// `workshop/participant`.
    Participants,
    /// `workshop/link`.
    Links,
    /// `digest of the secret`: which link of which workshop.
    LinkSecrets,
    /// `person`.
    People,
    /// `digest of the first token`.
    Sessions,
    /// `digest of the token`: a browser that may have a new session.
    Devices,
    /// `workshop/actor`: whose it is.
    Actors,
    /// `document/actor/sequence from`: a run of authorship.
    Authorship,
    /// `workshop/key`: the first answer to a command.
    Idempotency,
    /// `workshop/time-number`: an administrative act.
    Audit,
    /// `workshop/collection`: what people are asked apart from each other, and who answers.
    Collections,
    /// `workshop/collection`: what it came to.
    Outcomes,
    /// `workshop/collection/case/characteristic`: a difference of a double coding that was settled.
    Settled,
    /// `workshop`: what is going on now.
    Stages,
    /// `workshop/import`: lists that came in, and the cases they became.
    Imports,
    /// `document/list`: what a list said of a case the last time it came.
    Told,
    /// `document/import`: what an import, or another case that is the same, brought to a case.
    Joined,
    /// `person`: how they sign in.
    Accounts,
    /// `digest of the name`: whose sign-in name it is.
    SignInNames,
    /// `digest of the token`: the session of a token that is not its first.
    Tokens,
    /// `workshop`: what cases are coded by.
    Characteristics,
    /// `workshop/version`: each set there was.
    CharacteristicVersions,
}

impl Table {
    /// All tables.
    pub const ALL: [Table; 26] = [
        Table::Server,
        Table::Workshops,
        Table::Catalogue,
        Table::Documents,
        Table::Participants,
        Table::Links,
        Table::LinkSecrets,
        Table::People,
        Table::Sessions,
        Table::Devices,
        Table::Actors,
        Table::Authorship,
        Table::Idempotency,
        Table::Audit,
        Table::Collections,
        Table::Outcomes,
        Table::Settled,
        Table::Stages,
        Table::Imports,
        Table::Told,
        Table::Joined,
        Table::Accounts,
        Table::SignInNames,
        Table::Tokens,
        Table::Characteristics,
        Table::CharacteristicVersions,
    ];

    /// Tables whose keys begin with a document: their records go with it (P3).
    pub const OF_DOCUMENTS: [Table; 3] = [Table::Authorship, Table::Told, Table::Joined];
}

/// A record: its bytes (JSON) and how often it was put, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Rises by one with every put.
    pub revision: u64,
    /// The value.
    pub value: Bytes,
}

/// What a put expects to find.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expect {
    /// Anything or nothing.
    Any,
    /// Nothing.
    Absent,
    /// This revision.
    Revision(u64),
}

/// One write of a transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Write {
    /// Adds raw change chunks to a document's log; the document is born with its first.
    /// Who appends has loaded the document before, or knows that it is new (rule T5).
    Append {
        /// Whose log.
        document: DocumentId,
        /// Raw change chunks, concatenated.
        bytes: Bytes,
        /// The document's heads with them.
        heads: Vec<ChangeHash>,
    },
    /// Puts a snapshot in place of what it covers: the snapshot and the log that were read to make it (A3). Chunks
    /// that came since stay. Fails when what it covers has changed.
    Compact {
        /// Which document.
        document: DocumentId,
        /// The meta of what was read.
        covers: Meta,
        /// The document saved whole; its heads are those of `covers`.
        snapshot: Bytes,
    },
    /// Removes a document and everything stored of it: bytes, quarantine, runs of authorship, and what lists said (P3).
    Remove {
        /// Which document.
        document: DocumentId,
    },
    /// Puts a record.
    Put {
        /// Where.
        table: Table,
        /// Under which key.
        key: String,
        /// What must be there before.
        expect: Expect,
        /// The value.
        value: Bytes,
    },
    /// Deletes a record; nothing happens when there is none.
    Delete {
        /// Where.
        table: Table,
        /// Under which key.
        key: String,
    },
    /// Sets a document aside with the reason; its bytes are kept and not served (rule T4).
    Quarantine {
        /// Which document.
        document: DocumentId,
        /// Why, for the operator.
        reason: String,
    },
}

/// Writes that are stored together or not at all.
pub type Transaction = Vec<Write>;

/// Why one transaction was not stored, while others of the same commit were.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Conflict {
    /// A put expected another revision.
    #[error("the record {key} has revision {found}")]
    Revision {
        /// Which record.
        key: String,
        /// What was found; 0 when nothing was.
        found: u64,
    },
    /// What the snapshot covers has changed since it was read.
    #[error("the log of {0} has changed since")]
    Log(DocumentId),
    /// The document is set aside.
    #[error("document {0} is in quarantine")]
    Quarantined(DocumentId),
}

/// The store itself failed; nothing of the commit may be taken as stored (A2).
#[derive(Debug, thiserror::Error)]
#[error("the store failed: {0}")]
pub struct StoreError(#[source] pub Box<dyn std::error::Error + Send + Sync>);

impl StoreError {
    /// An error that has no cause but its words.
    pub fn because(reason: impl Into<String>) -> Self {
        Self(reason.into().into())
    }
}

/// Why a document cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The store itself failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The document is set aside, or its bytes do not match their digest.
    #[error("document {document} is set aside: {reason}")]
    Quarantined {
        /// Which document.
        document: DocumentId,
        /// Why, for the operator.
        reason: String,
    },
}

/// Documents as they are stored.
pub trait Changes: Send + Sync {
    /// A document's bytes; `None` when there is no such document.
    fn load(&self, document: DocumentId) -> Result<Option<Stored>, ReadError>;
    /// What is known of a document without its bytes.
    fn meta(&self, document: DocumentId) -> Result<Option<Meta>, ReadError>;
    /// The ids of all documents, in order, quarantined ones included.
    fn documents(&self) -> Result<Vec<DocumentId>, StoreError>;
    /// The documents set aside, with the reason.
    fn quarantined(&self) -> Result<Vec<(DocumentId, String)>, StoreError>;
}

/// Records as they are stored.
pub trait Records: Send + Sync {
    /// A record.
    fn get(&self, table: Table, key: &str) -> Result<Option<Record>, StoreError>;
    /// The records whose key begins with `prefix`, in order of their keys.
    fn scan(&self, table: Table, prefix: &str) -> Result<Vec<(String, Record)>, StoreError>;
}

/// A store engine.
pub trait Store: Changes + Records {
    /// Stores the transactions in order, each whole or not at all, and returns when they are durable (rule T1).
    /// An error means that the store takes no more writes (A2).
    fn commit(&self, transactions: &[Transaction]) -> Result<Vec<Result<(), Conflict>>, StoreError>;

    /// Gives room back that nothing needs any more, where that is quick. An error is that of a commit (A2).
    fn shrink(&self) -> Result<(), StoreError>;
}
