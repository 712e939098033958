//! For whom something differs, in words.

use super::from_differences::{Books, outcomes};
use crate::pack::{Candidate, Condition, FactKind, Rulebook, Value};
use crate::prove::{Allowed, Change, Range, Shared, Side, Spell, Turn, Two};
use crate::report::words::{self, Wording, and, or};

/// How many conditions are told; more would not be read.
const CONDITIONS_MAX: usize = 8;

/// For whom something differs, in a sentence.
pub(super) fn for_whom(
    books: Books<'_>,
    change: Change,
    spell: &Spell<'_>,
    routes: &[String],
) -> String {
    let base = base(books, change, routes);
    let told = conditions(books, &spell.shared);
    let mut few: Vec<String> = told.iter().take(CONDITIONS_MAX).cloned().collect();
    match told.len().saturating_sub(CONDITIONS_MAX) {
        0 => {}
        n_more => few.push(format!("{n_more} more conditions hold")),
    }
    let mut said = match (spell.is_all, few.is_empty()) {
        (true, true) => format!("For every commission{base}."),
        (true, false) => format!("For every commission{base}, if {}.", listed(&few)),
        (false, true) => format!("For some commissions{base}, not for all."),
        (false, false) => {
            format!("For some commissions{base}, not for all, and only if {}.", listed(&few))
        }
    };
    if spell.is_moving {
        said.push_str(MOVING);
    }
    said
}

/// Said where the conditions of the first day are not those of the last.
const MOVING: &str = " That is so on the first of these days; after it, dates and lengths of time move with the day.";

/// Conditions one after the other; they may hold commas of their own.
fn listed(conditions: &[String]) -> String {
    match conditions {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{}; and {last}", first.join("; ")),
    }
}

/// Among which commissions it is told for whom it differs.
fn base(books: Books<'_>, change: Change, routes: &[String]) -> String {
    let quoted: Vec<String> = routes.iter().map(|title| format!("“{title}”")).collect();
    let on = match quoted.as_slice() {
        [] => String::new(),
        quoted => format!(" with {} open", or(quoted)),
    };
    match change {
        Change::Applies(_, Turn::Begins) => " to which it applies now".to_owned(),
        Change::Applies(_, Turn::Ends) => " to which it applied".to_owned(),
        Change::Open(_, Turn::Begins) => " for which it is open now".to_owned(),
        Change::Open(_, Turn::Ends) => " for which it was open".to_owned(),
        Change::Preferred(_, _, Turn::Ends) => " for which it was put before it".to_owned(),
        Change::Preferred(Two { new: Some(Candidate::Model(_)), .. }, ..) => {
            " that both fit".to_owned()
        }
        Change::Preferred(..) => " for which both are open".to_owned(),
        Change::Fits(_, Turn::Begins) => " that it fits now".to_owned(),
        Change::Fits(_, Turn::Ends) => " that it fitted".to_owned(),
        Change::Gates(_) => " that it fits".to_owned(),
        Change::Outcome(two, before, after) => {
            format!(" for which it was {}", outcomes(books, two, before, after).0)
        }
        Change::Needed(_, Turn::Ends) => format!("{on} for which it was needed"),
        Change::Banned(_, Turn::Ends) => format!("{on} for which it was forbidden"),
        Change::Due(_, Some(_), _) => format!("{on} for which it is needed and was so"),
        Change::Due(_, None, _) => format!("{on} for which it is needed and had no time limit"),
        Change::Length(_, Some(_), _) => format!("{on} for which it was so"),
        Change::Length(_, None, _) => format!("{on} for which it did not run"),
        Change::Needed(..) | Change::Banned(..) => on,
        Change::Applies(_, Turn::LeftOpen)
        | Change::Open(_, Turn::LeftOpen)
        | Change::Fits(_, Turn::LeftOpen) => String::new(),
    }
}

/// What commissions share, each in words.
pub(super) fn conditions(books: Books<'_>, shared: &[Shared]) -> Vec<String> {
    let book = |side: &Side| match side {
        Side::Old => books.old,
        Side::New => books.new,
    };
    let words = shared.iter().map(|shared| match shared {
        Shared::Fact(side, fact, allowed) => {
            let fact = &book(side).facts[*fact];
            format!("“{}” {}", fact.title, allowed_in_words(book(side), &fact.kind, allowed))
        }
        Shared::Comparison(side, condition, true) => inside(book(side), condition),
        Shared::Comparison(side, condition, false) => {
            inside(book(side), &Condition::Not(Box::new(condition.clone())))
        }
    });
    words.collect()
}

fn inside(book: &Rulebook, condition: &Condition) -> String {
    Wording::of_rules(book).inside(condition)
}

fn allowed_in_words(book: &Rulebook, kind: &FactKind, allowed: &Allowed) -> String {
    let title = |place: &usize| {
        let choice = kind.choices().get(*place);
        format!("“{}”", choice.map(|choice| choice.title.as_str()).unwrap_or_default())
    };
    let quoted = |texts: &[String]| -> Vec<String> {
        texts.iter().map(|text| format!("“{text}”")).collect()
    };
    match allowed {
        Allowed::YesNo(true) => "is yes".to_owned(),
        Allowed::YesNo(false) => "is no".to_owned(),
        Allowed::Options(places) => {
            let is_out = |place: &usize| !places.contains(place);
            let out: Vec<usize> = (0..kind.choices().len()).filter(is_out).collect();
            match out.as_slice() {
                // All but one are put by the one, where that is shorter.
                [only] if places.len() > 1 => format!("is not {}", title(only)),
                _ => format!("is {}", or(&places.iter().map(title).collect::<Vec<_>>())),
            }
        }
        Allowed::Includes(place, true) => format!("includes {}", title(place)),
        Allowed::Includes(place, false) => format!("does not include {}", title(place)),
        Allowed::Ranges(ranges) => {
            let ranges: Vec<String> = ranges.iter().map(|it| range(kind, it)).collect();
            format!("is {}", or(&ranges))
        }
        Allowed::OnList(list, true) => format!("is on the list “{}”", book.lists[*list].title),
        Allowed::OnList(list, false) => {
            format!("is not on the list “{}”", book.lists[*list].title)
        }
        Allowed::Codes(ranges) => {
            const RANGES_MAX: usize = 3;
            let mut said: Vec<String> = ranges
                .iter()
                .take(RANGES_MAX)
                .map(|(first, next)| match next {
                    Some(next) => format!("{first} or a code after it, before {next}"),
                    None => format!("{first} or a code after it"),
                })
                .collect();
            match ranges.len().saturating_sub(RANGES_MAX) {
                0 => {}
                n_more => said.push(format!("in one of {n_more} more ranges of codes")),
            }
            format!("is {}", or(&said))
        }
        Allowed::Texts(texts) => format!("is {}", or(&quoted(texts))),
        Allowed::OtherTexts(texts) => format!("is not {}", or(&quoted(texts))),
    }
}

/// A range, each of its bounds in the rounder of the two ways in which it can be put.
fn range(kind: &FactKind, range: &Range) -> String {
    let said = |value: &Value| words::value(kind, value);
    let is_date = matches!(kind, FactKind::Date);
    let is_rounder = |a: &str, b: &str| is_date || a.len() <= b.len();
    let is_one = match (&range.least, &range.end) {
        (Some((least, _)), Some((_, last))) => least == last,
        (None, _) | (_, None) => false,
    };
    if let (true, Some((least, _))) = (is_one, &range.least) {
        return said(least);
    }
    let least = range.least.as_ref().map(|(least, under)| {
        let (least, under) = (said(least), said(under));
        match (is_date, is_rounder(&least, &under)) {
            (true, _) => format!("on or after {least}"),
            (false, true) => format!("{least} or more"),
            (false, false) => format!("over {under}"),
        }
    });
    let end = range.end.as_ref().map(|(beyond, last)| {
        let (beyond, last) = (said(beyond), said(last));
        match (is_date, is_rounder(&beyond, &last)) {
            (true, _) => format!("before {beyond}"),
            (false, true) => format!("under {beyond}"),
            (false, false) => format!("{last} or less"),
        }
    });
    let bounds: Vec<String> = least.into_iter().chain(end).collect();
    if bounds.is_empty() { "anything".to_owned() } else { and(&bounds) }
}
