//! Exactly the facts that can still change the answer, the most decisive first.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::super::diagram::{Bit, GaveUp, Set};
use super::super::meeting::Meeting;
use super::case::Case;
use crate::decide::Question;
use crate::pack::FactId;

/// How much more it counts that a route may turn on a fact than that a paper may.
const ROUTE_WEIGHT: u64 = 16;

/// All commissions, in parts of which shares are told.
const ALL: u64 = 1 << 30;

/// What an answer says and that is not settled.
struct Said {
    things: Vec<Thing>,
}

/// One thing that an answer says: whether the commission is in `set`, where it is in one of
/// `within`.
struct Thing {
    set: Meeting,
    within: Vec<Rc<Within>>,
    /// How much it counts.
    counts: u64,
}

/// Commissions, with their share of all as far as their sets have nothing to do with one another.
struct Within {
    met: Meeting,
    share: u64,
}

/// What is said of a fact.
#[derive(Default)]
struct Weight {
    decisive: u64,
    n_waiting: usize,
}

pub(super) fn questions(case: &Case<'_>) -> Result<Vec<Question>, GaveUp> {
    case.questions.get_or_init(|| made(case)).clone()
}

fn made(case: &Case<'_>) -> Result<Vec<Question>, GaveUp> {
    let said = said(case)?;
    let matter = said.turns_on(case)?;
    let mut weights: BTreeMap<FactId, Weight> = BTreeMap::new();
    for thing in &said.things {
        for (fact, share) in thing.shares(case) {
            let weight = weights.entry(fact).or_default();
            weight.decisive = weight.decisive.saturating_add(share.saturating_mul(thing.counts));
            weight.n_waiting += 1;
        }
    }
    let mut questions: Vec<(FactId, Weight)> =
        weights.into_iter().filter(|(fact, _)| matter.contains(fact)).collect();
    questions.sort_by_key(|(fact, weight)| (Reverse(weight.decisive), *fact));
    let question =
        |(fact, weight): (FactId, Weight)| Question { fact, n_waiting: weight.n_waiting };
    Ok(questions.into_iter().map(question).collect())
}

/// Everything that the answer says and that is not settled: what whole routes turn on first.
fn said(case: &Case<'_>) -> Result<Said, GaveUp> {
    let logic = &case.here;
    let book = logic.book();
    let mut said = Said { things: Vec::new() };
    let all = [Within::of(Meeting::default())];
    for route in book.routes.ids() {
        said.add(Meeting::of(logic.route(route).yes), &all, ROUTE_WEIGHT);
    }
    for (_, unbeaten) in logic.ranked()?.unbeaten() {
        said.add(unbeaten, &all, ROUTE_WEIGHT);
    }
    if case.is_all_barred() {
        // Whether that is because no law here governs is a different answer.
        let mut governed = logic.diagrams.nothing();
        for (id, _) in book.packs.iter().filter(|(_, pack)| pack.gate.is_some()) {
            governed = logic.diagrams.or(&governed, &logic.applies(id).yes)?;
        }
        said.add(Meeting::of(governed), &all, ROUTE_WEIGHT);
    }
    for (id, model) in book.models.iter() {
        let open = model.carried_by.iter().map(|route| Meeting::of(logic.route(*route).yes));
        let open: Vec<Rc<Within>> = open.map(Within::of).collect();
        said.add(Meeting::of(logic.model(id).yes), &open, 1);
    }
    for (route, unbeaten) in logic.ranked()?.unbeaten() {
        let unbeaten = [Within::of(unbeaten)];
        for (id, document) in book.documents.iter() {
            let needed = logic.document(id, route)?.yes;
            said.add(Meeting::of(needed.clone()), &unbeaten, 1);
            if !document.forbidden.is_empty() {
                let banned = logic.ban(id, route)?.yes;
                said.add(Meeting::of(banned), &unbeaten, 1);
            }
            let due = document.due.iter().filter(|due| logic.view.is_in_force(due.in_force));
            let needed: Vec<Rc<Within>> =
                unbeaten.iter().map(|unbeaten| unbeaten.and(needed.clone())).collect();
            for condition in due.filter_map(|due| due.condition.as_ref()) {
                let holds = logic.condition(condition, Some(route))?.yes;
                said.add(Meeting::of(holds), &needed, 1);
            }
        }
    }
    Ok(said)
}

impl Within {
    fn of(met: Meeting) -> Rc<Self> {
        let share = met.sets().fold(ALL, |all, (set, is_in)| part(all, weighed(set), is_in));
        Rc::new(Self { met, share })
    }

    /// Those of them that are in a set too; they count as much.
    fn and(&self, set: Set) -> Rc<Self> {
        Rc::new(Self { met: self.met.clone().inside(set), share: self.share })
    }
}

impl Said {
    fn add(&mut self, set: Meeting, within: &[Rc<Within>], counts: u64) {
        let is_settled = |within: &Rc<Within>| within.met.is_plainly_nothing();
        if set.is_plainly_settled() || within.iter().all(is_settled) {
            return;
        }
        match self.things.iter_mut().find(|thing| thing.set == set && thing.counts == counts) {
            Some(thing) => thing.within.extend(within.iter().cloned()),
            None => self.things.push(Thing { set, within: within.to_vec(), counts }),
        }
    }

    /// The unknown facts that something turns on for some commission.
    ///
    /// What a thing is said within turns on no fact that is not found before it: the routes that
    /// are open or come out unbeaten are said first, and then the papers needed on them.
    fn turns_on(&self, case: &Case<'_>) -> Result<BTreeSet<FactId>, GaveUp> {
        let diagrams = &case.here.diagrams;
        let mut found = BTreeSet::new();
        for thing in &self.things {
            let bits: BTreeSet<Bit> = thing.set.sets().flat_map(|(set, _)| set.bits()).collect();
            for bit in bits {
                let facts = case.unknown_of(bit);
                if facts.iter().all(|fact| found.contains(fact)) {
                    continue;
                }
                let mut ways = thing.within.iter().flat_map(|within| {
                    thing.set.turning(bit).map(|turning| within.met.clone().and(turning))
                });
                let met = ways.find_map(|way| way.first(diagrams).transpose());
                if met.transpose()?.is_some() {
                    found.extend(facts);
                }
            }
        }
        Ok(found)
    }
}

impl Thing {
    /// The share of all commissions for which saying this reads each fact, its sets and what it is
    /// said within being taken to have nothing to do with one another.
    fn shares(&self, case: &Case<'_>) -> BTreeMap<FactId, u64> {
        let within = self.within.iter().map(|within| within.share).fold(0, u64::saturating_add);
        let sets: Vec<Reading> =
            self.set.sets().map(|(set, is_in)| Reading::of(set, is_in)).collect();
        let mut shares: BTreeMap<FactId, u64> = BTreeMap::new();
        for (place, reading) in sets.iter().enumerate() {
            let others = sets.iter().enumerate().filter(|(other, _)| *other != place);
            let among = others.fold(within, |all, (_, other)| part(all, other.share, true));
            for (fact, share) in reading.of_facts(case) {
                let most = shares.entry(fact).or_default();
                // A fact that is hardly ever read is still read.
                *most = (*most).max(part(share, among, true).max(1));
            }
        }
        shares
    }
}

/// What it takes to say whether a commission is in a set.
struct Reading {
    /// The share of all commissions that pass: are inside or outside, whichever is looked for.
    share: u64,
    /// The share of all commissions for which each bit is read.
    by_bit: BTreeMap<Bit, u64>,
}

impl Reading {
    fn of(set: &Set, is_inside: bool) -> Self {
        let steps = set.steps();
        let mut reached: Vec<u64> = vec![0; steps.len()];
        if let Some(top) = reached.last_mut() {
            *top = ALL;
        }
        let mut by_bit: BTreeMap<Bit, u64> = BTreeMap::new();
        for (node, step) in steps.iter().enumerate().skip(2).rev() {
            let share = reached.get(node).copied().unwrap_or_default();
            let entry = by_bit.entry(step.bit).or_default();
            *entry = entry.saturating_add(share);
            for next in [step.no, step.yes] {
                if let Some(place) = reached.get_mut(next) {
                    *place = place.saturating_add(share / 2);
                }
            }
        }
        let share = if set.is_nothing() { 0 } else { reached.get(1).copied().unwrap_or_default() };
        Self { share: part(ALL, share, is_inside), by_bit }
    }

    fn of_facts(&self, case: &Case<'_>) -> BTreeMap<FactId, u64> {
        let mut by_fact: BTreeMap<FactId, u64> = BTreeMap::new();
        for (bit, share) in &self.by_bit {
            for fact in case.unknown_of(*bit) {
                let most = by_fact.entry(fact).or_default();
                *most = (*most).max(*share);
            }
        }
        by_fact
    }
}

/// The share of all commissions that are in a set.
fn weighed(set: &Set) -> u64 {
    Reading::of(set, true).share
}

/// So much of a share of all commissions as another share, or its rest, has of all.
fn part(share: u64, of: u64, is_inside: bool) -> u64 {
    let of = if is_inside { of } else { ALL.saturating_sub(of) };
    share.saturating_mul(of) / ALL
}
