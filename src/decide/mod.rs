//! Facts and a date put to the graph: the `Answer`, with its reasons.
//!
//! Total: it cannot fail. Knows nothing of wording, JSON, files or clocks.

mod answer;
mod arithmetic;
mod calendar;
mod checklist;
mod circuit;
mod coming;
mod doubts;
mod evaluation;
mod foreseen;
mod observe;
mod quantities;
mod questions;
mod rank;
mod scenario;
mod timetable;
mod trial;

pub(crate) use arithmetic::{Possible, Scalar, compared, limit, moved_on, scalar, worth};

pub use answer::{
    About, Advice, Answer, BanFinding, CaseFinding, Change, ChecklistItem, Coming, DecisionFinding,
    DocumentFinding, DoubtFinding, EventFinding, Ground, Known, Missing, ModelFinding, PackFinding,
    PeriodFinding, Question, Reads, Reasons, Recommendation, RouteFinding, Standing, TestFinding,
    Timetable, Undecided,
};
pub use circuit::{Circuit, Reading};
pub use evaluation::Moment;
pub use foreseen::{Foresee, Foreseen};
pub use observe::{Distance, Observation, Observed, observe};
pub use scenario::{Got, Mismatch, answer_to, asks, mismatches, unmet};
pub use trial::{Basis, RouteStanding, Standings, Trial};

use crate::facts::Facts;
use crate::graph::Graph;
use crate::quantity::Date;
use evaluation::Evaluation;

/// Puts the facts to the rules as they stood, or will stand, at a date.
#[must_use]
pub fn decide<'g>(graph: &'g Graph, facts: &Facts, as_at: Date) -> Answer<'g> {
    answer(graph, facts, as_at, Asked::ALL, &foreseen::nothing)
}

/// The same, where a proof shows more to be certain than three values do, on whichever day.
#[must_use]
pub fn decide_foreseen<'g>(
    graph: &'g Graph,
    facts: &Facts,
    as_at: Date,
    foresee: &Foresee<'_, 'g>,
) -> Answer<'g> {
    answer(graph, facts, as_at, Asked::ALL, foresee)
}

/// The parts of an answer that take time and that not everybody looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Asked {
    timetable: bool,
    checklist: bool,
    questions: bool,
    doubts: bool,
    coming: bool,
}

impl Asked {
    const ALL: Self =
        Self { timetable: true, checklist: true, questions: true, doubts: true, coming: true };
    const NONE: Self =
        Self { timetable: false, checklist: false, questions: false, doubts: false, coming: false };
}

/// An answer of which the parts that aren't asked for are left empty; what is there is the same.
fn answer<'g>(
    graph: &'g Graph,
    facts: &Facts,
    as_at: Date,
    asked: Asked,
    foresee: &Foresee<'_, 'g>,
) -> Answer<'g> {
    let moment = Moment::on(as_at);
    let mut evaluation = Evaluation::with(graph, facts, moment, foresee(moment));
    let routes = routes(&evaluation);
    let models = models(&mut evaluation, &routes);
    let ranking = rank::ranking(&evaluation, &routes);
    let recommendation = rank::recommend(&evaluation, &routes, &models, &ranking);
    let candidates = rank::candidates(&recommendation);
    let timetable = if asked.timetable || asked.doubts {
        timetable::timetable(&mut evaluation, &recommendation)
    } else {
        Timetable::default()
    };
    let needs_papers = asked.checklist || asked.questions || asked.doubts || asked.coming;
    let (documents, bans) = if needs_papers {
        let documents = checklist::documents(&mut evaluation, &candidates);
        (documents, checklist::bans(&mut evaluation, &candidates))
    } else {
        (Vec::new(), Vec::new())
    };
    let questions = if asked.questions {
        let papers = (documents.as_slice(), bans.as_slice());
        questions::questions(&evaluation, &routes, &models, papers, &ranking)
    } else {
        Vec::new()
    };
    let checklist = checklist::checklist(&evaluation, &routes, &candidates, documents, bans);
    let doubts = if asked.doubts {
        doubts::doubts(&evaluation, &routes, &models, &checklist, &timetable)
    } else {
        Vec::new()
    };
    let packs = evaluation.packs().to_vec();
    let decisions = evaluation.decisions();
    let coming = if asked.coming {
        let now = coming::Outline::new(&decisions, &routes, &recommendation, &checklist, &packs);
        coming::coming(graph, facts, as_at, now, foresee)
    } else {
        Vec::new()
    };
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
