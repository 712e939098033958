//! Which route would be recommended, as sets: where each is open and none open is preferred to it.

use super::diagram::{GaveUp, Set};
use super::logic::Logic;
use crate::pack::{Candidate, RouteId};

/// The routes with the commissions in which each comes out unbeaten.
pub(super) struct Ranked {
    /// Every route that some commission opens, with those in which it is open and no open route is
    /// preferred to it.
    pub(super) unbeaten: Vec<(RouteId, Set)>,
}

/// Ranks the routes by the preferences, for commissions of which all facts are known.
pub(super) fn ranked(logic: &Logic<'_>) -> Result<Ranked, GaveUp> {
    let open = |route: RouteId| logic.route(route).yes;
    let mut routes: Vec<(RouteId, Set)> =
        logic.book().routes.ids().map(|route| (route, open(route))).collect();
    routes.retain(|(_, open)| !open.is_nothing());
    let mut unbeaten = routes.clone();
    for (id, preference) in logic.book().preferences.iter() {
        let of = |candidates: &[Candidate]| -> Vec<usize> {
            let is_of = |(_, (route, _)): &(usize, &(RouteId, Set))| {
                candidates.contains(&Candidate::Route(*route))
            };
            routes.iter().enumerate().filter(is_of).map(|(place, _)| place).collect()
        };
        let (above, below) = (of(&preference.above), of(&preference.below));
        if above.is_empty() || below.is_empty() {
            continue;
        }
        let holds = logic.preference(id)?.yes;
        for better in above {
            let Some((better, open)) = routes.get(better) else { continue };
            let beats = logic.diagrams.and(&holds, open)?;
            for worse in &below {
                let Some((route, left)) = unbeaten.get_mut(*worse) else { continue };
                if route != better {
                    *left = logic.diagrams.minus(left, &beats)?;
                }
            }
        }
    }
    Ok(Ranked { unbeaten })
}

impl Ranked {
    /// The commissions in which a route alone is unbeaten.
    pub(super) fn first(&self, logic: &Logic<'_>, route: RouteId) -> Result<Set, GaveUp> {
        let own = self.unbeaten.iter().find(|(other, _)| *other == route);
        let Some((_, own)) = own else { return Ok(logic.diagrams.nothing()) };
        let mut first = own.clone();
        for (_, other) in self.unbeaten.iter().filter(|(other, _)| *other != route) {
            first = logic.diagrams.minus(&first, other)?;
        }
        Ok(first)
    }
}
