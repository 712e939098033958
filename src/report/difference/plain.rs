//! What the rules plainly say otherwise, in words.

use super::from_differences::{Books, when};
use super::wire;
use crate::pack::{
    Amount, AmountId, Choice, Document, DocumentKind, EventId, Fact, FactId, FactKind, Force,
    RouteId, Rulebook, Stage, Value,
};
use crate::prove::{FigureSpell, Plain, Two};
use crate::quantity::{Date, Money, Percentage, date_in_words};
use crate::report::words::{self, and};

/// A change of the rules in words.
pub(super) fn plain(
    books: Books<'_>,
    plain: &Plain,
    dates: Option<(Date, Date)>,
) -> wire::RuleChange {
    let Books { old, new } = books;
    let (name, says) = match plain {
        Plain::FactAdded(id) => (&new.facts[*id].name, added(new, *id)),
        Plain::FactRemoved(id) => (&old.facts[*id].name, removed(old, *id)),
        Plain::FactKind(before, after) => {
            let (before, after) = (&old.facts[*before], &new.facts[*after]);
            (&after.name, kinds(before, after))
        }
        Plain::FactJudgement(_, after) => {
            let fact = &new.facts[*after];
            (&fact.name, judgement(fact))
        }
        Plain::FactSum(_, after) => (&new.facts[*after].name, sum(new, *after)),
        Plain::FactChoosable(_, after) => {
            let fact = &new.facts[*after];
            (&fact.name, choosable(fact))
        }
        Plain::RouteAdded(id) => {
            let route = &new.routes[*id];
            let says = format!("“{}” is a new route, and no commission opens it.", route.title);
            (&route.name, says)
        }
        Plain::RouteRemoved(id) => {
            let route = &old.routes[*id];
            let says = format!("“{}” is a route no longer; no commission opened it.", route.title);
            (&route.name, says)
        }
        Plain::Figure(two, class, spells) => {
            let Some(amount) = books.of_two(*two, |book, id| &book.amounts[id]) else {
                return wire::RuleChange { name: String::new(), says: String::new() };
            };
            let class = class.as_ref().and_then(|name| option(books, *two, name));
            (&amount.name, figures(amount, class, spells, dates))
        }
        Plain::Holidays(_, after, added, dropped) => {
            let calendar = &new.calendars[*after];
            (&calendar.name, format!("“{}”: {}.", calendar.title, holidays(added, dropped)))
        }
        Plain::EventDated(before, after) => {
            (&new.events[*after].name, dated(books, *before, *after))
        }
        Plain::Document(before, after) => {
            let (before, after) = (&old.documents[*before], &new.documents[*after]);
            (&after.name, papers(before, after))
        }
        Plain::Carried(_, after, added, dropped) => {
            let model = &new.models[*after];
            (&model.name, format!("“{}” {}.", model.title, carried(books, added, dropped)))
        }
    };
    wire::RuleChange { name: name.clone(), says }
}

fn added(new: &Rulebook, id: FactId) -> String {
    let fact = &new.facts[id];
    let is_part = new.sums_with(id).next().is_some();
    let done = if is_part { "can be given now" } else { "is asked for now" };
    format!("“{}” {done}: {}.", fact.title, kind(fact))
}

fn removed(old: &Rulebook, id: FactId) -> String {
    let is_part = old.sums_with(id).next().is_some();
    let done = if is_part { "can no longer be given" } else { "is no longer asked for" };
    format!("“{}” {done}.", old.facts[id].title)
}

fn judgement(fact: &Fact) -> String {
    let says = match fact.judgement {
        Some(_) => "is for the authority to judge now, and its reasons are to be recorded",
        None => "is no longer for the authority to judge",
    };
    format!("“{}” {says}.", fact.title)
}

fn sum(new: &Rulebook, id: FactId) -> String {
    let fact = &new.facts[id];
    let parts = fact.sum.iter().flat_map(|sum| &sum.parts);
    let parts: Vec<String> = parts.map(|part| format!("“{}”", new.facts[*part].title)).collect();
    let says = match parts.as_slice() {
        [] => "is no longer worked out from parts".to_owned(),
        parts => format!("is, where it is left out, the sum of {} now", and(parts)),
    };
    format!("“{}” {says}.", fact.title)
}

fn choosable(fact: &Fact) -> String {
    let says = match fact.is_choosable {
        true => "may be chosen now, and so may open a barred route",
        false => "may no longer be chosen, and so opens no barred route",
    };
    format!("“{}” {says}.", fact.title)
}

/// The option or outcome of this name that the figures of an amount are by, of whichever rules have
/// it.
fn option<'b>(books: Books<'b>, amount: Two<AmountId>, name: &str) -> Option<&'b Choice> {
    let of = |book: &'b Rulebook, id: Option<AmountId>| {
        let class = book.amounts[id?].class?;
        book.class_choices(class).iter().find(|choice| choice.name == name)
    };
    of(books.new, amount.new).or_else(|| of(books.old, amount.old))
}

fn figures(
    amount: &Amount,
    class: Option<&Choice>,
    spells: &[FigureSpell],
    dates: Option<(Date, Date)>,
) -> String {
    let class = class.map(|class| format!(", {}", class.title)).unwrap_or_default();
    let spells: Vec<String> =
        spells.iter().map(|spell| figure(&amount.kind, spell, dates)).collect();
    format!("“{}”{class}: {}", amount.title, spells.join(" "))
}

fn dated(books: Books<'_>, before: EventId, after: EventId) -> String {
    let by = |book: &Rulebook, id: EventId| {
        let fact = book.events[id].dated_by.map(|fact| &book.facts[fact].title);
        fact.map_or_else(|| "nothing".to_owned(), |title| format!("“{title}”"))
    };
    let (is, was) = (by(books.new, after), by(books.old, before));
    format!("“{}” is dated by {is} now, no longer by {was}.", books.new.events[after].title)
}

fn kind(fact: &Fact) -> &'static str {
    words::kind(&fact.kind)
}

fn kinds(before: &Fact, after: &Fact) -> String {
    let title = &after.title;
    if kind(before) != kind(after) {
        return format!(
            "“{title}” takes another kind of answer: {}. It was: {}. What rests on it alone is not compared.",
            kind(after),
            kind(before)
        );
    }
    let only = |a: &FactKind, b: &FactKind| -> Vec<String> {
        let others = b.choices();
        let is_only = |choice: &&Choice| !others.iter().any(|other| other.name == choice.name);
        a.choices().iter().filter(is_only).map(|it| format!("“{}”", it.title)).collect()
    };
    let (added, dropped) = (only(&after.kind, &before.kind), only(&before.kind, &after.kind));
    match (added.is_empty(), dropped.is_empty()) {
        (true, true) => {
            let (before, after) = (bounds(&before.kind), bounds(&after.kind));
            format!("“{title}” may be {after}, where it could be {before}.")
        }
        (false, true) => format!("“{title}” may now be {}.", words::or(&added)),
        (true, false) => format!("“{title}” may no longer be {}.", words::or(&dropped)),
        (false, false) => format!(
            "“{title}” may now be {}, and may no longer be {}.",
            words::or(&added),
            words::or(&dropped)
        ),
    }
}

/// What a fact may be between its bounds: `0 to 500`, `£10 or more`.
fn bounds(kind: &FactKind) -> String {
    let (least, most, is_bounded) = match kind {
        FactKind::Number(least, most) => {
            (Value::Number(*least), Value::Number(*most), *most != FactKind::NUMBER_MAX)
        }
        FactKind::Percentage(least, most) => {
            (Value::Percentage(*least), Value::Percentage(*most), *most != Percentage::MAX)
        }
        FactKind::Money(_, least, most) => {
            (Value::Money(*least), Value::Money(*most), *most != Money::MAX)
        }
        FactKind::YesNo
        | FactKind::OneOf(_)
        | FactKind::SomeOf(_)
        | FactKind::Date
        | FactKind::Duration
        | FactKind::Text
        | FactKind::Cpv => return words::kind(kind).to_owned(),
    };
    let (least, most) = (words::value(kind, &least), words::value(kind, &most));
    if is_bounded { format!("{least} to {most}") } else { format!("{least} or more") }
}

fn figure(kind: &FactKind, spell: &FigureSpell, dates: Option<(Date, Date)>) -> String {
    let said = |value: &Option<Value>| {
        value.as_ref().map_or_else(|| "no figure".to_owned(), |value| words::value(kind, value))
    };
    let figures = format!("{}, where it was {}.", said(&spell.new), said(&spell.old));
    match dates {
        Some(_) => figures,
        None => format!("{} {figures}", when(spell.from, spell.last).trim_end_matches('.')),
    }
}

fn holidays(added: &[Date], dropped: &[Date]) -> String {
    const DAYS_MAX: usize = 5;
    let few = |days: &[Date]| {
        let mut said: Vec<String> =
            days.iter().take(DAYS_MAX).map(|day| date_in_words(*day)).collect();
        match days.len().saturating_sub(DAYS_MAX) {
            0 => {}
            1 => said.push("one more day".to_owned()),
            n_more => said.push(format!("{n_more} more days")),
        }
        and(&said)
    };
    let one_or_more = |days: &[Date], one: &'static str, more: &'static str| match days {
        [_] => one,
        _ => more,
    };
    let no_longer =
        one_or_more(added, "no longer counts as a working day", "no longer count as working days");
    match (added.is_empty(), dropped.is_empty()) {
        (false, true) => format!("{} {no_longer}", few(added)),
        (true, false) => {
            let again = one_or_more(
                dropped,
                "counts as a working day again",
                "count as working days again",
            );
            format!("{} {again}", few(dropped))
        }
        (_, _) => {
            let again = one_or_more(dropped, "counts again", "count again");
            format!("{} {no_longer}, and {} {again}", few(added), few(dropped))
        }
    }
}

fn papers(before: &Document, after: &Document) -> String {
    let mut said = Vec::new();
    if before.force != after.force {
        said.push(format!("is {}, where it was {}", force(after.force), force(before.force)));
    }
    if before.stage != after.stage {
        said.push(format!("belongs to {}, not to {}", stage(after.stage), stage(before.stage)));
    }
    if before.kind != after.kind {
        said.push(format!("is {}, not {}", sort(after.kind), sort(before.kind)));
    }
    format!("“{}” {}.", after.title, and(&said))
}

const fn force(force: Force) -> &'static str {
    match force {
        Force::Law => "required by law",
        Force::Policy => "required by policy",
        Force::Practice => "good practice",
    }
}

const fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Plan => "planning",
        Stage::Define => "defining what is wanted",
        Stage::Procure => "procuring",
        Stage::Award => "awarding",
        Stage::Manage => "managing",
    }
}

const fn sort(kind: DocumentKind) -> &'static str {
    match kind {
        DocumentKind::Notice => "a notice",
        DocumentKind::Record => "a record",
        DocumentKind::Assessment => "an assessment",
        DocumentKind::Approval => "an approval",
        DocumentKind::Agreement => "an agreement",
        DocumentKind::Letter => "a letter",
        DocumentKind::Statement => "a statement",
    }
}

fn carried(books: Books<'_>, added: &[RouteId], dropped: &[RouteId]) -> String {
    let titles = |book: &Rulebook, routes: &[RouteId]| -> Vec<String> {
        routes.iter().map(|route| format!("“{}”", book.routes[*route].title)).collect()
    };
    let (added, dropped) = (titles(books.new, added), titles(books.old, dropped));
    match (added.is_empty(), dropped.is_empty()) {
        (false, true) => format!("can now be carried by {}", and(&added)),
        (true, _) => format!("can no longer be carried by {}", and(&dropped)),
        (false, false) => {
            format!("can now be carried by {}, and no longer by {}", and(&added), and(&dropped))
        }
    }
}
