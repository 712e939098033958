//! `clearway check`

use super::args::{Check, CheckFormat};
use super::console::Console;
use super::exit::Exit;
use super::{prove, rules};
use crate::diagnostic::{self, Diagnostic, Style};
use crate::pack::{Pack, Rulebook};
use crate::report::Proved;
use crate::source::{Source, Sources};

/// Checks rules and says what is wrong with them.
pub(super) fn check(args: &Check, console: &mut Console<'_>) -> Exit {
    let sources = match rules::read(&args.paths) {
        Ok(sources) => sources,
        Err(diagnostics) => {
            let none = Sources::default();
            match args.format {
                CheckFormat::Text => console.report(&diagnostics, &none),
                CheckFormat::Json | CheckFormat::Sarif => {
                    console.say(&told(&diagnostics, &none, args.format, Style::Plain));
                }
            }
            return rules::unread(&diagnostics);
        }
    };
    let (book, mut diagnostics) = crate::check(&sources);
    if args.prove && !diagnostics.iter().any(Diagnostic::is_error) {
        diagnostics.extend(proved(&sources));
    }
    let style = if console.is_coloured { Style::Coloured } else { Style::Plain };
    match args.format {
        CheckFormat::Text if diagnostics.is_empty() => console.say(&counted(&book, &sources)),
        CheckFormat::Text | CheckFormat::Json | CheckFormat::Sarif => {
            console.say(&told(&diagnostics, &sources, args.format, style));
        }
    }
    let has_errors = diagnostics.iter().any(Diagnostic::is_error);
    match (has_errors, diagnostics.is_empty()) {
        (true, _) => Exit::BadRules,
        (false, false) => Exit::Found,
        (false, true) => Exit::Answered,
    }
}

/// What proof finds in a person's own packs.
fn proved(sources: &Sources) -> Vec<Diagnostic> {
    let (graph, proofs) = match crate::prove(sources) {
        Ok(proved) => proved,
        Err(diagnostics) => return diagnostics,
    };
    let own = prove::own_packs(graph.book(), sources);
    let proofs = proofs.about(graph.book(), &own);
    Proved { graph: &graph, proofs: &proofs, sources, packs: &[] }.diagnostics()
}

fn told(
    diagnostics: &[Diagnostic],
    sources: &Sources,
    format: CheckFormat,
    style: Style,
) -> String {
    match format {
        CheckFormat::Text => diagnostic::text(diagnostics, sources, style),
        CheckFormat::Json => diagnostic::json(diagnostics, sources),
        CheckFormat::Sarif => diagnostic::sarif(diagnostics, sources, env!("CARGO_PKG_VERSION")),
    }
}

/// How many files and packs were found good: a person's own, and not the embedded ones they use.
fn counted(book: &Rulebook, sources: &Sources) -> String {
    let is_own = |source: &Source| !crate::is_embedded(source.path());
    let is_own_pack = |pack: &&Pack| sources.get(pack.span.file).is_some_and(is_own);
    let n_files = sources.iter().filter(|(_, source)| is_own(source)).count();
    let n_packs = book.packs.rows().filter(is_own_pack).count();
    let files = if n_files == 1 { "file" } else { "files" };
    let packs = if n_packs == 1 { "pack" } else { "packs" };
    format!("{n_files} {files}, {n_packs} {packs}: nothing to mend\n")
}
