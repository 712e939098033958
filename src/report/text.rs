//! A page for a terminal: wrapped, and coloured where that is wanted.

use anstyle::{AnsiColor, Style};
use textwrap::{Options, WordSeparator, WordSplitter};
use unicode_width::UnicodeWidthStr;

use super::page::{Block, Item, Mark, Page, Piece, Words, by_source, page};
use super::{from_answer, wire};
use crate::decide::Answer;

/// How text is to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// The number of columns.
    pub width: usize,
    /// Whether it carries the escape codes of a terminal.
    pub is_coloured: bool,
}

/// The fewest columns that text is wrapped to: in fewer, words could not be read.
const WIDTH_MIN: usize = 40;

/// Returns the answer as text for a terminal.
#[must_use]
pub fn text(answer: &Answer<'_>, look: Look) -> String {
    let wire = from_answer::wire(answer);
    printed(&page(&wire), look)
}

/// A page as text for a terminal.
pub(super) fn printed(page: &Page, look: Look) -> String {
    let mut printed = Printed { look, text: String::new() };
    for block in &page.blocks {
        printed.block(block);
    }
    printed.text
}

/// The text so far.
struct Printed {
    look: Look,
    text: String,
}

impl Printed {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Title(words) => self.paragraph("", "", words),
            Block::Heading(words) => self.heading(words),
            Block::Part(words) => {
                self.text.push('\n');
                let words = self.whole(words, Style::new().underline());
                self.line(&format!("  {words}"));
            }
            Block::Paragraph(words) => self.paragraph("", "", words),
            Block::Item(item) => self.item(item),
            Block::Rows(rows) => self.rows(rows),
            Block::Addresses(citations) => self.addresses(citations),
            Block::Rule => self.text.push('\n'),
        }
    }

    fn heading(&mut self, words: &str) {
        self.text.push('\n');
        let words = self.whole(words, Style::new().bold().underline());
        self.line(&words);
    }

    fn item(&mut self, item: &Item) {
        let sign = self.styled(item.mark.sign(), style_of(item.mark));
        self.paragraph(&format!("  {sign} "), "    ", &item.words);
        for under in &item.under {
            self.paragraph("      ", "      ", under);
        }
    }

    fn rows(&mut self, rows: &[(Words, Words)]) {
        let firsts: Vec<String> = rows.iter().map(|(first, _)| bare(first)).collect();
        let widest = firsts.iter().map(|first| first.width()).max().unwrap_or(0);
        let column = widest.min(self.width() / 2);
        let indent = " ".repeat(column + 4);
        for (first, (_, rest)) in firsts.iter().zip(rows) {
            if first.width() > column {
                self.paragraph("  ", "  ", &Words::plain(first));
                self.paragraph(&indent, &indent, rest);
                continue;
            }
            let gap = " ".repeat(column - first.width());
            self.paragraph(&format!("  {first}{gap}  "), &indent, rest);
        }
    }

    fn addresses(&mut self, citations: &[wire::Citation]) {
        self.heading("Where to read it");
        for citation in citations {
            let words = Words::plain(&format!("{}: ", citation.label)).then_quiet(&citation.url);
            self.paragraph("  ", "    ", &words);
        }
    }

    fn paragraph(&mut self, first: &str, rest: &str, words: &Words) {
        let words = self.words(words);
        let options = Options::new(self.width())
            .initial_indent(first)
            .subsequent_indent(rest)
            .break_words(false)
            .word_separator(WordSeparator::AsciiSpace)
            .word_splitter(WordSplitter::NoHyphenation);
        for line in textwrap::wrap(&words, options) {
            self.line(&line);
        }
    }

    fn words(&self, words: &Words) -> String {
        let pieces = words.pieces.iter().map(|piece| match piece {
            Piece::Plain(words) => words.clone(),
            Piece::Strong(words) => self.styled(words, Style::new().bold()),
            Piece::Quiet(words) => self.styled(words, quiet()),
            Piece::Code(words) => self.styled(&format!("({words})"), AnsiColor::Cyan.on_default()),
            Piece::Cited(citations) => self.styled(&format!(" [{}]", short(citations)), quiet()),
        });
        pieces.collect()
    }

    /// Words in a style, each word on its own, so that a wrapped line never carries a style over
    /// its end.
    fn styled(&self, words: &str, style: Style) -> String {
        if !self.look.is_coloured {
            return words.to_owned();
        }
        let words = words.split(' ').map(|word| {
            if word.is_empty() { String::new() } else { format!("{style}{word}{style:#}") }
        });
        words.collect::<Vec<_>>().join(" ")
    }

    /// Words in a style from the first to the last, for a line that is never wrapped.
    fn whole(&self, words: &str, style: Style) -> String {
        if self.look.is_coloured { format!("{style}{words}{style:#}") } else { words.to_owned() }
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line.trim_end());
        self.text.push('\n');
    }

    fn width(&self) -> usize {
        self.look.width.max(WIDTH_MIN)
    }
}

fn quiet() -> Style {
    Style::new().dimmed()
}

fn style_of(mark: Mark) -> Style {
    match mark {
        Mark::Plain => Style::new(),
        Mark::Yes => AnsiColor::Green.on_default(),
        Mark::No => AnsiColor::Red.on_default(),
        Mark::Unknown => AnsiColor::Yellow.on_default(),
    }
}

/// `Procurement Act 2023, s.33(1), s.33(2); Procurement Regulations 2024, sch.1`
fn short(citations: &[wire::Citation]) -> String {
    let sources = by_source(citations).into_iter().map(|(source, provisions)| {
        let provisions = provisions.into_iter().map(|(provision, _)| provision);
        let provisions: Vec<String> =
            provisions.filter(|provision| !provision.is_empty()).collect();
        if provisions.is_empty() { source } else { format!("{source}, {}", provisions.join(", ")) }
    });
    sources.collect::<Vec<_>>().join("; ")
}

/// Words without any style.
fn bare(words: &Words) -> String {
    let pieces = words.pieces.iter().map(|piece| match piece {
        Piece::Plain(words) | Piece::Strong(words) | Piece::Quiet(words) | Piece::Code(words) => {
            words.clone()
        }
        Piece::Cited(citations) => short(citations),
    });
    pieces.collect()
}
