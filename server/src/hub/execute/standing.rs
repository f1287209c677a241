//! The documents of which a workshop has one: made when the team first needs them, and completed when they are older
//! than what they are to hold.

use super::{Done, Given, Hub, Step, seconds};
use crate::firewall::contain;
use crate::hub::Output;
use crate::hub::command::{Answer, Refused};
use samverk_shared::access::{Audience, Kind};
use samverk_shared::document::{create, later};
use samverk_shared::ids::DocumentId;
use samverk_shared::limits::SUBJECTS_MAX;

impl Hub {
    pub(super) fn furnish(
        &mut self,
        given: &Given<'_>,
        kind: Kind,
        out: &mut Vec<Output>,
    ) -> Result<Step, Refused> {
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
            Some(row) => {
                if kind == Kind::Register && !self.complete_register(given, row.document, &mut done, out)? {
                    return Ok(Step::Defer);
                }
                row
            }
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
        Ok(Step::done(done))
    }

    /// Gives a register document from before what it lacks; false while it is not ready. One that cannot be read is
    /// left as it is.
    fn complete_register(
        &mut self,
        given: &Given<'_>,
        document: DocumentId,
        done: &mut Done,
        out: &mut Vec<Output>,
    ) -> Result<bool, Refused> {
        match self.is_ready(document, given.now, out) {
            Ok(true) => {}
            Ok(false) => return Ok(false),
            Err(_) => return Ok(true),
        }
        let actor = self.server_actor(given)?;
        let loaded = self.content(document)?;
        let change = contain(|| later::complete_register(&loaded.automerge, actor, seconds(given.now)));
        let change = change.ok().and_then(Result::ok).ok_or(Refused::Unreadable)?;
        if let Some(change) = change {
            self.change_content(given, document, change, done)?;
            done.changed.push((document, Kind::Register));
        }
        Ok(true)
    }
}
