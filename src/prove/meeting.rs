//! A commission on which several sets agree, found without making the set of all such commissions:
//! that set may be past any budget while its first member is a few steps away.

use std::collections::HashSet;

use super::diagram::{Bit, Diagrams, GaveUp, Set};

/// The commissions that are inside some sets and outside others.
#[derive(Clone, Debug, Default)]
pub(super) struct Meeting {
    sides: Vec<Side>,
}

#[derive(Clone, Debug)]
struct Side {
    set: Set,
    is_inside: bool,
    /// A bit that this set takes to be so, whatever the commission says of it.
    given: Option<(Bit, bool)>,
}

impl Meeting {
    /// The commissions of a set.
    pub(super) fn of(set: Set) -> Self {
        Self::default().inside(set)
    }

    /// Those that are in a set too.
    pub(super) fn inside(mut self, set: Set) -> Self {
        self.sides.push(Side { set, is_inside: true, given: None });
        self
    }

    /// Those that are not in a set.
    pub(super) fn outside(mut self, set: Set) -> Self {
        self.sides.push(Side { set, is_inside: false, given: None });
        self
    }

    /// Those that would be among these if a bit were so.
    pub(super) fn given(mut self, bit: Bit, is_yes: bool) -> Self {
        for side in &mut self.sides {
            side.given.get_or_insert((bit, is_yes));
        }
        self
    }

    /// Those that are in another meeting too.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.sides.extend(other.sides);
        self
    }

    /// Whether it is plain that there are none.
    pub(super) fn is_plainly_nothing(&self) -> bool {
        self.sides.iter().any(|side| match side.is_inside {
            true => side.set.is_nothing(),
            false => side.set.is_everything(),
        })
    }

    /// What some commission that is among them has for bits; none where there is none.
    ///
    /// # Errors
    /// When that took more steps than a diagram may have nodes.
    pub(super) fn first(&self, diagrams: &Diagrams) -> Result<Option<Vec<(Bit, bool)>>, GaveUp> {
        let (dead, way) = (HashSet::new(), Vec::new());
        let mut search = Search { sides: &self.sides, n_max: diagrams.n_nodes_max(), dead, way };
        let tops: Nodes = self.sides.iter().map(|side| side.given(side.set.top())).collect();
        Ok(search.goes_on(&tops)?.then_some(search.way))
    }

    /// All of them.
    ///
    /// # Errors
    /// When their diagram would have grown past its budget.
    pub(super) fn all(&self, diagrams: &Diagrams) -> Result<Set, GaveUp> {
        let mut all = diagrams.everything();
        for Side { set, is_inside, given } in &self.sides {
            let given: Vec<(Bit, bool)> = given.iter().copied().collect();
            let set = set.given(&given);
            all =
                if *is_inside { diagrams.and(&all, &set)? } else { diagrams.minus(&all, &set)? };
        }
        Ok(all)
    }
}

impl Side {
    /// The node that is gone on from at a node, the bit given being so.
    fn given(&self, node: usize) -> usize {
        match self.given {
            Some((bit, is_yes)) if end(node).is_none() && self.set.step(node).bit == bit => {
                self.set.step(node).after(is_yes)
            }
            _ => node,
        }
    }
}

/// A node of each side's diagram.
type Nodes = Box<[usize]>;

/// A walk down all the sides' diagrams at once.
struct Search<'s> {
    sides: &'s [Side],
    n_max: usize,
    /// The nodes from which nothing was found.
    dead: HashSet<Nodes>,
    /// The bits passed on the way, from its end.
    way: Vec<(Bit, bool)>,
}

impl Search<'_> {
    /// Whether a way goes on from these nodes to the wanted end of each side.
    fn goes_on(&mut self, nodes: &Nodes) -> Result<bool, GaveUp> {
        let mut next: Option<Bit> = None;
        for (side, node) in self.sides.iter().zip(nodes) {
            match end(*node) {
                Some(end) if end != side.is_inside => return Ok(false),
                Some(_) => {}
                None => {
                    let bit = side.set.step(*node).bit;
                    next = Some(next.map_or(bit, |other| other.min(bit)));
                }
            }
        }
        let Some(bit) = next else { return Ok(true) };
        if self.dead.contains(nodes) {
            return Ok(false);
        }
        for is_yes in [false, true] {
            let after = self.sides.iter().zip(nodes).map(|(side, node)| match end(*node) {
                None if side.set.step(*node).bit == bit => {
                    side.given(side.set.step(*node).after(is_yes))
                }
                _ => *node,
            });
            if self.goes_on(&after.collect())? {
                self.way.push((bit, is_yes));
                return Ok(true);
            }
        }
        if self.dead.len() >= self.n_max {
            return Err(GaveUp);
        }
        self.dead.insert(nodes.clone());
        Ok(false)
    }
}

/// What is so at a diagram's end: the first node is no, the second yes.
const fn end(node: usize) -> Option<bool> {
    match node {
        0 => Some(false),
        1 => Some(true),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_meet_where_all_of_them_is_something() {
        let diagrams = Diagrams::new(3, 100);
        let [a, b, c] = [0, 1, 2].map(|bit| diagrams.bit(bit, true));
        let either = Meeting::of(diagrams.or(&a, &b).unwrap());
        let met = either.clone().outside(a.clone()).inside(c);
        assert_eq!(met.first(&diagrams), Ok(Some(vec![(2, true), (1, true), (0, false)])));
        assert!(!met.all(&diagrams).unwrap().is_nothing());
        let neither = either.outside(a).outside(b);
        assert_eq!(neither.first(&diagrams), Ok(None));
        assert!(neither.all(&diagrams).unwrap().is_nothing());
    }

    #[test]
    fn where_nothing_is_asked_any_commission_will_do() {
        assert_eq!(Meeting::default().first(&Diagrams::new(1, 100)), Ok(Some(Vec::new())));
    }

    #[test]
    fn what_turns_on_a_bit_meets_itself_with_the_bit_the_other_way() {
        let diagrams = Diagrams::new(2, 100);
        let [a, b] = [0, 1].map(|bit| diagrams.bit(bit, true));
        let both = diagrams.and(&a, &b).unwrap();
        let turns = |set: &Set| {
            let other = Meeting::default().outside(set.clone()).given(0, false);
            let met = Meeting::of(set.clone()).given(0, true).and(other);
            assert_eq!(
                met.first(&diagrams).unwrap().is_none(),
                met.all(&diagrams).unwrap().is_nothing()
            );
            met.first(&diagrams).unwrap()
        };
        assert_eq!(turns(&both), Some(vec![(1, true)]));
        assert_eq!(turns(&b), None);
    }
}
