//! The fewest known facts that by themselves force the recommendation.
//!
//! Found as a smallest hitting set: each commission that differs from the one at hand in a few
//! facts and has another answer shows that one of those facts is needed.

use std::collections::{BTreeMap, BTreeSet};

use super::super::diagram::{Bit, GaveUp, Set};
use super::case::Case;
use super::nearest::nearest;
use crate::decide::Answer;
use crate::pack::FactId;

/// How many ways of changing the answer are looked at before it is given up.
const N_WAYS_MAX: usize = 200;

pub(super) fn essence(case: &Case<'_, '_>, answer: &Answer<'_>) -> Result<Vec<FactId>, GaveUp> {
    let forced = match (case.recommended()?, answer.route()) {
        (Some(route), _) => vec![case.logic.first(route)?.not()],
        (None, None) if case.is_all_barred() => {
            let routes = case.logic.book().routes.ids();
            routes.map(|route| case.logic.route(route).yes).collect()
        }
        _ => return Ok(Vec::new()),
    };
    let here: BTreeMap<usize, usize> = case
        .fixed
        .iter()
        .map(|(place, bits)| {
            let code = bits.iter().fold(0, |code, (_, is_yes)| code << 1 | usize::from(*is_yes));
            (*place, code)
        })
        .collect();
    let needed = smallest(case, &here, &forced)?;
    Ok(needed
        .into_iter()
        .flat_map(|place| case.members(place))
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect())
}

/// The fewest dimensions that, being as they are, keep the commission out of every set.
fn smallest(
    case: &Case<'_, '_>,
    here: &BTreeMap<usize, usize>,
    others: &[Set],
) -> Result<BTreeSet<usize>, GaveUp> {
    let mut ways: Vec<BTreeSet<usize>> = Vec::new();
    loop {
        let kept = hitting(&ways);
        let fixed = |kept: &BTreeSet<usize>| -> Vec<(Bit, bool)> {
            kept.iter().filter_map(|place| case.fixed.get(place)).flatten().copied().collect()
        };
        let mut found = false;
        // Ways that share no fact with those found in the same round are found at once.
        let mut all = kept.clone();
        loop {
            let given = fixed(&all);
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
