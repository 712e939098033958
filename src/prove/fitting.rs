//! Values that make comparisons of several facts come out as wanted, all of them at once: a few
//! values are tried as a start, and from each one fact after the other is moved to where most of
//! the comparisons are right. Bounded, and always the same.

use std::collections::HashMap;

use super::cells::Scale;
use super::example::Way;
use super::logic::Logic;
use super::predicate::{Comparing, Taken, amounts_of, figures_of};
use crate::decide::{Known, Trial, scalar};
use crate::facts::Facts;
use crate::pack::{Condition, DecisionId, FactId, Value, walk};
use crate::quantity::{Date, day_number};

/// What may be spent on one search: a comparison costs one, and one whose figures the rules must
/// first choose costs more.
const BUDGET: usize = 30_000;
const COST_OF_A_TRIAL: usize = 20;

/// The years of which a commission may have days: a time counted from a later one may end past the
/// calendar, where days are no longer told apart.
const YEAR_MAX: i16 = 9000;

/// How often facts are moved from one start.
const MOVES_MAX: usize = 8;

/// A fact as each set of rules calls it: the place of the rules, and the fact.
pub(super) type Names = Vec<(usize, FactId)>;

/// A comparison that is to come out so, by one of the sets of rules.
struct Wanted<'g> {
    rules: usize,
    condition: &'g Condition,
    /// The facts that it reads itself.
    figures: Vec<FactId>,
    /// Whether the rules must first choose figures of it.
    is_chosen: bool,
    holds: Known,
}

impl Wanted<'_> {
    /// What the facts that it reads are.
    fn taken(&self, facts: &Facts) -> Taken<FactId> {
        let known = self.figures.iter().filter_map(|fact| Some((*fact, facts.get(*fact)?)));
        known.map(|(fact, value)| (fact, scalar(value))).collect()
    }
}

/// The search for a commission that goes a way, as one or two sets of rules read it.
pub(super) struct Fitting<'f, 'g> {
    rules: Vec<&'f Logic<'g>>,
    way: &'f Way,
    wanted: Vec<Wanted<'g>>,
    /// Of each set of rules, the decisions by which figures of those comparisons are chosen.
    behind: Vec<Vec<DecisionId>>,
    /// The facts that those comparisons read.
    moving: Vec<Names>,
    /// What looking at all of the comparisons costs.
    cost: usize,
    left: usize,
    turns: Turns,
}

/// Where a comparison turns with a fact while the others it reads are so, by its place.
type Turns = HashMap<(usize, FactId, Taken<FactId>), Vec<i128>>;

impl<'f, 'g> Fitting<'f, 'g> {
    /// What a way asks of comparisons; `names` gives all names of a fact of one set of rules.
    pub(super) fn new(
        rules: Vec<&'f Logic<'g>>,
        way: &'f Way,
        names: &dyn Fn(usize, FactId) -> Names,
    ) -> Self {
        let mut wanted: Vec<Wanted<'g>> = Vec::new();
        for (place, logic) in rules.iter().enumerate() {
            wanted.extend(wanted_of(place, logic, way));
        }
        let mut moving: Vec<Names> = Vec::new();
        for Wanted { rules, figures, .. } in &wanted {
            for fact in figures {
                let is_seen = moving.iter().any(|names| names.contains(&(*rules, *fact)));
                if !is_seen {
                    moving.push(names(*rules, *fact));
                }
            }
        }
        let behind = (0..).zip(&rules).map(|(place, logic)| {
            let chosen = wanted.iter().filter(|it| it.rules == place && it.is_chosen);
            logic.view.behind(chosen.map(|it| it.condition))
        });
        let behind = behind.collect();
        let cost = wanted.iter().map(|it| if it.is_chosen { COST_OF_A_TRIAL } else { 1 }).sum();
        Self { rules, way, wanted, behind, moving, cost, left: BUDGET, turns: Turns::new() }
    }

    /// The facts of each set of rules, moved so that as many comparisons as can be found come out
    /// as wanted.
    pub(super) fn fitted(mut self, facts: Vec<Facts>) -> Vec<Facts> {
        if self.wanted.is_empty() {
            return facts;
        }
        let start = self.filled(facts);
        let (mut best, mut n_wrong) = self.descended(start.clone());
        for pivot in self.moving.clone() {
            for number in self.natural(&pivot) {
                if n_wrong == 0 || self.left == 0 {
                    return best;
                }
                let Some(moved) = self.moved(&start, &pivot, number) else { continue };
                let (found, n) = self.descended(moved);
                if n < n_wrong {
                    (best, n_wrong) = (found, n);
                }
            }
        }
        best
    }

    /// The facts with those that comparisons read and that are not known yet.
    fn filled(&self, mut facts: Vec<Facts>) -> Vec<Facts> {
        for names in &self.moving {
            let known = names.iter().find_map(|(place, fact)| facts.get(*place)?.get(*fact));
            let value = known.cloned().or_else(|| {
                let (place, fact) = *names.first()?;
                let logic = self.rules.get(place)?;
                let dimension = logic.space.dimension(logic.number(), fact)?;
                let cell = self.way.get(&dimension).copied().unwrap_or(0);
                logic.space.value(logic.number(), logic.book(), fact, cell)
            });
            if let Some(value) = value {
                learn(&mut facts, names, &value);
            }
        }
        facts
    }

    /// One fact after the other moved to where the fewest comparisons are wrong, for as long as
    /// that makes fewer of them wrong; with how many are.
    fn descended(&mut self, mut facts: Vec<Facts>) -> (Vec<Facts>, usize) {
        let mut n_wrong = self.n_wrong(&facts, usize::MAX);
        for _ in 0..MOVES_MAX {
            let mut best = None;
            for names in self.moving.clone() {
                for number in self.turns(&facts, &names) {
                    if n_wrong == 0 || self.left == 0 {
                        break;
                    }
                    let Some(moved) = self.moved(&facts, &names, number) else { continue };
                    let n = self.n_wrong(&moved, n_wrong);
                    if n < n_wrong {
                        (best, n_wrong) = (Some(moved), n);
                    }
                }
            }
            let Some(moved) = best else { break };
            facts = moved;
        }
        (facts, n_wrong)
    }

    /// How many comparisons are wrong; no more of them are counted than `most`.
    fn n_wrong(&mut self, facts: &[Facts], most: usize) -> usize {
        self.left = self.left.saturating_sub(self.cost);
        let mut trials: Vec<Option<Trial<'g>>> = self.rules.iter().map(|_| None).collect();
        let plain_first = [false, true].into_iter();
        let wanted = plain_first.flat_map(|is_chosen| {
            self.wanted.iter().filter(move |wanted| wanted.is_chosen == is_chosen)
        });
        let is_wrong = |wanted: &&Wanted<'g>| {
            let place = wanted.rules;
            let (Some(logic), Some(facts)) = (self.rules.get(place), facts.get(place)) else {
                return false;
            };
            let (view, condition) = (logic.view, wanted.condition);
            let (Some(trial), Some(behind)) = (trials.get_mut(place), self.behind.get(place))
            else {
                return false;
            };
            let found = if wanted.is_chosen {
                let trial = trial.get_or_insert_with(|| {
                    Trial::of_decisions(view.graph, facts, view.moment(), behind)
                });
                trial.condition(condition, None)
            } else {
                Comparing::new(view, condition).holds(&wanted.taken(facts), &Vec::new())
            };
            found != wanted.holds
        };
        wanted.filter(is_wrong).take(most).count()
    }

    /// The facts with one of them at this number, where it may be so.
    fn moved(&self, facts: &[Facts], names: &Names, number: i128) -> Option<Vec<Facts>> {
        let (place, fact) = *names.first()?;
        let value = self.rules.get(place)?.scale(fact)?.value(number)?;
        let may_be = names.iter().all(|(place, fact)| {
            let Some(logic) = self.rules.get(*place) else { return false };
            is_within(logic, *fact, &value) && goes(logic, self.way, *fact, &value)
        });
        if !may_be {
            return None;
        }
        let mut moved = facts.to_vec();
        learn(&mut moved, names, &value);
        Some(moved)
    }

    /// The numbers of a fact about which some comparison turns while the other facts stay.
    fn turns(&mut self, facts: &[Facts], names: &Names) -> Vec<i128> {
        let mut turns = Vec::new();
        for (at, wanted) in self.wanted.iter().enumerate() {
            let Some((_, fact)) = names.iter().find(|(place, _)| *place == wanted.rules) else {
                continue;
            };
            let rules = self.rules.get(wanted.rules);
            let (Some(logic), Some(facts)) = (rules, facts.get(wanted.rules)) else { continue };
            if wanted.figures.contains(fact) {
                let mut others = wanted.taken(facts);
                others.retain(|(other, _)| other != fact);
                let found = self.turns.entry((at, *fact, others)).or_insert_with_key(|key| {
                    Comparing::new(logic.view, wanted.condition).turns(*fact, &key.2)
                });
                turns.extend(found.iter().copied());
            }
        }
        let near: Vec<i128> = turns.iter().flat_map(|turn| [*turn, turn - 1, turn + 1]).collect();
        let mut once = Vec::new();
        for number in near {
            if !once.contains(&number) {
                once.push(number);
            }
        }
        once
    }

    /// Numbers that a person would think of, to start from.
    fn natural(&self, names: &Names) -> Vec<i128> {
        let scale = names.first().and_then(|(place, fact)| {
            let logic = self.rules.get(*place)?;
            Some((logic.scale(*fact)?, logic.view.as_at))
        });
        scale.map(|(scale, as_at)| natural(scale, as_at)).unwrap_or_default()
    }
}

/// The comparisons of several facts that a way says something of, each once.
fn wanted_of<'g>(place: usize, logic: &Logic<'g>, way: &Way) -> Vec<Wanted<'g>> {
    let mut seen: Vec<usize> = Vec::new();
    let mut wanted = Vec::new();
    for condition in logic.view.conditions() {
        walk(condition, &mut |condition| {
            let Some(dimension) = logic.relation(condition) else { return };
            let Some(cell) = way.get(&dimension) else { return };
            if !seen.contains(&dimension) {
                seen.push(dimension);
                let holds = if *cell == 1 { Known::Yes } else { Known::No };
                let is_chosen = !amounts_of(condition).is_empty();
                let figures = figures_of(condition);
                wanted.push(Wanted { rules: place, condition, figures, is_chosen, holds });
            }
        });
    }
    wanted
}

fn learn(facts: &mut [Facts], names: &Names, value: &Value) {
    for (place, fact) in names {
        if let Some(facts) = facts.get_mut(*place) {
            facts.learn(*fact, value.clone());
        }
    }
}

/// Whether a fact may be so at all.
fn is_within(logic: &Logic<'_>, fact: FactId, value: &Value) -> bool {
    let kind = &logic.book().facts[fact].kind;
    let Some((scale, least, most)) = Scale::of(kind, logic.view.as_at) else { return false };
    if matches!(value, Value::Date(date) if date.year() > YEAR_MAX) {
        return false;
    }
    scale.number(value).is_some_and(|number| (least..=most).contains(&number))
}

/// Whether a fact that is so still goes the way.
fn goes(logic: &Logic<'_>, way: &Way, fact: FactId, value: &Value) -> bool {
    let dimension = logic.space.dimension(logic.number(), fact);
    let cell = dimension.and_then(|dimension| Some((dimension, way.get(&dimension)?)));
    let Some((dimension, cell)) = cell else { return true };
    let code = logic.space.dimensions().get(dimension).map(|dimension| dimension.code(*cell));
    code == Some(logic.space.bits(logic.number(), fact, value))
}

fn natural(scale: Scale, as_at: Date) -> Vec<i128> {
    let today = i128::from(day_number(as_at));
    match scale {
        Scale::Number => vec![10, 100, 4, 1, 1000, 100_000],
        Scale::Percentage => [50, 10, 100, 25, 1].map(|share: i128| share * 10_000).to_vec(),
        Scale::Money => [100_000, 10_000, 1_000_000, 1_000, 100, 10_000_000, 10, 100_000_000]
            .map(|pounds: i128| pounds * 100)
            .to_vec(),
        Scale::Date => [0, -365, 365, -30, 30, -1461, 1461].map(|days| today + days).to_vec(),
        Scale::Duration(from) => {
            let from = i128::from(day_number(from));
            [365, 1461, 30, 1, 3650].map(|days| from + days).to_vec()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::numbered_day;

    const AS_AT: Date = Date::constant(2026, 3, 2);

    fn days(scale: Scale) -> Vec<String> {
        let day = |number| numbered_day(i32::try_from(number).unwrap()).unwrap().to_string();
        natural(scale, AS_AT).into_iter().map(day).collect()
    }

    #[test]
    fn days_to_start_from_are_before_and_after_the_day_asked_about() {
        let wanted = [
            "2026-03-02",
            "2025-03-02",
            "2027-03-02",
            "2026-01-31",
            "2026-04-01",
            "2022-03-02",
            "2030-03-02",
        ];
        assert_eq!(days(Scale::Date), wanted);
    }

    #[test]
    fn lengths_of_time_to_start_from_end_after_the_day_on_which_they_begin() {
        let begins = Date::constant(2025, 1, 1);
        let wanted = ["2026-01-01", "2029-01-01", "2025-01-31", "2025-01-02", "2034-12-30"];
        assert_eq!(days(Scale::Duration(begins)), wanted);
    }

    #[test]
    fn shares_to_start_from_are_whole_ones() {
        let shares = natural(Scale::Percentage, AS_AT).into_iter().map(|number| {
            let Some(Value::Percentage(share)) = Scale::Percentage.value(number) else {
                panic!("{number} is no share");
            };
            share.to_string()
        });
        assert_eq!(shares.collect::<Vec<_>>(), ["50%", "10%", "100%", "25%", "1%"]);
    }
}
