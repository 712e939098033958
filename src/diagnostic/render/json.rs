//! Diagnostics for a program: the only place where their shape on the wire is fixed.

use serde::Serialize;

use super::{Place, in_order, places, pretty, word};
use crate::diagnostic::Diagnostic;
use crate::source::Sources;

/// A diagnostic on the wire. Every member is always there.
#[derive(Serialize)]
struct WireDiagnostic<'a> {
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    places: Vec<WirePlace<'a>>,
    path: Option<&'a str>,
    notes: &'a [String],
    help: Option<&'a str>,
}

/// A place on the wire: lines and columns counted from 1, columns in characters, the end after
/// the last character.
#[derive(Serialize)]
struct WirePlace<'a> {
    file: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
    words: &'a str,
}

/// Returns the diagnostics as a JSON array, the main place of each being the first of its places.
#[must_use]
pub fn json(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let ordered = in_order(diagnostics).into_iter();
    pretty(&ordered.map(|diagnostic| wire(diagnostic, sources)).collect::<Vec<_>>())
}

/// The diagnostics of one line of many.
#[derive(Serialize)]
struct WireLine<'a> {
    line: usize,
    errors: Vec<WireDiagnostic<'a>>,
}

/// Returns the diagnostics of a line of input that could not be taken, counted from 1, as a JSON
/// object on one line, without an end of line.
#[must_use]
pub fn json_line(diagnostics: &[Diagnostic], line: usize) -> String {
    let sources = Sources::default();
    let errors =
        in_order(diagnostics).into_iter().map(|diagnostic| wire(diagnostic, &sources)).collect();
    // Strings, lists and whole numbers can't fail to be written.
    serde_json::to_string(&WireLine { line, errors }).unwrap_or_default()
}

fn wire<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> WireDiagnostic<'a> {
    WireDiagnostic {
        code: diagnostic.code.spelling(),
        severity: word(diagnostic.severity),
        message: &diagnostic.message,
        places: places(diagnostic, sources).iter().map(wire_place).collect(),
        path: diagnostic.path.as_deref(),
        notes: &diagnostic.notes,
        help: diagnostic.help.as_deref(),
    }
}

fn wire_place<'a>(place: &Place<'a>) -> WirePlace<'a> {
    let (line, column) = place.start();
    let (end_line, end_column) = place.end();
    let (file, words) = (place.source.path(), place.words);
    WirePlace { file, line, column, end_line, end_column, words }
}
