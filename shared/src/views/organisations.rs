//! Who the organisations are, for the screen «Virksomheter»: derived from the parties of the cases and from what the
//! team says (`organisation`), with names that may be one and the same.
//!
//! An organisation is every party whose name is one of its names. Which of two names are one is decided by people;
//! what is proposed is alike as names of cases are (`names`).

use super::{About, Basis, Cases};
use crate::actors;
use crate::case::{ActorGroup, Level, Party, PartyRole};
use crate::characteristic::Characteristics;
use crate::ids::SubjectId;
use crate::import::DuplicateBy;
use crate::limits::{DUPLICATE_BLOCK_MAX, ORGANISATIONS_ALIKE_MAX, PARTY_NAME_CHARS_MAX};
use crate::names::{self, Name, alike};
use crate::organisation::{self, LegalForm, Organisations, Said, key};
use crate::register::RegisterRow;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// The whole view.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OrganisationsView {
    /// What must be said beside it.
    pub about: About,
    /// Those of most cases first; then by name.
    pub organisations: Vec<Organisation>,
    /// Two that may be one, the most alike first; nobody has said that they are not.
    pub alike: Vec<Alike>,
}

/// One organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Organisation {
    /// What it is known by: the key of the name it stands under.
    pub key: String,
    /// What it is called: as the team says, else as most cases write it.
    pub name: String,
    /// Every name it has, the one it stands under first.
    pub names: Vec<OwnName>,
    /// Items of the `register` document about it, in their order; the first is the one to write in.
    pub items: Vec<String>,
    /// Its group: as the team says, else that of most of its parties, else as its name tells.
    pub group: ActorGroup,
    /// What the team says.
    pub said_group: Option<ActorGroup>,
    /// What the cases say of their party, without those that leave it open.
    pub listed_groups: Vec<ActorGroup>,
    /// What its name tells.
    pub read_group: Option<ActorGroup>,
    /// Its level of government: as the team says, else that of its group.
    pub level: Option<Level>,
    /// What the team says.
    pub said_level: Option<Level>,
    /// What it is by law.
    pub legal_form: LegalForm,
    /// Where it belongs.
    pub country: String,
    /// How many cases it is a party of.
    pub cases: usize,
    /// What it is in them, by case.
    pub parties: Vec<PartyOf>,
}

/// A name an organisation has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnName {
    /// What it is known by.
    pub key: String,
    /// As the team or most cases write it.
    pub name: String,
    /// Parties that are called so.
    pub parties: usize,
    /// Where the team says it: the item, and the key of the alias in it, which is empty for the item's own name.
    pub said: Option<(String, String)>,
}

/// A party of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct PartyOf {
    pub subject: SubjectId,
    /// Its key in the case.
    pub party: String,
    /// Its group as it counts.
    pub group: ActorGroup,
    pub role: PartyRole,
}

/// Two organisations that may be one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Alike {
    /// The one of more cases, by its key.
    pub a: String,
    /// The other.
    pub b: String,
    /// What their names have in common.
    pub by: DuplicateBy,
    /// How alike they are, in hundredths.
    pub score: u32,
}

/// The view of these rows.
pub fn organisations<'a>(
    rows: impl IntoIterator<Item = &'a RegisterRow>,
    set: &Characteristics,
    said: &Organisations,
) -> OrganisationsView {
    let basis = Basis::of(rows, set, Cases::All);
    let mut found: Vec<(Organisation, &[Said])> = gathered(&basis.rows, said)
        .into_iter()
        .filter_map(|one| Some((one.organisation(said)?, one.items)))
        .collect();
    found.sort_by(|(a, _), (b, _)| (Reverse(a.cases), &a.key).cmp(&(Reverse(b.cases), &b.key)));
    OrganisationsView {
        about: basis.about,
        alike: likely(&found),
        organisations: found.into_iter().map(|(one, _)| one).collect(),
    }
}

/// What belongs to one organisation.
#[derive(Default)]
pub(super) struct Gathered<'a> {
    pub(super) items: &'a [Said],
    pub(super) parties: Vec<(&'a RegisterRow, &'a Party)>,
}

/// Every organisation with its parties; those that are said first, in their order.
pub(super) fn gathered<'a>(rows: &[&'a RegisterRow], said: &'a Organisations) -> Vec<Gathered<'a>> {
    let mut found: Vec<Gathered> = said
        .all()
        .map(|items| Gathered {
            items,
            parties: Vec::new(),
        })
        .collect();
    let mut unsaid: BTreeMap<String, Gathered> = BTreeMap::new();
    for row in rows {
        for party in &row.named {
            let Some(key) = key(&party.name) else { continue };
            let of = match said.place(&party.name) {
                Some(place) => &mut found[place],
                None => unsaid.entry(key).or_default(),
            };
            of.parties.push((row, party));
        }
    }
    found.extend(unsaid.into_values());
    found
}

impl Gathered<'_> {
    /// Every name, the one it stands under first; those that follow by how many parties have them.
    pub(super) fn names(&self) -> Vec<OwnName> {
        let mut names: Vec<OwnName> = Vec::new();
        let said = self.items.iter().flat_map(|item| {
            let own = std::iter::once((item.id.clone(), String::new(), &item.name));
            let others = item.aliases.iter();
            own.chain(others.map(|(id, name)| (item.id.clone(), id.clone(), name)))
        });
        for (item, alias, name) in said {
            let Some(key) = key(name) else { continue };
            if names.iter().all(|one| one.key != key) {
                names.push(OwnName {
                    key,
                    name: shortened(name),
                    parties: 0,
                    said: Some((item, alias)),
                });
            }
        }
        let mut written: BTreeMap<String, BTreeMap<&str, usize>> = BTreeMap::new();
        for (_, party) in &self.parties {
            if let Some(key) = key(&party.name) {
                let spellings = written.entry(key).or_default();
                *spellings.entry(party.name.trim()).or_default() += 1;
            }
        }
        for (key, spellings) in written {
            let parties = spellings.values().sum();
            if let Some(known) = names.iter_mut().find(|one| one.key == key) {
                known.parties = parties;
                continue;
            }
            let most = most(spellings).unwrap_or_default();
            names.push(OwnName {
                name: shortened(most),
                key,
                parties,
                said: None,
            });
        }
        names
    }

    fn organisation(&self, said: &Organisations) -> Option<Organisation> {
        let names = self.names();
        let first = names.first()?.clone();
        let said_group = self.items.iter().find_map(|one| one.group);
        let said_level = self.items.iter().find_map(|one| one.level);
        let listed = self.parties.iter().map(|(_, party)| party.group);
        let listed_groups: Vec<ActorGroup> = counted(listed)
            .into_keys()
            .filter(|group| *group != ActorGroup::Offentlig)
            .collect();
        let read_group = actors::group(&first.name);
        let mut parties: Vec<PartyOf> = self
            .parties
            .iter()
            .map(|(row, party)| PartyOf {
                subject: row.subject.clone(),
                party: party.id.clone(),
                group: said.group_of(party),
                role: party.role,
            })
            .collect();
        parties.sort_by(|a, b| (&a.subject, &a.party).cmp(&(&b.subject, &b.party)));
        let subjects: BTreeSet<&SubjectId> = parties.iter().map(|party| &party.subject).collect();
        let group = organisation::group(self.items)
            .or_else(|| self.counted_group(said))
            .or(read_group);
        let group = group.unwrap_or(ActorGroup::Offentlig);
        let legal_forms = self.items.iter().map(|one| one.legal_form);
        let countries = self.items.iter().map(|one| one.country.trim());
        Some(Organisation {
            key: first.key,
            name: first.name,
            items: self.items.iter().map(|one| one.id.clone()).collect(),
            group,
            said_group,
            listed_groups,
            read_group,
            level: said_level.or_else(|| level_of(group)),
            said_level,
            legal_form: legal_forms
                .into_iter()
                .find(|form| *form != LegalForm::Unsaid)
                .unwrap_or_default(),
            country: shortened(
                countries
                    .into_iter()
                    .find(|country| !country.is_empty())
                    .unwrap_or_default(),
            ),
            cases: subjects.len(),
            names,
            parties,
        })
    }

    /// The group most of its parties have, those left open aside.
    pub(super) fn counted_group(&self, said: &Organisations) -> Option<ActorGroup> {
        let groups = self.parties.iter().map(|(_, party)| said.group_of(party));
        most(counted(groups.filter(|group| *group != ActorGroup::Offentlig)))
    }
}

/// The level of government of a public group.
fn level_of(group: ActorGroup) -> Option<Level> {
    Level::ALL.iter().copied().find(|level| level.group() == group)
}

fn counted<T: Ord>(all: impl Iterator<Item = T>) -> BTreeMap<T, usize> {
    let mut counts = BTreeMap::new();
    for one in all {
        *counts.entry(one).or_default() += 1;
    }
    counts
}

/// What there is most of; of equals the first.
fn most<T: Ord>(counts: BTreeMap<T, usize>) -> Option<T> {
    let mut best: Option<(T, usize)> = None;
    for (one, count) in counts {
        if best.as_ref().is_none_or(|(_, most)| count > *most) {
            best = Some((one, count));
        }
    }
    best.map(|(one, _)| one)
}

fn shortened(name: &str) -> String {
    name.trim().chars().take(PARTY_NAME_CHARS_MAX).collect()
}

/// Two that may be one. Names that share a key are compared; a key that many share tells nothing.
fn likely(found: &[(Organisation, &[Said])]) -> Vec<Alike> {
    let own = |(place, (one, _)): (usize, &(Organisation, &[Said]))| {
        let each = one.names.iter().flat_map(|name| names::of(&name.name));
        each.map(|name| (place, name)).collect::<Vec<_>>()
    };
    let all: Vec<(usize, Name)> = found.iter().enumerate().flat_map(own).collect();
    let mut blocks: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, (_, name)) in all.iter().enumerate() {
        for key in name.keys().into_iter().collect::<BTreeSet<_>>() {
            blocks.entry(key).or_default().push(at);
        }
    }
    blocks.retain(|_, block| (2..=DUPLICATE_BLOCK_MAX).contains(&block.len()));
    let mut best: BTreeMap<(usize, usize), (u32, DuplicateBy)> = BTreeMap::new();
    for block in blocks.values() {
        for (nth, a) in block.iter().enumerate() {
            for b in &block[nth + 1..] {
                let ((x, of_x), (y, of_y)) = (&all[*a], &all[*b]);
                if x == y || are_apart(&found[*x], &found[*y]) {
                    continue;
                }
                if let Some((by, score)) = alike(of_x, of_y) {
                    let kept = best.entry((*x.min(y), *x.max(y))).or_insert((score, by));
                    *kept = (*kept).max((score, by));
                }
            }
        }
    }
    let mut alike: Vec<Alike> = best
        .into_iter()
        .map(|((a, b), (score, by))| Alike {
            a: found[a].0.key.clone(),
            b: found[b].0.key.clone(),
            by,
            score,
        })
        .collect();
    // Stable: of those equally alike, the ones of more cases first.
    alike.sort_by_key(|one| Reverse(one.score));
    alike.truncate(ORGANISATIONS_ALIKE_MAX);
    alike
}

/// Whether somebody has said that they are two.
fn are_apart((a, said_a): &(Organisation, &[Said]), (b, said_b): &(Organisation, &[Said])) -> bool {
    let says = |said: &[Said], other: &Organisation| {
        let apart = said.iter().flat_map(|one| &one.apart);
        apart
            .into_iter()
            .any(|key| other.names.iter().any(|name| name.key == *key))
    };
    says(said_a, b) || says(said_b, a)
}
