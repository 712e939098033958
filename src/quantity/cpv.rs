//! Codes of the Common Procurement Vocabulary 2008, with their names.
//!
//! The table is the EU Publications Office's list of 9,454 codes (`rules/data/cpv2008-en.csv`).

mod search;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

pub use search::{CpvNear, CpvSearch, Phrase};

/// A code of the CPV 2008, without its check digit. Holds only codes that exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CpvCode {
    number: u32,
}

/// Why a text is not a CPV code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CpvError {
    /// Not eight digits, with or without a check digit.
    NotACode,
    /// Eight digits that the CPV 2008 doesn't hold.
    NoSuchCode,
}

/// What the vocabulary says of a code.
struct Row {
    label: String,
    parent: Option<CpvCode>,
}

static TABLE: LazyLock<BTreeMap<CpvCode, Row>> = LazyLock::new(read_table);

fn read_table() -> BTreeMap<CpvCode, Row> {
    let text = include_str!("../../rules/data/cpv2008-en.csv");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows = reader.records().flatten().filter_map(|row| {
        let number = row.get(0)?.parse().ok()?;
        let parent = row.get(2)?.parse().ok().map(|number| CpvCode { number });
        Some((CpvCode { number }, Row { label: row.get(1)?.to_owned(), parent }))
    });
    rows.collect()
}

impl CpvCode {
    /// Reads `85312400` or, with its check digit, `85312400-3`.
    ///
    /// # Errors
    /// The text has another shape, or names no code of the CPV 2008.
    pub fn read(text: &str) -> Result<Self, CpvError> {
        let digits = text.trim();
        let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        let digits = match digits.split_once('-') {
            Some((code, check)) if check.len() == 1 && is_digits(check) => code,
            Some(_) => return Err(CpvError::NotACode),
            None => digits,
        };
        if digits.len() != 8 || !is_digits(digits) {
            return Err(CpvError::NotACode);
        }
        let code = Self { number: digits.parse().map_err(|_| CpvError::NotACode)? };
        if TABLE.contains_key(&code) { Ok(code) } else { Err(CpvError::NoSuchCode) }
    }

    /// The code's name in the vocabulary.
    #[must_use]
    pub fn label(self) -> &'static str {
        TABLE.get(&self).map_or("", |row| &row.label)
    }

    /// The codes above this one in the vocabulary, the widest first.
    #[must_use]
    pub fn parents(self) -> Vec<Self> {
        let above = |code: &Self| TABLE.get(code).and_then(|row| row.parent);
        // No code of eight digits stands deeper.
        let mut parents: Vec<Self> = std::iter::successors(above(&self), above).take(8).collect();
        parents.reverse();
        parents
    }

    /// Every code of the vocabulary, in its order.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.keys().copied()
    }

    /// Whether this code lies under `ancestor` in the vocabulary (or is it): the digits of
    /// `ancestor` before its trailing zeros, at least two, begin it.
    #[must_use]
    pub fn descends_from(self, ancestor: Self) -> bool {
        let mut width = 1;
        while width < 1_000_000 && ancestor.number.is_multiple_of(width * 10) {
            width *= 10;
        }
        self.number / width == ancestor.number / width
    }

    /// Every code from `first` to `last` in number order, both included.
    pub fn between(first: Self, last: Self) -> impl Iterator<Item = Self> {
        let last = last.max(first);
        TABLE.range(first..=last).map(|(code, _)| *code)
    }

    /// The last code of the vocabulary that lies under this one (or is it).
    #[must_use]
    pub fn last_descendant(self) -> Self {
        let under = TABLE.range(self..).map(|(code, _)| *code);
        under.take_while(|code| code.descends_from(self)).last().unwrap_or(self)
    }

    /// The code after this one in the vocabulary.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        TABLE.range(self..).map(|(code, _)| *code).find(|code| *code != self)
    }

    /// The first code of the vocabulary.
    #[must_use]
    pub fn first() -> Option<Self> {
        TABLE.keys().next().copied()
    }

    /// The existing code whose number is nearest, for a suggestion.
    #[must_use]
    pub fn nearest(text: &str) -> Option<Self> {
        let number = text.trim().parse().ok()?;
        let (below, above) = (Self { number }, Self { number });
        let below = TABLE.range(..=below).next_back().map(|(code, _)| *code);
        let above = TABLE.range(above..).next().map(|(code, _)| *code);
        [below, above].into_iter().flatten().min_by_key(|code| code.number.abs_diff(number))
    }
}

impl fmt::Display for CpvCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08}", self.number)
    }
}
