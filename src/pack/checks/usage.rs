//! What no rule uses, and documents that nothing can require.

use std::collections::BTreeSet;

use super::super::condition::{Condition, Figure, quantities_of, walk};
use super::super::errors;
use super::super::rulebook::{Class, Document, Rulebook};
use super::super::table::{AmountId, FactId, ListId};
use super::contradict;
use crate::diagnostic::Diagnostic;
use crate::quantity::Beginning;

/// The facts, amounts and lists that some rule uses.
#[derive(Default)]
struct Used {
    facts: BTreeSet<FactId>,
    amounts: BTreeSet<AmountId>,
    lists: BTreeSet<ListId>,
}

pub(super) fn check(book: &Rulebook, diagnostics: &mut Vec<Diagnostic>) {
    let mut used = Used::default();
    for condition in book.conditions() {
        used.add(condition);
    }
    used.facts.extend(book.events.rows().filter_map(|event| event.dated_by));
    for calendar in book.calendars.rows() {
        used.lists.extend(&calendar.holidays);
    }
    for (_, amount) in book.amounts.iter().filter(|(id, _)| used.amounts.contains(id)) {
        if let Some(Class::Fact(fact)) = amount.class {
            used.facts.insert(fact);
        }
    }
    let sums = book.facts.rows().filter_map(|fact| Some((fact, fact.sum.as_ref()?)));
    for (total, sum) in sums {
        for part in &sum.parts {
            if used.facts.contains(part) {
                let part = &book.facts[*part].name;
                diagnostics.push(errors::part_is_read(part, &total.name, sum.span));
            }
        }
    }
    // What could not be understood may have used them: say so once all can be.
    let is_sound = !diagnostics.iter().any(Diagnostic::is_error);
    for (id, fact) in
        book.facts.iter().filter(|_| is_sound).filter(|(id, _)| !used.facts.contains(id))
    {
        // A part of a sum is there for its total, which may be unused in its turn.
        if book.sums_with(id).next().is_some() {
            continue;
        }
        diagnostics.push(errors::unused_fact(fact.span, &fact.name));
    }
    for (_, amount) in
        book.amounts.iter().filter(|_| is_sound).filter(|(id, _)| !used.amounts.contains(id))
    {
        diagnostics.push(errors::unused_amount(amount.span, "amount", &amount.name));
    }
    for (_, list) in
        book.lists.iter().filter(|_| is_sound).filter(|(id, _)| !used.lists.contains(id))
    {
        diagnostics.push(errors::unused_amount(list.span, "list", &list.name));
    }
    for document in book.documents.rows().filter(|document| is_never_required(book, document)) {
        diagnostics.push(errors::document_never_required(document.span, &document.name));
    }
}

impl Used {
    fn add(&mut self, condition: &Condition) {
        walk(condition, &mut |condition| {
            match condition {
                Condition::Yes(fact)
                | Condition::OneOf(fact, _)
                | Condition::Includes(fact, _)
                | Condition::TextIs(fact, _)
                | Condition::CodeIs(fact, _)
                | Condition::Known(fact) => {
                    self.facts.insert(*fact);
                }
                Condition::InList(fact, list) => {
                    self.facts.insert(*fact);
                    self.lists.insert(*list);
                }
                Condition::All(_)
                | Condition::Any(_)
                | Condition::AtLeast(..)
                | Condition::Not(_)
                | Condition::Outcome(..)
                | Condition::RouteIs(_)
                | Condition::ModelIs(_)
                | Condition::Compare(..)
                | Condition::Gap(..) => {}
            }
            for figure in
                quantities_of(condition).into_iter().flat_map(|quantity| quantity.figures())
            {
                match figure {
                    Figure::Fact(fact) => {
                        self.facts.insert(*fact);
                    }
                    Figure::Amount(amount) => {
                        self.amounts.insert(*amount);
                    }
                    Figure::Literal(_) | Figure::AsAt => {}
                }
            }
        });
    }
}

/// Whether a document's conditions contradict one another, or it is never in force with its pack.
fn is_never_required(book: &Rulebook, document: &Document) -> bool {
    let pack = &book.packs[document.pack];
    let gate = pack.gate.iter().map(|gate| &gate.condition);
    let lasting =
        document.tests.iter().filter(|test| test.in_force == crate::quantity::InForce::ALWAYS);
    let unguarded = lasting.filter(|test| test.guard.is_none()).map(|test| &test.condition);
    let starts_after = match (document.in_force.from, pack.in_force.until) {
        (Beginning::On(from), Some(until)) => from >= until,
        _ => false,
    };
    let ends_before = match (document.in_force.until, pack.in_force.from) {
        (Some(until), Beginning::On(from)) => until <= from,
        _ => false,
    };
    starts_after || ends_before || contradict(gate.chain(unguarded))
}
