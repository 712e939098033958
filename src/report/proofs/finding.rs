//! Proofs as findings of a check, beside what else is wrong with the rules.

use super::{Proved, words};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::pack::Rulebook;
use crate::prove::{Claim, Example, Reason, Refutation};
use crate::quantity::{Date, date_in_words};
use crate::report::words::value;
use crate::source::Span;

/// What is refuted or was given up; remarks are no findings.
pub(super) fn diagnostics(proved: &Proved<'_>) -> Vec<Diagnostic> {
    let book = proved.graph.book();
    let refuted = proved.proofs.refuted();
    let refuted = refuted.filter_map(|(claim, refutation)| fault(book, claim, refutation));
    let given_up = proved.proofs.given_up();
    refuted.chain(given_up.map(|given_up| gave_up(book, given_up))).collect()
}

fn fault(book: &Rulebook, claim: &Claim, refutation: &Refutation) -> Option<Diagnostic> {
    let code = words::code(book, claim, refutation)?;
    // What a layer may not do is refused; all else can be used, and is probably not meant.
    let severity = if code == Code::LayerOpens { Severity::Error } else { Severity::Warning };
    let message = words::fails(book, claim, refutation);
    let place = words::place(book, claim, refutation);
    let mut diagnostic = placed(code, severity, place, message);
    for clause in &refutation.clauses {
        if Some(*clause) != place {
            let says = words::in_the_way(book, claim, refutation, *clause);
            diagnostic = diagnostic.label(*clause, says);
        }
    }
    if let Some(example) = &refutation.example {
        diagnostic = diagnostic.note(example_in_words(book, example));
    }
    Some(diagnostic.help(words::mend(claim).to_owned()))
}

fn placed(code: Code, severity: Severity, place: Option<Span>, message: String) -> Diagnostic {
    let diagnostic = Diagnostic::nowhere(code, severity, message);
    match place {
        Some(span) => diagnostic.label(span, ""),
        None => diagnostic,
    }
}

fn gave_up(book: &Rulebook, (claim, day, reason): (&Claim, Date, Reason)) -> Diagnostic {
    let message =
        format!("it could be neither proved nor refuted that {}", words::claimed(book, claim));
    placed(Code::GaveUp, Severity::Warning, claim.place(book), message).note(format!(
        "on {}, {}",
        date_in_words(day),
        words::why(reason)
    ))
}

/// `for example on 2 March 2026: “Estimated value” is £30,000; “Designed with users” is yes`
fn example_in_words(book: &Rulebook, example: &Example) -> String {
    let on = date_in_words(example.as_at);
    let facts = example.facts.iter().map(|(id, known)| {
        let fact = &book.facts[id];
        format!("“{}” is {}", fact.title, value(&fact.kind, known))
    });
    let facts: Vec<String> = facts.collect();
    if facts.is_empty() {
        return format!("for example on {on}, whatever the facts");
    }
    format!("for example on {on}: {}", facts.join("; "))
}
