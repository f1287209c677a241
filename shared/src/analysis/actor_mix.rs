//! Who works with the public party: the eight combinations of research, business and voluntary, by level (R36).
//!
//! Counts of cases; a case on two levels counts in both, and once in the total. Who only evaluates is no party.
//! Worked: of the 48 example cases 16 are public with business, and 3 public alone.

use super::matrix::CaseMatrix;
use crate::case::{ActorMix, Level};

/// One combination of parties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MixRow {
    /// Who takes part.
    pub mix: ActorMix,
    /// Rows of the cases.
    pub cases: Vec<usize>,
    /// Cases on each level, in the order of `Level::ALL`.
    pub by_level: [usize; 3],
    /// Cases on no level.
    pub no_level: usize,
}

/// The eight combinations with a public party, and those without one that occur.
pub fn actor_mix(matrix: &CaseMatrix) -> Vec<MixRow> {
    let mixes = (0..16_u8).map(|bits| ActorMix {
        public: bits & 8 == 0,
        research: bits & 4 != 0,
        business: bits & 2 != 0,
        voluntary: bits & 1 != 0,
    });
    let rows = mixes.map(|mix| row(matrix, mix));
    rows.filter(|row| row.mix.public || !row.cases.is_empty())
        .collect()
}

fn row(matrix: &CaseMatrix, mix: ActorMix) -> MixRow {
    let cases: Vec<usize> = (0..matrix.len())
        .filter(|&i| matrix.cases[i].mix == mix)
        .collect();
    let on = |level: &Level| {
        let there = cases.iter().filter(|&&i| matrix.cases[i].levels.contains(level));
        there.count()
    };
    let by_level = [Level::Statlig, Level::Regional, Level::Kommunal].map(|level| on(&level));
    let no_level = cases
        .iter()
        .filter(|&&i| matrix.cases[i].levels.is_empty())
        .count();
    MixRow {
        mix,
        cases,
        by_level,
        no_level,
    }
}
