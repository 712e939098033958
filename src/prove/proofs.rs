//! Every claim held against every day on which the rules change, and against those on which time
//! alone changes what they say.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::claims;
use super::diagram::Diagrams;
use super::ledger::{Claim, Ledger, Reason, Verdict};
use super::logic::Logic;
use super::space::Space;
use super::turning::{N_DAYS_MAX, Turning, years_after};
use super::view::View;
use crate::graph::Graph;
use crate::pack::PackId;
use crate::quantity::Date;

/// The nodes that a diagram may have before a proof is given up.
const N_NODES_MAX: usize = 2_000_000;

/// What was proved, refuted or given up.
#[derive(Clone, Debug)]
pub struct Proofs {
    /// Every claim with its verdict.
    pub verdicts: BTreeMap<Claim, Verdict>,
    /// The days on which the claims were held against the rules: the first and the last of each
    /// spell in which no rule begins or ends, and those within one that are unlike both.
    pub days: Vec<Date>,
    /// The nodes of the largest diagram.
    pub largest: usize,
}

/// A layer, with the same rules compiled without it.
#[derive(Clone, Copy, Debug)]
pub struct Layered<'g> {
    /// The layer's pack, in the rules that hold it.
    pub layer: PackId,
    /// The rules without it.
    pub below: &'g Graph,
}

/// Proves or refutes every claim about the rules, and about each layer against what it sits on.
#[must_use]
pub fn prove(graph: &Graph, layers: &[Layered<'_>]) -> Proofs {
    let (mut ledger, mut largest) = (Ledger::default(), 0);
    let days = days(graph, layers, &mut ledger);
    for day in &days {
        let view = View::on(graph, *day);
        largest = check(view, &mut ledger).max(largest);
        for layered in layers {
            layer(graph, *layered, *day, &mut ledger);
        }
    }
    if let Some(last) = days.last() {
        // What waits for a day to be appointed is not dead: it counts as if that day had come.
        ledger.look_only_for_some();
        let appointed = View { is_as_if_appointed: true, ..View::on(graph, *last) };
        largest = check(appointed, &mut ledger).max(largest);
    }
    Proofs { verdicts: ledger.into_verdicts(), days, largest }
}

/// Holds the claims against one day; gives the nodes of the largest diagram.
fn check(view: View<'_>, ledger: &mut Ledger) -> usize {
    let space = Arc::new(Space::of(&[view]));
    let diagrams = Arc::new(Diagrams::new(space.n_bits(), N_NODES_MAX));
    match Logic::new(view, 0, &space, &diagrams) {
        Ok(logic) => claims::check(&logic, ledger),
        Err(_) => give_up(view.graph, view.as_at, ledger),
    }
    diagrams.largest()
}

/// The first and the last day of each spell in which no rule begins or ends, and within it a day
/// for each order in which what is measured up to the day can stand to fixed days. What of that
/// can't be looked at is lost to the ledger.
fn days(graph: &Graph, layers: &[Layered<'_>], ledger: &mut Ledger) -> Vec<Date> {
    let below = layers.iter().map(|layered| layered.below);
    let graphs: Vec<&Graph> = std::iter::once(graph).chain(below).collect();
    // A figure that a layer fills has days of its own below it.
    let starts: BTreeSet<Date> = graphs.iter().flat_map(|graph| graph.days()).copied().collect();
    let lasts = starts.iter().skip(1).map(|next| next.yesterday().ok()).chain([None]);
    let mut days = BTreeSet::new();
    let mut n_within = 0;
    for (from, last) in starts.iter().zip(lasts) {
        let looked_at: Vec<Date> = std::iter::once(*from).chain(last).collect();
        let views: Vec<View<'_>> = graphs.iter().map(|graph| View::on(graph, *from)).collect();
        let end = last.unwrap_or_else(|| years_after(*from));
        let within = Turning::of(&views).new_days(&looked_at, *from, end);
        n_within += within.len();
        match within.first() {
            Some(first) if n_within > N_DAYS_MAX => ledger.lose(*first, Reason::Budget),
            _ => days.extend(within),
        }
        days.extend(looked_at);
    }
    days.into_iter().collect()
}

/// With no diagrams for a day, nothing is claimed of it.
fn give_up(graph: &Graph, day: Date, ledger: &mut Ledger) {
    ledger.lose(day, Reason::Budget);
    for route in graph.book().routes.ids() {
        ledger.give_up(Claim::Settled(route), day, Reason::Budget);
    }
}

fn layer(graph: &Graph, layered: Layered<'_>, day: Date, ledger: &mut Ledger) {
    let below = View { is_below: true, ..View::on(layered.below, day) };
    let above = View::on(graph, day);
    let space = Arc::new(Space::of(&[below, above]));
    let diagrams = Arc::new(Diagrams::new(space.n_bits(), N_NODES_MAX));
    let below = Logic::new(below, 0, &space, &diagrams);
    let above = Logic::new(above, 1, &space, &diagrams);
    match (below, above) {
        (Ok(below), Ok(above)) => claims::check_layer(&below, &above, layered.layer, ledger),
        _ => {
            ledger.lose(day, Reason::Budget);
            for route in graph.book().routes.ids() {
                let claim = Claim::OpensNothing(layered.layer, route);
                ledger.give_up(claim, day, Reason::Budget);
            }
        }
    }
}
