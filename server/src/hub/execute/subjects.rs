//! Commands about subjects: the workshop itself, cases, and what every subject is born with.

use super::{Done, Given, one_line, participant, seconds};
use crate::hub::catchup::born_bytes;
use crate::hub::command::{Answer, Refused};
use crate::hub::rows::{self, CatalogueRow, DocumentRow, RunRow, WorkshopRow, key};
use crate::hub::workshop::Workshop;
use crate::hub::{Caller, Hub, Pending, sorted};
use crate::store::{Expect, Table, Write};
use automerge::{ActorId, Automerge};
use samverk_shared::access::{Audience, Kind, State};
use samverk_shared::document::create;
use samverk_shared::ids::{DocumentId, PersonId, SubjectId, id_from_random};
use samverk_shared::import::{CaseRecord, assign_codes};
use samverk_shared::limits::{NAME_CHARS_MAX, SUBJECTS_MAX, TITLE_CHARS_MAX};

impl Hub {
    pub(super) fn create_workshop(
        &mut self,
        given: &Given<'_>,
        title: &str,
        purpose: &str,
        facilitator: Option<&(PersonId, String)>,
    ) -> Result<Done, Refused> {
        if *given.by != Caller::Server {
            return Err(Refused::NotAllowed);
        }
        if self.workshops.contains_key(given.workshop) {
            return Err(Refused::WorkshopExists);
        }
        let (title, purpose) = (one_line(title, TITLE_CHARS_MAX)?, purpose.trim());
        let row = WorkshopRow {
            id: given.workshop.clone(),
            title: title.clone(),
            purpose: purpose.to_owned(),
            created_ms: given.now,
        };
        self.workshops.insert(
            given.workshop.clone(),
            Workshop::new(given.workshop, &self.config.storage_id),
        );
        let mut done = Done {
            catalogue: true,
            people: true,
            ..Done::default()
        };
        done.transaction.push(rows::put_expecting(
            Table::Workshops,
            given.workshop.to_string(),
            &row,
            Expect::Absent,
        ));
        let actor = self.server_actor(given)?;
        let frame =
            create::frame(&title, purpose, actor, seconds(given.now)).map_err(|_| Refused::BadText)?;
        self.add_subject(given, (Kind::Frame, Audience::Members), "", &frame, &mut done)?;
        let mut participant = None;
        if let Some((person, name)) = facilitator {
            let row = self.new_participant(given, person, one_line(name, NAME_CHARS_MAX)?);
            participant = Some(row.id.clone());
            self.put_participant(given, row, &mut done)?;
        }
        done.answer = Some(Answer::Workshop {
            workshop: given.workshop.clone(),
            facilitator: participant,
        });
        Ok(done)
    }

    pub(super) fn create_case(&mut self, given: &Given<'_>, name: &str) -> Result<Done, Refused> {
        let record = CaseRecord::named(&one_line(name, TITLE_CHARS_MAX)?);
        let mut done = Done {
            catalogue: true,
            ..Done::default()
        };
        let row = self
            .add_cases(given, "", vec![record], &mut done)?
            .pop()
            .ok_or(Refused::BadText)?;
        done.answer = Some(Answer::Case {
            subject: row.subject,
            document: row.document,
            code: row.code,
        });
        Ok(done)
    }

    pub(super) fn add_cases(
        &mut self,
        given: &Given<'_>,
        list: &str,
        records: Vec<CaseRecord>,
        done: &mut Done,
    ) -> Result<Vec<CatalogueRow>, Refused> {
        let workshop = self.workshop_mut(given.workshop)?;
        // Each case brings its talk.
        if workshop.catalogue.len() + 2 * records.len() > SUBJECTS_MAX {
            return Err(Refused::Full);
        }
        let codes = assign_codes(workshop.codes.iter().map(String::as_str), &records);
        let set = workshop.characteristics.clone();
        let mut added = Vec::new();
        for (record, code) in records.into_iter().zip(codes) {
            let record = CaseRecord {
                code: code.clone(),
                list: if record.list.is_empty() {
                    list.to_owned()
                } else {
                    record.list
                },
                ..record
            };
            let actor = self.server_actor(given)?;
            let mut fresh = || id_from_random(self.fresh_bytes());
            let case = create::case(&record, &set, actor, &mut fresh, seconds(given.now))
                .map_err(|_| Refused::BadText)?;
            added.push(self.add_subject(given, (Kind::Case, Audience::Members), &code, &case, done)?);
        }
        Ok(added)
    }

    /// A subject with its document and its talk, born together (DESIGN, section 2).
    pub(super) fn add_subject(
        &mut self,
        given: &Given<'_>,
        (kind, audience): (Kind, Audience),
        code: &str,
        document: &Automerge,
        done: &mut Done,
    ) -> Result<CatalogueRow, Refused> {
        let row = CatalogueRow {
            audience,
            code: code.to_owned(),
            ..self.new_row(given, kind)
        };
        let talk = CatalogueRow {
            audience,
            about: Some(row.subject.clone()),
            ..self.new_row(given, Kind::Talk)
        };
        let actor = self.server_actor(given)?;
        let words = create::talk(actor, seconds(given.now)).map_err(|_| Refused::BadText)?;
        self.store_new(given, row.document, document, done);
        self.put_row(given, row.clone(), done)?;
        self.store_new(given, talk.document, &words, done);
        self.put_row(given, talk, done)?;
        done.changed.push((row.document, kind));
        Ok(row)
    }

    /// A row of the catalogue for a new document that all members may read.
    pub(super) fn new_row(&mut self, given: &Given<'_>, kind: Kind) -> CatalogueRow {
        CatalogueRow {
            subject: SubjectId::from_random(self.fresh_bytes()),
            document: DocumentId::from_random(self.fresh_bytes()),
            kind,
            audience: Audience::Members,
            state: State::Open,
            owner: None,
            invited: Vec::new(),
            earlier: Vec::new(),
            schema_min: 1,
            code: String::new(),
            about: None,
            shape: self.newest_shape(given.workshop, kind),
            report: None,
            merged: None,
        }
    }

    /// The writes that make a document: its bytes, and that the server wrote them on somebody's behalf.
    pub(super) fn store_new(
        &self,
        given: &Given<'_>,
        document: DocumentId,
        content: &Automerge,
        done: &mut Done,
    ) {
        let bytes = born_bytes(content);
        done.transaction.push(Write::Append {
            document,
            bytes,
            heads: sorted(content.get_heads()),
        });
        let run = RunRow {
            to: 1,
            author: None,
            brought_by: None,
            on_behalf_of: participant(given.by),
            from_ms: given.now,
            to_ms: given.now,
        };
        let actor = content.get_actor().to_hex_string();
        let run_key = key(&[&document.to_string(), &actor, &format!("{:010}", 1)]);
        done.transaction.push(rows::put(Table::Authorship, run_key, &run));
        tracing::debug!(workshop = %given.workshop, document = %document, "a document is born");
    }

    pub(super) fn put_row(
        &mut self,
        given: &Given<'_>,
        row: CatalogueRow,
        done: &mut Done,
    ) -> Result<(), Refused> {
        self.put_place(given, row.document, &row.subject, false, done);
        done.transaction.push(rows::put(
            Table::Catalogue,
            key(&[given.workshop.as_str(), row.subject.as_str()]),
            &row,
        ));
        match &row.owner {
            Some(owner) if row.audience == Audience::Owner => drop(done.catalogue_of.insert(owner.clone())),
            _ => done.catalogue = true,
        }
        let workshop = self.workshop_mut(given.workshop)?;
        if !row.code.is_empty() {
            workshop.codes.insert(row.code.clone());
        }
        workshop.catalogue.insert(row.subject.clone(), row);
        Ok(())
    }

    /// Where a document belongs, also after it was replaced or destroyed.
    pub(super) fn put_place(
        &mut self,
        given: &Given<'_>,
        document: DocumentId,
        subject: &SubjectId,
        replaced: bool,
        done: &mut Done,
    ) {
        let place = DocumentRow {
            workshop: given.workshop.clone(),
            subject: subject.clone(),
            replaced,
        };
        done.transaction
            .push(rows::put(Table::Documents, document.to_string(), &place));
        self.places.insert(document, place);
    }

    /// A command about a document waits to be durable: it may be the one that makes it, and the store knows nothing yet.
    pub(super) fn is_under_way(&self, document: DocumentId) -> bool {
        self.commits.values().any(|pending| {
            matches!(pending, Pending::Command(effects) if effects.changed.iter().any(|(of, _)| *of == document))
        })
    }

    pub(super) fn server_actor(&self, given: &Given<'_>) -> Result<ActorId, Refused> {
        let workshop = self
            .workshops
            .get(given.workshop)
            .ok_or(Refused::UnknownWorkshop)?;
        Ok(ActorId::from(workshop.server_actor.as_slice()))
    }
}
