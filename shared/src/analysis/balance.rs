//! Self-evident, distinctive or too local: what the values of a model's cases say about it (R25).
//!
//! For model cases S and all others R, and value v of characteristic k: a of n_S coded in S have it, b of n_R in R.
//! p_in = a/n_S, p_all = (a+b)/(n_S+n_R), lift L = ((a+0.5)/(n_S+1)) / ((b+0.5)/(n_R+1)): how many times as common it
//! is in the model, smoothed so that b = 0 gives a number. Only values with a >= 1 are classed, by the first rule that
//! holds: self-evident (p_all >= 0.75, p_in >= 0.5); too local (a + b <= 1); distinctive (p_in >= 0.6, L >= 1.5,
//! a >= 2); typical but shared (p_in >= 0.6); variant. The thresholds are settings. The half of the rule for "too
//! local" that asks for places needs them coded, and is not here.
//!
//! Worked: N03–N05, call and selection: 3 of 3, 6 of 44 others, L = (3.5/4)/(6.5/45) = 6.06, distinctive.
//! With three cases everything looks distinctive: show n_S, and what chance would give (`distinctive_by_chance`).

use super::draw::Draws;
use super::matrix::CaseMatrix;
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

    /// The first rule that holds.
    pub fn class(self, thresholds: &Thresholds) -> Class {
        let t = thresholds;
        if self.p_all() >= t.self_evident_all && self.p_in() >= t.self_evident_in {
            Class::SelfEvident
        } else if self.a + self.b <= t.local_cases {
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
    classed(&Totals::of(matrix, 0..matrix.len()), matrix, model, thresholds)
}

fn classed(all: &Totals, matrix: &CaseMatrix, model: &[usize], thresholds: &Thresholds) -> Vec<BalanceRow> {
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
            rows.push(BalanceRow {
                feature,
                value: value as u16,
                counts,
                class: counts.class(thresholds),
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
    std::iter::repeat_with(move || {
        distinctive(&classed(&all, matrix, &draws.sample(&cases, size), thresholds))
    })
}

/// Values classed as distinctive.
pub fn distinctive(rows: &[BalanceRow]) -> usize {
    rows.iter().filter(|row| row.class == Class::Distinctive).count()
}
