//! What is another in one version of a set than in the one before, in words a history can be told with.

use super::{Characteristic, Characteristics, Value};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One thing that is another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// What happened.
    pub what: What,
    /// Key of the characteristic.
    pub characteristic: String,
    /// What it is called after the change, in bokmål; before it where it is gone.
    pub label: String,
    /// The words before; for a value that came, nothing.
    pub from: String,
    /// The words after; for a value that was merged, those of the other.
    pub to: String,
}

crate::case::words! {
    /// What happened to a characteristic.
    What {
        #[default]
        Added = "added",
        Deleted = "deleted",
        TakenBack = "taken-back",
        Renamed = "renamed",
        Moved = "moved",
        Activated = "activated",
        Deactivated = "deactivated",
        Described = "described",
        ValueAdded = "value-added",
        ValueRenamed = "value-renamed",
        ValueDescribed = "value-described",
        ValueMerged = "value-merged",
        ValueDeleted = "value-deleted",
        ValueRestored = "value-restored",
        ValuesOrdered = "values-ordered",
    }
}

/// What is another, characteristic by characteristic.
pub fn difference(before: &Characteristics, after: &Characteristics) -> Vec<Changed> {
    let mut all = Vec::new();
    for c in &before.characteristics {
        match after.get(&c.key) {
            Some(now) => of_one(c, now, &mut all),
            None => all.push(said(What::Deleted, c, "", "")),
        }
    }
    let added = after
        .characteristics
        .iter()
        .filter(|c| before.get(&c.key).is_none());
    all.extend(added.map(|c| match before.deleted(&c.key) {
        Some(_) => said(What::TakenBack, c, "", ""),
        None => said(What::Added, c, "", ""),
    }));
    if all.is_empty()
        && let Some(moved) = moved(before, after)
    {
        all.push(said(What::Moved, moved, "", ""));
    }
    all
}

fn said(what: What, c: &Characteristic, from: &str, to: &str) -> Changed {
    Changed {
        what,
        characteristic: c.key.clone(),
        label: c.label_nb.clone(),
        from: from.to_owned(),
        to: to.to_owned(),
    }
}

/// The one that was taken out of the order and put in again: without it the two orders are the same.
fn moved<'a>(before: &Characteristics, after: &'a Characteristics) -> Option<&'a Characteristic> {
    let keys = |set: &Characteristics, but: &str| -> Vec<String> {
        let all = set.characteristics.iter().map(|c| c.key.clone());
        all.filter(|key| key != but).collect()
    };
    let mut candidates = after.characteristics.iter().zip(&before.characteristics);
    let (first, was) = candidates.find(|(now, was)| now.key != was.key)?;
    let is_it = |c: &&Characteristic| keys(before, &c.key) == keys(after, &c.key);
    Some(first)
        .filter(is_it)
        .or_else(|| after.get(&was.key).filter(is_it))
}

fn of_one(was: &Characteristic, now: &Characteristic, all: &mut Vec<Changed>) {
    let mut say = |what, from: &str, to: &str| all.push(said(what, now, from, to));
    if (&was.label_nb, &was.label_en) != (&now.label_nb, &now.label_en) {
        let (from, to) = words(&was.label_nb, &now.label_nb, &was.label_en, &now.label_en);
        say(What::Renamed, from, to);
    }
    match (was.active, now.active) {
        (true, false) => say(What::Deactivated, "", ""),
        (false, true) => say(What::Activated, "", ""),
        _ => {}
    }
    let rest = |c: &Characteristic| {
        let words = (
            c.group.clone(),
            c.help_nb.clone(),
            c.help_en.clone(),
            c.unit.clone(),
        );
        (words, c.scale, c.dynamic, c.core)
    };
    if rest(was) != rest(now) {
        say(What::Described, "", "");
    }
    values(was, now, &mut say);
}

fn values(was: &Characteristic, now: &Characteristic, say: &mut impl FnMut(What, &str, &str)) {
    let before: BTreeMap<&str, &Value> = was.values.iter().map(|v| (v.key.as_str(), v)).collect();
    let after: BTreeMap<&str, &Value> = now.values.iter().map(|v| (v.key.as_str(), v)).collect();
    for value in &was.values {
        match (after.get(value.key.as_str()), now.living(&value.key)) {
            (Some(new), _) => {
                if (&value.label_nb, &value.label_en) != (&new.label_nb, &new.label_en) {
                    let (from, to) = words(&value.label_nb, &new.label_nb, &value.label_en, &new.label_en);
                    say(What::ValueRenamed, from, to);
                }
                if value.definition != new.definition {
                    say(What::ValueDescribed, &value.label_nb, &new.label_nb);
                }
            }
            (None, Some(into)) => say(What::ValueMerged, &value.label_nb, &into.label_nb),
            (None, None) => say(What::ValueDeleted, &value.label_nb, ""),
        }
    }
    for value in now.values.iter().filter(|v| !before.contains_key(v.key.as_str())) {
        let was_there = was.retired.iter().any(|retired| retired.key == value.key);
        let what = if was_there {
            What::ValueRestored
        } else {
            What::ValueAdded
        };
        say(what, "", &value.label_nb);
    }
    let stayed = |c: &Characteristic, others: &BTreeMap<&str, &Value>| -> Vec<String> {
        let keys = c.values.iter().map(|v| v.key.clone());
        keys.filter(|key| others.contains_key(key.as_str())).collect()
    };
    if stayed(was, &after) != stayed(now, &before) {
        say(What::ValuesOrdered, "", "");
    }
}

/// The words that changed: those in bokmål, unless only the English ones did.
fn words<'a>(nb: &'a str, new_nb: &'a str, en: &'a str, new_en: &'a str) -> (&'a str, &'a str) {
    if nb == new_nb { (en, new_en) } else { (nb, new_nb) }
}
