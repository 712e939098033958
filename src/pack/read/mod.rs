//! From the tree as written to the rulebook as meant.
//!
//! Names are declared first and then everything is read in the order of packs, files and items.
//! What can't be understood is left out and reported; the rest goes on.

mod citing;
mod clauses;
mod conditions;
mod facts;
mod figures;
mod items;
mod law;
mod layers;
mod names;
mod packs;
mod papers;
mod provisions;
mod quantities;
mod scenarios;
mod sums;

use std::collections::BTreeSet;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::checks;
use super::rulebook::Rulebook;
use super::table::{PackId, Table};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Sources, Span, Spanned};
use crate::syntax::parse;
use crate::syntax::tree::{File, Item};
use names::Names;

pub use packs::{packs_wanted, without};
pub(super) use provisions::Missing;
pub(super) use quantities::Measure;

/// A file's tree.
struct Parsed {
    file: FileId,
    path: String,
    tree: File,
}

/// An item and the pack that holds it.
#[derive(Clone, Copy)]
struct Held<'t> {
    pack: PackId,
    item: &'t Spanned<Item>,
}

/// Everything read so far, and what is to be said of it.
struct Reading {
    book: Rulebook,
    names: Names,
    /// The pack whose items are being read.
    pack: PackId,
    /// Whether a route is being considered where a condition stands: in documents and periods.
    considers_route: bool,
    diagnostics: Vec<Diagnostic>,
}

/// Reads all packs among the sources. The rulebook holds what could be understood.
#[must_use]
pub fn read(sources: &Sources) -> (Rulebook, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut files = Vec::new();
    for (file, path, (tree, found)) in parsed(sources) {
        diagnostics.extend(found);
        files.push(Parsed { file, path, tree });
    }
    let packs = packs::find(&files, sources, &mut diagnostics);
    let held: Vec<Held<'_>> = packs.held(&files);
    let names = names::declare(&packs, &held, &mut diagnostics);
    let book = empty(packs.into_table());
    let pack = super::table::id(0);
    let mut reading = Reading { book, names, pack, considers_route: false, diagnostics };
    reading.items(&held);
    reading.layers(&held);
    reading.instruments(&held);
    checks::check(&reading.book, &mut reading.diagnostics);
    let unread: Vec<Span> =
        files.iter().flat_map(|file| file.tree.unread.iter().copied()).collect();
    let lost: BTreeSet<&str> =
        files.iter().flat_map(|file| file.tree.lost.iter().map(String::as_str)).collect();
    let is_lost = |span: Span| {
        let text = sources.get(span.file).and_then(|source| source.text().get(span.range()));
        text.is_some_and(|name| lost.contains(name))
    };
    reading.diagnostics.retain(|told| !is_consequence(told, &unread, &is_lost));
    (reading.book, reading.diagnostics)
}

/// Whether something is amiss perhaps only because lines could not be read, which is told already:
/// an item lacks what they hold, nothing else uses what they name, or what is used is an item whose
/// first line they are; `is_lost` says so of the place of a name.
fn is_consequence(told: &Diagnostic, unread: &[Span], is_lost: &impl Fn(Span) -> bool) -> bool {
    let place = told.labels.first().map(|label| label.span);
    let is_in_unread = || place.is_some_and(|place| unread.iter().any(|item| item.holds(place)));
    let is_lack = matches!(
        told.code,
        Code::MissingClause
            | Code::NoCitation
            | Code::DaysUncovered
            | Code::ClassMissing
            | Code::DocumentNeverRequired
    );
    let is_unused = matches!(told.code, Code::UnusedFact | Code::UnusedAmount);
    is_lack && is_in_unread()
        || is_unused && !unread.is_empty()
        || told.code == Code::UnknownName && place.is_some_and(is_lost)
}

/// The trees of the files that are not set aside, in their order, made by as many threads as there
/// are cores.
fn parsed(sources: &Sources) -> Vec<(FileId, String, (File, Vec<Diagnostic>))> {
    let wanted: Vec<_> = sources.iter().filter(|(_, source)| !source.is_aside()).collect();
    let parsed = wanted.into_par_iter();
    parsed.map(|(file, source)| (file, source.path().to_owned(), parse(file, source))).collect()
}

fn empty(packs: Table<PackId, super::rulebook::Pack>) -> Rulebook {
    Rulebook {
        packs,
        sources: Table::new(Vec::new()),
        facts: Table::new(Vec::new()),
        amounts: Table::new(Vec::new()),
        lists: Table::new(Vec::new()),
        calendars: Table::new(Vec::new()),
        events: Table::new(Vec::new()),
        decisions: Table::new(Vec::new()),
        routes: Table::new(Vec::new()),
        models: Table::new(Vec::new()),
        documents: Table::new(Vec::new()),
        periods: Table::new(Vec::new()),
        preferences: Table::new(Vec::new()),
        scenarios: Table::new(Vec::new()),
        instruments: std::sync::Arc::new(Vec::new()),
        names: std::collections::BTreeMap::new(),
    }
}
