//! What documents got after the first documents were born: containers that only the server adds, a place for a coding by each
//! characteristic the workshop has added since, and needs it writes into many cases at once.

use super::create::{Writer, one_change_of, one_coding};
use super::order::order_key;
use crate::case::Coding;
use crate::characteristic::Characteristics;
use crate::need::Need;
use automerge::{ActorId, Automerge, AutomergeError, Change, ObjId, ROOT, ReadDoc};
use std::collections::BTreeSet;

/// The containers of a case that older documents do not have.
pub(super) const CONTAINERS: [&str; 4] = ["eligibility", "needs", "sources", "references"];

/// The containers of a `register` document; older ones do not have them all.
pub(super) const REGISTER: [&str; 3] = ["searches", "groupings", "organisations"];

/// The change that gives a `register` document the containers it lacks; none where it has them.
pub fn complete_register(
    register: &Automerge,
    actor: ActorId,
    time_s: i64,
) -> Result<Option<Change>, AutomergeError> {
    one_change_of(register, actor, time_s, |w| {
        for container in REGISTER {
            if register.get(&ROOT, container)?.is_none() {
                put(w, container)?;
            }
        }
        describable(w, register)
    })
}

/// Gives each grouping by hand a place for its description.
fn describable(w: &mut Writer<'_>, register: &Automerge) -> Result<(), AutomergeError> {
    let Some((_, groupings)) = register.get(&ROOT, "groupings")? else {
        return Ok(());
    };
    for id in register.keys(&groupings) {
        if let Some((grouping, item)) = register.get(&groupings, id.as_str())?
            && grouping.is_object()
            && register.get(&item, "description")?.is_none()
        {
            w.text(&item, "description", "")?;
        }
    }
    Ok(())
}

/// Whether a case has all its containers.
pub fn is_complete(case: &Automerge, set: &Characteristics) -> bool {
    CONTAINERS
        .iter()
        .all(|container| matches!(case.get(&ROOT, *container), Ok(Some(_))))
        && uncodable(case, set).next().is_none()
}

/// Keys of the characteristics that a case has no place for a coding by.
fn uncodable<'a>(case: &Automerge, set: &'a Characteristics) -> impl Iterator<Item = &'a str> {
    let codings = case.get(&ROOT, "codings").ok().flatten().map(|(_, id)| id);
    let keys: BTreeSet<String> = codings.iter().flat_map(|id| case.keys(id)).collect();
    let all = set.characteristics.iter().map(|c| c.key.as_str());
    all.filter(move |key| !keys.contains(*key))
}

/// Puts an empty container into a document.
pub(super) fn put(w: &mut Writer<'_>, container: &str) -> Result<(), AutomergeError> {
    let map = w.map(&ROOT, container)?;
    if container == "eligibility" {
        w.word(&map, "answer", "")?;
        w.text(&map, "reason", "")?;
        w.word(&map, "by", "")?;
    }
    Ok(())
}

/// The change that gives a case the containers it lacks, and these needs, under the ids they have.
pub fn change(
    case: &Automerge,
    set: &Characteristics,
    needs: &[Need],
    actor: ActorId,
    time_s: i64,
) -> Result<Option<Change>, AutomergeError> {
    let before = case
        .get(&ROOT, "needs")?
        .map_or(0, |(_, list)| case.length(&list));
    one_change_of(case, actor, time_s, |w| {
        complete(w, case, set)?;
        for (place, need) in needs.iter().enumerate() {
            add_need(w, need, before + place)?;
        }
        Ok(())
    })
}

/// Puts the containers that a case lacks, and a place for each coding.
pub(super) fn complete(
    w: &mut Writer<'_>,
    case: &Automerge,
    set: &Characteristics,
) -> Result<(), AutomergeError> {
    for container in CONTAINERS {
        if case.get(&ROOT, container)?.is_none() {
            put(w, container)?;
        }
    }
    if let Some((_, codings)) = case.get(&ROOT, "codings")? {
        for key in uncodable(case, set) {
            let item = w.map(&codings, key)?;
            one_coding(w, &item, &Coding::default())?;
        }
    }
    Ok(())
}

fn add_need(w: &mut Writer<'_>, need: &Need, place: usize) -> Result<(), AutomergeError> {
    let list = match w.transaction.get(&ROOT, "needs")? {
        Some((_, list)) => list,
        None => return Err(AutomergeError::Fail),
    };
    let item = w.map(&list, &need.id)?;
    self::need(w, &item, need)?;
    w.word(&item, "order", &order_key(place))
}

/// Fills the item of a need.
pub(super) fn need(w: &mut Writer<'_>, item: &ObjId, need: &Need) -> Result<(), AutomergeError> {
    w.word(item, "about", &need.about)?;
    w.text(item, "question", &need.question)?;
    w.word(item, "way", need.way.as_str())?;
    w.word(item, "responsible", &need.responsible)?;
    w.word(item, "due", &need.due)?;
    w.word(item, "status", need.status.as_str())?;
    w.text(item, "answer", &need.answer)?;
    w.word(item, "source", &need.source)
}
