//! The earliest dates of a route: its periods chained from the date asked about.

use std::collections::{BTreeMap, BTreeSet};

use super::answer::{EventFinding, Known, PeriodFinding, Recommendation, Timetable};
use super::calendar::{Counted, last_day};
use super::evaluation::Evaluation;
use crate::pack::{EventRef, LengthRow, Period, PeriodId, RouteId, Value};
use crate::quantity::Date;
use crate::syntax::tree::{Limit, Until};

/// An event's date while the chain is worked out.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Dated {
    date: Date,
    is_given: bool,
    is_conditional: bool,
}

/// A period that applies or may, with the lengths it may have.
struct Applying<'g> {
    id: PeriodId,
    period: &'g Period,
    applies: Known,
    lengths: Vec<&'g LengthRow>,
}

/// The timetable of the recommended route; empty where none is recommended.
pub(super) fn timetable<'g>(
    evaluation: &mut Evaluation<'g>,
    recommendation: &Recommendation,
) -> Timetable<'g> {
    let Recommendation::Take { route, .. } = recommendation else { return Timetable::default() };
    for_route(evaluation, *route)
}

fn for_route<'g>(evaluation: &mut Evaluation<'g>, route: RouteId) -> Timetable<'g> {
    evaluation.consider(Some(route));
    let applying = applying(evaluation);
    evaluation.consider(None);
    let dates = dates(evaluation, &applying);
    let lost = lost(evaluation, &applying, &dates);
    let mut events: Vec<EventFinding> = dates
        .iter()
        .map(|(event, dated)| EventFinding {
            event: *event,
            date: Some(dated.date).filter(|_| !lost.contains(event)),
            is_given: dated.is_given,
            is_conditional: dated.is_conditional,
        })
        .collect();
    events.sort_by_key(|finding| (finding.date, finding.event));
    let periods =
        applying.iter().filter_map(|applying| finding(evaluation, applying, (&dates, &lost)));
    let mut periods: Vec<PeriodFinding<'g>> = periods.collect();
    periods.sort_by_key(|finding| (finding.starts, finding.ends, finding.period));
    Timetable { route: Some(route), events, periods }
}

fn applying<'g>(evaluation: &Evaluation<'g>) -> Vec<Applying<'g>> {
    let mut applying = Vec::new();
    for (id, period) in evaluation.book().periods.iter() {
        let applies = applies(evaluation, period);
        if applies == Known::No {
            continue;
        }
        let (lengths, is_sure) = lengths(evaluation, period);
        if !lengths.is_empty() {
            let applies = if is_sure { applies } else { Known::Unknown };
            applying.push(Applying { id, period, applies, lengths });
        }
    }
    applying
}

/// Whether a period applies on the route considered.
pub(super) fn applies(evaluation: &Evaluation<'_>, period: &Period) -> Known {
    let mut applies = evaluation.applies(period.pack);
    let is_out =
        evaluation.are_out_of_force(&period.tests) || !evaluation.is_in_force(period.in_force);
    if applies == Known::No || is_out {
        return Known::No;
    }
    for test in evaluation.tests(period.pack, &period.tests) {
        applies = match (applies, test.holds) {
            (Known::No, _) | (_, Known::No) => Known::No,
            (Known::Yes, Known::Yes) => Known::Yes,
            _ => Known::Unknown,
        };
    }
    applies
}

/// Whether a period applies on a route, were that open, and the lengths that it may then have.
pub(super) fn lengths_on<'g>(
    evaluation: &mut Evaluation<'g>,
    period: PeriodId,
    route: RouteId,
) -> (Known, Vec<&'g LengthRow>) {
    evaluation.consider(Some(route));
    let period = &evaluation.book().periods[period];
    let found = (applies(evaluation, period), lengths(evaluation, period).0);
    evaluation.consider(None);
    found
}

/// The lengths that a period may have, and whether it has one for sure.
fn lengths<'g>(evaluation: &Evaluation<'g>, period: &'g Period) -> (Vec<&'g LengthRow>, bool) {
    let mut possible = Vec::new();
    for row in period.lengths.iter().filter(|row| evaluation.is_in_force(row.in_force)) {
        let holds = match &row.condition {
            None => Known::Yes,
            Some(condition) => evaluation.read(condition, &mut super::Reads::default()),
        };
        if holds != Known::No {
            possible.push(row);
        }
        if holds == Known::Yes {
            break;
        }
    }
    let is_sure = possible.len() == 1;
    possible.retain(|row| row.length.is_some());
    (possible, is_sure)
}

/// Every event that a period touches, at its given date or the earliest that the periods before it
/// allow. What nothing comes before happens on the date asked about.
fn dates(evaluation: &Evaluation<'_>, applying: &[Applying<'_>]) -> BTreeMap<EventRef, Dated> {
    let mut dates = BTreeMap::new();
    for event in applying.iter().flat_map(|applying| [applying.period.from, applying.period.to]) {
        let given = given_date(evaluation, event);
        let date = given.unwrap_or(evaluation.as_at());
        dates.insert(event, Dated { date, is_given: given.is_some(), is_conditional: false });
    }
    // Each round settles at least one more event of a chain; a circle of periods stops with the count.
    for _ in 0..dates.len() {
        let mut moved = dates.clone();
        for applying in applying {
            let Some(from) = moved.get(&applying.period.from).copied() else { continue };
            let Some(earliest) = earliest(evaluation, applying, from.date) else { continue };
            let is_conditional = from.is_conditional || applying.applies == Known::Unknown;
            // A day that one period surely gives is sure, whatever others come to the same.
            let says_more = |to: &&mut Dated| {
                earliest > to.date || (earliest == to.date && !is_conditional && to.is_conditional)
            };
            let to = moved.get_mut(&applying.period.to).filter(|to| !to.is_given);
            if let Some(to) = to.filter(says_more) {
                *to = Dated { date: earliest, is_given: false, is_conditional };
            }
        }
        if moved == dates {
            break;
        }
        dates = moved;
    }
    dates
}

/// The events that come after a period whose end can't be counted, past the year 9999: they have
/// no date, and nor has what comes after them.
fn lost(
    evaluation: &Evaluation<'_>,
    applying: &[Applying<'_>],
    dates: &BTreeMap<EventRef, Dated>,
) -> BTreeSet<EventRef> {
    let mut lost = BTreeSet::new();
    for _ in 0..=dates.len() {
        for applying in applying {
            let (from, to) = (applying.period.from, applying.period.to);
            let is_given = dates.get(&to).is_some_and(|dated| dated.is_given);
            let starts = dates.get(&from).map(|dated| dated.date);
            let is_countless =
                starts.and_then(|starts| earliest(evaluation, applying, starts)).is_none();
            if !is_given && (is_countless || lost.contains(&from)) {
                lost.insert(to);
            }
        }
    }
    lost
}

/// The date given for an event, by the fact that dates it.
pub(super) fn given_date(evaluation: &Evaluation<'_>, event: EventRef) -> Option<Date> {
    let EventRef::Event(event) = event else { return None };
    match evaluation.facts().get(evaluation.book().events[event].dated_by?) {
        Some(Value::Date(date)) => Some(*date),
        _ => None,
    }
}

/// The earliest day of a period's second event.
fn earliest(evaluation: &Evaluation<'_>, applying: &Applying<'_>, from: Date) -> Option<Date> {
    let (_, row, counted) = longest(evaluation, applying, from)?;
    let (limit, ..) = row.length?;
    match (limit, applying.period.until) {
        (Limit::AtMost, _) => Some(from),
        (Limit::AtLeast | Limit::Exactly, Until::To) => Some(counted.last),
        (Limit::AtLeast | Limit::Exactly, Until::Before) => counted.last.tomorrow().ok(),
    }
}

/// The longest of the lengths that a period may have: the safe one.
fn longest<'g>(
    evaluation: &Evaluation<'_>,
    applying: &Applying<'g>,
    from: Date,
) -> Option<(Date, &'g LengthRow, Counted)> {
    let counted = applying.lengths.iter().filter_map(|row| {
        let (_, duration, counting, ending) = row.length?;
        let counted = last_day(
            evaluation.book(),
            applying.period.calendar,
            from,
            (duration, counting, ending),
        )?;
        Some((counted.last, *row, counted))
    });
    counted.max_by_key(|(last, _, _)| *last)
}

fn finding<'g>(
    evaluation: &Evaluation<'g>,
    applying: &Applying<'g>,
    (dates, lost): (&BTreeMap<EventRef, Dated>, &BTreeSet<EventRef>),
) -> Option<PeriodFinding<'g>> {
    let from = applying.period.from;
    let starts = dates.get(&from).filter(|_| !lost.contains(&from)).map(|dated| dated.date);
    let counted = starts.and_then(|starts| longest(evaluation, applying, starts));
    let (ends, row, is_past_calendar) = match counted {
        Some((last, row, counted)) => (Some(last), row, counted.is_past_calendar),
        None => (None, *applying.lengths.first()?, false),
    };
    let has_working_days = row.length.is_some_and(|(_, duration, _, ending)| {
        duration.working_days().is_some() || ending == crate::syntax::tree::Ending::Rolling
    });
    Some(PeriodFinding {
        period: applying.id,
        applies: applying.applies,
        length: row,
        starts,
        ends,
        calendar: applying.period.calendar.filter(|_| has_working_days),
        is_past_calendar,
    })
}
