//! Differences gathered day after day, those that stay the same on following days being one.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use super::compare::{Event, Found, compare};
use super::moving::is_moving;
use super::shape::Shapes;
use super::shared::shared;
use super::shown::{Commission, shown};
use super::sides::Sides;
use super::{
    Change, Days, Difference, Doubtful, Shared, Shown, Spell, Turn, Two, Unproved, put_together,
};
use crate::decide::{Ground, Known, decide};
use crate::facts::Facts;
use crate::graph::Graph;
use crate::pack::{RouteId, Test};
use crate::prove::view::View;
use crate::quantity::Date;

/// What is told of a change on some days.
struct Told<'g> {
    days: Days,
    routes: Vec<Two<RouteId>>,
    shared: Vec<Shared>,
    is_all: bool,
    is_moving: bool,
    /// None where no commission could be made that shows it.
    shown: Option<Shown<'g>>,
}

/// Everything found so far, the days going backwards.
pub(super) struct Telling<'g> {
    old: &'g Graph,
    new: &'g Graph,
    /// By change, the latest spell first.
    told: BTreeMap<Change, Vec<Told<'g>>>,
    unproved: Vec<Unproved>,
}

impl<'g> Telling<'g> {
    pub(super) const fn new(old: &'g Graph, new: &'g Graph) -> Self {
        Self { old, new, told: BTreeMap::new(), unproved: Vec::new() }
    }

    /// Looks at the days of a spell, on all of which things have these shapes.
    pub(super) fn spell(&mut self, days: &Days, shapes: (&Shapes, &Shapes)) {
        let views = days.views(self.old, self.new);
        let looked_at = days.days(is_moving(views.0) || is_moving(views.1));
        let mut found: BTreeSet<Change> = BTreeSet::new();
        let last = looked_at.get(1).copied();
        let on_last = last.map(|last| {
            let views = days.views_on(self.old, self.new, last);
            changes(views, shapes)
        });
        let is_lasting =
            |change: &Change| on_last.as_ref().is_none_or(|it| it.contains_key(change));
        self.on_day(views, shapes, days, on_last.as_ref(), &mut |change| {
            found.insert(*change);
            let is_whole = is_lasting(change);
            Some(if is_whole { *days } else { Days { last: Some(days.from), ..*days } })
        });
        if let (Some(last), Some(on_last)) = (last, &on_last)
            && on_last.keys().any(|change| !found.contains(change))
        {
            let views = days.views_on(self.old, self.new, last);
            // Of days that are unlike nothing is known but of those looked at.
            let until = if days.is_in_part { Some(last) } else { days.last };
            let only_last = Days { from: last, last: until, ..*days };
            self.on_day(views, shapes, &only_last, None, &mut |change| {
                (!found.contains(change)).then_some(only_last)
            });
        }
        let is_even = on_last.is_none_or(|on_last| {
            on_last.len() == found.len() && on_last.keys().all(|change| found.contains(change))
        });
        let (within, is_all) = days.within(self.old, self.new);
        let is_alike = within.iter().all(|day| {
            let changes = changes(days.views_on(self.old, self.new, *day), shapes);
            changes.keys().eq(found.iter())
        });
        if !(is_even && is_all && is_alike) && days.has_between() && !days.is_as_if_appointed {
            self.doubt(None, days, Doubtful::Between);
        }
    }

    /// Looks at two dates of one set of rules.
    pub(super) fn dates(&mut self, views: (View<'_>, View<'_>), shapes: (&Shapes, &Shapes)) {
        let (from, last) = (views.0.as_at, Some(views.1.as_at));
        let days = Days { from, last, is_as_if_appointed: false, is_in_part: false };
        self.on_day(views, shapes, &days, None, &mut |_| Some(days));
    }

    fn doubt(&mut self, change: Option<Change>, days: &Days, reason: Doubtful) {
        let Days { from, last, is_as_if_appointed, .. } = *days;
        self.unproved.push(Unproved { change, from, last, is_as_if_appointed, reason });
    }

    /// Gathers what differs between two views, with what differs on the last of the days where that
    /// was looked at; `when` says for which days a change is told.
    fn on_day(
        &mut self,
        views: (View<'_>, View<'_>),
        shapes: (&Shapes, &Shapes),
        days: &Days,
        on_last: Option<&Outlines>,
        when: &mut dyn FnMut(&Change) -> Option<Days>,
    ) {
        put_together(views, |sides| {
            let Ok(sides) = sides else { return self.doubt(None, days, Doubtful::Budget) };
            let mut changes: BTreeMap<Change, Vec<Found>> = BTreeMap::new();
            let _ = compare(sides, shapes, &mut |event| {
                match event {
                    Event::Found(found) => changes.entry(found.change).or_default().push(found),
                    Event::Unproved(change, reason) => self.doubt(change, days, reason),
                }
                ControlFlow::Continue(())
            });
            for (change, found) in changes {
                if let Some(days) = when(&change) {
                    let on_last = on_last.and_then(|on_last| on_last.get(&change));
                    self.tell(sides, change, &found, (days, on_last));
                }
            }
        });
    }

    fn tell(
        &mut self,
        sides: &Sides<'_>,
        change: Change,
        found: &[Found],
        (days, on_last): (Days, Option<&String>),
    ) {
        let Ok((shared, is_all)) = shared(sides, found) else {
            return self.doubt(Some(change), &days, Doubtful::Budget);
        };
        let is_moving = on_last.is_some_and(|on_last| *on_last != outline(&shared, is_all));
        let routes: Vec<Two<RouteId>> = found.iter().filter_map(|found| found.route).collect();
        let earlier = self.told.entry(change).or_default();
        if let Some(later) = earlier.last_mut() {
            let is_next = days.last.and_then(|last| last.tomorrow().ok()) == Some(later.days.from);
            let is_same = later.routes == routes
                && later.is_moving == is_moving
                && outline(&later.shared, later.is_all) == outline(&shared, is_all);
            if is_next && is_same && !later.days.is_as_if_appointed {
                later.days.from = days.from;
                return;
            }
        }
        let commission = found.iter().find_map(|found| shown(sides, found));
        let shown = commission.map(|commission| self.shown(sides, change, &days, commission));
        let told = Told { days, routes, shared, is_all, is_moving, shown };
        self.told.entry(change).or_default().push(told);
    }

    fn shown(
        &self,
        sides: &Sides<'_>,
        change: Change,
        days: &Days,
        Commission { old, new }: Commission,
    ) -> Shown<'g> {
        let (old_day, new_day) = (sides.old.view.as_at, sides.new.view.as_at);
        let barring = match change {
            _ if days.is_as_if_appointed => Vec::new(),
            Change::Open(two, Turn::Begins) => barring(self.old, two.old, &old, old_day),
            Change::Open(two, Turn::Ends) => barring(self.new, two.new, &new, new_day),
            Change::Open(_, Turn::LeftOpen)
            | Change::Applies(..)
            | Change::Preferred(..)
            | Change::Fits(..)
            | Change::Gates(_)
            | Change::Outcome(..)
            | Change::Needed(..)
            | Change::Banned(..)
            | Change::Due(..)
            | Change::Length(..) => Vec::new(),
        };
        Shown { old_day, new_day, old, new, barring }
    }

    /// Everything found, and what could be neither shown nor proved the same.
    pub(super) fn told(self) -> (Vec<Difference<'g>>, Vec<Unproved>) {
        let (mut differences, mut unproved) = (Vec::new(), self.unproved);
        for (change, told) in self.told {
            // What goes on without end goes on once all law has begun.
            let goes_on =
                told.iter().any(|told| told.days.last.is_none() && !told.days.is_as_if_appointed);
            let mut spells = Vec::new();
            for told in told.into_iter().rev() {
                let Days { from, last, is_as_if_appointed, .. } = told.days;
                if is_as_if_appointed && goes_on {
                    continue;
                }
                let Some(shown) = told.shown else {
                    let (change, reason) = (Some(change), Doubtful::Free);
                    unproved.push(Unproved { change, from, last, is_as_if_appointed, reason });
                    continue;
                };
                spells.push(Spell {
                    from,
                    last,
                    is_as_if_appointed,
                    routes: told.routes,
                    shared: told.shared,
                    is_all: told.is_all,
                    is_moving: told.is_moving,
                    shown,
                });
            }
            if !spells.is_empty() {
                differences.push(Difference { change, spells });
            }
        }
        let goes_on: BTreeSet<_> = unproved
            .iter()
            .filter(|it| it.last.is_none() && !it.is_as_if_appointed)
            .map(|it| (it.change, it.reason))
            .collect();
        unproved.retain(|it| !it.is_as_if_appointed || !goes_on.contains(&(it.change, it.reason)));
        unproved.sort_by_key(|it| (it.change, it.reason, it.is_as_if_appointed, it.from));
        (differences, joined(unproved))
    }
}

/// The doubts, those that go on from day to day as one.
fn joined(unproved: Vec<Unproved>) -> Vec<Unproved> {
    let mut joined: Vec<Unproved> = Vec::new();
    for next in unproved {
        let before = joined.last_mut().filter(|before| {
            let follows = before.last.and_then(|last| last.tomorrow().ok()) == Some(next.from);
            (before.change, before.reason) == (next.change, next.reason)
                && before.is_as_if_appointed == next.is_as_if_appointed
                && (follows || before.from == next.from)
        });
        match before {
            Some(before) => before.last = next.last,
            None => joined.push(next),
        }
    }
    joined
}

/// By change, for whom it is one.
type Outlines = BTreeMap<Change, String>;

/// For whom something differs, so that two days can be compared.
fn outline(shared: &[Shared], is_all: bool) -> String {
    format!("{shared:?} {is_all}")
}

/// The changes between two views, without a commission for any.
fn changes(views: (View<'_>, View<'_>), shapes: (&Shapes, &Shapes)) -> Outlines {
    put_together(views, |sides| {
        let Ok(sides) = sides else { return Outlines::new() };
        let mut changes: BTreeMap<Change, Vec<Found>> = BTreeMap::new();
        let _ = compare(sides, shapes, &mut |event| {
            if let Event::Found(found) = event {
                changes.entry(found.change).or_default().push(found);
            }
            ControlFlow::Continue(())
        });
        let outlined = changes.into_iter().map(|(change, found)| {
            let outline = shared(sides, &found).map(|(shared, is_all)| outline(&shared, is_all));
            (change, outline.unwrap_or_default())
        });
        outlined.collect()
    })
}

/// The tests that bar a route.
fn barring<'g>(
    graph: &'g Graph,
    route: Option<RouteId>,
    facts: &Facts,
    as_at: Date,
) -> Vec<&'g Test> {
    let answer = decide(graph, facts, as_at);
    let Some(finding) = answer.routes.iter().find(|finding| Some(finding.route) == route) else {
        return Vec::new();
    };
    let failing = finding.tests.iter().filter(|test| test.holds == Known::No);
    let written = failing.filter_map(|finding| match finding.ground {
        Ground::Gate(test) | Ground::Test(test) => Some(test),
        Ground::PackInForce(_) | Ground::RouteInForce(_) | Ground::Foreseen => None,
    });
    written.collect()
}
