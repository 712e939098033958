//! Figures, dates and texts.

use pest::iterators::Pair;

use super::super::errors;
use super::super::tree::Literal;
use super::{Reader, Rule, child, only};
use crate::quantity::{Date, Duration, Money, Percentage, read_date};
use crate::source::Spanned;

impl Reader {
    /// The figure of a `literal`, or of one of the rules within it; reports what can't be read.
    pub(super) fn literal(&mut self, pair: &Pair<'_, Rule>) -> Option<Literal> {
        let inner = if pair.as_rule() == Rule::literal { only(pair)? } else { pair.clone() };
        let text = inner.as_str().trim();
        match inner.as_rule() {
            Rule::any_date | Rule::date | Rule::slip_date => {
                self.any_date(&inner).map(|date| Literal::Date(date.node))
            }
            Rule::money => match Money::read(&text.replace(' ', "")) {
                Ok(money) => Some(Literal::Money(money)),
                Err(error) => {
                    self.diagnostics.push(errors::money_slip(&self.word(&inner), error));
                    None
                }
            },
            Rule::duration => {
                self.duration(&inner).map(|duration| Literal::Duration(duration.node))
            }
            Rule::percentage => {
                let percentage = Percentage::read(text).map(Literal::Percentage);
                self.or_out_of_range(&inner, percentage)
            }
            Rule::digits => {
                let number = text.replace(',', "").parse().ok().map(Literal::Number);
                self.or_out_of_range(&inner, number)
            }
            Rule::cpv_code => Some(Literal::Code(text.to_owned())),
            _ => Some(Literal::Text(self.prose(&inner).node)),
        }
    }

    fn or_out_of_range(&mut self, pair: &Pair<'_, Rule>, read: Option<Literal>) -> Option<Literal> {
        if read.is_none() {
            self.diagnostics.push(errors::figure_out_of_range(&self.word(pair)));
        }
        read
    }

    pub(super) fn duration(&mut self, pair: &Pair<'_, Rule>) -> Option<Spanned<Duration>> {
        match Duration::read(pair.as_str()) {
            Ok(duration) => Some(Spanned::new(duration, self.span(pair))),
            Err(_) => {
                self.diagnostics.push(errors::figure_out_of_range(&self.word(pair)));
                None
            }
        }
    }

    /// The date among a pair's children.
    pub(super) fn date_of(&mut self, pair: &Pair<'_, Rule>) -> Option<Spanned<Date>> {
        self.any_date(&child(pair, Rule::any_date)?)
    }

    pub(super) fn any_date(&mut self, pair: &Pair<'_, Rule>) -> Option<Spanned<Date>> {
        let inner = if pair.as_rule() == Rule::any_date { only(pair)? } else { pair.clone() };
        let written = self.word(&inner);
        match (inner.as_rule(), read_date(&written.node)) {
            (Rule::date, Some(date)) => return Some(Spanned::new(date, written.span)),
            (Rule::date, None) => self.diagnostics.push(errors::impossible_date(&written)),
            _ => self.diagnostics.push(errors::date_slip(&written)),
        }
        None
    }
}
