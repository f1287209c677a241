//! The shortest way to say which rows of a truth table are sufficient: Quine and McCluskey's method (R48).
//!
//! Rows that differ in one condition are joined without it, until none can be (prime implicants; Quine 1952,
//! McCluskey 1956); then the fewest of these that say all rows, of several the ones with fewest conditions. Rows
//! without cases take part where somebody asks for it, and never by default: they are no evidence.
//!
//! Worked: AB and Ab are A; AB, Ab and aB are A or B.

use std::collections::BTreeSet;

/// Conditions that together are enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Term {
    /// Bits of the conditions it asks about.
    pub asks: u32,
    /// Those of them that must hold; the others must not.
    pub holds: u32,
}

impl Term {
    /// Whether it says this combination.
    pub fn says(self, combination: u32) -> bool {
        combination & self.asks == self.holds
    }

    /// The term without the one condition in which two differ.
    fn joined(self, other: Self) -> Option<Self> {
        let differ = self.holds ^ other.holds;
        (self.asks == other.asks && differ.count_ones() == 1).then_some(Term {
            asks: self.asks & !differ,
            holds: self.holds & !differ,
        })
    }
}

/// Terms that say each of `sufficient` and nothing but it and `free` combinations, of so many conditions.
pub fn minimise(conditions: usize, sufficient: &[u32], free: &[u32]) -> Vec<Term> {
    let primes: Vec<Term> = primes(conditions, sufficient.iter().chain(free))
        .into_iter()
        .collect();
    let wanted: BTreeSet<u32> = sufficient.iter().copied().collect();
    let mut search = Search { primes, best: None };
    search.cover(&wanted, &mut Vec::new());
    let mut best = search.best.unwrap_or_default();
    best.sort_unstable();
    best
}

fn primes<'a>(conditions: usize, combinations: impl Iterator<Item = &'a u32>) -> BTreeSet<Term> {
    let asks = (1_u32 << conditions.min(31)) - 1;
    let mut level: BTreeSet<Term> = combinations
        .map(|c| Term {
            asks,
            holds: c & asks,
        })
        .collect();
    let mut primes = BTreeSet::new();
    while !level.is_empty() {
        let (mut next, mut used) = (BTreeSet::new(), BTreeSet::new());
        for a in &level {
            for b in level.range(*a..) {
                if let Some(term) = a.joined(*b) {
                    next.insert(term);
                    used.extend([*a, *b]);
                }
            }
        }
        primes.extend(level.difference(&used));
        level = next;
    }
    primes
}

struct Search {
    primes: Vec<Term>,
    best: Option<Vec<Term>>,
}

impl Search {
    fn cover(&mut self, wanted: &BTreeSet<u32>, taken: &mut Vec<Term>) {
        let worse = |best: &Vec<Term>| cost(taken) >= cost(best);
        if self.best.as_ref().is_some_and(worse) {
            return;
        }
        // The combination that fewest terms say leaves fewest ways.
        let ways = |combination: &u32| self.primes.iter().filter(|term| term.says(*combination)).count();
        let Some(hardest) = wanted.iter().copied().min_by_key(ways) else {
            self.best = Some(taken.clone());
            return;
        };
        let says = |term: &Term| wanted.iter().filter(|c| term.says(**c)).count();
        let most = self.primes.iter().map(says).max().unwrap_or(1).max(1);
        let needed = taken.len() + wanted.len().div_ceil(most);
        if self.best.as_ref().is_some_and(|best| needed > best.len()) {
            return;
        }
        // Those that say most first: a short way found early spares looking at longer ones.
        let mut ways: Vec<Term> = self.primes.clone();
        ways.retain(|term| term.says(hardest));
        ways.sort_by_key(|term| std::cmp::Reverse(says(term)));
        for term in ways {
            let left = wanted.iter().copied().filter(|c| !term.says(*c)).collect();
            taken.push(term);
            self.cover(&left, taken);
            taken.pop();
        }
    }
}

fn cost(terms: &[Term]) -> (usize, u32) {
    (terms.len(), terms.iter().map(|term| term.asks.count_ones()).sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r48_the_shortest_formula_is_found() {
        let (a, b) = (Term { asks: 1, holds: 1 }, Term { asks: 2, holds: 2 });
        assert_eq!(minimise(2, &[0b11, 0b01], &[]), [a]);
        assert_eq!(minimise(2, &[0b11, 0b01, 0b10], &[]), [a, b]);
        assert_eq!(minimise(2, &[], &[]), []);
        assert_eq!(minimise(2, &[0, 1, 2, 3], &[]), [Term { asks: 0, holds: 0 }]);
    }

    #[test]
    fn r48_remainders_shorten_it_only_where_they_are_given() {
        let long = Term { asks: 3, holds: 3 };
        assert_eq!(minimise(2, &[0b11], &[]), [long]);
        assert_eq!(minimise(2, &[0b11], &[0b01]), [Term { asks: 1, holds: 1 }]);
    }

    #[test]
    fn r48_a_formula_says_all_sufficient_rows_and_no_other() {
        for rows in 0_u32..1 << 16 {
            if rows % 97 != 0 {
                continue;
            }
            let sufficient: Vec<u32> = (0..16).filter(|c| rows & (1 << c) != 0).collect();
            let terms = minimise(4, &sufficient, &[]);
            for c in 0..16 {
                assert_eq!(
                    terms.iter().any(|t| t.says(c)),
                    sufficient.contains(&c),
                    "{rows:b} {c}"
                );
            }
        }
    }
}
