//! Figures: the values that a quantity can still have, and how two quantities compare.

use super::answer::{Known, Missing, Reads};
use super::arithmetic::{Possible, SCALE, Scalar, compared, join, limit, scalar, worth};
use super::evaluation::{Evaluated, Evaluation, Waits};
use crate::pack::{Amount, AmountId, AmountRow, Class, Condition, Figure, Quantity, Sign, Value};
use crate::quantity::Date;
use crate::syntax::tree::Comparison;

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
        self.compared(comparison, to, limit(from, duration))
    }

    fn compared(&self, comparison: Comparison, left: Possible, right: Possible) -> Evaluated {
        match compared(comparison, &left, &right, self.as_at()) {
            Known::Unknown => {
                let mut waits = left.waits;
                waits.extend(right.waits);
                Evaluated::unknown(waits)
            }
            known @ (Known::Yes | Known::No) => Evaluated::known(known),
        }
    }

    fn quantity(&self, quantity: &Quantity, reads: &mut Reads) -> Possible {
        worth(quantity, &mut |figure| self.figure(figure, reads))
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
        let is_law = self.is_pack_in_force(rows.pack);
        let mut figures: Vec<Option<Value>> = Vec::new();
        for (_, row) in self.rows_of(rows, classes.as_deref()) {
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

    /// The rows of an amount in force that are for one of these classes, each with its place.
    pub(super) fn rows_of<'r>(
        &self,
        amount: &'r Amount,
        classes: Option<&[usize]>,
    ) -> Vec<(usize, &'r AmountRow)> {
        // Out of its pack's time an amount has no figure, however its rows are dated.
        let is_law = self.is_pack_in_force(amount.pack);
        let rows = amount.rows.iter().enumerate();
        let in_force = rows.filter(|(_, row)| is_law && self.is_in_force(row.in_force));
        let of_class = in_force.filter(|(_, row)| match (classes, row.class) {
            (Some(classes), Some(class)) => classes.contains(&class),
            (Some(_), None) => false,
            (None, _) => true,
        });
        of_class.collect()
    }

    /// How far apart the sides of a comparison are, where both are known: how much the left is over
    /// the right, or a time over the duration that it meets, in parts of which `SCALE` make the smallest step.
    pub(super) fn over_by(&self, comparison: &Condition) -> Option<i128> {
        let mut reads = Reads::default();
        let mut only = |quantity: &Quantity| self.quantity(quantity, &mut reads).only();
        if let Condition::Compare(_, left, right) = comparison {
            return self.apart(only(left)?, only(right)?);
        }
        let Condition::Gap(dates, _, duration) = comparison else { return None };
        let limit = join(only(&dates.0)?, Sign::Plus, only(duration)?)?;
        self.apart(only(&dates.1)?, limit)
    }

    fn apart(&self, left: Scalar, right: Scalar) -> Option<i128> {
        let days = |left: Date, right: Date| {
            let days = left.since(right).ok()?.get_days();
            i128::from(days).checked_mul(SCALE)
        };
        match (left, right) {
            (Scalar::Number(left), Scalar::Number(right)) => left.checked_sub(right),
            (Scalar::Date(left), Scalar::Date(right)) => days(left, right),
            (Scalar::Duration(left), Scalar::Duration(right)) => {
                days(left.after(self.as_at())?, right.after(self.as_at())?)
            }
            _ => None,
        }
    }
}
