//! A calendar of its own: days counted by the rule of leap years, without end in either direction.

use clearway::quantity::Date;

/// A day, counted from 1 January of the year 0.
pub(in crate::properties) type Day = i128;

fn is_leap(year: i128) -> bool {
    (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
}

fn month_length(year: i128, month: i128) -> i128 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if is_leap(year) => 29,
        2 => 28,
        _ => 31,
    }
}

/// The days before 1 January of a year.
fn before_year(year: i128) -> i128 {
    let last = year - 1;
    // One leap day for the year 0 itself, which the floors below leave out.
    year * 365 + last.div_euclid(4) - last.div_euclid(100) + last.div_euclid(400) + 1
}

fn day(year: i128, month: i128, of_month: i128) -> Day {
    before_year(year) + (1..month).map(|month| month_length(year, month)).sum::<i128>() + of_month
        - 1
}

pub(in crate::properties) fn from_date(date: Date) -> Day {
    day(date.year().into(), date.month().into(), date.day().into())
}

/// So many months later, or earlier, on the same day of the month or the last that there is.
pub(super) fn add_months(start: Day, months: i128) -> Day {
    let (year, month, of_month) = parts(start);
    let counted = year * 12 + (month - 1) + months;
    let (year, month) = (counted.div_euclid(12), counted.rem_euclid(12) + 1);
    day(year, month, of_month.min(month_length(year, month)))
}

fn parts(day: Day) -> (i128, i128, i128) {
    // No later than the year itself, on either side of the year 0.
    let mut year = day.div_euclid(366).min(day.div_euclid(365));
    while before_year(year + 1) <= day {
        year += 1;
    }
    let mut left = day - before_year(year);
    let mut month = 1;
    while left >= month_length(year, month) {
        left -= month_length(year, month);
        month += 1;
    }
    (year, month, left + 1)
}
