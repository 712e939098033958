//! What is left open of a condition once what an answer settled is left out.

use crate::pack::{Condition, Limb, quantities_of};
use crate::pack::{Figure, Quantity};

use super::Wording;

impl Wording<'_> {
    /// The part of an unsettled condition that is still open. A settled limb of an unsettled "all"
    /// must hold and one of an unsettled "any" must fail, so either can be left unsaid. What turns
    /// on the route or the model is left out: the routes are named apart.
    pub(in crate::report) fn open_part(&self, condition: &Condition) -> Option<Condition> {
        match condition {
            Condition::All(limbs) => Some(Condition::All(self.open_limbs(limbs)?)),
            Condition::Any(limbs) => Some(Condition::Any(self.open_limbs(limbs)?)),
            Condition::Not(inner) => Some(Condition::Not(Box::new(self.open_part(inner)?))),
            Condition::AtLeast(_, limbs) => self.open_limbs(limbs).map(|_| condition.clone()),
            Condition::Yes(fact)
            | Condition::OneOf(fact, _)
            | Condition::Includes(fact, _)
            | Condition::TextIs(fact, _)
            | Condition::CodeIs(fact, _)
            | Condition::InList(fact, _)
            | Condition::Known(fact) => {
                let is_known = self.answer.is_some_and(|answer| answer.facts.get(*fact).is_some());
                (!is_known).then(|| condition.clone())
            }
            Condition::Outcome(decision, _) => {
                let is_settled = self.possible(*decision).is_some_and(|outcomes| outcomes.len() == 1);
                (!is_settled).then(|| condition.clone())
            }
            Condition::RouteIs(_) | Condition::ModelIs(_) => None,
            Condition::Compare(..) | Condition::Gap(..) => {
                let is_known = quantities_of(condition).into_iter().all(|part| self.is_known(part));
                (!is_known).then(|| condition.clone())
            }
        }
    }

    fn open_limbs(&self, limbs: &[Limb]) -> Option<Vec<Limb>> {
        let open = limbs.iter().filter_map(|limb| {
            let condition = self.open_part(&limb.condition)?;
            Some(Limb { condition, citations: limb.citations.clone() })
        });
        let open: Vec<Limb> = open.collect();
        (!open.is_empty()).then_some(open)
    }

    /// Whether every figure of a quantity is known in the answer.
    fn is_known(&self, quantity: &Quantity) -> bool {
        quantity.figures().all(|figure| match figure {
            Figure::Literal(_) | Figure::AsAt => true,
            Figure::Fact(fact) => self.answer.is_some_and(|answer| answer.facts.get(*fact).is_some()),
            Figure::Amount(amount) => self.figures(*amount).len() == 1,
        })
    }
}
