//! Reads facts: their types, bounds, options and judgements.

use super::super::errors;
use super::super::rulebook::{Fact, FactKind, Judgement};
use super::Reading;
use super::clauses::Clauses;
use crate::quantity::{Money, Percentage};
use crate::source::{Span, Spanned};
use crate::syntax::tree::{Bounds, Clause, Item, Keyword, Kind, Literal, Tail, Word, Words};

impl Reading {
    pub(super) fn fact_item(&mut self, item: &Spanned<Item>) -> Fact {
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
        let is_choosable = clauses
            .entries
            .iter()
            .any(|entry| matches!(entry.line.clause.node, Clause::MayBeChosen));
        Fact {
            name,
            title,
            pack: self.pack,
            span: item.span,
            kind,
            ask: ask.unwrap_or_default(),
            help: clauses.words(Words::Help),
            judgement,
            is_choosable,
            sum: None,
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

    pub(super) fn fact_kind(
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
                let (least, most) = self.bounds(bounds, (0, FactKind::NUMBER_MAX), |literal| {
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
}
