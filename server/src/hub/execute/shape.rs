//! Older documents get what they lack of the newest shape (`shared/src/document/shape.rs`): when somebody opens one to write
//! it, or a command is to change it. Of its own accord the server writes nothing that nobody may write.

use super::{Done, Given};
use crate::firewall::contain;
use crate::hub::command::Refused;
use crate::hub::document::Body;
use crate::hub::rows::{self, CatalogueRow, key};
use crate::hub::{Caller, ConnectionId, Hub, Millis, Output, Pending};
use crate::store::Table;
use samverk_shared::access::Kind;
use samverk_shared::document::shape;
use samverk_shared::ids::{DocumentId, WorkshopId};

/// A change names each head it builds on, and may name no more than `CHANGE_DEPS_MAX`.
const HEADS_MAX: usize = 16;

impl Hub {
    /// Sees to it that a document somebody is to write has the newest shape; true while it is not so far.
    pub(in crate::hub) fn awaits_shape(
        &mut self,
        id: DocumentId,
        now: Millis,
        out: &mut Vec<Output>,
    ) -> bool {
        let Some((workshop, kind)) = self.older(id) else {
            return false;
        };
        if !self.somebody_may_write(id) {
            return false;
        }
        let Some(document) = self.documents.get_mut(&id) else {
            return false;
        };
        match document.body {
            Body::Missing | Body::Quarantined => return false,
            Body::Opening | Body::Loading(_) => return true,
            Body::Away => {
                document.body = Body::Opening;
                out.push(Output::Open(id));
                return true;
            }
            Body::Bytes(_) => {
                out.extend(document.start_loading(id).map(Output::Load));
                return true;
            }
            Body::Loaded(_) => {}
        }
        let given = Given {
            workshop: &workshop,
            by: &Caller::Server,
            now,
        };
        let mut done = Done::default();
        if let Err(refused) = self.make_whole(&given, id, kind, &mut done) {
            tracing::error!(document = %id, %refused, "an older document cannot be made whole");
        }
        self.note_newest(&given, id, kind, &mut done);
        let changes = !done.edited.is_empty();
        let pending = if changes {
            Pending::Batch(id)
        } else {
            Pending::Nothing
        };
        self.commit(done.transaction, pending, out);
        changes
    }

    /// Gives a document that is ready the containers it lacks.
    pub(super) fn make_whole(
        &mut self,
        given: &Given<'_>,
        id: DocumentId,
        kind: Kind,
        done: &mut Done,
    ) -> Result<(), Refused> {
        let set = self.workshop_mut(given.workshop)?.characteristics.clone();
        if let Some(Body::Loaded(loaded)) = self.documents.get_mut(&id).map(|document| &mut document.body) {
            loaded.apply_put_off().map_err(|_| Refused::Unreadable)?;
        }
        let loaded = self.content(id)?;
        let changes = contain(|| shape::completed(&loaded.automerge, kind, &set));
        let changes = changes.ok().and_then(Result::ok).ok_or(Refused::Unreadable)?;
        for some in changes.chunks(HEADS_MAX) {
            for change in some {
                self.change_content(given, id, change.clone(), done)?;
            }
            let loaded = self.content(id)?;
            let tie = contain(|| shape::tied(&loaded.automerge)).map_err(|_| Refused::Unreadable)?;
            if let Some(tie) = tie {
                self.change_content(given, id, tie, done)?;
            }
        }
        if !changes.is_empty() {
            done.changed.push((id, kind));
        }
        Ok(())
    }

    /// The workshop and the kind of a document that was not found to have the newest shape.
    fn older(&self, id: DocumentId) -> Option<(WorkshopId, Kind)> {
        let place = self.places.get(&id).filter(|place| !place.replaced)?;
        let row = self.row(Some(place))?;
        let newest = self.newest_shape(&place.workshop, row.kind);
        (row.shape != newest).then(|| (place.workshop.clone(), row.kind))
    }

    /// The mark of the newest shape of a kind in a workshop.
    pub(super) fn newest_shape(&self, workshop: &WorkshopId, kind: Kind) -> u64 {
        let workshop = self.workshops.get(workshop);
        workshop.map_or(0, |workshop| shape::mark(kind, &workshop.characteristics))
    }

    fn somebody_may_write(&self, id: DocumentId) -> bool {
        let Some(document) = self.documents.get(&id) else {
            return false;
        };
        let queued = document.queue.iter().map(|queued| queued.connection);
        let mut here = queued.chain(document.peers.keys().copied());
        here.any(|connection: ConnectionId| self.may_write(connection, id).is_ok())
    }

    /// One that cannot be completed is not tried again before the server starts anew or the shape changes.
    fn note_newest(&mut self, given: &Given<'_>, id: DocumentId, kind: Kind, done: &mut Done) {
        let shape = self.newest_shape(given.workshop, kind);
        let Some(place) = self.places.get(&id).cloned() else {
            return;
        };
        let catalogue = self
            .workshops
            .get_mut(given.workshop)
            .map(|workshop| &mut workshop.catalogue);
        let Some(row) = catalogue.and_then(|catalogue| catalogue.get_mut(&place.subject)) else {
            return;
        };
        *row = CatalogueRow { shape, ..row.clone() };
        let row_key = key(&[given.workshop.as_str(), place.subject.as_str()]);
        done.transaction.push(rows::put(Table::Catalogue, row_key, row));
    }

    /// What is open in a workshop and older than its newest shape is looked at again: the shape may be new, or who has it
    /// open may write it now.
    pub(super) fn look_at_shapes(&mut self, workshop: &WorkshopId) {
        let is_here = |id: &DocumentId| {
            self.places
                .get(id)
                .is_some_and(|place| place.workshop == *workshop)
        };
        let open = self
            .documents
            .iter()
            .filter(|(_, document)| !document.peers.is_empty());
        let open = open.map(|(id, _)| *id).filter(is_here);
        let older: Vec<DocumentId> = open.filter(|id| self.older(*id).is_some()).collect();
        self.ready.extend(older);
    }
}
