//! Questions: every fact that a rule reads can change an answer.

use std::collections::BTreeSet;

use super::super::diagram::{Bit, GaveUp, Set};
use super::super::ledger::{Claim, Ledger, Reason};
use super::super::logic::Logic;
use crate::pack::FactId;

pub(super) fn check(logic: &Logic<'_>, ledger: &mut Ledger) {
    let facts =
        logic.space.dimensions().iter().flat_map(|dimension| {
            dimension.facts.get(logic.number()).into_iter().flatten().copied()
        });
    let facts: BTreeSet<FactId> = facts.collect();
    let unproved: Vec<FactId> =
        facts.into_iter().filter(|fact| !ledger.is_proved(&Claim::Matters(*fact))).collect();
    if unproved.is_empty() {
        return;
    }
    match mattering(logic) {
        Ok(mattering) => {
            for fact in unproved {
                // That the diagrams turn on it says that two commissions differ by it alone.
                let witnesses = logic.diagrams.constant(mattering.contains(&fact));
                let claim = Claim::Matters(fact);
                ledger.some(logic, claim, Ok(witnesses), &|_| true, &Vec::new);
            }
        }
        Err(GaveUp) => {
            for fact in unproved {
                ledger.give_up(Claim::Matters(fact), logic.view.as_at, Reason::Budget);
            }
        }
    }
}

/// The facts that some route, model, paper, period or rank depends on.
fn mattering(logic: &Logic<'_>) -> Result<BTreeSet<FactId>, GaveUp> {
    let book = logic.book();
    let mut bits: BTreeSet<Bit> = BTreeSet::new();
    for route in book.routes.ids() {
        bits.extend(logic.route(route).yes.bits());
    }
    for model in book.models.ids() {
        bits.extend(logic.model(model).yes.bits());
    }
    for preference in book.preferences.ids() {
        bits.extend(logic.preference(preference)?.yes.bits());
    }
    for route in book.routes.ids() {
        let open = logic.route(route).yes;
        if open.is_nothing() {
            continue;
        }
        for set in follows(logic, route, &open)? {
            bits.extend(set.bits());
        }
    }
    let own = |bit: &Bit| {
        let dimension = logic.space.dimensions().get(logic.space.of_bit(*bit)?)?;
        Some(dimension.facts.get(logic.number())?.clone())
    };
    Ok(bits.iter().filter_map(own).flatten().collect())
}

/// What follows on an open route, as sets: the papers with their due rules, the lengths of periods.
fn follows(logic: &Logic<'_>, route: crate::pack::RouteId, open: &Set) -> Result<Vec<Set>, GaveUp> {
    let book = logic.book();
    let mut sets = Vec::new();
    for (id, document) in book.documents.iter() {
        let needed = logic.diagrams.and(open, &logic.document(id, route)?.yes)?;
        if needed.is_nothing() {
            continue;
        }
        let due = document.due.iter().filter(|due| logic.view.is_in_force(due.in_force));
        for condition in due.filter_map(|due| due.condition.as_ref()) {
            let holds = logic.condition(condition, Some(route))?;
            sets.push(logic.diagrams.and(&needed, &holds.yes)?);
        }
        sets.push(needed);
    }
    for (id, period) in book.periods.iter() {
        let applies = logic.diagrams.and(open, &logic.period(id, route)?.yes)?;
        if applies.is_nothing() {
            continue;
        }
        let rows = period.lengths.iter().filter(|row| logic.view.is_in_force(row.in_force));
        for condition in rows.filter_map(|row| row.condition.as_ref()) {
            let holds = logic.condition(condition, Some(route))?;
            sets.push(logic.diagrams.and(&applies, &holds.yes)?);
        }
        sets.push(applies);
    }
    for (id, model) in book.models.iter().filter(|(_, model)| model.carried_by.contains(&route)) {
        let fits = logic.diagrams.and(open, &logic.model(id).yes)?;
        for gate in logic.view.tests(&model.gates) {
            sets.push(logic.diagrams.and(&fits, &logic.test(gate, None)?.yes)?);
        }
    }
    Ok(sets)
}
