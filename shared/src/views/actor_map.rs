//! Who works together in some cases, for the screen «Aktørkart»: the organisations by actor group, what they are in each
//! case, which cases share some, and which groups all or only one of the cases have (R19).
//!
//! An organisation stands in the group most of its parties in these cases have, as groups count (`organisation`). Who
//! only evaluates is on the map, and adds no group to a case.
//!
//! Worked: the example cases N18, N31, I11 and I07 name 20 organisations; all four have municipal bodies and voluntary
//! organisations, and no two share one.

use super::organisations::gathered;
use super::{About, Basis, Cases};
use crate::case::{ActorGroup, PartyRole};
use crate::characteristic::Characteristics;
use crate::ids::SubjectId;
use crate::organisation::Organisations;
use crate::register::RegisterRow;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The whole view.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ActorMap {
    /// What must be said beside it; of all cases.
    pub about: About,
    /// The cases on the map, in the order of the analysis. What was asked for and does not count is not among them.
    pub cases: Vec<CaseOnMap>,
    /// The groups on the map, in the order of all groups.
    pub groups: Vec<GroupOnMap>,
    /// How many organisations there are.
    pub organisations: usize,
    /// Groups that every case has, where there are two cases or more.
    pub in_all: Vec<ActorGroup>,
    /// Groups that only one of the cases has, where there are two cases or more.
    pub in_one: Vec<InOne>,
    /// Two cases that share organisations, those that share most first.
    pub sharing: Vec<Sharing>,
}

/// A case on the map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CaseOnMap {
    /// Which.
    pub subject: SubjectId,
    /// The groups that take part.
    pub groups: Vec<ActorGroup>,
    /// How many organisations it names.
    pub organisations: usize,
    /// Coded as an ecosystem, and at most one of the three partner groups takes part.
    pub narrow_ecosystem: bool,
}

/// A group on the map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupOnMap {
    /// Which.
    pub group: ActorGroup,
    /// Its organisations: those of most cases first, then by case and name.
    pub organisations: Vec<OrganisationOnMap>,
}

/// An organisation on the map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OrganisationOnMap {
    /// What it is known by.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// What it is in the cases, in their order.
    pub parts: Vec<Part>,
}

/// What an organisation is in a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Part {
    pub subject: SubjectId,
    pub role: PartyRole,
}

/// A group that one case alone has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct InOne {
    pub group: ActorGroup,
    pub subject: SubjectId,
}

/// Two cases that share organisations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct Sharing {
    pub a: SubjectId,
    pub b: SubjectId,
    /// By their keys.
    pub organisations: Vec<String>,
}

/// The map of those of the rows that are asked for.
pub fn actor_map<'a>(
    rows: impl IntoIterator<Item = &'a RegisterRow>,
    set: &Characteristics,
    said: &Organisations,
    asked: &BTreeSet<SubjectId>,
) -> ActorMap {
    let basis = Basis::of(rows, set, Cases::All);
    let shown: Vec<&RegisterRow> = basis
        .rows
        .iter()
        .copied()
        .filter(|row| asked.contains(&row.subject))
        .collect();
    let place: BTreeMap<&SubjectId, usize> = shown
        .iter()
        .enumerate()
        .map(|(place, row)| (&row.subject, place))
        .collect();
    let (mut groups, mut organisations) = (BTreeMap::<ActorGroup, Vec<OrganisationOnMap>>::new(), 0);
    let mut in_cases = vec![0; shown.len()];
    let mut shared: BTreeMap<(usize, usize), Vec<String>> = BTreeMap::new();
    for one in gathered(&shown, said) {
        let Some(name) = one.names().into_iter().next().filter(|_| !one.parties.is_empty()) else {
            continue;
        };
        let parts: BTreeSet<(usize, PartyRole)> = one
            .parties
            .iter()
            .map(|(row, party)| (place[&row.subject], party.role))
            .collect();
        let there: Vec<usize> = parts
            .iter()
            .map(|(case, _)| *case)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        for (nth, a) in there.iter().enumerate() {
            in_cases[*a] += 1;
            for b in &there[nth + 1..] {
                shared.entry((*a, *b)).or_default().push(name.key.clone());
            }
        }
        organisations += 1;
        let group = one.counted_group(said).unwrap_or(ActorGroup::Offentlig);
        groups.entry(group).or_default().push(OrganisationOnMap {
            key: name.key,
            name: name.name,
            parts: parts
                .into_iter()
                .map(|(case, role)| Part {
                    subject: shown[case].subject.clone(),
                    role,
                })
                .collect(),
        });
    }
    let cases: Vec<CaseOnMap> = shown
        .iter()
        .zip(in_cases)
        .map(|(row, organisations)| CaseOnMap {
            subject: row.subject.clone(),
            groups: row.actor_groups.clone(),
            organisations,
            narrow_ecosystem: row.narrow_ecosystem,
        })
        .collect();
    ActorMap {
        about: basis.about,
        groups: groups
            .into_iter()
            .map(|(group, organisations)| GroupOnMap {
                group,
                organisations: in_order(organisations, &place),
            })
            .collect(),
        organisations,
        in_all: in_all(&cases),
        in_one: in_one(&cases),
        sharing: sharing(shared, &shown),
        cases,
    }
}

fn in_order(mut all: Vec<OrganisationOnMap>, place: &BTreeMap<&SubjectId, usize>) -> Vec<OrganisationOnMap> {
    let cases = |one: &OrganisationOnMap| {
        let each = one.parts.iter().map(|part| place[&part.subject]);
        each.collect::<BTreeSet<_>>()
    };
    all.sort_by_cached_key(|one| {
        let cases = cases(one);
        (Reverse(cases.len()), cases, one.key.clone())
    });
    all
}

fn in_all(cases: &[CaseOnMap]) -> Vec<ActorGroup> {
    let every = |group: &ActorGroup| cases.iter().all(|case| case.groups.contains(group));
    let groups = ActorGroup::ALL.iter().copied();
    groups.filter(|group| cases.len() > 1 && every(group)).collect()
}

fn in_one(cases: &[CaseOnMap]) -> Vec<InOne> {
    let only = |group: &ActorGroup| {
        let mut with = cases.iter().filter(|case| case.groups.contains(group));
        let first = with.next().filter(|_| cases.len() > 1)?;
        with.next().is_none().then(|| InOne {
            group: *group,
            subject: first.subject.clone(),
        })
    };
    ActorGroup::ALL.iter().filter_map(only).collect()
}

fn sharing(shared: BTreeMap<(usize, usize), Vec<String>>, shown: &[&RegisterRow]) -> Vec<Sharing> {
    let mut all: Vec<Sharing> = shared
        .into_iter()
        .map(|((a, b), mut organisations)| {
            organisations.sort();
            Sharing {
                a: shown[a].subject.clone(),
                b: shown[b].subject.clone(),
                organisations,
            }
        })
        .collect();
    all.sort_by_key(|one| Reverse(one.organisations.len()));
    all
}
