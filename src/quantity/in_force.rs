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

    /// The parts of this period that lie before and after another. A day not yet appointed is
    /// neither before nor after any other, so there nothing is taken off.
    #[must_use]
    pub fn outside(self, other: Self) -> Vec<Self> {
        let (Some(own), Some(first)) = (self.first_day(), other.first_day()) else {
            return vec![self];
        };
        let before =
            Self { from: self.from, until: Some(self.until.map_or(first, |end| end.min(first))) };
        let after = other.until.map(|end| Self {
            from: if end <= own { self.from } else { Beginning::On(end) },
            until: self.until,
        });
        [Some(before), after].into_iter().flatten().filter(|part| !part.is_empty()).collect()
    }

    /// Whether there is no day on which it holds: it ends before it begins.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.first_day().zip(self.until).is_some_and(|(first, until)| until <= first)
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
