//! The rules of one moment made ready to be put to any number of commissions.
//!
//! It says of a commission exactly what three values say: how it stands with every route, and which
//! is recommended. What any one of simple conditions decides is read off the facts by joining bits;
//! what is made of that, by gates, each in its turn. Rules are read once; no commission needs memory
//! of its own. A circuit borrows nothing, never changes, and may be shared by threads.
//!
//! A worked example. Of `grant` barred when `is_grant is no`, and barred when `value over £5m and
//! kind is works`, the circuit has two clauses, `is_grant` and `not value over £5m or not kind is
//! works`. The fact `value` has three states that matter: up to £5m, £5m, and over; the first two
//! make the second clause yes. The route is barred where either clause is no.

mod advice;
mod build;
mod gates;
mod inputs;
mod sums;
mod wires;

use std::ops::Range;

use super::answer::{Advice, Known, Standing};
use super::evaluation::Moment;
use super::trial::{Basis, RouteStanding, Standings};
use crate::facts::Facts;
use crate::graph::Graph;
use crate::pack::RouteId;
use crate::quantity::Date;
use advice::Row;
use gates::Gates;
use inputs::Inputs;
use wires::{Signal, Wires};

/// The rules of one moment, ready to be put to commissions.
#[derive(Clone, Debug)]
pub struct Circuit {
    as_at: Date,
    n_words: usize,
    inputs: Inputs,
    gates: Gates,
    routes: Vec<RouteWires>,
    preferences: Vec<Row>,
    /// Whether each pack in force that says to whom it applies applies; none where no pack is in
    /// force.
    law: Option<Vec<Signal>>,
}

/// What one commission came to, read off a circuit. Made once and used again.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The state of each input.
    states: Vec<usize>,
    wires: Wires,
    reached: Reached,
}

/// The routes reached, by bits.
#[derive(Clone, Debug, Default)]
struct Reached {
    open: Vec<u64>,
    not_barred: Vec<u64>,
}

/// A route and what decides it.
#[derive(Clone, Debug)]
struct RouteWires {
    route: RouteId,
    /// What bars it, where any of these is yes.
    barred_by: Range<usize>,
    reasons: Vec<Reason>,
}

/// One thing that must hold for a route.
#[derive(Clone, Copy, Debug)]
struct Reason {
    basis: Basis,
    holds: Signal,
    /// Whether it is asked at all: a layer's test is, where the layer applies.
    counts: Signal,
}

impl Circuit {
    /// The circuit of rules at a date; none where a comparison in them has too many figures.
    #[must_use]
    pub fn new(graph: &Graph, as_at: Date) -> Option<Self> {
        build::Builder::circuit(graph, Moment::on(as_at))
    }

    /// The date asked about.
    #[must_use]
    pub const fn as_at(&self) -> Date {
        self.as_at
    }

    /// Puts facts to the rules.
    pub fn read(&self, facts: &Facts, reading: &mut Reading) {
        let Reading { states, wires, reached } = reading;
        wires.clear(self.n_words);
        self.inputs.read(facts, states, wires);
        self.gates.run(facts, self.as_at, wires);
        reached.clear();
        let barred = |route: &RouteWires| self.gates.any(&route.barred_by, wires);
        let mut routes = self.routes.iter().map(barred).peekable();
        while routes.peek().is_some() {
            reached.note(routes.by_ref().take(64));
        }
    }

    /// What is recommended, as was read; which model goes with it is not looked at.
    #[must_use]
    pub fn recommended(&self, reading: &Reading) -> Advice {
        self.advice(&reading.reached, &reading.wires)
    }

    /// How it stands with every route, as was read, in the order of their ids.
    pub fn stands<'r>(
        &'r self,
        reading: &'r Reading,
    ) -> impl ExactSizeIterator<Item = Standing> + 'r {
        (0..self.routes.len()).map(|place| reading.reached.standing(place))
    }

    /// How it stands with every route and what is recommended, as was read; `graph` being the rules
    /// that the circuit was made of.
    #[must_use]
    pub fn standings<'g>(&self, graph: &'g Graph, reading: &Reading) -> Standings<'g> {
        self.found(graph, reading, |_| Vec::new())
    }

    /// The same, with the reasons.
    #[must_use]
    pub fn reasons<'g>(&self, graph: &'g Graph, reading: &Reading) -> Standings<'g> {
        self.found(graph, reading, |route| route.told(reading).collect())
    }

    fn found<'g>(
        &self,
        graph: &'g Graph,
        reading: &Reading,
        reasons: impl Fn(&RouteWires) -> Vec<(Basis, Known)>,
    ) -> Standings<'g> {
        let routes = self.routes.iter().zip(self.stands(reading));
        let routes = routes.map(|(route, standing)| RouteStanding {
            route: route.route,
            standing,
            reasons: reasons(route),
        });
        let (routes, advice) = (routes.collect(), self.recommended(reading));
        Standings { graph, as_at: self.as_at, routes, advice }
    }
}

impl RouteWires {
    /// What must hold, and whether it does, as was read. Where the pack does not apply, that is the
    /// last.
    fn told(&self, reading: &Reading) -> impl Iterator<Item = (Basis, Known)> {
        let known = |signal| reading.wires.get(signal);
        let is_last =
            |reason: &Reason| reason.basis == Basis::Gate && known(reason.holds) == Known::No;
        let last = self.reasons.iter().position(is_last);
        let told = self.reasons.iter().take(last.map_or(self.reasons.len(), |last| last + 1));
        told.filter(move |reason| known(reason.counts) != Known::No)
            .map(move |reason| (reason.basis, known(reason.holds)))
    }
}
