//! Times that move with the day asked about: between two days on which rules change, only they can
//! make a difference.

use std::collections::BTreeSet;

use super::super::predicate::{Comparing, figures_of, is_of_lengths, is_relation, key};
use super::super::view::View;
use crate::pack::{Condition, FactId, FactKind, Figure, Rulebook, Value, quantities_of, walk};
use crate::quantity::day_number;

/// What the rules of a day compare with a time that moves with the day.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Moving {
    compared: BTreeSet<String>,
}

impl Moving {
    pub(super) fn of(view: View<'_>) -> Self {
        let book = view.book();
        let mut compared = BTreeSet::new();
        let mut lengths: BTreeSet<String> = BTreeSet::new();
        let (mut in_days, mut in_months) = (false, false);
        for condition in view.conditions() {
            walk(condition, &mut |condition| {
                let figures = || quantities_of(condition).into_iter().flat_map(|it| it.figures());
                let is_as_at = figures().any(|figure| matches!(figure, Figure::AsAt));
                let reads_facts = !figures_of(condition).is_empty();
                // How it compares doesn't matter: the day on which it turns does.
                let what = key(view, condition);
                let what = what.split_once(" | ").map(|(_, what)| what.to_owned());
                if is_as_at && reads_facts {
                    compared.extend(what.clone());
                }
                let durations = durations(view, book, condition);
                for duration in &durations {
                    let is_days = duration.contains("day") || duration.contains("week");
                    let is_months = duration.contains("month") || duration.contains("year");
                    in_days |= is_days;
                    in_months |= is_months;
                }
                if !durations.is_empty() {
                    lengths.extend(what);
                }
            });
        }
        // A month is no fixed number of days, so which of two lengths is longer moves with the day,
        // and so does how many months and days a length in many days is told as.
        if in_days && (in_months || is_recounted(view)) {
            compared.extend(lengths);
        }
        Self { compared }
    }

    pub(super) fn is_nothing(&self) -> bool {
        self.compared.is_empty()
    }
}

/// Whether the rules of a day compare a length of time that may come out otherwise from another day:
/// with so many days that months may be in it, or with another length that a fact gives.
pub(super) fn is_recounted(view: View<'_>) -> bool {
    let today = i128::from(day_number(view.as_at));
    let mut is_recounted = false;
    for condition in view.conditions() {
        walk(condition, &mut |condition| {
            let is_length = |fact: &FactId| view.book().facts[*fact].kind == FactKind::Duration;
            let of_one = || figures_of(condition).into_iter().find(is_length);
            is_recounted |= if is_relation(view, condition) {
                is_of_lengths(view, condition)
            } else if let (Condition::Compare(..), Some(fact)) = (condition, of_one()) {
                let turns = Comparing::new(view, condition).turns(fact, &Vec::new());
                turns.into_iter().any(|turn| turn - today > DAYS_OF_A_MONTH)
            } else {
                false
            };
        });
    }
    is_recounted
}

/// The days of the shortest month.
const DAYS_OF_A_MONTH: i128 = 28;

/// The durations that a comparison of lengths of time names.
fn durations(view: View<'_>, book: &Rulebook, condition: &Condition) -> Vec<String> {
    let of_lengths = figures_of(condition)
        .into_iter()
        .any(|fact| matches!(book.facts[fact].kind, FactKind::Duration));
    if !of_lengths {
        return Vec::new();
    }
    let mut found = Vec::new();
    for figure in quantities_of(condition).into_iter().flat_map(|quantity| quantity.figures()) {
        match figure {
            Figure::Literal(Value::Duration(duration)) => found.push(duration.to_string()),
            Figure::Amount(amount) => found.extend(view.rows(*amount).filter_map(|row| {
                let Some(Value::Duration(duration)) = &row.value else { return None };
                Some(duration.to_string())
            })),
            Figure::Literal(_) | Figure::Fact(_) | Figure::AsAt => {}
        }
    }
    found
}
