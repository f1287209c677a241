//! The cases that are most alike: one model, or one case twice (R35, R37)?

use super::{Basis, rounded};
use crate::analysis::distance::{Distances, Gower, OVERLAP_MIN};
use crate::ids::SubjectId;
use serde::Serialize;

/// Two cases, and what they have in common.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LikePair {
    /// The one.
    pub a: SubjectId,
    /// The other.
    pub b: SubjectId,
    /// 0 alike to 1 unlike.
    pub distance: f64,
    /// Share of the characteristics both are coded on, 0 to 1.
    pub overlap: f64,
    /// They are compared on too little to be sure.
    pub uncertain: bool,
    /// Keys of the characteristics on which both are coded the same.
    pub same: Vec<String>,
    /// Keys of those on which they are coded differently.
    pub different: Vec<String>,
}

/// The `count` closest pairs, closest first.
pub fn closest(basis: &Basis, distances: &Distances, count: usize) -> Vec<LikePair> {
    let gower = Gower::new(&basis.matrix);
    let pairs = distances.closest(count).into_iter();
    pairs
        .map(|(i, j, distance)| {
            let overlap = gower.pair(i, j).overlap;
            let (same, different) = compared(basis, i, j);
            LikePair {
                a: basis.subject(i),
                b: basis.subject(j),
                distance: rounded(distance),
                overlap: rounded(overlap),
                uncertain: overlap < OVERLAP_MIN,
                same,
                different,
            }
        })
        .collect()
}

fn compared(basis: &Basis, i: usize, j: usize) -> (Vec<String>, Vec<String>) {
    let cells = basis.matrix.row(i).iter().zip(basis.matrix.row(j));
    let both = basis.matrix.features.iter().zip(cells);
    let both = both.filter(|(_, (a, b))| a.is_coded() && b.is_coded());
    let (same, different): (Vec<_>, Vec<_>) = both.partition(|(_, (a, b))| a == b);
    let keys = |of: Vec<_>| {
        of.into_iter()
            .map(|(feature, _): (&crate::analysis::matrix::Feature, _)| feature.key.clone())
            .collect()
    };
    (keys(same), keys(different))
}
