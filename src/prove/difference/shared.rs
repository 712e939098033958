//! What the commissions for which something differs share: for whom it differs.

use super::super::cells::{Cells, Scale};
use super::super::diagram::{GaveUp, Set};
use super::super::logic::Logic;
use super::super::space::Dimension;
use super::compare::Found;
use super::sides::Sides;
use super::{Allowed, Range, Shared, Side};
use crate::pack::{Condition, FactId, ListId, Value, walk};
use crate::quantity::CpvCode;

/// What all commissions of these share beyond what those share for which it could differ, and
/// whether it differs for all of those that are so.
pub(super) fn shared(sides: &Sides<'_>, found: &[Found]) -> Result<(Vec<Shared>, bool), GaveUp> {
    let diagrams = sides.diagrams();
    let (mut set, mut within) = (diagrams.nothing(), diagrams.nothing());
    for found in found {
        set = diagrams.or(&set, &found.set)?;
        within = diagrams.or(&within, &found.within)?;
    }
    let mut shared = Vec::new();
    let mut so = diagrams.everything();
    let dimensions = sides.old.space.dimensions();
    let mut places: Vec<usize> =
        set.bits().iter().filter_map(|bit| sides.old.space.of_bit(*bit)).collect();
    places.dedup();
    for place in places {
        let Some(dimension) = dimensions.get(place) else { continue };
        if let Cells::Subsets(_) = dimension.cells {
            for (option, bit) in dimension.bits().into_iter().enumerate() {
                let only = |set: &Set| match (set.has(&[(bit, false)]), set.has(&[(bit, true)])) {
                    (true, false) => Some(false),
                    (false, true) => Some(true),
                    (true, true) | (false, false) => None,
                };
                if let (Some(is_yes), None) = (only(&set), only(&within)) {
                    so = diagrams.and(&so, &diagrams.bit(bit, is_yes))?;
                    shared.extend(includes(sides, dimension, option, is_yes));
                }
            }
            continue;
        }
        let can = |set: &Set| -> Vec<bool> {
            let cells = 0..dimension.cells.count();
            cells.map(|cell| set.has(&dimension.code(cell))).collect()
        };
        let (own, all) = (can(&set), can(&within));
        if own == all {
            continue;
        }
        let passes = |cell: usize| own.get(cell).copied().unwrap_or(false);
        so = diagrams.and(&so, &sides.old.space.cells(diagrams, place, passes)?)?;
        shared.extend(told(sides, place, dimension, &own, &all));
    }
    for found in found {
        if diagrams.and(&found.within, &so)? != found.set {
            return Ok((shared, false));
        }
    }
    Ok((shared, true))
}

/// The side whose rules hold a fact of a dimension, the new ones first.
fn owner<'s>(sides: &Sides<'s>, dimension: &Dimension) -> Option<(Side, &'s Logic<'s>, FactId)> {
    let on = |side, logic: &'s Logic<'s>| {
        let fact = dimension.facts.get(logic.number())?.first()?;
        Some((side, logic, *fact))
    };
    on(Side::New, sides.new).or_else(|| on(Side::Old, sides.old))
}

fn includes(
    sides: &Sides<'_>,
    dimension: &Dimension,
    option: usize,
    is_in: bool,
) -> Option<Shared> {
    let (side, logic, fact) = owner(sides, dimension)?;
    let places = logic.space.options(logic.number(), fact)?;
    let own = places.iter().position(|place| *place == option)?;
    Some(Shared::Fact(side, fact, Allowed::Includes(own, is_in)))
}

/// What the cells that are possible say of a dimension's fact. Cells that are possible in none of
/// the commissions for which it could differ don't part two ranges.
fn told(
    sides: &Sides<'_>,
    place: usize,
    dimension: &Dimension,
    own: &[bool],
    all: &[bool],
) -> Option<Shared> {
    if dimension.is_relation() {
        return comparison(sides, place, own.get(1).copied().unwrap_or(false));
    }
    let (side, logic, fact) = owner(sides, dimension)?;
    let is_own = |cell: usize| own.get(cell).copied().unwrap_or(false);
    let allowed = match &dimension.cells {
        Cells::YesNo => Allowed::YesNo(is_own(1)),
        Cells::Options(_) => {
            let places = logic.space.options(logic.number(), fact)?;
            let options = places.iter().enumerate().filter(|(_, cell)| is_own(**cell));
            Allowed::Options(options.map(|(option, _)| option).collect())
        }
        Cells::Ordered(scale, starts) => Allowed::Ranges(ranges(*scale, starts, own, all)),
        Cells::Codes(starts, _) => match list(logic, fact, own, all) {
            Some((list, is_on)) => Allowed::OnList(list, is_on),
            None => Allowed::Codes(codes(starts, own)),
        },
        Cells::Texts(texts) if is_own(texts.len()) => {
            let others = texts.iter().enumerate().filter(|(cell, _)| !is_own(*cell));
            Allowed::OtherTexts(others.map(|(_, text)| text.clone()).collect())
        }
        Cells::Texts(texts) => {
            let these = texts.iter().enumerate().filter(|(cell, _)| is_own(*cell));
            Allowed::Texts(these.map(|(_, text)| text.clone()).collect())
        }
        Cells::Subsets(_) | Cells::Free | Cells::Known => return None,
    };
    Some(Shared::Fact(side, fact, allowed))
}

fn ranges(scale: Scale, starts: &[i128], own: &[bool], all: &[bool]) -> Vec<Range> {
    let is = |cells: &[bool], cell: usize| cells.get(cell).copied().unwrap_or(false);
    let pair = |number: i128| Some((scale.value(number)?, scale.value(number - 1)?));
    let mut ranges: Vec<Range> = Vec::new();
    let end = |last: usize| starts.get(last + 1).copied().and_then(pair);
    let mut last_own = None;
    for (cell, start) in starts.iter().enumerate() {
        if is(own, cell) {
            if last_own.is_none() {
                let least = if cell > 0 { pair(*start) } else { None };
                ranges.push(Range { least, end: None });
            }
            last_own = Some(cell);
        } else if is(all, cell)
            && let (Some(last), Some(range)) = (last_own.take(), ranges.last_mut())
        {
            range.end = end(last);
        }
    }
    // Both ends are told, also where nothing for which it could differ lies beyond one.
    if let (Some(last), Some(range)) = (last_own, ranges.last_mut()) {
        range.end = end(last);
    }
    ranges
}

/// A list that the codes are on, or are not on, as far as they are possible.
fn list(logic: &Logic<'_>, fact: FactId, own: &[bool], all: &[bool]) -> Option<(ListId, bool)> {
    let mut lists: Vec<ListId> = Vec::new();
    for condition in logic.view.conditions() {
        walk(condition, &mut |condition| {
            if let Condition::InList(read, list) = condition
                && *read == fact
                && !lists.contains(list)
            {
                lists.push(*list);
            }
        });
    }
    let values = logic.space.values(logic.number(), logic.book(), fact);
    lists.into_iter().find_map(|list| {
        let sets = logic.view.codes(list);
        let is_on = |cell: usize| {
            matches!(values.get(cell), Some(Value::Code(code))
                if sets.iter().any(|set| set.contains(*code)))
        };
        let are = |wanted: bool| {
            let mut cells = own.iter().zip(all).enumerate().filter(|(_, (_, possible))| **possible);
            cells.all(|(cell, (own, _))| *own == (is_on(cell) == wanted))
        };
        [true, false].into_iter().find(|wanted| are(*wanted)).map(|wanted| (list, wanted))
    })
}

fn codes(starts: &[(CpvCode, usize)], own: &[bool]) -> Vec<(CpvCode, Option<CpvCode>)> {
    let mut found: Vec<(CpvCode, Option<CpvCode>)> = Vec::new();
    let mut is_open = false;
    for (start, class) in starts {
        let is_own = own.get(*class).copied().unwrap_or(false);
        match (is_own, is_open) {
            (true, false) => found.push((*start, None)),
            (false, true) => {
                if let Some((_, next)) = found.last_mut() {
                    *next = Some(*start);
                }
            }
            (true, true) | (false, false) => {}
        }
        is_open = is_own;
    }
    found
}

/// The comparison of a relation, as some rule of either version writes it.
fn comparison(sides: &Sides<'_>, place: usize, holds: bool) -> Option<Shared> {
    let on = |side, logic: &Logic<'_>| {
        let mut found: Option<Condition> = None;
        for condition in logic.view.conditions() {
            walk(condition, &mut |condition| {
                if found.is_none() && logic.relation(condition) == Some(place) {
                    found = Some(condition.clone());
                }
            });
        }
        found.map(|condition| Shared::Comparison(side, condition, holds))
    };
    on(Side::New, sides.new).or_else(|| on(Side::Old, sides.old))
}
