//! Conditions and quantities.

use pest::iterators::Pair;

use super::super::errors;
use super::super::tree::{
    Assigned, Check, Comparison, Condition, Connective, Limb, Quantifier, Quantity, Sign,
};
use super::{Reader, Rule, child, children, only, remark};
use crate::quantity::Percentage;
use crate::source::Spanned;

impl Reader {
    pub(super) fn chain(&mut self, pair: &Pair<'_, Rule>) -> Spanned<Condition> {
        let span = self.span(pair);
        let operands: Vec<_> =
            children(pair, Rule::operand).iter().map(|operand| self.operand(operand)).collect();
        let mut connectives = Vec::new();
        for connective in children(pair, Rule::connective) {
            let read = self.connective(&connective);
            connectives.push((read, self.span(&connective)));
        }
        let first = connectives.first().copied();
        let other =
            first.and_then(|(kind, _)| connectives.iter().find(|(other, _)| *other != kind));
        if let (Some((kind, span)), Some((_, other))) = (first, other) {
            self.diagnostics.push(errors::mixed_and_or(kind, span, *other));
        }
        match (first, operands.len()) {
            (Some((connective, _)), _) => {
                Spanned::new(Condition::Chain(connective, operands), span)
            }
            (None, _) => {
                operands.into_iter().next().unwrap_or(Spanned::new(Condition::Unreadable, span))
            }
        }
    }

    fn connective(&mut self, pair: &Pair<'_, Rule>) -> Connective {
        let Some(word) = only(pair) else { return Connective::And };
        match word.as_rule() {
            Rule::k_or => Connective::Or,
            Rule::slip_and => {
                self.diagnostics.push(errors::word_slip(&self.word(&word), "and"));
                Connective::And
            }
            Rule::slip_or => {
                self.diagnostics.push(errors::word_slip(&self.word(&word), "or"));
                Connective::Or
            }
            _ => Connective::And,
        }
    }

    fn operand(&mut self, pair: &Pair<'_, Rule>) -> Spanned<Condition> {
        let span = self.span(pair);
        let unreadable = Spanned::new(Condition::Unreadable, span);
        let Some(inner) = only(pair) else { return unreadable };
        match inner.as_rule() {
            Rule::negation => match child(&inner, Rule::operand) {
                Some(operand) => {
                    let operand = self.operand(&operand);
                    Spanned::new(Condition::Not(Box::new(operand)), span)
                }
                None => unreadable,
            },
            Rule::bracket => match child(&inner, Rule::chain) {
                Some(chain) => self.chain(&chain),
                None => unreadable,
            },
            _ => self.test(&inner).map_or(unreadable, |test| Spanned::new(test, span)),
        }
    }

    fn test(&mut self, pair: &Pair<'_, Rule>) -> Option<Condition> {
        let quantity = self.quantity(&child(pair, Rule::quantity)?)?;
        let Some(tail) = child(pair, Rule::tail) else {
            return Some(Condition::Test(quantity, Check::Bare));
        };
        let tail = only(&tail)?;
        let is_not = child(&tail, Rule::k_not).is_some();
        let name = child(&tail, Rule::name).map(|name| self.word(&name));
        let check = match tail.as_rule() {
            Rule::tail_known => Check::Known,
            Rule::tail_is => {
                let is_word =
                    |part: &Pair<'_, Rule>| !matches!(part.as_rule(), Rule::k_is | Rule::k_not);
                let value = tail.clone().into_inner().find(is_word)?;
                Check::Is(is_not, Spanned::new(self.assigned(&value)?, self.span(&value)))
            }
            Rule::tail_in => match child(&tail, Rule::set) {
                Some(set) => Check::Among(is_not, self.words(set)),
                None => Check::In(is_not, name?),
            },
            Rule::tail_includes => Check::Includes(name?),
            _ => {
                let comparison = only(&child(&tail, Rule::comparison)?)?;
                let other = self.quantity(&child(&tail, Rule::quantity)?)?;
                Check::Compare(self.comparison(&comparison, &quantity, &other), other)
            }
        };
        Some(Condition::Test(quantity, check))
    }

    fn comparison(
        &mut self,
        pair: &Pair<'_, Rule>,
        left: &Spanned<Quantity>,
        right: &Spanned<Quantity>,
    ) -> Comparison {
        let span = self.span(pair);
        let comparison = match pair.as_rule() {
            Rule::at_or_over => Comparison::AtOrOver,
            Rule::at_or_under => Comparison::AtOrUnder,
            Rule::over => Comparison::Over,
            Rule::under => Comparison::Under,
            Rule::equal => Comparison::Equal,
            _ => {
                let (meaning, instead) = meant(pair.as_str());
                self.diagnostics.push(errors::comparison_slip(&self.word(pair), instead));
                return meaning;
            }
        };
        if left.span.end == span.start || span.end == right.span.start {
            self.diagnostics.push(errors::crowded_comparison(&self.word(pair)));
        }
        comparison
    }

    pub(super) fn assigned(&mut self, pair: &Pair<'_, Rule>) -> Option<Assigned> {
        Some(match pair.as_rule() {
            Rule::k_yes => Assigned::YesNo(true),
            Rule::k_no => Assigned::YesNo(false),
            Rule::name => Assigned::Word(pair.as_str().to_owned()),
            Rule::set => Assigned::Set(self.words(pair.clone())),
            _ => Assigned::Literal(self.literal(pair)?),
        })
    }

    pub(super) fn limbs(&mut self, pair: &Pair<'_, Rule>) -> Spanned<Condition> {
        let mut quantifier = Quantifier::AllOf;
        let mut limbs: Vec<Limb> = Vec::new();
        let mut remarks = Vec::new();
        for part in pair.clone().into_inner() {
            match part.as_rule() {
                Rule::quantifier => quantifier = read_quantifier(&part),
                Rule::remark => remarks.push(remark(&part)),
                Rule::trailing => match limbs.last_mut() {
                    Some(limb) => limb.trailing = Some(remark(&part)),
                    None => remarks.push(remark(&part)),
                },
                Rule::limb => {
                    let limb = self.limb(&part, std::mem::take(&mut remarks));
                    limbs.push(limb);
                }
                _ => {}
            }
        }
        Spanned::new(Condition::Limbs(quantifier, limbs), self.span(pair))
    }

    fn limb(&mut self, pair: &Pair<'_, Rule>, remarks: Vec<String>) -> Limb {
        let mut citations = child(pair, Rule::citations_after).map(|after| self.citations(&after));
        let span = self.span(pair);
        let mut condition = Spanned::new(Condition::Unreadable, span);
        for part in pair.clone().into_inner() {
            match part.as_rule() {
                Rule::chain => condition = self.chain(&part),
                Rule::limbs => {
                    condition = self.limbs(&part);
                    citations =
                        child(&part, Rule::citations_after).map(|after| self.citations(&after));
                }
                Rule::bad_limb => self.bad_limb(&part),
                _ => {}
            }
        }
        Limb { remarks, condition, citations: citations.unwrap_or_default(), trailing: None }
    }

    fn quantity(&mut self, pair: &Pair<'_, Rule>) -> Option<Spanned<Quantity>> {
        let span = self.span(pair);
        let mut terms = Vec::new();
        for term in children(pair, Rule::term) {
            terms.push(self.term(&term)?);
        }
        let signs = children(pair, Rule::sign).into_iter().map(|sign| {
            let is_minus = child(&sign, Rule::minus).is_some();
            if is_minus { Sign::Minus } else { Sign::Plus }
        });
        let mut terms = terms.into_iter();
        let first = terms.next()?;
        let rest: Vec<_> = signs.zip(terms).collect();
        match rest.is_empty() {
            true => Some(first),
            false => Some(Spanned::new(Quantity::Sum(Box::new(first), rest), span)),
        }
    }

    fn term(&mut self, pair: &Pair<'_, Rule>) -> Option<Spanned<Quantity>> {
        let inner = only(pair)?;
        let mut terms = Vec::new();
        for term in children(&inner, Rule::term) {
            terms.push(Box::new(self.term(&term)?));
        }
        let mut terms = terms.into_iter();
        let quantity = match inner.as_rule() {
            Rule::share => self.share(&inner)?,
            Rule::gap => Quantity::Gap(terms.next()?, terms.next()?),
            Rule::since => Quantity::Since(terms.next()?),
            Rule::as_at => Quantity::AsAt,
            Rule::name | Rule::considered => Quantity::Name(inner.as_str().to_owned()),
            _ => Quantity::Literal(self.literal(&inner)?),
        };
        Some(Spanned::new(quantity, self.span(&inner)))
    }

    fn share(&mut self, pair: &Pair<'_, Rule>) -> Option<Quantity> {
        let written = child(pair, Rule::percentage)?;
        let Some(percentage) = Percentage::read(written.as_str()) else {
            self.diagnostics.push(errors::figure_out_of_range(&self.word(&written)));
            return None;
        };
        let whole = match child(pair, Rule::quantity_bracket) {
            Some(bracket) => self.quantity(&child(&bracket, Rule::quantity)?)?,
            None => {
                let name = self.word(&child(pair, Rule::name)?);
                Spanned::new(Quantity::Name(name.node), name.span)
            }
        };
        Some(Quantity::Share(percentage, Box::new(whole)))
    }
}

fn read_quantifier(pair: &Pair<'_, Rule>) -> Quantifier {
    let Some(inner) = only(pair) else { return Quantifier::AllOf };
    match inner.as_rule() {
        Rule::any_of => Quantifier::AnyOf,
        Rule::at_least_of => {
            let count =
                child(&inner, Rule::digits).and_then(|count| count.as_str().trim().parse().ok());
            Quantifier::AtLeast(count.unwrap_or(u32::MAX))
        }
        _ => Quantifier::AllOf,
    }
}

/// What a person meant by a mark or words that are not of the language.
fn meant(text: &str) -> (Comparison, &'static str) {
    match text.trim() {
        "≥" | "=>" | "at least" => (Comparison::AtOrOver, "write `>=`"),
        "≤" | "=<" | "at most" | "no more than" | "not more than" => {
            (Comparison::AtOrUnder, "write `<=`")
        }
        "more than" | "greater than" | "exceeds" | "above" => (Comparison::Over, "write `>`"),
        "less than" | "below" => (Comparison::Under, "write `<`"),
        "≠" | "!=" | "<>" => {
            (Comparison::Equal, "write `not (a = b)`, or `is not` for an option")
        }
        _ => (Comparison::Equal, "write `=` for figures, `is` for options"),
    }
}
