//! The rules as they stand on one day, and the conditions that they then hold.

use std::collections::BTreeSet;

use crate::decide::{Moment, Trial};
use crate::facts::Facts;
use crate::graph::Graph;
use crate::pack::{
    AmountId, AmountRow, Class, CodeSet, Condition, DecisionId, Figure, ListId, ListRows, PackId,
    Rulebook, Test, quantities_of, walk,
};
use crate::quantity::{Date, InForce};

/// The rules as they stand on one day.
#[derive(Clone, Copy, Debug)]
pub(super) struct View<'g> {
    pub(super) graph: &'g Graph,
    pub(super) as_at: Date,
    /// Whether law made and not yet in force, on a day still to be appointed, is taken as begun.
    pub(super) is_as_if_appointed: bool,
    /// Whether these are the rules below a layer: a list that is left to layers and that none
    /// fills is then open, as an amount without figures is, and not empty.
    pub(super) is_below: bool,
    /// Whether commissions may lack facts, so that `is known` is a question of its own; else every
    /// fact is known.
    pub(super) is_partial: bool,
}

impl<'g> View<'g> {
    pub(super) const fn on(graph: &'g Graph, as_at: Date) -> Self {
        Self { graph, as_at, is_as_if_appointed: false, is_below: false, is_partial: false }
    }

    pub(super) const fn book(self) -> &'g Rulebook {
        self.graph.book()
    }

    /// The day, as the rules are put to facts on it.
    pub(super) const fn moment(self) -> Moment {
        Moment { as_at: self.as_at, is_as_if_appointed: self.is_as_if_appointed }
    }

    /// The rules of the day put to facts.
    pub(super) fn trial(self, facts: &Facts) -> Trial<'g> {
        Trial::foreseen(self.graph, facts, self.moment(), None)
    }

    pub(super) fn is_in_force(self, period: InForce) -> bool {
        let period = if self.is_as_if_appointed { period.as_if_appointed() } else { period };
        period.holds_on(self.as_at)
    }

    pub(super) fn is_pack_in_force(self, pack: PackId) -> bool {
        self.is_in_force(self.book().packs[pack].in_force)
    }

    /// The rows of an amount that are in force.
    pub(super) fn rows(self, amount: AmountId) -> impl Iterator<Item = &'g AmountRow> {
        let amount = &self.book().amounts[amount];
        // Out of its pack's time an amount has no figure, however its rows are dated.
        let is_law = self.is_pack_in_force(amount.pack);
        amount.rows.iter().filter(move |row| is_law && self.is_in_force(row.in_force))
    }

    /// Whether nothing says which codes are on a list.
    pub(super) fn is_open(self, list: ListId) -> bool {
        let list = &self.book().lists[list];
        let is_empty = matches!(&list.rows, ListRows::Codes(rows) if rows.is_empty());
        self.is_below && list.is_left_to_layers && is_empty
    }

    /// The codes that are on a list.
    pub(super) fn codes(self, list: ListId) -> Vec<CodeSet> {
        match &self.book().lists[list].rows {
            ListRows::Codes(rows) => {
                let in_force = rows.iter().filter(|row| self.is_in_force(row.in_force));
                in_force.flat_map(|row| row.codes.iter().copied()).collect()
            }
            ListRows::Dates(_) => Vec::new(),
        }
    }

    /// The tests among these that are in force.
    pub(super) fn tests(self, tests: &'g [Test]) -> impl Iterator<Item = &'g Test> {
        tests
            .iter()
            .filter(move |test| self.is_in_force(test.in_force) && self.is_pack_in_force(test.pack))
    }

    /// Whether tests that were written say nothing on the day: what they condition is then not
    /// there.
    pub(super) fn are_out_of_force(self, tests: &[Test]) -> bool {
        !tests.is_empty() && !tests.iter().any(|test| self.is_in_force(test.in_force))
    }

    /// Every decision that conditions rest on, at any remove, each after those that it asks about.
    pub(super) fn behind<'c>(
        self,
        conditions: impl IntoIterator<Item = &'c Condition>,
    ) -> Vec<DecisionId> {
        let book = self.book();
        let mut behind: BTreeSet<DecisionId> = BTreeSet::new();
        let decisions = conditions.into_iter().flat_map(|condition| decisions_of(book, condition));
        let mut waiting: Vec<DecisionId> = decisions.collect();
        while let Some(decision) = waiting.pop() {
            if behind.insert(decision) {
                let cases = book.decisions[decision].cases.iter();
                let conditions = cases.filter_map(|case| case.condition.as_ref());
                waiting.extend(conditions.flat_map(|condition| decisions_of(book, condition)));
            }
        }
        let order = self.graph.order().iter().copied();
        order.filter(|decision| behind.contains(decision)).collect()
    }

    /// Every condition in force: those by which packs govern first, then those of routes and of what
    /// follows, each after the conditions of the decisions that it asks about.
    pub(super) fn conditions(self) -> Vec<&'g Condition> {
        let book = self.book();
        let mut found = Found { view: self, conditions: Vec::new(), decided: BTreeSet::new() };
        for pack in book.packs.rows().filter(|pack| self.is_in_force(pack.in_force)) {
            found.tests(pack.gate.iter());
        }
        for route in book.routes.rows().filter(|route| self.is_pack_in_force(route.pack)) {
            found.tests(self.tests(&route.tests));
        }
        for model in book.models.rows().filter(|model| self.is_pack_in_force(model.pack)) {
            found.tests(self.tests(&model.tests));
        }
        let preferences = book.preferences.rows();
        for preference in preferences.filter(|preference| self.is_pack_in_force(preference.pack)) {
            found.tests(self.tests(&preference.tests));
        }
        for document in book.documents.rows().filter(|it| self.is_pack_in_force(it.pack)) {
            found.tests(self.tests(&document.tests));
            found.tests(self.tests(&document.forbidden));
            let due = document.due.iter().filter(|due| self.is_in_force(due.in_force));
            found.all(due.filter_map(|due| due.condition.as_ref()));
        }
        for period in book.periods.rows().filter(|period| self.is_pack_in_force(period.pack)) {
            found.tests(self.tests(&period.tests));
            let lengths = period.lengths.iter().filter(|row| self.is_in_force(row.in_force));
            found.all(lengths.filter_map(|row| row.condition.as_ref()));
        }
        for model in book.models.rows().filter(|model| self.is_pack_in_force(model.pack)) {
            found.tests(self.tests(&model.gates));
        }
        for decision in self.graph.order() {
            found.decision(*decision);
        }
        // What a gate asks is looked at also while its pack is not in force.
        for pack in book.packs.rows().filter(|pack| !self.is_in_force(pack.in_force)) {
            found.tests(pack.gate.iter());
        }
        found.conditions
    }
}

/// Conditions in the order in which they are come upon.
struct Found<'g> {
    view: View<'g>,
    conditions: Vec<&'g Condition>,
    decided: BTreeSet<DecisionId>,
}

impl<'g> Found<'g> {
    fn tests(&mut self, tests: impl Iterator<Item = &'g Test>) {
        self.all(tests.flat_map(|test| std::iter::once(&test.condition).chain(&test.guard)));
    }

    fn all(&mut self, conditions: impl Iterator<Item = &'g Condition>) {
        for condition in conditions {
            for decision in decisions_of(self.view.book(), condition) {
                self.decision(decision);
            }
            self.conditions.push(condition);
        }
    }

    fn decision(&mut self, id: DecisionId) {
        let view = self.view;
        let decision = &view.book().decisions[id];
        if self.decided.insert(id) && view.is_pack_in_force(decision.pack) {
            let cases = decision.cases.iter().filter(move |case| view.is_in_force(case.in_force));
            self.all(cases.filter_map(|case| case.condition.as_ref()));
        }
    }
}

/// The decisions that a condition asks about, itself or for the class of an amount.
fn decisions_of(book: &Rulebook, condition: &Condition) -> Vec<DecisionId> {
    let mut decisions = Vec::new();
    walk(condition, &mut |condition| {
        if let Condition::Outcome(decision, _) = condition {
            decisions.push(*decision);
        }
        let quantities = quantities_of(condition).into_iter();
        for figure in quantities.flat_map(|quantity| quantity.figures()) {
            if let Figure::Amount(amount) = figure
                && let Some(Class::Decision(decision)) = book.amounts[*amount].class
            {
                decisions.push(decision);
            }
        }
    });
    decisions
}
