//! What must hold of every pack, every commission and every date: the engine on generated packs,
//! held against a second, naive evaluator.
//!
//! A run is the same on every machine. `CLEARWAY_CASES` sets how many cases are tried.

mod dice;
mod domains;
mod generate;
mod judge;
mod naive;
mod shrink;

use clearway::decide::{Answer, Ground, Known, Recommendation, Standing, decide};
use clearway::diagnostic::Diagnostic;
use clearway::facts::Facts;
use clearway::graph::Graph;
use clearway::quantity::Date;
use clearway::source::Sources;

use dice::Dice;
use domains::{Choice, Domains, dates};
use judge::{Claim, Claims, Span, claimed};
use shrink::{Files, shrunk};

/// How many cases, each a pack, facts and a date, all properties together try.
fn n_cases() -> usize {
    std::env::var("CLEARWAY_CASES").ok().and_then(|count| count.parse().ok()).unwrap_or(100_000)
}

/// What a property says of a pack: how many cases it tried, or how one failed.
type Tried = Result<usize, String>;

fn compiled(files: &Files) -> Result<Graph, Vec<Diagnostic>> {
    clearway::compile(&Sources::new(files.iter().cloned()))
}

/// Tries a property on packs until its share of the cases is done; shows the smallest pack that
/// it fails on.
fn hold_on_packs(percent: usize, property: fn(&Graph, &mut Dice) -> Tried) {
    let wanted = n_cases() * percent / 100;
    let (mut n_tried, mut seed) = (0, 0);
    while n_tried < wanted {
        seed += 1;
        let files = generate::written(seed).files();
        let graph = compiled(&files);
        let graph = graph.unwrap_or_else(|wrong| {
            fail(seed, &format!("does not compile: {}", told(&wrong)), &files)
        });
        match property(&graph, &mut Dice::new(seed)) {
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

fn told(diagnostics: &[Diagnostic]) -> String {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error());
    errors.map(|error| format!("{} at {:?}\n", error.message, error.span())).collect()
}

#[expect(clippy::panic, reason = "this is how a test fails")]
fn fail(seed: u64, what: &str, files: &Files) -> ! {
    let shown: String = files.iter().map(|(path, text)| format!("// {path}\n{text}\n")).collect();
    panic!("seed {seed}: {what}\n\n{shown}")
}

/// A commission, as a failure shows it.
fn shown(graph: &Graph, facts: &Facts, as_at: Date) -> String {
    let facts =
        facts.iter().map(|(fact, value)| format!("{} = {value:?}", graph.book().facts[fact].name));
    format!("as at {as_at}, {}", facts.collect::<Vec<_>>().join(", "))
}

#[test]
fn what_is_known_fully_is_answered_as_the_naive_evaluator_answers_it() {
    hold_on_packs(20, |graph, dice| {
        agrees(graph, dice, 30, |domains, dice| domains.world(dice.below(domains.n_worlds())))
    });
}

#[test]
fn what_is_known_in_part_is_answered_as_every_completion_bears_out() {
    hold_on_packs(45, |graph, dice| agrees(graph, dice, 90, Domains::partial));
}

/// Draws so many commissions for each of some dates, and holds each answer against its worlds.
fn agrees(
    graph: &Graph,
    dice: &mut Dice,
    count: usize,
    draw: fn(&Domains, &mut Dice) -> Choice,
) -> Tried {
    let (book, claims) = (graph.book(), Claims::new(graph.book()));
    let dates = dates(graph, dice, 4);
    let domains = Domains::new(book, &dates, dice);
    for as_at in &dates {
        let mut worlds = vec![None; domains.n_worlds()];
        for _ in 0..count {
            let choice = draw(&domains, dice);
            let facts = domains.facts(&choice);
            let completions = domains.completions(&choice).into_iter();
            let span = Span::of(completions.filter_map(|number| {
                let world = worlds.get_mut(number)?;
                let facts = || domains.facts(&domains.world(number));
                Some(*world.get_or_insert_with(|| claims.truths(book, &facts(), *as_at)))
            }));
            let answer = decide(graph, &facts, *as_at);
            if let Some(contradiction) = claims.contradicted(&answer, &span) {
                return Err(format!("{contradiction}\n{}", shown(graph, &facts, *as_at)));
            }
        }
    }
    Ok(count * dates.len())
}
