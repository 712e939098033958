//! How compiling, answering and proving grow with the rules: a table, on rules made to measure and
//! on the embedded ones.
//!
//! What is answered is a commission of which nothing is known, the second time it is asked.
//!
//! `cargo bench --bench growth` prints it.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]
#![expect(clippy::disallowed_methods, reason = "a bench asks the clock")]
#![expect(clippy::expect_used, reason = "without rules there is nothing to measure")]

mod generate;

use std::time::{Duration, Instant};

use clearway::compile;
use clearway::desk::{Desk, Fields, Rules};
use clearway::disk::embedded;
use clearway::prove::{Verdict, prove};
use clearway::quantity::Date;
use clearway::source::Sources;
use generate::{Size, written};
use mimalloc::MiMalloc;

const N_RULES: [usize; 3] = [60, 600, 6_000];
const N_FACTS: [usize; 3] = [30, 100, 300];

const TODAY: Date = Date::constant(2026, 11, 27);

/// As the program has it.
#[global_allocator]
static MEMORY: MiMalloc = MiMalloc;

fn main() {
    println!(
        "{:>12} {:>6} {:>8} {:>5} {:>10} {:>10} {:>10} {:>10} {:>10} {:>8} {:>7} {:>7} {:>8}",
        "rules",
        "facts",
        "lines",
        "days",
        "compile",
        "standings",
        "answer",
        "everything",
        "prove",
        "nodes",
        "proved",
        "refuted",
        "given up"
    );
    for n_rules in N_RULES {
        for n_facts in N_FACTS {
            let text = written(Size { n_rules, n_facts });
            measure(&n_rules.to_string(), &Sources::single("pack.way", &text));
        }
    }
    measure("embedded", &embedded());
}

fn measure(rules: &str, sources: &Sources) {
    let n_lines: usize = sources.iter().map(|(_, source)| source.text().lines().count()).sum();
    let (graph, compiling) = timed(|| compile(sources).expect("the rules compile"));
    let compiled = Rules::new(graph);
    let [standings, answer, everything] = [Fields::Standing, Fields::Answer, Fields::Everything]
        .map(|fields| answered(&compiled, fields));
    let graph = compiled.graph();
    let (proofs, proving) = timed(|| prove(graph, &[]));
    let count = |is: fn(&Verdict) -> bool| -> usize {
        proofs.verdicts.values().filter(|verdict| is(verdict)).count()
    };
    println!(
        "{rules:>12} {:>6} {n_lines:>8} {:>5} {:>10} {:>10} {:>10} {:>10} {:>10} {:>8} {:>7} {:>7} {:>8}",
        graph.book().facts.len(),
        proofs.days.len(),
        shown(compiling),
        shown(standings),
        shown(answer),
        shown(everything),
        shown(proving),
        proofs.largest,
        count(|verdict| *verdict == Verdict::Proved),
        count(|verdict| matches!(verdict, Verdict::Refuted(_))),
        count(|verdict| matches!(verdict, Verdict::GaveUp(..))),
    );
}

/// How long a commission of which nothing is known takes, JSON to JSON, once the day's logic is made.
fn answered(rules: &Rules, fields: Fields) -> Duration {
    let desk = Desk::new(rules);
    let reply = || desk.reply("{}", TODAY, fields).expect("nothing is wrong with nothing");
    reply();
    timed(reply).1
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let made = work();
    (made, start.elapsed())
}

/// A time, in tenths of milliseconds.
fn shown(time: Duration) -> String {
    let micros = time.as_micros();
    format!("{}.{} ms", micros / 1000, micros % 1000 / 100)
}
