//! Reads rules for a command, embedded or from folders.

use std::path::PathBuf;

use super::console::Console;
use super::exit::Exit;
use crate::graph::Graph;
use crate::source::Sources;

/// The sources that a command works on: those of the folders, or the embedded ones.
pub(super) fn sources(places: &[PathBuf], console: &mut Console<'_>) -> Result<Sources, Exit> {
    if places.is_empty() {
        return Ok(crate::embedded());
    }
    crate::rules_in(places).map_err(|diagnostics| {
        console.report(&diagnostics, &Sources::default());
        Exit::CannotRead
    })
}

/// Compiled rules.
pub(super) fn graph(places: &[PathBuf], console: &mut Console<'_>) -> Result<Graph, Exit> {
    let sources = sources(places, console)?;
    crate::compile(&sources).map_err(|diagnostics| {
        console.report(&diagnostics, &sources);
        Exit::BadRules
    })
}
