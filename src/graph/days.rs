//! The days on which the rules change.

use std::collections::BTreeSet;

use crate::pack::{Condition, Figure, ListRows, Rulebook, Test, Value, quantities_of, walk};
use crate::quantity::{Beginning, Date, InForce};

/// Every day on which a rule begins or ends, and every date that a rule compares the date asked
/// about with (and the day after it, for a comparison that is true up to the day itself).
pub(super) fn days(book: &Rulebook) -> Vec<Date> {
    let mut days = BTreeSet::new();
    for period in periods(book) {
        if let Beginning::On(from) = period.from {
            days.insert(from);
        }
        days.extend(period.until);
    }
    for condition in book.conditions() {
        walk(condition, &mut |condition| add_compared(condition, &mut days));
    }
    days.into_iter().collect()
}

fn periods(book: &Rulebook) -> Vec<InForce> {
    fn of(test: &Test) -> InForce {
        test.in_force
    }
    let mut periods: Vec<InForce> = book.packs.rows().map(|pack| pack.in_force).collect();
    for amount in book.amounts.rows() {
        periods.extend(amount.rows.iter().map(|row| row.in_force));
    }
    for list in book.lists.rows() {
        // A list of days speaks of a span of days; it is not law that begins and ends.
        if let ListRows::Codes(rows) = &list.rows {
            periods.extend(rows.iter().map(|row| row.in_force));
        }
    }
    for decision in book.decisions.rows() {
        periods.extend(decision.cases.iter().map(|case| case.in_force));
    }
    for route in book.routes.rows() {
        periods.push(route.in_force);
        periods.extend(route.tests.iter().map(of));
    }
    for model in book.models.rows() {
        periods.push(model.in_force);
        periods.extend(model.tests.iter().chain(&model.gates).map(of));
    }
    for document in book.documents.rows() {
        periods.push(document.in_force);
        periods.extend(document.tests.iter().chain(&document.forbidden).map(of));
        periods.extend(document.due.iter().map(|due| due.in_force));
        periods
            .extend(document.publish.iter().chain(&document.contains).map(|words| words.in_force));
    }
    for period in book.periods.rows() {
        periods.push(period.in_force);
        periods.extend(period.tests.iter().map(of));
        periods.extend(period.lengths.iter().map(|row| row.in_force));
    }
    for preference in book.preferences.rows() {
        periods.push(preference.in_force);
        periods.extend(preference.tests.iter().map(of));
    }
    periods
}

fn add_compared(condition: &Condition, days: &mut BTreeSet<Date>) {
    let quantities = quantities_of(condition);
    let figures = || quantities.iter().flat_map(|quantity| quantity.figures());
    if !figures().any(|figure| matches!(figure, Figure::AsAt)) {
        return;
    }
    for figure in figures() {
        if let Figure::Literal(Value::Date(date)) = figure {
            days.insert(*date);
            days.extend(date.tomorrow().ok());
        }
    }
}
