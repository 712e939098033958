//! Scenarios: facts with the answer expected.

use super::super::citation::Citation;
use super::super::condition::Value;
use super::super::table::{DecisionId, DocumentId, FactId, ModelId, PackId, RouteId};
use super::EventRef;
use crate::quantity::Date;
use crate::source::Span;
use crate::syntax::tree::{Fit, Need};

/// Facts and the expected answer.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// Its title: a proposition of law.
    pub title: String,
    /// Its pack.
    pub pack: PackId,
    /// Where it is declared.
    pub span: Span,
    /// The date asked about.
    pub as_at: Date,
    /// The facts, in the order written.
    pub given: Vec<(FactId, Value)>,
    /// What is expected, each with its place.
    pub expectations: Vec<(Expectation, Span)>,
    /// The commission that holds the same facts.
    pub commission: Option<String>,
    /// Its citations.
    pub citations: Vec<Citation>,
}

/// What a scenario expects of the answer.
#[derive(Clone, Debug)]
pub enum Expectation {
    /// A decision's outcome, or that it is undecided.
    Decision(DecisionId, Option<usize>),
    /// A route is open.
    RouteOpen(RouteId),
    /// A route is barred by tests with these citations.
    RouteBarred(RouteId, Vec<Citation>),
    /// A route is unsettled.
    RouteUnsettled(RouteId),
    /// Nothing is recommended.
    NoRecommendation,
    /// A route is recommended, perhaps as a model.
    Recommendation(RouteId, Option<ModelId>),
    /// A model fits, doesn't, or is unsettled.
    Model(ModelId, Fit),
    /// A document is required, not required, or conditional.
    Document(DocumentId, Need),
    /// A document is due on a day.
    DocumentDue(DocumentId, Date),
    /// An event falls on a day at the earliest.
    Date(EventRef, Date),
    /// A fact is asked for.
    Question(FactId),
    /// A doubt with one of these citations is given.
    Doubt(Vec<Citation>),
    /// The answer would change if the start slipped to this day.
    Coming(Date),
}
