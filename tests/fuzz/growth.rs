//! A corpus made anew: no input that shows nothing of its own, and every input as small as it can be
//! for what it is kept for.

use std::cmp::Reverse;

use super::corpus::{self, Kept};
use super::shrinking::shrunk;
use super::targets::Shown;
use super::trying::{Search, Target, Until, outcome};

/// The changes that are tried for something new where no time is given.
const CASES: usize = 20_000;

/// Takes out of a corpus what shows nothing of its own, then adds what does: seeds, and what a search
/// finds.
pub(super) fn grow(target: &Target) {
    let mut search = Search::new(target);
    let mut left: Vec<_> = corpus::kept(target)
        .into_iter()
        .map(|input| (search.shows(&input.bytes, &input.name), input))
        .collect();
    // Each time the input that shows the most that none kept does: few inputs are needed so.
    let is_failure = |input: &Kept| input.name.starts_with(corpus::ONCE_FAILED);
    while !left.is_empty() {
        left.sort_by_key(|(shown, input)| {
            let n_new = shown.difference(&search.shown).count();
            (is_failure(input), n_new, Reverse(input.bytes.len()))
        });
        let Some((shown, input)) = left.pop() else { break };
        if shown.is_subset(&search.shown) && !is_failure(&input) {
            corpus::drop(target, &input.name);
        } else {
            search.shown.extend(shown);
            search.pool.push(input.bytes);
        }
    }
    for (number, seed) in (target.seeds)().into_iter().enumerate() {
        let new = search.put(&seed, &format_args!("seed {number}"));
        keep(target, &mut search, &seed, &new);
    }
    let mut found = Vec::new();
    search.go_on(&Until::asked().unwrap_or(Until::Cases(CASES)), &mut |input, new| {
        found.push((input.to_vec(), new.clone()));
    });
    for (input, new) in found {
        keep(target, &mut search, &input, &new);
    }
}

/// Keeps the smallest input like this one that still shows what is new.
fn keep(target: &Target, search: &mut Search<'_>, input: &[u8], new: &Shown) {
    let Some(first) = new.first() else { return };
    let smallest =
        shrunk(input, &mut |less| outcome(target, less).is_ok_and(|shown| shown.is_superset(new)));
    corpus::keep(target, first, &smallest);
    search.pool.push(smallest);
}
