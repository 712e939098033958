//! The checklist and the timetable on the wire.

use schemars::JsonSchema;
use serde::Serialize;

use super::{Citation, Holds};

/// Something to prepare.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct ChecklistItem {
    /// The document's name; null for the reasons of a judgement.
    pub(in crate::report) document: Option<String>,
    /// Its title; where it must not exist, that first: `Must not be published: …`.
    pub(in crate::report) title: String,
    /// What sort of paper it is.
    pub(in crate::report) kind: DocumentKind,
    /// What makes it needed.
    pub(in crate::report) force: Force,
    /// When in the life of the commission it belongs.
    pub(in crate::report) stage: Stage,
    /// Whether it is needed for certain, or forbidden. A document that the law both asks for and
    /// forbids is listed twice.
    pub(in crate::report) needed: Needed,
    /// What it is needed, or forbidden, only on condition of, in words; null where it is certain.
    pub(in crate::report) only_if: Option<String>,
    /// When it is due.
    pub(in crate::report) due: Vec<Due>,
    /// Where it is published; null where it need not be.
    pub(in crate::report) publish: Option<String>,
    /// What it must say.
    pub(in crate::report) contains: Vec<String>,
    /// What a reader should know.
    pub(in crate::report) note: Option<String>,
    /// Where the law says so.
    pub(in crate::report) citations: Vec<Citation>,
    /// The fact whose reasons are to be recorded; null for a document.
    pub(in crate::report) fact: Option<String>,
}

/// When a document is due.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Due {
    /// The rule, in words.
    pub(in crate::report) says: String,
    /// The last day, where the dates are known.
    pub(in crate::report) by: Option<String>,
    /// Where the law says so.
    pub(in crate::report) citations: Vec<Citation>,
}

/// What sort of paper a document is.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::report) enum DocumentKind {
    /// Published to tell the market or the public.
    Notice,
    /// Kept.
    Record,
    /// Weighs something.
    Assessment,
    /// Someone's leave.
    Approval,
    /// Binds the parties.
    Agreement,
    /// Sent to someone.
    Letter,
    /// States something in another paper.
    Statement,
}

/// What makes a document needed.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::report) enum Force {
    /// It must exist.
    Law,
    /// Whoever the policy binds must have it.
    Policy,
    /// It should exist.
    Practice,
}

/// When in the life of a commission a document belongs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::report) enum Stage {
    /// Before it is decided what to buy.
    Plan,
    /// While it is decided what to buy and how.
    Define,
    /// While providers are sought.
    Procure,
    /// Around the award.
    Award,
    /// Once the contract or grant runs.
    Manage,
}

/// Whether a document is needed for certain, or forbidden.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(in crate::report) enum Needed {
    /// It is.
    Certain,
    /// Only if facts, or the route chosen, turn out so.
    Conditional,
    /// It must not exist: for certain, or where `only_if` says.
    Forbidden,
}

/// The earliest dates.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Timetable {
    /// The name of the route it is for; null where none is recommended.
    pub(in crate::report) route: Option<String>,
    /// What happens when, in the order of the dates.
    pub(in crate::report) events: Vec<Happening>,
    /// The time limits that apply or may.
    pub(in crate::report) periods: Vec<TimeLimit>,
    /// What a reader should know about the dates.
    pub(in crate::report) note: Option<String>,
}

/// An event or a document with its date.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct Happening {
    /// The name of the event or document.
    pub(in crate::report) event: String,
    /// Its title.
    pub(in crate::report) title: String,
    /// The date given, or the earliest that the time limits before it allow; null where nothing
    /// fixes it.
    pub(in crate::report) date: Option<String>,
    /// Whether the date was given as a fact.
    pub(in crate::report) given: bool,
    /// Whether a time limit before it applies only if facts turn out so.
    pub(in crate::report) conditional: bool,
}

/// A time limit between two events.
#[derive(Serialize, JsonSchema)]
pub(in crate::report) struct TimeLimit {
    /// Its name.
    pub(in crate::report) period: String,
    /// Its title.
    pub(in crate::report) title: String,
    /// The name of the event it counts from.
    pub(in crate::report) from: String,
    /// The name of the event it counts to.
    pub(in crate::report) to: String,
    /// How long it is, in words.
    pub(in crate::report) length: String,
    /// The day it counts from, where that is known.
    pub(in crate::report) starts: Option<String>,
    /// Its last day, where that is known.
    pub(in crate::report) ends: Option<String>,
    /// Whether it applies: `yes`, or `unknown` where it waits for facts.
    pub(in crate::report) applies: Holds,
    /// The title of the calendar of its working days, if it counts in them.
    pub(in crate::report) calendar: Option<String>,
    /// Whether its days run past the holidays that the calendar knows, so that a holiday may have
    /// been missed.
    pub(in crate::report) past_calendar: bool,
    /// Where the law says so.
    pub(in crate::report) citations: Vec<Citation>,
}
