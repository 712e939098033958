//! What must hold of the changes by which rules are tried.

use std::collections::BTreeSet;

use clearway::decide::{Answer, decide, mismatches};
use clearway::disk::embedded;
use clearway::graph::{Graph, build};
use clearway::pack::{Id, Mutant, Rulebook, ScenarioId, Twist, faults, mutants, mutated};
use clearway::prove::mutation::{Fate, Trial, proved};
use clearway::quantity::{Date, Duration};
use clearway::report::mutant_id;
use clearway::source::Sources;

use super::dice::Dice;
use super::domains::date;
use super::generate::written;
use super::judge::claimed;
use super::trial::{compiled_or_fail, hold_on_packs, small_world};

/// A rulebook as it was understood, to be held against another.
fn understood(book: &Rulebook) -> String {
    format!("{book:?}")
}

#[test]
fn every_change_makes_other_rules_and_the_same_each_time() {
    hold_on_packs(1, |graph, dice| {
        let book = graph.book();
        let (before, all) = (understood(book), mutants(book));
        assert_eq!(all, mutants(book), "the mutants are the same each time");
        for _ in 0..all.len().min(30) {
            let mutant = dice.pick(&all);
            let after = understood(&mutated(book, &mutant));
            if after == before {
                return Err(format!("{mutant:?} changes nothing"));
            }
            if after != understood(&mutated(book, &mutant)) {
                return Err(format!("{mutant:?} is not the same each time"));
            }
        }
        Ok(30)
    });
}

#[test]
fn every_change_has_a_name_of_its_own_whatever_folder_the_rules_lie_in() {
    for seed in 1..15 {
        let files = written(seed).files();
        let elsewhere = files.iter().map(|(path, text)| (format!("far/off/{path}"), text.clone()));
        let names = |files: Vec<(String, String)>| {
            let graph = compiled_or_fail(seed, &files);
            let sources = Sources::new(files);
            let name = |mutant: &Mutant| mutant_id(graph.book(), &sources, mutant);
            mutants(graph.book()).iter().map(name).collect::<Vec<_>>()
        };
        let (here, there) = (names(files.clone()), names(elsewhere.collect()));
        assert_eq!(here, there, "seed {seed}");
        assert_eq!(here.iter().collect::<BTreeSet<_>>().len(), here.len(), "seed {seed}");
    }
}

#[test]
fn every_change_is_refused_by_the_compiler_or_compiles() {
    hold_on_packs(1, |graph, dice| {
        let (book, trial) = (graph.book(), Trial::new(graph, []));
        let all = mutants(book);
        for _ in 0..all.len().min(30) {
            let mutant = dice.pick(&all);
            let changed = mutated(book, &mutant);
            let has_faults = faults(&changed).iter().any(|fault| fault.is_error());
            let has_circles = build(changed).1.iter().any(|circle| circle.is_error());
            let is_refused = trial.fate(&mutant, &proved) == Fate::Refused;
            if is_refused != (has_faults || has_circles) {
                return Err(format!("{mutant:?} is refused: {is_refused}"));
            }
        }
        // Rules are compiled twice for each change, which takes as long as ten answers or more.
        Ok(300)
    });
}

#[test]
fn a_change_that_is_called_none_changes_no_answer() {
    hold_on_packs(1, |graph, dice| {
        let book = graph.book();
        let idle: Vec<Mutant> =
            mutants(book).into_iter().filter(|mutant| mutant.is_idle(book)).collect();
        let (dates, domains) = small_world(graph, dice);
        for mutant in &idle {
            let (changed, _) = build(mutated(book, mutant));
            for as_at in &dates {
                let facts = domains.facts(&domains.partial(dice));
                let (before, after) =
                    (decide(graph, &facts, *as_at), decide(&changed, &facts, *as_at));
                if decided(&before) != decided(&after) {
                    return Err(format!("{mutant:?} changes an answer at {as_at}"));
                }
            }
        }
        Ok(idle.len() * dates.len() + 10)
    });
}

/// What an answer decides: its words tell the days on which rules begin and end, changed or not.
fn decided(answer: &Answer<'_>) -> String {
    let Answer { recommendation, questions, coming, .. } = answer;
    format!("{:?} {recommendation:?} {questions:?} {coming:?}", claimed(answer))
}

#[test]
fn what_is_mutated_covers_every_kind_of_change() {
    let mut seen = BTreeSet::new();
    for seed in 1..60 {
        let graph = compiled_or_fail(seed, &written(seed).files());
        for mutant in mutants(graph.book()) {
            let change = format!("{:?}", mutant.change);
            let kind = change.split(['(', ' ']).next().unwrap_or_default().to_owned();
            if let clearway::pack::Change::Twisted(_, _, twist) = &mutant.change {
                seen.insert(kind_of(twist));
            }
            seen.insert(kind);
        }
    }
    let wanted = [
        "Dropped",
        "Unguarded",
        "Dated",
        "Outcome",
        "Figure",
        "Lasting",
        "Counting",
        "Until",
        "Reversed",
        "Carrier",
        "Comparison",
        "Literal",
        "Share",
        "Connective",
        "Count",
        "Negated",
        "LimbDropped",
        "OptionDropped",
    ];
    let missing: Vec<&str> = wanted.into_iter().filter(|kind| !seen.contains(*kind)).collect();
    assert!(missing.is_empty(), "no mutant is {missing:?}");
}

fn kind_of(twist: &Twist) -> String {
    format!("{twist:?}").split('(').next().unwrap_or_default().to_owned()
}

#[test]
fn a_scenario_that_cannot_reach_a_change_does_not_notice_it() {
    let graph = clearway::compile(&embedded()).expect("the embedded rules compile");
    let trial = Trial::new(&graph, graph.book().scenarios.ids());
    let (mut dice, all) = (Dice::new(7), mutants(graph.book()));
    for _ in 0..6 {
        let mutant = dice.pick(&all);
        let reaching = trial.reaching(&mutant);
        let (changed, _) = build(mutated(graph.book(), &mutant));
        for (id, scenario) in graph.book().scenarios.iter().filter(|(id, _)| !reaching.contains(id))
        {
            let is_met = mismatches(&changed, scenario).is_empty();
            assert!(is_met, "{mutant:?} is noticed by {}: {}", id.place(), scenario.title);
        }
    }
}

#[test]
fn what_becomes_of_a_change_does_not_depend_on_how_many_are_tried_at_once() {
    let graph = clearway::compile(&embedded()).expect("the embedded rules compile");
    let scenarios: Vec<ScenarioId> = graph.book().scenarios.ids().take(40).collect();
    let trial = Trial::new(&graph, scenarios);
    let all = mutants(graph.book());
    let few: Vec<&Mutant> = all.iter().step_by(500).collect();
    assert_eq!(fates(&graph, &trial, &few, 1), fates(&graph, &trial, &few, 3));
}

fn fates(graph: &Graph, trial: &Trial<'_>, few: &[&Mutant], n_threads: usize) -> Vec<Option<Fate>> {
    assert!(graph.book().scenarios.len() > 40, "there are more scenarios than are tried");
    let mut fates = vec![None; few.len()];
    trial.fates(few, &proved, n_threads, &mut |place, fate| {
        fates.get_mut(place).map(|known| *known = Some(fate)).is_some()
    });
    fates
}

#[test]
fn a_duration_a_day_off_is_shorter_or_longer_from_whatever_day_it_is_counted() {
    let days: [Date; 5] = [
        date(2023, 1, 31),
        date(2024, 2, 29),
        date(2025, 3, 1),
        date(2025, 2, 28),
        date(2024, 12, 31),
    ];
    for months in 0..30 {
        for text in
            [format!("{months} months"), format!("{months} months 3 days"), "9 days".to_owned()]
        {
            let duration = Duration::read(&text).expect("a duration");
            for off in duration.a_day_off() {
                let orders: BTreeSet<_> =
                    days.iter().filter_map(|day| off.compare(duration, *day)).collect();
                assert_eq!(orders.len(), 1, "{off} and {duration}");
                assert!(!orders.contains(&std::cmp::Ordering::Equal), "{off} and {duration}");
            }
        }
    }
}
