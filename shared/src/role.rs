//! What a person is in a workshop, and what follows from it: the one table from role to grant.

use crate::access::{Grant, Grants};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The roles of a workshop. A person may have several; their grants are the union.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Answers for the assignment.
    ProjectLead,
    /// Leads sessions.
    Facilitator,
    /// Maps and codes cases, describes models.
    Analyst,
    /// Belongs to the team otherwise.
    TeamMember,
    /// Assures the quality of what others of the team wrote.
    QualityAssurer,
    /// Takes part for an organisation.
    Actor,
    /// Takes part for those the work is for.
    UserRepresentative,
    /// Follows.
    Observer,
    /// Ordered the work and receives deliveries.
    Client,
}

impl Role {
    /// All roles, those that may most first.
    pub const ALL: [Role; 9] = [
        Role::ProjectLead,
        Role::Facilitator,
        Role::Analyst,
        Role::TeamMember,
        Role::QualityAssurer,
        Role::Actor,
        Role::UserRepresentative,
        Role::Observer,
        Role::Client,
    ];

    /// What the role carries. That a quality assurer has not written what they sign is a rule about the model,
    /// not about the role: the person has to see drafts, as the rest of the team.
    pub fn grant(self) -> Grant {
        match self {
            Role::ProjectLead | Role::Facilitator => Grant::Facilitator,
            Role::Analyst | Role::TeamMember | Role::QualityAssurer => Grant::Editor,
            Role::Actor | Role::UserRepresentative => Grant::Reviewer,
            Role::Observer => Grant::Viewer,
            Role::Client => Grant::Client,
        }
    }
}

/// The roles of one participant; empty where they were given a grant alone.
pub type Roles = BTreeSet<Role>;

/// What several roles carry together.
pub fn grants(roles: &Roles) -> Grants {
    roles
        .iter()
        .fold(Grants::NONE, |grants, role| grants.with(role.grant()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn p1_every_role_carries_a_grant_and_every_grant_has_a_role() {
        let carried: BTreeSet<Grant> = Role::ALL.into_iter().map(Role::grant).collect();
        assert_eq!(carried, Grant::ALL.into_iter().collect());
        let both = grants(&[Role::Observer, Role::Client].into());
        assert_eq!(both, Grants::from(Grant::Viewer).with(Grant::Client));
        assert_eq!(grants(&Roles::new()), Grants::NONE);
    }
}
