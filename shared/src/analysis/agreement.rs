//! Whether two people code the same cases alike, characteristic by characteristic.
//!
//! Over the n cases both have coded: share agreed (the same value, the same set, the same number); weighted agreement
//! for ordinals, mean of 1 - |rank difference| / (|V| - 1); set overlap for multi, mean Jaccard; Cohen's
//! κ = (p_o - p_e) / (1 - p_e), p_e = Σ p_v q_v from each coder's own shares (Cohen 1960), for one value a case: 1 full
//! agreement, 0 what chance gives. Undefined where both use one value alone. Show n: κ of ten cases is hardly a figure.
//!
//! Worked: x, x, y, y against x, y, y, y: p_o 0.75, p_e 0.5·0.25 + 0.5·0.75 = 0.5, κ 0.5.

use super::distance::jaccard;
use super::matrix::{CaseMatrix, Cell};
use crate::characteristic::Scale;

/// How alike two codings of one characteristic are.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Agreement {
    /// Cases both have coded.
    pub cases: usize,
    /// Cases one alone has coded.
    pub one_alone: usize,
    /// Share that is the same.
    pub share: Option<f64>,
    /// Ordinal alone: nearly the same counts nearly.
    pub weighted: Option<f64>,
    /// Multi alone: mean overlap of the sets.
    pub overlap: Option<f64>,
    /// One value a case alone: beyond chance.
    pub kappa: Option<f64>,
}

/// Each characteristic of `first`, whose columns `second` shares; cases are matched by code.
pub fn agreement(first: &CaseMatrix, second: &CaseMatrix) -> Vec<Agreement> {
    let rows = first.cases.iter().enumerate();
    let both: Vec<(usize, usize)> = rows
        .filter_map(|(i, c)| Some((i, second.case(&c.code)?)))
        .collect();
    let of_feature = |k: usize| {
        let Some(l) = second.feature(&first.features[k].key) else {
            return Agreement::default();
        };
        let cells: Vec<_> = both
            .iter()
            .map(|&(i, j)| (first.cell(i, k), second.cell(j, l)))
            .collect();
        of_cells(first.features[k].scale, first.features[k].values.len(), &cells)
    };
    (0..first.features.len()).map(of_feature).collect()
}

fn of_cells(scale: Scale, values: usize, cells: &[(&Cell, &Cell)]) -> Agreement {
    let coded: Vec<_> = cells
        .iter()
        .filter(|(a, b)| a.is_coded() && b.is_coded())
        .collect();
    let one_alone = cells.iter().filter(|(a, b)| a.is_coded() != b.is_coded()).count();
    let mean = |likeness: &dyn Fn(&Cell, &Cell) -> f64| {
        let sum: f64 = coded.iter().map(|(a, b)| likeness(a, b)).sum();
        (!coded.is_empty()).then(|| sum / coded.len() as f64)
    };
    let single = matches!(scale, Scale::Nominal | Scale::Ordinal);
    let pairs = || {
        coded
            .iter()
            .filter_map(|(a, b)| Some((*a.values().first()?, *b.values().first()?)))
    };
    let steps = values.saturating_sub(1).max(1) as f64;
    let ranks = |a: &Cell, b: &Cell| match (a, b) {
        (Cell::One(a), Cell::One(b)) => 1.0 - f64::from(a.abs_diff(*b)) / steps,
        _ => 0.0,
    };
    Agreement {
        cases: coded.len(),
        one_alone,
        share: mean(&|a, b| if a == b { 1.0 } else { 0.0 }),
        weighted: (scale == Scale::Ordinal).then(|| mean(&ranks)).flatten(),
        overlap: (scale == Scale::Multi)
            .then(|| mean(&|a, b| jaccard(a.values(), b.values())))
            .flatten(),
        kappa: single.then(|| kappa(pairs(), values)).flatten(),
    }
}

/// Cohen's κ of two coders' values; none without cases or where chance alone agrees fully.
pub fn kappa(pairs: impl Iterator<Item = (u16, u16)>, values: usize) -> Option<f64> {
    let (mut first, mut second) = (vec![0.0; values], vec![0.0; values]);
    let (mut n, mut same) = (0.0, 0.0);
    for (a, b) in pairs {
        first[usize::from(a)] += 1.0;
        second[usize::from(b)] += 1.0;
        n += 1.0;
        same += if a == b { 1.0 } else { 0.0 };
    }
    let by_chance: f64 = first.iter().zip(&second).map(|(a, b)| a * b).sum::<f64>() / (n * n);
    (n > 0.0 && by_chance < 1.0 - 1e-12).then(|| (same / n - by_chance) / (1.0 - by_chance))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kappa_of_the_worked_example() {
        let pairs = [(0, 0), (0, 1), (1, 1), (1, 1)];
        assert!((kappa(pairs.into_iter(), 2).unwrap() - 0.5).abs() < 1e-12);
        assert_eq!(kappa([(0, 0), (0, 0)].into_iter(), 2), None);
        assert_eq!(kappa(std::iter::empty(), 2), None);
    }
}
