//! Every mutant of a rulebook, in a fixed order.

use super::super::condition::{Condition, Value};
use super::super::rulebook::{AmountRow, Case, DueRule, ListRows, Preference, Rulebook, Test};
use super::twists::{steps, twists};
use super::{Change, Mutant, Owner, Part, Slot};
use crate::quantity::{Beginning, Duration, InForce};
use crate::source::Span;
use crate::syntax::tree::Counting;

/// What the clauses of every kind have in common.
pub(super) struct Clause<'b> {
    pub(super) part: Part,
    pub(super) span: Span,
    pub(super) in_force: InForce,
    pub(super) condition: Option<&'b Condition>,
    pub(super) guard: Option<&'b Condition>,
}

/// Every mutant: those that move the boundary of a comparison first, then by the places where they
/// are written. The same rules have the same mutants in the same order.
#[must_use]
pub fn mutants(book: &Rulebook) -> Vec<Mutant> {
    let mut mutants = Vec::new();
    for owner in owners(book) {
        for clause in clauses(book, owner) {
            let changes = conditional(&clause).into_iter().chain(particular(book, owner, &clause));
            let mutant = |change| Mutant { owner, part: clause.part, span: clause.span, change };
            mutants.extend(changes.map(mutant));
        }
    }
    mutants.sort_by_key(|mutant| (!mutant.is_boundary(book), mutant.span));
    mutants
}

fn owners(book: &Rulebook) -> Vec<Owner> {
    let packs = book.packs.ids().map(Owner::Pack);
    let amounts = book.amounts.ids().map(Owner::Amount);
    let lists = book.lists.ids().map(Owner::List);
    let decisions = book.decisions.ids().map(Owner::Decision);
    let routes = book.routes.ids().map(Owner::Route);
    let models = book.models.ids().map(Owner::Model);
    let documents = book.documents.ids().map(Owner::Document);
    let periods = book.periods.ids().map(Owner::Period);
    let preferences = book.preferences.ids().map(Owner::Preference);
    let figures = packs.chain(amounts).chain(lists).chain(decisions);
    let law = figures.chain(routes).chain(models).chain(documents);
    law.chain(periods).chain(preferences).collect()
}

/// The clauses of a thing, the thing itself first.
pub(super) fn clauses(book: &Rulebook, owner: Owner) -> Vec<Clause<'_>> {
    match owner {
        Owner::Pack(id) => {
            let pack = &book.packs[id];
            let gate = pack.gate.as_ref().map(|gate| of_test(Part::Test(0), gate));
            with_whole(pack.span, pack.in_force, gate)
        }
        Owner::Amount(id) => numbered(&book.amounts[id].rows, Part::Row, of_row),
        Owner::List(id) => match &book.lists[id].rows {
            ListRows::Codes(rows) => {
                numbered(rows, Part::Row, |part, row| bare(part, row.span, row.in_force))
            }
            ListRows::Dates(_) => Vec::new(),
        },
        Owner::Decision(id) => numbered(&book.decisions[id].cases, Part::Case, of_case),
        Owner::Route(id) => {
            let route = &book.routes[id];
            with_whole(route.span, route.in_force, numbered(&route.tests, Part::Test, of_test))
        }
        Owner::Model(id) => {
            let model = &book.models[id];
            let tests = numbered(&model.tests, Part::Test, of_test);
            let gates = numbered(&model.gates, Part::Gate, of_test);
            with_whole(model.span, model.in_force, tests.into_iter().chain(gates))
        }
        Owner::Document(id) => {
            let document = &book.documents[id];
            let tests = numbered(&document.tests, Part::Test, of_test);
            let due = numbered(&document.due, Part::Due, |part, due| Clause {
                condition: due.condition.as_ref(),
                ..bare(part, due.span, due.in_force)
            });
            with_whole(document.span, document.in_force, tests.into_iter().chain(due))
        }
        Owner::Period(id) => {
            let period = &book.periods[id];
            let tests = numbered(&period.tests, Part::Test, of_test);
            let lengths = numbered(&period.lengths, Part::Length, |part, row| Clause {
                condition: row.condition.as_ref(),
                ..bare(part, row.span, row.in_force)
            });
            with_whole(period.span, period.in_force, tests.into_iter().chain(lengths))
        }
        Owner::Preference(id) => {
            let Preference { span, in_force, tests, .. } = &book.preferences[id];
            with_whole(*span, *in_force, numbered(tests, Part::Test, of_test))
        }
    }
}

fn numbered<'b, T>(
    rows: &'b [T],
    part: fn(usize) -> Part,
    clause: impl Fn(Part, &'b T) -> Clause<'b>,
) -> Vec<Clause<'b>> {
    rows.iter().enumerate().map(|(place, row)| clause(part(place), row)).collect()
}

fn with_whole<'b>(
    span: Span,
    in_force: InForce,
    parts: impl IntoIterator<Item = Clause<'b>>,
) -> Vec<Clause<'b>> {
    std::iter::once(bare(Part::Whole, span, in_force)).chain(parts).collect()
}

const fn bare<'b>(part: Part, span: Span, in_force: InForce) -> Clause<'b> {
    Clause { part, span, in_force, condition: None, guard: None }
}

fn of_test(part: Part, test: &Test) -> Clause<'_> {
    let (condition, guard) = (Some(&test.condition), test.guard.as_ref());
    Clause { condition, guard, ..bare(part, test.span, test.in_force) }
}

fn of_case(part: Part, case: &Case) -> Clause<'_> {
    Clause { condition: case.condition.as_ref(), ..bare(part, case.span, case.in_force) }
}

const fn of_row(part: Part, row: &AmountRow) -> Clause<'_> {
    bare(part, row.span, row.in_force)
}

/// The changes to what a clause says in a condition, to its guard and to its period.
fn conditional(clause: &Clause<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    for (slot, whole) in [(Slot::Condition, clause.condition), (Slot::Guard, clause.guard)] {
        for (path, inner) in whole.map(steps).unwrap_or_default() {
            let twisted = |twist| Change::Twisted(slot, path.clone(), twist);
            changes.extend(twists(inner).into_iter().map(twisted));
        }
    }
    changes.extend(clause.guard.map(|_| Change::Unguarded));
    changes.extend(a_day_off(clause.in_force).into_iter().map(Change::Dated));
    changes
}

/// The same period with one of its ends a day earlier or later.
fn a_day_off(period: InForce) -> Vec<InForce> {
    let mut periods = Vec::new();
    if let Beginning::On(from) = period.from {
        let froms = [from.yesterday(), from.tomorrow()].into_iter().flatten();
        periods.extend(froms.map(|from| InForce { from: Beginning::On(from), ..period }));
    }
    if let Some(until) = period.until {
        let untils = [until.yesterday(), until.tomorrow()].into_iter().flatten();
        periods.extend(untils.map(|until| InForce { until: Some(until), ..period }));
    }
    periods
}

/// The changes that only clauses of this kind know.
fn particular(book: &Rulebook, owner: Owner, clause: &Clause<'_>) -> Vec<Change> {
    match (owner, clause.part) {
        (_, Part::Test(_) | Part::Gate(_)) => vec![Change::Dropped],
        (Owner::Decision(id), Part::Case(place)) => {
            let decision = &book.decisions[id];
            let outcome = decision.cases.get(place).map(|case| case.outcome);
            let next = outcome.map(|outcome| (outcome + 1) % decision.outcomes.len().max(1));
            let next = next.filter(|next| Some(*next) != outcome);
            next.map(Change::Outcome).into_iter().chain([Change::Dropped]).collect()
        }
        (Owner::Amount(id), Part::Row(place)) => {
            let figure = book.amounts[id].rows.get(place).and_then(|row| row.value.as_ref());
            figure.map(a_step_off).unwrap_or_default().into_iter().map(Change::Figure).collect()
        }
        (Owner::List(_), Part::Row(_)) => vec![Change::Dropped],
        (Owner::Document(id), Part::Due(place)) => {
            let rule = book.documents[id].due.get(place).map(|due| &due.rule);
            let counted = match rule {
                Some(DueRule::Within(duration, counting, _)) => counted(*duration, *counting),
                _ => Vec::new(),
            };
            counted.into_iter().chain([Change::Dropped]).collect()
        }
        (Owner::Period(id), Part::Length(place)) => {
            let length = book.periods[id].lengths.get(place).and_then(|row| row.length);
            let counted = length.map(|(_, duration, counting, _)| counted(duration, counting));
            counted.unwrap_or_default().into_iter().chain([Change::Dropped]).collect()
        }
        (Owner::Period(_), Part::Whole) => vec![Change::Until],
        (Owner::Preference(_), Part::Whole) => vec![Change::Dropped, Change::Reversed],
        (Owner::Model(id), Part::Whole) => {
            (0..book.models[id].carried_by.len()).map(Change::Carrier).collect()
        }
        _ => Vec::new(),
    }
}

/// The changes to a time counted out.
fn counted(duration: Duration, counting: Counting) -> Vec<Change> {
    let other = match counting {
        Counting::BeginningWith => Counting::After,
        Counting::After => Counting::BeginningWith,
    };
    let lasting = duration.a_day_off().into_iter().map(Change::Lasting);
    lasting.chain([Change::Counting(other)]).collect()
}

/// The figures next to a figure: a penny, a unit, a smallest step or a day off.
pub(super) fn a_step_off(value: &Value) -> Vec<Value> {
    use crate::quantity::{Money, Percentage};
    let around = |figure: i64| [figure.checked_sub(1), figure.checked_add(1)];
    let at_least_none = |figure: &i64| *figure >= 0;
    match value {
        Value::Number(number) => {
            let around = [number.checked_sub(1), number.checked_add(1)];
            around.into_iter().flatten().map(Value::Number).collect()
        }
        Value::Percentage(percentage) => {
            let around = around(percentage.millionths()).into_iter().flatten();
            let figures = around.filter(at_least_none).map(Percentage::from_millionths);
            figures.map(Value::Percentage).collect()
        }
        Value::Money(money) => {
            let around = around(money.pence()).into_iter().flatten().filter(at_least_none);
            around.map(|pence| Value::Money(Money::from_pence(pence))).collect()
        }
        Value::Date(date) => {
            let around = [date.yesterday(), date.tomorrow()].into_iter().flatten();
            around.map(Value::Date).collect()
        }
        Value::Duration(duration) => {
            duration.a_day_off().into_iter().map(Value::Duration).collect()
        }
        Value::YesNo(_)
        | Value::Choice(_)
        | Value::Choices(_)
        | Value::Text(_)
        | Value::Code(_) => Vec::new(),
    }
}
