//! How well each case sits in its group (R37).
//!
//! s = (b - a) / max(a, b): a the mean distance to the others of its group, b the least mean distance to another
//! group; 0 for a case alone (Rousseeuw 1987). From -1, elsewhere it would sit better, to 1. Pairs without a distance
//! are left out of the means. Reading of the mean (Kaufman and Rousseeuw 1990): above 0.70 strong, above 0.50
//! reasonable, above 0.25 weak, else no substantial structure.
//!
//! Worked ({A, B, D}, {C} of `linkage`): 0.409314, 0.576923, 0.324074, 0; mean 0.327578.

use super::distance::{Distances, step};
use super::grouping::Grouping;
use super::linkage::Dendrogram;
use super::medoids::k_medoids;
use serde::{Deserialize, Serialize};

/// How one case sits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Fit {
    /// -1 to 1.
    pub silhouette: f64,
    /// The other group that is nearest; none where there is no other.
    pub neighbour: Option<usize>,
}

/// What a mean silhouette says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Reading {
    #[serde(rename = "no-substantial-structure")]
    NoStructure,
    Weak,
    Reasonable,
    Strong,
}

impl Reading {
    /// Of a mean silhouette.
    pub fn of(mean: f64) -> Self {
        match mean {
            m if m > 0.70 => Reading::Strong,
            m if m > 0.50 => Reading::Reasonable,
            m if m > 0.25 => Reading::Weak,
            _ => Reading::NoStructure,
        }
    }

    /// The word for it in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Reading::NoStructure => "no-substantial-structure",
            Reading::Weak => "weak",
            Reading::Reasonable => "reasonable",
            Reading::Strong => "strong",
        }
    }
}

/// How each case sits, in order.
pub fn silhouettes(distances: &Distances, grouping: &Grouping) -> Vec<Fit> {
    let (n, k) = (distances.len(), grouping.groups);
    let mut sums = vec![(0.0_f64, 0_u32); n * k];
    let mut add = |case: usize, group: usize, distance: f64| {
        let (sum, count) = &mut sums[case * k + group];
        *sum += distance;
        *count += 1;
    };
    for (i, j, distance) in distances.pairs() {
        add(i, grouping.labels[j], distance);
        add(j, grouping.labels[i], distance);
    }
    let mean = |(sum, count): (f64, u32)| (count > 0).then(|| sum / f64::from(count));
    let means: Vec<Option<f64>> = sums.into_iter().map(mean).collect();
    (0..n)
        .map(|case| fit(&means[case * k..(case + 1) * k], grouping.labels[case]))
        .collect()
}

/// From the mean distance to each group.
pub(super) fn fit(means: &[Option<f64>], own: usize) -> Fit {
    let others = means.iter().enumerate().filter(|(group, _)| *group != own);
    let other = others
        .filter_map(|(group, mean)| Some((group, (*mean)?)))
        .min_by(|a, b| step(a.1).total_cmp(&step(b.1)));
    let silhouette = match (means[own], other) {
        (Some(a), Some((_, b))) if a.max(b) > 0.0 => (b - a) / a.max(b),
        _ => 0.0,
    };
    Fit {
        silhouette,
        neighbour: other.map(|(group, _)| group),
    }
}

/// The mean; none without a case.
pub fn mean(fits: &[Fit]) -> Option<f64> {
    (!fits.is_empty()).then(|| fits.iter().map(|fit| fit.silhouette).sum::<f64>() / fits.len() as f64)
}

/// How groups are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Method {
    #[default]
    #[serde(rename = "average")]
    AverageLinkage,
    #[serde(rename = "medoids")]
    KMedoids,
}

/// One number of groups tried.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub struct CurvePoint {
    pub grouping: Grouping,
    pub mean_silhouette: f64,
}

/// The tender's limit of models, and so of groups that are tried.
pub const GROUPS_TRIED: std::ops::RangeInclusive<usize> = 2..=15;

/// The curve over numbers of groups, a point at a time, so that whoever asks can stop. Numbers above that of the
/// cases are left out. The tree is needed for average linkage alone.
pub fn curve<'a>(
    distances: &'a Distances,
    tree: &'a Dendrogram,
    method: Method,
    groups: impl IntoIterator<Item = usize> + 'a,
) -> impl Iterator<Item = (usize, CurvePoint)> + 'a {
    let possible = groups.into_iter().filter(|k| (1..=distances.len()).contains(k));
    possible.map(move |k| {
        let grouping = match method {
            Method::AverageLinkage => tree.cut(k),
            Method::KMedoids => k_medoids(distances, k).grouping(),
        };
        let mean_silhouette = mean(&silhouettes(distances, &grouping)).unwrap_or_default();
        let point = CurvePoint {
            grouping,
            mean_silhouette,
        };
        (k, point)
    })
}

/// The number of groups with the highest mean silhouette, the lowest of several.
pub fn suggested(curve: &[(usize, CurvePoint)]) -> Option<usize> {
    let best = curve.iter().reduce(|best, next| {
        if next.1.mean_silhouette > best.1.mean_silhouette + 1e-12 {
            next
        } else {
            best
        }
    });
    best.map(|(k, _)| *k)
}
