//! Times that move with the day asked about: between two days on which rules change, only they can
//! make a difference.

use std::collections::BTreeSet;

use super::super::predicate::{figures_of, key};
use super::super::view::View;
use crate::pack::{Condition, FactKind, Figure, Rulebook, Value, quantities_of, walk};

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
        // A month is no fixed number of days, so which of two lengths is longer moves with the day.
        if in_days && in_months {
            compared.extend(lengths);
        }
        Self { compared }
    }

    pub(super) fn is_nothing(&self) -> bool {
        self.compared.is_empty()
    }
}

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
