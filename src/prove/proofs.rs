//! Every claim held against every day on which the rules change.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::claims;
use super::diagram::Diagrams;
use super::ledger::{Claim, Ledger, Reason, Verdict};
use super::logic::Logic;
use super::space::Space;
use super::view::View;
use crate::graph::Graph;
use crate::pack::PackId;
use crate::quantity::Date;

/// The nodes that a diagram may have before a proof is given up.
const N_NODES_MAX: usize = 2_000_000;

/// The days that one thread holds the claims against, one after another, before it takes others.
const N_DAYS_OF_RUN: usize = 9;

/// What was proved, refuted or given up.
#[derive(Clone, Debug)]
pub struct Proofs {
    /// Every claim with its verdict.
    pub verdicts: BTreeMap<Claim, Verdict>,
    /// The days on which the claims were held against the rules: the first and the last of each
    /// spell in which nothing changes.
    pub days: Vec<Date>,
    /// The nodes of the largest diagram that was made.
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

/// What was found out on a run of days, or on several.
#[derive(Default)]
struct Found {
    verdicts: BTreeMap<Claim, Verdict>,
    largest: usize,
}

/// Proves or refutes every claim about the rules, and about each layer against what it sits on.
#[must_use]
pub fn prove(graph: &Graph, layers: &[Layered<'_>]) -> Proofs {
    let days = days(graph);
    let mut runs: Vec<Vec<View<'_>>> = days
        .chunks(N_DAYS_OF_RUN)
        .map(|run| run.iter().map(|day| View::on(graph, *day)).collect())
        .collect();
    // What waits for a day to be appointed is not dead: it counts as if that day had come.
    runs.extend(
        days.last().map(|as_at| vec![View { is_as_if_appointed: true, ..View::on(graph, *as_at) }]),
    );
    let mut found = Found::default();
    for later in in_order(&runs, &|run: &Vec<View<'_>>| check_run(run, layers)) {
        found = found.then(later);
    }
    Proofs { verdicts: found.verdicts, days, largest: found.largest }
}

fn check_run(run: &[View<'_>], layers: &[Layered<'_>]) -> Found {
    let mut ledger = Ledger::default();
    let mut largest = 0;
    for view in run {
        if view.is_as_if_appointed {
            ledger.look_only_for_some();
        }
        largest = check(*view, &mut ledger).max(largest);
        for layered in layers.iter().filter(|_| !view.is_as_if_appointed) {
            layer(view.graph, *layered, view.as_at, &mut ledger);
        }
    }
    Found { verdicts: ledger.into_verdicts(), largest }
}

/// What is found of each, in their order, on as many threads as there are processors.
fn in_order<T: Sync, R: Send>(runs: &[T], find: &(impl Fn(&T) -> R + Sync)) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut found = Vec::new();
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(run) = runs.get(place) else { return found };
            found.push((place, find(run)));
        }
    };
    let n_threads = thread::available_parallelism().map_or(1, NonZero::get).min(runs.len());
    let mut found = thread::scope(|scope| {
        // A thread that can't be had leaves its share to the others.
        let helpers: Vec<_> = (1..n_threads)
            .filter_map(|_| thread::Builder::new().spawn_scoped(scope, work).ok())
            .collect();
        let mut found = work();
        for helper in helpers {
            match helper.join() {
                Ok(theirs) => found.extend(theirs),
                Err(panic) => resume_unwind(panic),
            }
        }
        found
    });
    found.sort_by_key(|(place, _)| *place);
    found.into_iter().map(|(_, found)| found).collect()
}

impl Found {
    /// This with what was found on later days.
    fn then(mut self, later: Self) -> Self {
        self.largest = self.largest.max(later.largest);
        for (claim, verdict) in later.verdicts {
            match self.verdicts.entry(claim) {
                Entry::Vacant(place) => {
                    place.insert(verdict);
                }
                Entry::Occupied(mut place) => {
                    if outdoes(place.key(), place.get(), &verdict) {
                        place.insert(verdict);
                    }
                }
            }
        }
        self
    }
}

/// Whether the verdict of later days takes the place of the one before. One commission is enough to
/// bear out a claim that some exists, and one to refute a claim about all; of two of the same rank
/// the earlier stands.
fn outdoes(claim: &Claim, before: &Verdict, later: &Verdict) -> bool {
    let rank = |verdict: &Verdict| match verdict {
        Verdict::Proved => {
            if claim.is_for_some() {
                2
            } else {
                0
            }
        }
        Verdict::GaveUp(..) => 1,
        Verdict::Refuted(_) => {
            if claim.is_for_some() {
                0
            } else {
                2
            }
        }
    };
    rank(later) > rank(before)
}

impl Claim {
    /// Whether it claims that some commission exists, rather than something of every commission.
    #[must_use]
    pub const fn is_for_some(&self) -> bool {
        match self {
            Self::CaseCounts(..)
            | Self::TestCounts(..)
            | Self::RouteCounts(_)
            | Self::ModelCounts(_)
            | Self::DocumentCounts(_)
            | Self::DueCounts(..)
            | Self::LengthCounts(..)
            | Self::PreferenceCounts(_)
            | Self::Matters(_) => true,
            Self::Decided(_)
            | Self::Settled(_)
            | Self::SomeRouteOpen(_)
            | Self::Exclusive(..)
            | Self::OneMandatory(..)
            | Self::NoDoubleBind(_)
            | Self::OneLaw(_)
            | Self::WithinExtent(_)
            | Self::ListWhole(_)
            | Self::OpensNothing(..)
            | Self::DropsNothing(..)
            | Self::ShortensNothing(..)
            | Self::NoCircle(_) => false,
        }
    }
}

/// Holds the claims against one day; gives the nodes of the largest diagram.
fn check(view: View<'_>, ledger: &mut Ledger) -> usize {
    let space = Space::of(&[view]);
    let diagrams = Diagrams::new(space.n_bits(), N_NODES_MAX);
    match Logic::new(view, 0, &space, &diagrams) {
        Ok(logic) => claims::check(&logic, ledger),
        Err(_) => give_up(view.graph, view.as_at, ledger),
    }
    diagrams.largest()
}

/// The first and the last day of each spell in which no rule begins, ends or turns.
fn days(graph: &Graph) -> Vec<Date> {
    let starts = graph.days();
    let lasts = starts.iter().skip(1).filter_map(|next| next.yesterday().ok());
    let mut days: Vec<Date> = starts.iter().copied().chain(lasts).collect();
    days.sort_unstable();
    days.dedup();
    days
}

/// With no diagrams for a day, nothing is claimed of any route on it.
fn give_up(graph: &Graph, day: Date, ledger: &mut Ledger) {
    for route in graph.book().routes.ids() {
        ledger.give_up(Claim::Settled(route), day, Reason::Budget);
    }
}

fn layer(graph: &Graph, layered: Layered<'_>, day: Date, ledger: &mut Ledger) {
    let (below, above) = (View::on(layered.below, day), View::on(graph, day));
    let space = Space::of(&[below, above]);
    let diagrams = Diagrams::new(space.n_bits(), N_NODES_MAX);
    let below = Logic::new(below, 0, &space, &diagrams);
    let above = Logic::new(above, 1, &space, &diagrams);
    match (below, above) {
        (Ok(below), Ok(above)) => claims::check_layer(&below, &above, layered.layer, ledger),
        _ => give_up(graph, day, ledger),
    }
}
