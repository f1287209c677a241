//! Which values of a characteristic the cases have, and how evenly (R33, R36).
//!
//! For value v of characteristic k: n_v cases have it, n cases are coded.
//! * Value coverage VC = |{v : n_v >= t}| / |V|; t = 1, or 2 for "robust".
//! * Evenness E = H / ln|V| with H = -Σ p ln p, p_v = n_v / Σ n_v (Shannon 1948; Pielou 1966): 0 all alike, 1 even.
//! * Effective number of values exp(H) (Jost 2006), in values.
//!
//! Worked: challenge type with counts 0, 16, 20, 12 of 48: VC 3/4 = 0.75, E 0.777, effective 2.94.

use super::matrix::CaseMatrix;

/// What is there of one characteristic.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueCoverage {
    /// The column.
    pub feature: usize,
    /// Cases coded on it.
    pub coded: usize,
    /// Cases that have each value, in the order of the list.
    pub counts: Vec<usize>,
}

impl ValueCoverage {
    /// Share of the list's values that at least `threshold` cases have; none without a list.
    pub fn share(&self, threshold: usize) -> Option<f64> {
        let met = self.counts.iter().filter(|n| **n >= threshold).count();
        (!self.counts.is_empty()).then(|| met as f64 / self.counts.len() as f64)
    }

    /// Places of the values no case has.
    pub fn uncovered(&self) -> impl Iterator<Item = usize> {
        let empty = self.counts.iter().enumerate().filter(|(_, n)| **n == 0);
        empty.map(|(place, _)| place)
    }

    /// From 0, all alike, to 1, all values as often; none with fewer than two values or no coded case.
    pub fn evenness(&self) -> Option<f64> {
        let even = self.counts.len() > 1 && self.coded > 0;
        even.then(|| self.entropy() / (self.counts.len() as f64).ln())
    }

    /// As many values, used equally often, would vary as much; none without a coded case.
    pub fn effective_values(&self) -> Option<f64> {
        (self.coded > 0).then(|| self.entropy().exp())
    }

    fn entropy(&self) -> f64 {
        entropy(&self.counts)
    }
}

/// Shannon's H = -Σ p ln p of counts, in nats; 0 of nothing.
pub fn entropy(counts: &[usize]) -> f64 {
    let total: usize = counts.iter().sum();
    let shares = counts
        .iter()
        .filter(|n| **n > 0)
        .map(|n| *n as f64 / total as f64);
    -shares.map(|p| p * p.ln()).sum::<f64>()
}

/// The coverage of each characteristic with a list of values.
pub fn value_coverage(matrix: &CaseMatrix) -> Vec<ValueCoverage> {
    let listed = matrix
        .features
        .iter()
        .enumerate()
        .filter(|(_, f)| f.scale.has_values());
    listed
        .map(|(feature, f)| of_feature(matrix, feature, f.values.len()))
        .collect()
}

fn of_feature(matrix: &CaseMatrix, feature: usize, values: usize) -> ValueCoverage {
    let mut coverage = ValueCoverage {
        feature,
        coded: 0,
        counts: vec![0; values],
    };
    for cell in matrix.column(feature).filter(|cell| cell.is_coded()) {
        coverage.coded += 1;
        for &value in cell.values() {
            coverage.counts[usize::from(value)] += 1;
        }
    }
    coverage
}
