//! What is proved about an answer on the wire.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Fact, FactName};
use crate::report::words::{a_few_facts, and};

/// What is proved about the answer. `null` where the proof took more than its budget.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Proved {
    /// Whether `questions` are proved to be exactly the facts that can still change what is
    /// recommended or what to prepare; else some of them may change nothing.
    pub(in crate::report) questions_are_exact: bool,
    /// What would open each barred route of the packs that apply or may.
    pub(in crate::report) unlock: Option<Vec<Unlock>>,
    /// How far each known figure and date may move, all else the same, before another route is
    /// recommended, or one is no longer barred where all are. Empty where nothing is settled, and
    /// where no move changes it.
    pub(in crate::report) envelope: Option<Vec<Envelope>>,
    /// The fewest known facts that by themselves give the route recommended, or bar every route.
    /// Empty where nothing is settled, and where it is so whatever the facts are.
    pub(in crate::report) essence: Option<Vec<Fact>>,
}

/// What the authority can do about a barred route.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Unlock {
    /// The route's name.
    pub(in crate::report) route: String,
    /// Its title.
    pub(in crate::report) title: String,
    /// Whether anything that the authority may choose opens it.
    pub(in crate::report) opening: Opening,
    /// The facts to be otherwise: the fewest that do it, moved as little as does it.
    pub(in crate::report) set: Vec<SetTo>,
    /// For `perhaps`, the unknown facts that it then turns on.
    pub(in crate::report) turns_on: Vec<FactName>,
    /// All this as a sentence.
    pub(in crate::report) says: String,
}

/// Whether anything that the authority may choose opens a barred route.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::report) enum Opening {
    /// The facts of `set`, so changed, open it.
    By,
    /// The facts of `set`, so changed, may open it.
    Perhaps,
    /// Nothing that the authority may choose opens it.
    Nothing,
    /// The proof took more than its budget.
    GivenUp,
}

/// A fact to be otherwise.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct SetTo {
    /// Its dotted name.
    pub(in crate::report) fact: String,
    /// Its title.
    pub(in crate::report) title: String,
    /// What it is to be, in words.
    pub(in crate::report) value: String,
    /// What it is to be, as a commission's JSON says it.
    pub(in crate::report) json: serde_json::Value,
    /// What it is, in words; null where it is not known.
    pub(in crate::report) now: Option<String>,
    /// All this as a clause that follows “set”.
    pub(in crate::report) says: String,
}

/// How far a known figure or date may move by itself.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Envelope {
    /// The fact's dotted name; null for the date on which the procurement begins.
    pub(in crate::report) fact: Option<String>,
    /// Its title; null for the date on which the procurement begins.
    pub(in crate::report) title: Option<String>,
    /// The least that it may be; null where nothing below changes the answer.
    pub(in crate::report) least: Option<Bound>,
    /// What it must stay under; null where nothing above changes the answer.
    pub(in crate::report) under: Option<Bound>,
    /// All this as a clause that follows “while”.
    pub(in crate::report) says: String,
}

/// A value at which the answer changes.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Bound {
    /// In words.
    pub(in crate::report) value: String,
    /// As a commission's JSON says it.
    pub(in crate::report) json: serde_json::Value,
}

impl Unlock {
    /// What would open a route that is called this: `it`, or its title.
    pub(in crate::report) fn said_of(&self, called: &str) -> String {
        let set: Vec<String> = self.set.iter().map(|set| set.says.clone()).collect();
        let set = and(&set);
        match self.opening {
            Opening::By => format!("What would open {called}: set {set}."),
            Opening::Perhaps if self.turns_on.is_empty() => {
                format!(
                    "What may open {called}: set {set}; it then waits for what no fact can give."
                )
            }
            Opening::Perhaps => {
                let turns_on = self.turns_on.iter().map(|fact| format!("“{}”", fact.title));
                let turns_on = a_few_facts(&turns_on.collect::<Vec<_>>());
                format!("What may open {called}: set {set}; it then turns on {turns_on}.")
            }
            Opening::Nothing => format!("Nothing that you can choose opens {called}."),
            Opening::GivenUp => {
                format!("What would open {called} could not be proved within the budget.")
            }
        }
    }
}
