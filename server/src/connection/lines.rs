//! The open lines of a server: by their ids, for the sessions that opened them.

use super::line::Line;
use super::{Guest, Slot, run};
use crate::http::{Member, Problem, Server};
use crate::people::{Visitor, random_id};
use actix_web::web;
use samverk_shared::ids::WorkshopId;
use samverk_shared::limits::{LINE_END_AGAIN_MS, LINE_END_MS_MAX};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::time::{sleep, timeout};

/// The open lines, by id.
pub struct Lines {
    silence_max: Duration,
    open: Mutex<BTreeMap<String, Arc<Line>>>,
}

impl Lines {
    /// No line; those to come end when nobody asks for so long.
    pub fn new(silence_max: Duration) -> Lines {
        Lines {
            silence_max,
            open: Mutex::default(),
        }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.open().len()
    }

    /// The line with this id, for who opened it. Somebody else's is as one that is not there.
    pub fn of(&self, visitor: &Visitor, workshop: &WorkshopId, id: &str) -> Result<Arc<Line>, Problem> {
        let line = self.open().get(id).cloned();
        line.filter(|line| line.session == visitor.session && line.workshop == *workshop)
            .ok_or(Problem::NotFound)
    }

    fn open(&self) -> MutexGuard<'_, BTreeMap<String, Arc<Line>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Opens a line for a member, and runs its connection. The id says which line, not who may use it.
pub fn open(server: web::Data<Server>, visitor: Visitor, member: Member) -> Result<String, Problem> {
    let slot = server.slots.enter(Some(visitor.person.id.clone()));
    let slot = slot.ok_or(Problem::Busy)?;
    let id = random_id::<16>()?.iter().fold(String::new(), |mut id, byte| {
        // Writing to a String cannot fail.
        write!(id, "{byte:02x}").unwrap_or_default();
        id
    });
    let line = Arc::new(Line::new(
        visitor.session.clone(),
        member.workshop.clone(),
        server.lines.silence_max,
    ));
    let guest = Guest {
        visitor: Some(visitor),
        place: Some((member.workshop, member.row.id)),
    };
    server.lines.open().insert(id.clone(), line.clone());
    actix_web::rt::spawn(carry(server, guest, line, id.clone(), slot));
    Ok(id)
}

async fn carry(server: web::Data<Server>, guest: Guest, line: Arc<Line>, id: String, slot: Slot) {
    let end = run(&server, &guest, line.as_ref(), ()).await;
    line.end(end);
    timeout(Duration::from_millis(LINE_END_MS_MAX), line.told())
        .await
        .ok();
    if line.lingers() {
        tokio::select! {
            () = sleep(Duration::from_millis(LINE_END_AGAIN_MS)) => {}
            () = server.slots.stopped() => {}
        }
    }
    server.lines.open().remove(&id);
    drop(slot);
}
