//! What two cases that are the same have in lists: what one of them lacks, and what can be taken back again.

use crate::case::{Case, Party};
use crate::import::cells::{PARTIES, plain};
use crate::need::Need;
use crate::source::{Reference, Source};
use std::collections::BTreeSet;

/// The parties of a case that another, which is the same, does not name.
pub fn new_parties<'a>(case: &Case, same: &'a Case) -> impl Iterator<Item = &'a Party> {
    let names: BTreeSet<String> = case.parties.iter().map(|party| plain(&party.name)).collect();
    let parties = same.parties.iter();
    parties.filter(move |party| !names.contains(&plain(&party.name)))
}

/// The sources of a case that another, which is the same, does not have.
pub fn new_sources<'a>(case: &'a Case, same: &'a Case) -> impl Iterator<Item = &'a Source> {
    let sources = same.sources.iter();
    sources.filter(|source| source_like(case, source).is_none())
}

/// The source of a case that is this one: the same title at the same address.
pub(super) fn source_like<'a>(case: &'a Case, source: &Source) -> Option<&'a Source> {
    let is_it =
        |other: &&Source| (plain(&other.title), &other.address) == (plain(&source.title), &source.address);
    case.sources.iter().find(is_it)
}

/// Of the items that came to a case from another those that are still as they came, and that nothing else in the case
/// leans on: taking these back loses nothing.
pub fn as_they_came(case: &Case, from: &Case, added: &[(String, String)]) -> Vec<(String, String)> {
    let is_added = |list: &str, id: &str| added.iter().any(|(of, one)| of == list && one == id);
    let party = |one: &Party| {
        let same = |other: &Party| {
            Party {
                id: one.id.clone(),
                ..other.clone()
            } == *one
        };
        from.parties.iter().any(same)
    };
    let need = |one: &Need| {
        let same = |other: &Need| {
            let (id, source) = (one.id.clone(), one.source.clone());
            Need {
                id,
                source,
                ..other.clone()
            } == *one
        };
        from.needs.iter().any(same)
    };
    let source = |one: &Source| {
        let same = |other: &Source| {
            Source {
                id: one.id.clone(),
                ..other.clone()
            } == *one
        };
        from.sources.iter().any(same)
    };
    let reference = |one: &Reference| {
        let same = |other: &Reference| (&other.page, &other.quote) == (&one.page, &one.quote);
        from.references.iter().any(same)
    };
    let goes = |one: &&Reference| is_added("references", &one.id) && reference(one);
    let staying: Vec<&Reference> = case.references.iter().filter(|one| !goes(one)).collect();
    let is_asked = |id: &str| staying.iter().any(|one| one.field == format!("needs.{id}"));
    let leaves = |one: &&Need| is_added("needs", &one.id) && need(one) && !is_asked(&one.id);
    let kept: Vec<&Need> = case.needs.iter().filter(|one| !leaves(one)).collect();
    let is_cited =
        |id: &str| staying.iter().any(|one| one.source == id) || kept.iter().any(|one| one.source == id);
    let is_back = |(list, id): &&(String, String)| match list.as_str() {
        PARTIES => case.parties.iter().any(|one| one.id == *id && party(one)),
        "needs" => case.needs.iter().any(|one| one.id == *id && leaves(&one)),
        "sources" => case
            .sources
            .iter()
            .any(|one| one.id == *id && source(one) && !is_cited(id)),
        "references" => case.references.iter().any(|one| one.id == *id && goes(&one)),
        // Nobody changes where a case comes from.
        _ => true,
    };
    added.iter().filter(is_back).cloned().collect()
}
