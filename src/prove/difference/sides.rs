//! Both versions on one day, over one space, with the commissions that can be told to both.

use std::collections::BTreeMap;

use super::super::cells::{Cells, Scale};
use super::super::diagram::{Bit, Diagrams, GaveUp, Set};
use super::super::logic::Logic;
use super::super::space::kind_name;
use super::Two;
use super::meaning::kind_meaning;
use crate::pack::{FactKind, Id, Rulebook, Table};

/// Both versions as logic, over one space.
pub(super) struct Sides<'s> {
    pub(super) old: &'s Logic<'s>,
    pub(super) new: &'s Logic<'s>,
    /// The commissions that can be told to both.
    pub(super) valid: Set,
    /// The bits of facts that are of another type in the other version.
    pub(super) retyped: Vec<Bit>,
}

impl<'s> Sides<'s> {
    pub(super) fn new(old: &'s Logic<'s>, new: &'s Logic<'s>) -> Result<Self, GaveUp> {
        let mut sides = Self { old, new, valid: old.diagrams.everything(), retyped: Vec::new() };
        let facts = paired(&old.book().facts, &new.book().facts, |fact| &fact.name);
        for (_, two) in facts {
            let (Some(before), Some(after)) = (two.old, two.new) else { continue };
            let (a, b) = (&old.book().facts[before].kind, &new.book().facts[after].kind);
            if kind_meaning(a) == kind_meaning(b) {
                continue;
            }
            let dimensions = [old.space.dimension(0, before), old.space.dimension(1, after)];
            for place in dimensions.into_iter().flatten() {
                if is_retyped(a, b) {
                    let dimension = old.space.dimensions().get(place);
                    sides.retyped.extend(dimension.into_iter().flat_map(|it| it.bits()));
                } else {
                    sides.restrict(place, (a, b))?;
                }
            }
        }
        Ok(sides)
    }

    pub(super) fn diagrams(&self) -> &'s Diagrams {
        &self.old.diagrams
    }

    pub(super) const fn books(&self) -> (&'s Rulebook, &'s Rulebook) {
        (self.old.book(), self.new.book())
    }

    /// Leaves out the commissions whose fact can't be so in both versions.
    fn restrict(&mut self, place: usize, kinds: (&FactKind, &FactKind)) -> Result<(), GaveUp> {
        let Some(dimension) = self.old.space.dimensions().get(place) else { return Ok(()) };
        let is_in_both = |name: &String| {
            let has = |kind: &FactKind| kind.choices().iter().any(|choice| choice.name == *name);
            has(kinds.0) && has(kinds.1)
        };
        let diagrams = self.diagrams();
        match &dimension.cells {
            Cells::Options(names) => {
                let is_valid = |cell: usize| names.get(cell).is_some_and(is_in_both);
                let valid = self.old.space.cells(diagrams, place, is_valid)?;
                self.valid = diagrams.and(&self.valid, &valid)?;
            }
            Cells::Subsets(names) => {
                for (name, bit) in names.iter().zip(dimension.bits()) {
                    if !is_in_both(name) {
                        self.valid = diagrams.and(&self.valid, &diagrams.bit(bit, false))?;
                    }
                }
            }
            Cells::Ordered(_, starts) => {
                let bounds = |kind: &FactKind| {
                    let (_, least, most) = Scale::of(kind, self.old.view.as_at)?;
                    Some((least, most))
                };
                let (Some(a), Some(b)) = (bounds(kinds.0), bounds(kinds.1)) else { return Ok(()) };
                let (least, most) = (a.0.max(b.0), a.1.min(b.1));
                let is_valid = |cell: usize| {
                    let start = starts.get(cell).copied();
                    let ends_before = starts.get(cell + 1).is_some_and(|next| *next <= least);
                    !ends_before && start.is_some_and(|start| start <= most)
                };
                let valid = self.old.space.cells(diagrams, place, is_valid)?;
                self.valid = diagrams.and(&self.valid, &valid)?;
            }
            Cells::YesNo | Cells::Codes(..) | Cells::Texts(_) | Cells::Free | Cells::Known => {}
        }
        Ok(())
    }

    /// Whether some of these commissions are there whatever comparisons of several facts come to.
    pub(super) fn is_sure(&self, set: &Set) -> bool {
        !self.diagrams().for_all(set, &self.old.space.relation_bits()).is_nothing()
    }
}

/// Whether values of one kind mean nothing as values of the other.
fn is_retyped(a: &FactKind, b: &FactKind) -> bool {
    let basis = |kind: &FactKind| match kind {
        FactKind::Money(basis, ..) => *basis,
        FactKind::YesNo
        | FactKind::OneOf(_)
        | FactKind::SomeOf(_)
        | FactKind::Number(..)
        | FactKind::Percentage(..)
        | FactKind::Date
        | FactKind::Duration
        | FactKind::Text
        | FactKind::Cpv => None,
    };
    kind_name(a) != kind_name(b) || basis(a) != basis(b)
}

/// Things of one name in both versions, in the order of the old rules, then of the new.
pub(super) fn paired<'b, I: Id, T>(
    old: &'b Table<I, T>,
    new: &'b Table<I, T>,
    name: impl Fn(&'b T) -> &'b str,
) -> Vec<(&'b str, Two<I>)> {
    let mut later: BTreeMap<&str, I> = new.iter().map(|(id, row)| (name(row), id)).collect();
    let mut pairs: Vec<(&str, Two<I>)> = old
        .iter()
        .map(|(id, row)| (name(row), Two { old: Some(id), new: later.remove(name(row)) }))
        .collect();
    let only_new = new.iter().filter(|(_, row)| later.contains_key(name(row)));
    pairs.extend(only_new.map(|(id, row)| (name(row), Two { old: None, new: Some(id) })));
    pairs
}
