//! The codings a grouping hangs on: "if this one coding changes, the case moves group" (3.7).
//!
//! For each case that is nearest to its own group, by mean distance to the others of each group, each single coding is
//! changed in every way there is: another value, one value more or less of a set, the lowest or highest number, or
//! blank. Where another group is then nearest, the coding is on the list. The groups themselves stay as they are: it is
//! a question about one case, not about the whole grouping. A case nearer to another group already is borderline
//! (`members`) and not listed here.
//!
//! Worked: two groups {x, x} and {y, y} on one characteristic, and a case coded x on it: coded y it moves.

use super::distance::{Gower, Likeness, step};
use super::grouping::Grouping;
use super::matrix::{CaseMatrix, Cell, Feature};
use super::silhouette::fit;
use crate::characteristic::Scale;

/// A coding that keeps a case where it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Hinge {
    /// The case.
    pub case: usize,
    /// The column.
    pub feature: usize,
    /// What it would have to be.
    pub to: Cell,
    /// Where the case would go.
    pub group: usize,
}

/// The hinges of one case after the other, so that whoever asks can stop and tell how far it is.
pub fn hinges<'a>(matrix: &'a CaseMatrix, grouping: &'a Grouping) -> impl Iterator<Item = Vec<Hinge>> + 'a {
    let gower = Gower::new(matrix);
    let ranges: Vec<Option<(f64, f64)>> = (0..matrix.features.len()).map(|k| extremes(matrix, k)).collect();
    (0..matrix.len()).map(move |case| of_case(matrix, &gower, grouping, &ranges, case))
}

fn of_case(
    matrix: &CaseMatrix,
    gower: &Gower,
    grouping: &Grouping,
    ranges: &[Option<(f64, f64)>],
    case: usize,
) -> Vec<Hinge> {
    let others = |row: &[Cell]| -> Vec<Likeness> {
        (0..matrix.len())
            .map(|other| gower.likeness(row, matrix.row(other)))
            .collect()
    };
    let row = matrix.row(case);
    let now = others(row);
    let own = grouping.labels[case];
    if nearest(grouping, case, now.iter().copied()) != Some(own) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (feature, coded) in row.iter().enumerate() {
        // All but this characteristic stays, so it alone is compared anew.
        let column = || matrix.column(feature);
        let rest = now.iter().zip(column());
        let rest: Vec<Likeness> = rest
            .map(|(sum, other)| sum.without(gower.part(feature, coded, other)))
            .collect();
        for to in changes(coded, &matrix.features[feature], ranges[feature]) {
            let changed = rest.iter().zip(column()).map(|(rest, other)| {
                let mut sum = *rest;
                sum.add(gower.part(feature, &to, other));
                sum
            });
            if let Some(group) = nearest(grouping, case, changed).filter(|group| *group != own) {
                found.push(Hinge {
                    case,
                    feature,
                    to,
                    group,
                });
            }
        }
    }
    found
}

/// The group with the least mean distance; its own where another is as near, none where it is alone.
fn nearest(grouping: &Grouping, case: usize, likeness: impl Iterator<Item = Likeness>) -> Option<usize> {
    let mut sums = vec![(0.0, 0_u32); grouping.groups];
    for (other, likeness) in likeness.enumerate().filter(|(other, _)| *other != case) {
        if let Some(distance) = likeness.distance() {
            let (sum, count) = &mut sums[grouping.labels[other]];
            *sum += distance;
            *count += 1;
        }
    }
    let mean = |(sum, count): (f64, u32)| (count > 0).then(|| sum / f64::from(count));
    let means: Vec<Option<f64>> = sums.into_iter().map(mean).collect();
    let own = grouping.labels[case];
    let here = step(means[own]?);
    let nearer = |group: &usize| means[*group].is_some_and(|there| step(there) < here);
    fit(&means, own).neighbour.filter(nearer).or(Some(own))
}

/// Every other coding there is.
fn changes(coded: &Cell, feature: &Feature, range: Option<(f64, f64)>) -> Vec<Cell> {
    let places = 0..feature.values.len() as u16;
    let mut changes: Vec<Cell> = match feature.scale {
        Scale::Nominal | Scale::Ordinal => places.map(Cell::One).collect(),
        Scale::Multi => places.map(|value| toggled(coded.values(), value)).collect(),
        Scale::Number => range.map_or(Vec::new(), |(low, high)| {
            vec![Cell::Number(low), Cell::Number(high)]
        }),
        Scale::Text => Vec::new(),
    };
    changes.push(Cell::Missing);
    changes.retain(|change| change != coded);
    changes
}

fn toggled(set: &[u16], value: u16) -> Cell {
    let mut set = set.to_vec();
    match set.binary_search(&value) {
        Ok(place) => drop(set.remove(place)),
        Err(place) => set.insert(place, value),
    }
    if set.is_empty() {
        Cell::Missing
    } else {
        Cell::Set(set)
    }
}

fn extremes(matrix: &CaseMatrix, k: usize) -> Option<(f64, f64)> {
    let numbers = matrix.column(k).filter_map(|cell| match cell {
        Cell::Number(number) => Some((*number, *number)),
        _ => None,
    });
    numbers.reduce(|(low, high), (n, _)| (low.min(n), high.max(n)))
}
