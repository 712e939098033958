//! Working days: days that are no Saturday, Sunday or holiday of a calendar.

use jiff::civil::Weekday;

use crate::pack::{CalendarId, ListRows, Rulebook};
use crate::quantity::{Date, Duration};
use crate::syntax::tree::{Counting, Ending};

/// A period counted out.
pub(super) struct Counted {
    /// Its last day.
    pub(super) last: Date,
    /// Whether a day was counted that the calendar's holidays don't cover.
    pub(super) is_past_calendar: bool,
}

/// The last day of a period that counts from an event; `None` past the year 9999, or where working
/// days have no calendar.
///
/// `beginning with` makes the event's day the first, `after` the next day. A period in months that
/// counts after a day ends on the day of the same number, or on the last day of a shorter month.
pub(super) fn last_day(
    book: &Rulebook,
    calendar: Option<CalendarId>,
    from: Date,
    (duration, counting, ending): (Duration, Counting, Ending),
) -> Option<Counted> {
    let first = match counting {
        Counting::BeginningWith => from,
        Counting::After => from.tomorrow().ok()?,
    };
    let mut counted = match duration.working_days() {
        Some(count) => nth_working_day(book, calendar?, first, count)?,
        // Counted from the day before the first, or up to the day before the same day later on: the
        // later of the two, for a month too short for that day takes none off.
        None => {
            let from_before = duration.after(first.yesterday().ok()?)?;
            let up_to = duration.after(first)?.yesterday().ok()?;
            let is_first_counted = counting == Counting::BeginningWith;
            let last = if is_first_counted { from_before.max(up_to) } else { from_before };
            Counted { last, is_past_calendar: false }
        }
    };
    if ending == Ending::Rolling {
        let rolled = nth_working_day(book, calendar?, counted.last, 1)?;
        counted.last = rolled.last;
        counted.is_past_calendar |= rolled.is_past_calendar;
    }
    Some(counted)
}

/// The working day of this number, counted from `first` on.
fn nth_working_day(
    book: &Rulebook,
    calendar: CalendarId,
    first: Date,
    count: u32,
) -> Option<Counted> {
    let mut day = first;
    let mut n_left = count.max(1);
    let mut is_past_calendar = !is_covered(book, calendar, day);
    loop {
        if is_working_day(book, calendar, day) {
            n_left -= 1;
        }
        if n_left == 0 {
            return Some(Counted { last: day, is_past_calendar });
        }
        day = day.tomorrow().ok()?;
        is_past_calendar |= !is_covered(book, calendar, day);
    }
}

fn is_working_day(book: &Rulebook, calendar: CalendarId, day: Date) -> bool {
    let is_weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    let is_holiday = || {
        book.calendars[calendar].holidays.iter().any(|list| match &book.lists[*list].rows {
            ListRows::Dates(dates) => dates.binary_search(&day).is_ok(),
            ListRows::Codes(_) => false,
        })
    };
    !is_weekend && !is_holiday()
}

/// Whether every list of holidays speaks of the day.
fn is_covered(book: &Rulebook, calendar: CalendarId, day: Date) -> bool {
    book.calendars[calendar].holidays.iter().all(|list| book.lists[*list].in_force.holds_on(day))
}
