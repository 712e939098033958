//! The commission of a set that is nearest to one at hand: the fewest facts changed, then each
//! moved as little as can be.

use std::collections::BTreeMap;

use super::super::diagram::{Set, Step};
use super::super::space::Space;

/// How far it is: the number of facts changed, then the number of cells that they moved by.
type Far = (usize, usize);

/// The facts to change, as cells by dimension.
pub(super) type Changes = BTreeMap<usize, usize>;

struct Search<'s> {
    space: &'s Space,
    /// The cell of each dimension at hand; none where it is not known.
    here: &'s BTreeMap<usize, usize>,
    steps: Vec<Step>,
    /// By node: how far it is from there on, with the cell to take.
    far: Vec<Option<Option<(Far, usize)>>>,
}

/// The nearest way into a set, if it has any.
pub(super) fn nearest(space: &Space, here: &BTreeMap<usize, usize>, set: &Set) -> Option<Changes> {
    let steps = set.steps();
    let top = steps.len().checked_sub(1)?;
    let far = vec![None; steps.len()];
    let mut search = Search { space, here, steps, far };
    search.settle(top)?;
    let mut changes = Changes::new();
    let mut node = top;
    while node > 1 {
        let (_, cell) = search.far.get(node).copied().flatten().flatten()?;
        let dimension = search.dimension(node)?;
        if here.get(&dimension) != Some(&cell) {
            changes.insert(dimension, cell);
        }
        node = search.follow(node, dimension, cell)?;
    }
    Some(changes)
}

impl Search<'_> {
    fn dimension(&self, node: usize) -> Option<usize> {
        self.space.of_bit(self.steps.get(node)?.bit)
    }

    /// The node reached when a dimension is in a cell: past all its bits.
    fn follow(&self, from: usize, dimension: usize, cell: usize) -> Option<usize> {
        let own = self.space.dimensions().get(dimension)?;
        let mut node = from;
        while node > 1 {
            let step = self.steps.get(node)?;
            if step.bit >= own.first + own.width {
                break;
            }
            let power = own.first + own.width - 1 - step.bit;
            node = if cell >> power & 1 == 1 { step.yes } else { step.no };
        }
        Some(node)
    }

    /// How far it is from a node on; none where there is no way. Nodes go on to earlier ones, so
    /// the depth of this is the number of dimensions.
    fn settle(&mut self, node: usize) -> Option<Far> {
        match node {
            0 => return None,
            1 => return Some((0, 0)),
            _ => {}
        }
        if let Some(known) = self.far.get(node)? {
            return known.map(|(far, _)| far);
        }
        let dimension = self.dimension(node)?;
        let n_codes = self.space.dimensions().get(dimension)?.n_codes();
        let here = self.here.get(&dimension).copied();
        let mut best: Option<(Far, usize)> = None;
        for cell in 0..n_codes {
            let Some(next) = self.follow(node, dimension, cell) else { continue };
            let Some((n_changes, moved)) = self.settle(next) else { continue };
            let far = match here {
                Some(here) if here == cell => (n_changes, moved),
                Some(here) => (n_changes + 1, moved + here.abs_diff(cell)),
                None => (n_changes + 1, moved),
            };
            if best.is_none_or(|(least, _)| far < least) {
                best = Some((far, cell));
            }
        }
        if let Some(place) = self.far.get_mut(node) {
            *place = Some(best);
        }
        best.map(|(far, _)| far)
    }
}
