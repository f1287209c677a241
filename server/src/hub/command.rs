//! What the server decides in order because a merge cannot (invariant G1).

use super::rows::{ImportRow, JoinedRow, ToldRow};
use crate::store::ChangeHash;
use bytes::Bytes;
use samverk_shared::access::{Audience, Grant, Grants, Kind, State};
use samverk_shared::case::{Coding, Selection};
use samverk_shared::characteristic::Change;
use samverk_shared::collection::Question;
use samverk_shared::ids::{
    CollectionId, DocumentId, ImportId, LinkId, ParticipantId, PersonId, SubjectId, WorkshopId,
};
use samverk_shared::merge::Gains;
use samverk_shared::model::Draft;
use samverk_shared::need::Errand;
use samverk_shared::role::{self, Roles};
use samverk_shared::stage::Activity;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

use samverk_shared::case::Provenance;
use samverk_shared::import::cells::Put;
pub use samverk_shared::import::{CaseRecord, SavedMapping};

/// A command to one workshop. Who gives it stands beside it, and the hub decides whether they may.
#[derive(Debug, Clone)]
pub enum Command {
    /// Makes the workshop; by the server's owner, who becomes its facilitator.
    CreateWorkshop {
        /// Its title.
        title: String,
        /// The problem it works on.
        purpose: String,
        /// The name under which the owner takes part; `None` makes no participant.
        facilitator: Option<(PersonId, String)>,
    },
    /// Makes a link that admits people.
    CreateLink {
        /// What it carries.
        rights: Rights,
        /// What it is for, in the facilitator's words.
        label: String,
        /// The digests of the secrets that open it; the secrets themselves are never stored.
        secret_digests: Vec<String>,
        /// When and for whom it opens.
        terms: LinkTerms,
    },
    /// Opens or closes a link: nobody comes in while it is closed, and nobody loses anything.
    SetClosed {
        /// Which.
        link: LinkId,
        /// Whether it is closed.
        closed: bool,
    },
    /// Lets somebody in from the lobby, or sends them away.
    Admit {
        /// Whom.
        participant: ParticipantId,
        /// Whether they come in.
        admit: bool,
    },
    /// Takes a link back, and the grants of those who came by it.
    RevokeLink {
        /// Which.
        link: LinkId,
    },
    /// Lets a person in by a link.
    Join {
        /// By which link.
        link: LinkId,
        /// Who.
        person: PersonId,
        /// The name they gave.
        name: String,
        /// The actor group they gave.
        actor_group: String,
        /// The organisation they gave, or nothing.
        organisation: String,
    },
    /// Sets what a participant is and may.
    SetRights {
        /// Whose.
        participant: ParticipantId,
        /// What.
        rights: Rights,
    },
    /// Takes a participant's name and organisation away, at their own wish; what they wrote stays under a pseudonym.
    Erase {
        /// Whose.
        participant: ParticipantId,
    },
    /// Notes that the server's owner ended somebody's sessions; what they may stays as it is.
    SignOut {
        /// Whose.
        participant: ParticipantId,
    },
    /// Makes a case.
    CreateCase {
        /// Its name.
        name: String,
    },
    /// Makes a case of each record of one or more lists.
    ImportCases {
        /// What the lists are called together; a record that names its own list keeps that.
        list: String,
        /// The cases.
        records: Vec<CaseRecord>,
        /// What the lists bring to cases that are there.
        joins: Vec<CaseJoin>,
        /// List of a record → the list it is an edition of, or the list itself, and the fingerprint of its headings.
        editions: BTreeMap<String, (String, String)>,
        /// How many cases there were when it was decided which are new; with another number it is refused as outdated.
        cases_seen: Option<usize>,
        /// How the lists were understood, to know the next like them again.
        mappings: Vec<SavedMapping>,
    },
    /// Archives what an import brought, as far as nobody has touched it since.
    UndoImport {
        /// As it is stored.
        import: Box<ImportRow>,
        /// Of its cases those that are as they came, with the heads they were found with.
        untouched: BTreeMap<SubjectId, Vec<ChangeHash>>,
        /// What came to cases that were there.
        joined: BTreeMap<SubjectId, JoinedRow>,
    },
    /// Decides about cases (R38): each is in, out, in reserve or undecided, with a criterion and a reason.
    Decide {
        /// Case → what is decided; who decides is who gives the command.
        decisions: BTreeMap<SubjectId, Selection>,
        /// What was seen of some of them when it was decided; one that is decided otherwise by now, or for other reasons, is
        /// left.
        seen: BTreeMap<SubjectId, Selection>,
    },
    /// Puts back what stood before the caller last decided about these cases, where nobody has decided otherwise since.
    TakeBackDecisions {
        /// Which cases.
        cases: BTreeSet<SubjectId>,
    },
    /// Codes cases as a filled code form says (R23).
    TakeInForm(Box<FilledForm>),
    /// Makes one case of two: one gets what the other has, and the other is archived with a pointer to it (R35).
    MergeCases(Box<Merging>),
    /// Gives the one document of its kind that a workshop has, the same each time; it is made when somebody first needs it.
    Furnish {
        /// `Team` or `Register`.
        kind: Kind,
    },
    /// Makes a need of each blank of these cases that no need waits for (R43).
    AddNeeds {
        /// Which cases; those the caller may not write are left out.
        cases: Vec<SubjectId>,
        /// The fields alone that are asked about; `None` is all.
        about: Option<Vec<String>>,
        /// Who is to find it out, how and by when.
        errand: Errand,
    },
    /// Changes the set of characteristics (R23).
    ChangeCharacteristics {
        /// The version the caller saw.
        version: u32,
        /// What is to be another.
        change: Change,
        /// Some case holds what the change takes away, as far as was stored when it was counted.
        used: bool,
    },
    /// Makes a model, with what its cases share as proposals (R4).
    CreateModel {
        /// Its name.
        name: String,
        /// The cases and what they share.
        draft: Draft,
    },
    /// Gives a model a place for what it says of each of these challenges (R48): of two people who made one each, one would
    /// lose what they say.
    CompleteModel {
        /// Which model.
        subject: SubjectId,
        /// Their keys.
        challenges: Vec<String>,
    },
    /// Takes a model into the report or out of it; never are there more than fifteen (R8).
    SetInReport {
        /// Which model.
        subject: SubjectId,
        /// Whether it is in the report.
        in_report: bool,
    },
    /// Gives a model in the report another number there; the others make room, and all are numbered from 1 on (R8).
    MoveInReport {
        /// Which model.
        subject: SubjectId,
        /// From 1; a number after the last is the last.
        number: u32,
    },
    /// Opens, closes or archives a subject's document.
    SetState {
        /// Whose.
        subject: SubjectId,
        /// To what.
        state: State,
    },
    /// Sets whom a subject's document, and the talk about it, is for.
    SetAudience {
        /// Whose.
        subject: SubjectId,
        /// For whom.
        audience: Audience,
    },
    /// Asks people something that each answers apart from the others (P3).
    OpenCollection {
        /// What; of a further round the question of the first.
        question: Question,
        /// Only the team is asked.
        team: bool,
        /// Names are shown when it is revealed.
        named: bool,
        /// The round before.
        earlier: Option<CollectionId>,
    },
    /// Gives the caller their own sealed document in a collection, the same one each time.
    TakePart {
        /// In which.
        collection: CollectionId,
    },
    /// Says that the caller is done, or is not after all.
    Send {
        /// With which.
        collection: CollectionId,
        /// Whether they are.
        sent: bool,
    },
    /// Closes a collection, or opens it again as long as nothing was revealed.
    SetCollectionClosed {
        /// Which.
        collection: CollectionId,
        /// Whether nobody answers any more.
        closed: bool,
    },
    /// Reveals a closed collection: copies what was answered and, without names, destroys who answered what.
    Reveal {
        /// Which.
        collection: CollectionId,
        /// With names; only where that was said when it was opened.
        named: bool,
    },
    /// Codes a case as its coders, or who decides, say; and remembers that this difference is settled.
    Settle {
        /// In which double coding.
        collection: CollectionId,
        /// What about it.
        settling: Box<Settling>,
    },
    /// Codes the cases as all their coders agree, where a case is not coded otherwise.
    SettleAgreed {
        /// In which double coding.
        collection: CollectionId,
    },
    /// Says what is going on now.
    SetStage {
        /// What; `None` when nothing is.
        activity: Option<Activity>,
    },
    /// Rebuilds a subject's document without its history, under a new document id.
    Replace {
        /// Whose.
        subject: SubjectId,
    },
    /// The same, by what a document of another store holds; by the server alone, where an older store was restored.
    ReplaceBy {
        /// Whose.
        subject: SubjectId,
        /// The other document, saved.
        content: Bytes,
    },
}

/// Which two cases turned out to be one, and what somebody decided about what they say differently.
#[derive(Debug, Clone, PartialEq)]
pub struct Merging {
    /// The one that stays.
    pub stays: SubjectId,
    /// The one that is archived.
    pub goes: SubjectId,
    /// What the one that stays gets of fields; lists come along whole.
    pub gains: Gains,
    /// The heads of both documents as they were decided about; with others, or none, it is refused as outdated.
    pub seen: Option<[Vec<ChangeHash>; 2]>,
}

/// What somebody said yes to of a filled code form.
#[derive(Debug, Clone, PartialEq)]
pub struct FilledForm {
    /// What its file is called.
    pub name: String,
    /// Case → key of the characteristic → what the form says.
    pub codings: BTreeMap<SubjectId, BTreeMap<String, FormCoding>>,
    /// Case and key of what was coded otherwise already when the form was read.
    pub left: Vec<(SubjectId, String)>,
}

/// One coding of a form. Where the case is coded otherwise by now than it was, it is left.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct FormCoding {
    pub was: Coding,
    pub now: Coding,
}

/// What is settled of a double coding.
#[derive(Debug, Clone, PartialEq)]
pub struct Settling {
    /// Which case.
    pub case: SubjectId,
    /// The key of the characteristic.
    pub characteristic: String,
    /// As what.
    pub choice: Choice,
    /// What the case was coded as when they decided: another coding is not overwritten unseen.
    pub seen: Coding,
}

/// What a case is coded as.
#[derive(Debug, Clone, PartialEq)]
pub enum Choice {
    /// What this coder said.
    Of(ParticipantId),
    /// Something else.
    Own(Coding),
}

/// What a list brings to a case that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseJoin {
    /// The case.
    pub subject: SubjectId,
    /// Fields; where something else stands by now, it is left.
    pub puts: Vec<Put>,
    /// Lists and rows that become part of where it comes from.
    pub provenance: Vec<Provenance>,
    /// What the list says of it.
    pub told: ToldRow,
    /// What it said before.
    pub told_before: Option<ToldRow>,
}

impl CaseJoin {
    /// Whether the case gets something; else only what the list said is kept, for the next time.
    pub fn changes(&self) -> bool {
        !self.puts.is_empty() || !self.provenance.is_empty()
    }
}

/// What somebody is, and what follows from it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rights {
    /// Their roles; empty where a grant was given alone.
    pub roles: Roles,
    /// What they may.
    pub grants: Grants,
}

impl From<Roles> for Rights {
    fn from(roles: Roles) -> Self {
        let grants = role::grants(&roles);
        Rights { roles, grants }
    }
}

impl From<Grants> for Rights {
    fn from(grants: Grants) -> Self {
        Rights {
            roles: Roles::new(),
            grants,
        }
    }
}

impl From<Grant> for Rights {
    fn from(grant: Grant) -> Self {
        Grants::from(grant).into()
    }
}

/// When and for whom a link opens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LinkTerms {
    /// Hours until it ends by itself.
    pub hours: Option<u64>,
    /// How many may come by it.
    pub uses_max: Option<u64>,
    /// Who comes by it waits until a facilitator lets them in.
    pub lobby: bool,
}

/// The answer to a command; stored with its idempotency key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Answer {
    Done,
    Workshop {
        workshop: WorkshopId,
        facilitator: Option<ParticipantId>,
    },
    Link {
        link: LinkId,
    },
    Participant {
        participant: ParticipantId,
        /// They wait in the lobby.
        #[serde(default)]
        waits: bool,
    },
    Case {
        subject: SubjectId,
        document: DocumentId,
        code: String,
    },
    Imported {
        cases: Vec<SubjectId>,
        /// Cases that were there, and got something.
        #[serde(default)]
        updated: u32,
        /// Fields and cases that were left as they stood.
        #[serde(default)]
        left: u32,
    },
    Undone {
        archived: Vec<SubjectId>,
        /// Cases from which something was taken back.
        #[serde(default)]
        restored: u32,
        /// Fields somebody has changed since.
        #[serde(default)]
        left_fields: u32,
    },
    Decided {
        /// How many cases are as was decided…
        decided: usize,
        /// …of them those that were so before…
        same: Vec<SubjectId>,
        /// …and which not: they take no edits, or somebody has decided otherwise meanwhile.
        left: Vec<SubjectId>,
    },
    TakenIn {
        /// By which it is undone; none where nothing was changed.
        import: Option<ImportId>,
        /// How many codings the cases have now…
        codings: usize,
        /// …and how many cases that is…
        cases: usize,
        /// …and which not: the case is coded otherwise by now, or takes no edits.
        left: Vec<(SubjectId, String)>,
    },
    Merged {
        /// By which it is undone.
        import: ImportId,
        /// Fields that got something.
        fields: u32,
        /// Items of lists that came along.
        items: u32,
    },
    Needs {
        /// How many were made…
        needs: usize,
        /// …in how many cases.
        cases: usize,
    },
    Settled {
        /// How many codings the cases have now…
        settled: usize,
        /// …and how many not, as the case is coded otherwise or takes no edits.
        left: usize,
    },
    Characteristics {
        version: u32,
    },
    Document {
        document: DocumentId,
    },
    Collection {
        collection: CollectionId,
    },
    Part {
        subject: SubjectId,
        document: DocumentId,
    },
}

/// Why the hub refused a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Refused {
    #[error("there is no such workshop")]
    UnknownWorkshop,
    #[error("the workshop exists already")]
    WorkshopExists,
    #[error("there is no such link, participant or subject here")]
    Unknown,
    #[error("the link was revoked")]
    LinkRevoked,
    #[error("the link has ended")]
    LinkOver,
    #[error("as many have come by the link as may")]
    LinkUsedUp,
    #[error("the link is closed")]
    LinkClosed,
    #[error("the lobby is full")]
    LobbyFull,
    #[error("this person may not do that")]
    NotAllowed,
    #[error("the workshop is full")]
    Full,
    #[error("cases were added since this was decided")]
    Outdated,
    #[error("the document cannot be read")]
    Unreadable,
    #[error("a text is empty or too long")]
    BadText,
    #[error("the last facilitator must stay")]
    LastFacilitator,
    #[error("somebody else has changed the characteristics meanwhile")]
    OtherVersion,
    #[error("cases use the value, and nothing is said about what they get instead")]
    ValueInUse,
    #[error("a list of values has at least one")]
    LastValue,
    #[error("another is called the same")]
    LabelTaken,
    #[error("there are as many characteristics, values or versions as there may be")]
    SetFull,
    #[error("the collection takes no answers any more")]
    CollectionClosed,
    #[error("the collection has to be closed first")]
    CollectionOpen,
    #[error("the collection was revealed")]
    CollectionRevealed,
    #[error("as many models are in the report as may be")]
    ReportFull,
    #[error("the models have no claims, or more than one collection may ask about")]
    ClaimCount,
    #[error("the case was coded otherwise meanwhile")]
    CodingChanged,
    #[error("the case was merged with another already")]
    AlreadyMerged,
    #[error("the case that stays is for more people than the one that goes")]
    ForMore,
}

/// Why a command has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommandError {
    /// The hub refused it.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// The store failed or the server is stopping; nothing was done.
    #[error("nothing was stored: {0}")]
    NotStored(String),
}
