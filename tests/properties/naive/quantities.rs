//! What quantities come to, and how they compare.

use std::cmp::Ordering;

use clearway::pack::{AmountId, Class, Figure, Quantity, Sign, Term, Value};
use clearway::quantity::Duration;
use clearway::syntax::tree::Comparison;

use super::{World, days};

const MILLION: i128 = 1_000_000;

/// What a quantity comes to. Figures are in millionths: of a penny, of one, of the whole.
#[derive(Clone, Copy, Debug)]
enum Sum {
    Figure(i128),
    Day(days::Day),
    Length(Duration),
}

impl World<'_> {
    /// A comparison with a figure that the law doesn't give is no.
    pub(super) fn compares(
        &self,
        left: &Quantity,
        comparison: Comparison,
        right: &Quantity,
    ) -> bool {
        let (Some(left), Some(right)) = (self.sum(left), self.sum(right)) else { return false };
        let order = match (left, right) {
            (Sum::Figure(left), Sum::Figure(right)) | (Sum::Day(left), Sum::Day(right)) => {
                left.cmp(&right)
            }
            (Sum::Length(left), Sum::Length(right)) => self.longer(left, right),
            _ => return false,
        };
        is_so(comparison, order)
    }

    /// Months with months and days with days by their number, otherwise by the day on which each
    /// ends if it begins on the date asked about.
    fn longer(&self, left: Duration, right: Duration) -> Ordering {
        match (parts(left), parts(right)) {
            ((left, 0), (right, 0)) | ((0, left), (0, right)) => left.cmp(&right),
            _ => {
                let start = days::from_date(self.as_at);
                after(start, left, 1).cmp(&after(start, right, 1))
            }
        }
    }

    /// The time from one day to another is at most a length if the other day is no later than the
    /// length after the one.
    pub(super) fn gap(
        &self,
        from: &Quantity,
        to: &Quantity,
        comparison: Comparison,
        length: &Quantity,
    ) -> bool {
        match (self.sum(from), self.sum(to), self.sum(length)) {
            (Some(Sum::Day(from)), Some(Sum::Day(to)), Some(Sum::Length(length))) => {
                is_so(comparison, to.cmp(&after(from, length, 1)))
            }
            _ => false,
        }
    }

    fn sum(&self, quantity: &Quantity) -> Option<Sum> {
        let mut sum: Option<Sum> = None;
        for (sign, term) in &quantity.terms {
            let times = if *sign == Sign::Plus { 1 } else { -1 };
            let term = self.term(term)?;
            sum = Some(match (sum, term) {
                (None, Sum::Figure(figure)) => Sum::Figure(times * figure),
                (None, other) => other,
                (Some(Sum::Figure(sum)), Sum::Figure(figure)) => Sum::Figure(sum + times * figure),
                (Some(Sum::Day(day)), Sum::Length(length)) => Sum::Day(after(day, length, times)),
                (Some(_), _) => return None,
            });
        }
        sum
    }

    fn term(&self, term: &Term) -> Option<Sum> {
        match term {
            Term::Figure(figure) => self.figure(figure),
            Term::Share(percentage, figures) => {
                let mut whole = 0;
                for (sign, figure) in figures {
                    let Sum::Figure(figure) = self.figure(figure)? else { return None };
                    whole += if *sign == Sign::Plus { figure } else { -figure };
                }
                // Every figure here is a whole number of pence or units, so nothing is lost.
                Some(Sum::Figure(whole / MILLION * i128::from(percentage.millionths())))
            }
        }
    }

    fn figure(&self, figure: &Figure) -> Option<Sum> {
        match figure {
            Figure::Literal(value) => sum_of(value),
            Figure::Fact(fact) => sum_of(self.value(*fact)?),
            Figure::Amount(amount) => sum_of(self.amount(*amount)?),
            Figure::AsAt => Some(Sum::Day(days::from_date(self.as_at))),
        }
    }

    /// The figure in force for the class of this commission.
    fn amount(&self, amount: AmountId) -> Option<&Value> {
        let amount = &self.book.amounts[amount];
        let class = match amount.class {
            None => None,
            Some(Class::Decision(decision)) => Some(self.outcome(decision)?),
            Some(Class::Fact(fact)) => {
                let Value::Choice(option) = self.value(fact)? else { return None };
                Some(*option)
            }
        };
        let mut rows = amount
            .rows
            .iter()
            .filter(|row| row.class == class && self.is_law(amount.pack, row.in_force));
        rows.next()?.value.as_ref()
    }
}

fn sum_of(value: &Value) -> Option<Sum> {
    match value {
        Value::Number(number) => Some(Sum::Figure(i128::from(*number) * MILLION)),
        Value::Percentage(percentage) => Some(Sum::Figure(percentage.millionths().into())),
        Value::Money(money) => Some(Sum::Figure(i128::from(money.pence()) * MILLION)),
        Value::Date(date) => Some(Sum::Day(days::from_date(*date))),
        Value::Duration(duration) => Some(Sum::Length(*duration)),
        Value::YesNo(_)
        | Value::Choice(_)
        | Value::Choices(_)
        | Value::Text(_)
        | Value::Code(_) => None,
    }
}

/// The months and the days of a length, read from how it is written.
pub(in crate::properties) fn parts(length: Duration) -> (i128, i128) {
    let (mut months, mut n_days) = (0, 0);
    let written = length.to_string();
    let mut words = written.split(' ');
    while let (Some(count), Some(unit)) = (words.next(), words.next()) {
        let count: i128 = count.parse().unwrap_or(0);
        match unit.trim_end_matches('s') {
            "year" => months += 12 * count,
            "month" => months += count,
            _ => n_days += count,
        }
    }
    (months, n_days)
}

/// The day a length after another, or before it: months first, then days.
pub(in crate::properties) fn after(day: days::Day, length: Duration, times: i128) -> days::Day {
    let (months, n_days) = parts(length);
    days::add_months(day, times * months) + times * n_days
}

fn is_so(comparison: Comparison, order: Ordering) -> bool {
    match comparison {
        Comparison::Equal => order == Ordering::Equal,
        Comparison::Under => order == Ordering::Less,
        Comparison::AtOrUnder => order != Ordering::Greater,
        Comparison::Over => order == Ordering::Greater,
        Comparison::AtOrOver => order != Ordering::Less,
    }
}
