//! A rulebook with a change made to it.

use std::sync::Arc;

use super::super::condition::Condition;
use super::super::rulebook::{DueRule, ListRows, Rulebook, Test};
use super::super::table::Table;
use super::twists::{inner_mut, take_out, twist};
use super::{Change, Mutant, Owner, Part, Slot};
use crate::quantity::{Duration, InForce};
use crate::syntax::tree::{Counting, Until};

/// The rules with a change made to them, without their scenarios.
#[must_use]
pub fn mutated(book: &Rulebook, mutant: &Mutant) -> Rulebook {
    let mut book = without_scenarios(book);
    // A change is only ever of a clause that the rules have.
    let _ = change(&mut book, mutant);
    book
}

/// The same rules; scenarios, the most of their text, stay with the rules as they are written.
fn without_scenarios(book: &Rulebook) -> Rulebook {
    Rulebook {
        packs: book.packs.clone(),
        sources: book.sources.clone(),
        facts: book.facts.clone(),
        amounts: book.amounts.clone(),
        lists: book.lists.clone(),
        calendars: book.calendars.clone(),
        events: book.events.clone(),
        decisions: book.decisions.clone(),
        routes: book.routes.clone(),
        models: book.models.clone(),
        documents: book.documents.clone(),
        periods: book.periods.clone(),
        preferences: book.preferences.clone(),
        scenarios: Table::new(Vec::new()),
        instruments: Arc::clone(&book.instruments),
        names: book.names.clone(),
    }
}

fn change(book: &mut Rulebook, mutant: &Mutant) -> Option<()> {
    let Mutant { owner, part, .. } = *mutant;
    match &mutant.change {
        Change::Dropped => dropped(book, owner, part)?,
        Change::Unguarded => test_mut(book, owner, part)?.guard = None,
        Change::Dated(period) => *in_force_mut(book, owner, part)? = *period,
        Change::Outcome(outcome) => match (owner, part) {
            (Owner::Decision(id), Part::Case(place)) => {
                book.decisions.get_mut(id)?.cases.get_mut(place)?.outcome = *outcome;
            }
            _ => return None,
        },
        Change::Figure(figure) => match (owner, part) {
            (Owner::Amount(id), Part::Row(place)) => {
                book.amounts.get_mut(id)?.rows.get_mut(place)?.value = Some(figure.clone());
            }
            _ => return None,
        },
        Change::Lasting(duration) => *counted_mut(book, owner, part)?.0 = *duration,
        Change::Counting(counting) => *counted_mut(book, owner, part)?.1 = *counting,
        Change::Until => {
            let Owner::Period(id) = owner else { return None };
            let until = &mut book.periods.get_mut(id)?.until;
            *until = match until {
                Until::To => Until::Before,
                Until::Before => Until::To,
            };
        }
        Change::Reversed => {
            let Owner::Preference(id) = owner else { return None };
            let preference = book.preferences.get_mut(id)?;
            std::mem::swap(&mut preference.above, &mut preference.below);
        }
        Change::Carrier(place) => {
            let Owner::Model(id) = owner else { return None };
            take_out(&mut book.models.get_mut(id)?.carried_by, *place);
        }
        Change::Twisted(slot, path, change) => {
            let whole = condition_mut(book, owner, part, *slot)?;
            twist(inner_mut(whole, path)?, change);
        }
    }
    Some(())
}

fn dropped(book: &mut Rulebook, owner: Owner, part: Part) -> Option<()> {
    match (owner, part) {
        (Owner::Pack(id), Part::Test(_)) => book.packs.get_mut(id)?.gate = None,
        (Owner::List(id), Part::Row(place)) => match &mut book.lists.get_mut(id)?.rows {
            ListRows::Codes(rows) => take_out(rows, place),
            ListRows::Dates(_) => return None,
        },
        (Owner::Decision(id), Part::Case(place)) => {
            take_out(&mut book.decisions.get_mut(id)?.cases, place);
        }
        (Owner::Document(id), Part::Due(place)) => {
            take_out(&mut book.documents.get_mut(id)?.due, place);
        }
        (Owner::Period(id), Part::Length(place)) => {
            take_out(&mut book.periods.get_mut(id)?.lengths, place);
        }
        // A preference over nothing prefers nothing; its row stays, for ids count rows.
        (Owner::Preference(id), Part::Whole) => book.preferences.get_mut(id)?.below.clear(),
        (_, Part::Test(place) | Part::Gate(place)) => {
            take_out(tests_mut(book, owner, part)?, place);
        }
        _ => return None,
    }
    Some(())
}

fn tests_mut(book: &mut Rulebook, owner: Owner, part: Part) -> Option<&mut Vec<Test>> {
    Some(match (owner, part) {
        (Owner::Route(id), Part::Test(_)) => &mut book.routes.get_mut(id)?.tests,
        (Owner::Model(id), Part::Test(_)) => &mut book.models.get_mut(id)?.tests,
        (Owner::Model(id), Part::Gate(_)) => &mut book.models.get_mut(id)?.gates,
        (Owner::Document(id), Part::Test(_)) => &mut book.documents.get_mut(id)?.tests,
        (Owner::Period(id), Part::Test(_)) => &mut book.periods.get_mut(id)?.tests,
        (Owner::Preference(id), Part::Test(_)) => &mut book.preferences.get_mut(id)?.tests,
        _ => return None,
    })
}

fn test_mut(book: &mut Rulebook, owner: Owner, part: Part) -> Option<&mut Test> {
    match (owner, part) {
        (Owner::Pack(id), Part::Test(_)) => book.packs.get_mut(id)?.gate.as_mut(),
        (_, Part::Test(place) | Part::Gate(place)) => tests_mut(book, owner, part)?.get_mut(place),
        _ => None,
    }
}

fn condition_mut(
    book: &mut Rulebook,
    owner: Owner,
    part: Part,
    slot: Slot,
) -> Option<&mut Condition> {
    match (owner, part, slot) {
        (Owner::Decision(id), Part::Case(place), _) => {
            book.decisions.get_mut(id)?.cases.get_mut(place)?.condition.as_mut()
        }
        (Owner::Document(id), Part::Due(place), _) => {
            book.documents.get_mut(id)?.due.get_mut(place)?.condition.as_mut()
        }
        (Owner::Period(id), Part::Length(place), _) => {
            book.periods.get_mut(id)?.lengths.get_mut(place)?.condition.as_mut()
        }
        (_, _, Slot::Condition) => Some(&mut test_mut(book, owner, part)?.condition),
        (_, _, Slot::Guard) => test_mut(book, owner, part)?.guard.as_mut(),
    }
}

fn in_force_mut(book: &mut Rulebook, owner: Owner, part: Part) -> Option<&mut InForce> {
    Some(match (owner, part) {
        (Owner::Pack(id), Part::Whole) => &mut book.packs.get_mut(id)?.in_force,
        (Owner::Amount(id), Part::Row(place)) => {
            &mut book.amounts.get_mut(id)?.rows.get_mut(place)?.in_force
        }
        (Owner::List(id), Part::Row(place)) => match &mut book.lists.get_mut(id)?.rows {
            ListRows::Codes(rows) => &mut rows.get_mut(place)?.in_force,
            ListRows::Dates(_) => return None,
        },
        (Owner::Decision(id), Part::Case(place)) => {
            &mut book.decisions.get_mut(id)?.cases.get_mut(place)?.in_force
        }
        (Owner::Route(id), Part::Whole) => &mut book.routes.get_mut(id)?.in_force,
        (Owner::Model(id), Part::Whole) => &mut book.models.get_mut(id)?.in_force,
        (Owner::Document(id), Part::Whole) => &mut book.documents.get_mut(id)?.in_force,
        (Owner::Document(id), Part::Due(place)) => {
            &mut book.documents.get_mut(id)?.due.get_mut(place)?.in_force
        }
        (Owner::Period(id), Part::Whole) => &mut book.periods.get_mut(id)?.in_force,
        (Owner::Period(id), Part::Length(place)) => {
            &mut book.periods.get_mut(id)?.lengths.get_mut(place)?.in_force
        }
        (Owner::Preference(id), Part::Whole) => &mut book.preferences.get_mut(id)?.in_force,
        _ => &mut test_mut(book, owner, part)?.in_force,
    })
}

/// The time that a due rule or a length counts out, and how.
fn counted_mut(
    book: &mut Rulebook,
    owner: Owner,
    part: Part,
) -> Option<(&mut Duration, &mut Counting)> {
    match (owner, part) {
        (Owner::Document(id), Part::Due(place)) => {
            match &mut book.documents.get_mut(id)?.due.get_mut(place)?.rule {
                DueRule::Within(duration, counting, _) => Some((duration, counting)),
                DueRule::Words(_) | DueRule::Before(_) | DueRule::With(_) | DueRule::Soon(_) => {
                    None
                }
            }
        }
        (Owner::Period(id), Part::Length(place)) => {
            let length = book.periods.get_mut(id)?.lengths.get_mut(place)?.length.as_mut();
            length.map(|(_, duration, counting, _)| (duration, counting))
        }
        _ => None,
    }
}
