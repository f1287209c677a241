//! Which combinations of conditions go with an outcome: a truth table (R48).
//!
//! Crisp (memberships 0 and 1) and fuzzy (between) by the same formulas (Ragin 2008): a case's membership x in a row is
//! the least of its memberships in the row's conditions, or 1 less these where the row says not; y its membership in
//! the outcome. Consistency Σ min(x, y) / Σ x, coverage Σ min(x, y) / Σ y, shares from 0 to 1. A case is in the row
//! where x > 0.5; one exactly between two rows is in none. Cases not coded on a condition or the outcome are left out.
//!
//! Sufficient: consistency >= 0.8 with at least one case; contradictory from 0.2; rows without a case are remainders:
//! ideas for exploration, and no evidence. Never a claim of cause; show the cases behind each row.
//!
//! Worked: memberships 1, 1, 1 with outcomes 1, 1, 0: consistency 2/3, contradictory.

use super::matrix::{CaseMatrix, Cell};

/// More conditions make more rows than anybody reads.
pub const CONDITIONS_MAX: usize = 6;
/// With more conditions than these and fewer cases than those, most rows are empty: say so.
pub const CONDITIONS_MANY: usize = 5;
/// See `CONDITIONS_MANY`.
pub const CASES_FEW: usize = 30;

/// Something a case is in or not, or partly: from 0 to 1 for each case; none where it is not coded.
#[derive(Debug, Clone, PartialEq, Default)]
#[allow(missing_docs)]
pub struct Condition {
    pub name: String,
    pub membership: Vec<Option<f64>>,
}

impl Condition {
    /// Crisp: in where the case has any of these values.
    pub fn any_of(matrix: &CaseMatrix, name: &str, feature: usize, values: &[u16]) -> Self {
        Self::by(matrix, name, feature, |cell| {
            let has = cell.values().iter().any(|value| values.contains(value));
            if has { 1.0 } else { 0.0 }
        })
    }

    /// Crisp: in where an ordinal value is at least this one.
    pub fn at_least(matrix: &CaseMatrix, name: &str, feature: usize, value: u16) -> Self {
        Self::by(matrix, name, feature, |cell| {
            let has = cell.values().iter().any(|v| *v >= value);
            if has { 1.0 } else { 0.0 }
        })
    }

    /// Fuzzy: the rank of an ordinal value, from 0 for the first to 1 for the last.
    pub fn rank(matrix: &CaseMatrix, name: &str, feature: usize) -> Self {
        let last = matrix.features[feature].values.len().saturating_sub(1).max(1);
        Self::by(matrix, name, feature, |cell| {
            cell.values().first().map_or(0.0, |v| f64::from(*v) / last as f64)
        })
    }

    fn by(matrix: &CaseMatrix, name: &str, feature: usize, membership: impl Fn(&Cell) -> f64) -> Self {
        let of_case = |cell: &Cell| cell.is_coded().then(|| membership(cell));
        Condition {
            name: name.to_owned(),
            membership: matrix.column(feature).map(of_case).collect(),
        }
    }
}

/// What a row says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum RowClass {
    Sufficient,
    Contradictory,
    Insufficient,
    Remainder,
}

/// One combination of conditions.
#[derive(Debug, Clone, PartialEq)]
pub struct TruthRow {
    /// Bit `c` is set where condition `c` holds.
    pub holds: u32,
    /// Cases in it.
    pub cases: Vec<usize>,
    /// None where no case has any part in it.
    pub consistency: Option<f64>,
    /// None where no case has any part in the outcome.
    pub coverage: Option<f64>,
    /// By both.
    pub class: RowClass,
}

/// All combinations, 2 to the number of conditions; those beyond `CONDITIONS_MAX` are left out.
pub fn truth_table(conditions: &[Condition], outcome: &Condition) -> Vec<TruthRow> {
    let conditions = &conditions[..conditions.len().min(CONDITIONS_MAX)];
    let coded = |case: &usize| {
        let has = |c: &Condition| c.membership.get(*case).copied().flatten();
        let of_case: Option<Vec<f64>> = conditions.iter().map(has).collect();
        Some((*case, of_case?, has(outcome)?))
    };
    let cases: Vec<_> = (0..outcome.membership.len())
        .filter_map(|case| coded(&case))
        .collect();
    (0..1_u32 << conditions.len())
        .map(|holds| row(holds, &cases))
        .collect()
}

fn row(holds: u32, coded: &[(usize, Vec<f64>, f64)]) -> TruthRow {
    let (mut both, mut in_row, mut in_outcome) = (0.0, 0.0, 0.0);
    let mut cases = Vec::new();
    for (case, conditions, outcome) in coded {
        let parts = conditions.iter().enumerate();
        let x = parts.fold(1.0, |least: f64, (c, m)| {
            least.min(if holds & (1 << c) != 0 { *m } else { 1.0 - m })
        });
        both += x.min(*outcome);
        in_row += x;
        in_outcome += outcome;
        if x > 0.5 {
            cases.push(*case);
        }
    }
    let share = |of: f64| (of > 0.0).then(|| both / of);
    TruthRow {
        holds,
        class: class(!cases.is_empty(), share(in_row)),
        cases,
        consistency: share(in_row),
        coverage: share(in_outcome),
    }
}

fn class(any_case: bool, consistency: Option<f64>) -> RowClass {
    match consistency.filter(|_| any_case) {
        None => RowClass::Remainder,
        Some(c) if c >= 0.8 - 1e-9 => RowClass::Sufficient,
        Some(c) if c >= 0.2 => RowClass::Contradictory,
        Some(_) => RowClass::Insufficient,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn condition(membership: &[f64]) -> Condition {
        Condition {
            name: String::new(),
            membership: membership.iter().map(|m| Some(*m)).collect(),
        }
    }

    #[test]
    fn r48_a_row_counts_the_cases_that_reach_the_outcome() {
        let table = truth_table(
            &[condition(&[1.0, 1.0, 1.0, 0.0])],
            &condition(&[1.0, 1.0, 0.0, 1.0]),
        );
        assert_eq!(table[1].cases, [0, 1, 2]);
        assert_eq!(table[1].consistency, Some(2.0 / 3.0));
        assert_eq!(table[1].coverage, Some(2.0 / 3.0));
        assert_eq!(table[1].class, RowClass::Contradictory);
        assert_eq!(table[0].class, RowClass::Sufficient);
    }

    #[test]
    fn r48_fuzzy_memberships_take_the_least() {
        let table = truth_table(
            &[condition(&[0.8, 0.4]), condition(&[0.6, 0.9])],
            &condition(&[0.7, 0.2]),
        );
        // Both hold: x = 0.6 and 0.4, so (0.6 + 0.2) / 1.0 and (0.6 + 0.2) / 0.9.
        assert!((table[3].consistency.unwrap() - 0.8).abs() < 1e-12);
        assert!((table[3].coverage.unwrap() - 8.0 / 9.0).abs() < 1e-12);
        assert_eq!(
            (table[3].class, table[3].cases.as_slice()),
            (RowClass::Sufficient, [0].as_slice())
        );
        // Case 1 (0.4, 0.9) is in the row where the second holds alone.
        assert_eq!(table[2].cases, [1]);
    }

    #[test]
    fn r48_a_case_that_is_not_coded_is_left_out_and_no_case_gives_remainders() {
        let mut blank = condition(&[1.0]);
        blank.membership[0] = None;
        let table = truth_table(&[blank], &condition(&[1.0]));
        assert!(
            table
                .iter()
                .all(|row| row.class == RowClass::Remainder && row.consistency.is_none())
        );
        assert_eq!(truth_table(&[], &condition(&[])).len(), 1);
    }
}
