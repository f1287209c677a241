//! Who may do what: one pure function, `decide`, and the words its answers are given in (invariant P1).
//!
//! The document rules are those of the table in `docs/access.md`, which a test renders from this file.

use serde::{Deserialize, Serialize};

/// What a link or a participant carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Grant {
    /// Leads the workshop: all an editor may, and links, people, states.
    Facilitator,
    /// Belongs to the team: writes the workshop's content.
    Editor,
    /// Reads, comments and suggests.
    Reviewer,
    /// Reads.
    Viewer,
    /// Receives the work: reads the frame and what the team has opened, and comments on that.
    Client,
}

impl Grant {
    /// All grants. Each may what the next may, but for the client, who sees less and has a word where others only read.
    pub const ALL: [Grant; 5] = [
        Grant::Facilitator,
        Grant::Editor,
        Grant::Reviewer,
        Grant::Viewer,
        Grant::Client,
    ];

    /// The grant as it stands in rows, URLs and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Grant::Facilitator => "facilitator",
            Grant::Editor => "editor",
            Grant::Reviewer => "reviewer",
            Grant::Viewer => "viewer",
            Grant::Client => "client",
        }
    }
}

/// The grants of one participant; empty once all were taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(from = "Vec<Grant>", into = "Vec<Grant>")]
pub struct Grants(u8);

impl Grants {
    /// No grant: the person is no longer in the workshop.
    pub const NONE: Grants = Grants(0);

    /// Whether this grant is among them.
    pub fn has(self, grant: Grant) -> bool {
        self.0 & (1 << grant as u8) != 0
    }

    /// These grants and one more.
    pub fn with(self, grant: Grant) -> Grants {
        Grants(self.0 | (1 << grant as u8))
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The union of both.
    pub fn and(self, other: Grants) -> Grants {
        Grants(self.0 | other.0)
    }

    /// Whether the person belongs to the team.
    pub fn team(self) -> bool {
        self.has(Grant::Facilitator) || self.has(Grant::Editor)
    }

    /// Whether the person has a say: comments, votes and rates.
    pub fn reviews(self) -> bool {
        self.team() || self.has(Grant::Reviewer)
    }

    /// Whether the person is a member: everybody but the client.
    pub fn member(self) -> bool {
        self.reviews() || self.has(Grant::Viewer)
    }
}

impl From<Vec<Grant>> for Grants {
    fn from(grants: Vec<Grant>) -> Self {
        grants.into_iter().fold(Grants::NONE, Grants::with)
    }
}

impl From<Grants> for Vec<Grant> {
    fn from(grants: Grants) -> Self {
        Grant::ALL.into_iter().filter(|g| grants.has(*g)).collect()
    }
}

impl From<Grant> for Grants {
    fn from(grant: Grant) -> Self {
        Grants::NONE.with(grant)
    }
}

/// How the person stands to the document, beside the grants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Relation {
    /// The document is this person's own (a sealed one).
    pub owner: bool,
    /// Invited to write it (a model's co-writer).
    pub invited: bool,
    /// Belongs to the group whose document it is.
    pub group: bool,
}

/// What a document is of; the cut of `DESIGN` section 2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Kind {
    Frame,
    Team,
    Register,
    Case,
    Model,
    Board,
    Talk,
    Sealed,
    Ledger,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 9] = [
        Kind::Frame,
        Kind::Team,
        Kind::Register,
        Kind::Case,
        Kind::Model,
        Kind::Board,
        Kind::Talk,
        Kind::Sealed,
        Kind::Ledger,
    ];
}

/// Whom a document is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// Members and the client: the team has opened it.
    Client,
    /// Everybody with a grant in the workshop but the client, to whom of these only the frame is open.
    Members,
    /// Facilitators and editors.
    Team,
    /// The group the document belongs to, and facilitators.
    Group,
    /// Its owner alone, and the server.
    Owner,
}

impl Audience {
    /// All audiences, the widest first.
    pub const ALL: [Audience; 5] = [
        Audience::Client,
        Audience::Members,
        Audience::Team,
        Audience::Group,
        Audience::Owner,
    ];
}

/// Whether a document takes edits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It does.
    Open,
    /// Its activity is over.
    Closed,
    /// Archived: out of lists for all but the team, kept with its history.
    Archived,
}

impl State {
    /// All states.
    pub const ALL: [State; 3] = [State::Open, State::Closed, State::Archived];
}

/// What somebody wants to do with a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Know that it exists.
    List,
    /// Get its content and history.
    Read,
    /// Change it.
    Write,
    /// Show the others where one is.
    Presence,
    /// Have the server decide something about it (state, archive, replace).
    Command,
}

impl Action {
    /// All actions.
    pub const ALL: [Action; 5] = [
        Action::List,
        Action::Read,
        Action::Write,
        Action::Presence,
        Action::Command,
    ];
}

/// What `decide` has to know of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub struct Facts {
    pub kind: Kind,
    pub audience: Audience,
    pub state: State,
}

/// Why not. Of the answers several grants get, the last of this order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Denial {
    /// The person may not know of the document.
    Hidden,
    /// The person may read and not do this.
    ReadOnly,
    /// Nobody may: the activity is over or the document archived.
    Closed,
    /// Only the server does this.
    ServerOnly,
}

/// The one decision (P1).
pub fn decide(grants: Grants, relation: Relation, document: Facts, action: Action) -> Result<(), Denial> {
    if !may_read(grants, relation, document) {
        return Err(Denial::Hidden);
    }
    match action {
        Action::List | Action::Read => Ok(()),
        Action::Presence => {
            if grants.reviews() || relation.owner || relation.invited || relation.group {
                Ok(())
            } else {
                Err(Denial::ReadOnly)
            }
        }
        Action::Write => may_write(grants, relation, document),
        Action::Command if matches!(document.kind, Kind::Sealed | Kind::Ledger) => Err(Denial::ServerOnly),
        Action::Command => {
            if grants.has(Grant::Facilitator) {
                Ok(())
            } else {
                Err(Denial::ReadOnly)
            }
        }
    }
}

fn may_read(grants: Grants, relation: Relation, document: Facts) -> bool {
    if grants.is_empty() {
        return false;
    }
    let by_audience = match document.audience {
        Audience::Client => true,
        Audience::Members => grants.member() || relation.invited || document.kind == Kind::Frame,
        Audience::Team => grants.team() || relation.invited,
        Audience::Group => grants.has(Grant::Facilitator) || relation.group || relation.invited,
        Audience::Owner => relation.owner,
    };
    let by_kind = match document.kind {
        Kind::Team => grants.team(),
        Kind::Sealed => relation.owner,
        _ => true,
    };
    by_audience && by_kind && (document.state != State::Archived || grants.team() || relation.owner)
}

fn may_write(grants: Grants, relation: Relation, document: Facts) -> Result<(), Denial> {
    let by_kind = match document.kind {
        Kind::Ledger => return Err(Denial::ServerOnly),
        Kind::Frame | Kind::Team => grants.team(),
        Kind::Register | Kind::Case | Kind::Model => grants.team() || relation.invited,
        Kind::Board => {
            let for_all = matches!(document.audience, Audience::Client | Audience::Members);
            grants.team() || relation.group || (for_all && grants.reviews())
        }
        Kind::Talk => {
            grants.reviews() || (document.audience == Audience::Client && grants.has(Grant::Client))
        }
        Kind::Sealed => relation.owner && grants.reviews(),
    };
    if !by_kind {
        return Err(Denial::ReadOnly);
    }
    if document.state == State::Open {
        Ok(())
    } else {
        Err(Denial::Closed)
    }
}
