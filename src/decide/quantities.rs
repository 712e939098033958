//! Figures: the values that a quantity can still have, and how two quantities compare.

use std::collections::BTreeSet;

use super::answer::{Known, Reads};
use super::arithmetic::{Possible, Scalar, compared, limit, scalar, worth};
use super::evaluation::{Evaluated, Evaluation};
use crate::pack::{AmountId, Class, Figure, Quantity, Value};
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
                scalar(value).map_or_else(|| Possible::anything(BTreeSet::new()), Possible::known)
            }
            Figure::AsAt => Possible::known(Scalar::Date(self.as_at())),
            Figure::Fact(fact) => {
                reads.facts.insert(*fact);
                let value = self.facts().get(*fact).and_then(scalar);
                value.map_or_else(|| Possible::anything(BTreeSet::from([*fact])), Possible::known)
            }
            Figure::Amount(amount) => self.amount(*amount, reads),
        }
    }

    /// The figures that an amount can still have at the date.
    fn amount(&self, amount: AmountId, reads: &mut Reads) -> Possible {
        let rows = &self.book().amounts[amount];
        let mut waits = BTreeSet::new();
        let classes: Option<Vec<usize>> = match rows.class {
            None => None,
            Some(Class::Fact(fact)) => {
                reads.facts.insert(fact);
                Some(match self.facts().get(fact) {
                    Some(Value::Choice(place)) => vec![*place],
                    _ => {
                        waits.insert(fact);
                        (0..self.book().facts[fact].kind.choices().len()).collect()
                    }
                })
            }
            Some(Class::Decision(decision)) => {
                reads.decisions.insert(decision);
                let finding = self.decision(decision);
                waits.extend(finding.iter().flat_map(|finding| &finding.waits));
                Some(finding.map(|finding| finding.possible.clone()).unwrap_or_default())
            }
        };
        let in_force = rows.rows.iter().filter(|row| self.is_in_force(row.in_force));
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
        if !reads.amounts.iter().any(|(seen, _)| *seen == amount) {
            reads.amounts.push((amount, figures));
        }
        Possible { values, is_open, waits }
    }
}
