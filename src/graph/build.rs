//! The net of what uses what: an edge runs from the used to the user.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::{DiGraph, NodeIndex};

use super::{Node, Use};
use crate::pack::{Class, Condition, Figure, Rulebook, Test, quantities_of, walk};

pub(super) type Net = (DiGraph<Node, Use>, BTreeMap<Node, NodeIndex>);

/// What a user takes from each thing it uses: the outcomes it names.
type Taken = BTreeMap<Node, BTreeSet<usize>>;

pub(super) fn net(book: &Rulebook) -> Net {
    let mut net = DiGraph::new();
    let mut places = BTreeMap::new();
    for node in nodes(book) {
        places.insert(node, net.add_node(node));
    }
    for (user, taken) in users(book) {
        for (used, outcomes) in taken {
            if let (Some(used), Some(user)) = (places.get(&used), places.get(&user)) {
                net.add_edge(*used, *user, Use { outcomes: outcomes.into_iter().collect() });
            }
        }
    }
    (net, places)
}

fn nodes(book: &Rulebook) -> Vec<Node> {
    let facts = book.facts.ids().map(Node::Fact);
    let amounts = book.amounts.ids().map(Node::Amount);
    let lists = book.lists.ids().map(Node::List);
    let decisions = book.decisions.ids().map(Node::Decision);
    let routes = book.routes.ids().map(Node::Route);
    let models = book.models.ids().map(Node::Model);
    let documents = book.documents.ids().map(Node::Document);
    let periods = book.periods.ids().map(Node::Period);
    facts
        .chain(amounts)
        .chain(lists)
        .chain(decisions)
        .chain(routes)
        .chain(models)
        .chain(documents)
        .chain(periods)
        .collect()
}

fn users(book: &Rulebook) -> Vec<(Node, Taken)> {
    let mut users = Vec::new();
    for (id, fact) in book.facts.iter() {
        let parts = fact.sum.iter().flat_map(|sum| &sum.parts);
        let parts: Taken = parts.map(|part| (Node::Fact(*part), BTreeSet::new())).collect();
        if !parts.is_empty() {
            users.push((Node::Fact(id), parts));
        }
    }
    for (id, amount) in book.amounts.iter() {
        let class = amount.class.map(|class| match class {
            Class::Fact(fact) => Node::Fact(fact),
            Class::Decision(decision) => Node::Decision(decision),
        });
        users.push((
            Node::Amount(id),
            class.into_iter().map(|class| (class, BTreeSet::new())).collect(),
        ));
    }
    for (id, decision) in book.decisions.iter() {
        let conditions = decision.cases.iter().filter_map(|case| case.condition.as_ref());
        users.push((Node::Decision(id), taken(conditions)));
    }
    let gate = |pack| book.packs[pack].gate.iter().flat_map(conditions_of);
    for (id, route) in book.routes.iter() {
        let tests = route.tests.iter().flat_map(conditions_of);
        // A layer's test counts only where the layer applies.
        let layers = route.tests.iter().map(|test| test.pack).filter(|pack| *pack != route.pack);
        let gates = gate(route.pack).chain(layers.flat_map(gate));
        users.push((Node::Route(id), taken(gates.chain(tests))));
    }
    for (id, model) in book.models.iter() {
        let tests = model.tests.iter().chain(&model.gates).flat_map(conditions_of);
        let mut taken = taken(gate(model.pack).chain(tests));
        taken.extend(model.carried_by.iter().map(|route| (Node::Route(*route), BTreeSet::new())));
        users.push((Node::Model(id), taken));
    }
    for (id, document) in book.documents.iter() {
        let tests = document.tests.iter().chain(&document.forbidden).flat_map(conditions_of);
        let due = document.due.iter().filter_map(|due| due.condition.as_ref());
        users.push((Node::Document(id), taken(gate(document.pack).chain(tests).chain(due))));
    }
    for (id, period) in book.periods.iter() {
        let tests = period.tests.iter().flat_map(conditions_of);
        let lengths = period.lengths.iter().filter_map(|row| row.condition.as_ref());
        users.push((Node::Period(id), taken(gate(period.pack).chain(tests).chain(lengths))));
    }
    users
}

/// What a test reads, in the order of kinds and ids.
#[must_use]
pub fn read_by(test: &Test) -> Vec<Node> {
    taken(conditions_of(test)).into_keys().collect()
}

fn conditions_of(test: &Test) -> impl Iterator<Item = &Condition> {
    std::iter::once(&test.condition).chain(&test.guard)
}

fn taken<'c>(conditions: impl Iterator<Item = &'c Condition>) -> Taken {
    let mut taken = Taken::new();
    for condition in conditions {
        walk(condition, &mut |condition| take(condition, &mut taken));
    }
    taken
}

fn take(condition: &Condition, taken: &mut Taken) {
    match condition {
        Condition::Yes(fact)
        | Condition::OneOf(fact, _)
        | Condition::Includes(fact, _)
        | Condition::TextIs(fact, _)
        | Condition::CodeIs(fact, _)
        | Condition::Known(fact) => {
            taken.entry(Node::Fact(*fact)).or_default();
        }
        Condition::InList(fact, list) => {
            taken.entry(Node::Fact(*fact)).or_default();
            taken.entry(Node::List(*list)).or_default();
        }
        Condition::Outcome(decision, outcomes) => {
            taken.entry(Node::Decision(*decision)).or_default().extend(outcomes);
        }
        Condition::RouteIs(routes) => {
            taken.extend(routes.iter().map(|route| (Node::Route(*route), BTreeSet::new())));
        }
        Condition::ModelIs(models) => {
            taken.extend(models.iter().map(|model| (Node::Model(*model), BTreeSet::new())));
        }
        Condition::All(_)
        | Condition::Any(_)
        | Condition::AtLeast(..)
        | Condition::Not(_)
        | Condition::Compare(..)
        | Condition::Gap(..) => {}
    }
    for figure in quantities_of(condition).into_iter().flat_map(|quantity| quantity.figures()) {
        match figure {
            Figure::Fact(fact) => {
                taken.entry(Node::Fact(*fact)).or_default();
            }
            Figure::Amount(amount) => {
                taken.entry(Node::Amount(*amount)).or_default();
            }
            Figure::Literal(_) | Figure::AsAt => {}
        }
    }
}
