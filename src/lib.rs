//! Clearway: which lawful routes are open for a public commission, which to take and why, and what
//! to prepare.
//!
//! ```text
//! text → syntax → pack → graph → (with facts and a date) answer → report
//!  source        the meaning   compiled        decide
//! ```

pub mod cli;
pub mod decide;
pub mod desk;
pub mod diagnostic;
pub mod disk;
pub mod facts;
pub mod graph;
pub mod pack;
pub mod prove;
pub mod quantity;
pub mod receipt;
pub mod report;
#[cfg(feature = "serve")]
pub mod serve;
pub mod source;
pub mod syntax;

use decide::Answer;
use diagnostic::Diagnostic;
use facts::Facts;
use graph::Graph;
use pack::{PackId, Rulebook};
use prove::{Layered, Proofs};
use quantity::Date;
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

/// Compiles rules, then proves or refutes every claim about them, and about each of their layers
/// against the same rules without it.
///
/// # Errors
/// Everything that is wrong with the rules, warnings too, if there is an error among it.
pub fn prove(sources: &Sources) -> Result<(Graph, Proofs), Vec<Diagnostic>> {
    let graph = compile(sources)?;
    let below = below(&graph, sources)?;
    let proofs = prove::prove(&graph, &layered(&below));
    Ok((graph, proofs))
}

/// Each layer with the same rules without it, and without what uses it.
fn below(graph: &Graph, sources: &Sources) -> Result<Vec<(PackId, Graph)>, Vec<Diagnostic>> {
    let layers = graph.book().packs.iter().filter(|(_, pack)| pack.base.is_some());
    let below = layers.map(|(id, pack)| Ok((id, compile(&pack::without(sources, &pack.name))?)));
    below.collect()
}

fn layered(below: &[(PackId, Graph)]) -> Vec<Layered<'_>> {
    below.iter().map(|(layer, below)| Layered { layer: *layer, below }).collect()
}

/// Reads a commission's JSON against compiled rules, keeping what could be read. For many
/// commissions make one [`facts::Form`] and let it read them all.
#[must_use]
pub fn read_facts(graph: &Graph, text: &str) -> (facts::Commission, Vec<Diagnostic>) {
    facts::Form::new(graph.book()).read(graph.book(), text)
}

/// Answers a commission, certain of whatever can be proved to be, and proves what can be proved
/// about the answer: what can still change it, what would open a barred route, how firm it is.
/// For many commissions of one date make one [`prove::Day`] and let it answer them all.
#[must_use]
pub fn answer<'g>(graph: &'g Graph, facts: &Facts, as_at: Date) -> (Answer<'g>, prove::Insight) {
    match prove::Day::new(graph, as_at) {
        Some(day) => day.explain(facts),
        None => (decide(graph, facts, as_at), prove::Insight::default()),
    }
}

/// The same answer, without what else can be proved about it.
#[must_use]
pub fn answer_alone<'g>(graph: &'g Graph, facts: &Facts, as_at: Date) -> Answer<'g> {
    let day = prove::Day::new(graph, as_at);
    day.map_or_else(|| decide(graph, facts, as_at), |day| day.decide(facts))
}

/// Answers commissions over HTTP until told to stop.
///
/// # Errors
/// Why it can't: the certificate, the rules, the address, or that this program was built without it.
pub fn serve_http(service: desk::Service) -> Result<(), desk::Unserved> {
    #[cfg(feature = "serve")]
    return serve::serve(service);
    #[cfg(not(feature = "serve"))]
    {
        drop(service);
        let why = "this program was built without the feature `serve`";
        Err(desk::Unserved::System(why.to_owned()))
    }
}

pub use decide::decide;
pub use disk::{
    Kept, NewFile, append, as_utf8, commissions_in, embedded, embedded_law, files_in, is_embedded,
    keep, kept, law_in, new_folder, read, read_if_there, rules_in, write, write_new,
};
