//! How things come out, as sets of commissions: where they hold before and after, and which of
//! several ways they go.

use super::super::diagram::{Diagrams, GaveUp, Set};
use super::super::logic::{Logic, Truth};
use super::Turn;
use super::meaning::{due_meaning, length_meaning};
use crate::pack::{Candidate, Condition, DocumentId, ModelId, PeriodId, RouteId, Rulebook, Test};

/// The places of what came out before and of what comes out after; none where nothing does.
pub(super) type Places = (Option<usize>, Option<usize>);

/// A turn or a pair of places, the commissions for which it is so, and those for which it could be.
pub(super) type Turning<T> = Vec<(T, Set, Set)>;

/// The commissions for which something comes out in one way.
pub(super) struct State {
    place: Option<usize>,
    meaning: Option<String>,
    set: Set,
}

impl State {
    pub(super) const fn new(place: Option<usize>, meaning: Option<String>, set: Set) -> Self {
        Self { place, meaning, set }
    }
}

pub(super) fn never(logic: &Logic<'_>) -> Truth {
    Truth { yes: logic.diagrams.nothing(), gap: logic.diagrams.nothing() }
}

/// That nothing comes out, for any commission.
pub(super) fn nothing(logic: &Logic<'_>) -> State {
    State::new(None, None, logic.diagrams.everything())
}

pub(super) fn candidate(book: &Rulebook, is_route: bool, name: &str) -> Option<Candidate> {
    if is_route {
        let mut routes = book.routes.iter();
        return routes.find(|(_, route)| route.name == name).map(|(id, _)| Candidate::Route(id));
    }
    let mut models = book.models.iter();
    models.find(|(_, model)| model.name == name).map(|(id, _)| Candidate::Model(id))
}

/// Where something begins to hold, where it no longer holds, and where one side leaves it open.
pub(super) fn turns(
    diagrams: &Diagrams,
    within: &Set,
    a: &Truth,
    b: &Truth,
) -> Result<Turning<Turn>, GaveUp> {
    let before = diagrams.and(within, &a.yes)?;
    let after = diagrams.and(within, &b.yes)?;
    let begins = diagrams.minus(&diagrams.minus(&after, &before)?, &a.gap)?;
    let ends = diagrams.minus(&diagrams.minus(&before, &after)?, &b.gap)?;
    let settled = diagrams.or(&begins, &ends)?;
    let gap = diagrams.and(within, &diagrams.differing(&a.gap, &b.gap)?)?;
    let gap = diagrams.minus(&gap, &settled)?;
    Ok(vec![
        (Turn::Ends, ends, before),
        (Turn::Begins, begins, after),
        (Turn::LeftOpen, gap, within.clone()),
    ])
}

/// What begins to hold, told among all for which it could.
pub(super) fn among_all(
    turns: Result<Turning<Turn>, GaveUp>,
    all: &Set,
) -> Result<Turning<Turn>, GaveUp> {
    let told = |(turn, set, within): (Turn, Set, Set)| {
        let within = if turn == Turn::Begins { all.clone() } else { within };
        (turn, set, within)
    };
    Ok(turns?.into_iter().map(told).collect())
}

/// Where something comes out in one way before and in another after.
pub(super) fn moved(
    diagrams: &Diagrams,
    within: &Set,
    before: Vec<State>,
    after: Vec<State>,
) -> Result<Turning<Places>, GaveUp> {
    let (before, after) = (merged(diagrams, before)?, merged(diagrams, after)?);
    let of = |states: &[State], meaning: &Option<String>| {
        let state = states.iter().find(|state| state.meaning == *meaning);
        state.map_or_else(|| diagrams.nothing(), |state| state.set.clone())
    };
    let mut differing = diagrams.nothing();
    for state in before.iter().chain(&after) {
        let (a, b) = (of(&before, &state.meaning), of(&after, &state.meaning));
        differing = diagrams.or(&differing, &diagrams.differing(&a, &b)?)?;
    }
    let differing = diagrams.and(within, &differing)?;
    let mut turning = Vec::new();
    if differing.is_nothing() {
        return Ok(turning);
    }
    for a in &before {
        let from = diagrams.and(&differing, &a.set)?;
        for b in after.iter().filter(|b| b.meaning != a.meaning) {
            let set = diagrams.and(&from, &b.set)?;
            if !set.is_nothing() {
                turning.push(((a.place, b.place), set, diagrams.and(within, &a.set)?));
            }
        }
    }
    Ok(turning)
}

/// The states, those of one meaning together.
fn merged(diagrams: &Diagrams, states: Vec<State>) -> Result<Vec<State>, GaveUp> {
    let mut merged: Vec<State> = Vec::new();
    for state in states {
        match merged.iter_mut().find(|known| known.meaning == state.meaning) {
            Some(known) => known.set = diagrams.or(&known.set, &state.set)?,
            None => merged.push(state),
        }
    }
    Ok(merged)
}

/// The first of these that holds, tried in order; none where none does.
fn first<'r>(
    logic: &Logic<'_>,
    route: RouteId,
    rows: impl Iterator<Item = (usize, Option<&'r Condition>, Option<String>)>,
) -> Result<Vec<State>, GaveUp> {
    let mut reached = logic.diagrams.everything();
    let mut states = Vec::new();
    for (place, condition, meaning) in rows {
        let holds = match condition {
            Some(condition) => logic.condition(condition, Some(route))?,
            None => logic.condition(&Condition::All(Vec::new()), None)?,
        };
        let taken = logic.diagrams.and(&reached, &logic.may(&holds)?)?;
        let place = Some(place).filter(|_| meaning.is_some());
        states.push(State::new(place, meaning, taken));
        reached = logic.diagrams.minus(&reached, &holds.yes)?;
    }
    states.push(State::new(None, None, reached));
    Ok(states)
}

pub(super) fn due_states(
    logic: &Logic<'_>,
    document: DocumentId,
    route: RouteId,
) -> Result<Vec<State>, GaveUp> {
    let book = logic.book();
    let rules = &book.documents[document];
    let rows = rules.due.iter().enumerate().filter(|(_, due)| logic.view.is_in_force(due.in_force));
    let rows = rows
        .map(|(place, due)| (place, due.condition.as_ref(), Some(due_meaning(book, rules, due))));
    first(logic, route, rows)
}

pub(super) fn length_states(
    logic: &Logic<'_>,
    period: PeriodId,
    route: RouteId,
) -> Result<Vec<State>, GaveUp> {
    let book = logic.book();
    let rules = &book.periods[period];
    let rows =
        rules.lengths.iter().enumerate().filter(|(_, row)| logic.view.is_in_force(row.in_force));
    let rows =
        rows.map(|(place, row)| (place, row.condition.as_ref(), length_meaning(book, rules, row)));
    let applies = logic.period(period, route)?;
    let may = logic.may(&applies)?;
    let mut states = Vec::new();
    for state in first(logic, route, rows)? {
        let set = logic.diagrams.and(&may, &state.set)?;
        states.push(State { set, ..state });
    }
    states.push(State::new(None, None, applies.yes.not()));
    Ok(states)
}

/// The gates of a model that are in force, within these commissions.
pub(super) fn gates(logic: &Logic<'_>, model: ModelId, within: &Set) -> Result<Vec<Truth>, GaveUp> {
    let rules = &logic.book().models[model];
    let gates: Vec<&Test> = logic.view.tests(&rules.gates).collect();
    let mut truths = Vec::new();
    for gate in gates {
        let truth = logic.counting(rules.pack, gate, None)?;
        let yes = logic.diagrams.and(within, &truth.yes)?;
        truths.push(Truth { yes, gap: logic.diagrams.and(within, &truth.gap)? });
    }
    Ok(truths)
}
