//! The order of decisions, and circles among decisions and among preferences.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::algo::{tarjan_scc, toposort};
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::EdgeRef;

use super::{Node, Use, errors};
use crate::diagnostic::Diagnostic;
use crate::pack::{Candidate, DecisionId, Preference, Rulebook, contradict};

/// Decisions in an order in which each comes after those it uses, or the circles in the way.
pub(super) fn order(
    book: &Rulebook,
    net: &DiGraph<Node, Use>,
    places: &BTreeMap<Node, NodeIndex>,
) -> (Vec<DecisionId>, Vec<Diagnostic>) {
    debug_assert_eq!(net.node_count(), places.len(), "every thing has its place");
    if let Ok(sorted) = toposort(net, None) {
        let decisions = sorted.into_iter().filter_map(|place| match net.node_weight(place)? {
            Node::Decision(decision) => Some(*decision),
            Node::Fact(_)
            | Node::Amount(_)
            | Node::List(_)
            | Node::Route(_)
            | Node::Model(_)
            | Node::Document(_)
            | Node::Period(_) => None,
        });
        return (decisions.collect(), Vec::new());
    }
    let mut diagnostics = Vec::new();
    for component in tarjan_scc(net) {
        let members: BTreeSet<NodeIndex> = component.iter().copied().collect();
        let Some(start) = component.iter().copied().min() else { continue };
        if let Some(path) = path_back(net, start, &members) {
            let nodes: Vec<Node> =
                path.iter().filter_map(|place| net.node_weight(*place)).copied().collect();
            diagnostics.push(errors::cycle(book, &nodes));
        }
    }
    (Vec::new(), diagnostics)
}

/// The shortest way from a place back to itself among the members of its component.
fn path_back(
    net: &DiGraph<Node, Use>,
    start: NodeIndex,
    members: &BTreeSet<NodeIndex>,
) -> Option<Vec<NodeIndex>> {
    let mut came_from: BTreeMap<NodeIndex, NodeIndex> = BTreeMap::new();
    let mut frontier = vec![start];
    while !frontier.is_empty() {
        let mut next = Vec::new();
        for place in frontier {
            let mut targets: Vec<NodeIndex> = net.edges(place).map(|edge| edge.target()).collect();
            targets.sort_unstable();
            for target in targets.into_iter().filter(|target| members.contains(target)) {
                if came_from.contains_key(&target) {
                    continue;
                }
                came_from.insert(target, place);
                if target == start {
                    return Some(unwind(&came_from, start));
                }
                next.push(target);
            }
        }
        frontier = next;
    }
    None
}

fn unwind(came_from: &BTreeMap<NodeIndex, NodeIndex>, start: NodeIndex) -> Vec<NodeIndex> {
    let mut path = vec![start];
    let mut place = came_from.get(&start).copied();
    while let Some(here) = place.filter(|here| *here != start) {
        path.push(here);
        place = came_from.get(&here).copied();
    }
    path.reverse();
    path
}

/// The longest circle of preferences that is looked for; longer ones are broken at the answer.
const CIRCLE_MAX: usize = 6;

/// Circles of preferences without conditions. Whether those with conditions ever hold together is
/// for the proof to say.
pub(super) fn preferences(book: &Rulebook) -> Vec<Diagnostic> {
    let mut over: BTreeMap<Candidate, Vec<(Candidate, &Preference)>> = BTreeMap::new();
    for preference in book.preferences.rows().filter(|preference| preference.tests.is_empty()) {
        for above in &preference.above {
            let below = preference.below.iter().map(|below| (*below, preference));
            over.entry(*above).or_default().extend(below);
        }
    }
    let mut found: Vec<Vec<&Preference>> = Vec::new();
    for start in over.keys() {
        let mut path = Vec::new();
        search(book, &over, *start, *start, &mut path, &mut found);
    }
    found.sort_by_key(|circle| circle.iter().map(|preference| preference.span).min());
    let key = |circle: &[&Preference]| {
        let mut spans: Vec<_> = circle.iter().map(|preference| preference.span).collect();
        spans.sort_unstable();
        spans
    };
    let mut seen = BTreeSet::new();
    found.retain(|circle| seen.insert(key(circle)));
    found.iter().map(|circle| errors::preference_cycle(circle)).collect()
}

fn search<'b>(
    book: &'b Rulebook,
    over: &BTreeMap<Candidate, Vec<(Candidate, &'b Preference)>>,
    start: Candidate,
    here: Candidate,
    path: &mut Vec<(Candidate, &'b Preference)>,
    found: &mut Vec<Vec<&'b Preference>>,
) {
    let nexts = over.get(&here).into_iter().flatten();
    for (next, preference) in nexts {
        // Each circle is found once: from its first member in the order of candidates.
        let is_seen = path.iter().any(|(seen, _)| seen == next);
        if *next < start || is_seen || path.len() >= CIRCLE_MAX || found.len() >= 100 {
            continue;
        }
        path.push((*next, preference));
        if *next == start {
            let circle: Vec<&Preference> = path.iter().map(|(_, preference)| *preference).collect();
            if can_hold_together(book, &circle) {
                found.push(circle);
            }
        } else if can_hold_together(
            book,
            &path.iter().map(|(_, preference)| *preference).collect::<Vec<_>>(),
        ) {
            search(book, over, start, *next, path, found);
        }
        path.pop();
    }
}

/// Whether preferences can be in force at once in packs that can govern at once, as far as is plain.
fn can_hold_together(book: &Rulebook, circle: &[&Preference]) -> bool {
    let firsts = circle.iter().map(|preference| preference.in_force.first_day());
    let latest = firsts.max().flatten();
    let overlaps =
        latest.is_none_or(|day| circle.iter().all(|preference| preference.in_force.holds_on(day)));
    let gates = circle.iter().flat_map(|preference| &book.packs[preference.pack].gate);
    overlaps && !contradict(gates.map(|gate| &gate.condition))
}
