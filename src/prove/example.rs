//! A commission that shows something: the smallest that can be found, and one that the ordinary
//! evaluator agrees on.

use std::collections::{BTreeMap, BTreeSet};

use super::diagram::{Bit, GaveUp, Set, Step};
use super::fitting::Fitting;
use super::logic::Logic;
use super::meeting::Meeting;
use super::space::Space;
use crate::decide::Trial;
use crate::facts::Facts;
use crate::pack::FactId;
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

/// The nodes up to which all of a set is looked through for the smallest example.
const N_NODES_LOOKED_THROUGH: usize = 100_000;

/// How many ways into a set are tried before it is given up.
const WAYS_MAX: usize = 16;

/// A commission of the set on which the evaluator agrees; none where none could be made.
pub(super) fn example(
    logic: &Logic<'_>,
    set: &Set,
    agrees: &dyn Fn(&mut Trial<'_>) -> bool,
) -> Option<Example> {
    let found = first_way(logic, set, &|way| commission(logic, way, agrees))?;
    Some(least(logic, &found, agrees))
}

/// What became of a search for a commission.
pub(super) enum Found {
    /// There is none.
    Nothing,
    /// One on which the evaluator agrees.
    Shown(Example),
    /// The logic knows some, and the evaluator agrees on none that was tried.
    Unsure,
}

/// A commission among these on which the evaluator agrees: of the few facts that can be, where all
/// of them can be looked through.
pub(super) fn found(
    logic: &Logic<'_>,
    meeting: &Meeting,
    agrees: &dyn Fn(&mut Trial<'_>) -> bool,
) -> Result<Found, GaveUp> {
    let among = |all: &Set| match example(logic, all, agrees) {
        _ if all.is_nothing() => Found::Nothing,
        Some(example) => Found::Shown(example),
        None => Found::Unsure,
    };
    if let Ok(all) = meeting.all(&logic.diagrams.within(N_NODES_LOOKED_THROUGH)) {
        return Ok(among(&all));
    }
    let Some(bits) = meeting.first(&logic.diagrams)? else { return Ok(Found::Nothing) };
    match met(logic, &bits, agrees) {
        Some(facts) => Ok(Found::Shown(least(logic, &facts, agrees))),
        None => Ok(among(&meeting.all(&logic.diagrams)?)),
    }
}

/// The facts of a commission that goes the way of these bits, if the evaluator agrees on one.
pub(super) fn met(
    logic: &Logic<'_>,
    bits: &[(Bit, bool)],
    agrees: &dyn Fn(&mut Trial<'_>) -> bool,
) -> Option<Facts> {
    commission(logic, &way(&logic.space, &bits.iter().copied().collect()), agrees)
}

/// The facts of a way, with as many as are needed for the evaluator to agree.
fn commission(
    logic: &Logic<'_>,
    way: &Way,
    agrees: &dyn Fn(&mut Trial<'_>) -> bool,
) -> Option<Facts> {
    let of_way = |with_rest| {
        let facts = vec![facts_of(logic, way, with_rest)];
        let fitting = Fitting::new(vec![logic], way, &|place, fact| vec![(place, fact)]);
        let fitted = fitting.fitted(facts).into_iter().next();
        fitted.filter(|facts| agrees(&mut logic.view.trial(facts)))
    };
    [false, true].into_iter().find_map(of_way)
}

/// What the first of some ways into a set gives. The logic takes a comparison of several facts to
/// be free, so that a way may be one that no commission goes: then another is tried, first with
/// other comparisons, then with other values of the facts that they compare.
pub(super) fn first_way<T>(
    logic: &Logic<'_>,
    set: &Set,
    of: &dyn Fn(&Way) -> Option<T>,
) -> Option<T> {
    for with_facts in [false, true] {
        let mut left = set.clone();
        for _ in 0..WAYS_MAX / 2 {
            let Some(way) = shortest(&logic.space, &left) else { break };
            if let Some(found) = of(&way) {
                return Some(found);
            }
            let tried = compared(logic, &way, with_facts)?;
            let Ok(rest) = logic.diagrams.minus(&left, &tried) else { return None };
            left = rest;
        }
    }
    None
}

/// The commissions whose comparisons of several facts are as a way has them, and perhaps the facts
/// that those compare; none where the way has none.
fn compared(logic: &Logic<'_>, way: &Way, with_facts: bool) -> Option<Set> {
    let dimensions = logic.space.dimensions();
    let relations = way.keys().filter_map(|place| dimensions.get(*place));
    let mut relations = relations.filter(|dimension| dimension.is_relation()).peekable();
    relations.peek()?;
    let compared: Vec<&Vec<Vec<FactId>>> = relations.map(|relation| &relation.facts).collect();
    let mut set = logic.diagrams.everything();
    for (place, cell) in way {
        let Some(dimension) = dimensions.get(*place) else { continue };
        let is_compared = compared.iter().any(|compared| {
            let mut views = compared.iter().zip(&dimension.facts);
            views.any(|(compared, own)| own.iter().any(|fact| compared.contains(fact)))
        });
        if dimension.is_relation() || with_facts && is_compared {
            let so = logic.space.in_cell(&logic.diagrams, *place, *cell).ok()?;
            set = logic.diagrams.and(&set, &so).ok()?;
        }
    }
    Some(set)
}

/// The way to the set's end that fixes the fewest facts.
fn shortest(space: &Space, set: &Set) -> Option<Way> {
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
    Some(way(space, &bits))
}

/// The cells that bits fix; bits of the same dimension that are not among them are no.
fn way(space: &Space, bits: &BTreeMap<Bit, bool>) -> Way {
    let fixed: BTreeSet<usize> = bits.keys().filter_map(|bit| space.of_bit(*bit)).collect();
    let cell = |place: usize| {
        let dimension = space.dimensions().get(place)?;
        let code = dimension.bits().iter().fold(0_usize, |code, bit| {
            code << 1 | usize::from(bits.get(bit).copied().unwrap_or(false))
        });
        Some((place, dimension.settled(code)))
    };
    fixed.into_iter().filter_map(cell).collect()
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

/// The facts without any that can be left out.
fn least(logic: &Logic<'_>, facts: &Facts, agrees: &dyn Fn(&mut Trial<'_>) -> bool) -> Example {
    let mut left = facts.clone();
    let known: Vec<FactId> = facts.iter().map(|(fact, _)| fact).collect();
    for fact in known.into_iter().rev() {
        let without: Facts = left
            .iter()
            .filter(|(other, _)| *other != fact)
            .map(|(other, value)| (other, value.clone()))
            .collect();
        if agrees(&mut logic.view.trial(&without)) {
            left = without;
        }
    }
    Example { as_at: logic.view.as_at, facts: left }
}
