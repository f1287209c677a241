//! Groups around central cases: k-medoids by PAM (R37).
//!
//! BUILD: the first medoid has the least sum of distances; then the case with the largest gain, until there are k.
//! SWAP: the best exchange of a medoid for another case, until none lowers the cost (Kaufman and Rousseeuw 1990).
//! Ties: lowest index. All exchanges with one case are judged in one pass (Schubert and Rousseeuw 2019, FastPAM1):
//! the same exchanges as PAM's, k times faster. Two cases that cannot be compared count as 1 apart.
//!
//! Cost = Σ distance of each case to its nearest medoid. Another correct implementation may end at a lower cost.
//! Worked: the 48 example cases in 8 groups cost 12.118398, with medoids N20, N24, N25, N26, N28, N33, I01, I11.

use super::distance::Distances;
use super::grouping::Grouping;

/// Costs nearer than this are the same.
const SAME: f64 = 1e-9;

/// Central cases and who gathers around them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Medoids {
    /// The central case of each group, rising.
    pub medoids: Vec<usize>,
    /// Place in `medoids` of each case's nearest; the first of several.
    pub nearest: Vec<usize>,
    /// Sum of the distances to the nearest medoid.
    pub cost: f64,
}

impl Medoids {
    /// The groups.
    pub fn grouping(&self) -> Grouping {
        Grouping::from_labels(&self.nearest)
    }
}

/// `k` groups: at least one, at most one a case.
pub fn k_medoids(distances: &Distances, k: usize) -> Medoids {
    let n = distances.len();
    let k = k.clamp(1, n.max(1));
    if n == 0 {
        return Medoids::default();
    }
    let mut medoids = build(distances, k);
    while let Some((place, case)) = best_swap(distances, &medoids) {
        medoids[place] = case;
    }
    medoids.sort_unstable();
    let near = Near::of(distances, &medoids);
    Medoids {
        cost: near.first.iter().sum(),
        nearest: near.place,
        medoids,
    }
}

fn build(distances: &Distances, k: usize) -> Vec<usize> {
    let n = distances.len();
    let mut medoids = Vec::with_capacity(k);
    let mut nearest = vec![f64::INFINITY; n];
    while medoids.len() < k {
        // The largest gain is the least cost that is left.
        let mut costs = vec![0.0; n];
        each_pair(distances, |i, j, distance| {
            costs[i] += distance.min(nearest[j]);
            costs[j] += distance.min(nearest[i]);
        });
        let open = costs
            .into_iter()
            .enumerate()
            .filter(|(case, _)| !medoids.contains(case));
        let Some((best, _)) = least(open) else {
            break;
        };
        for (other, near) in nearest.iter_mut().enumerate() {
            *near = near.min(distances.or_unlike(best, other));
        }
        medoids.push(best);
    }
    medoids
}

/// All pairs in the order in which they are kept: any other order costs several times as much when there are many.
fn each_pair(distances: &Distances, mut with: impl FnMut(usize, usize, f64)) {
    for i in 0..distances.len() {
        for (place, &distance) in distances.after(i).iter().enumerate() {
            with(i, i + 1 + place, if distance.is_nan() { 1.0 } else { distance });
        }
    }
}

/// The first with the least cost.
fn least<T>(costs: impl Iterator<Item = (T, f64)>) -> Option<(T, f64)> {
    costs.reduce(|best, next| if next.1 < best.1 - SAME { next } else { best })
}

/// For each case its nearest medoid and how far the second is.
struct Near {
    place: Vec<usize>,
    first: Vec<f64>,
    second: Vec<f64>,
}

impl Near {
    fn of(distances: &Distances, medoids: &[usize]) -> Self {
        let n = distances.len();
        let mut near = Near {
            place: vec![0; n],
            first: vec![f64::INFINITY; n],
            second: vec![f64::INFINITY; n],
        };
        for (place, &medoid) in medoids.iter().enumerate() {
            for case in 0..n {
                let distance = distances.or_unlike(case, medoid);
                // A medoid is its own, also where another is no distance away.
                if distance < near.first[case] || case == medoid {
                    near.second[case] = near.first[case];
                    near.first[case] = distance;
                    near.place[case] = place;
                } else if distance < near.second[case] {
                    near.second[case] = distance;
                }
            }
        }
        near
    }
}

/// Which medoid to give up for which case, where that lowers the cost most.
fn best_swap(distances: &Distances, medoids: &[usize]) -> Option<(usize, usize)> {
    // One medoid is the best there is already, and there is no second to fall back on.
    if medoids.len() < 2 {
        return None;
    }
    let near = Near::of(distances, medoids);
    let changes = Changes::of(distances, &near, medoids.len());
    let open = (0..distances.len()).filter(|case| !medoids.contains(case));
    let swaps = open.filter_map(|case| {
        let (place, change) = least(changes.with(case))?;
        Some(((place, case), change))
    });
    least(swaps)
        .filter(|(_, change)| *change < -SAME)
        .map(|(swap, _)| swap)
}

/// How the cost changes when a case takes the place of a medoid.
struct Changes {
    medoids: usize,
    /// Giving up each medoid for nobody.
    given_up: Vec<f64>,
    /// Taking each case for nobody.
    taken: Vec<f64>,
    /// Both at once differs by this: row by case, column by medoid.
    both: Vec<f64>,
}

impl Changes {
    fn of(distances: &Distances, near: &Near, medoids: usize) -> Self {
        let n = distances.len();
        let mut changes = Changes {
            medoids,
            given_up: vec![0.0; medoids],
            taken: vec![0.0; n],
            both: vec![0.0; n * medoids],
        };
        for case in 0..n {
            changes.given_up[near.place[case]] += near.second[case] - near.first[case];
            changes.add(case, case, 0.0, near);
        }
        each_pair(distances, |i, j, distance| {
            changes.add(i, j, distance, near);
            changes.add(j, i, distance, near);
        });
        changes
    }

    fn add(&mut self, candidate: usize, case: usize, distance: f64, near: &Near) {
        let (first, second) = (near.first[case], near.second[case]);
        if distance < second {
            let both = &mut self.both[candidate * self.medoids + near.place[case]];
            if distance < first {
                self.taken[candidate] += distance - first;
                *both += first - second;
            } else {
                *both += distance - second;
            }
        }
    }

    /// With each medoid given up for this case.
    fn with(&self, case: usize) -> impl Iterator<Item = (usize, f64)> {
        let both = &self.both[case * self.medoids..(case + 1) * self.medoids];
        let change = move |(place, both)| (place, self.given_up[place] + self.taken[case] + both);
        both.iter().enumerate().map(change)
    }
}
