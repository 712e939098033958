//! The answer put into words, once for every form.

mod outlook;
mod papers;
mod proved;
mod reasons;
mod recommendation;

pub(super) use reasons::standing;

use std::collections::BTreeSet;

use crate::decide::{Answer, Known, Missing};
use crate::facts;
use crate::pack::{self, FactId, Rulebook, Value};
use crate::prove::Insight;
use crate::quantity::{Beginning, Date, InForce};

use super::date_or_day;
use super::wire::{self, Applies, FactName, Holds};
use super::words::{self, Wording};

/// What the words are made from.
struct Telling<'a> {
    answer: &'a Answer<'a>,
    /// What is proved about it, where that was asked.
    insight: Option<&'a Insight>,
    book: &'a Rulebook,
    wording: Wording<'a>,
}

/// The answer in words, and what is proved about it, where that was asked.
pub(super) fn wire(answer: &Answer<'_>, insight: Option<&Insight>) -> wire::Answer {
    let (book, wording) = (answer.graph.book(), Wording::of_answer(answer));
    let telling = Telling { answer, insight, book, wording };
    wire::Answer {
        as_at: iso(answer.as_at),
        title: answer.title.clone(),
        engine: super::engine(),
        packs: telling.packs(),
        facts: telling.facts(),
        sums: telling.sums(),
        decisions: telling.decisions(),
        routes: telling.routes(),
        models: telling.models(),
        recommendation: telling.recommendation(),
        checklist: telling.checklist(),
        timetable: telling.timetable(),
        questions: telling.questions(),
        doubts: telling.doubts(),
        coming: telling.coming(),
        proved: telling.proved(),
    }
}

impl Telling<'_> {
    fn packs(&self) -> Vec<wire::Pack> {
        let packs = self.answer.packs.iter().map(|finding| {
            let pack = &self.book.packs[finding.pack];
            let applies = match (finding.is_in_force, &finding.gate) {
                (false, _) => Applies::NotInForce,
                (true, None) => Applies::Yes,
                (true, Some(gate)) => match gate.holds {
                    Known::Yes => Applies::Yes,
                    Known::No => Applies::No,
                    Known::Unknown => Applies::Unknown,
                },
            };
            let mut tests = vec![self.pack_in_force(finding.pack)];
            tests.extend(finding.gate.iter().map(|gate| self.test(gate)));
            wire::Pack {
                pack: pack.name.clone(),
                title: pack.title.clone(),
                version: pack.version.clone(),
                digest: pack.digest.clone(),
                in_force: in_force(pack.in_force),
                applies,
                tests,
            }
        });
        packs.collect()
    }

    fn facts(&self) -> Vec<wire::Fact> {
        self.answer.facts.iter().map(|(id, value)| self.fact(id, value)).collect()
    }

    fn sums(&self) -> Vec<wire::Sum> {
        let known = &self.answer.facts;
        let sums = self.book.facts.iter().filter_map(|(id, fact)| {
            let sum = fact.sum.as_ref()?;
            let parts = sum.parts.iter();
            let parts: Vec<wire::Fact> =
                parts.filter_map(|part| Some(self.fact(*part, known.get(*part)?))).collect();
            let missing = sum.parts.iter().filter(|part| known.get(**part).is_none());
            let missing = self.fact_names(missing);
            (!parts.is_empty()).then(|| wire::Sum {
                fact: fact.name.clone(),
                title: fact.title.clone(),
                value: known.get(id).map(|value| words::value(&fact.kind, value)),
                is_worked_out: missing.is_empty(),
                parts,
                missing,
                citations: citations(&sum.citations),
            })
        });
        sums.collect()
    }

    fn fact(&self, id: FactId, value: &Value) -> wire::Fact {
        let fact = &self.book.facts[id];
        wire::Fact {
            fact: fact.name.clone(),
            title: fact.title.clone(),
            value: words::value(&fact.kind, value),
            json: facts::value_json(self.book, id, value),
        }
    }

    fn fact_names<'f>(&self, facts: impl IntoIterator<Item = &'f FactId>) -> Vec<FactName> {
        let facts = facts.into_iter().map(|fact| &self.book.facts[*fact]);
        facts.map(|fact| FactName { fact: fact.name.clone(), title: fact.title.clone() }).collect()
    }

    /// What is waited for that no fact can give.
    fn missing(&self, missing: &BTreeSet<Missing>) -> Vec<wire::Missing> {
        let name = |missing: &Missing| match *missing {
            Missing::Pack(id) => self.book.packs[id].name.clone(),
            Missing::Decision(id) => self.book.decisions[id].name.clone(),
            Missing::Amount(id) => self.book.amounts[id].name.clone(),
        };
        let said = |one: &Missing| words::missing(self.book, *one, self.answer.as_at);
        missing.iter().map(|one| wire::Missing { name: name(one), says: said(one) }).collect()
    }
}

pub(super) fn in_force(life: InForce) -> wire::InForce {
    let from = match life.from {
        Beginning::Always => None,
        Beginning::On(_) | Beginning::NotAppointed => Some(date_or_day(life.from)),
    };
    wire::InForce { from, until: life.until.map(iso) }
}

pub(super) const fn holds(known: Known) -> Holds {
    match known {
        Known::Yes => Holds::Yes,
        Known::No => Holds::No,
        Known::Unknown => Holds::Unknown,
    }
}

/// Citations, each once, in their order.
pub(super) fn citations<'c>(
    citations: impl IntoIterator<Item = &'c pack::Citation>,
) -> Vec<wire::Citation> {
    let mut cited: Vec<wire::Citation> = Vec::new();
    for citation in citations {
        let citation = wire::Citation { label: citation.label.clone(), url: citation.url.clone() };
        if !cited.contains(&citation) {
            cited.push(citation);
        }
    }
    cited
}

/// A date as JSON writes it: `2025-02-24`.
fn iso(date: Date) -> String {
    date.to_string()
}
