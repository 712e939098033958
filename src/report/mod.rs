//! What a person or a program is told: an answer in words, as JSON, text and Markdown.
//!
//! The only wording and the only output serde. An answer is turned into words once, as the wire
//! types, and every form is made from those, so the forms never differ. Knows nothing of how an
//! answer was decided.

mod difference;
mod drawing;
mod explain;
mod from_answer;
mod markdown;
mod page;
mod scenarios;
mod text;
mod wire;
mod words;

#[cfg(test)]
mod tests;

use crate::decide::Answer;
use crate::quantity::Beginning;

pub use difference::{
    Comparison, Recorded, differences_json, differences_markdown, differences_schema,
    differences_text,
};
pub use drawing::{DrawingFormat, draw};
pub use explain::explanation;
pub use markdown::markdown;
pub use scenarios::mismatch;
pub use text::{Look, text};
pub use words::{sentence, test_in_words, value_in_words};

/// The version of the answer's shape on the wire.
const ANSWER_VERSION: u32 = 1;

/// Returns the answer as JSON, as `answer_schema` describes it.
#[must_use]
pub fn json(answer: &Answer<'_>) -> String {
    let wire = from_answer::wire(answer);
    // Strings, lists and whole numbers can't fail to be written.
    let mut written = serde_json::to_string_pretty(&wire).unwrap_or_default();
    written.push('\n');
    written
}

/// Returns the JSON Schema (2020-12) of the answer's JSON.
#[must_use]
pub fn answer_schema() -> serde_json::Value {
    let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    settings.into_generator().into_root_schema_for::<wire::Answer>().to_value()
}

/// The day on which something begins: `2025-02-24`, or that none has been fixed.
fn date_or_day(from: Beginning) -> String {
    match from {
        Beginning::On(day) => day.to_string(),
        Beginning::NotAppointed => "a day to be appointed".to_owned(),
        Beginning::Always => "the beginning".to_owned(),
    }
}
