//! How many pairs of values of different characteristics are seen together in some case (R33, R36).
//!
//! PC = Σ_{k<l} |O_kl| / Σ_{k<l} |A_kl|: O the pairs seen in at least one case, A all pairs but those judged
//! inconsistent in the morphological field. This is 2-way combinatorial coverage (Kuhn, Kacker and Lei 2010).
//!
//! Worked: the 48 example cases show 1131 of 1857 pairs, 0.609.

use super::matrix::{CaseMatrix, Cell};
use std::collections::BTreeSet;

/// A value of a characteristic: column and place in its list.
pub type FeatureValue = (usize, u16);

/// Two values of different characteristics, the one of the earlier column first.
pub type ValuePair = (FeatureValue, FeatureValue);

/// Two values as a pair, whichever is named first; none where both are of one characteristic.
pub fn pair(a: FeatureValue, b: FeatureValue) -> Option<ValuePair> {
    match a.0.cmp(&b.0) {
        std::cmp::Ordering::Less => Some((a, b)),
        std::cmp::Ordering::Greater => Some((b, a)),
        std::cmp::Ordering::Equal => None,
    }
}

/// Numbers every pair there can be, so that those seen are marks in a row.
#[derive(Debug, Clone)]
pub struct PairSpace {
    /// Where the values of each characteristic begin among all values; its last entry counts them all.
    starts: Vec<usize>,
    excluded: BTreeSet<usize>,
}

impl PairSpace {
    /// All pairs of the characteristics with a list, but `excluded` ones.
    pub fn new(matrix: &CaseMatrix, excluded: &[ValuePair]) -> Self {
        let mut starts = vec![0];
        for feature in &matrix.features {
            starts.push(starts[starts.len() - 1] + feature.values.len());
        }
        let mut space = PairSpace {
            starts,
            excluded: BTreeSet::new(),
        };
        space.excluded = excluded.iter().map(|&(a, b)| space.number(a, b)).collect();
        space
    }

    /// Pairs that can be.
    pub fn possible(&self) -> usize {
        let sizes: Vec<usize> = self.starts.windows(2).map(|w| w[1] - w[0]).collect();
        let all: usize = sizes.iter().sum();
        let squares: usize = sizes.iter().map(|n| n * n).sum();
        (all * all - squares) / 2 - self.excluded.len()
    }

    /// Numbers that `number` may give, and one more.
    pub fn size(&self) -> usize {
        let values = self.starts[self.starts.len() - 1];
        values * values
    }

    /// The numbers of the pairs a case shows.
    pub fn of_case(&self, row: &[Cell]) -> Vec<usize> {
        let mut shown = Vec::new();
        for (k, first) in row.iter().enumerate() {
            for (l, second) in row.iter().enumerate().skip(k + 1) {
                for &v in first.values() {
                    shown.extend(second.values().iter().map(|&w| self.number((k, v), (l, w))));
                }
            }
        }
        if !self.excluded.is_empty() {
            shown.retain(|number| !self.excluded.contains(number));
        }
        shown
    }

    fn number(&self, a: FeatureValue, b: FeatureValue) -> usize {
        let place = |(k, v): FeatureValue| self.starts[k] + usize::from(v);
        place(a) * self.starts[self.starts.len() - 1] + place(b)
    }
}

/// Pairs seen, of those that can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct PairwiseCoverage {
    pub observed: usize,
    pub possible: usize,
}

impl PairwiseCoverage {
    /// From 0 to 1; none where no pair can be.
    pub fn share(self) -> Option<f64> {
        (self.possible > 0).then(|| self.observed as f64 / self.possible as f64)
    }
}

/// What all cases show together.
pub fn pairwise_coverage(matrix: &CaseMatrix, excluded: &[ValuePair]) -> PairwiseCoverage {
    let space = PairSpace::new(matrix, excluded);
    let mut seen = Seen::new(&space);
    for i in 0..matrix.len() {
        seen.add(&space.of_case(matrix.row(i)));
    }
    PairwiseCoverage {
        observed: seen.count(),
        possible: space.possible(),
    }
}

/// The pairs some cases have shown so far.
#[derive(Debug, Clone)]
pub struct Seen {
    marks: Vec<bool>,
    count: usize,
}

impl Seen {
    /// None yet.
    pub fn new(space: &PairSpace) -> Self {
        Seen {
            marks: vec![false; space.size()],
            count: 0,
        }
    }

    /// How many.
    pub fn count(&self) -> usize {
        self.count
    }

    /// How many of these would be new.
    pub fn new_among(&self, pairs: &[usize]) -> usize {
        pairs.iter().filter(|pair| !self.marks[**pair]).count()
    }

    /// Marks these.
    pub fn add(&mut self, pairs: &[usize]) {
        for &pair in pairs {
            self.count += usize::from(!self.marks[pair]);
            self.marks[pair] = true;
        }
    }
}
