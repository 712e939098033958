//! What a person or a program is told: an answer in words, as JSON, text and Markdown; proofs too.
//!
//! The only wording and the only output serde. An answer is turned into words once, as the wire
//! types, and every form is made from those, so the forms never differ. Knows nothing of how an
//! answer was decided.

mod coverage;
mod cpv;
mod difference;
mod drawing;
mod explain;
mod from_answer;
mod from_standings;
mod html;
mod markdown;
mod mutants;
mod packs;
mod page;
mod proofs;
mod provisions;
mod scenarios;
mod suggestions;
mod text;
mod wire;
mod words;

#[cfg(test)]
mod tests;

use schemars::JsonSchema;

use crate::decide::{Answer, Standings};
use crate::prove::Insight;
use crate::quantity::Beginning;

pub use coverage::{coverage_in_source, coverage_json, coverage_schema, coverage_text};
pub use cpv::{CpvCodes, cpv_schema};
pub use difference::{
    Comparison, Recorded, differences_json, differences_markdown, differences_schema,
    differences_text,
};
pub use drawing::{DrawingFormat, draw};
pub use explain::explanation;
pub use from_standings::Phrases;
pub use html::html;
pub use markdown::markdown;
pub use mutants::{Progress, Trials, Tried, mutant_id, thing_name};
pub use packs::{components, pack_json, packs_json};
pub use proofs::{Proved, SavedAs, proofs_schema};
pub use provisions::{Mapped, provisions_schema};
pub use scenarios::mismatch;
pub use suggestions::suggestions;
pub use text::{Look, text};
pub use words::{sentence, test_in_words, value_in_words};

/// The version of the answer's shape on the wire.
const ANSWER_VERSION: u32 = 1;

/// Returns the answer as JSON, as `answer_schema` describes it, with what is proved about it.
#[must_use]
pub fn json(answer: &Answer<'_>, insight: Option<&Insight>) -> String {
    let wire = from_answer::wire(answer, insight);
    // Strings, lists and whole numbers can't fail to be written.
    let mut written = serde_json::to_string_pretty(&wire).unwrap_or_default();
    written.push('\n');
    written
}

/// Returns the same JSON on one line, without an end of line.
#[must_use]
pub fn line(answer: &Answer<'_>, insight: Option<&Insight>) -> String {
    serde_json::to_string(&from_answer::wire(answer, insight)).unwrap_or_default()
}

/// Returns the standings of a commission of this title as JSON on one line, as `standings_schema`
/// describes it, without an end of line; `phrases` being those of its rules and date.
#[must_use]
pub fn standings_line(standings: &Standings<'_>, title: Option<&str>, phrases: &Phrases) -> String {
    phrases.line(&from_standings::wire(standings, title, phrases))
}

/// Returns the same and what makes each route stand so, as `reasons_schema` describes it.
#[must_use]
pub fn reasons_line(standings: &Standings<'_>, title: Option<&str>, phrases: &Phrases) -> String {
    phrases.line(&from_standings::reasons(standings, title, phrases))
}

/// Returns the JSON Schema (2020-12) of the answer's JSON.
#[must_use]
pub fn answer_schema() -> serde_json::Value {
    schema_of::<wire::Answer>()
}

/// Returns the JSON Schema (2020-12) of the standings' JSON.
#[must_use]
pub fn standings_schema() -> serde_json::Value {
    schema_of::<wire::Standings<'_>>()
}

/// Returns the JSON Schema (2020-12) of the JSON of standings with their reasons.
#[must_use]
pub fn reasons_schema() -> serde_json::Value {
    schema_of::<wire::Reasons<'_>>()
}

fn schema_of<T: JsonSchema>() -> serde_json::Value {
    let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    settings.into_generator().into_root_schema_for::<T>().to_value()
}

/// What makes answers.
fn engine() -> wire::Engine {
    wire::Engine {
        name: "clearway",
        version: env!("CARGO_PKG_VERSION"),
        answer_version: ANSWER_VERSION,
    }
}

/// The day on which something begins: `2025-02-24`, or that none has been fixed.
fn date_or_day(from: Beginning) -> String {
    match from {
        Beginning::On(day) => day.to_string(),
        Beginning::NotAppointed => "a day to be appointed".to_owned(),
        Beginning::Always => "the beginning".to_owned(),
    }
}
