//! The page on what differs that a person reads.

use crate::quantity::{date_in_words, read_date};
use crate::report::page::{Block, Item, Mark, Page, Words};
use crate::report::wire::{
    Bar, Commission, Difference, DifferenceKind, Differences, Example, Spell, Turn, Verdict,
};

/// The page of a comparison.
pub(super) fn page(differences: &Differences) -> Page {
    let mut blocks = vec![Block::Title(title(differences)), paragraph(&differences.says)];
    let rules = differences.rules.iter().map(|change| {
        let words = Words::plain(&change.says).then(" ").then_code(&change.name);
        Block::Item(Item::new(Mark::Plain, words))
    });
    section(&mut blocks, "Facts, figures and days", rules.collect());
    for (kind, heading) in SECTIONS {
        let of_kind = differences.differences.iter().filter(|it| it.kind == kind);
        let items = of_kind.map(|it| difference(it, differences.dates.is_some()));
        section(&mut blocks, heading, items.collect());
    }
    let unproved = differences.unproved.iter().map(|unproved| {
        let when = unproved.when.as_ref().map(|when| Words::quiet(when));
        let words = Words::plain(&format!("{}: {}", unproved.about, unproved.says));
        Block::Item(Item::new(Mark::Unknown, words).with(when))
    });
    section(&mut blocks, "Not proved the same, and not shown to differ", unproved.collect());
    if let Some(commissions) = &differences.commissions {
        blocks.push(Block::Heading("Recorded commissions".to_owned()));
        blocks.extend(recorded(commissions));
    }
    Page { blocks }
}

/// The sections in their order.
const SECTIONS: [(DifferenceKind, &str); 7] = [
    (DifferenceKind::Law, "Which law applies"),
    (DifferenceKind::Route, "Routes"),
    (DifferenceKind::Preference, "What is put first"),
    (DifferenceKind::Model, "Commercial models"),
    (DifferenceKind::Decision, "Questions of law"),
    (DifferenceKind::Document, "Documents"),
    (DifferenceKind::Period, "Periods"),
];

fn title(differences: &Differences) -> Words {
    let day = |text: &str| read_date(text).map_or_else(|| text.to_owned(), date_in_words);
    let (what, from, to) = match &differences.dates {
        Some(dates) => (format!(" in {}", differences.new), day(&dates.from), day(&dates.to)),
        None => (String::new(), differences.old.clone(), differences.new.clone()),
    };
    let verb = match differences.verdict {
        Verdict::Same => "Nothing changes",
        Verdict::Different => "What changes",
        Verdict::Unproved => "What may change",
    };
    Words::strong(&format!("{verb}{what} from {from} to {to}"))
}

fn paragraph(words: &str) -> Block {
    Block::Paragraph(Words::plain(words))
}

fn section(blocks: &mut Vec<Block>, heading: &str, items: Vec<Block>) {
    if !items.is_empty() {
        blocks.push(Block::Heading(heading.to_owned()));
        blocks.extend(items);
    }
}

fn difference(difference: &Difference, is_of_dates: bool) -> Block {
    let mark = match difference.turn {
        Turn::Begins => Mark::Yes,
        Turn::Ends => Mark::No,
        Turn::Otherwise => Mark::Plain,
    };
    let under = difference.spells.iter().flat_map(|it| spell(it, difference.turn, is_of_dates));
    Block::Item(Item::new(mark, Words::plain(&difference.says)).with(under.collect::<Vec<_>>()))
}

fn spell(spell: &Spell, turn: Turn, is_of_dates: bool) -> Vec<Words> {
    let mut lines = Vec::new();
    let for_whom = match &spell.when {
        Some(when) => format!("{when} {}", spell.for_whom),
        None => spell.for_whom.clone(),
    };
    lines.push(Words::plain(&for_whom));
    lines.push(Words::quiet(&example(&spell.example, is_of_dates)));
    lines.extend(spell.example.barred_by.iter().map(|it| bar(it, turn)));
    lines
}

fn example(example: &Example, is_of_dates: bool) -> String {
    let facts: Vec<String> =
        example.facts.iter().map(|fact| format!("{}: {}", fact.title, fact.value)).collect();
    let day = read_date(&example.new_as_at).map(date_in_words).unwrap_or_default();
    let opening =
        if is_of_dates { "For example".to_owned() } else { format!("For example, as at {day}") };
    if facts.is_empty() {
        format!("{opening}: any commission, whatever its facts.")
    } else {
        format!("{opening}: {}.", facts.join("; "))
    }
}

fn bar(bar: &Bar, turn: Turn) -> Words {
    let opening = match turn {
        Turn::Begins => "It was barred:",
        Turn::Ends | Turn::Otherwise => "It is barred:",
    };
    Words::plain(&format!("{opening} {}", bar.says)).citing(&bar.citations)
}

fn recorded(commissions: &[Commission]) -> Vec<Block> {
    let changed: Vec<&Commission> =
        commissions.iter().filter(|it| !it.changes.is_empty()).collect();
    let words = match (changed.len(), commissions.len()) {
        (0, _) => "No recorded commission is answered otherwise.".to_owned(),
        (1, 1) => "The one recorded commission is answered otherwise.".to_owned(),
        (1, n) => format!("1 of {n} recorded commissions is answered otherwise."),
        (n_changed, n) => {
            format!("{n_changed} of {n} recorded commissions are answered otherwise.")
        }
    };
    let items = changed.into_iter().map(|commission| {
        let title = commission.title.clone().unwrap_or_default();
        let words = Words::strong(&title).then(" ").then_code(&commission.file);
        let changes = commission.changes.iter().map(|change| Words::plain(change));
        Block::Item(Item::new(Mark::Plain, words).with(changes))
    });
    std::iter::once(paragraph(&words)).chain(items).collect()
}
