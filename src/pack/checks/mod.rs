//! What must be true of a whole pack: every day covered, every class, nothing unused.

mod absence;
mod contradiction;
mod coverage;
mod usage;

pub use contradiction::contradict;
pub use coverage::life_of;

use super::rulebook::Rulebook;
use crate::diagnostic::Diagnostic;

/// What is wrong with a rulebook that has been read, and perhaps changed since.
#[must_use]
pub fn faults(book: &Rulebook) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    check(book, &mut diagnostics);
    diagnostics
}

/// Checks the rulebook, saying what is wrong with it.
pub(super) fn check(book: &Rulebook, diagnostics: &mut Vec<Diagnostic>) {
    coverage::check(book, diagnostics);
    usage::check(book, diagnostics);
    absence::check(book, diagnostics);
}
