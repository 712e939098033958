//! What to prepare: documents for the routes in play, those that must not exist, and reasons to
//! record.

use std::collections::BTreeSet;

use super::answer::{BanFinding, ChecklistItem, DocumentFinding, Known, Reads, RouteFinding};
use super::calendar::last_day;
use super::evaluation::{Evaluation, Waits};
use super::timetable::given_date;
use crate::pack::{Document, DocumentId, Due, DueRule, FactId, RouteId, Rulebook, Test};
use crate::quantity::Date;
use crate::syntax::tree::Ending;

/// The documents that are or may be needed on the routes in play.
pub(super) fn documents<'g>(
    evaluation: &mut Evaluation<'g>,
    routes: &[RouteId],
) -> Vec<DocumentFinding<'g>> {
    let mut findings = Vec::new();
    for (id, document) in evaluation.book().documents.iter() {
        if is_there(evaluation, document) {
            findings.extend(finding(evaluation, id, document, routes));
        }
    }
    evaluation.consider(None);
    findings
}

/// Whether there is such a document at the date.
fn is_there(evaluation: &Evaluation<'_>, document: &Document) -> bool {
    evaluation.is_in_force(document.in_force)
        && !evaluation.are_out_of_force(&document.tests)
        && evaluation.applies(document.pack) != Known::No
}

/// The documents that are or may be forbidden on the routes in play.
pub(super) fn bans<'g>(evaluation: &mut Evaluation<'g>, routes: &[RouteId]) -> Vec<BanFinding<'g>> {
    let mut findings = Vec::new();
    for (id, document) in evaluation.book().documents.iter() {
        if !document.forbidden.is_empty() && is_there(evaluation, document) {
            findings.extend(ban(evaluation, id, document, routes));
        }
    }
    evaluation.consider(None);
    findings
}

fn ban<'g>(
    evaluation: &mut Evaluation<'g>,
    id: DocumentId,
    document: &'g Document,
    routes: &[RouteId],
) -> Option<BanFinding<'g>> {
    let mut finding = BanFinding {
        document: id,
        forbidden: Known::Unknown,
        routes: Vec::new(),
        waits: BTreeSet::new(),
        tests: Vec::new(),
    };
    let mut n_sure = 0;
    for route in routes {
        evaluation.consider(Some(*route));
        let (forbidden, tests, waiting) = forbidden(evaluation, document);
        if forbidden == Known::No {
            continue;
        }
        n_sure += usize::from(forbidden == Known::Yes);
        finding.waits.extend(waiting);
        finding.routes.push(*route);
        for test in tests {
            if !finding.tests.iter().any(|seen| std::ptr::eq(*seen, test)) {
                finding.tests.push(test);
            }
        }
    }
    if n_sure == routes.len() {
        finding.forbidden = Known::Yes;
    }
    (!finding.routes.is_empty()).then_some(finding)
}

/// Whether a document is forbidden on the route considered, by which tests, and what that waits
/// for. Any one test suffices; where one does, those that wait for facts are not spoken of.
fn forbidden<'g>(
    evaluation: &Evaluation<'g>,
    document: &'g Document,
) -> (Known, Vec<&'g Test>, BTreeSet<FactId>) {
    let in_force = document.forbidden.iter().filter(|test| evaluation.is_in_force(test.in_force));
    let read = |test: &'g Test| {
        let mut reads = Reads::default();
        (test, evaluation.read(&test.condition, &mut reads), reads.waits)
    };
    let bans: Vec<_> = in_force.map(read).collect();
    let sure = bans.iter().filter(|(_, holds, _)| *holds == Known::Yes);
    let sure: Vec<&Test> = sure.map(|(test, ..)| *test).collect();
    if !sure.is_empty() {
        let waits = evaluation.gate_waits(document.pack).facts;
        return (evaluation.applies(document.pack), sure, waits);
    }
    let mut waits = evaluation.gate_waits(document.pack).facts;
    let mut open = Vec::new();
    for (test, _, waiting) in bans.into_iter().filter(|(_, holds, _)| *holds == Known::Unknown) {
        waits.extend(waiting);
        open.push(test);
    }
    let forbidden = if open.is_empty() { Known::No } else { Known::Unknown };
    (forbidden, open, waits)
}

/// Whether a document is needed on a route, were that open.
pub(super) fn needed_on(
    evaluation: &mut Evaluation<'_>,
    document: DocumentId,
    route: RouteId,
) -> Known {
    let document = &evaluation.book().documents[document];
    if !is_there(evaluation, document) {
        return Known::No;
    }
    evaluation.consider(Some(route));
    let (needed, _) = needed(evaluation, document);
    evaluation.consider(None);
    needed
}

/// Whether a document is forbidden on a route, were that open.
pub(super) fn forbidden_on(
    evaluation: &mut Evaluation<'_>,
    document: DocumentId,
    route: RouteId,
) -> Known {
    let document = &evaluation.book().documents[document];
    if !is_there(evaluation, document) {
        return Known::No;
    }
    evaluation.consider(Some(route));
    let (forbidden, ..) = forbidden(evaluation, document);
    evaluation.consider(None);
    forbidden
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
        let needed = needed.or_foreseen(evaluation.foreseen(), |by| by.document(id, *route));
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
pub(super) fn needed(evaluation: &Evaluation<'_>, document: &Document) -> (Known, Waits) {
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

/// The documents, by stage and force as the rules order them, those that are forbidden, and the
/// reasons to record.
pub(super) fn checklist<'g>(
    evaluation: &Evaluation<'g>,
    routes: &[RouteFinding<'g>],
    candidates: &[RouteId],
    mut documents: Vec<DocumentFinding<'g>>,
    mut bans: Vec<BanFinding<'g>>,
) -> Vec<ChecklistItem<'g>> {
    let book = evaluation.book();
    documents.sort_by_key(|finding| {
        let document = &book.documents[finding.document];
        (document.stage, document.force, finding.needed, finding.document)
    });
    bans.sort_by_key(|finding| (book.documents[finding.document].stage, finding.document));
    let judgements = judgements(evaluation, routes, candidates);
    let judgements = judgements.into_iter().map(ChecklistItem::RecordReasons);
    let bans = bans.into_iter().map(ChecklistItem::Forbidden);
    documents.into_iter().map(ChecklistItem::Document).chain(bans).chain(judgements).collect()
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
    // A total that is worked out rests on its parts, and on what was judged of them.
    let parts: Vec<FactId> = facts.iter().flat_map(|fact| parts(evaluation, *fact)).collect();
    facts.extend(parts);
    let is_judged = |fact: &FactId| {
        book.facts[*fact].judgement.is_some() && evaluation.facts().get(*fact).is_some()
    };
    facts.into_iter().filter(is_judged).collect()
}

/// The parts of a sum, where all are known.
fn parts(evaluation: &Evaluation<'_>, fact: FactId) -> Vec<FactId> {
    let Some(sum) = &evaluation.book().facts[fact].sum else { return Vec::new() };
    let is_known = |part: &FactId| evaluation.facts().get(*part).is_some();
    if sum.parts.iter().all(is_known) { sum.parts.clone() } else { Vec::new() }
}
