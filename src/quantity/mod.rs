//! Exact quantities of the law: money in pence, percentages, durations, CPV codes, dates in force.
//!
//! Knows nothing of rules or facts. No floating point: money is whole pence, percentages are
//! millionths, dates are civil dates without a clock.

mod cpv;
mod duration;
mod in_force;
mod money;
mod percentage;
#[cfg(test)]
mod tests;

pub use cpv::{CpvCode, CpvError, CpvNear, CpvSearch, Phrase};
pub use duration::{Duration, DurationError};
pub use in_force::{Beginning, InForce};
pub use jiff::civil::Date;
pub use money::{Money, MoneyError};
pub use percentage::Percentage;

/// Reads a calendar date written `2025-02-24`, and nothing else.
#[must_use]
pub fn read_date(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let is_shaped = year.len() == 4 && month.len() == 2 && day.len() == 2;
    if parts.next().is_some() || !is_shaped || ![year, month, day].into_iter().all(is_digits) {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// The number of a day, counted from the first of the year 0.
#[must_use]
pub fn day_number(date: Date) -> i32 {
    date.since(Date::ZERO).map_or(0, |span| span.get_days())
}

/// The day of this number, where the calendar reaches it.
#[must_use]
pub fn numbered_day(number: i32) -> Option<Date> {
    Date::ZERO.checked_add(jiff::Span::new().try_days(number).ok()?).ok()
}

/// The date as a person in Britain writes it: `24 February 2025`.
#[must_use]
pub fn date_in_words(date: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month =
        usize::try_from(date.month()).ok().and_then(|month| MONTHS.get(month.wrapping_sub(1)));
    format!("{} {} {}", date.day(), month.copied().unwrap_or_default(), date.year())
}

/// The whole number with a comma between thousands: `1,250,000`.
#[must_use]
pub fn with_thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
