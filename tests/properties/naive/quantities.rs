//! What quantities come to, and how they compare.

use std::cmp::Ordering;

use clearway::pack::{AmountId, Class, Condition, Figure, Quantity, Sign, Term, Value};
use clearway::quantity::Duration;
use clearway::syntax::tree::Comparison;

use super::{World, days, same};

const MILLION: i128 = 1_000_000;

/// What a quantity comes to. Figures are in millionths: of a penny, of one, of the whole.
#[derive(Clone, Copy, Debug)]
enum Sum {
    Figure(i128),
    Day(days::Day),
    Length(Duration),
}

/// What a quantity can come to: `None` where the law gives no figure. More than one where the rules
/// leave open which; nothing where they leave it open altogether.
type Sums = Vec<Option<Sum>>;

impl World<'_> {
    /// A comparison with a figure that the law doesn't give is no.
    pub(super) fn compares(
        &self,
        left: &Quantity,
        comparison: Comparison,
        right: &Quantity,
    ) -> Option<bool> {
        let (left, right) = (self.sum(left), self.sum(right));
        same(crossed(&left, &right).map(|(left, right)| {
            let Some((left, right)) = left.zip(right) else { return false };
            self.order(left, right).is_some_and(|order| is_so(comparison, order))
        }))
    }

    fn order(&self, left: Sum, right: Sum) -> Option<Ordering> {
        match (left, right) {
            (Sum::Figure(left), Sum::Figure(right)) | (Sum::Day(left), Sum::Day(right)) => {
                Some(left.cmp(&right))
            }
            (Sum::Length(left), Sum::Length(right)) => Some(self.longer(left, right)),
            _ => None,
        }
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
    ) -> Option<bool> {
        let (from, to, length) = (self.sum(from), self.sum(to), self.sum(length));
        let ends: Sums =
            crossed(&from, &length).map(|(from, length)| added(from?, 1, length?)).collect();
        same(crossed(&to, &ends).map(|(to, end)| match (to, end) {
            (Some(Sum::Day(to)), Some(Sum::Day(end))) => is_so(comparison, to.cmp(&end)),
            _ => false,
        }))
    }

    /// How far apart the two sides of a comparison are, in millionths or in days; none for lengths
    /// of time, and for what is no comparison.
    pub(in crate::properties) fn apart(&self, condition: &Condition) -> Option<i128> {
        let (left, right) = match condition {
            Condition::Compare(_, left, right) => (self.sum(left), self.sum(right)),
            Condition::Gap(dates, _, length) => {
                let (from, length) = (self.sum(&dates.0), self.sum(length));
                let ends = crossed(&from, &length).map(|(from, length)| added(from?, 1, length?));
                (self.sum(&dates.1), ends.collect())
            }
            Condition::All(_)
            | Condition::Any(_)
            | Condition::AtLeast(..)
            | Condition::Not(_)
            | Condition::Yes(_)
            | Condition::OneOf(..)
            | Condition::Includes(..)
            | Condition::TextIs(..)
            | Condition::CodeIs(..)
            | Condition::InList(..)
            | Condition::Known(_)
            | Condition::Outcome(..)
            | Condition::RouteIs(_)
            | Condition::ModelIs(_) => return None,
        };
        match (left.as_slice(), right.as_slice()) {
            ([Some(Sum::Figure(left))], [Some(Sum::Figure(right))])
            | ([Some(Sum::Day(left))], [Some(Sum::Day(right))]) => Some(left - right),
            _ => None,
        }
    }

    fn sum(&self, quantity: &Quantity) -> Sums {
        let mut sums: Option<Sums> = None;
        for (sign, term) in &quantity.terms {
            let times = if *sign == Sign::Plus { 1 } else { -1 };
            let terms = self.term(term);
            sums = Some(match sums {
                None => terms.into_iter().map(|term| Some(signed(times, term?))).collect(),
                Some(sums) => {
                    crossed(&sums, &terms).map(|(sum, term)| added(sum?, times, term?)).collect()
                }
            });
        }
        sums.unwrap_or_default()
    }

    fn term(&self, term: &Term) -> Sums {
        match term {
            Term::Figure(figure) => self.figure(figure),
            Term::Share(percentage, figures) => {
                let mut wholes: Sums = vec![Some(Sum::Figure(0))];
                for (sign, figure) in figures {
                    let times = if *sign == Sign::Plus { 1 } else { -1 };
                    wholes = crossed(&wholes, &self.figure(figure))
                        .map(|(whole, figure)| added(whole?, times, figure?))
                        .collect();
                }
                // Every figure here is a whole number of pence or units, so nothing is lost.
                let share = |whole| match whole {
                    Some(Sum::Figure(whole)) => {
                        Some(Sum::Figure(whole / MILLION * i128::from(percentage.millionths())))
                    }
                    _ => None,
                };
                wholes.into_iter().map(share).collect()
            }
        }
    }

    fn figure(&self, figure: &Figure) -> Sums {
        match figure {
            Figure::Literal(value) => vec![sum_of(value)],
            Figure::Fact(fact) => vec![self.value(*fact).and_then(sum_of)],
            Figure::Amount(amount) => self.amount(*amount),
            Figure::AsAt => vec![Some(Sum::Day(days::from_date(self.as_at)))],
        }
    }

    /// The figures in force for the class of this commission.
    fn amount(&self, amount: AmountId) -> Sums {
        let amount = &self.book.amounts[amount];
        let classes = match amount.class {
            None => vec![None],
            Some(Class::Decision(decision)) => {
                self.outcomes(decision).into_iter().map(Some).collect()
            }
            Some(Class::Fact(fact)) => {
                let Some(Value::Choice(option)) = self.value(fact) else { return vec![None] };
                vec![Some(*option)]
            }
        };
        let rows = amount
            .rows
            .iter()
            .filter(|row| classes.contains(&row.class) && self.is_law(amount.pack, row.in_force));
        rows.map(|row| row.value.as_ref().and_then(sum_of)).collect()
    }
}

fn crossed<'s>(
    left: &'s Sums,
    right: &'s Sums,
) -> impl Iterator<Item = (Option<Sum>, Option<Sum>)> + 's {
    left.iter().flat_map(move |left| right.iter().map(move |right| (*left, *right)))
}

const fn signed(times: i128, sum: Sum) -> Sum {
    match sum {
        Sum::Figure(figure) => Sum::Figure(times * figure),
        Sum::Day(_) | Sum::Length(_) => sum,
    }
}

fn added(sum: Sum, times: i128, term: Sum) -> Option<Sum> {
    match (sum, term) {
        (Sum::Figure(sum), Sum::Figure(figure)) => Some(Sum::Figure(sum + times * figure)),
        (Sum::Day(day), Sum::Length(length)) => Some(Sum::Day(after(day, length, times))),
        _ => None,
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
