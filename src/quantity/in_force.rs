//! The time a rule is in force: half-open, perhaps from a day not yet appointed.

use super::Date;

/// When a rule begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Beginning {
    /// As far back as its pack goes.
    Always,
    /// On this day: `from 2025-02-24`.
    On(Date),
    /// Made, but on no day yet: `from a day to be appointed`.
    NotAppointed,
}

/// A period in force: from its first day up to, not including, `until`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InForce {
    /// The first day.
    pub from: Beginning,
    /// The first day on which it is no longer in force, if it ends.
    pub until: Option<Date>,
}

impl InForce {
    /// In force without beginning or end.
    pub const ALWAYS: Self = Self { from: Beginning::Always, until: None };

    /// Whether a rule with this period is in force on `date`.
    #[must_use]
    pub fn holds_on(self, date: Date) -> bool {
        let has_begun = match self.from {
            Beginning::Always => true,
            Beginning::On(from) => from <= date,
            Beginning::NotAppointed => false,
        };
        has_begun && self.until.is_none_or(|until| date < until)
    }

    /// The part of this period that lies within another.
    #[must_use]
    pub fn within(self, other: Self) -> Self {
        let until = match (self.until, other.until) {
            (Some(own), Some(other)) => Some(own.min(other)),
            (own, other) => own.or(other),
        };
        Self { from: self.from.max(other.from), until }
    }

    /// The same period as it would be if a day not yet appointed were long past.
    #[must_use]
    pub const fn as_if_appointed(self) -> Self {
        match self.from {
            Beginning::NotAppointed => Self { from: Beginning::Always, until: self.until },
            Beginning::Always | Beginning::On(_) => self,
        }
    }

    /// The first day in force, the earliest date there is if it has always been.
    #[must_use]
    pub const fn first_day(self) -> Option<Date> {
        match self.from {
            Beginning::Always => Some(Date::MIN),
            Beginning::On(from) => Some(from),
            Beginning::NotAppointed => None,
        }
    }
}
