//! What makes a wire of others.

use std::ops::Range;

use super::sums::Compared;
use super::wires::{Carried, Literals, Signal, Wires, by_word};
use crate::decide::Known;
use crate::facts::Facts;
use crate::quantity::Date;

/// A part of a circuit, whose output follows from wires set before it.
#[derive(Clone, Debug)]
pub(super) enum Gate {
    /// One of the wires is yes.
    Any { of: Range<usize>, out: u32 },
    /// So many of the signals are yes.
    AtLeast { count: usize, of: Range<usize>, out: u32 },
    /// The outcomes that a decision can have: each case's wire, in turn, until one surely holds.
    Decide { cases: Range<usize> },
    /// A decision's outcome is one of those within, of all that it can have.
    Among { within: Range<usize>, beyond: Range<usize>, out: u32 },
    /// Whichever case may be, its comparison holds.
    Each { cases: Range<usize>, out: u32 },
    /// A comparison of several facts.
    Compare { of: usize, out: u32 },
}

/// A case of a decision: the wire of its outcome.
#[derive(Clone, Copy, Debug)]
pub(super) struct Case {
    pub(super) holds: Signal,
    pub(super) outcome: u32,
}

/// A figure that an amount may have: where all of `may_be` may be, `holds` counts.
#[derive(Clone, Debug)]
pub(super) struct Figured {
    pub(super) may_be: Vec<Signal>,
    pub(super) holds: Signal,
}

/// All gates of a circuit, in an order in which each comes after those that it reads.
#[derive(Clone, Debug, Default)]
pub(super) struct Gates {
    pub(super) gates: Vec<Gate>,
    literals: Vec<Literals>,
    pub(super) signals: Vec<Signal>,
    pub(super) cases: Vec<Case>,
    pub(super) figured: Vec<Figured>,
    pub(super) compared: Vec<Compared>,
}

impl Gates {
    /// Adds literals of these signals, of which any one is to be asked for.
    pub(super) fn literals(&mut self, signals: impl IntoIterator<Item = Signal>) -> Range<usize> {
        let begins = self.literals.len();
        self.literals.extend(by_word(signals.into_iter().map(Signal::wire)));
        begins..self.literals.len()
    }

    /// Whether one of these literals is yes; else unknown if one is, else no.
    pub(super) fn any(&self, of: &Range<usize>, wires: &Wires) -> Carried {
        wires.any(part(&self.literals, of))
    }

    /// Sets the wire of every gate.
    pub(super) fn run(&self, facts: &Facts, as_at: Date, wires: &mut Wires) {
        for gate in &self.gates {
            match gate {
                Gate::Any { of, out } => wires.set(*out, self.any(of, wires)),
                Gate::AtLeast { count, of, out } => {
                    wires.set(*out, at_least(*count, part(&self.signals, of), wires));
                }
                Gate::Decide { cases } => decide(part(&self.cases, cases), wires),
                Gate::Among { within, beyond, out } => {
                    let may_be = |of| self.any(of, wires).known() == Known::Yes;
                    wires.set(*out, settled(may_be(within), may_be(beyond)));
                }
                Gate::Each { cases, out } => {
                    wires.set(*out, each(part(&self.figured, cases), wires));
                }
                Gate::Compare { of, out } => {
                    let compared = self.compared.get(*of);
                    let known = compared.map(|compared| compared.known(facts, as_at));
                    wires.set(*out, known.unwrap_or(Known::Unknown));
                }
            }
        }
    }
}

fn part<'p, T>(all: &'p [T], of: &Range<usize>) -> &'p [T] {
    all.get(of.clone()).unwrap_or_default()
}

/// Yes where only yes may be, no where only no may be.
const fn settled(may_be_yes: bool, may_be_no: bool) -> Known {
    match (may_be_yes, may_be_no) {
        (true, false) => Known::Yes,
        (false, true) => Known::No,
        (true, true) | (false, false) => Known::Unknown,
    }
}

fn at_least(count: usize, signals: &[Signal], wires: &Wires) -> Known {
    let (mut n_yes, mut n_unknown) = (0, 0);
    for signal in signals {
        match wires.get(*signal) {
            Known::Yes => n_yes += 1,
            Known::Unknown => n_unknown += 1,
            Known::No => {}
        }
    }
    match (n_yes, n_unknown) {
        (yes, _) if yes >= count => Known::Yes,
        (yes, unknown) if yes + unknown < count => Known::No,
        _ => Known::Unknown,
    }
}

fn decide(cases: &[Case], wires: &mut Wires) {
    for case in cases {
        let holds = wires.get(case.holds);
        if holds != Known::No {
            wires.set(case.outcome, Known::Yes);
        }
        if holds == Known::Yes {
            break;
        }
    }
}

fn each(cases: &[Figured], wires: &Wires) -> Known {
    let (mut may_be_yes, mut may_be_no) = (false, false);
    for case in cases {
        if case.may_be.iter().any(|signal| wires.get(*signal) == Known::No) {
            continue;
        }
        match wires.get(case.holds) {
            Known::Yes => may_be_yes = true,
            Known::No => may_be_no = true,
            Known::Unknown => return Known::Unknown,
        }
    }
    settled(may_be_yes, may_be_no)
}
