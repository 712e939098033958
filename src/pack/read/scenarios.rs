//! Reads scenarios: facts with the answer expected.

use std::collections::BTreeSet;

use super::super::condition::Value;
use super::super::errors;
use super::super::rulebook::{Expectation, FactKind, Scenario};
use super::super::table::{FactId, Id};
use super::Reading;
use crate::source::{Span, Spanned};
use crate::syntax::tree::{self, Assigned, Clause, Item, Keyword, Literal, Names, Word};

impl Reading {
    pub(super) fn scenario_item(&mut self, item: &Spanned<Item>) -> Option<Scenario> {
        let clauses = self.clauses(item);
        let title =
            item.node.header.title.as_ref().map_or_else(String::new, |title| title.node.clone());
        self.needs_citation(Keyword::Scenario, &clauses);
        let (mut as_at, mut given, mut expectations) = (None, Vec::new(), Vec::new());
        for entry in &clauses.entries {
            let span = entry.line.clause.span;
            let clause = &entry.line.clause.node;
            if let Clause::AsAt(date) = clause {
                as_at = Some(date.node);
            } else if let Clause::Assign(name, value) = clause {
                given.extend(self.assignment(name, value));
            } else if let Clause::Expect(expectation) = clause {
                expectations.extend(self.expectation(expectation).map(|expected| (expected, span)));
            }
        }
        for (place, (fact, span)) in given.iter().map(|(fact, _, span)| (fact, span)).enumerate() {
            let first = given.iter().take(place).find(|(other, _, _)| other == fact);
            if let Some((_, _, first)) = first {
                self.diagnostics.push(errors::repeated_clause("a fact's value", *span, *first));
            }
        }
        let is_expect = |clause: &Clause| matches!(clause, Clause::Expect(_));
        if !clauses.entries.iter().any(|entry| is_expect(&entry.line.clause.node)) {
            self.diagnostics.push(errors::missing_clause(Keyword::Scenario, "expect", item.span));
        }
        let Some(as_at) = as_at else {
            self.diagnostics.push(errors::missing_clause(Keyword::Scenario, "as at", item.span));
            return None;
        };
        let commission = clauses.names(Names::Commission).first().map(|name| name.node.clone());
        let mut given = given.into_iter().map(|(fact, value, _)| (fact, value)).collect();
        self.complete(&mut given, item.span);
        let (pack, span, citations) = (self.pack, item.span, clauses.citations);
        Some(Scenario { title, pack, span, as_at, given, expectations, commission, citations })
    }

    /// Gives the totals whose parts are all given.
    fn complete(&mut self, given: &mut Vec<(FactId, Value)>, span: Span) {
        let known = |fact| given.iter().find(|(known, _)| *known == fact).map(|(_, value)| value);
        for (id, total) in self.book.totals(known) {
            match total {
                Ok(value) => given.push((id, value)),
                Err(fault) => {
                    let fact = &self.book.facts[id];
                    let diagnostic = errors::sum_fault(&fact.name, &fact.kind, &fault, span);
                    self.diagnostics.push(diagnostic);
                }
            }
        }
    }

    fn assignment(
        &mut self,
        name: &Word,
        value: &Spanned<Assigned>,
    ) -> Option<(FactId, Value, Span)> {
        let fact = self.fact(name)?;
        if fact.place() >= self.book.facts.len() {
            return None;
        }
        let kind = self.book.facts[fact].kind.clone();
        let read = match (&kind, &value.node) {
            (FactKind::YesNo, Assigned::YesNo(yes)) => Some(Value::YesNo(*yes)),
            (FactKind::OneOf(_), Assigned::Word(word)) => {
                let word = Spanned::new(word.clone(), value.span);
                return Some((fact, Value::Choice(self.choice(&name.node, &word)?), name.span));
            }
            (FactKind::SomeOf(_), Assigned::Set(words)) => {
                let mut places = BTreeSet::new();
                for word in words {
                    places.insert(self.choice(&name.node, word)?);
                }
                Some(Value::Choices(places))
            }
            (FactKind::SomeOf(_), Assigned::Word(word)) => {
                let word = Spanned::new(word.clone(), value.span);
                Some(Value::Choices(BTreeSet::from([self.choice(&name.node, &word)?])))
            }
            (FactKind::Cpv, Assigned::Literal(Literal::Code(digits))) => {
                let code = self.code(&Spanned::new(digits.clone(), value.span))?;
                return Some((fact, Value::Code(code), name.span));
            }
            (kind, Assigned::Literal(literal)) => value_of(kind, literal),
            _ => None,
        };
        if read.is_none() {
            self.diagnostics.push(errors::wrong_value_in_scenario(name, &kind, value.span));
        }
        Some((fact, read?, name.span))
    }

    fn expectation(&mut self, expectation: &tree::Expectation) -> Option<Expectation> {
        Some(match expectation {
            tree::Expectation::Decision(name, outcome) => {
                let decision = self.decision(name)?;
                let outcome = match outcome {
                    Some(outcome) => Some(self.choice(&name.node, outcome)?),
                    None => None,
                };
                Expectation::Decision(decision, outcome)
            }
            tree::Expectation::RouteOpen(name) => Expectation::RouteOpen(self.route(name)?),
            tree::Expectation::RouteBarred(name, cited) => {
                Expectation::RouteBarred(self.route(name)?, self.citations(cited))
            }
            tree::Expectation::RouteUnsettled(name) => {
                Expectation::RouteUnsettled(self.route(name)?)
            }
            tree::Expectation::NoRecommendation => Expectation::NoRecommendation,
            tree::Expectation::Recommendation(route, model) => {
                let model = match model {
                    Some(model) => Some(self.model(model)?),
                    None => None,
                };
                Expectation::Recommendation(self.route(route)?, model)
            }
            tree::Expectation::Model(name, fit) => Expectation::Model(self.model(name)?, *fit),
            tree::Expectation::Document(name, need) => {
                Expectation::Document(self.document(name)?, *need)
            }
            tree::Expectation::DocumentDue(name, date) => {
                Expectation::DocumentDue(self.document(name)?, date.node)
            }
            tree::Expectation::Date(name, date) => Expectation::Date(self.event(name)?, date.node),
            tree::Expectation::Question(name) => Expectation::Question(self.fact(name)?),
            tree::Expectation::Doubt(cited) => Expectation::Doubt(self.citations(cited)),
            tree::Expectation::Coming(date) => Expectation::Coming(date.node),
        })
    }

    fn document(&mut self, name: &Word) -> Option<super::super::DocumentId> {
        let thing = self.thing("document", name)?;
        let super::super::Thing::Document(id) = thing else {
            return self.wrong_kind("document", name, thing);
        };
        Some(id)
    }
}

/// A literal as a value of a fact's type, within its bounds.
fn value_of(kind: &FactKind, literal: &Literal) -> Option<Value> {
    match (kind, literal) {
        (FactKind::Money(_, least, most), Literal::Money(money)) => {
            (least <= money && money <= most).then_some(Value::Money(*money))
        }
        (FactKind::Number(least, most), Literal::Number(number)) => {
            (least <= number && number <= most).then_some(Value::Number(*number))
        }
        (FactKind::Number(..), Literal::Code(digits)) => {
            value_of(kind, &Literal::Number(digits.parse().ok()?))
        }
        (FactKind::Percentage(least, most), Literal::Percentage(share)) => {
            (least <= share && share <= most).then_some(Value::Percentage(*share))
        }
        (FactKind::Date, Literal::Date(date)) => Some(Value::Date(*date)),
        (FactKind::Duration, Literal::Duration(duration)) => {
            duration.working_days().is_none().then_some(Value::Duration(*duration))
        }
        (FactKind::Text, Literal::Text(text)) => Some(Value::Text(text.clone())),
        _ => None,
    }
}
