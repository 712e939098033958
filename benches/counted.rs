//! Three kernels, each run once, for `.ci/instructions` to count: `standings`, the circuit on 2,000
//! commissions as read; `reasons`, the same from JSON to JSON with what makes each route stand so;
//! and `answer`, fifty of them answered in full but for what is proved.

#![expect(clippy::expect_used, reason = "without rules there is nothing to count")]

mod common;

use std::hint::black_box;

use clearway::decide::{Circuit, Reading};
use clearway::desk::{Desk, Fields};
use clearway::facts::Facts;
use mimalloc::MiMalloc;

use common::{TODAY, synthetic, workload};

/// How many of the workload's commissions are answered in full.
const N_ANSWERED: usize = 50;

/// As the program has it.
#[global_allocator]
static MEMORY: MiMalloc = MiMalloc;

#[expect(clippy::disallowed_methods, reason = "whoever counts says what")]
fn main() {
    let kernel = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    match kernel.as_deref() {
        Some("standings") => standings(),
        Some("reasons") => reasons(),
        Some("answer") => answer(),
        // `cargo test --benches` asks for none.
        _ => {}
    }
}

/// What is counted: this and all that it calls, and nothing before it.
#[inline(never)]
fn counted(mut work: impl FnMut()) {
    work();
}

fn standings() {
    let rules = synthetic();
    let desk = Desk::new(&rules);
    let texts = workload::Workload::new().texts;
    let facts: Vec<Facts> =
        texts.iter().map(|text| desk.read(text).expect("facts").facts).collect();
    let circuit = Circuit::new(rules.graph(), TODAY).expect("the rules are small");
    let mut reading = Reading::default();
    counted(|| {
        for facts in &facts {
            circuit.read(facts, &mut reading);
            black_box(circuit.stands(&reading).len());
        }
    });
}

fn reasons() {
    let rules = synthetic();
    let desk = Desk::new(&rules);
    let texts = workload::Workload::new().texts;
    let reply = |text: &String| desk.reply(text, TODAY, Fields::Reasons).expect("facts");
    // What is worded once is worded before.
    texts.iter().for_each(|text| drop(reply(text)));
    counted(|| texts.iter().for_each(|text| drop(black_box(reply(text)))));
}

fn answer() {
    let rules = synthetic();
    let desk = Desk::new(&rules);
    let texts = workload::Workload::new().texts;
    let few = || texts.iter().take(N_ANSWERED);
    let reply = |text: &String| desk.reply(text, TODAY, Fields::Answer).expect("facts");
    // The day's logic is made before.
    few().for_each(|text| drop(reply(text)));
    counted(|| few().for_each(|text| drop(black_box(reply(text)))));
}
