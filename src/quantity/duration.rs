//! Durations and calendar arithmetic.
//!
//! Adding months keeps the day of the month, or takes the last day of a shorter month: 31 January
//! and one month is 28 (or 29) February, and 29 February and one year is 28 February.

use std::cmp::Ordering;
use std::fmt;

use jiff::civil::Date;
use jiff::{Span, Unit};

/// A length of time as the law writes it: months (a year is twelve), days (a week is seven), or
/// working days, which need a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Duration {
    months: u32,
    days: u32,
    working_days: u32,
}

/// Why a text is not a duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DurationError {
    /// Not figures with units: `a while`.
    NotADuration,
    /// Working days together with another unit, or over the longest duration.
    OutOfRange,
}

impl Duration {
    /// The longest duration that may be written, in any one unit.
    const COUNT_MAX: u32 = 100_000;

    /// This many calendar days.
    #[must_use]
    pub const fn from_days(days: u32) -> Self {
        Self { months: 0, days, working_days: 0 }
    }

    /// This many months.
    #[must_use]
    pub const fn from_months(months: u32) -> Self {
        Self { months, days: 0, working_days: 0 }
    }

    /// This many working days.
    #[must_use]
    pub const fn from_working_days(working_days: u32) -> Self {
        Self { months: 0, days: 0, working_days }
    }

    /// The number of working days, if the duration is counted in them.
    #[must_use]
    pub const fn working_days(self) -> Option<u32> {
        if self.working_days > 0 { Some(self.working_days) } else { None }
    }

    /// Whether it is of days alone.
    #[must_use]
    pub const fn is_in_days(self) -> bool {
        self.months == 0 && self.working_days == 0
    }

    /// Whether it is of months alone.
    #[must_use]
    pub const fn is_in_months(self) -> bool {
        self.days == 0 && self.working_days == 0
    }

    /// Reads `5 years`, `18 months`, `2 weeks`, `10 days`, `8 working days` or `4 years 6 months`.
    ///
    /// # Errors
    /// The text is no duration, or one too long or mixed with working days.
    pub fn read(text: &str) -> Result<Self, DurationError> {
        let mut words = text.split_whitespace().peekable();
        let mut total = Self { months: 0, days: 0, working_days: 0 };
        let mut n_parts = 0;
        while let Some(count) = words.next() {
            let count: u32 = count.parse().map_err(|_| DurationError::NotADuration)?;
            let mut unit = words.next().unwrap_or_default();
            let is_working = unit == "working";
            if is_working {
                unit = words.next().unwrap_or_default();
            }
            total = total.with_part(count, unit, is_working)?;
            n_parts += 1;
        }
        let is_mixed = total.working_days > 0 && n_parts > 1;
        match (n_parts, is_mixed || total.is_too_long()) {
            (0, _) => Err(DurationError::NotADuration),
            (_, true) => Err(DurationError::OutOfRange),
            (_, false) => Ok(total),
        }
    }

    fn with_part(self, count: u32, unit: &str, is_working: bool) -> Result<Self, DurationError> {
        let unit = unit.strip_suffix('s').unwrap_or(unit);
        let times = |factor: u32| count.checked_mul(factor).ok_or(DurationError::OutOfRange);
        let sum = |a: u32, b: u32| a.checked_add(b).ok_or(DurationError::OutOfRange);
        match (unit, is_working) {
            ("day", true) => Ok(Self { working_days: sum(self.working_days, count)?, ..self }),
            ("day", false) => Ok(Self { days: sum(self.days, count)?, ..self }),
            ("week", false) => Ok(Self { days: sum(self.days, times(7)?)?, ..self }),
            ("month", false) => Ok(Self { months: sum(self.months, count)?, ..self }),
            ("year", false) => Ok(Self { months: sum(self.months, times(12)?)?, ..self }),
            _ => Err(DurationError::NotADuration),
        }
    }

    /// The durations next to this: a day longer and, where there is one, a day shorter; a working
    /// day where it counts in those. Months can't be a day shorter, so they are one month fewer
    /// and 27 days, which is shorter from whatever day it is counted.
    #[must_use]
    pub fn a_day_off(self) -> Vec<Self> {
        if self.working_days > 0 {
            let counts = [self.working_days - 1, self.working_days.saturating_add(1)];
            let counts = counts.into_iter().filter(|count| *count > 0);
            return counts.map(Self::from_working_days).collect();
        }
        let longer = Self { days: self.days.saturating_add(1), ..self };
        let shorter = match (self.months, self.days) {
            (0, 0) => None,
            (months, 0) => Some(Self { months: months - 1, days: 27, ..self }),
            (_, days) => Some(Self { days: days - 1, ..self }),
        };
        shorter.into_iter().chain([longer]).collect()
    }

    fn is_too_long(self) -> bool {
        [self.months / 12, self.days / 366, self.working_days / 260].iter().any(|n| *n > 1000)
            || self.working_days > Self::COUNT_MAX
    }

    /// The date this long after `date`, months first, then days; `None` past the year 9999 or for
    /// working days, which a calendar must count.
    #[must_use]
    pub fn after(self, date: Date) -> Option<Date> {
        if self.working_days > 0 {
            return None;
        }
        let months = Span::new().try_months(i64::from(self.months)).ok()?;
        let days = Span::new().try_days(i64::from(self.days)).ok()?;
        date.checked_add(months).ok()?.checked_add(days).ok()
    }

    /// The date this long before `date`, as `after` counts forward.
    #[must_use]
    pub fn before(self, date: Date) -> Option<Date> {
        if self.working_days > 0 {
            return None;
        }
        let months = Span::new().try_months(i64::from(self.months)).ok()?;
        let days = Span::new().try_days(i64::from(self.days)).ok()?;
        date.checked_sub(months).ok()?.checked_sub(days).ok()
    }

    /// How long it is from one date to a later one: in months where few days are left over, else
    /// in days.
    #[must_use]
    pub fn between(from: Date, to: Date) -> Option<Self> {
        let span = from.until((Unit::Month, to)).ok()?;
        let months = u32::try_from(span.get_months()).ok()?;
        let left = u32::try_from(span.get_days()).ok()?;
        let duration = if months > 0 && left < 7 {
            Self { months, days: left, working_days: 0 }
        } else {
            Self::from_days(u32::try_from(from.until((Unit::Day, to)).ok()?.get_days()).ok()?)
        };
        Some(duration).filter(|duration| !duration.is_too_long())
    }

    /// Compares two durations: by their figures where both are in months or both in days,
    /// otherwise by where each ends when counted from `anchor`. `None` where working days meet
    /// another unit or a date runs past the year 9999.
    #[must_use]
    pub fn compare(self, other: Self, anchor: Date) -> Option<Ordering> {
        match self.compare_figures(other) {
            Some(ordering) => Some(ordering),
            None => Some(self.after(anchor)?.cmp(&other.after(anchor)?)),
        }
    }

    /// Compares two durations that are both in months, both in days or both in working days.
    /// `None` where which is the longer turns on the day that they are counted from.
    #[must_use]
    pub fn compare_figures(self, other: Self) -> Option<Ordering> {
        let figures = |duration: Self| (duration.months, duration.days, duration.working_days);
        match (figures(self), figures(other)) {
            ((a, 0, 0), (b, 0, 0)) | ((0, a, 0), (0, b, 0)) | ((0, 0, a), (0, 0, b)) => {
                Some(a.cmp(&b))
            }
            _ => None,
        }
    }
}

impl fmt::Display for Duration {
    /// Whole years as years, other months as months, and days: `5 years`, `18 months`, `10 days`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (months, unit) = match self.months {
            months if months.is_multiple_of(12) => (months / 12, "year"),
            months => (months, "month"),
        };
        let parts = [(months, unit), (self.days, "day"), (self.working_days, "working day")];
        let mut gap = "";
        for (count, unit) in parts.into_iter().filter(|(count, _)| *count > 0) {
            let plural = if count == 1 { "" } else { "s" };
            write!(f, "{gap}{count} {unit}{plural}")?;
            gap = " ";
        }
        if gap.is_empty() { write!(f, "0 days") } else { Ok(()) }
    }
}
