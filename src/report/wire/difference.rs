//! What differs between two versions of rules, on the wire.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Citation, Engine, Fact};

/// What differs between two versions of rules on every day, or between two dates.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Differences {
    /// What made this comparison.
    pub(in crate::report) engine: Engine,
    /// The old rules, as they were named.
    pub(in crate::report) old: String,
    /// The new rules, as they were named.
    pub(in crate::report) new: String,
    /// The two dates, where one set of rules was compared; null where two versions were, on every
    /// day.
    pub(in crate::report) dates: Option<Dates>,
    /// What came of it.
    pub(in crate::report) verdict: Verdict,
    /// The same, in a sentence.
    pub(in crate::report) says: String,
    /// What differs for some commissions: the law that applies, routes, models, outcomes,
    /// documents, periods.
    pub(in crate::report) differences: Vec<Difference>,
    /// What the rules plainly say otherwise: facts, figures, holidays, what papers are.
    pub(in crate::report) rules: Vec<RuleChange>,
    /// What could be neither proved the same nor shown to differ.
    pub(in crate::report) unproved: Vec<Unproved>,
    /// The recorded commissions that were put to both, in the order of their files; null where
    /// none were asked for.
    pub(in crate::report) commissions: Option<Vec<Commission>>,
}

/// Two dates.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Dates {
    /// The first date.
    pub(in crate::report) from: String,
    /// The second date.
    pub(in crate::report) to: String,
}

/// What came of a comparison.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::report) enum Verdict {
    /// Proved the same for every commission of which every fact is known; of lengths of time, for
    /// those written as the sentence says.
    Same,
    /// They differ.
    Different,
    /// No difference was found, and something could not be proved the same.
    Unproved,
}

/// What sort of difference it is.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::report) enum DifferenceKind {
    /// A pack applies, or no longer does.
    Law,
    /// A route is open, or closed.
    Route,
    /// A route or a model is put before another, or no longer is.
    Preference,
    /// A model fits or does not, or its design gates come out otherwise.
    Model,
    /// A decision has another outcome.
    Decision,
    /// A document is needed, no longer needed or due otherwise.
    Document,
    /// A period has another length.
    Period,
}

/// Which way it turned.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::report) enum Turn {
    /// It holds and did not: a route opened, a document newly needed.
    Begins,
    /// It held and no longer does: a route closed, a document no longer needed.
    Ends,
    /// It comes out otherwise: another outcome, due rule or length.
    Otherwise,
}

/// Something that differs.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Difference {
    /// What sort of difference it is.
    pub(in crate::report) kind: DifferenceKind,
    /// The names of what differs: two for a preference, the first put before the second.
    pub(in crate::report) names: Vec<String>,
    /// Which way it turned.
    pub(in crate::report) turn: Turn,
    /// What differs, in a sentence.
    pub(in crate::report) says: String,
    /// When and for whom, the earliest first.
    pub(in crate::report) spells: Vec<Spell>,
}

/// Days on which something differs for the same commissions.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Spell {
    /// The first day; null for law made and not yet begun.
    pub(in crate::report) from: Option<String>,
    /// The last day; null where there is none.
    pub(in crate::report) to: Option<String>,
    /// The days in words; null where two dates were compared.
    pub(in crate::report) when: Option<String>,
    /// The routes on which it differs, by name: for documents and periods.
    pub(in crate::report) routes: Vec<String>,
    /// For whom it differs, in a sentence.
    pub(in crate::report) for_whom: String,
    /// Whether it differs for every commission that is so.
    pub(in crate::report) is_every: bool,
    /// What these commissions share, each in words.
    pub(in crate::report) conditions: Vec<String>,
    /// A commission for which it differs, put to both.
    pub(in crate::report) example: Example,
}

/// A commission put to both versions.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Example {
    /// The date asked about of the old rules.
    pub(in crate::report) old_as_at: String,
    /// The date asked about of the new rules.
    pub(in crate::report) new_as_at: String,
    /// Its facts: none can be left out.
    pub(in crate::report) facts: Vec<Fact>,
    /// What bars the route, where it is barred.
    pub(in crate::report) barred_by: Vec<Bar>,
}

/// Why a route is barred.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Bar {
    /// The reason, in a sentence.
    pub(in crate::report) says: String,
    /// Where the law says so.
    pub(in crate::report) citations: Vec<Citation>,
}

/// Something that the rules plainly say otherwise.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct RuleChange {
    /// The name of what it is about.
    pub(in crate::report) name: String,
    /// What is otherwise, in a sentence.
    pub(in crate::report) says: String,
}

/// Something that could be neither proved the same nor shown to differ.
#[derive(PartialEq, Eq, Serialize, JsonSchema)]
pub(in crate::report) struct Unproved {
    /// What it is about, in words.
    pub(in crate::report) about: String,
    /// The days in words; null where two dates were compared.
    pub(in crate::report) when: Option<String>,
    /// Why, in a sentence.
    pub(in crate::report) says: String,
}

/// A recorded commission put to both.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Commission {
    /// Its file.
    pub(in crate::report) file: String,
    /// What its authors call it.
    pub(in crate::report) title: Option<String>,
    /// The date asked about; null where two dates were compared.
    pub(in crate::report) as_at: Option<String>,
    /// What changes, in sentences; empty where nothing does.
    pub(in crate::report) changes: Vec<String>,
}
