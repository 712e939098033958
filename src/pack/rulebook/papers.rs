//! What follows: documents with their due rules, and periods.

use super::super::citation::Citation;
use super::super::condition::Condition;
use super::super::table::{CalendarId, PackId};
use super::{Doubt, EventRef, Test};
use crate::quantity::{Duration, InForce};
use crate::source::Span;
use crate::syntax::tree::{Counting, Ending, Limit, Until};

/// Words that hold for a time.
#[derive(Clone, Debug)]
pub struct DatedWords {
    /// The words.
    pub words: String,
    /// When they hold.
    pub in_force: InForce,
}

/// What sort of paper a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DocumentKind {
    /// `notice`
    Notice,
    /// `record`
    Record,
    /// `assessment`
    Assessment,
    /// `approval`
    Approval,
    /// `agreement`
    Agreement,
    /// `letter`
    Letter,
    /// `statement`
    Statement,
}

/// What makes a document needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Force {
    /// `law`: it must exist.
    Law,
    /// `policy`: whoever the policy binds must have it.
    Policy,
    /// `practice`: it should exist.
    Practice,
}

/// When in the life of a commission a document belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// `plan`
    Plan,
    /// `define`
    Define,
    /// `procure`
    Procure,
    /// `award`
    Award,
    /// `manage`
    Manage,
}

/// Anything that must or should exist.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its pack.
    pub pack: PackId,
    /// Where it is declared.
    pub span: Span,
    /// What sort of paper it is.
    pub kind: DocumentKind,
    /// What makes it needed.
    pub force: Force,
    /// When it belongs.
    pub stage: Stage,
    /// Where it is published.
    pub publish: Vec<DatedWords>,
    /// When it is needed: all of these.
    pub tests: Vec<Test>,
    /// When it is due: the first that applies.
    pub due: Vec<Due>,
    /// What it must say.
    pub contains: Vec<DatedWords>,
    /// What a reader should know.
    pub note: Option<String>,
    /// When it is in force.
    pub in_force: InForce,
    /// What is doubtful about the whole.
    pub doubts: Vec<Doubt>,
    /// Its citations.
    pub citations: Vec<Citation>,
}

/// A due rule of a document.
#[derive(Clone, Debug)]
pub struct Due {
    /// The rule.
    pub rule: DueRule,
    /// When it applies; `None` for `otherwise` or always.
    pub condition: Option<Condition>,
    /// When it is in force.
    pub in_force: InForce,
    /// Its citations.
    pub citations: Vec<Citation>,
    /// What is doubtful about it.
    pub doubts: Vec<Doubt>,
    /// Where it is written.
    pub span: Span,
}

/// When a document is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DueRule {
    /// `"in words"`
    Words(String),
    /// `before EVENT`
    Before(EventRef),
    /// `with EVENT`
    With(EventRef),
    /// `within 30 days after EVENT`
    Within(Duration, Counting, EventRef),
    /// `as soon as practicable after EVENT`
    Soon(EventRef),
}

/// A time limit or clock between two events.
#[derive(Clone, Debug)]
pub struct Period {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its pack.
    pub pack: PackId,
    /// Where it is declared.
    pub span: Span,
    /// The event it counts from.
    pub from: EventRef,
    /// The event it counts to.
    pub to: EventRef,
    /// Whether the second event falls on its last day or after it.
    pub until: Until,
    /// When it applies: all of these.
    pub tests: Vec<Test>,
    /// How long it is: the first that applies.
    pub lengths: Vec<LengthRow>,
    /// How its working days are counted.
    pub calendar: Option<CalendarId>,
    /// What a reader should know.
    pub note: Option<String>,
    /// When it is in force.
    pub in_force: InForce,
    /// What is doubtful about the whole.
    pub doubts: Vec<Doubt>,
    /// Its citations.
    pub citations: Vec<Citation>,
}

/// A length of a period.
#[derive(Clone, Debug)]
pub struct LengthRow {
    /// The length; `None` where there is no such period.
    pub length: Option<(Limit, Duration, Counting, Ending)>,
    /// When it applies; `None` for `otherwise` or always.
    pub condition: Option<Condition>,
    /// When it is in force.
    pub in_force: InForce,
    /// Its citations.
    pub citations: Vec<Citation>,
    /// What is doubtful about it.
    pub doubts: Vec<Doubt>,
    /// Where it is written.
    pub span: Span,
}
