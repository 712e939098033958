//! Sets of commissions as binary decision diagrams: canonical, so that equal sets are one diagram.
//! The only file that names the library.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use biodivine_lib_bdd::{
    Bdd, BddPartialValuation, BddPointer, BddVariable, BddVariableSet, op_function,
};

/// A yes or no that commissions differ by; facts are made of one or several.
pub(super) type Bit = u16;

/// That a diagram would have grown past its budget: nothing is then claimed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct GaveUp;

/// A set of commissions. What is cloned is a name of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Set {
    diagram: Arc<Bdd>,
}

/// Makes sets over so many bits, none larger than its budget of nodes.
#[derive(Debug)]
pub(super) struct Diagrams {
    variables: BddVariableSet,
    n_nodes_max: usize,
    /// The nodes of the largest diagram made so far.
    largest: AtomicUsize,
}

/// A node of a diagram: where to go on for no and for yes. The first two of a diagram's nodes are
/// the ends, no and yes; every other comes after those it goes on to, and the last is its top.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub(super) bit: Bit,
    pub(super) no: usize,
    pub(super) yes: usize,
}

impl Step {
    /// The node after it.
    pub(super) const fn after(self, is_yes: bool) -> usize {
        if is_yes { self.yes } else { self.no }
    }
}

impl Diagrams {
    pub(super) fn new(n_bits: Bit, n_nodes_max: usize) -> Self {
        Self {
            variables: BddVariableSet::new_anonymous(n_bits),
            n_nodes_max,
            largest: AtomicUsize::new(0),
        }
    }

    /// The nodes of the largest diagram made so far.
    pub(super) fn largest(&self) -> usize {
        self.largest.load(Ordering::Relaxed)
    }

    pub(super) fn everything(&self) -> Set {
        Set::of(self.variables.mk_true())
    }

    pub(super) fn nothing(&self) -> Set {
        Set::of(self.variables.mk_false())
    }

    /// Everything or nothing.
    pub(super) fn constant(&self, is_everything: bool) -> Set {
        if is_everything { self.everything() } else { self.nothing() }
    }

    /// The commissions of which a bit is yes, or those of which it is no.
    pub(super) fn bit(&self, bit: Bit, is_yes: bool) -> Set {
        let variable = BddVariable::from_index(usize::from(bit));
        Set::of(self.variables.mk_literal(variable, is_yes))
    }

    /// The same bits with a smaller budget.
    pub(super) fn within(&self, n_nodes_max: usize) -> Self {
        let largest = AtomicUsize::new(0);
        Self { variables: self.variables.clone(), n_nodes_max, largest }
    }

    /// The nodes that a diagram may have.
    pub(super) const fn n_nodes_max(&self) -> usize {
        self.n_nodes_max
    }

    /// What is in both.
    pub(super) fn and(&self, a: &Set, b: &Set) -> Result<Set, GaveUp> {
        if a.is_nothing() || b.is_everything() {
            return Ok(a.clone());
        }
        if b.is_nothing() || a.is_everything() {
            return Ok(b.clone());
        }
        self.joined(a, b, op_function::and)
    }

    /// What is in either.
    pub(super) fn or(&self, a: &Set, b: &Set) -> Result<Set, GaveUp> {
        if a.is_everything() || b.is_nothing() {
            return Ok(a.clone());
        }
        if b.is_everything() || a.is_nothing() {
            return Ok(b.clone());
        }
        self.joined(a, b, op_function::or)
    }

    /// What is in the first and not in the second.
    pub(super) fn minus(&self, a: &Set, b: &Set) -> Result<Set, GaveUp> {
        if a.is_nothing() || b.is_nothing() {
            return Ok(a.clone());
        }
        if b.is_everything() {
            return Ok(self.nothing());
        }
        self.joined(a, b, op_function::and_not)
    }

    /// What is in one and not in the other.
    pub(super) fn differing(&self, a: &Set, b: &Set) -> Result<Set, GaveUp> {
        self.joined(a, b, op_function::xor)
    }

    fn joined<T>(&self, a: &Set, b: &Set, by: T) -> Result<Set, GaveUp>
    where
        T: Fn(Option<bool>, Option<bool>) -> Option<bool>,
    {
        let joined = Bdd::binary_op_with_limit(self.n_nodes_max, &a.diagram, &b.diagram, by);
        let set = Set::of(joined.ok_or(GaveUp)?);
        // Written only while it grows: what threads write they wait for one another over.
        if set.diagram.size() > self.largest() {
            self.largest.fetch_max(set.diagram.size(), Ordering::Relaxed);
        }
        Ok(set)
    }

    /// The commissions that are in the set whatever these bits are.
    pub(super) fn for_all(&self, set: &Set, bits: &[Bit]) -> Set {
        Set::of(set.diagram.for_all(&variables(bits)))
    }

    /// The commissions that are in the set for some values of these bits.
    pub(super) fn for_some(&self, set: &Set, bits: &[Bit]) -> Set {
        Set::of(set.diagram.exists(&variables(bits)))
    }
}

fn variables(bits: &[Bit]) -> Vec<BddVariable> {
    bits.iter().map(|bit| BddVariable::from_index(usize::from(*bit))).collect()
}

impl Set {
    fn of(diagram: Bdd) -> Self {
        Self { diagram: Arc::new(diagram) }
    }

    pub(super) fn is_nothing(&self) -> bool {
        self.diagram.is_false()
    }

    pub(super) fn is_everything(&self) -> bool {
        self.diagram.is_true()
    }

    /// What is not in it.
    pub(super) fn not(&self) -> Self {
        Self::of(self.diagram.not())
    }

    /// The commissions that are in the set once these bits are so; the bits then matter no more.
    pub(super) fn given(&self, bits: &[(Bit, bool)]) -> Self {
        if self.diagram.as_bool().is_some() || bits.is_empty() {
            return self.clone();
        }
        let fixed: Vec<(BddVariable, bool)> = bits
            .iter()
            .map(|(bit, is_yes)| (BddVariable::from_index(usize::from(*bit)), *is_yes))
            .collect();
        Self::of(self.diagram.restrict_valuation(&BddPartialValuation::from_values(&fixed)))
    }

    /// Whether some commission of the set has these bits so.
    pub(super) fn has(&self, bits: &[(Bit, bool)]) -> bool {
        let last = bits.iter().map(|(bit, _)| *bit).max();
        let mut seen = vec![false; self.diagram.size()];
        let mut waiting = vec![self.diagram.root_pointer()];
        while let Some(node) = waiting.pop() {
            let is_seen =
                seen.get_mut(node.to_index()).is_none_or(|seen| std::mem::replace(seen, true));
            if node.is_zero() || is_seen {
                continue;
            }
            let step = self.step_of(node);
            // From every node but the end for no, some way goes on to the end for yes.
            if last.is_none_or(|last| step.bit > last) {
                return true;
            }
            let fixed = bits.iter().find(|(bit, _)| *bit == step.bit).map(|(_, is_yes)| *is_yes);
            for is_yes in [false, true] {
                if fixed.is_none_or(|fixed| fixed == is_yes) {
                    waiting.push(BddPointer::from_index(step.after(is_yes)));
                }
            }
        }
        false
    }

    /// Whether a commission may be in the set or not by this bit alone.
    pub(super) fn turns_on(&self, bit: Bit) -> bool {
        self.diagram.pointers().skip(2).any(|node| self.step_of(node).bit == bit)
    }

    /// The bits that whether a commission is in the set depends on.
    pub(super) fn bits(&self) -> BTreeSet<Bit> {
        self.steps().iter().skip(2).map(|step| step.bit).collect()
    }

    /// Its nodes, the ends first and its top last.
    pub(super) fn steps(&self) -> Vec<Step> {
        self.diagram.pointers().map(|node| self.step_of(node)).collect()
    }

    /// The place of its top among its nodes.
    pub(super) fn top(&self) -> usize {
        self.diagram.root_pointer().to_index()
    }

    /// A node by its place.
    pub(super) fn step(&self, place: usize) -> Step {
        self.step_of(BddPointer::from_index(place))
    }

    fn step_of(&self, node: BddPointer) -> Step {
        let bit = Bit::try_from(self.diagram.var_of(node).to_index()).unwrap_or(Bit::MAX);
        Step {
            bit,
            no: self.diagram.low_link_of(node).to_index(),
            yes: self.diagram.high_link_of(node).to_index(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The set of three bits that holds a commission where its bit of the table is one.
    fn of_table(diagrams: &Diagrams, table: u8) -> Set {
        (0..8).filter(|row| table >> row & 1 == 1).fold(diagrams.nothing(), |set, row| {
            let ways = (0..3).map(|bit| diagrams.bit(bit, row >> bit & 1 == 1));
            let one =
                ways.fold(diagrams.everything(), |all, way| diagrams.and(&all, &way).unwrap());
            diagrams.or(&set, &one).unwrap()
        })
    }

    #[test]
    fn the_largest_diagram_made_is_kept_in_mind() {
        let diagrams = Diagrams::new(3, 100);
        let [a, b, c] = [0, 1, 2].map(|bit| diagrams.bit(bit, true));
        assert_eq!(diagrams.largest(), 0);
        let both = diagrams.and(&a, &b).unwrap();
        assert_eq!(diagrams.largest(), 4);
        let all = diagrams.and(&both, &c).unwrap();
        assert_eq!(diagrams.largest(), 5);
        let less = diagrams.and(&b, &c).unwrap();
        assert!(all != less);
        assert_eq!(diagrams.largest(), 5);
    }

    #[test]
    fn a_set_has_bits_where_something_is_left_of_it_once_they_are_so() {
        let diagrams = Diagrams::new(3, 100);
        let ways = [None, Some(false), Some(true)];
        for table in 0..=u8::MAX {
            let set = of_table(&diagrams, table);
            for (a, b, c) in
                ways.iter().flat_map(|a| ways.iter().flat_map(move |b| ways.map(|c| (*a, *b, c))))
            {
                let bits: Vec<(Bit, bool)> =
                    (0..).zip([a, b, c]).filter_map(|(bit, way)| Some((bit, way?))).collect();
                assert_eq!(set.has(&bits), !set.given(&bits).is_nothing(), "{table:08b} {bits:?}");
            }
        }
    }
}
