//! Which cases go on, for the screen «Utvalg»: how many are left at each step, and two selections to start from (R38, R42).
//!
//! *Typical*: the groups of `grouping` by average linkage, `GROUPS` of them. Each gives at least two of its candidates,
//! more where `size` leaves room: the next place goes to the group with most cases for each place it has (the divisor
//! method of d'Hondt). Within a group Norwegian cases come first (R29), then those with the least mean distance to the
//! others (see `members`).
//!
//! *Variety*: greedy, see `analysis::selection`. Both are held against selections of as many candidates by lot.
//!
//! Candidates are eligible (R2) and not deselected: what somebody has left out with a reason is not suggested again.
//!
//! Worked: of the 48 example cases 45 are eligible; 20 by variety show 945 value pairs, 20 by lot about 798.

use super::grouping::GROUPS;
use super::groups::SEED;
use super::{About, Basis, Cases, rounded};
use crate::analysis::coverage::{ValueCoverage, value_coverage};
use crate::analysis::distance::{Distances, Gower, step};
use crate::analysis::linkage::average_linkage;
use crate::analysis::matrix::CaseMatrix;
use crate::analysis::pairwise::{PairSpace, Seen, pairwise_coverage};
use crate::analysis::selection::{keep_variety, random_selections};
use crate::case::Decision;
use crate::characteristic::Characteristics;
use crate::ids::SubjectId;
use crate::register::RegisterRow;
use serde::Serialize;
use std::collections::BTreeSet;

/// Cases that are suggested unless somebody asks for another number.
pub const SIZE: usize = 20;
/// Cases that may be asked for.
pub const SIZES: std::ops::RangeInclusive<usize> = 1..=500;
/// Typical cases of each group, as far as it has them (R42).
const OF_EACH_GROUP: usize = 2;
/// Selections by lot that a suggestion is held against.
const DRAWN: usize = 2_000;
/// Outliers that are named.
const OUTLIERS: usize = 5;

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Question {
    /// How many cases to suggest.
    pub size: usize,
    /// Suggest those that are chosen already, whatever they add.
    pub keep: bool,
}

impl Default for Question {
    fn default() -> Self {
        Question {
            size: SIZE,
            keep: false,
        }
    }
}

/// The whole view.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SelectionView {
    /// What must be said beside it.
    pub about: About,
    /// How many cases were asked for.
    pub size: usize,
    /// Whether those already chosen stay.
    pub keep: bool,
    /// How many cases are left at each step.
    pub funnel: Funnel,
    /// Value pairs that all cases show together.
    pub pairs: usize,
    /// What the cases that are chosen now show; none where none is.
    pub chosen: Option<Shown>,
    /// The central cases of each group.
    pub typical: Suggestion,
    /// Those that show most of the variety.
    pub variety: Suggestion,
    /// Candidates least like any other, the least alike first.
    pub outliers: Vec<Outlier>,
    /// What selections by lot follow from.
    pub seed: u64,
}

/// From the gross list to the selection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Funnel {
    /// Cases that count.
    pub gross: usize,
    /// A public body together with research, business or voluntary organisations (R2).
    pub eligible: usize,
    /// Of all that count, by decision.
    pub chosen: usize,
    /// In reserve.
    pub reserve: usize,
    /// Deselected.
    pub out: usize,
    /// Nobody has decided.
    pub undecided: usize,
    /// Chosen although not eligible.
    pub chosen_not_eligible: usize,
}

/// What a selection shows of the variety.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shown {
    /// How many cases it has.
    pub cases: usize,
    /// Value pairs it shows.
    pub pairs: usize,
    /// Pairs that as many candidates drawn by lot show on average.
    pub by_lot: f64,
    /// Values that some case has and none of these.
    pub lost: Vec<ValueOf>,
}

/// A selection that is suggested.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Suggestion {
    /// Its cases, in the order in which they were taken.
    pub cases: Vec<Suggested>,
    /// What they show.
    #[serde(flatten)]
    pub shown: ShownOf,
    /// Those of them that are not chosen now.
    pub added: Vec<SubjectId>,
    /// Those that are chosen now and not among them.
    pub dropped: Vec<SubjectId>,
}

/// As `Shown`, beside the cases themselves.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)]
pub struct ShownOf {
    pub pairs: usize,
    pub by_lot: f64,
    pub lost: Vec<ValueOf>,
}

/// A case that is suggested, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Suggested {
    /// Which.
    pub subject: SubjectId,
    /// Pairs that it shows and none before it.
    pub adds: usize,
    /// Its group, 0 the largest; none in a suggestion that knows no groups.
    pub group: Option<usize>,
}

/// A value of a characteristic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[allow(missing_docs)]
pub struct ValueOf {
    pub characteristic: String,
    pub value: String,
}

/// A case unlike all others.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outlier {
    /// Which.
    pub subject: SubjectId,
    /// Distance to the one most like it, 0 to 1.
    pub distance: f64,
}

/// The view of these rows.
pub fn selection<'a>(
    rows: impl IntoIterator<Item = &'a RegisterRow>,
    set: &Characteristics,
    question: Question,
) -> SelectionView {
    let basis = Basis::of(rows, set, Cases::All);
    let distances = Gower::new(&basis.matrix).distances();
    let chosen = basis.chosen();
    let pool = Pool {
        seen: value_coverage(&basis.matrix),
        candidates: candidates(&basis),
        locked: if question.keep { chosen.clone() } else { Vec::new() },
        chosen: chosen.clone(),
        basis: &basis,
    };
    let variety = keep_variety(&basis.matrix, &pool.candidates, &pool.locked, pool.room(question));
    let typical = typical(&pool, &distances, question.size);
    SelectionView {
        size: question.size,
        keep: question.keep,
        funnel: funnel(&basis),
        pairs: pairwise_coverage(&basis.matrix, &[]).observed,
        chosen: (!chosen.is_empty())
            .then(|| pool.shown(&chosen))
            .map(|shown| Shown {
                cases: chosen.len(),
                pairs: shown.pairs,
                by_lot: shown.by_lot,
                lost: shown.lost,
            }),
        variety: pool.suggestion(variety.order.iter().map(|&case| (case, None)).collect()),
        typical: pool.suggestion(typical),
        outliers: outliers(&pool, &distances),
        seed: SEED,
        about: basis.about,
    }
}

/// Eligible, and not left out by anybody.
fn candidates(basis: &Basis) -> Vec<usize> {
    let may = |case: &usize| {
        let row = basis.rows[*case];
        row.eligible && row.decision != Decision::Out
    };
    (0..basis.rows.len()).filter(may).collect()
}

fn funnel(basis: &Basis) -> Funnel {
    let rows = &basis.rows;
    let of = |decision: Decision| rows.iter().filter(|row| row.decision == decision).count();
    let strange = |row: &&&RegisterRow| row.decision == Decision::In && !row.eligible;
    Funnel {
        gross: rows.len(),
        eligible: rows.iter().filter(|row| row.eligible).count(),
        chosen: of(Decision::In),
        reserve: of(Decision::Reserve),
        out: of(Decision::Out),
        undecided: of(Decision::Undecided),
        chosen_not_eligible: rows.iter().filter(strange).count(),
    }
}

/// What suggestions are made from.
struct Pool<'a> {
    basis: &'a Basis<'a>,
    /// Values that are there at all.
    seen: Vec<ValueCoverage>,
    candidates: Vec<usize>,
    locked: Vec<usize>,
    chosen: Vec<usize>,
}

impl Pool<'_> {
    /// Room for what was asked for, and for all that stays.
    fn room(&self, question: Question) -> usize {
        question.size.max(self.locked.len())
    }

    fn suggestion(&self, taken: Vec<(usize, Option<usize>)>) -> Suggestion {
        let cases: Vec<usize> = taken.iter().map(|(case, _)| *case).collect();
        let is_in = |all: &[usize], case: &usize| all.contains(case);
        let added: Vec<usize> = cases
            .iter()
            .copied()
            .filter(|c| !is_in(&self.chosen, c))
            .collect();
        let dropped: Vec<usize> = self
            .chosen
            .iter()
            .copied()
            .filter(|c| !is_in(&cases, c))
            .collect();
        Suggestion {
            cases: self.suggested(&taken),
            shown: self.shown(&cases),
            added: self.basis.subjects(&added),
            dropped: self.basis.subjects(&dropped),
        }
    }

    fn suggested(&self, taken: &[(usize, Option<usize>)]) -> Vec<Suggested> {
        let matrix = &self.basis.matrix;
        let space = PairSpace::new(matrix, &[]);
        let mut seen = Seen::new(&space);
        let one = |(case, group): &(usize, Option<usize>)| {
            let before = seen.count();
            seen.add(&space.of_case(matrix.row(*case)));
            Suggested {
                subject: self.basis.subject(*case),
                adds: seen.count() - before,
                group: *group,
            }
        };
        taken.iter().map(one).collect()
    }

    fn shown(&self, cases: &[usize]) -> ShownOf {
        let matrix = &self.basis.matrix;
        let drawn = random_selections(matrix, &self.candidates, cases.len(), SEED).take(DRAWN);
        let by_lot = drawn.sum::<usize>() as f64 / DRAWN as f64;
        let own = value_coverage(&matrix.subset(cases));
        let lost = self.seen.iter().zip(own).flat_map(|(all, own)| {
            let feature = &matrix.features[all.feature];
            let gone = own
                .uncovered()
                .filter(|&place| all.counts[place] > 0)
                .collect::<Vec<_>>();
            gone.into_iter().map(move |place| ValueOf {
                characteristic: feature.key.clone(),
                value: feature.values[place].clone(),
            })
        });
        ShownOf {
            pairs: pairs_of(matrix, cases),
            by_lot: rounded(by_lot),
            lost: lost.collect(),
        }
    }
}

fn pairs_of(matrix: &CaseMatrix, cases: &[usize]) -> usize {
    pairwise_coverage(&matrix.subset(cases), &[]).observed
}

/// The central cases of each group with its number, group by group.
fn typical(pool: &Pool, distances: &Distances, size: usize) -> Vec<(usize, Option<usize>)> {
    let comparable = distances.comparable();
    let within = distances.subset(&comparable);
    let count = (within.len() / 2).min(GROUPS);
    let made = average_linkage(within.clone()).cut(count).largest_first();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for members in made.members() {
        let mut ranked: Vec<(usize, f64)> = members
            .iter()
            .map(|&case| {
                (
                    case,
                    members.iter().map(|&other| within.or_unlike(case, other)).sum(),
                )
            })
            .filter(|(case, _)| pool.candidates.contains(&comparable[*case]))
            .collect();
        ranked.sort_by(|(a, far_a), (b, far_b)| {
            let key = |case: usize| {
                let case = comparable[case];
                (!pool.locked.contains(&case), pool.basis.rows[case].origin)
            };
            key(*a).cmp(&key(*b)).then(step(*far_a).total_cmp(&step(*far_b)))
        });
        groups.push(ranked.into_iter().map(|(case, _)| comparable[case]).collect());
    }
    let sizes = made.sizes();
    let locked: BTreeSet<usize> = pool.locked.iter().copied().collect();
    let places = places(&groups, &sizes, &locked, size);
    let of_group = |(group, ranked): (usize, &Vec<usize>)| {
        let taken: Vec<_> = ranked[..places[group]]
            .iter()
            .map(|&case| (case, Some(group)))
            .collect();
        taken
    };
    let mut taken: Vec<_> = groups.iter().enumerate().flat_map(of_group).collect();
    // What stays although it is in no group, or no candidate.
    let there: BTreeSet<usize> = taken.iter().map(|(case, _)| *case).collect();
    taken.extend(locked.difference(&there).map(|&case| (case, None)));
    taken
}

/// How many cases each group gives: two, those that stay, and its share of what is left.
fn places(groups: &[Vec<usize>], sizes: &[usize], locked: &BTreeSet<usize>, size: usize) -> Vec<usize> {
    let least = |ranked: &Vec<usize>| {
        let stays = ranked.iter().filter(|case| locked.contains(case)).count();
        stays.max(OF_EACH_GROUP).min(ranked.len())
    };
    let mut places: Vec<usize> = groups.iter().map(least).collect();
    while places.iter().sum::<usize>() < size {
        let open = (0..groups.len()).filter(|&g| places[g] < groups[g].len());
        // a / b > c / d without a division; ties to the larger group, which comes first.
        let more = |a: &usize, b: &usize| {
            (sizes[*a] * (places[*b] + 1))
                .cmp(&(sizes[*b] * (places[*a] + 1)))
                .then(b.cmp(a))
        };
        let Some(next) = open.max_by(more) else { break };
        places[next] += 1;
    }
    places
}

/// The candidates whose nearest case is farthest away.
fn outliers(pool: &Pool, distances: &Distances) -> Vec<Outlier> {
    let nearest = |case: usize| {
        let others = (0..distances.len()).filter(|&other| other != case);
        let known = others.filter_map(|other| distances.get(case, other));
        known.min_by(f64::total_cmp).map(|distance| (case, distance))
    };
    let mut found: Vec<(usize, f64)> = pool.candidates.iter().filter_map(|&case| nearest(case)).collect();
    found.sort_by(|(_, a), (_, b)| step(*b).total_cmp(&step(*a)));
    found.truncate(OUTLIERS);
    let one = |(case, distance): (usize, f64)| Outlier {
        subject: pool.basis.subject(case),
        distance: rounded(distance),
    };
    found.into_iter().map(one).collect()
}
