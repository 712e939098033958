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
    let unread = Unread::of(&files, sources, &reading.diagnostics);
    reading.diagnostics.retain(|told| !unread.explains(told));
    (reading.book, reading.diagnostics)
}

/// What could not be read, which is told already, and what may be amiss only because of it.
struct Unread<'f> {
    files: &'f [Parsed],
    sources: &'f Sources,
    spans: Vec<Span>,
    /// The names of items, options and outcomes that are not there, because their first line could
    /// not be read.
    lost: BTreeSet<&'f str>,
    /// The items that use one of them, by their file and place in it.
    without: BTreeSet<(FileId, usize)>,
}

impl<'f> Unread<'f> {
    fn of(files: &'f [Parsed], sources: &'f Sources, told: &[Diagnostic]) -> Self {
        let spans = files.iter().flat_map(|file| file.tree.unread.iter().copied()).collect();
        let lost = files.iter().flat_map(|file| file.tree.lost.iter().map(String::as_str));
        let (lost, without) = (lost.collect(), BTreeSet::new());
        let mut unread = Self { files, sources, spans, lost, without };
        let places = told.iter().filter(|told| unread.is_of_lost(told)).filter_map(place);
        unread.without = places.filter_map(|place| unread.item_at(place)).collect();
        unread
    }

    /// Whether what is told is that something lost isn't there.
    fn is_of_lost(&self, told: &Diagnostic) -> bool {
        let text = |place: Span| {
            let source = self.sources.get(place.file)?;
            source.text().get(place.range())
        };
        let is_unknown = matches!(told.code, Code::UnknownName | Code::UnknownOption);
        let name = place(told).filter(|_| is_unknown).and_then(text);
        name.is_some_and(|name| self.lost.contains(name))
    }

    /// The item that a place is in.
    fn item_at(&self, place: Span) -> Option<(FileId, usize)> {
        let file = self.files.iter().find(|file| file.file == place.file)?;
        let starts = file.tree.items.iter().map(|item| item.span.start);
        let n_before = starts.filter(|start| *start <= place.start).count();
        Some((place.file, n_before.checked_sub(1)?))
    }

    /// Whether something is amiss perhaps only because of what could not be read: an item lacks what
    /// that holds, nothing else uses what it names, or what is used would stand there.
    fn explains(&self, told: &Diagnostic) -> bool {
        let is_lack = matches!(
            told.code,
            Code::MissingClause
                | Code::DaysUncovered
                | Code::ClassMissing
                | Code::DocumentNeverRequired
        );
        let has_unread =
            || place(told).is_some_and(|place| self.spans.iter().any(|unread| unread.holds(place)));
        // Only what the whole item cites can have stood on a line of its own.
        let may_be_cited = || {
            let starts = |place: Span| {
                let is_it = |span: &Span| span.file == place.file && span.start == place.start;
                self.spans.iter().any(is_it)
            };
            place(told).is_some_and(starts)
        };
        let uses_lost = || {
            let item = place(told).and_then(|place| self.item_at(place));
            item.is_some_and(|item| self.without.contains(&item))
        };
        let is = |codes: &[Code]| codes.contains(&told.code);
        is(&[Code::UnusedFact, Code::UnusedAmount]) && !self.spans.is_empty()
            || is(&[Code::NoPack]) && self.files.iter().any(|file| file.tree.is_pack_lost)
            || is(&[Code::NoCitation]) && may_be_cited()
            || self.is_of_lost(told)
            || is(&[Code::WrongType, Code::PeriodsOverlap]) && uses_lost()
            || is_lack && (has_unread() || uses_lost())
    }
}

/// The main place of what is told.
fn place(told: &Diagnostic) -> Option<Span> {
    told.labels.first().map(|label| label.span)
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
