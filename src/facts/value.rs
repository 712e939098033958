//! One value of a commission's JSON read as what its fact may be, and what to write instead.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::pack::{Choice, FactKind, Value};
use crate::quantity::{
    CpvCode, CpvError, Duration, DurationError, Money, MoneyError, Percentage, read_date,
};

/// Why a value can't be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is of another kind, or of no form that is read.
    Kind,
    /// A figure with a decimal point or an exponent, which JSON doesn't keep exactly.
    Decimal,
    /// Money whose commas don't part thousands.
    Grouping,
    /// Money written further than pence.
    PartOfAPenny,
    /// A percentage written further than four decimal places.
    TooManyPlaces,
    /// Under the least or over the most.
    OutOfRange,
    /// A day that the calendar doesn't hold.
    ImpossibleDate,
    /// A duration in working days, which only a rule with a calendar can count.
    WorkingDays,
    /// Eight digits that are no CPV code.
    NoSuchCode,
    /// Options that the fact doesn't have, as found.
    NoSuchOption(Vec<Json>),
    /// An option listed twice.
    Twice(String),
}

/// Reads a value; none where it says that the fact is unknown.
pub(super) fn read(kind: &FactKind, json: &Json) -> Result<Option<Value>, Fault> {
    if let Some(words) = json.as_str() {
        return read_words(kind, words);
    }
    if json.is_null() {
        return Ok(None);
    }
    let value = match kind {
        FactKind::YesNo => json.as_bool().map(Value::YesNo).ok_or(Fault::Kind),
        FactKind::SomeOf(choices) => options(choices, json).map(Value::Choices),
        FactKind::Number(least, most) => {
            number(json).and_then(|number| within(number, *least, *most)).map(Value::Number)
        }
        FactKind::Money(_, least, most) => {
            pounds(json).and_then(|money| within(money, *least, *most)).map(Value::Money)
        }
        FactKind::OneOf(_)
        | FactKind::Percentage(..)
        | FactKind::Date
        | FactKind::Duration
        | FactKind::Text
        | FactKind::Cpv => Err(Fault::Kind),
    };
    value.map(Some)
}

/// Reads a value written as words; none where they say that the fact is unknown.
pub(super) fn read_words(kind: &FactKind, words: &str) -> Result<Option<Value>, Fault> {
    if is_unknown(words) && place_of(kind.choices(), words).is_none() {
        return Ok(None);
    }
    let value = match kind {
        FactKind::YesNo => yes_or_no(words).map(Value::YesNo),
        FactKind::OneOf(choices) => place_of(choices, words)
            .map(Value::Choice)
            .ok_or_else(|| Fault::NoSuchOption(vec![words.into()])),
        FactKind::SomeOf(_) | FactKind::Number(..) => Err(Fault::Kind),
        FactKind::Percentage(least, most) => {
            percentage(words).and_then(|share| within(share, *least, *most)).map(Value::Percentage)
        }
        FactKind::Money(_, least, most) => {
            money(words).and_then(|money| within(money, *least, *most)).map(Value::Money)
        }
        FactKind::Date => date(words),
        FactKind::Duration => duration(words).map(Value::Duration),
        FactKind::Text => Ok(Value::Text(words.to_owned())),
        FactKind::Cpv => CpvCode::read(words).map(Value::Code).map_err(|error| match error {
            CpvError::NotACode => Fault::Kind,
            CpvError::NoSuchCode => Fault::NoSuchCode,
        }),
    };
    value.map(Some)
}

/// Whether words say that nothing is known, as `null` does.
fn is_unknown(words: &str) -> bool {
    ["unknown", "don't know", "don’t know"].iter().any(|known| words.eq_ignore_ascii_case(known))
}

pub(super) fn within<T: PartialOrd + Copy>(value: T, least: T, most: T) -> Result<T, Fault> {
    if least <= value && value <= most { Ok(value) } else { Err(Fault::OutOfRange) }
}

fn yes_or_no(words: &str) -> Result<bool, Fault> {
    match words {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(Fault::Kind),
    }
}

/// The place of the option of this name.
pub(super) fn place_of(choices: &[Choice], name: &str) -> Option<usize> {
    choices.iter().position(|choice| choice.name == name)
}

fn options(choices: &[Choice], json: &Json) -> Result<BTreeSet<usize>, Fault> {
    let items = json.as_array().ok_or(Fault::Kind)?;
    let (mut places, mut wrong, mut twice) = (BTreeSet::new(), Vec::new(), None);
    for item in items {
        match item.as_str().and_then(|name| place_of(choices, name)) {
            Some(place) if !places.insert(place) => twice = item.as_str(),
            Some(_) => {}
            None if wrong.contains(item) || wrong.len() > choices.len() => {}
            None => wrong.push(item.clone()),
        }
    }
    match (wrong.is_empty(), twice) {
        (false, _) => Err(Fault::NoSuchOption(wrong)),
        (true, Some(option)) => Err(Fault::Twice(option.to_owned())),
        (true, None) => Ok(places),
    }
}

/// A figure that isn't a whole number is faulty in its form, or too large to be held as one.
fn not_whole(json: &Json) -> Fault {
    let is_vast = json.as_f64().is_some_and(|figure| figure.abs() >= 1e18);
    match (json.is_f64(), is_vast) {
        (_, true) => Fault::OutOfRange,
        (true, false) => Fault::Decimal,
        (false, false) => Fault::Kind,
    }
}

fn number(json: &Json) -> Result<u64, Fault> {
    match (json.as_u64(), json.as_i64()) {
        (Some(number), _) => Ok(number),
        (None, Some(_)) => Err(Fault::OutOfRange),
        (None, None) => Err(not_whole(json)),
    }
}

fn pounds(json: &Json) -> Result<Money, Fault> {
    let pounds = json.as_i64().ok_or_else(|| not_whole(json))?;
    Money::from_pounds(pounds).ok_or(Fault::OutOfRange)
}

fn money(words: &str) -> Result<Money, Fault> {
    Money::read(words).map_err(|error| match error {
        MoneyError::NotMoney => Fault::Kind,
        MoneyError::Grouping => Fault::Grouping,
        MoneyError::PartOfAPenny => Fault::PartOfAPenny,
        MoneyError::TooLarge => Fault::OutOfRange,
    })
}

fn percentage(text: &str) -> Result<Percentage, Fault> {
    let is_digits = |figure: &str| figure.bytes().all(|byte| byte.is_ascii_digit());
    let parted =
        text.strip_suffix('%').map(|figure| figure.split_once('.').unwrap_or((figure, "")));
    let fault = match parted.filter(|(whole, places)| is_digits(whole) && is_digits(places)) {
        Some((whole, _)) if whole.len() > 4 => Fault::OutOfRange,
        Some((whole, places)) if !whole.is_empty() && places.len() > 4 => Fault::TooManyPlaces,
        Some(_) | None => Fault::Kind,
    };
    Percentage::read(text).ok_or(fault)
}

fn date(text: &str) -> Result<Value, Fault> {
    let is_shaped = |text: &str| {
        let shape = text.bytes().map(|byte| if byte.is_ascii_digit() { b'0' } else { byte });
        shape.eq(*b"0000-00-00")
    };
    match read_date(text) {
        Some(date) => Ok(Value::Date(date)),
        None if is_shaped(text) => Err(Fault::ImpossibleDate),
        None => Err(Fault::Kind),
    }
}

fn duration(text: &str) -> Result<Duration, Fault> {
    // No count of a duration in range has seven digits; more than ten would not even be read.
    let is_vast = |word: &str| word.len() > 6 && word.bytes().all(|byte| byte.is_ascii_digit());
    let is_working = text.split_whitespace().any(|word| word == "working");
    match Duration::read(text) {
        Ok(duration) if duration.working_days().is_none() && !is_working => Ok(duration),
        Ok(_) => Err(Fault::WorkingDays),
        Err(_) if is_working => Err(Fault::WorkingDays),
        Err(DurationError::OutOfRange) => Err(Fault::OutOfRange),
        Err(DurationError::NotADuration) if text.split_whitespace().any(is_vast) => {
            Err(Fault::OutOfRange)
        }
        Err(DurationError::NotADuration) => Err(Fault::Kind),
    }
}

/// The same value in a form that is read, where it can be told what was meant.
pub(super) fn meant(kind: &FactKind, json: &Json) -> Option<Json> {
    let written = match json {
        Json::String(words) => words.trim().to_owned(),
        Json::Bool(yes) => yes.to_string(),
        Json::Number(figure) => figure.to_string(),
        Json::Null | Json::Array(_) | Json::Object(_) => return None,
    };
    // A bare 0.4 may mean 40% or 0.4%: no guess is right for both.
    let is_share = |figure: &serde_json::Number| figure.as_u64().is_none_or(|figure| figure <= 1);
    if let (Json::Number(figure), FactKind::Percentage(..)) = (json, kind)
        && is_share(figure)
    {
        return None;
    }
    let meant = rewritten(kind, &written)?;
    matches!(read(kind, &meant), Ok(Some(_))).then_some(meant)
}

fn rewritten(kind: &FactKind, written: &str) -> Option<Json> {
    let lower = written.to_lowercase();
    let close = |choices: &[Choice]| nearest_option(choices, written).map(|near| near.name.clone());
    Some(match kind {
        FactKind::YesNo => match lower.as_str() {
            "true" | "yes" | "y" => Json::Bool(true),
            "false" | "no" | "n" => Json::Bool(false),
            _ => return None,
        },
        FactKind::OneOf(choices) => close(choices)?.into(),
        FactKind::SomeOf(choices) => vec![close(choices)?].into(),
        FactKind::Number(..) => {
            let digits = written.strip_suffix(".0").unwrap_or(written).replace(',', "");
            digits.parse::<u64>().ok()?.into()
        }
        FactKind::Percentage(..) => {
            let figure = lower.trim_end_matches("per cent").trim_end_matches("percent");
            let figure = figure.trim_end_matches('%').trim();
            Percentage::read(&format!("{figure}%"))?.to_string().into()
        }
        FactKind::Money(..) => money_meant(&lower)?.to_string().into(),
        FactKind::Date => date_meant(written)?.into(),
        FactKind::Duration => Duration::read(&lower.replace(',', " ")).ok()?.to_string().into(),
        FactKind::Text => written.into(),
        FactKind::Cpv => format!("{:0>8}", written.replace(' ', "")).into(),
    })
}

/// Reads `£1.25 million`, `1250000 GBP`, `£1,000,00` or `1250000.5`.
fn money_meant(lower: &str) -> Option<Money> {
    let scales =
        [("million", "m"), ("billion", "bn"), ("thousand", "k"), ("gbp", ""), ("pounds", "")];
    let scaled = scales.iter().fold(lower.to_owned(), |text, (from, to)| text.replace(from, to));
    let bare = scaled.strip_suffix(".0").unwrap_or(&scaled).replace([' ', ','], "");
    Money::read(&bare).ok()
}

/// Reads `24/02/2025` in the British order, `24.2.2025`, or a date with a time of day.
fn date_meant(written: &str) -> Option<String> {
    if let Some(day) = written.get(..10).filter(|day| read_date(day).is_some()) {
        return Some(day.to_owned());
    }
    let parts: Vec<u32> =
        written.split(['/', '.', '-']).map_while(|part| part.parse().ok()).collect();
    let [day, month, year] = parts.try_into().ok()?;
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

/// The option that was probably meant: by its name or title, else by the nearest name.
pub(super) fn nearest_option<'c>(choices: &'c [Choice], written: &str) -> Option<&'c Choice> {
    let lower = written.trim().to_lowercase();
    let as_name = lower.replace([' ', '-'], "_");
    let alike = |choice: &&Choice| choice.name == as_name || choice.title.to_lowercase() == lower;
    let close = || {
        let near = |choice: &&Choice| strsim::damerau_levenshtein(&as_name, &choice.name);
        let nearest = choices.iter().min_by_key(near)?;
        (near(&nearest) <= as_name.chars().count().div_ceil(3)).then_some(nearest)
    };
    // Titles and names are short; a longer text is no slip of the pen, and costly to compare.
    if lower.len() > 200 { None } else { choices.iter().find(alike).or_else(close) }
}
