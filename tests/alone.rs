//! An answer of three values alone, as it is given where rules are too large to be proved anything
//! about: which questions it asks, how often each is waited for, and what it leaves undecided.

use clearway::decide::{Answer, Recommendation, Undecided, decide};
use clearway::graph::Graph;
use clearway::quantity::Date;
use clearway::source::Sources;

const RULES: &str = r#"
pack town "Town contract rules"
    version 1.0.0
    extent england
    in force from 2025-02-24                                    [rules rule.1]

source rules "Town contract rules" at "https://www.town.example/rules"

fact contract.value "Estimated value" : money
    ask "What could it cost?"
    [rules rule.2]

fact contract.local "Local" : yes or no
    ask "Is it local?"
    [rules rule.2]

fact contract.shared "Shared" : yes or no
    ask "Is it shared?"
    [rules rule.2]

fact contract.rare "Rare" : yes or no
    ask "Is it rare?"
    [rules rule.2]

route auction "Auction"
    needs contract.value >= £10,000                             [rules rule.3]

route quotes "Quotes"
    needs contract.value >= £10,000                             [rules rule.3]

route grant "Grant"
    needs contract.value < £10,000                              [rules rule.5]

model pooled "Pooled"
    fits when contract.shared                                   [rules rule.7]
    carried by quotes

model granted "Granted"
    fits when contract.rare                                     [rules rule.7]
    carried by grant

document letter "Letter"
    kind letter
    force law
    stage award
    when contract.shared                                        [rules rule.8]

document leaflet "Leaflet"
    kind letter
    force law
    stage award
    when model is pooled                                        [rules rule.8]

prefer grant over auction
    because "A grant is quicker where it is open."
    when contract.rare                                          [rules rule.9]

prefer auction over quotes
    because "What is local may be auctioned."
    when contract.local                                         [rules rule.10]
    when contract.value >= £30,000                              [rules rule.10]
"#;

fn answer<'g>(graph: &'g Graph, commission: &str) -> Answer<'g> {
    let (commission, faults) = clearway::read_facts(graph, commission);
    assert!(faults.is_empty(), "{faults:?}");
    decide(graph, &commission.facts, Date::constant(2026, 3, 2))
}

fn asked(answer: &Answer<'_>) -> Vec<(String, usize)> {
    let facts = &answer.graph.book().facts;
    let asked = answer.questions.iter();
    asked.map(|question| (facts[question.fact].name.clone(), question.n_waiting)).collect()
}

fn graph() -> Graph {
    clearway::compile(&Sources::single("rules.way", RULES)).expect("the rules compile")
}

/// The model and two papers wait for whether it is shared; nothing that is barred asks anything.
#[test]
fn what_something_open_waits_for_is_asked_as_often_as_it_waits() {
    let graph = graph();
    let asked = asked(&answer(&graph, r#"{ "contract": { "value": "£25,000" } }"#));
    assert_eq!(asked, [("contract.shared".to_owned(), 3)]);
}

/// What a preference waits for comes before what papers wait for, however many those are.
#[test]
fn what_chooses_the_route_is_asked_first() {
    let graph = graph();
    let asked = asked(&answer(&graph, r#"{ "contract": { "value": "£40,000" } }"#));
    let wanted = [("contract.local".to_owned(), 1), ("contract.shared".to_owned(), 3)];
    assert_eq!(asked, wanted);
}

/// That a grant would be preferred decides nothing where it is barred.
#[test]
fn a_preference_for_what_is_barred_leaves_nothing_undecided() {
    let graph = graph();
    let answer = answer(&graph, r#"{ "contract": { "value": "£25,000" } }"#);
    let is_tie = matches!(&answer.recommendation, Recommendation::Undecided(Undecided::Tie(tied)) if tied.len() == 2);
    assert!(is_tie, "{:?}", answer.recommendation);
}
