//! Tries properties on generated packs, so many cases each, and shows the smallest pack on which
//! one fails.

use clearway::decide::{Answer, decide};
use clearway::diagnostic::{Diagnostic, Style, text};
use clearway::graph::Graph;
use clearway::quantity::Date;
use clearway::source::Sources;

use super::dice::Dice;
use super::domains::{Domains, dates};
use super::generate::written;
use super::shrink::{Files, shrunk};

/// How many cases, each a pack, facts and a date, all properties together try.
#[expect(
    clippy::disallowed_methods,
    reason = "how many cases are tried is for whoever runs the tests to say"
)]
pub(super) fn n_cases() -> usize {
    std::env::var("CLEARWAY_CASES").ok().and_then(|count| count.parse().ok()).unwrap_or(60_000)
}

/// What a property says of a pack: how many cases it tried, or how one failed.
pub(super) type Tried = Result<usize, String>;

/// Tries a property on packs until its share of the cases is done; shows the smallest pack that
/// it fails on.
pub(super) fn hold_on_packs(percent: usize, property: fn(&Graph, &mut Dice) -> Tried) {
    let wanted = n_cases() * percent / 100;
    let (mut n_tried, mut seed) = (0, 0);
    while n_tried < wanted {
        seed += 1;
        let files = written(seed).files();
        match property(&compiled_or_fail(seed, &files), &mut Dice::new(seed)) {
            Ok(count) => n_tried += count,
            Err(_) => {
                // What a seed draws changes with the rules, so smaller rules are tried with several.
                let failure = |files: &Files| {
                    let graph = compiled(files).ok()?;
                    (seed..seed + 12).find_map(|seed| property(&graph, &mut Dice::new(seed)).err())
                };
                let smallest = shrunk(&files, &|files| failure(files).is_some());
                fail(seed, &failure(&smallest).unwrap_or_default(), &smallest)
            }
        }
    }
}

/// The dates at which a pack is asked, and what its facts may be.
pub(super) fn small_world(graph: &Graph, dice: &mut Dice) -> (Vec<Date>, Domains) {
    let dates = dates(graph, dice, 4);
    let domains = Domains::new(graph.book(), &dates, dice);
    (dates, domains)
}

/// Tries what must hold of any answer, on so many commissions at each of some dates.
pub(super) fn on_partial_facts(
    graph: &Graph,
    dice: &mut Dice,
    count: usize,
    wrong: fn(&Answer<'_>) -> Option<String>,
) -> Tried {
    let (dates, domains) = small_world(graph, dice);
    for as_at in &dates {
        for _ in 0..count {
            let answer = decide(graph, &domains.facts(&domains.partial(dice)), *as_at);
            agreed(wrong(&answer), &answer)?;
        }
    }
    Ok(dates.len() * count)
}

/// Fails with what is wrong with an answer, if anything is.
pub(super) fn agreed(wrong: Option<String>, answer: &Answer<'_>) -> Result<(), String> {
    wrong.map_or(Ok(()), |wrong| Err(format!("{wrong}\n{}", shown(answer))))
}

pub(super) fn compiled(files: &Files) -> Result<Graph, Vec<Diagnostic>> {
    clearway::compile(&Sources::new(files.iter().cloned()))
}

pub(super) fn compiled_or_fail(seed: u64, files: &Files) -> Graph {
    compiled(files).unwrap_or_else(|diagnostics| {
        let sources = Sources::new(files.iter().cloned());
        let told = text(&diagnostics, &sources, Style::Plain);
        fail(seed, &format!("it does not compile:\n{told}"), files)
    })
}

#[expect(clippy::panic, reason = "this is how a test fails")]
pub(super) fn fail(seed: u64, what: &str, files: &Files) -> ! {
    let shown: String = files.iter().map(|(path, text)| format!("// {path}\n{text}\n")).collect();
    panic!("seed {seed}: {what}\n\n{shown}")
}

/// A commission, as a failure shows it.
pub(super) fn shown(answer: &Answer<'_>) -> String {
    let facts = answer
        .facts
        .iter()
        .map(|(fact, value)| format!("{} = {value:?}", answer.graph.book().facts[fact].name));
    format!("as at {}: {}", answer.as_at, facts.collect::<Vec<_>>().join(", "))
}
