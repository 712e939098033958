//! What the clauses of items say, without their conditions.

use super::super::tree::{
    Citation, Counting, DueRule, Ending, Entry, Expectation, Fit, Length, Limit, Need,
};
use super::conditions::literal;
use super::{citations, quoted};

pub(super) fn entry(entry: &Entry) -> String {
    match entry {
        Entry::Literal(figure) => literal(figure),
        Entry::CodeRange(first, last) => format!("{first} to {last}"),
        Entry::CodeFamily(code) => format!("{code} with descendants"),
        Entry::None => "none".to_owned(),
    }
}

pub(super) fn counting(counting: Counting) -> &'static str {
    match counting {
        Counting::BeginningWith => "beginning with",
        Counting::After => "after",
    }
}

pub(super) fn due_rule(rule: &DueRule) -> String {
    match rule {
        DueRule::Words(words) => format!("due {}", quoted(&words.node)),
        DueRule::Before(event) => format!("due before {event}"),
        DueRule::With(event) => format!("due with {event}"),
        DueRule::Soon(event) => format!("due as soon as practicable after {event}"),
        DueRule::Within(duration, count, event) => {
            format!("due within {duration} {} {event}", counting(*count))
        }
    }
}

pub(super) fn length(length: &Length) -> String {
    let Length::Days(limit, duration, count, ending) = length else { return "none".to_owned() };
    let limit = match limit {
        Limit::AtLeast => "at least",
        Limit::AtMost => "at most",
        Limit::Exactly => "exactly",
    };
    let ending = match ending {
        Ending::AsCounted => "",
        Ending::Rolling => " rolling to a working day",
    };
    format!("{limit} {duration} {} the day{ending}", counting(*count))
}

pub(super) fn expectation(expectation: &Expectation) -> String {
    let by = |cited: &[Citation]| match cited {
        [] => String::new(),
        cited => format!(" by {}", citations(cited)),
    };
    match expectation {
        Expectation::Decision(name, Some(outcome)) => format!("decision {name} is {outcome}"),
        Expectation::Decision(name, None) => format!("decision {name} undecided"),
        Expectation::RouteOpen(route) => format!("route {route} open"),
        Expectation::RouteBarred(route, cited) => format!("route {route} barred{}", by(cited)),
        Expectation::RouteUnsettled(route) => format!("route {route} unsettled"),
        Expectation::NoRecommendation => "no recommendation".to_owned(),
        Expectation::Recommendation(route, None) => format!("recommendation {route}"),
        Expectation::Recommendation(route, Some(model)) => {
            format!("recommendation {route} as {model}")
        }
        Expectation::Model(model, Fit::Fits) => format!("model {model} fits"),
        Expectation::Model(model, Fit::DoesNotFit) => format!("model {model} does not fit"),
        Expectation::Model(model, Fit::Unsettled) => format!("model {model} unsettled"),
        Expectation::Document(document, Need::Required) => format!("document {document} required"),
        Expectation::Document(document, Need::NotRequired) => {
            format!("document {document} not required")
        }
        Expectation::Document(document, Need::Conditional) => {
            format!("document {document} conditional")
        }
        Expectation::Document(document, Need::Forbidden) => {
            format!("document {document} forbidden")
        }
        Expectation::DocumentDue(document, date) => {
            format!("document {document} due {}", date.node)
        }
        Expectation::Date(event, date) => format!("date {event} {}", date.node),
        Expectation::Question(fact) => format!("question {fact}"),
        Expectation::Doubt(cited) => format!("doubt {}", citations(cited)),
        Expectation::Coming(date) => format!("coming {}", date.node),
    }
}
