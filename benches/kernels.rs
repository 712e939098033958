//! The short answers, on a workload of 60 bars over 30 facts: by facts as read, from JSON to JSON,
//! and with the reasons. `benches/peers` asks the same of other engines.

#![expect(clippy::expect_used, reason = "without rules there is nothing to measure")]

mod common;

use std::hint::black_box;

use clearway::decide::{Circuit, Reading};
use clearway::desk::{Desk, Fields};
use clearway::facts::Facts;
use divan::Bencher;
use divan::counter::ItemsCount;
use mimalloc::MiMalloc;

use common::{TODAY, synthetic, workload};

/// As the program has it.
#[global_allocator]
static MEMORY: MiMalloc = MiMalloc;

fn main() {
    divan::main();
}

/// A commission read: its JSON to facts.
#[divan::bench]
fn read(bencher: Bencher<'_, '_>) {
    let rules = synthetic();
    let desk = Desk::new(&rules);
    let texts = workload::Workload::new().texts;
    bencher.counter(ItemsCount::new(texts.len())).bench_local(|| {
        texts.iter().for_each(|text| drop(black_box(desk.read(text))));
    });
}

/// Facts to standings.
#[divan::bench]
fn standings(bencher: Bencher<'_, '_>) {
    let rules = synthetic();
    let desk = Desk::new(&rules);
    let texts = workload::Workload::new().texts;
    let facts: Vec<Facts> =
        texts.iter().map(|text| desk.read(text).expect("facts").facts).collect();
    let circuit = Circuit::new(rules.graph(), TODAY).expect("the rules are small");
    let mut reading = Reading::default();
    bencher.counter(ItemsCount::new(texts.len())).bench_local(|| {
        for facts in &facts {
            circuit.read(facts, &mut reading);
            circuit.stands(&reading).for_each(|standing| {
                black_box(standing);
            });
        }
    });
}

/// JSON to JSON.
#[divan::bench(args = [Fields::Standing, Fields::Reasons])]
fn reply(bencher: Bencher<'_, '_>, fields: Fields) {
    let rules = synthetic();
    let desk = Desk::new(&rules);
    let texts = workload::Workload::new().texts;
    bencher.counter(ItemsCount::new(texts.len())).bench_local(|| {
        texts.iter().for_each(|text| drop(black_box(desk.reply(text, TODAY, fields))));
    });
}
