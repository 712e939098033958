//! The plain lists of the page: doubts, questions, what is coming, the facts.

use super::{Block, Item, Mark, Words};
use crate::quantity::{date_in_words, read_date};
use crate::report::wire::{Answer, Coming, Doubt, Fact, Missing, Question};
use crate::report::words::{and, stopped};

/// A section, unless there is nothing in it.
pub(super) fn section(heading: &str, items: Vec<Block>) -> Vec<Block> {
    if items.is_empty() {
        return Vec::new();
    }
    std::iter::once(Block::Heading(heading.to_owned())).chain(items).collect()
}

/// What is waited for that no fact can give, if anything is.
pub(super) fn waiting(missing: &[Missing]) -> Option<Words> {
    let said: Vec<String> = missing.iter().map(|one| one.says.clone()).collect();
    (!said.is_empty()).then(|| Words::plain(&format!("It waits for {}.", and(&said))))
}

pub(super) fn doubts(doubts: &[Doubt]) -> Vec<Block> {
    let items = doubts.iter().map(|doubt| {
        let words = Words::plain(&stopped(&doubt.says)).citing(&doubt.citations);
        let about = Words::quiet(&format!("About: {}", doubt.about));
        Block::Item(Item::new(Mark::Unknown, words).with([about]))
    });
    section("Doubts: ask a lawyer about these", items.collect())
}

/// How many questions a page puts first: answering these makes most of the others fall away.
const FIRST_QUESTIONS: usize = 12;

/// What is said where the questions are proved to be all that matters.
const NOTHING_ELSE: &str =
    "Nothing else that is unknown can change what is recommended or what to prepare.";

pub(super) fn questions(answer: &Answer, is_decided: bool) -> Vec<Block> {
    let questions = &answer.questions;
    let heading = if is_decided { "Still to be known" } else { "First find out" };
    let shown = if is_decided { questions.len() } else { FIRST_QUESTIONS };
    let mut blocks: Vec<Block> = questions.iter().take(shown).map(question).collect();
    let n_left = questions.len().saturating_sub(shown);
    if n_left > 0 {
        let words = format!("Then up to {n_left} more; most fall away once these are answered.");
        blocks.push(Block::Paragraph(Words::plain(&words)));
    }
    let is_exact = answer.proved.as_ref().is_some_and(|proved| proved.questions_are_exact);
    if is_exact && !blocks.is_empty() {
        blocks.push(Block::Paragraph(Words::plain(NOTHING_ELSE)));
    }
    section(heading, blocks)
}

fn question(question: &Question) -> Block {
    let mut under: Vec<Words> = question.help.iter().map(|help| Words::quiet(help)).collect();
    let options = question.options.iter();
    under.extend(
        options.map(|option| Words::plain(&option.title).then(" ").then_code(&option.option)),
    );
    under.extend(question.judgement.iter().map(|judgement| {
        Words::plain(&format!("Yours to decide: record your reasons ({judgement})."))
    }));
    let asked = Words::plain(&question.ask).then(" ").then_code(&question.fact);
    Block::Item(Item::new(Mark::Unknown, asked).with(under))
}

pub(super) fn coming(coming: &[Coming]) -> Vec<Block> {
    let items = coming.iter().map(|coming| {
        let from = match read_date(&coming.from) {
            Some(date) => format!("If it begins on or after {}:", date_in_words(date)),
            None => format!("From {}:", coming.from),
        };
        let changes = coming.changes.iter().map(|change| Words::plain(change));
        Block::Item(Item::new(Mark::Plain, Words::plain(&from)).with(changes))
    });
    section("What is coming", items.collect())
}

pub(super) fn facts(facts: &[Fact]) -> Vec<Block> {
    let rows = facts.iter().map(|fact| (Words::plain(&fact.title), Words::plain(&fact.value)));
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        return Vec::new();
    }
    section("The facts this rests on", vec![Block::Rows(rows)])
}

/// A date of the wire as people write it; other words as they are.
pub(super) fn day(date: &str) -> String {
    read_date(date).map_or_else(|| date.to_owned(), date_in_words)
}
