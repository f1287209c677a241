//! Whether a subject takes edits and whom it is for; the talk about it goes with it.

use super::{Done, Given};
use crate::hub::Hub;
use crate::hub::command::Refused;
use crate::hub::rows::CatalogueRow;
use samverk_shared::access::{Audience, Kind, State};
use samverk_shared::ids::SubjectId;

impl Hub {
    /// The talk about a thing is open as long as the thing is.
    pub(super) fn set_state(
        &mut self,
        given: &Given<'_>,
        subject: &SubjectId,
        state: State,
    ) -> Result<Done, Refused> {
        self.with_its_talk(given, subject, |row| CatalogueRow {
            // What is archived is in no report.
            report: row.report.filter(|_| state != State::Archived),
            // What is open again stands for itself.
            merged: row.merged.filter(|_| state == State::Archived),
            state,
            ..row
        })
    }

    /// The talk about a thing is for whom the thing is for.
    pub(super) fn set_audience(
        &mut self,
        given: &Given<'_>,
        subject: &SubjectId,
        audience: Audience,
    ) -> Result<Done, Refused> {
        let fixed = matches!(
            self.commanded(given, subject)?.kind,
            Kind::Frame | Kind::Team | Kind::Register
        );
        if fixed || matches!(audience, Audience::Group | Audience::Owner) {
            return Err(Refused::NotAllowed);
        }
        self.with_its_talk(given, subject, |row| CatalogueRow { audience, ..row })
    }

    /// A subject that people decide about; of what only the server decides about they are told nothing.
    pub(super) fn commanded(
        &mut self,
        given: &Given<'_>,
        subject: &SubjectId,
    ) -> Result<&CatalogueRow, Refused> {
        let row = self.workshop_mut(given.workshop)?.catalogue.get(subject);
        let row = row.filter(|row| !matches!(row.kind, Kind::Sealed | Kind::Ledger));
        row.ok_or(Refused::Unknown)
    }

    /// The talks about a subject.
    pub(super) fn talks(&self, given: &Given<'_>, subject: &SubjectId) -> Vec<CatalogueRow> {
        let workshop = self.workshops.get(given.workshop);
        let rows = workshop
            .into_iter()
            .flat_map(|workshop| workshop.catalogue.values());
        rows.filter(|row| row.about.as_ref() == Some(subject))
            .cloned()
            .collect()
    }

    /// Decides the same about a subject and the talk about it, in one transaction; nothing about a talk by itself.
    fn with_its_talk(
        &mut self,
        given: &Given<'_>,
        subject: &SubjectId,
        decided: impl Fn(CatalogueRow) -> CatalogueRow,
    ) -> Result<Done, Refused> {
        let row = self.commanded(given, subject)?.clone();
        if row.kind == Kind::Talk {
            return Err(Refused::NotAllowed);
        }
        let talks = self.talks(given, subject);
        let mut done = Done::default();
        for row in [row].into_iter().chain(talks) {
            done.changed.push((row.document, row.kind));
            self.put_row(given, decided(row), &mut done)?;
        }
        Ok(done)
    }
}
