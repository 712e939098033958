//! The fewest known facts that by themselves force the recommendation.
//!
//! Found as a smallest hitting set: each commission that differs from the one at hand in a few
//! facts and has another answer shows that one of those facts is needed.

use std::collections::{BTreeMap, BTreeSet};

use super::super::diagram::{Bit, GaveUp};
use super::super::logic::Logic;
use super::case::{Case, Settled};
use super::nearest::nearest;
use crate::pack::FactId;

/// How many ways of changing the answer are looked at before it is given up.
const N_WAYS_MAX: usize = 200;

pub(super) fn essence(case: &Case<'_, '_>) -> Result<Vec<FactId>, GaveUp> {
    let Some(settled) = case.settled()? else { return Ok(Vec::new()) };
    let here: BTreeMap<usize, usize> = case
        .fixed
        .iter()
        .map(|(place, bits)| {
            let code = bits.iter().fold(0, |code, (_, is_yes)| code << 1 | usize::from(*is_yes));
            (*place, code)
        })
        .collect();
    let needed = smallest(case, settled, &here)?;
    Ok(needed
        .into_iter()
        .flat_map(|place| case.members(place))
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect())
}

/// The fewest dimensions that, being as they are, leave no other answer.
fn smallest(
    case: &Case<'_, '_>,
    settled: Settled,
    here: &BTreeMap<usize, usize>,
) -> Result<BTreeSet<usize>, GaveUp> {
    let all: Vec<usize> = case.fixed.keys().copied().collect();
    let mut ways = Vec::new();
    alone(case, settled, case.logic, &all, &mut ways)?;
    loop {
        let kept = hitting(&ways);
        let others = settled.otherwise(&case.logic.given(&bits(case, &kept)))?;
        let mut found = false;
        // Ways that share no fact with those found in the same round are found at once.
        let mut all = kept.clone();
        loop {
            let given = bits(case, &all);
            let way = others.iter().find_map(|set| {
                let left = set.given(&given);
                nearest(&case.logic.space, here, &left)
            });
            let Some(way) = way else { break };
            let known: BTreeSet<usize> =
                way.keys().copied().filter(|place| case.fixed.contains_key(place)).collect();
            if known.is_empty() || ways.len() >= N_WAYS_MAX {
                return Err(GaveUp);
            }
            all.extend(&known);
            ways.push(known);
            found = true;
        }
        if !found {
            return Ok(kept);
        }
    }
}

/// The dimensions among these each of which alone, all others being as they are, can change the
/// answer: a way each. `logic` holds all but these to what is known.
///
/// These come first because they are soon found, and with all of them kept little is left to look
/// at: the rules as a whole may be too large to rank.
fn alone(
    case: &Case<'_, '_>,
    settled: Settled,
    logic: &Logic<'_>,
    among: &[usize],
    ways: &mut Vec<BTreeSet<usize>>,
) -> Result<(), GaveUp> {
    if let [place] = among {
        if settled.otherwise(logic)?.iter().any(|set| !set.is_nothing()) {
            ways.push(BTreeSet::from([*place]));
        }
        return Ok(());
    }
    let (first, second) = among.split_at(among.len() / 2);
    for (loose, kept) in [(first, second), (second, first)] {
        if !loose.is_empty() {
            let kept = kept.iter().copied().collect();
            alone(case, settled, &logic.given(&bits(case, &kept)), loose, ways)?;
        }
    }
    Ok(())
}

/// What these dimensions are known to be.
fn bits(case: &Case<'_, '_>, places: &BTreeSet<usize>) -> Vec<(Bit, bool)> {
    places.iter().filter_map(|place| case.fixed.get(place)).flatten().copied().collect()
}

/// A smallest set that shares a member with each of these.
fn hitting(ways: &[BTreeSet<usize>]) -> BTreeSet<usize> {
    let mut best: BTreeSet<usize> = ways.iter().flatten().copied().collect();
    hit(ways, &BTreeSet::new(), &mut best);
    best
}

fn hit(ways: &[BTreeSet<usize>], chosen: &BTreeSet<usize>, best: &mut BTreeSet<usize>) {
    let missed: Vec<&BTreeSet<usize>> = ways.iter().filter(|way| way.is_disjoint(chosen)).collect();
    let Some(next) = missed.iter().min_by_key(|way| way.len()) else {
        if chosen.len() < best.len() {
            best.clone_from(chosen);
        }
        return;
    };
    // Each of so many ways that share nothing needs a member of its own.
    let mut apart: BTreeSet<usize> = BTreeSet::new();
    let mut n_apart = 0;
    for way in &missed {
        if way.is_disjoint(&apart) {
            apart.extend(way.iter());
            n_apart += 1;
        }
    }
    if chosen.len() + n_apart >= best.len() {
        return;
    }
    for member in next.iter() {
        let mut more = chosen.clone();
        more.insert(*member);
        hit(ways, &more, best);
    }
}
