//! How far each known figure and date may move, all else the same, before the recommendation
//! changes.

use std::collections::BTreeSet;

use super::super::cells::Scale;
use super::super::diagram::{GaveUp, Set};
use super::case::Case;
use super::days::Days;
use super::{Bound, Envelope};
use crate::decide::{Known, Recommendation, Undecided};
use crate::pack::{Condition, FactId, RouteId, Value};
use crate::quantity::Date;

pub(super) fn envelope(case: &Case<'_, '_>, days: &Days<'_>) -> Result<Vec<Envelope>, GaveUp> {
    let Some(settled) = Settled::new(case)? else { return Ok(Vec::new()) };
    let mut envelope = Vec::new();
    for (fact, value) in case.facts.iter() {
        let Some(scale) = case.logic.scale(fact) else { continue };
        let (Some(here), Some(place)) =
            (scale.number(value), case.logic.space.dimension(case.logic.number(), fact))
        else {
            continue;
        };
        let moving = Moving { case, fact, place, scale, relations: case.relations(fact) };
        envelope.extend(moving.bounds(&settled, here)?);
    }
    envelope.extend(dates(case, days, settled.route));
    Ok(envelope)
}

/// What the answer says that is to stay: a route recommended, or that every route is barred.
struct Settled {
    route: Option<RouteId>,
    /// The commissions of which it is said, by all facts but those known and moving.
    sets: Vec<(Set, bool)>,
}

impl Settled {
    fn new(case: &Case<'_, '_>) -> Result<Option<Self>, GaveUp> {
        if let Some(route) = case.recommended()? {
            let first = case.logic.first(route)?;
            return Ok(Some(Self { route: Some(route), sets: vec![(first, true)] }));
        }
        if case.is_all_barred() {
            let routes = case.logic.book().routes.ids();
            let sets = routes.map(|route| (case.logic.route(route).yes, false));
            return Ok(Some(Self { route: None, sets: sets.collect() }));
        }
        Ok(None)
    }

    /// Whether it is still said of every commission with these bits.
    fn holds(&self, given: &[(u16, bool)]) -> bool {
        self.sets.iter().all(|(set, is_all)| {
            let left = set.given(given);
            if *is_all { left.is_everything() } else { left.is_nothing() }
        })
    }
}

/// A known fact in order that is moved.
struct Moving<'m, 'l, 'g> {
    case: &'m Case<'l, 'g>,
    fact: FactId,
    place: usize,
    scale: Scale,
    relations: Vec<(usize, &'g Condition)>,
}

impl Moving<'_, '_, '_> {
    fn bounds(&self, settled: &Settled, here: i128) -> Result<Option<Envelope>, GaveUp> {
        let mut loose: BTreeSet<usize> =
            self.relations.iter().map(|(dimension, _)| *dimension).collect();
        loose.insert(self.place);
        let given = self.case.given(&loose);
        // Set aside first what doesn't move, so that each step is short.
        let settled = Settled {
            route: settled.route,
            sets: settled.sets.iter().map(|(set, is_all)| (set.given(&given), *is_all)).collect(),
        };
        let starts = self.starts();
        let at = starts.partition_point(|start| *start <= here);
        let above = starts.iter().skip(at).find(|start| !self.holds(&settled, **start));
        let mut least = None;
        for place in (1..at).rev() {
            let Some(start) = starts.get(place).copied() else { break };
            if !self.holds(&settled, start - 1) {
                least = Some(start);
                break;
            }
        }
        let bound = |number: i128| Some(Bound { value: self.scale.value(number)? });
        let envelope = Envelope {
            fact: Some(self.fact),
            least: least.and_then(bound),
            under: above.copied().and_then(bound),
        };
        Ok((envelope.least.is_some() || envelope.under.is_some()).then_some(envelope))
    }

    /// The numbers at which anything about the fact turns, in order, the first of all first.
    fn starts(&self) -> Vec<i128> {
        let own = self.case.logic.space.starts(self.place).to_vec();
        let turns = self.relations.iter().flat_map(|(_, it)| self.case.turns(self.fact, it));
        let mut starts: Vec<i128> = own.into_iter().chain(turns).collect();
        starts.sort_unstable();
        starts.dedup();
        starts
    }

    fn holds(&self, settled: &Settled, number: i128) -> bool {
        let Some(value) = self.scale.value(number) else { return false };
        let (space, number) = (&self.case.logic.space, self.case.logic.number());
        let mut bits = space.bits(number, self.fact, &value);
        let facts = self.case.with(&[(self.fact, value)]);
        let mut trial = self.case.trial(&facts);
        for (place, condition) in &self.relations {
            let cell = match trial.condition(condition, None) {
                Known::Yes => 1,
                Known::No => 0,
                Known::Unknown => continue,
            };
            bits.extend(space.dimensions().get(*place).into_iter().flat_map(|it| it.code(cell)));
        }
        settled.holds(&bits)
    }
}

/// How long the answer stays, and since when it has been the same, were the procurement to begin
/// then.
fn dates(case: &Case<'_, '_>, days: &Days<'_>, route: Option<RouteId>) -> Option<Envelope> {
    let as_at = case.logic.view.as_at;
    let is_same = |day: Date| match days.recommendation(&case.facts, day) {
        Recommendation::Take { route: other, .. } => route == Some(other),
        Recommendation::Undecided(Undecided::NoneLawful) => route.is_none(),
        // That no law here governs is another answer.
        Recommendation::Undecided(
            Undecided::NoRules | Undecided::Tie(_) | Undecided::Waits(..),
        ) => false,
    };
    let all = case.logic.view.graph.days();
    let under = all.iter().filter(|day| **day > as_at).find(|day| !is_same(**day));
    let mut before = all.iter().rev().filter(|day| **day <= as_at);
    let least = before.find(|day| day.yesterday().is_ok_and(|yesterday| !is_same(yesterday)));
    let bound = |day: Option<&Date>| Some(Bound { value: Value::Date(*day?) });
    let envelope = Envelope { fact: None, least: bound(least), under: bound(under) };
    (envelope.least.is_some() || envelope.under.is_some()).then_some(envelope)
}
