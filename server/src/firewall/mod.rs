//! What is checked before automerge sees a peer's bytes (invariant F1), and how its calls are contained.

mod apply;
mod chunk;
mod columns;
mod contain;
mod depth;
mod footprint;
mod locks;
mod message;
mod slice;
mod talk;
mod typing;
mod vet;
mod weigh;

pub use apply::apply;
pub use chunk::{Chunk, split};
pub use contain::{Panicked, contain};
pub use depth::is_too_deep;
pub use footprint::Footprint;
pub use locks::Locks;
pub use message::{SyncMessage, acknowledged};
pub use slice::{cost, slices};
pub use talk::{Speaker, Talking};
pub use typing::Texts;
pub use vet::{History, Verdict, read_changes, vet};

/// What the changes of a batch do, where each operation is looked at by where it is done.
#[derive(Debug, Clone, Default)]
pub struct Coming {
    /// What they put into a talk.
    pub talking: Talking,
    /// What they do to the locks of groupings.
    pub locks: Locks,
}

/// Why bytes are refused without asking automerge.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// The sync message cannot be read or breaks a limit.
    #[error("the sync message is malformed: {0}")]
    Message(&'static str),
    /// A chunk of changes cannot be read or breaks a limit.
    #[error("a change is malformed: {0}")]
    Change(&'static str),
    /// automerge itself refused or panicked.
    #[error("automerge refused: {0}")]
    Refused(String),
}
