//! The logic of other days than the one asked about, each made once and only where three values
//! don't settle what is asked of it.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

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

/// The days of rules, for commissions of which facts may be missing: for any number of threads.
pub(super) struct Days<'g> {
    graph: &'g Graph,
    kept: Mutex<BTreeMap<Moment, Made<'g>>>,
}

/// The logic of a day, once it is made; `None` where the rules of that day are too large for the
/// budget. Whoever asks while another thread makes it waits for that thread, which itself waits for
/// none.
type Made<'g> = Arc<OnceLock<Option<Arc<Logic<'g>>>>>;

impl<'g> Days<'g> {
    pub(super) const fn new(graph: &'g Graph) -> Self {
        Self { graph, kept: Mutex::new(BTreeMap::new()) }
    }

    /// The rules of a moment as logic.
    pub(super) fn logic(&self, moment: Moment) -> Option<Arc<Logic<'g>>> {
        let made = self.made(moment);
        made.get_or_init(|| self.make(moment).map(Arc::new)).clone()
    }

    /// Where the logic of a moment is kept.
    fn made(&self, moment: Moment) -> Made<'g> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        // Whoever asks of every date there is gets them all, and the memory stays.
        if kept.len() >= N_KEPT_MAX && !kept.contains_key(&moment) {
            kept.clear();
        }
        Arc::clone(kept.entry(moment).or_default())
    }

    fn make(&self, moment: Moment) -> Option<Logic<'g>> {
        let Moment { as_at, is_as_if_appointed } = moment;
        let view = View { is_partial: true, is_as_if_appointed, ..View::on(self.graph, as_at) };
        let space = Arc::new(Space::of(&[view]));
        let diagrams = Arc::new(Diagrams::new(space.n_bits(), N_NODES_MAX));
        Logic::new(view, 0, &space, &diagrams).ok()
    }

    /// What is recommended on a day, as certainly as on the day asked about. A proof is made only
    /// where three values wait for something.
    pub(super) fn recommendation(self: &Arc<Self>, facts: &Facts, day: Date) -> Recommendation {
        let plain = Trial::new(self.graph, facts, day).recommendation();
        if !matches!(plain, Recommendation::Undecided(Undecided::Waits(..))) {
            return plain;
        }
        let moment = Moment::on(day);
        let foreseen = Rc::new(Elsewhen::new(self, facts, moment));
        Trial::foreseen(self.graph, facts, moment, Some(foreseen)).recommendation()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::{day_number, numbered_day};
    use crate::source::Sources;

    const TOWN: &str = r#"
pack town "Town rules"
    version 1.0.0
    extent england
    in force from 2025-02-24 [rules rule.1]

source rules "Town rules" at "https://www.town.example/rules"

fact contract.value "Value" : money including VAT
    ask "What could it cost?"
    [rules rule.2]

route quotes "Three quotes"
    needs contract.value < £100,000 [rules rule.3]
"#;

    #[test]
    fn the_logic_of_a_day_is_made_once_until_there_are_too_many_days() {
        let sources = Sources::new(vec![("town/pack.way".to_owned(), TOWN.to_owned())]);
        let (graph, _) = crate::graph::build(crate::pack::read(&sources).0);
        let days = Days::new(&graph);
        let start = day_number(Date::constant(2026, 3, 2));
        let of = |day: i32| {
            let as_at = numbered_day(start + day).expect("the calendar holds it");
            days.logic(Moment::on(as_at)).expect("these rules are small")
        };
        let first = of(0);
        // As many as are kept, none of which is made twice.
        for day in 1..64 {
            of(day);
        }
        assert!(Arc::ptr_eq(&first, &of(0)));
        // With one more all are let go; that one is kept.
        let more = of(64);
        assert!(Arc::ptr_eq(&more, &of(64)));
        assert!(!Arc::ptr_eq(&first, &of(0)));
    }
}
