//! Revealing a collection (P3): one command, one transaction.

use super::{Done, Given, Step, seconds};
use crate::firewall::contain;
use crate::hub::command::Refused;
use crate::hub::rows::{self, Answered, CollectionRow, CollectionState, key};
use crate::hub::{Hub, Output};
use crate::store::{Table, Write};
use rand_chacha::rand_core::Rng;
use samverk_shared::access::{Audience, Kind};
use samverk_shared::collection::{self, Ask, Content, Outcome, Sealed};
use samverk_shared::document::{create, read};
use samverk_shared::ids::{CollectionId, SubjectId, id_from_random};
use std::collections::BTreeSet;

impl Hub {
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
            // A coding without its coder is none.
            CollectionState::Closed if !named && matches!(row.question.ask, Ask::Codings { .. }) => {
                return Err(Refused::NotAllowed);
            }
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
        let answering: Vec<&Sealed> = sealed.iter().filter(|one| !one.answers.is_empty()).collect();
        let groups: BTreeSet<&str> = answering.iter().map(|one| one.group.as_str()).collect();
        let answered = answering.len();
        row.answered = Some(Answered {
            people: answered,
            groups: groups.iter().filter(|group| !group.is_empty()).count(),
        });
        let content = match &row.question.ask {
            Ask::Notes => self.reveal_notes(given, &mut row, &sealed, &mut done)?,
            Ask::Votes { items, .. } => Content::Votes {
                tally: collection::tally(items, &sealed),
            },
            Ask::Ratings { items, .. } => Content::Ratings {
                rated: collection::rated(items, &sealed, named),
            },
            Ask::Codings { .. } => Content::Codings {
                coders: collection::codings_of(sealed),
            },
        };
        let outcome = Outcome { answered, content };
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
    pub(super) fn open_sealed(
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
        let set = self.workshop_mut(given.workshop)?.characteristics.clone();
        let mut sealed = Vec::new();
        for (who, subject, document) in documents {
            let loaded = self.content(document)?;
            let answers =
                contain(|| read::read_answers(&loaded.automerge, &set)).map_err(|_| Refused::Unreadable)?;
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
        let row = self.sealed_row(given, subject)?;
        let document = row.document;
        done.catalogue_of.extend(row.owner.clone());
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

    /// An order that nobody can foretell.
    pub(super) fn shuffle<T>(&mut self, all: &mut [T]) {
        for last in (1..all.len()).rev() {
            // Of 2^64 values the lowest places get less than one in 2^50 more than their share.
            let place = self.rng.next_u64() % (last as u64 + 1);
            all.swap(last, place as usize);
        }
    }
}
