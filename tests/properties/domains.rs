//! What each fact may be in a small world: values at and around the figures that the rules use.

mod figures;

use clearway::facts::Facts;
use clearway::graph::Graph;
use clearway::pack::{FactId, FactKind, Rulebook, Value};
use clearway::quantity::{Date, Duration, Money, Percentage};

use super::dice::Dice;
use figures::{Figures, read_code};

/// The largest number of complete commissions of one small world.
const WORLDS_MAX: usize = 160;

/// Every fact with the few values that it may have.
#[derive(Clone, Debug)]
pub(super) struct Domains {
    facts: Vec<(FactId, Vec<Value>)>,
}

/// Which of its values each fact has; `None` where it is unknown.
pub(super) type Choice = Vec<Option<usize>>;

impl Domains {
    /// Draws the domains of a pack's facts, few enough together to try every combination.
    pub(super) fn new(book: &Rulebook, dates: &[Date], dice: &mut Dice) -> Self {
        let figures = Figures::of(book, dates);
        let mut facts: Vec<(FactId, Vec<Value>)> = Vec::new();
        for (fact, row) in book.facts.iter() {
            let most = dice.between(2, 4);
            let mut values = figures.values(&row.kind, dice);
            dice.shuffle(&mut values);
            let mut few: Vec<Value> = Vec::new();
            for value in values {
                if few.len() < most && !few.contains(&value) {
                    few.push(value);
                }
            }
            facts.push((fact, few));
        }
        while facts.iter().map(|(_, values)| values.len()).product::<usize>() > WORLDS_MAX {
            if let Some((_, values)) = facts.iter_mut().max_by_key(|(_, values)| values.len()) {
                values.pop();
            }
        }
        Self { facts }
    }

    /// The domains of rules of any size, whose combinations are too many to try.
    pub(super) fn of_law(book: &Rulebook, dates: &[Date], dice: &mut Dice) -> Self {
        let figures = Figures::of(book, dates);
        Self {
            facts: book
                .facts
                .iter()
                .map(|(fact, row)| (fact, figures.values(&row.kind, dice)))
                .collect(),
        }
    }

    /// Any complete commission.
    pub(super) fn any(&self, dice: &mut Dice) -> Choice {
        self.facts.iter().map(|(_, values)| Some(dice.below(values.len()))).collect()
    }

    pub(super) fn n_facts(&self) -> usize {
        self.facts.len()
    }

    /// The number of complete commissions.
    pub(super) fn n_worlds(&self) -> usize {
        self.facts.iter().map(|(_, values)| values.len()).product()
    }

    /// A complete commission by its number.
    pub(super) fn world(&self, number: usize) -> Choice {
        let mut left = number;
        let places = self.facts.iter().map(|(_, values)| {
            let place = left % values.len();
            left /= values.len();
            Some(place)
        });
        places.collect()
    }

    /// The complete commissions that agree with what is known.
    pub(super) fn completions(&self, choice: &Choice) -> Vec<usize> {
        let (mut numbers, mut stride) = (vec![0], 1);
        for ((_, values), chosen) in self.facts.iter().zip(choice) {
            let places = chosen.map_or(0..values.len(), |place| place..place + 1);
            numbers = places
                .flat_map(|place| numbers.iter().map(move |number| number + place * stride))
                .collect();
            stride *= values.len();
        }
        numbers
    }

    pub(super) fn facts(&self, choice: &Choice) -> Facts {
        let known = self.facts.iter().zip(choice);
        known
            .filter_map(|((fact, values), chosen)| Some((*fact, values.get((*chosen)?)?.clone())))
            .collect()
    }

    /// Some facts of a commission, each known with a chance of its own.
    pub(super) fn partial(&self, dice: &mut Dice) -> Choice {
        let chance = dice.between(2, 4);
        let mut choice = self.world(dice.below(self.n_worlds()));
        for chosen in &mut choice {
            if dice.one_in(chance) {
                *chosen = None;
            }
        }
        choice
    }
}

/// The dates asked about: at the edges of the law, a day before, and the odd days of the calendar.
pub(super) fn dates(graph: &Graph, dice: &mut Dice, count: usize) -> Vec<Date> {
    let mut dates: Vec<Date> = Vec::new();
    for day in graph.days() {
        dates.push(*day);
        dates.extend(day.yesterday().ok());
    }
    dates.extend([
        date(2024, 2, 29),
        date(2025, 2, 28),
        date(2023, 12, 31),
        date(2025, 6, 30),
        date(2031, 3, 31),
    ]);
    dice.some(&dates, count)
}

/// A date that the calendar has.
pub(super) fn date(year: i16, month: i8, day: i8) -> Date {
    Date::new(year, month, day).unwrap_or(Date::MIN)
}

/// Some facts at the ends of what their types can hold, past the bounds of the rules.
pub(super) fn wild(book: &Rulebook, dice: &mut Dice) -> Facts {
    let days = [
        Date::MIN,
        Date::MAX,
        date(0, 2, 29),
        date(2024, 2, 29),
        date(9999, 1, 31),
        date(-1, 12, 31),
    ];
    let lengths = [
        "0 days",
        "1 day",
        "999 years 11 months",
        "100000 days",
        "1 month",
        "8 working days",
        "12000 months",
    ];
    let most =
        |dice: &mut Dice| dice.pick(&[i64::MIN, -1, 0, 1, 99, 10_000, 1_000_000_000_000, i64::MAX]);
    let mut facts = Facts::none();
    for (fact, row) in book.facts.iter() {
        if dice.one_in(3) {
            continue;
        }
        let value = match &row.kind {
            FactKind::YesNo => Value::YesNo(dice.one_in(2)),
            FactKind::OneOf(options) => Value::Choice(dice.below(options.len())),
            FactKind::SomeOf(options) => {
                Value::Choices((0..options.len()).filter(|_| dice.one_in(2)).collect())
            }
            FactKind::Number(..) => Value::Number(dice.pick(&[0, 1, 9, 10, u64::MAX])),
            FactKind::Percentage(..) => Value::Percentage(Percentage::from_millionths(most(dice))),
            FactKind::Money(..) => Value::Money(Money::from_pence(most(dice))),
            FactKind::Date => Value::Date(dice.pick(&days)),
            FactKind::Duration => match Duration::read(dice.pick(&lengths)) {
                Ok(length) => Value::Duration(length),
                Err(_) => continue,
            },
            FactKind::Text => Value::Text(dice.pick(&["", "alpha", "\u{1f600}\n"]).to_owned()),
            FactKind::Cpv => Value::Code(read_code("03000000")),
        };
        facts.learn(fact, value);
    }
    facts
}
