//! What would open each barred route, by the fewest changes to facts that the authority may choose.

use std::collections::{BTreeMap, BTreeSet};

use super::super::diagram::{Bit, GaveUp, Set};
use super::case::{Case, fixed};
use super::nearest::{Changes, nearest};
use super::{Opening, Unlock};
use crate::decide::{Answer, Standing};
use crate::facts::Facts;
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
    let within = if surely.is_nothing() {
        case.logic.diagrams.for_some(&open, &free.unknown)
    } else {
        surely
    };
    let Some(changes) = nearest(&case.logic.space, &free.here, &within) else {
        return Ok(Opening::GaveUp);
    };
    let changes = values(case, &changes);
    let facts = case.with(&changes);
    let standing = case.trial(&facts).route(route);
    Ok(match standing {
        Standing::Open => Opening::By(changes),
        Standing::Unsettled => {
            let left = left(case, &open, &facts);
            // With nothing left to turn on it is open, though three values don't show it.
            if left.is_everything() {
                return Ok(Opening::By(changes));
            }
            let turns_on = case.facts_of([&left]).into_iter();
            let unknown = turns_on.filter(|fact| facts.get(*fact).is_none());
            Opening::Perhaps(changes, unknown.collect())
        }
        Standing::Barred => Opening::GaveUp,
    })
}

/// What is left of a set once the changes are made, comparisons with the changed facts being worked
/// out anew.
fn left(case: &Case<'_>, open: &Set, facts: &Facts) -> Set {
    let known: Vec<(Bit, bool)> = fixed(&case.logic, facts).into_values().flatten().collect();
    open.given(&known)
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
