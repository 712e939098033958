//! What is known or fixed: facts, amounts, lists, calendars, events.

use super::super::citation::Citation;
use super::super::condition::{CodeSet, Value};
use super::super::table::{DecisionId, DocumentId, EventId, FactId, ListId, PackId};
use super::{Doubt, Sum};
use crate::quantity::{Date, InForce, Money, Percentage};
use crate::source::Span;
use crate::syntax::tree::VatBasis;

/// Something to be known about the commission.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Its dotted name, which is also its place in a commission's JSON.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its pack.
    pub pack: PackId,
    /// Where it is declared.
    pub span: Span,
    /// What may be known of it.
    pub kind: FactKind,
    /// The question that a person is asked.
    pub ask: String,
    /// How to answer.
    pub help: Option<String>,
    /// What must be reasoned, where the fact is the authority's to decide.
    pub judgement: Option<Judgement>,
    /// Whether the authority is free to choose it, as it is not with facts of the world.
    pub is_choosable: bool,
    /// What it is the sum of, where it is said to be one.
    pub sum: Option<Sum>,
    /// The papers that prove it.
    pub evidence: Vec<String>,
    /// Its citations.
    pub citations: Vec<Citation>,
}

/// That a fact is the authority's to decide.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// What must be reasoned and recorded.
    pub words: String,
    /// Its citations, the fact's where it has none.
    pub citations: Vec<Citation>,
}

/// What may be known of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactKind {
    /// `yes or no`
    YesNo,
    /// `one of`
    OneOf(Vec<Choice>),
    /// `some of`
    SomeOf(Vec<Choice>),
    /// `whole number`, from the least to the most.
    Number(u64, u64),
    /// `percentage`, from the least to the most.
    Percentage(Percentage, Percentage),
    /// `money`, with its VAT basis, from the least to the most.
    Money(Option<VatBasis>, Money, Money),
    /// `date`
    Date,
    /// `duration`
    Duration,
    /// `text`
    Text,
    /// `CPV code`
    Cpv,
}

/// An option of a fact or an outcome of a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
}

/// An outcome of a decision.
pub type Outcome = Choice;

/// A figure fixed by law.
#[derive(Clone, Debug)]
pub struct Amount {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its pack.
    pub pack: PackId,
    /// Where it is declared.
    pub span: Span,
    /// Its type, never `OneOf`, `SomeOf`, `YesNo`, `Text` or `Cpv`.
    pub kind: FactKind,
    /// What its rows are by.
    pub class: Option<Class>,
    /// Its figures: the pack's own, and for the life of the layer that fills it the layer's.
    pub rows: Vec<AmountRow>,
    /// Whether a layer may give the figures.
    pub is_left_to_layers: bool,
    /// Whether its own pack gives figures.
    pub has_own_figures: bool,
    /// The layer that gives the figures, for as long as the layer is in force.
    pub filled_by: Option<PackId>,
}

/// What the rows of an amount are by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// The options of a fact.
    Fact(FactId),
    /// The outcomes of a decision.
    Decision(DecisionId),
}

/// One figure of an amount.
#[derive(Clone, Debug)]
pub struct AmountRow {
    /// The option or outcome that it is for.
    pub class: Option<usize>,
    /// The figure; `None` where the law gives none.
    pub value: Option<Value>,
    /// When it is in force.
    pub in_force: InForce,
    /// Its citations.
    pub citations: Vec<Citation>,
    /// What is doubtful about it.
    pub doubts: Vec<Doubt>,
    /// The pack that wrote it: a layer's, where a layer filled the amount.
    pub pack: PackId,
    /// Where it is written.
    pub span: Span,
}

/// A set of codes or days.
#[derive(Clone, Debug)]
pub struct List {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its pack.
    pub pack: PackId,
    /// Where it is declared.
    pub span: Span,
    /// The days that it speaks of, for a list of days.
    pub in_force: InForce,
    /// What it holds.
    pub rows: ListRows,
    /// Whether a layer is to give the rows.
    pub is_left_to_layers: bool,
    /// Its citations.
    pub citations: Vec<Citation>,
}

/// What a list holds.
#[derive(Clone, Debug)]
pub enum ListRows {
    /// `CPV codes`
    Codes(Vec<CodeRow>),
    /// `dates`, in order.
    Dates(Vec<Date>),
}

/// A row of codes.
#[derive(Clone, Debug)]
pub struct CodeRow {
    /// The codes.
    pub codes: Vec<CodeSet>,
    /// When they are in force.
    pub in_force: InForce,
    /// Their citations.
    pub citations: Vec<Citation>,
    /// What is doubtful about them.
    pub doubts: Vec<Doubt>,
    /// Where they are written.
    pub span: Span,
}

/// How working days are counted: all days but Saturdays, Sundays and holidays.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its pack.
    pub pack: PackId,
    /// Where it is declared.
    pub span: Span,
    /// The lists of days that are no working days.
    pub holidays: Vec<ListId>,
    /// Its citations.
    pub citations: Vec<Citation>,
}

/// Something that happens on a day.
#[derive(Clone, Debug)]
pub struct Event {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Its pack.
    pub pack: PackId,
    /// Where it is declared.
    pub span: Span,
    /// The fact that gives its day.
    pub dated_by: Option<FactId>,
}

/// What a period or a due rule counts from or to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EventRef {
    /// An event.
    Event(EventId),
    /// The publication or signing of a document.
    Document(DocumentId),
}

impl FactKind {
    /// The largest whole number a fact may have where its author sets no other bound.
    pub const NUMBER_MAX: u64 = 1_000_000_000_000;

    /// The options of a fact that has some.
    #[must_use]
    pub fn choices(&self) -> &[Choice] {
        match self {
            Self::OneOf(choices) | Self::SomeOf(choices) => choices,
            Self::YesNo
            | Self::Number(..)
            | Self::Percentage(..)
            | Self::Money(..)
            | Self::Date
            | Self::Duration
            | Self::Text
            | Self::Cpv => &[],
        }
    }
}
