//! What is said to a person about the commission they wrote.

use serde_json::Value as Json;

use super::Facts;
use super::json::{COMMISSION_BYTES_MAX, shortened};
use super::value::{Fault, meant, nearest_option};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::pack::{Choice, Fact, FactId, FactKind, Rulebook, SumFault, Value};
use crate::quantity::{CpvCode, Money};

/// How many options are listed in words.
const OPTIONS_SHOWN_MAX: usize = 12;

/// What a value was given for: a fact, or a key such as `as_at` that is none.
#[derive(Clone, Copy)]
pub(super) struct Subject<'b> {
    pub(super) path: &'b str,
    pub(super) kind: &'b FactKind,
    pub(super) ask: Option<&'b str>,
}

/// A commission over the size that is read.
pub(super) fn too_large(n_bytes: usize) -> Diagnostic {
    let message = format!(
        "the commission has {n_bytes} bytes, over the {COMMISSION_BYTES_MAX} that are read"
    );
    Diagnostic::nowhere(Code::CommissionTooLarge, Severity::Error, message)
        .help("leave out all but the facts that the rules ask for".to_owned())
}

/// Brackets nested deeper than is read, the first of them at this byte.
pub(super) fn too_deep(text: &str, bracket: usize, n_max: usize) -> Diagnostic {
    let before = text.get(..bracket).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let message = format!("brackets are nested more than {n_max} deep");
    Diagnostic::at_path(Code::CommissionTooLarge, format!("line {line}"), message).help(
        "write each fact as its name asks: `contract.value` is `value` in `contract`".to_owned(),
    )
}

/// A commission without a word in it.
pub(super) fn empty() -> Diagnostic {
    Diagnostic::nowhere(Code::NotJson, Severity::Error, "the commission is empty")
        .help("write `{}` for a commission of which nothing is known yet".to_owned())
}

/// A commission that is JSON, but no object.
pub(super) fn not_an_object(found: &Json) -> Diagnostic {
    let message = format!("a commission is an object, and this is {}", shown(found));
    Diagnostic::nowhere(Code::WrongValue, Severity::Error, message)
        .help("begin it with `{` and end it with `}`".to_owned())
}

/// A key given twice in one object.
pub(super) fn duplicate_key(path: &str) -> Diagnostic {
    Diagnostic::at_path(Code::DuplicateKey, path, format!("`{path}` is given twice"))
        .note("it counts as unknown until one of the two is gone")
        .help("keep the value that is right".to_owned())
}

/// A key that no fact has; `found_at` is the fact that its dots name, `near` the nearest.
pub(super) fn unknown_fact(
    path: &str,
    dotted: Option<&Fact>,
    near: Option<(String, Option<&Fact>)>,
) -> Diagnostic {
    let diagnostic =
        Diagnostic::at_path(Code::UnknownFact, path, format!("no fact is called `{path}`"));
    if let Some(fact) = dotted {
        let diagnostic =
            Diagnostic { message: format!("`{path}` is written with dots"), ..diagnostic };
        return diagnostic
            .help(format!("give each part an object of its own: `{}`", nested(&fact.name)));
    }
    let Some((name, fact)) = near else { return diagnostic };
    let diagnostic = diagnostic.help(format!("perhaps `{name}`"));
    match fact {
        Some(fact) => diagnostic.note(format!("`{name}` asks: {}", fact.ask)),
        None => diagnostic,
    }
}

/// A dotted name as JSON.
fn nested(name: &str) -> String {
    name.rsplit('.').fold("…".to_owned(), |inner, part| format!("{{\"{part}\": {inner}}}"))
}

/// A value where a group of facts is expected.
pub(super) fn not_a_group(path: &str, found: &Json, first: Option<&str>) -> Diagnostic {
    let message =
        format!("`{path}` is the first part of facts' names, and is given {}", shown(found));
    let first = first.unwrap_or("…");
    Diagnostic::at_path(Code::WrongValue, path, message)
        .note(format!("`{path}` holds facts, as `{path}.{first}`, and is none itself"))
        .help(format!("write an object: `{{\"{first}\": …}}`"))
}

/// A reserved key whose value must be words.
pub(super) fn not_words(path: &str, found: &Json, wanted: &str) -> Diagnostic {
    let message = format!("`{path}` needs {wanted}, not {}", shown(found));
    Diagnostic::at_path(Code::WrongValue, path, message)
}

/// A value that the schema refuses, though it can be read; `form` is how it is written.
pub(super) fn wrong_form(subject: Subject<'_>, found: &Json, form: Option<&Json>) -> Diagnostic {
    let message = format!("{} is not how `{}` is written", shown(found), subject.path);
    let help = form.map_or_else(|| how(subject.kind), |form| format!("write `{form}`"));
    asked(subject, Diagnostic::at_path(Code::WrongValue, subject.path, message).help(help))
}

/// The diagnostics of a value that can't be taken: one, or one for each wrong option.
pub(super) fn refused(subject: Subject<'_>, found: &Json, fault: &Fault) -> Vec<Diagnostic> {
    let Subject { path, kind, ask: _ } = subject;
    let it = shown(found);
    let (code, message) = match fault {
        Fault::NoSuchOption(options) => {
            return options.iter().map(|option| no_such_option(subject, option)).collect();
        }
        Fault::Kind => (Code::WrongValue, format!("`{path}` needs {}, not {it}", needs(kind))),
        Fault::Decimal => {
            (Code::WrongValue, format!("{it}, for `{path}`, has a decimal point or an exponent"))
        }
        Fault::Grouping => {
            (Code::WrongValue, format!("the commas of {it}, for `{path}`, don't part thousands"))
        }
        Fault::PartOfAPenny => {
            (Code::WrongValue, format!("{it}, for `{path}`, goes further than whole pence"))
        }
        Fault::TooManyPlaces => {
            (Code::WrongValue, format!("{it}, for `{path}`, goes further than four decimal places"))
        }
        Fault::WorkingDays => {
            (Code::WrongValue, format!("`{path}` can't be in working days: {it}"))
        }
        Fault::Twice(option) => (Code::WrongValue, format!("`{path}` lists `{option}` twice")),
        Fault::NoSuchCode => {
            (Code::WrongValue, format!("{it}, for `{path}`, is no CPV code of 2008"))
        }
        Fault::OutOfRange => (
            Code::ValueOutOfRange,
            format!("{it} is out of the range of `{path}`: {}", range(kind)),
        ),
        Fault::ImpossibleDate => (
            Code::ImpossibleDate,
            format!("{it}, for `{path}`, is a day that the calendar doesn't hold"),
        ),
    };
    let diagnostic = Diagnostic::at_path(code, path, message).help(help(kind, found, fault));
    vec![asked(subject, diagnostic)]
}

/// With the question that the fact asks.
fn asked(subject: Subject<'_>, diagnostic: Diagnostic) -> Diagnostic {
    match subject.ask {
        Some(ask) => diagnostic.note(format!("the question: {ask}")),
        None => diagnostic,
    }
}

fn no_such_option(subject: Subject<'_>, found: &Json) -> Diagnostic {
    let Subject { path, kind, ask: _ } = subject;
    let message = match found.as_str() {
        Some(option) => format!("`{path}` has no option `{}`", shortened(option)),
        None => format!("`{path}` needs {}, not {}", needs(kind), shown(found)),
    };
    let near = found.as_str().and_then(|option| nearest_option(kind.choices(), option));
    let help = match near {
        Some(Choice { name, title }) => format!("perhaps `\"{name}\"`: {title}"),
        None => how(kind),
    };
    asked(subject, Diagnostic::at_path(Code::WrongValue, path, message).help(help))
}

/// What to write in place of a value.
fn help(kind: &FactKind, found: &Json, fault: &Fault) -> Option<String> {
    Some(match fault {
        Fault::Kind | Fault::Decimal | Fault::Grouping => match meant(kind, found) {
            Some(meant) => format!("write `{meant}`"),
            None => how(kind),
        },
        Fault::PartOfAPenny => "write whole pence: `\"£12.50\"`".to_owned(),
        Fault::TooManyPlaces => "write four places at most: `\"12.3456%\"`".to_owned(),
        Fault::WorkingDays => "write it in days, weeks, months or years: `\"10 days\"`".to_owned(),
        Fault::Twice(_) => "list each option once".to_owned(),
        Fault::NoSuchCode => {
            let digits = found.as_str().and_then(|code| code.split('-').next());
            let near = CpvCode::nearest(digits.unwrap_or_default())?;
            format!("the nearest is `\"{near}\"`: {}", near.label())
        }
        Fault::OutOfRange => "check the figure and its unit against the question".to_owned(),
        Fault::ImpossibleDate => {
            "write year, month (01 to 12) and day as the calendar has them".to_owned()
        }
        Fault::NoSuchOption(_) => return None,
    })
}

/// What a fact needs.
const fn needs(kind: &FactKind) -> &'static str {
    match kind {
        FactKind::YesNo => "yes or no",
        FactKind::OneOf(_) => "one of its options",
        FactKind::SomeOf(_) => "a list of its options",
        FactKind::Number(..) => "a whole number",
        FactKind::Percentage(..) => "a percentage",
        FactKind::Money(..) => "an amount of money",
        FactKind::Date => "a date",
        FactKind::Duration => "a length of time",
        FactKind::Text => "words",
        FactKind::Cpv => "a CPV code",
    }
}

/// How a fact's value is written.
fn how(kind: &FactKind) -> String {
    match kind {
        FactKind::YesNo => "write `true` or `false`, or `null` if it is not known".to_owned(),
        FactKind::OneOf(choices) => format!("write one of {}", listed(choices)),
        FactKind::SomeOf(choices) => {
            format!("write a list in `[` and `]` of any of {}", listed(choices))
        }
        FactKind::Number(..) => "write figures without quotes: `3`".to_owned(),
        FactKind::Percentage(..) => "write it in quotes, with its sign: `\"25%\"`".to_owned(),
        FactKind::Money(..) => {
            "write it in quotes, `\"£1,250,000\"` or `\"£1.25m\"`, or whole pounds in figures"
                .to_owned()
        }
        FactKind::Date => "write year, month and day: `\"2025-02-24\"`".to_owned(),
        FactKind::Duration => "write it in quotes, with its unit: `\"5 years\"`".to_owned(),
        FactKind::Text => "write it in quotes".to_owned(),
        FactKind::Cpv => "write its eight digits in quotes: `\"85312400\"`".to_owned(),
    }
}

fn listed(choices: &[Choice]) -> String {
    let shown: Vec<String> = choices
        .iter()
        .take(OPTIONS_SHOWN_MAX)
        .map(|choice| format!("`\"{}\"`", choice.name))
        .collect();
    match choices.len().saturating_sub(OPTIONS_SHOWN_MAX) {
        0 => shown.join(", "),
        n_more => format!("{} and {n_more} more", shown.join(", ")),
    }
}

fn range(kind: &FactKind) -> String {
    match kind {
        FactKind::Number(least, most) => format!("{least} to {most}"),
        FactKind::Percentage(least, most) => format!("{least} to {most}"),
        FactKind::Money(_, least, most) => format!("{least} to {most}"),
        FactKind::Duration => "a thousand years at most".to_owned(),
        FactKind::YesNo
        | FactKind::OneOf(_)
        | FactKind::SomeOf(_)
        | FactKind::Date
        | FactKind::Text
        | FactKind::Cpv => needs(kind).to_owned(),
    }
}

/// A value as found, cut to a line.
fn shown(found: &Json) -> String {
    match found {
        Json::Object(_) => "an object".to_owned(),
        Json::Array(_) => "a list".to_owned(),
        Json::Null | Json::Bool(_) | Json::Number(_) => format!("`{found}`"),
        Json::String(words) => format!("`{}`", Json::from(shortened(words))),
    }
}

/// A total that its parts don't come to, or that they would bring out of its range.
pub(super) fn sum(book: &Rulebook, id: FactId, facts: &Facts, fault: &SumFault) -> Diagnostic {
    let fact = &book.facts[id];
    let path = &fact.name;
    let parts = fact.sum.iter().flat_map(|sum| &sum.parts);
    let known = parts.filter_map(|part| Some((&book.facts[*part].name, facts.get(*part)?)));
    let something = known.filter(|(_, value)| !is_nothing(value));
    let added: Vec<String> =
        something.map(|(name, value)| format!("`{name}` {}", figure(value))).collect();
    let added = match added.as_slice() {
        [] => "the parts given are all nothing".to_owned(),
        added => format!("the parts given: {}", added.join(" + ")),
    };
    let (given, total, already) = match fault {
        SumFault::OutOfRange(total) => {
            let total = total.as_ref().map_or("more than any figure may be".to_owned(), figure);
            let range = range(&fact.kind);
            let message =
                format!("the parts of `{path}` come to {total}, out of its range: {range}");
            return Diagnostic::at_path(Code::ValueOutOfRange, path, message)
                .note(added)
                .help("check each figure and its unit against the question".to_owned());
        }
        SumFault::Disagrees(given, total) => (given, total, ""),
        SumFault::Exceeds(given, total) => (given, total, " already"),
    };
    let (given, total) = (figure(given), figure(total));
    let message = format!("`{path}` is given as {given}, and its parts come to {total}{already}");
    Diagnostic::at_path(Code::SumDisagrees, path, message)
        .note(added)
        .help(format!("mend a part, or leave `{path}` out: it is worked out"))
}

fn is_nothing(value: &Value) -> bool {
    *value == Value::Money(Money::from_pence(0)) || *value == Value::Number(0)
}

/// A value of a kind that has sums.
fn figure(value: &Value) -> String {
    if let Value::Money(money) = value {
        return money.to_string();
    }
    let Value::Number(number) = value else { return String::new() };
    number.to_string()
}

/// The last diagnostic of a commission with more mistakes than are told.
pub(super) fn and_more(last: Diagnostic, n_more: usize) -> Diagnostic {
    last.note(format!("{n_more} more places are wrong: mend these first"))
}
