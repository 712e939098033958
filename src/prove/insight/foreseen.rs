//! What is certain whatever the unknown facts turn out to be, where three values may not show it.

use std::collections::BTreeMap;

use super::super::diagram::GaveUp;
use super::case::{Case, stands};
use crate::decide::Foreseen;
use crate::pack::DecisionId;

pub(super) fn foreseen(case: &Case<'_, '_>) -> Result<Foreseen, GaveUp> {
    let (logic, book) = (&case.here, case.here.book());
    let mut foreseen = Foreseen { outcomes: outcomes(case), ..Foreseen::default() };
    for pack in book.packs.ids() {
        foreseen.packs.insert(pack, stands(&logic.applies(pack)));
    }
    for route in book.routes.ids() {
        foreseen.routes.insert(route, stands(&logic.route(route)));
    }
    for model in book.models.ids() {
        foreseen.models.insert(model, stands(&logic.model(model)));
    }
    for preference in book.preferences.ids() {
        foreseen.preferences.insert(preference, stands(&logic.preference(preference)?));
    }
    for (route, unbeaten) in &case.here.ranked()?.unbeaten {
        if unbeaten.is_nothing() {
            continue;
        }
        for document in book.documents.ids() {
            let needed = stands(&logic.document(document, *route)?);
            foreseen.documents.insert((document, *route), needed);
        }
    }
    foreseen.unbeaten = unbeaten(case);
    Ok(foreseen)
}

/// The outcomes that each decision can still have, where the rules leave no gap.
fn outcomes(case: &Case<'_, '_>) -> BTreeMap<DecisionId, Vec<usize>> {
    let mut outcomes = BTreeMap::new();
    for decision in case.here.book().decisions.ids() {
        let Some(decided) = case.here.decision(decision) else { continue };
        if !decided.none.is_nothing() {
            continue;
        }
        let can = decided.can.iter().enumerate();
        let possible = can.filter(|(_, can)| !can.is_nothing());
        outcomes.insert(decision, possible.map(|(outcome, _)| outcome).collect());
    }
    outcomes
}

/// The routes that come out unbeaten, where no unknown fact can change which.
fn unbeaten(case: &Case<'_, '_>) -> Option<Vec<crate::pack::RouteId>> {
    let routes = case.here.book().routes.ids();
    let mut gaps = routes.map(|route| case.here.route(route).gap);
    if gaps.any(|gap| !gap.is_nothing()) {
        return None;
    }
    let is_settled = |set: &super::super::diagram::Set| set.is_nothing() || set.is_everything();
    if !case.here.ranked().ok()?.unbeaten.iter().all(|(_, set)| is_settled(set)) {
        return None;
    }
    let unbeaten = case.here.ranked().ok()?.unbeaten.iter().filter(|(_, set)| set.is_everything());
    let unbeaten: Vec<_> = unbeaten.map(|(route, _)| *route).collect();
    (!unbeaten.is_empty()).then_some(unbeaten)
}
