//! Layers only narrow: held against the same rules without the layer.

use super::super::diagram::{GaveUp, Set};
use super::super::ledger::{Claim, Ledger};
use super::super::logic::Logic;
use crate::decide::{Known, Standing, Trial};
use crate::pack::{DocumentId, Force, PackId, RouteId};

/// Holds a layer against the rules below it on one day. `below` and `above` share their space.
pub(in super::super) fn check(
    below: &Logic<'_>,
    above: &Logic<'_>,
    layer: PackId,
    ledger: &mut Ledger,
) {
    for (own, route) in above.book().routes.iter() {
        let Some((id, _)) = below.book().routes.iter().find(|(_, it)| it.name == route.name) else {
            continue;
        };
        let opened = below
            .no(&below.route(id))
            .and_then(|closed| above.diagrams.and(&closed, &above.route(own).yes));
        // What the law below says of an example is proved; that the layer opens it is confirmed.
        let agrees = |trial: &mut Trial<'_>| trial.route(own) == Standing::Open;
        ledger.never(above, Claim::OpensNothing(layer, own), opened, &agrees);
        documents(below, above, (layer, id, own), ledger);
    }
}

fn documents(
    below: &Logic<'_>,
    above: &Logic<'_>,
    (layer, base_route, route): (PackId, RouteId, RouteId),
    ledger: &mut Ledger,
) {
    for (own, document) in above.book().documents.iter() {
        let base = below.book().documents.iter().find(|(_, it)| it.name == document.name);
        let Some((base, _)) = base.filter(|(_, it)| it.force == Force::Law) else { continue };
        let dropped = dropped(below, above, (base, base_route), (own, route));
        let agrees = |trial: &mut Trial<'_>| {
            trial.route(route) == Standing::Open && trial.document(own, route) == Known::No
        };
        ledger.never(above, Claim::DropsNothing(layer, own), dropped, &agrees);
    }
}

/// The commissions for which the route is open, and the document required below and not above.
fn dropped(
    below: &Logic<'_>,
    above: &Logic<'_>,
    (base, base_route): (DocumentId, RouteId),
    (own, route): (DocumentId, RouteId),
) -> Result<Set, GaveUp> {
    let open = above.route(route).yes;
    if open.is_nothing() {
        return Ok(open);
    }
    let required = above.diagrams.and(&open, &below.document(base, base_route)?.yes)?;
    above.diagrams.minus(&required, &above.may(&above.document(own, route)?)?)
}
