//! Decisions, routes, models and the recommendation on the wire, with their reasons.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Citation, FactName, Holds};

/// One thing that must hold, and whether it does.
#[derive(Clone, Serialize, JsonSchema)]
pub(in crate::report) struct Test {
    /// What must hold, as a sentence.
    pub(in crate::report) says: String,
    /// Whether it holds.
    pub(in crate::report) holds: Holds,
    /// What is so instead, as a sentence, where it fails; else null.
    pub(in crate::report) otherwise: Option<String>,
    /// The facts it reads.
    pub(in crate::report) facts: Vec<UsedFact>,
    /// The questions of law that it rests on.
    pub(in crate::report) decisions: Vec<UsedDecision>,
    /// The figures fixed by law that it reads.
    pub(in crate::report) amounts: Vec<UsedAmount>,
    /// What it waits for that no fact can give.
    pub(in crate::report) missing: Vec<Missing>,
    /// Where the law says so.
    pub(in crate::report) citations: Vec<Citation>,
    /// What is unsettled or unverified about it.
    pub(in crate::report) doubts: Vec<String>,
}

/// Something that is waited for and that no fact can give: a pack that is not in force, a question
/// of law without a rule in force, or a figure that nothing gives.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(in crate::report) struct Missing {
    /// The name of the pack, decision or amount.
    pub(in crate::report) name: String,
    /// What is missing, in words that follow “it waits for”.
    pub(in crate::report) says: String,
}

/// A fact that a test reads.
#[derive(Clone, Serialize, JsonSchema)]
pub(in crate::report) struct UsedFact {
    /// Its dotted name.
    pub(in crate::report) fact: String,
    /// Its title.
    pub(in crate::report) title: String,
    /// What is known of it, in words; null where nothing is.
    pub(in crate::report) value: Option<String>,
}

/// A question of law that a test rests on.
#[derive(Clone, Serialize, JsonSchema)]
pub(in crate::report) struct UsedDecision {
    /// Its name.
    pub(in crate::report) decision: String,
    /// The question.
    pub(in crate::report) title: String,
    /// The title of its outcome; null where it is not settled.
    pub(in crate::report) outcome: Option<String>,
}

/// A figure fixed by law that a test reads.
#[derive(Clone, Serialize, JsonSchema)]
pub(in crate::report) struct UsedAmount {
    /// Its name.
    pub(in crate::report) amount: String,
    /// Its title.
    pub(in crate::report) title: String,
    /// The figure at the date, in words; the figures still possible, where facts decide;
    /// `not known` where nothing gives one.
    pub(in crate::report) value: String,
}

/// A question of law with the outcomes still possible.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Decision {
    /// Its name.
    pub(in crate::report) decision: String,
    /// The question.
    pub(in crate::report) title: String,
    /// The outcome, where it is settled; else null.
    pub(in crate::report) outcome: Option<String>,
    /// The outcomes still possible, one where it is settled.
    pub(in crate::report) outcomes: Vec<Outcome>,
    /// The cases tried, in order; the first that holds decides.
    pub(in crate::report) tests: Vec<Case>,
    /// The unknown facts it waits for.
    pub(in crate::report) waits_for: Vec<FactName>,
    /// What it waits for that no fact can give.
    pub(in crate::report) missing: Vec<Missing>,
}

/// An outcome of a decision.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Outcome {
    /// Its name.
    pub(in crate::report) outcome: String,
    /// Its title.
    pub(in crate::report) title: String,
}

/// A case of a decision.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Case {
    /// The outcome that it gives.
    pub(in crate::report) outcome: String,
    /// What must hold for it.
    #[serde(flatten)]
    pub(in crate::report) test: Test,
}

/// An option of a fact.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Choice {
    /// Its name, as a commission's JSON says it.
    pub(in crate::report) option: String,
    /// Its title.
    pub(in crate::report) title: String,
}

/// A lawful way to award.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Route {
    /// Its name.
    pub(in crate::report) route: String,
    /// Its title.
    pub(in crate::report) title: String,
    /// The name of its pack.
    pub(in crate::report) pack: String,
    /// Whether it may be used.
    pub(in crate::report) standing: Standing,
    /// What a reader should know.
    pub(in crate::report) note: Option<String>,
    /// Why: each thing that must hold.
    pub(in crate::report) tests: Vec<Test>,
    /// The unknown facts it waits for.
    pub(in crate::report) waits_for: Vec<FactName>,
    /// What it waits for that no fact can give.
    pub(in crate::report) missing: Vec<Missing>,
}

/// Whether a route may be used.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::report) enum Standing {
    /// Everything that must hold does.
    Open,
    /// Something that must hold does not.
    Barred,
    /// Nothing fails, and something waits for facts.
    Unsettled,
}

/// A commercial shape that needs a route to carry it.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Model {
    /// Its name.
    pub(in crate::report) model: String,
    /// Its title.
    pub(in crate::report) title: String,
    /// Whether the commission is one.
    pub(in crate::report) fits: Holds,
    /// Why.
    pub(in crate::report) tests: Vec<Test>,
    /// The routes that can carry it and are not barred.
    pub(in crate::report) carried_by: Vec<Carrier>,
    /// What a good design of it shows.
    pub(in crate::report) gates: Vec<Test>,
    /// What a reader should know.
    pub(in crate::report) note: Option<String>,
}

/// A route that can carry a model.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Carrier {
    /// The route's name.
    pub(in crate::report) route: String,
    /// Its title.
    pub(in crate::report) title: String,
    /// Whether it may be used.
    pub(in crate::report) standing: Standing,
}

/// What to do: a route, or `undecided`.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
pub(in crate::report) enum Recommendation {
    /// This route, and perhaps this model.
    Take {
        /// The route's name.
        route: String,
        /// Its title.
        title: String,
        /// The name of the fitting model that it carries, if there is one to name.
        model: Option<String>,
        /// The model's title.
        model_title: Option<String>,
        /// Why: what makes the route lawful, then what makes it the best.
        because: Vec<Because>,
        /// The other routes that are or may be lawful, and why each is behind.
        ahead_of: Vec<Behind>,
    },
    /// Nothing yet.
    Undecided {
        /// Why nothing is recommended.
        undecided: Undecided,
    },
}

/// A reason.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Because {
    /// The reason, as a sentence.
    pub(in crate::report) says: String,
    /// Where the law says so.
    pub(in crate::report) citations: Vec<Citation>,
}

/// A route that the recommended one is preferred to.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Behind {
    /// Its name.
    pub(in crate::report) route: String,
    /// Its title.
    pub(in crate::report) title: String,
    /// Why it is behind.
    pub(in crate::report) because: String,
    /// Where that comes from.
    pub(in crate::report) citations: Vec<Citation>,
}

/// Why nothing is recommended.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Undecided {
    /// Why, as a sentence.
    pub(in crate::report) why: String,
    /// Why, as a word.
    pub(in crate::report) kind: UndecidedKind,
    /// The routes that may yet be the one.
    pub(in crate::report) between: Vec<Candidate>,
    /// The unknown facts that it waits for.
    pub(in crate::report) waits_for: Vec<FactName>,
    /// What it waits for that no fact can give.
    pub(in crate::report) missing: Vec<Missing>,
}

/// Why nothing is recommended, as a word.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::report) enum UndecidedKind {
    /// No pack is in force at the date.
    NoRules,
    /// Every route is barred.
    NoneLawful,
    /// Several routes are open and no preference ranks them: choose.
    Tie,
    /// It waits for facts.
    Waits,
}

/// A route by name and title.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Candidate {
    /// Its name.
    pub(in crate::report) route: String,
    /// Its title.
    pub(in crate::report) title: String,
}
