//! Places for the cases on a flat map, so that like cases lie near each other: classical scaling.
//!
//! The squared distances, centred twice, B = -½ J D² J, are taken apart into axes; a case's place is its part in the
//! two longest (Torgerson 1952; Gower 1966). Units: those of the distances. B is never written down: it is multiplied
//! from the distances, for a few vectors at once, until the axes stand still (subspace iteration). Which way an axis
//! points is nobody's choice: the case farthest out on it lies on the positive side. Two cases that cannot be compared
//! count as 1 apart.
//!
//! A map of many dimensions on two is never true: show the stress beside it, √(Σ(d - d̂)² / Σ d²) (Kruskal 1964), 0 at
//! best; above 0.2 poor.
//!
//! Worked: three cases 3, 4 and 5 apart lie as a right-angled triangle, stress 0.

use super::distance::Distances;
use super::draw::Draws;

/// Vectors carried along: two that are wanted, and more for what lies between them and for axes that distances
/// which are no true distances turn inside out.
const BLOCK: usize = 6;
const ROUNDS_MAX: usize = 200;
/// An axis stands still when its length changes by less than this part of itself.
const STILL: f64 = 1e-9;

type Rows = Vec<[f64; BLOCK]>;
type Square = [[f64; BLOCK]; BLOCK];

/// Where the cases lie, and how far that is from true.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CaseMap {
    /// Across and up, of each case.
    pub places: Vec<(f64, f64)>,
    /// None where all distances are 0.
    pub stress: Option<f64>,
}

/// The map of these distances.
pub fn case_map(distances: &Distances) -> CaseMap {
    let n = distances.len();
    let centred = Centred::new(distances);
    let mut vectors = start(n);
    let mut axes = [0.0; BLOCK];
    for _ in 0..ROUNDS_MAX {
        orthonormal(&mut vectors);
        let image = centred.times(&vectors);
        let (lengths, turns) = eigen(inner(&vectors, &image));
        let still = lengths
            .iter()
            .zip(&axes)
            .take(2)
            .all(|(new, old)| (new - old).abs() <= STILL * new.abs());
        axes = lengths;
        vectors = turned(if still { &vectors } else { &image }, &turns);
        if still {
            break;
        }
    }
    orthonormal(&mut vectors);
    let scale = |axis: usize| axes[axis].max(0.0).sqrt();
    let mut places: Vec<(f64, f64)> = vectors
        .iter()
        .map(|v| (v[0] * scale(0), v[1] * scale(1)))
        .collect();
    point_outward(&mut places);
    CaseMap {
        stress: stress(distances, &places),
        places,
    }
}

fn start(n: usize) -> Rows {
    let mut draws = Draws::new(1);
    let number = |draws: &mut Draws| draws.below(2_000_001) as f64 / 1e6 - 1.0;
    (0..n)
        .map(|_| std::array::from_fn(|_| number(&mut draws)))
        .collect()
}

/// B, by what it does.
struct Centred<'a> {
    distances: &'a Distances,
    /// Mean squared distance of each case, and of all.
    means: Vec<f64>,
    mean: f64,
}

impl<'a> Centred<'a> {
    fn new(distances: &'a Distances) -> Self {
        let n = distances.len();
        let mut means = vec![0.0; n];
        for i in 0..n {
            for j in i + 1..n {
                let square = distances.or_unlike(i, j).powi(2) / n as f64;
                means[i] += square;
                means[j] += square;
            }
        }
        let mean = means.iter().sum::<f64>() / n.max(1) as f64;
        Centred {
            distances,
            means,
            mean,
        }
    }

    fn times(&self, vectors: &Rows) -> Rows {
        let n = vectors.len();
        let mut image: Rows = vec![[0.0; BLOCK]; n];
        for i in 0..n {
            for (place, distance) in self.distances.after(i).iter().enumerate() {
                let j = i + 1 + place;
                let square = if distance.is_nan() {
                    1.0
                } else {
                    distance * distance
                };
                for q in 0..BLOCK {
                    image[i][q] += square * vectors[j][q];
                    image[j][q] += square * vectors[i][q];
                }
            }
        }
        for q in 0..BLOCK {
            let sum: f64 = vectors.iter().map(|v| v[q]).sum();
            let weighted: f64 = vectors.iter().zip(&self.means).map(|(v, mean)| v[q] * mean).sum();
            for (row, mean) in image.iter_mut().zip(&self.means) {
                row[q] = -0.5 * (row[q] - mean * sum - weighted + self.mean * sum);
            }
        }
        image
    }
}

/// Gram and Schmidt; a vector that is nothing but the others becomes 0.
fn orthonormal(vectors: &mut Rows) {
    for q in 0..BLOCK {
        // Twice, or rounding leaves something of the earlier ones.
        for _ in 0..2 {
            for p in 0..q {
                let shared: f64 = vectors.iter().map(|v| v[p] * v[q]).sum();
                vectors.iter_mut().for_each(|v| v[q] -= shared * v[p]);
            }
        }
        let length = vectors.iter().map(|v| v[q] * v[q]).sum::<f64>().sqrt();
        let scale = if length > 1e-12 { 1.0 / length } else { 0.0 };
        vectors.iter_mut().for_each(|v| v[q] *= scale);
    }
}

fn inner(a: &Rows, b: &Rows) -> Square {
    let mut product = [[0.0; BLOCK]; BLOCK];
    for (a, b) in a.iter().zip(b) {
        for p in 0..BLOCK {
            for q in 0..BLOCK {
                product[p][q] += a[p] * b[q];
            }
        }
    }
    product
}

fn turned(vectors: &Rows, turns: &Square) -> Rows {
    let turn = |v: &[f64; BLOCK]| std::array::from_fn(|q| (0..BLOCK).map(|p| v[p] * turns[p][q]).sum());
    vectors.iter().map(turn).collect()
}

/// Eigenvalues, greatest first, and eigenvectors as columns, of a symmetric matrix: Jacobi's turns.
fn eigen(mut matrix: Square) -> ([f64; BLOCK], Square) {
    let mut vectors: Square = std::array::from_fn(|p| std::array::from_fn(|q| f64::from(u8::from(p == q))));
    for _ in 0..30 {
        for p in 0..BLOCK {
            for q in p + 1..BLOCK {
                turn(&mut matrix, &mut vectors, p, q);
            }
        }
    }
    let mut order: [usize; BLOCK] = std::array::from_fn(|q| q);
    order.sort_by(|a, b| matrix[*b][*b].total_cmp(&matrix[*a][*a]));
    let sorted = std::array::from_fn(|p| std::array::from_fn(|q| vectors[p][order[q]]));
    (order.map(|q| matrix[q][q]), sorted)
}

/// Turns the plane of `p` and `q` so that their entry vanishes.
fn turn(matrix: &mut Square, vectors: &mut Square, p: usize, q: usize) {
    let entry = (matrix[p][q] + matrix[q][p]) / 2.0;
    if entry.abs() < 1e-300 {
        return;
    }
    let angle = 0.5 * (2.0 * entry).atan2(matrix[q][q] - matrix[p][p]);
    let (sin, cos) = angle.sin_cos();
    let rotate = |a: f64, b: f64| (cos * a - sin * b, sin * a + cos * b);
    for row in matrix.iter_mut().chain(vectors.iter_mut()) {
        (row[p], row[q]) = rotate(row[p], row[q]);
    }
    let (upper, lower) = matrix.split_at_mut(q);
    for (a, b) in upper[p].iter_mut().zip(&mut lower[0]) {
        (*a, *b) = rotate(*a, *b);
    }
}

fn point_outward(places: &mut [(f64, f64)]) {
    let farthest = |axis: fn(&(f64, f64)) -> f64, places: &[(f64, f64)]| {
        let far = |best: f64, next: f64| {
            if next.abs() > best.abs() + 1e-9 {
                next
            } else {
                best
            }
        };
        places.iter().map(axis).fold(0.0, far)
    };
    let signs = (farthest(|p| p.0, places), farthest(|p| p.1, places));
    for place in places {
        place.0 *= if signs.0 < 0.0 { -1.0 } else { 1.0 };
        place.1 *= if signs.1 < 0.0 { -1.0 } else { 1.0 };
    }
}

fn stress(distances: &Distances, places: &[(f64, f64)]) -> Option<f64> {
    let (mut wrong, mut all) = (0.0, 0.0);
    for (i, j, distance) in distances.pairs() {
        let drawn = (places[i].0 - places[j].0).hypot(places[i].1 - places[j].1);
        wrong += (distance - drawn).powi(2);
        all += distance * distance;
    }
    (all > 0.0).then(|| (wrong / all).sqrt())
}
