//! Questions: every fact that a rule reads can change an answer.

use std::collections::BTreeSet;

use super::super::diagram::{Bit, GaveUp, Set};
use super::super::ledger::{Claim, Ledger, Reason};
use super::super::logic::Logic;
use super::super::meeting::Meeting;
use super::super::reading::{has_foreign_tests, readers};
use crate::graph::Node;
use crate::pack::{DocumentId, FactId, ModelId, PeriodId, RouteId};

pub(super) fn check(logic: &Logic<'_>, ledger: &mut Ledger) {
    let facts =
        logic.space.dimensions().iter().flat_map(|dimension| {
            dimension.facts.get(logic.number()).into_iter().flatten().copied()
        });
    let unproved: BTreeSet<FactId> =
        facts.filter(|fact| !ledger.is_proved(&Claim::Matters(*fact))).collect();
    if unproved.is_empty() {
        return;
    }
    let mut search = Search { logic, left: unproved.clone() };
    let searched = search.all();
    for fact in unproved {
        let claim = Claim::Matters(fact);
        if searched.is_err() && search.left.contains(&fact) {
            ledger.give_up(claim, logic.view.as_at, Reason::Budget);
            continue;
        }
        if search.left.contains(&fact) {
            ledger.none(claim, &Vec::new);
        } else {
            // That the diagrams turn on it says that two commissions differ by it alone.
            ledger.some(logic, claim, Ok(Meeting::default()), &|_| true, &Vec::new);
        }
    }
}

/// A search for what turns on facts, among what answers tell, until each is seen to matter.
struct Search<'s, 'g> {
    logic: &'s Logic<'g>,
    /// The facts that are not seen to matter yet.
    left: BTreeSet<FactId>,
}

impl Search<'_, '_> {
    /// Looks at what is cheapest to see first.
    fn all(&mut self) -> Result<(), GaveUp> {
        let book = self.logic.book();
        for route in book.routes.ids() {
            self.see(&self.logic.route(route).yes);
        }
        for model in book.models.ids() {
            self.see(&self.logic.model(model).yes);
        }
        let graph = self.logic.view.graph;
        let mut read: BTreeSet<Node> = self.left.iter().copied().map(Node::Fact).collect();
        read.extend(graph.nodes().filter(|node| has_foreign_tests(book, *node)));
        let readers = readers(graph, &read);
        for route in book.routes.ids() {
            let open = self.logic.route(route).yes;
            if !open.is_nothing() && !self.left.is_empty() {
                self.follows(route, &open, &readers)?;
            }
        }
        for preference in book.preferences.ids() {
            if !self.left.is_empty() {
                self.see(&self.logic.preference(preference)?.yes);
            }
        }
        Ok(())
    }

    /// The facts that a set turns on matter.
    fn see(&mut self, set: &Set) {
        for bit in set.bits() {
            self.matters(bit);
        }
    }

    fn matters(&mut self, bit: Bit) {
        for fact in facts_of(self.logic, bit) {
            self.left.remove(fact);
        }
    }

    /// What follows on an open route: papers with their due rules, periods with their lengths,
    /// models with what a good one shows.
    fn follows(
        &mut self,
        route: RouteId,
        open: &Set,
        readers: &BTreeSet<Node>,
    ) -> Result<(), GaveUp> {
        let book = self.logic.book();
        for id in book.documents.ids().filter(|id| readers.contains(&Node::Document(*id))) {
            self.document(route, open, id)?;
        }
        for id in book.periods.ids().filter(|id| readers.contains(&Node::Period(*id))) {
            self.period(route, open, id)?;
        }
        for id in book.models.ids().filter(|id| readers.contains(&Node::Model(*id))) {
            self.model(route, open, id)?;
        }
        Ok(())
    }

    /// The facts that a set turns on for some commission of `among` matter.
    fn turns(&mut self, among: &Meeting, set: &Set) -> Result<(), GaveUp> {
        let diagrams = &self.logic.diagrams;
        for bit in set.bits() {
            if !facts_of(self.logic, bit).any(|fact| self.left.contains(fact)) {
                continue;
            }
            for is_yes in [false, true] {
                let here = among.clone().inside(set.clone()).given(bit, is_yes);
                let other = Meeting::default().outside(set.clone()).given(bit, !is_yes);
                if here.and(other).first(diagrams)?.is_some() {
                    self.matters(bit);
                    break;
                }
            }
        }
        Ok(())
    }

    fn document(&mut self, route: RouteId, open: &Set, id: DocumentId) -> Result<(), GaveUp> {
        let (logic, rules) = (self.logic, &self.logic.book().documents[id]);
        let open = Meeting::of(open.clone());
        if open.clone().inside(logic.applies(rules.pack).yes).is_plainly_nothing() {
            return Ok(());
        }
        if !rules.forbidden.is_empty() {
            self.turns(&open, &logic.ban(id, route)?.yes)?;
        }
        let needed = logic.document(id, route)?.yes;
        self.turns(&open, &needed)?;
        let needed = open.inside(needed);
        let due = rules.due.iter().filter(|due| logic.view.is_in_force(due.in_force));
        for condition in due.filter_map(|due| due.condition.as_ref()) {
            self.turns(&needed, &logic.condition(condition, Some(route))?.yes)?;
        }
        Ok(())
    }

    fn period(&mut self, route: RouteId, open: &Set, id: PeriodId) -> Result<(), GaveUp> {
        let (logic, rules) = (self.logic, &self.logic.book().periods[id]);
        let open = Meeting::of(open.clone());
        if open.clone().inside(logic.applies(rules.pack).yes).is_plainly_nothing() {
            return Ok(());
        }
        let applies = logic.period(id, route)?.yes;
        self.turns(&open, &applies)?;
        let applies = open.inside(applies);
        let rows = rules.lengths.iter().filter(|row| logic.view.is_in_force(row.in_force));
        for condition in rows.filter_map(|row| row.condition.as_ref()) {
            self.turns(&applies, &logic.condition(condition, Some(route))?.yes)?;
        }
        Ok(())
    }

    fn model(&mut self, route: RouteId, open: &Set, id: ModelId) -> Result<(), GaveUp> {
        let (logic, rules) = (self.logic, &self.logic.book().models[id]);
        if !rules.carried_by.contains(&route) {
            return Ok(());
        }
        let fits = Meeting::of(open.clone()).inside(logic.model(id).yes);
        for gate in logic.view.tests(&rules.gates) {
            self.turns(&fits, &logic.test(gate, None)?.yes)?;
        }
        Ok(())
    }
}

/// The facts that a bit is of.
fn facts_of<'l>(logic: &'l Logic<'_>, bit: Bit) -> impl Iterator<Item = &'l FactId> {
    let dimension = logic.space.of_bit(bit);
    let dimension = dimension.and_then(|place| logic.space.dimensions().get(place));
    dimension.and_then(|dimension| dimension.facts.get(logic.number())).into_iter().flatten()
}
