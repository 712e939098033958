//! Routes that exclude each other, mandatory routes, double binds.

use super::super::diagram::{GaveUp, Set};
use super::super::ledger::{Claim, Ledger};
use super::super::logic::Logic;
use super::super::meeting::Meeting;
use crate::decide::{Known, Standing, Trial};
use crate::pack::{DocumentId, RouteId};

pub(super) fn check(logic: &Logic<'_>, ledger: &mut Ledger) {
    let book = logic.book();
    for (id, route) in book.routes.iter() {
        for excluded in &route.excludes {
            never_both(logic, ledger, Claim::Exclusive(id, excluded.route), id, excluded.route);
        }
    }
    let mandatory = || book.routes.iter().filter(|(_, route)| route.mandatory.is_some());
    for (id, _) in mandatory() {
        for (other, _) in mandatory().filter(|(other, _)| id < *other) {
            never_both(logic, ledger, Claim::OneMandatory(id, other), id, other);
        }
    }
    for (id, document) in book.documents.iter() {
        let is_there = logic.view.is_pack_in_force(document.pack);
        if is_there && !document.forbidden.is_empty() {
            double_bind(logic, ledger, id);
        }
    }
}

fn never_both(logic: &Logic<'_>, ledger: &mut Ledger, claim: Claim, one: RouteId, other: RouteId) {
    let both = Meeting::of(logic.route(one).yes).inside(logic.route(other).yes);
    let agrees = |trial: &mut Trial<'_>| {
        trial.route(one) == Standing::Open && trial.route(other) == Standing::Open
    };
    ledger.never(logic, claim, Ok(both), &agrees);
}

fn double_bind(logic: &Logic<'_>, ledger: &mut Ledger, id: DocumentId) {
    for route in logic.book().routes.ids() {
        let open = logic.route(route).yes;
        if open.is_nothing() {
            continue;
        }
        let bound = bound(logic, id, route, open);
        let agrees = |trial: &mut Trial<'_>| {
            trial.route(route) == Standing::Open
                && trial.document(id, route) == Known::Yes
                && trial.ban(id, route) == Known::Yes
        };
        ledger.never(logic, Claim::NoDoubleBind(id), bound, &agrees);
    }
}

/// The commissions that have a route open, and on it need a document that they may not have.
fn bound(logic: &Logic<'_>, id: DocumentId, route: RouteId, open: Set) -> Result<Meeting, GaveUp> {
    let needed = Meeting::of(open).inside(logic.document(id, route)?.yes);
    Ok(needed.inside(logic.ban(id, route)?.yes))
}
