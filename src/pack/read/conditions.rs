//! Conditions: names resolved, types checked.

use super::super::condition::{Condition, Figure, Limb, Quantity, Sign, Term, Value};
use super::super::errors;
use super::super::rulebook::Thing;
use super::Reading;
use crate::quantity::{CpvCode, Percentage};
use crate::source::{Span, Spanned};
use crate::syntax::tree::{
    self, Assigned, Check, Comparison, Connective, Kind, Literal, Quantifier, VatBasis, Word,
};

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

    fn of(kind: &Kind) -> Option<Self> {
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
    fn joined(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Money(Basis::Any), Self::Money(basis))
            | (Self::Money(basis), Self::Money(Basis::Any)) => Some(Self::Money(basis)),
            (a, b) if a == b => Some(a),
            _ => None,
        }
    }
}

/// A quantity with its measure and place.
struct Measured {
    quantity: Quantity,
    measure: Measure,
    span: Span,
    /// The two dates of a gap.
    gap: Option<Box<(Quantity, Quantity)>>,
}

impl Reading {
    /// Reads a condition; `None` where something in it could not be understood and was reported.
    pub(super) fn condition(&mut self, condition: &tree::Condition) -> Option<Condition> {
        match condition {
            tree::Condition::Chain(connective, operands) => {
                let mut limbs = Vec::new();
                let mut is_whole = true;
                for operand in operands {
                    match self.condition(&operand.node) {
                        Some(condition) => limbs.push(Limb { condition, citations: Vec::new() }),
                        None => is_whole = false,
                    }
                }
                let joined = match connective {
                    Connective::And => Condition::All(limbs),
                    Connective::Or => Condition::Any(limbs),
                };
                is_whole.then_some(joined)
            }
            tree::Condition::Limbs(quantifier, written) => {
                let mut limbs = Vec::new();
                for limb in written {
                    let citations = self.citations(&limb.citations);
                    let condition = self.condition(&limb.condition.node);
                    limbs.push(condition.map(|condition| Limb { condition, citations }));
                }
                let limbs: Vec<Limb> = limbs.into_iter().collect::<Option<_>>()?;
                Some(match quantifier {
                    Quantifier::AllOf => Condition::All(limbs),
                    Quantifier::AnyOf => Condition::Any(limbs),
                    Quantifier::AtLeast(count) => Condition::AtLeast(*count, limbs),
                })
            }
            tree::Condition::Not(inner) => {
                Some(Condition::Not(Box::new(self.condition(&inner.node)?)))
            }
            tree::Condition::Test(left, check) => self.test(left, check),
            tree::Condition::Unreadable => None,
        }
    }

    fn test(&mut self, left: &Spanned<tree::Quantity>, check: &Check) -> Option<Condition> {
        if let Check::Compare(comparison, right) = check {
            return self.comparison(left, *comparison, right);
        }
        let tree::Quantity::Name(name) = &left.node else {
            self.diagnostics.push(errors::not_a_condition(left.span));
            return None;
        };
        let name = Spanned::new(name.clone(), left.span);
        if matches!(name.node.as_str(), "route" | "model") {
            return self.considered(&name, check);
        }
        let thing = self.thing("fact or decision", &name)?;
        let kind = self.names.declared.get(&name.node).and_then(|declared| declared.kind.clone());
        match (thing, kind) {
            (Thing::Fact(fact), Some(kind)) => self.fact_test(&name, fact, &kind, check),
            (Thing::Decision(decision), _) => {
                let (is_not, outcomes) = self.options(&name, check)?;
                Some(negated(is_not, Condition::Outcome(decision, outcomes)))
            }
            _ => self.wrong_kind("fact or decision", &name, thing),
        }
    }

    fn fact_test(
        &mut self,
        name: &Word,
        fact: super::super::FactId,
        kind: &Kind,
        check: &Check,
    ) -> Option<Condition> {
        match (kind, check) {
            (_, Check::Known) => Some(Condition::Known(fact)),
            (Kind::YesNo, Check::Bare) => Some(Condition::Yes(fact)),
            (Kind::YesNo, Check::Is(is_not, value)) => match value.node {
                Assigned::YesNo(yes) => Some(negated(*is_not == yes, Condition::Yes(fact))),
                Assigned::Word(_) | Assigned::Set(_) | Assigned::Literal(_) => {
                    self.diagnostics.push(errors::not_yes_or_no(name, value.span));
                    None
                }
            },
            (Kind::OneOf, Check::Is(..) | Check::Among(..)) => {
                let (is_not, options) = self.options(name, check)?;
                Some(negated(is_not, Condition::OneOf(fact, options)))
            }
            (Kind::SomeOf, Check::Includes(option)) => {
                Some(Condition::Includes(fact, self.choice(&name.node, option)?))
            }
            (Kind::Cpv, Check::In(is_not, list)) => {
                let list_id = self.list(list)?;
                let kind =
                    self.names.declared.get(&list.node).and_then(|declared| declared.kind.clone());
                if kind != Some(Kind::CpvList) {
                    self.diagnostics.push(errors::not_a_list_of_codes(list));
                    return None;
                }
                Some(negated(*is_not, Condition::InList(fact, list_id)))
            }
            (Kind::Cpv, Check::Is(is_not, value)) => {
                let Assigned::Literal(Literal::Code(code)) = &value.node else {
                    self.diagnostics.push(errors::wrong_check(name, "a CPV code", value.span));
                    return None;
                };
                let code = self.code(&Spanned::new(code.clone(), value.span))?;
                Some(negated(*is_not, Condition::CodeIs(fact, code)))
            }
            (Kind::Text, Check::Is(is_not, value)) => {
                let Assigned::Literal(Literal::Text(text)) = &value.node else {
                    self.diagnostics.push(errors::wrong_check(name, "a text", value.span));
                    return None;
                };
                Some(negated(*is_not, Condition::TextIs(fact, text.clone())))
            }
            (_, Check::Is(is_not, value)) if Measure::of(kind).is_some() => {
                let Assigned::Literal(literal) = &value.node else {
                    self.diagnostics.push(errors::wrong_check(name, self.called(kind), value.span));
                    return None;
                };
                let left = Spanned::new(tree::Quantity::Name(name.node.clone()), name.span);
                let right = Spanned::new(tree::Quantity::Literal(literal.clone()), value.span);
                Some(negated(*is_not, self.comparison(&left, Comparison::Equal, &right)?))
            }
            _ => {
                self.diagnostics.push(errors::wrong_check(name, self.called(kind), name.span));
                None
            }
        }
    }

    /// How a person would call a type.
    fn called(&self, kind: &Kind) -> &'static str {
        match kind {
            Kind::YesNo => "yes or no",
            Kind::OneOf => "one of its options",
            Kind::SomeOf => "some of its options",
            Kind::Text => "a text",
            Kind::Cpv => "a CPV code",
            Kind::CpvList => "a list of codes",
            Kind::DateList => "a list of days",
            Kind::Number(_)
            | Kind::Percentage(_)
            | Kind::Money(..)
            | Kind::Date
            | Kind::Duration => Measure::of(kind).map_or("a figure", Measure::called),
        }
    }

    /// The options or outcomes that a check names.
    fn options(&mut self, name: &Word, check: &Check) -> Option<(bool, Vec<usize>)> {
        let (is_not, words) = match check {
            Check::Is(is_not, value) => match &value.node {
                Assigned::Word(word) => (*is_not, vec![Spanned::new(word.clone(), value.span)]),
                Assigned::YesNo(_) | Assigned::Set(_) | Assigned::Literal(_) => {
                    self.diagnostics.push(errors::wrong_check(
                        name,
                        "one of its options",
                        value.span,
                    ));
                    return None;
                }
            },
            Check::Among(is_not, words) => (*is_not, words.clone()),
            Check::Bare
            | Check::Compare(..)
            | Check::Known
            | Check::In(..)
            | Check::Includes(_) => {
                self.diagnostics.push(errors::wrong_check(name, "one of its options", name.span));
                return None;
            }
        };
        let mut options = Vec::new();
        for word in &words {
            options.push(self.choice(&name.node, word)?);
        }
        options.sort_unstable();
        options.dedup();
        Some((is_not, options))
    }

    /// `route is X` and `model is X`: the route or model considered.
    fn considered(&mut self, name: &Word, check: &Check) -> Option<Condition> {
        if !self.considers_route {
            self.diagnostics.push(errors::nothing_considered(name));
            return None;
        }
        let (is_not, words) = match check {
            Check::Is(is_not, value) => match &value.node {
                Assigned::Word(word) => (*is_not, vec![Spanned::new(word.clone(), value.span)]),
                Assigned::YesNo(_) | Assigned::Set(_) | Assigned::Literal(_) => {
                    (*is_not, Vec::new())
                }
            },
            Check::Among(is_not, words) => (*is_not, words.clone()),
            Check::Bare
            | Check::Compare(..)
            | Check::Known
            | Check::In(..)
            | Check::Includes(_) => (false, Vec::new()),
        };
        if words.is_empty() {
            self.diagnostics.push(errors::wrong_check(name, "a route or model by name", name.span));
            return None;
        }
        let (mut routes, mut models) = (Vec::new(), Vec::new());
        for word in &words {
            if name.node == "route" {
                routes.push(self.route(word)?);
            } else {
                models.push(self.model(word)?);
            }
        }
        let condition = if name.node == "route" {
            Condition::RouteIs(routes)
        } else {
            Condition::ModelIs(models)
        };
        Some(negated(is_not, condition))
    }

    fn comparison(
        &mut self,
        left: &Spanned<tree::Quantity>,
        comparison: Comparison,
        right: &Spanned<tree::Quantity>,
    ) -> Option<Condition> {
        let (left, right) = (self.quantity(left), self.quantity(right));
        let (left, right) = (left?, right?);
        match (left.gap, right.gap) {
            (Some(gap), None) if right.measure == Measure::Duration => {
                Some(Condition::Gap(gap, comparison, right.quantity))
            }
            (None, Some(gap)) if left.measure == Measure::Duration => {
                Some(Condition::Gap(gap, turned(comparison), left.quantity))
            }
            (None, None) if left.measure.joined(right.measure).is_some() => {
                Some(Condition::Compare(comparison, left.quantity, right.quantity))
            }
            _ => {
                let (left, right) = ((left.measure, left.span), (right.measure, right.span));
                self.diagnostics.push(errors::do_not_compare(left, right));
                None
            }
        }
    }

    fn quantity(&mut self, written: &Spanned<tree::Quantity>) -> Option<Measured> {
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

    /// A CPV code, if the vocabulary holds it.
    pub(super) fn code(&mut self, written: &Word) -> Option<CpvCode> {
        match CpvCode::read(&written.node) {
            Ok(code) => Some(code),
            Err(_) => {
                let diagnostic = errors::not_a_cpv_code(written, CpvCode::nearest(&written.node));
                self.diagnostics.push(diagnostic);
                None
            }
        }
    }
}

fn negated(is_not: bool, condition: Condition) -> Condition {
    if is_not { Condition::Not(Box::new(condition)) } else { condition }
}

const fn times(outer: Sign, inner: Sign) -> Sign {
    match (outer, inner) {
        (Sign::Plus, sign) => sign,
        (Sign::Minus, Sign::Plus) => Sign::Minus,
        (Sign::Minus, Sign::Minus) => Sign::Plus,
    }
}

/// The comparison with its sides changed over.
const fn turned(comparison: Comparison) -> Comparison {
    match comparison {
        Comparison::Equal => Comparison::Equal,
        Comparison::Under => Comparison::Over,
        Comparison::AtOrUnder => Comparison::AtOrOver,
        Comparison::Over => Comparison::Under,
        Comparison::AtOrOver => Comparison::AtOrUnder,
    }
}
