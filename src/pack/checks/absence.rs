//! Rules that read a decision or amount of another pack on days on which that pack is not in force:
//! an answer then would wait for what nothing gives.

use std::collections::BTreeSet;

use super::super::condition::{Condition, Figure, quantities_of, walk};
use super::super::errors;
use super::super::rulebook::{Class, Rulebook, Test};
use super::super::table::PackId;
use crate::diagnostic::Diagnostic;
use crate::quantity::{Date, InForce};
use crate::source::Span;

/// A condition with the time in which its clause is in force, and where that is written.
struct Clause<'b> {
    condition: &'b Condition,
    in_force: InForce,
    span: Span,
}

/// What a condition reads of a pack.
struct Read<'b> {
    name: &'b str,
    pack: PackId,
}

pub(super) fn check(book: &Rulebook, diagnostics: &mut Vec<Diagnostic>) {
    let mut told: BTreeSet<(Span, PackId)> = BTreeSet::new();
    for clause in clauses(book) {
        for read in reads(book, clause.condition) {
            let pack = &book.packs[read.pack];
            let Some(days) = days_without(clause.in_force, pack.in_force) else { continue };
            if told.insert((clause.span, read.pack)) {
                let owner = (read.name, pack.name.as_str());
                diagnostics.push(errors::read_out_of_force(clause.span, owner, days));
            }
        }
    }
}

/// Every condition of every item, with its time in force inside its item's and its pack's.
fn clauses(book: &Rulebook) -> Vec<Clause<'_>> {
    let life = |pack: PackId, own: InForce| own.within(book.packs[pack].in_force);
    let mut clauses = Clauses { book, found: Vec::new() };
    for pack in book.packs.rows() {
        clauses.tests(pack.in_force, pack.gate.iter());
    }
    for decision in book.decisions.rows() {
        for case in &decision.cases {
            clauses.row(life(decision.pack, case.in_force), case.span, case.condition.as_ref());
        }
    }
    for route in book.routes.rows() {
        clauses.tests(life(route.pack, route.in_force), &route.tests);
    }
    for model in book.models.rows() {
        clauses.tests(life(model.pack, model.in_force), model.tests.iter().chain(&model.gates));
    }
    for document in book.documents.rows() {
        let life = life(document.pack, document.in_force);
        clauses.tests(life, &document.tests);
        for due in &document.due {
            clauses.row(due.in_force.within(life), document.span, due.condition.as_ref());
        }
    }
    for period in book.periods.rows() {
        let life = life(period.pack, period.in_force);
        clauses.tests(life, &period.tests);
        for length in &period.lengths {
            clauses.row(length.in_force.within(life), period.span, length.condition.as_ref());
        }
    }
    for preference in book.preferences.rows() {
        clauses.tests(life(preference.pack, preference.in_force), &preference.tests);
    }
    clauses.found
}

/// The clauses found so far.
struct Clauses<'b> {
    book: &'b Rulebook,
    found: Vec<Clause<'b>>,
}

impl<'b> Clauses<'b> {
    /// Tests of an item with this life; a layer's tests of it live no longer than the layer.
    fn tests(&mut self, life: InForce, tests: impl IntoIterator<Item = &'b Test>) {
        for test in tests {
            let life = life.within(self.book.packs[test.pack].in_force);
            let in_force = test.in_force.within(life);
            self.row(in_force, test.span, Some(&test.condition));
            self.row(in_force, test.span, test.guard.as_ref());
        }
    }

    fn row(&mut self, in_force: InForce, span: Span, condition: Option<&'b Condition>) {
        self.found.extend(condition.map(|condition| Clause { condition, in_force, span }));
    }
}

/// The decisions and amounts that a condition reads, each with its pack.
fn reads<'b>(book: &'b Rulebook, condition: &'b Condition) -> Vec<Read<'b>> {
    let mut reads = Vec::new();
    let decision = |id| {
        let decision = &book.decisions[id];
        Read { name: &decision.name, pack: decision.pack }
    };
    walk(condition, &mut |condition| {
        if let Condition::Outcome(id, _) = condition {
            reads.push(decision(*id));
        }
        let quantities = quantities_of(condition).into_iter();
        for figure in quantities.flat_map(|quantity| quantity.figures()) {
            let Figure::Amount(id) = figure else { continue };
            let amount = &book.amounts[*id];
            reads.push(Read { name: &amount.name, pack: amount.pack });
            if let Some(Class::Decision(id)) = amount.class {
                reads.push(decision(id));
            }
        }
    });
    reads
}

/// The first days of one time that are not in another.
fn days_without(own: InForce, other: InForce) -> Option<(Date, Option<Date>)> {
    let first = own.first_day()?;
    let earlier = |a: Option<Date>, b: Option<Date>| match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    };
    let (from, until) = match other.first_day() {
        Some(begins) if begins <= first => (other.until?.max(first), own.until),
        begins => (first, earlier(begins, own.until)),
    };
    until.is_none_or(|until| from < until).then_some((from, until))
}
