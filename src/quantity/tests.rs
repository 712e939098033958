use super::{
    CpvCode, CpvNear, Date, Duration, DurationError, Money, MoneyError, Percentage, read_date,
};

fn code(text: &str) -> CpvCode {
    CpvCode::read(text).expect("the vocabulary has the code")
}

fn lasting(text: &str) -> Duration {
    Duration::read(text).expect("the text is a duration")
}

fn day(text: &str) -> Date {
    read_date(text).expect("the text is a date")
}

#[test]
fn a_date_is_read_with_every_figure_in_its_place_and_nothing_after() {
    assert_eq!(read_date("2025-02-04"), Some(Date::constant(2025, 2, 4)));
    for text in [
        "25-02-04",
        "2025-2-04",
        "2025-02-4",
        "2025-02",
        "2025-02-04-",
        "2025-02-04-01",
        "2025-+2-04",
        "+025-02-04",
        "2025-02-+4",
        "2025-02-30",
        "2025/02/04",
        " 2025-02-04",
    ] {
        assert_eq!(read_date(text), None, "{text}");
    }
}

#[test]
fn money_has_figures_on_both_sides_of_its_point() {
    assert_eq!(Money::read("£1.5"), Ok(Money::from_pence(150)));
    for text in ["£1.", "£.50", "£1.x", "£1.5x", "£1.5.0", "£-1", "£", ""] {
        assert_eq!(Money::read(text), Err(MoneyError::NotMoney), "{text}");
    }
}

#[test]
fn a_percentage_has_figures_on_both_sides_of_its_point_and_four_places_at_most() {
    assert_eq!(Percentage::read("12.3456%"), Some(Percentage::from_millionths(123_456)));
    assert_eq!(Percentage::read("10000%"), Some(Percentage::MAX));
    for text in ["12.%", ".5%", "%", "+5%", "5.+1%", "1.23456%", "five%", "10000.0001%", "5"] {
        assert_eq!(Percentage::read(text), None, "{text}");
    }
}

#[test]
fn working_days_stand_alone() {
    assert_eq!(lasting("8 working days"), Duration::from_working_days(8));
    assert_eq!(lasting("1 year 6 months 2 days"), lasting("18 months 2 days"));
    for text in ["8 working days 2 days", "1 month 8 working days", "5 working days 3 working days"]
    {
        assert_eq!(Duration::read(text), Err(DurationError::OutOfRange), "{text}");
    }
}

#[test]
fn a_duration_is_of_a_thousand_years_or_a_hundred_thousand_working_days_at_most() {
    for text in ["1000 years", "1000 years 11 months", "366365 days", "100000 working days"] {
        assert!(Duration::read(text).is_ok(), "{text}");
    }
    for text in ["1001 years", "12012 months", "366366 days", "100001 working days"] {
        assert_eq!(Duration::read(text), Err(DurationError::OutOfRange), "{text}");
    }
}

#[test]
fn a_duration_is_in_days_or_in_months_where_it_has_nothing_else() {
    for (text, is_in_days, is_in_months) in [
        ("10 days", true, false),
        ("2 weeks", true, false),
        ("18 months", false, true),
        ("2 years", false, true),
        ("1 month 1 day", false, false),
        ("8 working days", false, false),
        ("0 days", true, true),
    ] {
        let duration = lasting(text);
        assert_eq!(
            (duration.is_in_days(), duration.is_in_months()),
            (is_in_days, is_in_months),
            "{text}"
        );
    }
}

#[test]
fn the_durations_next_to_one_are_a_day_off_in_its_own_unit() {
    for (text, next) in [
        ("10 days", &["9 days", "11 days"] as &[&str]),
        ("1 day", &["0 days", "2 days"]),
        ("0 days", &["1 day"]),
        ("6 months", &["5 months 27 days", "6 months 1 day"]),
        ("1 month", &["27 days", "1 month 1 day"]),
        ("2 years 3 days", &["2 years 2 days", "2 years 4 days"]),
        ("8 working days", &["7 working days", "9 working days"]),
        ("1 working day", &["2 working days"]),
    ] {
        let found: Vec<String> =
            lasting(text).a_day_off().iter().map(Duration::to_string).collect();
        assert_eq!(found, next, "{text}");
    }
}

#[test]
fn a_month_fewer_and_27_days_is_shorter_from_whatever_day_it_is_counted() {
    for anchor in ["2025-01-31", "2025-02-28", "2024-02-29", "2025-03-01"] {
        let months = Duration::from_months(6);
        let shorter = months.a_day_off().first().and_then(|less| less.after(day(anchor)));
        assert!(shorter.is_some() && shorter < months.after(day(anchor)), "{anchor}");
    }
}

#[test]
fn only_a_calendar_counts_working_days() {
    let from = day("2025-03-31");
    assert_eq!(lasting("1 month 1 day").after(from), Some(day("2025-05-01")));
    assert_eq!(lasting("1 month 1 day").before(from), Some(day("2025-02-27")));
    assert_eq!(lasting("8 working days").after(from), None);
    assert_eq!(lasting("8 working days").before(from), None);
}

#[test]
fn the_time_between_two_days_is_in_months_where_less_than_a_week_is_left_over() {
    for (to, text) in [
        ("2025-01-01", "0 days"),
        ("2025-01-04", "3 days"),
        ("2025-01-31", "30 days"),
        ("2025-02-01", "1 month"),
        ("2025-02-07", "1 month 6 days"),
        ("2025-02-08", "38 days"),
        ("2026-01-01", "1 year"),
    ] {
        let between = Duration::between(day("2025-01-01"), day(to));
        assert_eq!(between, Some(lasting(text)), "{to}");
    }
    assert_eq!(Duration::between(day("2025-01-02"), day("2025-01-01")), None);
}

#[test]
fn a_code_lies_under_another_by_its_first_figures_of_which_two_always_count() {
    assert!(code("85312310").descends_from(code("85312310")));
    assert!(code("85312310").descends_from(code("85312300")));
    assert!(code("85312310").descends_from(code("85000000")));
    assert!(!code("85312310").descends_from(code("85312400")));
    assert!(!code("85312300").descends_from(code("85312310")));
    // A division whose second figure is nought holds its own codes, not those of the nine after.
    assert!(code("90510000").descends_from(code("90000000")));
    assert!(!code("92000000").descends_from(code("90000000")));
    assert!(code("90000000").last_descendant() < code("92000000"));
}

#[test]
fn the_codes_follow_one_another_from_the_first_to_the_last() {
    let all: Vec<CpvCode> = CpvCode::all().collect();
    let mut walked = Vec::new();
    let mut here = CpvCode::first();
    while let Some(code) = here.filter(|_| walked.len() <= all.len()) {
        walked.push(code);
        here = code.next();
    }
    assert_eq!(walked, all);
    assert_eq!(CpvCode::first(), Some(code("03000000")));
}

#[test]
fn a_code_whose_every_word_was_asked_for_and_no_other_is_wholly_near() {
    let found = CpvCode::search("School meals").found;
    let first = found.first().expect("there are school meals");
    assert_eq!((first.code, first.nearness), (code("15894210"), CpvNear::WHOLLY));
    // With a word more it is less near, however many names have that word.
    let found = CpvCode::search("School meals services").found;
    let meals = found.iter().find(|near| near.code == code("15894210"));
    assert!(meals.is_some_and(|near| near.nearness < CpvNear::WHOLLY));
}

#[test]
fn a_misspelt_word_of_five_letters_is_meant_where_one_of_them_is_wrong() {
    let found = |words: &str| CpvCode::search(words).found.len();
    assert_eq!(found("xoads"), found("roads"));
    assert_eq!(found("xxads"), 0);
}
