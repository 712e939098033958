//! A page in Markdown, to attach to a report.

use super::from_answer;
use super::page::{Block, Item, Mark, Page, Piece, Words, by_source, page};
use super::wire::Citation;
use crate::decide::Answer;
use crate::prove::Insight;

/// Returns the answer as one page of Markdown, with what is proved about it.
#[must_use]
pub fn markdown(answer: &Answer<'_>, insight: Option<&Insight>) -> String {
    marked(&page(&from_answer::wire(answer, insight)))
}

/// A page in Markdown.
pub(super) fn marked(page: &Page) -> String {
    let mut text = String::new();
    let mut before: Option<&Block> = None;
    // Every citation of Markdown is a link already.
    let blocks = page.blocks.iter().filter(|block| !matches!(block, Block::Addresses(_)));
    for block in blocks {
        let is_list_going_on = matches!((before, block), (Some(Block::Item(_)), Block::Item(_)));
        if before.is_some() && !is_list_going_on {
            text.push('\n');
        }
        text.push_str(&written(block));
        before = Some(block);
    }
    text
}

fn written(block: &Block) -> String {
    match block {
        // A heading is of first importance as it is.
        Block::Title(title) => format!("# {}\n", words(&unmarked(title))),
        Block::Heading(heading) => format!("## {}\n", escaped(heading)),
        Block::Part(heading) => format!("### {}\n", escaped(heading)),
        Block::Paragraph(paragraph) => format!("{}\n", words(paragraph)),
        Block::Item(written) => item(written),
        Block::Rows(table) => rows(table),
        Block::Addresses(_) => String::new(),
        Block::Rule => "---\n".to_owned(),
    }
}

fn item(item: &Item) -> String {
    let sign = match item.mark {
        Mark::Plain => String::new(),
        Mark::Yes | Mark::No | Mark::Unknown => format!("{} ", item.mark.sign()),
    };
    let mut text = format!("- {sign}{}\n", words(&item.words));
    for under in &item.under {
        text.push_str(&format!("  - {}\n", words(under)));
    }
    text
}

fn rows(rows: &[(Words, Words)]) -> String {
    let mut text = "| | |\n|---|---|\n".to_owned();
    for (first, rest) in rows {
        text.push_str(&format!("| {} | {} |\n", words(first), words(rest)));
    }
    text
}

fn words(words: &Words) -> String {
    let pieces = words.pieces.iter().map(|piece| match piece {
        Piece::Plain(words) | Piece::Quiet(words) => escaped(words),
        Piece::Strong(words) => strong(words),
        Piece::Code(words) => format!("`{words}`"),
        Piece::Cited(citations) => format!(" ({})", links(citations)),
    });
    pieces.collect()
}

/// Strong words; spaces at their ends stand outside the marks, or Markdown would not see them.
fn strong(words: &str) -> String {
    let inner = words.trim();
    let (before, after) = words.split_once(inner).unwrap_or_default();
    if inner.is_empty() {
        words.to_owned()
    } else {
        format!("{before}**{}**{after}", escaped(inner))
    }
}

fn unmarked(words: &Words) -> Words {
    let pieces = words.pieces.iter().map(|piece| match piece {
        Piece::Strong(words) => Piece::Plain(words.clone()),
        Piece::Plain(_) | Piece::Quiet(_) | Piece::Code(_) | Piece::Cited(_) => piece.clone(),
    });
    Words { pieces: pieces.collect() }
}

/// `[Procurement Act 2023, s.33(1)](…), [s.33(2)](…)`
fn links(citations: &[Citation]) -> String {
    let sources = by_source(citations).into_iter().map(|(source, provisions)| {
        let links = provisions.into_iter().enumerate().map(|(place, (provision, citation))| {
            let label = match (place, provision.is_empty()) {
                (0, true) => source.clone(),
                (0, false) => format!("{source}, {provision}"),
                (_, _) => provision,
            };
            format!("[{}](<{}>)", escaped(&label), citation.url)
        });
        links.collect::<Vec<_>>().join(", ")
    });
    sources.collect::<Vec<_>>().join("; ")
}

/// The words with what Markdown would read as marks put beyond it.
pub(super) fn escaped(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' => {
                text.push('\\');
                text.push(letter);
            }
            '\n' | '\r' | '\t' => text.push(' '),
            other => text.push(other),
        }
    }
    text
}
