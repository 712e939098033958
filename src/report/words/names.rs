//! What things are called inside a sentence.

use crate::pack::{DecisionId, DocumentKind, EventRef, FactKind, Rulebook};
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
