//! Tickets to `/sync` for clients that cannot send a cookie: in memory, 30 seconds, one use.

use super::{Digest, NoRandomness, People, Secret, Visitor};
use samverk_shared::ids::WorkshopId;
use samverk_shared::limits::{TICKET_S_MAX, TICKETS_MAX};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// What a ticket lets in.
#[derive(Debug, Clone)]
pub struct Ticket {
    /// Who.
    pub visitor: Visitor,
    /// Where.
    pub workshop: WorkshopId,
    expires_s: u64,
}

/// The tickets that wait to be used.
#[derive(Default)]
pub(super) struct Tickets(Mutex<BTreeMap<Digest, Ticket>>);

impl People {
    /// A ticket for somebody; `None` while too many wait to be used.
    pub fn issue_ticket(
        &self,
        visitor: Visitor,
        workshop: WorkshopId,
        now_s: u64,
    ) -> Result<Option<Secret>, NoRandomness> {
        let secret = Secret::new()?;
        let ticket = Ticket {
            visitor,
            workshop,
            expires_s: now_s.saturating_add(TICKET_S_MAX),
        };
        let mut waiting = self.tickets.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.retain(|_, ticket| ticket.expires_s > now_s);
        if waiting.len() >= TICKETS_MAX {
            return Ok(None);
        }
        waiting.insert(secret.digest(), ticket);
        Ok(Some(secret))
    }

    /// Uses a ticket up.
    pub fn take_ticket(&self, secret: &Secret, now_s: u64) -> Option<Ticket> {
        let mut waiting = self.tickets.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting
            .remove(&secret.digest())
            .filter(|ticket| ticket.expires_s > now_s)
    }
}
