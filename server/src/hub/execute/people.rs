//! Commands about people: links, joining, grants.

use super::{Done, Given, one_line, participant};
use crate::hub::command::{Answer, Command, Refused};
use crate::hub::rows::{self, LinkRow, LinkSecretRow, ParticipantRow, key};
use crate::hub::{Caller, Hub};
use crate::store::Table;
use samverk_shared::access::{Grant, Grants};
use samverk_shared::ids::{LinkId, ParticipantId, PersonId};
use samverk_shared::limits::{NAME_CHARS_MAX, TITLE_CHARS_MAX};
use std::collections::BTreeSet;

impl Hub {
    pub(super) fn new_participant(
        &mut self,
        given: &Given<'_>,
        person: &PersonId,
        name: String,
    ) -> ParticipantRow {
        ParticipantRow {
            id: ParticipantId::from_random(self.fresh_bytes()),
            person: person.clone(),
            name,
            actor_group: String::new(),
            organisation: String::new(),
            grants: Grants::from(Grant::Facilitator),
            link: None,
            joined_ms: given.now,
        }
    }

    pub(super) fn put_participant(
        &mut self,
        given: &Given<'_>,
        row: ParticipantRow,
        done: &mut Done,
    ) -> Result<(), Refused> {
        let key = key(&[given.workshop.as_str(), row.id.as_str()]);
        done.transaction.push(rows::put(Table::Participants, key, &row));
        done.people = true;
        self.workshop_mut(given.workshop)?
            .participants
            .insert(row.id.clone(), row);
        Ok(())
    }

    pub(super) fn create_link(
        &mut self,
        given: &Given<'_>,
        grants: Grants,
        label: &str,
        secret_digest: &str,
    ) -> Result<Done, Refused> {
        if grants.is_empty() || label.chars().count() > NAME_CHARS_MAX {
            return Err(Refused::BadText);
        }
        let row = LinkRow {
            id: LinkId::from_random(self.fresh_bytes()),
            grants,
            label: label.trim().to_owned(),
            created_ms: given.now,
            created_by: participant(given.by),
            used: 0,
            revoked: false,
        };
        let secret = LinkSecretRow {
            workshop: given.workshop.clone(),
            link: row.id.clone(),
        };
        let mut done = Done {
            answer: Some(Answer::Link { link: row.id.clone() }),
            ..Done::default()
        };
        done.transaction.push(rows::put(
            Table::Links,
            key(&[given.workshop.as_str(), row.id.as_str()]),
            &row,
        ));
        done.transaction
            .push(rows::put(Table::LinkSecrets, secret_digest.to_owned(), &secret));
        self.workshop_mut(given.workshop)?
            .links
            .insert(row.id.clone(), row);
        Ok(done)
    }

    pub(super) fn revoke_link(&mut self, given: &Given<'_>, link: &LinkId) -> Result<Done, Refused> {
        let workshop = self.workshop_mut(given.workshop)?;
        let row = workshop.links.get(link).ok_or(Refused::Unknown)?;
        let came = workshop
            .participants
            .values()
            .filter(|p| p.link.as_ref() == Some(link));
        let came: BTreeSet<ParticipantId> = came.map(|p| p.id.clone()).collect();
        let stays = |p: &ParticipantRow| p.grants.has(Grant::Facilitator) && !came.contains(&p.id);
        if *given.by != Caller::Server && !workshop.participants.values().any(stays) {
            return Err(Refused::LastFacilitator);
        }
        let row = LinkRow {
            revoked: true,
            ..row.clone()
        };
        let mut done = Done::default();
        done.transaction.push(rows::put(
            Table::Links,
            key(&[given.workshop.as_str(), link.as_str()]),
            &row,
        ));
        workshop.links.insert(link.clone(), row);
        for participant in came {
            self.change_grants(given, &participant, Grants::NONE, &mut done)?;
        }
        Ok(done)
    }

    pub(super) fn change_grants(
        &mut self,
        given: &Given<'_>,
        participant: &ParticipantId,
        grants: Grants,
        done: &mut Done,
    ) -> Result<(), Refused> {
        let row = self
            .workshop_mut(given.workshop)?
            .participants
            .get(participant)
            .ok_or(Refused::Unknown)?;
        let row = ParticipantRow {
            grants,
            ..row.clone()
        };
        done.rights.insert(participant.clone());
        self.put_participant(given, row, done)
    }

    pub(super) fn set_grants(
        &mut self,
        given: &Given<'_>,
        participant: &ParticipantId,
        grants: Grants,
    ) -> Result<Done, Refused> {
        let workshop = self.workshop_mut(given.workshop)?;
        let leads = |p: &ParticipantRow| p.grants.has(Grant::Facilitator) && p.id != *participant;
        let another = workshop.participants.values().any(leads);
        if *given.by != Caller::Server && !grants.has(Grant::Facilitator) && !another {
            return Err(Refused::LastFacilitator);
        }
        let mut done = Done::default();
        self.change_grants(given, participant, grants, &mut done)?;
        Ok(done)
    }

    pub(super) fn join(&mut self, given: &Given<'_>, command: &Command) -> Result<Done, Refused> {
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
        let fresh = self.new_participant(given, person, name.clone());
        let workshop = self.workshop_mut(given.workshop)?;
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
            key(&[given.workshop.as_str(), link.id.as_str()]),
            &link,
        ));
        workshop.links.insert(link.id.clone(), link);
        self.put_participant(given, row, &mut done)?;
        Ok(done)
    }
}
