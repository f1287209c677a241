//! Which characteristics divide the groups (R37).
//!
//! U = I(K; G) / H(G) over the cases coded on K (Theil 1970): how much of the group is known once the value is, from
//! 0, nothing, to 1, all. For characteristics with one value a case; a set of values or a number has no such share.
//!
//! Worked: groups A, A, B, B with values x, x, y, y: U 1; with x, y, x, y: U 0. On the 48 example cases in 8 groups
//! the main driver has 0.64, the challenge type 0.19.

use super::coverage::entropy;
use super::grouping::Grouping;
use super::matrix::CaseMatrix;
use crate::characteristic::Scale;

/// How much a characteristic tells of the groups.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Divides {
    /// The column.
    pub feature: usize,
    /// Cases coded on it.
    pub cases: usize,
    /// 0 to 1.
    pub coefficient: f64,
}

/// The characteristics with one value a case, most telling first. One without coded cases, or whose coded cases are
/// all in one group, is left out.
pub fn uncertainty(matrix: &CaseMatrix, grouping: &Grouping) -> Vec<Divides> {
    let single = |k: &usize| matches!(matrix.features[*k].scale, Scale::Nominal | Scale::Ordinal);
    let columns = (0..matrix.features.len()).filter(single);
    let mut found: Vec<Divides> = columns.filter_map(|k| of_feature(matrix, grouping, k)).collect();
    found.sort_by(|a, b| b.coefficient.total_cmp(&a.coefficient));
    found
}

fn of_feature(matrix: &CaseMatrix, grouping: &Grouping, feature: usize) -> Option<Divides> {
    let values = matrix.features[feature].values.len();
    let mut table = vec![vec![0_usize; grouping.groups]; values];
    for (cell, &group) in matrix.column(feature).zip(&grouping.labels) {
        cell.values()
            .iter()
            .for_each(|&v| table[usize::from(v)][group] += 1);
    }
    let by_value: Vec<usize> = table.iter().map(|row| row.iter().sum()).collect();
    let by_group: Vec<usize> = (0..grouping.groups)
        .map(|g| table.iter().map(|row| row[g]).sum())
        .collect();
    let of_groups = entropy(&by_group);
    let shared = entropy(&by_value) + of_groups - entropy(&table.concat());
    (of_groups > 1e-12).then(|| Divides {
        feature,
        cases: by_value.iter().sum(),
        coefficient: (shared / of_groups).clamp(0.0, 1.0),
    })
}
