//! The forms of an answer.

use super::{Look, answer_schema, json, markdown, text};
use crate::decide::{Answer, decide};
use crate::facts::Facts;
use crate::graph::{self, Graph};
use crate::pack::{self, Rulebook, Thing, Value};
use crate::prove::Insight;
use crate::quantity::{Date, Money, read_date};
use crate::source::Sources;

const RULES: &str = r#"
pack test.report "Test Act"
    version 1
    extent england
    in force from 2025-02-24                                   [act s.1]

source act "Test Act 2024" ukpga/2024/1

fact contract.value "Estimated value" : money
    ask "What is it worth?"
    [act s.2]

fact need.co_design "Designed with users" : yes or no
    ask "Is it designed with *users*?"
    judgement "why it is"
    [act s.3]

amount threshold "Light touch threshold" : money
    £663,540 from 2025-02-24                                   [act s.4]

route open_way "Open way"
    needs contract.value >= threshold                          [act s.5]
    needs contract.value <= £5,000,000 when need.co_design     [act s.5]
        says "It is small enough for everyone to talk."

route dialogue "Dialogue"
    needs contract.value >= threshold                          [act s.5]
    needs need.co_design                                       [act s.6]

prefer dialogue over open_way
    when need.co_design                                        [act s.6]
    because "Users can help to design it."

prefer open_way over dialogue
    when need.co_design is no                                  [act s.6]
    because "Nothing is left to design."

event signed "The contract is signed"

document notice "Notice of [the] award"
    kind notice
    force law
    stage award
    publish "The website"
    when need.co_design                                        [act s.7]
    due within 30 days beginning with signed                   [act s.7]
"#;

fn graph() -> Graph {
    let (book, diagnostics) = pack::read(&Sources::single("test/pack.way", RULES));
    assert!(!diagnostics.iter().any(|diagnostic| diagnostic.is_error()), "{diagnostics:?}");
    graph::build(book).0
}

fn day(date: &str) -> Date {
    read_date(date).expect("the date is one")
}

/// The facts of a commission worth a million pounds.
fn facts(book: &Rulebook, need: Option<bool>) -> Facts {
    let named = |name: &str| match book.names.get(name) {
        Some(Thing::Fact(fact)) => *fact,
        other => panic!("{name} is no fact: {other:?}"),
    };
    let mut facts = Facts::none();
    facts.learn(named("contract.value"), Value::Money(Money::from_pence(100_000_000)));
    if let Some(need) = need {
        facts.learn(named("need.co_design"), Value::YesNo(need));
    }
    facts
}

fn with_answer(need: Option<bool>, as_at: &str, check: impl Fn(&Answer<'_>)) {
    let graph = graph();
    let facts = facts(graph.book(), need);
    check(&decide(&graph, &facts, day(as_at)));
}

fn plain(answer: &Answer<'_>) -> String {
    text(answer, None, Look { width: 72, is_coloured: false })
}

#[test]
fn every_answer_is_as_its_schema_says() {
    let schema = jsonschema::validator_for(&answer_schema()).expect("the schema is one");
    for (need, as_at) in [(Some(true), "2026-03-02"), (None, "2026-03-02"), (None, "2020-01-01")] {
        with_answer(need, as_at, |answer| {
            let proved = crate::prove::Day::new(answer.graph, answer.as_at)
                .map_or_else(Default::default, |day| day.insight(answer));
            for insight in [None, Some(&proved), Some(&Insight::default())] {
                let instance =
                    serde_json::from_str(&json(answer, insight)).expect("the answer is JSON");
                let errors: Vec<String> =
                    schema.iter_errors(&instance).map(|error| error.to_string()).collect();
                assert!(errors.is_empty(), "{errors:?}");
            }
        });
    }
}

#[test]
fn a_recommendation_comes_first_with_its_figures() {
    with_answer(Some(true), "2026-03-02", |answer| {
        let text = plain(answer);
        assert!(text.starts_with("Recommended: Dialogue\n"), "{text}");
        let figures =
            "Estimated value is £1,000,000, at least £663,540 (Light touch\n    threshold).";
        assert!(text.contains(figures), "{text}");
        assert!(text.contains("Users can help to design it. [Test Act 2024, s.6]"), "{text}");
        assert!(text.contains("Record your reasons: why it is"), "{text}");
    });
}

#[test]
fn what_is_not_known_is_asked() {
    with_answer(None, "2026-03-02", |answer| {
        let text = plain(answer);
        let start = "Nothing can be recommended yet: it depends on “Designed with users”.\n";
        assert!(text.starts_with(start), "{text}");
        assert!(text.contains("Is it designed with *users*? (need.co_design)"), "{text}");
        assert!(text.contains("may be needed, depending on what is not known yet"), "{text}");
    });
}

#[test]
fn a_date_without_rules_names_those_there_are() {
    with_answer(None, "2020-01-01", |answer| {
        let text = plain(answer);
        assert!(text.starts_with("There are no rules here for 1 January 2020.\n"), "{text}");
        assert!(text.contains("Test Act, from 24 February 2025"), "{text}");
    });
}

#[test]
fn a_barred_route_says_why() {
    with_answer(Some(false), "2026-03-02", |answer| {
        let text = plain(answer);
        assert!(text.contains("✗ Dialogue (barred)\n      Designed with users: no."), "{text}");
    });
}

#[test]
fn a_test_that_asks_nothing_here_is_no_reason() {
    with_answer(Some(false), "2026-03-02", |answer| {
        let text = plain(answer);
        assert!(text.starts_with("Recommended: Open way\n"), "{text}");
        assert!(!text.contains("It is small enough"), "{text}");
        let idle = "If “Designed with users” is yes: It is small enough for everyone to talk.";
        assert!(json(answer, None).contains(idle));
    });
}

#[test]
fn text_keeps_to_its_width_and_colour_adds_only_escapes() {
    with_answer(Some(true), "2026-03-02", |answer| {
        let text = plain(answer);
        let lines = text.lines().filter(|line| !line.contains("https://"));
        assert!(lines.clone().all(|line| line.chars().count() <= 72), "{text}");
        let coloured = super::text(answer, None, Look { width: 72, is_coloured: true });
        assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), text);
    });
}

#[test]
fn markdown_escapes_what_would_be_marks() {
    with_answer(Some(true), "2026-03-02", |answer| {
        let page = markdown(answer, None);
        assert!(page.starts_with("# Recommended: Dialogue\n"), "{page}");
        assert!(page.contains("**Notice of \\[the\\] award**"), "{page}");
        let link = "[Test Act 2024, s.6](<https://www.legislation.gov.uk/ukpga/2024/1/section/6>)";
        assert!(page.contains(link), "{page}");
    });
}

#[test]
fn strong_words_keep_their_spaces_outside_the_marks_in_markdown() {
    with_answer(Some(true), "2026-03-02", |answer| {
        let page = super::markdown(answer, None);
        assert!(!page.contains("?**"), "{page}");
    });
}

#[test]
fn what_could_not_be_proved_is_said_once() {
    let insight = Insight::default();
    with_answer(None, "2026-03-02", |answer| {
        let page = text(answer, Some(&insight), Look { width: 200, is_coloured: false });
        assert_eq!(page.matches("could not be proved within the budget").count(), 1, "{page}");
        let page = text(answer, None, Look { width: 200, is_coloured: false });
        assert!(!page.contains("proved"), "{page}");
    });
}
