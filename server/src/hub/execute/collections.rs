//! Commands about collections (P3): what several people answer apart from each other, until it is revealed.
//!
//! **Invariant:** nothing of what is answered leaves the server, to anybody but who wrote it, before `reveal`.

use super::{Done, Given, Step, participant, seconds};
use crate::firewall::contain;
use crate::hub::command::{Answer, Refused};
use crate::hub::rows::{self, CatalogueRow, CollectionRow, CollectionState, Part, StageRow, key};
use crate::hub::workshop::view;
use crate::hub::{Caller, Hub, Output};
use crate::store::{Table, Write};
use rand_chacha::rand_core::Rng;
use samverk_shared::access::{Audience, Grants, Kind, State};
use samverk_shared::collection::{self, Ask, Content, Outcome, Question, Sealed};
use samverk_shared::document::ledger::{self, Entry};
use samverk_shared::document::{create, read};
use samverk_shared::ids::{CollectionId, DocumentId, ParticipantId, SubjectId, id_from_random};
use samverk_shared::limits::{COLLECTIONS_MAX, SUBJECTS_MAX};
use samverk_shared::stage::Activity;
use std::collections::BTreeMap;

impl Hub {
    pub(super) fn open_collection(
        &mut self,
        given: &Given<'_>,
        new: (&Question, bool, bool),
        earlier: Option<&CollectionId>,
        out: &mut Vec<Output>,
    ) -> Result<Step, Refused> {
        let (question, team, named) = new;
        let workshop = self.workshop_mut(given.workshop)?;
        if workshop.collections.len() >= COLLECTIONS_MAX {
            return Err(Refused::Full);
        }
        let before = match earlier {
            Some(id) => Some(workshop.collections.get(id).ok_or(Refused::Unknown)?),
            None => None,
        };
        if before.is_some_and(|before| before.state != CollectionState::Revealed) {
            return Err(Refused::CollectionOpen);
        }
        // A further round asks the same of the same people.
        let (question, team) = before.map_or((question, team), |before| (&before.question, before.team));
        if !question.is_sound() {
            return Err(Refused::BadText);
        }
        let round = before.map_or(1, |before| before.round + 1);
        let (question, earlier) = (question.clone(), earlier.cloned());
        let row = CollectionRow {
            id: CollectionId::from_random(self.fresh_bytes()),
            question,
            team,
            named,
            round,
            earlier,
            state: CollectionState::Open,
            opened_ms: given.now,
            opened_by: participant(given.by),
            changed_ms: given.now,
            parts: BTreeMap::new(),
            board: None,
        };
        let mut done = Done {
            answer: Some(Answer::Collection {
                collection: row.id.clone(),
            }),
            ..Done::default()
        };
        if !self.ledger_is_ready(given, out) {
            return Ok(Step::Defer);
        }
        self.note_in_ledger(given, &row, &mut done)?;
        self.put_collection(given, row, &mut done)?;
        Ok(Step::done(done))
    }

    /// The sealed document of the caller: born when they first take part.
    pub(super) fn take_part(&mut self, given: &Given<'_>, id: &CollectionId) -> Result<Done, Refused> {
        let (row, who) = self.asked(given, id)?;
        if let Some(part) = row.parts.get(&who) {
            let subject = part.subject.clone();
            let document = self.sealed_row(given, &subject)?.document;
            return Ok(Done {
                answer: Some(Answer::Part { subject, document }),
                ..Done::default()
            });
        }
        if row.state != CollectionState::Open {
            return Err(Refused::CollectionClosed);
        }
        if self.workshop_mut(given.workshop)?.catalogue.len() >= SUBJECTS_MAX {
            return Err(Refused::Full);
        }
        let actor = self.server_actor(given)?;
        let sealed = create::sealed(id, &row.question.ask, actor, seconds(given.now));
        let sealed = sealed.map_err(|_| Refused::BadText)?;
        let new = CatalogueRow {
            audience: Audience::Owner,
            owner: Some(who.clone()),
            ..self.new_row(Kind::Sealed)
        };
        let (subject, document) = (new.subject.clone(), new.document);
        let mut done = Done {
            answer: Some(Answer::Part {
                subject: subject.clone(),
                document,
            }),
            ..Done::default()
        };
        done.changed.push((document, Kind::Sealed));
        self.store_new(given, document, &sealed, &mut done);
        self.put_row(given, new, &mut done)?;
        // Only its owner learns that the document is there.
        done.catalogue = false;
        done.catalogue_of = Some(who.clone());
        let mut row = row;
        row.parts.insert(who, Part { subject, sent: false });
        self.put_collection_quietly(given, row, &mut done)?;
        Ok(done)
    }

    pub(super) fn send(&mut self, given: &Given<'_>, id: &CollectionId, sent: bool) -> Result<Done, Refused> {
        let (mut row, who) = self.asked(given, id)?;
        if row.state != CollectionState::Open {
            return Err(Refused::CollectionClosed);
        }
        row.parts.get_mut(&who).ok_or(Refused::Unknown)?.sent = sent;
        let mut done = Done::default();
        self.put_collection_quietly(given, row, &mut done)?;
        Ok(done)
    }

    pub(super) fn set_collection_closed(
        &mut self,
        given: &Given<'_>,
        id: &CollectionId,
        closed: bool,
        out: &mut Vec<Output>,
    ) -> Result<Step, Refused> {
        let row = self.collection(given, id)?.clone();
        let (state, documents) = if closed {
            (CollectionState::Closed, State::Closed)
        } else {
            (CollectionState::Open, State::Open)
        };
        if row.state == CollectionState::Revealed {
            return Err(Refused::CollectionRevealed);
        }
        let mut done = Done::default();
        if row.state == state {
            // Two facilitators at once: the second finds nothing to do.
            return Ok(Step::done(done));
        }
        let row = CollectionRow {
            state,
            changed_ms: given.now,
            ..row
        };
        if !self.ledger_is_ready(given, out) {
            return Ok(Step::Defer);
        }
        self.note_in_ledger(given, &row, &mut done)?;
        self.set_sealed(given, &row, documents, &mut done)?;
        self.put_collection(given, row, &mut done)?;
        Ok(Step::done(done))
    }

    /// Copies what was answered, as the server, in an order that is drawn; without names, destroys the sealed documents
    /// with who wrote them, in the same transaction. A document that cannot be read is left as it is.
    pub(super) fn reveal(
        &mut self,
        given: &Given<'_>,
        id: &CollectionId,
        named: bool,
        out: &mut Vec<Output>,
    ) -> Result<Step, Refused> {
        let row = self.collection(given, id)?.clone();
        match row.state {
            CollectionState::Open => return Err(Refused::CollectionOpen),
            CollectionState::Revealed => return Ok(Step::done(Done::default())),
            CollectionState::Closed if named && !row.named => return Err(Refused::NotAllowed),
            CollectionState::Closed => {}
        }
        let Some(mut sealed) = self.open_sealed(given, &row, out)? else {
            return Ok(Step::Defer);
        };
        self.shuffle(&mut sealed);
        let read: Vec<SubjectId> = sealed.iter().map(|(subject, _)| subject.clone()).collect();
        let sealed: Vec<Sealed> = sealed.into_iter().map(|(_, sealed)| sealed).collect();
        let mut done = Done::default();
        let mut row = CollectionRow {
            state: CollectionState::Revealed,
            named,
            changed_ms: given.now,
            ..row
        };
        if !self.ledger_is_ready(given, out) {
            return Ok(Step::Defer);
        }
        let content = match &row.question.ask {
            Ask::Notes => self.reveal_notes(given, &mut row, &sealed, &mut done)?,
            Ask::Votes { items, .. } => Content::Votes {
                tally: collection::tally(items, &sealed),
            },
            Ask::Ratings { items, .. } => Content::Ratings {
                rated: collection::rated(items, &sealed, named),
            },
        };
        let outcome = Outcome {
            answered: sealed.iter().filter(|one| !one.answers.is_empty()).count(),
            content,
        };
        let outcome_key = key(&[given.workshop.as_str(), id.as_str()]);
        done.transaction
            .push(rows::put(Table::Outcomes, outcome_key, &outcome));
        if !named {
            read.iter()
                .try_for_each(|subject| self.destroy(given, subject, &mut done))?;
            row.parts.clear();
        }
        self.note_in_ledger(given, &row, &mut done)?;
        self.put_collection(given, row, &mut done)?;
        Ok(Step::done(done))
    }

    /// What everybody answered, once all their documents are in memory.
    fn open_sealed(
        &mut self,
        given: &Given<'_>,
        row: &CollectionRow,
        out: &mut Vec<Output>,
    ) -> Result<Option<Vec<(SubjectId, Sealed)>>, Refused> {
        let mut all_ready = true;
        let mut documents = Vec::new();
        for (who, part) in &row.parts {
            let document = self.sealed_row(given, &part.subject)?.document;
            match self.is_ready(document, given.now, out) {
                Ok(ready) => all_ready &= ready,
                Err(_) => {
                    tracing::error!(%document, "a sealed document cannot be read and is left out");
                    continue;
                }
            }
            documents.push((who, part.subject.clone(), document));
        }
        if !all_ready {
            return Ok(None);
        }
        let mut sealed = Vec::new();
        for (who, subject, document) in documents {
            let loaded = self.content(document)?;
            let answers =
                contain(|| read::read_answers(&loaded.automerge)).map_err(|_| Refused::Unreadable)?;
            let workshop = self
                .workshops
                .get(given.workshop)
                .ok_or(Refused::UnknownWorkshop)?;
            let group = workshop.participants.get(who).map(|row| row.actor_group.clone());
            sealed.push((
                subject,
                Sealed {
                    participant: who.clone(),
                    group: group.unwrap_or_default(),
                    answers: answers.counted(&row.question.ask),
                },
            ));
        }
        Ok(Some(sealed))
    }

    /// Lays the notes on a board, mixed.
    fn reveal_notes(
        &mut self,
        given: &Given<'_>,
        row: &mut CollectionRow,
        sealed: &[Sealed],
        done: &mut Done,
    ) -> Result<Content, Refused> {
        let mut notes = collection::notes_of(sealed, row.named);
        self.shuffle(&mut notes);
        if notes.is_empty() {
            return Ok(Content::Notes {
                board: None,
                notes: 0,
            });
        }
        let actor = self.server_actor(given)?;
        let mut fresh = || id_from_random(self.fresh_bytes());
        let board = create::board(&row.question.title, &notes, actor, &mut fresh, seconds(given.now));
        let board = board.map_err(|_| Refused::BadText)?;
        let audience = if row.team {
            Audience::Team
        } else {
            Audience::Members
        };
        let board = self.add_subject(given, (Kind::Board, audience), "", &board, done)?;
        row.board = Some(board.subject.clone());
        Ok(Content::Notes {
            board: Some(board.subject),
            notes: notes.len(),
        })
    }

    /// Removes a sealed document, its runs of authorship and its place in the catalogue.
    fn destroy(&mut self, given: &Given<'_>, subject: &SubjectId, done: &mut Done) -> Result<(), Refused> {
        let document = self.sealed_row(given, subject)?.document;
        done.transaction.push(Write::Remove { document });
        done.transaction.push(Write::Delete {
            table: Table::Catalogue,
            key: key(&[given.workshop.as_str(), subject.as_str()]),
        });
        self.workshop_mut(given.workshop)?.catalogue.remove(subject);
        self.put_place(given, document, subject, true, done);
        done.replaced.push(document);
        Ok(())
    }

    fn set_sealed(
        &mut self,
        given: &Given<'_>,
        row: &CollectionRow,
        state: State,
        done: &mut Done,
    ) -> Result<(), Refused> {
        for (who, part) in &row.parts {
            let sealed = self.sealed_row(given, &part.subject)?.clone();
            self.put_row(given, CatalogueRow { state, ..sealed }, done)?;
            done.rights.insert(who.clone());
        }
        done.catalogue = false;
        Ok(())
    }

    pub(super) fn set_stage(
        &mut self,
        given: &Given<'_>,
        activity: Option<&Activity>,
    ) -> Result<Done, Refused> {
        if activity.is_some_and(|activity| !activity.is_sound()) {
            return Err(Refused::BadText);
        }
        if let Some(collection) = activity.and_then(|activity| activity.collection.as_ref()) {
            self.collection(given, collection)?;
        }
        let minutes = activity.and_then(|activity| activity.minutes);
        let row = StageRow {
            activity: activity.cloned(),
            started_ms: given.now,
            ends_ms: minutes.map(|minutes| given.now + minutes * 60_000),
        };
        let put = rows::put(Table::Stages, given.workshop.to_string(), &row);
        Ok(Done {
            transaction: vec![put],
            views: vec![view::STAGE],
            ..Done::default()
        })
    }

    fn collection(&mut self, given: &Given<'_>, id: &CollectionId) -> Result<&CollectionRow, Refused> {
        self.workshop_mut(given.workshop)?
            .collections
            .get(id)
            .ok_or(Refused::Unknown)
    }

    /// A collection that the caller is asked to answer, and who they are.
    fn asked(
        &mut self,
        given: &Given<'_>,
        id: &CollectionId,
    ) -> Result<(CollectionRow, ParticipantId), Refused> {
        let Caller::Participant(who) = given.by else {
            return Err(Refused::NotAllowed);
        };
        let workshop = self.workshop_mut(given.workshop)?;
        let row = workshop.collections.get(id).ok_or(Refused::Unknown)?;
        if row.asks(workshop.grants(who)) {
            Ok((row.clone(), who.clone()))
        } else {
            Err(Refused::NotAllowed)
        }
    }

    fn sealed_row(&mut self, given: &Given<'_>, subject: &SubjectId) -> Result<&CatalogueRow, Refused> {
        self.workshop_mut(given.workshop)?
            .catalogue
            .get(subject)
            .ok_or(Refused::Unknown)
    }

    fn put_collection(
        &mut self,
        given: &Given<'_>,
        row: CollectionRow,
        done: &mut Done,
    ) -> Result<(), Refused> {
        done.views.push(view::COLLECTIONS);
        self.store_collection(given, row, done)
    }

    /// As when somebody has answered: the others hear of the new count by and by.
    fn put_collection_quietly(
        &mut self,
        given: &Given<'_>,
        row: CollectionRow,
        done: &mut Done,
    ) -> Result<(), Refused> {
        let workshop = self.workshop_mut(given.workshop)?;
        workshop.views_changed.insert(view::COLLECTIONS);
        self.store_collection(given, row, done)
    }

    fn store_collection(
        &mut self,
        given: &Given<'_>,
        row: CollectionRow,
        done: &mut Done,
    ) -> Result<(), Refused> {
        let row_key = key(&[given.workshop.as_str(), row.id.as_str()]);
        done.transaction
            .push(rows::put(Table::Collections, row_key, &row));
        let workshop = self.workshop_mut(given.workshop)?;
        workshop.collections.insert(row.id.clone(), row);
        Ok(())
    }

    fn ledger(&self, given: &Given<'_>) -> Option<DocumentId> {
        let rows = self.workshops.get(given.workshop)?.catalogue.values();
        rows.clone()
            .find(|row| row.kind == Kind::Ledger)
            .map(|row| row.document)
    }

    /// Whether the ledger can be written, or never will be: a damaged one stops nobody's work, for the rows are the truth.
    fn ledger_is_ready(&mut self, given: &Given<'_>, out: &mut Vec<Output>) -> bool {
        let Some(ledger) = self.ledger(given) else {
            return true;
        };
        self.is_ready(ledger, given.now, out).unwrap_or(true)
    }

    /// Brings the ledger, which is ready, to what a collection is now. What only the team is asked does not stand there.
    fn note_in_ledger(
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
            let new = self.new_row(Kind::Ledger);
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

    /// An order that nobody can foretell.
    fn shuffle<T>(&mut self, all: &mut [T]) {
        for last in (1..all.len()).rev() {
            // Of 2^64 values the lowest places get less than one in 2^50 more than their share.
            let place = self.rng.next_u64() % (last as u64 + 1);
            all.swap(last, place as usize);
        }
    }
}

impl CollectionRow {
    /// Whether somebody with these grants is asked.
    pub fn asks(&self, grants: Grants) -> bool {
        if self.team {
            grants.team()
        } else {
            grants.reviews()
        }
    }

    /// Whether somebody with these grants sees that it is there, and what it came to.
    pub fn shows(&self, grants: Grants) -> bool {
        if self.team { grants.team() } else { grants.member() }
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
