//! Reads each item in turn, and first of all the packs themselves and their sources.

use super::super::errors;
use super::super::rulebook::{Amount, Decision, Fact, List, Model, Route, SourceOfLaw};
use super::super::table::{SourceId, Table};
use super::clauses::Clauses;
use super::{Held, Reading};
use crate::quantity::InForce;
use crate::source::Spanned;
use crate::syntax::tree::{Clause, Conditional, Item, Keyword, Names, Tail};

/// Rows as they are read, one list a kind of item.
#[derive(Default)]
struct Rows {
    facts: Vec<Fact>,
    amounts: Vec<Amount>,
    lists: Vec<List>,
    calendars: Vec<super::super::Calendar>,
    events: Vec<super::super::Event>,
    decisions: Vec<Decision>,
    routes: Vec<Route>,
    models: Vec<Model>,
    documents: Vec<super::super::Document>,
    periods: Vec<super::super::Period>,
    preferences: Vec<super::super::Preference>,
}

impl Reading {
    /// Reads every item; the rows come out in the order in which their names were declared.
    pub(super) fn items(&mut self, held: &[Held<'_>]) {
        self.sources(held);
        // A pack's calendar is what its periods count by, wherever they stand.
        for held in held.iter().filter(|held| held.item.node.header.keyword == Keyword::Pack) {
            self.pack = held.pack;
            self.pack_item(held.item);
        }
        let mut rows = Rows::default();
        for held in held {
            let item = held.item;
            self.pack = held.pack;
            if item.node.header.name.as_ref().is_some_and(|name| self.names.is_refused(name)) {
                continue;
            }
            match item.node.header.keyword {
                Keyword::Fact => rows.facts.push(self.fact_item(item)),
                Keyword::Amount => rows.amounts.push(self.amount_item(item)),
                Keyword::List => rows.lists.push(self.list_item(item)),
                Keyword::Calendar => rows.calendars.push(self.calendar_item(item)),
                Keyword::Event => rows.events.push(self.event_item(item)),
                Keyword::Decision => rows.decisions.push(self.decision_item(item)),
                Keyword::Route => rows.routes.push(self.route_item(item)),
                Keyword::Model => rows.models.push(self.model_item(item)),
                Keyword::Document => {
                    self.considers_route = true;
                    rows.documents.push(self.document_item(item));
                    self.considers_route = false;
                }
                Keyword::Period => {
                    self.considers_route = true;
                    rows.periods.extend(self.period_item(item));
                    self.considers_route = false;
                }
                Keyword::Prefer => rows.preferences.extend(self.preference_item(item)),
                // Packs have been read; scenarios need the facts' types, layers the items they narrow,
                // lists of provisions all that cites them: read afterwards.
                Keyword::Pack
                | Keyword::Source
                | Keyword::Scenario
                | Keyword::NarrowRoute
                | Keyword::FillAmount
                | Keyword::FillList
                | Keyword::Provisions => {}
            }
        }
        self.keep(rows);
        self.sums(held);
        let mut scenarios = Vec::new();
        for held in held.iter().filter(|held| held.item.node.header.keyword == Keyword::Scenario) {
            self.pack = held.pack;
            scenarios.extend(self.scenario_item(held.item));
        }
        self.book.scenarios = Table::new(scenarios);
    }

    fn keep(&mut self, rows: Rows) {
        let book = &mut self.book;
        book.facts = Table::new(rows.facts);
        book.amounts = Table::new(rows.amounts);
        book.lists = Table::new(rows.lists);
        book.calendars = Table::new(rows.calendars);
        book.events = Table::new(rows.events);
        book.decisions = Table::new(rows.decisions);
        book.routes = Table::new(rows.routes);
        book.models = Table::new(rows.models);
        book.documents = Table::new(rows.documents);
        book.periods = Table::new(rows.periods);
        book.preferences = Table::new(rows.preferences);
        let names = self.names.declared.iter();
        book.names = names.map(|(name, declared)| (name.clone(), declared.thing)).collect();
    }

    /// Sources come first: every other item cites them.
    fn sources(&mut self, held: &[Held<'_>]) {
        let mut rows = Vec::new();
        for held in held.iter().filter(|held| held.item.node.header.keyword == Keyword::Source) {
            self.pack = held.pack;
            let header = &held.item.node.header;
            let Some(name) = header.name.as_ref().filter(|name| !self.names.is_refused(name))
            else {
                continue;
            };
            self.clauses(held.item);
            let address = match &header.tail {
                Tail::Legislation(path) => path.node.clone(),
                Tail::Page(page) => page.node.clone(),
                Tail::None | Tail::On(_) | Tail::Kind(..) | Tail::Over(..) => {
                    self.diagnostics.push(errors::source_without_address(held.item.span));
                    String::new()
                }
            };
            let title = header.title.as_ref().unwrap_or(name).node.clone();
            rows.push(SourceOfLaw {
                name: name.node.clone(),
                title,
                pack: held.pack,
                span: held.item.span,
                address,
            });
        }
        self.book.sources = Table::new(rows);
    }

    /// The title and address of a source.
    pub(super) fn source_of(&self, source: SourceId) -> Option<(String, String)> {
        let law = self.book.sources.iter().find(|(id, _)| *id == source)?.1;
        Some((law.title.clone(), law.address.clone()))
    }

    fn pack_item(&mut self, item: &Spanned<Item>) {
        let clauses = self.clauses(item);
        let gate = self.tests(&clauses, &[Conditional::AppliesWhen]).into_iter().next();
        if let Some(gate) = gate.as_ref().filter(|gate| gate.in_force != InForce::ALWAYS) {
            self.diagnostics.push(errors::dated_gate(gate.span));
        }
        let calendar = clauses.names(Names::Calendar).first().and_then(|name| self.calendar(name));
        let extent = self.extent(&clauses);
        let version = clauses.entries.iter().find_map(|entry| {
            let Clause::Version(version) = &entry.line.clause.node else { return None };
            Some(version.node.clone())
        });
        let has_period =
            clauses.entries.iter().any(|entry| matches!(entry.line.clause.node, Clause::InForce));
        for (is_there, clause) in [
            (version.is_some(), "version"),
            (has_period, "in force"),
            (!extent.is_empty(), "extent"),
        ] {
            if !is_there {
                self.diagnostics.push(errors::missing_clause(Keyword::Pack, clause, item.span));
            }
        }
        self.needs_citation(Keyword::Pack, &clauses);
        let Some(pack) = self.book.packs.get_mut(self.pack) else { return };
        pack.version = version.unwrap_or_default();
        pack.extent = extent;
        pack.in_force = clauses.in_force;
        pack.gate = gate;
        pack.calendar = calendar;
        pack.citations = clauses.citations;
    }

    fn extent(&mut self, clauses: &Clauses<'_>) -> Vec<String> {
        const NATIONS: [&str; 4] = ["england", "wales", "scotland", "northern_ireland"];
        let mut extent = Vec::new();
        for nation in clauses.names(Names::Extent) {
            if NATIONS.contains(&nation.node.as_str()) {
                extent.push(nation.node);
            } else {
                self.diagnostics.push(errors::unknown_name("nation", &nation, &NATIONS));
            }
        }
        extent
    }

    /// The name and title of an item; what has no title is called by its name and reported.
    pub(super) fn titled(&mut self, item: &Spanned<Item>) -> (String, String) {
        let header = &item.node.header;
        let name = header.name.as_ref().map_or_else(String::new, |name| name.node.clone());
        let title = header.title.as_ref().map(|title| title.node.clone());
        if title.is_none() {
            self.diagnostics.push(errors::missing_clause(
                header.keyword,
                "a title in quotes",
                item.span,
            ));
        }
        (name.clone(), title.unwrap_or(name))
    }

    /// Reports an item that no citation supports, unless it has one whose source is lost.
    pub(super) fn needs_citation(&mut self, keyword: Keyword, clauses: &Clauses<'_>) {
        if clauses.citations.is_empty() && !self.cites_the_lost(clauses) {
            self.diagnostics.push(errors::no_citation(keyword.spelling(), clauses.span));
        }
    }
}
