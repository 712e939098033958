//! What must hold of every pack, every commission and every date: the engine on generated packs,
//! held against a second, naive evaluator.
//!
//! A run is the same on every machine. `CLEARWAY_CASES` sets how many cases are tried.

mod circuit;
pub(crate) mod dice;
mod difference;
mod domains;
mod figures;
mod generate;
mod judge;
mod mutants;
mod naive;
mod order;
mod plain;
mod proved;
mod prover;
mod shrink;
mod trial;

use std::collections::{BTreeMap, BTreeSet};

use clearway::decide::{Answer, Change, Ground, Known, Recommendation, Standing, decide};
use clearway::disk::embedded;
use clearway::facts::{Facts, Form, commission_json};
use clearway::graph::Graph;
use clearway::quantity::{Beginning, Date};

use dice::Dice;
use domains::{Choice, Domains, date, wild};
use judge::{Claim, Claims, Span, claimed, contradicted_in, said};
use naive::World;
use trial::{agreed, compiled_or_fail, hold_on_packs, on_partial_facts, shown, small_world};

#[test]
fn what_is_known_fully_is_answered_as_the_naive_evaluator_answers_it() {
    hold_on_packs(20, |graph, dice| {
        let (dates, domains) = small_world(graph, dice);
        for as_at in &dates {
            for _ in 0..40 {
                let facts = domains.facts(&domains.world(dice.below(domains.n_worlds())));
                let answer = decide(graph, &facts, *as_at);
                agreed(
                    contradicted_in(&World::new(graph.book(), &facts, *as_at), &answer),
                    &answer,
                )?;
            }
        }
        Ok(dates.len() * 40)
    });
}

#[test]
fn what_is_known_in_part_is_answered_as_every_completion_bears_out() {
    hold_on_packs(40, |graph, dice| {
        let claims = Claims::new(graph.book());
        let (dates, domains) = small_world(graph, dice);
        for as_at in &dates {
            let mut worlds = vec![None; domains.n_worlds()];
            for _ in 0..80 {
                let choice = domains.partial(dice);
                let completions = domains.completions(&choice).into_iter();
                let span = Span::of(completions.filter_map(|number| {
                    let truths = || {
                        let facts = domains.facts(&domains.world(number));
                        claims.truths(&World::new(graph.book(), &facts, *as_at))
                    };
                    Some(*worlds.get_mut(number)?.get_or_insert_with(truths))
                }));
                let answer = decide(graph, &domains.facts(&choice), *as_at);
                agreed(claims.contradicted(&answer, &span), &answer)?;
            }
        }
        Ok(dates.len() * 80)
    });
}

#[test]
fn more_facts_never_turn_an_answer_round() {
    hold_on_packs(10, |graph, dice| {
        let (dates, domains) = small_world(graph, dice);
        for as_at in &dates {
            for _ in 0..6 {
                let answers = learning(graph, &domains, *as_at, dice);
                for (before, after) in answers.iter().zip(answers.iter().skip(1)) {
                    agreed(turned_round(before, after), after)?;
                }
            }
        }
        Ok(dates.len() * 6 * (domains.n_facts() + 1))
    });
}

/// The answers as the facts of a commission become known one by one, in any order.
fn learning<'g>(
    graph: &'g Graph,
    domains: &Domains,
    as_at: Date,
    dice: &mut Dice,
) -> Vec<Answer<'g>> {
    let world = domains.world(dice.below(domains.n_worlds()));
    let mut order: Vec<usize> = (0..world.len()).collect();
    dice.shuffle(&mut order);
    let mut known: Choice = vec![None; world.len()];
    let mut answers = vec![decide(graph, &Facts::none(), as_at)];
    for place in order {
        if let (Some(known), Some(value)) = (known.get_mut(place), world.get(place)) {
            *known = *value;
        }
        answers.push(decide(graph, &domains.facts(&known), as_at));
    }
    answers
}

/// What the later answer takes back: a finding that was yes or no, an outcome that was ruled out,
/// the route or the model recommended.
fn turned_round(before: &Answer<'_>, after: &Answer<'_>) -> Option<String> {
    let later: BTreeMap<Claim, Known> = claimed(after).into_iter().collect();
    let settled = claimed(before).into_iter().filter(|(_, known)| *known != Known::Unknown);
    for (claim, known) in settled {
        let is_passed_over = match claim {
            // Cases after the one that holds, tests of a pack that doesn't apply, and documents of
            // routes no longer in play are not spoken of.
            Claim::Case(..) | Claim::Test(..) => !later.contains_key(&claim),
            Claim::Needed(..) | Claim::Forbidden(..) => !later.contains_key(&claim),
            Claim::InForce(_) | Claim::Gate(_) | Claim::Outcome(..) | Claim::Open(_) => false,
            Claim::Fits(_) | Claim::Recommended(_) => false,
        };
        if !is_passed_over && later.get(&claim) != Some(&known) {
            let now = later.get(&claim);
            return Some(format!("{known:?} of {} became {now:?}", said(before.graph, claim)));
        }
    }
    match (&before.recommendation, &after.recommendation) {
        (
            Recommendation::Take { model: Some(model), .. },
            Recommendation::Take { model: now, .. },
        ) if Some(*model) != *now => {
            Some(format!("the model recommended changed from {model:?} to {now:?}"))
        }
        _ => None,
    }
}

#[test]
fn a_barred_route_has_a_failing_test_with_a_citation() {
    hold_on_packs(5, |graph, dice| {
        on_partial_facts(graph, dice, 40, |answer| {
            answer.routes.iter().find_map(|finding| {
                let book = answer.graph.book();
                let cites = |ground: Ground<'_>| match ground {
                    Ground::PackInForce(pack) => !book.packs[pack].citations.is_empty(),
                    Ground::Foreseen => true,
                    Ground::RouteInForce(route) => !book.routes[route].citations.is_empty(),
                    Ground::Gate(test) | Ground::Test(test) => !test.citations.is_empty(),
                };
                let is_cited =
                    finding.tests.iter().any(|test| test.holds == Known::No && cites(test.ground));
                let name = &book.routes[finding.route].name;
                (finding.standing == Standing::Barred && !is_cited)
                    .then(|| format!("`{name}` is barred without a citation"))
            })
        })
    });
}

#[test]
fn an_unsettled_route_names_every_fact_that_could_settle_it() {
    hold_on_packs(5, |graph, dice| {
        on_partial_facts(graph, dice, 20, |answer| {
            let unsettled =
                answer.routes.iter().filter(|finding| finding.standing == Standing::Unsettled);
            unsettled.into_iter().find_map(|finding| {
                let waits: BTreeSet<_> =
                    finding.tests.iter().flat_map(|test| &test.reads.waits).collect();
                let name = &answer.graph.book().routes[finding.route].name;
                let is_asked = waits
                    .iter()
                    .all(|fact| answer.questions.iter().any(|question| question.fact == **fact));
                let is_known = waits.iter().any(|fact| answer.facts.get(**fact).is_some());
                match (waits.is_empty(), is_asked, is_known) {
                    (true, _, _) => Some(format!("`{name}` waits for nothing")),
                    (_, false, _) => {
                        Some(format!("`{name}` waits for a fact that is not asked for"))
                    }
                    (_, _, true) => Some(format!("`{name}` waits for a fact that is known")),
                    (false, true, false) => None,
                }
            })
        })
    });
}

#[test]
fn a_fact_that_no_unsettled_test_waits_for_settles_none() {
    hold_on_packs(5, |graph, dice| {
        let (dates, domains) = small_world(graph, dice);
        for as_at in &dates {
            for _ in 0..10 {
                let answer = decide(graph, &domains.facts(&domains.partial(dice)), *as_at);
                let world = domains.facts(&domains.world(dice.below(domains.n_worlds())));
                for finding in
                    answer.routes.iter().filter(|finding| finding.standing == Standing::Unsettled)
                {
                    let waits: BTreeSet<_> =
                        finding.tests.iter().flat_map(|test| test.reads.waits.clone()).collect();
                    let mut more = answer.facts.clone();
                    for (fact, value) in world.iter() {
                        if answer.facts.get(fact).is_none() && !waits.contains(&fact) {
                            more.learn(fact, value.clone());
                        }
                    }
                    let later = decide(graph, &more, *as_at);
                    let is_settled = later.routes.iter().any(|other| {
                        other.route == finding.route && other.standing != Standing::Unsettled
                    });
                    let name = &graph.book().routes[finding.route].name;
                    agreed(
                        is_settled.then(|| {
                            format!("`{name}` was settled by facts that it did not wait for")
                        }),
                        &later,
                    )?;
                }
            }
        }
        Ok(dates.len() * 20)
    });
}

#[test]
fn what_is_said_to_come_is_what_is_answered_on_that_day() {
    hold_on_packs(5, |graph, dice| {
        on_partial_facts(graph, dice, 8, |answer| {
            answer.coming.iter().find_map(|coming| {
                let Beginning::On(day) = coming.from else { return None };
                let then = decide(answer.graph, &answer.facts, day);
                let wrong = coming.changes.iter().find(|change| match change {
                    Change::Route(route, _, standing) => {
                        let found = then.routes.iter().find(|finding| finding.route == *route);
                        found.map(|finding| finding.standing) != *standing
                    }
                    Change::Recommendation(_, route) => then.route() != *route,
                    Change::Pack(pack, is_in_force) => then.packs.iter().any(|finding| {
                        finding.pack == *pack && finding.is_in_force != *is_in_force
                    }),
                    Change::Decision(decision, _, possible) => {
                        // Whichever order their cases are tried in.
                        let as_set = |possible: &[usize]| -> BTreeSet<usize> {
                            possible.iter().copied().collect()
                        };
                        then.decisions.iter().any(|finding| {
                            finding.decision == *decision
                                && as_set(&finding.possible) != as_set(possible)
                        })
                    }
                    Change::Document(..) | Change::Ban(..) => false,
                });
                wrong.map(|change| format!("on {day} it is not so that {change:?}"))
            })
        })
    });
}

#[test]
fn a_commission_written_as_json_reads_back_as_the_same_facts() {
    hold_on_packs(1, |graph, dice| {
        let form = Form::new(graph.book());
        let (dates, domains) = small_world(graph, dice);
        for as_at in dates.iter().cycle().take(50) {
            let facts = domains.facts(&domains.partial(dice));
            let written = commission_json(graph.book(), "", Some(*as_at), &facts);
            let (commission, diagnostics) = form.read(graph.book(), &written);
            let is_same = commission.facts == facts && commission.as_at == Some(*as_at);
            if !is_same || !diagnostics.is_empty() {
                return Err(format!("{written}was read as {commission:?}, saying {diagnostics:?}"));
            }
        }
        Ok(50)
    });
}

#[test]
fn decide_never_panics() {
    hold_on_packs(10, |graph, dice| {
        for _ in 0..100 {
            let facts: Facts = wild(graph.book(), dice);
            let answer = decide(graph, &facts, wild_date(dice));
            agreed(answer.packs.is_empty().then(|| "no pack is spoken of".to_owned()), &answer)?;
        }
        Ok(100)
    });
}

/// Any day there is: the first and the last, the ends of years, leap days.
fn wild_date(dice: &mut Dice) -> Date {
    let years: [i16; 9] = [-9999, -1, 0, 4, 1900, 2000, 2024, 2025, 9999];
    let days = [(1, 1), (12, 31), (2, 28), (2, 29), (6, 15), (12, 30)];
    let (year, (month, day)) = (dice.pick(&years), dice.pick(&days));
    Date::new(year, month, day).unwrap_or_else(|_| date(2024, 2, 29))
}

#[test]
fn to_ask_whether_a_fact_is_known_never_bars() {
    let mut lines = "pack p \"P\"\n    version 1\n    extent england\n    in force from 2020-01-01 [a]\nsource a \"A\" ukpga/2023/54\n".to_owned();
    let kinds = [
        "yes or no",
        "whole number",
        "percentage",
        "money",
        "date",
        "duration",
        "text",
        "CPV code",
    ];
    for (place, kind) in kinds.iter().enumerate() {
        lines += &format!(
            "fact f{place} \"F\" : {kind}\n    ask \"?\"\n    [a]\nroute r{place} \"R\"\n    needs f{place} is known [a]\n"
        );
    }
    let graph = compiled_or_fail(0, &vec![("pack.way".to_owned(), lines)]);
    let mut dice = Dice::new(1);
    for _ in 0..50 {
        let facts = wild(graph.book(), &mut dice);
        let answer = decide(&graph, &facts, date(2025, 1, 1));
        for ((fact, _), finding) in graph.book().facts.iter().zip(&answer.routes) {
            let expected =
                if facts.get(fact).is_some() { Standing::Open } else { Standing::Unsettled };
            assert_eq!(finding.standing, expected, "{}", shown(&answer));
        }
    }
}

#[test]
fn the_law_itself_is_answered_as_the_naive_evaluator_answers_it() {
    let graph = clearway::compile(&embedded()).expect("the embedded rules compile");
    let mut dice = Dice::new(1);
    let day = |text: &str| clearway::quantity::read_date(text).expect("a date");
    for as_at in ["2025-02-24", "2025-11-03", "2026-01-01", "2026-06-30"].map(day) {
        let domains = Domains::of_law(graph.book(), &[as_at], &mut dice);
        for _ in 0..8 {
            let facts = domains.facts(&domains.any(&mut dice));
            let answer = decide(&graph, &facts, as_at);
            let contradiction = contradicted_in(&World::new(graph.book(), &facts, as_at), &answer);
            assert!(contradiction.is_none(), "{contradiction:?}\n{}", shown(&answer));
        }
    }
}
