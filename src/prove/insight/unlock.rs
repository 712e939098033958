//! What would open each barred route, by the fewest changes to facts that the authority may choose.

use std::collections::{BTreeMap, BTreeSet};

use super::super::diagram::{Bit, GaveUp, Set};
use super::case::Case;
use super::nearest::{Changes, nearest};
use super::{Opening, Unlock};
use crate::decide::{Answer, Standing};
use crate::pack::{FactId, RouteId, Value};

pub(super) fn unlock(case: &Case<'_>, answer: &Answer<'_>) -> Result<Vec<Unlock>, GaveUp> {
    let free = Free::new(case);
    let barred = answer.routes.iter().filter(|finding| finding.standing == Standing::Barred);
    let in_force = barred.filter(|finding| {
        let pack = case.logic.book().routes[finding.route].pack;
        case.logic.view.is_pack_in_force(pack)
    });
    let unlock = |route: RouteId| {
        let opening = opening(case, &free, route).unwrap_or(Opening::GaveUp);
        Unlock { route, opening }
    };
    Ok(in_force.map(|finding| unlock(finding.route)).collect())
}

/// What is free when the authority considers what it might choose otherwise.
struct Free {
    /// The bits of all that it may not choose and that is known.
    given: Vec<(Bit, bool)>,
    /// The bits of what is neither known nor its to choose.
    unknown: Vec<Bit>,
    /// The cell of each choosable dimension that is known.
    here: BTreeMap<usize, usize>,
}

impl Free {
    fn new(case: &Case<'_>) -> Self {
        let space = &case.logic.space;
        let is_choosable = |fact: &FactId| case.logic.book().facts[*fact].is_choosable;
        let mut choosable = BTreeSet::new();
        let mut touched = BTreeSet::new();
        // A fact that the authority may choose is known once it has chosen.
        let mut known = Vec::new();
        for (place, dimension) in space.dimensions().iter().enumerate() {
            let facts = case.members(place);
            if dimension.is_known() {
                if facts.iter().any(is_choosable) {
                    known.extend(dimension.code(1));
                }
            } else if dimension.is_relation() {
                // A comparison that a choice can turn is neither kept nor chosen itself.
                if facts.iter().any(is_choosable) {
                    touched.insert(place);
                }
            } else if facts.iter().any(is_choosable) {
                choosable.insert(place);
            }
        }
        let loose: BTreeSet<usize> = choosable.union(&touched).copied().collect();
        let unknown = space.dimensions().iter().enumerate().filter(|(place, _)| {
            touched.contains(place)
                || (!choosable.contains(place) && !case.fixed.contains_key(place))
        });
        let here = choosable.iter().filter_map(|place| {
            let bits = case.fixed.get(place)?;
            let code = bits.iter().fold(0, |code, (_, is_yes)| code << 1 | usize::from(*is_yes));
            Some((*place, code))
        });
        Self {
            given: case.given(&loose).into_iter().chain(known).collect(),
            unknown: unknown.flat_map(|(_, dimension)| dimension.bits()).collect(),
            here: here.collect(),
        }
    }
}

fn opening(case: &Case<'_>, free: &Free, route: RouteId) -> Result<Opening, GaveUp> {
    let truth = case.logic.route(route);
    let open = truth.yes.given(&free.given);
    if open.is_nothing() && truth.gap.given(&free.given).is_nothing() {
        return Ok(Opening::Nothing);
    }
    let surely = case.logic.diagrams.for_all(&open, &free.unknown);
    let is_sure = !surely.is_nothing();
    let within = if is_sure { surely } else { case.logic.diagrams.for_some(&open, &free.unknown) };
    let Some(changes) = nearest(&case.logic.space, &free.here, &within) else {
        return Ok(Opening::GaveUp);
    };
    let changes = values(case, &changes);
    let facts = case.with(&changes);
    let standing = case.trial(&facts).route(route);
    Ok(match standing {
        Standing::Open => Opening::By(changes),
        Standing::Unsettled => {
            let turns_on = case.facts_of([&left(case, &open, &changes)]);
            let unknown = turns_on.into_iter().filter(|fact| facts.get(*fact).is_none());
            let unknown: Vec<FactId> = unknown.collect();
            // With nothing left to turn on it is open, though three values don't show it.
            if is_sure && unknown.is_empty() {
                Opening::By(changes)
            } else {
                Opening::Perhaps(changes, unknown)
            }
        }
        Standing::Barred => Opening::GaveUp,
    })
}

/// What is left of a set once the changes are made.
fn left(case: &Case<'_>, open: &Set, changes: &[(FactId, Value)]) -> Set {
    let (space, number) = (&case.logic.space, case.logic.number());
    let bits = changes.iter().flat_map(|(fact, value)| space.bits(number, *fact, value));
    let here = case.known();
    let changed: Vec<(Bit, bool)> = bits.collect();
    let kept = here.into_iter().filter(|(bit, _)| !changed.iter().any(|(other, _)| other == bit));
    open.given(&kept.chain(changed.iter().copied()).collect::<Vec<_>>())
}

/// The values to change facts to: in the cell to go to, the nearest to what is known.
fn values(case: &Case<'_>, changes: &Changes) -> Vec<(FactId, Value)> {
    let logic = &case.logic;
    let mut values = Vec::new();
    for (dimension, cell) in changes {
        for fact in case.members(*dimension) {
            let near = logic.space.nearest_value(
                logic.number(),
                logic.book(),
                (fact, *cell),
                case.facts.get(fact),
            );
            values.extend(near.map(|value| (fact, value)));
        }
    }
    values
}
