//! Reads a file into its tree. A file always gives a tree; what could not be read is left out of
//! it and reported.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "the matches are over pest's hundred generated rules"
)]

mod clauses;
mod conditions;
mod items;
mod limits;
mod literals;
mod recover;

use pest::Parser;
use pest::iterators::Pair;

pub use limits::{NESTING_MAX, SOURCE_BYTES_MAX};

use super::tree::{File, Word};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Source, Span, Spanned};

/// The parser that pest makes of the grammar.
#[derive(pest_derive::Parser)]
#[grammar = "grammar/clearway.pest"]
struct Grammar;

/// Parses one file. The tree holds every item and clause that could be read.
#[must_use]
pub fn parse(file: FileId, source: &Source) -> (File, Vec<Diagnostic>) {
    let text = source.seen();
    let start = source.text().len() - text.len();
    let (lost, diagnostics) = (Vec::new(), Vec::new());
    let mut reader = Reader { file, start, n_unread: 0, lost, diagnostics };
    if start > 0 {
        reader.diagnostics.push(super::errors::byte_order_mark(Span::new(file, 0..start)));
    }
    if let Some(diagnostic) = limits::check(file, text) {
        reader.diagnostics.push(diagnostic);
        return (File::default(), reader.diagnostics);
    }
    let tree = match Grammar::parse(Rule::file, text) {
        Ok(mut pairs) => pairs.next().map(|pair| reader.file(pair)).unwrap_or_default(),
        Err(error) => {
            reader.report(&error, 0, text);
            File::default()
        }
    };
    (tree, reader.diagnostics)
}

/// Walks the pairs that pest found, gathering what is to be said of them.
struct Reader {
    file: FileId,
    /// The byte of the file at which the parsed text starts.
    start: usize,
    /// How many lines of items could not be read so far.
    n_unread: usize,
    /// What lines that could not be read begin with, where that may be a name.
    lost: Vec<String>,
    diagnostics: Vec<Diagnostic>,
}

impl Reader {
    fn span(&self, pair: &Pair<'_, Rule>) -> Span {
        let span = pair.as_span();
        Span::new(self.file, span.start() + self.start..span.end() + self.start)
    }

    /// A pair's text as a word.
    fn word(&self, pair: &Pair<'_, Rule>) -> Word {
        Spanned::new(pair.as_str().trim_end().to_owned(), self.span(pair))
    }

    /// The names among a pair's children.
    fn words(&self, pair: Pair<'_, Rule>) -> Vec<Word> {
        let names = pair.into_inner().filter(|child| child.as_rule() == Rule::name);
        names.map(|name| self.word(&name)).collect()
    }

    /// The prose of a string: its white space folded to single spaces, its marks unescaped.
    fn prose(&self, pair: &Pair<'_, Rule>) -> Word {
        let inner = pair.as_str().trim();
        let inner = inner.strip_prefix('"').unwrap_or(inner);
        let inner = inner.strip_suffix('"').unwrap_or(inner);
        let folded = inner.split_whitespace().collect::<Vec<_>>().join(" ");
        Spanned::new(unescape(&folded), self.span(pair))
    }
}

/// A pair's first child of a rule.
fn child<'i>(pair: &Pair<'i, Rule>, rule: Rule) -> Option<Pair<'i, Rule>> {
    pair.clone().into_inner().find(|child| child.as_rule() == rule)
}

/// A pair's first child.
fn only<'i>(pair: &Pair<'i, Rule>) -> Option<Pair<'i, Rule>> {
    pair.clone().into_inner().next()
}

/// A pair's children of a rule.
fn children<'i>(pair: &Pair<'i, Rule>, rule: Rule) -> Vec<Pair<'i, Rule>> {
    pair.clone().into_inner().filter(|child| child.as_rule() == rule).collect()
}

/// A comment without its mark.
fn remark(pair: &Pair<'_, Rule>) -> String {
    let text = pair.as_str().trim_end();
    let text = text.strip_prefix("//").unwrap_or(text);
    text.strip_prefix(' ').unwrap_or(text).to_owned()
}

fn unescape(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let is_escape = character == '\\' && matches!(characters.peek(), Some('"' | '\\'));
        plain.push(if is_escape { characters.next().unwrap_or(character) } else { character });
    }
    plain
}
