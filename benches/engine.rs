//! How long the engine takes, on the embedded rules: reading them, compiling them, answering.
//!
//! `cargo bench` runs them; each line of the table is one function here.

use std::hint::black_box;

use clearway::decide::{Circuit, Reading, decide};
use clearway::desk::{Desk, Fields, Rules};
use clearway::disk::{embedded, embedded_law};
use clearway::facts::{Facts, Form, commission_json};
use clearway::graph::Graph;
use clearway::pack::Scenario;
use clearway::prove::{Day, differences_between, prove};
use clearway::quantity::Date;
use clearway::syntax::parse;
use clearway::{compile, report};
use divan::Bencher;
use mimalloc::MiMalloc;

/// As the program has it.
#[global_allocator]
static MEMORY: MiMalloc = MiMalloc;

fn main() {
    divan::main();
}

/// The commission that is asked about, of the rules' own scenarios.
#[derive(Clone, Copy, Debug)]
enum Commission {
    /// That with the fewest facts.
    Barest,
    /// That with the most, so many hundredths of them being known.
    Fullest(usize),
}

const COMMISSIONS: [Commission; 6] = [
    Commission::Barest,
    Commission::Fullest(100),
    Commission::Fullest(75),
    Commission::Fullest(50),
    Commission::Fullest(25),
    Commission::Fullest(0),
];

#[expect(clippy::expect_used, reason = "without rules there is nothing to measure")]
fn graph() -> Graph {
    compile(&embedded()).expect("the embedded rules compile")
}

/// The facts of a commission, and its date.
fn commission(graph: &Graph, commission: Commission) -> (Facts, Date) {
    let scenarios = || graph.book().scenarios.rows();
    let (scenario, hundredths) = match commission {
        Commission::Barest => (scenarios().min_by_key(|scenario| scenario.given.len()), 100),
        Commission::Fullest(hundredths) => {
            (scenarios().max_by_key(|scenario| scenario.given.len()), hundredths)
        }
    };
    let known = |scenario: &Scenario| {
        let n_known = scenario.given.len() * hundredths / 100;
        (scenario.given.iter().take(n_known).cloned().collect(), scenario.as_at)
    };
    scenario.map_or((Facts::none(), Date::MIN), known)
}

#[divan::bench]
fn parse_all_rules(bencher: Bencher<'_, '_>) {
    let sources = embedded();
    bencher.bench_local(|| {
        for (file, source) in sources.iter() {
            black_box(parse(file, source));
        }
    });
}

#[divan::bench]
fn load_and_compile_all_rules() -> bool {
    compile(&embedded()).is_ok()
}

/// The rules to decide by: all but the scenarios.
#[divan::bench]
fn load_and_compile_the_law() -> bool {
    compile(&embedded_law()).is_ok()
}

/// What a thread needs to answer by rules that are compiled: it shares them with the others.
#[divan::bench]
fn take_up_compiled_law(bencher: Bencher<'_, '_>) {
    let rules = Rules::new(graph());
    let first = Desk::new(&rules);
    bencher.bench_local(|| first.beside());
}

#[divan::bench]
fn make_the_circuit_of_a_day(bencher: Bencher<'_, '_>) {
    let graph = graph();
    let (_, as_at) = commission(&graph, Commission::Fullest(100));
    bencher.bench_local(|| black_box(Circuit::new(&graph, as_at)).is_some());
}

/// How it stands with every route by the day's circuit, from facts as read.
#[divan::bench(args = COMMISSIONS)]
fn standings_by_circuit(bencher: Bencher<'_, '_>, known: Commission) {
    let graph = graph();
    let (facts, as_at) = commission(&graph, known);
    let circuit = Circuit::new(&graph, as_at);
    let mut reading = Reading::default();
    bencher.bench_local(|| {
        circuit.as_ref().map(|circuit| {
            circuit.read(&facts, &mut reading);
            circuit.stands(&reading).len()
        })
    });
}

/// The same from JSON to JSON; what the circuit leaves open is asked of a proof.
#[divan::bench(args = COMMISSIONS)]
fn standings_json_to_json(bencher: Bencher<'_, '_>, known: Commission) {
    let graph = graph();
    let (facts, as_at) = commission(&graph, known);
    let asked = commission_json(graph.book(), "", Some(as_at), &facts);
    let rules = Rules::new(graph);
    let desk = Desk::new(&rules);
    bencher.bench_local(|| black_box(desk.reply(&asked, as_at, Fields::Standing)).is_ok());
}

#[divan::bench]
fn make_the_form_of_a_commission(bencher: Bencher<'_, '_>) {
    let graph = graph();
    bencher.bench_local(|| Form::new(graph.book()));
}

#[divan::bench]
fn make_the_logic_of_a_day(bencher: Bencher<'_, '_>) {
    let graph = graph();
    let (_, as_at) = commission(&graph, Commission::Fullest(100));
    bencher.bench_local(|| black_box(Day::new(&graph, as_at)).is_some());
}

/// An answer certain of whatever can be proved, with the day's logic made before.
#[divan::bench(args = COMMISSIONS)]
fn answer_certain_of_what_is_proved(bencher: Bencher<'_, '_>, known: Commission) {
    let graph = graph();
    let (facts, as_at) = commission(&graph, known);
    let day = Day::new(&graph, as_at);
    bencher.bench_local(|| black_box(day.as_ref().map(|day| day.decide(&facts))).is_some());
}

/// The same with what opens routes, how far figures move, and the essence.
#[divan::bench(args = COMMISSIONS)]
fn answer_with_all_that_is_proved(bencher: Bencher<'_, '_>, known: Commission) {
    let graph = graph();
    let (facts, as_at) = commission(&graph, known);
    let day = Day::new(&graph, as_at);
    bencher.bench_local(|| black_box(day.as_ref().map(|day| day.explain(&facts))).is_some());
}

/// Every claim about all embedded rules, on every day.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn prove_all_rules(bencher: Bencher<'_, '_>) {
    let graph = graph();
    bencher.bench_local(|| black_box(prove(&graph, &[])).verdicts.len());
}

#[divan::bench(args = COMMISSIONS)]
fn answer(bencher: Bencher<'_, '_>, known: Commission) {
    let graph = graph();
    let (facts, as_at) = commission(&graph, known);
    bencher.bench_local(|| black_box(decide(&graph, &facts, as_at)).routes.len());
}

#[divan::bench(args = COMMISSIONS)]
fn answer_json_with_json(bencher: Bencher<'_, '_>, known: Commission) {
    let graph = graph();
    let form = Form::new(graph.book());
    let (facts, as_at) = commission(&graph, known);
    let asked = commission_json(graph.book(), "", Some(as_at), &facts);
    bencher.bench_local(|| {
        let (commission, _) = form.read(graph.book(), &asked);
        report::json(&decide(&graph, &commission.facts, commission.as_at.unwrap_or(as_at)), None)
    });
}

/// What differs between two dates, for everybody: before the Act of 2023, and under it.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn compare_two_dates(bencher: Bencher<'_, '_>) {
    let graph = graph();
    let (from, to) = (Date::constant(2024, 1, 1), Date::constant(2026, 6, 1));
    bencher.bench_local(|| black_box(differences_between(&graph, from, to)).is_different());
}
