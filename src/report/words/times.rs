//! Times in force, due rules and lengths of periods in words.

use crate::pack::{Condition, DueRule, LengthRow};
use crate::quantity::{Beginning, Date, InForce, date_in_words};
use crate::syntax::tree::{Counting, Ending, Limit};

use super::Wording;
use super::joining::capital;
use super::names::happening;

impl Wording<'_> {
    /// `Within 30 days beginning with the day on which the contract is entered into.`, with its
    /// condition if one is given.
    pub(in crate::report) fn due(&self, rule: &DueRule, condition: Option<&Condition>) -> String {
        let words = match rule {
            DueRule::Words(words) => capital(words),
            DueRule::Before(event) => format!("Before {}", happening(self.book, *event)),
            DueRule::With(event) => format!("When {}", happening(self.book, *event)),
            DueRule::Within(duration, counting, event) => {
                let counting = match counting {
                    Counting::BeginningWith => "beginning with",
                    Counting::After => "after",
                };
                let happening = happening(self.book, *event);
                format!("Within {duration} {counting} the day on which {happening}")
            }
            DueRule::Soon(event) => {
                format!("As soon as practicable after {}", happening(self.book, *event))
            }
        };
        match condition {
            Some(condition) => format!("{words}, if {}", self.inside(condition)),
            None => words,
        }
    }
}

/// `At least 8 working days, counting the first day`
pub(in crate::report) fn length(row: &LengthRow) -> String {
    let Some((limit, duration, counting, ending)) = row.length else {
        return "No such time".to_owned();
    };
    let limit = match limit {
        Limit::AtLeast => "At least",
        Limit::AtMost => "At most",
        Limit::Exactly => "Exactly",
    };
    let counting = match counting {
        Counting::BeginningWith => "the first day counts",
        Counting::After => "the first day does not count",
    };
    let ending = match ending {
        Ending::AsCounted => "",
        Ending::Rolling => ", and it ends on a working day",
    };
    format!("{limit} {duration}; {counting}{ending}")
}

/// `Procurement Act 2023 is in force on 2 March 2026 (since 24 February 2025).`
pub(in crate::report) fn in_force(title: &str, life: InForce, as_at: Date) -> String {
    let as_at = date_in_words(as_at);
    match life.from {
        Beginning::On(from) => {
            format!("{title} is in force on {as_at} (since {}).", date_in_words(from))
        }
        Beginning::Always | Beginning::NotAppointed => format!("{title} is in force on {as_at}."),
    }
}

/// Why something is not in force: it had ended, or has yet to begin.
pub(in crate::report) fn out_of_force(title: &str, life: InForce, as_at: Date) -> String {
    let date = date_in_words(as_at);
    match (life.from, life.until) {
        (Beginning::NotAppointed, _) => {
            format!("{title} is not in force on {date}: it begins on a day to be appointed.")
        }
        (Beginning::Always, Some(until)) => {
            format!("{title} is no longer in force on {date}: it ended with {}.", last_day(until))
        }
        (Beginning::On(from), until) if as_at < from => {
            format!("{title} is not yet in force on {date}: it runs {}.", run(from, until))
        }
        (Beginning::On(from), until) => {
            format!("{title} is no longer in force on {date}: it ran {}.", run(from, until))
        }
        (Beginning::Always, None) => format!("{title} is not in force on {date}."),
    }
}

fn run(from: Date, until: Option<Date>) -> String {
    let from = date_in_words(from);
    match until {
        Some(until) => format!("from {from} to {}", last_day(until)),
        None => format!("from {from}"),
    }
}

/// The last day of what is in force up to, not including, a day: people name the last day.
fn last_day(until: Date) -> String {
    date_in_words(until.yesterday().unwrap_or(until))
}
