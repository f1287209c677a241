//! Whether more searching would find new combinations of some characteristics (R36).
//!
//! Over the N cases coded on all chosen characteristics: S distinct combinations, f1 seen once, f2 seen twice.
//! * Sample coverage C = 1 - f1/N (Good 1953): the chance that the next case shows a combination already seen.
//! * Expected number of combinations S + f1(f1-1) / (2(f2+1)) (Chao 1984, bias-corrected), in combinations.
//!
//! Worked: scope × governance × process logic in 47 cases: S 21, f1 7, f2 7, C 0.851, 23.6 expected. Low C: search on.

use super::matrix::CaseMatrix;
use std::collections::BTreeMap;

/// What is known about combinations nobody has seen yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saturation {
    /// Cases coded on all the chosen characteristics.
    pub cases: usize,
    /// Distinct combinations.
    pub seen: usize,
    /// Seen in one case.
    pub once: usize,
    /// Seen in two.
    pub twice: usize,
    /// Combinations there can be; a characteristic with any number of values counts each set of them as one.
    pub possible: u128,
}

impl Saturation {
    /// The chance that the next case shows what was seen before; none without a case.
    pub fn sample_coverage(self) -> Option<f64> {
        (self.cases > 0).then(|| 1.0 - self.once as f64 / self.cases as f64)
    }

    /// How many combinations there are in the world the cases come from.
    pub fn expected(self) -> f64 {
        let (once, twice) = (self.once as f64, self.twice as f64);
        self.seen as f64 + once * (once - 1.0).max(0.0) / (2.0 * (twice + 1.0))
    }
}

/// Saturation on these columns.
pub fn saturation(matrix: &CaseMatrix, features: &[usize]) -> Saturation {
    let mut seen: BTreeMap<Vec<&[u16]>, usize> = BTreeMap::new();
    for i in 0..matrix.len() {
        let combination: Vec<&[u16]> = features.iter().map(|&k| matrix.cell(i, k).values()).collect();
        if combination.iter().all(|values| !values.is_empty()) {
            *seen.entry(combination).or_default() += 1;
        }
    }
    let times = |count: usize| seen.values().filter(|n| **n == count).count();
    Saturation {
        cases: seen.values().sum(),
        seen: seen.len(),
        once: times(1),
        twice: times(2),
        possible: features
            .iter()
            .map(|&k| choices(matrix, k))
            .fold(1, u128::saturating_mul),
    }
}

fn choices(matrix: &CaseMatrix, k: usize) -> u128 {
    let feature = &matrix.features[k];
    match feature.scale {
        crate::characteristic::Scale::Multi => (1_u128 << feature.values.len().min(127)) - 1,
        _ => feature.values.len() as u128,
    }
}
