//! Where a provision stands in its instrument, and which of those listed a citation names.
//!
//! A provision is found step by step: first the section, regulation or schedule, then the paragraph
//! in it. What is cited inside a listed provision (a limb, a row of a table) counts for it.

use super::super::super::citation::one_unit;
use crate::syntax::tree::{Part, Provision};

/// A step to a provision: its unit, in one spelling, and its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Step {
    unit: String,
    number: String,
}

/// The steps to a provision.
pub(super) type Place = Vec<Step>;

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

/// Which of the provisions listed a citation names.
pub(super) fn found(listed: &[Place], cited: &Provision) -> Found {
    let Provision::Parts(parts) = cited else { return Found::Rows(Vec::new()) };
    let mut reached: Vec<Place> = vec![Place::new()];
    for (depth, part) in parts.iter().enumerate() {
        let unit = one_unit(&part.unit);
        let has_unit = |place: &&Place| place.get(depth).is_some_and(|step| step.unit == unit);
        let is_below = |place: &&Place| reached.iter().any(|above| place.starts_with(above));
        let below: Vec<&Place> =
            listed.iter().filter(|place| has_unit(place) && is_below(place)).collect();
        if below.is_empty() {
            break;
        }
        let (first, last) = ends(&part.number);
        for end in [first, last] {
            let is_there = |place: &&Place| place.get(depth).is_some_and(|step| step.number == end);
            if !below.iter().any(is_there) {
                return Found::Missing(missing(parts, depth, end, &below));
            }
        }
        let (first, last) = (order(first).min(order(last)), order(first).max(order(last)));
        let is_within = |place: &&Place| {
            let number = place.get(depth).map(|step| order(&step.number));
            number.is_some_and(|number| first <= number && number <= last)
        };
        let mut next: Vec<Place> = Vec::new();
        for place in below.into_iter().filter(is_within) {
            let here: Place = place.iter().take(depth + 1).cloned().collect();
            if !next.contains(&here) {
                next.push(here);
            }
        }
        reached = next;
    }
    let rows = listed.iter().enumerate().filter(|(_, place)| reached.contains(place));
    Found::Rows(rows.map(|(row, _)| row).collect())
}

fn step(part: &Part, number: &str) -> Step {
    Step { unit: one_unit(&part.unit).to_owned(), number: number.to_owned() }
}

/// The first and last of `15-17`; both are the number where it is one.
fn ends(number: &str) -> (&str, &str) {
    number.split_once('-').unwrap_or((number, number))
}

fn missing(parts: &[Part], depth: usize, end: &str, below: &[&Place]) -> Missing {
    let above = parts.iter().take(depth).map(Part::as_written);
    let unit = parts.get(depth).map_or("", |part| part.unit.as_str());
    let written = |number: &str| {
        let last = std::iter::once(format!("{unit}.{number}"));
        above.clone().chain(last).collect::<Vec<_>>().join(" ")
    };
    let numbers = || below.iter().filter_map(|place| place.get(depth)).map(|step| &step.number);
    let near = numbers().find(|number| number.eq_ignore_ascii_case(end));
    Missing { written: written(end), near: near.map(|number| written(number)) }
}

/// A number in the order of law: 83 before 83A before 84, and A1 before 1.
fn order(number: &str) -> Vec<(u64, String)> {
    let mut runs: Vec<(u64, String)> = Vec::new();
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
