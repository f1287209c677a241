//! Whether a group would come back from other cases of the same kind (R37).
//!
//! Cases are drawn with replacement, as many as there are; those drawn at least once (about 63 %) are grouped anew in
//! the same way. A group's likeness to its best match is Jaccard's |A ∩ B| / |A ∪ B| among the drawn cases; its
//! stability the mean over the resamples in which any of it was drawn (Hennig 2007). Above 0.75 stable, below 0.6 not
//! to be trusted. The same seed gives the same figures.
//!
//! Worked: a group {1, 2, 3} of which 1 and 2 were drawn and came together with 4: 2/3.

use super::distance::Distances;
use super::draw::Draws;
use super::grouping::Grouping;
use super::linkage::average_linkage;
use super::medoids::k_medoids;
use super::silhouette::Method;

/// Resamples that give figures worth showing.
pub const RESAMPLES: usize = 100;
/// Above: stable.
pub const STABLE: f64 = 0.75;
/// Below: not to be trusted.
pub const UNSTABLE: f64 = 0.6;

/// Likeness of each group to its best match in one resample; none where nothing of it was drawn.
pub type Likeness = Vec<Option<f64>>;

/// One resample after the other, so that whoever asks can stop and tell how far it is.
pub fn resamples<'a>(
    distances: &'a Distances,
    grouping: &'a Grouping,
    method: Method,
    seed: u64,
) -> impl Iterator<Item = Likeness> + 'a {
    let mut draws = Draws::new(seed);
    std::iter::repeat_with(move || {
        let drawn = drawn(&mut draws, distances.len());
        let subset = distances.subset(&drawn);
        let again = match method {
            Method::AverageLinkage => average_linkage(subset).cut(grouping.groups),
            Method::KMedoids => k_medoids(&subset, grouping.groups).grouping(),
        };
        best_matches(grouping, &drawn, &again)
    })
}

/// The cases drawn at least once, in the order of the list.
fn drawn(draws: &mut Draws, n: usize) -> Vec<usize> {
    let mut marks = vec![false; n];
    for _ in 0..n {
        marks[draws.below(n)] = true;
    }
    (0..n).filter(|&case| marks[case]).collect()
}

fn best_matches(grouping: &Grouping, drawn: &[usize], again: &Grouping) -> Likeness {
    let mut common = vec![vec![0_usize; again.groups]; grouping.groups];
    for (&case, &new) in drawn.iter().zip(&again.labels) {
        common[grouping.labels[case]][new] += 1;
    }
    let sizes = again.sizes();
    let likeness = |row: &Vec<usize>| {
        let own: usize = row.iter().sum();
        let of_match = |(both, size): (&usize, &usize)| *both as f64 / (own + size - both) as f64;
        (own > 0).then(|| row.iter().zip(&sizes).map(of_match).fold(0.0, f64::max))
    };
    common.iter().map(likeness).collect()
}

/// The mean likeness of each group; none for one that was never drawn.
pub fn mean_likeness(resamples: impl IntoIterator<Item = Likeness>) -> Vec<Option<f64>> {
    let mut sums: Vec<(f64, usize)> = Vec::new();
    for resample in resamples {
        sums.resize(sums.len().max(resample.len()), (0.0, 0));
        for (place, likeness) in resample.into_iter().enumerate() {
            if let Some(likeness) = likeness {
                sums[place].0 += likeness;
                sums[place].1 += 1;
            }
        }
    }
    let mean = |(sum, count): (f64, usize)| (count > 0).then(|| sum / count as f64);
    sums.into_iter().map(mean).collect()
}
