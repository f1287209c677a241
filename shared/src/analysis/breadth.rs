//! How broadly a model is founded: over sectors, levels, places and countries (R24).
//!
//! B = 1 - Σ (share of the model's cases in s)² (Gini 1912, Simpson 1949): 0 all in one, near 1 each in its own. A
//! case on two levels, or of two places, counts half in each; one without a sector, a place or a country is left out.
//! A place is a municipality or a county that takes part.
//!
//! Worked: five cases in three sectors, 2, 2, 1: 1 - (0.16 + 0.16 + 0.04) = 0.64.

use super::matrix::{CaseFacts, CaseMatrix};
use crate::organisation;
use serde::Serialize;
use std::collections::BTreeMap;

/// What cases may be spread over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Over {
    Sector,
    Level,
    Place,
    Country,
}

impl Over {
    /// All, in the order in which they are shown.
    pub const ALL: [Over; 4] = [Over::Sector, Over::Level, Over::Place, Over::Country];

    /// Where a case is: what it is compared by, and what it is called.
    fn of(self, case: &CaseFacts) -> Vec<(String, String)> {
        let words = |text: &str| (text.trim().to_lowercase(), text.trim().to_owned());
        match self {
            Over::Sector => vec![words(&case.sector)],
            Over::Country => vec![words(&case.country)],
            Over::Level => case.levels.iter().map(|level| words(level.as_str())).collect(),
            Over::Place => {
                let places = case.places.iter();
                places
                    .filter_map(|name| Some((organisation::key(name)?, name.trim().to_owned())))
                    .collect()
            }
        }
    }
}

/// How some cases are spread over something.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Spread {
    /// From 0 to 1; none where no case says.
    pub breadth: Option<f64>,
    /// Cases that say.
    pub cases: usize,
    /// Where they are, and how many of them; a case in two places counts half in each. Most first.
    pub parts: Vec<(String, f64)>,
}

/// How the model with these cases is spread.
pub fn spread(matrix: &CaseMatrix, model: &[usize], over: Over) -> Spread {
    let mut parts: BTreeMap<String, (String, f64)> = BTreeMap::new();
    let mut cases = 0;
    for &case in model {
        let named: BTreeMap<String, String> = over.of(&matrix.cases[case]).into_iter().collect();
        let named: Vec<_> = named.into_iter().filter(|(key, _)| !key.is_empty()).collect();
        cases += usize::from(!named.is_empty());
        let part = 1.0 / named.len().max(1) as f64;
        for (key, name) in named {
            parts.entry(key).or_insert((name, 0.0)).1 += part;
        }
    }
    let total: f64 = parts.values().map(|(_, n)| n).sum();
    let squares: f64 = parts.values().map(|(_, n)| (n / total).powi(2)).sum();
    let mut parts: Vec<(String, f64)> = parts.into_values().collect();
    parts.sort_by(|a, b| b.1.total_cmp(&a.1));
    Spread {
        breadth: (total > 0.0).then_some((1.0 - squares).max(0.0)),
        cases,
        parts,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::matrix::places;
    use crate::case::{ActorGroup, Party};

    fn matrix(cases: &[(&str, &[&str])]) -> CaseMatrix {
        let facts = |(sector, places): &(&str, &[&str])| CaseFacts {
            sector: (*sector).to_owned(),
            places: places.iter().map(|place| (*place).to_owned()).collect(),
            ..CaseFacts::default()
        };
        CaseMatrix::new(Vec::new(), cases.iter().map(|case| (facts(case), Vec::new())))
    }

    #[test]
    fn r24_all_in_one_sector_is_no_breadth_and_one_more_raises_it() {
        let cases = matrix(&[("Helse", &[]), ("helse ", &[]), ("Helse", &[]), ("Klima", &[])]);
        let three = spread(&cases, &[0, 1, 2], Over::Sector);
        assert_eq!((three.breadth, three.cases, three.parts.len()), (Some(0.0), 3, 1));
        let four = spread(&cases, &[0, 1, 2, 3], Over::Sector);
        assert_eq!(four.breadth, Some(0.375));
        assert_eq!(four.parts, [("Helse".to_owned(), 3.0), ("Klima".to_owned(), 1.0)]);
    }

    #[test]
    fn r24_a_place_has_one_name_however_it_is_written_and_a_case_without_one_is_left_out() {
        let cases = matrix(&[
            ("", &["Arendal kommune", "Bodø kommune"]),
            ("", &["ARENDAL KOMMUNE"]),
            ("", &[]),
        ]);
        let found = spread(&cases, &[0, 1, 2], Over::Place);
        assert_eq!((found.cases, found.parts.len()), (2, 2));
        assert_eq!(found.parts[0].1, 1.5);
        assert_eq!(spread(&cases, &[2], Over::Place), Spread::default());
        assert_eq!(spread(&cases, &[], Over::Country).breadth, None);
    }

    #[test]
    fn r24_a_directorate_is_no_place_though_its_case_is_municipal() {
        let party = |name: &str, group| Party {
            name: name.into(),
            group,
            ..Party::default()
        };
        let parties = [
            party("Stavanger kommune", ActorGroup::Kommune),
            party("Difi", ActorGroup::Kommune),
            party("Rogaland fylkeskommune", ActorGroup::Region),
            party("Helse Vest RHF", ActorGroup::Region),
        ];
        assert_eq!(places(&parties), ["Stavanger kommune", "Rogaland fylkeskommune"]);
    }
}
