//! Inputs made smaller, so long as what they are kept for still holds of them.

/// As often as a smaller input is tried.
const TRIES_MAX: usize = 3_000;

/// The smallest input found of which this still holds: runs are taken out, long ones first.
pub(super) fn shrunk(bytes: &[u8], holds: &mut dyn FnMut(&[u8]) -> bool) -> Vec<u8> {
    let mut smallest = bytes.to_vec();
    let mut n_tries = 0;
    let mut length = smallest.len().div_ceil(2);
    while length > 0 && n_tries < TRIES_MAX {
        let mut place = 0;
        let mut is_smaller = false;
        while place < smallest.len() && n_tries < TRIES_MAX {
            let end = (place + length).min(smallest.len());
            let mut less = smallest.clone();
            less.drain(place..end);
            n_tries += 1;
            if holds(&less) {
                smallest = less;
                is_smaller = true;
            } else {
                place += length;
            }
        }
        if !is_smaller || length > 1 {
            length /= 2;
        }
    }
    smallest
}
