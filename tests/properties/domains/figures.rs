//! The figures that rules use, and the values at and around them.

use std::collections::BTreeSet;

use clearway::pack::{
    CodeSet, Condition, FactKind, Figure, ListRows, Rulebook, Term, Value, quantities_of, walk,
};
use clearway::quantity::{CpvCode, Date, Duration, Money, Percentage};

use super::super::dice::Dice;
use super::date;

/// The figures that rules use.
#[derive(Default)]
pub(super) struct Figures {
    numbers: BTreeSet<u64>,
    shares: BTreeSet<i64>,
    pence: BTreeSet<i64>,
    dates: BTreeSet<Date>,
    lengths: Vec<Duration>,
    codes: BTreeSet<CpvCode>,
}

impl Figures {
    pub(super) fn of(book: &Rulebook, dates: &[Date]) -> Self {
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
                self.numbers.extend([*number, number + 1, number.saturating_sub(1)]);
            }
            Value::Percentage(share) => {
                self.shares.extend([
                    share.millionths(),
                    share.millionths() + 1,
                    share.millionths() - 1,
                ]);
            }
            Value::Money(money) => {
                self.pence.extend([money.pence(), money.pence() + 1, money.pence() - 1]);
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
    pub(super) fn values(&self, kind: &FactKind, dice: &mut Dice) -> Vec<Value> {
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
        days.into_iter().chain([date(2025, 1, 31), date(9999, 11, 30)]).map(Value::Date).collect()
    }

    fn spans(&self) -> Vec<Value> {
        let written = ["0 days", "28 days", "31 days", "12 months", "366 days", "1 year 1 day"];
        let usual = written.iter().filter_map(|text| Duration::read(text).ok());
        self.lengths.iter().copied().chain(usual).map(Value::Duration).collect()
    }
}

#[expect(clippy::expect_used, reason = "a code of the test's own")]
pub(super) fn read_code(digits: &str) -> CpvCode {
    CpvCode::read(digits).expect("the code is in the vocabulary")
}
