//! The morphological field: every combination of some characteristics, which of them can be, and which are tried (R31).
//!
//! A configuration has one value for each of 5–8 characteristics; a characteristic with any number of values enters
//! with the first of its list that the case has. Field size F = Π |V|. A configuration is consistent when none of its
//! pairs is judged inconsistent (Zwicky 1969; Ritchey 2011). Counted depth first: a beginning that holds an
//! inconsistent pair is not gone into. Occupied: configurations of fully coded cases. Unexplored: consistent and not
//! occupied. Pair support q = share of a configuration's pairs seen in any case, 0 to 1; q = 1 is "near", each pair
//! known and the whole never tried. Novelty h = least number of differing values to an occupied one.
//!
//! Worked: X{x1,x2}, Y{y1,y2}, Z{z1,z2,z3} without x1–y2 and y1–z3: 12 configurations, 7 consistent.

use super::draw::Draws;
use super::matrix::{CaseMatrix, Cell};
use super::pairwise::{FeatureValue, ValuePair};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

/// A value for each characteristic of the field.
pub type Configuration = Vec<u16>;

/// Above this many, configurations are counted and not listed.
pub const LISTED_MAX: u64 = 100_000;
/// A count ends here; then it is "at least".
pub const COUNTED_MAX: u64 = 20_000_000;
/// Draws of a configuration from a field that is not listed, before it is given up.
const DRAWS_MAX: usize = 100_000;

/// The chosen characteristics and the judgement of their pairs.
#[derive(Debug, Clone)]
pub struct Field {
    /// Columns of the matrix, in the order of the field.
    pub features: Vec<usize>,
    /// Values of each.
    pub sizes: Vec<usize>,
    inconsistent: BTreeSet<(FeatureValue, FeatureValue)>,
}

impl Field {
    /// The field of these columns; judgements on others do not matter.
    pub fn new(matrix: &CaseMatrix, features: &[usize], inconsistent: &[ValuePair]) -> Self {
        let place =
            |(column, value): FeatureValue| Some((features.iter().position(|k| *k == column)?, value));
        let both_ways = inconsistent
            .iter()
            .filter_map(|&(a, b)| Some((place(a)?, place(b)?)));
        Field {
            features: features.to_vec(),
            sizes: features
                .iter()
                .map(|&k| matrix.features[k].values.len())
                .collect(),
            inconsistent: both_ways.flat_map(|(a, b)| [(a, b), (b, a)]).collect(),
        }
    }

    /// F.
    pub fn total(&self) -> u128 {
        self.sizes
            .iter()
            .fold(1, |all, size| all.saturating_mul(*size as u128))
    }

    /// Judgements to make: Σ over k<l of |V_k||V_l|.
    pub fn judgements(&self) -> usize {
        let all: usize = self.sizes.iter().sum();
        let squares: usize = self.sizes.iter().map(|n| n * n).sum();
        (all * all - squares) / 2
    }

    /// The pairs of a configuration, or of a part of one, that are inconsistent.
    pub fn broken(&self, values: &[Option<u16>]) -> Vec<(FeatureValue, FeatureValue)> {
        let coded = values
            .iter()
            .enumerate()
            .filter_map(|(k, value)| Some((k, (*value)?)));
        let coded: Vec<FeatureValue> = coded.collect();
        let pairs = coded
            .iter()
            .enumerate()
            .flat_map(|(n, a)| coded[n + 1..].iter().map(move |b| (*a, *b)));
        pairs.filter(|pair| self.inconsistent.contains(pair)).collect()
    }

    /// Whether no pair of it is inconsistent.
    pub fn is_consistent(&self, configuration: &[u16]) -> bool {
        let values: Vec<Option<u16>> = configuration.iter().copied().map(Some).collect();
        self.broken(&values).is_empty()
    }

    /// Consistent configurations, in order, for as long as one wants more.
    pub fn visit(&self, want: &mut dyn FnMut(&[u16]) -> ControlFlow<()>) {
        let _ = self.descend(&mut Vec::with_capacity(self.sizes.len()), want);
    }

    fn descend(
        &self,
        begun: &mut Configuration,
        want: &mut dyn FnMut(&[u16]) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let depth = begun.len();
        let Some(&size) = self.sizes.get(depth) else {
            return want(begun);
        };
        for value in 0..size as u16 {
            let fits = |(k, v): (usize, &u16)| !self.inconsistent.contains(&((k, *v), (depth, value)));
            if begun.iter().enumerate().all(fits) {
                begun.push(value);
                self.descend(begun, want)?;
                begun.pop();
            }
        }
        ControlFlow::Continue(())
    }

    /// Consistent configurations, and whether that is all of them: the count ends at `COUNTED_MAX`.
    pub fn consistent(&self) -> (u64, bool) {
        let mut count = 0;
        self.visit(&mut |_| {
            count += 1;
            if count < COUNTED_MAX {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        });
        (count, count < COUNTED_MAX)
    }

    /// What a case is on the field.
    pub fn place(&self, row: &[Cell]) -> Vec<Option<u16>> {
        self.features
            .iter()
            .map(|&k| row[k].values().first().copied())
            .collect()
    }
}

/// Where the cases lie in the field.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Occupied {
    /// Configurations of fully coded cases, with these.
    pub configurations: BTreeMap<Configuration, Vec<usize>>,
    /// Cases that lack some value: each may be in several places.
    pub partly: Vec<usize>,
    /// Fully coded cases that break the judgement, and by which pairs: a question to the judgement, not to the case.
    pub breaking: Vec<(usize, Vec<(FeatureValue, FeatureValue)>)>,
    /// Pairs seen in any case, fully coded or not.
    pairs: BTreeSet<(FeatureValue, FeatureValue)>,
}

/// Places the cases.
pub fn occupied(matrix: &CaseMatrix, field: &Field) -> Occupied {
    let mut found = Occupied::default();
    for case in 0..matrix.len() {
        let values = field.place(matrix.row(case));
        found.pairs.extend(pairs(&values));
        match values.iter().copied().collect::<Option<Configuration>>() {
            None => found.partly.push(case),
            Some(configuration) => {
                let broken = field.broken(&values);
                if !broken.is_empty() {
                    found.breaking.push((case, broken));
                }
                found.configurations.entry(configuration).or_default().push(case);
            }
        }
    }
    found
}

fn pairs(values: &[Option<u16>]) -> Vec<(FeatureValue, FeatureValue)> {
    let coded: Vec<FeatureValue> = values
        .iter()
        .enumerate()
        .filter_map(|(k, v)| Some((k, (*v)?)))
        .collect();
    let firsts = coded.iter().enumerate();
    firsts
        .flat_map(|(n, a)| coded[n + 1..].iter().map(move |b| (*a, *b)))
        .collect()
}

/// A configuration nobody has tried.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct Idea {
    pub configuration: Configuration,
    /// q: 1 is near, below is bold.
    pub support: f64,
    /// h; none where no place is occupied.
    pub novelty: Option<usize>,
}

/// The unexplored consistent configurations in order; none where there are too many to list.
pub fn unexplored(field: &Field, occupied: &Occupied) -> Option<Vec<Idea>> {
    let mut ideas = Vec::new();
    let mut visited = 0;
    field.visit(&mut |configuration| {
        visited += 1;
        if !occupied.configurations.contains_key(configuration) {
            ideas.push(idea(configuration, occupied));
        }
        if visited <= LISTED_MAX {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    });
    (visited <= LISTED_MAX).then_some(ideas)
}

fn idea(configuration: &[u16], occupied: &Occupied) -> Idea {
    let values: Vec<Option<u16>> = configuration.iter().copied().map(Some).collect();
    let pairs = pairs(&values);
    let seen = pairs.iter().filter(|pair| occupied.pairs.contains(pair)).count();
    let differing = |other: &Configuration| other.iter().zip(configuration).filter(|(a, b)| a != b).count();
    Idea {
        configuration: configuration.to_vec(),
        support: if pairs.is_empty() {
            1.0
        } else {
            seen as f64 / pairs.len() as f64
        },
        novelty: occupied.configurations.keys().map(differing).min(),
    }
}

/// "What if": an unexplored consistent configuration by lot, each as likely, with some values locked. None where there
/// is none, or none was hit in a field too large to list.
pub fn what_if(
    field: &Field,
    occupied: &Occupied,
    locks: &[Option<u16>],
    seed: u64,
) -> Option<Configuration> {
    let mut draws = Draws::new(seed);
    let free = |configuration: &Configuration| {
        let locked = locks
            .iter()
            .zip(configuration)
            .all(|(lock, v)| lock.is_none_or(|lock| lock == *v));
        locked && !occupied.configurations.contains_key(configuration)
    };
    if let Some(ideas) = unexplored(field, occupied) {
        let fitting: Vec<Configuration> = ideas.into_iter().map(|i| i.configuration).filter(free).collect();
        return fitting.get(draws.below(fitting.len())).cloned();
    }
    let lock = |k: usize| locks.get(k).copied().flatten();
    let drawn = (0..DRAWS_MAX).map(|_| {
        let sizes = field.sizes.iter().enumerate();
        sizes
            .map(|(k, size)| lock(k).unwrap_or_else(|| draws.below(*size) as u16))
            .collect::<Configuration>()
    });
    drawn
        .filter(free)
        .find(|configuration| field.is_consistent(configuration))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::matrix::Feature;
    use crate::characteristic::Scale;

    fn tiny() -> (CaseMatrix, Field) {
        let feature = |key: &str, values: &[&str]| Feature {
            key: key.into(),
            scale: Scale::Nominal,
            values: values.iter().map(|v| (*v).into()).collect(),
            weight: 1.0,
            range: None,
            log: false,
        };
        let features = vec![
            feature("x", &["x1", "x2"]),
            feature("y", &["y1", "y2"]),
            feature("z", &["z1", "z2", "z3"]),
        ];
        let matrix = CaseMatrix::new(features, []);
        let field = Field::new(&matrix, &[0, 1, 2], &[((0, 0), (1, 1)), ((1, 0), (2, 2))]);
        (matrix, field)
    }

    #[test]
    fn r31_the_tiny_field_has_7_consistent_of_12() {
        let (matrix, field) = tiny();
        assert_eq!(
            (field.total(), field.consistent(), field.judgements()),
            (12, (7, true), 16)
        );
        let ideas = unexplored(&field, &occupied(&matrix, &field)).unwrap();
        assert_eq!(ideas.len(), 7);
        assert_eq!((ideas[0].novelty, ideas[0].support), (None, 0.0));
    }

    #[test]
    fn r31_what_if_keeps_locks_and_follows_its_seed() {
        let (matrix, field) = tiny();
        let nobody = occupied(&matrix, &field);
        let locks = [None, Some(1), None];
        for seed in 0..50 {
            let drawn = what_if(&field, &nobody, &locks, seed).unwrap();
            assert!(drawn[1] == 1 && field.is_consistent(&drawn));
            assert_eq!(Some(drawn), what_if(&field, &nobody, &locks, seed));
        }
        assert_eq!(what_if(&field, &nobody, &[Some(0), Some(1), None], 1), None);
    }
}
