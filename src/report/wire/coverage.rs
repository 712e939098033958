//! How well rules are tested, on the wire.

use schemars::JsonSchema;
use serde::Serialize;

/// How well the scenarios of rules test them.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Coverage {
    /// The version of this shape. It grows when a member is renamed, removed or means another
    /// thing; new members don't change it.
    pub(in crate::report) coverage_version: u32,
    /// Each pack with how much of it is tested.
    pub(in crate::report) packs: Vec<PackCoverage>,
    /// Every clause, in the order of file and line.
    pub(in crate::report) clauses: Vec<ClauseCoverage>,
}

/// How much of a pack is tested.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct PackCoverage {
    /// Its name.
    pub(in crate::report) pack: String,
    /// Its title.
    pub(in crate::report) title: String,
    /// The clauses seen both to hold and to fail, as far as they can.
    pub(in crate::report) tests: Share,
    /// The sides of boundaries that a scenario stands on.
    pub(in crate::report) boundaries: Share,
}

/// So many of so many.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Share {
    /// How many were seen.
    pub(in crate::report) seen: usize,
    /// Of how many.
    pub(in crate::report) of: usize,
}

/// A clause with what was seen of it.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct ClauseCoverage {
    /// The pack that wrote it.
    pub(in crate::report) pack: String,
    /// What it belongs to.
    pub(in crate::report) kind: ClauseKind,
    /// The name of what it belongs to; null for a preference, which has none.
    pub(in crate::report) name: Option<String>,
    /// The title of what it belongs to; the reason of a preference.
    pub(in crate::report) title: String,
    /// Which part of that it is.
    pub(in crate::report) part: ClausePart,
    /// The file it is written in.
    pub(in crate::report) file: String,
    /// The line it begins on, counted from 1.
    pub(in crate::report) line: usize,
    /// What it says, in words.
    pub(in crate::report) says: String,
    /// Whether it was seen to hold.
    pub(in crate::report) held: Seen,
    /// Whether it was seen to fail.
    pub(in crate::report) failed: Seen,
    /// The sides of its boundaries.
    pub(in crate::report) boundaries: Vec<BoundaryCoverage>,
}

/// What a clause belongs to.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::report) enum ClauseKind {
    /// A pack, whose gate it is.
    Pack,
    /// A decision, of which it is a case.
    Decision,
    /// A route.
    Route,
    /// A model.
    Model,
    /// A model, of whose design it is a gate.
    DesignGate,
    /// A document.
    Document,
    /// A document, of which it is a due rule.
    DueRule,
    /// A period.
    Period,
    /// A period, of which it is a length.
    Length,
    /// A preference.
    Preference,
}

/// Which part of a thing a clause is.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::report) enum ClausePart {
    /// The time in which the whole thing is in force.
    Life,
    /// What must hold.
    Condition,
    /// When that must hold at all.
    Guard,
}

/// How many scenarios saw something.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Seen {
    /// Whether it is to be seen: `otherwise` can't fail.
    pub(in crate::report) is_wanted: bool,
    /// How many scenarios saw it.
    pub(in crate::report) scenarios: usize,
}

/// A side of a boundary.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct BoundaryCoverage {
    /// The side.
    pub(in crate::report) side: Side,
    /// What stands where, in words.
    pub(in crate::report) says: String,
    /// How many scenarios stand on it.
    pub(in crate::report) scenarios: usize,
}

/// A side of a boundary.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::report) enum Side {
    /// The left side of the comparison is the smallest step under the right; of a day on which law
    /// begins or ends, the day before.
    JustUnder,
    /// The sides are equal; of a day, the day itself.
    At,
    /// The left side is the smallest step over the right.
    JustOver,
}
