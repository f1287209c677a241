//! Self-evident, distinctive or too local: what the values of a model's cases say about it (R25).
//!
//! For model cases S and all others R, and value v of characteristic k: a of n_S coded in S have it, b of n_R in R.
//! p_in = a/n_S, p_all = (a+b)/(n_S+n_R), lift L = ((a+0.5)/(n_S+1)) / ((b+0.5)/(n_R+1)): how many times as common it
//! is in the model, smoothed so that b = 0 gives a number. Only values with a >= 1 are classed, by the first rule that
//! holds: self-evident (p_all >= 0.75, p_in >= 0.5); too local (a + b <= 1, or all that have it are from one place or
//! one organisation, and a < n_S); distinctive (p_in >= 0.6, L >= 1.5, a >= 2); typical but shared (p_in >= 0.6);
//! variant. The thresholds are settings. Where a case is from, `Origins` says.
//!
//! Worked: N03–N05, call and selection: 3 of 3, 6 of 44 others, L = (3.5/4)/(6.5/45) = 6.06, distinctive.
//! With three cases everything looks distinctive: show n_S, and what chance would give (`distinctive_by_chance`).

use super::draw::Draws;
use super::matrix::{CaseFacts, CaseMatrix};
use crate::organisation;
use serde::Serialize;
use std::collections::BTreeSet;

/// Where one class ends and the next begins. Shares from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub struct Thresholds {
    pub self_evident_all: f64,
    pub self_evident_in: f64,
    /// Cases that have the value, in the model or out of it.
    pub local_cases: usize,
    pub typical_in: f64,
    pub distinctive_lift: f64,
    pub distinctive_cases: usize,
}

impl Default for Thresholds {
    fn default() -> Self {
        Thresholds {
            self_evident_all: 0.75,
            self_evident_in: 0.5,
            local_cases: 1,
            typical_in: 0.6,
            distinctive_lift: 1.5,
            distinctive_cases: 2,
        }
    }
}

/// What a value says about a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Class {
    SelfEvident,
    TooLocal,
    Distinctive,
    TypicalButShared,
    Variant,
}

impl Class {
    /// All, in the order in which the rules are asked.
    pub const ALL: [Class; 5] = [
        Class::SelfEvident,
        Class::TooLocal,
        Class::Distinctive,
        Class::TypicalButShared,
        Class::Variant,
    ];

    /// What a claim is by the middle of how far its readers say it reaches: 0 nearly all, 1 those of this kind, 2 only
    /// here. Where they divide evenly between two of these, it is typical but shared, or a variant.
    pub fn of_reach(median: f64) -> Class {
        match (median * 2.0).round() as i64 {
            ..=0 => Class::SelfEvident,
            1 => Class::TypicalButShared,
            2 => Class::Distinctive,
            3 => Class::Variant,
            _ => Class::TooLocal,
        }
    }

    /// The word for it in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Class::SelfEvident => "selvfolgelig",
            Class::TooLocal => "for_lokal",
            Class::Distinctive => "saerpreget",
            Class::TypicalButShared => "typisk_men_delt",
            Class::Variant => "variant",
        }
    }
}

/// How often a value is met in a model and outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Model cases that have it.
    pub a: usize,
    /// Model cases coded.
    pub n_in: usize,
    /// Others that have it.
    pub b: usize,
    /// Others coded.
    pub n_out: usize,
}

impl Counts {
    /// Share of the model's coded cases; 0 without any.
    pub fn p_in(self) -> f64 {
        self.a as f64 / self.n_in.max(1) as f64
    }

    /// Share of all coded cases; 0 without any.
    pub fn p_all(self) -> f64 {
        (self.a + self.b) as f64 / (self.n_in + self.n_out).max(1) as f64
    }

    /// How many times as common in the model as outside, smoothed.
    pub fn lift(self) -> f64 {
        let smoothed = |count: usize, of: usize| (count as f64 + 0.5) / (of as f64 + 1.0);
        smoothed(self.a, self.n_in) / smoothed(self.b, self.n_out)
    }

    /// The first rule that holds; `from_one`: all cases that have it are from one place or one organisation.
    pub fn class(self, thresholds: &Thresholds, from_one: bool) -> Class {
        let t = thresholds;
        if self.p_all() >= t.self_evident_all && self.p_in() >= t.self_evident_in {
            Class::SelfEvident
        } else if self.a + self.b <= t.local_cases || (from_one && self.a < self.n_in) {
            Class::TooLocal
        } else if self.p_in() < t.typical_in {
            Class::Variant
        } else if self.lift() >= t.distinctive_lift && self.a >= t.distinctive_cases {
            Class::Distinctive
        } else {
            Class::TypicalButShared
        }
    }
}

/// A value that some case of the model has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub struct BalanceRow {
    pub feature: usize,
    pub value: u16,
    pub counts: Counts,
    pub class: Class,
}

/// What all cases with a value have in common of where they are from, by characteristic and value: the one place that
/// each of them names, and names alone, or else the one organisation that owns each. A case that names no place, or two,
/// is from none.
pub struct Origins<'a>(Vec<Vec<Option<&'a str>>>);

/// What a case is from, as it is compared and as it is called.
type Home<'a> = Option<(String, &'a str)>;

impl<'a> Origins<'a> {
    /// Of all cases there are.
    pub fn of(matrix: &'a CaseMatrix) -> Self {
        let home = |case: &'a CaseFacts| [only(&case.places), only(&case.owners)];
        let homes: Vec<[Home<'a>; 2]> = matrix.cases.iter().map(home).collect();
        let features = matrix.features.iter();
        let mut having: Vec<Vec<Vec<usize>>> = features
            .map(|feature| vec![Vec::new(); feature.values.len()])
            .collect();
        for case in 0..matrix.len() {
            for (feature, cell) in matrix.row(case).iter().enumerate() {
                for value in cell.values() {
                    having[feature][usize::from(*value)].push(case);
                }
            }
        }
        let shared = |cases: Vec<usize>| (0..2).find_map(|by| shared(&homes, &cases, by));
        let by_value = |values: Vec<Vec<usize>>| values.into_iter().map(shared).collect();
        Origins(having.into_iter().map(by_value).collect())
    }

    /// Where all cases with this value are from.
    pub fn get(&self, feature: usize, value: u16) -> Option<&'a str> {
        self.0[feature][usize::from(value)]
    }
}

/// The one name there is.
fn only(names: &[String]) -> Home<'_> {
    let mut named = names
        .iter()
        .filter_map(|name| Some((organisation::key(name)?, name.trim())));
    let first = named.next()?;
    named.all(|(key, _)| key == first.0).then_some(first)
}

fn shared<'a>(homes: &[[Home<'a>; 2]], cases: &[usize], by: usize) -> Option<&'a str> {
    let mut of = cases.iter().map(|case| homes[*case][by].as_ref());
    let (key, name) = of.next()??;
    of.all(|other| other.is_some_and(|(other, _)| other == key))
        .then_some(*name)
}

/// How often each value is met in all cases together: counted once, for any number of models.
struct Totals {
    /// By characteristic and value: cases that have it.
    have: Vec<Vec<usize>>,
    /// By characteristic: cases coded.
    coded: Vec<usize>,
}

impl Totals {
    fn of(matrix: &CaseMatrix, cases: impl Iterator<Item = usize>) -> Self {
        let features = matrix.features.iter();
        let mut totals = Totals {
            have: features.map(|feature| vec![0; feature.values.len()]).collect(),
            coded: vec![0; matrix.features.len()],
        };
        for case in cases {
            for (feature, cell) in matrix.row(case).iter().enumerate() {
                totals.coded[feature] += usize::from(cell.is_coded());
                for value in cell.values() {
                    totals.have[feature][usize::from(*value)] += 1;
                }
            }
        }
        totals
    }
}

/// The values of the model with these cases, in order of characteristic and list.
pub fn balance(matrix: &CaseMatrix, model: &[usize], thresholds: &Thresholds) -> Vec<BalanceRow> {
    let all = Totals::of(matrix, 0..matrix.len());
    classed(&all, &Origins::of(matrix), matrix, model, thresholds)
}

fn classed(
    all: &Totals,
    origins: &Origins<'_>,
    matrix: &CaseMatrix,
    model: &[usize],
    thresholds: &Thresholds,
) -> Vec<BalanceRow> {
    let model: BTreeSet<usize> = model.iter().copied().collect();
    let inside = Totals::of(matrix, model.into_iter());
    let mut rows = Vec::new();
    for (feature, have) in inside.have.iter().enumerate() {
        let n_in = inside.coded[feature];
        for (value, &a) in have.iter().enumerate().filter(|(_, a)| **a > 0) {
            let counts = Counts {
                a,
                n_in,
                b: all.have[feature][value] - a,
                n_out: all.coded[feature] - n_in,
            };
            let value = value as u16;
            rows.push(BalanceRow {
                feature,
                value,
                counts,
                class: counts.class(thresholds, origins.get(feature, value).is_some()),
            });
        }
    }
    rows
}

/// Share of a model's statements in each class, in the order of `Class::ALL`; all 0 where there is none. To show
/// beside it, not to enforce: at most 20 % self-evident, half distinctive or variants, at most 10 % too local.
pub fn shares(rows: &[BalanceRow]) -> [f64; 5] {
    let count = |class| rows.iter().filter(|row| row.class == class).count();
    Class::ALL.map(|class| count(class) as f64 / rows.len().max(1) as f64)
}

/// Distinctive values of models of `size` cases drawn by lot from all: one number a draw, for as long as one asks. A
/// model with no more than these has nothing that chance would not give.
pub fn distinctive_by_chance<'a>(
    matrix: &'a CaseMatrix,
    size: usize,
    thresholds: &'a Thresholds,
    seed: u64,
) -> impl Iterator<Item = usize> + 'a {
    let mut draws = Draws::new(seed);
    let cases: Vec<usize> = (0..matrix.len()).collect();
    let all = Totals::of(matrix, 0..matrix.len());
    let origins = Origins::of(matrix);
    std::iter::repeat_with(move || {
        let model = draws.sample(&cases, size);
        distinctive(&classed(&all, &origins, matrix, &model, thresholds))
    })
}

/// Values classed as distinctive.
pub fn distinctive(rows: &[BalanceRow]) -> usize {
    rows.iter().filter(|row| row.class == Class::Distinctive).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::matrix::{Cell, Feature};
    use crate::characteristic::Scale;

    /// Cases by one characteristic of two values, each with its place and its owner.
    fn matrix(cases: &[(u16, &[&str], &[&str])]) -> CaseMatrix {
        let feature = Feature {
            key: "driver".into(),
            scale: Scale::Nominal,
            values: vec!["x".into(), "y".into()],
            weight: 1.0,
            range: None,
            log: false,
        };
        let named = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let row = |(value, places, owners): &(u16, &[&str], &[&str])| {
            let facts = CaseFacts {
                places: named(places),
                owners: named(owners),
                ..CaseFacts::default()
            };
            (facts, vec![Cell::One(*value)])
        };
        CaseMatrix::new(vec![feature], cases.iter().map(row))
    }

    /// What the first value is to a model of these cases.
    fn first(matrix: &CaseMatrix, model: &[usize]) -> Class {
        balance(matrix, model, &Thresholds::default())[0].class
    }

    #[test]
    fn r25_a_value_that_only_cases_of_one_place_have_is_too_local_unless_the_whole_model_has_it() {
        let bodo: &[&str] = &["Bodø kommune"];
        let cases = matrix(&[
            (0, bodo, &[]),
            (0, &["BODØ KOMMUNE"], &[]),
            (1, &["Arendal kommune"], &[]),
            (1, &[], &[]),
        ]);
        assert_eq!(first(&cases, &[0, 1, 2]), Class::TooLocal);
        assert_eq!(
            first(&cases, &[0, 1]),
            Class::Distinctive,
            "the model is of that place"
        );
        let more = matrix(&[(0, bodo, &[]), (0, bodo, &[]), (1, bodo, &[]), (0, &[], &[])]);
        assert_eq!(first(&more, &[0, 1, 2]), Class::SelfEvident);
        let elsewhere = matrix(&[
            (0, bodo, &[]),
            (0, &["Bodø kommune", "Arendal kommune"], &[]),
            (1, bodo, &[]),
            (1, &[], &[]),
        ]);
        assert_eq!(
            first(&elsewhere, &[0, 1, 2]),
            Class::Distinctive,
            "one is of two places"
        );
    }

    #[test]
    fn r25_a_value_that_only_cases_of_one_owner_have_is_too_local() {
        let nav: &[&str] = &["Nav"];
        let cases = matrix(&[(0, &[], nav), (0, &[], nav), (1, &[], &[]), (1, &[], nav)]);
        assert_eq!(first(&cases, &[0, 1, 2]), Class::TooLocal);
        assert_eq!(Origins::of(&cases).get(0, 0), Some("Nav"));
        assert_eq!(Origins::of(&cases).get(0, 1), None, "one has no owner");
        let others = matrix(&[(0, &[], nav), (0, &[], &[]), (1, &[], &[]), (1, &[], &[])]);
        assert_eq!(first(&others, &[0, 1, 2]), Class::Distinctive);
    }
}
