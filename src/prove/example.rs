//! A commission that shows something: the smallest that can be found, and one that the ordinary
//! evaluator agrees on.

use std::collections::{BTreeMap, BTreeSet};

use super::diagram::{Set, Step};
use super::logic::Logic;
use super::predicate::{Comparing, figures_of};
use super::space::Space;
use crate::decide::{Known, Trial, scalar};
use crate::facts::Facts;
use crate::pack::{Condition, FactId, Value, walk};
use crate::quantity::Date;

/// A commission on a day, found by proof and confirmed by the evaluator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The date asked about.
    pub as_at: Date,
    /// What is known: no fact of it can be left out.
    pub facts: Facts,
}

/// The cells that a way through a diagram fixes, by dimension.
pub(super) type Way = BTreeMap<usize, usize>;

/// A commission of the set on which the evaluator agrees; none where none could be made.
pub(super) fn example(
    logic: &Logic<'_>,
    set: &Set,
    agrees: &dyn Fn(&mut Trial<'_>) -> bool,
) -> Option<Example> {
    let way = shortest(&logic.space, set)?;
    let holds = |facts: &Facts| agrees(&mut Trial::new(logic.view.graph, facts, logic.view.as_at));
    let few = facts_of(logic, &way, false);
    let found = [few, facts_of(logic, &way, true)].into_iter().find_map(|facts| {
        let facts = with_relations(logic, &way, facts);
        holds(&facts).then_some(facts)
    })?;
    Some(Example { as_at: logic.view.as_at, facts: least(&found, &holds) })
}

/// The way to the set's end that fixes the fewest facts.
pub(super) fn shortest(space: &Space, set: &Set) -> Option<Way> {
    if set.is_nothing() {
        return None;
    }
    let steps = set.steps();
    let dimension =
        |node: usize| steps.get(node).filter(|_| node > 1).and_then(|step| space.of_bit(step.bit));
    // By node: the number of further facts to fix, and whether to go on for yes.
    let mut costs: Vec<Option<(usize, bool)>> = vec![None, Some((0, false))];
    for (node, step) in steps.iter().enumerate().skip(2) {
        let to = |next: usize| {
            let (cost, _) = costs.get(next).copied().flatten()?;
            let is_new = next > 1 && dimension(next) != dimension(node);
            Some(cost + usize::from(is_new))
        };
        let best = match (to(step.no), to(step.yes)) {
            (Some(no), Some(yes)) => Some(if yes < no { (yes, true) } else { (no, false) }),
            (Some(no), None) => Some((no, false)),
            (None, Some(yes)) => Some((yes, true)),
            (None, None) => None,
        };
        costs.push(best);
    }
    let mut bits = BTreeMap::new();
    let mut node = steps.len() - 1;
    while node > 1 {
        let Step { bit, no, yes } = *steps.get(node)?;
        let (_, is_yes) = costs.get(node).copied().flatten()?;
        bits.insert(bit, is_yes);
        node = if is_yes { yes } else { no };
    }
    let fixed: BTreeSet<usize> = bits.keys().filter_map(|bit| space.of_bit(*bit)).collect();
    let cell = |place: usize| {
        let dimension = space.dimensions().get(place)?;
        let code = dimension.bits().iter().fold(0_usize, |code, bit| {
            code << 1 | usize::from(bits.get(bit).copied().unwrap_or(false))
        });
        Some((place, dimension.settled(code)))
    };
    Some(fixed.into_iter().filter_map(cell).collect())
}

/// The facts of a way, and of all other dimensions too if wanted.
pub(super) fn facts_of(logic: &Logic<'_>, way: &Way, with_rest: bool) -> Facts {
    let mut facts = Facts::none();
    for (place, dimension) in logic.space.dimensions().iter().enumerate() {
        let cell = match way.get(&place) {
            Some(cell) => *cell,
            None if with_rest => 0,
            None => continue,
        };
        let own = dimension.facts.get(logic.number()).into_iter().flatten();
        for fact in own.filter(|_| !dimension.is_relation()) {
            if let Some(value) = logic.space.value(logic.number(), logic.book(), *fact, cell) {
                facts.learn(*fact, value);
            }
        }
    }
    facts
}

/// The facts with those of each relation moved, within their cells, so that it comes out as the
/// way has it, where that can be done.
pub(super) fn with_relations(logic: &Logic<'_>, way: &Way, mut facts: Facts) -> Facts {
    for condition in logic.view.conditions() {
        walk(condition, &mut |condition| {
            let Some(place) = logic.relation(condition) else { return };
            let Some(cell) = way.get(&place) else { return };
            let wanted = if *cell == 1 { Known::Yes } else { Known::No };
            if let Some(moved) = moved(logic, condition, &facts, wanted) {
                facts = moved;
            }
        });
    }
    facts
}

/// The facts with one or two of a comparison's moved so that it comes out as wanted.
fn moved(logic: &Logic<'_>, condition: &Condition, facts: &Facts, wanted: Known) -> Option<Facts> {
    let is_so = |facts: &Facts| logic.view.trial(facts).condition(condition, None) == wanted;
    let mut filled = facts.clone();
    let own = figures_of(condition);
    for fact in &own {
        if filled.get(*fact).is_none()
            && let Some(value) = logic.space.value(logic.number(), logic.book(), *fact, 0)
        {
            filled.learn(*fact, value);
        }
    }
    if is_so(&filled) {
        return Some(filled);
    }
    own.iter().find_map(|fact| {
        candidates(logic, condition, &filled, *fact).into_iter().find_map(|value| {
            let mut tried = filled.clone();
            tried.learn(*fact, value);
            is_so(&tried).then_some(tried)
        })
    })
}

/// Values of a fact, in its cell, about those at which a comparison turns while the other facts
/// stay.
fn candidates(logic: &Logic<'_>, condition: &Condition, facts: &Facts, fact: FactId) -> Vec<Value> {
    let others: Vec<_> = facts
        .iter()
        .filter(|(other, _)| *other != fact)
        .map(|(other, value)| (other, scalar(value)))
        .collect();
    let Some(scale) = logic.scale(fact) else { return Vec::new() };
    let turns = Comparing::new(logic.view, condition).turns(fact, &others);
    let near = turns.iter().flat_map(|turn| [*turn, turn - 1, turn + 1]);
    let is_same_cell = |value: &Value| {
        let bits = |value: &Value| logic.space.bits(logic.number(), fact, value);
        facts.get(fact).is_none_or(|known| bits(known) == bits(value))
    };
    near.filter_map(|number| scale.value(number)).filter(is_same_cell).collect()
}

/// The facts without any that can be left out.
fn least(facts: &Facts, holds: &dyn Fn(&Facts) -> bool) -> Facts {
    let mut left = facts.clone();
    let known: Vec<FactId> = facts.iter().map(|(fact, _)| fact).collect();
    for fact in known.into_iter().rev() {
        let without: Facts = left
            .iter()
            .filter(|(other, _)| *other != fact)
            .map(|(other, value)| (other, value.clone()))
            .collect();
        if holds(&without) {
            left = without;
        }
    }
    left
}
