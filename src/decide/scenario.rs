//! Scenarios: an answer held against what its author expects.

use super::answer::{Answer, ChecklistItem, Ground, Known, Recommendation, Standing};
use super::foreseen::{Foresee, nothing};
use super::{Asked, answer};
use crate::graph::Graph;
use crate::pack::{
    Citation, DocumentId, EventRef, Expectation, FactId, ModelId, RouteId, Scenario,
};
use crate::quantity::{Beginning, Date};
use crate::source::Span;
use crate::syntax::tree::{Fit, Need};

/// An expectation that the answer doesn't meet.
#[derive(Clone, Debug)]
pub struct Mismatch<'g> {
    /// What was expected.
    pub expected: &'g Expectation,
    /// Where that is written.
    pub span: Span,
    /// What the answer says.
    pub got: Got,
}

/// What an answer says in place of what was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Got {
    /// These outcomes are possible.
    Outcomes(Vec<usize>),
    /// The route has this standing; where barred, by tests with these citations.
    Standing(Standing, Vec<Citation>),
    /// This is recommended.
    Recommended(Option<RouteId>, Option<ModelId>),
    /// Whether the model fits.
    Fits(Known),
    /// Whether the document is needed.
    Needed(Known),
    /// Whether the document is forbidden.
    Forbidden(Known),
    /// The document's due days.
    Due(Vec<Date>),
    /// The event's earliest date.
    Date(Option<Date>),
    /// The facts asked for.
    Asked(Vec<FactId>),
    /// The citations of the doubts given.
    Doubts(Vec<Citation>),
    /// The days on which the answer would change.
    Coming(Vec<Beginning>),
}

/// Decides a scenario and says where the answer is not as expected. Only what an expectation looks
/// at is worked out.
#[must_use]
pub fn mismatches<'g>(graph: &'g Graph, scenario: &'g Scenario) -> Vec<Mismatch<'g>> {
    unmet(&answer_to(graph, scenario, &nothing), scenario)
}

/// Answers a scenario as far as its expectations look, certain of what is foreseen.
#[must_use]
pub fn answer_to<'g>(
    graph: &'g Graph,
    scenario: &Scenario,
    foresee: &Foresee<'_, 'g>,
) -> Answer<'g> {
    let facts = scenario.given.iter().cloned().collect();
    answer(graph, &facts, scenario.as_at, asked_by(scenario), foresee)
}

/// Whether a scenario expects that a fact is asked for.
#[must_use]
pub fn asks(scenario: &Scenario) -> bool {
    asked_by(scenario).questions
}

/// Where an answer to a scenario is not as the scenario expects.
#[must_use]
pub fn unmet<'g>(answer: &Answer<'_>, scenario: &'g Scenario) -> Vec<Mismatch<'g>> {
    let expectations = scenario.expectations.iter();
    let mismatches = expectations.filter_map(|(expected, span)| {
        let got = got_instead(answer, expected)?;
        Some(Mismatch { expected, span: *span, got })
    });
    mismatches.collect()
}

/// The parts of an answer that a scenario's expectations look at.
fn asked_by(scenario: &Scenario) -> Asked {
    let mut asked = Asked::NONE;
    for (expected, _) in &scenario.expectations {
        match expected {
            Expectation::Document(..) | Expectation::DocumentDue(..) => asked.checklist = true,
            Expectation::Date(..) => asked.timetable = true,
            Expectation::Question(_) => asked.questions = true,
            Expectation::Doubt(_) => asked.doubts = true,
            Expectation::Coming(_) => asked.coming = true,
            Expectation::Decision(..)
            | Expectation::RouteOpen(_)
            | Expectation::RouteBarred(..)
            | Expectation::RouteUnsettled(_)
            | Expectation::NoRecommendation
            | Expectation::Recommendation(..)
            | Expectation::Model(..) => {}
        }
    }
    asked
}

/// What the answer says, where that is not what is expected.
fn got_instead(answer: &Answer<'_>, expected: &Expectation) -> Option<Got> {
    match expected {
        Expectation::Decision(decision, outcome) => {
            let found = answer.decisions.iter().find(|finding| finding.decision == *decision);
            let possible = found.map(|finding| finding.possible.clone()).unwrap_or_default();
            let is_met = match outcome {
                Some(outcome) => possible == [*outcome],
                None => possible.len() != 1,
            };
            (!is_met).then_some(Got::Outcomes(possible))
        }
        Expectation::RouteOpen(route) => standing_instead(answer, *route, Standing::Open, &[]),
        Expectation::RouteUnsettled(route) => {
            standing_instead(answer, *route, Standing::Unsettled, &[])
        }
        Expectation::RouteBarred(route, by) => {
            standing_instead(answer, *route, Standing::Barred, by)
        }
        Expectation::NoRecommendation => answer.route().map(|_| recommended(answer)),
        Expectation::Recommendation(route, model) => {
            let got = recommended(answer);
            let Got::Recommended(got_route, got_model) = &got else { return Some(got) };
            let is_met = *got_route == Some(*route) && (model.is_none() || got_model == model);
            (!is_met).then_some(got)
        }
        Expectation::Model(model, fit) => {
            let wanted = match fit {
                Fit::Fits => Known::Yes,
                Fit::DoesNotFit => Known::No,
                Fit::Unsettled => Known::Unknown,
            };
            let found = answer.models.iter().find(|finding| finding.model == *model);
            let fits = found.map_or(Known::No, |finding| finding.fits);
            (fits != wanted).then_some(Got::Fits(fits))
        }
        Expectation::Document(document, need) => {
            let wanted = match need {
                Need::Required => Known::Yes,
                Need::NotRequired => Known::No,
                Need::Conditional => Known::Unknown,
                Need::Forbidden => {
                    let forbidden = forbidden(answer, *document);
                    return (forbidden != Known::Yes).then_some(Got::Forbidden(forbidden));
                }
            };
            let needed = needed(answer, *document);
            (needed != wanted).then_some(Got::Needed(needed))
        }
        Expectation::DocumentDue(document, date) => {
            let due = due(answer, *document);
            (!due.contains(date)).then_some(Got::Due(due))
        }
        Expectation::Date(event, date) => {
            let got = date_of(answer, *event);
            (got != Some(*date)).then_some(Got::Date(got))
        }
        Expectation::Question(fact) => {
            let asked: Vec<FactId> =
                answer.questions.iter().map(|question| question.fact).collect();
            (!asked.contains(fact)).then_some(Got::Asked(asked))
        }
        Expectation::Doubt(citations) => {
            let given = answer.doubts.iter().flat_map(|doubt| doubt.citations.clone());
            let given: Vec<Citation> = given.collect();
            let is_met = citations.iter().all(|citation| given.contains(citation));
            (!is_met).then_some(Got::Doubts(given))
        }
        Expectation::Coming(date) => {
            let days: Vec<Beginning> = answer.coming.iter().map(|coming| coming.from).collect();
            (!days.contains(&Beginning::On(*date))).then_some(Got::Coming(days))
        }
    }
}

fn standing_instead(
    answer: &Answer<'_>,
    route: RouteId,
    wanted: Standing,
    by: &[Citation],
) -> Option<Got> {
    let finding = answer.routes.iter().find(|finding| finding.route == route)?;
    let cited =
        if finding.standing == Standing::Barred { barring(answer, route) } else { Vec::new() };
    let is_met = finding.standing == wanted && by.iter().all(|citation| cited.contains(citation));
    (!is_met).then_some(Got::Standing(finding.standing, cited))
}

/// The citations of the tests that bar a route.
fn barring(answer: &Answer<'_>, route: RouteId) -> Vec<Citation> {
    let book = answer.graph.book();
    let finding = answer.routes.iter().find(|finding| finding.route == route);
    let failing = finding
        .into_iter()
        .flat_map(|finding| finding.tests.iter())
        .filter(|test| test.holds == Known::No);
    let cited = failing.flat_map(|test| {
        let own = match test.ground {
            Ground::Gate(rule) | Ground::Test(rule) => rule.citations.clone(),
            Ground::PackInForce(pack) => book.packs[pack].citations.clone(),
            Ground::Foreseen => Vec::new(),
            Ground::RouteInForce(route) => book.routes[route].citations.clone(),
        };
        own.into_iter().chain(test.reads.limbs.clone())
    });
    cited.collect()
}

fn recommended(answer: &Answer<'_>) -> Got {
    match &answer.recommendation {
        Recommendation::Take { route, model, .. } => Got::Recommended(Some(*route), *model),
        Recommendation::Undecided(_) => Got::Recommended(None, None),
    }
}

fn needed(answer: &Answer<'_>, document: DocumentId) -> Known {
    let found = answer.checklist.iter().find_map(|item| match item {
        ChecklistItem::Document(finding) if finding.document == document => Some(finding.needed),
        ChecklistItem::Document(_)
        | ChecklistItem::Forbidden(_)
        | ChecklistItem::RecordReasons(_) => None,
    });
    found.unwrap_or(Known::No)
}

fn forbidden(answer: &Answer<'_>, document: DocumentId) -> Known {
    let found = answer.checklist.iter().find_map(|item| match item {
        ChecklistItem::Forbidden(finding) if finding.document == document => {
            Some(finding.forbidden)
        }
        ChecklistItem::Document(_)
        | ChecklistItem::Forbidden(_)
        | ChecklistItem::RecordReasons(_) => None,
    });
    found.unwrap_or(Known::No)
}

fn due(answer: &Answer<'_>, document: DocumentId) -> Vec<Date> {
    let due = answer.checklist.iter().filter_map(|item| match item {
        ChecklistItem::Document(finding) if finding.document == document => Some(&finding.due),
        ChecklistItem::Document(_)
        | ChecklistItem::Forbidden(_)
        | ChecklistItem::RecordReasons(_) => None,
    });
    due.flatten().filter_map(|(_, date)| *date).collect()
}

fn date_of(answer: &Answer<'_>, event: EventRef) -> Option<Date> {
    answer.timetable.events.iter().find(|finding| finding.event == event)?.date
}
