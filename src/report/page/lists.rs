//! The plain lists of the page: doubts, questions, what is coming, the facts.

use super::{Block, Item, Mark, Words};
use crate::quantity::{date_in_words, read_date};
use crate::report::wire::{Answer, Coming, Doubt, Fact, Missing, Question, Sum};
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
    let asked = questions.iter().take(shown);
    let mut blocks: Vec<Block> = asked.map(|asked| question(asked, &answer.sums)).collect();
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

fn question(question: &Question, sums: &[Sum]) -> Block {
    let mut under: Vec<Words> = question.help.iter().map(|help| Words::quiet(help)).collect();
    let options = question.options.iter();
    under.extend(
        options.map(|option| Words::plain(&option.title).then(" ").then_code(&option.option)),
    );
    under.extend(question.judgement.iter().map(|judgement| {
        Words::plain(&format!("Yours to decide: record your reasons ({judgement})."))
    }));
    under.extend(sums.iter().filter(|sum| sum.fact == question.fact).map(missing));
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

/// The facts, those first that stand alone, and then each sum with its parts.
pub(super) fn facts(answer: &Answer) -> Vec<Block> {
    let sums: Vec<&Sum> = answer.sums.iter().filter(|sum| is_told(sum)).collect();
    let is_in_a_sum = |fact: &Fact| {
        let is_part = |sum: &&Sum| sum.parts.iter().any(|part| part.fact == fact.fact);
        sums.iter().any(|sum| sum.fact == fact.fact || is_part(sum))
    };
    let alone = answer.facts.iter().filter(|fact| !is_in_a_sum(fact));
    let rows: Vec<_> = alone.map(row).collect();
    let rows = (!rows.is_empty()).then_some(Block::Rows(rows));
    section(
        "The facts this rests on",
        rows.into_iter().chain(sums.into_iter().flat_map(sum)).collect(),
    )
}

fn row(fact: &Fact) -> (Words, Words) {
    (Words::plain(&fact.title), Words::plain(&fact.value))
}

/// A total that is given without all its parts is a fact like any other.
const fn is_told(sum: &Sum) -> bool {
    sum.is_worked_out || sum.value.is_none()
}

/// The parts of a sum with what they come to, or what is missing for that.
fn sum(sum: &Sum) -> Vec<Block> {
    let mut rows: Vec<_> = sum.parts.iter().map(row).collect();
    let head = match &sum.value {
        Some(total) => {
            rows.push((Words::strong("Together"), Words::strong(total)));
            "It is the sum of its parts."
        }
        None => "It is the sum of its parts, and not known until all of them are.",
    };
    let head = Item::new(Mark::Plain, Words::plain(head).citing(&sum.citations));
    let missing = (!sum.missing.is_empty()).then(|| Item::new(Mark::Unknown, missing(sum)));
    let blocks = [Block::Part(sum.title.clone()), Block::Item(head), Block::Rows(rows)];
    blocks.into_iter().chain(missing.map(Block::Item)).collect()
}

/// The parts that a sum still waits for.
fn missing(sum: &Sum) -> Words {
    let is_money = sum.parts.iter().any(|part| part.value.starts_with('£'));
    let nothing = if is_money { "£0" } else { "0" };
    let parts = sum.missing.iter().enumerate();
    parts
        .fold(Words::plain("Still missing for the sum:"), |words, (place, part)| {
            let glue = if place == 0 { " " } else { "; " };
            words.then(&format!("{glue}{} ", part.title)).then_code(&part.fact)
        })
        .then(&format!(". Give {nothing} for what there is none of."))
}

/// A date of the wire as people write it; other words as they are.
pub(super) fn day(date: &str) -> String {
    read_date(date).map_or_else(|| date.to_owned(), date_in_words)
}
