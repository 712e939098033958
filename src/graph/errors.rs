//! What is said of rules that go in circles.

use super::Node;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::pack::{Preference, Rulebook};
use crate::source::Span;

/// Decisions that wait for one another.
pub(super) fn cycle(book: &Rulebook, path: &[Node]) -> Diagnostic {
    let named: Vec<(&str, Span)> = path.iter().map(|node| name_and_span(book, *node)).collect();
    let mut names: Vec<&str> = named.iter().map(|(name, _)| *name).collect();
    names.extend(names.first().copied());
    let message = "these rules wait for one another in a circle";
    let mut diagnostic = match named.first() {
        Some((_, span)) => Diagnostic::error(Code::Cycle, *span, message),
        None => Diagnostic::nowhere(Code::Cycle, Severity::Error, message),
    };
    for (name, span) in named.iter().skip(1) {
        diagnostic = diagnostic.label(*span, format!("`{name}` is part of it"));
    }
    diagnostic
        .note(format!("the circle: {}", names.join(" → ")))
        .help("let one of them ask for a fact in place of the other's outcome".to_owned())
}

fn name_and_span(book: &Rulebook, node: Node) -> (&str, Span) {
    match node {
        Node::Fact(id) => (&book.facts[id].name, book.facts[id].span),
        Node::Amount(id) => (&book.amounts[id].name, book.amounts[id].span),
        Node::List(id) => (&book.lists[id].name, book.lists[id].span),
        Node::Decision(id) => (&book.decisions[id].name, book.decisions[id].span),
        Node::Route(id) => (&book.routes[id].name, book.routes[id].span),
        Node::Model(id) => (&book.models[id].name, book.models[id].span),
        Node::Document(id) => (&book.documents[id].name, book.documents[id].span),
        Node::Period(id) => (&book.periods[id].name, book.periods[id].span),
    }
}

/// Preferences that rank their routes in a circle.
pub(super) fn preference_cycle(circle: &[&Preference]) -> Diagnostic {
    let message = "these preferences run in a circle";
    let mut diagnostic = match circle.first() {
        Some(first) => Diagnostic::error(Code::PreferenceCycle, first.span, message),
        None => Diagnostic::nowhere(Code::PreferenceCycle, Severity::Error, message),
    };
    for (place, preference) in circle.iter().enumerate().skip(1) {
        let label = match circle.len() - place {
            1 if circle.len() == 2 => "and this one ranks them the other way",
            1 => "and this one leads back to the first",
            _ => "and this one goes on from there",
        };
        diagnostic = diagnostic.label(preference.span, label);
    }
    diagnostic
        .note("where all of them hold, each route would be better than itself")
        .help("give them conditions that can't hold together, or take one out".to_owned())
}
