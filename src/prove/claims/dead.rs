//! Nothing dead: every clause counts for some commission.

use super::super::diagram::{GaveUp, Set};
use super::super::ledger::{Claim, Ledger, Owner, Reason};
use super::super::logic::{Decided, Logic, Truth};
use crate::decide::{Known, Standing, Trial};
use crate::pack::{
    Candidate, Condition, DecisionId, DocumentId, ModelId, PackId, PeriodId, Preference,
    PreferenceId, RouteId, Test,
};
use crate::quantity::InForce;
use crate::source::Span;

pub(super) fn check(logic: &Logic<'_>, ledger: &mut Ledger) {
    let book = logic.book();
    for (id, pack) in book.packs.iter() {
        // Also while the pack is not in force: a decision that hands over on the pack's last day
        // fails its gate from then on.
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
        if ledger.is_proved(&Claim::CaseCounts(id, *place)) {
            continue;
        }
        let caught = logic.may(holds).and_then(|may| logic.diagrams.and(reached, &may));
        let rule = logic.book().decisions[id].cases.get(*place);
        let agrees =
            |trial: &mut Trial<'_>| rule.is_some_and(|rule| trial.outcomes(id) == [rule.outcome]);
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
    let agrees = |trial: &mut Trial<'_>| {
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

/// The rows that are in force, each with its place.
fn in_force<'g, T>(
    logic: &Logic<'g>,
    rows: &'g [T],
    period: impl Fn(&T) -> InForce,
) -> impl Iterator<Item = (usize, &'g T)> {
    let view = logic.view;
    rows.iter().enumerate().filter(move |(_, row)| view.is_in_force(period(row)))
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
    let agrees = |trial: &mut Trial<'_>| trial.route(id) == Standing::Open;
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
    if ledger.is_proved(&Claim::ModelCounts(id)) {
        return;
    }
    let agrees = |trial: &mut Trial<'_>| {
        trial.model(id) == Known::Yes
            && rules.carried_by.iter().any(|route| trial.route(*route) == Standing::Open)
    };
    let clauses = || {
        let closing = closing(logic, &there, &rules.tests).unwrap_or_default();
        let carriers = rules.carried_by.iter().map(|route| logic.book().routes[*route].span);
        if closing.is_empty() { carriers.collect() } else { closing }
    };
    // Carrier by carrier: one commission is enough, and all of them together may be too many.
    let fits = logic.model(id).yes;
    for route in &rules.carried_by {
        let carried = logic.diagrams.and(&fits, &logic.route(*route).yes);
        if carried.as_ref().is_ok_and(Set::is_nothing) {
            continue;
        }
        ledger.some(logic, Claim::ModelCounts(id), carried, &agrees, &clauses);
        if ledger.is_proved(&Claim::ModelCounts(id)) {
            return;
        }
    }
    let never = Ok(logic.diagrams.nothing());
    ledger.some(logic, Claim::ModelCounts(id), never, &agrees, &clauses);
}

fn document(logic: &Logic<'_>, ledger: &mut Ledger, id: DocumentId) {
    let rules = &logic.book().documents[id];
    if !logic.view.is_pack_in_force(rules.pack) || !logic.view.is_in_force(rules.in_force) {
        return;
    }
    let own = tests(logic, &rules.tests);
    let own: Vec<Claim> =
        own.map(|(place, _)| Claim::TestCounts(Owner::Document(id), place)).collect();
    let due = in_force(logic, &rules.due, |due| due.in_force);
    let due = due.map(|(place, _)| Claim::DueCounts(id, place));
    let needs: Vec<Claim> = due.chain([Claim::DocumentCounts(id)]).collect();
    let there = there(logic, rules.pack, rules.in_force);
    for route in logic.book().routes.ids() {
        let is_all_needed = ledger.are_proved(&needs);
        if is_all_needed && ledger.are_proved(&own) {
            return;
        }
        let Ok(open) = open_within(logic, rules.pack, &there, route) else {
            give_up(logic, ledger, Claim::DocumentCounts(id));
            continue;
        };
        if open.is_nothing() {
            continue;
        }
        for (place, test) in tests(logic, &rules.tests) {
            let owner = (Owner::Document(id), place);
            fails(logic, ledger, owner, test, Ok(open.clone()), Some(route));
        }
        if !is_all_needed {
            document_on(logic, ledger, id, route, &open);
        }
    }
    // Where no route is open on the day, nothing needs it then.
    let never = Ok(logic.diagrams.nothing());
    let clauses = || closing(logic, &there, &rules.tests).unwrap_or_default();
    ledger.some(logic, Claim::DocumentCounts(id), never, &|_| false, &clauses);
}

/// Where a route is open and something of a pack is there.
fn open_within(
    logic: &Logic<'_>,
    pack: PackId,
    there: &Set,
    route: RouteId,
) -> Result<Set, GaveUp> {
    let open = logic.route(route).yes;
    // A pack's own routes are open only where the pack applies.
    if logic.book().routes[route].pack == pack && !there.is_nothing() {
        return Ok(open);
    }
    logic.diagrams.and(there, &open)
}

/// Gives up a claim that some commission exists, unless one was found.
fn give_up(logic: &Logic<'_>, ledger: &mut Ledger, claim: Claim) {
    if !ledger.is_proved(&claim) {
        ledger.give_up(claim, logic.view.as_at, Reason::Budget);
    }
}

/// Whether a document, and each of its due rules, counts on an open route.
fn document_on(logic: &Logic<'_>, ledger: &mut Ledger, id: DocumentId, route: RouteId, open: &Set) {
    let rules = &logic.book().documents[id];
    let needed = logic.document(id, route).and_then(|needed| logic.diagrams.and(open, &needed.yes));
    let agrees = |trial: &mut Trial<'_>| {
        trial.route(route) == Standing::Open && trial.document(id, route) == Known::Yes
    };
    let clauses = || closing(logic, open, &rules.tests).unwrap_or_default();
    ledger.some(logic, Claim::DocumentCounts(id), needed.clone(), &agrees, &clauses);
    let Ok(mut left) = needed else { return };
    for (place, due) in in_force(logic, &rules.due, |due| due.in_force) {
        let (caught, rest) = match caught(logic, &left, due.condition.as_ref(), route) {
            Ok((caught, rest)) => (Ok(caught), Some(rest)),
            Err(GaveUp) => (Err(GaveUp), None),
        };
        let claim = Claim::DueCounts(id, place);
        let earlier = || {
            let rows = in_force(logic, &rules.due, |due| due.in_force);
            rows.take_while(|(other, _)| *other < place).map(|(_, due)| due.span).collect()
        };
        ledger.some(logic, claim, caught, &agrees, &earlier);
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
    let own = tests(logic, &rules.tests);
    let own: Vec<Claim> =
        own.map(|(place, _)| Claim::TestCounts(Owner::Period(id), place)).collect();
    let rows = in_force(logic, &rules.lengths, |row| row.in_force);
    let rows: Vec<Claim> = rows.map(|(place, _)| Claim::LengthCounts(id, place)).collect();
    let there = match logic.view.are_out_of_force(&rules.tests) {
        true => logic.diagrams.nothing(),
        false => there(logic, rules.pack, rules.in_force),
    };
    for route in logic.book().routes.ids() {
        let is_every_row_used = ledger.are_proved(&rows);
        if is_every_row_used && ledger.are_proved(&own) {
            return;
        }
        let Ok(open) = open_within(logic, rules.pack, &there, route) else {
            for (place, _) in in_force(logic, &rules.lengths, |row| row.in_force) {
                give_up(logic, ledger, Claim::LengthCounts(id, place));
            }
            continue;
        };
        if open.is_nothing() {
            continue;
        }
        for (place, test) in tests(logic, &rules.tests) {
            let owner = (Owner::Period(id), place);
            fails(logic, ledger, owner, test, Ok(open.clone()), Some(route));
        }
        if is_every_row_used {
            continue;
        }
        let mut applies = Ok(open);
        for (_, test) in tests(logic, &rules.tests) {
            let holds = logic.test(test, Some(route));
            applies = applies.and_then(|left| logic.diagrams.and(&left, &holds?.yes));
        }
        lengths(logic, ledger, id, route, applies);
    }
    for (place, _) in in_force(logic, &rules.lengths, |row| row.in_force) {
        let never = Ok(logic.diagrams.nothing());
        let earlier = || earlier_rows(logic, id, place);
        ledger.some(logic, Claim::LengthCounts(id, place), never, &|_| false, &earlier);
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
    for (place, row) in in_force(logic, &logic.book().periods[id].lengths, |row| row.in_force) {
        let both = left.and_then(|left| caught(logic, &left, row.condition.as_ref(), route));
        let (caught, rest) = match both {
            Ok((caught, rest)) => (Ok(caught), Ok(rest)),
            Err(GaveUp) => (Err(GaveUp), Err(GaveUp)),
        };
        let agrees = |trial: &mut Trial<'_>| {
            let holds = |condition| trial.condition(condition, Some(route)) == Known::Yes;
            row.condition.as_ref().is_none_or(holds)
        };
        let earlier = || earlier_rows(logic, id, place);
        ledger.some(logic, Claim::LengthCounts(id, place), caught, &agrees, &earlier);
        left = rest;
    }
}

/// The rows of a period that are tried before one.
fn earlier_rows(logic: &Logic<'_>, id: PeriodId, place: usize) -> Vec<Span> {
    let rows = in_force(logic, &logic.book().periods[id].lengths, |row| row.in_force);
    rows.take_while(|(other, _)| *other < place).map(|(_, row)| row.span).collect()
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
    if ledger.is_proved(&Claim::PreferenceCounts(id)) {
        return;
    }
    let stands = |trial: &mut Trial<'_>, candidate: &Candidate| match candidate {
        Candidate::Route(route) => trial.route(*route) == Standing::Open,
        Candidate::Model(model) => trial.model(*model) == Known::Yes,
    };
    let agrees = |trial: &mut Trial<'_>| {
        trial.preference(id) == Known::Yes
            && rules.above.iter().any(|above| stands(trial, above))
            && rules.below.iter().any(|below| stands(trial, below))
    };
    let claim = Claim::PreferenceCounts(id);
    let holds = logic.preference(id).map(|holds| holds.yes);
    // Pair by pair: one commission is enough, and all of them together may be too many.
    for (above, below) in pairs(rules) {
        let both = logic.diagrams.and(&ranked(logic, above), &ranked(logic, below));
        let counts = both.and_then(|both| logic.diagrams.and(&holds.clone()?, &both));
        if counts.as_ref().is_ok_and(Set::is_nothing) {
            continue;
        }
        ledger.some(logic, claim.clone(), counts, &agrees, &Vec::new);
        if ledger.is_proved(&claim) {
            return;
        }
    }
    ledger.some(logic, claim, Ok(logic.diagrams.nothing()), &agrees, &Vec::new);
}

/// Whatever a preference puts above with whatever it puts below.
fn pairs(rules: &Preference) -> impl Iterator<Item = (Candidate, Candidate)> {
    rules.above.iter().flat_map(|above| rules.below.iter().map(|below| (*above, *below)))
}
