//! The decision graph as a drawing that a person can follow: decisions, with their outcomes on
//! the way to what names them, and routes at the end.
//!
//! Facts, amounts and lists would bury the law under detail: a decision or route carries the facts
//! it reads in its tooltip, and what reaches it through an amount is drawn as if it named it.

mod dot;
mod from_graph;
mod json;
mod layout;
mod mermaid;
mod svg;
#[cfg(test)]
mod tests;

use crate::decide::Answer;
use crate::graph::Graph;
use crate::pack::{Choice, RouteId};
use from_graph::{drawing, found};

/// How a drawing is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DrawingFormat {
    /// For Graphviz.
    Dot,
    /// For Mermaid, as Markdown pages show it.
    Mermaid,
    /// A picture.
    Svg,
    /// For programs.
    Json,
}

/// Draws the decisions and routes of the rules. With `only_route`, that route and what leads to
/// it at any remove; with an answer, which outcomes it found and which routes are open.
#[must_use]
pub fn draw(
    graph: &Graph,
    format: DrawingFormat,
    only_route: Option<RouteId>,
    answer: Option<&Answer<'_>>,
) -> String {
    let drawing = drawing(graph, only_route, answer.map(found).as_ref());
    match format {
        DrawingFormat::Dot => dot::dot(&drawing),
        DrawingFormat::Mermaid => mermaid::mermaid(&drawing),
        DrawingFormat::Svg => svg::svg(&drawing),
        DrawingFormat::Json => json::json(&drawing),
    }
}

/// What is drawn, whatever it is written as.
#[derive(Debug)]
struct Drawing {
    /// Decisions, each after those it names, then routes.
    nodes: Vec<Node>,
    /// By the node they lead to, then the node they come from.
    edges: Vec<Edge>,
    /// Whether it shows an answer.
    is_answered: bool,
}

/// A decision or route.
#[derive(Debug)]
struct Node {
    kind: Kind,
    name: String,
    title: String,
    /// How many nodes the longest way to it passes.
    layer: usize,
    /// The titles of the facts that it reads itself.
    facts: Vec<String>,
    /// What the answer found: outcomes still possible, or a standing.
    found: Vec<String>,
    mark: Mark,
}

/// Which of the two a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Decision,
    Route,
}

/// That a decision's outcomes are named by a decision or route.
#[derive(Debug)]
struct Edge {
    from: usize,
    to: usize,
    /// The outcomes named; none where only a figure depends on the decision.
    outcomes: Vec<Choice>,
    mark: Mark,
}

/// How the answer bears on a node or edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    /// No answer is shown.
    Plain,
    /// No rule of it is in force at the date.
    Idle,
    /// A barred route, or outcomes that the decision doesn't have.
    Barred,
    /// It waits for facts.
    Unsettled,
    /// An open route, a settled decision, or the outcome it has.
    Holds,
}

impl Edge {
    /// The outcomes in words: `Covered procurement / Exempted contract`.
    fn label(&self) -> String {
        let titles: Vec<&str> =
            self.outcomes.iter().map(|outcome| outcome.title.as_str()).collect();
        titles.join(" / ")
    }
}

impl Node {
    /// How many facts are named in a tooltip.
    const FACTS_SHOWN_MAX: usize = 12;

    /// What is told of a node beside its title: its name, and the facts that it reads.
    fn tooltip(&self) -> String {
        let mut lines = vec![self.name.clone(), self.facts_counted()];
        lines.extend(self.facts.iter().take(Self::FACTS_SHOWN_MAX).map(|fact| format!("- {fact}")));
        if self.facts.len() > Self::FACTS_SHOWN_MAX {
            lines.push(format!("and {} more", self.facts.len() - Self::FACTS_SHOWN_MAX));
        }
        lines.join("\n")
    }

    fn facts_counted(&self) -> String {
        match self.facts.len() {
            0 => "reads no fact itself".to_owned(),
            1 => "reads 1 fact".to_owned(),
            n_facts => format!("reads {n_facts} facts"),
        }
    }

    /// What the answer found, in one line; empty without an answer.
    fn found(&self) -> String {
        self.found.join(" / ")
    }
}
