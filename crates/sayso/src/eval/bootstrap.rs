//! How far a figure might lie off for other documents of the same kind: resampling.

/// How many times the documents are drawn anew.
pub(super) const RESAMPLES: usize = 1000;

const STATE: usize = 624;
const SHIFT: usize = 397;

/// The Mersenne Twister MT19937 (Matsumoto and Nishimura 1998), seeded and read as Python's
/// `random.Random` does: the published intervals were drawn with it, and these are the same.
pub(super) struct Twister {
    state: [u32; STATE],
    next: usize,
}

impl Twister {
    /// The generator for a seed, by the authors' `init_by_array` with the seed as only key.
    pub(super) fn new(seed: u32) -> Self {
        let mut state = [0_u32; STATE];
        let mut last = 19_650_218;
        for (i, word) in (0..).zip(state.iter_mut()) {
            if i > 0 {
                last = spread(last, 1_812_433_253).wrapping_add(i);
            }
            *word = last;
        }
        let mut twister = Self { state, next: STATE };
        let mut i = 1;
        for _ in 0..STATE {
            i = twister.stir(i, |word, mixed| {
                (word ^ spread(mixed, 1_664_525)).wrapping_add(seed)
            });
        }
        for _ in 1..STATE {
            let place = i as u32;
            i = twister.stir(i, |word, mixed| {
                (word ^ spread(mixed, 1_566_083_941)).wrapping_sub(place)
            });
        }
        twister.state[0] = 0x8000_0000;
        twister
    }

    /// Changes one word by the one before it; the place of the next.
    fn stir(&mut self, i: usize, change: impl Fn(u32, u32) -> u32) -> usize {
        self.state[i] = change(self.state[i], self.state[i - 1]);
        if i + 1 < STATE {
            return i + 1;
        }
        self.state[0] = self.state[STATE - 1];
        1
    }

    fn word(&mut self) -> u32 {
        if self.next == STATE {
            for i in 0..STATE {
                let both =
                    (self.state[i] & 0x8000_0000) | (self.state[(i + 1) % STATE] & 0x7fff_ffff);
                let odd = if both & 1 == 1 { 0x9908_b0df } else { 0 };
                self.state[i] = self.state[(i + SHIFT) % STATE] ^ (both >> 1) ^ odd;
            }
            self.next = 0;
        }
        let mut word = self.state[self.next];
        self.next += 1;
        word ^= word >> 11;
        word ^= (word << 7) & 0x9d2c_5680;
        word ^= (word << 15) & 0xefc6_0000;
        word ^ (word >> 18)
    }

    /// A number from 0 up to, not including, 1, with 53 random bits.
    fn fraction(&mut self) -> f64 {
        let (high, low) = (self.word() >> 5, self.word() >> 6);
        (f64::from(high) * 67_108_864.0 + f64::from(low)) / 9_007_199_254_740_992.0
    }

    /// A place in a list of that length.
    fn place(&mut self, length: usize) -> usize {
        #[expect(clippy::cast_sign_loss, reason = "a fraction is never negative")]
        let place = (self.fraction() * length as f64) as usize;
        place
    }
}

fn spread(word: u32, factor: u32) -> u32 {
    (word ^ (word >> 30)).wrapping_mul(factor)
}

/// The figure for each resample of the rows, in rising order; a row is a document's counts,
/// and the figure is made from their sums.
pub(super) fn resampled<const N: usize>(
    rows: &[[usize; N]],
    seed: u32,
    figure: impl Fn([usize; N]) -> Option<f64>,
) -> Vec<f64> {
    let mut twister = Twister::new(seed);
    let mut draw = || {
        let mut sums = [0; N];
        for _ in rows {
            let row = rows.get(twister.place(rows.len()));
            for (sum, count) in sums.iter_mut().zip(row.into_iter().flatten()) {
                *sum += count;
            }
        }
        figure(sums)
    };
    let mut values: Vec<f64> = (0..RESAMPLES).filter_map(|_| draw()).collect();
    values.sort_by(f64::total_cmp);
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::float_cmp, reason = "the very same numbers are meant")]
    fn it_draws_what_the_published_algorithm_draws() {
        // The first three and the 1,000th of Python's random.Random(20161108).random().
        let expected = [
            0.834_605_307_631_533_7,
            0.331_142_653_694_009_3,
            0.060_618_556_031_789_78,
            0.483_314_163_038_909_4,
        ];
        let mut twister = Twister::new(20_161_108);
        let first: Vec<f64> = (0..1000).map(|_| twister.fraction()).collect();
        assert_eq!([first[0], first[1], first[2], first[999]], expected);
    }

    #[test]
    fn the_mean_of_a_constant_has_no_spread() {
        let values = resampled(&[[2, 4]; 7], 1, |[a, b]| Some(a as f64 / b as f64));
        assert_eq!(values, vec![0.5; RESAMPLES]);
    }
}
