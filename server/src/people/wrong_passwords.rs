//! Wrong passwords, counted for each name, known or not, in the memory of the process. A try counts before it is
//! looked at: many at once are no way around.

use super::Digest;
use samverk_shared::limits::{WRONG_PASSWORD_NAMES_MAX, WRONG_PASSWORDS_MAX, WRONG_PASSWORDS_WAIT_S};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// Tries for one name since the last that was right.
#[derive(Debug, Clone, Copy)]
struct Tries {
    count: u32,
    last_s: u64,
    known: bool,
}

/// How often a wrong password was tried for which name.
#[derive(Debug, Default)]
pub(super) struct WrongPasswords(Mutex<BTreeMap<Digest, Tries>>);

impl WrongPasswords {
    /// Counts a try; the seconds until one is looked at again where there were too many.
    pub fn begin(&self, name: &Digest, known: bool, now_s: u64) -> Result<(), u64> {
        let mut names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let tries = names.get(name).copied().unwrap_or(Tries {
            count: 0,
            last_s: now_s,
            known,
        });
        let until_s = tries.last_s.saturating_add(WRONG_PASSWORDS_WAIT_S);
        if tries.count >= WRONG_PASSWORDS_MAX && now_s < until_s {
            return Err(until_s - now_s);
        }
        if !names.contains_key(name) && names.len() >= WRONG_PASSWORD_NAMES_MAX {
            forget_one(&mut names);
        }
        let tried = Tries {
            count: tries.count.saturating_add(1),
            last_s: now_s,
            known,
        };
        if tried.count == WRONG_PASSWORDS_MAX {
            tracing::warn!(
                "somebody may be guessing a password: none is looked at for that name for an hour"
            );
        }
        names.insert(name.clone(), tried);
        Ok(())
    }

    /// The password was right, or an operator lets somebody in again.
    pub fn forget(&self, name: &Digest) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
    }
}

/// Names that nobody has go first, then the oldest.
fn forget_one(names: &mut BTreeMap<Digest, Tries>) {
    let oldest = names.iter().min_by_key(|(_, tries)| (tries.known, tries.last_s));
    if let Some((name, _)) = oldest {
        let name = name.clone();
        names.remove(&name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Digest {
        Digest::stored(text.to_owned())
    }

    #[test]
    fn h10_after_a_hundred_wrong_passwords_the_account_waits_and_then_takes_one() {
        let wrong = WrongPasswords::default();
        let kari = name("kari");
        (0..WRONG_PASSWORDS_MAX).for_each(|_| assert_eq!(wrong.begin(&kari, true, 1000), Ok(())));
        assert_eq!(wrong.begin(&kari, true, 1010), Err(WRONG_PASSWORDS_WAIT_S - 10));
        assert_eq!(wrong.begin(&name("ola"), true, 1010), Ok(()));
        assert_eq!(wrong.begin(&kari, true, 1000 + WRONG_PASSWORDS_WAIT_S), Ok(()));
        assert_eq!(
            wrong.begin(&kari, true, 1001 + WRONG_PASSWORDS_WAIT_S),
            Err(WRONG_PASSWORDS_WAIT_S - 1)
        );
        wrong.forget(&kari);
        assert_eq!(wrong.begin(&kari, true, 1002 + WRONG_PASSWORDS_WAIT_S), Ok(()));
    }

    #[test]
    fn h10_a_name_that_nobody_has_waits_as_one_that_somebody_has() {
        let wrong = WrongPasswords::default();
        let nobody = name("nobody");
        (0..WRONG_PASSWORDS_MAX).for_each(|_| assert_eq!(wrong.begin(&nobody, false, 1000), Ok(())));
        assert!(wrong.begin(&nobody, false, 1000).is_err());
    }

    #[test]
    fn h10_many_names_push_out_none_that_somebody_has() {
        let wrong = WrongPasswords::default();
        let kari = name("kari");
        (0..WRONG_PASSWORDS_MAX).for_each(|_| assert_eq!(wrong.begin(&kari, true, 1000), Ok(())));
        for n in 0..=WRONG_PASSWORD_NAMES_MAX {
            assert_eq!(wrong.begin(&name(&n.to_string()), false, 1001), Ok(()));
        }
        assert!(wrong.begin(&kari, true, 1002).is_err());
        let names = wrong.0.lock().unwrap();
        assert_eq!(names.len(), WRONG_PASSWORD_NAMES_MAX);
    }
}
