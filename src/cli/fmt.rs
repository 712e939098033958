//! `clearway fmt`

use std::path::{Path, PathBuf};

use super::args::Fmt;
use super::console::Console;
use super::exit::Exit;
use super::rules;
use crate::diagnostic::Diagnostic;
use crate::source::Sources;
use crate::syntax;

/// Puts files into the one layout, or says which are not in it. A file that can't be read whole is
/// left as it is.
pub(super) fn fmt(args: &Fmt, console: &mut Console<'_>) -> Exit {
    if args.paths == [PathBuf::from("-")] {
        return from_input(args, console);
    }
    let sources = match crate::files_in(&args.paths) {
        Ok(sources) => sources,
        Err(diagnostics) => {
            console.report(&diagnostics, &Sources::default());
            return rules::unread(&diagnostics);
        }
    };
    let mut exit = Exit::Answered;
    for (id, source) in sources.iter() {
        let (tree, diagnostics) = syntax::parse(id, source);
        if diagnostics.iter().any(Diagnostic::is_error) {
            console.report(&diagnostics, &sources);
            exit = Exit::BadRules;
            continue;
        }
        let printed = syntax::print(&tree);
        if printed == source.text() {
            continue;
        }
        if args.check {
            console.say(&format!("{} is not in the layout\n", source.path()));
            exit = if exit == Exit::Answered { Exit::Found } else { exit };
        } else if let Err(diagnostic) = crate::write(Path::new(source.path()), &printed) {
            console.report(&[*diagnostic], &sources);
            exit = Exit::CannotRead;
        } else {
            console.say(&format!("{} put into the layout\n", source.path()));
        }
    }
    exit
}

/// Writes what was read in the layout, or says that it is not in it.
fn from_input(args: &Fmt, console: &mut Console<'_>) -> Exit {
    let bytes = match console.hear() {
        Ok(bytes) => bytes,
        Err(exit) => return exit,
    };
    let text = match crate::as_utf8(bytes, "standard input") {
        Ok(text) => text,
        Err(diagnostic) => {
            console.report(&[*diagnostic], &Sources::default());
            return Exit::BadRules;
        }
    };
    let sources = Sources::single("standard input", &text);
    for (id, source) in sources.iter() {
        let (tree, diagnostics) = syntax::parse(id, source);
        if diagnostics.iter().any(Diagnostic::is_error) {
            console.report(&diagnostics, &sources);
            return Exit::BadRules;
        }
        let printed = syntax::print(&tree);
        if !args.check {
            console.say(&printed);
        } else if printed != text {
            console.say("standard input is not in the layout\n");
            return Exit::Found;
        }
    }
    Exit::Answered
}
