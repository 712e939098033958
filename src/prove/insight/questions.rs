//! Exactly the facts that can still change the answer, the most decisive first.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::super::diagram::{Bit, GaveUp, Set};
use super::case::Case;
use crate::decide::Question;
use crate::pack::FactId;

/// How much more it counts that a route may turn on a fact than that a paper may.
const ROUTE_WEIGHT: u64 = 16;

/// What an answer says, as sets of the commissions that are still possible: each with how much it
/// counts.
struct Said {
    sets: Vec<(Set, u64)>,
}

/// What is said of a fact.
#[derive(Default)]
struct Weight {
    decisive: u64,
    n_waiting: usize,
}

pub(super) fn questions(case: &Case<'_, '_>) -> Result<Vec<Question>, GaveUp> {
    let said = said(case)?;
    let mut weights: BTreeMap<FactId, Weight> = BTreeMap::new();
    for (set, counts) in &said.sets {
        for (fact, share) in shares(case, set) {
            let weight = weights.entry(fact).or_default();
            weight.decisive = weight.decisive.saturating_add(share.saturating_mul(*counts));
            weight.n_waiting += 1;
        }
    }
    let unknown = |fact: &FactId| case.facts.get(*fact).is_none();
    let mut questions: Vec<(FactId, Weight)> =
        weights.into_iter().filter(|(fact, _)| unknown(fact)).collect();
    questions.sort_by_key(|(fact, weight)| (Reverse(weight.decisive), *fact));
    let question =
        |(fact, weight): (FactId, Weight)| Question { fact, n_waiting: weight.n_waiting };
    Ok(questions.into_iter().map(question).collect())
}

/// Everything that the answer says and that is not settled.
fn said(case: &Case<'_, '_>) -> Result<Said, GaveUp> {
    let logic = &case.here;
    let book = logic.book();
    let mut said = Said { sets: Vec::new() };
    for route in book.routes.ids() {
        said.add(logic.route(route).yes, ROUTE_WEIGHT);
    }
    for (_, unbeaten) in &case.here.ranked()?.unbeaten {
        said.add(unbeaten.clone(), ROUTE_WEIGHT);
    }
    if case.is_all_barred() {
        // Whether that is because no law here governs is a different answer.
        let mut governed = logic.diagrams.nothing();
        for (id, _) in book.packs.iter().filter(|(_, pack)| pack.gate.is_some()) {
            governed = logic.diagrams.or(&governed, &logic.applies(id).yes)?;
        }
        said.add(governed, ROUTE_WEIGHT);
    }
    for (id, model) in book.models.iter() {
        let fits = logic.model(id).yes;
        for route in &model.carried_by {
            let carried = logic.diagrams.and(&fits, &logic.route(*route).yes)?;
            said.add(carried, 1);
        }
    }
    for (route, unbeaten) in &case.here.ranked()?.unbeaten {
        if unbeaten.is_nothing() {
            continue;
        }
        for (id, document) in book.documents.iter() {
            let needed = logic.document(id, *route)?.yes;
            let needed = logic.diagrams.and(unbeaten, &needed)?;
            if needed.is_nothing() {
                continue;
            }
            let due = document.due.iter().filter(|due| logic.view.is_in_force(due.in_force));
            for condition in due.filter_map(|due| due.condition.as_ref()) {
                let holds = logic.condition(condition, Some(*route))?.yes;
                said.add(logic.diagrams.and(&needed, &holds)?, 1);
            }
            said.add(needed, 1);
            if !document.forbidden.is_empty() {
                let banned = logic.ban(id, *route)?.yes;
                said.add(logic.diagrams.and(unbeaten, &banned)?, 1);
            }
        }
    }
    Ok(said)
}

impl Said {
    fn add(&mut self, set: Set, counts: u64) {
        if set.is_everything() || set.is_nothing() {
            return;
        }
        match self.sets.iter_mut().find(|(seen, _)| *seen == set) {
            Some((_, seen)) => *seen = seen.saturating_add(counts),
            None => self.sets.push((set, counts)),
        }
    }
}

/// The share of all commissions, in parts of two to the thirtieth, for which deciding whether they
/// are in a set reads each fact.
fn shares(case: &Case<'_, '_>, set: &Set) -> BTreeMap<FactId, u64> {
    let steps = set.steps();
    let mut reached: Vec<u64> = vec![0; steps.len()];
    if let Some(top) = reached.last_mut() {
        *top = 1 << 30;
    }
    let mut by_bit: BTreeMap<Bit, u64> = BTreeMap::new();
    for (node, step) in steps.iter().enumerate().skip(2).rev() {
        let share = reached.get(node).copied().unwrap_or_default();
        // A fact that is hardly ever read is still read.
        let entry = by_bit.entry(step.bit).or_default();
        *entry = entry.saturating_add(share.max(1));
        for next in [step.no, step.yes] {
            if let Some(place) = reached.get_mut(next) {
                *place = place.saturating_add(share / 2);
            }
        }
    }
    let mut by_fact: BTreeMap<FactId, u64> = BTreeMap::new();
    for (bit, share) in by_bit {
        let Some(dimension) = case.logic.space.of_bit(bit) else { continue };
        for fact in case.members(dimension) {
            let most = by_fact.entry(fact).or_default();
            *most = (*most).max(share);
        }
    }
    by_fact
}
