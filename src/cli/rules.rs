//! Reads rules for a command, embedded or from folders.

use std::path::PathBuf;

use super::console::{Complaints, Console};
use super::exit::Exit;
use crate::diagnostic::{Code, Diagnostic};
use crate::graph::Graph;
use crate::source::{Sources, Span};

/// The rules that a command works on: those of the folders, or the embedded ones.
pub(super) fn read(places: &[PathBuf]) -> Result<Sources, Vec<Diagnostic>> {
    if places.is_empty() { Ok(crate::embedded()) } else { crate::rules_in(places) }
}

/// The same, and what can't be read is complained of.
pub(super) fn sources(places: &[PathBuf], console: &mut Console<'_>) -> Result<Sources, Exit> {
    read(places).map_err(|diagnostics| {
        console.report(&diagnostics, &Sources::default());
        unread(&diagnostics)
    })
}

/// How a command ends whose rules could not be read: bytes that are no text are an error of the
/// rules, and all else is one of the disk.
pub(super) fn unread(diagnostics: &[Diagnostic]) -> Exit {
    let is_bytes = |diagnostic: &Diagnostic| diagnostic.code == Code::NotUtf8;
    if diagnostics.iter().all(is_bytes) { Exit::BadRules } else { Exit::CannotRead }
}

/// The rules that a command works on, and the same compiled; faults are complained of.
pub(super) fn compiled(
    places: &[PathBuf],
    console: &mut Console<'_>,
) -> Result<(Sources, Graph), Exit> {
    let sources = sources(places, console)?;
    match crate::compile(&sources) {
        Ok(graph) => Ok((sources, graph)),
        Err(diagnostics) => {
            console.report(&diagnostics, &sources);
            Err(Exit::BadRules)
        }
    }
}

/// Whether something is written in a person's own files, and not in the embedded ones they use.
pub(super) fn is_own(sources: &Sources, span: Span) -> bool {
    sources.get(span.file).is_some_and(|source| !crate::is_embedded(source.path()))
}

/// Compiled rules to decide by, without the scenarios of embedded ones.
pub(super) fn graph(places: &[PathBuf], console: &mut Console<'_>) -> Result<Graph, Exit> {
    graph_or(Complaints::Words, places, console)
}

/// Compiled rules to decide by, or complaints of this form.
pub(super) fn graph_or(
    form: Complaints,
    places: &[PathBuf],
    console: &mut Console<'_>,
) -> Result<Graph, Exit> {
    let law = if places.is_empty() { Ok(crate::embedded_law()) } else { crate::law_in(places) };
    let sources = law.map_err(|diagnostics| {
        console.report_as(form, &diagnostics, &Sources::default());
        unread(&diagnostics)
    })?;
    crate::compile(&sources).map_err(|diagnostics| {
        console.report_as(form, &diagnostics, &sources);
        Exit::BadRules
    })
}
