//! No circle of preferences in any commission.

use std::collections::{BTreeMap, BTreeSet};

use super::super::diagram::{GaveUp, Set};
use super::super::ledger::{Claim, Ledger, Reason};
use super::super::logic::Logic;
use super::super::meeting::Meeting;
use crate::decide::{Known, Standing, Trial};
use crate::pack::{Candidate, Preference, PreferenceId, Rulebook};
use crate::source::Span;

/// Who is put over whom, by which preference, and for which commissions.
type Over = BTreeMap<Candidate, Vec<(Candidate, PreferenceId, Set)>>;

pub(super) fn check(logic: &Logic<'_>, ledger: &mut Ledger) {
    let circling = circling(logic.book());
    let Ok(over) = over(logic, &circling) else {
        return give_up(logic, ledger, &circling);
    };
    let starts: Vec<Candidate> = over.keys().copied().collect();
    for start in starts {
        let everything = logic.diagrams.everything();
        let mut path = Vec::new();
        let mut search = Search { logic, ledger, over: &over, start, seen: BTreeSet::new() };
        if search.from(start, &everything, &mut path).is_err() {
            give_up(logic, ledger, &circling);
        }
    }
}

fn give_up(logic: &Logic<'_>, ledger: &mut Ledger, circling: &BTreeSet<PreferenceId>) {
    let claim = Claim::NoCircle(circling.iter().copied().collect());
    ledger.give_up(claim, logic.view.as_at, Reason::Budget);
}

fn over(logic: &Logic<'_>, circling: &BTreeSet<PreferenceId>) -> Result<Over, GaveUp> {
    let mut over = Over::new();
    for id in circling.iter().copied() {
        let preference = &logic.book().preferences[id];
        let holds = logic.preference(id)?.yes;
        if holds.is_nothing() {
            continue;
        }
        for above in &preference.above {
            let here = logic.diagrams.and(&holds, &stands(logic, *above))?;
            for below in &preference.below {
                over.entry(*above).or_default().push((*below, id, here.clone()));
            }
        }
    }
    Ok(over)
}

/// The preferences that are part of some circle, if all of them hold.
fn circling(book: &Rulebook) -> BTreeSet<PreferenceId> {
    let mut over: BTreeMap<Candidate, BTreeSet<Candidate>> = BTreeMap::new();
    for rules in book.preferences.rows() {
        for above in &rules.above {
            over.entry(*above).or_default().extend(&rules.below);
        }
    }
    let leads_back = |below: Candidate, above: Candidate| {
        let (mut seen, mut frontier) = (BTreeSet::from([below]), vec![below]);
        while let Some(here) = frontier.pop() {
            let further = over.get(&here).into_iter().flatten();
            frontier.extend(further.filter(|next| seen.insert(**next)));
        }
        seen.contains(&above)
    };
    let is_circling = |rules: &Preference| {
        rules.above.iter().any(|above| rules.below.iter().any(|below| leads_back(*below, *above)))
    };
    book.preferences.iter().filter(|(_, rules)| is_circling(rules)).map(|(id, _)| id).collect()
}

fn stands(logic: &Logic<'_>, candidate: Candidate) -> Set {
    match candidate {
        Candidate::Route(route) => logic.route(route).yes,
        Candidate::Model(model) => logic.model(model).yes,
    }
}

/// A search for circles that begin at their first member in the order of candidates.
struct Search<'s, 'g> {
    logic: &'s Logic<'g>,
    ledger: &'s mut Ledger,
    over: &'s Over,
    start: Candidate,
    seen: BTreeSet<Candidate>,
}

impl Search<'_, '_> {
    fn from(
        &mut self,
        here: Candidate,
        set: &Set,
        path: &mut Vec<(Candidate, PreferenceId)>,
    ) -> Result<(), GaveUp> {
        self.seen.insert(here);
        for (next, preference, ranks) in self.over.get(&here).into_iter().flatten() {
            let is_back = *next == self.start;
            if !is_back && (*next < self.start || self.seen.contains(next)) {
                continue;
            }
            let both = self.logic.diagrams.and(set, ranks)?;
            path.push((here, *preference));
            if is_back {
                self.note(&both, path);
            } else if !both.is_nothing() {
                self.from(*next, &both, path)?;
            }
            path.pop();
        }
        self.seen.remove(&here);
        Ok(())
    }

    /// Notes a circle of preferences, which these commissions have.
    fn note(&mut self, set: &Set, path: &[(Candidate, PreferenceId)]) {
        let mut preferences: Vec<PreferenceId> = path.iter().map(|(_, id)| *id).collect();
        preferences.sort_unstable();
        preferences.dedup();
        let agrees = |trial: &mut Trial<'_>| {
            path.iter().all(|(candidate, preference)| {
                let stands = match candidate {
                    Candidate::Route(route) => trial.route(*route) == Standing::Open,
                    Candidate::Model(model) => trial.model(*model) == Known::Yes,
                };
                stands && trial.preference(*preference) == Known::Yes
            })
        };
        let claim = Claim::NoCircle(preferences);
        self.ledger.never(self.logic, claim.clone(), Ok(Meeting::of(set.clone())), &agrees);
        let book = self.logic.book();
        self.ledger.blame(&claim, &|_| {
            let mut spans: Vec<Span> =
                path.iter().map(|(_, preference)| book.preferences[*preference].span).collect();
            spans.sort_unstable();
            spans
        });
    }
}
