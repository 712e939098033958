//! What differs between two versions of rules on every day, or in one set of rules between two
//! dates: proved to be nothing, or shown by commissions.
//!
//! Versions are matched by name. Two answers are the same where, for a commission of which every
//! fact is known, all that they say is the same, words and citations aside.

mod answers;
mod compare;
mod meaning;
mod moving;
mod plain;
mod sets;
mod shape;
mod shared;
mod shown;
mod sides;
mod spells;
mod told;

use std::ops::ControlFlow;
use std::sync::Arc;

use super::diagram::{Diagrams, GaveUp};
use super::logic::Logic;
use super::space::Space;
use super::turning::{N_DAYS_MAX, Turning, years_after};
use super::view::View;
use crate::graph::Graph;
use crate::pack::RouteId;
use crate::quantity::Date;

pub use answers::changes_between;
use compare::Event;
use moving::{is_moving, is_recounted};
use shape::{Numbers, Shapes};
use sides::Sides;
pub use told::{
    Allowed, Change, Compared, Difference, Differences, Doubtful, Equivalence, FigureSpell, Plain,
    Range, Shared, Shown, Side, Spell, Turn, Turned, Two, Unproved,
};

/// The nodes that a diagram may have before a comparison is given up.
const N_NODES_MAX: usize = 2_000_000;

/// Compares two versions of rules on every day.
#[must_use]
pub fn differences<'g>(old: &'g Graph, new: &'g Graph) -> Differences<'g> {
    let mut told = spells::Telling::new(old, new);
    let mut numbers = Numbers::default();
    for spell in parts(old, new).into_iter().rev() {
        let views = spell.views(old, new);
        let shapes = Shapes::of(views.0, &mut numbers);
        let new_shapes = Shapes::of(views.1, &mut numbers);
        if shapes.things != new_shapes.things {
            told.spell(&spell, (&shapes, &new_shapes));
        }
    }
    let (found, unproved) = told.told();
    let mut plain = plain::between(old, new, &spells(old, new));
    let told = found.iter().map(|found| found.change);
    let told = told.chain(unproved.iter().filter_map(|unproved| unproved.change));
    let told: Vec<Two<RouteId>> = told.filter_map(opened).collect();
    plain.extend(plain::closed_routes(old.book(), new.book(), &told));
    let (compared, are_lengths_as_written) = (Compared::Versions, false);
    Differences { old, new, compared, are_lengths_as_written, plain, found, unproved }
}

/// The route that a change opens or closes.
const fn opened(change: Change) -> Option<Two<RouteId>> {
    match change {
        Change::Open(route, _) => Some(route),
        Change::Applies(..)
        | Change::Preferred(..)
        | Change::Fits(..)
        | Change::Gates(_)
        | Change::Outcome(..)
        | Change::Needed(..)
        | Change::Banned(..)
        | Change::Due(..)
        | Change::Length(..) => None,
    }
}

/// Compares the rules of two dates.
#[must_use]
pub fn differences_between(graph: &Graph, from: Date, to: Date) -> Differences<'_> {
    let mut told = spells::Telling::new(graph, graph);
    let mut numbers = Numbers::default();
    let (old, new) = (View::on(graph, from), View::on(graph, to));
    let shapes = (&Shapes::of(old, &mut numbers), &Shapes::of(new, &mut numbers));
    let are_lengths_as_written = is_recounted(old) || is_recounted(new);
    // A length of time measured up to the date asked about is another on another day.
    if shapes.0.things != shapes.1.things || are_lengths_as_written || is_moving(old) {
        told.dates((old, new), shapes);
    }
    let (found, unproved) = told.told();
    let plain = plain::between_dates(graph, from, to);
    Differences {
        old: graph,
        new: graph,
        compared: Compared::Dates(from, to),
        are_lengths_as_written,
        plain,
        found,
        unproved,
    }
}

/// Whether two versions of rules give the same answers, words and citations aside, to every
/// commission of which every fact is known. Stops at the first difference.
#[must_use]
pub fn is_equivalent(old: &Graph, new: &Graph) -> Equivalence {
    if !plain::between(old, new, &spells(old, new)).is_empty() {
        return Equivalence::Different;
    }
    let mut numbers = Numbers::default();
    let mut found = Equivalence::Equivalent;
    // Most law is there on the last days, so a difference is soonest found on them.
    for spell in parts(old, new).into_iter().rev() {
        let views = spell.views(old, new);
        let shapes = (&Shapes::of(views.0, &mut numbers), &Shapes::of(views.1, &mut numbers));
        if shapes.0.things == shapes.1.things {
            continue;
        }
        let (within, is_all) = spell.within(old, new);
        // All days of a span are alike, unless it could not be parted.
        let last = Some(spell.end()).filter(|_| spell.is_in_part);
        for day in std::iter::once(spell.from).chain(last).chain(within) {
            match equivalence_on(spell.views_on(old, new, day), shapes) {
                Equivalence::Equivalent => {}
                Equivalence::Different => return Equivalence::Different,
                Equivalence::GaveUp => found = Equivalence::GaveUp,
            }
        }
        if !is_all {
            found = Equivalence::GaveUp;
        }
    }
    found
}

fn equivalence_on(views: (View<'_>, View<'_>), shapes: (&Shapes, &Shapes)) -> Equivalence {
    put_together(views, |sides| {
        let Ok(sides) = sides else { return Equivalence::GaveUp };
        let mut found = Equivalence::Equivalent;
        let _ = compare::compare(sides, shapes, &mut |event| {
            let is_shown = match event {
                Event::Unproved(..) => false,
                Event::Found(difference) => {
                    sides.is_sure(&difference.set) || shown::shown(sides, &difference).is_some()
                }
            };
            found = if is_shown { Equivalence::Different } else { Equivalence::GaveUp };
            if is_shown { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        found
    })
}

/// Makes the logic of both sides, over one space.
fn put_together<T>(
    (old, new): (View<'_>, View<'_>),
    then: impl FnOnce(Result<&Sides<'_>, GaveUp>) -> T,
) -> T {
    let space = Arc::new(Space::of(&[old, new]));
    let diagrams = Arc::new(Diagrams::new(space.n_bits(), N_NODES_MAX));
    let logics = (Logic::new(old, 0, &space, &diagrams), Logic::new(new, 1, &space, &diagrams));
    let sides = match &logics {
        (Ok(old), Ok(new)) => Sides::new(old, new),
        _ => Err(GaveUp),
    };
    match &sides {
        Ok(sides) => then(Ok(sides)),
        Err(GaveUp) => then(Err(GaveUp)),
    }
}

/// The two versions on a day of each span of days that are alike for both; none where days of one
/// are too many to be told apart.
pub(super) fn days_apart<'g>(old: &'g Graph, new: &'g Graph) -> Option<Vec<(View<'g>, View<'g>)>> {
    let parts = parts(old, new);
    let is_whole = parts.iter().all(|part| !part.is_in_part);
    is_whole.then(|| parts.iter().map(|part| part.views(old, new)).collect())
}

/// A span of days between which no rule of either version begins, ends or turns.
#[derive(Clone, Copy, Debug)]
struct Days {
    from: Date,
    last: Option<Date>,
    is_as_if_appointed: bool,
    /// Whether days of it are unlike, and too many to be told apart.
    is_in_part: bool,
}

impl Days {
    fn views<'g>(&self, old: &'g Graph, new: &'g Graph) -> (View<'g>, View<'g>) {
        self.views_on(old, new, self.from)
    }

    fn views_on<'g>(&self, old: &'g Graph, new: &'g Graph, as_at: Date) -> (View<'g>, View<'g>) {
        let is_as_if_appointed = self.is_as_if_appointed;
        (
            View { is_as_if_appointed, ..View::on(old, as_at) },
            View { is_as_if_appointed, ..View::on(new, as_at) },
        )
    }

    /// The days to look at: more than the first only where something moves with the day, or days
    /// are unlike.
    fn days(&self, is_moving: bool) -> Vec<Date> {
        if !(is_moving || self.is_in_part) || self.is_as_if_appointed {
            return vec![self.from];
        }
        let last = Some(self.end()).filter(|last| *last > self.from);
        std::iter::once(self.from).chain(last).collect()
    }

    /// The last day that is looked at.
    fn end(&self) -> Date {
        self.last.unwrap_or_else(|| years_after(self.from))
    }

    /// Of a span that could not be parted, a day for each order of comparisons that its first day
    /// does not have, and whether they are all.
    fn within(&self, old: &Graph, new: &Graph) -> (Vec<Date>, bool) {
        if !self.is_in_part {
            return (Vec::new(), true);
        }
        let (old, new) = self.views(old, new);
        let within = Turning::of(&[old, new]).new_days(&[self.from], self.from, self.end());
        if within.len() > N_DAYS_MAX { (Vec::new(), false) } else { (within, true) }
    }

    /// Whether there are days that were not looked at.
    fn has_between(&self) -> bool {
        self.last.is_none_or(|last| self.from.tomorrow().is_ok_and(|next| next < last))
    }
}

/// The spans of days of both versions, and the last day again as if all law had begun.
fn spells(old: &Graph, new: &Graph) -> Vec<Days> {
    let mut starts: Vec<Date> = old.days().iter().chain(new.days()).copied().collect();
    starts.sort_unstable();
    starts.dedup();
    let lasts = starts.iter().skip(1).map(|next| next.yesterday().ok()).chain([None]);
    let mut spells: Vec<Days> = starts
        .iter()
        .zip(lasts)
        .map(|(from, last)| Days {
            from: *from,
            last,
            is_as_if_appointed: false,
            is_in_part: false,
        })
        .collect();
    if let Some(from) = starts.last() {
        let last = None;
        spells.push(Days { from: *from, last, is_as_if_appointed: true, is_in_part: false });
    }
    spells
}

/// The spans of days, parted where time alone turns a comparison of either version, so that all
/// days of each are alike.
fn parts(old: &Graph, new: &Graph) -> Vec<Days> {
    let mut parts = Vec::new();
    for spell in spells(old, new) {
        if spell.is_as_if_appointed {
            parts.push(spell);
            continue;
        }
        let (old, new) = spell.views(old, new);
        let (turns, is_all) = Turning::of(&[old, new]).days(spell.from, spell.end());
        if turns.len() > N_DAYS_MAX || !is_all {
            parts.push(Days { is_in_part: true, ..spell });
            continue;
        }
        let lasts = turns.iter().map(|next| next.yesterday().ok()).chain([spell.last]);
        let starts = std::iter::once(spell.from).chain(turns.iter().copied());
        parts.extend(starts.zip(lasts).map(|(from, last)| Days { from, last, ..spell }));
    }
    parts
}
