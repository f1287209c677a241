//! How much of what can be coded is coded: for each case, and for all together (3.7: say how many blanks).
//!
//! Share = coded cells / characteristics, from 0 to 1. Worked: 11 of 12 coded is 0.917.

use super::matrix::CaseMatrix;

/// Coded cells of what can be coded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completeness {
    /// Coded characteristics of each case.
    pub by_case: Vec<usize>,
    /// Characteristics.
    pub features: usize,
}

impl Completeness {
    /// Of one case; none where there is nothing to code.
    pub fn share(&self, case: usize) -> Option<f64> {
        (self.features > 0).then(|| self.by_case[case] as f64 / self.features as f64)
    }

    /// Cells without a coding.
    pub fn blanks(&self) -> usize {
        self.features * self.by_case.len() - self.by_case.iter().sum::<usize>()
    }
}

/// Counts them.
pub fn completeness(matrix: &CaseMatrix) -> Completeness {
    let coded = |i: usize| matrix.row(i).iter().filter(|cell| cell.is_coded()).count();
    Completeness {
        by_case: (0..matrix.len()).map(coded).collect(),
        features: matrix.features.len(),
    }
}
