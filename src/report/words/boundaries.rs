//! The boundaries of a comparison: a penny under a figure, at it, a penny over.

use super::{Voice, Wording};
use crate::pack::{AmountId, Condition, FactKind, Figure, Quantity, Value};
use crate::prove::Stand as Side;
use crate::syntax::tree::in_force_as_written;

use super::values::value;

impl Wording<'_> {
    /// Where the sides of a comparison stand: `“Estimated value” a penny under £100,000`.
    pub(in crate::report) fn boundary(
        &self,
        comparison: &Condition,
        rows: &[(AmountId, usize)],
        side: Side,
    ) -> String {
        let voice = Voice::ALONE.inside();
        let (subject, measured, figure, side) =
            if let Condition::Compare(_, left, right) = comparison {
                // What the commission gives stands first, whichever way it was written.
                let (given, figure, side) =
                    if is_fixed(left) { (right, left, turned(side)) } else { (left, right, side) };
                (self.quantity(given, voice), given, figure, side)
            } else if let Condition::Gap(dates, _, duration) = comparison {
                let (from, to) = (self.quantity(&dates.0, voice), self.quantity(&dates.1, voice));
                (format!("the time from {from} to {to}"), duration, duration, side)
            } else {
                return String::new();
            };
        let stands = stands(self.step(measured), side);
        let figure = self.quantity(figure, voice);
        let rows: String = rows.iter().map(|(amount, row)| self.row(*amount, *row)).collect();
        format!("{subject} {stands} {figure}{rows}")
    }

    /// The figure of a row, where its amount has several: `, here £207,720 (Central government)`.
    fn row(&self, amount: AmountId, place: usize) -> String {
        let amount = &self.book.amounts[amount];
        let Some(row) = amount.rows.get(place).filter(|_| amount.rows.len() > 1) else {
            return String::new();
        };
        let figure = row.value.as_ref().map(|figure| value(&amount.kind, figure));
        let class = amount.class.zip(row.class).and_then(|(class, place)| {
            self.book.class_choices(class).get(place).map(|choice| choice.title.clone())
        });
        let period = Some(in_force_as_written(row.in_force)).filter(|period| !period.is_empty());
        let of: Vec<String> = class.into_iter().chain(period).collect();
        let of = if of.is_empty() { String::new() } else { format!(" ({})", of.join(", ")) };
        format!(", here {}{of}", figure.unwrap_or_default())
    }

    /// The smallest step of what is measured.
    fn step(&self, quantity: &Quantity) -> &'static str {
        let kind = quantity.figures().next().map(|figure| match figure {
            Figure::Fact(fact) => self.book.facts[*fact].kind.clone(),
            Figure::Amount(amount) => self.book.amounts[*amount].kind.clone(),
            Figure::AsAt => FactKind::Date,
            Figure::Literal(Value::Date(_)) => FactKind::Date,
            Figure::Literal(Value::Duration(_)) => FactKind::Duration,
            Figure::Literal(_) => FactKind::Text,
        });
        match kind {
            Some(FactKind::Money(..)) => "a penny",
            Some(FactKind::Percentage(..)) => "0.0001%",
            Some(FactKind::Date) => "the day",
            Some(FactKind::Duration) => "a day",
            Some(
                FactKind::Number(..)
                | FactKind::YesNo
                | FactKind::OneOf(_)
                | FactKind::SomeOf(_)
                | FactKind::Text
                | FactKind::Cpv,
            )
            | None => "one",
        }
    }
}

fn stands(step: &str, side: Side) -> String {
    match (side, step) {
        (Side::JustUnder, "the day") => "the day before".to_owned(),
        (Side::At, "the day") => "on".to_owned(),
        (Side::JustOver, "the day") => "the day after".to_owned(),
        (Side::JustUnder, _) => format!("{step} under"),
        (Side::At, _) => "exactly".to_owned(),
        (Side::JustOver, _) => format!("{step} over"),
    }
}

/// The side as the right of a comparison sees it.
const fn turned(side: Side) -> Side {
    match side {
        Side::JustUnder => Side::JustOver,
        Side::At => Side::At,
        Side::JustOver => Side::JustUnder,
    }
}

/// Whether a quantity reads nothing of the commission.
fn is_fixed(quantity: &Quantity) -> bool {
    quantity.figures().all(|figure| matches!(figure, Figure::Literal(_) | Figure::Amount(_)))
}
