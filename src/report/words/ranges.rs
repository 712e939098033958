//! Ranges of values, half-open as rules are.

use crate::pack::{FactKind, Value};
use crate::quantity::{Date, Duration};

use super::values::value;

/// Where something may stand, after “is”: `at least £5,000 and under £100,000`, `on or after 24
/// February 2025`. Durations are told in months and years as they run from a date.
pub(in crate::report) fn range(
    kind: &FactKind,
    (least, under): (Option<&Value>, Option<&Value>),
    as_at: Date,
) -> String {
    if let (Some(Value::Number(least)), Some(Value::Number(under))) = (least, under)
        && least.checked_add(1) == Some(*under)
    {
        return least.to_string();
    }
    let from = least.map(|least| match least {
        Value::Date(_) => format!("on or after {}", value(kind, least)),
        Value::Duration(least) => from_duration(*least, as_at),
        Value::YesNo(_)
        | Value::Choice(_)
        | Value::Choices(_)
        | Value::Number(_)
        | Value::Percentage(_)
        | Value::Money(_)
        | Value::Text(_)
        | Value::Code(_) => format!("at least {}", value(kind, least)),
    });
    let below = under.map(|under| match under {
        Value::Date(_) => format!("before {}", value(kind, under)),
        Value::Number(under) => format!("at most {}", under.saturating_sub(1)),
        Value::Duration(under) => below_duration(*under, as_at),
        Value::YesNo(_)
        | Value::Choice(_)
        | Value::Choices(_)
        | Value::Percentage(_)
        | Value::Money(_)
        | Value::Text(_)
        | Value::Code(_) => format!("under {}", value(kind, under)),
    });
    from.into_iter().chain(below).collect::<Vec<_>>().join(" and ")
}

/// `at least 4 years`; `over 4 years` for a day more.
fn from_duration(least: Duration, as_at: Date) -> String {
    match (in_months(least, as_at, 0), in_months(least, as_at, 1)) {
        (Some(whole), _) => format!("at least {whole}"),
        (None, Some(whole)) => format!("over {whole}"),
        (None, None) => format!("at least {least}"),
    }
}

/// `under 4 years`; `at most 4 years` for a day more.
fn below_duration(under: Duration, as_at: Date) -> String {
    match (in_months(under, as_at, 0), in_months(under, as_at, 1)) {
        (Some(whole), _) => format!("under {whole}"),
        (None, Some(whole)) => format!("at most {whole}"),
        (None, None) => format!("under {under}"),
    }
}

/// The whole months that end so many days before a duration does, if they do.
fn in_months(duration: Duration, as_at: Date, n_days_before: u8) -> Option<Duration> {
    let mut end = duration.after(as_at)?;
    for _ in 0..n_days_before {
        end = end.yesterday().ok()?;
    }
    let n_years = u32::try_from(end.year().checked_sub(as_at.year())?).ok()?;
    let (first, last) = (n_years.saturating_mul(12).saturating_sub(12), n_years.saturating_mul(12));
    let mut months = (first..=last.saturating_add(12)).map(Duration::from_months);
    months.find(|months| *months != Duration::from_months(0) && months.after(as_at) == Some(end))
}

#[cfg(test)]
mod tests {
    use super::range;
    use crate::pack::{FactKind, Value};
    use crate::quantity::{Date, Duration, Money, read_date};

    fn day(date: &str) -> Date {
        read_date(date).expect("the date is one")
    }

    fn ranged(kind: &FactKind, least: Option<&Value>, under: Option<&Value>) -> String {
        range(kind, (least, under), day("2026-03-02"))
    }

    #[test]
    fn a_range_of_money_ends_under_a_sum() {
        let money = |pence| Some(Value::Money(Money::from_pence(pence)));
        let kind = FactKind::Money(None, Money::from_pence(0), Money::MAX);
        let both = ranged(&kind, money(500_000).as_ref(), money(10_000_000).as_ref());
        assert_eq!(both, "at least £5,000 and under £100,000");
        assert_eq!(ranged(&kind, None, money(10_000_000).as_ref()), "under £100,000");
    }

    #[test]
    fn a_range_of_dates_begins_on_a_day_and_ends_before_one() {
        let date = |date| Some(Value::Date(day(date)));
        assert_eq!(
            ranged(&FactKind::Date, date("2025-02-24").as_ref(), date("2028-01-01").as_ref()),
            "on or after 24 February 2025 and before 1 January 2028"
        );
    }

    #[test]
    fn a_number_is_at_most_the_one_before_the_first_that_is_too_many() {
        let number = |number| Some(Value::Number(number));
        let kind = FactKind::Number(0, 100);
        assert_eq!(ranged(&kind, number(3).as_ref(), number(4).as_ref()), "3");
        assert_eq!(
            ranged(&kind, number(3).as_ref(), number(9).as_ref()),
            "at least 3 and at most 8"
        );
    }

    #[test]
    fn a_range_of_durations_is_told_in_months_and_years_where_they_fit() {
        let days = |days| Some(Value::Duration(Duration::from_days(days)));
        let kind = FactKind::Duration;
        // From 2 March 2026, four years are 1461 days.
        assert_eq!(ranged(&kind, None, days(1461).as_ref()), "under 4 years");
        assert_eq!(ranged(&kind, None, days(1462).as_ref()), "at most 4 years");
        assert_eq!(ranged(&kind, days(1462).as_ref(), None), "over 4 years");
        assert_eq!(
            ranged(&kind, days(31).as_ref(), days(100).as_ref()),
            "at least 1 month and under 100 days"
        );
    }
}
