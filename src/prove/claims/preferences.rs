//! No circle of preferences in any commission.

use std::collections::{BTreeMap, BTreeSet};

use super::super::diagram::{GaveUp, Set};
use super::super::ledger::{Claim, Ledger};
use super::super::logic::Logic;
use crate::decide::{Known, Standing};
use crate::pack::{Candidate, PreferenceId};

/// Who is put over whom, by which preference, and for which commissions.
type Over = BTreeMap<Candidate, Vec<(Candidate, PreferenceId, Set)>>;

pub(super) fn check(logic: &Logic<'_>, ledger: &mut Ledger) {
    let Ok(over) = over(logic) else { return };
    let starts: Vec<Candidate> = over.keys().copied().collect();
    for start in starts {
        let everything = logic.diagrams.everything();
        let mut path = Vec::new();
        let mut search = Search { logic, ledger, over: &over, start, seen: BTreeSet::new() };
        if search.from(start, &everything, &mut path).is_err() {
            let ids: Vec<PreferenceId> = logic.book().preferences.ids().collect();
            let reason = super::super::ledger::Reason::Budget;
            ledger.give_up(Claim::NoCircle(ids), logic.view.as_at, reason);
        }
    }
}

fn over(logic: &Logic<'_>) -> Result<Over, GaveUp> {
    let mut over = Over::new();
    for (id, preference) in logic.book().preferences.iter() {
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
        let agrees = |trial: &mut crate::decide::Trial<'_>| {
            path.iter().all(|(candidate, preference)| {
                let stands = match candidate {
                    Candidate::Route(route) => trial.route(*route) == Standing::Open,
                    Candidate::Model(model) => trial.model(*model) == Known::Yes,
                };
                stands && trial.preference(*preference) == Known::Yes
            })
        };
        self.ledger.never(self.logic, Claim::NoCircle(preferences), Ok(set.clone()), &agrees);
    }
}
