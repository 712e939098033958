//! Comparisons: the facts they are of, the values at which they turn, and how they come out.

use std::collections::BTreeSet;

use super::cells::Scale;
use super::view::View;
use crate::decide::{Known, Possible, Scalar, compared, limit, scalar, worth};
use crate::pack::{
    AmountId, Condition, DecisionId, FactId, FactKind, Figure, Quantity, Term, quantities_of, walk,
};
use crate::syntax::tree::{Comparison, Sign};

/// A condition that is a comparison.
#[derive(Clone, Copy, Debug)]
enum Compared<'g> {
    /// One sum with another.
    Sums(Comparison, &'g Quantity, &'g Quantity),
    /// The time between two dates with a duration.
    Time(Comparison, &'g (Quantity, Quantity), &'g Quantity),
}

impl<'g> Compared<'g> {
    fn of(condition: &'g Condition) -> Option<Self> {
        match condition {
            Condition::Compare(comparison, left, right) => {
                Some(Self::Sums(*comparison, left, right))
            }
            Condition::Gap(dates, comparison, duration) => {
                Some(Self::Time(*comparison, dates, duration))
            }
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
            | Condition::ModelIs(_) => None,
        }
    }
}

/// Whether a condition is a comparison of several facts, or of a date with itself: that turns on how
/// long the months are, so it does not turn once. So is a length of time that a fact gives and that
/// is counted from another day than the one asked about: lengths that end on one day from the one
/// need not from the other.
pub(super) fn is_relation(view: View<'_>, condition: &Condition) -> bool {
    let figures = quantities_of(condition).into_iter().flat_map(|quantity| quantity.figures());
    let is_date = |fact: &FactId| view.book().facts[*fact].kind == FactKind::Date;
    let dates = figures.filter(|figure| matches!(figure, Figure::Fact(fact) if is_date(fact)));
    let facts = figures_of(condition);
    facts.len() > 1 || dates.count() > 1 || is_counted_elsewhere(view, condition)
}

/// Whether a length of time that a fact gives is not by itself, and not added to the day asked about
/// alone.
fn is_counted_elsewhere(view: View<'_>, condition: &Condition) -> bool {
    let is_length = |figure: &Figure| matches!(figure, Figure::Fact(fact) if view.book().facts[*fact].kind == FactKind::Duration);
    let is_added = |quantity: &Quantity| match quantity.terms.as_slice() {
        [(Sign::Plus, Term::Figure(Figure::AsAt)), (Sign::Plus, Term::Figure(figure))]
        | [(Sign::Plus, Term::Figure(figure))] => is_length(figure),
        _ => false,
    };
    let is_today = |quantity: &Quantity| {
        matches!(quantity.terms.as_slice(), [(Sign::Plus, Term::Figure(Figure::AsAt))])
    };
    let is_elsewhere =
        |quantity: &Quantity| quantity.figures().any(is_length) && !is_added(quantity);
    match Compared::of(condition) {
        Some(Compared::Sums(_, left, right)) => is_elsewhere(left) || is_elsewhere(right),
        Some(Compared::Time(_, (from, to), limit)) => {
            let is_from_today = is_today(from) || !limit.figures().any(is_length);
            [from, to, limit].into_iter().any(is_elsewhere) || !is_from_today
        }
        None => false,
    }
}

/// The facts that a comparison reads itself, each once, in the order written.
pub(super) fn figures_of(condition: &Condition) -> Vec<FactId> {
    let mut facts = Vec::new();
    for figure in quantities_of(condition).into_iter().flat_map(|quantity| quantity.figures()) {
        if let Figure::Fact(fact) = figure
            && !facts.contains(fact)
        {
            facts.push(*fact);
        }
    }
    facts
}

/// The amounts that a comparison reads, each once.
pub(super) fn amounts_of(condition: &Condition) -> Vec<AmountId> {
    let mut amounts = Vec::new();
    for figure in quantities_of(condition).into_iter().flat_map(|quantity| quantity.figures()) {
        if let Figure::Amount(amount) = figure
            && !amounts.contains(amount)
        {
            amounts.push(*amount);
        }
    }
    amounts
}

/// Whether a condition compares lengths of time that facts give with one another, which comes out
/// by how long the months from the day asked about are.
pub(super) fn is_of_lengths(view: View<'_>, condition: &Condition) -> bool {
    let is_length = |fact: &FactId| view.book().facts[*fact].kind == FactKind::Duration;
    matches!(condition, Condition::Compare(..))
        && is_relation(view, condition)
        && figures_of(condition).iter().any(is_length)
}

/// The facts and decisions that a condition itself reads.
pub(super) fn read_in(condition: &Condition) -> (Vec<FactId>, Vec<DecisionId>) {
    let (mut facts, mut decisions) = (Vec::new(), Vec::new());
    walk(condition, &mut |condition| {
        match condition {
            Condition::Yes(fact)
            | Condition::OneOf(fact, _)
            | Condition::Includes(fact, _)
            | Condition::TextIs(fact, _)
            | Condition::CodeIs(fact, _)
            | Condition::InList(fact, _)
            | Condition::Known(fact) => facts.push(*fact),
            Condition::Outcome(decision, _) => decisions.push(*decision),
            Condition::All(_)
            | Condition::Any(_)
            | Condition::AtLeast(..)
            | Condition::Not(_)
            | Condition::RouteIs(_)
            | Condition::ModelIs(_)
            | Condition::Compare(..)
            | Condition::Gap(..) => {}
        }
        for figure in quantities_of(condition).into_iter().flat_map(Quantity::figures) {
            if let Figure::Fact(fact) = figure {
                facts.push(*fact);
            }
        }
    });
    (facts, decisions)
}

/// A comparison as written, by names and figures, so that the same one in two versions is one.
pub(super) fn key(view: View<'_>, condition: &Condition) -> String {
    let book = view.book();
    let mut key = match Compared::of(condition) {
        Some(Compared::Sums(comparison, ..)) => format!("{comparison:?}"),
        Some(Compared::Time(comparison, ..)) => format!("time {comparison:?}"),
        None => "known ".to_owned(),
    };
    if is_of_lengths(view, condition) {
        key.push_str(&format!(" on {}", view.as_at));
    }
    if let Condition::Known(fact) = condition {
        key.push_str(&book.facts[*fact].name);
    }
    for quantity in quantities_of(condition) {
        key.push_str(" | ");
        for (sign, term) in &quantity.terms {
            key.push_str(&format!("{sign:?} "));
            if let crate::pack::Term::Share(share, _) = term {
                key.push_str(&format!("{share} of "));
            }
        }
        for figure in quantity.figures() {
            match figure {
                Figure::Literal(value) => key.push_str(&format!("{value:?} ")),
                Figure::Fact(fact) => key.push_str(&format!("{} ", book.facts[*fact].name)),
                Figure::AsAt => key.push_str(&format!("{} ", view.as_at)),
                Figure::Amount(amount) => {
                    let rules = &book.amounts[*amount];
                    let choices = rules.class.map(|class| book.class_choices(class));
                    key.push_str(&format!("{} ", rules.name));
                    let rows = view.rows(*amount).map(|row| {
                        let class = row.class.and_then(|place| choices?.get(place));
                        let class = class.map(|choice| &choice.name);
                        format!("{class:?} {:?} ", row.value)
                    });
                    // The order in which its figures are written means nothing.
                    key.extend(rows.collect::<BTreeSet<String>>());
                }
            }
        }
    }
    key
}

/// A comparison on a day.
pub(super) struct Comparing<'g> {
    view: View<'g>,
    condition: &'g Condition,
}

/// How a comparison comes out at its fact's least value, and the number from which on otherwise.
pub(super) type Side = (Known, Option<i128>);

/// What a figure that can vary is taken to be; `None` where the law gives no figure.
pub(super) type Taken<T> = Vec<(T, Option<Scalar>)>;

impl<'g> Comparing<'g> {
    pub(super) const fn new(view: View<'g>, condition: &'g Condition) -> Self {
        Self { view, condition }
    }

    /// How it comes out when facts and amounts are so; what is not among them is not known.
    pub(super) fn holds(&self, facts: &Taken<FactId>, amounts: &Taken<AmountId>) -> Known {
        self.holds_as(None, facts, amounts)
    }

    fn holds_as(
        &self,
        instead: Option<Comparison>,
        facts: &Taken<FactId>,
        amounts: &Taken<AmountId>,
    ) -> Known {
        let mut of = |figure: &Figure| {
            let value = match figure {
                Figure::Literal(value) => scalar(value).map(Some),
                Figure::AsAt => Some(Some(Scalar::Date(self.view.as_at))),
                Figure::Fact(fact) => {
                    facts.iter().find(|(taken, _)| taken == fact).map(|(_, value)| *value)
                }
                Figure::Amount(amount) => {
                    amounts.iter().find(|(taken, _)| taken == amount).map(|(_, value)| *value)
                }
            };
            value.map_or_else(Possible::open, Possible::of)
        };
        let mut worth = |quantity: &Quantity| worth(quantity, &mut of);
        let (comparison, left, right) = match Compared::of(self.condition) {
            Some(Compared::Sums(comparison, left, right)) => {
                (comparison, worth(left), worth(right))
            }
            Some(Compared::Time(comparison, dates, duration)) => {
                let (from, to) = (worth(&dates.0), worth(&dates.1));
                (comparison, to, limit(from, worth(duration)))
            }
            None => return Known::Unknown,
        };
        compared(instead.unwrap_or(comparison), &left, &right, self.view.as_at)
    }

    /// The numbers of a fact's values from which on it comes out otherwise, the other facts in it
    /// being so, whichever of their figures its amounts have.
    pub(super) fn turns(&self, fact: FactId, others: &Taken<FactId>) -> Vec<i128> {
        let kind = &self.view.book().facts[fact].kind;
        let Some((scale, least, most)) = Scale::of(kind, self.view.as_at) else {
            return Vec::new();
        };
        let mut turns = Vec::new();
        for amounts in self.combinations() {
            // A comparison in one fact goes up or down with it, so each of these turns once.
            for comparison in [Comparison::Under, Comparison::AtOrUnder] {
                let at = |number: i128| {
                    let mut facts = vec![(fact, scale.figure(number))];
                    facts.extend(others);
                    self.holds_as(Some(comparison), &facts, &amounts)
                };
                turns.extend(turn(least, most, at));
            }
        }
        turns
    }

    /// For each choice of rows of its amounts, and each side that it tells apart: how it comes out
    /// at the fact's least value, and the number from which on otherwise. A comparison of no fact
    /// only comes out. `between` has the sides of an earlier and a later day, from the one to the
    /// other of which each only goes up.
    pub(super) fn sides(
        &self,
        fact: Option<FactId>,
        between: Option<(&[Side], &[Side])>,
    ) -> Vec<Side> {
        let mut sides = Vec::new();
        for amounts in self.combinations() {
            for comparison in self.told_apart().iter().copied() {
                let holds = |facts| self.holds_as(Some(comparison), &facts, &amounts);
                let Some(fact) = fact else {
                    sides.push((holds(Vec::new()), None));
                    continue;
                };
                let kind = &self.view.book().facts[fact].kind;
                let Some((scale, least, most)) = Scale::of(kind, self.view.as_at) else { continue };
                let at = |number: i128| holds(vec![(fact, scale.figure(number))]);
                let place = sides.len();
                let ends =
                    between.and_then(|(low, high)| Some((low.get(place)?, high.get(place)?)));
                sides.push(match ends {
                    Some(((before, None), (after, None))) if before == after => (*before, None),
                    Some(((before, Some(low)), (after, Some(high)))) if before == after => {
                        (*before, Some(turn_between((low - 1).max(least), *high, *before, at)))
                    }
                    _ => (at(least), turn(least, most, at)),
                });
            }
        }
        sides
    }

    /// The sides of its boundary that it tells apart.
    const fn told_apart(&self) -> &'static [Comparison] {
        let (Condition::Compare(comparison, ..) | Condition::Gap(_, comparison, _)) =
            self.condition
        else {
            return &[];
        };
        match comparison {
            Comparison::Equal => &[Comparison::Under, Comparison::AtOrUnder],
            Comparison::Under | Comparison::AtOrOver => &[Comparison::Under],
            Comparison::AtOrUnder | Comparison::Over => &[Comparison::AtOrUnder],
        }
    }

    /// Every choice of a row in force for each of its amounts.
    fn combinations(&self) -> Vec<Taken<AmountId>> {
        let mut combinations: Vec<Taken<AmountId>> = vec![Vec::new()];
        for amount in amounts_of(self.condition) {
            let mut values: Vec<Option<Scalar>> = Vec::new();
            for row in self.view.rows(amount) {
                let value = row.value.as_ref().and_then(scalar);
                if !values.contains(&value) {
                    values.push(value);
                }
            }
            let with = |before: &Taken<AmountId>| -> Vec<Taken<AmountId>> {
                let more = |value: &Option<Scalar>| {
                    let mut more = before.clone();
                    more.push((amount, *value));
                    more
                };
                values.iter().map(more).collect()
            };
            combinations = combinations.iter().flat_map(with).collect();
        }
        combinations
    }
}

/// The least number at which `at` is not what it is at `least`, if it turns at all by `most`.
fn turn(least: i128, most: i128, at: impl Fn(i128) -> Known) -> Option<i128> {
    let before = at(least);
    if at(most) == before {
        return None;
    }
    Some(turn_between(least, most, before, at))
}

/// The least number at which `at` is not what it is before, and still is at `low`.
fn turn_between(mut low: i128, mut high: i128, before: Known, at: impl Fn(i128) -> Known) -> i128 {
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if at(middle) == before {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}
