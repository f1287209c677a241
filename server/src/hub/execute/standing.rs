//! The documents of which a workshop has one: made when the team first needs them.

use super::{Done, Given, Hub, seconds};
use crate::hub::command::{Answer, Refused};
use samverk_shared::access::{Audience, Kind};
use samverk_shared::document::create;
use samverk_shared::limits::SUBJECTS_MAX;

impl Hub {
    pub(super) fn furnish(&mut self, given: &Given<'_>, kind: Kind) -> Result<Done, Refused> {
        let actor = self.server_actor(given)?;
        let (audience, document) = match kind {
            Kind::Team => (Audience::Team, create::team(actor, seconds(given.now))),
            Kind::Register => (Audience::Members, create::register(actor, seconds(given.now))),
            _ => return Err(Refused::Unknown),
        };
        let workshop = self.workshop_mut(given.workshop)?;
        let there = workshop.catalogue.values().find(|row| row.kind == kind);
        let mut done = Done::default();
        let row = match there.cloned() {
            Some(row) => row,
            None if workshop.catalogue.len() + 2 > SUBJECTS_MAX => return Err(Refused::Full),
            None => {
                let document = document.map_err(|_| Refused::BadText)?;
                done.catalogue = true;
                self.add_subject(given, (kind, audience), "", &document, &mut done)?
            }
        };
        done.answer = Some(Answer::Part {
            subject: row.subject,
            document: row.document,
        });
        Ok(done)
    }
}
