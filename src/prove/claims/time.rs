//! Time: every day has exactly one law for every commission, and no list has a hole.

use super::super::about::governing;
use super::super::diagram::{GaveUp, Set};
use super::super::example::Example;
use super::super::ledger::{Claim, Ledger};
use super::super::logic::Logic;
use super::super::meeting::Meeting;
use crate::decide::{Known, Trial};
use crate::graph::Graph;
use crate::pack::{
    Condition, DecisionId, FactId, FactKind, ListRows, PackId, RouteId, Rulebook, walk,
};
use crate::quantity::{Beginning, CpvCode, Date, InForce};
use crate::source::Span;

pub(super) fn check(logic: &Logic<'_>, ledger: &mut Ledger) {
    let laws = governing(logic.book());
    let nations = nations(logic.book(), &laws);
    let of_nation = |nation: Option<(FactId, usize)>| match nation {
        Some((fact, option)) => logic.condition(&Condition::OneOf(fact, vec![option]), None),
        None => logic.condition(&Condition::All(Vec::new()), None),
    };
    let failing = not_one(logic, &laws);
    for nation in &nations {
        let within = of_nation(*nation).and_then(|nation| {
            failing.clone().map(|failing| Meeting::of(failing).inside(nation.yes))
        });
        let is_theirs = |trial: &mut Trial<'_>| {
            nation.is_none_or(|(fact, option)| {
                let nation = Condition::OneOf(fact, vec![option]);
                trial.condition(&nation, None) == Known::Yes
            })
        };
        let agrees = |trial: &mut Trial<'_>| is_theirs(trial) && has_not_one(logic, trial, &laws);
        ledger.never(logic, Claim::OneLaw(*nation), within, &agrees);
        let gates = |example: &Example| gates(logic.view.graph, &laws, example);
        ledger.blame(&Claim::OneLaw(*nation), &gates);
    }
    for pack in laws.iter().filter(|pack| logic.view.is_pack_in_force(**pack)) {
        extent(logic, ledger, *pack, &nations);
    }
    lists(logic.book(), ledger);
}

/// What says of each law that it governs the example: of two laws both; of none, what says so of
/// laws that are not in force.
fn gates(graph: &Graph, laws: &[PackId], example: &Example) -> Vec<Span> {
    let mut trial = Trial::new(graph, &example.facts, example.as_at);
    let gates = |trial: &mut Trial<'_>, is_wanted: &dyn Fn(&mut Trial<'_>, PackId) -> bool| {
        let mut wanted = Vec::new();
        for law in laws {
            let gate = graph.book().packs[*law].gate.as_ref();
            wanted.extend(gate.filter(|_| is_wanted(trial, *law)).map(|gate| gate.span));
        }
        wanted
    };
    let governing = gates(&mut trial, &|trial, law| trial.applies(law) == Known::Yes);
    if !governing.is_empty() {
        return governing;
    }
    gates(&mut trial, &|trial, law| {
        let gate = graph.book().packs[law].gate.as_ref();
        gate.is_some_and(|gate| trial.condition(&gate.condition, None) == Known::Yes)
    })
}

/// The nations that packs extend to: the options of the fact that names them all.
fn nations(book: &Rulebook, laws: &[PackId]) -> Vec<Option<(FactId, usize)>> {
    let names: Vec<&String> = laws.iter().flat_map(|pack| &book.packs[*pack].extent).collect();
    let names_all = |kind: &FactKind| {
        let has = |name: &&String| kind.choices().iter().any(|choice| choice.name == **name);
        matches!(kind, FactKind::OneOf(_)) && !names.is_empty() && names.iter().all(has)
    };
    let fact = book.facts.iter().find(|(_, fact)| names_all(&fact.kind));
    match fact {
        Some((id, fact)) => (0..fact.kind.choices().len()).map(|place| Some((id, place))).collect(),
        None => vec![None],
    }
}

/// The commissions under two laws at once, or under one that is not there.
fn not_one(logic: &Logic<'_>, laws: &[PackId]) -> Result<Set, GaveUp> {
    let (mut seen, mut twice) = (logic.diagrams.nothing(), logic.diagrams.nothing());
    for pack in laws {
        let applies = logic.applies(*pack).yes;
        twice = logic.diagrams.or(&twice, &logic.diagrams.and(&seen, &applies)?)?;
        seen = logic.diagrams.or(&seen, &applies)?;
    }
    let mut governed = logic.diagrams.nothing();
    for (decision, outcomes) in named(logic, laws) {
        let Some(decided) = logic.decision(decision) else { continue };
        for outcome in outcomes {
            if let Some(can) = decided.can.get(outcome) {
                governed = logic.diagrams.or(&governed, can)?;
            }
        }
    }
    let nobody = logic.diagrams.minus(&governed, &seen)?;
    logic.diagrams.or(&twice, &nobody)
}

/// The outcomes by which packs say that they govern. Another outcome is the rules' own word that
/// no law of theirs does.
fn named(logic: &Logic<'_>, laws: &[PackId]) -> Vec<(DecisionId, Vec<usize>)> {
    let mut named = Vec::new();
    for pack in laws {
        if let Some(gate) = &logic.book().packs[*pack].gate {
            walk(&gate.condition, &mut |condition| {
                if let Condition::Outcome(decision, outcomes) = condition {
                    named.push((*decision, outcomes.clone()));
                }
            });
        }
    }
    named
}

fn has_not_one(logic: &Logic<'_>, trial: &mut Trial<'_>, laws: &[PackId]) -> bool {
    let n_sure = laws.iter().filter(|pack| trial.applies(**pack) == Known::Yes).count();
    let none_can = laws.iter().all(|pack| trial.applies(*pack) == Known::No);
    let is_named = || {
        named(logic, laws).iter().any(|(decision, outcomes)| {
            let possible = trial.outcomes(*decision);
            !possible.is_empty() && possible.iter().all(|outcome| outcomes.contains(outcome))
        })
    };
    n_sure > 1 || (none_can && is_named())
}

/// A pack governs nobody of a nation that it does not extend to.
fn extent(
    logic: &Logic<'_>,
    ledger: &mut Ledger,
    pack: PackId,
    nations: &[Option<(FactId, usize)>],
) {
    let rules = &logic.book().packs[pack];
    let mut outside = Ok(logic.diagrams.nothing());
    let mut conditions = Vec::new();
    for (fact, place) in nations.iter().flatten() {
        let name = logic.book().facts[*fact].kind.choices().get(*place);
        if name.is_some_and(|name| rules.extent.contains(&name.name)) {
            continue;
        }
        let condition = Condition::OneOf(*fact, vec![*place]);
        let nation = logic.condition(&condition, None);
        outside = outside.and_then(|outside| logic.diagrams.or(&outside, &nation?.yes));
        conditions.push(condition);
    }
    let failing = outside.map(|outside| Meeting::of(outside).inside(logic.applies(pack).yes));
    let agrees = |trial: &mut Trial<'_>| {
        trial.applies(pack) == Known::Yes
            && conditions
                .iter()
                .any(|nation| trial.condition(nation, None::<RouteId>) == Known::Yes)
    };
    ledger.never(logic, Claim::WithinExtent(pack), failing, &agrees);
    let gate = || rules.gate.iter().map(|gate| gate.span).collect();
    ledger.blame(&Claim::WithinExtent(pack), &|_| gate());
}

/// Every code of a list is on it once a day, and in one spell or in spells without a hole.
fn lists(book: &Rulebook, ledger: &mut Ledger) {
    for (id, list) in book.lists.iter() {
        let ListRows::Codes(rows) = &list.rows else { continue };
        let mut starts: Vec<CpvCode> = Vec::new();
        let spells: Vec<(CpvCode, CpvCode, InForce, Span)> = rows
            .iter()
            .flat_map(|row| row.codes.iter().map(move |codes| (codes.bounds(), row)))
            .map(|((first, last), row)| (first, last, row.in_force, row.span))
            .collect();
        starts.extend(spells.iter().map(|(first, ..)| *first));
        starts.sort_unstable();
        starts.dedup();
        let broken = starts.into_iter().find_map(|code| {
            let own = spells.iter().filter(|(first, last, ..)| *first <= code && code <= *last);
            broken(own.map(|(_, _, period, span)| (*period, *span)).collect())
        });
        let (on, clauses) = broken.map_or((None, Vec::new()), |(on, spans)| (Some(on), spans));
        ledger.refute_if(Claim::ListWhole(id), on, clauses);
    }
}

/// The first day that is covered twice, or missing between two spells.
fn broken(mut spells: Vec<(InForce, Span)>) -> Option<(Date, Vec<Span>)> {
    spells.retain(|(period, _)| period.from != Beginning::NotAppointed);
    spells.sort_by_key(|(period, _)| period.first_day());
    spells.windows(2).find_map(|pair| {
        let [(before, first), (after, second)] = pair else { return None };
        let begins = after.first_day()?;
        match before.until {
            Some(until) if until == begins => None,
            Some(until) if until < begins => Some((until, vec![*first, *second])),
            _ => Some((begins, vec![*first, *second])),
        }
    })
}
