//! Figures put together and compared: exact, and open where something in them is.

use std::cmp::Ordering;

use super::answer::Known;
use super::evaluation::Waits;
use crate::pack::{Figure, Quantity, Sign, Term, Value};
use crate::quantity::{Date, Duration, Percentage};
use crate::syntax::tree::Comparison;

/// Figures are held in millionths, so that a percentage of pence is exact.
pub(super) const SCALE: i128 = 1_000_000;

/// A value that can be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Scalar {
    /// A number, percentage or sum of money, in millionths of its unit.
    Number(i128),
    /// A day.
    Date(Date),
    /// A length of time.
    Duration(Duration),
}

/// The values still possible. `None` among them: the law gives no figure.
pub(crate) struct Possible {
    pub(super) values: Vec<Option<Scalar>>,
    /// Whether something in it is unknown altogether, so that any value is possible.
    pub(super) is_open: bool,
    pub(super) waits: Waits,
}

impl Possible {
    pub(super) fn known(scalar: Scalar) -> Self {
        Self { values: vec![Some(scalar)], is_open: false, waits: Waits::default() }
    }

    /// This value, or that the law gives none.
    pub(crate) fn of(value: Option<Scalar>) -> Self {
        Self { values: vec![value], is_open: false, waits: Waits::default() }
    }

    /// Any value at all.
    pub(crate) fn open() -> Self {
        Self::anything(Waits::default())
    }

    pub(super) fn anything(waits: Waits) -> Self {
        Self { values: Vec::new(), is_open: true, waits }
    }

    /// The one value there can be.
    pub(super) fn only(&self) -> Option<Scalar> {
        match (self.values.as_slice(), self.is_open) {
            ([only], false) => *only,
            _ => None,
        }
    }

    /// The values of both put together by `join`; where `join` has no result, anything is possible.
    fn with(self, other: Self, join: impl Fn(Scalar, Scalar) -> Option<Scalar>) -> Self {
        let mut joined =
            Self { values: Vec::new(), is_open: self.is_open || other.is_open, waits: self.waits };
        joined.waits.extend(other.waits);
        for left in &self.values {
            for right in &other.values {
                let value = match (left, right) {
                    (Some(left), Some(right)) => match join(*left, *right) {
                        Some(value) => Some(value),
                        None => {
                            joined.is_open = true;
                            continue;
                        }
                    },
                    _ => None,
                };
                if !joined.values.contains(&value) {
                    joined.values.push(value);
                }
            }
        }
        joined
    }
}

/// What a sum of terms is worth, by what each of its figures is.
pub(crate) fn worth(quantity: &Quantity, of: &mut dyn FnMut(&Figure) -> Possible) -> Possible {
    let mut sum: Option<Possible> = None;
    for (sign, term) in &quantity.terms {
        let term = match term {
            Term::Figure(figure) => of(figure),
            Term::Share(percentage, figures) => {
                let mut whole: Option<Possible> = None;
                for (sign, figure) in figures {
                    whole = Some(add(whole, *sign, of(figure)));
                }
                let whole = whole.unwrap_or_else(|| Possible::anything(Waits::default()));
                share(whole, *percentage)
            }
        };
        sum = Some(add(sum, *sign, term));
    }
    sum.unwrap_or_else(|| Possible::anything(Waits::default()))
}

/// A percentage of a whole.
fn share(whole: Possible, percentage: Percentage) -> Possible {
    let share = Possible::known(Scalar::Number(i128::from(percentage.millionths())));
    whole.with(share, shared)
}

/// So many millionths of a whole. A whole in millionths times millionths, taken back to millionths,
/// is exact, because the whole is of whole units.
pub(super) fn shared(whole: Scalar, millionths: Scalar) -> Option<Scalar> {
    match (whole, millionths) {
        (Scalar::Number(whole), Scalar::Number(millionths)) => {
            (whole / SCALE).checked_mul(millionths).map(Scalar::Number)
        }
        _ => None,
    }
}

/// The days that a time may end on, counted from one that a date may be.
pub(crate) fn limit(from: Possible, duration: Possible) -> Possible {
    from.with(duration, ended)
}

/// The day that a time counted from a date ends on.
pub(super) fn ended(from: Scalar, duration: Scalar) -> Option<Scalar> {
    match (from, duration) {
        (Scalar::Date(from), Scalar::Duration(duration)) => {
            Some(Scalar::Date(moved_on(from, duration)))
        }
        _ => None,
    }
}

/// How two sums compare, whichever of their possible values they have. Where the law gives no
/// figure, no comparison with it holds.
pub(crate) fn compared(
    comparison: Comparison,
    left: &Possible,
    right: &Possible,
    as_at: Date,
) -> Known {
    if left.is_open || right.is_open {
        return Known::Unknown;
    }
    let mut seen: Option<Known> = None;
    for left in &left.values {
        for right in &right.values {
            let holds = match (left, right) {
                (Some(left), Some(right)) => holds(comparison, *left, *right, as_at),
                _ => Known::No,
            };
            match seen {
                Some(seen) if seen != holds => return Known::Unknown,
                _ => seen = Some(holds),
            }
        }
    }
    seen.unwrap_or(Known::Unknown)
}

pub(super) fn holds(comparison: Comparison, left: Scalar, right: Scalar, as_at: Date) -> Known {
    let ordering = match (left, right) {
        (Scalar::Number(left), Scalar::Number(right)) => Some(left.cmp(&right)),
        (Scalar::Date(left), Scalar::Date(right)) => Some(left.cmp(&right)),
        (Scalar::Duration(left), Scalar::Duration(right)) => left.compare(right, as_at),
        _ => None,
    };
    let Some(ordering) = ordering else { return Known::Unknown };
    let holds = match comparison {
        Comparison::Equal => ordering == Ordering::Equal,
        Comparison::Under => ordering == Ordering::Less,
        Comparison::AtOrUnder => ordering != Ordering::Greater,
        Comparison::Over => ordering == Ordering::Greater,
        Comparison::AtOrOver => ordering != Ordering::Less,
    };
    if holds { Known::Yes } else { Known::No }
}

/// Adds a term to a sum, or moves a date by a duration.
fn add(sum: Option<Possible>, sign: Sign, term: Possible) -> Possible {
    let Some(sum) = sum else {
        return match sign {
            Sign::Plus => term,
            Sign::Minus => Possible::known(Scalar::Number(0))
                .with(term, |zero, term| join(zero, Sign::Minus, term)),
        };
    };
    sum.with(term, |sum, term| join(sum, sign, term))
}

/// A sum with a term more, or a date moved by a duration.
pub(super) fn join(sum: Scalar, sign: Sign, term: Scalar) -> Option<Scalar> {
    match (sum, sign, term) {
        (Scalar::Number(sum), Sign::Plus, Scalar::Number(term)) => {
            sum.checked_add(term).map(Scalar::Number)
        }
        (Scalar::Number(sum), Sign::Minus, Scalar::Number(term)) => {
            sum.checked_sub(term).map(Scalar::Number)
        }
        (Scalar::Date(date), Sign::Plus, Scalar::Duration(duration)) => {
            Some(Scalar::Date(moved_on(date, duration)))
        }
        (Scalar::Date(date), Sign::Minus, Scalar::Duration(duration)) => {
            Some(Scalar::Date(duration.before(date).unwrap_or(Date::MIN)))
        }
        _ => None,
    }
}

/// The date a duration later; past the calendar's end it is later than any other.
pub(crate) fn moved_on(date: Date, duration: Duration) -> Date {
    duration.after(date).unwrap_or(Date::MAX)
}

/// A value as a figure, if it is one.
pub(crate) fn scalar(value: &Value) -> Option<Scalar> {
    Some(match value {
        Value::Number(number) => Scalar::Number(i128::from(*number) * SCALE),
        Value::Percentage(percentage) => {
            Scalar::Number(i128::from(percentage.millionths()) * SCALE)
        }
        Value::Money(money) => Scalar::Number(i128::from(money.pence()) * SCALE),
        Value::Date(date) => Scalar::Date(*date),
        Value::Duration(duration) => Scalar::Duration(*duration),
        Value::YesNo(_)
        | Value::Choice(_)
        | Value::Choices(_)
        | Value::Text(_)
        | Value::Code(_) => return None,
    })
}
