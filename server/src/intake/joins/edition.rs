//! Whether a list is a new edition of one that came before, and which of its rows told of which case then.

use samverk_shared::import::{CaseRecord, Known, SheetChoices, SheetPlan, Told};
use std::collections::{BTreeMap, BTreeSet};

/// Lists that are offered as the one before.
const OFFERED_MAX: usize = 10;

/// Says in the plan which list it is an edition of, and gives each row what that list said of its case.
pub fn find<'k>(sheet: &mut SheetPlan, chosen: &SheetChoices, known: &'k Known) -> BTreeMap<u32, &'k Told> {
    let here: BTreeSet<&str> = known.cases.iter().map(|case| case.code.as_str()).collect();
    let mut lists: BTreeMap<&str, Vec<&Told>> = BTreeMap::new();
    for told in known.told.iter().filter(|told| here.contains(told.case.as_str())) {
        lists.entry(&told.list).or_default().push(told);
    }
    let own = sheet
        .records
        .first()
        .map(|record| record.list.clone())
        .unwrap_or_default();
    let names: BTreeSet<String> = sheet.records.iter().map(plain_name).collect();
    let recurring = |told: &[&Told]| {
        told.iter()
            .filter(|told| names.contains(&plain_name(&told.record)))
            .count()
    };
    let (mut offered, mut best) = (Vec::new(), None);
    for (list, told) in &lists {
        let again = recurring(told);
        let headings = told.iter().any(|told| told.fingerprint == sheet.fingerprint);
        let most = again * 2 >= told.len();
        let same_name = *list == own;
        if again > 0 || headings || same_name {
            offered.push((again, (*list).to_owned()));
        }
        let signs = [headings, most, same_name]
            .into_iter()
            .filter(|sign| *sign)
            .count();
        if signs >= 2 && best.as_ref().is_none_or(|(most, _)| signs > *most) {
            best = Some((signs, (*list).to_owned()));
        }
    }
    offered.sort_by(|a, b| b.cmp(a));
    sheet.editions = offered
        .into_iter()
        .take(OFFERED_MAX)
        .map(|(_, list)| list)
        .collect();
    sheet.edition_of = match &chosen.edition_of {
        Some(list) => Some(list.clone()).filter(|list| lists.contains_key(list.as_str())),
        None => best.map(|(_, list)| list),
    };
    let told = sheet.edition_of.as_deref().and_then(|list| lists.get(list));
    told.map(|told| matched(&sheet.records, told)).unwrap_or_default()
}

fn plain_name(record: &CaseRecord) -> String {
    record.name().trim().to_lowercase()
}

/// Which row tells of which case: by its name, of those with the same name by the row, and where a name is gone by the
/// list's own code.
fn matched<'k>(records: &[CaseRecord], told: &[&'k Told]) -> BTreeMap<u32, &'k Told> {
    let mut by_name: BTreeMap<String, Vec<&'k Told>> = BTreeMap::new();
    for one in told {
        by_name.entry(plain_name(&one.record)).or_default().push(one);
    }
    let mut found: BTreeMap<u32, &'k Told> = BTreeMap::new();
    for record in records {
        let Some(same) = by_name.get_mut(&plain_name(record)) else {
            continue;
        };
        let at = same
            .iter()
            .position(|told| told.record.row == record.row)
            .unwrap_or(0);
        if at < same.len() {
            found.insert(record.row, same.remove(at));
        }
    }
    let mut by_code: BTreeMap<&str, &'k Told> = BTreeMap::new();
    for one in by_name
        .into_values()
        .flatten()
        .filter(|one| !one.record.code.is_empty())
    {
        by_code.insert(&one.record.code, one);
    }
    for record in records {
        if !record.code.is_empty()
            && !found.contains_key(&record.row)
            && let Some(told) = by_code.remove(record.code.as_str())
        {
            found.insert(record.row, told);
        }
    }
    found
}
