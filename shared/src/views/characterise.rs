//! What sets a group of cases apart from all others: its distinctive values (R3, R37), by the classes of `balance`.

use crate::analysis::balance::{BalanceRow, Class, Thresholds, balance};
use crate::analysis::matrix::CaseMatrix;
use serde::Serialize;

/// Values named of a group; more is a list nobody reads.
const TRAITS_MAX: usize = 4;

/// A value that most of a group have, and few others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trait {
    /// Key of the characteristic.
    pub characteristic: String,
    /// Key of the value.
    pub value: String,
    /// Cases of the group that have it…
    pub cases: usize,
    /// …of those that are coded.
    pub coded: usize,
    /// Others that have it…
    pub others: usize,
    /// …of those that are coded.
    pub others_coded: usize,
}

/// The values that set these cases apart, the most telling first: by how many times as common they are here.
pub fn traits(matrix: &CaseMatrix, group: &[usize]) -> Vec<Trait> {
    let mut found = balance(matrix, group, &Thresholds::default());
    found.retain(|row| row.class == Class::Distinctive);
    found.sort_by(|a, b| b.counts.lift().total_cmp(&a.counts.lift()));
    found.truncate(TRAITS_MAX);
    found.iter().map(|row| as_trait(matrix, row)).collect()
}

fn as_trait(matrix: &CaseMatrix, row: &BalanceRow) -> Trait {
    let feature = &matrix.features[row.feature];
    Trait {
        characteristic: feature.key.clone(),
        value: feature.values[usize::from(row.value)].clone(),
        cases: row.counts.a,
        coded: row.counts.n_in,
        others: row.counts.b,
        others_coded: row.counts.n_out,
    }
}
