//! How much raters agree on a scale with an end at both sides.
//!
//! * Consensus Cns = 1 + Σ p_i log2(1 - |X_i - μ| / d), d the width of the scale (4 for 1–5): 1 all alike, 0 split
//!   between the poles (Tastle and Wierman 2007). Label: 0.75 and above agree, 0.5 and above partly, below split.
//! * r_WG = 1 - s²/σ², σ² = (A² - 1)/12 for A steps (2 for 1–5), s² with n - 1 (James, Demaree and Wolf 1984); may be
//!   below 0, shown as 0.
//! * Median, quartiles (linear between ratings, Hyndman and Fan 1996, type 7) and their range, in steps of the scale.
//!
//! Worked on 1–5: 4,4,4,4,4 → 1; 1,5,1,5,1,5 → 0; 1,2,3,4,5 → 0.433985; 2,2,5,5,5,2,4 → 0.394934 with median 4: the
//! median alone misleads.

use serde::Serialize;

/// What ratings say together. Units: steps of the scale, but for the two shares.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)]
pub struct Consensus {
    pub n: usize,
    pub mean: f64,
    pub median: f64,
    pub quartiles: (f64, f64),
    /// 0 to 1.
    pub consensus: f64,
    /// At most 1; none for a single rating.
    pub within_group: Option<f64>,
}

impl Consensus {
    /// Interquartile range.
    pub fn quartile_range(&self) -> f64 {
        self.quartiles.1 - self.quartiles.0
    }

    /// What the consensus is called.
    pub fn label(&self) -> Label {
        match self.consensus {
            c if c >= 0.75 => Label::Agree,
            c if c >= 0.5 => Label::Partly,
            _ => Label::Split,
        }
    }
}

/// What a consensus is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum Label {
    Agree,
    Partly,
    Split,
}

/// The consensus of ratings from `low` to `high`, those outside left out; none without a rating or a scale.
pub fn consensus(ratings: &[u8], low: u8, high: u8) -> Option<Consensus> {
    let mut rated: Vec<f64> = ratings
        .iter()
        .filter(|r| (low..=high).contains(r))
        .map(|r| f64::from(*r))
        .collect();
    if rated.is_empty() || low >= high {
        return None;
    }
    rated.sort_by(f64::total_cmp);
    let n = rated.len() as f64;
    let mean = rated.iter().sum::<f64>() / n;
    let width = f64::from(high - low);
    let doubt = rated
        .iter()
        .map(|r| (1.0 - (r - mean).abs() / width).log2())
        .sum::<f64>()
        / n;
    let squares: f64 = rated.iter().map(|r| (r - mean).powi(2)).sum();
    let by_chance = ((width + 1.0).powi(2) - 1.0) / 12.0;
    Some(Consensus {
        n: rated.len(),
        mean,
        median: quantile(&rated, 0.5),
        quartiles: (quantile(&rated, 0.25), quantile(&rated, 0.75)),
        consensus: (1.0 + doubt).clamp(0.0, 1.0),
        within_group: (rated.len() > 1).then(|| 1.0 - squares / (n - 1.0) / by_chance),
    })
}

/// Of rising numbers, at least one.
fn quantile(rising: &[f64], share: f64) -> f64 {
    let place = (rising.len() - 1) as f64 * share;
    let (below, part) = (place.floor() as usize, place.fract());
    let above = (below + 1).min(rising.len() - 1);
    rising[below] + (rising[above] - rising[below]) * part
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_rating_and_one_rating() {
        assert_eq!(consensus(&[], 1, 5), None);
        assert_eq!(consensus(&[9], 1, 5), None);
        let one = consensus(&[4], 1, 5).unwrap();
        assert_eq!((one.consensus, one.within_group, one.median), (1.0, None, 4.0));
        assert_eq!(one.label(), Label::Agree);
    }

    #[test]
    fn quartiles_lie_between_ratings() {
        let four = consensus(&[1, 2, 3, 4], 1, 5).unwrap();
        assert_eq!((four.quartiles, four.median), ((1.75, 3.25), 2.5));
    }
}
