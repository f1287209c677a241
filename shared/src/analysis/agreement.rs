//! Whether people who coded the same cases apart from each other coded them alike, characteristic by characteristic.
//!
//! What a coder says of a case is a value, *unknown*, *not applicable*, or nothing. Nothing (not coded, or a value that
//! is in no list any more) is left out, and `n` counts the cases two said something of. *Unknown* against a value, or
//! against *not applicable*, is disagreement; against *unknown* it is agreement. Words are counted and not compared.
//!
//! Per pair of coders, over the cases both said something of, as means from 0 to 1:
//! - `share`: the same is 1, anything else 0. Same is the same value, set, number, or kind of no value.
//! - `likeness`, which nearly the same counts nearly in. Nominal: as the share. Ordinal of k values: linear weights
//!   w = 1 - |i - j| / (k - 1) (Cohen 1968). Multi: overlap of the sets |A ∩ B| / |A ∪ B| (Jaccard 1912). Number:
//!   1 - |a - b| / range (Gower 1971), range that of all numbers compared unless the characteristic has its own.
//!   Where one has a value and the other a kind of no value it is 0.
//! - `kappa`, for nominal and ordinal alone and never without the two above: κ = (p_o - p_e) / (1 - p_e), p_o = the
//!   likeness, p_e = Σ w_ij p_i q_j from each coder's own shares, the two kinds of no value counted as values (Cohen
//!   1960; 1968 with weights). 1 is full agreement, 0 what chance gives. None where chance alone agrees fully: both
//!   say one thing throughout. Of ten cases it is hardly a figure.
//!
//! Of more than two coders each is the mean over the pairs that have it (for κ: Light 1971), each pair counted once
//! however many cases it shares.
//!
//! Worked. Nominal x, x, y, y against x, y, y, y: share 0.75, p_e = 0.5·0.25 + 0.5·0.75 = 0.5, κ 0.5. Ordinal of three,
//! 0, 1, 2, 2 against 0, 2, 2, 0: share 0.5, likeness (1 + 0.5 + 1 + 0)/4 = 0.625, p_e = 0.125 + 0.125 + 0.25 = 0.5, κ
//! 0.25. Multi {a, b}, {a} against {a}, {a}: likeness 0.75. Number 2, 4, 10 against 2, 8, 10: range 8, likeness 0.833.

use super::distance::jaccard;
use super::matrix::{Cell, Feature};
use crate::case::{Coding, CodingState};
use crate::characteristic::Scale;

/// What one coder says of one case on one characteristic.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Judgement {
    /// Nothing.
    #[default]
    Nothing,
    /// That it cannot be known.
    Unknown,
    /// That it has no meaning for this case.
    NotApplicable,
    /// A value; never `Cell::Missing`.
    Value(Cell),
    /// Words.
    Words(String),
}

impl Judgement {
    /// What a coding says.
    pub fn of(coding: &Coding, feature: &Feature) -> Self {
        match coding.state {
            CodingState::NotCoded => Judgement::Nothing,
            CodingState::Unknown => Judgement::Unknown,
            CodingState::NotApplicable => Judgement::NotApplicable,
            CodingState::Coded if feature.scale == Scale::Text => match coding.text.trim() {
                "" => Judgement::Nothing,
                words => Judgement::Words(words.to_owned()),
            },
            CodingState::Coded => match Cell::of(Some(coding), feature) {
                Cell::Missing => Judgement::Nothing,
                cell => Judgement::Value(cell),
            },
        }
    }

    /// Whether it says anything.
    pub fn is_something(&self) -> bool {
        *self != Judgement::Nothing
    }

    /// Whether both say the same; numbers are the same where they differ by less than a billionth of themselves.
    pub fn is_same(&self, other: &Judgement) -> bool {
        match (self, other) {
            (Judgement::Nothing, _) | (_, Judgement::Nothing) => false,
            (Judgement::Value(Cell::Number(a)), Judgement::Value(Cell::Number(b))) => {
                (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
            }
            (a, b) => a == b,
        }
    }
}

/// How alike one characteristic was coded.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Agreement {
    /// Cases that two or more said something of.
    pub cases: usize,
    /// Cases that one alone said something of.
    pub one_alone: usize,
    /// Pairs of coders that share a case.
    pub pairs: usize,
    /// Share that is the same.
    pub share: Option<f64>,
    /// Where nearly the same counts nearly.
    pub likeness: Option<f64>,
    /// Nominal and ordinal alone: beyond chance.
    pub kappa: Option<f64>,
}

/// Of one characteristic: what each coder says of each case, the cases in the same order for all. A coder who is short
/// of cases says nothing of the rest.
pub fn agreement(feature: &Feature, coders: &[Vec<Judgement>]) -> Agreement {
    let cases = coders.iter().map(Vec::len).max().unwrap_or(0);
    let said = |case: usize| coders.iter().filter(|coder| says(coder, case)).count();
    let scale = Compared::new(feature, coders);
    let mut pairs = Vec::new();
    for (place, first) in coders.iter().enumerate() {
        for second in &coders[place + 1..] {
            let both = first.iter().zip(second);
            let both: Vec<_> = both
                .filter(|(a, b)| a.is_something() && b.is_something())
                .collect();
            pairs.extend(scale.of_pair(&both));
        }
    }
    let mean = |figure: fn(&Pair) -> Option<f64>| mean(pairs.iter().filter_map(figure));
    Agreement {
        cases: (0..cases).filter(|case| said(*case) > 1).count(),
        one_alone: (0..cases).filter(|case| said(*case) == 1).count(),
        pairs: pairs.len(),
        share: mean(|pair| pair.share),
        likeness: mean(|pair| pair.likeness),
        kappa: mean(|pair| pair.kappa),
    }
}

fn says(coder: &[Judgement], case: usize) -> bool {
    coder.get(case).is_some_and(Judgement::is_something)
}

fn mean(figures: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, n) = figures.fold((0.0, 0_usize), |(sum, n), figure| (sum + figure, n + 1));
    (n > 0).then(|| sum / n as f64)
}

struct Pair {
    share: Option<f64>,
    likeness: Option<f64>,
    kappa: Option<f64>,
}

/// What two judgements are compared by.
struct Compared {
    scale: Scale,
    values: usize,
    range: f64,
}

impl Compared {
    fn new(feature: &Feature, coders: &[Vec<Judgement>]) -> Self {
        let numbers = coders.iter().flatten().filter_map(|judgement| match judgement {
            Judgement::Value(Cell::Number(number)) => Some(*number),
            _ => None,
        });
        let observed = numbers.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), number| {
            (low.min(number), high.max(number))
        });
        let (low, high) = feature.range.unwrap_or(observed);
        Compared {
            scale: feature.scale,
            values: feature.values.len(),
            range: high - low,
        }
    }

    /// None where the two share no case.
    fn of_pair(&self, both: &[(&Judgement, &Judgement)]) -> Option<Pair> {
        let words = self.scale == Scale::Text;
        let of = |figure: &dyn Fn(&Judgement, &Judgement) -> f64| {
            mean(both.iter().map(|(a, b)| figure(a, b))).filter(|_| !words)
        };
        let likeness = of(&|a, b| self.likeness(a, b));
        let single = matches!(self.scale, Scale::Nominal | Scale::Ordinal);
        (!both.is_empty()).then(|| Pair {
            share: of(&|a, b| f64::from(u8::from(a.is_same(b)))),
            likeness,
            kappa: likeness
                .filter(|_| single)
                .and_then(|seen| self.kappa(seen, both)),
        })
    }

    fn likeness(&self, a: &Judgement, b: &Judgement) -> f64 {
        if a.is_same(b) {
            return 1.0;
        }
        let (Judgement::Value(a), Judgement::Value(b)) = (a, b) else {
            return 0.0;
        };
        match (self.scale, a, b) {
            (Scale::Ordinal, Cell::One(a), Cell::One(b)) => {
                let steps = self.values.saturating_sub(1).max(1) as f64;
                (1.0 - f64::from(a.abs_diff(*b)) / steps).max(0.0)
            }
            (Scale::Multi, Cell::Set(a), Cell::Set(b)) => jaccard(a, b),
            (Scale::Number, Cell::Number(a), Cell::Number(b)) if self.range > 0.0 => {
                (1.0 - (a - b).abs() / self.range).max(0.0)
            }
            _ => 0.0,
        }
    }

    fn kappa(&self, seen: f64, both: &[(&Judgement, &Judgement)]) -> Option<f64> {
        let mut by_chance = 0.0;
        for (first, _) in both {
            by_chance += both
                .iter()
                .map(|(_, second)| self.likeness(first, second))
                .sum::<f64>();
        }
        by_chance /= (both.len() * both.len()) as f64;
        (by_chance < 1.0 - 1e-12).then(|| (seen - by_chance) / (1.0 - by_chance))
    }
}
