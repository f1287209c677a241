//! Every call into automerge with a peer's bytes goes through here: a panic becomes a value.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// automerge panicked; whatever it was working on must be dropped and loaded again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("automerge panicked: {0}")]
pub struct Panicked(pub String);

/// Runs `call`, and turns a panic into an error. What `call` had borrowed mutably must not be used again after one.
pub fn contain<T>(call: impl FnOnce() -> T) -> Result<T, Panicked> {
    catch_unwind(AssertUnwindSafe(call)).map_err(|payload| {
        let text = payload
            .downcast_ref::<&str>()
            .map(|text| (*text).to_owned())
            .or_else(|| payload.downcast_ref::<String>().cloned());
        Panicked(text.unwrap_or_else(|| "without a message".to_owned()))
    })
}
