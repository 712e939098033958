//! Reads the lists of an instrument's provisions, and finds which items cite each.

mod steps;

use std::sync::Arc;

use super::super::citation::{Citation, Cited, address};
use super::super::errors;
use super::super::rulebook::{Citing, Instrument, Listed, Mark, Thing};
use super::super::table::SourceId;
use super::citing::{CitedIn, cited_in};
use super::clauses::{Clauses, period, unknown_unit};
use super::{Held, Reading};
use crate::source::{Span, Spanned};
use crate::syntax::tree::{Clause, Item, Keyword, Line, Provision, Words};
use steps::{Found, Places, place};

pub(in super::super) use steps::Missing;

/// An instrument with the places of its provisions.
struct Listing {
    instrument: Instrument,
    /// What makes it one instrument under several names.
    identity: String,
    places: Places,
    /// Whether every row could be read: only then is what it lacks not there.
    is_whole: bool,
}

/// A line that lists a provision, with those below it that mark it.
struct Row<'t> {
    line: &'t Line,
    provision: &'t Spanned<Provision>,
    heading: &'t str,
    marks: Vec<(Mark, Span)>,
}

impl Reading {
    /// Reads every list, then looks in all items for what is listed.
    pub(super) fn instruments(&mut self, held: &[Held<'_>]) {
        let mut listings: Vec<Listing> = Vec::new();
        for held in held.iter().filter(|held| keyword(held.item) == Keyword::Provisions) {
            self.pack = held.pack;
            self.provisions_item(held.item, &mut listings);
        }
        if listings.is_empty() {
            return;
        }
        for held in held {
            for cited in cited_in(&held.item.node) {
                self.find(held.item, &cited, &mut listings);
            }
        }
        let instruments: Vec<Instrument> =
            listings.into_iter().map(|listing| listing.instrument).collect();
        for listed in instruments.iter().flat_map(|instrument| &instrument.provisions) {
            if let Some(citing) = listed.cited_by.first().filter(|_| listed.is_cited_though_out()) {
                let written = &listed.provision.provision;
                self.diagnostics.push(errors::cited_though_out(written, listed.span, citing.span));
            }
        }
        self.book.instruments = Arc::new(instruments);
    }

    fn provisions_item(&mut self, item: &Spanned<Item>, listings: &mut Vec<Listing>) {
        let clauses = self.clauses(item);
        let rows = self.rows(&clauses);
        if rows.is_empty() {
            let diagnostic = errors::missing_clause(Keyword::Provisions, "a provision", item.span);
            self.diagnostics.push(diagnostic);
        }
        let Some(source) = item.node.header.name.as_ref().and_then(|name| self.source(name)) else {
            return;
        };
        let identity = self.identity(source);
        let known = listings.iter().position(|listing| listing.identity == identity);
        let mut listing = match known {
            Some(known) => listings.remove(known),
            None => {
                let (pack, span, provisions) = (self.pack, item.span, Vec::new());
                let instrument = Instrument { pack, source, span, provisions };
                Listing { instrument, identity, places: Places::default(), is_whole: true }
            }
        };
        for row in rows {
            self.row(source, row, &mut listing);
        }
        listings.insert(known.unwrap_or(listings.len()), listing);
    }

    /// Each provision listed with the marks below it; a mark above them all speaks of nothing.
    fn rows<'t>(&mut self, clauses: &Clauses<'t>) -> Vec<Row<'t>> {
        let mut rows: Vec<Row<'t>> = Vec::new();
        for entry in &clauses.entries {
            let (line, span) = (entry.line, entry.line.clause.span);
            let mark = match &line.clause.node {
                Clause::Listed(provision, heading) => {
                    let (heading, marks) = (heading.node.as_str(), Vec::new());
                    rows.push(Row { line, provision, heading, marks });
                    continue;
                }
                Clause::Words(Words::Out, words) => Mark::Out(words.node.clone()),
                Clause::Words(Words::Judgement, words) => Mark::Judgement(words.node.clone()),
                Clause::Words(..)
                | Clause::Version(_)
                | Clause::InForce
                | Clause::Names(..)
                | Clause::Condition(..)
                | Clause::Case(..)
                | Clause::Due(..)
                | Clause::Between(..)
                | Clause::Length(..)
                | Clause::LeftToLayers
                | Clause::MayBeChosen
                | Clause::Mandatory
                | Clause::Option(..)
                | Clause::Row(..)
                | Clause::AsAt(_)
                | Clause::Given
                | Clause::Assign(..)
                | Clause::Expect(_)
                | Clause::Citations => continue,
            };
            match rows.last_mut() {
                Some(row) => row.marks.push((mark, span)),
                None => self.diagnostics.push(errors::mark_on_nothing(&mark, span)),
            }
        }
        rows
    }

    /// Adds a row to its list, unless it is no whole provision or is there already.
    fn row(&mut self, source: SourceId, row: Row<'_>, listing: &mut Listing) {
        let (written, span) = (row.provision.node.as_seen(), row.provision.span);
        let citations = self.citations(&row.line.citations);
        if let Some(unit) = unknown_unit(&row.provision.node) {
            self.diagnostics.push(errors::bad_citation(span, unit));
            listing.is_whole = false;
            return;
        }
        let Some(place) = place(&row.provision.node) else {
            self.diagnostics.push(errors::not_one_provision(&written, span));
            listing.is_whole = false;
            return;
        };
        let Some((title, address_of_source)) = self.source_of(source) else { return };
        if let Some(twin) = listing.places.put(place, listing.instrument.provisions.len()) {
            let first = listing.instrument.provisions.get(twin).map_or(span, |twin| twin.span);
            self.diagnostics.push(errors::repeated_clause(&format!("`{written}`"), span, first));
            return;
        }
        let mut marks = row.marks.into_iter();
        let (mark, second) = (marks.next(), marks.next());
        if let (Some((_, first)), Some((_, second))) = (&mark, &second) {
            let what = "`out` or `judgement`";
            self.diagnostics.push(errors::repeated_clause(what, *second, *first));
        }
        let provision = Citation::new(Cited {
            source,
            label: format!("{title}, {written}"),
            provision: written,
            url: address(&address_of_source, Some(&row.provision.node)),
        });
        listing.instrument.provisions.push(Listed {
            provision,
            heading: row.heading.to_owned(),
            mark: mark.map(|(mark, _)| mark),
            in_force: period(row.line),
            citations,
            cited_by: Vec::new(),
            span,
        });
    }

    /// Notes at each provision listed that an item cites it. A scenario applies no law, and a list
    /// none either, but a wrong number is told of both.
    fn find(&mut self, item: &Spanned<Item>, cited: &CitedIn<'_>, listings: &mut [Listing]) {
        let Some(Thing::Source(source)) =
            self.names.declared.get(cited.source).map(|declared| declared.thing)
        else {
            return;
        };
        let identity = self.identity(source);
        let Some(listing) = listings.iter_mut().find(|listing| listing.identity == identity) else {
            return;
        };
        let rows = match listing.places.found(cited.provision) {
            Found::Rows(rows) => rows,
            Found::Missing(_) if !listing.is_whole => return,
            Found::Missing(missing) => {
                let list = listing.instrument.span;
                let diagnostic =
                    errors::no_such_provision(cited.source, &missing, cited.span, list);
                self.diagnostics.push(diagnostic);
                return;
            }
        };
        if matches!(keyword(item), Keyword::Scenario | Keyword::Provisions) {
            return;
        }
        for row in rows {
            if let Some(listed) = listing.instrument.provisions.get_mut(row) {
                note(listed, item, cited);
            }
        }
    }

    /// What makes two sources one instrument: its place on legislation.gov.uk. Pages may hold
    /// several texts, so those are told apart by their names.
    fn identity(&self, source: SourceId) -> String {
        let law = &self.book.sources[source];
        let is_page = law.address.starts_with("http");
        if is_page { law.name.clone() } else { law.address.clone() }
    }
}

/// Notes that an item cites a provision: once, however often it does. Items come one after the other.
fn note(listed: &mut Listed, item: &Spanned<Item>, cited: &CitedIn<'_>) {
    if let Some(citing) = listed.cited_by.last_mut().filter(|citing| citing.item == item.span) {
        citing.is_judgement |= cited.is_judgement;
        return;
    }
    listed.cited_by.push(Citing {
        keyword: keyword(item),
        name: item.node.header.name.as_ref().map(|name| name.node.clone()),
        item: item.span,
        span: cited.span,
        is_judgement: cited.is_judgement,
    });
}

fn keyword(item: &Spanned<Item>) -> Keyword {
    item.node.header.keyword
}
