//! The rules put to facts one question at a time, for those who look for a commission that shows
//! something.

use std::rc::Rc;

use super::answer::{Advice, Ground, Known, Recommendation, RouteFinding, Standing};
use super::checklist;
use super::evaluation::{Evaluation, Moment};
use super::foreseen::Foreseen;
use super::rank;
use super::timetable;
use crate::facts::Facts;
use crate::graph::Graph;
use crate::pack::{
    Condition, DecisionId, DocumentId, LengthRow, ModelId, PackId, PeriodId, PreferenceId, RouteId,
    Rulebook, Test,
};
use crate::quantity::Date;

/// How it stands with every route.
#[derive(Clone, Debug)]
pub struct Standings<'g> {
    /// The rules.
    pub graph: &'g Graph,
    /// The date asked about.
    pub as_at: Date,
    /// Every route.
    pub routes: Vec<RouteStanding>,
    /// What is recommended; which model goes with it is not looked at.
    pub advice: Advice,
}

impl Standings<'_> {
    /// Whether every route is open or barred, and no question stands before what is recommended.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        let is_settled = |route: &RouteStanding| route.standing != Standing::Unsettled;
        self.advice != Advice::Waits && self.routes.iter().all(is_settled)
    }
}

/// How it stands with a route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteStanding {
    /// The route.
    pub route: RouteId,
    /// Whether it may be used.
    pub standing: Standing,
    /// What must hold for it, and whether it does; empty where that was not asked for.
    pub reasons: Vec<(Basis, Known)>,
}

/// What a route's reason rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// That its pack is in force.
    PackInForce,
    /// That its pack applies.
    Gate,
    /// That the route is in force.
    RouteInForce,
    /// The test at this place among its tests.
    Test(usize),
    /// That its tests come out so together, though each may still go either way: proved.
    Foreseen,
}

impl Basis {
    /// What a finding rests on, the route having these tests.
    fn of(ground: &Ground<'_>, tests: &[Test]) -> Option<Self> {
        match ground {
            Ground::PackInForce(_) => Some(Self::PackInForce),
            Ground::Gate(_) => Some(Self::Gate),
            Ground::RouteInForce(_) => Some(Self::RouteInForce),
            Ground::Test(test) => {
                let place = tests.iter().position(|other| std::ptr::eq(other, *test));
                place.map(Self::Test)
            }
            Ground::Foreseen => Some(Self::Foreseen),
        }
    }
}

/// The rules put to facts: what `decide` would say, without the rest of the answer.
pub struct Trial<'g> {
    evaluation: Evaluation<'g>,
}

impl<'g> Trial<'g> {
    /// Puts the facts to the rules as they stand at a date.
    #[must_use]
    pub fn new(graph: &'g Graph, facts: &Facts, as_at: Date) -> Self {
        Self::foreseen(graph, facts, Moment::on(as_at), None)
    }

    /// The same, where a proof shows more to be certain than three values do.
    #[must_use]
    pub fn foreseen(
        graph: &'g Graph,
        facts: &Facts,
        moment: Moment,
        foreseen: Option<Rc<dyn Foreseen + 'g>>,
    ) -> Self {
        let mut evaluation = Evaluation::with(graph, facts, moment, foreseen);
        let models: Vec<ModelId> = evaluation.book().models.ids().collect();
        for model in models {
            evaluation.model(model, &[]);
        }
        Self { evaluation }
    }

    /// The facts put to these decisions alone, each of which comes after those that it asks about:
    /// enough for a comparison that rests on no other.
    #[must_use]
    pub fn of_decisions(
        graph: &'g Graph,
        facts: &Facts,
        moment: Moment,
        decisions: &[DecisionId],
    ) -> Self {
        Self { evaluation: Evaluation::of_decisions(graph, facts, moment, decisions) }
    }

    /// The facts that the rules are put to.
    #[must_use]
    pub const fn facts(&self) -> &Facts {
        self.evaluation.facts()
    }

    /// The outcomes that a decision can still have; none where its pack is not in force or no case
    /// gives one.
    #[must_use]
    pub fn outcomes(&self, decision: DecisionId) -> Vec<usize> {
        let finding = self.evaluation.decision(decision);
        finding.map(|finding| finding.possible.clone()).unwrap_or_default()
    }

    /// Whether a decision is not settled though it waits for no fact.
    #[must_use]
    pub fn is_decision_stuck(&self, decision: DecisionId) -> bool {
        let finding = self.evaluation.decision(decision);
        finding.is_some_and(|finding| finding.possible.len() != 1 && finding.waits.is_empty())
    }

    /// Whether a route is unsettled though it waits for no fact.
    #[must_use]
    pub fn is_route_stuck(&self, route: RouteId) -> bool {
        let finding = self.evaluation.route(route);
        let waits = |test: &super::TestFinding<'_>| !test.reads.waits.is_empty();
        finding.standing == Standing::Unsettled && !finding.tests.iter().any(waits)
    }

    /// What would be recommended, models aside.
    #[must_use]
    pub fn recommendation(&self) -> Recommendation {
        let routes = super::routes(&self.evaluation);
        let ranking = rank::ranking(&self.evaluation, &routes);
        rank::recommend(&self.evaluation, &routes, &[], &ranking)
    }

    /// How every route stands and which is recommended, models aside.
    #[must_use]
    pub fn standings(&self) -> Standings<'g> {
        self.found(|_, _| Vec::new())
    }

    /// The same, with the reasons.
    #[must_use]
    pub fn reasons(&self) -> Standings<'g> {
        self.found(|book, finding| {
            let tests = &book.routes[finding.route].tests;
            let reasons = finding
                .tests
                .iter()
                .filter_map(|test| Some((Basis::of(&test.ground, tests)?, test.holds)));
            reasons.collect()
        })
    }

    fn found(
        &self,
        reasons: impl Fn(&Rulebook, &RouteFinding<'g>) -> Vec<(Basis, Known)>,
    ) -> Standings<'g> {
        let routes = super::routes(&self.evaluation);
        let ranking = rank::ranking(&self.evaluation, &routes);
        let recommendation = rank::recommend(&self.evaluation, &routes, &[], &ranking);
        let advice = Advice::from(&recommendation);
        let (graph, as_at) = (self.evaluation.graph(), self.evaluation.as_at());
        let routes = routes.iter().map(|finding| RouteStanding {
            route: finding.route,
            standing: finding.standing,
            reasons: reasons(graph.book(), finding),
        });
        Standings { graph, as_at, routes: routes.collect(), advice }
    }

    /// Whether a pack is in force and applies.
    #[must_use]
    pub fn applies(&self, pack: PackId) -> Known {
        self.evaluation.applies(pack)
    }

    /// Whether a route is open.
    #[must_use]
    pub fn route(&self, route: RouteId) -> Standing {
        self.evaluation.route(route).standing
    }

    /// Whether a commission is a model.
    #[must_use]
    pub fn model(&mut self, model: ModelId) -> Known {
        self.evaluation.model(model, &[]).fits
    }

    /// Whether a preference is in force and holds.
    #[must_use]
    pub fn preference(&self, preference: PreferenceId) -> Known {
        rank::holds(&self.evaluation, preference).map_or(Known::No, |(holds, _)| holds)
    }

    /// Whether a document is needed on a route, were that open.
    #[must_use]
    pub fn document(&mut self, document: DocumentId, route: RouteId) -> Known {
        checklist::needed_on(&mut self.evaluation, document, route)
    }

    /// Whether a document is forbidden on a route, were that open.
    #[must_use]
    pub fn ban(&mut self, document: DocumentId, route: RouteId) -> Known {
        checklist::forbidden_on(&mut self.evaluation, document, route)
    }

    /// Whether a period applies on a route, were that open, and the lengths that it may then have.
    #[must_use]
    pub fn lengths(&mut self, period: PeriodId, route: RouteId) -> (Known, Vec<&'g LengthRow>) {
        timetable::lengths_on(&mut self.evaluation, period, route)
    }

    /// Whether a condition holds, while a route is considered.
    #[must_use]
    pub fn condition(&mut self, condition: &Condition, route: Option<RouteId>) -> Known {
        self.evaluation.consider(route);
        let holds = self.evaluation.read(condition, &mut super::Reads::default());
        self.evaluation.consider(None);
        holds
    }
}
