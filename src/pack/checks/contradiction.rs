//! Conditions that plainly can't hold together: two options of one fact, two outcomes of one
//! decision, a fact that is both yes and no. Not a proof engine: what isn't plain is let pass.

use std::collections::{BTreeMap, BTreeSet};

use super::super::condition::Condition;
use super::super::table::{DecisionId, FactId, ModelId, RouteId};

/// What conditions leave possible.
#[derive(Default)]
struct Left {
    facts: BTreeMap<FactId, BTreeSet<usize>>,
    not_facts: BTreeMap<FactId, BTreeSet<usize>>,
    outcomes: BTreeMap<DecisionId, BTreeSet<usize>>,
    not_outcomes: BTreeMap<DecisionId, BTreeSet<usize>>,
    yes: BTreeSet<FactId>,
    no: BTreeSet<FactId>,
    routes: Option<BTreeSet<RouteId>>,
    models: Option<BTreeSet<ModelId>>,
}

/// Whether the conditions plainly can't all hold.
#[must_use]
pub fn contradict<'c>(conditions: impl IntoIterator<Item = &'c Condition>) -> bool {
    let mut left = Left::default();
    for condition in conditions {
        left.add(condition);
    }
    left.is_nothing()
}

impl Left {
    fn add(&mut self, condition: &Condition) {
        match condition {
            Condition::All(limbs) => limbs.iter().for_each(|limb| self.add(&limb.condition)),
            Condition::Not(inner) => self.add_not(inner),
            Condition::Yes(fact) => {
                self.yes.insert(*fact);
            }
            Condition::OneOf(fact, options) => narrow(&mut self.facts, *fact, options),
            Condition::Outcome(decision, outcomes) => {
                narrow(&mut self.outcomes, *decision, outcomes);
            }
            Condition::RouteIs(routes) => narrow_to(&mut self.routes, routes),
            Condition::ModelIs(models) => narrow_to(&mut self.models, models),
            Condition::Any(_)
            | Condition::AtLeast(..)
            | Condition::Includes(..)
            | Condition::TextIs(..)
            | Condition::CodeIs(..)
            | Condition::InList(..)
            | Condition::Known(_)
            | Condition::Compare(..)
            | Condition::Gap(..) => {}
        }
    }

    fn add_not(&mut self, condition: &Condition) {
        match condition {
            Condition::Not(inner) => self.add(inner),
            Condition::Yes(fact) => {
                self.no.insert(*fact);
            }
            Condition::OneOf(fact, options) => {
                self.not_facts.entry(*fact).or_default().extend(options);
            }
            Condition::Outcome(decision, outcomes) => {
                self.not_outcomes.entry(*decision).or_default().extend(outcomes);
            }
            Condition::Any(limbs) => limbs.iter().for_each(|limb| self.add_not(&limb.condition)),
            Condition::All(_)
            | Condition::AtLeast(..)
            | Condition::Includes(..)
            | Condition::TextIs(..)
            | Condition::CodeIs(..)
            | Condition::InList(..)
            | Condition::Known(_)
            | Condition::RouteIs(_)
            | Condition::ModelIs(_)
            | Condition::Compare(..)
            | Condition::Gap(..) => {}
        }
    }

    fn is_nothing(&self) -> bool {
        self.yes.intersection(&self.no).next().is_some()
            || self.routes.as_ref().is_some_and(BTreeSet::is_empty)
            || self.models.as_ref().is_some_and(BTreeSet::is_empty)
            || none_left(&self.facts, &self.not_facts)
            || none_left(&self.outcomes, &self.not_outcomes)
    }
}

fn narrow<K: Ord>(left: &mut BTreeMap<K, BTreeSet<usize>>, key: K, to: &[usize]) {
    let to: BTreeSet<usize> = to.iter().copied().collect();
    left.entry(key).and_modify(|left| left.retain(|place| to.contains(place))).or_insert(to);
}

fn narrow_to<T: Copy + Ord>(left: &mut Option<BTreeSet<T>>, to: &[T]) {
    let to: BTreeSet<T> = to.iter().copied().collect();
    match left {
        Some(left) => left.retain(|one| to.contains(one)),
        None => *left = Some(to),
    }
}

fn none_left<K: Ord>(
    left: &BTreeMap<K, BTreeSet<usize>>,
    not: &BTreeMap<K, BTreeSet<usize>>,
) -> bool {
    left.iter().any(|(key, places)| {
        let refused = not.get(key);
        places.iter().all(|place| refused.is_some_and(|refused| refused.contains(place)))
    })
}
