//! Wrong codes, counted for everybody together: a room's guests share an address, and a guesser has many.

use samverk_shared::limits::WRONG_CODES_PER_MIN_MAX;
use std::sync::{Mutex, PoisonError};

const MINUTE_S: u64 = 60;

/// How many codes were wrong in this minute.
#[derive(Debug, Default)]
pub struct WrongCodes(Mutex<(u64, u32)>);

impl WrongCodes {
    /// Seconds until a code is looked at again; `None` when one is.
    pub fn wait_s(&self, now_s: u64) -> Option<u64> {
        let (minute, wrong) = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let over = minute == now_s / MINUTE_S && wrong >= WRONG_CODES_PER_MIN_MAX;
        over.then_some(MINUTE_S - now_s % MINUTE_S)
    }

    /// Notes a wrong one.
    pub fn note(&self, now_s: u64) {
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let minute = now_s / MINUTE_S;
        if counted.0 != minute {
            *counted = (minute, 0);
        }
        counted.1 += 1;
        if counted.1 == WRONG_CODES_PER_MIN_MAX {
            tracing::warn!("somebody may be guessing codes: none is looked at until the minute is over");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_too_many_wrong_codes_none_is_looked_at_until_the_minute_is_over() {
        let codes = WrongCodes::default();
        (0..WRONG_CODES_PER_MIN_MAX).for_each(|_| {
            assert_eq!(codes.wait_s(70), None);
            codes.note(70);
        });
        assert_eq!(codes.wait_s(80), Some(40));
        assert_eq!(codes.wait_s(120), None);
        codes.note(121);
        assert_eq!(codes.wait_s(122), None);
    }
}
