//! No gaps: every decision reached gets one outcome, every route is open or barred.

use super::super::about::governing;
use super::super::diagram::{GaveUp, Set};
use super::super::example::Example;
use super::super::ledger::{Claim, Ledger, Reason};
use super::super::logic::{Decided, Logic, Truth};
use super::super::meeting::Meeting;
use crate::decide::{Known, Standing, Trial};
use crate::graph::Graph;
use crate::pack::{
    AmountId, AmountRow, Class, Condition, Figure, PackId, RouteId, Rulebook, Test, Value,
    quantities_of, walk,
};
use crate::source::Span;

pub(super) fn check(logic: &Logic<'_>, ledger: &mut Ledger) {
    for (id, decision) in logic.book().decisions.iter() {
        if let Some(decided) = logic.decision(id) {
            let applies = logic.applies(decision.pack).yes;
            let gap = gap(logic, decided).map(|gap| Meeting::of(gap).inside(applies));
            let agrees = |trial: &mut Trial<'_>| {
                trial.applies(decision.pack) == Known::Yes && trial.is_decision_stuck(id)
            };
            ledger.never(logic, Claim::Decided(id), gap, &agrees);
            let conditions = decision.cases.iter().filter_map(|case| case.condition.as_ref());
            let conditions: Vec<&Condition> = conditions.collect();
            let holes = |example: &Example| holes(logic.view.graph, example, &conditions);
            ledger.blame(&Claim::Decided(id), &holes);
        }
    }
    for (id, route) in logic.book().routes.iter() {
        let gap = Ok(Meeting::of(logic.route(id).gap));
        ledger.never(logic, Claim::Settled(id), gap, &|trial| trial.is_route_stuck(id));
        let gate = logic.book().packs[route.pack].gate.iter();
        let conditions = gate.chain(&route.tests).flat_map(conditions_of).collect::<Vec<_>>();
        let holes = |example: &Example| holes(logic.view.graph, example, &conditions);
        ledger.blame(&Claim::Settled(id), &holes);
    }
    for pack in governing(logic.book()) {
        let is_told = ledger.is_refuted(&Claim::SomeRouteOpen(pack));
        if logic.view.is_pack_in_force(pack) && !is_told {
            some_route(logic, pack, ledger);
        }
    }
}

fn conditions_of(test: &Test) -> impl Iterator<Item = &Condition> {
    std::iter::once(&test.condition).chain(&test.guard)
}

/// What leaves conditions open in an example whose facts are all known: decisions that are not
/// settled, amounts without a figure.
fn holes(graph: &Graph, example: &Example, conditions: &[&Condition]) -> Vec<Span> {
    let (book, as_at) = (graph.book(), example.as_at);
    let mut trial = Trial::new(graph, &example.facts, as_at);
    let mut holes = Vec::new();
    for condition in conditions {
        if trial.condition(condition, None) != Known::Unknown {
            continue;
        }
        walk(condition, &mut |condition| {
            if let Condition::Outcome(decision, _) = condition
                && trial.outcomes(*decision).len() != 1
            {
                holes.push(book.decisions[*decision].span);
            }
            for figure in
                quantities_of(condition).into_iter().flat_map(|quantity| quantity.figures())
            {
                if let Figure::Amount(amount) = figure
                    && is_without_figure(book, &trial, example, *amount)
                {
                    holes.push(book.amounts[*amount].span);
                }
            }
        });
    }
    holes.sort_unstable();
    holes.dedup();
    holes
}

/// Whether no row of an amount is in force in an example for its class.
fn is_without_figure(
    book: &Rulebook,
    trial: &Trial<'_>,
    example: &Example,
    amount: AmountId,
) -> bool {
    let rules = &book.amounts[amount];
    let is_for = |row: &&AmountRow| match (rules.class, row.class) {
        (Some(Class::Fact(fact)), Some(place)) => {
            example.facts.get(fact).is_none_or(|known| *known == Value::Choice(place))
        }
        (Some(Class::Decision(decision)), Some(place)) => trial.outcomes(decision).contains(&place),
        (Some(_), None) | (None, _) => true,
    };
    let mut rows = rules.rows.iter().filter(|row| row.in_force.holds_on(example.as_at));
    !rows.any(|row| is_for(&row))
}

/// Where a decision has no outcome, or several.
fn gap(logic: &Logic<'_>, decided: &Decided) -> Result<Set, GaveUp> {
    let (mut gap, mut seen) = (decided.none.clone(), logic.diagrams.nothing());
    for can in &decided.can {
        gap = logic.diagrams.or(&gap, &logic.diagrams.and(&seen, can)?)?;
        seen = logic.diagrams.or(&seen, can)?;
    }
    Ok(gap)
}

fn some_route(logic: &Logic<'_>, pack: PackId, ledger: &mut Ledger) {
    let (claim, as_at) = (Claim::SomeRouteOpen(pack), logic.view.as_at);
    let routes: Vec<RouteId> = logic.book().routes.ids().collect();
    let truths: Vec<Truth> = routes.iter().map(|route| logic.route(*route)).collect();
    let mut closed = Meeting::of(logic.applies(pack).yes);
    for truth in &truths {
        closed = closed.outside(truth.yes.clone());
    }
    let gaps: Vec<&Set> = truths.iter().map(|it| &it.gap).filter(|it| !it.is_nothing()).collect();
    let barred = gaps.iter().fold(closed.clone(), |left, gap| left.outside((*gap).clone()));
    let agrees = |trial: &mut Trial<'_>| {
        trial.applies(pack) == Known::Yes
            && routes.iter().all(|route| trial.route(*route) == Standing::Barred)
    };
    ledger.never(logic, claim.clone(), Ok(barred), &agrees);
    if gaps.is_empty() || !ledger.is_proved(&claim) {
        return;
    }
    match closed.first(&logic.diagrams) {
        Ok(None) => {}
        Ok(Some(_)) => ledger.give_up(claim, as_at, Reason::Gap),
        Err(GaveUp) => ledger.give_up(claim, as_at, Reason::Budget),
    }
}
