//! The smallest steps of a fact: a penny, a day, one, the last decimal place of a percentage.

use crate::decide::Distance;
use crate::pack::{FactKind, Value};
use crate::quantity::{Date, Duration, Money, Percentage};

use super::coverage::Side;

/// What a fact may be at the least: where a fact that nobody has given is moved from.
pub(super) fn least(kind: &FactKind, as_at: Date) -> Option<Value> {
    Some(match kind {
        FactKind::Number(least, _) => Value::Number(*least),
        FactKind::Percentage(least, _) => Value::Percentage(*least),
        FactKind::Money(_, least, _) => Value::Money(*least),
        FactKind::Date => Value::Date(as_at),
        FactKind::Duration => Value::Duration(Duration::from_days(0)),
        FactKind::YesNo
        | FactKind::OneOf(_)
        | FactKind::SomeOf(_)
        | FactKind::Text
        | FactKind::Cpv => return None,
    })
}

/// The value of a fact so many steps on, where the fact may have it. A duration is moved by the day
/// on which it ends, counted from `as_at`.
pub(super) fn moved(kind: &FactKind, value: &Value, steps: i64, as_at: Date) -> Option<Value> {
    match (kind, value) {
        (FactKind::Number(least, most), Value::Number(number)) => {
            let number = number.checked_add_signed(steps)?;
            (*least..=*most).contains(&number).then_some(Value::Number(number))
        }
        (FactKind::Percentage(least, most), Value::Percentage(share)) => {
            let share = Percentage::from_millionths(share.millionths().checked_add(steps)?);
            (*least..=*most).contains(&share).then_some(Value::Percentage(share))
        }
        (FactKind::Money(_, least, most), Value::Money(money)) => {
            let money = Money::from_pence(money.pence().checked_add(steps)?);
            (*least..=*most).contains(&money).then_some(Value::Money(money))
        }
        (FactKind::Date, Value::Date(date)) => day(*date, steps).map(Value::Date),
        (FactKind::Duration, Value::Duration(duration)) => {
            let end = day(duration.after(as_at)?, steps)?;
            (end >= as_at).then(|| Duration::between(as_at, end))?.map(Value::Duration)
        }
        _ => None,
    }
}

/// The day so many days on.
pub(super) fn day(date: Date, days: i64) -> Option<Date> {
    date.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// The steps from where a comparison stands to a side of its boundary; none where it lies between
/// two steps.
pub(super) fn steps_to(side: Side, over_by: i128) -> Option<i64> {
    let under = over_by.div_euclid(Distance::STEP);
    let is_whole = over_by.rem_euclid(Distance::STEP) == 0;
    let over = if is_whole { under } else { under.checked_add(1)? };
    let steps = match side {
        Side::JustUnder => -1 - under,
        Side::At if is_whole => -under,
        Side::At => return None,
        Side::JustOver => 1 - over,
    };
    i64::try_from(steps).ok()
}

/// The side of its boundary that a comparison stands on, at it or a step from it.
pub(super) fn side(over_by: i128) -> Option<Side> {
    match over_by {
        0 => Some(Side::At),
        under if (-Distance::STEP..0).contains(&under) => Some(Side::JustUnder),
        over if (1..=Distance::STEP).contains(&over) => Some(Side::JustOver),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AS_AT: Date = Date::constant(2026, 3, 2);

    fn moved_duration(from: &str, steps: i64) -> String {
        let from = Value::Duration(Duration::read(from).unwrap());
        match moved(&FactKind::Duration, &from, steps, AS_AT) {
            Some(Value::Duration(duration)) => duration.to_string(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn a_duration_moves_by_the_day_on_which_it_ends() {
        assert_eq!(moved_duration("5 years", 1), "5 years 1 day");
        assert_eq!(moved_duration("5 years", -1), "1825 days");
        assert_eq!(moved_duration("30 days", 1), "1 month");
        assert_eq!(moved_duration("0 days", -1), "None");
    }

    #[test]
    fn a_fact_moves_only_as_far_as_it_may() {
        let kind = FactKind::Number(0, 10);
        assert_eq!(moved(&kind, &Value::Number(10), 0, AS_AT), Some(Value::Number(10)));
        assert_eq!(moved(&kind, &Value::Number(10), 1, AS_AT), None);
        assert_eq!(moved(&kind, &Value::Number(0), -1, AS_AT), None);
    }

    #[test]
    fn from_wherever_a_comparison_stands_the_steps_lead_to_the_side_wanted() {
        for over_by in [-7, -1, 0, 1, 999_999, 1_000_000, 5_250_000, -5_250_000, -1_000_000] {
            for wanted in [Side::JustUnder, Side::At, Side::JustOver] {
                let Some(steps) = steps_to(wanted, over_by) else {
                    assert!(wanted == Side::At && over_by % Distance::STEP != 0);
                    continue;
                };
                let now = over_by + i128::from(steps) * Distance::STEP;
                assert_eq!(side(now), Some(wanted), "{over_by}");
            }
        }
    }
}
