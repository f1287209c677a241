//! The one place that reads the clock.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// Milliseconds since 1970, as the server's machine has it.
#[allow(clippy::disallowed_methods)]
pub fn now_ms() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_millis()).unwrap_or(u64::MAX)
}

/// Seconds since 1970, as the server's machine has it.
pub fn now_s() -> u64 {
    now_ms() / 1000
}

/// A moment to measure from: never goes back, whatever is done to the machine's clock.
#[allow(clippy::disallowed_methods)]
pub fn moment() -> Instant {
    Instant::now()
}
