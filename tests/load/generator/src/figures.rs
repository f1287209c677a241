//! What is made of many measurements: percentiles, slopes, rounded numbers.

use serde_json::{Value, json};

/// A histogram of latencies in microseconds; a bucket is at most 1.6 % wide.
#[derive(Default, Clone)]
pub struct Latencies {
    counts: Vec<u32>,
    all: u64,
    longest_us: u64,
}

/// Buckets for each power of two.
const STEPS: usize = 64;

impl Latencies {
    pub fn add(&mut self, us: u64) {
        let bucket = bucket(us);
        if self.counts.len() <= bucket {
            self.counts.resize(bucket + STEPS, 0);
        }
        self.counts[bucket] += 1;
        self.all += 1;
        self.longest_us = self.longest_us.max(us);
    }

    pub fn clear(&mut self) {
        *self = Latencies::default();
    }

    /// The latency that a part of all of them (0 to 1) does not exceed, in milliseconds.
    pub fn at(&self, part: f64) -> f64 {
        let rank = ((self.all.max(1) - 1) as f64 * part).round() as u64;
        let mut below = 0;
        for (bucket, count) in self.counts.iter().enumerate() {
            below += u64::from(*count);
            if below > rank {
                return (middle_us(bucket).min(self.longest_us)) as f64 / 1000.0;
            }
        }
        0.0
    }

    pub fn summary(&self) -> Value {
        if self.all == 0 {
            return json!({"n": 0});
        }
        json!({
            "n": self.all, "p50_ms": self.at(0.5), "p95_ms": self.at(0.95), "p99_ms": self.at(0.99),
            "max_ms": self.longest_us as f64 / 1000.0,
        })
    }
}

fn bucket(us: u64) -> usize {
    let shift = (64 - us.leading_zeros() as usize).saturating_sub(STEPS.ilog2() as usize + 1);
    STEPS * shift + (us >> shift) as usize
}

fn middle_us(bucket: usize) -> u64 {
    let shift = (bucket / STEPS).saturating_sub(1);
    let low = ((bucket - STEPS * shift) as u64) << shift;
    low + ((1 << shift) >> 1)
}

/// How much `y` rises for one of `x`, by least squares.
pub fn slope(points: &[(f64, f64)]) -> f64 {
    let n = points.len() as f64;
    let mean = |pick: fn(&(f64, f64)) -> f64| points.iter().map(pick).sum::<f64>() / n.max(1.0);
    let (mean_x, mean_y) = (mean(|p| p.0), mean(|p| p.1));
    let spread: f64 = points.iter().map(|p| (p.0 - mean_x).powi(2)).sum();
    let common: f64 = points.iter().map(|p| (p.0 - mean_x) * (p.1 - mean_y)).sum();
    if spread == 0.0 { 0.0 } else { common / spread }
}

/// Three decimals are enough for every figure here.
pub fn short(x: f64) -> f64 {
    (x * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_within_two_percent() {
        let mut latencies = Latencies::default();
        (1..=100_000).for_each(|us| latencies.add(us));
        for (part, ms) in [(0.5, 50.0), (0.95, 95.0), (0.99, 99.0)] {
            assert!(
                (latencies.at(part) / ms - 1.0).abs() < 0.02,
                "{part}: {}",
                latencies.at(part)
            );
        }
        assert_eq!(latencies.summary()["max_ms"], 100.0);
    }

    #[test]
    fn the_slope_of_a_line_is_found() {
        let line: Vec<_> = (0..50)
            .map(|x| (f64::from(x), 3.0 + 0.5 * f64::from(x)))
            .collect();
        assert!((slope(&line) - 0.5).abs() < 1e-9);
        assert_eq!(slope(&[(1.0, 2.0)]), 0.0);
    }
}
