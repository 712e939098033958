//! What differs between two versions of rules, in words that a committee can read: as text, JSON
//! and Markdown.

mod from_differences;
mod page;
mod plain;
mod recorded;
mod whom;

use super::markdown::marked;
use super::text::{Look, printed};
use super::wire;
use crate::prove::{Differences, Turned};
use crate::quantity::Date;

/// A comparison that is to be told.
pub struct Comparison<'a> {
    /// What the old rules are called.
    pub old: String,
    /// What the new rules are called.
    pub new: String,
    /// What differs.
    pub differences: &'a Differences<'a>,
    /// The recorded commissions that were put to both, if any were.
    pub recorded: Option<Vec<Recorded>>,
}

/// A recorded commission that was put to both.
pub struct Recorded {
    /// Its file.
    pub file: String,
    /// What its authors call it.
    pub title: Option<String>,
    /// The date asked about, where it is one.
    pub as_at: Option<Date>,
    /// What changes; where one version can't read it, that it can't, and why.
    pub changes: Result<Vec<Turned>, String>,
}

/// Returns the comparison as text for a terminal.
#[must_use]
pub fn differences_text(comparison: &Comparison<'_>, look: Look) -> String {
    printed(&page::page(&from_differences::wire(comparison)), look)
}

/// Returns the comparison as one page of Markdown.
#[must_use]
pub fn differences_markdown(comparison: &Comparison<'_>) -> String {
    marked(&page::page(&from_differences::wire(comparison)))
}

/// Returns the comparison as JSON, as `differences_schema` describes it.
#[must_use]
pub fn differences_json(comparison: &Comparison<'_>) -> String {
    let wire = from_differences::wire(comparison);
    // Strings, lists and whole numbers can't fail to be written.
    let mut written = serde_json::to_string_pretty(&wire).unwrap_or_default();
    written.push('\n');
    written
}

/// Returns the JSON Schema (2020-12) of a comparison's JSON.
#[must_use]
pub fn differences_schema() -> serde_json::Value {
    crate::report::schema_of::<wire::Differences>()
}
