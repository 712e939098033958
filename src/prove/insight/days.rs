//! The logic of other days than the one asked about, each made once and only where three values
//! don't settle what is asked of it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

use super::super::diagram::Diagrams;
use super::super::logic::Logic;
use super::super::space::Space;
use super::super::view::View;
use super::N_NODES_MAX;
use super::foreseen::Elsewhen;
use crate::decide::{Moment, Recommendation, Trial, Undecided};
use crate::facts::Facts;
use crate::graph::Graph;
use crate::quantity::Date;

/// The days that are kept at once: more than an answer speaks of.
const N_KEPT_MAX: usize = 64;

/// The days of rules, for commissions of which facts may be missing.
pub(super) struct Days<'g> {
    graph: &'g Graph,
    /// `None` where the rules of that day are too large for the budget.
    made: RefCell<BTreeMap<Moment, Option<Rc<Logic<'g>>>>>,
}

impl<'g> Days<'g> {
    pub(super) const fn new(graph: &'g Graph) -> Self {
        Self { graph, made: RefCell::new(BTreeMap::new()) }
    }

    /// The rules of a moment as logic.
    pub(super) fn logic(&self, moment: Moment) -> Option<Rc<Logic<'g>>> {
        if let Some(made) = self.made.borrow().get(&moment) {
            return made.clone();
        }
        let Moment { as_at, is_as_if_appointed } = moment;
        let view = View { is_partial: true, is_as_if_appointed, ..View::on(self.graph, as_at) };
        let space = Arc::new(Space::of(&[view]));
        let diagrams = Arc::new(Diagrams::new(space.n_bits(), N_NODES_MAX));
        let logic = Logic::new(view, 0, &space, &diagrams).ok().map(Rc::new);
        let mut made = self.made.borrow_mut();
        // Whoever asks of every date there is gets them all, and the memory stays.
        if made.len() >= N_KEPT_MAX {
            made.clear();
        }
        made.insert(moment, logic.clone());
        logic
    }

    /// What is recommended on a day, as certainly as on the day asked about. A proof is made only
    /// where three values wait for something.
    pub(super) fn recommendation(self: &Rc<Self>, facts: &Facts, day: Date) -> Recommendation {
        let plain = Trial::new(self.graph, facts, day).recommendation();
        if !matches!(plain, Recommendation::Undecided(Undecided::Waits(..))) {
            return plain;
        }
        let moment = Moment::on(day);
        let foreseen = Rc::new(Elsewhen::new(self, facts, moment));
        Trial::foreseen(self.graph, facts, moment, Some(foreseen)).recommendation()
    }
}
