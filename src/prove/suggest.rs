//! Scenarios that would close what coverage finds missing: an existing one that reaches the clause,
//! with a fact or the date moved.
//!
//! Each is tried before it is suggested. What the rules answer to it is not told: that is for
//! somebody to say who has not looked.

use std::collections::BTreeSet;

use super::coverage::{Clauses, Covered, Edge, Gap, Side, Witness, coverage, day_of};
use super::predicate::read_in;
use super::steps;
use crate::decide::{Observed, observe};
use crate::facts::Facts;
use crate::graph::Graph;
use crate::pack::{
    Class, ClauseRow, Condition, FactId, FactKind, Figure, Quantity, Rulebook, ScenarioId, Sign,
    Term, Value, comparisons_in, quantities_of,
};
use crate::quantity::Date;

/// How many existing scenarios are tried as the beginning of a new one.
const BASES_MAX: usize = 6;
/// How many values of a fact are tried.
const VALUES_MAX: usize = 6;
/// How many changes are tried to make a clause hold or fail.
const CHANGES_MAX: usize = 60;

/// The scenarios suggested, and what none was found for.
#[derive(Clone, Debug)]
pub struct Suggestions {
    /// The scenarios, in the order of the clauses that they try.
    pub scenarios: Vec<Suggestion>,
    /// The clauses with a gap that no change of one fact closes.
    pub left: Vec<(Covered, Gap)>,
}

/// A scenario to be filled with what it should expect.
#[derive(Clone, Debug)]
pub struct Suggestion {
    /// The scenario whose facts it has.
    pub near: ScenarioId,
    /// The date asked about.
    pub as_at: Date,
    /// The facts, in the order in which that scenario gives them.
    pub given: Vec<(FactId, Value)>,
    /// What it closes, one at least.
    pub closes: Vec<(Covered, Gap)>,
}

/// Suggests scenarios for what the witnesses leave untested of a choice of clauses.
#[must_use]
pub fn suggest(
    graph: &Graph,
    witnesses: &[Witness],
    is_wanted: impl Fn(&ClauseRow<'_>) -> bool,
) -> Suggestions {
    let clauses = Clauses::new(graph.book());
    let search = Search { graph, witnesses, clauses };
    let (mut found, mut left): (Vec<(Suggestion, Observed)>, Vec<_>) = (Vec::new(), Vec::new());
    for covered in coverage(graph, witnesses, is_wanted).clauses {
        let Some(row) = search.clauses.rows.get(&covered.id) else { continue };
        let mut gaps = covered.gaps();
        // A scenario on a boundary often shows the clause to hold or to fail too.
        gaps.sort_by_key(|gap| !matches!(gap, Gap::Boundary(..)));
        for gap in gaps {
            let closes = |(suggestion, seen): &&mut (Suggestion, Observed)| {
                search.clauses.meets(row, &gap, suggestion.as_at, seen)
            };
            if let Some((suggestion, _)) = found.iter_mut().find(closes) {
                suggestion.closes.push((covered.clone(), gap));
            } else if let Some((case, seen)) = search.closing(row, &gap) {
                let Case { near, as_at, given } = case;
                let closes = vec![(covered.clone(), gap)];
                found.push((Suggestion { near, as_at, given, closes }, seen));
            } else {
                left.push((covered.clone(), gap));
            }
        }
    }
    Suggestions { scenarios: found.into_iter().map(|(suggestion, _)| suggestion).collect(), left }
}

/// Facts and a date to be tried.
#[derive(Clone, PartialEq)]
struct Case {
    near: ScenarioId,
    as_at: Date,
    given: Vec<(FactId, Value)>,
}

impl Case {
    fn get(&self, fact: FactId) -> Option<&Value> {
        self.given.iter().find(|(given, _)| *given == fact).map(|(_, value)| value)
    }

    fn with(&self, book: &Rulebook, fact: FactId, value: Value) -> Self {
        let mut case = self.clone();
        // A total that is moved is no longer what its parts come to.
        if let Some(sum) = &book.facts[fact].sum {
            case.given.retain(|(given, _)| !sum.parts.contains(given));
        }
        match case.given.iter_mut().find(|(given, _)| *given == fact) {
            Some((_, given)) => *given = value,
            None => case.given.push((fact, value)),
        }
        case
    }

    fn on(&self, as_at: Date) -> Self {
        Self { as_at, ..self.clone() }
    }
}

/// What can be moved to bring a comparison to its boundary, and whether the distance grows with it.
#[derive(Clone, Copy)]
enum Movable {
    Fact(FactId, bool),
    AsAt(bool),
}

struct Search<'g> {
    graph: &'g Graph,
    witnesses: &'g [Witness],
    clauses: Clauses<'g>,
}

impl<'g> Search<'g> {
    const fn book(&self) -> &'g Rulebook {
        self.graph.book()
    }

    fn observe(&self, case: &Case) -> Observed {
        let facts: Facts = case.given.iter().cloned().collect();
        observe(self.graph, &facts, case.as_at)
    }

    /// The first of some cases that closes a gap.
    fn first(
        &self,
        row: &ClauseRow<'_>,
        gap: &Gap,
        cases: impl IntoIterator<Item = Case>,
    ) -> Option<(Case, Observed)> {
        cases.into_iter().find_map(|case| {
            let seen = self.observe(&case);
            self.clauses.meets(row, gap, case.as_at, &seen).then_some((case, seen))
        })
    }

    fn closing(&self, row: &ClauseRow<'_>, gap: &Gap) -> Option<(Case, Observed)> {
        match gap {
            Gap::Boundary(Edge::Begins(day) | Edge::Ends(day), side) => {
                self.on_a_day(row, gap, day_of(*day, *side)?)
            }
            Gap::Boundary(Edge::Comparison(place, rows), side) => {
                let comparison = *comparisons_in(row.condition?).get(*place)?;
                self.at_a_boundary(row, gap, (comparison, *place, rows, *side))
            }
            Gap::Hold | Gap::Fail => self.turned(row, gap),
        }
    }

    /// The scenarios that reach a clause as cases: those of its own pack first, then those that are
    /// nearest.
    fn bases<K: Ord>(
        &self,
        row: &ClauseRow<'_>,
        reaches: impl Fn(&Observed) -> bool,
        how_far: impl Fn(&Case, &Observed) -> K,
    ) -> Vec<(Case, &'g Observed)> {
        let reaching = self.witnesses.iter().filter(|witness| reaches(&witness.observed));
        let mut bases: Vec<_> = reaching
            .map(|witness| {
                let scenario = &self.book().scenarios[witness.scenario];
                let (near, as_at) = (witness.scenario, scenario.as_at);
                let case = Case { near, as_at, given: scenario.given.clone() };
                let key = (scenario.pack != row.pack, how_far(&case, &witness.observed), near);
                (key, case, &witness.observed)
            })
            .collect();
        bases.sort_by(|a, b| a.0.cmp(&b.0));
        bases.into_iter().take(BASES_MAX).map(|(_, case, seen)| (case, seen)).collect()
    }

    /// A scenario moved to a day.
    fn on_a_day(&self, row: &ClauseRow<'_>, gap: &Gap, day: Date) -> Option<(Case, Observed)> {
        let reaches = |seen: &Observed| {
            seen.clauses.keys().any(|id| id.of == row.id.of) || seen.applying.contains(&row.pack)
        };
        let how_far = |case: &Case, seen: &Observed| {
            (!seen.clauses.contains_key(&row.id), days_between(case.as_at, day))
        };
        let bases = self.bases(row, reaches, how_far);
        self.first(row, gap, bases.into_iter().map(|(case, _)| case.on(day)))
    }

    /// A scenario whose comparison is moved to a side of its boundary.
    fn at_a_boundary(
        &self,
        row: &ClauseRow<'_>,
        gap: &Gap,
        (comparison, place, rows, side): (&Condition, usize, &Rows, Side),
    ) -> Option<(Case, Observed)> {
        let over_by = |seen: &Observed| {
            let seen = seen.clauses.get(&row.id)?.iter().flat_map(|seen| &seen.distances);
            let mut with_rows =
                seen.filter(|distance| distance.comparison == place && distance.rows == *rows);
            with_rows.next().map(|distance| distance.over_by)
        };
        let how_far = |_: &Case, seen: &Observed| {
            let over_by = over_by(seen);
            (over_by.is_none(), over_by.map(i128::abs))
        };
        let bases = self.bases(row, |seen| seen.clauses.contains_key(&row.id), how_far);
        bases.into_iter().find_map(|(base, seen)| {
            let ready = self.with_figures(self.with_rows(base.clone(), rows), comparison);
            let from = if ready == base { over_by(seen) } else { over_by(&self.observe(&ready)) };
            let steps = steps::steps_to(side, from?)?;
            let movables = movables(comparison).into_iter();
            self.first(row, gap, movables.filter_map(|movable| self.moved(&ready, movable, steps)))
        })
    }

    /// A case to which rows of amounts apply, as far as a fact and the date can make them.
    fn with_rows(&self, mut case: Case, rows: &Rows) -> Case {
        for (amount, place) in rows {
            let amount = &self.book().amounts[*amount];
            let Some(row) = amount.rows.get(*place) else { continue };
            if let (Some(Class::Fact(fact)), Some(class)) = (amount.class, row.class) {
                case = case.with(self.book(), fact, Value::Choice(class));
            }
            let first = row.in_force.first_day().filter(|first| case.as_at < *first);
            let last = row.in_force.until.filter(|until| case.as_at >= *until);
            let last = last.and_then(|until| until.yesterday().ok());
            if let Some(day) = first.or(last) {
                case = case.on(day);
            }
        }
        case
    }

    /// A case in which every fact of a comparison is known.
    fn with_figures(&self, mut case: Case, comparison: &Condition) -> Case {
        for figure in quantities_of(comparison).into_iter().flat_map(Quantity::figures) {
            let Figure::Fact(fact) = figure else { continue };
            let least = steps::least(&self.book().facts[*fact].kind, case.as_at);
            if let (None, Some(least)) = (case.get(*fact), least) {
                case = case.with(self.book(), *fact, least);
            }
        }
        case
    }

    fn moved(&self, case: &Case, movable: Movable, steps: i64) -> Option<Case> {
        let turned = |grows: bool| if grows { Some(steps) } else { steps.checked_neg() };
        match movable {
            Movable::AsAt(grows) => Some(case.on(steps::day(case.as_at, turned(grows)?)?)),
            Movable::Fact(fact, grows) => {
                let kind = &self.book().facts[fact].kind;
                let value = steps::moved(kind, case.get(fact)?, turned(grows)?, case.as_at)?;
                Some(case.with(self.book(), fact, value))
            }
        }
    }

    /// A scenario with one fact changed, so that a clause comes out otherwise.
    fn turned(&self, row: &ClauseRow<'_>, gap: &Gap) -> Option<(Case, Observed)> {
        let facts = self.facts_behind(row.condition?);
        let values: Vec<(FactId, Vec<Value>)> =
            facts.iter().map(|fact| (*fact, self.values(*fact))).collect();
        let n_unknown = |case: &Case, _: &Observed| {
            facts.iter().filter(|fact| case.get(**fact).is_none()).count()
        };
        let bases = self.bases(row, |seen| seen.clauses.contains_key(&row.id), n_unknown);
        let bases = &bases;
        let cases = values.iter().flat_map(|(fact, values)| {
            values
                .iter()
                .flat_map(move |value| bases.iter().map(move |(case, _)| (case, *fact, value)))
        });
        let changed = cases
            .filter(|(case, fact, value)| case.get(*fact) != Some(*value))
            .map(|(case, fact, value)| case.with(self.book(), fact, value.clone()));
        self.first(row, gap, changed.take(CHANGES_MAX))
    }

    /// The facts that a condition reads, and then those that the decisions in it read.
    fn facts_behind(&self, condition: &Condition) -> Vec<FactId> {
        let (mut facts, decisions) = read_in(condition);
        for decision in decisions {
            let cases = &self.book().decisions[decision].cases;
            for condition in cases.iter().filter_map(|case| case.condition.as_ref()) {
                facts.extend(read_in(condition).0);
            }
        }
        let mut seen = BTreeSet::new();
        facts.retain(|fact| seen.insert(*fact));
        facts
    }

    /// Values worth trying of a fact: its options, or what scenarios give it.
    fn values(&self, fact: FactId) -> Vec<Value> {
        let kind = &self.book().facts[fact].kind;
        let mut values = match kind {
            FactKind::YesNo => vec![Value::YesNo(true), Value::YesNo(false)],
            FactKind::OneOf(choices) => (0..choices.len()).map(Value::Choice).collect(),
            // That none of them is so can't be written in a scenario.
            FactKind::SomeOf(choices) => {
                let each = (0..choices.len()).map(|place| BTreeSet::from([place]));
                each.map(Value::Choices).collect()
            }
            FactKind::Number(..)
            | FactKind::Percentage(..)
            | FactKind::Money(..)
            | FactKind::Date
            | FactKind::Duration
            | FactKind::Text
            | FactKind::Cpv => Vec::new(),
        };
        if values.is_empty() {
            for scenario in self.book().scenarios.rows() {
                let given = scenario.given.iter().filter(|(given, _)| *given == fact);
                for (_, value) in given {
                    if values.len() < VALUES_MAX && !values.contains(value) {
                        values.push(value.clone());
                    }
                }
            }
        }
        values
    }
}

/// Rows of amounts.
type Rows = [(crate::pack::AmountId, usize)];

/// What can be moved in a comparison, the facts before the date asked about.
fn movables(comparison: &Condition) -> Vec<Movable> {
    let mut sides: Vec<(&Quantity, bool)> = Vec::new();
    if let Condition::Compare(_, left, right) = comparison {
        sides.extend([(left, true), (right, false)]);
    } else if let Condition::Gap(dates, _, duration) = comparison {
        sides.extend([(&dates.1, true), (&dates.0, false), (duration, false)]);
    }
    let mut movables = Vec::new();
    for (quantity, grows) in sides {
        for (sign, term) in &quantity.terms {
            let grows = grows == (*sign == Sign::Plus);
            match term {
                Term::Figure(Figure::Fact(fact)) => movables.push(Movable::Fact(*fact, grows)),
                Term::Figure(Figure::AsAt) => movables.push(Movable::AsAt(grows)),
                Term::Figure(Figure::Literal(_) | Figure::Amount(_)) | Term::Share(..) => {}
            }
        }
    }
    movables.sort_by_key(|movable| matches!(movable, Movable::AsAt(_)));
    movables
}

/// How many days are between two, either way.
fn days_between(a: Date, b: Date) -> u32 {
    a.since(b).map_or(u32::MAX, |span| span.get_days().unsigned_abs())
}
