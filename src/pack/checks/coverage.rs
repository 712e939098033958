//! Days and classes: each day of a pack's life has one `otherwise` for each decision and one
//! figure for each class of each amount.

use super::super::errors;
use super::super::rulebook::{Amount, Decision, Pack, Rulebook};
use crate::diagnostic::Diagnostic;
use crate::quantity::{Beginning, Date, InForce};
use crate::source::Span;

/// The days of a pack's life, from the first up to, not including, the second.
#[must_use]
pub fn life_of(pack: &Pack) -> Option<(Date, Option<Date>)> {
    Some((pack.in_force.first_day()?, pack.in_force.until))
}

pub(super) fn check(book: &Rulebook, diagnostics: &mut Vec<Diagnostic>) {
    for decision in book.decisions.rows() {
        let Some(life) = life_of(&book.packs[decision.pack]) else { continue };
        cases_in_order(decision, diagnostics);
        let otherwise = decision.cases.iter().filter(|case| case.condition.is_none());
        let periods: Vec<(InForce, Span)> =
            otherwise.map(|case| (case.in_force, case.span)).collect();
        if !decision.cases.is_empty() && ends_always(decision) {
            continue;
        }
        cover("`otherwise` case", decision.span, life, periods, diagnostics);
    }
    for amount in book.amounts.rows() {
        let Some(life) = life_of(&book.packs[amount.pack]) else { continue };
        rows_cover(book, amount, life, diagnostics);
    }
}

/// Whether the first case that always holds has no bounds, so that nothing after it matters.
fn ends_always(decision: &Decision) -> bool {
    let endless =
        |case: &&super::super::Case| case.condition.is_none() && case.in_force == InForce::ALWAYS;
    decision.cases.iter().any(|case| endless(&case))
}

fn cases_in_order(decision: &Decision, diagnostics: &mut Vec<Diagnostic>) {
    let mut otherwise: Option<(InForce, Span)> = None;
    for case in &decision.cases {
        let is_forestalled =
            |(period, _): &(InForce, Span)| *period == InForce::ALWAYS || *period == case.in_force;
        if let Some((_, span)) = otherwise.filter(is_forestalled) {
            diagnostics.push(errors::case_after_otherwise(case.span, span));
        } else if case.condition.is_none() {
            otherwise = Some((case.in_force, case.span));
        }
    }
}

fn rows_cover(
    book: &Rulebook,
    amount: &Amount,
    life: (Date, Option<Date>),
    diagnostics: &mut Vec<Diagnostic>,
) {
    // What a layer fills holds for the layer's life, which may be shorter.
    if amount.is_left_to_layers && !amount.has_own_figures {
        return;
    }
    let Some(class) = amount.class else {
        let periods = amount.rows.iter().map(|row| (row.in_force, row.span)).collect();
        return cover("row", amount.span, life, periods, diagnostics);
    };
    for (place, choice) in book.class_choices(class).iter().enumerate() {
        let rows = amount.rows.iter().filter(|row| row.class == Some(place));
        let periods: Vec<(InForce, Span)> = rows.map(|row| (row.in_force, row.span)).collect();
        if periods.is_empty() {
            diagnostics.push(errors::class_missing(amount.span, &choice.name));
            continue;
        }
        cover(&format!("row for `{}`", choice.name), amount.span, life, periods, diagnostics);
    }
}

/// Reports the first overlap and the first gap among periods that should part a life between them.
fn cover(
    what: &str,
    span: Span,
    life: (Date, Option<Date>),
    mut periods: Vec<(InForce, Span)>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    periods.retain(|(period, _)| period.from != Beginning::NotAppointed);
    periods.sort_by_key(|(period, _)| period.first_day());
    let mut covered_until = Some(life.0);
    let mut last: Option<Span> = None;
    for (period, place) in &periods {
        let from = period.first_day().unwrap_or(Date::MIN).max(life.0);
        let is_over_before = period.until.is_some_and(|until| until <= life.0);
        if is_over_before {
            continue;
        }
        match (covered_until, last) {
            (None, Some(last)) => {
                return diagnostics.push(errors::periods_overlap(
                    &plural(what),
                    last,
                    *place,
                    from,
                ));
            }
            (Some(until), Some(last)) if from < until => {
                return diagnostics.push(errors::periods_overlap(
                    &plural(what),
                    last,
                    *place,
                    from,
                ));
            }
            (Some(until), _) if from > until => {
                return diagnostics.push(errors::days_uncovered(what, span, until, Some(from)));
            }
            _ => {}
        }
        covered_until = period.until;
        last = Some(*place);
    }
    let is_short = covered_until.is_some_and(|until| life.1.is_none_or(|end| until < end));
    if let (true, Some(until)) = (is_short, covered_until) {
        diagnostics.push(errors::days_uncovered(what, last.unwrap_or(span), until, life.1));
    }
}

fn plural(what: &str) -> String {
    match what.split_once(' ') {
        Some(("row", rest)) => format!("rows {rest}"),
        _ => format!("{what}s"),
    }
}
