//! How compiling and proving grow with the rules: a table, on rules made to measure and on the
//! embedded ones.
//!
//! `cargo bench --bench growth` prints it.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]
#![expect(clippy::disallowed_methods, reason = "a bench asks the clock")]
#![expect(clippy::expect_used, reason = "without rules there is nothing to measure")]

mod generate;

use std::time::{Duration, Instant};

use clearway::compile;
use clearway::disk::embedded;
use clearway::prove::{Verdict, prove};
use clearway::source::Sources;
use generate::{Size, written};
use mimalloc::MiMalloc;

const N_RULES: [usize; 3] = [60, 600, 6_000];
const N_FACTS: [usize; 3] = [30, 100, 300];

/// As the program has it.
#[global_allocator]
static MEMORY: MiMalloc = MiMalloc;

fn main() {
    println!(
        "{:>12} {:>6} {:>8} {:>5} {:>10} {:>10} {:>8} {:>7} {:>7} {:>8}",
        "rules",
        "facts",
        "lines",
        "days",
        "compile",
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
    let start = Instant::now();
    let graph = compile(sources).expect("the rules compile");
    let compiling = start.elapsed();
    let start = Instant::now();
    let proofs = prove(&graph, &[]);
    let proving = start.elapsed();
    let count = |is: fn(&Verdict) -> bool| -> usize {
        proofs.verdicts.values().filter(|verdict| is(verdict)).count()
    };
    println!(
        "{rules:>12} {:>6} {n_lines:>8} {:>5} {:>10} {:>10} {:>8} {:>7} {:>7} {:>8}",
        graph.book().facts.len(),
        proofs.days.len(),
        shown(compiling),
        shown(proving),
        proofs.largest,
        count(|verdict| *verdict == Verdict::Proved),
        count(|verdict| matches!(verdict, Verdict::Refuted(_))),
        count(|verdict| matches!(verdict, Verdict::GaveUp(..))),
    );
}

/// A time in milliseconds.
fn shown(time: Duration) -> String {
    format!("{} ms", time.as_millis())
}
