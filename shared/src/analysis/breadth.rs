//! How broadly a model is founded: over sectors, levels and countries (R24).
//!
//! B = 1 - Σ (share of the model's cases in s)² (Gini 1912, Simpson 1949): 0 all in one, near 1 each in its own. A
//! case on two levels counts half in each; one without a sector or country is left out.
//!
//! Worked: five cases in three sectors, 2, 2, 1: 1 - (0.16 + 0.16 + 0.04) = 0.64.

use super::matrix::{CaseFacts, CaseMatrix};
use std::collections::BTreeMap;

/// From 0 to 1 each; none where no case says.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[allow(missing_docs)]
pub struct Breadth {
    pub sector: Option<f64>,
    pub level: Option<f64>,
    pub country: Option<f64>,
}

/// The breadth of the model with these cases.
pub fn breadth(matrix: &CaseMatrix, model: &[usize]) -> Breadth {
    let cases: Vec<&CaseFacts> = model.iter().map(|&case| &matrix.cases[case]).collect();
    let one = |text: &str| {
        Some(text.trim().to_lowercase())
            .filter(|t| !t.is_empty())
            .into_iter()
            .collect()
    };
    Breadth {
        sector: spread(cases.iter().map(|case| one(&case.sector))),
        level: spread(cases.iter().map(|case| {
            let levels = case.levels.iter().map(|level| level.as_str().to_owned());
            levels.collect()
        })),
        country: spread(cases.iter().map(|case| one(&case.country))),
    }
}

fn spread(cases: impl Iterator<Item = Vec<String>>) -> Option<f64> {
    let mut places: BTreeMap<String, f64> = BTreeMap::new();
    for named in cases {
        let part = 1.0 / named.len() as f64;
        for place in named {
            *places.entry(place).or_default() += part;
        }
    }
    let total: f64 = places.values().sum();
    let squares: f64 = places.values().map(|n| (n / total).powi(2)).sum();
    (total > 0.0).then_some((1.0 - squares).max(0.0))
}
