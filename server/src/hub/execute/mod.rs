//! Commands: decided in order, each in one transaction over its documents and rows, each once (invariant G1).

mod audit;
mod characteristics;
mod claims;
mod code_forms;
mod collections;
mod content;
mod decisions;
mod imports;
mod ledger;
mod merges;
mod models;
mod needs;
mod people;
mod replacement;
mod reveal;
mod settle;
mod shape;
mod standing;
mod states;
mod subjects;

use imports::Incoming;

use super::command::{Answer, Command, CommandError, Refused};
use super::document::Body;
use super::rows;
use super::workshop::Workshop;
use super::{Caller, CommandId, ConnectionId, Hub, Millis, Output, Pending, close};
use crate::store::{Expect, Table, Transaction};
use crate::wire::Notice;
use samverk_shared::access::{Action, Grant, Grants, Kind};
use samverk_shared::ids::{DocumentId, ParticipantId, WorkshopId};
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
    /// Who has another list of documents than before, where not all have.
    catalogue_of: BTreeSet<ParticipantId>,
    /// Views that all are told of at once.
    views: Vec<&'static str>,
    changed: Vec<(DocumentId, Kind)>,
    /// Documents that were replaced or destroyed and must leave memory.
    replaced: Vec<DocumentId>,
    /// Documents the command changed: their batches are durable with it.
    edited: Vec<DocumentId>,
}

/// A command as it was handed in.
pub(super) struct Order {
    pub id: CommandId,
    pub workshop: WorkshopId,
    pub by: Caller,
    pub command: Command,
    /// Its idempotency key, scoped to the caller.
    pub key: Option<String>,
}

/// To which workshop, by whom and when.
struct Given<'a> {
    workshop: &'a WorkshopId,
    by: &'a Caller,
    now: Millis,
}

/// What a command does.
#[derive(Default)]
struct Done {
    transaction: Transaction,
    answer: Option<Answer>,
    rights: BTreeSet<ParticipantId>,
    catalogue: bool,
    people: bool,
    catalogue_of: BTreeSet<ParticipantId>,
    views: Vec<&'static str>,
    changed: Vec<(DocumentId, Kind)>,
    replaced: Vec<DocumentId>,
    edited: Vec<DocumentId>,
}

enum Step {
    Done(Box<Done>),
    Defer,
}

impl Step {
    fn done(done: Done) -> Step {
        Step::Done(Box::new(done))
    }
}

impl Hub {
    pub(super) fn command(
        &mut self,
        order: Order,
        earlier: Option<Answer>,
        now: Millis,
        out: &mut Vec<Output>,
    ) {
        let Order {
            id,
            workshop,
            by,
            command,
            key,
        } = &order;
        if let Some(answer) = earlier {
            return out.push(Output::Answer(*id, Ok(answer)));
        }
        if let Some(key) = key
            && let Some(commit) = self
                .workshops
                .get(workshop)
                .and_then(|w| w.keys_in_flight.get(key))
            && let Some(Pending::Command(effects)) = self.commits.get_mut(commit)
        {
            return effects.waiting.push(*id);
        }
        self.count("commands");
        let given = Given { workshop, by, now };
        self.in_hand.clear();
        match self.execute(&given, command, out) {
            Err(refused) => {
                self.count("commands_refused");
                self.put_down();
                if refused == Refused::NotAllowed {
                    self.audit_refusal(&given, out);
                }
                out.push(Output::Answer(*id, Err(CommandError::Refused(refused))));
            }
            Ok(Step::Defer) => self.deferred.push(order),
            Ok(Step::Done(done)) => self.commit_command(&order, *done, now, out),
        }
    }

    /// Tries again what waited for a document.
    pub(super) fn run_deferred(&mut self, now: Millis, out: &mut Vec<Output>) {
        for order in std::mem::take(&mut self.deferred) {
            self.command(order, None, now, out);
        }
    }

    fn commit_command(&mut self, order: &Order, done: Done, now: Millis, out: &mut Vec<Output>) {
        let Order {
            id, workshop, key, ..
        } = order;
        let answer = done.answer.unwrap_or(Answer::Done);
        let mut transaction = done.transaction;
        transaction.extend(self.audit(order, &answer, now));
        if let Some(key) = key {
            let row_key = rows::key(&[workshop.as_str(), key]);
            transaction.push(rows::put_expecting(
                Table::Idempotency,
                row_key,
                &answer,
                Expect::Absent,
            ));
        }
        let effects = Effects {
            waiting: vec![*id],
            workshop: workshop.clone(),
            answer,
            key: key.clone(),
            rights: done.rights,
            catalogue: done.catalogue,
            people: done.people,
            catalogue_of: done.catalogue_of,
            views: done.views,
            changed: done.changed,
            replaced: done.replaced,
            edited: done.edited,
        };
        // A right that was taken back ends at once, not when the row is durable.
        self.enforce_rights(workshop, &effects.rights, out);
        if effects.catalogue {
            self.connections_of(workshop, None)
                .into_iter()
                .for_each(|id| self.take_back(id, out));
        }
        let commit = self.commit(transaction, Pending::Command(Box::new(effects)), out);
        if let (Some(key), Some(workshop)) = (key, self.workshops.get_mut(workshop)) {
            workshop.keys_in_flight.insert(key.clone(), commit);
        }
    }

    pub(super) fn command_committed(&mut self, effects: Effects, now: Millis, out: &mut Vec<Output>) {
        let Effects { workshop, answer, .. } = &effects;
        if let (Some(key), Some(workshop)) = (&effects.key, self.workshops.get_mut(workshop)) {
            workshop.keys_in_flight.remove(key);
        }
        effects.replaced.iter().for_each(|old| self.forget(*old, out));
        effects
            .edited
            .iter()
            .for_each(|id| self.batch_committed(*id, now, out));
        for participant in &effects.rights {
            for connection in self.connections_of(workshop, Some(participant)) {
                self.notify(connection, Notice::Rights, out);
                self.notify(connection, Notice::Catalogue, out);
            }
        }
        for participant in &effects.catalogue_of {
            for connection in self.connections_of(workshop, Some(participant)) {
                self.notify(connection, Notice::Catalogue, out);
            }
        }
        for view in &effects.views {
            self.notify_workshop(workshop, Notice::View(view), out);
        }
        if effects.catalogue {
            self.notify_workshop(workshop, Notice::Catalogue, out);
        }
        if effects.people || !effects.rights.is_empty() {
            self.notify_workshop(workshop, Notice::People, out);
        }
        self.reopen(workshop);
        self.look_at_shapes(workshop);
        self.tell_they_may_write(out);
        for (document, kind) in &effects.changed {
            self.changed(workshop, *document, *kind, out);
        }
        // Who has the answer sees what was done: the views know of it before.
        effects
            .waiting
            .iter()
            .for_each(|id| out.push(Output::Answer(*id, Ok(answer.clone()))));
    }

    fn execute(
        &mut self,
        given: &Given<'_>,
        command: &Command,
        out: &mut Vec<Output>,
    ) -> Result<Step, Refused> {
        if let Command::CreateWorkshop {
            title,
            purpose,
            facilitator,
        } = command
        {
            return self
                .create_workshop(given, title, purpose, facilitator.as_ref())
                .map(Step::done);
        }
        let grants = self.caller_grants(given)?;
        let needs = match command {
            Command::CreateCase { .. }
            | Command::ImportCases { .. }
            | Command::UndoImport { .. }
            | Command::MergeCases(_)
            | Command::TakeInForm(_)
            | Command::Decide { .. }
            | Command::TakeBackDecisions { .. }
            | Command::Furnish { .. }
            | Command::AddNeeds { .. }
            | Command::Settle { .. }
            | Command::SettleAgreed { .. }
            | Command::ChangeCharacteristics { .. }
            | Command::CreateModel { .. }
            | Command::CompleteModel { .. }
            | Command::SetInReport { .. }
            | Command::MoveInReport { .. } => &[Grant::Facilitator, Grant::Editor][..],
            Command::TakePart { .. } | Command::Send { .. } => {
                &[Grant::Facilitator, Grant::Editor, Grant::Reviewer][..]
            }
            _ => &[Grant::Facilitator][..],
        };
        let joins = matches!(command, Command::Join { .. }) && *given.by == Caller::Server;
        if !joins && !needs.iter().any(|grant| grants.has(*grant)) {
            return Err(Refused::NotAllowed);
        }
        let done = match command {
            Command::CreateLink {
                rights,
                label,
                secret_digests,
                terms,
            } => self.create_link(given, rights, label, secret_digests, *terms),
            Command::SetClosed { link, closed } => self.set_closed(given, link, *closed),
            Command::Admit { participant, admit } => self.let_in_or_away(given, participant, *admit),
            Command::RevokeLink { link } => self.revoke_link(given, link),
            Command::Join { .. } => self.join(given, command),
            Command::Erase { participant } => self.erase(given, participant),
            Command::SignOut { participant } => self.signed_out(given, participant),
            Command::SetRights { participant, rights } => self.set_rights(given, participant, rights),
            Command::CreateCase { name } => self.create_case(given, name),
            Command::ImportCases {
                list,
                records,
                joins,
                editions,
                cases_seen,
                mappings,
            } => {
                let incoming = Incoming {
                    list,
                    records,
                    joins,
                    editions,
                    mappings,
                    cases_seen: *cases_seen,
                };
                return self.import_cases(given, &incoming, out);
            }
            Command::UndoImport {
                import,
                untouched,
                joined,
            } => return self.undo_import(given, import, (untouched, joined), out),
            Command::Decide { decisions, seen } => return self.decide_about(given, (decisions, seen), out),
            Command::TakeBackDecisions { cases } => return self.take_back_decisions(given, cases, out),
            Command::TakeInForm(form) => return self.take_in_form(given, form, out),
            Command::MergeCases(merging) => return self.merge_cases(given, merging, out),
            Command::Furnish { kind } => self.furnish(given, *kind),
            Command::AddNeeds { cases, about, errand } => {
                return self.add_needs(given, cases, (about.as_deref(), errand), out);
            }
            Command::ChangeCharacteristics {
                version,
                change,
                used,
            } => self.change_characteristics(given, *version, change, *used),
            Command::CreateModel { name, draft } => self.create_model(given, name, draft),
            Command::CompleteModel { subject, challenges } => {
                return self.complete_model(given, subject, challenges, out);
            }
            Command::SetInReport { subject, in_report } => self.set_in_report(given, subject, *in_report),
            Command::MoveInReport { subject, number } => self.move_in_report(given, subject, *number),
            Command::SetState { subject, state } => self.set_state(given, subject, *state),
            Command::SetAudience { subject, audience } => self.set_audience(given, subject, *audience),
            Command::OpenCollection {
                question,
                team,
                named,
                earlier,
            } => return self.open_collection(given, (question, *team, *named), earlier.as_ref(), out),
            Command::TakePart { collection } => self.take_part(given, collection),
            Command::Send { collection, sent } => self.send(given, collection, *sent),
            Command::SetCollectionClosed { collection, closed } => {
                return self.set_collection_closed(given, collection, *closed, out);
            }
            Command::Reveal { collection, named } => return self.reveal(given, collection, *named, out),
            Command::Settle { collection, settling } => return self.settle(given, collection, settling, out),
            Command::SettleAgreed { collection } => return self.settle_agreed(given, collection, out),
            Command::SetStage { activity } => self.set_stage(given, activity.as_ref()),
            Command::Replace { subject } => return self.replace(given, subject, None, out),
            Command::ReplaceBy { .. } if *given.by != Caller::Server => Err(Refused::NotAllowed),
            Command::ReplaceBy { subject, content } => {
                return self.replace(given, subject, Some(content.as_ref()), out);
            }
            Command::CreateWorkshop { .. } => Err(Refused::WorkshopExists),
        };
        done.map(Step::done)
    }

    fn caller_grants(&self, given: &Given<'_>) -> Result<Grants, Refused> {
        let workshop = self
            .workshops
            .get(given.workshop)
            .ok_or(Refused::UnknownWorkshop)?;
        Ok(match given.by {
            Caller::Server => Grants::from(Grant::Facilitator),
            Caller::Participant(participant) => workshop.grants(participant),
        })
    }

    fn workshop_mut(&mut self, id: &WorkshopId) -> Result<&mut Workshop, Refused> {
        self.workshops.get_mut(id).ok_or(Refused::UnknownWorkshop)
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
                    self.take_back(connection, out);
                }
            }
        }
    }

    /// Closes to a connection what its person may no longer read, and hides them where they may no longer be seen.
    fn take_back(&mut self, id: ConnectionId, out: &mut Vec<Output>) {
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
            let may = |action| self.may(&hello, self.places.get(&document), action).is_ok();
            let (reads, shows) = (may(Action::Read), may(Action::Presence));
            if here && !shows {
                self.say_goodbye(id, &hello.peer_id, document, out);
            }
            if here && !reads {
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
pub(crate) fn one_line(text: &str, chars_max: usize) -> Result<String, Refused> {
    let text = text.trim();
    let good = !text.is_empty() && text.chars().count() <= chars_max && !text.chars().any(is_unseen);
    if good {
        Ok(text.to_owned())
    } else {
        Err(Refused::BadText)
    }
}

/// What is not shown itself, and can make a name read as another's: control characters, marks that turn the direction
/// of writing, spaces without width. The joiners of emoji and of some scripts are none of them.
pub(crate) fn is_unseen(sign: char) -> bool {
    let turns = matches!(sign, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    sign.is_control() || turns || matches!(sign, '\u{200b}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_holds_nothing_that_is_not_shown() {
        for good in ["Åse", " Kari Nordmann ", "👩\u{200d}🚒", "O’Neill"] {
            assert_eq!(one_line(good, 80), Ok(good.trim().to_owned()));
        }
        for bad in [
            "",
            "  ",
            "a\nb",
            "\u{202e}olav",
            "Ka\u{200b}ri",
            "Liv\u{2066}",
            "\u{feff}Liv",
        ] {
            assert_eq!(one_line(bad, 80), Err(Refused::BadText), "{bad:?}");
        }
    }
}
