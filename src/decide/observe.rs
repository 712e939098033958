//! What each clause came to under some facts, for those who ask how well the rules are tested.
//!
//! Only what an answer rests on is observed: a clause out of force, a case after the first that
//! holds, a document of no route in play and anything of a pack that doesn't apply are not.

use std::collections::{BTreeMap, BTreeSet};

use super::answer::{Known, Reads, Recommendation, RouteFinding};
use super::arithmetic::SCALE;
use super::evaluation::{Evaluation, Moment};
use super::{checklist, models, rank, routes, timetable};
use crate::facts::Facts;
use crate::graph::Graph;
use crate::pack::{
    AmountId, Class, ClauseOf, ClausePart, ClauseRef, Condition, DecisionId, Figure, PackId,
    RouteId, Test, Value, comparisons_in, quantities_of,
};
use crate::quantity::{Date, InForce};

/// What was seen of the rules.
#[derive(Clone, Debug, Default)]
pub struct Observed {
    /// Each clause that was asked, with what it came to: more than once where the routes in play
    /// differ.
    pub clauses: BTreeMap<ClauseRef, Vec<Observation>>,
    /// The packs that apply or may.
    pub applying: BTreeSet<PackId>,
}

/// What a clause came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observation {
    /// Whether it holds.
    pub holds: Known,
    /// How far apart the sides of its comparisons are, where both are known.
    pub distances: Vec<Distance>,
}

/// How far a comparison is from its boundary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Distance {
    /// Which of the clause's comparisons, counted from nought as they are written.
    pub comparison: usize,
    /// The row of each amount that gave its figure.
    pub rows: Vec<(AmountId, usize)>,
    /// How much the left side is over the right, or a time over the duration that it meets: in
    /// parts of which `STEP` make the smallest step, which is a penny, a day, one, or the last
    /// decimal place of a percentage.
    pub over_by: i128,
}

impl Distance {
    /// The parts of a smallest step.
    pub const STEP: i128 = SCALE;
}

/// Puts the facts to the rules and says what each clause came to.
#[must_use]
pub fn observe(graph: &Graph, facts: &Facts, as_at: Date) -> Observed {
    let moment = Moment::on(as_at);
    let mut evaluation = Evaluation::new(graph, facts, moment);
    let routes = routes(&evaluation);
    let models = models(&mut evaluation, &routes);
    let ranking = rank::ranking(&evaluation, &routes);
    let recommendation = rank::recommend(&evaluation, &routes, &models, &ranking);
    let mut seen = Seen::default();
    seen.packs(&evaluation);
    seen.routes(&evaluation);
    for model in &models {
        seen.model(&evaluation, model);
    }
    seen.preferences(&evaluation, &routes);
    for route in rank::candidates(&recommendation) {
        evaluation.consider(Some(route));
        seen.documents(&evaluation);
    }
    if let Recommendation::Take { route, .. } = recommendation {
        seen.periods(&mut evaluation, route);
    }
    evaluation.consider(None);
    seen.decisions(&evaluation, graph.order());
    seen.observed
}

/// What has been seen so far, and what that has read.
#[derive(Default)]
struct Seen {
    observed: Observed,
    reads: Vec<Reads>,
}

impl Seen {
    fn packs(&mut self, evaluation: &Evaluation<'_>) {
        for (id, pack) in evaluation.book().packs.iter() {
            let of = ClauseOf::Pack(id);
            let is_in_force = self.life(evaluation, of, pack.in_force);
            if evaluation.applies(id) != Known::No {
                self.observed.applying.insert(id);
            }
            if is_in_force {
                self.tests(evaluation, of, id, pack.gate.as_slice());
            }
        }
    }

    fn routes(&mut self, evaluation: &Evaluation<'_>) {
        for (id, route) in evaluation.book().routes.iter() {
            let of = ClauseOf::Route(id);
            if self.applies(route.pack) && self.life(evaluation, of, route.in_force) {
                self.tests(evaluation, of, route.pack, &route.tests);
            }
        }
    }

    fn model(&mut self, evaluation: &Evaluation<'_>, finding: &super::ModelFinding<'_>) {
        let model = &evaluation.book().models[finding.model];
        let of = ClauseOf::Model(finding.model);
        if self.applies(model.pack) && self.life(evaluation, of, model.in_force) {
            self.tests(evaluation, of, model.pack, &model.tests);
        }
        if finding.fits != Known::No {
            self.tests(evaluation, ClauseOf::Gates(finding.model), model.pack, &model.gates);
        }
    }

    fn preferences(&mut self, evaluation: &Evaluation<'_>, routes: &[RouteFinding<'_>]) {
        for (id, preference) in evaluation.book().preferences.iter() {
            let of = ClauseOf::Preference(id);
            let is_in_play =
                self.applies(preference.pack) && rank::ranked(preference, routes).is_some();
            if is_in_play && self.life(evaluation, of, preference.in_force) {
                self.tests(evaluation, of, preference.pack, &preference.tests);
            }
        }
    }

    /// The documents of the route considered.
    fn documents(&mut self, evaluation: &Evaluation<'_>) {
        for (id, document) in evaluation.book().documents.iter() {
            let of = ClauseOf::Document(id);
            if !self.applies(document.pack) || !self.life(evaluation, of, document.in_force) {
                continue;
            }
            self.tests(evaluation, of, document.pack, &document.tests);
            let is_out = evaluation.are_out_of_force(&document.tests);
            if !is_out && checklist::needed(evaluation, document).0 != Known::No {
                let rows = document.due.iter().map(|due| (due.in_force, due.condition.as_ref()));
                self.in_turn(evaluation, ClauseOf::Due(id), rows);
            }
        }
    }

    /// The periods of the route recommended.
    fn periods(&mut self, evaluation: &mut Evaluation<'_>, route: RouteId) {
        evaluation.consider(Some(route));
        for (id, period) in evaluation.book().periods.iter() {
            let of = ClauseOf::Period(id);
            if !self.applies(period.pack) || !self.life(evaluation, of, period.in_force) {
                continue;
            }
            self.tests(evaluation, of, period.pack, &period.tests);
            if timetable::applies(evaluation, period) != Known::No {
                let rows = period.lengths.iter().map(|row| (row.in_force, row.condition.as_ref()));
                self.in_turn(evaluation, ClauseOf::Lengths(id), rows);
            }
        }
    }

    /// The decisions of the packs that apply, and those that what was seen has come to rest on.
    fn decisions(&mut self, evaluation: &Evaluation<'_>, order: &[DecisionId]) {
        let book = evaluation.book();
        let is_own = |id: &DecisionId| self.applies(book.decisions[*id].pack);
        let own: BTreeSet<DecisionId> = order.iter().copied().filter(is_own).collect();
        let cases = own.iter().filter_map(|id| evaluation.decision(*id));
        let reads = cases.flat_map(|finding| finding.cases.iter().map(|case| &case.reads));
        let behind = evaluation.decisions_behind(self.reads.iter().chain(reads));
        for id in order.iter().filter(|id| own.contains(id) || behind.contains(id)) {
            if evaluation.decision(*id).is_some() {
                let cases = book.decisions[*id].cases.iter();
                let rows = cases.map(|case| (case.in_force, case.condition.as_ref()));
                self.in_turn(evaluation, ClauseOf::Decision(*id), rows);
            }
        }
    }

    fn applies(&self, pack: PackId) -> bool {
        self.observed.applying.contains(&pack)
    }

    /// Whether a thing that was reached is in force.
    fn life(&mut self, evaluation: &Evaluation<'_>, of: ClauseOf, in_force: InForce) -> bool {
        let is_in_force = evaluation.is_in_force(in_force);
        if in_force != InForce::ALWAYS {
            let holds = if is_in_force { Known::Yes } else { Known::No };
            self.see(ClauseRef { of, part: ClausePart::Life }, holds, Vec::new());
        }
        is_in_force
    }

    /// Tests, of which all are asked. One whose guard doesn't surely hold says nothing of itself.
    fn tests(&mut self, evaluation: &Evaluation<'_>, of: ClauseOf, owner: PackId, tests: &[Test]) {
        for (place, test) in tests.iter().enumerate() {
            let counts = test.pack == owner || self.applies(test.pack);
            if !counts || !evaluation.is_in_force(test.in_force) {
                continue;
            }
            let guard = test.guard.as_ref().map(|guard| {
                self.condition(evaluation, ClauseRef { of, part: ClausePart::Guard(place) }, guard)
            });
            if guard.is_none_or(|guard| guard == Known::Yes) {
                let clause = ClauseRef { of, part: ClausePart::Condition(place) };
                self.condition(evaluation, clause, &test.condition);
            }
        }
    }

    /// Rows, of which each is asked only where none before it holds.
    fn in_turn<'c>(
        &mut self,
        evaluation: &Evaluation<'_>,
        of: ClauseOf,
        rows: impl Iterator<Item = (InForce, Option<&'c Condition>)>,
    ) {
        let mut is_sure = true;
        for (place, (in_force, condition)) in rows.enumerate() {
            if !evaluation.is_in_force(in_force) {
                continue;
            }
            let clause = ClauseRef { of, part: ClausePart::Condition(place) };
            let holds = match condition {
                Some(condition) => self.condition(evaluation, clause, condition),
                None => {
                    // What waits behind a row that may hold is not surely come to.
                    let holds = if is_sure { Known::Yes } else { Known::Unknown };
                    self.see(clause, holds, Vec::new());
                    Known::Yes
                }
            };
            if holds == Known::Yes {
                break;
            }
            is_sure &= holds == Known::No;
        }
    }

    fn condition(
        &mut self,
        evaluation: &Evaluation<'_>,
        clause: ClauseRef,
        condition: &Condition,
    ) -> Known {
        let mut reads = Reads::default();
        let holds = evaluation.read(condition, &mut reads);
        self.reads.push(reads);
        self.see(clause, holds, distances(evaluation, condition));
        holds
    }

    fn see(&mut self, clause: ClauseRef, holds: Known, distances: Vec<Distance>) {
        let observation = Observation { holds, distances };
        let seen = self.observed.clauses.entry(clause).or_default();
        if !seen.contains(&observation) {
            seen.push(observation);
        }
    }
}

fn distances(evaluation: &Evaluation<'_>, condition: &Condition) -> Vec<Distance> {
    let comparisons = comparisons_in(condition).into_iter().enumerate();
    let distances = comparisons.filter_map(|(place, comparison)| {
        let over_by = evaluation.over_by(comparison)?;
        Some(Distance { comparison: place, rows: rows(evaluation, comparison), over_by })
    });
    distances.collect()
}

/// The row of each amount in a comparison that gives its figure.
fn rows(evaluation: &Evaluation<'_>, comparison: &Condition) -> Vec<(AmountId, usize)> {
    let figures = quantities_of(comparison).into_iter().flat_map(|quantity| quantity.figures());
    let amounts = figures.filter_map(|figure| match figure {
        Figure::Amount(amount) => Some(*amount),
        Figure::Literal(_) | Figure::Fact(_) | Figure::AsAt => None,
    });
    amounts.filter_map(|amount| Some((amount, row(evaluation, amount)?))).collect()
}

fn row(evaluation: &Evaluation<'_>, id: AmountId) -> Option<usize> {
    let amount = &evaluation.book().amounts[id];
    let class = match amount.class {
        None => None,
        Some(Class::Fact(fact)) => {
            let Value::Choice(place) = evaluation.facts().get(fact)? else { return None };
            Some(*place)
        }
        Some(Class::Decision(decision)) => match evaluation.decision(decision)?.possible.as_slice()
        {
            [only] => Some(*only),
            _ => return None,
        },
    };
    match evaluation.rows_of(amount, class.as_ref().map(std::slice::from_ref)).as_slice() {
        [(place, _)] => Some(*place),
        _ => None,
    }
}
