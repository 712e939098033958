//! Sentences as a commissioner reads them.

use crate::pack::{self, Rulebook, Thing, Value};
use crate::quantity::Money;
use crate::report::{sentence, test_in_words, value_in_words};
use crate::source::Sources;

const FACTS: &str = r#"
pack test.words "Test Act"
    version 1
    extent england
    in force from 2025-02-24                                   [act s.1]

source act "Test Act 2024" ukpga/2024/1

fact contract.value "Estimated value" : money
    ask "What is it worth?"
    [act s.2]

fact contract.purpose "Main purpose" : one of
    services "Services"
    goods "Goods"
    works "Works"
    ask "What is it for?"
    [act s.2]

fact contract.code "Main code" : CPV code
    ask "Which code?"
    [act s.2]

fact contract.start "First day" : date
    ask "When does it start?"
    [act s.2]

fact contract.term "Longest term" : duration
    ask "How long?"
    [act s.2]

fact supplier.excluded "Excluded supplier" : yes or no
    ask "Is it excluded?"
    [act s.3]

fact need.co_design "Designed with users" : yes or no
    ask "Is it?"
    [act s.3]

amount threshold "Light touch threshold" : money
    £663,540 from 2025-02-24                                   [act s.4]

list care "Care services" : CPV codes
    85312400                                                   [act s.5]

decision coverage "Is it covered?"
    below "Below the threshold" when contract.value < threshold  [act s.6]
    covered "Covered procurement" otherwise                    [act s.6]
"#;

/// The sentences of a route's tests, as the rules alone tell them.
fn told(tests: &str) -> Vec<String> {
    let book = read(&format!("{FACTS}\nroute way \"The way\"\n{tests}\n"));
    let route = book.routes.rows().next().expect("the route is read");
    route.tests.iter().map(|test| test_in_words(&book, test)).collect()
}

fn read(text: &str) -> Rulebook {
    let (book, diagnostics) = pack::read(&Sources::single("test/pack.way", text));
    let errors: Vec<_> = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    book
}

#[test]
fn a_comparison_names_the_figure_and_the_amount() {
    let told = told("    needs contract.value >= threshold [act s.7]");
    assert_eq!(told, ["Estimated value is at least £663,540 (Light touch threshold)."]);
}

#[test]
fn a_negated_comparison_is_turned_round() {
    let told = told("    barred when contract.value >= threshold [act s.7]");
    assert_eq!(told, ["Estimated value is under £663,540 (Light touch threshold)."]);
}

#[test]
fn facts_are_told_by_their_titles() {
    let told = told(
        "    needs need.co_design [act s.7]
    barred when supplier.excluded [act s.7]
    needs contract.purpose is services [act s.7]
    needs contract.purpose not in (goods, works) [act s.7]
    needs contract.code in care [act s.7]
    needs contract.term <= 5 years [act s.7]",
    );
    let expected = [
        "Designed with users: yes.",
        "Excluded supplier: no.",
        "Main purpose: Services.",
        "Main purpose is neither “Goods” nor “Works”.",
        "Main code is on the list “Care services”.",
        "Longest term is at most 5 years.",
    ];
    assert_eq!(told, expected);
}

#[test]
fn a_decision_is_told_as_question_and_answer() {
    let told = told(
        "    needs coverage is covered [act s.7]
    needs coverage is not below [act s.7]",
    );
    let expected =
        ["Is it covered? — Covered procurement.", "Is it covered? — not “Below the threshold”."];
    assert_eq!(told, expected);
}

#[test]
fn joined_conditions_are_told_inside_one_sentence() {
    let told = told(
        "    needs need.co_design and not supplier.excluded [act s.7]
    needs at least 2 of [act s.7]
        need.co_design
        contract.purpose is goods
        coverage is covered",
    );
    let expected = [
        "“Designed with users” is yes, and “Excluded supplier” is no.",
        "At least 2 of these: “Designed with users” is yes; “Main purpose” is “Goods”; \
         the answer to “Is it covered?” is “Covered procurement”.",
    ];
    assert_eq!(told, expected);
}

#[test]
fn a_guard_becomes_an_if() {
    let told = told("    needs contract.term <= 4 years when need.co_design [act s.7]");
    assert_eq!(told, ["If “Designed with users” is yes, then “Longest term” is at most 4 years."]);
}

#[test]
fn dates_compare_as_before_and_after() {
    let told = told(
        "    needs contract.start >= 2026-01-01 [act s.7]
    needs time since contract.start <= 3 years [act s.7]",
    );
    let expected = [
        "First day is on or after 1 January 2026.",
        "The time from “First day” to the date asked about is at most 3 years.",
    ];
    assert_eq!(told, expected);
}

#[test]
fn the_authors_words_come_first() {
    let told =
        told("    needs need.co_design [act s.7]\n        says \"Users help to design it.\"");
    assert_eq!(told, ["Users help to design it."]);
}

#[test]
fn values_are_told_as_people_write_them() {
    let book =
        read(&format!("{FACTS}\nroute way \"The way\"\n    needs need.co_design [act s.7]\n"));
    let fact = |name: &str| match book.names.get(name) {
        Some(Thing::Fact(fact)) => *fact,
        other => panic!("{name} is no fact: {other:?}"),
    };
    let money = Value::Money(Money::from_pence(20_772_050));
    assert_eq!(value_in_words(&book, fact("contract.value"), &money), "£207,720.50");
    assert_eq!(value_in_words(&book, fact("contract.purpose"), &Value::Choice(2)), "Works");
    let route = book.routes.rows().next().expect("the route is read");
    let condition = &route.tests.first().expect("the test is read").condition;
    assert_eq!(sentence(&book, condition), "Designed with users: yes.");
}
