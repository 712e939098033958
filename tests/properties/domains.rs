//! What each fact may be in a small world: values at and around the figures that the rules use.

use std::collections::BTreeSet;

use clearway::facts::Facts;
use clearway::graph::Graph;
use clearway::pack::{
    CodeSet, Condition, FactId, FactKind, Figure, ListRows, Rulebook, Term, Value, quantities_of,
    walk,
};
use clearway::quantity::{CpvCode, Date, Duration, Money, Percentage};

use super::dice::Dice;

/// The largest number of complete commissions of one small world.
const WORLDS_MAX: usize = 160;

/// Every fact with the few values that it may have.
#[derive(Clone, Debug)]
pub(super) struct Domains {
    facts: Vec<(FactId, Vec<Value>)>,
}

/// Which of its values each fact has; `None` where it is unknown.
pub(super) type Choice = Vec<Option<usize>>;

/// The figures that rules use.
#[derive(Default)]
struct Figures {
    numbers: BTreeSet<u64>,
    shares: BTreeSet<i64>,
    pence: BTreeSet<i64>,
    dates: BTreeSet<Date>,
    lengths: Vec<Duration>,
    codes: BTreeSet<CpvCode>,
}

impl Domains {
    /// Draws the domains of a pack's facts, few enough together to try every combination.
    pub(super) fn new(book: &Rulebook, dates: &[Date], dice: &mut Dice) -> Self {
        let figures = Figures::of(book, dates);
        let mut facts: Vec<(FactId, Vec<Value>)> = Vec::new();
        for (fact, row) in book.facts.iter() {
            let most = dice.from_to(2, 4);
            let mut values = figures.values(&row.kind, dice);
            dice.shuffle(&mut values);
            values.truncate(most);
            facts.push((fact, values));
        }
        while facts.iter().map(|(_, values)| values.len()).product::<usize>() > WORLDS_MAX {
            if let Some((_, values)) = facts.iter_mut().max_by_key(|(_, values)| values.len()) {
                values.pop();
            }
        }
        Self { facts }
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
        let chance = dice.from_to(2, 4);
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

impl Figures {
    fn of(book: &Rulebook, dates: &[Date]) -> Self {
        let mut figures = Self::default();
        figures.dates.extend(dates);
        for amount in book.amounts.rows() {
            amount
                .rows
                .iter()
                .filter_map(|row| row.value.as_ref())
                .for_each(|value| figures.add(value));
        }
        let mut shares = BTreeSet::new();
        for condition in book.conditions() {
            walk(condition, &mut |condition| {
                if let Condition::CodeIs(_, code) = condition {
                    figures.codes.insert(*code);
                }
                for quantity in quantities_of(condition) {
                    for figure in quantity.figures() {
                        if let Figure::Literal(value) = figure {
                            figures.add(value);
                        }
                    }
                    shares.extend(quantity.terms.iter().filter_map(|(_, term)| match term {
                        Term::Share(share, _) => Some(share.millionths()),
                        Term::Figure(_) => None,
                    }));
                }
            });
        }
        for list in book.lists.rows() {
            if let ListRows::Codes(rows) = &list.rows {
                rows.iter().flat_map(|row| &row.codes).for_each(|set| figures.add_codes(*set));
            }
        }
        figures.add_parted(&shares);
        figures
    }

    fn add(&mut self, value: &Value) {
        match value {
            Value::Number(number) => {
                self.numbers.extend([*number, number + 1, number.saturating_sub(1)])
            }
            Value::Percentage(share) => {
                self.shares.extend([
                    share.millionths(),
                    share.millionths() + 1,
                    share.millionths() - 1,
                ]);
            }
            Value::Money(money) => {
                self.pence.extend([money.pence(), money.pence() + 1, money.pence() - 1])
            }
            Value::Date(date) => self
                .dates
                .extend([Ok(*date), date.tomorrow(), date.yesterday()].into_iter().flatten()),
            Value::Duration(length) => self.lengths.push(*length),
            Value::Code(code) => {
                self.codes.insert(*code);
            }
            Value::YesNo(_) | Value::Choice(_) | Value::Choices(_) | Value::Text(_) => {}
        }
    }

    fn add_codes(&mut self, set: CodeSet) {
        match set {
            CodeSet::One(code) => {
                self.codes.insert(code);
            }
            CodeSet::Range(first, last) => {
                self.codes.extend([first, last]);
                self.codes.extend(CpvCode::between(first, last).nth(1));
            }
            CodeSet::Family(ancestor) => {
                let after = CpvCode::between(ancestor, ancestor.max(read_code("98133110")));
                self.codes.insert(ancestor);
                self.codes.extend(after.skip_while(|code| code.descends_from(ancestor)).take(1));
            }
        }
    }

    /// Where a share of a sum of money meets a figure, and a penny to either side.
    fn add_parted(&mut self, shares: &BTreeSet<i64>) {
        let whole: Vec<i64> = self.pence.iter().copied().collect();
        for share in shares.iter().filter(|share| **share > 0) {
            for pence in &whole {
                let parted = (i128::from(*pence) * i128::from(*share)).div_euclid(1_000_000);
                let unparted = (i128::from(*pence) * 1_000_000).div_euclid(i128::from(*share));
                let near = [parted, parted + 1, unparted, unparted + 1];
                self.pence.extend(near.into_iter().filter_map(|pence| i64::try_from(pence).ok()));
            }
        }
    }

    /// What a fact may be.
    fn values(&self, kind: &FactKind, dice: &mut Dice) -> Vec<Value> {
        match kind {
            FactKind::YesNo => vec![Value::YesNo(false), Value::YesNo(true)],
            FactKind::OneOf(options) => (0..options.len()).map(Value::Choice).collect(),
            FactKind::SomeOf(options) => {
                let subset = |bits: usize| {
                    (0..options.len()).filter(|place| bits >> place & 1 == 1).collect()
                };
                (0..1 << options.len()).map(|bits| Value::Choices(subset(bits))).collect()
            }
            FactKind::Number(least, most) => {
                let within = self
                    .numbers
                    .iter()
                    .chain([least, most])
                    .filter(|number| (least..=most).contains(number));
                within.map(|number| Value::Number(*number)).collect()
            }
            FactKind::Percentage(least, most) => {
                let shares = self.shares.iter().map(|share| Percentage::from_millionths(*share));
                shares
                    .chain([*least, *most])
                    .filter(|share| (least..=most).contains(&share))
                    .map(Value::Percentage)
                    .collect()
            }
            FactKind::Money(_, least, most) => {
                let sums = self.pence.iter().map(|pence| Money::from_pence(*pence));
                sums.chain([*least, *most])
                    .filter(|money| (least..=most).contains(&money))
                    .map(Value::Money)
                    .collect()
            }
            FactKind::Date => self.days(dice),
            FactKind::Duration => self.spans(),
            FactKind::Text => ["alpha", "beta"].map(|text| Value::Text(text.to_owned())).to_vec(),
            FactKind::Cpv => self
                .codes
                .iter()
                .copied()
                .chain([read_code("79622000"), read_code("85312400")])
                .map(Value::Code)
                .collect(),
        }
    }

    /// Dates in the rules, and dates a length away from them.
    fn days(&self, dice: &mut Dice) -> Vec<Value> {
        let mut days: BTreeSet<Date> =
            dice.some(&self.dates.iter().copied().collect::<Vec<_>>(), 4).into_iter().collect();
        for length in &self.lengths {
            for date in &self.dates {
                days.extend(
                    [length.after(*date), length.before(*date)]
                        .into_iter()
                        .flatten()
                        .filter(|_| dice.one_in(3)),
                );
            }
        }
        let near: Vec<Date> =
            days.iter().flat_map(|day| [day.tomorrow(), day.yesterday()]).flatten().collect();
        days.extend(dice.some(&near, 6));
        days.into_iter().chain([date(2025, 1, 31)]).map(Value::Date).collect()
    }

    fn spans(&self) -> Vec<Value> {
        let written = ["0 days", "28 days", "31 days", "12 months", "366 days", "1 year 1 day"];
        let usual = written.iter().filter_map(|text| Duration::read(text).ok());
        self.lengths.iter().copied().chain(usual).map(Value::Duration).collect()
    }
}

fn read_code(digits: &str) -> CpvCode {
    CpvCode::read(digits).expect("the code is in the vocabulary")
}
