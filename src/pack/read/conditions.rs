//! Conditions: names resolved, types checked.

use super::super::condition::{Condition, Limb};
use super::super::errors;
use super::super::rulebook::Thing;
use super::{Measure, Reading};
use crate::quantity::CpvCode;
use crate::source::Spanned;
use crate::syntax::tree::{
    self, Assigned, Check, Comparison, Connective, Kind, Literal, Quantifier, Word,
};

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
    pub(super) fn called(&self, kind: &Kind) -> &'static str {
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
                Some(Condition::Gap(gap, comparison.turned(), left.quantity))
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
