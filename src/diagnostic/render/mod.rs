//! Diagnostics written out: for a person, for a program, for a code host.
//!
//! Holds what the three have in common: their order, and the places of a text that can be shown.
//! Knows no disk and no terminal. Each rendering ends with a line break, unless it is empty.

mod json;
mod sarif;
#[cfg(test)]
mod tests;
mod text;

use std::ops::Range;

use serde::Serialize;

pub use json::{json, json_line};
pub use sarif::sarif;
pub use text::{Style, text};

use crate::diagnostic::{Diagnostic, Label, Severity};
use crate::source::{Source, Sources, Span};

/// A label's place, fit to be shown.
struct Place<'a> {
    source: &'a Source,
    bytes: Range<usize>,
    words: &'a str,
}

impl<'a> Place<'a> {
    /// The place of a label, if its file is one of these.
    fn of(label: &'a Label, sources: &'a Sources) -> Option<Self> {
        let source = sources.get(label.span.file)?;
        Some(Self { source, bytes: shown(source.text(), label.span), words: &label.words })
    }

    /// The line and column of the first character.
    fn start(&self) -> (usize, usize) {
        self.line_and_column(self.bytes.start)
    }

    /// The line and column after the last character.
    fn end(&self) -> (usize, usize) {
        self.line_and_column(self.bytes.end)
    }

    fn line_and_column(&self, byte: usize) -> (usize, usize) {
        self.source.line_and_column(u32::try_from(byte).unwrap_or(u32::MAX))
    }
}

/// The places of a diagnostic that are in these files, the main one first.
fn places<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources) -> Vec<Place<'a>> {
    diagnostic.labels.iter().filter_map(|label| Place::of(label, sources)).collect()
}

/// The diagnostics by file, then place, then code; after them those without a place, and last
/// those of a commission by path.
fn in_order(diagnostics: &[Diagnostic]) -> Vec<&Diagnostic> {
    let mut ordered: Vec<&Diagnostic> = diagnostics.iter().collect();
    ordered.sort_by_key(|diagnostic| {
        let (path, span) = (diagnostic.path.as_deref(), diagnostic.span());
        (path, span.is_none(), span, diagnostic.code, &diagnostic.message)
    });
    ordered
}

/// The bytes of a span that can be shown: inside the text, whole characters, without the blanks
/// and line breaks that it begins or ends with.
fn shown(text: &str, span: Span) -> Range<usize> {
    let bytes = whole_characters(text, span);
    let covered = text.get(bytes.clone()).unwrap_or_default();
    match covered.trim() {
        "" => blank(text, bytes.start, covered),
        written => {
            let start = bytes.start + (covered.len() - covered.trim_start().len());
            start..start + written.len()
        }
    }
}

/// A span cut to the text and widened to whole characters; empty if it runs backwards.
fn whole_characters(text: &str, span: Span) -> Range<usize> {
    let Range { start, end } = span.range();
    let start = text.floor_char_boundary(start);
    start..text.ceil_char_boundary(end).max(start)
}

/// Where to show a span of nothing but blanks: up to the end of its line, and at the end of a
/// file not below the last line that has words, where there is nothing to see.
fn blank(text: &str, start: usize, covered: &str) -> Range<usize> {
    let on_the_line = covered.split(['\r', '\n']).next().unwrap_or_default().len();
    let end_of_words = text.trim_end().len();
    if on_the_line == 0 && start > end_of_words {
        return end_of_words..end_of_words;
    }
    start..start + on_the_line
}

/// The word for a severity, in every rendering.
const fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// JSON over several lines.
fn pretty(value: &impl Serialize) -> String {
    // Only a map with keys that aren't strings, or a failing `Serialize`, could make an error:
    // the types here have neither.
    let mut written = serde_json::to_string_pretty(value).unwrap_or_default();
    written.push('\n');
    written
}
