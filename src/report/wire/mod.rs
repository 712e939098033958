//! The answer on the wire: strings and lists, with the names that programs rely on.
//!
//! Every member is always there, save what is proved where no proof was asked; what there is none
//! of is `null` or an empty list. The comments are the descriptions in the published schema.

mod coverage;
mod cpv;
mod difference;
mod packs;
mod papers;
mod proofs;
mod proved;
mod provisions;
mod reasons;
mod standings;

use schemars::JsonSchema;
use serde::Serialize;

pub(super) use coverage::{
    BoundaryCoverage, ClauseCoverage, ClauseKind, ClausePart, Coverage, PackCoverage, Seen, Share,
    Side,
};
pub(super) use cpv::{CpvCode, CpvCodes, CpvList, CpvName, Everyday, ReadAs};
pub(super) use difference::{
    Bar, Commission, Dates, Difference, DifferenceKind, Differences, Example, RuleChange, Spell,
    Turn, Unproved, Verdict,
};
pub(super) use packs::{AskedFact, Named, PackContents, PackHead, Packs};
pub(super) use papers::{
    ChecklistItem, DocumentKind, Due, Force, Happening, Needed, Stage, TimeLimit, Timetable,
};
pub(super) use proofs::{
    Clause, ExampleFact, Finding, GivenUp, GivenUpReason, Kind, KindName, Place, Proofs, Prover,
    ShownBy,
};
pub(super) use proved::{Bound, Envelope, Opening, Proved, SetTo, Unlock};
pub(super) use provisions::{
    Citing, Counts, Instrument, Provision, Provisions, Standing as ProvisionStanding,
};
pub(super) use reasons::{
    Because, Behind, Candidate, Carrier, Case, Choice, Decision, Missing, Model, Outcome,
    Recommendation, Route, Standing, Test, Undecided, UndecidedKind, UsedAmount, UsedDecision,
    UsedFact,
};

pub(super) use standings::{Reason, Reasons, RouteReasons, RouteStanding, Standings};

/// What Clearway says of a commission at a date.
#[derive(Serialize, JsonSchema)]
pub(super) struct Answer {
    /// The date asked about: when the procurement begins. The law is that of this day.
    pub(super) as_at: String,
    /// What the commission is called; null where it has no title.
    pub(super) title: Option<String>,
    /// What made this answer.
    pub(super) engine: Engine,
    /// The packs of rules, in force or not.
    pub(super) packs: Vec<Pack>,
    /// The facts as understood. A fact that is not here is not known.
    pub(super) facts: Vec<Fact>,
    /// The facts that are the sum of others, where some part is known: the arithmetic.
    pub(super) sums: Vec<Sum>,
    /// The questions of law answered along the way.
    pub(super) decisions: Vec<Decision>,
    /// Every route there are rules for, open or not.
    pub(super) routes: Vec<Route>,
    /// Every commercial model there are rules for, fitting or not.
    pub(super) models: Vec<Model>,
    /// What to do, or why nothing is recommended.
    pub(super) recommendation: Recommendation,
    /// What to prepare, publish and record.
    pub(super) checklist: Vec<ChecklistItem>,
    /// The earliest dates.
    pub(super) timetable: Timetable,
    /// What is still to be known, the most useful first.
    pub(super) questions: Vec<Question>,
    /// Unsettled or unverified law that the answer turned on.
    pub(super) doubts: Vec<Doubt>,
    /// Law made but not yet in force that would change the answer.
    pub(super) coming: Vec<Coming>,
    /// What is proved about the answer; absent where no proof was asked.
    #[serde(flatten)]
    pub(super) proved: Option<Proved>,
}

/// What made the answer.
#[derive(Serialize, JsonSchema)]
pub(super) struct Engine {
    /// Always `clearway`.
    pub(super) name: &'static str,
    /// Its version.
    pub(super) version: &'static str,
    /// The version of this shape. It grows when a member is renamed, removed or means another
    /// thing; new members don't change it.
    pub(super) answer_version: u32,
}

/// A pack of rules: one body of law or policy.
#[derive(Serialize, JsonSchema)]
pub(super) struct Pack {
    /// Its name.
    pub(super) pack: String,
    /// Its title.
    pub(super) title: String,
    /// Its version, as its authors count.
    pub(super) version: String,
    /// The BLAKE3 digest of its files, in hexadecimal.
    pub(super) digest: String,
    /// When it is in force.
    pub(super) in_force: InForce,
    /// Whether it applies to this commission at this date.
    pub(super) applies: Applies,
    /// Why.
    pub(super) tests: Vec<Test>,
}

/// When something is in force.
#[derive(Serialize, JsonSchema)]
pub(super) struct InForce {
    /// The first day, or `a day to be appointed`; null where it has no beginning.
    pub(super) from: Option<String>,
    /// The first day on which it is no longer in force; null where no end is known.
    pub(super) until: Option<String>,
}

/// Whether a pack applies.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Applies {
    /// It applies.
    Yes,
    /// It is in force and does not apply to this commission.
    No,
    /// It waits for facts.
    Unknown,
    /// It is not in force at the date.
    NotInForce,
}

/// Yes, no, or not known.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Holds {
    /// Yes.
    Yes,
    /// No.
    No,
    /// It waits for facts.
    Unknown,
}

/// A known fact.
#[derive(Serialize, JsonSchema)]
pub(super) struct Fact {
    /// Its dotted name, which is also its place in a commission's JSON.
    pub(super) fact: String,
    /// Its title.
    pub(super) title: String,
    /// What is known of it, in words.
    pub(super) value: String,
    /// What is known of it, as a commission's JSON says it.
    pub(super) json: serde_json::Value,
}

/// A fact that is the sum of others, where some part is known.
#[derive(Serialize, JsonSchema)]
pub(super) struct Sum {
    /// The fact's dotted name.
    pub(super) fact: String,
    /// Its title.
    pub(super) title: String,
    /// What is known of it, in words; null where it is not known.
    pub(super) value: Option<String>,
    /// Whether it is the sum of its parts, all of which are then known.
    pub(super) is_worked_out: bool,
    /// The known parts, in the order of the rules.
    pub(super) parts: Vec<Fact>,
    /// The parts that are not known.
    pub(super) missing: Vec<FactName>,
    /// Where the law has it.
    pub(super) citations: Vec<Citation>,
}

/// A fact by name and title.
#[derive(Clone, Serialize, JsonSchema)]
pub(super) struct FactName {
    /// Its dotted name.
    pub(super) fact: String,
    /// Its title.
    pub(super) title: String,
}

/// A provision of law or policy.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(super) struct Citation {
    /// What a reader sees: `Procurement Act 2023, s.33(1)(b)`.
    pub(super) label: String,
    /// Where to read it.
    pub(super) url: String,
}

/// A fact to ask for.
#[derive(Serialize, JsonSchema)]
pub(super) struct Question {
    /// The fact's dotted name.
    pub(super) fact: String,
    /// Its title.
    pub(super) title: String,
    /// The question.
    pub(super) ask: String,
    /// How to answer.
    pub(super) help: Option<String>,
    /// What kind of answer it takes: `yes or no`, `one of`, `some of`, `whole number`,
    /// `percentage`, `money`, `money including VAT`, `money excluding VAT`, `date`, `duration`,
    /// `text` or `CPV code`.
    pub(super) kind: String,
    /// The options, for `one of` and `some of`.
    pub(super) options: Vec<Choice>,
    /// How many of the things that the answer says wait for it.
    pub(super) waiting: usize,
    /// What must be reasoned and recorded, where the answer is the authority's to decide.
    pub(super) judgement: Option<String>,
    /// Where the law asks it.
    pub(super) citations: Vec<Citation>,
}

/// A doubt that the answer turned on.
#[derive(Serialize, JsonSchema)]
pub(super) struct Doubt {
    /// What is doubtful.
    pub(super) says: String,
    /// What it is about.
    pub(super) about: String,
    /// Where it comes from.
    pub(super) citations: Vec<Citation>,
}

/// What would change if the procurement began on or after a later day.
#[derive(Serialize, JsonSchema)]
pub(super) struct Coming {
    /// The day, or `a day to be appointed`.
    pub(super) from: String,
    /// What would change, in sentences.
    pub(super) changes: Vec<String>,
}
