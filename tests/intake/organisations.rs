//! The organisations of the bundled list, and who works together in its ecosystems (R9, R19).

use super::bundled::cases;
use proptest::prelude::*;
use samverk_shared::access::State;
use samverk_shared::case::{ActorGroup, Case, Level, Party};
use samverk_shared::characteristic::defaults;
use samverk_shared::ids::{DocumentId, SubjectId};
use samverk_shared::organisation::{Organisations, Said};
use samverk_shared::register::{RegisterRow, row};
use samverk_shared::views::actor_map::{ActorMap, actor_map};
use samverk_shared::views::organisations::{OrganisationsView, organisations};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

fn rows(said: &Organisations) -> Vec<RegisterRow> {
    static CASES: LazyLock<Vec<Case>> = LazyLock::new(cases);
    rows_of(&CASES, said)
}

fn rows_of(cases: &[Case], said: &Organisations) -> Vec<RegisterRow> {
    let one = |(n, case): (usize, &Case)| {
        let mut bytes = [0; 16];
        (bytes[0], bytes[1]) = ((n / 36) as u8, (n % 36) as u8);
        let (subject, document) = (SubjectId::from_random(bytes), DocumentId::from_random(bytes));
        let mut row = row(subject, document, State::Open, case, &[], defaults());
        row.settle(said);
        row
    };
    cases.iter().enumerate().map(one).collect()
}

fn view(rows: &[RegisterRow], said: &Organisations) -> OrganisationsView {
    organisations(rows, defaults(), said)
}

fn codes(rows: &[RegisterRow]) -> BTreeMap<SubjectId, String> {
    let each = rows.iter();
    each.map(|row| (row.subject.clone(), row.code.clone())).collect()
}

fn map_of(rows: &[RegisterRow], said: &Organisations, wanted: &[&str]) -> ActorMap {
    let asked = rows.iter().filter(|row| wanted.contains(&row.code.as_str()));
    let asked: BTreeSet<SubjectId> = asked.map(|row| row.subject.clone()).collect();
    actor_map(rows, defaults(), said, &asked)
}

fn said(id: &str, name: &str, aliases: &[&str], group: Option<ActorGroup>, level: Option<Level>) -> Said {
    Said {
        id: id.into(),
        name: name.into(),
        aliases: aliases
            .iter()
            .enumerate()
            .map(|(n, alias)| (n.to_string(), (*alias).to_owned()))
            .collect(),
        group,
        level,
        ..Said::default()
    }
}

#[test]
fn r19_the_four_ecosystems_are_compared_on_one_map() {
    let nothing = Organisations::default();
    let rows = rows(&nothing);
    let map = map_of(&rows, &nothing, &["N18", "N31", "I11", "I07"]);
    let codes = codes(&rows);
    let order: Vec<&str> = map.cases.iter().map(|one| codes[&one.subject].as_str()).collect();
    assert_eq!(order, ["N18", "N31", "I07", "I11"]);
    assert_eq!(map.organisations, 20);
    let sizes: Vec<(ActorGroup, usize)> = map
        .groups
        .iter()
        .map(|one| (one.group, one.organisations.len()))
        .collect();
    use ActorGroup::*;
    assert_eq!(
        sizes,
        [(Kommune, 6), (Forskning, 2), (Naeringsliv, 5), (Frivillig, 7)]
    );
    assert_eq!(map.in_all, [Kommune, Frivillig]);
    assert_eq!(map.in_one, []);
    assert_eq!(map.sharing, []);
    let narrow = |code: &str| {
        let case = map.cases.iter().find(|one| codes[&one.subject] == code);
        case.unwrap().narrow_ecosystem
    };
    assert!(!narrow("N18") && !narrow("I07"));
}

#[test]
fn r19_ecosystems_with_one_partner_group_are_named() {
    let nothing = Organisations::default();
    let of = |cases: &[Case]| -> Vec<String> {
        let rows = rows_of(cases, &nothing);
        let narrow = rows.iter().filter(|row| row.narrow_ecosystem);
        narrow.map(|row| row.code.clone()).collect()
    };
    let mut cases = cases();
    assert_eq!(of(&cases), Vec::<String>::new());
    let arendal = cases.iter_mut().find(|case| case.code == "N18").unwrap();
    arendal
        .parties
        .retain(|party| party.group != ActorGroup::Naeringsliv);
    assert_eq!(of(&cases), ["N18"]);
}

#[test]
fn r9_the_organisations_of_the_list_are_found_and_none_is_joined_by_itself() {
    let nothing = Organisations::default();
    let rows = rows(&nothing);
    let found = view(&rows, &nothing);
    assert_eq!(found.organisations.len(), 197);
    let most: Vec<(&str, usize)> = found
        .organisations
        .iter()
        .take(3)
        .map(|one| (one.name.as_str(), one.cases))
        .collect();
    assert_eq!(most, [("Oslo kommune", 7), ("Innovasjon Norge", 6), ("KS", 5)]);
    let pairs: Vec<(&str, &str)> = found
        .alike
        .iter()
        .map(|one| (one.a.as_str(), one.b.as_str()))
        .collect();
    for wanted in [
        ("dfo", "dfo tidligere difi"),
        ("dfo tidligere difi", "difi"),
        (
            "digitaliseringsdirektoratet",
            "digitaliseringsdirektoratet tidligere difi",
        ),
    ] {
        assert!(pairs.contains(&wanted), "{wanted:?} is not among {pairs:?}");
    }
}

#[test]
fn r9_what_is_joined_is_one_organisation_and_what_is_apart_is_proposed_no_more() {
    let digdir = said(
        "d",
        "Digitaliseringsdirektoratet",
        &["Difi", "Digitaliseringsdirektoratet (tidligere Difi)"],
        Some(ActorGroup::Stat),
        None,
    );
    let dfo = Said {
        apart: BTreeSet::from(["dfo tidligere difi".to_owned()]),
        ..said("e", "DFØ", &[], None, None)
    };
    let all = Organisations::of(vec![digdir, dfo]);
    let rows = rows(&all);
    let found = view(&rows, &all);
    let one = |name: &str| found.organisations.iter().find(|one| one.name == name).unwrap();
    let digdir = one("Digitaliseringsdirektoratet");
    assert_eq!(
        (digdir.cases, digdir.names.len(), digdir.items.as_slice()),
        (3, 3, &["d".to_owned()][..])
    );
    assert_eq!(digdir.level, Some(Level::Statlig));
    let pair = |a: &str, b: &str| found.alike.iter().any(|one| one.a == a && one.b == b);
    assert!(!pair("dfo", "dfo tidligere difi") && !pair("dfo tidligere difi", "dfo"));
}

#[test]
fn r9_a_group_said_of_an_organisation_counts_in_its_cases_and_the_list_stays_as_it_was() {
    let nothing = Organisations::default();
    let before = rows(&nothing);
    let open = |row: &RegisterRow| row.actor_groups.contains(&ActorGroup::Offentlig);
    let party = |row: &RegisterRow, name: &str| row.named.iter().any(|party: &Party| party.name == name);
    let place = before
        .iter()
        .position(|row| open(row) && party(row, "KS"))
        .unwrap();
    let all = Organisations::of(vec![said("k", "KS", &[], Some(ActorGroup::Kommune), None)]);
    let after = rows(&all);
    assert!(after[place].actor_groups.contains(&ActorGroup::Kommune));
    assert_eq!(after[place].named, before[place].named);
    let is_regional = |row: &&RegisterRow| row.level.contains(&Level::Regional);
    assert_eq!(
        after.iter().filter(is_regional).count(),
        9,
        "levels of cases are their own"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn r9_r19_the_order_of_cases_and_of_what_is_said_changes_nothing(seed in any::<u64>(), joined in 0..5usize) {
        let mut items: Vec<Said> = (0..joined)
            .map(|n| said(&n.to_string(), ["KS", "Difi", "DFØ", "NAV", "NTNU"][n], &["Difi", "NHO"][..n % 3], None, None))
            .collect();
        let all = Organisations::of(items.clone());
        let mut shuffled = rows(&all);
        let (organisations, map) = (view(&shuffled, &all), map_of(&shuffled, &all, &["N01", "N02", "N06", "N11"]));
        let count = shuffled.len();
        for n in 0..count {
            shuffled.swap(n, (seed as usize).wrapping_mul(n + 7) % count);
        }
        prop_assert_eq!(&view(&shuffled, &all), &organisations);
        prop_assert_eq!(&map_of(&shuffled, &all, &["N01", "N02", "N06", "N11"]), &map);
        items.reverse();
        let again = Organisations::of(items);
        let keys = |found: &OrganisationsView| found.organisations.iter().flat_map(|one| one.names.iter().map(|name| name.key.clone())).collect::<BTreeSet<_>>();
        let found = view(&rows(&again), &again);
        prop_assert_eq!(keys(&found), keys(&organisations));
        prop_assert_eq!(found.organisations.len(), organisations.organisations.len());
    }
}
