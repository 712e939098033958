//! Figures: the values that a quantity can still have, and how two quantities compare.

use std::cmp::Ordering;

use super::answer::{Known, Missing, Reads};
use super::evaluation::{Evaluated, Evaluation, Waits};
use crate::pack::{AmountId, Class, Figure, Quantity, Sign, Term, Value};
use crate::quantity::{Date, Duration};
use crate::syntax::tree::Comparison;

/// Figures are held in millionths, so that a percentage of pence is exact.
const SCALE: i128 = 1_000_000;

/// A value that can be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scalar {
    /// A number, percentage or sum of money, in millionths of its unit.
    Number(i128),
    Date(Date),
    Duration(Duration),
}

/// The values still possible. `None` among them: the law gives no figure.
struct Possible {
    values: Vec<Option<Scalar>>,
    /// Whether something in it is unknown altogether, so that any value is possible.
    is_open: bool,
    waits: Waits,
}

impl Possible {
    fn known(scalar: Scalar) -> Self {
        Self { values: vec![Some(scalar)], is_open: false, waits: Waits::default() }
    }

    fn anything(waits: Waits) -> Self {
        Self { values: Vec::new(), is_open: true, waits }
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

impl Evaluation<'_> {
    /// How two quantities compare.
    pub(super) fn compare(
        &self,
        comparison: Comparison,
        left: &Quantity,
        right: &Quantity,
        reads: &mut Reads,
    ) -> Evaluated {
        let (left, right) = (self.quantity(left, reads), self.quantity(right, reads));
        self.compared(comparison, left, right)
    }

    /// Whether the time from one date to another compares so with a duration: whether the second
    /// date compares so with the first moved on by it.
    pub(super) fn compare_gap(
        &self,
        dates: &(Quantity, Quantity),
        comparison: Comparison,
        duration: &Quantity,
        reads: &mut Reads,
    ) -> Evaluated {
        let (from, to) = (self.quantity(&dates.0, reads), self.quantity(&dates.1, reads));
        let duration = self.quantity(duration, reads);
        let limit = from.with(duration, |from, duration| match (from, duration) {
            (Scalar::Date(from), Scalar::Duration(duration)) => {
                Some(Scalar::Date(moved_on(from, duration)))
            }
            _ => None,
        });
        self.compared(comparison, to, limit)
    }

    fn compared(&self, comparison: Comparison, left: Possible, right: Possible) -> Evaluated {
        let mut waits = left.waits;
        waits.extend(right.waits);
        if left.is_open || right.is_open || left.values.is_empty() || right.values.is_empty() {
            return Evaluated::unknown(waits);
        }
        let mut seen: Option<Known> = None;
        for left in &left.values {
            for right in &right.values {
                let holds = match (left, right) {
                    (Some(left), Some(right)) => self.holds(comparison, *left, *right),
                    _ => Known::No,
                };
                match seen {
                    Some(seen) if seen != holds => return Evaluated::unknown(waits),
                    _ => seen = Some(holds),
                }
            }
        }
        match seen {
            Some(Known::Unknown) | None => Evaluated::unknown(waits),
            Some(known) => Evaluated::known(known),
        }
    }

    fn holds(&self, comparison: Comparison, left: Scalar, right: Scalar) -> Known {
        let ordering = match (left, right) {
            (Scalar::Number(left), Scalar::Number(right)) => Some(left.cmp(&right)),
            (Scalar::Date(left), Scalar::Date(right)) => Some(left.cmp(&right)),
            (Scalar::Duration(left), Scalar::Duration(right)) => left.compare(right, self.as_at()),
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

    fn quantity(&self, quantity: &Quantity, reads: &mut Reads) -> Possible {
        let mut sum: Option<Possible> = None;
        for (sign, term) in &quantity.terms {
            let term = match term {
                Term::Figure(figure) => self.figure(figure, reads),
                Term::Share(percentage, figures) => {
                    let mut whole: Option<Possible> = None;
                    for (sign, figure) in figures {
                        whole = Some(add(whole, *sign, self.figure(figure, reads)));
                    }
                    let share =
                        Possible::known(Scalar::Number(i128::from(percentage.millionths())));
                    let whole = whole.unwrap_or_else(|| Possible::anything(Waits::default()));
                    whole.with(share, |whole, share| match (whole, share) {
                        // A whole in millionths times millionths, taken back to millionths: exact,
                        // because the whole is of whole units.
                        (Scalar::Number(whole), Scalar::Number(share)) => {
                            (whole / SCALE).checked_mul(share).map(Scalar::Number)
                        }
                        _ => None,
                    })
                }
            };
            sum = Some(add(sum, *sign, term));
        }
        sum.unwrap_or_else(|| Possible::anything(Waits::default()))
    }

    fn figure(&self, figure: &Figure, reads: &mut Reads) -> Possible {
        match figure {
            Figure::Literal(value) => {
                scalar(value).map_or_else(|| Possible::anything(Waits::default()), Possible::known)
            }
            Figure::AsAt => Possible::known(Scalar::Date(self.as_at())),
            Figure::Fact(fact) => {
                reads.facts.insert(*fact);
                let value = self.facts().get(*fact).and_then(scalar);
                value.map_or_else(|| Possible::anything(Waits::for_fact(*fact)), Possible::known)
            }
            Figure::Amount(amount) => self.amount(*amount, reads),
        }
    }

    /// The figures that an amount can still have at the date.
    fn amount(&self, amount: AmountId, reads: &mut Reads) -> Possible {
        let rows = &self.book().amounts[amount];
        let mut waits = Waits::default();
        let classes: Option<Vec<usize>> = match rows.class {
            None => None,
            Some(Class::Fact(fact)) => {
                reads.facts.insert(fact);
                Some(match self.facts().get(fact) {
                    Some(Value::Choice(place)) => vec![*place],
                    _ => {
                        waits.facts.insert(fact);
                        (0..self.book().facts[fact].kind.choices().len()).collect()
                    }
                })
            }
            Some(Class::Decision(decision)) => {
                reads.decisions.insert(decision);
                waits.extend(self.decision_waits(decision));
                let finding = self.decision(decision);
                Some(finding.map(|finding| finding.possible.clone()).unwrap_or_default())
            }
        };
        // Out of its pack's time an amount has no figure, however its rows are dated.
        let is_law = self.is_pack_in_force(rows.pack);
        let in_force = rows.rows.iter().filter(|row| is_law && self.is_in_force(row.in_force));
        let of_class = in_force.filter(|row| match (&classes, row.class) {
            (Some(classes), Some(class)) => classes.contains(&class),
            (Some(_), None) => false,
            (None, _) => true,
        });
        let mut figures: Vec<Option<Value>> = Vec::new();
        for row in of_class {
            if !figures.contains(&row.value) {
                figures.push(row.value.clone());
            }
        }
        let values = figures.iter().map(|figure| figure.as_ref().and_then(scalar)).collect();
        let is_open = figures.is_empty();
        let is_class_known = classes.as_ref().is_none_or(|classes| !classes.is_empty());
        if is_open && is_class_known {
            waits.missing.insert(match is_law {
                true => Missing::Amount(amount),
                false => Missing::Pack(rows.pack),
            });
        }
        if !reads.amounts.iter().any(|(seen, _)| *seen == amount) {
            reads.amounts.push((amount, figures));
        }
        Possible { values, is_open, waits }
    }
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

fn join(sum: Scalar, sign: Sign, term: Scalar) -> Option<Scalar> {
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
fn moved_on(date: Date, duration: Duration) -> Date {
    duration.after(date).unwrap_or(Date::MAX)
}

fn scalar(value: &Value) -> Option<Scalar> {
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
