//! What reads what, at any remove.

use std::collections::BTreeSet;

use crate::graph::{Graph, Node};
use crate::pack::{Rulebook, Test};

/// These things and all that reads some of them.
pub(super) fn readers(graph: &Graph, things: &BTreeSet<Node>) -> BTreeSet<Node> {
    let mut readers = things.clone();
    let mut left: Vec<Node> = graph.nodes().filter(|node| !readers.contains(node)).collect();
    loop {
        let n_before = left.len();
        left.retain(|node| {
            let reads = graph.uses(*node).iter().any(|(used, _)| readers.contains(used));
            if reads {
                readers.insert(*node);
            }
            !reads
        });
        if left.len() == n_before {
            return readers;
        }
    }
}

/// Whether a layer added tests to a thing: what the layer's own gate reads is then read too.
pub(super) fn has_foreign_tests(book: &Rulebook, node: Node) -> bool {
    let is_foreign = |tests: &[Test], pack| tests.iter().any(|test| test.pack != pack);
    match node {
        Node::Route(id) => is_foreign(&book.routes[id].tests, book.routes[id].pack),
        Node::Model(id) => is_foreign(&book.models[id].tests, book.models[id].pack),
        Node::Document(id) => is_foreign(&book.documents[id].tests, book.documents[id].pack),
        Node::Period(id) => is_foreign(&book.periods[id].tests, book.periods[id].pack),
        Node::Fact(_) | Node::Amount(_) | Node::List(_) | Node::Decision(_) => false,
    }
}
