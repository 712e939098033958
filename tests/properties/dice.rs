//! Chances that fall the same way on every machine: a seed gives the whole run.

/// A generator of numbers (splitmix64).
#[derive(Clone, Debug)]
pub(crate) struct Dice {
    state: u64,
}

impl Dice {
    pub(crate) const fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    const fn roll(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number under `end`; nought where there is none.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(1).max(1);
        usize::try_from(self.roll() % end).unwrap_or(0)
    }

    /// A number from `first` to `last`, both included.
    pub(crate) fn between(&mut self, first: usize, last: usize) -> usize {
        first + self.below(last - first + 1)
    }

    /// True once in so many times.
    pub(crate) fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    #[expect(
        clippy::indexing_slicing,
        reason = "nothing can be picked from nothing: a mistake of the test's author"
    )]
    pub(crate) fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }

    /// So many of these, in their order; all where there are fewer.
    pub(crate) fn some<T: Clone>(&mut self, from: &[T], count: usize) -> Vec<T> {
        let mut left = count.min(from.len());
        let mut chosen = Vec::new();
        for (place, one) in from.iter().enumerate() {
            if self.below(from.len() - place) < left {
                left -= 1;
                chosen.push(one.clone());
            }
        }
        chosen
    }

    pub(crate) fn shuffle<T>(&mut self, order: &mut [T]) {
        for place in (1..order.len()).rev() {
            let other = self.below(place + 1);
            order.swap(place, other);
        }
    }
}
