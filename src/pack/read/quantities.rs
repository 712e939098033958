//! Quantities: what each measures, and that only like is added to like.

use super::super::condition::{Figure, Quantity, Sign, Term, Value};
use super::super::errors;
use super::super::rulebook::Thing;
use super::Reading;
use crate::quantity::Percentage;
use crate::source::{Span, Spanned};
use crate::syntax::tree::{self, Kind, Literal, VatBasis, Word};

/// What a quantity measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::pack) enum Measure {
    Number,
    Percentage,
    /// Money; `None` inside for a literal, which takes the basis of what it meets.
    Money(Basis),
    Date,
    Duration,
    /// The time between two dates, which meets a duration.
    Gap,
}

/// What VAT has to do with a figure of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::pack) enum Basis {
    /// Whatever it meets: a literal.
    Any,
    /// VAT plays no part.
    None,
    /// It includes or excludes VAT.
    Vat(VatBasis),
}

impl Measure {
    /// How a person would call it.
    pub(in crate::pack) const fn called(self) -> &'static str {
        match self {
            Self::Number => "a whole number",
            Self::Percentage => "a percentage",
            Self::Money(Basis::Any | Basis::None) => "money",
            Self::Money(Basis::Vat(VatBasis::Including)) => "money including VAT",
            Self::Money(Basis::Vat(VatBasis::Excluding)) => "money excluding VAT",
            Self::Date => "a date",
            Self::Duration => "a duration",
            Self::Gap => "the time between two dates",
        }
    }

    /// Money of a basis, as a fact has it.
    pub(in crate::pack) const fn of_money(basis: Option<VatBasis>) -> Self {
        match basis {
            None => Self::Money(Basis::None),
            Some(basis) => Self::Money(Basis::Vat(basis)),
        }
    }

    pub(super) fn of(kind: &Kind) -> Option<Self> {
        Some(match kind {
            Kind::Number(_) => Self::Number,
            Kind::Percentage(_) => Self::Percentage,
            Kind::Money(None, _) => Self::Money(Basis::None),
            Kind::Money(Some(basis), _) => Self::Money(Basis::Vat(*basis)),
            Kind::Date => Self::Date,
            Kind::Duration => Self::Duration,
            Kind::YesNo
            | Kind::OneOf
            | Kind::SomeOf
            | Kind::Text
            | Kind::Cpv
            | Kind::CpvList
            | Kind::DateList => return None,
        })
    }

    /// The measure of two that meet, if they may.
    pub(super) fn joined(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Money(Basis::Any), Self::Money(basis))
            | (Self::Money(basis), Self::Money(Basis::Any)) => Some(Self::Money(basis)),
            (a, b) if a == b => Some(a),
            _ => None,
        }
    }
}

/// A quantity with its measure and place.
pub(super) struct Measured {
    pub(super) quantity: Quantity,
    pub(super) measure: Measure,
    pub(super) span: Span,
    /// The two dates of a gap.
    pub(super) gap: Option<Box<(Quantity, Quantity)>>,
}

impl Reading {
    pub(super) fn quantity(&mut self, written: &Spanned<tree::Quantity>) -> Option<Measured> {
        let span = written.span;
        let single = |term, measure| {
            let quantity = Quantity { terms: vec![(Sign::Plus, term)] };
            Some(Measured { quantity, measure, span, gap: None })
        };
        match &written.node {
            tree::Quantity::Name(name) => {
                let (figure, measure) = self.figure(&Spanned::new(name.clone(), span))?;
                single(Term::Figure(figure), measure)
            }
            tree::Quantity::Literal(literal) => {
                let (value, measure) = self.measured_literal(literal, span)?;
                single(Term::Figure(Figure::Literal(value)), measure)
            }
            tree::Quantity::AsAt => single(Term::Figure(Figure::AsAt), Measure::Date),
            tree::Quantity::Sum(first, rest) => self.sum(first, rest, span),
            tree::Quantity::Share(percentage, whole) => self.share(*percentage, whole, span),
            tree::Quantity::Gap(from, to) => {
                let (from, to) = (self.date(from)?, self.date(to)?);
                self.gap(from, to, span)
            }
            tree::Quantity::Since(from) => {
                let from = self.date(from)?;
                let to = Quantity { terms: vec![(Sign::Plus, Term::Figure(Figure::AsAt))] };
                self.gap(from, to, span)
            }
        }
    }

    #[expect(clippy::unnecessary_wraps, reason = "reads in line with the other quantities")]
    fn gap(&mut self, from: Quantity, to: Quantity, span: Span) -> Option<Measured> {
        let quantity = Quantity { terms: Vec::new() };
        Some(Measured { quantity, measure: Measure::Gap, span, gap: Some(Box::new((from, to))) })
    }

    fn date(&mut self, written: &Spanned<tree::Quantity>) -> Option<Quantity> {
        let measured = self.quantity(written)?;
        if measured.measure == Measure::Date {
            return Some(measured.quantity);
        }
        self.diagnostics.push(errors::wrong_measure(
            Measure::Date,
            measured.measure,
            measured.span,
        ));
        None
    }

    fn figure(&mut self, name: &Word) -> Option<(Figure, Measure)> {
        let thing = self.thing("fact or amount", name)?;
        let kind = self.names.declared.get(&name.node).and_then(|declared| declared.kind.clone());
        let figure = match thing {
            Thing::Fact(fact) => Figure::Fact(fact),
            Thing::Amount(amount) => Figure::Amount(amount),
            Thing::Pack(_)
            | Thing::Source(_)
            | Thing::List(_)
            | Thing::Calendar(_)
            | Thing::Event(_)
            | Thing::Decision(_)
            | Thing::Route(_)
            | Thing::Model(_)
            | Thing::Document(_)
            | Thing::Period(_) => return self.wrong_kind("fact or amount", name, thing),
        };
        match kind.as_ref().and_then(Measure::of) {
            Some(measure) => Some((figure, measure)),
            None => {
                let called = kind.as_ref().map_or("no figure", |kind| self.called(kind));
                self.diagnostics.push(errors::no_figure(name, called));
                None
            }
        }
    }

    fn measured_literal(&mut self, literal: &Literal, span: Span) -> Option<(Value, Measure)> {
        Some(match literal {
            Literal::Money(money) => (Value::Money(*money), Measure::Money(Basis::Any)),
            Literal::Date(date) => (Value::Date(*date), Measure::Date),
            Literal::Percentage(percentage) => {
                (Value::Percentage(*percentage), Measure::Percentage)
            }
            Literal::Duration(duration) => {
                if duration.working_days().is_some() {
                    self.diagnostics.push(errors::working_days_need_a_calendar(span));
                    return None;
                }
                (Value::Duration(*duration), Measure::Duration)
            }
            Literal::Number(number) => (Value::Number(*number), Measure::Number),
            Literal::Code(digits) => {
                let number = digits.parse().ok()?;
                (Value::Number(number), Measure::Number)
            }
            Literal::Text(_) => {
                self.diagnostics.push(errors::text_is_no_figure(span));
                return None;
            }
        })
    }

    fn sum(
        &mut self,
        first: &Spanned<tree::Quantity>,
        rest: &[(Sign, Spanned<tree::Quantity>)],
        span: Span,
    ) -> Option<Measured> {
        let mut sum = self.quantity(first)?;
        for (sign, term) in rest {
            let term = self.quantity(term)?;
            let is_date_moved = sum.measure == Measure::Date && term.measure == Measure::Duration;
            let joined = match (is_date_moved, sum.measure, *sign) {
                (true, _, _) => Some(Measure::Date),
                (false, Measure::Date | Measure::Gap | Measure::Duration, _) => None,
                (false, measure, _) => measure.joined(term.measure),
            };
            let Some(measure) = joined else {
                self.diagnostics
                    .push(errors::do_not_add((sum.measure, sum.span), (term.measure, term.span)));
                return None;
            };
            sum.measure = measure;
            let signed =
                term.quantity.terms.into_iter().map(|(own, term)| (times(*sign, own), term));
            sum.quantity.terms.extend(signed);
        }
        sum.span = span;
        Some(sum)
    }

    fn share(
        &mut self,
        percentage: Percentage,
        whole: &Spanned<tree::Quantity>,
        span: Span,
    ) -> Option<Measured> {
        let whole = self.quantity(whole)?;
        if !matches!(whole.measure, Measure::Money(_) | Measure::Number) {
            self.diagnostics.push(errors::no_share_of(whole.measure, whole.span));
            return None;
        }
        let mut figures = Vec::new();
        for (sign, term) in whole.quantity.terms {
            let Term::Figure(figure) = term else {
                self.diagnostics.push(errors::share_of_share(whole.span));
                return None;
            };
            figures.push((sign, figure));
        }
        let quantity = Quantity { terms: vec![(Sign::Plus, Term::Share(percentage, figures))] };
        Some(Measured { quantity, measure: whole.measure, span, gap: None })
    }
}

const fn times(outer: Sign, inner: Sign) -> Sign {
    match (outer, inner) {
        (Sign::Plus, sign) => sign,
        (Sign::Minus, Sign::Plus) => Sign::Minus,
        (Sign::Minus, Sign::Minus) => Sign::Plus,
    }
}
