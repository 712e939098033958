//! Layers shorten no period: whatever a layer fills, each commission keeps the time that the law
//! below gives.

use std::collections::BTreeSet;

use super::super::diagram::{GaveUp, Set};
use super::super::ledger::{Claim, Ledger, Reason};
use super::super::logic::Logic;
use super::super::meeting::Meeting;
use crate::decide::{Known, Standing, Trial};
use crate::graph::Node;
use crate::pack::{LengthRow, PackId, PeriodId, RouteId};
use crate::quantity::Duration;
use crate::syntax::tree::{Counting, Ending, Limit};

/// A period's rows in force on the day, each with the commissions that have it for sure and those
/// that may.
struct Rows<'g> {
    rows: Vec<(&'g LengthRow, Set, Set)>,
}

/// A length as written: its limit, how long, from which day it counts, how it ends.
type Length = (Limit, Duration, Counting, Ending);

/// How a length with the layer stands to one below it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Against {
    /// From whatever day both are counted.
    AsLong,
    /// At least from some day.
    Shorter,
    /// Their units differ, or what they limit, so that it can't be told without the day.
    Either,
}

/// Holds every period of the law below against the same with the layer; `touched` is what reads
/// something that the layer fills.
pub(super) fn check(
    below: &Logic<'_>,
    above: &Logic<'_>,
    layer: PackId,
    touched: &BTreeSet<Node>,
    ledger: &mut Ledger,
) {
    for (own, period) in above.book().periods.iter().filter(|(_, it)| it.pack != layer) {
        let Some((base, _)) = below.book().periods.iter().find(|(_, it)| it.name == period.name)
        else {
            continue;
        };
        // What reads nothing that the layer fills says above what it says below.
        ledger.holds(Claim::ShortensNothing(layer, own));
        if !touched.contains(&Node::Period(own)) {
            continue;
        }
        for (route, rules) in above.book().routes.iter() {
            let mut routes = below.book().routes.iter();
            if let Some((base_route, _)) = routes.find(|(_, it)| it.name == rules.name) {
                let periods = [(base, base_route), (own, route)];
                if on_route(below, above, layer, periods, ledger).is_err() {
                    let claim = Claim::ShortensNothing(layer, own);
                    ledger.give_up(claim, above.view.as_at, Reason::Budget);
                }
            }
        }
    }
}

fn on_route(
    below: &Logic<'_>,
    above: &Logic<'_>,
    layer: PackId,
    [(base, base_route), (own, route)]: [(PeriodId, RouteId); 2],
    ledger: &mut Ledger,
) -> Result<(), GaveUp> {
    let claim = Claim::ShortensNothing(layer, own);
    let open = above.route(route).yes;
    if open.is_nothing() || ledger.is_refuted(&claim) {
        return Ok(());
    }
    let before = rows(below, base, base_route)?;
    let after = rows(above, own, route)?;
    for (row, has_it, _) in before.rows.iter().filter(|(row, ..)| row.length.is_some()) {
        let all = above.diagrams.and(&open, has_it)?;
        let (mut left, mut unsure) = (all.clone(), above.diagrams.nothing());
        for (other, _, may) in &after.rows {
            match against(row, other) {
                Against::AsLong => left = above.diagrams.minus(&left, may)?,
                Against::Shorter => {}
                Against::Either => unsure = above.diagrams.or(&unsure, may)?,
            }
        }
        // Who may have a length that is not surely shorter is no example, and not proved either.
        let shortened = Ok(Meeting::of(left.clone()).outside(unsure.clone()));
        let agrees = |trial: &mut Trial<'_>| {
            trial.route(route) == Standing::Open
                && is_shortened(trial, (own, route), row)
                && above.is_sure(has_it, trial.facts())
        };
        ledger.never(above, claim.clone(), shortened, &agrees);
        if !above.diagrams.and(&left, &unsure)?.is_nothing() && !ledger.is_refuted(&claim) {
            ledger.give_up(claim.clone(), above.view.as_at, Reason::Lengths);
        }
    }
    Ok(())
}

/// Whether every length that a commission may have with the layer is surely shorter than this, or
/// it has none.
fn is_shortened(
    trial: &mut Trial<'_>,
    (period, route): (PeriodId, RouteId),
    below: &LengthRow,
) -> bool {
    let (applies, lengths) = trial.lengths(period, route);
    applies == Known::No || lengths.iter().all(|row| against(below, row) == Against::Shorter)
}

/// Of a period, the commissions on a route for each of its lengths: the first that applies.
fn rows<'g>(logic: &Logic<'g>, period: PeriodId, route: RouteId) -> Result<Rows<'g>, GaveUp> {
    let applies = logic.period(period, route)?;
    let mut may_be_left = logic.may(&applies)?;
    let mut is_left = applies.yes;
    let mut rows = Vec::new();
    let lengths = &logic.book().periods[period].lengths;
    for row in lengths.iter().filter(|row| logic.view.is_in_force(row.in_force)) {
        let (surely, may) = match &row.condition {
            None => (logic.diagrams.everything(), logic.diagrams.everything()),
            Some(condition) => {
                let holds = logic.condition(condition, Some(route))?;
                (holds.yes.clone(), logic.may(&holds)?)
            }
        };
        let has_it = logic.diagrams.and(&is_left, &surely)?;
        let may_have_it = logic.diagrams.and(&may_be_left, &may)?;
        rows.push((row, has_it, may_have_it));
        is_left = logic.diagrams.minus(&is_left, &may)?;
        may_be_left = logic.diagrams.minus(&may_be_left, &surely)?;
    }
    Ok(Rows { rows })
}

/// Compares lengths in one unit, counted and ended alike or each to the same side.
fn against(below: &LengthRow, above: &LengthRow) -> Against {
    let Some(below) = below.length else { return Against::AsLong };
    let Some(above) = above.length else { return Against::Shorter };
    if below == above {
        return Against::AsLong;
    }
    match (below.0, above.0) {
        // What must wait may then not wait at all.
        (Limit::AtLeast | Limit::Exactly, Limit::AtMost) => return Against::Shorter,
        (Limit::AtMost, Limit::AtLeast | Limit::Exactly) => return Against::Either,
        (Limit::AtMost, Limit::AtMost)
        | (Limit::AtLeast | Limit::Exactly, Limit::AtLeast | Limit::Exactly) => {}
    }
    let Some(time) = above.1.compare_figures(below.1) else { return Against::Either };
    let counted = is_from_next_day(above).cmp(&is_from_next_day(below));
    let ended = is_put_off(above).cmp(&is_put_off(below));
    let all = [time, counted, ended];
    match (all.iter().all(|side| side.is_ge()), all.iter().all(|side| side.is_le())) {
        (true, _) => Against::AsLong,
        (false, true) => Against::Shorter,
        (false, false) => Against::Either,
    }
}

const fn is_from_next_day((_, _, counting, _): Length) -> bool {
    matches!(counting, Counting::After)
}

/// Whether its last day may be put off to a working day: the last of working days is one.
const fn is_put_off((_, duration, _, ending): Length) -> bool {
    matches!(ending, Ending::Rolling) && duration.working_days().is_none()
}
