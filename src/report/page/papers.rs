//! The checklist by stage, and the timetable.

use super::lists::{day, section};
use super::{Block, Item, Mark, Words};
use crate::report::wire::{
    ChecklistItem, Due, Force, Happening, Holds, Needed, Stage, TimeLimit, Timetable,
};
use crate::report::words::stopped;

const STAGES: [(Stage, &str); 5] = [
    (Stage::Plan, "Plan"),
    (Stage::Define, "Define"),
    (Stage::Procure, "Procure"),
    (Stage::Award, "Award"),
    (Stage::Manage, "Manage"),
];

/// What is needed or forbidden for certain, stage by stage; then what is so only in some cases,
/// briefly, case by case. With nothing decided yet those cases are too many to tell: their number is.
pub(super) fn checklist(checklist: &[ChecklistItem], is_decided: bool) -> Vec<Block> {
    let certain = |stage| {
        let items = checklist.iter().filter(move |item| item.stage == stage);
        items.filter(|item| item.only_if.is_none()).map(|found| Block::Item(item(found)))
    };
    let stages = STAGES.iter().flat_map(|(stage, title)| part(title, certain(*stage).collect()));
    let conditional = match is_decided {
        true => part("Only in some cases", conditional(checklist)),
        false => still_open(checklist),
    };
    section("What to prepare", stages.chain(conditional).collect())
}

fn part(title: &str, items: Vec<Block>) -> Vec<Block> {
    let head = (!items.is_empty()).then(|| Block::Part(title.to_owned()));
    head.into_iter().chain(items).collect()
}

fn still_open(checklist: &[ChecklistItem]) -> Vec<Block> {
    let open = checklist.iter().filter(|item| item.only_if.is_some());
    let n_open = open.filter(|item| item.needed != Needed::Forbidden).count();
    let papers = match n_open {
        0 => return Vec::new(),
        1 => "One more paper".to_owned(),
        several => format!("{several} more papers"),
    };
    let words = format!("{papers} may be needed, depending on what is not known yet.");
    vec![Block::Paragraph(Words::plain(&words))]
}

fn conditional(checklist: &[ChecklistItem]) -> Vec<Block> {
    let mut cases: Vec<(&str, Vec<&ChecklistItem>)> = Vec::new();
    for item in checklist {
        let Some(only_if) = item.only_if.as_deref() else { continue };
        match cases.iter_mut().find(|(seen, _)| *seen == only_if) {
            Some((_, items)) => items.push(item),
            None => cases.push((only_if, vec![item])),
        }
    }
    let items = cases.into_iter().map(|(only_if, items)| {
        let head = Words::plain(&format!("Only if {only_if}:"));
        Block::Item(Item::new(Mark::Unknown, head).with(briefly(&items)))
    });
    items.collect()
}

/// What law or policy asks on a line each, with its citations; then what is good practice, on one.
fn briefly(items: &[&ChecklistItem]) -> Vec<Words> {
    let is_practice = |item: &&&ChecklistItem| item.force == Force::Practice;
    let mut lines: Vec<Words> =
        items.iter().filter(|item| !is_practice(item)).map(|item| titled(item)).collect();
    let practice: Vec<&str> =
        items.iter().filter(is_practice).map(|item| item.title.as_str()).collect();
    if !practice.is_empty() {
        lines.push(Words::plain(&practice.join("; ")).then_quiet(" [practice]"));
    }
    lines
}

fn item(item: &ChecklistItem) -> Item {
    let mut under: Vec<Words> = item.due.iter().map(|rule| due(rule, item)).collect();
    let publish = item.publish.iter().map(|place| format!("Publish: {}", stopped(place)));
    let contains = item.contains.iter().map(|words| format!("Contains: {}", stopped(words)));
    under.extend(publish.chain(contains).map(|words| Words::plain(&words)));
    under.extend(item.note.iter().map(|note| Words::plain(note)));
    let mark = if item.needed == Needed::Forbidden { Mark::No } else { Mark::Plain };
    Item::new(mark, titled(item)).with(under)
}

fn titled(item: &ChecklistItem) -> Words {
    let force = match item.force {
        Force::Law => " [law]",
        Force::Policy => " [policy]",
        Force::Practice => " [practice]",
    };
    Words::strong(&item.title).then_quiet(force).citing(&item.citations)
}

/// A due rule, with those of its citations that its document doesn't have.
fn due(due: &Due, item: &ChecklistItem) -> Words {
    let says = match &due.by {
        Some(by) => format!("Due: {} (by {}).", due.says.trim_end_matches('.'), day(by)),
        None => format!("Due: {}", stopped(&due.says)),
    };
    let own = due.citations.iter().filter(|citation| !item.citations.contains(citation));
    Words::plain(&says).citing(&own.cloned().collect::<Vec<_>>())
}

pub(super) fn timetable(timetable: &Timetable) -> Vec<Block> {
    if timetable.events.is_empty() && timetable.periods.is_empty() {
        return Vec::new();
    }
    let note = timetable.note.iter().map(|note| Block::Paragraph(Words::plain(note)));
    let rows = timetable.events.iter().map(event).collect();
    let periods = timetable.periods.iter().map(|period| time_limit(period, &timetable.events));
    let blocks = note.chain([Block::Rows(rows)]).chain(periods.map(Block::Item));
    section("Earliest dates", blocks.collect())
}

fn event(event: &Happening) -> (Words, Words) {
    let date = event.date.as_deref().map_or_else(|| "not known".to_owned(), day);
    let sure = match (event.given, event.conditional) {
        (true, _) => " (as you gave it)",
        (false, true) => " (if every time limit below applies)",
        (false, false) => "",
    };
    (Words::plain(&date), Words::plain(&event.title).then_quiet(sure))
}

fn time_limit(period: &TimeLimit, events: &[Happening]) -> Item {
    let mark = match period.applies {
        Holds::Yes | Holds::No => Mark::Plain,
        Holds::Unknown => Mark::Unknown,
    };
    let title = |name: &str| {
        let event = events.iter().find(|event| event.event == name);
        event.map_or_else(|| name.to_owned(), |event| event.title.clone())
    };
    let length = format!(": {}.", period.length);
    let words = Words::strong(&period.title).then(&length).citing(&period.citations);
    let dates = match (period.starts.as_deref().map(day), period.ends.as_deref().map(day)) {
        (Some(starts), Some(ends)) => format!(" It counts from {starts}; its last day is {ends}."),
        (Some(starts), None) => format!(" It counts from {starts}."),
        (None, Some(ends)) => format!(" Its last day is {ends}."),
        (None, None) => String::new(),
    };
    let between = format!("From “{}” to “{}”.{dates}", title(&period.from), title(&period.to));
    let mut under = vec![Words::plain(&between)];
    if period.applies == Holds::Unknown {
        under.push(Words::plain("It may not apply: that waits for facts."));
    }
    under.extend(period.calendar.iter().map(|calendar| Words::quiet(&stopped(calendar))));
    if period.past_calendar {
        under.push(Words::plain("Bank holidays are not known so far ahead: check them."));
    }
    Item::new(mark, words).with(under)
}
