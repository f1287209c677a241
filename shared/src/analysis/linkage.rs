//! Groups by average linkage: a tree that joins the two closest clusters again and again (R37).
//!
//! d(AB, C) = (|A| d(A,C) + |B| d(B,C)) / (|A| + |B|) (Sokal and Michener 1958). Ties: the pair whose smallest
//! member comes first in the list, then whose other smallest member does. A pair without a distance is left out of
//! the average; clusters without any distance between them are joined last, at no height.
//!
//! Worked: AB 0.197917, AC 0.708333, AD 0.638889, BC 0.677083, BD 0.375, CD 0.75: A+B at 0.197917, then D at
//! 0.506944, then C at 0.711806.
//!
//! Cost: each row remembers its nearest later cluster and is searched again only when that one was changed and the
//! row comes up (Anderberg 1973; Müllner 2013); about n² steps. The nearest-neighbour chain would do with n² for
//! certain, but joins ties in another order, and coded cases tie often.

use super::distance::{Distances, step};
use super::grouping::Grouping;

/// Two clusters joined.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Merge {
    /// Smallest member of the one; the cluster goes on under this name.
    pub first: usize,
    /// Smallest member of the other.
    pub second: usize,
    /// Their mean distance; none where they cannot be compared.
    pub height: Option<f64>,
    /// Cases of both.
    pub size: usize,
}

/// The whole tree, from single cases to one cluster.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Dendrogram {
    /// Cases.
    pub n: usize,
    /// In order; n - 1 of them.
    pub merges: Vec<Merge>,
}

impl Dendrogram {
    /// The clusters when `groups` of them are left: at least one, at most one a case.
    pub fn cut(&self, groups: usize) -> Grouping {
        let mut cluster: Vec<usize> = (0..self.n).collect();
        for merge in &self.merges[..self.n.saturating_sub(groups.max(1))] {
            cluster[merge.second] = merge.first;
        }
        // A cluster is named by its smallest member, so each name points at itself or back.
        for case in 0..self.n {
            cluster[case] = cluster[cluster[case]];
        }
        Grouping::from_labels(&cluster)
    }

    /// Correlation of distances with the heights at which cases meet (Sokal and Rohlf 1962): how truly the tree
    /// tells the distances, 1 at best. None with fewer than three cases or where nothing varies.
    pub fn cophenetic_correlation(&self, distances: &Distances) -> Option<f64> {
        let mut members: Vec<Vec<usize>> = (0..self.n).map(|case| vec![case]).collect();
        let mut sums = Sums::default();
        for merge in &self.merges {
            let joining = std::mem::take(&mut members[merge.second]);
            if let Some(height) = merge.height {
                let pairs = members[merge.first]
                    .iter()
                    .flat_map(|&i| joining.iter().map(move |&j| (i, j)));
                pairs
                    .filter_map(|(i, j)| distances.get(i, j))
                    .for_each(|d| sums.add(d, height));
            }
            members[merge.first].extend(joining);
        }
        sums.correlation()
    }
}

#[derive(Default)]
struct Sums {
    n: f64,
    x: f64,
    y: f64,
    xx: f64,
    yy: f64,
    xy: f64,
}

impl Sums {
    fn add(&mut self, x: f64, y: f64) {
        self.n += 1.0;
        self.x += x;
        self.y += y;
        self.xx += x * x;
        self.yy += y * y;
        self.xy += x * y;
    }

    fn correlation(&self) -> Option<f64> {
        let spread = |squares: f64, sum: f64| squares - sum * sum / self.n;
        let (x, y) = (spread(self.xx, self.x), spread(self.yy, self.y));
        let together = self.xy - self.x * self.y / self.n;
        (self.n > 1.0 && x > 1e-12 && y > 1e-12).then(|| together / (x * y).sqrt())
    }
}

/// The tree of these distances.
pub fn average_linkage(distances: Distances) -> Dendrogram {
    let n = distances.len();
    let mut work = Work::new(distances);
    let merges = (1..n).filter_map(|_| work.join_closest()).collect();
    Dendrogram { n, merges }
}

/// What is nearest to a cluster among those whose smallest member is later.
#[derive(Clone, Copy)]
struct Nearest {
    /// On the ladder of `distance::step`.
    step: f64,
    other: usize,
    /// `other` was changed: the step is no longer true, but none is lower.
    stale: bool,
}

struct Work {
    distances: Distances,
    /// Smallest members of the clusters there are, rising.
    active: Vec<usize>,
    sizes: Vec<usize>,
    nearest: Vec<Nearest>,
}

impl Work {
    fn new(distances: Distances) -> Self {
        let n = distances.len();
        let mut work = Work {
            distances,
            active: (0..n).collect(),
            sizes: vec![1; n],
            nearest: Vec::with_capacity(n),
        };
        work.nearest = (0..n).map(|row| work.search(row)).collect();
        work
    }

    fn join_closest(&mut self) -> Option<Merge> {
        let first = self.closest_row()?;
        let second = self.nearest[first].other;
        let height = self.distances.get(first, second);
        self.join(first, second);
        Some(Merge {
            first,
            second,
            height,
            size: self.sizes[first],
        })
    }

    /// The row with the lowest step, the first of several, once it is true.
    fn closest_row(&mut self) -> Option<usize> {
        loop {
            let rows = &self.active[..self.active.len().checked_sub(1)?];
            let closest = rows
                .iter()
                .copied()
                .min_by(|a, b| self.nearest[*a].step.total_cmp(&self.nearest[*b].step))?;
            if !self.nearest[closest].stale {
                return Some(closest);
            }
            self.nearest[closest] = self.search(closest);
        }
    }

    /// The nearest later cluster, the first of several.
    fn search(&self, row: usize) -> Nearest {
        let start = self.active.partition_point(|&cluster| cluster <= row);
        let after = if start < self.active.len() {
            self.distances.after(row)
        } else {
            &[]
        };
        let mut found = Nearest {
            step: f64::INFINITY,
            other: self.active.get(start).copied().unwrap_or(row),
            stale: false,
        };
        for &other in &self.active[start..] {
            let step = step(after[other - row - 1]);
            if step < found.step {
                found.step = step;
                found.other = other;
            }
        }
        found
    }

    fn join(&mut self, first: usize, second: usize) {
        if let Ok(place) = self.active.binary_search(&second) {
            self.active.remove(place);
        }
        let (a, b) = (self.sizes[first] as f64, self.sizes[second] as f64);
        self.sizes[first] += self.sizes[second];
        for place in 0..self.active.len() {
            let other = self.active[place];
            if other == first {
                continue;
            }
            let (to_first, to_second) = (
                self.distances.raw(first, other),
                self.distances.raw(second, other),
            );
            let joined = match (to_first.is_nan(), to_second.is_nan()) {
                (false, false) => (a * to_first + b * to_second) / (a + b),
                (true, _) => to_second,
                (_, true) => to_first,
            };
            self.distances.put(first, other, joined);
            if other < second {
                self.tell(other, first, second, step(joined));
            }
        }
        self.nearest[first] = self.search(first);
    }

    /// An earlier row learns that `second` is part of `first` now.
    fn tell(&mut self, row: usize, first: usize, second: usize, joined: f64) {
        let nearest = &mut self.nearest[row];
        if nearest.other == second || (nearest.other == first && joined != nearest.step) {
            nearest.stale = true;
        }
        let nearer = joined < nearest.step || (joined == nearest.step && first < nearest.other);
        if row < first && nearer {
            *nearest = Nearest {
                step: joined,
                other: first,
                stale: false,
            };
        }
    }
}
