//! Nothing dead: every clause counts for some commission.

use super::super::diagram::{GaveUp, Set};
use super::super::ledger::{Claim, Ledger, Owner};
use super::super::logic::{Decided, Logic, Truth};
use crate::decide::{Known, Standing};
use crate::pack::{
    Candidate, Condition, DecisionId, DocumentId, ModelId, PackId, PeriodId, Preference,
    PreferenceId, RouteId, Test,
};
use crate::quantity::InForce;
use crate::source::Span;

pub(super) fn check(logic: &Logic<'_>, ledger: &mut Ledger) {
    let book = logic.book();
    for (id, pack) in book.packs.iter().filter(|(id, _)| logic.view.is_pack_in_force(*id)) {
        if let Some(gate) = &pack.gate {
            fails(logic, ledger, (Owner::Pack(id), 0), gate, Ok(logic.diagrams.everything()), None);
        }
    }
    for id in book.decisions.ids() {
        if let Some(decided) = logic.decision(id) {
            cases(logic, ledger, id, decided);
        }
    }
    for id in book.routes.ids() {
        route(logic, ledger, id);
    }
    for id in book.models.ids() {
        model(logic, ledger, id);
    }
    for id in book.documents.ids() {
        document(logic, ledger, id);
    }
    for id in book.periods.ids() {
        period(logic, ledger, id);
    }
    for (id, rules) in book.preferences.iter() {
        preference(logic, ledger, id, rules);
    }
}

fn cases(logic: &Logic<'_>, ledger: &mut Ledger, id: DecisionId, decided: &Decided) {
    for (place, reached, holds) in &decided.cases {
        let caught = logic.may(holds).and_then(|may| logic.diagrams.and(reached, &may));
        let rule = logic.book().decisions[id].cases.get(*place);
        let agrees = |trial: &mut crate::decide::Trial<'_>| {
            rule.is_some_and(|rule| trial.outcomes(id) == [rule.outcome])
        };
        let clauses = || shadows(logic, id, decided, *place).unwrap_or_default();
        ledger.some(logic, Claim::CaseCounts(id, *place), caught, &agrees, &clauses);
    }
}

/// The earlier cases that catch all that a case would: one that does so alone, or all that share.
fn shadows(
    logic: &Logic<'_>,
    id: DecisionId,
    decided: &Decided,
    dead: usize,
) -> Result<Vec<Span>, GaveUp> {
    let Some((_, _, holds)) = decided.cases.iter().find(|(place, ..)| *place == dead) else {
        return Ok(Vec::new());
    };
    let would = logic.may(holds)?;
    let rules = &logic.book().decisions[id].cases;
    let mut sharing = Vec::new();
    for (place, _, earlier) in decided.cases.iter().take_while(|(place, ..)| *place != dead) {
        let Some(rule) = rules.get(*place) else { continue };
        if logic.diagrams.minus(&would, &earlier.yes)?.is_nothing() && !would.is_nothing() {
            return Ok(vec![rule.span]);
        }
        if !logic.diagrams.and(&would, &earlier.yes)?.is_nothing() {
            sharing.push(rule.span);
        }
    }
    Ok(sharing)
}

/// Claims that some commission of `among` fails a test.
fn fails(
    logic: &Logic<'_>,
    ledger: &mut Ledger,
    (owner, place): (Owner, usize),
    test: &Test,
    among: Result<Set, GaveUp>,
    route: Option<RouteId>,
) {
    let claim = Claim::TestCounts(owner, place);
    if ledger.is_proved(&claim) {
        return;
    }
    let truth = logic.test(test, route);
    let failing = truth.and_then(|truth| logic.diagrams.and(&among?, &logic.no(&truth)?));
    let agrees = |trial: &mut crate::decide::Trial<'_>| {
        trial.condition(&test.condition, route) == Known::No
            && test.guard.as_ref().is_none_or(|guard| trial.condition(guard, route) == Known::Yes)
    };
    ledger.some(logic, claim, failing, &agrees, &|| gate_of(logic, owner, test));
}

/// What makes a test always true: the gate of its pack, where without that it could fail.
fn gate_of(logic: &Logic<'_>, owner: Owner, test: &Test) -> Vec<Span> {
    let always = logic.test(test, None).map(|truth| truth.yes.is_everything());
    let book = logic.book();
    let pack = match owner {
        Owner::Pack(_) => return Vec::new(),
        Owner::Route(id) => book.routes[id].pack,
        Owner::Model(id) => book.models[id].pack,
        Owner::Document(id) => book.documents[id].pack,
        Owner::Period(id) => book.periods[id].pack,
        Owner::Preference(id) => book.preferences[id].pack,
    };
    let gate = book.packs[pack].gate.iter().map(|gate| gate.span);
    if always == Ok(true) { Vec::new() } else { gate.collect() }
}

/// Where something of a pack is in force at all, whatever its own tests.
fn there(logic: &Logic<'_>, pack: PackId, in_force: InForce) -> Set {
    if logic.view.is_in_force(in_force) {
        logic.applies(pack).yes
    } else {
        logic.diagrams.nothing()
    }
}

fn tests<'g>(logic: &Logic<'g>, tests: &'g [Test]) -> impl Iterator<Item = (usize, &'g Test)> {
    let view = logic.view;
    tests.iter().enumerate().filter(move |(_, test)| {
        view.is_in_force(test.in_force) && view.is_pack_in_force(test.pack)
    })
}

fn route(logic: &Logic<'_>, ledger: &mut Ledger, id: RouteId) {
    let rules = &logic.book().routes[id];
    if !logic.view.is_pack_in_force(rules.pack) || !logic.view.is_in_force(rules.in_force) {
        return;
    }
    let there = there(logic, rules.pack, rules.in_force);
    for (place, test) in tests(logic, &rules.tests) {
        fails(logic, ledger, (Owner::Route(id), place), test, Ok(there.clone()), None);
    }
    let open = Ok(logic.route(id).yes);
    let agrees = |trial: &mut crate::decide::Trial<'_>| trial.route(id) == Standing::Open;
    let clauses = || closing(logic, &there, &rules.tests).unwrap_or_default();
    ledger.some(logic, Claim::RouteCounts(id), open, &agrees, &clauses);
}

/// The first test that leaves nothing of what those before it leave.
fn closing(logic: &Logic<'_>, there: &Set, all: &[Test]) -> Result<Vec<Span>, GaveUp> {
    let mut left = there.clone();
    for test in all.iter().filter(|test| logic.view.is_in_force(test.in_force)) {
        left = logic.diagrams.and(&left, &logic.test(test, None)?.yes)?;
        if left.is_nothing() {
            return Ok(vec![test.span]);
        }
    }
    Ok(Vec::new())
}

fn model(logic: &Logic<'_>, ledger: &mut Ledger, id: ModelId) {
    let rules = &logic.book().models[id];
    if !logic.view.is_pack_in_force(rules.pack) || !logic.view.is_in_force(rules.in_force) {
        return;
    }
    let there = there(logic, rules.pack, rules.in_force);
    for (place, test) in tests(logic, &rules.tests) {
        fails(logic, ledger, (Owner::Model(id), place), test, Ok(there.clone()), None);
    }
    let fits = logic.model(id).yes;
    let mut carried = Ok(logic.diagrams.nothing());
    for route in &rules.carried_by {
        let both = logic.diagrams.and(&fits, &logic.route(*route).yes);
        carried = carried.and_then(|carried| logic.diagrams.or(&carried, &both?));
    }
    let agrees = |trial: &mut crate::decide::Trial<'_>| {
        trial.model(id) == Known::Yes
            && rules.carried_by.iter().any(|route| trial.route(*route) == Standing::Open)
    };
    let clauses = || closing(logic, &there, &rules.tests).unwrap_or_default();
    ledger.some(logic, Claim::ModelCounts(id), carried, &agrees, &clauses);
}

fn document(logic: &Logic<'_>, ledger: &mut Ledger, id: DocumentId) {
    let rules = &logic.book().documents[id];
    if !logic.view.is_pack_in_force(rules.pack) || !logic.view.is_in_force(rules.in_force) {
        return;
    }
    let there = there(logic, rules.pack, rules.in_force);
    for route in logic.book().routes.ids() {
        let open = logic.diagrams.and(&there, &logic.route(route).yes);
        let Ok(open) = open else {
            ledger.give_up(
                Claim::DocumentCounts(id),
                logic.view.as_at,
                super::super::ledger::Reason::Budget,
            );
            continue;
        };
        if open.is_nothing() {
            continue;
        }
        for (place, test) in tests(logic, &rules.tests) {
            let owner = (Owner::Document(id), place);
            fails(logic, ledger, owner, test, Ok(open.clone()), Some(route));
        }
        document_on(logic, ledger, id, route, &open);
    }
    // Where no route is open on the day, nothing needs it then.
    let never = Ok(logic.diagrams.nothing());
    let clauses = || closing(logic, &there, &rules.tests).unwrap_or_default();
    ledger.some(logic, Claim::DocumentCounts(id), never, &|_| false, &clauses);
}

/// Whether a document, and each of its due rules, counts on an open route.
fn document_on(logic: &Logic<'_>, ledger: &mut Ledger, id: DocumentId, route: RouteId, open: &Set) {
    let rules = &logic.book().documents[id];
    let needed = logic.document(id, route).and_then(|needed| logic.diagrams.and(open, &needed.yes));
    let agrees = |trial: &mut crate::decide::Trial<'_>| {
        trial.route(route) == Standing::Open && trial.document(id, route) == Known::Yes
    };
    let clauses = || closing(logic, open, &rules.tests).unwrap_or_default();
    ledger.some(logic, Claim::DocumentCounts(id), needed.clone(), &agrees, &clauses);
    let Ok(mut left) = needed else { return };
    for (place, due) in rules.due.iter().enumerate() {
        if !logic.view.is_in_force(due.in_force) {
            continue;
        }
        let (caught, rest) = match caught(logic, &left, due.condition.as_ref(), route) {
            Ok((caught, rest)) => (Ok(caught), Some(rest)),
            Err(GaveUp) => (Err(GaveUp), None),
        };
        let claim = Claim::DueCounts(id, place);
        ledger.some(logic, claim, caught, &agrees, &Vec::new);
        let Some(rest) = rest else { return };
        left = rest;
    }
}

/// What a row that is tried in order catches of what is left, and what is left after it.
fn caught(
    logic: &Logic<'_>,
    left: &Set,
    condition: Option<&Condition>,
    route: RouteId,
) -> Result<(Set, Set), GaveUp> {
    let holds: Truth = match condition {
        Some(condition) => logic.condition(condition, Some(route))?,
        None => return Ok((left.clone(), logic.diagrams.nothing())),
    };
    Ok((logic.diagrams.and(left, &holds.yes)?, logic.diagrams.minus(left, &holds.yes)?))
}

fn period(logic: &Logic<'_>, ledger: &mut Ledger, id: PeriodId) {
    let rules = &logic.book().periods[id];
    if !logic.view.is_pack_in_force(rules.pack) || !logic.view.is_in_force(rules.in_force) {
        return;
    }
    let there = match logic.view.are_out_of_force(&rules.tests) {
        true => logic.diagrams.nothing(),
        false => there(logic, rules.pack, rules.in_force),
    };
    for route in logic.book().routes.ids() {
        let Ok(open) = logic.diagrams.and(&there, &logic.route(route).yes) else { continue };
        if open.is_nothing() {
            continue;
        }
        let mut applies = Ok(open.clone());
        for (place, test) in tests(logic, &rules.tests) {
            let owner = (Owner::Period(id), place);
            fails(logic, ledger, owner, test, Ok(open.clone()), Some(route));
            let holds = logic.test(test, Some(route));
            applies = applies.and_then(|left| logic.diagrams.and(&left, &holds?.yes));
        }
        lengths(logic, ledger, id, route, applies);
    }
    for (place, row) in rules.lengths.iter().enumerate() {
        if logic.view.is_in_force(row.in_force) {
            let never = Ok(logic.diagrams.nothing());
            ledger.some(logic, Claim::LengthCounts(id, place), never, &|_| false, &Vec::new);
        }
    }
}

fn lengths(
    logic: &Logic<'_>,
    ledger: &mut Ledger,
    id: PeriodId,
    route: RouteId,
    applies: Result<Set, GaveUp>,
) {
    let mut left = applies;
    for (place, row) in logic.book().periods[id].lengths.iter().enumerate() {
        if !logic.view.is_in_force(row.in_force) {
            continue;
        }
        let both = left.and_then(|left| caught(logic, &left, row.condition.as_ref(), route));
        let (caught, rest) = match both {
            Ok((caught, rest)) => (Ok(caught), Ok(rest)),
            Err(GaveUp) => (Err(GaveUp), Err(GaveUp)),
        };
        let agrees = |trial: &mut crate::decide::Trial<'_>| {
            let holds = |condition| trial.condition(condition, Some(route)) == Known::Yes;
            row.condition.as_ref().is_none_or(holds)
        };
        ledger.some(logic, Claim::LengthCounts(id, place), caught, &agrees, &Vec::new);
        left = rest;
    }
}

/// The commissions in which a candidate is to be ranked: the route is open, or the model fits.
fn ranked(logic: &Logic<'_>, candidate: Candidate) -> Set {
    match candidate {
        Candidate::Route(route) => logic.route(route).yes,
        Candidate::Model(model) => logic.model(model).yes,
    }
}

fn preference(logic: &Logic<'_>, ledger: &mut Ledger, id: PreferenceId, rules: &Preference) {
    if !logic.view.is_pack_in_force(rules.pack) || !logic.view.is_in_force(rules.in_force) {
        return;
    }
    let counts = || -> Result<Set, GaveUp> {
        let holds = logic.preference(id)?.yes;
        let mut counts = logic.diagrams.nothing();
        for above in &rules.above {
            for below in &rules.below {
                let both = logic.diagrams.and(&ranked(logic, *above), &ranked(logic, *below))?;
                counts = logic.diagrams.or(&counts, &logic.diagrams.and(&holds, &both)?)?;
            }
        }
        Ok(counts)
    };
    let stands = |trial: &mut crate::decide::Trial<'_>, candidate: &Candidate| match candidate {
        Candidate::Route(route) => trial.route(*route) == Standing::Open,
        Candidate::Model(model) => trial.model(*model) == Known::Yes,
    };
    let agrees = |trial: &mut crate::decide::Trial<'_>| {
        trial.preference(id) == Known::Yes
            && rules.above.iter().any(|above| stands(trial, above))
            && rules.below.iter().any(|below| stands(trial, below))
    };
    ledger.some(logic, Claim::PreferenceCounts(id), counts(), &agrees, &Vec::new);
}
