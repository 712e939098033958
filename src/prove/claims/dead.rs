//! Nothing dead: every clause counts for some commission.

use super::super::diagram::{GaveUp, Set};
use super::super::ledger::{Claim, Ledger, Owner};
use super::super::logic::{Decided, Logic};
use super::super::meeting::Meeting;
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
            fails(logic, ledger, (Owner::Pack(id), 0), gate, &Meeting::default(), None);
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
        let caught = logic.may(holds).map(|may| Meeting::of(reached.clone()).inside(may));
        let rules = &logic.book().decisions[id].cases;
        let earlier = decided.cases.iter().take_while(|(other, ..)| other < place);
        let earlier: Vec<_> = earlier.filter_map(|(other, ..)| rules.get(*other)).collect();
        let agrees = |trial: &mut Trial<'_>| {
            let tried = earlier.iter().map(|case| case.condition.as_ref());
            rules
                .get(*place)
                .is_some_and(|case| is_come_to(trial, tried, case.condition.as_ref(), None))
        };
        let clauses = || shadows(logic, id, decided, *place).unwrap_or_default();
        ledger.some(logic, Claim::CaseCounts(id, *place), caught, &agrees, &clauses);
    }
}

/// Whether a commission comes to a row that is tried after others: none of those holds, and it does.
fn is_come_to<'c>(
    trial: &mut Trial<'_>,
    mut earlier: impl Iterator<Item = Option<&'c Condition>>,
    own: Option<&Condition>,
    route: Option<RouteId>,
) -> bool {
    let mut holds = |condition: Option<&Condition>| {
        condition.map_or(Known::Yes, |condition| trial.condition(condition, route))
    };
    earlier.all(|condition| holds(condition) == Known::No) && holds(own) == Known::Yes
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
    among: &Meeting,
    route: Option<RouteId>,
) {
    let claim = Claim::TestCounts(owner, place);
    if ledger.is_proved(&claim) {
        return;
    }
    let truth = logic.test(test, route);
    let failing = truth.map(|truth| among.clone().outside(truth.yes).outside(truth.gap));
    let pack = pack_of(logic, owner);
    let agrees = |trial: &mut Trial<'_>| {
        pack.is_none_or(|pack| trial.applies(pack) == Known::Yes)
            && route.is_none_or(|route| trial.route(route) == Standing::Open)
            && trial.condition(&test.condition, route) == Known::No
            && test.guard.as_ref().is_none_or(|guard| trial.condition(guard, route) == Known::Yes)
    };
    ledger.some(logic, claim, failing, &agrees, &|| gate_of(logic, owner, test));
}

/// What makes a test always true: the gate of its pack, where without that it could fail.
fn gate_of(logic: &Logic<'_>, owner: Owner, test: &Test) -> Vec<Span> {
    let always = logic.test(test, None).map(|truth| truth.yes.is_everything());
    let Some(pack) = pack_of(logic, owner) else { return Vec::new() };
    let gate = logic.book().packs[pack].gate.iter().map(|gate| gate.span);
    if always == Ok(true) { Vec::new() } else { gate.collect() }
}

/// The pack that must apply for a test to be asked; none where it is a pack's own gate.
fn pack_of(logic: &Logic<'_>, owner: Owner) -> Option<PackId> {
    let book = logic.book();
    match owner {
        Owner::Pack(_) => None,
        Owner::Route(id) => Some(book.routes[id].pack),
        Owner::Model(id) => Some(book.models[id].pack),
        Owner::Document(id) => Some(book.documents[id].pack),
        Owner::Period(id) => Some(book.periods[id].pack),
        Owner::Preference(id) => Some(book.preferences[id].pack),
    }
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
        fails(logic, ledger, (Owner::Route(id), place), test, &Meeting::of(there.clone()), None);
    }
    let open = Ok(Meeting::of(logic.route(id).yes));
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
        fails(logic, ledger, (Owner::Model(id), place), test, &Meeting::of(there.clone()), None);
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
    // Carrier by carrier: one commission is enough.
    let fits = logic.model(id).yes;
    for route in &rules.carried_by {
        let carried = Meeting::of(fits.clone()).inside(logic.route(*route).yes);
        ledger.some(logic, Claim::ModelCounts(id), Ok(carried), &agrees, &clauses);
    }
    ledger.none(Claim::ModelCounts(id), &clauses);
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
        let Some(open) = open_within(logic, &there, route) else { continue };
        for (place, test) in tests(logic, &rules.tests) {
            let owner = (Owner::Document(id), place);
            fails(logic, ledger, owner, test, &open, Some(route));
        }
        if !is_all_needed {
            document_on(logic, ledger, id, route, &open);
        }
    }
    // Where no route is open on the day, nothing needs it then.
    let clauses = || closing(logic, &there, &rules.tests).unwrap_or_default();
    ledger.none(Claim::DocumentCounts(id), &clauses);
}

/// Where a route is open and something of a pack is there; none where that is plainly nowhere.
fn open_within(logic: &Logic<'_>, there: &Set, route: RouteId) -> Option<Meeting> {
    let open = Meeting::of(logic.route(route).yes).inside(there.clone());
    (!open.is_plainly_nothing()).then_some(open)
}

/// Whether a document, and each of its due rules, counts on an open route.
fn document_on(
    logic: &Logic<'_>,
    ledger: &mut Ledger,
    id: DocumentId,
    route: RouteId,
    open: &Meeting,
) {
    let rules = &logic.book().documents[id];
    let needed = logic.document(id, route).map(|needed| open.clone().inside(needed.yes));
    let agrees = |trial: &mut Trial<'_>| {
        trial.route(route) == Standing::Open && trial.document(id, route) == Known::Yes
    };
    let clauses = || {
        let open = open.all(&logic.diagrams);
        open.and_then(|open| closing(logic, &open, &rules.tests)).unwrap_or_default()
    };
    ledger.some(logic, Claim::DocumentCounts(id), needed.clone(), &agrees, &clauses);
    let mut left = needed;
    for (place, due) in in_force(logic, &rules.due, |due| due.in_force) {
        let (caught, rest) = caught(logic, left, due.condition.as_ref(), route);
        let claim = Claim::DueCounts(id, place);
        let rows = in_force(logic, &rules.due, |due| due.in_force);
        let earlier: Vec<_> = rows.take_while(|(other, _)| *other < place).collect();
        let is_due = |trial: &mut Trial<'_>| {
            let tried = earlier.iter().map(|(_, due)| due.condition.as_ref());
            agrees(trial) && is_come_to(trial, tried, due.condition.as_ref(), Some(route))
        };
        let clauses = || earlier.iter().map(|(_, due)| due.span).collect();
        ledger.some(logic, claim, caught, &is_due, &clauses);
        left = rest;
    }
}

/// The commissions that a row tried in order catches, of those left, and those it leaves.
fn caught(
    logic: &Logic<'_>,
    left: Result<Meeting, GaveUp>,
    condition: Option<&Condition>,
    route: RouteId,
) -> (Result<Meeting, GaveUp>, Result<Meeting, GaveUp>) {
    let holds = match condition {
        Some(condition) => logic.condition(condition, Some(route)).map(|holds| holds.yes),
        None => Ok(logic.diagrams.everything()),
    };
    match (left, holds) {
        (Ok(left), Ok(holds)) => (Ok(left.clone().inside(holds.clone())), Ok(left.outside(holds))),
        _ => (Err(GaveUp), Err(GaveUp)),
    }
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
        let Some(open) = open_within(logic, &there, route) else { continue };
        for (place, test) in tests(logic, &rules.tests) {
            let owner = (Owner::Period(id), place);
            fails(logic, ledger, owner, test, &open, Some(route));
        }
        if is_every_row_used {
            continue;
        }
        let mut applies = Ok(open);
        for (_, test) in tests(logic, &rules.tests) {
            let holds = logic.test(test, Some(route));
            applies = applies.and_then(|applies| Ok(applies.inside(holds?.yes)));
        }
        lengths(logic, ledger, id, route, applies);
    }
    for (place, _) in in_force(logic, &rules.lengths, |row| row.in_force) {
        ledger.none(Claim::LengthCounts(id, place), &|| earlier_rows(logic, id, place));
    }
}

fn lengths(
    logic: &Logic<'_>,
    ledger: &mut Ledger,
    id: PeriodId,
    route: RouteId,
    applies: Result<Meeting, GaveUp>,
) {
    let mut left = applies;
    for (place, row) in in_force(logic, &logic.book().periods[id].lengths, |row| row.in_force) {
        let (caught, rest) = caught(logic, left, row.condition.as_ref(), route);
        let rows = in_force(logic, &logic.book().periods[id].lengths, |row| row.in_force);
        let earlier: Vec<_> = rows.take_while(|(other, _)| *other < place).collect();
        let agrees = |trial: &mut Trial<'_>| {
            let tried = earlier.iter().map(|(_, row)| row.condition.as_ref());
            trial.route(route) == Standing::Open
                && trial.lengths(id, route).0 == Known::Yes
                && is_come_to(trial, tried, row.condition.as_ref(), Some(route))
        };
        let clauses = || earlier.iter().map(|(_, row)| row.span).collect();
        ledger.some(logic, Claim::LengthCounts(id, place), caught, &agrees, &clauses);
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
    // Pair by pair: one commission is enough.
    for (above, below) in pairs(rules) {
        let both = Meeting::of(ranked(logic, above)).inside(ranked(logic, below));
        let counts = holds.clone().map(|holds| both.inside(holds));
        ledger.some(logic, claim.clone(), counts, &agrees, &Vec::new);
    }
    ledger.none(claim, &Vec::new);
}

/// Whatever a preference puts above with whatever it puts below.
fn pairs(rules: &Preference) -> impl Iterator<Item = (Candidate, Candidate)> {
    rules.above.iter().flat_map(|above| rules.below.iter().map(|below| (*above, *below)))
}
