//! What a mutant changes, looked at by itself: where the thing says the same as before of every
//! commission, nothing that rests on it can differ, and the rest of the rules need not be asked.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::diagram::{Diagrams, GaveUp};
use super::super::difference::days_apart;
use super::super::logic::Logic;
use super::super::space::Space;
use super::super::view::View;
use crate::graph::{Graph, Node};
use crate::pack::{Condition, Mutant, Owner, PackId, Part, Rulebook, walk};

/// The nodes that a diagram may have before the rules are asked as a whole.
const N_NODES_MAX: usize = 100_000;

/// Whether the thing that a mutant changes is proved to say the same on every day. A no says
/// nothing.
pub(super) fn says_the_same(before: &Graph, after: &Graph, mutant: &Mutant) -> bool {
    let Some(thing) = thing(mutant) else { return false };
    let wanted = |graph: &Graph| wanted(graph, thing);
    let wanted: BTreeSet<Node> = wanted(before).union(&wanted(after)).copied().collect();
    days_apart(before, after).is_some_and(|days| {
        days.into_iter().all(|views| is_same_on(views, thing, &wanted).unwrap_or(false))
    })
}

/// The thing changed, where all that the change can touch is whether it holds.
fn thing(mutant: &Mutant) -> Option<Node> {
    match (mutant.owner, mutant.part) {
        (Owner::Decision(id), _) => Some(Node::Decision(id)),
        (Owner::Route(id), Part::Test(_)) => Some(Node::Route(id)),
        (Owner::Document(id), Part::Test(_)) => Some(Node::Document(id)),
        (
            Owner::Route(_)
            | Owner::Document(_)
            | Owner::Pack(_)
            | Owner::Amount(_)
            | Owner::List(_)
            | Owner::Model(_)
            | Owner::Period(_)
            | Owner::Preference(_),
            _,
        ) => None,
    }
}

/// All that a thing rests on: what it uses, and what the packs of all that ask before they apply.
fn wanted(graph: &Graph, thing: Node) -> BTreeSet<Node> {
    let book = graph.book();
    let (mut seen, mut waiting) = (BTreeSet::new(), vec![thing]);
    while let Some(node) = waiting.pop() {
        if seen.insert(node) {
            waiting.extend(graph.uses(node).into_iter().map(|(used, _)| used));
            waiting.extend(packs_of(book, node).into_iter().flat_map(|pack| asked_by(book, pack)));
        }
    }
    seen
}

/// The packs of a thing and of its tests.
fn packs_of(book: &Rulebook, node: Node) -> Vec<PackId> {
    let (own, tests) = match node {
        Node::Route(id) => (book.routes[id].pack, &book.routes[id].tests),
        Node::Model(id) => (book.models[id].pack, &book.models[id].tests),
        Node::Document(id) => (book.documents[id].pack, &book.documents[id].tests),
        Node::Period(id) => (book.periods[id].pack, &book.periods[id].tests),
        Node::Fact(_) | Node::Amount(_) | Node::List(_) | Node::Decision(_) => return Vec::new(),
    };
    tests.iter().map(|test| test.pack).chain([own]).collect()
}

/// The decisions that a pack's gate asks about.
fn asked_by(book: &Rulebook, pack: PackId) -> Vec<Node> {
    let mut asked = Vec::new();
    if let Some(gate) = &book.packs[pack].gate {
        walk(&gate.condition, &mut |condition| {
            if let Condition::Outcome(decision, _) = condition {
                asked.push(Node::Decision(*decision));
            }
        });
    }
    asked
}

fn is_same_on(
    (old, new): (View<'_>, View<'_>),
    thing: Node,
    wanted: &BTreeSet<Node>,
) -> Result<bool, GaveUp> {
    let space = Arc::new(Space::of(&[old, new]));
    let diagrams = Arc::new(Diagrams::new(space.n_bits(), N_NODES_MAX));
    let is_wanted = |node| wanted.contains(&node);
    let old = Logic::of(old, 0, &space, &diagrams, &is_wanted)?;
    let new = Logic::of(new, 1, &space, &diagrams, &is_wanted)?;
    Ok(match thing {
        Node::Decision(id) => match (old.decision(id), new.decision(id)) {
            (Some(old), Some(new)) => old.can == new.can && old.none == new.none,
            (None, None) => true,
            _ => false,
        },
        Node::Route(id) => old.route(id) == new.route(id),
        Node::Document(id) => {
            for route in old.book().routes.ids() {
                if old.document(id, route)? != new.document(id, route)? {
                    return Ok(false);
                }
            }
            true
        }
        Node::Fact(_) | Node::Amount(_) | Node::List(_) | Node::Model(_) | Node::Period(_) => false,
    })
}
