//! What is said of text that can't be read.

use super::parse::{NESTING_MAX, SOURCE_BYTES_MAX};
use super::tree::{Connective, Keyword, Word};
use crate::diagnostic::{Code, Diagnostic};
use crate::quantity::{Money, MoneyError};
use crate::source::Span;

/// The words that start an item.
pub(super) const ITEM_KEYWORDS: [&str; 17] = [
    "pack",
    "source",
    "fact",
    "amount",
    "list",
    "calendar",
    "event",
    "decision",
    "route",
    "model",
    "document",
    "period",
    "prefer",
    "scenario",
    "narrow",
    "fill",
    "provisions",
];

/// The words that start a clause.
const CLAUSE_KEYWORDS: [&str; 43] = [
    "version",
    "extent",
    "in",
    "use",
    "applies",
    "calendar",
    "ask",
    "help",
    "note",
    "judgement",
    "evidence",
    "says",
    "otherwise",
    "doubt",
    "needs",
    "barred",
    "fits",
    "carried",
    "gate",
    "kind",
    "force",
    "stage",
    "publish",
    "when",
    "due",
    "contains",
    "from",
    "at",
    "exactly",
    "holidays",
    "because",
    "as",
    "given",
    "expect",
    "dated",
    "commission",
    "may",
    "excludes",
    "sum",
    "mandatory",
    "forbidden",
    "out",
    "left",
];

/// What may stand below a clause and speak of it.
const ABOUT_A_CLAUSE: [&str; 3] = ["says", "otherwise", "doubt"];

/// A byte-order mark opens the file.
pub(super) fn byte_order_mark(span: Span) -> Diagnostic {
    Diagnostic::warning(Code::ByteOrderMark, span, "the file starts with a byte-order mark")
        .note("it is not part of the rules and was passed over")
        .help("`clearway fmt` takes it out".to_owned())
}

/// The file is larger than is read.
pub(super) fn file_too_large(span: Span, n_bytes: usize) -> Diagnostic {
    Diagnostic::error(Code::FileTooLarge, span, format!("the file has {n_bytes} bytes"))
        .note(format!("a rule file is read up to {SOURCE_BYTES_MAX} bytes"))
        .help("part it into several files, one topic each".to_owned())
}

/// Brackets, lists or `not`s are nested too deep.
pub(super) fn nesting_too_deep(span: Span) -> Diagnostic {
    let message = format!("this is nested more than {NESTING_MAX} deep");
    Diagnostic::error(Code::NestingTooDeep, span, message)
        .help("give the inner part a name: make it a `decision` of its own".to_owned())
}

/// Nothing of the language can stand here.
pub(super) fn unexpected_text(span: Span, expected: &[&str]) -> Diagnostic {
    let diagnostic = Diagnostic::error(Code::UnexpectedText, span, "this can't be read here");
    match expected {
        [] => diagnostic,
        [only] => diagnostic.here(format!("expected {only}")),
        [first @ .., last] => diagnostic.here(format!("expected {} or {last}", first.join(", "))),
    }
}

/// What to do about a character that is no space and looks like one.
pub(super) fn no_space(character: char) -> String {
    format!(
        "the character here, U+{:04X}, looks like a space and is none: write one",
        u32::from(character)
    )
}

/// The item that a word in the first column is, or is probably, meant to start.
pub(super) fn item_meant(word: &str) -> Option<&'static str> {
    nearest(word, &ITEM_KEYWORDS)
}

/// What to do about a word of the language where a name should stand.
pub(super) fn keyword_for_a_name(word: &str) -> String {
    format!(
        "`{word}` is a word of the rule language: a name has to come before it, or another in its place"
    )
}

/// An indented line before any item.
pub(super) fn clause_without_item(span: Span) -> Diagnostic {
    Diagnostic::error(Code::UnexpectedText, span, "this indented line belongs to no item")
        .note("an item starts in the first column, its clauses are indented below it")
        .help("start an item above it, or move it to the first column if it is one".to_owned())
}

/// A line in the first column whose first word starts no item.
pub(super) fn no_such_item(span: Span, word: &str) -> Diagnostic {
    Diagnostic::error(Code::UnexpectedText, span, format!("`{word}` starts no item")).help(
        match nearest(word, &ITEM_KEYWORDS) {
            Some(keyword) => format!("perhaps `{keyword}`"),
            None => format!("an item starts with one of: {}", ITEM_KEYWORDS.join(", ")),
        },
    )
}

/// Whether a clause starts with this word.
pub(super) fn starts_clause(word: &str) -> bool {
    CLAUSE_KEYWORDS.contains(&word)
}

/// An indented line whose first word starts no clause.
pub(super) fn no_such_clause(span: Span, word: &str, item: Keyword) -> Diagnostic {
    let one = item.in_a_sentence();
    // Some are called by what they are, and begin with no word of their own.
    let first = |clause: &&'static str| match *clause {
        "a length" => Some("exactly"),
        clause => clause.split(' ').next().filter(|word| !["a", "an"].contains(word)),
    };
    let own: Vec<&str> = item.clauses().iter().filter_map(first).chain(ABOUT_A_CLAUSE).collect();
    let help = match nearest(word, &own) {
        Some(keyword) => format!("perhaps `{keyword}`"),
        None => item.holds(),
    };
    Diagnostic::error(Code::UnexpectedText, span, format!("this is no clause of {one}")).help(help)
}

/// A word of ordinary English where the language has another.
pub(super) fn word_slip(word: &Word, instead: &str) -> Diagnostic {
    Diagnostic::error(
        Code::WordSlip,
        word.span,
        format!("`{word}` is not a word of the rule language"),
    )
    .help(match word.node.as_str() {
        "unless" => "write `when not …`".to_owned(),
        _ => format!("write `{instead}`"),
    })
}

/// A mark or phrase for a comparison that the language doesn't have.
pub(super) fn comparison_slip(word: &Word, instead: &str) -> Diagnostic {
    Diagnostic::error(Code::ComparisonSlip, word.span, format!("`{word}` is not a comparison here"))
        .note("the comparisons are `<`, `<=`, `=`, `>=` and `>`")
        .help(instead.to_owned())
}

/// A comparison that touches what it compares.
pub(super) fn crowded_comparison(word: &Word) -> Diagnostic {
    Diagnostic::warning(
        Code::CrowdedComparison,
        word.span,
        format!("`{word}` has no space on each side"),
    )
    .help(format!("write ` {word} ` with spaces; `clearway fmt` does it"))
}

/// `and` and `or` in one row without brackets.
pub(super) fn mixed_and_or(first: Connective, first_span: Span, other_span: Span) -> Diagnostic {
    let (first, other) = match first {
        Connective::And => ("and", "or"),
        Connective::Or => ("or", "and"),
    };
    let message = format!("`{other}` after `{first}` without brackets");
    Diagnostic::error(Code::MixedAndOr, other_span, message)
        .label(first_span, format!("the `{first}` it is mixed with"))
        .note("readers disagree on which binds first, so neither does")
        .help(
            "put brackets round one part: `a and (b or c)`, or use `all of` / `any of`".to_owned(),
        )
}

/// Money whose figure breaks the rules of writing money.
pub(super) fn money_slip(word: &Word, error: MoneyError) -> Diagnostic {
    let (code, message, help) = match error {
        MoneyError::NotMoney => {
            (Code::MoneySlip, "is not a sum of money", "write it like `£207,720`")
        }
        MoneyError::Grouping => (
            Code::MoneySlip,
            "has a comma that doesn't part thousands",
            "part every three digits: `£1,000,000`, or write `£1m`",
        ),
        MoneyError::PartOfAPenny => {
            (Code::MoneySlip, "goes further than whole pence", "write whole pence: `£12.50`")
        }
        MoneyError::TooLarge => (Code::FigureOutOfRange, "is too large", "the most is £1,000bn"),
    };
    Diagnostic::error(code, word.span, format!("`{word}` {message}")).help(help.to_owned())
}

/// A figure that is too large or too fine.
pub(super) fn figure_out_of_range(word: &Word) -> Diagnostic {
    Diagnostic::error(Code::FigureOutOfRange, word.span, format!("`{word}` is out of range")).note(
        format!(
            "whole numbers go to 18,446,744,073,709,551,615, percentages to 10,000% with four \
             decimals, durations to 1,000 years, money to {}",
            Money::MAX
        ),
    )
}

/// A date that is not written year-month-day.
pub(super) fn date_slip(word: &Word) -> Diagnostic {
    Diagnostic::error(
        Code::DateSlip,
        word.span,
        format!("`{word}` is not written as rules write dates"),
    )
    .note("dates have one spelling, so that 02/03/2025 is never read two ways")
    .help("write year, month and day: `2025-02-24`".to_owned())
}

/// A date that the calendar doesn't hold.
pub(super) fn impossible_date(word: &Word) -> Diagnostic {
    Diagnostic::error(Code::ImpossibleDate, word.span, format!("there is no day `{word}`"))
        .help("check the month's length; February has 29 days only in leap years".to_owned())
}

/// The keyword most like a word, if one is like it at all.
fn nearest(word: &str, keywords: &[&'static str]) -> Option<&'static str> {
    let word = word.to_lowercase();
    let likeness = |keyword: &&'static str| strsim::damerau_levenshtein(&word, keyword);
    let found = keywords.iter().copied().min_by_key(likeness)?;
    (likeness(&found) <= 2 && word.len() > 2).then_some(found)
}
