//! Facts that are the sum of others, and the arithmetic of it: exact, and of nothing that is not
//! known.

use super::super::citation::Citation;
use super::super::condition::Value;
use super::super::table::FactId;
use super::{FactKind, Rulebook};
use crate::quantity::Money;
use crate::source::Span;

/// What a fact is the sum of.
#[derive(Clone, Debug)]
pub struct Sum {
    /// Its parts, in the order written.
    pub parts: Vec<FactId>,
    /// Its citations.
    pub citations: Vec<Citation>,
    /// Where it is written.
    pub span: Span,
}

/// What the known parts of a sum come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Worked {
    /// No part is known.
    Nothing,
    /// Some parts are known, and others not: what the known ones come to, and the others.
    Missing(Value, Vec<FactId>),
    /// All are known: what they come to.
    All(Value),
    /// More than any figure may be.
    TooLarge,
}

/// Why parts don't make the total that they should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SumFault {
    /// The total is not given, and would be out of its range; `None` where it is over every
    /// figure.
    OutOfRange(Option<Value>),
    /// The total is given, and the parts come to another figure: both.
    Disagrees(Value, Value),
    /// The total is given, and parts come to more although others are not given yet: both.
    Exceeds(Value, Value),
}

impl Sum {
    /// What the known parts come to.
    pub fn worked<'v>(&self, known: impl Fn(FactId) -> Option<&'v Value>) -> Worked {
        let missing: Vec<FactId> =
            self.parts.iter().copied().filter(|part| known(*part).is_none()).collect();
        let mut values = self.parts.iter().filter_map(|part| known(*part));
        let Some(first) = values.next().cloned() else { return Worked::Nothing };
        match values.try_fold(first, |total, part| plus(&total, part)) {
            None => Worked::TooLarge,
            Some(total) if missing.is_empty() => Worked::All(total),
            Some(total) => Worked::Missing(total, missing),
        }
    }

    /// What the parts say of the total, if they say anything that is not known.
    fn reckoned<'v>(
        &self,
        kind: &FactKind,
        given: Option<&Value>,
        known: impl Fn(FactId) -> Option<&'v Value>,
    ) -> Option<Result<Value, SumFault>> {
        match (self.worked(known), given) {
            (Worked::Nothing, _) | (Worked::Missing(..), None) => None,
            (Worked::TooLarge, _) => Some(Err(SumFault::OutOfRange(None))),
            (Worked::Missing(parts, _), Some(given)) => {
                is_over(&parts, given).then(|| Err(SumFault::Exceeds(given.clone(), parts)))
            }
            (Worked::All(parts), Some(given)) => {
                (parts != *given).then(|| Err(SumFault::Disagrees(given.clone(), parts)))
            }
            (Worked::All(parts), None) if is_within(kind, &parts) => Some(Ok(parts)),
            (Worked::All(parts), None) => Some(Err(SumFault::OutOfRange(Some(parts)))),
        }
    }
}

impl Rulebook {
    /// The totals that known facts give, and those that they can't be right about.
    pub fn totals<'v>(
        &self,
        known: impl Fn(FactId) -> Option<&'v Value>,
    ) -> Vec<(FactId, Result<Value, SumFault>)> {
        let totals = self.facts.iter().filter_map(|(id, fact)| {
            let sum = fact.sum.as_ref()?;
            Some((id, sum.reckoned(&fact.kind, known(id), &known)?))
        });
        totals.collect()
    }

    /// The facts that a fact is a part of.
    pub fn sums_with(&self, part: FactId) -> impl Iterator<Item = FactId> {
        let has = move |sum: &Sum| sum.parts.contains(&part);
        self.facts
            .iter()
            .filter(move |(_, fact)| fact.sum.as_ref().is_some_and(has))
            .map(|(id, _)| id)
    }
}

/// Two values of one kind that has sums, added; none where that is over every figure.
fn plus(a: &Value, b: &Value) -> Option<Value> {
    if let (Value::Money(a), Value::Money(b)) = (a, b) {
        let sum = a.pence().checked_add(b.pence()).map(Money::from_pence);
        return sum.filter(|sum| *sum <= Money::MAX).map(Value::Money);
    }
    let (Value::Number(a), Value::Number(b)) = (a, b) else { return None };
    a.checked_add(*b).map(Value::Number)
}

fn is_over(a: &Value, b: &Value) -> bool {
    if let (Value::Money(a), Value::Money(b)) = (a, b) {
        return a > b;
    }
    matches!((a, b), (Value::Number(a), Value::Number(b)) if a > b)
}

fn is_within(kind: &FactKind, value: &Value) -> bool {
    if let (FactKind::Money(_, least, most), Value::Money(money)) = (kind, value) {
        return least <= money && money <= most;
    }
    matches!((kind, value), (FactKind::Number(least, most), Value::Number(number))
        if least <= number && number <= most)
}
