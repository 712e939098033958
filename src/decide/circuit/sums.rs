//! Comparisons of more than one fact with a figure: sums, shares, lengths of time.

use crate::decide::Known;
use crate::decide::arithmetic::{Scalar, ended, holds, join, scalar, shared};
use crate::facts::Facts;
use crate::pack::{FactId, Sign};
use crate::quantity::Date;
use crate::syntax::tree::Comparison;

/// What a sum, or a part of one, is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Worth {
    /// Something in it is unknown, or it goes past every figure.
    Open,
    /// The law gives no figure.
    NoFigure,
    /// This.
    Is(Scalar),
}

/// A figure of a sum.
#[derive(Clone, Copy, Debug)]
pub(super) enum Figure {
    Is(Worth),
    Fact(FactId),
}

/// A term of a sum.
#[derive(Clone, Debug)]
pub(super) enum Term {
    Figure(Figure),
    /// So many millionths of a sum.
    Share(i128, Vec<(Sign, Figure)>),
}

/// A sum of which only facts are left open.
#[derive(Clone, Debug)]
pub(super) struct Sum(pub(super) Vec<(Sign, Term)>);

/// Two sums compared, or the time between two days compared with a third.
#[derive(Clone, Debug)]
pub(super) enum Compared {
    Sums(Sum, Comparison, Sum),
    Gap(Sum, Sum, Comparison, Sum),
}

impl Worth {
    fn of(value: Option<Scalar>) -> Self {
        value.map_or(Self::Open, Self::Is)
    }

    fn with(self, other: Self, join: impl Fn(Scalar, Scalar) -> Option<Scalar>) -> Self {
        match (self, other) {
            (Self::Open, _) | (_, Self::Open) => Self::Open,
            (Self::NoFigure, _) | (_, Self::NoFigure) => Self::NoFigure,
            (Self::Is(left), Self::Is(right)) => Self::of(join(left, right)),
        }
    }

    fn and(self, sign: Sign, term: Self) -> Self {
        self.with(term, |sum, term| join(sum, sign, term))
    }

    /// The first term of a sum.
    fn first(sign: Sign, term: Self) -> Self {
        match sign {
            Sign::Plus => term,
            Sign::Minus => Self::Is(Scalar::Number(0)).and(sign, term),
        }
    }
}

impl Figure {
    fn worth(self, facts: &Facts) -> Worth {
        match self {
            Self::Is(worth) => worth,
            Self::Fact(fact) => Worth::of(facts.get(fact).and_then(scalar)),
        }
    }
}

/// Terms added up.
fn added(mut terms: impl Iterator<Item = (Sign, Worth)>) -> Worth {
    let Some((sign, first)) = terms.next() else { return Worth::Open };
    terms.fold(Worth::first(sign, first), |sum, (sign, term)| sum.and(sign, term))
}

impl Term {
    fn worth(&self, facts: &Facts) -> Worth {
        match self {
            Self::Figure(figure) => figure.worth(facts),
            Self::Share(millionths, figures) => {
                let whole =
                    added(figures.iter().map(|(sign, figure)| (*sign, figure.worth(facts))));
                whole.with(Worth::Is(Scalar::Number(*millionths)), shared)
            }
        }
    }
}

impl Sum {
    fn worth(&self, facts: &Facts) -> Worth {
        added(self.0.iter().map(|(sign, term)| (*sign, term.worth(facts))))
    }

    fn figures(&self) -> impl Iterator<Item = &Figure> {
        self.0.iter().flat_map(|(_, term)| {
            let (one, some) = match term {
                Term::Figure(figure) => (Some(figure), None),
                Term::Share(_, figures) => (None, Some(figures)),
            };
            one.into_iter().chain(some.into_iter().flatten().map(|(_, figure)| figure))
        })
    }

    fn is_fixed(&self) -> bool {
        self.figures().all(|figure| matches!(figure, Figure::Is(_)))
    }

    /// What it is worth, where no fact is in it.
    pub(super) fn fixed(&self) -> Option<Worth> {
        self.is_fixed().then(|| self.worth(&Facts::none()))
    }

    /// The fact that it is, where it is nothing else.
    pub(super) fn only_fact(&self) -> Option<FactId> {
        match self.0.as_slice() {
            [(Sign::Plus, Term::Figure(Figure::Fact(fact)))] => Some(*fact),
            _ => None,
        }
    }
}

impl Compared {
    /// Whether the comparison holds.
    pub(super) fn known(&self, facts: &Facts, as_at: Date) -> Known {
        let (left, comparison, right) = match self {
            Self::Sums(left, comparison, right) => {
                (left.worth(facts), *comparison, right.worth(facts))
            }
            Self::Gap(from, to, comparison, duration) => {
                let limit = from.worth(facts).with(duration.worth(facts), ended);
                (to.worth(facts), *comparison, limit)
            }
        };
        match (left, right) {
            (Worth::Open, _) | (_, Worth::Open) => Known::Unknown,
            (Worth::NoFigure, _) | (_, Worth::NoFigure) => Known::No,
            (Worth::Is(left), Worth::Is(right)) => holds(comparison, left, right, as_at),
        }
    }

    /// Whether it holds whatever the facts, there being none in it.
    pub(super) fn fixed(&self, as_at: Date) -> Option<Known> {
        let is_fixed = match self {
            Self::Sums(left, _, right) => left.is_fixed() && right.is_fixed(),
            Self::Gap(from, to, _, duration) => {
                from.is_fixed() && to.is_fixed() && duration.is_fixed()
            }
        };
        is_fixed.then(|| self.known(&Facts::none(), as_at))
    }

    /// The one fact that is compared with a figure, where that is all there is to it.
    pub(super) fn of_one_fact(&self) -> Option<(FactId, Comparison, Worth)> {
        let Self::Sums(left, comparison, right) = self else { return None };
        if let (Some(fact), Some(worth)) = (left.only_fact(), right.fixed()) {
            return Some((fact, *comparison, worth));
        }
        Some((right.only_fact()?, comparison.turned(), left.fixed()?))
    }
}
