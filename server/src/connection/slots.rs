//! The open connections: how many each person has, and whether the server is stopping.

use samverk_shared::ids::PersonId;
use samverk_shared::limits::CONNECTIONS_PER_PERSON_MAX;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::timeout;

/// The open connections of a server.
#[derive(Clone)]
pub struct Slots {
    persons: Arc<Mutex<BTreeMap<PersonId, usize>>>,
    open: Arc<watch::Sender<usize>>,
    stopping: Arc<watch::Sender<bool>>,
}

impl Default for Slots {
    fn default() -> Self {
        Slots {
            persons: Arc::default(),
            open: Arc::new(watch::Sender::new(0)),
            stopping: Arc::new(watch::Sender::new(false)),
        }
    }
}

impl Slots {
    /// A slot for one more connection; `None` when the person has too many, or the server is stopping.
    pub fn enter(&self, person: Option<PersonId>) -> Option<Slot> {
        if self.stopping() {
            return None;
        }
        if let Some(person) = &person {
            let mut persons = self.persons();
            let count = persons.entry(person.clone()).or_default();
            if *count >= CONNECTIONS_PER_PERSON_MAX {
                return None;
            }
            *count += 1;
        }
        self.open.send_modify(|open| *open += 1);
        Some(Slot {
            slots: self.clone(),
            person,
        })
    }

    /// Whether the server is stopping.
    pub fn stopping(&self) -> bool {
        *self.stopping.borrow()
    }

    /// Returns when the server is stopping.
    pub async fn stopped(&self) {
        let mut stopping = self.stopping.subscribe();
        // It cannot fail: the sender is in this value.
        stopping.wait_for(|stopping| *stopping).await.ok();
    }

    /// Lets nobody in any more.
    pub fn stop(&self) {
        self.stopping.send_replace(true);
    }

    /// Waits until all connections are closed, at most as long as given. Whether they are.
    pub async fn closed(&self, wait_max: Duration) -> bool {
        let mut open = self.open.subscribe();
        let closed = open.wait_for(|open| *open == 0);
        matches!(timeout(wait_max, closed).await, Ok(Ok(_)))
    }

    fn persons(&self) -> MutexGuard<'_, BTreeMap<PersonId, usize>> {
        self.persons.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One connection's slot; given back when it is dropped.
pub struct Slot {
    slots: Slots,
    person: Option<PersonId>,
}

impl Drop for Slot {
    fn drop(&mut self) {
        if let Some(person) = &self.person {
            let mut persons = self.slots.persons();
            match persons.get_mut(person) {
                Some(count) if *count > 1 => *count -= 1,
                _ => drop(persons.remove(person)),
            }
        }
        self.slots.open.send_modify(|open| *open -= 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_has_so_many_connections_and_no_more_and_gets_slots_back() {
        let slots = Slots::default();
        let person = PersonId::from_random([3; 16]);
        let taken: Vec<_> = (0..CONNECTIONS_PER_PERSON_MAX)
            .map(|_| slots.enter(Some(person.clone())))
            .collect();
        assert!(taken.iter().all(Option::is_some));
        assert!(slots.enter(Some(person.clone())).is_none());
        assert!(slots.enter(Some(PersonId::from_random([4; 16]))).is_some());
        drop(taken);
        assert!(slots.enter(Some(person)).is_some());
        assert_eq!(*slots.open.borrow(), 0);
    }
}
