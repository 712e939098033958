//! Proofs on the wire: what is claimed of rules, and how each claim fared.
//!
//! Every member is always there; what there is none of is `null` or an empty list. The comments
//! are the descriptions in the published schema.

use schemars::JsonSchema;
use serde::Serialize;

/// What was proved of rules, refuted or given up.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Proofs {
    /// What proved it.
    pub(in crate::report) engine: Prover,
    /// The packs that the claims are about.
    pub(in crate::report) packs: Vec<String>,
    /// The days on which the claims were held against the rules: the first and the last of each
    /// spell in which nothing changes.
    pub(in crate::report) days: Vec<String>,
    /// How the claims of each kind fared.
    pub(in crate::report) kinds: Vec<Kind>,
    /// The claims that are refuted: faults of the rules.
    pub(in crate::report) faults: Vec<Finding>,
    /// What is to be looked at and is no fault.
    pub(in crate::report) remarks: Vec<Finding>,
    /// The claims that could be neither proved nor refuted.
    pub(in crate::report) given_up: Vec<GivenUp>,
}

/// What proved it.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Prover {
    /// Always `clearway`.
    pub(in crate::report) name: &'static str,
    /// Its version.
    pub(in crate::report) version: &'static str,
    /// The version of this shape. It grows when a member is renamed, removed or means another
    /// thing; new members don't change it.
    pub(in crate::report) proofs_version: u32,
}

/// The claims of one kind.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Kind {
    /// The kind.
    pub(in crate::report) kind: KindName,
    /// Its title.
    pub(in crate::report) title: String,
    /// How many are proved.
    pub(in crate::report) proved: usize,
    /// How many are refuted.
    pub(in crate::report) refuted: usize,
    /// How many of the refuted are remarks and no faults.
    pub(in crate::report) remarked: usize,
    /// How many were given up.
    pub(in crate::report) given_up: usize,
}

/// A kind of claims, as a word.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::report) enum KindName {
    /// Every decision reached has one outcome, every route is open or barred.
    NoGaps,
    /// Every clause counts for some commission.
    NothingDead,
    /// Routes that exclude each other are never open together.
    Exclusion,
    /// Every day has one law.
    Time,
    /// Layers only narrow.
    Layers,
    /// No preferences go round in a circle.
    Preferences,
    /// Every question can change an answer.
    Questions,
}

/// A claim that is refuted.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Finding {
    /// The kind of claim.
    pub(in crate::report) kind: KindName,
    /// The code by which `clearway check --prove` tells it; null for a remark.
    pub(in crate::report) code: Option<&'static str>,
    /// The names of what it is about.
    pub(in crate::report) about: Vec<String>,
    /// What fails, as a sentence.
    pub(in crate::report) says: String,
    /// Where what it is about is written.
    pub(in crate::report) place: Option<Place>,
    /// The clauses in the way.
    pub(in crate::report) clauses: Vec<Clause>,
    /// The day on which it fails, where that is so of every commission.
    pub(in crate::report) on: Option<String>,
    /// A commission that shows it; null where no commission can, or all do.
    pub(in crate::report) example: Option<ShownBy>,
    /// What to write instead; null for a remark.
    pub(in crate::report) mend: Option<String>,
}

/// A clause in the way.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Clause {
    /// Where it is written.
    pub(in crate::report) place: Place,
    /// How it is in the way.
    pub(in crate::report) says: String,
    /// Its first line, as it is written.
    pub(in crate::report) text: String,
}

/// A place in a rule file.
#[derive(Clone, Serialize, JsonSchema)]
pub(in crate::report) struct Place {
    /// The path of the file.
    pub(in crate::report) file: String,
    /// The line, counted from 1.
    pub(in crate::report) line: usize,
}

/// A commission that shows something.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct ShownBy {
    /// The date asked about.
    pub(in crate::report) as_at: String,
    /// What is known; none of it can be left out.
    pub(in crate::report) facts: Vec<ExampleFact>,
    /// The same as a commission's JSON.
    pub(in crate::report) commission: serde_json::Value,
}

/// A fact of an example.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct ExampleFact {
    /// Its dotted name.
    pub(in crate::report) fact: String,
    /// Its title.
    pub(in crate::report) title: String,
    /// What is known of it, in words.
    pub(in crate::report) value: String,
    /// What must be reasoned and recorded, where the answer is the authority's to decide.
    pub(in crate::report) judgement: Option<String>,
}

/// A claim that could be neither proved nor refuted.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct GivenUp {
    /// The kind of claim.
    pub(in crate::report) kind: KindName,
    /// The names of what it is about.
    pub(in crate::report) about: Vec<String>,
    /// What is claimed, as a sentence.
    pub(in crate::report) claim: String,
    /// Where what it is about is written.
    pub(in crate::report) place: Option<Place>,
    /// The day whose rules were in the way.
    pub(in crate::report) on: String,
    /// Why, as a word.
    pub(in crate::report) reason: GivenUpReason,
    /// Why, as a sentence.
    pub(in crate::report) why: String,
}

/// Why a claim was given up, as a word.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::report) enum GivenUpReason {
    /// The proof would have grown past its budget.
    Budget,
    /// It rests on a comparison of several facts, which the proof treats as free.
    Comparison,
    /// The rules themselves leave it open.
    Gap,
    /// It rests on lengths of time of which neither is the shorter from every day.
    Lengths,
}
