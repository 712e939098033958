//! `clearway check`

use super::args::{Check, CheckFormat};
use super::console::Console;
use super::exit::Exit;
use super::rules;
use crate::diagnostic::{self, Style};
use crate::pack::Pack;
use crate::source::Source;

/// Checks rules and says what is wrong with them.
pub(super) fn check(args: &Check, console: &mut Console<'_>) -> Exit {
    let sources = match rules::sources(&args.paths, console) {
        Ok(sources) => sources,
        Err(exit) => return exit,
    };
    let (book, diagnostics) = crate::check(&sources);
    match args.format {
        CheckFormat::Text if diagnostics.is_empty() => {
            let is_own = |source: &Source| !crate::is_embedded(source.path());
            let is_own_pack = |pack: &&Pack| sources.get(pack.span.file).is_some_and(is_own);
            let n_files = sources.iter().filter(|(_, source)| is_own(source)).count();
            let n_packs = book.packs.rows().filter(is_own_pack).count();
            let files = if n_files == 1 { "file" } else { "files" };
            let packs = if n_packs == 1 { "pack" } else { "packs" };
            console.say(&format!("{n_files} {files}, {n_packs} {packs}: nothing to mend\n"));
        }
        CheckFormat::Text => {
            let style = if console.is_coloured { Style::Coloured } else { Style::Plain };
            console.say(&diagnostic::text(&diagnostics, &sources, style));
        }
        CheckFormat::Json => console.say(&diagnostic::json(&diagnostics, &sources)),
        CheckFormat::Sarif => {
            console.say(&diagnostic::sarif(&diagnostics, &sources, env!("CARGO_PKG_VERSION")));
        }
    }
    let has_errors = diagnostics.iter().any(diagnostic::Diagnostic::is_error);
    match (has_errors, diagnostics.is_empty()) {
        (true, _) => Exit::BadRules,
        (false, false) => Exit::Found,
        (false, true) => Exit::Answered,
    }
}
