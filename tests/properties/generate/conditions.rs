//! Conditions in every form of the language, over the names known so far.

use super::{Kind, Measure, Writer};

/// How a condition in one line may stand beside `and` and `or`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Operand,
    And,
    Or,
}

const OPERATORS: [&str; 5] = ["<", "<=", ">", ">=", "="];
const MONEY: [&str; 7] = ["£0", "£100", "£150", "£200", "£250.50", "£300", "£1k"];
const NUMBERS: [&str; 5] = ["0", "1", "2", "3", "5"];
const PERCENTAGES: [&str; 5] = ["0%", "10%", "25%", "33.3333%", "100%"];
const DAYS: [&str; 6] =
    ["2024-01-31", "2024-02-29", "2024-12-31", "2025-01-01", "2025-02-28", "2026-01-01"];
const LENGTHS: [&str; 7] =
    ["30 days", "1 month", "1 year", "13 months", "365 days", "2 years 1 day", "4 weeks"];
const SHARES: [&str; 4] = ["25%", "50%", "33.3333%", "120%"];

/// A figure of a measure, as it is written.
pub(super) const fn figures(measure: Measure) -> &'static [&'static str] {
    match measure {
        Measure::Number => &NUMBERS,
        Measure::Percentage => &PERCENTAGES,
        Measure::Money(_) => &MONEY,
        Measure::Date => &DAYS,
        Measure::Length => &LENGTHS,
    }
}

impl Writer {
    /// A clause: its first words, its condition and what ends the line; over several lines where
    /// the condition is a list of limbs.
    pub(super) fn conditional(&mut self, head: &str, ending: &str) -> Vec<String> {
        if self.dice.one_in(4) {
            let mut lines = vec![format!("    {head} {}{ending}", self.quantifier())];
            self.limbs(&mut lines, 1);
            return lines;
        }
        vec![format!("    {head} {}{ending}", self.line())]
    }

    /// A condition in one line.
    pub(super) fn line(&mut self) -> String {
        self.chain(2).0
    }

    /// A condition that no other can plainly contradict.
    pub(super) fn open_line(&mut self) -> String {
        format!("{} or {}", self.operand(1), self.operand(1))
    }

    fn quantifier(&mut self) -> String {
        match self.dice.below(3) {
            0 => "all of".to_owned(),
            1 => "any of".to_owned(),
            _ => format!("at least {} of", self.dice.between(1, 2)),
        }
    }

    fn limbs(&mut self, lines: &mut Vec<String>, depth: usize) {
        let indent = "    ".repeat(depth + 1);
        for _ in 0..self.dice.between(2, 3) {
            let cited = if self.dice.one_in(3) { self.cite() } else { String::new() };
            if depth < 3 && self.dice.one_in(5) {
                lines.push(format!("{indent}{}{cited}", self.quantifier()));
                self.limbs(lines, depth + 1);
            } else {
                lines.push(format!("{indent}{}{cited}", self.chain(1).0));
            }
        }
    }

    fn chain(&mut self, depth: usize) -> (String, Shape) {
        let (connective, shape) = match self.dice.below(6) {
            0 | 1 if depth > 0 => (" and ", Shape::And),
            2 | 3 if depth > 0 => (" or ", Shape::Or),
            4 if depth > 0 => return (format!("not {}", self.operand(depth - 1)), Shape::Operand),
            _ => return (self.test(), Shape::Operand),
        };
        let count = self.dice.between(2, 3);
        let operands: Vec<String> = (0..count).map(|_| self.operand(depth - 1)).collect();
        (operands.join(connective), shape)
    }

    pub(super) fn operand(&mut self, depth: usize) -> String {
        match self.chain(depth) {
            (text, Shape::Operand) => text,
            (text, Shape::And | Shape::Or) => format!("({text})"),
        }
    }

    /// One test of a fact or decision.
    pub(super) fn test(&mut self) -> String {
        if !self.decisions.is_empty() && self.dice.one_in(3) {
            let (name, outcomes) = self.dice.pick(&self.decisions);
            return self.choice(&name, &outcomes);
        }
        let fact = self.dice.pick(&self.facts);
        let name = &fact.name;
        if self.dice.one_in(12) {
            return format!("{name} is known");
        }
        match &fact.kind {
            Kind::YesNo => {
                let ending =
                    self.dice.pick(&["", "", " is yes", " is no", " is not yes", " is not no"]);
                format!("{name}{ending}")
            }
            Kind::OneOf(options) => self.choice(name, options),
            Kind::SomeOf(options) => format!("{name} includes {}", self.dice.pick(options)),
            Kind::Text => {
                let is = self.dice.pick(&["is", "is not"]);
                format!("{name} {is} \"alpha\"")
            }
            Kind::Cpv => match self.dice.below(3) {
                0 => format!("{name} is {}", self.dice.pick(&super::CODES)),
                1 if !self.lists.is_empty() => {
                    format!("{name} not in {}", self.dice.pick(&self.lists))
                }
                _ if !self.lists.is_empty() => format!("{name} in {}", self.dice.pick(&self.lists)),
                _ => format!("{name} is not {}", self.dice.pick(&super::CODES)),
            },
            Kind::Figure(measure) => self.comparison(name, *measure),
        }
    }

    fn choice(&mut self, name: &str, choices: &[String]) -> String {
        let is_not = self.dice.pick(&["", "not "]);
        if self.dice.one_in(3) {
            let some = self.dice.some(choices, 2).join(", ");
            return format!("{name} {is_not}in ({some})");
        }
        format!("{name} is {is_not}{}", self.dice.pick(choices))
    }

    fn comparison(&mut self, name: &str, measure: Measure) -> String {
        let operator = self.dice.pick(&OPERATORS);
        match measure {
            Measure::Number | Measure::Percentage | Measure::Money(_) => {
                if self.dice.one_in(10) {
                    let figure = self.dice.pick(figures(measure));
                    return format!("{name} is {figure}");
                }
                let left = self.sum(Some(name), measure);
                let right = self.sum(None, measure);
                self.either_way(&left, operator, &right)
            }
            Measure::Date if self.dice.one_in(2) => self.gap(name, operator),
            Measure::Date => {
                let (left, right) = (self.day(Some(name)), self.day(None));
                self.either_way(&left, operator, &right)
            }
            Measure::Length => {
                let right = self.figure(Measure::Length);
                self.either_way(name, operator, &right)
            }
        }
    }

    fn either_way(&mut self, left: &str, operator: &str, right: &str) -> String {
        if self.dice.one_in(4) {
            format!("{right} {operator} {left}")
        } else {
            format!("{left} {operator} {right}")
        }
    }

    /// `time from A to B` or `time since A`, against a length.
    fn gap(&mut self, name: &str, operator: &str) -> String {
        let other = self.dice.pick(&["as_at", DAYS[0], DAYS[1], DAYS[2]]);
        let gap = match self.dice.below(3) {
            0 => format!("time since {name}"),
            1 => format!("time from {name} to {other}"),
            _ => format!("time from {other} to {name}"),
        };
        let length = self.figure(Measure::Length);
        self.either_way(&gap, operator, &length)
    }

    /// A date, perhaps moved.
    fn day(&mut self, name: Option<&str>) -> String {
        let mut day = match name {
            Some(name) => name.to_owned(),
            None if self.dice.one_in(3) => "as_at".to_owned(),
            None => self.figure(Measure::Date),
        };
        for _ in 0..self.dice.below(3).min(self.dice.below(3)) {
            let sign = self.dice.pick(&["+", "-"]);
            day = format!("{day} {sign} {}", self.figure(Measure::Length));
        }
        day
    }

    /// Figures added, subtracted and parted.
    fn sum(&mut self, name: Option<&str>, measure: Measure) -> String {
        let first = name.map_or_else(|| self.figure(measure), str::to_owned);
        let can_be_parted = measure != Measure::Percentage;
        match self.dice.below(6) {
            0 => format!("{first} {} {}", self.dice.pick(&["+", "-"]), self.figure(measure)),
            1 if can_be_parted => {
                let share = self.dice.pick(&SHARES);
                format!(
                    "{share} of ({first} {} {})",
                    self.dice.pick(&["+", "-"]),
                    self.figure(measure)
                )
            }
            2 if can_be_parted => {
                let (share, other) = (self.dice.pick(&SHARES), self.named(measure));
                other.map_or_else(|| first.clone(), |other| format!("{first} + {share} of {other}"))
            }
            _ => first,
        }
    }

    /// A literal, a fact or an amount.
    fn figure(&mut self, measure: Measure) -> String {
        let named = if self.dice.one_in(2) { self.named(measure) } else { None };
        named.unwrap_or_else(|| self.dice.pick(figures(measure)).to_owned())
    }

    fn named(&mut self, measure: Measure) -> Option<String> {
        let facts = self
            .facts
            .iter()
            .filter(|fact| fact.kind == Kind::Figure(measure))
            .map(|fact| fact.name.clone());
        let amounts = self
            .amounts
            .iter()
            .filter(|(_, other)| *other == measure)
            .map(|(name, _)| name.clone());
        // An amount twice, as law compares with amounts more often than facts with facts.
        let all: Vec<String> = facts.chain(amounts.clone()).chain(amounts).collect();
        if all.is_empty() { None } else { Some(self.dice.pick(&all)) }
    }
}
