//! Where a provision stands in its instrument, and which of those listed a citation names.
//!
//! A provision is found step by step: first the section, regulation or schedule, then the paragraph
//! in it. What is cited inside a listed provision (a limb, a row of a table) counts for it.

use std::collections::{BTreeMap, btree_map};

use super::super::super::citation::one_unit;
use crate::syntax::tree::{Part, Provision};

/// A step to a provision: its unit, in one spelling, and its number, in the order of law.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Step {
    unit: String,
    order: Order,
    number: String,
}

/// A number in the order of law: 83 before 83A before 84, and A1 before 1.
type Order = Vec<(u64, String)>;

/// The steps to a provision.
pub(super) type Place = Vec<Step>;

/// The provisions of a list, each found by its steps.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// The row of what the steps so far lead to, where it is listed.
    row: Option<usize>,
    below: BTreeMap<Step, Self>,
}

/// Which of the provisions listed a citation names.
pub(super) enum Found {
    /// These, by their places in the list; none where it names only what holds provisions, such as
    /// a whole schedule, or counts in a unit that the list has none of.
    Rows(Vec<usize>),
    /// One that the list does not hold though it holds others of its unit.
    Missing(Missing),
}

/// A provision that is not listed.
pub(in super::super::super) struct Missing {
    /// The provision as far as it is wrong: `sch.5 para.80`.
    pub(in super::super::super) written: String,
    /// The one listed that differs from it only in capitals.
    pub(in super::super::super) near: Option<String>,
}

/// The place of a provision that is one whole section, regulation, schedule or paragraph.
pub(super) fn place(provision: &Provision) -> Option<Place> {
    let Provision::Parts(parts) = provision else { return None };
    let is_whole = |part: &Part| {
        part.limbs.is_empty() && part.last_limbs.is_empty() && !part.number.contains('-')
    };
    let is_one = !parts.is_empty() && parts.iter().all(is_whole);
    is_one.then(|| parts.iter().map(|part| step(part, &part.number)).collect())
}

impl Places {
    /// Puts a provision in its place, unless it is there already: then says in which row.
    pub(super) fn put(&mut self, place: Place, row: usize) -> Option<usize> {
        let at = place.into_iter().fold(self, |above, step| above.below.entry(step).or_default());
        let twin = at.row;
        at.row = twin.or(Some(row));
        twin
    }

    /// Which of the provisions a citation names.
    pub(super) fn found(&self, cited: &Provision) -> Found {
        let Provision::Parts(parts) = cited else { return Found::Rows(Vec::new()) };
        let mut reached: Vec<&Self> = vec![self];
        for (depth, part) in parts.iter().enumerate() {
            let (first, last) = ends(&part.number);
            let unit = one_unit(&part.unit);
            if !reached.iter().any(|above| above.of_unit(unit).next().is_some()) {
                break;
            }
            let mut next: Vec<&Self> = Vec::new();
            let mut missing_ends = vec![first, last];
            let (from, to) = (order(first).min(order(last)), order(first).max(order(last)));
            for (step, below) in
                reached.iter().flat_map(|above| above.within(unit, &from, to.clone()))
            {
                missing_ends.retain(|end| step.number != *end);
                next.push(below);
            }
            if let Some(end) = missing_ends.first() {
                let numbers = reached.iter().flat_map(|above| above.of_unit(unit));
                let numbers: Vec<&str> = numbers.map(|(step, _)| step.number.as_str()).collect();
                return Found::Missing(missing(parts, depth, end, &numbers));
            }
            reached = next;
        }
        let mut rows: Vec<usize> = reached.iter().filter_map(|place| place.row).collect();
        rows.sort_unstable();
        Found::Rows(rows)
    }

    /// What lies below in a unit.
    fn of_unit<'p>(&'p self, unit: &'p str) -> impl Iterator<Item = (&'p Step, &'p Self)> {
        self.from(unit, Order::new()).take_while(move |(step, _)| step.unit == unit)
    }

    /// What lies below in a unit, from one number to another.
    fn within<'p>(
        &'p self,
        unit: &'p str,
        from: &Order,
        to: Order,
    ) -> impl Iterator<Item = (&'p Step, &'p Self)> + use<'p> {
        let below = self.from(unit, from.clone());
        below.take_while(move |(step, _)| step.unit == unit && step.order <= to)
    }

    fn from(&self, unit: &str, order: Order) -> btree_map::Range<'_, Step, Self> {
        let first = Step { unit: unit.to_owned(), order, number: String::new() };
        self.below.range(first..)
    }
}

fn step(part: &Part, number: &str) -> Step {
    let unit = one_unit(&part.unit).to_owned();
    Step { unit, order: order(number), number: number.to_owned() }
}

/// The first and last of `15-17`; both are the number where it is one.
fn ends(number: &str) -> (&str, &str) {
    number.split_once('-').unwrap_or((number, number))
}

fn missing(parts: &[Part], depth: usize, end: &str, numbers: &[&str]) -> Missing {
    let above = parts.iter().take(depth).map(Part::as_written);
    let unit = parts.get(depth).map_or("", |part| part.unit.as_str());
    let written = |number: &str| {
        let last = std::iter::once(format!("{unit}.{number}"));
        above.clone().chain(last).collect::<Vec<_>>().join(" ")
    };
    let near = numbers.iter().find(|number| number.eq_ignore_ascii_case(end));
    Missing { written: written(end), near: near.map(|number| written(number)) }
}

fn order(number: &str) -> Order {
    let mut runs = Order::new();
    let mut rest = number;
    while !rest.is_empty() {
        let n_digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, after) = rest.split_at(n_digits);
        let n_letters = after.bytes().take_while(|byte| !byte.is_ascii_digit()).count();
        let (letters, after) = after.split_at(n_letters);
        runs.push((digits.parse().unwrap_or_default(), letters.to_owned()));
        rest = after;
    }
    runs
}
