//! What decides: decisions, routes, models, preferences, and the tests they are made of.

use super::super::citation::Citation;
use super::super::condition::Condition;
use super::super::table::{ModelId, PackId, RouteId};
use super::Outcome;
use crate::quantity::InForce;
use crate::source::Span;

/// A named question of law.
#[derive(Clone, Debug)]
pub struct Decision {
    /// Its name.
    pub name: String,
    /// Its title, the question.
    pub title: String,
    /// Its pack.
    pub pack: PackId,
    /// Where it is declared.
    pub span: Span,
    /// Its outcomes, in the order of their first case.
    pub outcomes: Vec<Outcome>,
    /// Its cases, tried in order.
    pub cases: Vec<Case>,
    /// What a reader should know.
    pub note: Option<String>,
    /// Its citations.
    pub citations: Vec<Citation>,
}

/// A case of a decision.
#[derive(Clone, Debug)]
pub struct Case {
    /// The outcome it gives.
    pub outcome: usize,
    /// Its condition; `None` for `otherwise`.
    pub condition: Option<Condition>,
    /// Its sentence, where the author gave one.
    pub says: Option<String>,
    /// What is doubtful about it.
    pub doubts: Vec<Doubt>,
    /// When it is in force.
    pub in_force: InForce,
    /// Its citations.
    pub citations: Vec<Citation>,
    /// Where it is written.
    pub span: Span,
}

/// That the law is unsettled or was not verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// What is doubtful.
    pub words: String,
}

/// A condition with its sentence and citations.
#[derive(Clone, Debug)]
pub struct Test {
    /// What must hold, `barred when` already turned round.
    pub condition: Condition,
    /// When it must hold at all.
    pub guard: Option<Condition>,
    /// Its sentence, where the author gave one.
    pub says: Option<String>,
    /// What a person is told when it fails.
    pub otherwise: Option<String>,
    /// What is doubtful about it.
    pub doubts: Vec<Doubt>,
    /// When it is in force.
    pub in_force: InForce,
    /// Its citations.
    pub citations: Vec<Citation>,
    /// The pack that wrote it: a layer's, where a layer narrowed the route.
    pub pack: PackId,
    /// Where it is written.
    pub span: Span,
}

/// A lawful way to award.
#[derive(Clone, Debug)]
pub struct Route {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its pack.
    pub pack: PackId,
    /// Where it is declared.
    pub span: Span,
    /// What a reader should know.
    pub note: Option<String>,
    /// Its tests.
    pub tests: Vec<Test>,
    /// The routes that its author says are never open together with it.
    pub excludes: Vec<ExcludedRoute>,
    /// That the law leaves no choice but to take it where it is open.
    pub mandatory: Option<Mandatory>,
    /// When it is in force.
    pub in_force: InForce,
    /// What is doubtful about the whole.
    pub doubts: Vec<Doubt>,
    /// Its citations.
    pub citations: Vec<Citation>,
}

/// A route that is never open together with another: a statement to be proved, from which nothing
/// is decided.
#[derive(Clone, Debug)]
pub struct ExcludedRoute {
    /// The route.
    pub route: RouteId,
    /// Its citations.
    pub citations: Vec<Citation>,
    /// Where it is named.
    pub span: Span,
}

/// That the law leaves no choice but to take a route where it is open. Nothing is decided from it.
#[derive(Clone, Debug)]
pub struct Mandatory {
    /// Its citations.
    pub citations: Vec<Citation>,
    /// Where it is written.
    pub span: Span,
}

/// A commercial shape that needs a route to carry it.
#[derive(Clone, Debug)]
pub struct Model {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its pack.
    pub pack: PackId,
    /// Where it is declared.
    pub span: Span,
    /// What a reader should know.
    pub note: Option<String>,
    /// What makes a commission one.
    pub tests: Vec<Test>,
    /// The routes that can carry it.
    pub carried_by: Vec<RouteId>,
    /// What a good design of it shows.
    pub gates: Vec<Test>,
    /// When it is in force.
    pub in_force: InForce,
    /// What is doubtful about the whole.
    pub doubts: Vec<Doubt>,
    /// Its citations.
    pub citations: Vec<Citation>,
}

/// A stated reason to recommend one open route, or one fitting model, over another.
#[derive(Clone, Debug)]
pub struct Preference {
    /// Its pack.
    pub pack: PackId,
    /// Where it is declared.
    pub span: Span,
    /// What is preferred.
    pub above: Vec<Candidate>,
    /// What it is preferred over.
    pub below: Vec<Candidate>,
    /// When it holds: all of these.
    pub tests: Vec<Test>,
    /// Why.
    pub because: String,
    /// When it is in force.
    pub in_force: InForce,
    /// Its citations.
    pub citations: Vec<Citation>,
}

/// What a preference ranks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Candidate {
    /// A route.
    Route(RouteId),
    /// A model.
    Model(ModelId),
}
