//! The fewest known facts that by themselves force the recommendation.
//!
//! Found as a smallest hitting set: each commission that differs from the one at hand in a few
//! facts and has another answer shows that one of those facts is needed.

use std::collections::{BTreeMap, BTreeSet};

use super::super::diagram::{Bit, GaveUp};
use super::super::meeting::Fixed;
use super::case::{Case, Settled};
use super::nearest::nearest;
use crate::pack::FactId;

/// How many ways of changing the answer are looked at before it is given up.
const N_WAYS_MAX: usize = 200;

pub(super) fn essence(case: &Case<'_>) -> Result<Vec<FactId>, GaveUp> {
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
    case: &Case<'_>,
    settled: Settled,
    here: &BTreeMap<usize, usize>,
) -> Result<BTreeSet<usize>, GaveUp> {
    let mut ways = alone(case, settled)?;
    loop {
        let kept = hitting(&ways);
        let others = settled.otherwise(&case.logic.given(&bits(case, &kept)))?;
        let mut found = false;
        // Ways that share no fact with those found in the same round are found at once.
        let mut all = kept.clone();
        loop {
            let given = bits(case, &all);
            let mut way = None;
            for met in &others {
                let left = met.narrowed(&given).all(&case.logic.diagrams)?;
                way = nearest(&case.logic.space, here, &left);
                if way.is_some() {
                    break;
                }
            }
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

/// The dimensions each of which alone, all others being as they are, can change the answer: a way
/// each.
///
/// These come first because they are soon found, and with all of them kept little is left to look
/// at.
fn alone(case: &Case<'_>, settled: Settled) -> Result<Vec<BTreeSet<usize>>, GaveUp> {
    let otherwise = settled.otherwise(&case.logic)?;
    let mut known = Fixed::of(&case.known());
    let mut ways = Vec::new();
    for (place, bits) in &case.fixed {
        bits.iter().for_each(|(bit, _)| known.put(*bit, None));
        for met in &otherwise {
            if met.first_of(&case.logic.diagrams, &known)?.is_some() {
                ways.push(BTreeSet::from([*place]));
                break;
            }
        }
        bits.iter().for_each(|(bit, is_yes)| known.put(*bit, Some(*is_yes)));
    }
    Ok(ways)
}

/// What these dimensions are known to be.
fn bits(case: &Case<'_>, places: &BTreeSet<usize>) -> Vec<(Bit, bool)> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_many_ways_that_share_nothing_one_member_each_is_soon_found() {
        let ways: Vec<BTreeSet<usize>> =
            (0..32).map(|way| BTreeSet::from([2 * way, 2 * way + 1])).collect();
        assert_eq!(hitting(&ways), (0..32).map(|way| 2 * way).collect());
    }

    #[test]
    fn a_member_of_several_ways_is_found_before_one_of_each() {
        let ways = [[0, 1], [2, 3], [1, 3], [1, 4], [3, 4]].map(BTreeSet::from);
        assert_eq!(hitting(&ways), BTreeSet::from([1, 3]));
    }
}
