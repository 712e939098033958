//! A drawing for programs.

use serde::Serialize;

use super::{Drawing, Edge, Kind, Mark, Node};

#[derive(Serialize)]
struct Written<'d> {
    nodes: Vec<WrittenNode<'d>>,
    edges: Vec<WrittenEdge<'d>>,
}

#[derive(Serialize)]
struct WrittenNode<'d> {
    name: &'d str,
    kind: &'static str,
    title: &'d str,
    layer: usize,
    facts: &'d [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    mark: Option<&'static str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    found: &'d [String],
}

#[derive(Serialize)]
struct WrittenEdge<'d> {
    from: &'d str,
    to: &'d str,
    outcomes: Vec<WrittenOutcome<'d>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mark: Option<&'static str>,
}

#[derive(Serialize)]
struct WrittenOutcome<'d> {
    name: &'d str,
    title: &'d str,
}

pub(super) fn json(drawing: &Drawing) -> String {
    let name = |place: usize| drawing.nodes.get(place).map_or("", |node| node.name.as_str());
    let written = Written {
        nodes: drawing.nodes.iter().map(node).collect(),
        edges: drawing
            .edges
            .iter()
            .map(|edge| written_edge(edge, name(edge.from), name(edge.to)))
            .collect(),
    };
    // These types hold only lists and strings, which can't fail to be written.
    let mut text = serde_json::to_string_pretty(&written).unwrap_or_default();
    text.push('\n');
    text
}

fn node(node: &Node) -> WrittenNode<'_> {
    let kind = match node.kind {
        Kind::Decision => "decision",
        Kind::Route => "route",
    };
    WrittenNode {
        name: &node.name,
        kind,
        title: &node.title,
        layer: node.layer,
        facts: &node.facts,
        mark: word(node.mark),
        found: &node.found,
    }
}

fn written_edge<'d>(edge: &'d Edge, from: &'d str, to: &'d str) -> WrittenEdge<'d> {
    let outcomes = edge.outcomes.iter();
    let outcomes =
        outcomes.map(|outcome| WrittenOutcome { name: &outcome.name, title: &outcome.title });
    WrittenEdge { from, to, outcomes: outcomes.collect(), mark: word(edge.mark) }
}

const fn word(mark: Mark) -> Option<&'static str> {
    match mark {
        Mark::Plain => None,
        Mark::Idle => Some("not_in_force"),
        Mark::Barred => Some("barred"),
        Mark::Unsettled => Some("unsettled"),
        Mark::Holds => Some("holds"),
    }
}
