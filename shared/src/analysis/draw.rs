//! Chance that can be repeated: numbers that follow from a seed, so that the same question gives the same answer (S1).
//!
//! SplitMix64 (Steele, Lea and Flood 2014): small, and good enough to draw cases; not for secrets. The seed is shown
//! beside whatever was drawn.

/// Draws that follow from a seed.
#[derive(Debug, Clone)]
pub struct Draws(u64);

impl Draws {
    /// The draws of this seed.
    pub fn new(seed: u64) -> Self {
        Draws(seed)
    }

    /// The next 64 bits. The first of seed 0 is 0xe220a8397b1dcdaf.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A whole number below `bound`, each as likely; 0 where `bound` is 0.
    pub fn below(&mut self, bound: usize) -> usize {
        let bound = bound as u64;
        if bound == 0 {
            return 0;
        }
        // The last, incomplete stretch of numbers would favour the low ones.
        let fair = u64::MAX - u64::MAX % bound;
        loop {
            let bits = self.bits();
            if bits < fair {
                return (bits % bound) as usize;
            }
        }
    }

    /// `count` different ones of `from`, or all in some order where there are no more.
    pub fn sample(&mut self, from: &[usize], count: usize) -> Vec<usize> {
        let mut pool = from.to_vec();
        let count = count.min(pool.len());
        for place in 0..count {
            let other = place + self.below(pool.len() - place);
            pool.swap(place, other);
        }
        pool.truncate(count);
        pool
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn s1_a_seed_gives_the_published_numbers() {
        let mut draws = Draws::new(0);
        assert_eq!(
            [draws.bits(), draws.bits()],
            [0xe220_a839_7b1d_cdaf, 0x6e78_9e6a_a1b9_65f4]
        );
        let mut sample = Draws::new(7).sample(&[3, 5, 8, 9], 9);
        sample.sort_unstable();
        assert_eq!(sample, [3, 5, 8, 9]);
        assert_eq!(Draws::new(7).below(0), 0);
    }
}
