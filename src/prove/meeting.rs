//! A commission on which several sets agree, found without making the set of all such commissions:
//! that set may be past any budget while its first member is a few steps away.

use std::collections::HashSet;

use super::diagram::{Bit, Diagrams, GaveUp, Set};

/// The commissions that are inside some sets and outside others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Meeting {
    sides: Vec<Side>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
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

    /// Those of them of which this is known; it then matters no more.
    pub(super) fn narrowed(&self, known: &[(Bit, bool)]) -> Self {
        let narrowed = |side: &Side| Side { set: side.set.given(known), ..side.clone() };
        Self { sides: self.sides.iter().map(narrowed).collect() }
    }

    /// The sets that it is of, each with whether its commissions are inside it.
    pub(super) fn sets(&self) -> impl Iterator<Item = (&Set, bool)> {
        self.sides.iter().map(|side| (&side.set, side.is_inside))
    }

    /// Those of them that would not be among these, were a bit otherwise: for each set, those that
    /// it would let in no more.
    pub(super) fn turning(&self, bit: Bit) -> impl Iterator<Item = Self> {
        [false, true].into_iter().flat_map(move |is_yes| {
            let here = self.clone().given(bit, is_yes);
            self.sides.iter().filter(move |side| side.set.turns_on(bit)).map(move |side| {
                let other = if side.is_inside {
                    Self::default().outside(side.set.clone())
                } else {
                    Self::of(side.set.clone())
                };
                here.clone().and(other.given(bit, !is_yes))
            })
        })
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

    /// Whether it is plain that all commissions are among them, or none.
    pub(super) fn is_plainly_settled(&self) -> bool {
        let is_settled = |side: &Side| side.set.is_nothing() || side.set.is_everything();
        self.is_plainly_nothing() || self.sides.iter().all(is_settled)
    }

    /// What some commission that is among them has for bits; none where there is none.
    ///
    /// # Errors
    /// When that took more steps than a diagram may have nodes.
    pub(super) fn first(&self, diagrams: &Diagrams) -> Result<Option<Vec<(Bit, bool)>>, GaveUp> {
        self.first_of(diagrams, &Fixed::default())
    }

    /// The same among the commissions of which this is known: quicker than narrowing the sets.
    ///
    /// # Errors
    /// When that took more steps than a diagram may have nodes.
    pub(super) fn first_of(
        &self,
        diagrams: &Diagrams,
        known: &Fixed,
    ) -> Result<Option<Vec<(Bit, bool)>>, GaveUp> {
        let (dead, way) = (HashSet::new(), Vec::new());
        let n_max = diagrams.n_nodes_max();
        let mut search = Search { sides: &self.sides, known, n_max, dead, way };
        let mut tops = Vec::with_capacity(self.sides.len());
        for side in &self.sides {
            let top = side.passed(side.set.top(), known);
            if end(top).is_some_and(|end| end != side.is_inside) {
                return Ok(None);
            }
            tops.push(top);
        }
        Ok(search.goes_on(&tops.into())?.then_some(search.way))
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
    /// The node that is gone on from at a node: past the bits that are given or known.
    fn passed(&self, mut node: usize, known: &Fixed) -> usize {
        while end(node).is_none() {
            let step = self.set.step(node);
            let is_yes = match self.given {
                Some((bit, is_yes)) if bit == step.bit => Some(is_yes),
                _ => known.get(step.bit),
            };
            match is_yes {
                Some(is_yes) => node = step.after(is_yes),
                None => break,
            }
        }
        node
    }
}

/// What is known of the commissions looked at, by bit.
#[derive(Clone, Debug, Default)]
pub(super) struct Fixed {
    bits: Vec<Option<bool>>,
}

impl Fixed {
    pub(super) fn of(known: &[(Bit, bool)]) -> Self {
        let mut bits = Self::default();
        known.iter().for_each(|(bit, is_yes)| bits.put(*bit, Some(*is_yes)));
        bits
    }

    /// That a bit is so, or is not known.
    pub(super) fn put(&mut self, bit: Bit, known: Option<bool>) {
        let place = usize::from(bit);
        if self.bits.len() <= place {
            self.bits.resize(place + 1, None);
        }
        if let Some(here) = self.bits.get_mut(place) {
            *here = known;
        }
    }

    fn get(&self, bit: Bit) -> Option<bool> {
        self.bits.get(usize::from(bit)).copied().flatten()
    }
}

/// A node of each side's diagram.
type Nodes = Box<[usize]>;

/// A walk down all the sides' diagrams at once.
struct Search<'s> {
    sides: &'s [Side],
    known: &'s Fixed,
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
                    side.passed(side.set.step(*node).after(is_yes), self.known)
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
    fn what_is_fixed_is_as_if_the_sets_were_narrowed() {
        let diagrams = Diagrams::new(3, 100);
        let [a, b, c] = [0, 1, 2].map(|bit| diagrams.bit(bit, true));
        let met = Meeting::of(diagrams.or(&a, &b).unwrap()).outside(diagrams.and(&b, &c).unwrap());
        for bits in [vec![(0, false)], vec![(0, false), (2, true)], vec![(1, true), (0, true)]] {
            let first = met.first_of(&diagrams, &Fixed::of(&bits)).unwrap();
            assert_eq!(first, met.narrowed(&bits).first(&diagrams).unwrap(), "{bits:?}");
        }
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
