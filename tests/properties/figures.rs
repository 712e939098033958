//! Figures: money to the penny and dates to the day, against arithmetic that can't overflow.

use clearway::decide::{Standing, decide};
use clearway::facts::Facts;
use clearway::graph::Graph;
use clearway::pack::{FactId, Value};
use clearway::quantity::{Date, Duration, Money};
use clearway::source::Sources;
use proptest::prelude::{Strategy, any, prop_oneof};
use proptest::test_runner::{Config, RngSeed, TestRunner};

use super::domains::date;
use super::naive::days;
use super::naive::quantities::{after, parts};

/// The same figures on every machine.
fn runner(cases: u32) -> TestRunner {
    let config = Config {
        cases,
        rng_seed: RngSeed::Fixed(1),
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new(config)
}

const SUMS: &str = "
pack p \"P\"
    version 1
    extent england
    in force from 2020-01-01 [a]
source a \"A\" ukpga/2023/54
fact m.a \"A\" : money
    ask \"?\"
    [a]
fact m.b \"B\" : money
    ask \"?\"
    [a]
fact m.c \"C\" : money
    ask \"?\"
    [a]
route at_or_over \"At or over\"
    needs m.a + m.b - m.c >= 33.3333% of (m.b - m.a) [a]
route is_over \"Over\"
    needs 10000% of m.a - m.c > 0.0001% of m.b + 120% of (m.c - m.a) [a]
route is_equal \"Equal\"
    needs 25% of m.a = m.b - m.c [a]
";

fn pence() -> impl Strategy<Value = i64> {
    let most = Money::MAX.pence();
    prop_oneof![0..=most, 0..2_000_i64, most - 3..=most, any::<i64>()]
}

#[test]
fn sums_and_shares_of_money_are_exact() {
    let graph = compiled(SUMS);
    let facts: Vec<FactId> = graph.book().facts.ids().collect();
    // The share of a sum meets the figure often only where it is made to.
    let met = (pence(), pence(), pence(), any::<bool>()).prop_map(|(a, b, c, is_met)| {
        if is_met { (a, (a / 4).saturating_add(c / 2), c / 2) } else { (a, b, c) }
    });
    let outcome = runner(4_000).run(&met, |(a, b, c)| {
        let known = facts
            .iter()
            .copied()
            .zip([a, b, c].map(|pence| Value::Money(Money::from_pence(pence))));
        let answer = decide(&graph, &known.collect::<Facts>(), date(2025, 1, 1));
        let (a, b, c) = (i128::from(a), i128::from(b), i128::from(c));
        let expected = [
            (a + b - c) * 1_000_000 >= 333_333 * (b - a),
            100 * 1_000_000 * a - 1_000_000 * c > b + 1_200_000 * (c - a),
            250_000 * a == 1_000_000 * (b - c),
        ];
        for (finding, expected) in answer.routes.iter().zip(expected) {
            let expected = if expected { Standing::Open } else { Standing::Barred };
            proptest::prop_assert_eq!(finding.standing, expected);
        }
        Ok(())
    });
    assert!(outcome.is_ok(), "{outcome:?}");
}

fn a_date() -> impl Strategy<Value = Date> {
    let any_day = (1_i16..=9998, 1_i8..=12, 1_i8..=31)
        .prop_filter_map("no such day", |(y, m, d)| Date::new(y, m, d).ok());
    let month_end =
        (1990_i16..2050, 1_i8..=12).prop_map(|(year, month)| date(year, month, 1).last_of_month());
    prop_oneof![any_day, month_end]
}

fn a_length() -> impl Strategy<Value = Duration> {
    prop_oneof![
        (0..1_200_u32).prop_map(Duration::from_months),
        (0..40_000_u32).prop_map(Duration::from_days)
    ]
}

#[test]
fn a_date_moved_by_a_length_is_the_day_that_counting_gives() {
    let outcome = runner(4_000).run(&(a_date(), a_length()), |(date, length)| {
        let day = days::from_date(date);
        for (moved, times) in [(length.after(date), 1), (length.before(date), -1)] {
            let counted = after(day, length, times);
            match moved {
                Some(moved) => proptest::prop_assert_eq!(days::from_date(moved), counted),
                None => proptest::prop_assert!(
                    counted > days::from_date(Date::MAX) || counted < days::from_date(Date::MIN)
                ),
            }
        }
        Ok(())
    });
    assert!(outcome.is_ok(), "{outcome:?}");
}

#[test]
fn a_later_date_or_a_longer_time_never_ends_earlier() {
    let outcome = runner(4_000).run(
        &(a_date(), a_date(), a_length(), a_length()),
        |(one, other, short, long)| {
            let (early, late) = (one.min(other), one.max(other));
            if let (Some(early), Some(late)) = (short.after(early), short.after(late)) {
                proptest::prop_assert!(early <= late);
            }
            let is_alike = (parts(short).0 == 0) == (parts(long).0 == 0);
            let (short, long) =
                if parts(short) <= parts(long) { (short, long) } else { (long, short) };
            if let (true, Some(sooner), Some(later)) = (is_alike, short.after(one), long.after(one))
            {
                proptest::prop_assert!(sooner <= later);
            }
            Ok(())
        },
    );
    assert!(outcome.is_ok(), "{outcome:?}");
}

#[test]
fn what_is_written_of_a_figure_reads_back_as_the_same_figure() {
    let outcome = runner(4_000).run(&(pence(), a_length()), |(pence, length)| {
        if (0..=Money::MAX.pence()).contains(&pence) {
            let money = Money::from_pence(pence);
            proptest::prop_assert_eq!(Money::read(&money.to_string()), Ok(money));
        }
        proptest::prop_assert_eq!(Duration::read(&length.to_string()), Ok(length));
        Ok(())
    });
    assert!(outcome.is_ok(), "{outcome:?}");
}

#[expect(clippy::expect_used, reason = "rules of the test's own")]
fn compiled(text: &str) -> Graph {
    clearway::compile(&Sources::single("pack.way", text)).expect("the rules compile")
}
