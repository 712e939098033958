//! Reads amounts and lists: the figures, codes and days that the law fixes.

use super::super::condition::{CodeSet, Value};
use super::super::errors;
use super::super::rulebook::{Amount, AmountRow, Class, CodeRow, FactKind, List, ListRows, Thing};
use super::Reading;
use super::clauses::{Clauses, period};
use crate::quantity::InForce;
use crate::source::{Span, Spanned};
use crate::syntax::tree::{Clause, Item, Keyword, Kind, Literal, Tail, Word};

impl Reading {
    pub(super) fn amount_item(&mut self, item: &Spanned<Item>) -> Amount {
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
        let has_own_figures = !rows.is_empty();
        Amount {
            name,
            title,
            pack: self.pack,
            span: item.span,
            kind,
            class: class.map(|(class, _)| class),
            rows,
            is_left_to_layers,
            has_own_figures,
            filled_by: None,
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
                pack: self.pack,
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

    pub(super) fn list_item(&mut self, item: &Spanned<Item>) -> List {
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
}

fn is_left_to_layers(clauses: &Clauses<'_>) -> bool {
    clauses.entries.iter().any(|entry| matches!(entry.line.clause.node, Clause::LeftToLayers))
}
