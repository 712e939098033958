//! What things are called inside a sentence.

use crate::decide::Missing;
use crate::pack::{DecisionId, DocumentKind, EventRef, FactKind, Rulebook};
use crate::quantity::{Date, date_in_words};
use crate::syntax::tree::VatBasis;

use super::joining::{or, small};

/// What happens, as a clause: `the contract is entered into`.
pub(super) fn happening(book: &Rulebook, event: EventRef) -> String {
    let title = book.event_title(event);
    let EventRef::Document(document) = event else { return small(title) };
    match book.documents[document].kind {
        DocumentKind::Notice => format!("“{title}” is published"),
        DocumentKind::Agreement => format!("“{title}” is signed"),
        DocumentKind::Letter => format!("“{title}” is sent"),
        DocumentKind::Approval => format!("“{title}” is given"),
        DocumentKind::Record | DocumentKind::Assessment | DocumentKind::Statement => {
            format!("“{title}” is made")
        }
    }
}

/// What must not happen to a forbidden document: `Must not be published`.
pub(in crate::report) const fn not_to_be(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Notice => "Must not be published",
        DocumentKind::Agreement => "Must not be entered into",
        DocumentKind::Letter => "Must not be sent",
        DocumentKind::Approval => "Must not be given",
        DocumentKind::Record | DocumentKind::Assessment | DocumentKind::Statement => {
            "Must not be made"
        }
    }
}

/// What kind of answer a fact takes, as the rule language calls it.
pub(in crate::report) const fn kind(kind: &FactKind) -> &'static str {
    match kind {
        FactKind::YesNo => "yes or no",
        FactKind::OneOf(_) => "one of",
        FactKind::SomeOf(_) => "some of",
        FactKind::Number(..) => "whole number",
        FactKind::Percentage(..) => "percentage",
        FactKind::Money(None, ..) => "money",
        FactKind::Money(Some(VatBasis::Including), ..) => "money including VAT",
        FactKind::Money(Some(VatBasis::Excluding), ..) => "money excluding VAT",
        FactKind::Date => "date",
        FactKind::Duration => "duration",
        FactKind::Text => "text",
        FactKind::Cpv => "CPV code",
    }
}

/// The outcomes still possible of a decision: `“A” or “B”`.
pub(in crate::report) fn decision_said(
    book: &Rulebook,
    decision: DecisionId,
    outcomes: &[usize],
) -> String {
    let titles = outcomes.iter().filter_map(|outcome| book.outcome(decision, *outcome));
    let titles: Vec<String> = titles.map(|outcome| format!("“{}”", outcome.title)).collect();
    if titles.is_empty() { "nothing".to_owned() } else { or(&titles) }
}

/// What is waited for that no fact can give, after “it waits for”.
pub(in crate::report) fn missing(book: &Rulebook, missing: Missing, as_at: Date) -> String {
    let as_at = date_in_words(as_at);
    match missing {
        Missing::Pack(id) => {
            format!("the pack “{}”, which is not in force on {as_at}", book.packs[id].title)
        }
        Missing::Decision(id) => {
            format!("a rule in force on {as_at} that answers “{}”", book.decisions[id].title)
        }
        Missing::Amount(id) if book.amounts[id].is_left_to_layers => {
            let title = &book.amounts[id].title;
            format!("a figure for “{title}”, which no layer gives on {as_at}")
        }
        Missing::Amount(id) => {
            let title = &book.amounts[id].title;
            format!("a figure for “{title}”, which the law does not give on {as_at}")
        }
    }
}
