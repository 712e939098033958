//! Times that move with the day asked about: between two days on which rules change, only they can
//! make a difference.

use super::super::predicate::{Comparing, figures_of, is_of_lengths, is_relation};
use super::super::space::DAYS_OF_A_MONTH_MIN;
use super::super::turning::durations;
use super::super::view::View;
use crate::pack::{Condition, FactId, FactKind, Figure, quantities_of, walk};
use crate::quantity::day_number;

/// Whether a rule of the day compares something with a time that moves with the day.
pub(super) fn is_moving(view: View<'_>) -> bool {
    let (mut is_up_to_today, mut in_days, mut in_months) = (false, false, false);
    for condition in view.conditions() {
        walk(condition, &mut |condition| {
            let facts = figures_of(condition);
            let mut figures = quantities_of(condition).into_iter().flat_map(|it| it.figures());
            let reads_today = figures.any(|figure| matches!(figure, Figure::AsAt));
            is_up_to_today |= reads_today && !facts.is_empty();
            if facts.into_iter().any(|fact| is_length(view, fact)) {
                for length in durations(view, condition) {
                    in_days |= !length.is_in_months();
                    in_months |= !length.is_in_days();
                }
            }
        });
    }
    // A month is no fixed number of days, so which of two lengths is longer moves with the day, and so
    // does how many months and days a length in many days is told as.
    is_up_to_today || in_days && (in_months || is_recounted(view))
}

/// Whether the rules of a day compare a length of time that may come out otherwise from another day:
/// with so many days that months may be in it, or with another length that a fact gives.
pub(super) fn is_recounted(view: View<'_>) -> bool {
    let today = i128::from(day_number(view.as_at));
    let mut is_recounted = false;
    for condition in view.conditions() {
        walk(condition, &mut |condition| {
            let length = || figures_of(condition).into_iter().find(|fact| is_length(view, *fact));
            is_recounted |= if is_relation(view, condition) {
                is_of_lengths(view, condition)
            } else if let (Condition::Compare(..), Some(fact)) = (condition, length()) {
                let turns = Comparing::new(view, condition).turns(fact, &Vec::new());
                turns.into_iter().any(|turn| turn - today > DAYS_OF_A_MONTH_MIN)
            } else {
                false
            };
        });
    }
    is_recounted
}

fn is_length(view: View<'_>, fact: FactId) -> bool {
    view.book().facts[fact].kind == FactKind::Duration
}
