//! Commands about subjects: the workshop itself, cases, states, replacement.

use super::{Done, Step, one_line, participant, seconds};
use crate::firewall::contain;
use crate::hub::catchup::born_bytes;
use crate::hub::command::{Answer, Refused};
use crate::hub::document::Body;
use crate::hub::rows::{self, CatalogueRow, DocumentRow, RunRow, WorkshopRow, key};
use crate::hub::workshop::Workshop;
use crate::hub::{Caller, Hub, Millis, Output, sorted};
use crate::store::{Expect, Table, Write};
use automerge::{ActorId, Automerge};
use samverk_shared::access::{Audience, Kind, State};
use samverk_shared::document::{create, rebuild};
use samverk_shared::ids::{DocumentId, PersonId, SubjectId, WorkshopId, id_from_random};
use samverk_shared::import::{CaseRecord, assign_codes};
use samverk_shared::limits::{NAME_CHARS_MAX, SUBJECTS_MAX, TITLE_CHARS_MAX};

impl Hub {
    pub(super) fn create_workshop(
        &mut self,
        id: &WorkshopId,
        by: &Caller,
        title: &str,
        purpose: &str,
        facilitator: Option<&(PersonId, String)>,
        now: Millis,
    ) -> Result<Done, Refused> {
        if *by != Caller::Server {
            return Err(Refused::NotAllowed);
        }
        if self.workshops.contains_key(id) {
            return Err(Refused::WorkshopExists);
        }
        let (title, purpose) = (one_line(title, TITLE_CHARS_MAX)?, purpose.trim());
        let row = WorkshopRow {
            id: id.clone(),
            title: title.clone(),
            purpose: purpose.to_owned(),
            created_ms: now,
        };
        self.workshops
            .insert(id.clone(), Workshop::new(id, &self.config.storage_id));
        let mut done = Done {
            catalogue: true,
            people: true,
            ..Done::default()
        };
        done.transaction.push(rows::put_expecting(
            Table::Workshops,
            id.to_string(),
            &row,
            Expect::Absent,
        ));
        let actor = self.server_actor(id)?;
        let frame = create::frame(&title, purpose, actor, seconds(now)).map_err(|_| Refused::BadText)?;
        self.add_subject(id, by, Kind::Frame, "", &frame, now, &mut done)?;
        let mut participant = None;
        if let Some((person, name)) = facilitator {
            let row = self.new_participant(person, one_line(name, NAME_CHARS_MAX)?, now);
            participant = Some(row.id.clone());
            self.put_participant(id, row, &mut done)?;
        }
        done.answer = Some(Answer::Workshop {
            workshop: id.clone(),
            facilitator: participant,
        });
        Ok(done)
    }

    pub(super) fn create_case(
        &mut self,
        id: &WorkshopId,
        by: &Caller,
        name: &str,
        now: Millis,
    ) -> Result<Done, Refused> {
        let record = CaseRecord::named(&one_line(name, TITLE_CHARS_MAX)?);
        let mut done = Done {
            catalogue: true,
            ..Done::default()
        };
        let row = self
            .add_cases(id, by, "", vec![record], now, &mut done)?
            .pop()
            .ok_or(Refused::BadText)?;
        done.answer = Some(Answer::Case {
            subject: row.subject,
            document: row.document,
            code: row.code,
        });
        Ok(done)
    }

    pub(super) fn import_cases(
        &mut self,
        id: &WorkshopId,
        by: &Caller,
        list: &str,
        records: &[CaseRecord],
        now: Millis,
    ) -> Result<Done, Refused> {
        let mut done = Done {
            catalogue: true,
            ..Done::default()
        };
        let added = self.add_cases(id, by, list, records.to_vec(), now, &mut done)?;
        done.answer = Some(Answer::Imported {
            cases: added.into_iter().map(|row| row.subject).collect(),
        });
        Ok(done)
    }

    fn add_cases(
        &mut self,
        id: &WorkshopId,
        by: &Caller,
        list: &str,
        records: Vec<CaseRecord>,
        now: Millis,
        done: &mut Done,
    ) -> Result<Vec<CatalogueRow>, Refused> {
        let workshop = self.workshop_mut(id)?;
        // Each case brings its talk.
        if workshop.catalogue.len() + 2 * records.len() > SUBJECTS_MAX {
            return Err(Refused::Full);
        }
        let codes = assign_codes(workshop.codes.iter().map(String::as_str), &records);
        let mut added = Vec::new();
        for (record, code) in records.into_iter().zip(codes) {
            let record = CaseRecord {
                code: code.clone(),
                list: list.to_owned(),
                ..record
            };
            let actor = self.server_actor(id)?;
            let mut fresh = || id_from_random(self.fresh_bytes());
            let case =
                create::case(&record, actor, &mut fresh, seconds(now)).map_err(|_| Refused::BadText)?;
            added.push(self.add_subject(id, by, Kind::Case, &code, &case, now, done)?);
        }
        Ok(added)
    }

    /// A subject with its document and its talk, born together (DESIGN, section 2).
    fn add_subject(
        &mut self,
        id: &WorkshopId,
        by: &Caller,
        kind: Kind,
        code: &str,
        document: &Automerge,
        now: Millis,
        done: &mut Done,
    ) -> Result<CatalogueRow, Refused> {
        let row = self.add_row(id, by, (kind, code, None), document, now, done)?;
        let actor = self.server_actor(id)?;
        let talk = create::talk(actor, seconds(now)).map_err(|_| Refused::BadText)?;
        self.add_row(
            id,
            by,
            (Kind::Talk, "", Some(row.subject.clone())),
            &talk,
            now,
            done,
        )?;
        done.changed.push((row.document, kind));
        Ok(row)
    }

    fn add_row(
        &mut self,
        id: &WorkshopId,
        by: &Caller,
        (kind, code, about): (Kind, &str, Option<SubjectId>),
        document: &Automerge,
        now: Millis,
        done: &mut Done,
    ) -> Result<CatalogueRow, Refused> {
        let row = CatalogueRow {
            subject: SubjectId::from_random(self.fresh_bytes()),
            document: DocumentId::from_random(self.fresh_bytes()),
            kind,
            audience: Audience::Members,
            state: State::Open,
            owner: None,
            invited: Vec::new(),
            earlier: Vec::new(),
            schema_min: 1,
            code: code.to_owned(),
            about,
        };
        self.store_new(id, by, row.document, document, now, done);
        self.put_row(id, row.clone(), done)?;
        Ok(row)
    }

    /// The writes that make a document: its bytes, and that the server wrote them on somebody's behalf.
    fn store_new(
        &self,
        id: &WorkshopId,
        by: &Caller,
        document: DocumentId,
        content: &Automerge,
        now: Millis,
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
            on_behalf_of: participant(by),
            from_ms: now,
            to_ms: now,
        };
        let actor = content.get_actor().to_hex_string();
        let run_key = key(&[&document.to_string(), &actor, &format!("{:010}", 1)]);
        done.transaction.push(rows::put(Table::Authorship, run_key, &run));
        tracing::debug!(workshop = %id, document = %document, "a document is born");
    }

    fn put_row(&mut self, id: &WorkshopId, row: CatalogueRow, done: &mut Done) -> Result<(), Refused> {
        let place = DocumentRow {
            workshop: id.clone(),
            subject: row.subject.clone(),
            replaced: false,
        };
        done.transaction
            .push(rows::put(Table::Documents, row.document.to_string(), &place));
        done.transaction.push(rows::put(
            Table::Catalogue,
            key(&[id.as_str(), row.subject.as_str()]),
            &row,
        ));
        done.catalogue = true;
        self.places.insert(row.document, place);
        let workshop = self.workshop_mut(id)?;
        if !row.code.is_empty() {
            workshop.codes.insert(row.code.clone());
        }
        workshop.catalogue.insert(row.subject.clone(), row);
        Ok(())
    }

    pub(super) fn set_state(
        &mut self,
        id: &WorkshopId,
        subject: &SubjectId,
        state: State,
    ) -> Result<Done, Refused> {
        let row = self
            .workshop_mut(id)?
            .catalogue
            .get(subject)
            .ok_or(Refused::Unknown)?;
        let row = CatalogueRow { state, ..row.clone() };
        let mut done = Done {
            changed: vec![(row.document, row.kind)],
            ..Done::default()
        };
        self.put_row(id, row, &mut done)?;
        Ok(done)
    }

    pub(super) fn replace(
        &mut self,
        id: &WorkshopId,
        by: &Caller,
        subject: &SubjectId,
        now: Millis,
        out: &mut Vec<Output>,
    ) -> Result<Step, Refused> {
        let row = self
            .workshop_mut(id)?
            .catalogue
            .get(subject)
            .ok_or(Refused::Unknown)?
            .clone();
        let actor = self.server_actor(id)?;
        let old = row.document;
        let document = self.document(old, now);
        match document.body {
            Body::Away => {
                document.body = Body::Opening;
                out.push(Output::Open(old));
                return Ok(Step::Defer);
            }
            Body::Opening => return Ok(Step::Defer),
            _ if document.batch.is_some() => return Ok(Step::Defer),
            Body::Missing | Body::Quarantined => return Err(Refused::Unreadable),
            Body::Bytes(_) | Body::Loaded(_) => {}
        }
        document.load().map_err(|_| Refused::Unreadable)?;
        let Body::Loaded(loaded) = &document.body else {
            return Err(Refused::Unreadable);
        };
        let rebuilt = contain(|| rebuild::rebuild(&loaded.automerge, actor, seconds(now)));
        let Ok(Ok(rebuilt)) = rebuilt else {
            return Err(Refused::Unreadable);
        };

        let mut done = Done {
            replaced: Some(old),
            ..Done::default()
        };
        let new = DocumentId::from_random(self.fresh_bytes());
        self.store_new(id, by, new, &rebuilt, now, &mut done);
        let gone = DocumentRow {
            workshop: id.clone(),
            subject: subject.clone(),
            replaced: true,
        };
        done.transaction
            .push(rows::put(Table::Documents, old.to_string(), &gone));
        done.transaction.push(Write::Remove { document: old });
        self.places.insert(old, gone);
        let earlier = row.earlier.iter().copied().chain([old]).collect();
        let row = CatalogueRow {
            document: new,
            earlier,
            ..row
        };
        done.changed.push((new, row.kind));
        done.answer = Some(Answer::Document { document: new });
        self.put_row(id, row, &mut done)?;
        Ok(Step::Done(done))
    }

    fn server_actor(&self, id: &WorkshopId) -> Result<ActorId, Refused> {
        let workshop = self.workshops.get(id).ok_or(Refused::UnknownWorkshop)?;
        Ok(ActorId::from(workshop.server_actor.as_slice()))
    }
}
