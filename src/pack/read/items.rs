//! Reads each item in turn: packs, sources, facts, amounts, lists, decisions, routes, models.

use super::super::condition::{CodeSet, Value};
use super::super::errors;
use super::super::rulebook::{
    Amount, AmountRow, Case, Class, CodeRow, Decision, Fact, FactKind, Judgement, List, ListRows,
    Model, Route, SourceOfLaw, Thing,
};
use super::super::table::{SourceId, Table};
use super::clauses::{Clauses, Entry, period};
use super::{Held, Reading};
use crate::quantity::{InForce, Money, Percentage};
use crate::source::{Span, Spanned};
use crate::syntax::tree::{
    Applies, Bounds, Clause, Conditional, Item, Keyword, Kind, Literal, Names, Tail, Word, Words,
};

/// The largest whole number a fact may have where its author sets no other bound.
const NUMBER_MAX: u64 = 1_000_000_000_000;

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
        let mut rows = Rows::default();
        for held in held {
            let item = held.item;
            self.pack = held.pack;
            if item.node.header.name.as_ref().is_some_and(|name| self.names.is_refused(name)) {
                continue;
            }
            match item.node.header.keyword {
                Keyword::Pack => self.pack_item(item),
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
                // Scenarios need the facts' types, layers the items they narrow: read afterwards.
                Keyword::Source
                | Keyword::Scenario
                | Keyword::NarrowRoute
                | Keyword::FillAmount
                | Keyword::FillList => {}
            }
        }
        self.keep(rows);
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

    /// Reports an item that no citation supports.
    pub(super) fn needs_citation(&mut self, keyword: Keyword, clauses: &Clauses<'_>) {
        if clauses.citations.is_empty() {
            self.diagnostics.push(errors::no_citation(keyword.spelling(), clauses.span));
        }
    }

    fn fact_item(&mut self, item: &Spanned<Item>) -> Fact {
        let clauses = self.clauses(item);
        let (name, title) = self.titled(item);
        let choices = self
            .names
            .declared
            .get(&name)
            .map(|declared| declared.choices.clone())
            .unwrap_or_default();
        let kind = match &item.node.header.tail {
            Tail::Kind(kind, _) => self.fact_kind(&kind.node, choices, kind.span),
            Tail::None | Tail::On(_) | Tail::Legislation(_) | Tail::Page(_) | Tail::Over(..) => {
                FactKind::Text
            }
        };
        self.options_are_distinct(&clauses);
        let ask = clauses.words(Words::Ask);
        if ask.is_none() {
            self.diagnostics.push(errors::missing_clause(Keyword::Fact, "ask", item.span));
        }
        let judgement = clauses.entries.iter().find_map(|entry| {
            let Clause::Words(Words::Judgement, words) = &entry.line.clause.node else {
                return None;
            };
            Some((entry.line, words.node.clone()))
        });
        let judgement = judgement.map(|(line, words)| {
            let own = self.citations(&line.citations);
            let citations = if own.is_empty() { clauses.citations.clone() } else { own };
            Judgement { words, citations }
        });
        let mut citations = clauses.citations.clone();
        if citations.is_empty() {
            citations.extend(
                judgement.iter().flat_map(|judgement: &Judgement| judgement.citations.clone()),
            );
        }
        if citations.is_empty() {
            self.needs_citation(Keyword::Fact, &clauses);
        }
        Fact {
            name,
            title,
            pack: self.pack,
            span: item.span,
            kind,
            ask: ask.unwrap_or_default(),
            help: clauses.words(Words::Help),
            judgement,
            evidence: clauses
                .all_words(Words::Evidence)
                .into_iter()
                .map(|words| words.words)
                .collect(),
            citations,
        }
    }

    fn options_are_distinct(&mut self, clauses: &Clauses<'_>) {
        let options = clauses.entries.iter().filter_map(|entry| {
            let Clause::Option(name, _) = &entry.line.clause.node else { return None };
            Some(name)
        });
        let options: Vec<&Word> = options.collect();
        for (place, option) in options.iter().enumerate() {
            if let Some(twin) = options.iter().take(place).find(|twin| twin.node == option.node) {
                self.diagnostics.push(errors::duplicate_name(option, twin.span, false));
            }
        }
    }

    fn fact_kind(
        &mut self,
        kind: &Kind,
        choices: Vec<super::super::Choice>,
        span: Span,
    ) -> FactKind {
        if matches!(kind, Kind::OneOf | Kind::SomeOf) && choices.is_empty() {
            self.diagnostics.push(errors::missing_clause(
                Keyword::Fact,
                "options, each a name and its title",
                span,
            ));
        }
        match kind {
            Kind::YesNo => FactKind::YesNo,
            Kind::OneOf => FactKind::OneOf(choices),
            Kind::SomeOf => FactKind::SomeOf(choices),
            Kind::Number(bounds) => {
                let (least, most) = self.bounds(bounds, (0, NUMBER_MAX), |literal| {
                    // Eight digits look like a code before their type is known.
                    if let Literal::Code(digits) = literal {
                        return digits.parse().ok();
                    }
                    let Literal::Number(number) = literal else { return None };
                    Some(*number)
                });
                FactKind::Number(least, most)
            }
            Kind::Percentage(bounds) => {
                let usual =
                    (Percentage::from_millionths(0), Percentage::from_millionths(1_000_000));
                let (least, most) = self.bounds(bounds, usual, |literal| {
                    let Literal::Percentage(percentage) = literal else { return None };
                    Some(*percentage)
                });
                FactKind::Percentage(least, most)
            }
            Kind::Money(basis, bounds) => {
                let usual = (Money::from_pence(0), Money::MAX);
                let (least, most) = self.bounds(bounds, usual, |literal| {
                    let Literal::Money(money) = literal else { return None };
                    Some(*money)
                });
                FactKind::Money(*basis, least, most)
            }
            Kind::Date => FactKind::Date,
            Kind::Duration => FactKind::Duration,
            Kind::Cpv => FactKind::Cpv,
            Kind::Text | Kind::CpvList | Kind::DateList => FactKind::Text,
        }
    }

    fn bounds<T: Copy + PartialOrd>(
        &mut self,
        bounds: &Bounds,
        usual: (T, T),
        read: impl Fn(&Literal) -> Option<T>,
    ) -> (T, T) {
        let Some(ends) = bounds else { return usual };
        match (read(&ends.0.node), read(&ends.1.node)) {
            (Some(least), Some(most)) if least <= most => (least, most),
            _ => {
                self.diagnostics.push(errors::bad_bounds(ends.0.span.to(ends.1.span)));
                usual
            }
        }
    }

    fn amount_item(&mut self, item: &Spanned<Item>) -> Amount {
        let clauses = self.clauses(item);
        let (name, title) = self.titled(item);
        let (kind, class) = match &item.node.header.tail {
            Tail::Kind(kind, class) => {
                if matches!(
                    kind.node,
                    Kind::YesNo | Kind::OneOf | Kind::SomeOf | Kind::Text | Kind::Cpv
                ) {
                    self.diagnostics.push(errors::no_amount_of_this(kind.span));
                }
                (
                    self.fact_kind(
                        &kind.node,
                        vec![super::super::Choice { name: String::new(), title: String::new() }],
                        kind.span,
                    ),
                    class.as_ref(),
                )
            }
            Tail::None | Tail::On(_) | Tail::Legislation(_) | Tail::Page(_) | Tail::Over(..) => {
                (FactKind::Text, None)
            }
        };
        let class = class.and_then(|class| Some((self.class(class)?, class.clone())));
        let rows = self.amount_rows(&clauses, class.as_ref(), &kind);
        let is_left_to_layers = is_left_to_layers(&clauses);
        Amount {
            name,
            title,
            pack: self.pack,
            span: item.span,
            kind,
            class: class.map(|(class, _)| class),
            rows,
            is_left_to_layers,
        }
    }

    fn class(&mut self, name: &Word) -> Option<Class> {
        let thing = self.thing("fact or decision", name)?;
        let kind = self.names.declared.get(&name.node).and_then(|declared| declared.kind.clone());
        match (thing, kind) {
            (Thing::Fact(fact), Some(Kind::OneOf)) => Some(Class::Fact(fact)),
            (Thing::Decision(decision), _) => Some(Class::Decision(decision)),
            _ => self.wrong_kind("`one of` fact or decision", name, thing),
        }
    }

    /// The rows of an amount; a row without a class goes on with the class above it.
    pub(super) fn amount_rows(
        &mut self,
        clauses: &Clauses<'_>,
        class: Option<&(Class, Word)>,
        kind: &FactKind,
    ) -> Vec<AmountRow> {
        let mut rows = Vec::new();
        let mut above: Option<usize> = None;
        for entry in &clauses.entries {
            let Clause::Row(word, figures) = &entry.line.clause.node else { continue };
            let citations = self.cited(entry.line, clauses);
            match (word, class) {
                (Some(word), Some((_, owner))) => above = self.choice(&owner.node, word),
                (Some(word), None) => {
                    self.diagnostics.push(errors::class_without_by(word));
                }
                (None, _) => {}
            }
            if class.is_some() && above.is_none() {
                if word.is_none() {
                    self.diagnostics.push(errors::row_without_class(entry.line.clause.span));
                }
                continue;
            }
            let Some(value) = self.amount_value(figures, kind, entry.line.clause.span) else {
                continue;
            };
            rows.push(AmountRow {
                class: class.and(above),
                value,
                in_force: period(entry.line),
                citations,
                doubts: entry.doubts.clone(),
                span: entry.line.clause.span,
            });
        }
        rows
    }

    /// The figure of a row; `None` inside where the law gives none.
    fn amount_value(
        &mut self,
        figures: &[Spanned<crate::syntax::tree::Entry>],
        kind: &FactKind,
        span: Span,
    ) -> Option<Option<Value>> {
        use crate::syntax::tree::Entry as Written;
        let value = match (figures.first().map(|figure| &figure.node), figures.len(), kind) {
            (Some(Written::None), 1, _) => return Some(None),
            (Some(Written::Literal(Literal::Money(money))), 1, FactKind::Money(..)) => {
                Value::Money(*money)
            }
            (Some(Written::Literal(Literal::Number(number))), 1, FactKind::Number(..)) => {
                Value::Number(*number)
            }
            (Some(Written::Literal(Literal::Code(digits))), 1, FactKind::Number(..)) => {
                Value::Number(digits.parse().ok()?)
            }
            (
                Some(Written::Literal(Literal::Percentage(percentage))),
                1,
                FactKind::Percentage(..),
            ) => Value::Percentage(*percentage),
            (Some(Written::Literal(Literal::Date(date))), 1, FactKind::Date) => Value::Date(*date),
            (Some(Written::Literal(Literal::Duration(duration))), 1, FactKind::Duration) => {
                Value::Duration(*duration)
            }
            _ => {
                self.diagnostics.push(errors::wrong_row(span));
                return None;
            }
        };
        Some(Some(value))
    }

    fn list_item(&mut self, item: &Spanned<Item>) -> List {
        let clauses = self.clauses(item);
        let (name, title) = self.titled(item);
        let is_dates =
            matches!(&item.node.header.tail, Tail::Kind(kind, _) if kind.node == Kind::DateList);
        let rows = if is_dates {
            ListRows::Dates(self.date_rows(&clauses))
        } else {
            ListRows::Codes(self.code_rows(&clauses))
        };
        let is_left_to_layers = is_left_to_layers(&clauses);
        let in_force = clauses.in_force;
        List {
            name,
            title,
            pack: self.pack,
            span: item.span,
            in_force,
            rows,
            is_left_to_layers,
            citations: clauses.citations,
        }
    }

    pub(super) fn code_rows(&mut self, clauses: &Clauses<'_>) -> Vec<CodeRow> {
        let mut rows = Vec::new();
        for entry in &clauses.entries {
            let Clause::Row(_, figures) = &entry.line.clause.node else { continue };
            let citations = self.cited(entry.line, clauses);
            let codes = figures.iter().filter_map(|figure| self.code_set(figure)).collect();
            let line_period = period(entry.line);
            let in_force =
                if line_period == InForce::ALWAYS { clauses.in_force } else { line_period };
            let (doubts, span) = (entry.doubts.clone(), entry.line.clause.span);
            rows.push(CodeRow { codes, in_force, citations, doubts, span });
        }
        rows
    }

    fn code_set(&mut self, figure: &Spanned<crate::syntax::tree::Entry>) -> Option<CodeSet> {
        use crate::syntax::tree::Entry as Written;
        let mut code = |digits: &String| self.code(&Spanned::new(digits.clone(), figure.span));
        match &figure.node {
            Written::Literal(Literal::Code(digits)) => Some(CodeSet::One(code(digits)?)),
            Written::CodeFamily(digits) => Some(CodeSet::Family(code(digits)?)),
            Written::CodeRange(first, last) => {
                let (first, last) = (code(first)?, code(last)?);
                if last < first {
                    self.diagnostics.push(errors::bad_bounds(figure.span));
                }
                Some(CodeSet::Range(first, last))
            }
            Written::Literal(_) | Written::None => {
                self.diagnostics.push(errors::wrong_row(figure.span));
                None
            }
        }
    }

    fn date_rows(&mut self, clauses: &Clauses<'_>) -> Vec<crate::quantity::Date> {
        use crate::syntax::tree::Entry as Written;
        self.needs_citation(Keyword::List, clauses);
        let mut dates = Vec::new();
        for entry in &clauses.entries {
            let Clause::Row(_, figures) = &entry.line.clause.node else { continue };
            for figure in figures {
                if let Written::Literal(Literal::Date(date)) = &figure.node {
                    dates.push(*date);
                } else {
                    self.diagnostics.push(errors::wrong_row(figure.span));
                }
            }
        }
        dates.sort_unstable();
        dates.dedup();
        dates
    }

    fn decision_item(&mut self, item: &Spanned<Item>) -> Decision {
        let clauses = self.clauses(item);
        let (name, title) = self.titled(item);
        let outcomes = self
            .names
            .declared
            .get(&name)
            .map(|declared| declared.choices.clone())
            .unwrap_or_default();
        let mut cases = Vec::new();
        for entry in &clauses.entries {
            cases.extend(self.case(&name, entry, &clauses));
        }
        if cases.is_empty() {
            self.diagnostics.push(errors::missing_clause(Keyword::Decision, "a case", item.span));
        }
        let note = clauses.words(Words::Note);
        Decision {
            name,
            title,
            pack: self.pack,
            span: item.span,
            outcomes,
            cases,
            note,
            citations: clauses.citations,
        }
    }

    fn case(&mut self, decision: &str, entry: &Entry<'_>, clauses: &Clauses<'_>) -> Option<Case> {
        let Clause::Case(outcome, _, applies) = &entry.line.clause.node else { return None };
        let citations = self.cited(entry.line, clauses);
        let outcome = self.choice(decision, outcome)?;
        let condition = match applies {
            Applies::When(condition) => Some(self.condition(condition)?),
            Applies::Otherwise => None,
        };
        Some(Case {
            outcome,
            condition,
            says: entry.says.clone(),
            doubts: entry.doubts.clone(),
            in_force: period(entry.line),
            citations,
            span: entry.line.clause.span,
        })
    }

    fn route_item(&mut self, item: &Spanned<Item>) -> Route {
        let clauses = self.clauses(item);
        let (name, title) = self.titled(item);
        let tests = self.tests(&clauses, &[Conditional::Needs, Conditional::BarredWhen]);
        if !clauses.has_condition() {
            self.diagnostics.push(errors::missing_clause(Keyword::Route, "needs", item.span));
        }
        Route {
            name,
            title,
            pack: self.pack,
            span: item.span,
            note: clauses.words(Words::Note),
            tests,
            in_force: clauses.in_force,
            doubts: clauses.doubts,
            citations: clauses.citations,
        }
    }

    fn model_item(&mut self, item: &Spanned<Item>) -> Model {
        let clauses = self.clauses(item);
        let (name, title) = self.titled(item);
        let tests = self.tests(&clauses, &[Conditional::FitsWhen]);
        let gates = self.tests(&clauses, &[Conditional::Gate]);
        let carriers = clauses.names(Names::CarriedBy);
        let carried_by: Vec<_> = carriers.iter().filter_map(|name| self.route(name)).collect();
        for (is_there, clause) in
            [(clauses.has_condition(), "fits when"), (!carriers.is_empty(), "carried by")]
        {
            if !is_there {
                self.diagnostics.push(errors::missing_clause(Keyword::Model, clause, item.span));
            }
        }
        Model {
            name,
            title,
            pack: self.pack,
            span: item.span,
            note: clauses.words(Words::Note),
            tests,
            carried_by,
            gates,
            in_force: clauses.in_force,
            doubts: clauses.doubts,
            citations: clauses.citations,
        }
    }
}

fn is_left_to_layers(clauses: &Clauses<'_>) -> bool {
    clauses.entries.iter().any(|entry| matches!(entry.line.clause.node, Clause::LeftToLayers))
}
