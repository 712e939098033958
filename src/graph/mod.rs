//! The compiled decision graph: what uses what, in which order decisions are tried, where they go
//! in circles.
//!
//! A `Graph` exists only for rules without errors, so whatever holds one can decide.

mod build;
mod circles;
mod days;
mod errors;

use std::collections::BTreeMap;

use petgraph::graph::{DiGraph, NodeIndex};

use crate::diagnostic::Diagnostic;
use crate::pack::{
    AmountId, DecisionId, DocumentId, FactId, ListId, ModelId, PeriodId, RouteId, Rulebook,
};
use crate::quantity::Date;

pub use build::read_by;

/// A thing that rules use or that uses others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Node {
    /// A fact.
    Fact(FactId),
    /// An amount.
    Amount(AmountId),
    /// A list.
    List(ListId),
    /// A decision.
    Decision(DecisionId),
    /// A route.
    Route(RouteId),
    /// A model.
    Model(ModelId),
    /// A document.
    Document(DocumentId),
    /// A period.
    Period(PeriodId),
}

/// What a thing takes from another that it uses: for a decision, the outcomes it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The outcomes named, empty where the used thing is no decision.
    pub outcomes: Vec<usize>,
}

/// The compiled rules.
#[derive(Clone, Debug)]
pub struct Graph {
    book: Rulebook,
    /// Decisions, each after those it uses.
    order: Vec<DecisionId>,
    net: DiGraph<Node, Use>,
    places: BTreeMap<Node, NodeIndex>,
    /// The days on which some rule begins, ends or turns.
    days: Vec<Date>,
}

/// Compiles a rulebook, and says where it goes in circles. With a circle there is no order, and
/// the graph leaves out what is in it; the strict door refuses such a graph.
#[must_use]
pub fn build(book: Rulebook) -> (Graph, Vec<Diagnostic>) {
    let (net, places) = build::net(&book);
    let (order, mut diagnostics) = circles::order(&book, &net, &places);
    diagnostics.extend(circles::preferences(&book));
    let days = days::days(&book);
    (Graph { book, order, net, places, days }, diagnostics)
}

impl Graph {
    /// The rules.
    #[must_use]
    pub const fn book(&self) -> &Rulebook {
        &self.book
    }

    /// The rules, taken out of the graph.
    #[must_use]
    pub fn into_book(self) -> Rulebook {
        self.book
    }

    /// Decisions in the order in which they can be tried.
    #[must_use]
    pub fn order(&self) -> &[DecisionId] {
        &self.order
    }

    /// The days on which some rule begins, ends or turns, in order: between two of them the same
    /// facts have the same answer, save for tests that measure a time up to the date asked about.
    #[must_use]
    pub fn days(&self) -> &[Date] {
        &self.days
    }

    /// What a thing uses, in the order of kinds and ids.
    #[must_use]
    pub fn uses(&self, node: Node) -> Vec<(Node, &Use)> {
        let Some(place) = self.places.get(&node) else { return Vec::new() };
        let mut used: Vec<(Node, &Use)> = self
            .net
            .edges_directed(*place, petgraph::Direction::Incoming)
            .filter_map(|edge| {
                use petgraph::visit::EdgeRef;
                Some((*self.net.node_weight(edge.source())?, edge.weight()))
            })
            .collect();
        used.sort_by_key(|(node, _)| *node);
        used
    }

    /// Every thing, in the order of kinds and ids.
    pub fn nodes(&self) -> impl Iterator<Item = Node> {
        self.places.keys().copied()
    }
}
