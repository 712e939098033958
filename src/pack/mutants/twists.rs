//! The changes to a condition, and how one is made.

use super::super::condition::{Condition, Figure, Limb, Quantity, Term, Value, quantities_of};
use super::Twist;
use super::gather::a_step_off;
use crate::quantity::Percentage;
use crate::syntax::tree::Comparison;

/// A condition and every condition in it, outermost first, each with the limbs that lead to it.
pub(super) fn steps(condition: &Condition) -> Vec<(Vec<usize>, &Condition)> {
    let mut found = vec![(Vec::new(), condition)];
    let mut next = 0;
    while let Some((path, condition)) = found.get(next).cloned() {
        for (place, inner) in inners(condition).into_iter().enumerate() {
            let mut path = path.clone();
            path.push(place);
            found.push((path, inner));
        }
        next += 1;
    }
    found
}

fn inners(condition: &Condition) -> Vec<&Condition> {
    match condition {
        Condition::All(limbs) | Condition::Any(limbs) | Condition::AtLeast(_, limbs) => {
            limbs.iter().map(|limb| &limb.condition).collect()
        }
        Condition::Not(inner) => vec![inner],
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
        | Condition::Gap(..) => Vec::new(),
    }
}

/// The condition to which these limbs lead.
pub(super) fn inner<'b>(condition: &'b Condition, path: &[usize]) -> Option<&'b Condition> {
    path.iter().try_fold(condition, |condition, place| inners(condition).get(*place).copied())
}

/// The same, to be changed.
pub(super) fn inner_mut<'b>(
    condition: &'b mut Condition,
    path: &[usize],
) -> Option<&'b mut Condition> {
    let Some((place, rest)) = path.split_first() else { return Some(condition) };
    if let Condition::Not(inner) = condition {
        return inner_mut(inner, rest);
    }
    inner_mut(&mut limbs_mut(condition)?.get_mut(*place)?.condition, rest)
}

/// The limbs of a condition that has some.
fn limbs_mut(condition: &mut Condition) -> Option<&mut Vec<Limb>> {
    if let Condition::All(limbs) | Condition::Any(limbs) | Condition::AtLeast(_, limbs) = condition
    {
        return Some(limbs);
    }
    None
}

/// Every change to a condition, those in it aside.
pub(super) fn twists(condition: &Condition) -> Vec<Twist> {
    match condition {
        Condition::All(limbs) | Condition::Any(limbs) if limbs.len() > 1 => {
            std::iter::once(Twist::Connective)
                .chain((0..limbs.len()).map(Twist::LimbDropped))
                .collect()
        }
        Condition::AtLeast(count, limbs) => {
            let n_limbs = u32::try_from(limbs.len()).unwrap_or(u32::MAX);
            let counts = [count.checked_sub(1), count.checked_add(1)].into_iter().flatten();
            let counts = counts.filter(|count| (1..=n_limbs).contains(count)).map(Twist::Count);
            let places = 0..if *count < n_limbs { limbs.len() } else { 0 };
            counts.chain(places.map(Twist::LimbDropped)).collect()
        }
        Condition::All(_) | Condition::Any(_) | Condition::Not(_) => Vec::new(),
        Condition::Yes(_)
        | Condition::Includes(..)
        | Condition::TextIs(..)
        | Condition::CodeIs(..)
        | Condition::InList(..)
        | Condition::Known(_) => vec![Twist::Negated],
        Condition::OneOf(_, options) | Condition::Outcome(_, options) => among(options.len()),
        Condition::RouteIs(routes) => among(routes.len()),
        Condition::ModelIs(models) => among(models.len()),
        Condition::Compare(comparison, ..) | Condition::Gap(_, comparison, _) => {
            let moved = boundary(*comparison).iter().copied().map(Twist::Comparison);
            moved.chain([against(*comparison)]).chain(figures(condition)).collect()
        }
    }
}

/// The changes to what is one of several.
fn among(count: usize) -> Vec<Twist> {
    let places = 0..if count > 1 { count } else { 0 };
    std::iter::once(Twist::Negated).chain(places.map(Twist::OptionDropped)).collect()
}

/// What a comparison is with its boundary moved: mistaken most easily, and tested least.
pub(super) const fn boundary(comparison: Comparison) -> &'static [Comparison] {
    match comparison {
        Comparison::Under => &[Comparison::AtOrUnder],
        Comparison::AtOrUnder => &[Comparison::Under],
        Comparison::Over => &[Comparison::AtOrOver],
        Comparison::AtOrOver => &[Comparison::Over],
        Comparison::Equal => &[Comparison::AtOrUnder, Comparison::AtOrOver],
    }
}

/// What turns a comparison round.
const fn against(comparison: Comparison) -> Twist {
    match comparison {
        Comparison::Under => Twist::Comparison(Comparison::Over),
        Comparison::AtOrUnder => Twist::Comparison(Comparison::AtOrOver),
        Comparison::Over => Twist::Comparison(Comparison::Under),
        Comparison::AtOrOver => Twist::Comparison(Comparison::AtOrUnder),
        Comparison::Equal => Twist::Negated,
    }
}

/// The changes to the figures that a comparison itself writes.
fn figures(condition: &Condition) -> Vec<Twist> {
    let literals = literals(condition).into_iter().enumerate();
    let literals = literals
        .flat_map(|(place, value)| a_step_off(value).into_iter().map(move |new| (place, new)))
        .map(|(place, new)| Twist::Literal(place, new));
    let shares = shares(condition).into_iter().enumerate();
    let shares = shares.flat_map(|(place, share)| {
        let millionths = share.millionths();
        let around = [millionths - 1, millionths + 1].into_iter().filter(|share| *share >= 0);
        around.map(move |share| Twist::Share(place, Percentage::from_millionths(share)))
    });
    literals.chain(shares).collect()
}

/// The literals that a comparison writes, in their order.
#[must_use]
pub fn literals<'c>(condition: &'c Condition) -> Vec<&'c Value> {
    let figures = quantities_of(condition).into_iter().flat_map(Quantity::figures);
    let literal = |figure: &'c Figure| match figure {
        Figure::Literal(value) => Some(value),
        Figure::Fact(_) | Figure::Amount(_) | Figure::AsAt => None,
    };
    figures.filter_map(literal).collect()
}

/// The percentages of which a comparison takes a share, in their order.
#[must_use]
pub fn shares(condition: &Condition) -> Vec<Percentage> {
    let terms = quantities_of(condition).into_iter().flat_map(|quantity| &quantity.terms);
    let share = |(_, term): &(_, Term)| match term {
        Term::Share(share, _) => Some(*share),
        Term::Figure(_) => None,
    };
    terms.filter_map(share).collect()
}

/// Changes a condition. A twist is only ever of a condition that has what it changes.
pub(super) fn twist(condition: &mut Condition, twist: &Twist) {
    match twist {
        Twist::Comparison(new) => {
            if let Condition::Compare(old, ..) | Condition::Gap(_, old, _) = condition {
                *old = *new;
            }
        }
        Twist::Literal(place, new) => {
            let figures = terms_mut(condition).into_iter().flat_map(figures_mut);
            let literals = figures.filter_map(|figure| match figure {
                Figure::Literal(value) => Some(value),
                Figure::Fact(_) | Figure::Amount(_) | Figure::AsAt => None,
            });
            literals.skip(*place).take(1).for_each(|value| *value = new.clone());
        }
        Twist::Share(place, new) => {
            let shares = terms_mut(condition).into_iter().filter_map(|term| match term {
                Term::Share(share, _) => Some(share),
                Term::Figure(_) => None,
            });
            shares.skip(*place).take(1).for_each(|share| *share = *new);
        }
        Twist::Connective => {
            if let Condition::All(limbs) = condition {
                *condition = Condition::Any(std::mem::take(limbs));
            } else if let Condition::Any(limbs) = condition {
                *condition = Condition::All(std::mem::take(limbs));
            }
        }
        Twist::Count(new) => {
            if let Condition::AtLeast(count, _) = condition {
                *count = *new;
            }
        }
        Twist::Negated => {
            let was = std::mem::replace(condition, Condition::All(Vec::new()));
            *condition = Condition::Not(Box::new(was));
        }
        Twist::LimbDropped(place) => {
            if let Some(limbs) = limbs_mut(condition) {
                take_out(limbs, *place);
            }
        }
        Twist::OptionDropped(place) => drop_option(condition, *place),
    }
}

fn drop_option(condition: &mut Condition, place: usize) {
    if let Condition::OneOf(_, options) | Condition::Outcome(_, options) = condition {
        take_out(options, place);
    } else if let Condition::RouteIs(routes) = condition {
        take_out(routes, place);
    } else if let Condition::ModelIs(models) = condition {
        take_out(models, place);
    }
}

pub(super) fn take_out<T>(rows: &mut Vec<T>, place: usize) {
    if place < rows.len() {
        rows.remove(place);
    }
}

fn terms_mut(condition: &mut Condition) -> Vec<&mut Term> {
    let quantities = if let Condition::Compare(_, left, right) = condition {
        vec![left, right]
    } else if let Condition::Gap(dates, _, duration) = condition {
        let (from, to) = &mut **dates;
        vec![from, to, duration]
    } else {
        Vec::new()
    };
    quantities
        .into_iter()
        .flat_map(|quantity| quantity.terms.iter_mut().map(|(_, term)| term))
        .collect()
}

fn figures_mut(term: &mut Term) -> Vec<&mut Figure> {
    match term {
        Term::Figure(figure) => vec![figure],
        Term::Share(_, figures) => figures.iter_mut().map(|(_, figure)| figure).collect(),
    }
}
