//! One commission under the logic of a day: what is known fixes bits, the rest is free.

use std::collections::{BTreeMap, BTreeSet};

use super::super::diagram::{Bit, GaveUp, Set};
use super::super::logic::{Logic, Truth};
use super::super::predicate::{Comparing, figures_of};
use crate::decide::{Known, Trial};
use crate::facts::Facts;
use crate::pack::{Condition, FactId, RouteId, Value, walk};

/// A commission under the logic of a day.
pub(super) struct Case<'l, 'g> {
    pub(super) logic: &'l Logic<'g>,
    /// The same, for the commissions of which all that is known here is so.
    pub(super) here: Logic<'g>,
    pub(super) facts: Facts,
    /// What is known: the bits of each dimension whose facts are all known.
    pub(super) fixed: BTreeMap<usize, Vec<(Bit, bool)>>,
}

impl<'l, 'g> Case<'l, 'g> {
    pub(super) fn new(logic: &'l Logic<'g>, facts: &Facts) -> Result<Self, GaveUp> {
        let fixed = fixed(logic, facts);
        let known: Vec<(Bit, bool)> = fixed.values().flatten().copied().collect();
        let here = logic.given(&known);
        here.ranked()?;
        Ok(Self { logic, here, facts: facts.clone(), fixed })
    }

    /// What is known, save of these dimensions.
    pub(super) fn given(&self, save: &BTreeSet<usize>) -> Vec<(Bit, bool)> {
        let kept = self.fixed.iter().filter(|(dimension, _)| !save.contains(dimension));
        kept.flat_map(|(_, bits)| bits.iter().copied()).collect()
    }

    /// Everything that is known.
    pub(super) fn known(&self) -> Vec<(Bit, bool)> {
        self.given(&BTreeSet::new())
    }

    /// The route recommended whatever the unknown facts are, if one is.
    pub(super) fn recommended(&self) -> Result<Option<RouteId>, GaveUp> {
        for (route, _) in &self.here.ranked()?.unbeaten {
            if self.here.first(*route)?.is_everything() {
                return Ok(Some(*route));
            }
        }
        Ok(None)
    }

    /// What the answer says whatever the unknown facts are, if it is settled.
    pub(super) fn settled(&self) -> Result<Option<Settled>, GaveUp> {
        let recommended = self.recommended()?.map(Settled::Recommended);
        Ok(recommended.or_else(|| self.is_all_barred().then_some(Settled::AllBarred)))
    }

    /// Whether every route is barred whatever the unknown facts are.
    pub(super) fn is_all_barred(&self) -> bool {
        let mut routes = self.logic.book().routes.ids();
        routes.all(|route| stands(&self.here.route(route)) == Known::No)
    }

    /// The facts that sets turn on.
    pub(super) fn facts_of<'s>(&self, sets: impl IntoIterator<Item = &'s Set>) -> BTreeSet<FactId> {
        let bits: BTreeSet<Bit> = sets.into_iter().flat_map(Set::bits).collect();
        let dimensions: BTreeSet<usize> =
            bits.iter().filter_map(|bit| self.logic.space.of_bit(*bit)).collect();
        dimensions.into_iter().flat_map(|place| self.members(place)).collect()
    }

    /// The facts of a dimension.
    pub(super) fn members(&self, dimension: usize) -> Vec<FactId> {
        let dimension = self.logic.space.dimensions().get(dimension);
        let facts = dimension.and_then(|dimension| dimension.facts.get(self.logic.number()));
        facts.cloned().unwrap_or_default()
    }

    /// The facts with some of them so.
    pub(super) fn with(&self, changes: &[(FactId, Value)]) -> Facts {
        let mut facts = self.facts.clone();
        for (fact, value) in changes {
            facts.learn(*fact, value.clone());
        }
        facts
    }

    /// The rules of the day put to facts.
    pub(super) fn trial(&self, facts: &Facts) -> Trial<'g> {
        self.logic.view.trial(facts)
    }

    /// The comparisons of several facts that read this one, with their dimensions.
    pub(super) fn relations(&self, fact: FactId) -> Vec<(usize, &'g Condition)> {
        let mut relations: Vec<(usize, &Condition)> = Vec::new();
        for condition in self.logic.view.conditions() {
            walk(condition, &mut |condition| {
                if let Some(dimension) = self.logic.relation(condition)
                    && figures_of(condition).contains(&fact)
                    && !relations.iter().any(|(seen, _)| *seen == dimension)
                {
                    relations.push((dimension, condition));
                }
            });
        }
        relations
    }

    /// The numbers of a fact's values at which a comparison of several facts turns, the others
    /// being as known.
    pub(super) fn turns(&self, fact: FactId, condition: &'g Condition) -> Vec<i128> {
        let others: Vec<_> = self
            .facts
            .iter()
            .filter(|(other, _)| *other != fact)
            .map(|(other, value)| (other, crate::decide::scalar(value)))
            .collect();
        Comparing::new(self.logic.view, condition).turns(fact, &others)
    }
}

/// What a settled answer says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Settled {
    Recommended(RouteId),
    AllBarred,
}

impl Settled {
    /// Sets of which together it is not said: the commissions with another answer.
    pub(super) fn otherwise(self, logic: &Logic<'_>) -> Result<Vec<Set>, GaveUp> {
        match self {
            Self::Recommended(route) => Ok(vec![logic.first(route)?.not()]),
            Self::AllBarred => {
                let routes = logic.book().routes.ids().map(|route| logic.route(route).yes);
                Ok(routes.filter(|open| !open.is_nothing()).collect())
            }
        }
    }

    /// The route recommended.
    pub(super) const fn route(self) -> Option<RouteId> {
        match self {
            Self::Recommended(route) => Some(route),
            Self::AllBarred => None,
        }
    }
}

/// How it stands with something among the commissions looked at.
pub(super) fn stands(truth: &Truth) -> Known {
    if truth.yes.is_everything() {
        Known::Yes
    } else if truth.yes.is_nothing() && truth.gap.is_nothing() {
        Known::No
    } else {
        Known::Unknown
    }
}

/// The bits of every dimension whose facts are all known: of a comparison of several, how it comes
/// out.
fn fixed(logic: &Logic<'_>, facts: &Facts) -> BTreeMap<usize, Vec<(Bit, bool)>> {
    let mut fixed = BTreeMap::new();
    for (fact, value) in facts.iter() {
        if let Some(dimension) = logic.space.dimension(logic.number(), fact) {
            fixed.insert(dimension, logic.space.bits(logic.number(), fact, value));
        }
    }
    if !logic.space.has_relations() {
        return fixed;
    }
    let mut trial = logic.view.trial(facts);
    for condition in logic.view.conditions() {
        walk(condition, &mut |condition| {
            let Some(dimension) = logic.relation(condition) else { return };
            let holds = match trial.condition(condition, None) {
                Known::Yes => true,
                Known::No => false,
                Known::Unknown => return,
            };
            if let Some(dimension_) = logic.space.dimensions().get(dimension) {
                fixed.insert(dimension, dimension_.code(usize::from(holds)));
            }
        });
    }
    fixed
}
