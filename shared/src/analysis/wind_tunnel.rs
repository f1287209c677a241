//! Models in the wind of scenarios: how each would do in each future, and how far raters agree.
//!
//! Ratings 1 (breaks down) to 5 (thrives). Per model: worst scenario min_s median, mean of the medians, regret
//! r_ms = max over models of the median - median_ms and its greatest over scenarios, all in steps of the scale.
//! Class: robust (median >= 4 in all), fragile (<= 2 in more than half), conditional (>= 4 in some), else middling.
//! (van der Heijden 2005; regret: Savage 1951.) Cells nobody rated are left out; a class asks for all of them rated.
//!
//! Worked: medians 4, 5 against 5, 2: the first robust, worst 4, greatest regret 1; the second conditional, worst 2,
//! greatest regret 3.

use super::consensus::{Consensus, consensus};

/// Fewer ratings than this are not shown where raters are anonymous.
pub const CELL_RATINGS_MIN: usize = 3;
/// Medians of two actor groups that differ by this are flagged.
pub const GROUP_GAP: f64 = 1.5;
/// The scale.
pub const SCALE: (u8, u8) = (1, 5);

/// How a model does over all scenarios.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Robustness {
    Robust,
    Conditional,
    Fragile,
    Middling,
}

/// One model over all scenarios.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelResult {
    /// By scenario; none where nobody rated.
    pub cells: Vec<Option<Consensus>>,
    /// The lowest median.
    pub worst: Option<f64>,
    /// The mean of the medians.
    pub mean: Option<f64>,
    /// The greatest regret.
    pub regret: Option<f64>,
    /// None before each scenario is rated.
    pub robustness: Option<Robustness>,
}

/// `ratings[model][scenario]` are the ratings of that cell.
pub fn wind_tunnel(ratings: &[Vec<Vec<u8>>]) -> Vec<ModelResult> {
    let cells: Vec<Vec<Option<Consensus>>> = ratings
        .iter()
        .map(|model| {
            model
                .iter()
                .map(|cell| consensus(cell, SCALE.0, SCALE.1))
                .collect()
        })
        .collect();
    let median = |cell: &Option<Consensus>| cell.map(|c| c.median);
    let best = |scenario: usize| {
        let medians = cells.iter().filter_map(|model| median(model.get(scenario)?));
        medians.fold(f64::NEG_INFINITY, f64::max)
    };
    let result = |model: &Vec<Option<Consensus>>| {
        let medians: Vec<(usize, f64)> = model
            .iter()
            .enumerate()
            .filter_map(|(s, cell)| Some((s, median(cell)?)))
            .collect();
        let over = |f: &dyn Fn(f64, f64) -> f64| medians.iter().map(|(_, m)| *m).reduce(f);
        let regrets = medians.iter().map(|(scenario, m)| best(*scenario) - m);
        let complete = !model.is_empty() && medians.len() == model.len();
        ModelResult {
            worst: over(&f64::min),
            mean: over(&|a, b| a + b).map(|sum| sum / medians.len() as f64),
            regret: regrets.reduce(f64::max),
            robustness: complete.then(|| robustness(&medians)),
            cells: model.clone(),
        }
    };
    cells.iter().map(result).collect()
}

fn robustness(medians: &[(usize, f64)]) -> Robustness {
    let well = medians.iter().filter(|(_, m)| *m >= 4.0).count();
    let badly = medians.iter().filter(|(_, m)| *m <= 2.0).count();
    if well == medians.len() {
        Robustness::Robust
    } else if 2 * badly > medians.len() {
        Robustness::Fragile
    } else if well > 0 {
        Robustness::Conditional
    } else {
        Robustness::Middling
    }
}

/// Whether the medians of actor groups with at least three raters lie so far apart that it must be said.
pub fn groups_differ(by_group: &[Vec<u8>]) -> bool {
    let heard = by_group
        .iter()
        .filter(|ratings| ratings.len() >= CELL_RATINGS_MIN);
    let medians: Vec<f64> = heard
        .filter_map(|ratings| Some(consensus(ratings, SCALE.0, SCALE.1)?.median))
        .collect();
    let greatest = medians.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let least = medians.iter().copied().fold(f64::INFINITY, f64::min);
    greatest - least >= GROUP_GAP
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worked_example() {
        let results = wind_tunnel(&[vec![vec![4, 4], vec![5]], vec![vec![5], vec![2, 2]]]);
        let told = |r: &ModelResult| (r.robustness, r.worst, r.regret);
        assert_eq!(
            told(&results[0]),
            (Some(Robustness::Robust), Some(4.0), Some(1.0))
        );
        assert_eq!(
            told(&results[1]),
            (Some(Robustness::Conditional), Some(2.0), Some(3.0))
        );
    }

    #[test]
    fn a_cell_nobody_rated_leaves_the_class_open() {
        let results = wind_tunnel(&[vec![vec![4], vec![]]]);
        assert_eq!((results[0].robustness, results[0].mean), (None, Some(4.0)));
        assert_eq!(wind_tunnel(&[]), []);
    }

    #[test]
    fn groups_far_apart_are_flagged_when_each_has_three_raters() {
        assert!(groups_differ(&[vec![5, 5, 4], vec![2, 3, 3]]));
        assert!(!groups_differ(&[vec![5, 5, 4], vec![1, 1]]));
    }
}
