//! What is observed of the rules is what they are decided by.

use clearway::decide::{Known, Standing, decide, observe};
use clearway::disk::embedded;
use clearway::facts::Facts;
use clearway::pack::{ClauseOf, ClausePart, ClauseRef};

/// Every so many of the embedded scenarios are looked at.
const EACH: usize = 9;

#[test]
fn what_is_observed_of_a_scenario_is_what_its_answer_says() {
    let graph = clearway::compile(&embedded()).expect("the embedded rules compile");
    for scenario in graph.book().scenarios.rows().step_by(EACH) {
        let facts: Facts = scenario.given.iter().cloned().collect();
        let (answer, seen) =
            (decide(&graph, &facts, scenario.as_at), observe(&graph, &facts, scenario.as_at));
        for route in &answer.routes {
            let of = ClauseOf::Route(route.route);
            let own = seen.clauses.iter().filter(|(id, _)| id.of == of);
            let mut own = own.filter(|(id, _)| !matches!(id.part, ClausePart::Guard(_)));
            let fails = own.any(|(_, seen)| seen.iter().any(|seen| seen.holds == Known::No));
            let is_barred = route.standing == Standing::Barred;
            assert!(!fails || is_barred, "{}: {:?}", scenario.title, route.route);
        }
        for decision in &answer.decisions {
            for case in &decision.cases {
                let (of, part) =
                    (ClauseOf::Decision(decision.decision), ClausePart::Condition(case.case));
                let rule = graph.book().decisions[decision.decision].cases.get(case.case);
                let asks = rule.is_some_and(|rule| rule.condition.is_some());
                // A decision of a pack that doesn't apply may rest unobserved.
                for seen in seen.clauses.get(&ClauseRef { of, part }).into_iter().flatten() {
                    assert!(!asks || seen.holds == case.holds, "{}", scenario.title);
                }
            }
        }
    }
}
