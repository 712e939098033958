//! No gaps: every decision reached gets one outcome, every route is open or barred.

use super::super::diagram::{GaveUp, Set};
use super::super::ledger::{Claim, Ledger};
use super::super::logic::{Decided, Logic};
use crate::decide::{Known, Standing};
use crate::pack::{PackId, RouteId};

pub(super) fn check(logic: &Logic<'_>, ledger: &mut Ledger) {
    for (id, decision) in logic.book().decisions.iter() {
        if let Some(decided) = logic.decision(id) {
            let gap = gap(logic, decided)
                .and_then(|gap| logic.diagrams.and(&gap, &logic.applies(decision.pack).yes));
            ledger.never(logic, Claim::Decided(id), gap, &|trial| trial.is_decision_stuck(id));
        }
    }
    for id in logic.book().routes.ids() {
        let gap = Ok(logic.route(id).gap);
        ledger.never(logic, Claim::Settled(id), gap, &|trial| trial.is_route_stuck(id));
    }
    for pack in governing(logic) {
        if logic.view.is_pack_in_force(pack) {
            some_route(logic, pack, ledger);
        }
    }
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

/// The packs that govern: each says to whom it applies and has routes of its own.
pub(super) fn governing(logic: &Logic<'_>) -> Vec<PackId> {
    let book = logic.book();
    let governs = |pack: &PackId| {
        let rules = &book.packs[*pack];
        let has_routes = book.routes.rows().any(|route| route.pack == *pack);
        rules.gate.is_some() && rules.base.is_none() && has_routes
    };
    book.packs.ids().filter(governs).collect()
}

fn some_route(logic: &Logic<'_>, pack: PackId, ledger: &mut Ledger) {
    let routes: Vec<RouteId> = logic.book().routes.ids().collect();
    let mut closed = Ok(logic.applies(pack).yes);
    for route in &routes {
        closed = closed.and_then(|closed| logic.diagrams.minus(&closed, &logic.route(*route).yes));
    }
    let agrees = |trial: &mut crate::decide::Trial<'_>| {
        trial.applies(pack) == Known::Yes
            && routes.iter().all(|route| trial.route(*route) == Standing::Barred)
    };
    ledger.never(logic, Claim::SomeRouteOpen(pack), closed, &agrees);
}
