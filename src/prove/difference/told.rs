//! What a comparison comes to: data, without wording.

use crate::decide::{Known, Standing};
use crate::facts::Facts;
use crate::graph::Graph;
use crate::pack::{
    AmountId, CalendarId, Candidate, Condition, DecisionId, DocumentId, EventId, FactId, ListId,
    ModelId, PackId, PeriodId, RouteId, Test, Value,
};
use crate::quantity::{CpvCode, Date};

/// Everything that differs.
#[derive(Clone, Debug)]
pub struct Differences<'g> {
    /// The rules before.
    pub old: &'g Graph,
    /// The rules after.
    pub new: &'g Graph,
    /// What was compared.
    pub compared: Compared,
    /// Whether something rests on a length of time that may be longer from one of two dates than from
    /// the other: it is taken as written in months where fewer than seven days are over, and else in
    /// days.
    pub are_lengths_as_written: bool,
    /// What the rules plainly say otherwise, without proof.
    pub plain: Vec<Plain>,
    /// What differs for some commissions.
    pub found: Vec<Difference<'g>>,
    /// What could be neither proved the same nor shown to differ.
    pub unproved: Vec<Unproved>,
}

/// What was compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compared {
    /// Two versions of rules, on every day.
    Versions,
    /// One set of rules on two dates.
    Dates(Date, Date),
}

/// The old version of a thing and the new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Two<I> {
    /// In the old rules, if it is there.
    pub old: Option<I>,
    /// In the new rules, if it is there.
    pub new: Option<I>,
}

/// One of the versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// The old rules.
    Old,
    /// The new rules.
    New,
}

/// Which way something turned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Turn {
    /// It holds now and did not.
    Begins,
    /// It held and no longer does.
    Ends,
    /// One of the versions leaves open whether it holds.
    LeftOpen,
}

/// What differs, in the order in which it is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Whether a pack is in force and applies.
    Applies(Two<PackId>, Turn),
    /// Whether a route is open.
    Open(Two<RouteId>, Turn),
    /// Whether the first is preferred over the second, both being open, or fitting.
    Preferred(Two<Candidate>, Two<Candidate>, Turn),
    /// Whether a model fits.
    Fits(Two<ModelId>, Turn),
    /// What a model's design gates come to.
    Gates(Two<ModelId>),
    /// The outcome of a decision, before and after; none where no case gives one.
    Outcome(Two<DecisionId>, Option<usize>, Option<usize>),
    /// Whether a document is needed, on a route that is open before and after.
    Needed(Two<DocumentId>, Turn),
    /// Whether a document is forbidden, on a route that is open before and after.
    Banned(Two<DocumentId>, Turn),
    /// When a document is due, by the place of its due rule.
    Due(Two<DocumentId>, Option<usize>, Option<usize>),
    /// How long a period is, by the place of its length; none where it does not run.
    Length(Two<PeriodId>, Option<usize>, Option<usize>),
}

/// One thing that differs.
#[derive(Clone, Debug)]
pub struct Difference<'g> {
    /// What differs.
    pub change: Change,
    /// When, and for whom; the earliest first.
    pub spells: Vec<Spell<'g>>,
}

/// A span of days throughout which something differs for the same commissions.
#[derive(Clone, Debug)]
pub struct Spell<'g> {
    /// The first day.
    pub from: Date,
    /// The last day, if there is one.
    pub last: Option<Date>,
    /// Whether it is only so once law without a day has begun.
    pub is_as_if_appointed: bool,
    /// The routes on which it differs, for documents and periods.
    pub routes: Vec<Two<RouteId>>,
    /// What all commissions for which it differs share, beyond what any for which it could do.
    pub shared: Vec<Shared>,
    /// Whether it differs for every commission that is so and for which it could.
    pub is_all: bool,
    /// Whether what they share is that of the first day, and moves with the day asked about.
    pub is_moving: bool,
    /// A commission for which it differs.
    pub shown: Shown<'g>,
}

/// Something that commissions share.
#[derive(Clone, Debug)]
pub enum Shared {
    /// What is known of a fact of one side's rules.
    Fact(Side, FactId, Allowed),
    /// How a comparison of several facts, of one side's rules, comes out.
    Comparison(Side, Condition, bool),
}

/// What a fact may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// Yes or no.
    YesNo(bool),
    /// One of these options.
    Options(Vec<usize>),
    /// Its options include this one, or do not.
    Includes(usize, bool),
    /// In one of these ranges.
    Ranges(Vec<Range>),
    /// On a list of codes, or not on it.
    OnList(ListId, bool),
    /// In one of these ranges of codes.
    Codes(Vec<(CpvCode, Option<CpvCode>)>),
    /// One of these texts.
    Texts(Vec<String>),
    /// None of these texts.
    OtherTexts(Vec<String>),
}

/// Values in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range {
    /// The least, and the one just under it; none where there is no bound.
    pub least: Option<(Value, Value)>,
    /// The first beyond, and the last within; none where there is no bound.
    pub end: Option<(Value, Value)>,
}

/// A commission that was put to both sides, and came out otherwise.
#[derive(Clone, Debug)]
pub struct Shown<'g> {
    /// The date asked about, of the old rules.
    pub old_day: Date,
    /// The date asked about, of the new rules.
    pub new_day: Date,
    /// The commission as the old rules read it.
    pub old: Facts,
    /// The commission as the new rules read it.
    pub new: Facts,
    /// The tests that bar a route, in the rules in which it is barred.
    pub barring: Vec<&'g Test>,
}

/// What the rules plainly say otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plain {
    /// A fact is asked for that was not.
    FactAdded(FactId),
    /// A fact is asked for no longer.
    FactRemoved(FactId),
    /// Another kind of thing may be known of a fact, or another range of it.
    FactKind(FactId, FactId),
    /// Whether a fact is the authority's to judge.
    FactJudgement(FactId, FactId),
    /// A fact that is the sum of other parts, or of none.
    FactSum(FactId, FactId),
    /// Whether the authority may choose a fact, and so open a barred route by it.
    FactChoosable(FactId, FactId),
    /// A route is there that was not, and no commission opens it.
    RouteAdded(RouteId),
    /// A route is there no longer, and no commission opened it.
    RouteRemoved(RouteId),
    /// The figure of an amount, for this option or outcome, on these days.
    Figure(Two<AmountId>, Option<String>, Vec<FigureSpell>),
    /// Days that are no working days of a calendar now, and days that are again.
    Holidays(CalendarId, CalendarId, Vec<Date>, Vec<Date>),
    /// What gives an event its day.
    EventDated(EventId, EventId),
    /// The kind, force or stage of a document.
    Document(DocumentId, DocumentId),
    /// Routes that can carry a model now, and routes that no longer can.
    Carried(ModelId, ModelId, Vec<RouteId>, Vec<RouteId>),
}

/// A figure before and after, on a span of days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureSpell {
    /// The first day.
    pub from: Date,
    /// The last day, if there is one.
    pub last: Option<Date>,
    /// The figure in the old rules.
    pub old: Option<Value>,
    /// The figure in the new rules.
    pub new: Option<Value>,
}

/// What could be neither proved the same nor shown to differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unproved {
    /// What it is; none for the whole of a day.
    pub change: Option<Change>,
    /// The first of the days.
    pub from: Date,
    /// The last of them, if there is one.
    pub last: Option<Date>,
    /// Whether it is only so once law without a day has begun.
    pub is_as_if_appointed: bool,
    /// Why.
    pub reason: Doubtful,
}

/// Why something could be neither proved the same nor shown to differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Doubtful {
    /// The diagrams would have grown past their budget.
    Budget,
    /// It rests on a comparison of several facts, which the logic treats as free, and no
    /// commission could be made that shows it.
    Free,
    /// It rests on a fact that is of another type in the other version.
    Retyped,
    /// Only the first and the last of the days were looked at. Between them something rests on a
    /// time that moves with the day and is measured otherwise.
    Between,
}

/// How two answers to one commission differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turned {
    /// The route and the model recommended.
    Recommendation(Option<(RouteId, Option<ModelId>)>, Option<(RouteId, Option<ModelId>)>),
    /// A route's standing.
    Standing(Two<RouteId>, Option<Standing>, Option<Standing>),
    /// A decision's outcomes.
    Outcomes(Two<DecisionId>, Vec<usize>, Vec<usize>),
    /// Whether a document is needed.
    Needed(Two<DocumentId>, Known, Known),
}

/// Whether two versions of rules give the same answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Equivalence {
    /// Proved the same for every commission on every day.
    Equivalent,
    /// They differ for some commission on some day.
    Different,
    /// Neither could be shown.
    GaveUp,
}

impl Differences<'_> {
    /// Whether the rules were proved the same.
    #[must_use]
    pub const fn is_same(&self) -> bool {
        self.plain.is_empty() && self.found.is_empty() && self.unproved.is_empty()
    }

    /// Whether a difference was found.
    #[must_use]
    pub const fn is_different(&self) -> bool {
        !self.plain.is_empty() || !self.found.is_empty()
    }
}
