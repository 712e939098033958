//! Proofs in words: as text, as JSON, as diagnostics, and their examples as files.
//!
//! Claims are turned into words once, as the wire types and as what diagnostics need. Knows nothing
//! of how a claim was proved.

mod finding;
mod from_proofs;
mod saved;
mod words;

use super::text::{Look, printed};
use super::{page, wire};
use crate::diagnostic::Diagnostic;
use crate::graph::Graph;
use crate::prove::Proofs;
use crate::source::Sources;

pub use saved::SavedAs;

/// The version of the shape of proofs on the wire.
const PROOFS_VERSION: u32 = 1;

/// Proofs with the rules that they are of.
#[derive(Clone, Copy, Debug)]
pub struct Proved<'p> {
    /// The rules.
    pub graph: &'p Graph,
    /// What was proved of them.
    pub proofs: &'p Proofs,
    /// Where they are written.
    pub sources: &'p Sources,
    /// The names of the packs that the claims are about.
    pub packs: &'p [String],
}

impl Proved<'_> {
    /// The proofs as text for a terminal.
    #[must_use]
    pub fn text(&self, look: Look) -> String {
        printed(&page::proofs(&from_proofs::wire(self)), look)
    }

    /// The proofs as JSON, as `proofs_schema` describes it.
    #[must_use]
    pub fn json(&self) -> String {
        // Strings, lists and whole numbers can't fail to be written.
        let mut written =
            serde_json::to_string_pretty(&from_proofs::wire(self)).unwrap_or_default();
        written.push('\n');
        written
    }

    /// What is refuted or was given up, as findings of a check; remarks are none.
    #[must_use]
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        finding::diagnostics(self)
    }

    /// The examples as files, each its name and its text.
    #[must_use]
    pub fn examples(&self, saved_as: SavedAs) -> Vec<(String, String)> {
        saved::examples(self, saved_as)
    }
}

/// Returns the JSON Schema (2020-12) of the proofs' JSON.
#[must_use]
pub fn proofs_schema() -> serde_json::Value {
    crate::report::schema_of::<wire::Proofs>()
}
