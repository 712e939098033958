//! Which route to take, by the wires of a circuit: what `rank` says, without its reasons.

use super::wires::{Carried, Signal, Wires};
use super::{Circuit, Reached};
use crate::decide::{Advice, Known, Standing};
use crate::pack::{Candidate, Id};

/// A preference in force: routes by bits.
#[derive(Clone, Debug)]
pub(super) struct Row {
    above: Vec<u64>,
    below: Vec<u64>,
    has_model_above: bool,
    has_model_below: bool,
    holds: Signal,
}

impl Row {
    pub(super) fn new(above: &[Candidate], below: &[Candidate], holds: Signal) -> Self {
        let is_model = |candidate: &Candidate| matches!(candidate, Candidate::Model(_));
        Self {
            above: bits(above),
            below: bits(below),
            has_model_above: above.iter().any(is_model),
            has_model_below: below.iter().any(is_model),
            holds,
        }
    }

    /// Whether it holds, of what is not barred; none where it ranks nothing, or surely fails.
    fn ranks(&self, reached: &Reached, wires: &Wires) -> Option<Known> {
        let is_there = (self.has_model_above || meet(&self.above, &reached.not_barred))
            && (self.has_model_below || meet(&self.below, &reached.not_barred));
        Some(wires.get(self.holds)).filter(|holds| is_there && *holds != Known::No)
    }
}

fn bits(candidates: &[Candidate]) -> Vec<u64> {
    let mut bits = Vec::new();
    for candidate in candidates {
        if let Candidate::Route(route) = candidate {
            add(&mut bits, route.place());
        }
    }
    bits
}

/// Adds a place to a set.
fn add(set: &mut Vec<u64>, place: usize) {
    let (word, bit) = (place / 64, 1_u64 << (place % 64));
    if set.len() <= word {
        set.resize(word + 1, 0);
    }
    if let Some(word) = set.get_mut(word) {
        *word |= bit;
    }
}

fn has(set: &[u64], place: usize) -> bool {
    set.get(place / 64).is_some_and(|word| word & (1 << (place % 64)) != 0)
}

fn meet(a: &[u64], b: &[u64]) -> bool {
    a.iter().zip(b).any(|(a, b)| a & b != 0)
}

/// Whether two sets have a place in common that is not this one.
fn meet_beside(a: &[u64], b: &[u64], place: usize) -> bool {
    let (word, bit) = (place / 64, 1_u64 << (place % 64));
    let both = a.iter().zip(b).enumerate();
    both.into_iter().any(|(at, (a, b))| {
        let common = a & b;
        (if at == word { common & !bit } else { common }) != 0
    })
}

fn places(set: &[u64]) -> impl Iterator<Item = usize> + '_ {
    set.iter().enumerate().flat_map(|(at, word)| {
        let bits = (0..64).filter(move |bit| word & (1 << bit) != 0);
        bits.map(move |bit| at * 64 + bit)
    })
}

impl Circuit {
    /// What to do, once the wires are read.
    pub(super) fn advice(&self, reached: &Reached, wires: &Wires) -> Advice {
        if reached.not_barred.iter().all(|word| *word == 0) {
            return if self.has_rules(wires) { Advice::NoneLawful } else { Advice::NoRules };
        }
        let mut first = places(&reached.open).filter(|route| self.is_first(*route, reached, wires));
        let first = first.next();
        if let Some(route) = first.and_then(|place| self.routes.get(place)) {
            return Advice::Take(route.route);
        }
        let rows = self.preferences.iter().filter_map(|row| row.ranks(reached, wires));
        let is_sure = reached.open == reached.not_barred;
        let mut rows = rows;
        if is_sure && rows.all(|holds| holds == Known::Yes) { Advice::Tie } else { Advice::Waits }
    }

    /// Whether some pack that says to whom it applies applies, or none says so.
    fn has_rules(&self, wires: &Wires) -> bool {
        let Some(gates) = &self.law else { return false };
        gates.is_empty() || gates.iter().any(|gate| wires.get(*gate) != Known::No)
    }

    /// Whether an open route comes out first, whatever the unsettled ones turn out to be: nothing
    /// may be preferred to it, and each other is surely behind it or behind another open one.
    fn is_first(&self, first: usize, reached: &Reached, wires: &Wires) -> bool {
        let ranking = || {
            self.preferences
                .iter()
                .filter_map(|row| row.ranks(reached, wires).map(|holds| (row, holds)))
        };
        let may_be_behind = ranking().any(|(row, _)| {
            has(&row.below, first) && meet_beside(&row.above, &reached.not_barred, first)
        });
        let is_behind = |other: usize| {
            ranking().any(|(row, holds)| {
                holds == Known::Yes
                    && has(&row.below, other)
                    && (has(&row.above, first) || meet_beside(&row.above, &reached.open, other))
            })
        };
        !may_be_behind && places(&reached.not_barred).filter(|other| *other != first).all(is_behind)
    }
}

impl Reached {
    pub(super) fn clear(&mut self) {
        self.open.clear();
        self.not_barred.clear();
    }

    /// How it stands with the route at a place.
    pub(super) fn standing(&self, place: usize) -> Standing {
        match (has(&self.open, place), has(&self.not_barred, place)) {
            (true, _) => Standing::Open,
            (false, true) => Standing::Unsettled,
            (false, false) => Standing::Barred,
        }
    }

    /// Adds the next routes, by whether something bars them; a word of them at most.
    pub(super) fn note(&mut self, barred: impl Iterator<Item = Carried>) {
        let (mut open, mut not_barred) = (0, 0);
        for (place, Carried { is_yes, is_open }) in barred.enumerate() {
            open |= u64::from(!is_yes && !is_open) << place;
            not_barred |= u64::from(!is_yes) << place;
        }
        self.open.push(open);
        self.not_barred.push(not_barred);
    }
}

#[cfg(test)]
mod tests {
    use super::{add, meet_beside, places};

    fn set(places: &[usize]) -> Vec<u64> {
        let mut set = Vec::new();
        places.iter().for_each(|place| add(&mut set, *place));
        set
    }

    #[test]
    fn places_past_the_first_word_are_told_apart() {
        let all = [0, 1, 63, 64, 65, 130];
        let several = set(&all);
        assert_eq!(places(&several).collect::<Vec<usize>>(), all);
        for place in all {
            for beside in all {
                let meets = meet_beside(&several, &set(&[place]), beside);
                assert_eq!(meets, place != beside, "{place} beside {beside}");
            }
        }
    }
}
