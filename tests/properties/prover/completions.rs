//! Every commission that there is under small rules, as far as the rules can tell: of each fact, a
//! value for each way in which the conditions in it alone come out.

use std::collections::BTreeSet;

use clearway::facts::Facts;
use clearway::pack::{
    AmountId, Class, CodeSet, Condition, DecisionId, FactId, FactKind, Figure, ListRows, Rulebook,
    Value, quantities_of, walk,
};
use clearway::quantity::{CpvCode, Date, Duration, Money, Percentage, day_number, numbered_day};

use super::super::domains::date;
use super::super::naive::World;
use super::Moment;

/// Every fact with the values that stand for all that it can have.
#[derive(Clone, Debug)]
pub(super) struct Completions {
    facts: Vec<(FactId, Vec<Value>)>,
}

/// A condition that asks for facts itself: which, and every way in which its amounts are settled.
struct Asking<'c> {
    condition: &'c Condition,
    facts: BTreeSet<FactId>,
    ways: Vec<Settled>,
}

/// What settles the amounts of a comparison: options of facts and outcomes of decisions.
#[derive(Clone, Default)]
struct Settled {
    facts: Vec<(FactId, Value)>,
    outcomes: Vec<(DecisionId, usize)>,
}

/// The rules at a moment.
#[derive(Clone, Copy)]
struct Rules<'b> {
    book: &'b Rulebook,
    moment: Moment,
}

/// A fact that is in a comparison with others can't be parted by what it is alone: so many values
/// are tried for each way.
const IN_RELATION_MAX: usize = 3;

impl Completions {
    pub(super) fn of(book: &Rulebook, moment: Moment) -> Self {
        let rules = Rules { book, moment };
        let asking = rules.asking();
        let alone = |fact: FactId| -> Vec<&Asking<'_>> {
            let is_alone = |it: &&Asking<'_>| it.facts.len() == 1 && it.facts.contains(&fact);
            asking.iter().filter(is_alone).collect()
        };
        let related = |fact: FactId| -> Vec<&Asking<'_>> {
            let is_related = |it: &&Asking<'_>| it.facts.len() > 1 && it.facts.contains(&fact);
            asking.iter().filter(is_related).collect()
        };
        let mut tried: Vec<(FactId, Vec<Value>)> =
            book.facts.ids().map(|fact| (fact, rules.turning(fact, &alone(fact)))).collect();
        let further: Vec<Vec<Value>> =
            book.facts.ids().map(|fact| rules.turning_with(fact, &related(fact), &tried)).collect();
        for ((_, values), further) in tried.iter_mut().zip(further) {
            values.extend(further);
        }
        let parted = |(fact, values): (FactId, Vec<Value>)| {
            let count = if related(fact).is_empty() { 1 } else { IN_RELATION_MAX };
            (fact, rules.parted(fact, values, &alone(fact), count))
        };
        Self { facts: tried.into_iter().map(parted).collect() }
    }

    pub(super) fn count(&self) -> usize {
        self.facts.iter().map(|(_, values)| values.len()).product()
    }

    /// A commission by its number, with what is known of it kept.
    pub(super) fn commission(&self, number: usize, known: &Facts) -> Facts {
        let mut left = number;
        let values = self.facts.iter().filter_map(|(fact, values)| {
            let place = left % values.len();
            left /= values.len();
            Some((*fact, known.get(*fact).or_else(|| values.get(place))?.clone()))
        });
        values.collect()
    }

    /// Pairs of commissions that differ by a fact alone, enough to see whether it ever matters: the
    /// number of each, and of the one in which the fact has its first value.
    pub(super) fn pairs(&self, fact: FactId) -> impl Iterator<Item = (usize, usize)> {
        let before = self.facts.iter().take_while(|(other, _)| *other != fact);
        let stride: usize = before.map(|(_, values)| values.len()).product();
        let own = self.facts.iter().find(|(other, _)| *other == fact);
        let n_values = own.map_or(1, |(_, values)| values.len());
        (0..self.count()).map(move |number| (number, number - number / stride % n_values * stride))
    }

    /// The numbers of the commissions that agree with what is known.
    pub(super) fn completing(&self, known: &Facts) -> Vec<usize> {
        let mut left = self.clone();
        let unknown = |fact: FactId| known.get(fact).is_none();
        let mut numbers = vec![0];
        let mut stride = 1;
        for (fact, values) in &mut left.facts {
            let places = if unknown(*fact) { 0..values.len() } else { 0..1 };
            numbers = places
                .flat_map(|place| numbers.iter().map(move |number| number + place * stride))
                .collect();
            stride *= values.len();
        }
        numbers
    }
}

/// The facts that a condition itself asks for.
fn facts_of(condition: &Condition) -> BTreeSet<FactId> {
    match condition {
        Condition::Yes(fact)
        | Condition::OneOf(fact, _)
        | Condition::Includes(fact, _)
        | Condition::TextIs(fact, _)
        | Condition::CodeIs(fact, _)
        | Condition::InList(fact, _) => BTreeSet::from([*fact]),
        Condition::Compare(..)
        | Condition::Gap(..)
        | Condition::All(_)
        | Condition::Any(_)
        | Condition::AtLeast(..)
        | Condition::Not(_)
        | Condition::Known(_)
        | Condition::Outcome(..)
        | Condition::RouteIs(_)
        | Condition::ModelIs(_) => figures_of(condition)
            .into_iter()
            .filter_map(|figure| match figure {
                Figure::Fact(fact) => Some(*fact),
                Figure::Literal(_) | Figure::Amount(_) | Figure::AsAt => None,
            })
            .collect(),
    }
}

/// Whether a condition compares several facts, or a date with itself: then no value of one fact
/// alone says how it comes out, or no few values do.
pub(super) fn is_related(book: &Rulebook, condition: &Condition) -> bool {
    let is_date = |figure: &&Figure| match figure {
        Figure::Fact(fact) => book.facts[*fact].kind == FactKind::Date,
        Figure::Literal(_) | Figure::Amount(_) | Figure::AsAt => false,
    };
    facts_of(condition).len() > 1 || figures_of(condition).into_iter().filter(is_date).count() > 1
}

fn figures_of(condition: &Condition) -> Vec<&Figure> {
    quantities_of(condition).into_iter().flat_map(|quantity| quantity.figures()).collect()
}

impl<'b> Rules<'b> {
    /// Every condition that asks for a fact itself.
    fn asking(self) -> Vec<Asking<'b>> {
        let mut asking = Vec::new();
        for condition in self.book.conditions() {
            walk(condition, &mut |condition| {
                let facts = facts_of(condition);
                if !facts.is_empty() {
                    asking.push(Asking { condition, facts, ways: self.settled(condition) });
                }
            });
        }
        asking
    }

    /// How a condition comes out, or how far its sides are apart, when so much is known.
    fn world<T>(
        self,
        settled: &Settled,
        known: impl IntoIterator<Item = (FactId, Value)>,
        of: impl Fn(&World<'_>) -> T,
    ) -> T {
        let facts: Facts = settled.facts.iter().cloned().chain(known).collect();
        let mut world = self.moment.world(self.book, &facts);
        for (decision, outcome) in &settled.outcomes {
            world = world.supposing(*decision, *outcome);
        }
        of(&world)
    }

    /// Every way in which the amounts of a condition can be settled.
    fn settled(self, condition: &Condition) -> Vec<Settled> {
        let amounts: BTreeSet<AmountId> = figures_of(condition)
            .into_iter()
            .filter_map(|figure| match figure {
                Figure::Amount(amount) => Some(*amount),
                Figure::Literal(_) | Figure::Fact(_) | Figure::AsAt => None,
            })
            .collect();
        let mut classes: Vec<Class> = Vec::new();
        for class in amounts.iter().filter_map(|amount| self.book.amounts[*amount].class) {
            if !classes.contains(&class) {
                classes.push(class);
            }
        }
        let mut ways = vec![Settled::default()];
        for class in classes {
            let n_choices = self.book.class_choices(class).len();
            let with = |way: &Settled, place: usize| {
                let mut way = way.clone();
                match class {
                    Class::Fact(fact) => way.facts.push((fact, Value::Choice(place))),
                    Class::Decision(decision) => way.outcomes.push((decision, place)),
                }
                way
            };
            ways =
                ways.iter().flat_map(|way| (0..n_choices).map(|place| with(way, place))).collect();
        }
        ways
    }

    /// One value, or so many, for each way in which the conditions come out.
    fn parted(
        self,
        fact: FactId,
        values: Vec<Value>,
        asking: &[&Asking<'_>],
        count: usize,
    ) -> Vec<Value> {
        if matches!(self.book.facts[fact].kind, FactKind::OneOf(_)) {
            return values;
        }
        let asked: Vec<(&Condition, &Settled)> =
            asking.iter().flat_map(|it| it.ways.iter().map(|way| (it.condition, way))).collect();
        let mut ways: Vec<(Vec<Option<bool>>, usize)> = Vec::new();
        let mut kept: Vec<Value> = Vec::new();
        for value in values {
            let way: Vec<Option<bool>> = asked
                .iter()
                .map(|(condition, settled)| {
                    self.world(settled, [(fact, value.clone())], |it| it.holds(condition, None))
                })
                .collect();
            match ways.iter_mut().find(|(known, _)| *known == way) {
                Some((_, n)) if *n >= count || kept.contains(&value) => {}
                Some((_, n)) => {
                    *n += 1;
                    kept.push(value);
                }
                None => {
                    ways.push((way, 1));
                    kept.push(value);
                }
            }
        }
        kept
    }

    /// Values at, just under and just over each at which one of the conditions turns.
    fn turning(self, fact: FactId, asking: &[&Asking<'_>]) -> Vec<Value> {
        let kind = &self.book.facts[fact].kind;
        match kind {
            FactKind::YesNo => vec![Value::YesNo(false), Value::YesNo(true)],
            FactKind::OneOf(options) => (0..options.len()).map(Value::Choice).collect(),
            FactKind::SomeOf(options) => (0..1_usize << options.len())
                .map(|bits| (0..options.len()).filter(|place| bits >> place & 1 == 1).collect())
                .map(Value::Choices)
                .collect(),
            FactKind::Text => texts(asking),
            FactKind::Cpv => self.codes(asking),
            FactKind::Duration => self.lengths(asking),
            FactKind::Number(..)
            | FactKind::Percentage(..)
            | FactKind::Money(..)
            | FactKind::Date => {
                let mut numbers = BTreeSet::from(ends(kind));
                for it in asking {
                    for way in &it.ways {
                        numbers.extend(self.turns(fact, it.condition, way));
                    }
                }
                numbers.into_iter().filter_map(|number| value(kind, number)).collect()
            }
        }
    }

    /// Values about those at which a comparison with other facts turns, the others having some of
    /// their values.
    fn turning_with(
        self,
        fact: FactId,
        asking: &[&Asking<'_>],
        tried: &[(FactId, Vec<Value>)],
    ) -> Vec<Value> {
        let kind = &self.book.facts[fact].kind;
        let mut numbers = BTreeSet::new();
        for it in asking {
            let mut ways = it.ways.clone();
            for other in it.facts.iter().copied().filter(|other| *other != fact) {
                let values = tried.iter().find(|(it, _)| *it == other).map(|(_, values)| values);
                let few = values.into_iter().flatten().take(5);
                let with = |way: &Settled, value: &Value| {
                    let mut way = way.clone();
                    way.facts.push((other, value.clone()));
                    way
                };
                ways = few.flat_map(|value| ways.iter().map(move |way| with(way, value))).collect();
            }
            for way in ways {
                numbers.extend(self.turns(fact, it.condition, &way));
            }
        }
        numbers.into_iter().filter_map(|number| value(kind, number)).collect()
    }

    /// The numbers about that at which the sides of a comparison meet.
    fn turns(self, fact: FactId, condition: &Condition, settled: &Settled) -> Vec<i128> {
        let kind = &self.book.facts[fact].kind;
        let apart = |number: i128| {
            let known = value(kind, number).map(|value| (fact, value));
            self.world(settled, known, |world| world.apart(condition))
        };
        if *kind == FactKind::Date {
            let mut day = number_of(date(2025, 1, 1));
            for _ in 0..4 {
                let (Some(here), Some(later)) = (apart(day), apart(day + 400)) else {
                    return Vec::new();
                };
                if (later - here).abs() < 200 {
                    // It is on both sides: all turns on how long the months are.
                    let months = [(2023, 12), (2024, 1), (2025, 1), (2025, 4)];
                    let starts = months.map(|(year, month)| number_of(date(year, month, 27)));
                    return starts.into_iter().flat_map(|start| start..start + 7).collect();
                }
                day -= here * (later - here).signum();
            }
            return (day - 4..=day + 4).collect();
        }
        let [least, ..] = ends(kind);
        let (Some(here), Some(next)) = (apart(least), apart(least + 1)) else { return Vec::new() };
        if here == next {
            return Vec::new();
        }
        let met = least + (-here).div_euclid(next - here);
        (met - 1..=met + 2).collect()
    }

    fn codes(self, asking: &[&Asking<'_>]) -> Vec<Value> {
        let mut codes: BTreeSet<CpvCode> = CpvCode::first().into_iter().collect();
        let mut add = |set: CodeSet| {
            let (first, last) = set.bounds();
            codes.extend([first, last]);
            codes.extend(last.next());
        };
        for it in asking {
            match it.condition {
                Condition::CodeIs(_, code) => add(CodeSet::One(*code)),
                Condition::InList(_, list) => {
                    if let ListRows::Codes(rows) = &self.book.lists[*list].rows {
                        rows.iter().flat_map(|row| row.codes.iter().copied()).for_each(&mut add);
                    }
                }
                Condition::All(_)
                | Condition::Any(_)
                | Condition::AtLeast(..)
                | Condition::Not(_)
                | Condition::Yes(_)
                | Condition::OneOf(..)
                | Condition::Includes(..)
                | Condition::TextIs(..)
                | Condition::Known(_)
                | Condition::Outcome(..)
                | Condition::RouteIs(_)
                | Condition::ModelIs(_)
                | Condition::Compare(..)
                | Condition::Gap(..) => {}
            }
        }
        codes.into_iter().map(Value::Code).collect()
    }

    /// The lengths compared with, and a day less and more than each.
    fn lengths(self, asking: &[&Asking<'_>]) -> Vec<Value> {
        let mut lengths = vec![Duration::from_days(0), Duration::from_months(240)];
        let mut add = |value: &Value| {
            let Value::Duration(length) = value else { return };
            lengths.push(*length);
            let end = length.after(self.moment.as_at).map(number_of);
            let n_days = end.map(|end| end - number_of(self.moment.as_at));
            for near in n_days.into_iter().flat_map(|n_days| n_days - 1..=n_days + 1) {
                lengths.extend(u32::try_from(near).ok().map(Duration::from_days));
            }
        };
        for figure in asking.iter().flat_map(|it| figures_of(it.condition)) {
            match figure {
                Figure::Literal(value) => add(value),
                Figure::Amount(amount) => {
                    let rows = &self.book.amounts[*amount].rows;
                    rows.iter().filter_map(|row| row.value.as_ref()).for_each(&mut add);
                }
                Figure::Fact(_) | Figure::AsAt => {}
            }
        }
        lengths.into_iter().map(Value::Duration).collect()
    }
}

fn number_of(date: Date) -> i128 {
    i128::from(day_number(date))
}

/// The least and the most that a fact can be; of dates, days long past and far off.
fn ends(kind: &FactKind) -> [i128; 2] {
    match kind {
        FactKind::Number(least, most) => [i128::from(*least), i128::from(*most)],
        FactKind::Percentage(least, most) => {
            [i128::from(least.millionths()), i128::from(most.millionths())]
        }
        FactKind::Money(_, least, most) => [i128::from(least.pence()), i128::from(most.pence())],
        FactKind::YesNo
        | FactKind::OneOf(_)
        | FactKind::SomeOf(_)
        | FactKind::Date
        | FactKind::Duration
        | FactKind::Text
        | FactKind::Cpv => [number_of(date(1950, 1, 1)), number_of(date(2150, 1, 1))],
    }
}

/// The value of a number, where the fact can have it.
fn value(kind: &FactKind, number: i128) -> Option<Value> {
    let [least, most] = ends(kind);
    let is_within = *kind == FactKind::Date || (least..=most).contains(&number);
    if !is_within {
        return None;
    }
    Some(match kind {
        FactKind::Number(..) => Value::Number(u64::try_from(number).ok()?),
        FactKind::Percentage(..) => {
            Value::Percentage(Percentage::from_millionths(i64::try_from(number).ok()?))
        }
        FactKind::Money(..) => Value::Money(Money::from_pence(i64::try_from(number).ok()?)),
        FactKind::Date => Value::Date(numbered_day(i32::try_from(number).ok()?)?),
        FactKind::YesNo
        | FactKind::OneOf(_)
        | FactKind::SomeOf(_)
        | FactKind::Duration
        | FactKind::Text
        | FactKind::Cpv => return None,
    })
}

fn texts(asking: &[&Asking<'_>]) -> Vec<Value> {
    let written = asking.iter().filter_map(|it| match it.condition {
        Condition::TextIs(_, text) => Some(text.clone()),
        Condition::All(_)
        | Condition::Any(_)
        | Condition::AtLeast(..)
        | Condition::Not(_)
        | Condition::Yes(_)
        | Condition::OneOf(..)
        | Condition::Includes(..)
        | Condition::CodeIs(..)
        | Condition::InList(..)
        | Condition::Known(_)
        | Condition::Outcome(..)
        | Condition::RouteIs(_)
        | Condition::ModelIs(_)
        | Condition::Compare(..)
        | Condition::Gap(..) => None,
    });
    written.chain(["something else".to_owned()]).map(Value::Text).collect()
}
