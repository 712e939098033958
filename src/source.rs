//! The text that rules are read from: files, their ids, places in them.
//!
//! Knows nothing of the language, and reads no disk: a shell or a test hands the text over.

use std::fmt;
use std::ops::Range;

/// The number of a file among its `Sources`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

/// One file of rules.
#[derive(Clone, Debug)]
pub struct Source {
    path: String,
    text: String,
    is_aside: bool,
}

/// A set of rule files in the order of their paths, whatever order they were given in.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
}

/// A place in a file: bytes, half-open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

/// A thing and the place where it is written.
#[derive(Clone, Debug)]
pub struct Spanned<T> {
    /// The thing.
    pub node: T,
    /// Where it is written.
    pub span: Span,
}

impl Source {
    /// The path as the author knows it, with `/` between folders.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it is there only for what it is a part of, its items not being asked for.
    #[must_use]
    pub const fn is_aside(&self) -> bool {
        self.is_aside
    }

    /// The text without the byte-order mark that it may start with, which nobody sees.
    #[must_use]
    pub fn seen(&self) -> &str {
        self.text.strip_prefix('\u{feff}').unwrap_or(&self.text)
    }

    /// The line and column of a byte, both counted from 1, the column in characters that are seen.
    #[must_use]
    pub fn line_and_column(&self, byte: u32) -> (usize, usize) {
        let before = self.text.get(..byte as usize).unwrap_or(&self.text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let mark = self.text.len() - self.seen().len();
        let seen = before.get(line_start.max(mark)..).unwrap_or_default();
        let column = seen.chars().count() + 1;
        (before.matches('\n').count() + 1, column)
    }
}

impl Sources {
    /// The files, each a path and its text, put in the order of their paths.
    #[must_use]
    pub fn new(files: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut files: Vec<Source> =
            files.into_iter().map(|(path, text)| Source { path, text, is_aside: false }).collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Self { files }
    }

    /// The same, with some files set aside: they count in the digest of their pack, and nothing in
    /// them is read.
    #[must_use]
    pub fn with_aside(mut self, is_aside: impl Fn(&Source) -> bool) -> Self {
        for source in &mut self.files {
            source.is_aside = is_aside(source);
        }
        self
    }

    /// A single file, as tests and spec pages use it.
    #[must_use]
    pub fn single(path: &str, text: &str) -> Self {
        Self::new([(path.to_owned(), text.to_owned())])
    }

    /// All files with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        (0..).map(FileId).zip(&self.files)
    }

    /// The file of this id, if it is one of these.
    #[must_use]
    pub fn get(&self, id: FileId) -> Option<&Source> {
        self.files.get(id.0 as usize)
    }

    /// Whether there is no file at all.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The number of files.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.files.len()
    }
}

impl Span {
    /// The place of these bytes in a file; bytes past 4 GiB are not counted, sources being far
    /// smaller.
    #[must_use]
    pub fn new(file: FileId, bytes: Range<usize>) -> Self {
        let place = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
        Self { file, start: place(bytes.start), end: place(bytes.end) }
    }

    /// The bytes as a range.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The place from the start of this to the end of a later one in the same file.
    #[must_use]
    pub const fn to(self, later: Self) -> Self {
        Self { file: self.file, start: self.start, end: later.end }
    }

    /// Whether another place is wholly within this one.
    #[must_use]
    pub fn holds(self, other: Self) -> bool {
        self.file == other.file && self.start <= other.start && other.end <= self.end
    }
}

impl<T> Spanned<T> {
    /// A thing at a place.
    #[must_use]
    pub const fn new(node: T, span: Span) -> Self {
        Self { node, span }
    }
}

impl<T: PartialEq> PartialEq for Spanned<T> {
    /// Two things are the same wherever they are written.
    fn eq(&self, other: &Self) -> bool {
        self.node == other.node
    }
}

impl<T: Eq> Eq for Spanned<T> {}

impl<T: fmt::Display> fmt::Display for Spanned<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.node.fmt(f)
    }
}
