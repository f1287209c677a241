//! Commands about collections (P3): what several people answer apart from each other, until it is revealed.
//!
//! **Invariant:** nothing of what is answered leaves the server, to anybody but who wrote it, before `reveal`.

use super::{Done, Given, Step, participant, seconds};
use crate::hub::command::{Answer, Refused};
use crate::hub::rows::{self, CatalogueRow, CollectionRow, CollectionState, Part, StageRow, key};
use crate::hub::workshop::view;
use crate::hub::{Caller, Hub, Output};
use crate::store::Table;
use samverk_shared::access::{Audience, Kind, State};
use samverk_shared::blanks;
use samverk_shared::collection::{About, Ask, Question};
use samverk_shared::document::create;
use samverk_shared::ids::{CollectionId, ParticipantId, SubjectId};
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
        let round = before.map_or(1, |before| before.round + 1);
        // A further round asks the same of the same people.
        let (question, team) = before.map_or((question, team), |before| (&before.question, before.team));
        // Of claims the words of now are asked about, under keys that nobody has seen the models of.
        let anew = earlier.is_none() || matches!(question.about, Some(About::Balance { .. }));
        let question = question.clone();
        let (question, team) = match anew {
            false => (question, team),
            true => match self.complete(given, question, team, out)? {
                Some(whole) => whole,
                None => return Ok(Step::Defer),
            },
        };
        if !question.is_sound() {
            return Err(Refused::BadText);
        }
        // Codings have names and are the team's.
        let codes = matches!(question.ask, Ask::Codings { .. });
        let (team, named) = (team || codes, named || codes);
        let earlier = earlier.cloned();
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
            answered: None,
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

    /// A question with what it leaves unsaid, and whether the team alone is asked; none while a document it is made of is
    /// not in memory. Refused where it asks about what is not here, or people who are not.
    fn complete(
        &mut self,
        given: &Given<'_>,
        mut question: Question,
        team: bool,
        out: &mut Vec<Output>,
    ) -> Result<Option<(Question, bool)>, Refused> {
        let catalogue = &self.workshop_mut(given.workshop)?.catalogue;
        let is_model = |model: &SubjectId| {
            let row = catalogue.get(model);
            row.is_some_and(|row| row.kind == Kind::Model && row.state != State::Archived)
        };
        let about = question.about.as_ref();
        if !about.is_none_or(|about| about.models().iter().all(is_model)) {
            return Err(Refused::Unknown);
        }
        if matches!(about, Some(About::Balance { .. })) {
            return self.with_claims(given, question, team, out);
        }
        let Ask::Codings {
            cases,
            characteristics,
            coders,
        } = &mut question.ask
        else {
            return Ok(Some((question, team)));
        };
        let workshop = self.workshop_mut(given.workshop)?;
        let set = workshop.characteristics.clone();
        if characteristics.is_empty() {
            characteristics.extend(blanks::agreed(&set).map(|one| one.key.clone()));
        }
        let is_case = |case: &SubjectId| {
            workshop
                .catalogue
                .get(case)
                .is_some_and(|row| row.kind == Kind::Case)
        };
        let known = |key: &String| set.get(key).is_some();
        let here = cases.iter().all(is_case)
            && characteristics.iter().all(known)
            && coders.iter().all(|coder| workshop.grants(coder).team());
        if here {
            Ok(Some((question, team)))
        } else {
            Err(Refused::Unknown)
        }
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
            ..self.new_row(given, Kind::Sealed)
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

    fn set_sealed(
        &mut self,
        given: &Given<'_>,
        row: &CollectionRow,
        state: State,
        done: &mut Done,
    ) -> Result<(), Refused> {
        for part in row.parts.values() {
            let sealed = self.sealed_row(given, &part.subject)?.clone();
            self.put_row(given, CatalogueRow { state, ..sealed }, done)?;
        }
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

    pub(super) fn collection(
        &mut self,
        given: &Given<'_>,
        id: &CollectionId,
    ) -> Result<&CollectionRow, Refused> {
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
        if row.asks(who, workshop.grants(who)) {
            Ok((row.clone(), who.clone()))
        } else {
            Err(Refused::NotAllowed)
        }
    }

    pub(super) fn sealed_row(
        &mut self,
        given: &Given<'_>,
        subject: &SubjectId,
    ) -> Result<&CatalogueRow, Refused> {
        self.workshop_mut(given.workshop)?
            .catalogue
            .get(subject)
            .ok_or(Refused::Unknown)
    }

    pub(super) fn put_collection(
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
}
