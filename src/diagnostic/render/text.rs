//! Diagnostics for a person at a terminal, drawn with the lines they are about.

use std::iter;
use std::ops::Range;
use std::ptr;

use annotate_snippets::{
    Annotation, AnnotationKind, Group, Level, Origin, Renderer, Snippet, normalize_untrusted_str,
};

use super::{Place, in_order, places};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{Source, Sources};

/// Whether text carries colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Plain text.
    Plain,
    /// Text with the escape codes of a terminal.
    Coloured,
}

/// Returns the diagnostics as text, each with the lines it is about, and a count at the end;
/// nothing if there are none.
#[must_use]
pub fn text(diagnostics: &[Diagnostic], sources: &Sources, style: Style) -> String {
    if diagnostics.is_empty() {
        return String::new();
    }
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Coloured => Renderer::styled(),
    };
    let mut written = String::new();
    for diagnostic in in_order(diagnostics) {
        written.push_str(&drawn(diagnostic, sources, &renderer));
        written.push_str("\n\n");
    }
    written.push_str(&count(diagnostics));
    written.push('\n');
    written
}

/// One diagnostic drawn.
fn drawn(diagnostic: &Diagnostic, sources: &Sources, renderer: &Renderer) -> String {
    let places = places(diagnostic, sources);
    let drawn = renderer.render(&[group(diagnostic, &places)]);
    if places.is_empty() {
        // Where no line has a number, the library leaves no margin for one.
        return drawn.replace('\n', "\n  ");
    }
    drawn
}

/// A diagnostic as the library takes it: title, places file by file, notes and help.
fn group<'a>(diagnostic: &'a Diagnostic, places: &[Place<'a>]) -> Group<'a> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(&diagnostic.message).id(diagnostic.code.spelling());
    // The library takes all but the title for its own words: an author's control characters pass.
    let path =
        diagnostic.path.iter().map(|path| Origin::path(clean(&format!("commission: {path}"))));
    let notes = diagnostic.notes.iter().map(|note| Level::NOTE.message(clean(note)));
    let help = diagnostic.help.iter().map(|help| Level::HELP.message(clean(help)));
    Group::with_title(title)
        .elements(path)
        .elements(snippets(places))
        .elements(notes)
        .elements(help)
}

/// A snippet for each file that the places are in, the file of the main place first.
fn snippets<'a>(places: &[Place<'a>]) -> Vec<Snippet<'a, Annotation<'a>>> {
    let kinds = iter::once(AnnotationKind::Primary).chain(iter::repeat(AnnotationKind::Context));
    let places: Vec<_> = places.iter().zip(kinds).collect();
    let mut files: Vec<&Source> = Vec::new();
    // Two files can have one path, where a program hands them over.
    for (Place { source, .. }, _) in &places {
        if !files.iter().any(|file| ptr::eq(*file, *source)) {
            files.push(source);
        }
    }
    files
        .into_iter()
        .filter_map(|file| {
            let here = places.iter().copied().filter(|(place, _)| ptr::eq(place.source, file));
            snippet(&here.collect::<Vec<_>>())
        })
        .collect()
}

/// The lines of one file from its first place to its last, with what is said of them.
fn snippet<'a>(places: &[(&Place<'a>, AnnotationKind)]) -> Option<Snippet<'a, Annotation<'a>>> {
    let (Place { source, .. }, _) = places.first()?;
    let first = places.iter().map(|(place, _)| place.bytes.start).min()?;
    let last = places.iter().map(|(place, _)| place.bytes.end).max()?;
    let lines = whole_lines(source, first..last);
    let (line_start, _) = source.line_and_column(u32::try_from(lines.start).ok()?);
    let annotations = places.iter().map(|(place, kind)| {
        // The mark that a file may start with is before the first line.
        let [start, end] = [place.bytes.start, place.bytes.end];
        let bytes = start.saturating_sub(lines.start)..end.saturating_sub(lines.start);
        let words = Some(place.words).filter(|words| !words.is_empty());
        kind.span(bytes).label(words.map(clean))
    });
    let drawn = source.text().get(lines.clone())?;
    let snippet = Snippet::source(drawn).path(clean(source.path())).line_start(line_start);
    Some(snippet.annotations(annotations))
}

/// The bytes of the lines that these bytes are in, with the last line's break: without the whole
/// of `\r\n` the library would draw the `\r`. The first line begins with what is seen of it.
fn whole_lines(source: &Source, bytes: Range<usize>) -> Range<usize> {
    let text = source.text();
    let first = text.len() - source.seen().len();
    let before = text.get(..bytes.start).unwrap_or_default();
    let after = text.get(bytes.end..).unwrap_or_default();
    let start = before.rfind('\n').map_or(first, |newline| newline + 1);
    start..after.find('\n').map_or(text.len(), |newline| bytes.end + newline + 1)
}

/// Words safe to show in a terminal.
fn clean(words: &str) -> String {
    normalize_untrusted_str(words)
}

/// How many errors and warnings there are: `2 errors, 1 warning`.
fn count(diagnostics: &[Diagnostic]) -> String {
    [Severity::Error, Severity::Warning]
        .into_iter()
        .filter_map(|severity| {
            let word = super::word(severity);
            let same = diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity);
            match same.count() {
                0 => None,
                1 => Some(format!("1 {word}")),
                n_same => Some(format!("{n_same} {word}s")),
            }
        })
        .collect::<Vec<_>>()
        .join(", ")
}
