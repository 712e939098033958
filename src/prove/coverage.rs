//! What the scenarios of rules have seen: which clauses hold and fail, which boundaries are tried.

use std::collections::BTreeMap;

use super::steps;
use crate::decide::{Known, Observed, observe};
use crate::facts::Facts;
use crate::graph::Graph;
use crate::pack::{
    AmountId, ClauseOf, ClausePart, ClauseRef, ClauseRow, Condition, Figure, PackId, Quantity,
    Rulebook, Scenario, ScenarioId, Sign, Term, Value, comparisons_in, quantities_of,
};
use crate::quantity::{Beginning, Date, InForce};
use crate::source::Span;
use crate::syntax::tree::Comparison;

/// How well some clauses are tested.
#[derive(Clone, Debug)]
pub struct Coverage {
    /// The clauses, in the order of file and line.
    pub clauses: Vec<Covered>,
}

/// A clause with what was seen of it.
#[derive(Clone, Debug)]
pub struct Covered {
    /// The clause.
    pub id: ClauseRef,
    /// The pack that wrote it.
    pub pack: PackId,
    /// Where it is written.
    pub span: Span,
    /// Whether it is to be seen to hold, and how many scenarios saw it.
    pub held: (bool, usize),
    /// Whether it is to be seen to fail, and how many scenarios saw it.
    pub failed: (bool, usize),
    /// Its boundaries.
    pub boundaries: Vec<Boundary>,
}

/// A side of a boundary, to be tried by a scenario that stands on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Boundary {
    /// The boundary.
    pub edge: Edge,
    /// The side.
    pub side: Side,
    /// How many scenarios tried it.
    pub n_tried: usize,
}

/// Where a clause turns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edge {
    /// Where the sides of a comparison are equal, for some rows of the amounts in it: the
    /// comparison by its place among those of the clause.
    Comparison(usize, Vec<(AmountId, usize)>),
    /// The first day on which the clause is in force.
    Begins(Date),
    /// The first day on which it no longer is.
    Ends(Date),
}

/// A side of a boundary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// The left side is the smallest step under the right; of a day, the day before.
    JustUnder,
    /// The sides are equal; of a day, the day itself.
    At,
    /// The left side is the smallest step over the right.
    JustOver,
}

/// Something that no scenario has seen of a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Gap {
    /// It was never seen to hold.
    Hold,
    /// It was never seen to fail.
    Fail,
    /// This side of a boundary is untried.
    Boundary(Edge, Side),
}

/// A scenario with what it saw.
#[derive(Clone, Debug)]
pub struct Witness {
    /// The scenario.
    pub scenario: ScenarioId,
    /// What it saw.
    pub observed: Observed,
}

/// What each scenario of a choice saw.
#[must_use]
pub fn witnesses(graph: &Graph, is_wanted: impl Fn(&Scenario) -> bool) -> Vec<Witness> {
    let scenarios = graph.book().scenarios.iter().filter(|(_, scenario)| is_wanted(scenario));
    let witnesses = scenarios.map(|(id, scenario)| {
        let facts: Facts = scenario.given.iter().cloned().collect();
        Witness { scenario: id, observed: observe(graph, &facts, scenario.as_at) }
    });
    witnesses.collect()
}

/// How well the witnesses test the clauses of a choice.
#[must_use]
pub fn coverage(
    graph: &Graph,
    witnesses: &[Witness],
    is_wanted: impl Fn(&ClauseRow<'_>) -> bool,
) -> Coverage {
    let book = graph.book();
    let clauses = Clauses::new(book);
    let wanted = clauses.rows.values().filter(|row| is_wanted(row));
    let mut covered: Vec<Covered> = wanted
        .map(|row| {
            let n_met = |gap: &Gap| {
                let meets = |witness: &&Witness| {
                    let as_at = book.scenarios[witness.scenario].as_at;
                    clauses.meets(row, gap, as_at, &witness.observed)
                };
                witnesses.iter().filter(meets).count()
            };
            let (can_hold, can_fail) = wants(row);
            let boundaries = clauses.boundaries(row).into_iter().map(|(edge, side)| {
                let n_tried = n_met(&Gap::Boundary(edge.clone(), side));
                Boundary { edge, side, n_tried }
            });
            Covered {
                id: row.id,
                pack: row.pack,
                span: row.span,
                held: (can_hold, n_met(&Gap::Hold)),
                failed: (can_fail, n_met(&Gap::Fail)),
                boundaries: boundaries.collect(),
            }
        })
        .collect();
    covered.sort_by_key(|covered| (covered.span, covered.id));
    Coverage { clauses: covered }
}

impl Coverage {
    /// Whether nothing is missing.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.clauses.iter().all(|covered| covered.gaps().is_empty())
    }
}

impl Covered {
    /// What no scenario has seen of it.
    #[must_use]
    pub fn gaps(&self) -> Vec<Gap> {
        let missing =
            |(is_wanted, n_seen): (bool, usize), gap| (is_wanted && n_seen == 0).then_some(gap);
        let seen = [missing(self.held, Gap::Hold), missing(self.failed, Gap::Fail)];
        let untried = self.boundaries.iter().filter(|boundary| boundary.n_tried == 0);
        let untried = untried.map(|boundary| Gap::Boundary(boundary.edge.clone(), boundary.side));
        seen.into_iter().flatten().chain(untried).collect()
    }
}

/// Whether a clause is to be seen to hold, and to fail.
fn wants(row: &ClauseRow<'_>) -> (bool, bool) {
    match (row.id.part, row.condition) {
        (ClausePart::Life, _) => (false, false),
        (_, Some(condition)) => can_be(condition),
        (_, None) => (true, false),
    }
}

/// Whether a condition can ever hold, and ever fail: what asks only whether a fact is known waits
/// where it is not, and never fails.
fn can_be(condition: &Condition) -> (bool, bool) {
    let limbs = |limbs: &[crate::pack::Limb]| -> (usize, usize, usize) {
        let each: Vec<_> = limbs.iter().map(|limb| can_be(&limb.condition)).collect();
        let n = |of: fn(&(bool, bool)) -> bool| each.iter().filter(|limb| of(limb)).count();
        (n(|limb| limb.0), n(|limb| limb.1), each.len())
    };
    match condition {
        Condition::All(of) => {
            let (can_hold, can_fail, n) = limbs(of);
            (can_hold == n, can_fail > 0)
        }
        Condition::Any(of) => {
            let (can_hold, can_fail, n) = limbs(of);
            (can_hold > 0, can_fail == n)
        }
        Condition::AtLeast(count, of) => {
            let (can_hold, can_fail, n) = limbs(of);
            let count = *count as usize;
            (can_hold >= count, n - can_fail < count)
        }
        Condition::Not(inner) => {
            let (can_hold, can_fail) = can_be(inner);
            (can_fail, can_hold)
        }
        Condition::Known(_) => (true, false),
        Condition::Yes(_)
        | Condition::OneOf(..)
        | Condition::Includes(..)
        | Condition::TextIs(..)
        | Condition::CodeIs(..)
        | Condition::InList(..)
        | Condition::Outcome(..)
        | Condition::RouteIs(_)
        | Condition::ModelIs(_)
        | Condition::Compare(..)
        | Condition::Gap(..) => (true, true),
    }
}

/// All clauses of the rules, by what names them.
pub(super) struct Clauses<'b> {
    book: &'b Rulebook,
    pub(super) rows: BTreeMap<ClauseRef, ClauseRow<'b>>,
}

impl<'b> Clauses<'b> {
    pub(super) fn new(book: &'b Rulebook) -> Self {
        Self { book, rows: book.clauses().into_iter().map(|row| (row.id, row)).collect() }
    }

    /// Whether something seen on a day closes a gap.
    pub(super) fn meets(
        &self,
        row: &ClauseRow<'_>,
        gap: &Gap,
        as_at: Date,
        observed: &Observed,
    ) -> bool {
        let seen = observed.clauses.get(&row.id).map(Vec::as_slice).unwrap_or_default();
        let came_to = |known: Known| seen.iter().any(|observation| observation.holds == known);
        match gap {
            Gap::Hold => came_to(Known::Yes),
            Gap::Fail => came_to(Known::No),
            Gap::Boundary(Edge::Comparison(place, rows), side) => {
                let settled = seen.iter().filter(|seen| seen.holds != Known::Unknown);
                settled.flat_map(|seen| &seen.distances).any(|distance| {
                    distance.comparison == *place
                        && distance.rows == *rows
                        && steps::side(distance.over_by) == Some(*side)
                })
            }
            Gap::Boundary(Edge::Begins(day) | Edge::Ends(day), side) => {
                day_of(*day, *side) == Some(as_at)
                    && if row.in_force.holds_on(as_at) || row.id.part == ClausePart::Life {
                        !seen.is_empty()
                    } else {
                        self.is_passed_over(row, as_at, observed)
                    }
            }
        }
    }

    /// Whether a clause that is out of force would have been asked had it been in force.
    fn is_passed_over(&self, row: &ClauseRow<'_>, as_at: Date, observed: &Observed) -> bool {
        let of = row.id.of;
        let asked = || {
            let first = ClauseRef { of, part: ClausePart::Life };
            observed.clauses.range(first..).map(|(id, _)| *id).take_while(move |id| id.of == of)
        };
        if asked().any(|id| !of.is_tried_in_turn() || id.part > row.id.part) {
            return true;
        }
        let first = ClauseRef { of, part: ClausePart::Life };
        let mut own = self.rows.range(first..).take_while(|(id, _)| id.of == of);
        let has_none_in_force = own.all(|(_, row)| !row.in_force.holds_on(as_at));
        has_none_in_force && observed.applying.contains(&row.pack)
    }

    /// The time in which a clause can be in force: its pack's, its thing's and its own.
    fn life(&self, row: &ClauseRow<'_>) -> InForce {
        let pack = self.book.packs[row.pack].in_force;
        let thing = match row.id.of {
            ClauseOf::Gates(model) => ClauseOf::Model(model),
            ClauseOf::Due(document) => ClauseOf::Document(document),
            ClauseOf::Lengths(period) => ClauseOf::Period(period),
            of @ (ClauseOf::Pack(_)
            | ClauseOf::Decision(_)
            | ClauseOf::Route(_)
            | ClauseOf::Model(_)
            | ClauseOf::Document(_)
            | ClauseOf::Period(_)
            | ClauseOf::Preference(_)) => of,
        };
        let thing = self.rows.get(&ClauseRef { of: thing, part: ClausePart::Life });
        let thing = thing.filter(|thing| thing.id != row.id);
        thing.map_or(pack, |thing| thing.in_force.within(pack))
    }

    /// Every side of every boundary of a clause.
    fn boundaries(&self, row: &ClauseRow<'_>) -> Vec<(Edge, Side)> {
        let mut boundaries = self.days(row);
        let comparisons = row.condition.map(comparisons_in).unwrap_or_default();
        for (place, comparison) in comparisons.into_iter().enumerate() {
            for rows in self.rows_in(row, comparison) {
                for side in sides(comparison) {
                    if self.is_possible(comparison, &rows, *side) {
                        boundaries.push((Edge::Comparison(place, rows.clone()), *side));
                    }
                }
            }
        }
        boundaries
    }

    /// The days on which a clause begins and ends, and the days before them, where the thing that
    /// it belongs to is there on both.
    fn days(&self, row: &ClauseRow<'_>) -> Vec<(Edge, Side)> {
        // A test and its guard begin and end together.
        if matches!(row.id.part, ClausePart::Guard(_)) {
            return Vec::new();
        }
        let is_pack = matches!(row.id, ClauseRef { of: ClauseOf::Pack(_), part: ClausePart::Life });
        let life = if is_pack { InForce::ALWAYS } else { self.life(row) };
        let begins = match row.in_force.from {
            Beginning::On(day) => Some(Edge::Begins(day)),
            Beginning::Always | Beginning::NotAppointed => None,
        };
        let mut days = Vec::new();
        for edge in begins.into_iter().chain(row.in_force.until.map(Edge::Ends)) {
            let (Edge::Begins(day) | Edge::Ends(day)) = edge else { continue };
            for side in [Side::JustUnder, Side::At] {
                if day_of(day, side).is_some_and(|day| life.holds_on(day)) {
                    days.push((edge.clone(), side));
                }
            }
        }
        days
    }

    /// The rows of the amounts in a comparison that can meet while the clause is in force: each
    /// choice of one row for each amount.
    fn rows_in(&self, row: &ClauseRow<'_>, comparison: &Condition) -> Vec<Vec<(AmountId, usize)>> {
        let life = row.in_force.within(self.life(row));
        let mut choices = vec![(life, Vec::new())];
        for figure in quantities_of(comparison).into_iter().flat_map(Quantity::figures) {
            let Figure::Amount(amount) = figure else { continue };
            let rows = self.book.amounts[*amount].rows.iter().enumerate();
            let rows: Vec<_> = rows.filter(|(_, row)| row.value.is_some()).collect();
            let joined = choices.iter().flat_map(|(life, chosen)| {
                rows.iter().filter_map(move |(place, row)| {
                    let life = life.within(row.in_force);
                    let with: Vec<_> = chosen.iter().copied().chain([(*amount, *place)]).collect();
                    is_some_time(life).then_some((life, with))
                })
            });
            choices = joined.collect();
        }
        choices.into_iter().map(|(_, chosen)| chosen).collect()
    }

    /// Whether a fact that is compared with a single figure can stand on that side of it.
    fn is_possible(&self, comparison: &Condition, rows: &[(AmountId, usize)], side: Side) -> bool {
        let Condition::Compare(_, left, right) = comparison else { return true };
        let (fact, figure, steps) = match (only(left), only(right)) {
            (Some(Figure::Fact(fact)), Some(figure)) => (fact, figure, 1),
            (Some(figure), Some(Figure::Fact(fact))) => (fact, figure, -1),
            _ => return true,
        };
        let value: Option<&Value> = match figure {
            Figure::Literal(value) => Some(value),
            Figure::Amount(amount) => {
                let row = rows.iter().find(|(id, _)| id == amount);
                row.and_then(|(id, place)| self.book.amounts[*id].rows.get(*place)?.value.as_ref())
            }
            Figure::Fact(_) | Figure::AsAt => None,
        };
        let Some(value) = value else { return true };
        let steps = match side {
            Side::JustUnder => -steps,
            Side::At => 0,
            Side::JustOver => steps,
        };
        // From which day a duration is counted makes no difference to whether there is one.
        let from = Date::constant(2026, 1, 1);
        steps::moved(&self.book.facts[*fact].kind, value, steps, from).is_some()
    }
}

/// The one figure of a quantity.
fn only(quantity: &Quantity) -> Option<&Figure> {
    match quantity.terms.as_slice() {
        [(Sign::Plus, Term::Figure(figure))] => Some(figure),
        _ => None,
    }
}

/// The sides of a comparison that can tell it from another.
const fn sides(comparison: &Condition) -> &'static [Side] {
    let (Condition::Compare(comparison, ..) | Condition::Gap(_, comparison, _)) = comparison else {
        return &[];
    };
    match comparison {
        Comparison::Under | Comparison::AtOrOver => &[Side::JustUnder, Side::At],
        Comparison::AtOrUnder | Comparison::Over => &[Side::At, Side::JustOver],
        Comparison::Equal => &[Side::JustUnder, Side::At, Side::JustOver],
    }
}

/// The day on a side of a day.
pub(super) fn day_of(day: Date, side: Side) -> Option<Date> {
    match side {
        Side::JustUnder => day.yesterday().ok(),
        Side::At => Some(day),
        Side::JustOver => None,
    }
}

/// Whether a period has a day in it.
fn is_some_time(period: InForce) -> bool {
    let first = period.first_day();
    first.is_some_and(|first| period.until.is_none_or(|until| first < until))
}
