//! The central case of each group, and those on its border (R37).
//!
//! Central: the medoid, with the least sum of distances to the others of its group (in units of distance); ties to
//! the first in the list. Borderline: the lowest silhouettes, each with the group it might as well be in.
//!
//! Worked: of {A, B, D} in `linkage` the sums are 0.8368, 0.5729 and 1.0139: B is central.

use super::distance::{Distances, step};
use super::grouping::Grouping;
use super::silhouette::Fit;

/// The central case of each group.
pub fn central(distances: &Distances, grouping: &Grouping) -> Vec<usize> {
    let of_group = |members: Vec<usize>| {
        let sum = |case: usize| -> f64 { members.iter().map(|&o| distances.or_unlike(case, o)).sum() };
        let sums = members.iter().map(|&case| (case, sum(case)));
        sums.reduce(|best, next| if next.1 < best.1 - 1e-9 { next } else { best })
    };
    let central = grouping.members().into_iter().filter_map(of_group);
    central.map(|(case, _)| case).collect()
}

/// A case that might as well be in another group.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub struct Borderline {
    pub case: usize,
    pub group: usize,
    pub silhouette: f64,
    pub neighbour: usize,
}

/// The `count` cases that sit worst, worst first; ties by the order of the list. Who is alone in a group is on no
/// border.
pub fn borderline(grouping: &Grouping, fits: &[Fit], count: usize) -> Vec<Borderline> {
    let sizes = grouping.sizes();
    let rows = grouping.labels.iter().zip(fits).enumerate();
    let mut found: Vec<Borderline> = rows
        .filter(|(_, (group, _))| sizes[**group] > 1)
        .filter_map(|(case, (&group, fit))| {
            Some(Borderline {
                case,
                group,
                silhouette: fit.silhouette,
                neighbour: fit.neighbour?,
            })
        })
        .collect();
    found.sort_by(|a, b| step(a.silhouette).total_cmp(&step(b.silhouette)));
    found.truncate(count);
    found
}
