//! One commission under the logic of a day: what is known fixes bits, the rest is free.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::super::diagram::{Bit, GaveUp, Set};
use super::super::logic::{Logic, Truth};
use super::super::meeting::Meeting;
use super::super::predicate::{Comparing, figures_of};
use crate::decide::{Known, Question, Trial};
use crate::facts::Facts;
use crate::pack::{Condition, FactId, RouteId, Value};

/// A commission under the logic of a day.
pub(super) struct Case<'g> {
    pub(super) logic: Arc<Logic<'g>>,
    /// The same, for the commissions of which all that is known here is so.
    pub(super) here: Arc<Logic<'g>>,
    pub(super) facts: Facts,
    /// What is known: the bits of each dimension whose facts are all known.
    pub(super) fixed: BTreeMap<usize, Vec<(Bit, bool)>>,
    /// What is to be asked, once that has been worked out.
    pub(super) questions: OnceCell<Result<Vec<Question>, GaveUp>>,
}

impl<'g> Case<'g> {
    pub(super) fn new(logic: &Arc<Logic<'g>>, facts: &Facts) -> Self {
        let fixed = fixed(logic, facts);
        let known: Vec<(Bit, bool)> = fixed.values().flatten().copied().collect();
        let here = logic.given(&known);
        let (logic, questions) = (Arc::clone(logic), OnceCell::new());
        Self { logic, here, facts: facts.clone(), fixed, questions }
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

    /// What the answer says whatever the unknown facts are, if it is settled.
    pub(super) fn settled(&self) -> Result<Option<Settled>, GaveUp> {
        let recommended = self.here.ranked()?.sure(&self.here)?.map(Settled::Recommended);
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

    /// The unknown facts that a bit is of.
    pub(super) fn unknown_of(&self, bit: Bit) -> Vec<FactId> {
        let dimension = self.logic.space.of_bit(bit);
        let mut facts = dimension.map(|place| self.members(place)).unwrap_or_default();
        facts.retain(|fact| self.facts.get(*fact).is_none());
        facts
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
        let relations = self.logic.relations().iter();
        relations.filter(|(_, condition)| figures_of(condition).contains(&fact)).copied().collect()
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
    /// The commissions with another answer: those of any of these meetings.
    pub(super) fn otherwise(self, logic: &Logic<'_>) -> Result<Vec<Meeting>, GaveUp> {
        let mut otherwise = match self {
            Self::Recommended(route) => logic.ranked()?.otherwise(route),
            Self::AllBarred => {
                let routes = logic.book().routes.ids().map(|route| logic.route(route));
                routes.flat_map(|open| [open.yes, open.gap]).map(Meeting::of).collect()
            }
        };
        otherwise.retain(|met| !met.is_plainly_nothing());
        Ok(otherwise)
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
pub(super) fn fixed(logic: &Logic<'_>, facts: &Facts) -> BTreeMap<usize, Vec<(Bit, bool)>> {
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
    for (place, condition) in logic.relations() {
        let holds = match trial.condition(condition, None) {
            Known::Yes => true,
            Known::No => false,
            Known::Unknown => continue,
        };
        if let Some(dimension) = logic.space.dimensions().get(*place) {
            fixed.insert(*place, dimension.code(usize::from(holds)));
        }
    }
    fixed
}
