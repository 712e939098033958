//! Two answers to one commission, under two versions of rules or at two dates.

use super::Turned;
use super::sides::paired;
use crate::decide::{Answer, ChecklistItem, Known, Recommendation, Standing};
use crate::pack::{DecisionId, DocumentId, ModelId, RouteId};

/// How the second answer differs from the first, the most telling first. Papers are compared where
/// the same route is recommended: another route has other papers throughout.
#[must_use]
pub fn changes_between(old: &Answer<'_>, new: &Answer<'_>) -> Vec<Turned> {
    let (before, after) = (old.graph.book(), new.graph.book());
    let mut turned = Vec::new();
    let (taken, takes) = (taken(old), taken(new));
    let route_name = |answer: &Answer<'_>, taken: Option<(RouteId, Option<ModelId>)>| {
        taken.map(|(route, _)| answer.graph.book().routes[route].name.clone())
    };
    let model_name = |answer: &Answer<'_>, taken: Option<(RouteId, Option<ModelId>)>| {
        let model = taken.and_then(|(_, model)| model);
        model.map(|model| answer.graph.book().models[model].name.clone())
    };
    let is_same_route = route_name(old, taken) == route_name(new, takes);
    if !is_same_route || model_name(old, taken) != model_name(new, takes) {
        turned.push(Turned::Recommendation(taken, takes));
    }
    for (_, two) in paired(&before.routes, &after.routes, |route| &route.name) {
        let (a, b) = (standing(old, two.old), standing(new, two.new));
        let can_be_used = |standing| matches!(standing, Some(Standing::Open | Standing::Unsettled));
        if a != b && (can_be_used(a) || can_be_used(b)) {
            turned.push(Turned::Standing(two, a, b));
        }
    }
    for (_, two) in paired(&before.decisions, &after.decisions, |decision| &decision.name) {
        let (a, b) = (outcomes(old, two.old), outcomes(new, two.new));
        if names(old, two.old, &a) != names(new, two.new, &b) {
            turned.push(Turned::Outcomes(two, a, b));
        }
    }
    if is_same_route && taken.is_some() {
        for (_, two) in paired(&before.documents, &after.documents, |document| &document.name) {
            let (a, b) = (needed(old, two.old), needed(new, two.new));
            if a != b {
                turned.push(Turned::Needed(two, a, b));
            }
        }
    }
    turned
}

const fn taken(answer: &Answer<'_>) -> Option<(RouteId, Option<ModelId>)> {
    match &answer.recommendation {
        Recommendation::Take { route, model, .. } => Some((*route, *model)),
        Recommendation::Undecided(_) => None,
    }
}

fn standing(answer: &Answer<'_>, route: Option<RouteId>) -> Option<Standing> {
    let found = answer.routes.iter().find(|finding| Some(finding.route) == route);
    found.map(|finding| finding.standing)
}

fn outcomes(answer: &Answer<'_>, decision: Option<DecisionId>) -> Vec<usize> {
    let found = answer.decisions.iter().find(|finding| Some(finding.decision) == decision);
    found.map(|finding| finding.possible.clone()).unwrap_or_default()
}

fn names<'b>(
    answer: &'b Answer<'_>,
    decision: Option<DecisionId>,
    outcomes: &[usize],
) -> Vec<&'b str> {
    let Some(decision) = decision else { return Vec::new() };
    let book = answer.graph.book();
    let found = outcomes.iter().filter_map(|outcome| book.outcome(decision, *outcome));
    found.map(|outcome| outcome.name.as_str()).collect()
}

fn needed(answer: &Answer<'_>, document: Option<DocumentId>) -> Known {
    let found = answer.checklist.iter().find_map(|item| match item {
        ChecklistItem::Document(finding) if Some(finding.document) == document => {
            Some(finding.needed)
        }
        ChecklistItem::Document(_)
        | ChecklistItem::Forbidden(_)
        | ChecklistItem::RecordReasons(_) => None,
    });
    found.unwrap_or(Known::No)
}
