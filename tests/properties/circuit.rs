//! The circuit held against the evaluator that explains: on any facts at any date both say the same
//! of every route, of its reasons and of what to take.

use clearway::decide::{Circuit, Reading, Standing, Trial, decide};
use clearway::disk::embedded;
use clearway::facts::Facts;
use clearway::graph::Graph;
use clearway::quantity::Date;

use super::dice::Dice;
use super::domains::{dates, wild};
use super::trial::{hold_on_packs, shown, small_world};

#[test]
fn a_circuit_says_what_the_evaluator_says() {
    hold_on_packs(20, |graph, dice| {
        let (dates, domains) = small_world(graph, dice);
        let mut reading = Reading::default();
        for as_at in &dates {
            let circuit = Circuit::new(graph, *as_at).ok_or("no circuit")?;
            for turn in 0..40 {
                let facts = match turn % 4 {
                    0 => wild(graph.book(), dice),
                    _ => domains.facts(&domains.partial(dice)),
                };
                alike(graph, &circuit, &facts, &mut reading)?;
            }
        }
        Ok(dates.len() * 40)
    });
}

#[test]
fn a_circuit_of_the_embedded_law_says_what_the_evaluator_says() {
    let graph = clearway::compile(&embedded()).expect("the embedded rules compile");
    let mut dice = Dice::new(7);
    let mut reading = Reading::default();
    for as_at in dates(&graph, &mut dice, 6) {
        let circuit = Circuit::new(&graph, as_at).expect("the embedded rules fit a circuit");
        let scenarios: Vec<_> = graph.book().scenarios.rows().collect();
        for scenario in dice.some(&scenarios, 60) {
            let chance = dice.between(2, 9);
            let kept = scenario.given.iter().filter(|_| !dice.one_in(chance));
            let facts: Facts = kept.cloned().collect();
            if let Err(wrong) = alike(&graph, &circuit, &facts, &mut reading) {
                panic!("{}: {wrong}", scenario.title);
            }
        }
    }
}

/// Says where a circuit and the evaluator disagree about a commission.
fn alike(
    graph: &Graph,
    circuit: &Circuit,
    facts: &Facts,
    reading: &mut Reading,
) -> Result<(), String> {
    let as_at = circuit.as_at();
    circuit.read(facts, reading);
    let (ours, theirs) = (circuit.reasons(graph, reading), Trial::new(graph, facts, as_at));
    let theirs = theirs.reasons();
    let differ = |ours: String, theirs: String| {
        let answer = decide(graph, facts, as_at);
        Err(format!("the circuit says {ours},\nthe evaluator {theirs}\n{}", shown(&answer)))
    };
    if ours.advice != theirs.advice {
        return differ(format!("{:?}", ours.advice), format!("{:?}", theirs.advice));
    }
    for (ours, theirs) in ours.routes.iter().zip(&theirs.routes) {
        if ours != theirs {
            return differ(format!("{ours:?}"), format!("{theirs:?}"));
        }
    }
    Ok(())
}

/// The property fails where it must: a circuit of another date is not the evaluator's.
#[test]
fn a_circuit_of_another_date_is_told_apart() {
    let seen = std::cell::Cell::new(false);
    let mut dice = Dice::new(1);
    let files = super::generate::written(3).files();
    let graph = super::trial::compiled_or_fail(3, &files);
    let (first, last) = (Date::MIN, Date::MAX);
    let (Some(early), Some(late)) = (Circuit::new(&graph, first), Circuit::new(&graph, last))
    else {
        return;
    };
    let mut reading = Reading::default();
    for _ in 0..20 {
        let facts = wild(graph.book(), &mut dice);
        early.read(&facts, &mut reading);
        let then: Vec<Standing> = early.stands(&reading).collect();
        late.read(&facts, &mut reading);
        seen.set(seen.get() || !late.stands(&reading).eq(then));
    }
    assert!(seen.get(), "rules with days say other things on other days");
}
