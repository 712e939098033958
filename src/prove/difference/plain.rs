//! What the rules plainly say otherwise: facts, figures, holidays, what papers are.

use std::collections::BTreeSet;

use super::super::view::View;
use super::meaning::{figures, kind_meaning};
use super::sides::paired;
use super::{Days, FigureSpell, Plain, Two};
use crate::graph::Graph;
use crate::pack::{AmountId, CalendarId, FactId, ListRows, ModelId, RouteId, Rulebook};
use crate::quantity::Date;

/// What two versions plainly say otherwise.
pub(super) fn between(old: &Graph, new: &Graph, spells: &[Days]) -> Vec<Plain> {
    let (before, after) = (old.book(), new.book());
    let mut plain = facts(before, after);
    for (_, two) in paired(&before.amounts, &after.amounts, |amount| &amount.name) {
        plain.extend(amounts(two, (old, new), spells));
    }
    plain.extend(calendars(before, after));
    plain.extend(events(before, after));
    plain.extend(documents(before, after));
    plain.extend(models(before, after));
    plain
}

/// What the rules plainly say otherwise on a second date: figures.
pub(super) fn between_dates(graph: &Graph, from: Date, to: Date) -> Vec<Plain> {
    let mut plain = Vec::new();
    for amount in graph.book().amounts.ids() {
        let two = Two { old: Some(amount), new: Some(amount) };
        let views = (View::on(graph, from), View::on(graph, to));
        for (class, old, new) in changed(two, views) {
            let spell = FigureSpell { from, last: Some(to), old, new };
            plain.push(Plain::Figure(two, class, vec![spell]));
        }
    }
    plain
}

/// The routes that only one version has and of which nothing else is told: none of their
/// commissions can open them, though each answer names them.
pub(super) fn closed_routes(old: &Rulebook, new: &Rulebook, told: &[Two<RouteId>]) -> Vec<Plain> {
    let pairs = paired(&old.routes, &new.routes, |route| &route.name);
    let untold = pairs.into_iter().filter(|(_, two)| !told.contains(two));
    let only = untold.filter_map(|(_, two)| match (two.old, two.new) {
        (Some(before), None) => Some(Plain::RouteRemoved(before)),
        (None, Some(after)) => Some(Plain::RouteAdded(after)),
        (Some(_), Some(_)) | (None, None) => None,
    });
    only.collect()
}

fn facts(old: &Rulebook, new: &Rulebook) -> Vec<Plain> {
    let mut plain = Vec::new();
    for (_, two) in paired(&old.facts, &new.facts, |fact| &fact.name) {
        match (two.old, two.new) {
            (Some(before), None) => plain.push(Plain::FactRemoved(before)),
            (None, Some(after)) => plain.push(Plain::FactAdded(after)),
            (Some(before), Some(after)) => {
                let (a, b) = (&old.facts[before], &new.facts[after]);
                if kind_meaning(&a.kind) != kind_meaning(&b.kind) {
                    plain.push(Plain::FactKind(before, after));
                }
                if a.judgement.is_some() != b.judgement.is_some() {
                    plain.push(Plain::FactJudgement(before, after));
                }
                if parts(old, before) != parts(new, after) {
                    plain.push(Plain::FactSum(before, after));
                }
                if a.is_choosable != b.is_choosable {
                    plain.push(Plain::FactChoosable(before, after));
                }
            }
            (None, None) => {}
        }
    }
    plain
}

/// The names of what a fact is the sum of, in any order.
fn parts(book: &Rulebook, fact: FactId) -> BTreeSet<&str> {
    let parts = book.facts[fact].sum.iter().flat_map(|sum| &sum.parts);
    parts.map(|part| book.facts[*part].name.as_str()).collect()
}

/// The figures of an amount that differ on some days. An amount that only one version has is no
/// change by itself: what follows from it is.
fn amounts(two: Two<AmountId>, (old, new): (&Graph, &Graph), spells: &[Days]) -> Vec<Plain> {
    let mut found: Vec<(Option<String>, Vec<FigureSpell>)> = Vec::new();
    if two.old.is_none() || two.new.is_none() {
        return Vec::new();
    }
    for days in spells.iter().filter(|days| !days.is_as_if_appointed) {
        for (class, old, new) in changed(two, days.views(old, new)) {
            let spell = FigureSpell { from: days.from, last: days.last, old, new };
            match found.iter_mut().find(|(known, _)| *known == class) {
                Some((_, spells)) => add(spells, spell),
                None => found.push((class, vec![spell])),
            }
        }
    }
    found.into_iter().map(|(class, spells)| Plain::Figure(two, class, spells)).collect()
}

/// A class, with the figure before and after.
type ChangedFigure = (Option<String>, Option<crate::pack::Value>, Option<crate::pack::Value>);

fn changed(two: Two<AmountId>, (old, new): (View<'_>, View<'_>)) -> Vec<ChangedFigure> {
    let of = |view, amount: Option<AmountId>| {
        amount.map(|amount| figures(view, amount)).unwrap_or_default()
    };
    let (before, after) = (of(old, two.old), of(new, two.new));
    let classes: BTreeSet<&Option<String>> = before.keys().chain(after.keys()).collect();
    let figure = |class: &Option<String>| {
        let (a, b) = (before.get(class), after.get(class));
        (a != b).then(|| (class.clone(), a.cloned().flatten(), b.cloned().flatten()))
    };
    classes.into_iter().filter_map(figure).collect()
}

/// Adds a spell, to the one before it where that goes on.
fn add(spells: &mut Vec<FigureSpell>, next: FigureSpell) {
    let before = spells.last_mut().filter(|before| {
        let follows = before.last.and_then(|last| last.tomorrow().ok()) == Some(next.from);
        follows && before.old == next.old && before.new == next.new
    });
    match before {
        Some(before) => before.last = next.last,
        None => spells.push(next),
    }
}

fn calendars(old: &Rulebook, new: &Rulebook) -> Vec<Plain> {
    let mut plain = Vec::new();
    for (_, two) in paired(&old.calendars, &new.calendars, |calendar| &calendar.name) {
        let (Some(before), Some(after)) = (two.old, two.new) else { continue };
        let (a, b) = (holidays(old, before), holidays(new, after));
        if a != b {
            let added = b.difference(&a).copied().collect();
            let dropped = a.difference(&b).copied().collect();
            plain.push(Plain::Holidays(before, after, added, dropped));
        }
    }
    plain
}

fn holidays(book: &Rulebook, calendar: CalendarId) -> BTreeSet<Date> {
    let lists = book.calendars[calendar].holidays.iter().map(|list| &book.lists[*list].rows);
    let dates = lists.filter_map(|rows| match rows {
        ListRows::Dates(dates) => Some(dates),
        ListRows::Codes(_) => None,
    });
    dates.flatten().copied().collect()
}

fn events(old: &Rulebook, new: &Rulebook) -> Vec<Plain> {
    let mut plain = Vec::new();
    for (_, two) in paired(&old.events, &new.events, |event| &event.name) {
        let (Some(before), Some(after)) = (two.old, two.new) else { continue };
        let a = old.events[before].dated_by.map(|fact| &old.facts[fact].name);
        let b = new.events[after].dated_by.map(|fact| &new.facts[fact].name);
        if a != b {
            plain.push(Plain::EventDated(before, after));
        }
    }
    plain
}

fn documents(old: &Rulebook, new: &Rulebook) -> Vec<Plain> {
    let mut plain = Vec::new();
    for (_, two) in paired(&old.documents, &new.documents, |document| &document.name) {
        let (Some(before), Some(after)) = (two.old, two.new) else { continue };
        let (a, b) = (&old.documents[before], &new.documents[after]);
        if (a.kind, a.force, a.stage) != (b.kind, b.force, b.stage) {
            plain.push(Plain::Document(before, after));
        }
    }
    plain
}

fn models(old: &Rulebook, new: &Rulebook) -> Vec<Plain> {
    let carriers = |book: &Rulebook, model: ModelId| -> BTreeSet<String> {
        let routes = book.models[model].carried_by.iter();
        routes.map(|route| book.routes[*route].name.clone()).collect()
    };
    let mut plain = Vec::new();
    for (_, two) in paired(&old.models, &new.models, |model| &model.name) {
        let (Some(before), Some(after)) = (two.old, two.new) else { continue };
        let (a, b) = (carriers(old, before), carriers(new, after));
        if a == b {
            continue;
        }
        let only = |book: &Rulebook, model: ModelId, others: &BTreeSet<String>| {
            let routes = book.models[model].carried_by.iter().copied();
            routes.filter(|route| !others.contains(&book.routes[*route].name)).collect()
        };
        plain.push(Plain::Carried(before, after, only(new, after, &a), only(old, before, &b)));
    }
    plain
}
