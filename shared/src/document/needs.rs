//! Needs that the server writes into many cases at once.

use super::create::{Writer, one_change_of};
use super::order::order_key;
use crate::need::Need;
use automerge::{ActorId, Automerge, AutomergeError, Change, ObjId, ROOT, ReadDoc};

/// The change that gives a case these needs, under the ids they have.
pub fn change(
    case: &Automerge,
    needs: &[Need],
    actor: ActorId,
    time_s: i64,
) -> Result<Option<Change>, AutomergeError> {
    let before = case
        .get(&ROOT, "needs")?
        .map_or(0, |(_, list)| case.length(&list));
    one_change_of(case, actor, time_s, |w| {
        let mut needs = needs.iter().enumerate();
        needs.try_for_each(|(place, need)| add(w, need, before + place))
    })
}

fn add(w: &mut Writer<'_>, need: &Need, place: usize) -> Result<(), AutomergeError> {
    let list = match w.transaction.get(&ROOT, "needs")? {
        Some((_, list)) => list,
        None => return Err(AutomergeError::Fail),
    };
    let item = w.map(&list, &need.id)?;
    fill(w, &item, need)?;
    w.word(&item, "order", &order_key(place))
}

/// Fills the item of a need.
pub(super) fn fill(w: &mut Writer<'_>, item: &ObjId, need: &Need) -> Result<(), AutomergeError> {
    w.word(item, "about", &need.about)?;
    w.text(item, "question", &need.question)?;
    w.word(item, "way", need.way.as_str())?;
    w.word(item, "responsible", &need.responsible)?;
    w.word(item, "due", &need.due)?;
    w.word(item, "status", need.status.as_str())?;
    w.text(item, "answer", &need.answer)?;
    w.word(item, "source", &need.source)
}
