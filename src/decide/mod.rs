//! Facts and a date put to the graph: the `Answer`, with its reasons.
//!
//! Total: it cannot fail. Knows nothing of wording, JSON, files or clocks.

mod answer;
mod calendar;
mod checklist;
mod coming;
mod doubts;
mod evaluation;
mod quantities;
mod questions;
mod rank;
mod scenario;
mod timetable;

pub use answer::{
    About, Answer, CaseFinding, Change, ChecklistItem, Coming, DecisionFinding, DocumentFinding,
    DoubtFinding, EventFinding, Ground, Known, Missing, ModelFinding, PackFinding, PeriodFinding,
    Question, Reads, Reasons, Recommendation, RouteFinding, Standing, TestFinding, Timetable,
    Undecided,
};
pub use scenario::{Got, Mismatch, mismatches};

use crate::facts::Facts;
use crate::graph::Graph;
use crate::quantity::Date;
use evaluation::{Evaluation, Moment};

/// Puts the facts to the rules as they stood, or will stand, at a date.
#[must_use]
pub fn decide<'g>(graph: &'g Graph, facts: &Facts, as_at: Date) -> Answer<'g> {
    let moment = Moment { as_at, is_as_if_appointed: false };
    let mut evaluation = Evaluation::new(graph, facts, moment);
    let routes = routes(&evaluation);
    let models = models(&mut evaluation, &routes);
    let ranking = rank::ranking(&evaluation, &routes);
    let recommendation = rank::recommend(&evaluation, &routes, &models, &ranking);
    let candidates = rank::candidates(&recommendation);
    let timetable = timetable::timetable(&mut evaluation, &recommendation);
    let documents = checklist::documents(&mut evaluation, &candidates);
    let questions = questions::questions(&evaluation, &routes, &models, &documents, &ranking);
    let checklist = checklist::checklist(&evaluation, &routes, &candidates, documents);
    let doubts = doubts::doubts(&evaluation, &routes, &models, &checklist, &timetable);
    let packs = evaluation.packs().to_vec();
    let decisions = evaluation.decisions();
    let now = coming::Outline::new(&decisions, &routes, &recommendation, &checklist, &packs);
    let coming = coming::coming(graph, facts, as_at, now);
    Answer {
        graph,
        title: None,
        as_at,
        facts: facts.clone(),
        packs,
        decisions,
        routes,
        models,
        recommendation,
        checklist,
        timetable,
        questions,
        doubts,
        coming,
    }
}

fn routes<'g>(evaluation: &Evaluation<'g>) -> Vec<RouteFinding<'g>> {
    evaluation.book().routes.ids().map(|route| evaluation.route(route)).collect()
}

fn models<'g>(
    evaluation: &mut Evaluation<'g>,
    routes: &[RouteFinding<'g>],
) -> Vec<ModelFinding<'g>> {
    let models: Vec<_> = evaluation.book().models.ids().collect();
    models.into_iter().map(|model| evaluation.model(model, routes)).collect()
}
