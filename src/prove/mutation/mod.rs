//! Mutation testing of rules: each small change to a rule should be noticed by a scenario. One
//! that no scenario notices is a rule that nobody has tested, unless it changes nothing at all.

mod local;
mod reach;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

use super::difference::{Equivalence, is_equivalent};
use crate::decide::mismatches;
use crate::diagnostic::Diagnostic;
use crate::graph::{self, Graph};
use crate::pack::{Mutant, Rulebook, ScenarioId, faults, mutated};
use reach::Reach;

/// What became of a mutant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// The compiler refuses such rules.
    Refused,
    /// This scenario is not met by such rules.
    Killed(ScenarioId),
    /// Every scenario is met, though the rules mean another thing.
    Survived,
    /// Such rules mean the same, so no scenario could tell.
    Equivalent,
    /// Every scenario is met, and whether the rules mean the same was not found out.
    GaveUp,
}

/// Whether rules, as they are and with a change made, mean the same. Asked only of mutants that
/// every scenario lets pass.
pub type Prover = dyn Fn(&Graph, &Graph, &Mutant) -> Equivalence + Sync;

/// Whether a change is none, or is proved to make no difference to any commission.
#[must_use]
pub fn proved(before: &Graph, after: &Graph, mutant: &Mutant) -> Equivalence {
    if mutant.is_idle(before.book()) || local::says_the_same(before, after, mutant) {
        return Equivalence::Equivalent;
    }
    is_equivalent(before, after)
}

/// Rules and the scenarios by which changes to them are tried.
pub struct Trial<'g> {
    graph: &'g Graph,
    reaches: BTreeMap<ScenarioId, Reach>,
}

impl<'g> Trial<'g> {
    /// A trial by these scenarios. All of them must be met by the rules as they are.
    #[must_use]
    pub fn new(graph: &'g Graph, scenarios: impl IntoIterator<Item = ScenarioId>) -> Self {
        let reaches = scenarios.into_iter().map(|id| (id, Reach::of(graph, id)));
        Self { graph, reaches: reaches.collect() }
    }

    /// The scenarios that can notice a mutant: those that name the thing changed first, then those
    /// of its pack, then the rest.
    #[must_use]
    pub fn reaching(&self, mutant: &Mutant) -> Vec<ScenarioId> {
        let reaching = self
            .reaches
            .iter()
            .filter_map(|(id, reach)| Some((reach.nearness(self.graph.book(), *id, mutant)?, *id)));
        let mut reaching: Vec<_> = reaching.collect();
        reaching.sort_unstable();
        reaching.into_iter().map(|(_, id)| id).collect()
    }

    /// What becomes of a mutant.
    #[must_use]
    pub fn fate(&self, mutant: &Mutant, prover: &Prover) -> Fate {
        let book = self.graph.book();
        let Some(changed) = compiled(mutated(book, mutant)) else { return Fate::Refused };
        let is_killed = |id: &ScenarioId| !mismatches(&changed, &book.scenarios[*id]).is_empty();
        if let Some(killer) = self.reaching(mutant).into_iter().find(is_killed) {
            return Fate::Killed(killer);
        }
        match prover(self.graph, &changed, mutant) {
            Equivalence::Equivalent => Fate::Equivalent,
            Equivalence::Different => Fate::Survived,
            Equivalence::GaveUp => Fate::GaveUp,
        }
    }

    /// What becomes of each of these mutants, told as it is found out, with the mutant's place
    /// among them. Several are tried at once; what each comes to doesn't depend on that. Stops
    /// when the teller says no.
    pub fn fates(
        &self,
        mutants: &[&Mutant],
        prover: &Prover,
        n_threads: usize,
        tell: &mut dyn FnMut(usize, Fate) -> bool,
    ) {
        let next = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            let (teller, told) = mpsc::channel();
            for _ in 0..n_threads.clamp(1, mutants.len().max(1)) {
                let (teller, next) = (teller.clone(), &next);
                scope.spawn(move || {
                    loop {
                        let place = next.fetch_add(1, Ordering::Relaxed);
                        let Some(mutant) = mutants.get(place) else { break };
                        // Nobody listens any more once the teller has said no.
                        if teller.send((place, self.fate(mutant, prover))).is_err() {
                            break;
                        }
                    }
                });
            }
            drop(teller);
            for (place, fate) in told {
                if !tell(place, fate) {
                    break;
                }
            }
        });
    }
}

/// The graph of changed rules, if the compiler takes them.
fn compiled(book: Rulebook) -> Option<Graph> {
    if faults(&book).iter().any(Diagnostic::is_error) {
        return None;
    }
    let (graph, circles) = graph::build(book);
    (!circles.iter().any(Diagnostic::is_error)).then_some(graph)
}
