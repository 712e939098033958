//! Reads what decides: decisions with their cases, routes and models with their tests.

use std::collections::BTreeMap;

use super::super::errors;
use super::super::rulebook::{Case, Decision, ExcludedRoute, Mandatory, Model, Route};
use super::Reading;
use super::clauses::{Clauses, Entry, period};
use crate::source::Spanned;
use crate::syntax::tree::{Applies, Clause, Conditional, Item, Keyword, Names, Word, Words};

impl Reading {
    pub(super) fn decision_item(&mut self, item: &Spanned<Item>) -> Decision {
        let clauses = self.clauses(item);
        let (name, title) = self.titled(item);
        let outcomes = self
            .names
            .declared
            .get(&name)
            .map(|declared| declared.choices.clone())
            .unwrap_or_default();
        self.refuse_second_titles(&item.node);
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

    /// An outcome may be given its title again, and no other.
    fn refuse_second_titles(&mut self, item: &Item) {
        let mut titles: BTreeMap<&str, &Word> = BTreeMap::new();
        for line in &item.lines {
            let Clause::Case(outcome, Some(title), _) = &line.clause.node else { continue };
            let first = titles.entry(&outcome.node).or_insert(title);
            if first.node != title.node {
                let what = format!("a title for `{outcome}`");
                self.diagnostics.push(errors::repeated_clause(&what, title.span, first.span));
            }
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

    pub(super) fn route_item(&mut self, item: &Spanned<Item>) -> Route {
        let clauses = self.clauses(item);
        let (name, title) = self.titled(item);
        let tests = self.tests(&clauses, &[Conditional::Needs, Conditional::BarredWhen]);
        if !clauses.has_condition() {
            self.diagnostics.push(errors::missing_clause(Keyword::Route, "needs", item.span));
        }
        let own = item.node.header.name.as_ref();
        Route {
            name,
            title,
            pack: self.pack,
            span: item.span,
            note: clauses.words(Words::Note),
            tests,
            excludes: self.excluded_routes(&clauses, own),
            mandatory: self.mandatory(&clauses),
            in_force: clauses.in_force,
            doubts: clauses.doubts,
            citations: clauses.citations,
        }
    }

    /// The routes that are never open together with this one, which can't be this one itself.
    fn excluded_routes(&mut self, clauses: &Clauses<'_>, own: Option<&Word>) -> Vec<ExcludedRoute> {
        let mut excluded: Vec<ExcludedRoute> = Vec::new();
        for entry in &clauses.entries {
            let Clause::Names(Names::Excludes, names) = &entry.line.clause.node else { continue };
            let citations = self.cited(entry.line, clauses);
            for name in names {
                if own.is_some_and(|own| own.node == name.node) {
                    self.diagnostics.push(errors::excludes_itself(name));
                    continue;
                }
                let Some(route) = self.route(name) else { continue };
                if let Some(first) = excluded.iter().find(|excluded| excluded.route == route) {
                    let (what, first) = (format!("`excludes {name}`"), first.span);
                    self.diagnostics.push(errors::repeated_clause(&what, name.span, first));
                    continue;
                }
                let (citations, span) = (citations.clone(), name.span);
                excluded.push(ExcludedRoute { route, citations, span });
            }
        }
        excluded
    }

    fn mandatory(&mut self, clauses: &Clauses<'_>) -> Option<Mandatory> {
        let is_it = |entry: &&Entry<'_>| matches!(entry.line.clause.node, Clause::Mandatory);
        let line = clauses.entries.iter().find(is_it)?.line;
        Some(Mandatory { citations: self.cited(line, clauses), span: line.clause.span })
    }

    pub(super) fn model_item(&mut self, item: &Spanned<Item>) -> Model {
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
