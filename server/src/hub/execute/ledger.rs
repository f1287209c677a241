//! The ledger: a document the server alone writes, made from rows, of what every member may see.

use super::{Done, Given, seconds};
use crate::firewall::contain;
use crate::hub::command::Refused;
use crate::hub::rows::CollectionRow;
use crate::hub::{Hub, Output};
use samverk_shared::access::Kind;
use samverk_shared::document::ledger::{self, Entry};
use samverk_shared::ids::DocumentId;

impl Hub {
    fn ledger(&self, given: &Given<'_>) -> Option<DocumentId> {
        let rows = self.workshops.get(given.workshop)?.catalogue.values();
        rows.clone()
            .find(|row| row.kind == Kind::Ledger)
            .map(|row| row.document)
    }

    /// Whether the ledger can be written, or never will be: a damaged one stops nobody's work, for the rows are the truth.
    pub(super) fn ledger_is_ready(&mut self, given: &Given<'_>, out: &mut Vec<Output>) -> bool {
        let Some(ledger) = self.ledger(given) else {
            return true;
        };
        self.is_ready(ledger, given.now, out).unwrap_or(true)
    }

    /// Brings the ledger, which is ready, to what a collection is now. What only the team is asked does not stand there.
    pub(super) fn note_in_ledger(
        &mut self,
        given: &Given<'_>,
        row: &CollectionRow,
        done: &mut Done,
    ) -> Result<(), Refused> {
        if row.team {
            return Ok(());
        }
        let (actor, time_s) = (self.server_actor(given)?, seconds(given.now));
        let Some(document) = self.ledger(given) else {
            let ledger = ledger::create(&[entry(row)], actor, time_s).map_err(|_| Refused::Unreadable)?;
            let new = self.new_row(given, Kind::Ledger);
            done.changed.push((new.document, new.kind));
            self.store_new(given, new.document, &ledger, done);
            return self.put_row(given, new, done);
        };
        let change = self.content(document).ok().and_then(|loaded| {
            let change = contain(|| ledger::change(&loaded.automerge, &entry(row), actor, time_s));
            change.ok()?.ok()?
        });
        let written = change.map(|change| self.change_content(given, document, change, done));
        if !matches!(written, Some(Ok(()))) {
            tracing::error!(%document, "the ledger cannot be written");
        }
        Ok(())
    }
}

fn entry(row: &CollectionRow) -> Entry {
    Entry {
        id: row.id.clone(),
        title: row.question.title.clone(),
        kind: row.question.ask.kind(),
        round: i64::from(row.round),
        state: row.state.as_str(),
        board: row.board.clone(),
    }
}
