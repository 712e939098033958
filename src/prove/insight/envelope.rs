//! How far each known figure and date may move, all else the same, before the recommendation
//! changes.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::cells::Scale;
use super::super::diagram::GaveUp;
use super::super::meeting::{Fixed, Meeting};
use super::case::Case;
use super::days::Days;
use super::{Bound, Envelope};
use crate::decide::{Known, Recommendation, Undecided};
use crate::pack::{Condition, FactId, RouteId, Value};
use crate::quantity::Date;

pub(super) fn envelope(case: &Case<'_>, days: &Arc<Days<'_>>) -> Result<Vec<Envelope>, GaveUp> {
    let Some(settled) = case.settled()? else { return Ok(Vec::new()) };
    let movings: Vec<Moving<'_, '_>> = movings(case).collect();
    let otherwise = settled.otherwise(&case.logic)?;
    let mut envelopes = Vec::new();
    for moving in &movings {
        envelopes.extend(moving.bounds(&otherwise)?);
    }
    envelopes.extend(dates(case, days, settled.route()));
    Ok(envelopes)
}

/// The known facts in order.
fn movings<'m, 'g>(case: &'m Case<'g>) -> impl Iterator<Item = Moving<'m, 'g>> + use<'m, 'g> {
    case.facts.iter().filter_map(move |(fact, value)| {
        let scale = case.logic.scale(fact)?;
        let here = scale.number(value)?;
        let place = case.logic.space.dimension(case.logic.number(), fact)?;
        Some(Moving { case, fact, place, scale, here, relations: case.relations(fact) })
    })
}

/// A known fact in order that is moved.
struct Moving<'m, 'g> {
    case: &'m Case<'g>,
    fact: FactId,
    place: usize,
    scale: Scale,
    here: i128,
    relations: Vec<(usize, &'g Condition)>,
}

impl Moving<'_, '_> {
    /// What changes as it moves: itself, and the comparisons with other facts.
    fn loose(&self) -> BTreeSet<usize> {
        let relations = self.relations.iter().map(|(dimension, _)| *dimension);
        relations.chain([self.place]).collect()
    }

    /// How far it may move before the commission is in one of these sets.
    fn bounds(&self, otherwise: &[Meeting]) -> Result<Option<Envelope>, GaveUp> {
        let diagrams = &self.case.logic.diagrams;
        let mut kept = Fixed::of(&self.case.given(&self.loose()));
        let mut within = Vec::new();
        for met in otherwise {
            if met.first_of(diagrams, &kept)?.is_some() {
                within.push(met);
            }
        }
        let starts = self.starts();
        let at = starts.partition_point(|start| *start <= self.here);
        let mut above = None;
        for start in starts.iter().skip(at) {
            if !self.is_so(&within, &mut kept, *start)? {
                above = Some(*start);
                break;
            }
        }
        let mut least = None;
        for start in starts.iter().take(at).skip(1).rev() {
            if !self.is_so(&within, &mut kept, *start - 1)? {
                least = Some(*start);
                break;
            }
        }
        let bound = |number: i128| Some(Bound { value: self.scale.value(number)? });
        let envelope = Envelope {
            fact: Some(self.fact),
            least: least.and_then(bound),
            under: above.and_then(bound),
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

    /// Whether the fact may have this number and the commission is then in none of these sets.
    fn is_so(
        &self,
        otherwise: &[&Meeting],
        kept: &mut Fixed,
        number: i128,
    ) -> Result<bool, GaveUp> {
        let Some(value) = self.scale.value(number) else { return Ok(false) };
        let (space, number) = (&self.case.logic.space, self.case.logic.number());
        let mut bits = space.bits(number, self.fact, &value);
        bits.iter().for_each(|(bit, is_yes)| kept.put(*bit, Some(*is_yes)));
        let mut is_other = self.is_any(otherwise, kept);
        // How the comparisons with other facts come out is worked out only where it tells.
        if !self.relations.is_empty() && is_other == Ok(true) {
            let mut trial = self.case.trial(&self.case.with(&[(self.fact, value)]));
            for (place, condition) in &self.relations {
                let cell = match trial.condition(condition, None) {
                    Known::Yes => 1,
                    Known::No => 0,
                    Known::Unknown => continue,
                };
                let dimension = space.dimensions().get(*place);
                bits.extend(dimension.into_iter().flat_map(|dimension| dimension.code(cell)));
            }
            bits.iter().for_each(|(bit, is_yes)| kept.put(*bit, Some(*is_yes)));
            is_other = self.is_any(otherwise, kept);
        }
        bits.iter().for_each(|(bit, _)| kept.put(*bit, None));
        Ok(!is_other?)
    }

    /// Whether some commission of which this is known is among some of these.
    fn is_any(&self, met: &[&Meeting], known: &Fixed) -> Result<bool, GaveUp> {
        for met in met {
            if met.first_of(&self.case.logic.diagrams, known)?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// How long the answer stays, and since when it has been the same, were the procurement to begin
/// then.
fn dates(case: &Case<'_>, days: &Arc<Days<'_>>, route: Option<RouteId>) -> Option<Envelope> {
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
