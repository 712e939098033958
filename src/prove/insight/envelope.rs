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
    let Some(settled) = case.settled()? else { return Ok(Vec::new()) };
    let movings: Vec<Moving<'_, '_, '_>> = movings(case).collect();
    // The rest of what is known stays so: what is left to look at is small.
    let loose = movings.iter().flat_map(Moving::loose).collect();
    let moving = case.logic.given(&case.given(&loose));
    let otherwise = settled.otherwise(&moving)?;
    let bounds = movings.iter().filter_map(|moving| moving.bounds(&otherwise));
    Ok(bounds.chain(dates(case, days, settled.route())).collect())
}

/// The known facts in order.
fn movings<'m, 'l, 'g>(
    case: &'m Case<'l, 'g>,
) -> impl Iterator<Item = Moving<'m, 'l, 'g>> + use<'m, 'l, 'g> {
    case.facts.iter().filter_map(move |(fact, value)| {
        let scale = case.logic.scale(fact)?;
        let here = scale.number(value)?;
        let place = case.logic.space.dimension(case.logic.number(), fact)?;
        Some(Moving { case, fact, place, scale, here, relations: case.relations(fact) })
    })
}

/// A known fact in order that is moved.
struct Moving<'m, 'l, 'g> {
    case: &'m Case<'l, 'g>,
    fact: FactId,
    place: usize,
    scale: Scale,
    here: i128,
    relations: Vec<(usize, &'g Condition)>,
}

impl Moving<'_, '_, '_> {
    /// What changes as it moves: itself, and the comparisons with other facts.
    fn loose(&self) -> BTreeSet<usize> {
        let relations = self.relations.iter().map(|(dimension, _)| *dimension);
        relations.chain([self.place]).collect()
    }

    /// How far it may move before the commission is in one of these sets.
    fn bounds(&self, otherwise: &[Set]) -> Option<Envelope> {
        let given = self.case.given(&self.loose());
        // Set aside first what doesn't move, so that each step is short.
        let otherwise: Vec<Set> = otherwise.iter().map(|set| set.given(&given)).collect();
        let starts = self.starts();
        let at = starts.partition_point(|start| *start <= self.here);
        let above = starts.iter().skip(at).find(|start| !self.is_so(&otherwise, **start));
        let mut least = None;
        for place in (1..at).rev() {
            let Some(start) = starts.get(place).copied() else { break };
            if !self.is_so(&otherwise, start - 1) {
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
        (envelope.least.is_some() || envelope.under.is_some()).then_some(envelope)
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

    /// Whether the fact may have this number and the commission is then in none of these sets.
    fn is_so(&self, otherwise: &[Set], number: i128) -> bool {
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
        otherwise.iter().all(|set| set.given(&bits).is_nothing())
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
