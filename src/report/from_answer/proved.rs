//! What is proved about an answer, in words.

use std::collections::BTreeSet;

use crate::decide::{Known, Question, Recommendation, Undecided};
use crate::facts;
use crate::pack::{FactId, FactKind, RouteId, Value};
use crate::prove::{self, Insight};

use super::{Telling, iso};
use crate::report::wire;
use crate::report::words;

impl Telling<'_> {
    pub(super) fn proved(&self) -> Option<wire::Proved> {
        let insight = self.insight?;
        let settled = self.is_settled();
        Some(wire::Proved {
            questions_are_exact: insight.questions.is_some(),
            unlock: insight.unlock.as_ref().map(|unlock| self.unlock(unlock)),
            envelope: insight.envelope.as_ref().map(|envelope| {
                let moving = envelope.iter().filter(|_| settled);
                moving.map(|envelope| self.envelope(envelope)).collect()
            }),
            essence: insight.essence.as_ref().map(|essence| {
                let facts = essence.iter().filter(|_| settled);
                let known = facts.filter_map(|fact| Some((*fact, self.answer.facts.get(*fact)?)));
                known.map(|(fact, value)| self.fact(fact, value)).collect()
            }),
        })
    }

    /// What is asked: what is proved to matter, or else what tests wait for.
    pub(super) fn asked(&self) -> &[Question] {
        let proved = self.insight.and_then(|insight: &Insight| insight.questions.as_ref());
        proved.map_or(&self.answer.questions, |questions| questions)
    }

    /// What is waited for, without what is proved to change nothing.
    pub(super) fn matters(&self, waits: &BTreeSet<FactId>) -> BTreeSet<FactId> {
        let asked: BTreeSet<FactId> = self.asked().iter().map(|question| question.fact).collect();
        let mattering: BTreeSet<FactId> = waits.intersection(&asked).copied().collect();
        if mattering.is_empty() { waits.clone() } else { mattering }
    }

    /// Whether there is something that a proof can be about: a route, or that none is lawful.
    const fn is_settled(&self) -> bool {
        match &self.answer.recommendation {
            Recommendation::Take { .. } | Recommendation::Undecided(Undecided::NoneLawful) => true,
            Recommendation::Undecided(
                Undecided::NoRules | Undecided::Tie(_) | Undecided::Waits(..),
            ) => false,
        }
    }

    fn unlock(&self, unlock: &[prove::Unlock]) -> Vec<wire::Unlock> {
        let governed = unlock.iter().filter(|unlock| self.may_govern(unlock.route));
        governed.map(|unlock| self.unlocked(unlock)).collect()
    }

    /// Whether the route's pack applies, or may.
    fn may_govern(&self, route: RouteId) -> bool {
        let pack = self.book.routes[route].pack;
        let found = self.answer.packs.iter().find(|found| found.pack == pack);
        found.is_some_and(|found| {
            let is_turned_off = found.gate.as_ref().is_some_and(|gate| gate.holds == Known::No);
            found.is_in_force && !is_turned_off
        })
    }

    fn unlocked(&self, unlock: &prove::Unlock) -> wire::Unlock {
        let route = &self.book.routes[unlock.route];
        let (opening, changes, turns_on): (_, &[(FactId, Value)], &[FactId]) = match &unlock.opening
        {
            prove::Opening::By(changes) => (wire::Opening::By, changes, &[]),
            prove::Opening::Perhaps(changes, turns_on) => {
                (wire::Opening::Perhaps, changes, turns_on)
            }
            prove::Opening::Nothing => (wire::Opening::Nothing, &[], &[]),
            prove::Opening::GaveUp => (wire::Opening::GivenUp, &[], &[]),
        };
        let mut unlock = wire::Unlock {
            route: route.name.clone(),
            title: route.title.clone(),
            opening,
            set: changes.iter().map(|(fact, value)| self.set_to(*fact, value)).collect(),
            turns_on: self.fact_names(turns_on),
            says: String::new(),
        };
        unlock.says = unlock.said_of("it");
        unlock
    }

    fn set_to(&self, id: FactId, value: &Value) -> wire::SetTo {
        let fact = &self.book.facts[id];
        wire::SetTo {
            fact: fact.name.clone(),
            title: fact.title.clone(),
            value: words::value(&fact.kind, value),
            json: facts::value_json(self.book, id, value),
            now: self.answer.facts.get(id).map(|value| words::value(&fact.kind, value)),
            says: self.set(id, value),
        }
    }

    /// `“Number of lots” to 3 (it is 4)`
    fn set(&self, id: FactId, value: &Value) -> String {
        let kind = &self.book.facts[id].kind;
        let now = self.answer.facts.get(id);
        let by = really(now, value);
        let now = now.map_or_else(String::new, |now| format!(" (it is {})", said(kind, now)));
        format!("{} to {}{now}{by}", self.quoted(id), said(kind, value))
    }

    fn envelope(&self, envelope: &prove::Envelope) -> wire::Envelope {
        let fact = envelope.fact.map(|fact| &self.book.facts[fact]);
        let bound = |bound: &Option<prove::Bound>| {
            let value = &bound.as_ref()?.value;
            let bound = match envelope.fact {
                Some(id) => wire::Bound {
                    value: words::value(&self.book.facts[id].kind, value),
                    json: facts::value_json(self.book, id, value),
                },
                None => wire::Bound {
                    value: words::value(&FactKind::Date, value),
                    json: date_json(value),
                },
            };
            Some(bound)
        };
        let (least, under) = (bound(&envelope.least), bound(&envelope.under));
        let subject = match envelope.fact {
            Some(fact) => format!("{} is", self.quoted(fact)),
            None => "the procurement begins".to_owned(),
        };
        let kind = fact.map_or(&FactKind::Date, |fact| &fact.kind);
        let least_value = envelope.least.as_ref().map(|bound| &bound.value);
        let under_value = envelope.under.as_ref().map(|bound| &bound.value);
        let range = words::range(kind, (least_value, under_value), self.answer.as_at);
        wire::Envelope {
            fact: fact.map(|fact| fact.name.clone()),
            title: fact.map(|fact| fact.title.clone()),
            least,
            under,
            says: format!("{subject} {range}"),
        }
    }
}

/// How a sum is to come to be another. The law looks at what is really paid for, and forbids an
/// estimate made to avoid it (Procurement Act 2023 s.4(3)), so that a new figure alone is no way.
const fn really(now: Option<&Value>, value: &Value) -> &'static str {
    match (now, value) {
        (Some(Value::Money(now)), Value::Money(then)) if then.pence() < now.pence() => {
            ", by really spending less, not by a lower estimate"
        }
        (Some(Value::Money(_)), Value::Money(_)) => {
            ", by really spending more, not by a higher estimate"
        }
        (None, Value::Money(_)) => ", by really spending that, not by the estimate alone",
        (_, _) => "",
    }
}

/// A value inside a sentence: what an author wrote stands in quotes.
fn said(kind: &FactKind, value: &Value) -> String {
    let words = words::value(kind, value);
    match value {
        Value::Choice(_) | Value::Choices(_) | Value::Text(_) => format!("“{words}”"),
        Value::YesNo(_)
        | Value::Number(_)
        | Value::Percentage(_)
        | Value::Money(_)
        | Value::Date(_)
        | Value::Duration(_)
        | Value::Code(_) => words,
    }
}

fn date_json(value: &Value) -> serde_json::Value {
    if let Value::Date(date) = value { iso(*date).into() } else { serde_json::Value::Null }
}
