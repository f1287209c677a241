//! The hub: a state machine that decides documents, rights and commands of its workshops in order.
//!
//! **Invariant (S2):** it opens no socket and no file, and reads no clock: `handle(input, now) -> outputs`.

mod command;

pub use command::{Answer, CaseRecord, Command, CommandError, Refused};
