//! The audit log: what was decided about people, links and documents, by whom and when. It names nobody: names are rows
//! of their own, and go when a person does.

use super::{Given, Hub, Order};
use crate::hub::command::{Answer, Command};
use crate::hub::rows::{self, Act, AuditRow, key};
use crate::hub::{Caller, Output, Pending};
use crate::store::{Table, Write};
use samverk_shared::limits::REFUSAL_NOTED_EVERY_MS;

/// What a command did that belongs into the log.
fn act(command: &Command, answer: &Answer) -> Option<Act> {
    Some(match (command, answer) {
        (Command::CreateWorkshop { .. }, _) => Act::MadeWorkshop,
        (Command::CreateLink { rights, terms, .. }, Answer::Link { link }) => Act::MadeLink {
            link: link.clone(),
            grants: rights.grants,
            lobby: terms.lobby,
        },
        (Command::RevokeLink { link }, _) => Act::RevokedLink { link: link.clone() },
        (Command::SetClosed { link, closed }, _) => Act::SetClosed {
            link: link.clone(),
            closed: *closed,
        },
        (Command::Join { link, .. }, Answer::Participant { participant, waits }) => Act::Joined {
            participant: participant.clone(),
            link: link.clone(),
            waits: *waits,
        },
        (Command::Admit { participant, admit }, _) => Act::Admitted {
            participant: participant.clone(),
            admit: *admit,
        },
        (Command::SetRights { participant, rights }, _) => Act::SetGrants {
            participant: participant.clone(),
            roles: rights.roles.clone(),
            grants: rights.grants,
        },
        (Command::Erase { participant }, _) => Act::Erased {
            participant: participant.clone(),
        },
        (Command::SignOut { participant }, _) => Act::SignedOut {
            participant: participant.clone(),
        },
        (Command::ImportCases { list, records, .. }, _) => Act::Imported {
            list: list.clone(),
            cases: records.len(),
        },
        (Command::MergeCases(merging), _) => Act::MergedCases {
            stays: merging.stays.clone(),
            goes: merging.goes.clone(),
        },
        (Command::UndoImport { import, .. }, Answer::Undone { archived, .. }) => {
            match (&import.merged, import.joined.first()) {
                (Some(goes), Some(stays)) => Act::UndidMerge {
                    stays: stays.clone(),
                    goes: goes.clone(),
                },
                _ => Act::UndidImport {
                    list: import.list.clone(),
                    cases: archived.len(),
                },
            }
        }
        (Command::SetState { subject, state }, _) => Act::SetState {
            subject: subject.clone(),
            state: *state,
        },
        (Command::SetAudience { subject, audience }, _) => Act::SetAudience {
            subject: subject.clone(),
            audience: *audience,
        },
        (Command::Replace { subject } | Command::ReplaceBy { subject, .. }, _) => Act::Replaced {
            subject: subject.clone(),
        },
        (Command::OpenCollection { named, .. }, Answer::Collection { collection }) => Act::OpenedCollection {
            collection: collection.clone(),
            named: *named,
        },
        (Command::SetCollectionClosed { collection, closed }, _) => Act::SetCollectionClosed {
            collection: collection.clone(),
            closed: *closed,
        },
        (Command::Reveal { collection, named }, _) => Act::RevealedCollection {
            collection: collection.clone(),
            named: *named,
        },
        // Who takes part in a collection without names, and when, is not to be known afterwards.
        (Command::TakePart { .. } | Command::Send { .. }, _) => return None,
        (
            Command::CreateLink { .. }
            | Command::Join { .. }
            | Command::CreateCase { .. }
            | Command::Furnish { .. }
            | Command::AddNeeds { .. }
            // The history of a case says who decided what.
            | Command::Decide { .. }
            | Command::TakeInForm(_)
            | Command::TakeBackDecisions { .. }
            // Their own rows say who changed what and when.
            | Command::ChangeCharacteristics { .. }
            | Command::CreateModel { .. }
            | Command::CompleteModel { .. }
            | Command::SetInReport { .. }
            | Command::MoveInReport { .. }
            | Command::UndoImport { .. }
            | Command::OpenCollection { .. }
            | Command::Settle { .. }
            | Command::SettleAgreed { .. }
            | Command::SetStage { .. },
            _,
        ) => return None,
    })
}

impl Hub {
    /// The row of a command in the log, where it belongs there; part of the command's own transaction.
    pub(super) fn audit(&self, order: &Order, answer: &Answer, now: u64) -> Option<Write> {
        let act = act(&order.command, answer)?;
        let given = Given {
            workshop: &order.workshop,
            by: &order.by,
            now,
        };
        Some(self.audit_row(&given, act))
    }

    /// Notes that somebody was refused what they may not do: once in a while for each, or it would be a way to fill
    /// the disk.
    pub(super) fn audit_refusal(&mut self, given: &Given<'_>, out: &mut Vec<Output>) {
        let Caller::Participant(participant) = given.by else {
            return;
        };
        let Some(workshop) = self.workshops.get_mut(given.workshop) else {
            return;
        };
        if !workshop.participants.contains_key(participant) {
            return;
        }
        let noted = workshop.refusals_noted.get(participant);
        if noted.is_some_and(|at| given.now.saturating_sub(*at) < REFUSAL_NOTED_EVERY_MS) {
            return;
        }
        workshop.refusals_noted.insert(participant.clone(), given.now);
        let row = self.audit_row(given, Act::Refused);
        self.commit(vec![row], Pending::Nothing, out);
    }

    fn audit_row(&self, given: &Given<'_>, act: Act) -> Write {
        let row = AuditRow {
            at_ms: given.now,
            by: super::participant(given.by),
            act,
        };
        let number = format!("{:015}-{:010}", given.now, self.commits_made);
        rows::put(Table::Audit, key(&[given.workshop.as_str(), &number]), &row)
    }
}
