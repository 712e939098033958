//! Clearway: which lawful routes are open for a public commission, which to take and why, and what
//! to prepare.
//!
//! ```text
//! text → syntax → pack → graph → (with facts and a date) answer → report
//!  source        the meaning   compiled        decide
//! ```

pub mod cli;
pub mod decide;
pub mod diagnostic;
pub mod disk;
pub mod facts;
pub mod graph;
pub mod pack;
pub mod prove;
pub mod quantity;
pub mod report;
pub mod source;
pub mod syntax;

use diagnostic::Diagnostic;
use graph::Graph;
use pack::Rulebook;
use source::Sources;

/// Reads rules and says what is wrong with them: tolerant, for editors and `clearway check`.
#[must_use]
pub fn check(sources: &Sources) -> (Rulebook, Vec<Diagnostic>) {
    let (book, mut diagnostics) = pack::read(sources);
    let (graph, circles) = graph::build(book);
    diagnostics.extend(circles);
    (graph.into_book(), diagnostics)
}

/// Compiles rules: strict, the only way to something that can decide.
///
/// # Errors
/// Everything that is wrong with the rules, warnings too, if there is an error among it.
pub fn compile(sources: &Sources) -> Result<Graph, Vec<Diagnostic>> {
    let (book, mut diagnostics) = pack::read(sources);
    let (graph, circles) = graph::build(book);
    diagnostics.extend(circles);
    if diagnostics.iter().any(Diagnostic::is_error) { Err(diagnostics) } else { Ok(graph) }
}

/// Reads a commission's JSON against compiled rules, keeping what could be read. For many
/// commissions make one [`facts::Form`] and let it read them all.
#[must_use]
pub fn read_facts(graph: &Graph, text: &str) -> (facts::Commission, Vec<Diagnostic>) {
    facts::Form::new(graph.book()).read(graph.book(), text)
}

pub use decide::decide;
pub use disk::{
    as_utf8, commissions_in, embedded, files_in, is_embedded, new_folder, read, rules_in, write,
};
