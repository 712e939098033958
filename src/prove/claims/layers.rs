//! Layers only narrow: held against the same rules without the layer.

use std::collections::BTreeSet;

use super::super::diagram::{GaveUp, Set};
use super::super::ledger::{Claim, Ledger};
use super::super::logic::Logic;
use super::super::meeting::Meeting;
use super::super::reading::readers;
use super::shortened;
use crate::decide::{Known, Standing, Trial};
use crate::graph::{Graph, Node};
use crate::pack::{DocumentId, Force, ListRows, PackId, RouteId, Rulebook};
use crate::source::Span;

/// Holds a layer against the rules below it on one day. `below` and `above` share their space.
pub(in super::super) fn check(
    below: &Logic<'_>,
    above: &Logic<'_>,
    layer: PackId,
    ledger: &mut Ledger,
) {
    let filled = filled(below.book(), above.book());
    let touched = readers(above.view.graph, &filled.iter().map(|(node, _)| *node).collect());
    for (own, route) in above.book().routes.iter() {
        let Some((id, _)) = below.book().routes.iter().find(|(_, it)| it.name == route.name) else {
            continue;
        };
        let lower = below.route(id);
        let opened = Meeting::of(above.route(own).yes).outside(lower.yes.clone());
        let opened = opened.outside(lower.gap.clone());
        // What the law below says of an example is proved; that the layer opens it is confirmed.
        let agrees = |trial: &mut Trial<'_>| {
            trial.route(own) == Standing::Open
                && below.no(&lower).is_ok_and(|closed| above.is_sure(&closed, trial.facts()))
        };
        let claim = Claim::OpensNothing(layer, own);
        ledger.never(above, claim.clone(), Ok(opened), &agrees);
        ledger.blame(&claim, &|_| behind(above.view.graph, &filled, Node::Route(own)));
        documents(below, above, (layer, id, own), &touched, ledger);
    }
    for (own, document) in above.book().documents.iter() {
        let claim = Claim::DropsNothing(layer, own);
        ledger.blame(&claim, &|_| behind(above.view.graph, &filled, Node::Document(own)));
        // What reads nothing that the layer fills says above what it says below.
        let is_law = document.force == Force::Law && document.pack != layer;
        if is_law && !touched.contains(&Node::Document(own)) {
            ledger.holds(claim);
        }
    }
    shortened::check(below, above, layer, &touched, ledger);
    for own in above.book().periods.ids() {
        let claim = Claim::ShortensNothing(layer, own);
        ledger.blame(&claim, &|_| behind(above.view.graph, &filled, Node::Period(own)));
    }
}

fn documents(
    below: &Logic<'_>,
    above: &Logic<'_>,
    (layer, base_route, route): (PackId, RouteId, RouteId),
    touched: &BTreeSet<Node>,
    ledger: &mut Ledger,
) {
    let documents = above.book().documents.iter();
    for (own, document) in documents.filter(|(id, _)| touched.contains(&Node::Document(*id))) {
        let base = below.book().documents.iter().find(|(_, it)| it.name == document.name);
        let Some((base, _)) = base.filter(|(_, it)| it.force == Force::Law) else { continue };
        let dropped = dropped(below, above, (base, base_route), (own, route));
        let agrees = |trial: &mut Trial<'_>| {
            trial.route(route) == Standing::Open
                && trial.document(own, route) == Known::No
                && below
                    .document(base, base_route)
                    .is_ok_and(|needed| above.is_sure(&needed.yes, trial.facts()))
        };
        let dropped = dropped.map(Meeting::of);
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

/// The amounts and lists whose rows are not those below, each with its rows.
fn filled(below: &Rulebook, above: &Rulebook) -> Vec<(Node, Vec<Span>)> {
    let mut filled = Vec::new();
    for (id, amount) in above.amounts.iter() {
        let base = below.amounts.rows().find(|base| base.name == amount.name);
        let rows = || amount.rows.iter().map(|row| (row.class, &row.value, row.in_force));
        let is_same = base.is_none_or(|base| {
            base.rows.iter().map(|row| (row.class, &row.value, row.in_force)).eq(rows())
        });
        if !is_same {
            let own = amount.rows.iter().filter(|row| row.pack != amount.pack);
            filled.push((Node::Amount(id), own.map(|row| row.span).collect()));
        }
    }
    for (id, list) in above.lists.iter() {
        let base = below.lists.rows().find(|base| base.name == list.name);
        if let (ListRows::Codes(rows), Some(ListRows::Codes(base))) =
            (&list.rows, base.map(|base| &base.rows))
            && rows.len() > base.len()
        {
            let added = rows.iter().skip(base.len());
            filled.push((Node::List(id), added.map(|row| row.span).collect()));
        }
    }
    filled
}

/// The filled rows that a thing depends on.
fn behind(graph: &Graph, filled: &[(Node, Vec<Span>)], thing: Node) -> Vec<Span> {
    let depends = |node: Node| readers(graph, &BTreeSet::from([node])).contains(&thing);
    filled.iter().filter(|(node, _)| depends(*node)).flat_map(|(_, rows)| rows.clone()).collect()
}
