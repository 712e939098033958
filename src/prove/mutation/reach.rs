//! What a scenario can notice: what its expectations look at, and all that comes before that.

use std::collections::BTreeSet;

use crate::graph::{Graph, Node};
use crate::pack::{Expectation, Mutant, Owner, PackId, Rulebook, ScenarioId};

/// What a scenario can notice. It may hold more than is read for the scenario's facts, never less.
pub(super) struct Reach {
    /// What the expectations name.
    named: BTreeSet<Owner>,
    /// That, and all that it uses.
    used: BTreeSet<Owner>,
    /// Whether it looks at what is recommended, for which every pack and preference counts.
    is_of_recommendation: bool,
    /// Whether it looks at what comes later, for which law of every date counts.
    is_of_law_to_come: bool,
}

/// How near a scenario is to what is changed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Nearness {
    Named,
    SamePack,
    Elsewhere,
}

/// What expectations look at.
#[derive(Default)]
struct Looked {
    named: BTreeSet<Node>,
    recommendation: bool,
    documents: bool,
    periods: bool,
    coming: bool,
}

impl Reach {
    pub(super) fn of(graph: &Graph, scenario: ScenarioId) -> Self {
        let book = graph.book();
        let looked = Looked::at(graph, scenario);
        let is_of_recommendation = looked.recommendation;
        let is_looked_at = |node: &Node| match node {
            Node::Route(_) | Node::Model(_) => looked.recommendation,
            Node::Document(_) => looked.documents,
            Node::Period(_) => looked.periods,
            Node::Fact(_) | Node::Amount(_) | Node::List(_) | Node::Decision(_) => false,
        };
        let mut waiting: Vec<Node> = looked.named.iter().copied().collect();
        waiting.extend(graph.nodes().filter(is_looked_at));
        if is_of_recommendation {
            // Preferences are no things of the graph; what they read are decisions and figures.
            waiting.extend(graph.nodes().filter(is_read_by_preferences));
        }
        let mut seen = BTreeSet::new();
        while let Some(node) = waiting.pop() {
            if seen.insert(node) {
                waiting.extend(graph.uses(node).into_iter().map(|(used, _)| used));
            }
        }
        let mut used: BTreeSet<Owner> = seen.iter().filter_map(|node| owner(*node)).collect();
        let packs: BTreeSet<PackId> = used.iter().flat_map(|owner| packs(book, *owner)).collect();
        used.extend(packs.into_iter().map(Owner::Pack));
        let named = looked.named.into_iter().filter_map(owner).collect();
        Self { named, used, is_of_recommendation, is_of_law_to_come: looked.coming }
    }

    /// How near the scenario is to a mutant; `None` if it can't notice it.
    pub(super) fn nearness(
        &self,
        book: &Rulebook,
        scenario: ScenarioId,
        mutant: &Mutant,
    ) -> Option<Nearness> {
        let scenario = &book.scenarios[scenario];
        let is_ranked = matches!(mutant.owner, Owner::Preference(_) | Owner::Pack(_));
        let is_used = self.used.contains(&mutant.owner) || (is_ranked && self.is_of_recommendation);
        if !is_used || !(self.is_of_law_to_come || mutant.can_tell_on(book, scenario.as_at)) {
            return None;
        }
        Some(if self.named.contains(&mutant.owner) {
            Nearness::Named
        } else if scenario.pack == mutant.owner.pack(book) {
            Nearness::SamePack
        } else {
            Nearness::Elsewhere
        })
    }
}

impl Looked {
    fn at(graph: &Graph, scenario: ScenarioId) -> Self {
        let mut looked = Self::default();
        for (expected, _) in &graph.book().scenarios[scenario].expectations {
            looked.add(expected);
        }
        looked
    }

    fn add(&mut self, expected: &Expectation) {
        let named = match expected {
            Expectation::Decision(id, _) => Some(Node::Decision(*id)),
            Expectation::RouteOpen(id)
            | Expectation::RouteBarred(id, _)
            | Expectation::RouteUnsettled(id) => Some(Node::Route(*id)),
            Expectation::Model(id, _) => Some(Node::Model(*id)),
            Expectation::Document(id, _) | Expectation::DocumentDue(id, _) => {
                self.recommendation = true;
                Some(Node::Document(*id))
            }
            Expectation::Recommendation(id, _) => {
                self.recommendation = true;
                Some(Node::Route(*id))
            }
            Expectation::NoRecommendation => {
                self.recommendation = true;
                None
            }
            Expectation::Date(..) => {
                (self.recommendation, self.periods) = (true, true);
                None
            }
            Expectation::Question(_) | Expectation::Doubt(_) => {
                (self.recommendation, self.documents) = (true, true);
                None
            }
            Expectation::Coming(_) => {
                (self.recommendation, self.documents, self.coming) = (true, true, true);
                None
            }
        };
        self.named.extend(named);
    }
}

const fn is_read_by_preferences(node: &Node) -> bool {
    matches!(node, Node::Decision(_) | Node::Amount(_) | Node::List(_))
}

const fn owner(node: Node) -> Option<Owner> {
    Some(match node {
        Node::Fact(_) => return None,
        Node::Amount(id) => Owner::Amount(id),
        Node::List(id) => Owner::List(id),
        Node::Decision(id) => Owner::Decision(id),
        Node::Route(id) => Owner::Route(id),
        Node::Model(id) => Owner::Model(id),
        Node::Document(id) => Owner::Document(id),
        Node::Period(id) => Owner::Period(id),
    })
}

/// The packs whose being in force and applying counts for a thing: its own, and those of layers
/// that narrow it.
fn packs(book: &Rulebook, owner: Owner) -> Vec<PackId> {
    let mut packs = vec![owner.pack(book)];
    if let Owner::Route(route) = owner {
        packs.extend(book.routes[route].tests.iter().map(|test| test.pack));
    }
    packs
}
