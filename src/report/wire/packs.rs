//! Packs of rules on the wire: what they ask, decide and require, each with its sources.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Choice, Citation, InForce};

/// The packs that are loaded.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Packs {
    /// The digest of all of them together: it is another when any of them is.
    pub(in crate::report) rules: String,
    /// Every pack.
    pub(in crate::report) packs: Vec<PackHead>,
}

/// A pack of rules.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct PackHead {
    /// Its name.
    pub(in crate::report) pack: String,
    /// Its title.
    pub(in crate::report) title: String,
    /// Its version, as its authors count.
    pub(in crate::report) version: String,
    /// The BLAKE3 digest of its files, in hexadecimal.
    pub(in crate::report) digest: String,
    /// When it is in force.
    pub(in crate::report) in_force: InForce,
    /// The nations it extends to.
    pub(in crate::report) extent: Vec<String>,
    /// The pack that it is laid on; null where it is no layer.
    pub(in crate::report) base: Option<String>,
}

/// A pack of rules with what stands in it.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct PackContents {
    /// The pack.
    pub(in crate::report) pack: PackHead,
    /// The facts that it asks.
    pub(in crate::report) facts: Vec<AskedFact>,
    /// The questions of law that it decides.
    pub(in crate::report) decisions: Vec<Named>,
    /// Its routes.
    pub(in crate::report) routes: Vec<Named>,
    /// Its documents.
    pub(in crate::report) documents: Vec<Named>,
}

/// A fact that may be given.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct AskedFact {
    /// Its dotted name, which is also its place in a commission's JSON.
    pub(in crate::report) fact: String,
    /// Its title.
    pub(in crate::report) title: String,
    /// The question.
    pub(in crate::report) ask: String,
    /// How to answer.
    pub(in crate::report) help: Option<String>,
    /// What kind of answer it takes.
    pub(in crate::report) kind: String,
    /// The options, for `one of` and `some of`.
    pub(in crate::report) options: Vec<Choice>,
    /// Where the law asks it.
    pub(in crate::report) citations: Vec<Citation>,
}

/// A thing of the rules.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Named {
    /// Its name.
    pub(in crate::report) name: String,
    /// Its title.
    pub(in crate::report) title: String,
    /// What a reader should know.
    pub(in crate::report) note: Option<String>,
    /// Where the law has it.
    pub(in crate::report) citations: Vec<Citation>,
}
