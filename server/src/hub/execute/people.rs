//! Commands about people: links, joining, grants.

use super::{Done, one_line, participant};
use crate::hub::command::{Answer, Command, Refused};
use crate::hub::rows::{self, LinkRow, LinkSecretRow, ParticipantRow, key};
use crate::hub::{Caller, Hub, Millis};
use crate::store::Table;
use samverk_shared::access::{Grant, Grants};
use samverk_shared::ids::{LinkId, ParticipantId, PersonId, WorkshopId};
use samverk_shared::limits::{NAME_CHARS_MAX, TITLE_CHARS_MAX};
use std::collections::BTreeSet;

impl Hub {
    pub(super) fn new_participant(&mut self, person: &PersonId, name: String, now: Millis) -> ParticipantRow {
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

    pub(super) fn put_participant(
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

    pub(super) fn create_link(
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

    pub(super) fn revoke_link(
        &mut self,
        id: &WorkshopId,
        by: &Caller,
        link: &LinkId,
    ) -> Result<Done, Refused> {
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

    pub(super) fn change_grants(
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

    pub(super) fn set_grants(
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

    pub(super) fn join(&mut self, id: &WorkshopId, command: &Command, now: Millis) -> Result<Done, Refused> {
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
}
