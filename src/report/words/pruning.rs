//! What an answer plainly shows of a condition, and what it leaves open.

use crate::decide::Known;
use crate::pack::{Condition, Figure, Limb, ModelId, Quantity, Value, quantities_of};

use super::Wording;

impl Wording<'_> {
    /// The part of an unsettled condition that is still open. A settled limb of an unsettled "all"
    /// must hold and one of an unsettled "any" must fail, so either can be left unsaid. What turns
    /// on the route is left out: the routes are named apart.
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
                let is_settled =
                    self.possible(*decision).is_some_and(|outcomes| outcomes.len() == 1);
                (!is_settled).then(|| condition.clone())
            }
            Condition::RouteIs(_) => None,
            Condition::ModelIs(models) => self.open_models(models).map(Condition::ModelIs),
            Condition::Compare(..) | Condition::Gap(..) => {
                let is_known = quantities_of(condition).into_iter().all(|part| self.is_known(part));
                (!is_known).then(|| condition.clone())
            }
        }
    }

    /// Those of the models that may yet fit.
    fn open_models(&self, models: &[ModelId]) -> Option<Vec<ModelId>> {
        let findings = self.answer.map(|answer| answer.models.as_slice()).unwrap_or_default();
        let open = findings.iter().filter(|finding| finding.fits == Known::Unknown);
        let open = open.map(|finding| finding.model).filter(|model| models.contains(model));
        let open: Vec<ModelId> = open.collect();
        (!open.is_empty()).then_some(open)
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
            Figure::Fact(fact) => {
                self.answer.is_some_and(|answer| answer.facts.get(*fact).is_some())
            }
            Figure::Amount(amount) => self.figures(*amount).len() == 1,
        })
    }

    /// What the facts and decisions themselves show of a condition, without any reckoning; `None`
    /// where it would take some.
    pub(super) fn plainly(&self, condition: &Condition) -> Option<bool> {
        let known = |fact| self.answer?.facts.get(fact);
        match condition {
            Condition::All(limbs) => self.plainly_every(limbs, false),
            Condition::Any(limbs) => self.plainly_every(limbs, true),
            Condition::Not(inner) => self.plainly(inner).map(|holds| !holds),
            Condition::Yes(fact) => Some(known(*fact)? == &Value::YesNo(true)),
            Condition::OneOf(fact, options) => {
                let is_it = |option: &usize| known(*fact) == Some(&Value::Choice(*option));
                known(*fact).map(|_| options.iter().any(is_it))
            }
            Condition::Outcome(decision, outcomes) => {
                let possible = self.possible(*decision)?;
                let n_wanted = possible.iter().filter(|place| outcomes.contains(place)).count();
                let is_shown = n_wanted == 0 || n_wanted == possible.len();
                is_shown.then_some(n_wanted > 0)
            }
            Condition::AtLeast(..)
            | Condition::Includes(..)
            | Condition::TextIs(..)
            | Condition::CodeIs(..)
            | Condition::InList(..)
            | Condition::Known(_)
            | Condition::RouteIs(_)
            | Condition::ModelIs(_)
            | Condition::Compare(..)
            | Condition::Gap(..) => None,
        }
    }

    /// `deciding` where a limb is shown to be so, the opposite where every limb is.
    fn plainly_every(&self, limbs: &[Limb], deciding: bool) -> Option<bool> {
        let shown: Vec<Option<bool>> =
            limbs.iter().map(|limb| self.plainly(&limb.condition)).collect();
        if shown.contains(&Some(deciding)) {
            return Some(deciding);
        }
        shown.iter().all(Option::is_some).then_some(!deciding)
    }
}
