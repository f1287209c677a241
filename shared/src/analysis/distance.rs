//! How unlike two cases are: Gower's distance for mixed scales, from 0 alike to 1 unlike (R37).
//!
//! d_ij = 1 - Σ w δ s / Σ w δ over the characteristics (Gower 1971); δ = 1 where both cases are coded.
//! * nominal: s = 1 if equal, else 0
//! * ordinal: s = 1 - |rank_i - rank_j| / (|V| - 1), ranks in the value list, not among the observed values
//! * number: s = 1 - |x_i - x_j| / range, on the logarithm where the characteristic says so
//! * multi: s = |A ∩ B| / |A ∪ B| (Jaccard)
//!
//! Overlap o = Σ w δ / Σ w: a pair below 0.5 is uncertain. With Σ w δ = 0 there is no distance.
//! With blanks the triangle inequality need not hold; average linkage and k-medoids do not need it.
//!
//! Worked: A (one project, complex, {goods, service}, 4 actors) and B (one project, complex, {service, process}, 6
//! of a range of 16): s = 1, 1, 1/3, 0.875, d = 1 - 3.2083/4 = 0.197917.

use super::matrix::{CaseMatrix, Cell, Feature};
use crate::characteristic::Scale;

pub(crate) use super::distance_table::step;
pub use super::distance_table::{Distances, Summary};

/// Pairs that share less of their codings are uncertain.
pub const OVERLAP_MIN: f64 = 0.5;

/// Two cases compared.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pair {
    /// None where they share no coded characteristic.
    pub distance: Option<f64>,
    /// Share of the weights of characteristics both are coded on, 0 to 1.
    pub overlap: f64,
}

/// Compares cases by the weights and ranges of a matrix.
#[derive(Debug, Clone)]
pub struct Gower<'a> {
    matrix: &'a CaseMatrix,
    rulers: Vec<Ruler>,
    total_weight: f64,
}

/// How one characteristic is measured.
#[derive(Debug, Clone, Copy)]
struct Ruler {
    weight: f64,
    /// What the greatest difference is: of ranks or of numbers; 0 where all are alike.
    span: f64,
    scale: Scale,
    log: bool,
}

impl<'a> Gower<'a> {
    /// For the cases of this matrix.
    pub fn new(matrix: &'a CaseMatrix) -> Self {
        let columns = matrix.features.iter().enumerate();
        let rulers: Vec<Ruler> = columns
            .map(|(k, feature)| Ruler::of(matrix, k, feature))
            .collect();
        let total_weight = rulers.iter().map(|r| r.weight).sum();
        Gower {
            matrix,
            rulers,
            total_weight,
        }
    }

    /// Two cases.
    pub fn pair(&self, i: usize, j: usize) -> Pair {
        self.rows(self.matrix.row(i), self.matrix.row(j))
    }

    fn rows(&self, a: &[Cell], b: &[Cell]) -> Pair {
        let likeness = self.likeness(a, b);
        Pair {
            distance: likeness.distance(),
            overlap: if self.total_weight > 0.0 {
                likeness.weight / self.total_weight
            } else {
                0.0
            },
        }
    }

    /// Σ w δ s and Σ w δ of two rows.
    pub(super) fn likeness(&self, a: &[Cell], b: &[Cell]) -> Likeness {
        let mut sum = Likeness::default();
        for ((ruler, a), b) in self.rulers.iter().zip(a).zip(b) {
            sum.add(ruler.likeness(a, b));
        }
        sum
    }

    /// The part of it that is characteristic `k`'s.
    pub(super) fn part(&self, k: usize, a: &Cell, b: &Cell) -> Likeness {
        self.rulers[k].likeness(a, b)
    }

    /// All pairs.
    pub fn distances(&self) -> Distances {
        let n = self.matrix.len();
        let mut values = Vec::with_capacity(n * n.saturating_sub(1) / 2);
        for i in 0..n {
            let row = self.matrix.row(i);
            values.extend((i + 1..n).map(|j| {
                let pair = self.rows(row, self.matrix.row(j));
                pair.distance.unwrap_or(f64::NAN)
            }));
        }
        Distances::new(n, values)
    }
}

/// Σ w δ s and Σ w δ, of some characteristics.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Likeness {
    likeness: f64,
    weight: f64,
}

impl Likeness {
    pub(super) fn add(&mut self, part: Likeness) {
        self.likeness += part.likeness;
        self.weight += part.weight;
    }

    pub(super) fn without(mut self, part: Likeness) -> Self {
        self.likeness -= part.likeness;
        self.weight -= part.weight;
        self
    }

    /// None where nothing is compared; weights that were taken away leave a last bit.
    pub(super) fn distance(self) -> Option<f64> {
        (self.weight > 1e-9).then(|| (1.0 - self.likeness / self.weight).clamp(0.0, 1.0))
    }
}

impl Ruler {
    fn of(matrix: &CaseMatrix, k: usize, feature: &Feature) -> Self {
        let span = match feature.scale {
            Scale::Ordinal => feature.values.len().saturating_sub(1) as f64,
            Scale::Number => {
                let (low, high) = feature.range.unwrap_or_else(|| observed(matrix, k));
                measured(high, feature.log) - measured(low, feature.log)
            }
            _ => 0.0,
        };
        let counts = feature.weight.is_finite() && feature.weight > 0.0;
        Ruler {
            weight: if counts { feature.weight } else { 0.0 },
            span,
            scale: feature.scale,
            log: feature.log,
        }
    }

    fn likeness(&self, a: &Cell, b: &Cell) -> Likeness {
        let similarity = self.similarity(a, b);
        similarity.map_or(Likeness::default(), |similarity| Likeness {
            likeness: self.weight * similarity,
            weight: self.weight,
        })
    }

    /// From 0 to 1; none where one of them is not coded.
    fn similarity(&self, a: &Cell, b: &Cell) -> Option<f64> {
        match (a, b) {
            (Cell::One(a), Cell::One(b)) if self.scale == Scale::Ordinal => {
                Some(self.near(f64::from(a.abs_diff(*b))))
            }
            (Cell::One(a), Cell::One(b)) => Some(if a == b { 1.0 } else { 0.0 }),
            (Cell::Set(a), Cell::Set(b)) => Some(jaccard(a, b)),
            (Cell::Number(a), Cell::Number(b)) => {
                Some(self.near((measured(*a, self.log) - measured(*b, self.log)).abs()))
            }
            _ => None,
        }
    }

    fn near(&self, difference: f64) -> f64 {
        if self.span > 0.0 {
            (1.0 - difference / self.span).clamp(0.0, 1.0)
        } else {
            1.0
        }
    }
}

/// Lowest and highest number there is.
fn observed(matrix: &CaseMatrix, k: usize) -> (f64, f64) {
    let numbers = matrix.column(k).filter_map(|cell| match cell {
        Cell::Number(number) => Some(*number),
        _ => None,
    });
    numbers.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), n| {
        (low.min(n), high.max(n))
    })
}

/// A number, or its logarithm; a count of 0 or less is taken as 1, whose logarithm is 0.
fn measured(number: f64, log: bool) -> f64 {
    if log { number.max(1.0).ln() } else { number }
}

/// |A ∩ B| / |A ∪ B| of rising lists that are not both empty.
pub fn jaccard(a: &[u16], b: &[u16]) -> f64 {
    let common = a.iter().filter(|value| b.contains(value)).count();
    common as f64 / (a.len() + b.len() - common).max(1) as f64
}
