//! A case as the workshop sees it: facts, texts, parties, codings, and whether it may be chosen.

use crate::characteristic::{Characteristic, Characteristics, Scale};
use crate::import::CaseRecord;
use crate::need::Need;
use crate::source::{Reference, Source};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// One example of collaboration, as read from its document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Case {
    /// "N05"; given by the server, unique in the workshop.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// Where.
    pub country: String,
    /// The field of society.
    pub sector: String,
    /// Where the facts were found.
    pub source: String,
    /// From Norway, from abroad, or imagined.
    pub origin: Origin,
    /// How far it has come.
    pub status: Status,
    /// The year it began.
    pub start_year: Option<i64>,
    /// The year it ended.
    pub end_year: Option<i64>,
    /// The time in words: «høsten 2017».
    pub period: String,
    /// Levels of government it takes place on.
    pub levels: BTreeSet<Level>,
    /// What it is.
    pub description: String,
    /// For whom it is good, intended and observed.
    pub benefit: String,
    /// The team's notes.
    pub notes: String,
    /// Who takes part, in order.
    pub parties: Vec<Party>,
    /// By the key of the characteristic.
    pub codings: BTreeMap<String, Coding>,
    /// Whether it is chosen for the analysis, and why.
    pub selection: Selection,
    /// The lists it came from.
    pub provenance: Vec<Provenance>,
    /// Whether the team takes it for an example of innovation in the public sector (R13).
    pub eligibility: Eligibility,
    /// What somebody is to find out about it, in order.
    pub needs: Vec<Need>,
    /// What is known of it is known from these, in order.
    pub sources: Vec<Source>,
    /// Which source says what.
    pub references: Vec<Reference>,
    /// Columns of the list that no field takes.
    pub extra: BTreeMap<String, String>,
}

impl Case {
    /// The case a list's record tells of, coded by `characteristics`.
    pub fn from_record(record: &CaseRecord, characteristics: &Characteristics) -> Self {
        let field = |key: &str| record.fields.get(key).cloned().unwrap_or_default();
        Case {
            code: record.code.clone(),
            name: field("name"),
            country: field("country"),
            sector: field("sector"),
            source: field("source"),
            origin: Origin::parse(&field("origin")).unwrap_or_default(),
            status: Status::parse(&field("status")).unwrap_or_default(),
            start_year: year(&field("start_year")),
            end_year: year(&field("end_year")),
            period: field("period"),
            levels: record
                .sets
                .get("level")
                .into_iter()
                .flatten()
                .filter_map(|l| Level::parse(l))
                .collect(),
            description: field("description"),
            benefit: field("benefit"),
            notes: field("notes"),
            parties: record.parties.iter().map(Party::from_list).collect(),
            codings: characteristics
                .characteristics
                .iter()
                .map(|c| (c.key.clone(), Coding::from_record(record, c)))
                .collect(),
            selection: Selection::default(),
            provenance: Provenance::of(record),
            eligibility: Eligibility::default(),
            needs: Vec::new(),
            sources: Vec::new(),
            references: Vec::new(),
            extra: record.extra.clone(),
        }
    }

    /// The actor groups that take part; who only evaluates does not.
    pub fn actor_groups(&self) -> BTreeSet<ActorGroup> {
        taking_part(&self.parties).map(|party| party.group).collect()
    }

    /// Which of the four groups that count are there (R2).
    pub fn actor_mix(&self) -> ActorMix {
        ActorMix::of(self.actor_groups())
    }

    /// A public body together with research, business or voluntary organisations (R2).
    pub fn is_eligible(&self) -> bool {
        self.actor_mix().is_eligible()
    }
}

/// Those of the parties that take part: who only evaluates does not.
pub fn taking_part(parties: &[Party]) -> impl Iterator<Item = &Party> {
    parties.iter().filter(|party| party.role != PartyRole::Evaluator)
}

/// The years a case may begin or end in.
pub const YEARS: std::ops::RangeInclusive<i64> = 1500..=2200;

/// The year in a text that is a year and nothing else.
pub fn year(text: &str) -> Option<i64> {
    text.trim().parse().ok().filter(|y| YEARS.contains(y))
}

/// Which of the groups that R2 counts take part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct ActorMix {
    pub public: bool,
    pub research: bool,
    pub business: bool,
    pub voluntary: bool,
}

impl ActorMix {
    /// The mix of these groups.
    pub fn of(groups: impl IntoIterator<Item = ActorGroup>) -> Self {
        groups.into_iter().fold(ActorMix::default(), ActorMix::with)
    }

    /// This mix and one more group. Citizens and funders change nothing.
    pub fn with(mut self, group: ActorGroup) -> Self {
        use ActorGroup::*;
        match group {
            Stat | Region | Kommune | Offentlig => self.public = true,
            Forskning => self.research = true,
            Naeringsliv | Oppstart => self.business = true,
            Frivillig => self.voluntary = true,
            Innbyggere | Finansior => {}
        }
        self
    }

    /// How many of research, business and voluntary take part.
    pub fn partners(self) -> usize {
        [self.research, self.business, self.voluntary]
            .into_iter()
            .filter(|part| *part)
            .count()
    }

    /// Public and at least one of the others.
    pub fn is_eligible(self) -> bool {
        self.public && self.partners() > 0
    }
}

/// An organisation in the collaboration.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Party {
    /// Its key in the document; empty before there is one.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What kind of actor it is.
    pub group: ActorGroup,
    /// What it does in the collaboration.
    pub role: PartyRole,
}

impl Party {
    /// A party as a list names it; a funder funds, all others are partners until somebody says more.
    pub(crate) fn from_list((name, group): &(String, String)) -> Self {
        let group = ActorGroup::parse(group).unwrap_or_default();
        let role = if group == ActorGroup::Finansior {
            PartyRole::Funder
        } else {
            PartyRole::Partner
        };
        Party {
            id: String::new(),
            name: name.clone(),
            group,
            role,
        }
    }
}

/// The value a case has on a characteristic, with its state.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Coding {
    /// Whether there is a value, and if not, why.
    pub state: CodingState,
    /// Of a nominal or ordinal characteristic.
    pub value: Option<String>,
    /// Of one with any number of values.
    pub values: BTreeSet<String>,
    /// Of a number.
    pub number: Option<f64>,
    /// Of one in words.
    pub text: String,
    /// How sure the coder is.
    pub confidence: Confidence,
    /// The participant who last coded it, or nobody.
    pub coder: String,
    /// The coder's reason.
    pub note: String,
}

impl Coding {
    /// What a list says; a blank is `not_coded`, for nobody has looked, and so is a value that is not in use.
    fn from_record(record: &CaseRecord, c: &Characteristic) -> Self {
        let (mut coding, key) = (Coding::default(), &c.key);
        if let Some(state) = record.states.get(key).and_then(|s| CodingState::parse(s)) {
            coding.state = state;
            return coding;
        }
        let given = record.codings.get(key).map(Vec::as_slice).unwrap_or_default();
        let mut living = given
            .iter()
            .filter_map(|key| c.living(key).map(|value| value.key.clone()));
        match c.scale {
            Scale::Nominal | Scale::Ordinal => coding.value = living.next(),
            Scale::Multi => coding.values = living.collect(),
            Scale::Number => coding.number = given.first().and_then(|n| finite(n)),
            Scale::Text => coding.text = given.join("\n"),
        }
        if coding.has_value(c.scale) {
            coding.state = CodingState::Coded;
        }
        coding
    }

    /// Whether there is a value where this scale keeps it.
    pub fn has_value(&self, scale: Scale) -> bool {
        match scale {
            Scale::Nominal | Scale::Ordinal => self.value.is_some(),
            Scale::Multi => !self.values.is_empty(),
            Scale::Number => self.number.is_some(),
            Scale::Text => !self.text.trim().is_empty(),
        }
    }

    /// Whether it counts in an analysis: said to be coded, and with a value.
    pub fn is_coded(&self, scale: Scale) -> bool {
        self.state == CodingState::Coded && self.has_value(scale)
    }
}

/// The number in a text, with a point or a comma.
pub fn finite(text: &str) -> Option<f64> {
    text.trim()
        .replace(',', ".")
        .parse()
        .ok()
        .filter(|n: &f64| n.is_finite())
}

/// Whether a case is chosen, by which criterion and why.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Selection {
    pub decision: Decision,
    pub criterion: Criterion,
    pub reason: String,
    /// The participant who decided, or nobody.
    pub by: String,
}

/// Whether a case aims at innovation in the public sector (R13): a question people answer, or leave open with a reason.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[allow(missing_docs)]
pub struct Eligibility {
    pub answer: Eligible,
    pub reason: String,
    /// The participant who answered, or nobody.
    pub by: String,
}

/// The list and the row a case came from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Provenance {
    /// The file's name, and the sheet's where there are several.
    pub list: String,
    /// From 1, the header counted.
    pub row: i64,
}

impl Provenance {
    fn of(record: &CaseRecord) -> Vec<Self> {
        let own = std::iter::once((&record.list, record.row));
        let all = own.chain(record.also.iter().map(|(list, row)| (list, *row)));
        all.filter(|(list, _)| !list.is_empty())
            .map(|(list, row)| Provenance {
                list: list.clone(),
                row: i64::from(row),
            })
            .collect()
    }
}

/// An enum whose variants are words that stand in documents, rows and TypeScript.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
        #[allow(missing_docs)]
        pub enum $name {
            $($(#[$variant_meta])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// All, in order.
            pub const ALL: &[$name] = &[$($name::$variant,)+];

            /// The word that stands in documents.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word,)+ }
            }

            /// The one this word stands for.
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some($name::$variant),)+ _ => None }
            }
        }
    };
}

pub(crate) use words;

words! {
    /// What kind of actor a party or a participant is.
    ActorGroup {
        Stat = "stat",
        Region = "region",
        Kommune = "kommune",
        Forskning = "forskning",
        Naeringsliv = "naeringsliv",
        Oppstart = "oppstart",
        Frivillig = "frivillig",
        Innbyggere = "innbyggere",
        Finansior = "finansior",
        /// Public, of a level nobody has said yet.
        #[default] Offentlig = "offentlig",
    }
}

words! {
    /// Where a case comes from. `Future` is imagined, and left out of all that is counted.
    Origin { #[default] National = "national", International = "international", Future = "future", }
}

words! {
    /// How far a case has come.
    Status { Planned = "planned", Ongoing = "ongoing", Ended = "ended", #[default] Unknown = "unknown", }
}

words! {
    /// A level of government.
    Level { #[default] Statlig = "statlig", Regional = "regional", Kommunal = "kommunal", }
}

words! {
    /// What a party does in the collaboration. Who evaluates is not a party to it.
    PartyRole {
        Owner = "owner",
        #[default] Partner = "partner",
        Supplier = "supplier",
        Funder = "funder",
        UserOrganisation = "user_organisation",
        Evaluator = "evaluator",
    }
}

words! {
    /// Whether a characteristic has a value for a case. Blank in a list is `NotCoded`.
    CodingState {
        Coded = "coded",
        Unknown = "unknown",
        NotApplicable = "not_applicable",
        #[default] NotCoded = "not_coded",
    }
}

words! {
    /// How sure a coder is.
    Confidence { Sikker = "sikker", Skjonn = "skjonn", Usikker = "usikker", #[default] Unsaid = "", }
}

words! {
    /// Whether a case is chosen.
    Decision { #[default] Undecided = "none", In = "in", Out = "out", Reserve = "reserve", }
}

words! {
    /// Why a case is chosen or not.
    Criterion {
        NotEligible = "not_eligible",
        Duplicate = "duplicate",
        TooLittleInformation = "too_little_information",
        Covered = "covered",
        AddsVariety = "adds_variety",
        Typical = "typical",
        Extreme = "extreme",
        Other = "other",
        #[default] Unsaid = "",
    }
}

words! {
    /// Whether it is an example of innovation in the public sector.
    Eligible { Yes = "yes", No = "no", Unsure = "unsure", #[default] Unsaid = "", }
}

impl Level {
    /// The actor group of a public body on this level.
    pub fn group(self) -> ActorGroup {
        match self {
            Level::Statlig => ActorGroup::Stat,
            Level::Regional => ActorGroup::Region,
            Level::Kommunal => ActorGroup::Kommune,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mix(groups: &[ActorGroup]) -> bool {
        groups
            .iter()
            .copied()
            .fold(ActorMix::default(), ActorMix::with)
            .is_eligible()
    }

    #[test]
    fn r2_public_and_one_partner_group_is_eligible() {
        use ActorGroup::*;
        for public in [Stat, Region, Kommune, Offentlig] {
            for partner in [Forskning, Naeringsliv, Oppstart, Frivillig] {
                assert!(mix(&[public, partner]));
            }
            assert!(!mix(&[public]) && !mix(&[public, Innbyggere]) && !mix(&[public, Finansior]));
        }
        assert!(!mix(&[Forskning, Naeringsliv, Frivillig]));
    }

    #[test]
    fn r2_who_only_evaluates_is_not_a_party() {
        let party = |group, role| Party {
            group,
            role,
            ..Party::default()
        };
        let mut case = Case::default();
        case.parties.push(party(ActorGroup::Kommune, PartyRole::Owner));
        case.parties
            .push(party(ActorGroup::Forskning, PartyRole::Evaluator));
        assert!(!case.is_eligible());
        case.parties
            .push(party(ActorGroup::Forskning, PartyRole::Partner));
        assert!(case.is_eligible());
    }

    #[test]
    fn every_word_reads_back() {
        assert!(
            ActorGroup::ALL
                .iter()
                .all(|g| ActorGroup::parse(g.as_str()) == Some(*g))
        );
        assert!(
            Criterion::ALL
                .iter()
                .all(|c| Criterion::parse(c.as_str()) == Some(*c))
        );
        assert_eq!(Origin::parse("elsewhere"), None);
    }
}
