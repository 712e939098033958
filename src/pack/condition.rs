//! Conditions and quantities with their names resolved and their types checked.

use std::collections::BTreeSet;

use super::citation::Citation;
use super::table::{AmountId, DecisionId, FactId, ListId, ModelId, RouteId};
use crate::quantity::{CpvCode, Date, Duration, Money, Percentage};
use crate::syntax::tree::Comparison;

pub use crate::syntax::tree::Sign;

/// What is known of a fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Yes or no.
    YesNo(bool),
    /// The place of an option among the fact's options.
    Choice(usize),
    /// The places of some options.
    Choices(BTreeSet<usize>),
    /// A whole number.
    Number(u64),
    /// A percentage.
    Percentage(Percentage),
    /// Money, with the VAT basis of its fact.
    Money(Money),
    /// A date.
    Date(Date),
    /// A duration.
    Duration(Duration),
    /// A text.
    Text(String),
    /// A CPV code.
    Code(CpvCode),
}

/// Codes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeSet {
    /// `85312400`: itself only.
    One(CpvCode),
    /// `85000000 to 85323000`: both and all between.
    Range(CpvCode, CpvCode),
    /// `98133000 with descendants`
    Family(CpvCode),
}

/// A condition.
#[derive(Clone, Debug)]
pub enum Condition {
    /// All limbs hold.
    All(Vec<Limb>),
    /// A limb holds.
    Any(Vec<Limb>),
    /// So many limbs hold.
    AtLeast(u32, Vec<Limb>),
    /// The condition does not hold.
    Not(Box<Self>),
    /// A yes/no fact is yes.
    Yes(FactId),
    /// A fact has one of these options.
    OneOf(FactId, Vec<usize>),
    /// A fact's options include this one.
    Includes(FactId, usize),
    /// A text fact is this text.
    TextIs(FactId, String),
    /// A fact's code is this code.
    CodeIs(FactId, CpvCode),
    /// A fact's code is on a list.
    InList(FactId, ListId),
    /// A fact is known.
    Known(FactId),
    /// A decision has one of these outcomes.
    Outcome(DecisionId, Vec<usize>),
    /// The route considered is one of these.
    RouteIs(Vec<RouteId>),
    /// The model considered is one of these.
    ModelIs(Vec<ModelId>),
    /// Two quantities compare so.
    Compare(Comparison, Quantity, Quantity),
    /// The time from the first date to the second compares so with a duration.
    Gap(Box<(Quantity, Quantity)>, Comparison, Quantity),
}

/// A limb of a condition, with its own citations.
#[derive(Clone, Debug)]
pub struct Limb {
    /// What it says.
    pub condition: Condition,
    /// Its citations.
    pub citations: Vec<Citation>,
}

/// A sum of terms of one type.
#[derive(Clone, Debug)]
pub struct Quantity {
    /// The terms with their signs, at least one.
    pub terms: Vec<(Sign, Term)>,
}

/// A term of a sum.
#[derive(Clone, Debug)]
pub enum Term {
    /// A figure.
    Figure(Figure),
    /// A percentage of a sum.
    Share(Percentage, Vec<(Sign, Figure)>),
}

/// A figure.
#[derive(Clone, Debug)]
pub enum Figure {
    /// Written in the rule.
    Literal(Value),
    /// A fact's.
    Fact(FactId),
    /// An amount's, at the date.
    Amount(AmountId),
    /// The date asked about.
    AsAt,
}

impl CodeSet {
    /// Whether the code is one of these.
    #[must_use]
    pub fn contains(self, code: CpvCode) -> bool {
        match self {
            Self::One(one) => one == code,
            Self::Range(first, last) => first <= code && code <= last,
            Self::Family(ancestor) => code.descends_from(ancestor),
        }
    }

    /// The first and the last of these: every code of the vocabulary between them is one too.
    #[must_use]
    pub fn bounds(self) -> (CpvCode, CpvCode) {
        match self {
            Self::One(one) => (one, one),
            Self::Range(first, last) => (first, last),
            Self::Family(ancestor) => (ancestor, ancestor.last_descendant()),
        }
    }
}

impl Quantity {
    /// Every figure in it.
    pub fn figures(&self) -> impl Iterator<Item = &Figure> {
        self.terms.iter().flat_map(|(_, term)| {
            let (one, some) = match term {
                Term::Figure(figure) => (Some(figure), None),
                Term::Share(_, figures) => (None, Some(figures)),
            };
            one.into_iter().chain(some.into_iter().flatten().map(|(_, figure)| figure))
        })
    }
}

/// Visits a condition and every condition in it, outermost first.
pub fn walk<'c>(condition: &'c Condition, visit: &mut dyn FnMut(&'c Condition)) {
    visit(condition);
    match condition {
        Condition::All(limbs) | Condition::Any(limbs) | Condition::AtLeast(_, limbs) => {
            for limb in limbs {
                walk(&limb.condition, visit);
            }
        }
        Condition::Not(inner) => walk(inner, visit),
        Condition::Yes(_)
        | Condition::OneOf(..)
        | Condition::Includes(..)
        | Condition::TextIs(..)
        | Condition::CodeIs(..)
        | Condition::InList(..)
        | Condition::Known(_)
        | Condition::Outcome(..)
        | Condition::RouteIs(_)
        | Condition::ModelIs(_)
        | Condition::Compare(..)
        | Condition::Gap(..) => {}
    }
}

/// The comparisons in a condition, in the order in which they are written.
#[must_use]
pub fn comparisons_in(condition: &Condition) -> Vec<&Condition> {
    let mut found = Vec::new();
    walk(condition, &mut |condition| {
        if matches!(condition, Condition::Compare(..) | Condition::Gap(..)) {
            found.push(condition);
        }
    });
    found
}

/// The quantities that a condition itself compares.
#[must_use]
pub fn quantities_of(condition: &Condition) -> Vec<&Quantity> {
    match condition {
        Condition::Compare(_, left, right) => vec![left, right],
        Condition::Gap(dates, _, duration) => vec![&dates.0, &dates.1, duration],
        Condition::All(_)
        | Condition::Any(_)
        | Condition::AtLeast(..)
        | Condition::Not(_)
        | Condition::Yes(_)
        | Condition::OneOf(..)
        | Condition::Includes(..)
        | Condition::TextIs(..)
        | Condition::CodeIs(..)
        | Condition::InList(..)
        | Condition::Known(_)
        | Condition::Outcome(..)
        | Condition::RouteIs(_)
        | Condition::ModelIs(_) => Vec::new(),
    }
}
