//! What is said to differ between two versions of rules does, and what is not said to doesn't:
//! held against every completion that is tried, by the naive evaluator and by whole answers.
//!
//! The versions have the same facts in the same order, so that one set of facts is put to both.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use clearway::decide::{Answer, ChecklistItem, Known, Recommendation, decide};
use clearway::facts::Facts;
use clearway::graph::Graph;
use clearway::pack::{ListRows, Value};
use clearway::prove::{
    Allowed, Change, Difference, Differences, Equivalence, Shared, Spell, Turn, differences,
    is_equivalent,
};
use clearway::quantity::Date;

use super::dice::Dice;
use super::domains::Domains;
use super::generate::written;
use super::naive::World;
use super::shrink::Files;
use super::trial::{compiled, compiled_or_fail, fail, n_cases};

/// How many commissions are put to both versions of a pack.
const N_COMMISSIONS: usize = 120;

/// How many packs are tried.
fn n_packs() -> u64 {
    u64::try_from(n_cases() / 4_000).unwrap_or(1).max(1)
}

#[test]
fn rules_in_another_order_are_proved_the_same() {
    for seed in 1..=n_packs() {
        let written = written(seed);
        let (files, rearranged) = (written.files(), written.rearranged(&mut Dice::new(seed)));
        let (old, new) = (compiled_or_fail(seed, &files), compiled_or_fail(seed, &rearranged));
        for (old, new) in [(&old, &old), (&old, &new)] {
            let found = differences(old, new);
            if !found.is_same() || is_equivalent(old, new) != Equivalence::Equivalent {
                fail(seed, &format!("{:?} {:?}", found.found, found.unproved), &rearranged);
            }
        }
    }
}

#[test]
fn what_is_said_to_differ_does_and_the_rest_does_not() {
    for seed in 1..=n_packs() * 3 {
        let mut dice = Dice::new(seed);
        let files = written(seed).files();
        let old = compiled_or_fail(seed, &files);
        let Some((changed, new)) = (0..30).find_map(|_| {
            let changed = changed(&files, &mut dice)?;
            let graph = compiled(&changed).ok()?;
            Some((changed, graph))
        }) else {
            continue;
        };
        if let Err(wrong) = held(&old, &new, &mut dice) {
            let before: String = files.iter().map(|(_, text)| text.as_str()).collect();
            fail(seed, &format!("{wrong}\n\nbefore:\n{before}\nafter:"), &changed);
        }
    }
}

/// The rules with one line of a rule changed or left out.
fn changed(files: &Files, dice: &mut Dice) -> Option<Files> {
    let swaps = [
        (" and ", " or "),
        (" or ", " and "),
        (" < ", " <= "),
        (" <= ", " < "),
        (" >= ", " > "),
        (" > ", " >= "),
        (" is yes", " is no"),
        ("needs ", "barred when "),
        ("when ", "when not "),
        ("2024-12-31", "2025-01-31"),
        ("2025-02-24", "2025-04-01"),
        ("days", "months"),
        ("kind", "kind"),
    ];
    let mut changed = files.clone();
    let place = dice.below(changed.len());
    let (_, text) = changed.get_mut(place)?;
    let lines: Vec<&str> = text.lines().collect();
    let at = dice.below(lines.len());
    let item = lines.iter().take(at + 1).rev().find(|line| !line.starts_with(' '))?;
    let keywords = ["decision", "route", "document", "period", "prefer", "model"];
    let line = lines.get(at)?;
    if !keywords.iter().any(|keyword| item.starts_with(keyword)) || !line.starts_with("    ") {
        return None;
    }
    let (from, to) = dice.pick(&swaps);
    let other = if from == to { None } else { Some(line.replace(from, to)) };
    if other.as_deref() == Some(*line) {
        return None;
    }
    let kept = lines.iter().enumerate().filter_map(|(number, line)| match number == at {
        true => other.as_ref().map(|other| format!("{other}\n")),
        false => Some(format!("{line}\n")),
    });
    *text = kept.collect();
    Some(changed)
}

/// Says where a comparison claims what is not so.
fn held(old: &Graph, new: &Graph, dice: &mut Dice) -> Result<(), String> {
    let found = differences(old, new);
    let expected = match (found.is_same(), found.is_different()) {
        (true, _) => Equivalence::Equivalent,
        (false, true) => Equivalence::Different,
        (false, false) => Equivalence::GaveUp,
    };
    let equivalence = is_equivalent(old, new);
    if equivalence != expected {
        return Err(format!("it is {equivalence:?}, and the differences are {found:?}"));
    }
    let days: Vec<Date> = old.days().iter().chain(new.days()).copied().collect();
    let domains = Domains::of_law(old.book(), &days, dice);
    for difference in &found.found {
        borne_out(&found, difference, &domains, dice)?;
    }
    if found.unproved.iter().any(|unproved| unproved.change.is_none()) {
        return Ok(());
    }
    for _ in 0..N_COMMISSIONS {
        let facts = domains.facts(&domains.any(dice));
        let day = dice.pick(&days);
        let as_at = if dice.one_in(3) { day.yesterday().unwrap_or(day) } else { day };
        not_named_is_same(&found, &facts, as_at)?;
        for_whom_it_is_said(&found, &facts, as_at)?;
    }
    Ok(())
}

/// A difference is there in every completion of the commission that shows it.
fn borne_out(
    found: &Differences<'_>,
    difference: &Difference<'_>,
    domains: &Domains,
    dice: &mut Dice,
) -> Result<(), String> {
    for spell in difference.spells.iter().filter(|spell| !spell.is_as_if_appointed) {
        for _ in 0..5 {
            let mut facts = domains.facts(&domains.any(dice));
            for (fact, value) in spell.shown.new.iter() {
                facts.learn(fact, value.clone());
            }
            let as_at = spell.shown.new_day;
            let old = World::new(found.old.book(), &facts, as_at);
            let new = World::new(found.new.book(), &facts, as_at);
            let turned = |turn: Turn, before: bool, after: bool| match turn {
                Turn::Begins => !before && after,
                Turn::Ends => before && !after,
                Turn::LeftOpen => true,
            };
            let route = spell.routes.first();
            let is_so = match difference.change {
                Change::Open(two, turn) => turned(
                    turn,
                    two.old.is_some_and(|id| old.is_open(id)),
                    two.new.is_some_and(|id| new.is_open(id)),
                ),
                Change::Fits(two, turn) => turned(
                    turn,
                    two.old.is_some_and(|id| old.fits(id) == Some(true)),
                    two.new.is_some_and(|id| new.fits(id) == Some(true)),
                ),
                Change::Outcome(two, before, after) => {
                    two.old.and_then(|id| old.outcome(id)) == before
                        && two.new.and_then(|id| new.outcome(id)) == after
                }
                // The commission is open on one of the routes, not on a known one.
                Change::Needed(two, turn) => spell.routes.iter().any(|route| {
                    let (Some(a), Some(b)) = (route.old, route.new) else { return false };
                    old.is_open(a)
                        && new.is_open(b)
                        && turned(
                            turn,
                            two.old.is_some_and(|id| old.needs(id, a) == Some(true)),
                            two.new.is_some_and(|id| new.needs(id, b) == Some(true)),
                        )
                }),
                Change::Applies(..)
                | Change::Preferred(..)
                | Change::Gates(_)
                | Change::Banned(..)
                | Change::Due(..)
                | Change::Length(..) => true,
            };
            if !is_so {
                let change = difference.change;
                return Err(format!("not so: {change:?} on {route:?} of {facts:?} on {as_at}"));
            }
        }
    }
    Ok(())
}

/// A route that turns does so only for those for whom it is said to, and for all of those for
/// whom it is said to for all.
fn for_whom_it_is_said(found: &Differences<'_>, facts: &Facts, as_at: Date) -> Result<(), String> {
    let old = World::new(found.old.book(), facts, as_at);
    let new = World::new(found.new.book(), facts, as_at);
    for difference in &found.found {
        let Change::Open(two, turn) = difference.change else { continue };
        let before = two.old.is_some_and(|id| old.is_open(id));
        let after = two.new.is_some_and(|id| new.is_open(id));
        let (is_turned, could_turn) = match turn {
            Turn::Begins => (!before && after, after),
            Turn::Ends => (before && !after, before),
            Turn::LeftOpen => continue,
        };
        let is_on = |spell: &&Spell<'_>| {
            let is_past_last = spell.last.is_some_and(|last| last < as_at);
            spell.from <= as_at && !is_past_last && !spell.is_as_if_appointed
        };
        let spell = difference.spells.iter().find(is_on).filter(|spell| !spell.is_moving);
        let Some(spell) = spell else { continue };
        let is_one = spell.shared.iter().all(|shared| is_so(found, facts, shared));
        if is_turned && !is_one {
            return Err(format!("{spell:?} is not said of {facts:?} on {as_at}"));
        }
        if spell.is_all && could_turn && is_one && !is_turned && !has_comparison(spell) {
            return Err(format!("{spell:?} is said of {facts:?} on {as_at}"));
        }
    }
    Ok(())
}

/// Whether what is shared can't all be judged here.
fn has_comparison(spell: &Spell<'_>) -> bool {
    let is_one = |shared: &Shared| match shared {
        Shared::Comparison(..) => true,
        Shared::Fact(_, _, allowed) => match allowed {
            Allowed::Ranges(ranges) => ranges.iter().any(|range| {
                let least = range.least.iter().chain(&range.end);
                least.into_iter().any(|(value, _)| matches!(value, Value::Duration(_)))
            }),
            Allowed::Codes(_) | Allowed::OnList(..) => true,
            Allowed::YesNo(_)
            | Allowed::Options(_)
            | Allowed::Includes(..)
            | Allowed::Texts(_)
            | Allowed::OtherTexts(_) => false,
        },
    };
    spell.shared.iter().any(is_one)
}

/// Whether a commission is as it is said of those for which something differs.
fn is_so(found: &Differences<'_>, facts: &Facts, shared: &Shared) -> bool {
    let Shared::Fact(_, fact, allowed) = shared else { return true };
    let Some(value) = facts.get(*fact) else { return true };
    match (allowed, value) {
        (Allowed::YesNo(wanted), Value::YesNo(yes)) => wanted == yes,
        (Allowed::Options(options), Value::Choice(option)) => options.contains(option),
        (Allowed::Includes(option, is_in), Value::Choices(options)) => {
            options.contains(option) == *is_in
        }
        (Allowed::Texts(texts), Value::Text(text)) => texts.contains(text),
        (Allowed::OtherTexts(texts), Value::Text(text)) => !texts.contains(text),
        (Allowed::Codes(ranges), Value::Code(code)) => {
            ranges.iter().any(|(first, next)| first <= code && next.is_none_or(|next| *code < next))
        }
        (Allowed::OnList(list, is_on), Value::Code(code)) => {
            let ListRows::Codes(rows) = &found.new.book().lists[*list].rows else { return true };
            // Rows come and go; a code on none of them is on no day's list.
            let is_ever_on =
                rows.iter().flat_map(|row| &row.codes).any(|codes| codes.contains(*code));
            is_ever_on || !is_on
        }
        (Allowed::Ranges(ranges), value) => ranges.iter().any(|range| {
            let order = |bound: &Option<(Value, Value)>| {
                bound.as_ref().and_then(|(bound, _)| ordering(value, bound))
            };
            order(&range.least) != Some(Ordering::Less)
                && order(&range.end).is_none_or(|order| order == Ordering::Less)
        }),
        _ => true,
    }
}

/// How two values compare; lengths of time only do on a day.
fn ordering(a: &Value, b: &Value) -> Option<Ordering> {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => Some(a.cmp(b)),
        (Value::Money(a), Value::Money(b)) => Some(a.cmp(b)),
        (Value::Percentage(a), Value::Percentage(b)) => Some(a.cmp(b)),
        (Value::Date(a), Value::Date(b)) => Some(a.cmp(b)),
        _ => None,
    }
}

/// Whatever no difference and no doubt names comes out the same.
fn not_named_is_same(found: &Differences<'_>, facts: &Facts, as_at: Date) -> Result<(), String> {
    let doubts = found.unproved.iter().filter_map(|unproved| unproved.change);
    let named: Vec<Change> =
        found.found.iter().map(|difference| difference.change).chain(doubts).collect();
    let (a, b) = (found.old.book(), found.new.book());
    let (old, new) = (World::new(a, facts, as_at), World::new(b, facts, as_at));
    let wrong = |what: &str| Err(format!("`{what}` differs for {facts:?} on {as_at}"));
    for ((id, route), (other, _)) in a.routes.iter().zip(b.routes.iter()) {
        let is_named = named
            .iter()
            .any(|change| matches!(change, Change::Open(two, _) if two.old == Some(id)));
        if !is_named && old.is_open(id) != new.is_open(other) {
            return wrong(&route.name);
        }
        if !old.is_open(id) || !new.is_open(other) {
            continue;
        }
        for ((id_, document), (other_, _)) in a.documents.iter().zip(b.documents.iter()) {
            let is_named = named
                .iter()
                .any(|change| matches!(change, Change::Needed(two, _) if two.old == Some(id_)));
            if !is_named && old.needs(id_, id) != new.needs(other_, other) {
                return wrong(&document.name);
            }
        }
    }
    for ((id, decision), (other, rules)) in a.decisions.iter().zip(b.decisions.iter()) {
        let is_named = named
            .iter()
            .any(|change| matches!(change, Change::Outcome(two, ..) if two.old == Some(id)));
        let name = |outcome: Option<usize>, outcomes: &[clearway::pack::Choice]| {
            outcome.and_then(|outcome| outcomes.get(outcome)).map(|outcome| outcome.name.clone())
        };
        let (before, after) =
            (name(old.outcome(id), &decision.outcomes), name(new.outcome(other), &rules.outcomes));
        if !is_named && before != after {
            return wrong(&decision.name);
        }
    }
    if named.is_empty() && found.plain.is_empty() {
        let (before, after) = (decide(found.old, facts, as_at), decide(found.new, facts, as_at));
        let (before, after) = (outline(&before), outline(&after));
        if before != after {
            return wrong(&format!("{:?} {:?}", &before - &after, &after - &before));
        }
    }
    Ok(())
}

/// What an answer says of the law, words aside.
fn outline(answer: &Answer<'_>) -> BTreeSet<String> {
    let book = answer.graph.book();
    let mut lines: BTreeSet<String> = BTreeSet::new();
    if let Recommendation::Take { route, model, .. } = &answer.recommendation {
        let model = model.map(|model| &book.models[model].name);
        lines.insert(format!("take {} {model:?}", book.routes[*route].name));
    }
    lines.extend(
        answer
            .routes
            .iter()
            .map(|finding| format!("{} {:?}", book.routes[finding.route].name, finding.standing)),
    );
    lines.extend(answer.models.iter().map(|finding| {
        let mut gates: Vec<Known> = finding.gates.iter().map(|gate| gate.holds).collect();
        gates.sort_unstable();
        format!("{} {:?} {gates:?}", book.models[finding.model].name, finding.fits)
    }));
    for item in &answer.checklist {
        let ChecklistItem::Document(finding) = item else { continue };
        let due: Vec<String> =
            finding.due.iter().map(|(due, day)| format!("{:?} {day:?}", due.rule)).collect();
        let name = &book.documents[finding.document].name;
        lines.insert(format!("{name} {:?} {due:?}", finding.needed));
    }
    lines.extend(answer.timetable.periods.iter().map(|period| {
        let name = &book.periods[period.period].name;
        format!("{name} {:?} {:?} {:?}", period.length.length, period.starts, period.ends)
    }));
    lines
}
