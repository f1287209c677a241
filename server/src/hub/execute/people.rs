//! Commands about people: links, joining, grants.

use super::{Done, Given, one_line, participant};
use crate::hub::command::{Answer, Command, LinkTerms, Refused, Rights};
use crate::hub::rows::{self, LinkRow, LinkSecretRow, ParticipantRow, Waiting, key};
use crate::hub::{Caller, Hub};
use crate::store::Table;
use samverk_shared::access::{Grant, Grants};
use samverk_shared::ids::{LinkId, ParticipantId, PersonId};
use samverk_shared::limits::{LINK_HOURS_MAX, LOBBY_PEOPLE_MAX, NAME_CHARS_MAX, TITLE_CHARS_MAX};
use samverk_shared::role::Roles;
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
            roles: Roles::new(),
            grants: Grants::from(Grant::Facilitator),
            link: None,
            waits: None,
            was_in: true,
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
        rights: &Rights,
        label: &str,
        secret_digests: &[String],
        terms: LinkTerms,
    ) -> Result<Done, Refused> {
        let too_long = terms
            .hours
            .is_some_and(|hours| !(1..=LINK_HOURS_MAX).contains(&hours));
        if rights.grants.is_empty()
            || label.chars().count() > NAME_CHARS_MAX
            || too_long
            || terms.uses_max == Some(0)
        {
            return Err(Refused::BadText);
        }
        let row = LinkRow {
            id: LinkId::from_random(self.fresh_bytes()),
            roles: rights.roles.clone(),
            grants: rights.grants,
            label: label.trim().to_owned(),
            created_ms: given.now,
            created_by: participant(given.by),
            used: 0,
            revoked: false,
            ends_ms: terms.hours.map(|hours| given.now + hours * 3_600_000),
            uses_max: terms.uses_max,
            lobby: terms.lobby,
            closed: false,
        };
        let secret = LinkSecretRow {
            workshop: given.workshop.clone(),
            link: row.id.clone(),
        };
        let mut done = Done {
            answer: Some(Answer::Link { link: row.id.clone() }),
            ..Done::default()
        };
        self.put_link(given, row, &mut done)?;
        for digest in secret_digests {
            done.transaction
                .push(rows::put(Table::LinkSecrets, digest.clone(), &secret));
        }
        Ok(done)
    }

    pub(super) fn set_closed(
        &mut self,
        given: &Given<'_>,
        link: &LinkId,
        closed: bool,
    ) -> Result<Done, Refused> {
        let row = self
            .workshop_mut(given.workshop)?
            .links
            .get(link)
            .ok_or(Refused::Unknown)?;
        let row = LinkRow {
            closed,
            ..row.clone()
        };
        let mut done = Done::default();
        self.put_link(given, row, &mut done)?;
        Ok(done)
    }

    fn put_link(&mut self, given: &Given<'_>, row: LinkRow, done: &mut Done) -> Result<(), Refused> {
        let key = key(&[given.workshop.as_str(), row.id.as_str()]);
        done.transaction.push(rows::put(Table::Links, key, &row));
        self.workshop_mut(given.workshop)?
            .links
            .insert(row.id.clone(), row);
        Ok(())
    }

    /// Lets somebody in from the lobby, or sends them away.
    pub(super) fn let_in_or_away(
        &mut self,
        given: &Given<'_>,
        participant: &ParticipantId,
        admit: bool,
    ) -> Result<Done, Refused> {
        let workshop = self.workshop_mut(given.workshop)?;
        let row = workshop.participants.get(participant).ok_or(Refused::Unknown)?;
        let mut done = Done::default();
        // Two facilitators may answer the same person: the second finds nothing to do.
        let Some(waiting) = row.waits.clone() else {
            return Ok(done);
        };
        let mut row = ParticipantRow {
            waits: None,
            ..row.clone()
        };
        if admit {
            row.roles.extend(waiting.roles);
            row.grants = row.grants.and(waiting.grants);
            row.link = Some(waiting.link);
            row.was_in = true;
            done.rights.insert(row.id.clone());
        }
        self.put_participant(given, row, &mut done)?;
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
        let by_it = |p: &&ParticipantRow| p.waits.as_ref().is_some_and(|waiting| waiting.link == *link);
        let waited: Vec<ParticipantRow> = workshop.participants.values().filter(by_it).cloned().collect();
        let row = LinkRow {
            revoked: true,
            ..row.clone()
        };
        let mut done = Done::default();
        self.put_link(given, row, &mut done)?;
        for row in waited {
            self.put_participant(given, ParticipantRow { waits: None, ..row }, &mut done)?;
        }
        for participant in came {
            self.change_rights(given, &participant, &Rights::default(), &mut done)?;
        }
        Ok(done)
    }

    fn change_rights(
        &mut self,
        given: &Given<'_>,
        participant: &ParticipantId,
        rights: &Rights,
        done: &mut Done,
    ) -> Result<(), Refused> {
        let row = self
            .workshop_mut(given.workshop)?
            .participants
            .get(participant)
            .ok_or(Refused::Unknown)?;
        let row = ParticipantRow {
            roles: rights.roles.clone(),
            grants: rights.grants,
            waits: None,
            was_in: row.was_in || !rights.grants.is_empty(),
            ..row.clone()
        };
        done.rights.insert(participant.clone());
        self.put_participant(given, row, done)
    }

    /// Whether somebody else leads the workshop.
    fn another_leads(&mut self, given: &Given<'_>, participant: &ParticipantId) -> Result<bool, Refused> {
        let workshop = self.workshop_mut(given.workshop)?;
        let leads = |p: &ParticipantRow| p.grants.has(Grant::Facilitator) && p.id != *participant;
        Ok(workshop.participants.values().any(leads))
    }

    /// The actor group stays: which groups took part is what the workshop is about.
    pub(super) fn erase(&mut self, given: &Given<'_>, participant: &ParticipantId) -> Result<Done, Refused> {
        let another = self.another_leads(given, participant)?;
        let workshop = self.workshop_mut(given.workshop)?;
        let row = workshop.participants.get(participant).ok_or(Refused::Unknown)?;
        if row.grants.has(Grant::Facilitator) && !another {
            return Err(Refused::LastFacilitator);
        }
        let row = ParticipantRow {
            name: pseudonym(participant),
            organisation: String::new(),
            roles: Roles::new(),
            grants: Grants::NONE,
            waits: None,
            ..row.clone()
        };
        let mut done = Done::default();
        done.rights.insert(participant.clone());
        self.put_participant(given, row, &mut done)?;
        Ok(done)
    }

    /// It happens outside the workshop; here it is only noted.
    pub(super) fn signed_out(
        &mut self,
        given: &Given<'_>,
        participant: &ParticipantId,
    ) -> Result<Done, Refused> {
        let workshop = self.workshop_mut(given.workshop)?;
        let known = workshop.participants.contains_key(participant);
        known.then(Done::default).ok_or(Refused::Unknown)
    }

    pub(super) fn set_rights(
        &mut self,
        given: &Given<'_>,
        participant: &ParticipantId,
        rights: &Rights,
    ) -> Result<Done, Refused> {
        let another = self.another_leads(given, participant)?;
        if *given.by != Caller::Server && !rights.grants.has(Grant::Facilitator) && !another {
            return Err(Refused::LastFacilitator);
        }
        let mut done = Done::default();
        self.change_rights(given, participant, rights, &mut done)?;
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
        if let Some(refused) = link.refuses(given.now) {
            return Err(refused);
        }
        let known = workshop
            .participants
            .values()
            .find(|p| p.person == *person)
            .cloned();
        let row = known.unwrap_or(ParticipantRow {
            grants: Grants::NONE,
            was_in: false,
            ..fresh
        });
        let grants = row.grants.and(link.grants);
        let more = grants != row.grants;
        let (waits, adds) = (more && link.lobby, more && !link.lobby);
        let waiting = workshop.participants.values().filter(|p| p.waits.is_some());
        if waits && waiting.count() >= LOBBY_PEOPLE_MAX {
            return Err(Refused::LobbyFull);
        }
        let mut row = ParticipantRow {
            name,
            actor_group: actor_group.clone(),
            organisation: organisation.trim().to_owned(),
            ..row
        };
        if waits {
            row.waits = Some(Waiting {
                roles: link.roles.clone(),
                grants: link.grants,
                link: link.id.clone(),
            });
        }
        if !link.lobby || !more {
            // Another role with the same grants is still another role.
            row.roles.extend(&link.roles);
        }
        if adds {
            row.grants = grants;
            row.link = Some(link.id.clone());
            row.was_in = true;
            row.waits = row.waits.filter(|waiting| grants.and(waiting.grants) != grants);
        }
        let link = LinkRow {
            used: link.used + 1,
            ..link.clone()
        };
        let mut done = Done {
            answer: Some(Answer::Participant {
                participant: row.id.clone(),
                waits,
            }),
            ..Done::default()
        };
        if adds {
            done.rights.insert(row.id.clone());
        }
        self.put_link(given, link, &mut done)?;
        self.put_participant(given, row, &mut done)?;
        Ok(done)
    }
}

/// The name of somebody who has none any more: the same wherever they wrote, in every language.
fn pseudonym(participant: &ParticipantId) -> String {
    let sign: String = participant.as_str().chars().take(4).collect();
    format!("P-{}", sign.to_uppercase())
}
