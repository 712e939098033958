//! Which route would be recommended, for commissions of which all facts are known: one that is open
//! while no open one is preferred to it. Told as meetings of sets, for the set of all such
//! commissions may be past any budget.

use super::diagram::{GaveUp, Set};
use super::logic::Logic;
use super::meeting::Meeting;
use crate::pack::{Candidate, RouteId};

/// The routes that some commission opens.
pub(super) struct Ranked {
    rows: Vec<Row>,
}

/// A route with what may come before it.
struct Row {
    route: RouteId,
    open: Set,
    /// For each preference and each better route, where that is open and preferred.
    beaten: Vec<Set>,
}

/// Ranks the routes by the preferences.
pub(super) fn ranked(logic: &Logic<'_>) -> Result<Ranked, GaveUp> {
    let row = |route| Row { route, open: logic.route(route).yes, beaten: Vec::new() };
    let mut rows: Vec<Row> = logic.book().routes.ids().map(row).collect();
    rows.retain(|row| !row.open.is_nothing());
    for (id, preference) in logic.book().preferences.iter() {
        let of = |candidates: &[Candidate]| -> Vec<RouteId> {
            let routes = rows.iter().map(|row| row.route);
            routes.filter(|route| candidates.contains(&Candidate::Route(*route))).collect()
        };
        let (above, below) = (of(&preference.above), of(&preference.below));
        if above.is_empty() || below.is_empty() {
            continue;
        }
        let holds = logic.preference(id)?.yes;
        for better in above {
            let beats = logic.diagrams.and(&holds, &logic.route(better).yes)?;
            let is_beaten = |row: &&mut Row| row.route != better && below.contains(&row.route);
            for row in rows.iter_mut().filter(is_beaten) {
                if !beats.is_nothing() && !row.beaten.contains(&beats) {
                    row.beaten.push(beats.clone());
                }
            }
        }
    }
    Ok(Ranked { rows })
}

impl Ranked {
    /// The routes that some commission opens, each with the commissions for which it comes out
    /// unbeaten.
    pub(super) fn unbeaten(&self) -> impl Iterator<Item = (RouteId, Meeting)> {
        self.rows.iter().map(|row| (row.route, row.unbeaten()))
    }

    /// Whether a route comes out unbeaten whatever the commission.
    pub(super) fn is_surely_unbeaten(&self, route: RouteId) -> bool {
        let row = self.rows.iter().find(|row| row.route == route);
        row.is_some_and(|row| row.open.is_everything() && row.beaten.is_empty())
    }

    /// The route that alone comes out unbeaten whatever the commission, if one does.
    pub(super) fn sure(&self, logic: &Logic<'_>) -> Result<Option<RouteId>, GaveUp> {
        let is_sure = |row: &&Row| self.is_surely_unbeaten(row.route);
        let Some(sure) = self.rows.iter().find(is_sure).map(|row| row.route) else {
            return Ok(None);
        };
        for (other, unbeaten) in self.unbeaten() {
            if other != sure && unbeaten.first(&logic.diagrams)?.is_some() {
                return Ok(None);
            }
        }
        Ok(Some(sure))
    }

    /// Meetings of which every commission for which this route does not come out unbeaten alone is
    /// in one at least.
    pub(super) fn otherwise(&self, route: RouteId) -> Vec<Meeting> {
        let Some(own) = self.rows.iter().find(|row| row.route == route) else {
            return vec![Meeting::default()];
        };
        let beaten = own.beaten.iter().map(|beaten| Meeting::of(beaten.clone()));
        let others = self.unbeaten().filter(|(other, _)| *other != route);
        let closed = Meeting::default().outside(own.open.clone());
        std::iter::once(closed).chain(beaten).chain(others.map(|(_, met)| met)).collect()
    }
}

impl Row {
    fn unbeaten(&self) -> Meeting {
        let open = Meeting::of(self.open.clone());
        self.beaten.iter().fold(open, |met, beaten| met.outside(beaten.clone()))
    }
}
