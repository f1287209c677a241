//! Cases that may be the same, within a list, across lists and with those in the workshop. They are proposed with a
//! reason and a score, and never merged by themselves.

use samverk_shared::import::{Duplicate, DuplicateBy, KnownCase, SheetPlan, Twin};
use samverk_shared::limits::{DUPLICATE_BLOCK_MAX, DUPLICATES_PER_CASE_MAX};
use samverk_shared::names::{self, Name, alike};
use std::collections::{BTreeMap, BTreeSet};

/// A case, wherever it stands.
struct Entry {
    /// Of the sheet it stands in; none for one in the workshop.
    sheet: Option<usize>,
    twin: Twin,
    code: String,
    names: Vec<Name>,
}

/// Writes into each sheet which of its cases may be the same as an earlier one or as one in the workshop.
pub fn find(sheets: &mut [SheetPlan], known: &[KnownCase]) {
    let entries = entries(sheets, known);
    let blocks = blocks(&entries);
    sheets.iter_mut().for_each(|sheet| sheet.duplicates.clear());
    for (place, entry) in entries.iter().enumerate() {
        let Some(sheet) = entry.sheet else { continue };
        let mut found = of_one(place, &entries, &blocks);
        found.sort_by_key(|(other, _, score)| (std::cmp::Reverse(*score), *other));
        found.truncate(DUPLICATES_PER_CASE_MAX);
        let duplicates = found.into_iter().map(|(other, by, score)| Duplicate {
            row: entry.twin.row,
            name: entry.twin.name.clone(),
            of: twin_for(&entries[other], sheet),
            by,
            score,
        });
        sheets[sheet].duplicates.extend(duplicates);
    }
}

/// Cases of a workshop that may be the same: the places of the later and the earlier, what they have in common, and how
/// alike they are.
pub fn between(cases: &[KnownCase]) -> Vec<(usize, usize, DuplicateBy, u32)> {
    let entries = entries(&[], cases);
    let blocks = blocks(&entries);
    let mut pairs: Vec<_> = (0..entries.len())
        .flat_map(|place| {
            let found = of_one(place, &entries, &blocks);
            found
                .into_iter()
                .map(move |(other, by, score)| (place, other, by, score))
        })
        .collect();
    pairs.sort_by_key(|(place, other, _, score)| (std::cmp::Reverse(*score), *other, *place));
    pairs
}

fn entries(sheets: &[SheetPlan], known: &[KnownCase]) -> Vec<Entry> {
    let in_workshop = known.iter().map(|case| Entry {
        sheet: None,
        twin: Twin {
            name: case.name.clone(),
            case: case.code.clone(),
            ..Twin::default()
        },
        code: case.code.to_lowercase(),
        names: std::iter::once(&case.name)
            .chain(&case.aliases)
            .flat_map(|name| names::of(name))
            .collect(),
    });
    let in_lists = sheets.iter().enumerate().flat_map(|(sheet, plan)| {
        plan.records.iter().map(move |record| Entry {
            sheet: Some(sheet),
            twin: Twin {
                name: record.name().to_owned(),
                list: record.list.clone(),
                row: record.row,
                case: String::new(),
            },
            code: record.code.trim().to_lowercase(),
            names: names::of(record.name()),
        })
    });
    in_workshop.chain(in_lists).collect()
}

/// Within one sheet the list goes without saying.
fn twin_for(other: &Entry, sheet: usize) -> Twin {
    let mut twin = other.twin.clone();
    if other.sheet == Some(sheet) {
        twin.list.clear();
    }
    twin
}

type Blocks = BTreeMap<String, Vec<usize>>;

/// Cases that share a key are compared; a key that many share tells nothing.
fn blocks(entries: &[Entry]) -> Blocks {
    let mut blocks = Blocks::new();
    for (place, entry) in entries.iter().enumerate() {
        let keys: BTreeSet<String> = entry.names.iter().flat_map(Name::keys).collect();
        for key in keys {
            blocks.entry(key).or_default().push(place);
        }
        if !entry.code.is_empty() {
            blocks
                .entry(format!("code {}", entry.code))
                .or_default()
                .push(place);
        }
    }
    blocks.retain(|_, places| places.len() > 1);
    blocks
}

fn of_one(place: usize, entries: &[Entry], blocks: &Blocks) -> Vec<(usize, DuplicateBy, u32)> {
    let entry = &entries[place];
    let mut keys: BTreeSet<String> = entry.names.iter().flat_map(Name::keys).collect();
    keys.insert(format!("code {}", entry.code));
    let mut candidates: BTreeSet<usize> = BTreeSet::new();
    for key in keys {
        let block = blocks.get(&key).map(Vec::as_slice).unwrap_or_default();
        let earlier = &block[..block.partition_point(|other| *other < place)];
        // Of a large block the first tells that there are more like it.
        candidates.extend(earlier.iter().take(if block.len() > DUPLICATE_BLOCK_MAX {
            1
        } else {
            block.len()
        }));
    }
    candidates
        .into_iter()
        .filter_map(|other| same(entry, &entries[other]).map(|(by, score)| (other, by, score)))
        .collect()
}

/// What two have in common.
fn same(a: &Entry, b: &Entry) -> Option<(DuplicateBy, u32)> {
    let by_name = a
        .names
        .iter()
        .flat_map(|x| b.names.iter().filter_map(|y| alike(x, y)));
    let best = by_name.max_by_key(|(_, score)| *score);
    // Two lists number their cases from one; the same code counts within a list only, or beside a name.
    let same_code = !a.code.is_empty() && a.code == b.code && a.sheet == b.sheet;
    match best {
        Some((by, score)) => Some((by, score)),
        None if same_code => Some((DuplicateBy::Code, 60)),
        None => None,
    }
}
