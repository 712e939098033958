//! What is drawn of a graph, and what an answer makes of it.

use std::collections::{BTreeMap, BTreeSet};

use super::{Drawing, Edge, Kind, Mark, Node};
use crate::decide::{Answer, Standing};
use crate::graph::{self, Graph};
use crate::pack::{Choice, DecisionId, FactId, RouteId};

/// What an answer found.
#[derive(Debug, Default)]
pub(super) struct Found {
    decisions: BTreeMap<DecisionId, Vec<usize>>,
    routes: BTreeMap<RouteId, Standing>,
}

/// What a thing reads, through amounts too.
#[derive(Default)]
struct Taken {
    decisions: BTreeMap<DecisionId, BTreeSet<usize>>,
    facts: BTreeSet<FactId>,
}

pub(super) fn found(answer: &Answer<'_>) -> Found {
    let decisions = answer.decisions.iter().map(|found| (found.decision, found.possible.clone()));
    let routes = answer.routes.iter().map(|found| (found.route, found.standing));
    Found { decisions: decisions.collect(), routes: routes.collect() }
}

fn taken(graph: &Graph, user: graph::Node) -> Taken {
    let mut taken = Taken::default();
    for (used, by) in graph.uses(user) {
        match used {
            graph::Node::Fact(fact) => {
                taken.facts.insert(fact);
            }
            graph::Node::Decision(decision) => {
                taken.decisions.entry(decision).or_default().extend(&by.outcomes);
            }
            // An amount is by the options of a fact or the outcomes of a decision: one step more.
            graph::Node::Amount(_) => {
                for (class, _) in graph.uses(used) {
                    match class {
                        graph::Node::Fact(fact) => {
                            taken.facts.insert(fact);
                        }
                        graph::Node::Decision(decision) => {
                            taken.decisions.entry(decision).or_default();
                        }
                        graph::Node::Amount(_)
                        | graph::Node::List(_)
                        | graph::Node::Route(_)
                        | graph::Node::Model(_)
                        | graph::Node::Document(_)
                        | graph::Node::Period(_) => {}
                    }
                }
            }
            graph::Node::List(_)
            | graph::Node::Route(_)
            | graph::Node::Model(_)
            | graph::Node::Document(_)
            | graph::Node::Period(_) => {}
        }
    }
    taken
}

pub(super) fn drawing(
    graph: &Graph,
    only_route: Option<RouteId>,
    found: Option<&Found>,
) -> Drawing {
    let is_wanted = |route: &RouteId| only_route.is_none_or(|only| only == *route);
    let routes: Vec<RouteId> = graph.book().routes.ids().filter(is_wanted).collect();
    let leading = only_route.map(|route| leading_to(graph, graph::Node::Route(route)));
    let is_leading =
        |decision: &DecisionId| leading.as_ref().is_none_or(|set| set.contains(decision));
    let decisions = graph.order().iter().copied().filter(is_leading);
    let mut drawing =
        Drawing { nodes: Vec::new(), edges: Vec::new(), is_answered: found.is_some() };
    let mut places = BTreeMap::new();
    let things = decisions.map(graph::Node::Decision);
    for thing in things.chain(routes.into_iter().map(graph::Node::Route)) {
        let taken = taken(graph, thing);
        let Some(mut node) = node(graph, thing, &taken, found) else { continue };
        let to = drawing.nodes.len();
        for (decision, outcomes) in &taken.decisions {
            let Some(from) = places.get(decision).copied() else { continue };
            let below = drawing.nodes.get(from).map_or(0, |from: &Node| from.layer + 1);
            node.layer = node.layer.max(below);
            drawing.edges.push(edge(graph, (from, to), *decision, outcomes, found));
        }
        if let graph::Node::Decision(decision) = thing {
            places.insert(decision, to);
        }
        drawing.nodes.push(node);
    }
    drawing
}

/// The decisions that lead to a thing at any remove.
fn leading_to(graph: &Graph, thing: graph::Node) -> BTreeSet<DecisionId> {
    let (mut leading, mut ahead) = (BTreeSet::new(), vec![thing]);
    while let Some(thing) = ahead.pop() {
        for decision in taken(graph, thing).decisions.into_keys() {
            if leading.insert(decision) {
                ahead.push(graph::Node::Decision(decision));
            }
        }
    }
    leading
}

fn node(graph: &Graph, thing: graph::Node, taken: &Taken, found: Option<&Found>) -> Option<Node> {
    let book = graph.book();
    let (kind, name, title, (found, mark)) = match thing {
        graph::Node::Decision(id) => {
            let decision = &book.decisions[id];
            let possible = found.map(|found| found.decisions.get(&id));
            let shown = shown_outcomes(&decision.outcomes, possible);
            (Kind::Decision, &decision.name, &decision.title, shown)
        }
        graph::Node::Route(id) => {
            let route = &book.routes[id];
            let standing = found.map(|found| found.routes.get(&id).copied());
            (Kind::Route, &route.name, &route.title, shown_standing(standing))
        }
        graph::Node::Fact(_)
        | graph::Node::Amount(_)
        | graph::Node::List(_)
        | graph::Node::Model(_)
        | graph::Node::Document(_)
        | graph::Node::Period(_) => return None,
    };
    let facts = taken.facts.iter().map(|fact| book.facts[*fact].title.clone()).collect();
    let (name, title) = (name.clone(), title.clone());
    Some(Node { kind, name, title, layer: 0, facts, found, mark })
}

/// The outcomes still possible, in words. The outer `None`: no answer; the inner: not in it.
fn shown_outcomes(outcomes: &[Choice], found: Option<Option<&Vec<usize>>>) -> (Vec<String>, Mark) {
    let Some(possible) = found else { return (Vec::new(), Mark::Plain) };
    let possible = possible.map_or(&[][..], Vec::as_slice);
    let titles = possible.iter().filter_map(|place| Some(outcomes.get(*place)?.title.clone()));
    let mark = match possible.len() {
        0 => Mark::Idle,
        1 => Mark::Holds,
        _ => Mark::Unsettled,
    };
    (titles.collect(), mark)
}

fn shown_standing(found: Option<Option<Standing>>) -> (Vec<String>, Mark) {
    let Some(standing) = found else { return (Vec::new(), Mark::Plain) };
    let (word, mark) = match standing {
        Some(Standing::Open) => ("open", Mark::Holds),
        Some(Standing::Barred) => ("barred", Mark::Barred),
        Some(Standing::Unsettled) => ("unsettled", Mark::Unsettled),
        None => ("not in force", Mark::Idle),
    };
    (vec![word.to_owned()], mark)
}

fn edge(
    graph: &Graph,
    (from, to): (usize, usize),
    decision: DecisionId,
    named: &BTreeSet<usize>,
    found: Option<&Found>,
) -> Edge {
    let outcomes = named.iter().filter_map(|place| graph.book().outcome(decision, *place).cloned());
    let possible = found.map(|found| found.decisions.get(&decision).map_or(&[][..], Vec::as_slice));
    let n_named = |possible: &[usize]| {
        possible.iter().filter(|place| named.is_empty() || named.contains(place)).count()
    };
    let mark = match possible {
        None => Mark::Plain,
        Some([]) => Mark::Idle,
        Some(possible) if n_named(possible) == 0 => Mark::Barred,
        // Where only a figure depends on the decision, the figure waits for it to be settled.
        Some(possible) if named.is_empty() && possible.len() > 1 => Mark::Unsettled,
        Some(possible) if n_named(possible) == possible.len() => Mark::Holds,
        Some(_) => Mark::Unsettled,
    };
    Edge { from, to, outcomes: outcomes.collect(), mark }
}
