//! What a scenario expected and what it got, in words.

use super::date_or_day;
use crate::decide::{Got, Known, Mismatch, Standing};
use crate::pack::{Citation, DecisionId, Expectation, Rulebook};
use crate::quantity::Date;
use crate::syntax::tree::{Fit, Need};

/// What was expected, and what the answer says.
#[must_use]
pub fn mismatch(book: &Rulebook, mismatch: &Mismatch<'_>) -> (String, String) {
    let expected_of = mismatch.expected;
    let decision = if let Expectation::Decision(id, _) = expected_of { Some(*id) } else { None };
    (expected(book, mismatch.expected), got(book, decision, &mismatch.got))
}

fn expected(book: &Rulebook, expected: &Expectation) -> String {
    let route = |id| &book.routes[id].name;
    match expected {
        Expectation::Decision(id, Some(outcome)) => {
            format!("{} is {}", book.decisions[*id].name, outcome_name(book, *id, *outcome))
        }
        Expectation::Decision(id, None) => format!("{} undecided", book.decisions[*id].name),
        Expectation::RouteOpen(id) => format!("{} open", route(*id)),
        Expectation::RouteUnsettled(id) => format!("{} unsettled", route(*id)),
        Expectation::RouteBarred(id, by) if by.is_empty() => format!("{} barred", route(*id)),
        Expectation::RouteBarred(id, by) => format!("{} barred by {}", route(*id), labels(by)),
        Expectation::NoRecommendation => "no recommendation".to_owned(),
        Expectation::Recommendation(id, None) => format!("{} recommended", route(*id)),
        Expectation::Recommendation(id, Some(model)) => {
            format!("{} recommended as {}", route(*id), book.models[*model].name)
        }
        Expectation::Model(id, fit) => format!("{} {}", book.models[*id].name, fit_in_words(*fit)),
        Expectation::Document(id, need) => {
            let need = match need {
                Need::Required => "required",
                Need::NotRequired => "not required",
                Need::Conditional => "conditional",
                Need::Forbidden => "forbidden",
            };
            format!("{} {need}", book.documents[*id].name)
        }
        Expectation::DocumentDue(id, date) => format!("{} due {date}", book.documents[*id].name),
        Expectation::Date(event, date) => format!("{} on {date}", book.event_name(*event)),
        Expectation::Question(fact) => format!("a question about {}", book.facts[*fact].name),
        Expectation::Doubt(by) => format!("a doubt about {}", labels(by)),
        Expectation::Coming(date) => format!("a change on {date}"),
    }
}

fn got(book: &Rulebook, decision: Option<DecisionId>, got: &Got) -> String {
    let listed =
        |items: Vec<String>| if items.is_empty() { "nothing".to_owned() } else { items.join(", ") };
    match got {
        Got::Outcomes(outcomes) => {
            let name = |outcome: &usize| {
                decision.map(|id| outcome_name(book, id, *outcome)).unwrap_or_default()
            };
            listed(outcomes.iter().map(name).collect())
        }
        Got::Standing(standing, by) => {
            let standing = match standing {
                Standing::Open => "open",
                Standing::Barred => "barred",
                Standing::Unsettled => "unsettled",
            };
            if by.is_empty() {
                standing.to_owned()
            } else {
                format!("{standing} by {}", labels(by))
            }
        }
        Got::Recommended(route, model) => {
            let route = route.map_or("no recommendation", |route| book.routes[route].name.as_str());
            let model = model.map(|model| format!(" as {}", book.models[model].name));
            format!("{route}{}", model.unwrap_or_default())
        }
        Got::Fits(known) => match known {
            Known::Yes => "fits".to_owned(),
            Known::No => "does not fit".to_owned(),
            Known::Unknown => "unsettled".to_owned(),
        },
        Got::Needed(known) => match known {
            Known::Yes => "required".to_owned(),
            Known::No => "not required".to_owned(),
            Known::Unknown => "conditional".to_owned(),
        },
        Got::Forbidden(known) => match known {
            Known::Yes => "forbidden".to_owned(),
            Known::No => "not forbidden".to_owned(),
            Known::Unknown => "forbidden only in some cases".to_owned(),
        },
        Got::Due(dates) => listed(dates.iter().map(Date::to_string).collect()),
        Got::Date(date) => date.map_or_else(|| "no date".to_owned(), |date| date.to_string()),
        Got::Asked(facts) => {
            listed(facts.iter().map(|fact| book.facts[*fact].name.clone()).collect())
        }
        Got::Doubts(by) => {
            if by.is_empty() {
                "no doubt".to_owned()
            } else {
                labels(by)
            }
        }
        Got::Coming(days) => listed(days.iter().map(|day| date_or_day(*day)).collect()),
    }
}

fn fit_in_words(fit: Fit) -> &'static str {
    match fit {
        Fit::Fits => "fits",
        Fit::DoesNotFit => "does not fit",
        Fit::Unsettled => "unsettled",
    }
}

fn outcome_name(book: &Rulebook, decision: DecisionId, outcome: usize) -> String {
    book.outcome(decision, outcome).map(|outcome| outcome.name.clone()).unwrap_or_default()
}

fn labels(citations: &[Citation]) -> String {
    citations.iter().map(|citation| citation.label.as_str()).collect::<Vec<_>>().join("; ")
}
