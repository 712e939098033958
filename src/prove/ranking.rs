//! Which route would be recommended, for commissions of which all facts are known: one that is open
//! while no open one is preferred to it. Told as meetings of sets, for the set of all such
//! commissions may be past any budget.
//!
//! Where the rules leave a gap, a route may be open or not and a preference may hold or not: nothing
//! is recommended then that this could change.

use super::diagram::{GaveUp, Set};
use super::logic::{Logic, Truth};
use super::meeting::Meeting;
use crate::pack::{Candidate, RouteId};

/// The routes that some commission opens or may open.
pub(super) struct Ranked {
    rows: Vec<Row>,
}

/// A route with what may come before it.
struct Row {
    route: RouteId,
    open: Set,
    /// Where it is open, or the rules leave that open.
    may_be_open: Set,
    /// For each preference and each better route, where that is open and preferred.
    beaten: Vec<Set>,
    /// The same, with where the rules leave either open.
    may_be_beaten: Vec<Set>,
}

/// Ranks the routes by the preferences.
pub(super) fn ranked(logic: &Logic<'_>) -> Result<Ranked, GaveUp> {
    let mut rows = Vec::new();
    for route in logic.book().routes.ids() {
        let open = logic.route(route);
        let may_be_open = possible(logic, &open)?;
        if !may_be_open.is_nothing() {
            let (beaten, may_be_beaten) = (Vec::new(), Vec::new());
            rows.push(Row { route, open: open.yes, may_be_open, beaten, may_be_beaten });
        }
    }
    for (id, preference) in logic.book().preferences.iter() {
        let of = |candidates: &[Candidate]| -> Vec<RouteId> {
            let routes = rows.iter().map(|row| row.route);
            routes.filter(|route| candidates.contains(&Candidate::Route(*route))).collect()
        };
        let (above, below) = (of(&preference.above), of(&preference.below));
        if above.is_empty() || below.is_empty() {
            continue;
        }
        let holds = logic.preference(id)?;
        for better in above {
            let open = logic.route(better);
            let beats = logic.diagrams.and(&holds.yes, &open.yes)?;
            let may_beat =
                logic.diagrams.and(&possible(logic, &holds)?, &possible(logic, &open)?)?;
            let is_beaten = |row: &&mut Row| row.route != better && below.contains(&row.route);
            for row in rows.iter_mut().filter(is_beaten) {
                add(&mut row.beaten, &beats);
                add(&mut row.may_be_beaten, &may_beat);
            }
        }
    }
    Ok(Ranked { rows })
}

/// Where something holds, or the rules leave open whether it does.
fn possible(logic: &Logic<'_>, truth: &Truth) -> Result<Set, GaveUp> {
    logic.diagrams.or(&truth.yes, &truth.gap)
}

fn add(sets: &mut Vec<Set>, set: &Set) {
    if !set.is_nothing() && !sets.contains(set) {
        sets.push(set.clone());
    }
}

impl Ranked {
    /// The routes that some commission opens, each with the commissions for which it comes out
    /// unbeaten.
    pub(super) fn unbeaten(&self) -> impl Iterator<Item = (RouteId, Meeting)> {
        let opened = self.rows.iter().filter(|row| !row.open.is_nothing());
        opened.map(|row| (row.route, row.unbeaten(&row.open)))
    }

    /// The routes that some commission may open, each with the commissions for which it may come out
    /// unbeaten.
    pub(super) fn perhaps_unbeaten(&self) -> impl Iterator<Item = (RouteId, Meeting)> {
        self.rows.iter().map(|row| (row.route, row.unbeaten(&row.may_be_open)))
    }

    /// Whether a route comes out unbeaten whatever the commission.
    pub(super) fn is_surely_unbeaten(&self, route: RouteId) -> bool {
        let row = self.rows.iter().find(|row| row.route == route);
        row.is_some_and(|row| row.open.is_everything() && row.may_be_beaten.is_empty())
    }

    /// The route that alone comes out unbeaten whatever the commission, if one does.
    pub(super) fn sure(&self, logic: &Logic<'_>) -> Result<Option<RouteId>, GaveUp> {
        let is_sure = |row: &&Row| self.is_surely_unbeaten(row.route);
        let Some(sure) = self.rows.iter().find(is_sure).map(|row| row.route) else {
            return Ok(None);
        };
        for (other, unbeaten) in self.perhaps_unbeaten() {
            if other != sure && unbeaten.first(&logic.diagrams)?.is_some() {
                return Ok(None);
            }
        }
        Ok(Some(sure))
    }

    /// Meetings of which every commission for which this route does not surely come out unbeaten
    /// alone is in one at least.
    pub(super) fn otherwise(&self, route: RouteId) -> Vec<Meeting> {
        let Some(own) = self.rows.iter().find(|row| row.route == route) else {
            return vec![Meeting::default()];
        };
        let beaten = own.may_be_beaten.iter().map(|beaten| Meeting::of(beaten.clone()));
        let others = self.perhaps_unbeaten().filter(|(other, _)| *other != route);
        let closed = Meeting::default().outside(own.open.clone());
        std::iter::once(closed).chain(beaten).chain(others.map(|(_, met)| met)).collect()
    }
}

impl Row {
    /// Those of some commissions for which it is not surely beaten.
    fn unbeaten(&self, open: &Set) -> Meeting {
        let open = Meeting::of(open.clone());
        self.beaten.iter().fold(open, |met, beaten| met.outside(beaten.clone()))
    }
}
