//! Commands: decided in order, each in one transaction over its documents and rows, each once (invariant G1).

use super::catchup::born_bytes;
use super::command::{Answer, Command, CommandError, Refused};
use super::document::Body;
use super::rows::{
    self, CatalogueRow, DocumentRow, LinkRow, LinkSecretRow, ParticipantRow, RunRow, WorkshopRow, key,
};
use super::workshop::Workshop;
use super::{Caller, CommandId, Hub, Millis, Output, Pending, close, sorted};
use crate::firewall::contain;
use crate::store::{Expect, Table, Transaction, Write};
use crate::wire::Notice;
use automerge::{ActorId, Automerge};
use samverk_shared::access::{Action, Audience, Grant, Grants, Kind, State};
use samverk_shared::document::{create, rebuild};
use samverk_shared::ids::{
    DocumentId, LinkId, ParticipantId, PersonId, SubjectId, WorkshopId, id_from_random,
};
use samverk_shared::import::{CaseRecord, assign_codes};
use samverk_shared::limits::{NAME_CHARS_MAX, SUBJECTS_MAX, TITLE_CHARS_MAX};
use std::collections::BTreeSet;

/// What follows when a command's transaction is durable.
pub(super) struct Effects {
    /// Who waits for the answer: the caller, and callers with the same idempotency key.
    pub waiting: Vec<CommandId>,
    workshop: WorkshopId,
    answer: Answer,
    key: Option<String>,
    /// Participants whose rights changed.
    rights: BTreeSet<ParticipantId>,
    catalogue: bool,
    people: bool,
    changed: Vec<(DocumentId, Kind)>,
    /// A document that was replaced and must leave memory.
    replaced: Option<DocumentId>,
}

/// A command that waits for a document to be read or committed.
pub(super) struct Deferred {
    id: CommandId,
    workshop: WorkshopId,
    by: Caller,
    command: Command,
    key: Option<String>,
}

impl Deferred {
    pub fn id(&self) -> CommandId {
        self.id
    }
}

/// What a command does.
#[derive(Default)]
struct Done {
    transaction: Transaction,
    answer: Option<Answer>,
    rights: BTreeSet<ParticipantId>,
    catalogue: bool,
    people: bool,
    changed: Vec<(DocumentId, Kind)>,
    replaced: Option<DocumentId>,
}

enum Step {
    Done(Done),
    Defer,
}

impl Hub {
    pub(super) fn command(
        &mut self,
        id: CommandId,
        workshop: WorkshopId,
        by: Caller,
        command: Command,
        (key, earlier): (Option<String>, Option<Answer>),
        now: Millis,
        out: &mut Vec<Output>,
    ) {
        if let Some(answer) = earlier {
            return out.push(Output::Answer(id, Ok(answer)));
        }
        if let Some(key) = &key
            && let Some(commit) = self
                .workshops
                .get(&workshop)
                .and_then(|w| w.keys_in_flight.get(key))
            && let Some(Pending::Command(effects)) = self.commits.get_mut(commit)
        {
            return effects.waiting.push(id);
        }
        self.count("commands");
        match self.execute(&workshop, &by, &command, now, out) {
            Err(refused) => {
                self.count("commands_refused");
                out.push(Output::Answer(id, Err(CommandError::Refused(refused))));
            }
            Ok(Step::Defer) => self.deferred.push(Deferred {
                id,
                workshop,
                by,
                command,
                key,
            }),
            Ok(Step::Done(done)) => self.commit_command(id, workshop, key, done, out),
        }
    }

    /// Tries again what waited for a document.
    pub(super) fn run_deferred(&mut self, now: Millis, out: &mut Vec<Output>) {
        for Deferred {
            id,
            workshop,
            by,
            command,
            key,
        } in std::mem::take(&mut self.deferred)
        {
            self.command(id, workshop, by, command, (key, None), now, out);
        }
    }

    fn commit_command(
        &mut self,
        id: CommandId,
        workshop: WorkshopId,
        key: Option<String>,
        done: Done,
        out: &mut Vec<Output>,
    ) {
        let answer = done.answer.unwrap_or(Answer::Done);
        let mut transaction = done.transaction;
        if let Some(key) = &key {
            let row_key = rows::key(&[workshop.as_str(), key]);
            transaction.push(rows::put_expecting(
                Table::Idempotency,
                row_key,
                &answer,
                Expect::Absent,
            ));
        }
        let effects = Effects {
            waiting: vec![id],
            workshop: workshop.clone(),
            answer,
            key: key.clone(),
            rights: done.rights,
            catalogue: done.catalogue,
            people: done.people,
            changed: done.changed,
            replaced: done.replaced,
        };
        // A right that was taken back ends at once, not when the row is durable.
        self.enforce_rights(&effects.workshop.clone(), &effects.rights.clone(), out);
        let commit = self.commit(transaction, Pending::Command(Box::new(effects)), out);
        if let (Some(key), Some(workshop)) = (key, self.workshops.get_mut(&workshop)) {
            workshop.keys_in_flight.insert(key, commit);
        }
    }

    pub(super) fn command_committed(&mut self, effects: Effects, out: &mut Vec<Output>) {
        let Effects { workshop, answer, .. } = &effects;
        if let (Some(key), Some(workshop)) = (&effects.key, self.workshops.get_mut(workshop)) {
            workshop.keys_in_flight.remove(key);
        }
        effects
            .waiting
            .iter()
            .for_each(|id| out.push(Output::Answer(*id, Ok(answer.clone()))));
        if let Some(old) = effects.replaced {
            self.forget(old, out);
        }
        for participant in &effects.rights {
            for connection in self.connections_of(workshop, Some(participant)) {
                self.notify(connection, Notice::Rights, out);
                self.notify(connection, Notice::Catalogue, out);
            }
        }
        if effects.catalogue {
            self.notify_workshop(workshop, Notice::Catalogue, out);
            self.connections_of(workshop, None)
                .into_iter()
                .for_each(|id| self.close_unreadable(id, out));
        }
        if effects.people || !effects.rights.is_empty() {
            self.notify_workshop(workshop, Notice::People, out);
        }
        self.reopen(workshop);
        self.tell_they_may_write(out);
        for (document, kind) in &effects.changed {
            out.push(Output::Changed(workshop.clone(), *document, *kind));
        }
    }

    fn execute(
        &mut self,
        workshop: &WorkshopId,
        by: &Caller,
        command: &Command,
        now: Millis,
        out: &mut Vec<Output>,
    ) -> Result<Step, Refused> {
        if let Command::CreateWorkshop {
            title,
            purpose,
            facilitator,
        } = command
        {
            return self
                .create_workshop(workshop, by, title, purpose, facilitator.as_ref(), now)
                .map(Step::Done);
        }
        let grants = self.caller_grants(workshop, by)?;
        let needs = match command {
            Command::CreateCase { .. } | Command::ImportCases { .. } => {
                &[Grant::Facilitator, Grant::Editor][..]
            }
            _ => &[Grant::Facilitator][..],
        };
        let joins = matches!(command, Command::Join { .. }) && *by == Caller::Server;
        if !joins && !needs.iter().any(|grant| grants.has(*grant)) {
            return Err(Refused::NotAllowed);
        }
        match command {
            Command::CreateLink {
                grants,
                label,
                secret_digest,
            } => self.create_link(workshop, by, *grants, label, secret_digest, now),
            Command::RevokeLink { link } => self.revoke_link(workshop, by, link),
            Command::Join { .. } => self.join(workshop, command, now),
            Command::SetGrants { participant, grants } => self.set_grants(workshop, by, participant, *grants),
            Command::CreateCase { name } => self.create_case(workshop, by, name, now),
            Command::ImportCases { list, records } => self.import_cases(workshop, by, list, records, now),
            Command::SetState { subject, state } => self.set_state(workshop, subject, *state),
            Command::Replace { subject } => return self.replace(workshop, by, subject, now, out),
            Command::CreateWorkshop { .. } => Err(Refused::WorkshopExists),
        }
        .map(Step::Done)
    }

    fn caller_grants(&self, workshop: &WorkshopId, by: &Caller) -> Result<Grants, Refused> {
        let workshop = self.workshops.get(workshop).ok_or(Refused::UnknownWorkshop)?;
        Ok(match by {
            Caller::Server => Grants::from(Grant::Facilitator),
            Caller::Participant(participant) => workshop.grants(participant),
        })
    }

    fn workshop_mut(&mut self, id: &WorkshopId) -> Result<&mut Workshop, Refused> {
        self.workshops.get_mut(id).ok_or(Refused::UnknownWorkshop)
    }

    fn create_workshop(
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

    fn new_participant(&mut self, person: &PersonId, name: String, now: Millis) -> ParticipantRow {
        ParticipantRow {
            id: ParticipantId::from_random(self.fresh_bytes()),
            person: person.clone(),
            name,
            actor_group: String::new(),
            organisation: String::new(),
            grants: Grants::from(Grant::Facilitator),
            link: None,
            joined_ms: now,
        }
    }

    fn put_participant(
        &mut self,
        id: &WorkshopId,
        row: ParticipantRow,
        done: &mut Done,
    ) -> Result<(), Refused> {
        let key = key(&[id.as_str(), row.id.as_str()]);
        done.transaction.push(rows::put(Table::Participants, key, &row));
        done.people = true;
        self.workshop_mut(id)?.participants.insert(row.id.clone(), row);
        Ok(())
    }

    fn create_link(
        &mut self,
        id: &WorkshopId,
        by: &Caller,
        grants: Grants,
        label: &str,
        secret_digest: &str,
        now: Millis,
    ) -> Result<Done, Refused> {
        if grants.is_empty() || label.chars().count() > NAME_CHARS_MAX {
            return Err(Refused::BadText);
        }
        let row = LinkRow {
            id: LinkId::from_random(self.fresh_bytes()),
            grants,
            label: label.trim().to_owned(),
            created_ms: now,
            created_by: participant(by),
            used: 0,
            revoked: false,
        };
        let secret = LinkSecretRow {
            workshop: id.clone(),
            link: row.id.clone(),
        };
        let mut done = Done {
            answer: Some(Answer::Link { link: row.id.clone() }),
            ..Done::default()
        };
        done.transaction.push(rows::put(
            Table::Links,
            key(&[id.as_str(), row.id.as_str()]),
            &row,
        ));
        done.transaction
            .push(rows::put(Table::LinkSecrets, secret_digest.to_owned(), &secret));
        self.workshop_mut(id)?.links.insert(row.id.clone(), row);
        Ok(done)
    }

    fn revoke_link(&mut self, id: &WorkshopId, by: &Caller, link: &LinkId) -> Result<Done, Refused> {
        let workshop = self.workshop_mut(id)?;
        let row = workshop.links.get(link).ok_or(Refused::Unknown)?;
        let came = workshop
            .participants
            .values()
            .filter(|p| p.link.as_ref() == Some(link));
        let came: BTreeSet<ParticipantId> = came.map(|p| p.id.clone()).collect();
        let stays = |p: &ParticipantRow| p.grants.has(Grant::Facilitator) && !came.contains(&p.id);
        if *by != Caller::Server && !workshop.participants.values().any(stays) {
            return Err(Refused::LastFacilitator);
        }
        let row = LinkRow {
            revoked: true,
            ..row.clone()
        };
        let mut done = Done::default();
        done.transaction
            .push(rows::put(Table::Links, key(&[id.as_str(), link.as_str()]), &row));
        workshop.links.insert(link.clone(), row);
        for participant in came {
            self.change_grants(id, &participant, Grants::NONE, &mut done)?;
        }
        Ok(done)
    }

    fn change_grants(
        &mut self,
        id: &WorkshopId,
        participant: &ParticipantId,
        grants: Grants,
        done: &mut Done,
    ) -> Result<(), Refused> {
        let row = self
            .workshop_mut(id)?
            .participants
            .get(participant)
            .ok_or(Refused::Unknown)?;
        let row = ParticipantRow {
            grants,
            ..row.clone()
        };
        done.rights.insert(participant.clone());
        self.put_participant(id, row, done)
    }

    fn set_grants(
        &mut self,
        id: &WorkshopId,
        by: &Caller,
        participant: &ParticipantId,
        grants: Grants,
    ) -> Result<Done, Refused> {
        let workshop = self.workshop_mut(id)?;
        let leads = |p: &ParticipantRow| p.grants.has(Grant::Facilitator) && p.id != *participant;
        let another = workshop.participants.values().any(leads);
        if *by != Caller::Server && !grants.has(Grant::Facilitator) && !another {
            return Err(Refused::LastFacilitator);
        }
        let mut done = Done::default();
        self.change_grants(id, participant, grants, &mut done)?;
        Ok(done)
    }

    fn join(&mut self, id: &WorkshopId, command: &Command, now: Millis) -> Result<Done, Refused> {
        let Command::Join {
            link,
            person,
            name,
            actor_group,
            organisation,
        } = command
        else {
            return Err(Refused::Unknown);
        };
        let name = one_line(name, NAME_CHARS_MAX)?;
        if organisation.chars().count() > TITLE_CHARS_MAX || actor_group.chars().count() > NAME_CHARS_MAX {
            return Err(Refused::BadText);
        }
        let fresh = self.new_participant(person, name.clone(), now);
        let workshop = self.workshop_mut(id)?;
        let link = workshop.links.get(link).ok_or(Refused::Unknown)?;
        if link.revoked {
            return Err(Refused::LinkRevoked);
        }
        let known = workshop
            .participants
            .values()
            .find(|p| p.person == *person)
            .cloned();
        let had = known.as_ref().map_or(Grants::NONE, |row| row.grants);
        let row = known.unwrap_or(fresh);
        let adds = had.and(link.grants) != had;
        let row = ParticipantRow {
            name,
            actor_group: actor_group.clone(),
            organisation: organisation.trim().to_owned(),
            grants: had.and(link.grants),
            link: if adds {
                Some(link.id.clone())
            } else {
                row.link.clone()
            },
            ..row
        };
        let link = LinkRow {
            used: link.used + 1,
            ..link.clone()
        };
        let mut done = Done {
            answer: Some(Answer::Participant {
                participant: row.id.clone(),
            }),
            ..Done::default()
        };
        if adds {
            done.rights.insert(row.id.clone());
        }
        done.transaction.push(rows::put(
            Table::Links,
            key(&[id.as_str(), link.id.as_str()]),
            &link,
        ));
        workshop.links.insert(link.id.clone(), link);
        self.put_participant(id, row, &mut done)?;
        Ok(done)
    }

    fn create_case(
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

    fn import_cases(
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

    fn set_state(&mut self, id: &WorkshopId, subject: &SubjectId, state: State) -> Result<Done, Refused> {
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

    fn replace(
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

    /// Takes away what people may no longer see, and ends the connections of those who may see nothing.
    fn enforce_rights(&mut self, id: &WorkshopId, whose: &BTreeSet<ParticipantId>, out: &mut Vec<Output>) {
        for participant in whose {
            let out_of_it = self
                .workshops
                .get(id)
                .is_none_or(|w| w.grants(participant).is_empty());
            for connection in self.connections_of(id, Some(participant)) {
                if out_of_it {
                    self.notify(connection, Notice::Rights, out);
                    self.end(connection, close::NOT_A_MEMBER, "no longer a member", out);
                } else {
                    self.close_unreadable(connection, out);
                }
            }
        }
    }

    fn close_unreadable(&mut self, id: super::ConnectionId, out: &mut Vec<Output>) {
        let Some(connection) = self.connections.get(&id) else {
            return;
        };
        let hello = connection.hello.clone();
        let open: Vec<DocumentId> = connection.open.iter().copied().collect();
        for document in open {
            let here = self
                .documents
                .get(&document)
                .is_some_and(|d| d.peers.contains_key(&id));
            if here
                && self
                    .may(&hello, self.places.get(&document), Action::Read)
                    .is_err()
            {
                self.say_goodbye(id, &hello.peer_id, document, out);
                self.unavailable(id, document, out);
            }
        }
    }

    /// Those who asked in vain may be let in by what has changed: they are looked at again (rule Y8).
    fn reopen(&mut self, id: &WorkshopId) {
        let mut again = Vec::new();
        for (document, state) in &self.documents {
            let here = self
                .places
                .get(document)
                .filter(|place| place.workshop == *id && !place.replaced);
            for connection in state.interested.iter().filter(|_| here.is_some()) {
                let hello = self.connections.get(connection).map(|c| &c.hello);
                if hello.is_some_and(|hello| self.may(hello, here, Action::Read).is_ok()) {
                    again.push((*connection, *document));
                }
            }
        }
        for (connection, document) in again {
            self.ask_again(connection, document);
        }
    }

    /// The document a replaced one was is gone from the store: it leaves memory, and who had it open is told.
    fn forget(&mut self, old: DocumentId, out: &mut Vec<Output>) {
        let Some(document) = self.documents.get_mut(&old) else {
            return;
        };
        let peers: Vec<_> = document.peers.keys().copied().collect();
        document.unload();
        document.body = Body::Missing;
        peers
            .into_iter()
            .for_each(|peer| self.unavailable(peer, old, out));
    }
}

fn participant(by: &Caller) -> Option<ParticipantId> {
    match by {
        Caller::Server => None,
        Caller::Participant(participant) => Some(participant.clone()),
    }
}

fn seconds(now: Millis) -> i64 {
    i64::try_from(now / 1000).unwrap_or(i64::MAX)
}

/// A text people give on one line: trimmed, not empty, not too long, nothing that is not shown.
fn one_line(text: &str, chars_max: usize) -> Result<String, Refused> {
    let text = text.trim();
    let good = !text.is_empty() && text.chars().count() <= chars_max && !text.chars().any(char::is_control);
    if good {
        Ok(text.to_owned())
    } else {
        Err(Refused::BadText)
    }
}
