//! The distances of all pairs of cases, once they are computed (`distance`), and what can be read off them.

/// The step of a ladder of billionths on which a distance stands. Distances that are equal on paper differ in their
/// last bits, by the order in which they were added up; on the ladder they are equal, and a tie is decided by the
/// order of the list. None stands on the last step.
pub(crate) fn step(distance: f64) -> f64 {
    const STEPS: f64 = (1_u64 << 30) as f64;
    if distance.is_nan() {
        f64::INFINITY
    } else {
        (distance * STEPS).round()
    }
}

/// The distances of all pairs; half of the table is kept, 8 bytes a pair: 100 MB for 5,000 cases.
#[derive(Debug, Clone, Default)]
pub struct Distances {
    n: usize,
    /// Row after row, of i < j; NaN where there is none.
    values: Vec<f64>,
}

impl Distances {
    /// Row after row, of i < j; NaN where there is none.
    pub(super) fn new(n: usize, values: Vec<f64>) -> Self {
        Distances { n, values }
    }

    /// Cases.
    pub fn len(&self) -> usize {
        self.n
    }

    /// Whether there is no case.
    pub fn is_empty(&self) -> bool {
        self.n == 0
    }

    /// Between two cases; 0 to itself, none where they cannot be compared.
    pub fn get(&self, i: usize, j: usize) -> Option<f64> {
        Some(self.raw(i, j)).filter(|d| !d.is_nan())
    }

    /// As `get`, but two cases that cannot be compared are as unlike as can be: for k-medoids and maps, where each
    /// pair must have a number.
    pub fn or_unlike(&self, i: usize, j: usize) -> f64 {
        let distance = self.raw(i, j);
        if distance.is_nan() { 1.0 } else { distance }
    }

    /// NaN where there is none.
    pub(super) fn raw(&self, i: usize, j: usize) -> f64 {
        if i == j {
            0.0
        } else {
            self.values[self.place(i, j)]
        }
    }

    pub(super) fn put(&mut self, i: usize, j: usize, distance: f64) {
        let place = self.place(i, j);
        self.values[place] = distance;
    }

    fn place(&self, i: usize, j: usize) -> usize {
        let (low, high) = if i < j { (i, j) } else { (j, i) };
        low * (2 * self.n - low - 1) / 2 + high - low - 1
    }

    /// Row `i` of the table, from `i + 1` on.
    pub(super) fn after(&self, i: usize) -> &[f64] {
        let start = i * (2 * self.n - i - 1) / 2;
        &self.values[start..start + self.n - i - 1]
    }

    /// Pairs that have a distance, in order of the list.
    pub fn pairs(&self) -> impl Iterator<Item = (usize, usize, f64)> + '_ {
        let row = move |i: usize| {
            let after = self.after(i).iter().enumerate();
            after.map(move |(place, d)| (i, i + 1 + place, *d))
        };
        (0..self.n).flat_map(row).filter(|(_, _, d)| !d.is_nan())
    }

    /// Mean, least and greatest distance; none without a pair.
    pub fn summary(&self) -> Option<Summary> {
        let mut count = 0_usize;
        let (mut sum, mut least, mut greatest) = (0.0, f64::INFINITY, 0.0_f64);
        for (_, _, d) in self.pairs() {
            count += 1;
            sum += d;
            least = least.min(d);
            greatest = greatest.max(d);
        }
        (count > 0).then(|| Summary {
            mean: sum / count as f64,
            least,
            greatest,
        })
    }

    /// The `count` closest pairs, closest first; ties by the order of the list.
    pub fn closest(&self, count: usize) -> Vec<(usize, usize, f64)> {
        self.first(count, |held, new| held <= new)
    }

    /// The `count` pairs farthest apart, farthest first: the same order as of the closest ones, from its end.
    pub fn farthest(&self, count: usize) -> Vec<(usize, usize, f64)> {
        self.first(count, |held, new| held > new)
    }

    fn first(&self, count: usize, stays_before: impl Fn(f64, f64) -> bool) -> Vec<(usize, usize, f64)> {
        let mut best: Vec<(usize, usize, f64)> = Vec::with_capacity(count + 1);
        for pair in self.pairs() {
            let place = best.partition_point(|held| stays_before(step(held.2), step(pair.2)));
            if place < count {
                best.insert(place, pair);
                best.truncate(count);
            }
        }
        best
    }

    /// Cases with a distance to some other: who shares no coding with anybody cannot be grouped, and is listed.
    pub fn comparable(&self) -> Vec<usize> {
        let mut known = vec![self.n == 1; self.n];
        for (i, j, _) in self.pairs() {
            known[i] = true;
            known[j] = true;
        }
        (0..self.n).filter(|&i| known[i]).collect()
    }

    /// Each distance changed: for pictures, never for what is counted.
    pub fn adjusted(&self, change: impl Fn(usize, usize, f64) -> f64) -> Self {
        let mut adjusted = self.clone();
        for (i, j, distance) in self.pairs() {
            adjusted.put(i, j, change(i, j, distance));
        }
        adjusted
    }

    /// Those of these cases alone, in this order.
    pub fn subset(&self, cases: &[usize]) -> Self {
        let rows = cases.iter().enumerate();
        let values = rows.flat_map(|(a, &i)| cases[a + 1..].iter().map(move |&j| self.raw(i, j)));
        Distances {
            n: cases.len(),
            values: values.collect(),
        }
    }
}

/// The distances at a glance.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub struct Summary {
    pub mean: f64,
    pub least: f64,
    pub greatest: f64,
}
