//! Organisations: who is a party of cases, whatever each case calls it, and what the team says about it.
//!
//! A party belongs to the organisation of its name. Which names are one organisation is said in the `register`
//! document: an item there gives one organisation a name and any number of others. Items that share a name are about
//! the same organisation, however they hang together; where two say different things the first holds.
//!
//! **Rule (R9):** what a case says of its own party counts. Where that is `offentlig`, what the team says of the
//! organisation counts: its group, else the group of its level.

use crate::case::{ActorGroup, Level, Party, words};
use crate::limits::PARTY_NAME_CHARS_MAX;
use crate::names::{bare, folded};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

words! {
    /// What an organisation is by law. `Collective` is several under one name: «deltakende kommuner».
    LegalForm {
        #[default] Unsaid = "",
        State = "statlig",
        StateEnterprise = "statsforetak",
        HealthEnterprise = "helseforetak",
        County = "fylkeskommune",
        Municipality = "kommune",
        MunicipalEnterprise = "kommunalt_foretak",
        Intermunicipal = "interkommunalt",
        Company = "aksjeselskap",
        NonProfitCompany = "ideelt",
        Cooperative = "samvirke",
        Association = "forening",
        Foundation = "stiftelse",
        University = "universitet",
        Collective = "samlenavn",
        Other = "annet",
    }
}

/// What the team says about an organisation: one item of the `register` document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Said {
    /// Its key in the document.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What else it is called, with the keys they have.
    pub aliases: Vec<(String, String)>,
    /// What it is by law.
    pub legal_form: LegalForm,
    /// What kind of actor it is.
    pub group: Option<ActorGroup>,
    /// On which level of government, where it is public.
    pub level: Option<Level>,
    /// Where it belongs.
    pub country: String,
    /// Names, as `key` has them, that somebody has said are not this organisation.
    pub apart: BTreeSet<String>,
}

impl Said {
    /// Its names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.aliases.iter().map(|(_, name)| name.as_str()))
    }

    fn keys(&self) -> impl Iterator<Item = String> {
        self.names().filter_map(key)
    }
}

/// What a name is known by: two names with one key are one name, and so are very long ones that begin alike. Nothing
/// for no name.
pub fn key(name: &str) -> Option<String> {
    let name: String = name.chars().take(PARTY_NAME_CHARS_MAX).collect();
    let key = Some(bare(&name)).filter(|bare| !bare.is_empty());
    key.or_else(|| Some(folded(&name)).filter(|folded| !folded.is_empty()))
}

/// All that the team says about organisations, by their names.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Organisations {
    joined: Vec<Vec<Said>>,
    by_name: BTreeMap<String, usize>,
}

impl Organisations {
    /// Of the items in their order. Items that share a name are joined.
    pub fn of(said: Vec<Said>) -> Self {
        let mut first_with: BTreeMap<String, usize> = BTreeMap::new();
        let mut lead: Vec<usize> = (0..said.len()).collect();
        for (place, one) in said.iter().enumerate() {
            for key in one.keys() {
                let first = *first_with.entry(key).or_insert(place);
                let (a, b) = (led_by(&lead, first), led_by(&lead, place));
                lead[a.max(b)] = a.min(b);
            }
        }
        let mut joined: BTreeMap<usize, Vec<Said>> = BTreeMap::new();
        for (place, one) in said.into_iter().enumerate() {
            joined.entry(led_by(&lead, place)).or_default().push(one);
        }
        let joined: Vec<Vec<Said>> = joined.into_values().collect();
        let mut by_name = BTreeMap::new();
        for (place, items) in joined.iter().enumerate() {
            by_name.extend(items.iter().flat_map(Said::keys).map(|key| (key, place)));
        }
        Organisations { joined, by_name }
    }

    /// What is said of each organisation: the items about it, in their order.
    pub fn all(&self) -> impl Iterator<Item = &[Said]> {
        self.joined.iter().map(Vec::as_slice)
    }

    /// Which of `all` a name is of.
    pub fn place(&self, name: &str) -> Option<usize> {
        self.by_name.get(&key(name)?).copied()
    }

    /// The group of a party, as it counts.
    pub fn group_of(&self, party: &Party) -> ActorGroup {
        if party.group != ActorGroup::Offentlig {
            return party.group;
        }
        let said = self
            .place(&party.name)
            .and_then(|place| group(&self.joined[place]));
        said.unwrap_or(ActorGroup::Offentlig)
    }

    /// Each name that a group is said of, with the group: all that `group_of` depends on.
    pub fn groups(&self) -> BTreeMap<&str, ActorGroup> {
        let each = self.by_name.iter();
        each.filter_map(|(name, place)| Some((name.as_str(), group(&self.joined[*place])?)))
            .collect()
    }
}

/// The group that items about one organisation say, else that of the level they say.
pub fn group(items: &[Said]) -> Option<ActorGroup> {
    let said = items.iter().filter_map(|one| one.group);
    let settled = said.into_iter().find(|group| *group != ActorGroup::Offentlig);
    settled.or_else(|| items.iter().find_map(|one| one.level).map(Level::group))
}

/// The first of those a place is joined with.
fn led_by(lead: &[usize], mut place: usize) -> usize {
    while lead[place] != place {
        place = lead[place];
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;
    use ActorGroup::*;

    fn said(id: &str, names: &[&str], group: Option<ActorGroup>, level: Option<Level>) -> Said {
        let aliases = names.iter().skip(1).enumerate();
        Said {
            id: id.to_owned(),
            name: names.first().copied().unwrap_or_default().to_owned(),
            aliases: aliases
                .map(|(n, name)| (n.to_string(), (*name).to_owned()))
                .collect(),
            group,
            level,
            ..Said::default()
        }
    }

    fn party(name: &str, group: ActorGroup) -> Party {
        Party {
            name: name.to_owned(),
            group,
            ..Party::default()
        }
    }

    #[test]
    fn r9_what_the_team_says_counts_where_the_case_leaves_the_group_open() {
        let all = Organisations::of(vec![
            said(
                "a",
                &["Difi", "Digitaliseringsdirektoratet", "Digdir"],
                Some(Stat),
                None,
            ),
            said("b", &["Ruter"], None, Some(Level::Regional)),
            said("c", &["KS"], Some(Frivillig), Some(Level::Kommunal)),
            said("d", &["AtB"], Some(Offentlig), None),
        ]);
        for (name, group, counts) in [
            ("DIGDIR", Offentlig, Stat),
            ("Digitaliseringsdirektoratet", Offentlig, Stat),
            ("Difi", Region, Region),
            ("Ruter", Offentlig, Region),
            ("KS", Offentlig, Frivillig),
            ("AtB", Offentlig, Offentlig),
            ("Nobody", Offentlig, Offentlig),
            ("", Offentlig, Offentlig),
        ] {
            assert_eq!(all.group_of(&party(name, group)), counts, "{name}");
        }
        assert_eq!(all.groups().len(), 5);
    }

    #[test]
    fn r9_names_that_chain_or_go_in_circles_are_one_organisation() {
        let items = [
            said("a", &["Difi", "Digdir"], None, None),
            said("b", &["Digdir", "Digitaliseringsdirektoratet"], Some(Stat), None),
            said(
                "c",
                &["Digitaliseringsdirektoratet", "Difi", "Difi"],
                Some(Region),
                None,
            ),
            said("d", &["", "  "], Some(Kommune), None),
        ];
        let all = Organisations::of(items.to_vec());
        assert_eq!(all.all().count(), 2);
        assert_eq!(all.place("difi"), all.place("Digitaliseringsdirektoratet"));
        assert_eq!(all.group_of(&party("Difi", Offentlig)), Stat, "the first holds");
        assert_eq!(all.group_of(&party("", Offentlig)), Offentlig);
    }
}
