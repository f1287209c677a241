//! What people say about a thing: threads of comments, each comment its author's own.

/// The talk about one thing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Talk {
    /// Its threads, the oldest first.
    pub threads: Vec<Thread>,
}

impl Talk {
    /// How many threads wait for an answer: those with something in them that nobody has resolved.
    pub fn open_threads(&self) -> usize {
        self.threads.iter().filter(|thread| thread.is_open()).count()
    }
}

/// A comment and the answers to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Thread {
    /// Its key in the document.
    pub id: String,
    /// The field it is about (`texts.description`); empty where it is about the whole thing.
    pub field: String,
    /// Which participant resolved it; empty while it is open.
    pub resolved: String,
    /// Its comments, the first one first.
    pub comments: Vec<Comment>,
}

impl Thread {
    /// Whether it waits for an answer.
    pub fn is_open(&self) -> bool {
        self.resolved.is_empty() && self.comments.iter().any(|comment| !comment.withdrawn)
    }
}

/// What one participant said once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comment {
    /// Its key in the document.
    pub id: String,
    /// Which participant; the server takes a comment from nobody else.
    pub by: String,
    /// When, by the clock of who wrote it: milliseconds since 1970.
    pub at_ms: i64,
    /// The words; none once it was withdrawn.
    pub text: String,
    /// Its author took it back.
    pub withdrawn: bool,
}
