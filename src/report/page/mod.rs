//! The page a person reads, made from the wire types: headings, paragraphs, items and tables, for
//! a terminal and for Markdown alike.

mod answer;
mod decisions;
mod lists;
mod papers;
mod proofs;
mod proved;
mod routes;

use super::wire::{self, Citation, Holds};

pub(super) use answer::page;
pub(super) use proofs::proofs;

/// A page.
pub(super) struct Page {
    pub(super) blocks: Vec<Block>,
}

/// A part of a page.
pub(super) enum Block {
    /// The first line of all.
    Title(Words),
    /// The heading of a section.
    Heading(String),
    /// The heading of a part of a section.
    Part(String),
    /// A paragraph.
    Paragraph(Words),
    /// An item of a list.
    Item(Item),
    /// Rows of two columns: a short one and the rest.
    Rows(Vec<(Words, Words)>),
    /// Where to read what the reasons cite, for a form that has no links of its own.
    Addresses(Vec<Citation>),
    /// A line between the page and its foot.
    Rule,
}

/// An item of a list, with lines below it.
pub(super) struct Item {
    pub(super) mark: Mark,
    pub(super) words: Words,
    pub(super) under: Vec<Words>,
}

/// The mark before an item.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// Nothing is said of it.
    Plain,
    /// It holds.
    Yes,
    /// It fails.
    No,
    /// It waits for facts.
    Unknown,
}

/// Words, some of them marked.
#[derive(Clone, Default)]
pub(super) struct Words {
    pub(super) pieces: Vec<Piece>,
}

/// A run of words.
#[derive(Clone)]
pub(super) enum Piece {
    /// As they are.
    Plain(String),
    /// Of first importance.
    Strong(String),
    /// Of second importance.
    Quiet(String),
    /// To be typed as they are.
    Code(String),
    /// Provisions of one source, each with its address.
    Cited(Vec<Citation>),
}

impl Words {
    pub(super) fn plain(words: &str) -> Self {
        Self::default().then(words)
    }

    pub(super) fn strong(words: &str) -> Self {
        Self { pieces: vec![Piece::Strong(words.to_owned())] }
    }

    pub(super) fn quiet(words: &str) -> Self {
        Self { pieces: vec![Piece::Quiet(words.to_owned())] }
    }

    /// These words, and then others.
    pub(super) fn then(mut self, words: &str) -> Self {
        if !words.is_empty() {
            self.pieces.push(Piece::Plain(words.to_owned()));
        }
        self
    }

    pub(super) fn then_strong(mut self, words: &str) -> Self {
        self.pieces.push(Piece::Strong(words.to_owned()));
        self
    }

    pub(super) fn then_quiet(mut self, words: &str) -> Self {
        self.pieces.push(Piece::Quiet(words.to_owned()));
        self
    }

    pub(super) fn then_code(mut self, words: &str) -> Self {
        self.pieces.push(Piece::Code(words.to_owned()));
        self
    }

    /// These words, and then where the law says so.
    pub(super) fn citing(mut self, citations: &[Citation]) -> Self {
        if !citations.is_empty() {
            self.pieces.push(Piece::Cited(citations.to_vec()));
        }
        self
    }
}

impl Item {
    pub(super) const fn new(mark: Mark, words: Words) -> Self {
        Self { mark, words, under: Vec::new() }
    }

    pub(super) fn with(mut self, under: impl IntoIterator<Item = Words>) -> Self {
        self.under.extend(under);
        self
    }
}

impl Mark {
    pub(super) const fn of(holds: Holds) -> Self {
        match holds {
            Holds::Yes => Self::Yes,
            Holds::No => Self::No,
            Holds::Unknown => Self::Unknown,
        }
    }

    const fn of_standing(standing: wire::Standing) -> Self {
        match standing {
            wire::Standing::Open => Self::Yes,
            wire::Standing::Barred => Self::No,
            wire::Standing::Unsettled => Self::Unknown,
        }
    }

    /// The sign that stands for it.
    pub(super) const fn sign(self) -> &'static str {
        match self {
            Self::Plain => "•",
            Self::Yes => "✓",
            Self::No => "✗",
            Self::Unknown => "?",
        }
    }
}

/// Adds the citations that are not there yet.
fn add<'c>(cited: &mut Vec<Citation>, more: impl IntoIterator<Item = &'c Citation>) {
    for citation in more {
        if !cited.contains(citation) {
            cited.push(citation.clone());
        }
    }
}

/// Provisions under the source they share: the source's title, then each provision with its
/// citation.
pub(super) fn by_source(citations: &[Citation]) -> Vec<(String, Vec<(String, &Citation)>)> {
    let mut sources: Vec<(String, Vec<(String, &Citation)>)> = Vec::new();
    for citation in citations {
        let (source, provision) = match citation.label.rsplit_once(", ") {
            Some((source, provision)) => (source, provision),
            None => (citation.label.as_str(), ""),
        };
        let row = (provision.to_owned(), citation);
        match sources.iter_mut().find(|(seen, _)| seen == source) {
            Some((_, provisions)) => provisions.push(row),
            None => sources.push((source.to_owned(), vec![row])),
        }
    }
    sources
}
