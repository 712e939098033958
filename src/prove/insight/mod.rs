//! What can be proved about one answer: what to ask, what would open a barred route, how far each
//! figure may move, which facts force it.

mod case;
mod days;
mod envelope;
mod essence;
mod foreseen;
mod nearest;
mod questions;
mod unlock;

use std::rc::Rc;
use std::sync::Arc;

use super::logic::Logic;
use crate::decide::{
    Answer, Foreseen, Mismatch, Moment, Question, Standings, Trial, answer_to, asks,
    decide_foreseen, mismatches, unmet,
};
use crate::facts::Facts;
use crate::graph::Graph;
use crate::pack::{FactId, RouteId, Scenario, Value};
use crate::quantity::Date;
use case::Case;
use days::Days;
use foreseen::Elsewhen;

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
    logic: Arc<Logic<'g>>,
    /// The other days that an answer of this one speaks of.
    days: Arc<Days<'g>>,
}

/// The rules of every day as logic, each day's made when it is first asked for: for any number of
/// commissions and scenarios, whatever their dates. What is cloned shares the days with it, and may
/// be another thread's.
#[derive(Clone)]
pub struct Almanac<'g> {
    graph: &'g Graph,
    days: Arc<Days<'g>>,
}

impl<'g> Almanac<'g> {
    /// The days of these rules.
    #[must_use]
    pub fn new(graph: &'g Graph) -> Self {
        Self { graph, days: Arc::new(Days::new(graph)) }
    }

    /// The rules as they stand on a day; none where they are too large for the budget.
    #[must_use]
    pub fn day(&self, as_at: Date) -> Option<Day<'g>> {
        Day::of(&self.days, as_at)
    }

    /// Decides a scenario, certain of whatever is proved, and says where the answer is not as
    /// expected.
    #[must_use]
    pub fn mismatches(&self, scenario: &'g Scenario) -> Vec<Mismatch<'g>> {
        match self.day(scenario.as_at) {
            Some(day) => day.mismatches(scenario),
            None => mismatches(self.graph, scenario),
        }
    }
}

impl<'g> Day<'g> {
    /// The rules as they stand on a day; none where they are too large for the budget.
    #[must_use]
    pub fn new(graph: &'g Graph, as_at: Date) -> Option<Self> {
        Self::of(&Arc::new(Days::new(graph)), as_at)
    }

    fn of(days: &Arc<Days<'g>>, as_at: Date) -> Option<Self> {
        let logic = days.logic(Moment::on(as_at))?;
        Some(Self { logic, days: Arc::clone(days) })
    }

    /// Answers a commission on this day, certain of whatever can be proved to be: `a or not a` is
    /// yes, though `a` is unknown. Its questions are exactly those that can still change it.
    #[must_use]
    pub fn decide(&self, facts: &Facts) -> Answer<'g> {
        self.answer(&Rc::new(Case::new(&self.logic, facts)))
    }

    /// The same, with what else can be proved about it.
    #[must_use]
    pub fn explain(&self, facts: &Facts) -> (Answer<'g>, Insight) {
        let case = Rc::new(Case::new(&self.logic, facts));
        let answer = self.answer(&case);
        let insight = self.proved(&case, &answer);
        (answer, insight)
    }

    fn answer(&self, case: &Rc<Case<'g>>) -> Answer<'g> {
        let (graph, as_at) = (self.logic.view.graph, self.logic.view.as_at);
        let foresee = |moment| Some(self.foreseen(case, moment));
        let mut answer = decide_foreseen(graph, &case.facts, as_at, &foresee);
        if let Ok(exact) = questions::questions(case) {
            answer.questions = exact;
        }
        answer
    }

    /// How every route stands and which is recommended, as the answer has it.
    #[must_use]
    pub fn standings(&self, facts: &Facts) -> Standings<'g> {
        self.trial(facts).standings()
    }

    /// The same, with the reasons.
    #[must_use]
    pub fn reasons(&self, facts: &Facts) -> Standings<'g> {
        self.trial(facts).reasons()
    }

    fn trial(&self, facts: &Facts) -> Trial<'g> {
        let (graph, as_at) = (self.logic.view.graph, self.logic.view.as_at);
        let case: Rc<Case<'g>> = Rc::new(Case::new(&self.logic, facts));
        Trial::foreseen(graph, facts, Moment::on(as_at), Some(case))
    }

    /// Where the answer to a scenario of this day is not as it expects.
    fn mismatches(&self, scenario: &'g Scenario) -> Vec<Mismatch<'g>> {
        let facts: Facts = scenario.given.iter().cloned().collect();
        let case = Rc::new(Case::new(&self.logic, &facts));
        let foresee = |moment| Some(self.foreseen(&case, moment));
        let mut answer = answer_to(self.logic.view.graph, scenario, &foresee);
        if asks(scenario)
            && let Ok(exact) = questions::questions(&case)
        {
            answer.questions = exact;
        }
        unmet(&answer, scenario)
    }

    /// What is certain of a commission at a moment; its case on this day is at hand.
    fn foreseen(&self, case: &Rc<Case<'g>>, moment: Moment) -> Rc<dyn Foreseen + 'g> {
        if moment == Moment::on(self.logic.view.as_at) {
            return Rc::<Case<'g>>::clone(case);
        }
        Rc::new(Elsewhen::new(&self.days, &case.facts, moment))
    }

    /// What can be proved about an answer of this day.
    #[must_use]
    pub fn insight(&self, answer: &Answer<'_>) -> Insight {
        self.proved(&Case::new(&self.logic, &answer.facts), answer)
    }

    fn proved(&self, case: &Case<'g>, answer: &Answer<'_>) -> Insight {
        Insight {
            questions: questions::questions(case).ok(),
            unlock: unlock::unlock(case, answer).ok(),
            envelope: envelope::envelope(case, &self.days).ok(),
            essence: essence::essence(case).ok(),
        }
    }
}
