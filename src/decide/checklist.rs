//! What to prepare: documents for the routes in play, and reasons to record.

use std::collections::BTreeSet;

use super::answer::{ChecklistItem, DocumentFinding, Known, Reads, RouteFinding};
use super::calendar::last_day;
use super::evaluation::{Evaluation, Waits};
use super::timetable::given_date;
use crate::pack::{Document, DocumentId, Due, DueRule, FactId, RouteId, Rulebook};
use crate::quantity::Date;
use crate::syntax::tree::Ending;

/// The documents that are or may be needed on the routes in play.
pub(super) fn documents<'g>(
    evaluation: &mut Evaluation<'g>,
    routes: &[RouteId],
) -> Vec<DocumentFinding<'g>> {
    let mut findings = Vec::new();
    for (id, document) in evaluation.book().documents.iter() {
        let is_in_force = evaluation.is_in_force(document.in_force);
        let is_out = evaluation.are_out_of_force(&document.tests);
        if !is_in_force || is_out || evaluation.applies(document.pack) == Known::No {
            continue;
        }
        findings.extend(finding(evaluation, id, document, routes));
    }
    evaluation.consider(None);
    findings
}

fn finding<'g>(
    evaluation: &mut Evaluation<'g>,
    id: DocumentId,
    document: &'g Document,
    routes: &[RouteId],
) -> Option<DocumentFinding<'g>> {
    let mut waits = Waits::default();
    let mut on = Vec::new();
    let mut due: Vec<(&'g Due, Option<Date>)> = Vec::new();
    let mut n_sure = 0;
    for route in routes {
        evaluation.consider(Some(*route));
        let (needed, waiting) = needed(evaluation, document);
        if needed == Known::No {
            continue;
        }
        n_sure += usize::from(needed == Known::Yes);
        waits.extend(waiting);
        on.push(*route);
        for (row, date) in due_rules(evaluation, document) {
            if !due.iter().any(|(seen, _)| std::ptr::eq(*seen, row)) {
                due.push((row, date));
            }
        }
    }
    if on.is_empty() {
        return None;
    }
    let needed = if n_sure == routes.len() { Known::Yes } else { Known::Unknown };
    let Waits { facts: waits, missing } = waits;
    Some(DocumentFinding { document: id, needed, routes: on, waits, missing, due })
}

/// Whether a document is needed on the route considered, and what that waits for.
fn needed(evaluation: &Evaluation<'_>, document: &Document) -> (Known, Waits) {
    let mut needed = evaluation.applies(document.pack);
    let mut waits = evaluation.gate_waits(document.pack);
    for test in document.tests.iter().filter(|test| evaluation.is_in_force(test.in_force)) {
        let mut reads = Reads::default();
        let holds = evaluation.read(&test.condition, &mut reads);
        if holds == Known::No {
            return (Known::No, Waits::default());
        }
        if holds == Known::Unknown {
            needed = Known::Unknown;
            waits.extend(Waits::from(&reads));
        }
    }
    (needed, waits)
}

/// The due rules that apply or may: up to the first that surely does.
fn due_rules<'g>(
    evaluation: &Evaluation<'g>,
    document: &'g Document,
) -> Vec<(&'g Due, Option<Date>)> {
    let mut rules = Vec::new();
    for due in document.due.iter().filter(|due| evaluation.is_in_force(due.in_force)) {
        let holds = match &due.condition {
            None => Known::Yes,
            Some(condition) => evaluation.read(condition, &mut Reads::default()),
        };
        if holds != Known::No {
            rules.push((due, last_due_day(evaluation, document, &due.rule)));
        }
        if holds == Known::Yes {
            break;
        }
    }
    rules
}

/// The last day on which a document is due, where the event's date is given.
fn last_due_day(evaluation: &Evaluation<'_>, document: &Document, rule: &DueRule) -> Option<Date> {
    match rule {
        DueRule::Within(duration, counting, event) => {
            let calendar = evaluation.book().packs[document.pack].calendar;
            let from = given_date(evaluation, *event)?;
            let length = (*duration, *counting, Ending::AsCounted);
            last_day(evaluation.book(), calendar, from, length).map(|counted| counted.last)
        }
        DueRule::Before(event) | DueRule::With(event) => given_date(evaluation, *event),
        DueRule::Words(_) | DueRule::Soon(_) => None,
    }
}

/// The documents, by stage and force as the rules order them, and the reasons to record.
pub(super) fn checklist<'g>(
    evaluation: &Evaluation<'g>,
    routes: &[RouteFinding<'g>],
    candidates: &[RouteId],
    mut documents: Vec<DocumentFinding<'g>>,
) -> Vec<ChecklistItem<'g>> {
    let book = evaluation.book();
    documents.sort_by_key(|finding| {
        let document = &book.documents[finding.document];
        (document.stage, document.force, finding.needed, finding.document)
    });
    let judgements = judgements(evaluation, routes, candidates);
    let judgements = judgements.into_iter().map(ChecklistItem::RecordReasons);
    documents.into_iter().map(ChecklistItem::Document).chain(judgements).collect()
}

/// The known judgements that the routes in play turned on, read by their tests or by a decision
/// that those rest on.
fn judgements(
    evaluation: &Evaluation<'_>,
    routes: &[RouteFinding<'_>],
    candidates: &[RouteId],
) -> Vec<FactId> {
    let book: &Rulebook = evaluation.book();
    let in_play = routes.iter().filter(|finding| candidates.contains(&finding.route));
    let tests: Vec<&Reads> =
        in_play.flat_map(|finding| finding.tests.iter()).map(|test| &test.reads).collect();
    let mut facts: BTreeSet<FactId> = tests.iter().flat_map(|reads| reads.facts.clone()).collect();
    for decision in evaluation.decisions_behind(tests.iter().copied()) {
        let cases = evaluation.decision(decision).into_iter().flat_map(|finding| &finding.cases);
        facts.extend(cases.flat_map(|case| &case.reads.facts));
    }
    let is_judged = |fact: &FactId| {
        book.facts[*fact].judgement.is_some() && evaluation.facts().get(*fact).is_some()
    };
    facts.into_iter().filter(is_judged).collect()
}
