//! How well rules are tested: as text, as JSON, and on the lines of the rules themselves.

mod clauses;
mod in_source;
mod json;

use std::collections::BTreeMap;

use super::words::and;
use crate::pack::{PackId, Rulebook};
use crate::prove::{Coverage, Covered};
use crate::source::Sources;

pub(super) use clauses::Named;
pub use in_source::coverage_in_source;
pub use json::{coverage_json, coverage_schema};

/// The coverage as text: first each pack's, then what is missing, in the order of file and line.
#[must_use]
pub fn coverage_text(book: &Rulebook, sources: &Sources, coverage: &Coverage) -> String {
    let mut text = String::new();
    for (pack, tally) in tallies(coverage) {
        let name = &book.packs[pack].name;
        let (tests, boundaries) = (tally.tests, tally.boundaries);
        text.push_str(&format!(
            "{name}: {} of {} tests seen to hold and fail, {} of {} boundaries tried\n",
            tests.0, tests.1, boundaries.0, boundaries.1
        ));
    }
    let named = Named::new(book, sources);
    for covered in &coverage.clauses {
        let missing = named.missing(covered);
        if !missing.is_empty() {
            let place = named.place(covered);
            text.push_str(&format!("\n{place} {}\n", named.called(covered)));
            text.push_str(&format!("  {}\n", named.says(covered)));
            text.extend(missing.iter().map(|missing| format!("  - {missing}\n")));
        }
    }
    text
}

/// What is seen of a pack, each of how many.
#[derive(Clone, Copy, Default)]
struct Tally {
    tests: (usize, usize),
    boundaries: (usize, usize),
}

/// Each pack's tally, in the order of packs. What can neither hold nor fail is no test.
fn tallies(coverage: &Coverage) -> BTreeMap<PackId, Tally> {
    let mut tallies: BTreeMap<PackId, Tally> = BTreeMap::new();
    for covered in &coverage.clauses {
        let tally = tallies.entry(covered.pack).or_default();
        if covered.held.0 || covered.failed.0 {
            tally.tests.0 += usize::from(is_seen(covered.held) && is_seen(covered.failed));
            tally.tests.1 += 1;
        }
        let tried = covered.boundaries.iter().filter(|boundary| boundary.n_tried > 0);
        tally.boundaries.0 += tried.count();
        tally.boundaries.1 += covered.boundaries.len();
    }
    tallies
}

const fn is_seen((is_wanted, n_seen): (bool, usize)) -> bool {
    !is_wanted || n_seen > 0
}

impl Named<'_> {
    /// What no scenario has seen of a clause, in words.
    fn missing(&self, covered: &Covered) -> Vec<String> {
        let never: Vec<String> = [(covered.held, "hold"), (covered.failed, "fail")]
            .into_iter()
            .filter(|(seen, _)| !is_seen(*seen))
            .map(|(_, word)| word.to_owned())
            .collect();
        let never = (!never.is_empty()).then(|| format!("never seen to {}", and_or(&never)));
        let untried = covered.boundaries.iter().filter(|boundary| boundary.n_tried == 0);
        let untried = untried.map(|boundary| {
            format!("untried: {}", self.edge(covered.id, &boundary.edge, boundary.side))
        });
        never.into_iter().chain(untried).collect()
    }
}

/// `hold`, or `hold or to fail`.
fn and_or(words: &[String]) -> String {
    and(words).replace(" and ", " or to ")
}
