//! The records a workshop consists of beside its documents, as they are stored (JSON).

use super::command::Refused;
use crate::store::{Expect, Record, Table, Write};
use automerge::ActorId;
use samverk_shared::access::{Audience, Facts, Grants, Kind, Relation, State};
use samverk_shared::case::Coding;
use samverk_shared::characteristic::{Changed, Characteristics};
use samverk_shared::collection::{Ask, Question};
use samverk_shared::document::shape;
use samverk_shared::ids::{
    CollectionId, DocumentId, ImportId, LinkId, ParticipantId, PersonId, SubjectId, WorkshopId,
};
use samverk_shared::import::cells::Put;
use samverk_shared::import::{CaseRecord, SavedMapping};
use samverk_shared::merge::Swap;
use samverk_shared::role::Roles;
use samverk_shared::stage::Activity;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// `Table::Workshops`, key `workshop`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct WorkshopRow {
    pub id: WorkshopId,
    pub title: String,
    pub purpose: String,
    pub created_ms: u64,
}

/// `Table::Catalogue`, key `workshop/subject`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CatalogueRow {
    /// The thing the document is about.
    pub subject: SubjectId,
    /// Its document today.
    pub document: DocumentId,
    /// What it is of.
    pub kind: Kind,
    /// Whom it is for.
    pub audience: Audience,
    /// Whether it takes edits.
    pub state: State,
    /// Whose it is, where it is one person's own.
    pub owner: Option<ParticipantId>,
    /// Who was invited to write it.
    pub invited: Vec<ParticipantId>,
    /// The documents it had before it was replaced; whoever still has one is told so (A4).
    pub earlier: Vec<DocumentId>,
    /// The oldest client schema that may write it.
    pub schema_min: u64,
    /// The code people know it by ("N05"), or empty.
    pub code: String,
    /// For a `talk`: what is talked about.
    pub about: Option<SubjectId>,
    /// The mark of the shape the document was last found to have (`shared/src/document/shape.rs`).
    #[serde(default)]
    pub shape: u64,
    /// For a `model` in the report: its number there.
    #[serde(default)]
    pub report: Option<u32>,
    /// For a `case` that turned out to be the same as another: which, as long as it is archived for that.
    #[serde(default)]
    pub merged: Option<Merged>,
}

/// What became of a case that was merged with another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Merged {
    /// The case that has it all now.
    pub into: SubjectId,
    /// By which it is undone.
    pub import: ImportId,
}

impl CatalogueRow {
    /// What `decide` has to know of the document.
    pub fn facts(&self) -> Facts {
        Facts {
            kind: self.kind,
            audience: self.audience,
            state: self.state,
        }
    }

    /// How a participant stands to it.
    pub fn relation(&self, participant: &ParticipantId) -> Relation {
        Relation {
            owner: self.owner.as_ref() == Some(participant),
            invited: self.invited.contains(participant),
            group: false,
        }
    }
}

/// `Table::Documents`, key `document`: where a document belongs, also after it was replaced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct DocumentRow {
    pub workshop: WorkshopId,
    pub subject: SubjectId,
    pub replaced: bool,
}

/// `Table::Participants`, key `workshop/participant`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParticipantRow {
    /// Who, in this workshop.
    pub id: ParticipantId,
    /// Who, across workshops.
    pub person: PersonId,
    /// The name they gave.
    pub name: String,
    /// The actor group they gave.
    pub actor_group: String,
    /// The organisation they gave, or empty.
    pub organisation: String,
    /// What they are here; their grants follow from it, unless they were given a grant alone.
    #[serde(default)]
    pub roles: Roles,
    /// What they may.
    pub grants: Grants,
    /// The link they came by, on which their grants rest.
    pub link: Option<LinkId>,
    /// Where they stand in the lobby, until a facilitator answers.
    #[serde(default)]
    pub waits: Option<Waiting>,
    /// Whether they were ever in: the others know the name of whoever was.
    #[serde(default = "yes")]
    pub was_in: bool,
    /// When they came.
    pub joined_ms: u64,
}

/// Somebody's place in the lobby.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// What they will be.
    #[serde(default)]
    pub roles: Roles,
    /// What they will be given.
    pub grants: Grants,
    /// The link they came by, on which that will rest.
    pub link: LinkId,
}

/// `Table::Links`, key `workshop/link`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkRow {
    /// Which link.
    pub id: LinkId,
    /// What those who come by it are.
    #[serde(default)]
    pub roles: Roles,
    /// What it carries.
    pub grants: Grants,
    /// What it is for, in the facilitator's words.
    pub label: String,
    /// When it was made.
    pub created_ms: u64,
    /// By whom; `None` for the server itself.
    pub created_by: Option<ParticipantId>,
    /// How many came by it.
    pub used: u64,
    /// Whether it was taken back.
    pub revoked: bool,
    /// When it ends by itself; `None` where it does not.
    #[serde(default)]
    pub ends_ms: Option<u64>,
    /// How many may come by it; `None` for as many as have it.
    #[serde(default)]
    pub uses_max: Option<u64>,
    /// Who comes by it waits until a facilitator lets them in.
    #[serde(default)]
    pub lobby: bool,
    /// Admits nobody until it is opened again; who came by it stays.
    #[serde(default)]
    pub closed: bool,
}

impl LinkRow {
    /// Why it admits nobody, if it does not.
    pub fn refuses(&self, now_ms: u64) -> Option<Refused> {
        let used_up = self.uses_max.is_some_and(|max| self.used >= max);
        let over = self.ends_ms.is_some_and(|ends| ends <= now_ms);
        let refusals = [
            (self.revoked, Refused::LinkRevoked),
            (over, Refused::LinkOver),
            (used_up, Refused::LinkUsedUp),
            (self.closed, Refused::LinkClosed),
        ];
        refusals
            .into_iter()
            .find_map(|(holds, refused)| holds.then_some(refused))
    }
}

/// `Table::LinkSecrets`, key: digest of the secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct LinkSecretRow {
    pub workshop: WorkshopId,
    pub link: LinkId,
}

/// `Table::Actors`, key `workshop/actor`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct ActorRow {
    pub participant: ParticipantId,
}

/// `Table::Authorship`, key `document/actor/sequence from`: a run (rule X6).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunRow {
    /// Last sequence number of the run.
    pub to: u64,
    /// Who wrote it; `None` when the author is unknown or the server.
    pub author: Option<ParticipantId>,
    /// Who brought it, where that is not its author.
    pub brought_by: Option<ParticipantId>,
    /// On whose behalf the server wrote it.
    pub on_behalf_of: Option<ParticipantId>,
    /// Server time of the first change.
    pub from_ms: u64,
    /// Server time of the last change.
    pub to_ms: u64,
}

/// `Table::Imports`, key `workshop/import`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportRow {
    /// Which.
    pub id: ImportId,
    /// What the lists are called.
    pub list: String,
    /// By whom; `None` for the server itself.
    pub by: Option<ParticipantId>,
    /// When.
    pub at_ms: u64,
    /// The cases, in the order of the lists.
    pub cases: Vec<SubjectId>,
    /// Cases that were there, and got something.
    #[serde(default)]
    pub joined: Vec<SubjectId>,
    /// A case that turned out to be the same as the one that is joined, and was archived.
    #[serde(default)]
    pub merged: Option<SubjectId>,
    /// It was a filled code form.
    #[serde(default)]
    pub code_form: bool,
    /// How the lists were understood.
    pub mappings: Vec<SavedMapping>,
    /// When it was undone.
    pub undone_ms: Option<u64>,
}

/// `Table::Told`, key `document/digest of the list`: what a list said of a case the last time it came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToldRow {
    /// The list, as it was called when it first came.
    pub list: String,
    /// Of its headings.
    pub fingerprint: String,
    /// What it said.
    pub record: CaseRecord,
}

/// `Table::Joined`, key `document/import`: what came to a case, by which it is taken back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct JoinedRow {
    /// Fields.
    pub puts: Vec<Put>,
    /// What came as a whole, from another case.
    #[serde(default)]
    pub swaps: Vec<Swap>,
    /// Items: list and id.
    pub added: Vec<(String, String)>,
    /// The list that told of it.
    pub told: Option<String>,
    /// What that list had said before.
    pub told_before: Option<ToldRow>,
}

impl JoinedRow {
    /// What another row of the same lists brought to the same case.
    pub fn extend(&mut self, other: JoinedRow) {
        self.puts.extend(other.puts);
        self.swaps.extend(other.swaps);
        self.added.extend(other.added);
    }
}

/// `Table::Collections`, key `workshop/collection`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollectionRow {
    /// Which.
    pub id: CollectionId,
    /// What is asked.
    pub question: Question,
    /// Whether only the team is asked.
    pub team: bool,
    /// Whether it was said, before anybody answered, that names would be shown.
    pub named: bool,
    /// Which time it is asked, from 1.
    pub round: u32,
    /// The collection of the round before.
    pub earlier: Option<CollectionId>,
    /// Where it stands.
    pub state: CollectionState,
    /// When it was opened.
    pub opened_ms: u64,
    /// By whom; `None` for the server itself.
    pub opened_by: Option<ParticipantId>,
    /// When its state last changed.
    pub changed_ms: u64,
    /// Who answers. Empty again once it was revealed without names: then nobody knows who did.
    pub parts: BTreeMap<ParticipantId, Part>,
    /// The board on which its notes lie.
    pub board: Option<SubjectId>,
    /// How many answered, once it is revealed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered: Option<Answered>,
}

/// Who answered, as far as numbers say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// How many people.
    pub people: usize,
    /// Of how many actor groups.
    pub groups: usize,
}

/// Somebody's part in a collection.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Their sealed document.
    pub subject: SubjectId,
    /// They said that they are done.
    pub sent: bool,
}

/// `Table::Settled`, key `workshop/collection/case/characteristic`: what became the case's coding, and by whom.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct SettledRow {
    pub collection: CollectionId,
    pub case: SubjectId,
    pub characteristic: String,
    /// `None` for the server itself.
    pub by: Option<ParticipantId>,
    pub at_ms: u64,
    pub how: How,
    /// What the case was coded as.
    pub coding: Coding,
}

impl SettledRow {
    /// Its key.
    pub fn key(&self, workshop: &WorkshopId) -> String {
        key(&[
            workshop.as_str(),
            self.collection.as_str(),
            self.case.as_str(),
            &self.characteristic,
        ])
    }
}

/// What a difference was settled by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// All who coded it agree.
    Agreed,
    /// This coder's coding.
    Of(ParticipantId),
    /// A coding of its own.
    Own,
}

/// Where a collection stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CollectionState {
    /// People answer.
    Open,
    /// Nobody answers any more, and nobody sees anything yet.
    Closed,
    /// Everybody sees what it came to.
    Revealed,
}

impl CollectionRow {
    /// Whether somebody with these grants is asked.
    pub fn asks(&self, who: &ParticipantId, grants: Grants) -> bool {
        match &self.question.ask {
            Ask::Codings { coders, .. } => grants.team() && (coders.is_empty() || coders.contains(who)),
            _ if self.team => grants.team(),
            _ => grants.reviews(),
        }
    }

    /// Whether somebody with these grants sees that it is there, and what it came to.
    pub fn shows(&self, grants: Grants) -> bool {
        if self.team { grants.team() } else { grants.member() }
    }
}

impl CollectionState {
    /// The state as it stands in rows and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            CollectionState::Open => "open",
            CollectionState::Closed => "closed",
            CollectionState::Revealed => "revealed",
        }
    }
}

/// `Table::Stages`, key `workshop`: what is going on now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageRow {
    /// What; `None` when nothing is.
    pub activity: Option<Activity>,
    /// When it began.
    pub started_ms: u64,
    /// When it ends.
    pub ends_ms: Option<u64>,
}

/// `Table::Characteristics`, key `workshop`: the set cases are coded by. `Table::CharacteristicVersions`, key
/// `workshop/version`: the same of each version there was. A workshop without rows has the defaults, version 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CharacteristicsRow {
    /// By whom it became so; `None` for the server itself.
    pub by: Option<ParticipantId>,
    /// When.
    pub at_ms: u64,
    /// What became another than in the version before.
    pub changes: Vec<Changed>,
    /// The whole set, with its version.
    pub set: Characteristics,
}

impl CharacteristicsRow {
    /// The key of a version, in order.
    pub fn key(workshop: &WorkshopId, version: u32) -> String {
        key(&[workshop.as_str(), &format!("{version:010}")])
    }
}

/// `Table::Audit`, key `workshop/time-number`: something that was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditRow {
    /// When.
    pub at_ms: u64,
    /// By whom; `None` for the server itself, by its operator.
    pub by: Option<ParticipantId>,
    /// What.
    #[serde(flatten)]
    pub act: Act,
}

/// What was decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Act {
    MadeWorkshop,
    MadeLink {
        link: LinkId,
        grants: Grants,
        lobby: bool,
    },
    RevokedLink {
        link: LinkId,
    },
    SetClosed {
        link: LinkId,
        closed: bool,
    },
    Joined {
        participant: ParticipantId,
        link: LinkId,
        waits: bool,
    },
    Admitted {
        participant: ParticipantId,
        admit: bool,
    },
    SetGrants {
        participant: ParticipantId,
        #[serde(default)]
        roles: Roles,
        grants: Grants,
    },
    Erased {
        participant: ParticipantId,
    },
    SignedOut {
        participant: ParticipantId,
    },
    Imported {
        list: String,
        cases: usize,
    },
    UndidImport {
        list: String,
        cases: usize,
    },
    MergedCases {
        stays: SubjectId,
        goes: SubjectId,
    },
    UndidMerge {
        stays: SubjectId,
        goes: SubjectId,
    },
    SetState {
        subject: SubjectId,
        state: State,
    },
    SetAudience {
        subject: SubjectId,
        audience: Audience,
    },
    Replaced {
        subject: SubjectId,
    },
    OpenedCollection {
        collection: CollectionId,
        named: bool,
    },
    SetCollectionClosed {
        collection: CollectionId,
        closed: bool,
    },
    RevealedCollection {
        collection: CollectionId,
        named: bool,
    },
    /// They tried what they may not do.
    Refused,
}

fn yes() -> bool {
    true
}

/// A row cannot be read: it was written by a newer server, or is damaged.
#[derive(Debug, thiserror::Error)]
#[error("the record {key} cannot be read: {source}")]
pub struct BadRow {
    /// Its key.
    pub key: String,
    /// Why.
    pub source: serde_json::Error,
}

/// Reads a row.
pub fn read<T: DeserializeOwned>(key: &str, record: &Record) -> Result<T, BadRow> {
    serde_json::from_slice(&record.value).map_err(|source| BadRow {
        key: key.to_owned(),
        source,
    })
}

/// Writes a row, whatever stood there.
pub fn put<T: Serialize>(table: Table, key: String, row: &T) -> Write {
    put_expecting(table, key, row, Expect::Any)
}

/// Writes a row where `expect` holds.
pub fn put_expecting<T: Serialize>(table: Table, key: String, row: &T, expect: Expect) -> Write {
    // Rows are plain structs of text and numbers, which always serialise; an empty value would be refused on reading.
    let value = serde_json::to_vec(row).unwrap_or_default().into();
    Write::Put {
        table,
        key,
        expect,
        value,
    }
}

/// Whether the key of a `RunRow` is that of what the server gave an older document of the newest shape: nobody's words.
pub fn is_of_shape(run_key: &str) -> bool {
    let actor = run_key.split('/').nth(1);
    actor.is_some_and(|actor| ActorId::try_from(actor).is_ok_and(|actor| shape::is_maker(actor.to_bytes())))
}

/// Joins the parts of a key.
pub fn key(parts: &[&str]) -> String {
    parts.join("/")
}
