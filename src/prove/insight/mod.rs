//! What can be proved about one answer: what to ask, what would open a barred route, how far each
//! figure may move, which facts force it.

mod case;
mod envelope;
mod essence;
mod foreseen;
mod nearest;
mod questions;
mod unlock;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::diagram::Diagrams;
use super::logic::Logic;
use super::space::Space;
use super::view::View;
use crate::decide::{Answer, Mismatch, Question, decide_foreseen, mismatches, mismatches_foreseen};
use crate::facts::Facts;
use crate::graph::Graph;
use crate::pack::{Expectation, FactId, RouteId, Scenario, Value};
use crate::quantity::Date;
use case::Case;

/// The nodes that a diagram may have before a proof about an answer is given up.
const N_NODES_MAX: usize = 100_000;

/// What is proved about one answer. What was given up is `None`.
#[derive(Clone, Debug, Default)]
pub struct Insight {
    /// Exactly the facts that can still change the answer, the most decisive first.
    pub questions: Option<Vec<Question>>,
    /// For each barred route of the rules in force, what the authority can do about it.
    pub unlock: Option<Vec<Unlock>>,
    /// How far each known figure and date may move before the recommendation changes; empty where
    /// nothing is settled.
    pub envelope: Option<Vec<Envelope>>,
    /// The fewest known facts that by themselves force the recommendation; empty where nothing is
    /// settled.
    pub essence: Option<Vec<FactId>>,
}

/// What the authority can do about a barred route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unlock {
    /// The route.
    pub route: RouteId,
    /// What would open it.
    pub opening: Opening,
}

/// What would open a barred route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opening {
    /// These facts, so changed, open it: the fewest that do, moved as little as does it.
    By(Vec<(FactId, Value)>),
    /// These facts, so changed, may open it; that then turns on these unknown ones.
    Perhaps(Vec<(FactId, Value)>, Vec<FactId>),
    /// Nothing that the authority may choose opens it: proved.
    Nothing,
    /// It could not be settled.
    GaveUp,
}

/// How far a known figure or date may move, all else the same, before the recommendation changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// The fact; `None` for the date asked about.
    pub fact: Option<FactId>,
    /// The least that it may be, where there is one.
    pub least: Option<Bound>,
    /// The first value above at which the recommendation changes, where there is one.
    pub under: Option<Bound>,
}

/// A value at which a recommendation changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bound {
    /// The value.
    pub value: Value,
}

/// The rules of one day as logic, for any number of commissions.
pub struct Day<'g> {
    logic: Logic<'g>,
}

/// The scenarios of rules, held against the answers that people are given: certain of whatever is
/// proved. The logic of a day is made once for all its scenarios.
pub struct Scenarios<'g> {
    graph: &'g Graph,
    days: BTreeMap<Date, Option<Day<'g>>>,
}

impl<'g> Scenarios<'g> {
    /// The scenarios of these rules.
    #[must_use]
    pub const fn new(graph: &'g Graph) -> Self {
        Self { graph, days: BTreeMap::new() }
    }

    /// Decides a scenario and says where the answer is not as expected.
    #[must_use]
    pub fn mismatches(&mut self, scenario: &'g Scenario) -> Vec<Mismatch<'g>> {
        let (graph, as_at) = (self.graph, scenario.as_at);
        let day = self.days.entry(as_at).or_insert_with(|| Day::new(graph, as_at));
        match day {
            Some(day) => day.mismatches(scenario),
            None => mismatches(graph, scenario),
        }
    }
}

impl<'g> Day<'g> {
    /// The rules as they stand on a day; none where they are too large for the budget.
    #[must_use]
    pub fn new(graph: &'g Graph, as_at: Date) -> Option<Self> {
        let view = View { is_partial: true, ..View::on(graph, as_at) };
        let space = Arc::new(Space::of(&[view]));
        let diagrams = Arc::new(Diagrams::new(space.n_bits(), N_NODES_MAX));
        let logic = Logic::new(view, 0, &space, &diagrams).ok()?;
        Some(Self { logic })
    }

    /// Answers a commission on this day, certain of whatever can be proved to be: `a or not a` is
    /// yes, though `a` is unknown. Its questions are exactly those that can still change it.
    #[must_use]
    pub fn decide(&self, facts: &Facts) -> Answer<'g> {
        let (graph, as_at) = (self.logic.view.graph, self.logic.view.as_at);
        let case = Case::new(&self.logic, facts);
        let foreseen = case.as_ref().ok().and_then(|case| foreseen::foreseen(case).ok());
        let mut answer = decide_foreseen(graph, facts, as_at, foreseen.unwrap_or_default());
        if let Some(Ok(exact)) = case.as_ref().ok().map(questions::questions) {
            answer.questions = exact;
        }
        answer
    }

    /// Where the answer to a scenario of this day is not as expected.
    fn mismatches(&self, scenario: &'g Scenario) -> Vec<Mismatch<'g>> {
        let facts = scenario.given.iter().cloned().collect();
        let case = Case::new(&self.logic, &facts).ok();
        let foreseen = case.as_ref().and_then(|case| foreseen::foreseen(case).ok());
        let asks = |(expected, _): &(Expectation, _)| matches!(expected, Expectation::Question(_));
        let is_asked = scenario.expectations.iter().any(asks);
        let case = case.filter(|_| is_asked);
        let exact = case.and_then(|case| questions::questions(&case).ok());
        let graph = self.logic.view.graph;
        mismatches_foreseen(graph, scenario, foreseen.unwrap_or_default(), exact)
    }

    /// What can be proved about an answer of this day.
    #[must_use]
    pub fn insight(&self, answer: &Answer<'_>) -> Insight {
        let Ok(case) = Case::new(&self.logic, &answer.facts) else { return Insight::default() };
        Insight {
            questions: questions::questions(&case).ok(),
            unlock: unlock::unlock(&case, answer).ok(),
            envelope: envelope::envelope(&case, answer).ok(),
            essence: essence::essence(&case, answer).ok(),
        }
    }
}
