//! Days within a spell on which no rule begins or ends and yet something turns: a time measured up
//! to the date asked about passes a fixed date, or a month is longer than so many days.
//!
//! What the comparisons of one fact can say together rests on the order in which they turn, as the
//! fact goes up. Two days of a spell on which that order is the same are alike for every rule.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::predicate::{Comparing, Side, figures_of, is_relation, key};
use super::space::kind_name;
use super::view::View;
use crate::decide::Known;
use crate::pack::{Condition, FactId, FactKind, Figure, Value, quantities_of, walk};
use crate::quantity::{Date, Duration};

/// How long after the last day on which rules change days are looked at.
const YEARS_AFTER: i16 = 50;

/// The days that may be looked at for what turns within spells.
pub(super) const N_DAYS_MAX: usize = 40;

/// Comparisons that may turn within a spell.
pub(super) struct Turning<'g> {
    groups: Vec<Group<'g>>,
}

/// The comparisons of one fact, or one that reads none.
struct Group<'g> {
    comparisons: Vec<Compared<'g>>,
    /// Whether the order, where it is the same on two days, is so on all between: each pair of
    /// turns goes one way. Lengths in months do not, against others in days.
    is_steady: bool,
    /// Whether no turn goes down as the days go on.
    goes_up: bool,
}

/// A comparison of rules, with the fact that it reads, if any.
type Compared<'g> = (View<'g>, &'g Condition, Option<FactId>);

/// For each comparison what it is before it turns, and the comparisons in the order of their turns,
/// those that turn at once together.
type Order = (Vec<Known>, Vec<BTreeSet<usize>>);

/// A day with its order, and the numbers of the fact's values at which that turns.
struct On {
    day: Date,
    /// By comparison.
    sides: Vec<Vec<Side>>,
    order: Order,
    turns: Vec<i128>,
}

impl<'g> Turning<'g> {
    /// What turns in these rules, taken together, within the spell of their day.
    pub(super) fn of(views: &[View<'g>]) -> Self {
        let mut seen = BTreeSet::new();
        let mut groups: BTreeMap<(String, &str), Vec<_>> = BTreeMap::new();
        for view in views {
            for condition in view.conditions() {
                walk(condition, &mut |condition| {
                    let is_compared =
                        matches!(condition, Condition::Compare(..) | Condition::Gap(..));
                    if !is_compared || is_relation(*view, condition) {
                        return;
                    }
                    let key = key(*view, condition);
                    let fact = figures_of(condition).first().copied();
                    let own = match fact.map(|fact| &view.book().facts[fact]) {
                        Some(fact) => (fact.name.clone(), kind_name(&fact.kind)),
                        None => (key.clone(), ""),
                    };
                    if seen.insert((own.clone(), key)) {
                        groups.entry(own).or_default().push((*view, condition, fact));
                    }
                });
            }
        }
        let moving = groups.into_values().filter(|group| group.iter().any(is_moving));
        let groups = moving.map(|comparisons| Group {
            is_steady: is_steady(&comparisons),
            goes_up: comparisons.iter().all(goes_up),
            comparisons,
        });
        Self { groups: groups.collect() }
    }

    /// The days after the first, up to the last, on which an order is not that of the day before,
    /// and whether they are all: of what goes round with the leap years, only the first round is
    /// told.
    pub(super) fn days(&self, from: Date, last: Date) -> (Vec<Date>, bool) {
        let mut days = BTreeSet::new();
        let goes_round = |group: &&Group<'_>| group.goes_round(from, last);
        for group in self.groups.iter().filter(|group| !goes_round(group)) {
            group.add_days(from, last, &mut days);
        }
        let mut is_all = true;
        let spells: Vec<Date> = std::iter::once(from).chain(days.iter().copied()).collect();
        let lasts = spells.iter().skip(1).filter_map(|next| next.yesterday().ok()).chain([last]);
        for (from, last) in spells.iter().zip(lasts) {
            let end = a_round_after(*from).map_or(last, |end| end.min(last));
            for group in self.groups.iter().filter(goes_round) {
                let n_before = days.len();
                group.add_days(*from, end, &mut days);
                is_all &= end == last || days.len() == n_before;
            }
        }
        (days.into_iter().collect(), is_all)
    }

    /// The first day of each order that is not that of a day already looked at.
    pub(super) fn new_days(&self, looked_at: &[Date], from: Date, last: Date) -> Vec<Date> {
        let mut seen: Vec<Vec<Order>> = looked_at.iter().map(|day| self.orders(*day)).collect();
        let mut new = Vec::new();
        for day in self.days(from, last).0 {
            let orders = self.orders(day);
            if !seen.contains(&orders) {
                seen.push(orders);
                new.push(day);
            }
        }
        new
    }

    fn orders(&self, day: Date) -> Vec<Order> {
        self.groups.iter().map(|group| group.on(day).order).collect()
    }
}

impl Group<'_> {
    fn on(&self, day: Date) -> On {
        self.on_between(day, None)
    }

    /// A day; between two known ones its turns are soon found where they only go up.
    fn on_between(&self, day: Date, ends: Option<(&On, &On)>) -> On {
        let ends = ends.filter(|_| self.goes_up);
        let mut sides: Vec<Vec<Side>> = Vec::new();
        for (place, (view, condition, fact)) in self.comparisons.iter().enumerate() {
            let ends = ends.and_then(|(low, high)| {
                Some((low.sides.get(place)?.as_slice(), high.sides.get(place)?.as_slice()))
            });
            let view = View { as_at: day, ..*view };
            sides.push(Comparing::new(view, condition).sides(*fact, ends));
        }
        let (mut before, mut turns) = (Vec::new(), BTreeMap::<i128, BTreeSet<usize>>::new());
        for (place, (first, turn)) in sides.iter().flatten().enumerate() {
            before.push(*first);
            if let Some(turn) = turn {
                turns.entry(*turn).or_default().insert(place);
            }
        }
        let (turns, together) = turns.into_iter().unzip();
        On { day, sides, order: (before, together), turns }
    }

    /// Whether the order is the same again after four years: of lengths of time alone, while a year
    /// in four is a leap year.
    fn goes_round(&self, from: Date, last: Date) -> bool {
        let moving = || self.comparisons.iter().filter(|comparison| is_moving(comparison));
        let lengths = moving().flat_map(|(view, condition, _)| durations(*view, condition));
        let ends: Option<Vec<Date>> = lengths.map(|length| length.after(last)).collect();
        let Some(end) = ends.and_then(|ends| ends.into_iter().max()) else { return false };
        let is_skipped = |year: i16| year % 100 == 0 && year % 400 != 0;
        let are_lengths = moving().all(|comparison| is_length(comparison) && is_plain(comparison));
        !self.is_steady && are_lengths && !(from.year()..=end.year()).any(is_skipped)
    }

    /// Adds the days after the first on which the order is not that of the day before: halves the
    /// days until two neighbours differ.
    fn add_days(&self, from: Date, last: Date, days: &mut BTreeSet<Date>) {
        let mut left = vec![(Rc::new(self.on(from)), Rc::new(self.on(last)))];
        while let Some((low, high)) = left.pop() {
            if self.is_alike_between(&low, &high) {
                continue;
            }
            match middle(low.day, high.day) {
                Some(middle) => {
                    let middle = Rc::new(self.on_between(middle, Some((&low, &high))));
                    left.push((Rc::clone(&middle), high));
                    left.push((low, middle));
                }
                None if low.order != high.order => {
                    days.insert(high.day);
                }
                None => {}
            }
        }
    }

    /// Whether the order is surely the same on all days between two, since no two turns meet: each
    /// only goes up from where it is on the first to where it is on the last.
    fn is_alike_between(&self, low: &On, high: &On) -> bool {
        let are_single = || low.order.1.iter().all(|together| together.len() == 1);
        let are_apart = || high.turns.iter().zip(low.turns.iter().skip(1)).all(|(a, b)| a < b);
        low.order == high.order && (self.is_steady || self.goes_up && are_single() && are_apart())
    }
}

/// The day four years on.
fn a_round_after(from: Date) -> Option<Date> {
    Duration::from_months(48).after(from)
}

/// The last day that is looked at where rules go on from one without end.
pub(super) fn years_after(from: Date) -> Date {
    let year = from.year().saturating_add(YEARS_AFTER);
    Date::new(year, from.month(), 28).unwrap_or(Date::MAX)
}

/// The day half way; none between neighbours.
fn middle(low: Date, high: Date) -> Option<Date> {
    let n_days = low.until(high).ok()?.get_days();
    if n_days < 2 {
        return None;
    }
    low.checked_add(jiff::Span::new().try_days(n_days / 2).ok()?).ok()
}

/// Whether a comparison comes out otherwise, or turns elsewhere, on another day of the spell.
fn is_moving(comparison: &Compared<'_>) -> bool {
    is_length(comparison) || n_as_at(comparison.1) > 0
}

/// Whether it compares lengths of time, of which the longer may be the shorter on another day.
fn is_length((view, condition, fact): &Compared<'_>) -> bool {
    match fact {
        Some(fact) => view.book().facts[*fact].kind == FactKind::Duration,
        None => n_as_at(condition) == 0 && !durations(*view, condition).is_empty(),
    }
}

/// Whether it turns no earlier on a later day: a day so long before or after the day asked about, or
/// the end of a length of time as it stands. What reads no fact turns once, with the day, or goes to
/// and fro.
fn goes_up(comparison: &Compared<'_>) -> bool {
    let (_, condition, fact) = comparison;
    match fact {
        Some(_) if is_length(comparison) => is_plain(comparison),
        Some(_) => n_as_at(condition) < 2,
        None => n_as_at(condition) == 1,
    }
}

/// Whether it compares a length of time as it stands, and none measured between dates.
fn is_plain((_, condition, _): &Compared<'_>) -> bool {
    matches!(condition, Condition::Compare(..)) && n_as_at(condition) == 0
}

fn n_as_at(condition: &Condition) -> usize {
    let figures = quantities_of(condition).into_iter().flat_map(|quantity| quantity.figures());
    figures.filter(|figure| matches!(figure, Figure::AsAt)).count()
}

/// Whether each pair of these turns goes one way as the days go on.
fn is_steady(comparisons: &[Compared<'_>]) -> bool {
    let moving = || comparisons.iter().filter(|comparison| is_moving(comparison));
    let lengths = moving().flat_map(|(view, condition, _)| durations(*view, condition));
    let lengths: Vec<Duration> = lengths.collect();
    let all_in_days = lengths.iter().all(|length| length.is_in_days());
    if moving().any(|comparison| is_length(comparison)) {
        // Two lengths in one unit stay in their order; a length measured between dates may not.
        let all_in_months = lengths.iter().all(|length| length.is_in_months());
        return moving().all(is_plain) && (all_in_days || all_in_months);
    }
    // Any day that moves passes a fixed one once. So many days before the day asked about moves a
    // day each day; so many months before does not, so two that move may pass one another again.
    let n_turns = moving()
        .map(|(view, condition, fact)| Comparing::new(*view, condition).sides(*fact, None).len())
        .sum::<usize>();
    let is_once = moving().all(|(_, condition, _)| n_as_at(condition) == 1);
    is_once && (all_in_days || n_turns < 2)
}

/// The durations that a comparison names, and those of its amounts.
pub(super) fn durations(view: View<'_>, condition: &Condition) -> Vec<Duration> {
    let mut found = Vec::new();
    let mut add = |value: &Value| {
        if let Value::Duration(duration) = value {
            found.push(*duration);
        }
    };
    for figure in quantities_of(condition).into_iter().flat_map(|quantity| quantity.figures()) {
        match figure {
            Figure::Literal(value) => add(value),
            Figure::Amount(amount) => {
                view.rows(*amount).filter_map(|row| row.value.as_ref()).for_each(&mut add);
            }
            Figure::Fact(_) | Figure::AsAt => {}
        }
    }
    found
}
