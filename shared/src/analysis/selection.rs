//! Which cases to keep so that as much variety as possible stays, and whether that beats chance (R38).
//!
//! Greedy: cases locked by hand first; then again and again the eligible case that shows most value pairs not yet
//! shown (see `pairwise`); ties by the order of the list. Greedy covers at least 1 - 1/e of what the best choice of
//! the same size covers (Nemhauser, Wolsey and Fisher 1978).
//!
//! Worked: 20 of the 45 eligible example cases show 945 of the 1131 pairs seen; 20 at random about 798.

use super::draw::Draws;
use super::matrix::CaseMatrix;
use super::pairwise::{PairSpace, Seen};
use std::collections::BTreeSet;

/// The chosen cases, in the order in which they were chosen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection {
    /// Their rows; the locked ones first.
    pub order: Vec<usize>,
    /// Pairs shown once each of them was in.
    pub covered: Vec<usize>,
}

impl Selection {
    /// Pairs shown by all of them.
    pub fn pairs(&self) -> usize {
        self.covered.last().copied().unwrap_or(0)
    }
}

/// `size` cases of `eligible`, with those in `locked` whatever they add.
pub fn keep_variety(matrix: &CaseMatrix, eligible: &[usize], locked: &[usize], size: usize) -> Selection {
    let space = PairSpace::new(matrix, &[]);
    let pairs = pairs_by_case(matrix, &space);
    let mut seen = Seen::new(&space);
    let mut chosen = Selection::default();
    let mut take = |case: usize, seen: &mut Seen| {
        seen.add(&pairs[case]);
        chosen.order.push(case);
        chosen.covered.push(seen.count());
    };
    let mut open: BTreeSet<usize> = eligible.iter().copied().collect();
    let mut room = size;
    let locked: Vec<usize> = locked
        .iter()
        .copied()
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    for case in locked.into_iter().take(size) {
        take(case, &mut seen);
        open.remove(&case);
        room -= 1;
    }
    while let Some(best) = most_new(&open, &pairs, &seen).filter(|_| room > 0) {
        take(best, &mut seen);
        open.remove(&best);
        room -= 1;
    }
    chosen
}

/// The open case that shows most new pairs; the first in the list of those that show as many.
fn most_new(open: &BTreeSet<usize>, pairs: &[Vec<usize>], seen: &Seen) -> Option<usize> {
    let gain = |case: &usize| seen.new_among(&pairs[*case]);
    open.iter()
        .copied()
        .min_by_key(|case| std::cmp::Reverse(gain(case)))
}

fn pairs_by_case(matrix: &CaseMatrix, space: &PairSpace) -> Vec<Vec<usize>> {
    (0..matrix.len()).map(|i| space.of_case(matrix.row(i))).collect()
}

/// Pairs shown by random selections of `size` eligible cases: one number a draw, for as long as one asks.
pub fn random_selections<'a>(
    matrix: &'a CaseMatrix,
    eligible: &'a [usize],
    size: usize,
    seed: u64,
) -> impl Iterator<Item = usize> + 'a {
    let space = PairSpace::new(matrix, &[]);
    let pairs = pairs_by_case(matrix, &space);
    let mut draws = Draws::new(seed);
    std::iter::repeat_with(move || {
        let mut seen = Seen::new(&space);
        for case in draws.sample(eligible, size) {
            seen.add(&pairs[case]);
        }
        seen.count()
    })
}
