//! Facts, lists and amounts.

use super::conditions;
use super::{CODES, Fact, Kind, Measure, Writer};

const NATIONS: [&str; 3] = ["england", "wales", "scotland"];
const FAMILIES: [&str; 4] = ["85000000", "85310000", "85312000", "98133000"];

impl Writer {
    pub(super) fn facts(&mut self, count: usize) {
        for _ in 0..count {
            let name = format!("given.fact_{}", self.facts.len());
            let options: Vec<String> =
                ["a", "b", "c"].iter().map(|end| format!("option_{end}")).collect();
            // One fact may be the nation, of which packs extend to one.
            let is_nation = self.facts.is_empty() && self.edges.len() < 4 && self.dice.one_in(4);
            let options = if is_nation { NATIONS.map(str::to_owned).to_vec() } else { options };
            let basis = self.dice.pick(&["", " including VAT", " excluding VAT"]);
            let drawn = if is_nation { 3 } else { self.dice.below(14) };
            let (kind, written) = match drawn {
                0..=2 => (Kind::YesNo, "yes or no".to_owned()),
                3 | 4 => (Kind::OneOf(options.clone()), "one of".to_owned()),
                5 => (Kind::SomeOf(options.clone()), "some of".to_owned()),
                6 => (Kind::Figure(Measure::Number), "whole number from 0 to 9".to_owned()),
                7 => (Kind::Figure(Measure::Percentage), "percentage from 0% to 150%".to_owned()),
                8 | 9 => (Kind::Figure(Measure::Money(basis)), format!("money{basis}")),
                10 => (Kind::Figure(Measure::Date), "date".to_owned()),
                11 => (Kind::Figure(Measure::Length), "duration".to_owned()),
                12 => (Kind::Cpv, "CPV code".to_owned()),
                _ => (Kind::Text, "text".to_owned()),
            };
            let cited = self.cite();
            let mut lines = vec![format!("fact {name} \"Fact\" : {written}")];
            if matches!(kind, Kind::OneOf(_) | Kind::SomeOf(_)) {
                lines.extend(options.iter().map(|option| format!("    {option} \"Option\"")));
            }
            lines.push("    ask \"What is it?\"".to_owned());
            if self.dice.one_in(4) {
                lines.push("    judgement \"why it is so\"".to_owned());
            }
            if self.dice.one_in(3) {
                lines.push("    may be chosen".to_owned());
            }
            lines.push(format!("   {cited}"));
            self.write(lines);
            self.facts.push(Fact { name, kind });
        }
    }

    pub(super) fn lists(&mut self) {
        if !self.facts.iter().any(|fact| fact.kind == Kind::Cpv) {
            return;
        }
        for place in 0..self.dice.between(1, 2) {
            let mut lines = vec![format!("list codes_{place} \"Codes\" : CPV codes")];
            for _ in 0..self.dice.between(1, 3) {
                let codes = match self.dice.below(3) {
                    0 => self.dice.some(&CODES, 2).join(", "),
                    1 => self.dice.some(&CODES, 2).join(" to "),
                    _ => format!("{} with descendants", self.dice.pick(&FAMILIES)),
                };
                let ending = self.ending();
                lines.push(format!("    {codes}{ending}"));
            }
            self.write_table(lines);
            self.lists.push(format!("codes_{place}"));
        }
    }

    /// An amount or two, by the options of a fact, the outcomes of a decision, or nothing.
    pub(super) fn amounts(&mut self) {
        for _ in 0..self.dice.below(3) {
            let measured = self.facts.iter().filter_map(|fact| match &fact.kind {
                Kind::Figure(measure) => Some(*measure),
                Kind::YesNo | Kind::OneOf(_) | Kind::SomeOf(_) | Kind::Cpv | Kind::Text => None,
            });
            let measures: Vec<Measure> = measured.chain([Measure::Length]).collect();
            let measure = self.dice.pick(&measures);
            let mut classes = self.decisions.clone();
            for fact in &self.facts {
                if let Kind::OneOf(options) = &fact.kind {
                    classes.push((fact.name.clone(), options.clone()));
                }
            }
            let by = if self.dice.one_in(2) || classes.is_empty() {
                None
            } else {
                Some(self.dice.pick(&classes))
            };
            let name = format!("amount_{}", self.amounts.len());
            let kind = match measure {
                Measure::Number => "whole number".to_owned(),
                Measure::Percentage => "percentage".to_owned(),
                Measure::Money(basis) => format!("money{basis}"),
                Measure::Date => "date".to_owned(),
                Measure::Length => "duration".to_owned(),
            };
            let (by, rows_of) = match by {
                Some((owner, choices)) => (format!(" by {owner}"), choices),
                None => (String::new(), vec![String::new()]),
            };
            let mut lines = vec![format!("amount {name} \"Amount\" : {kind}{by}")];
            let is_left = self.dice.one_in(4);
            if is_left {
                lines.push("    left to layers".to_owned());
                self.left.push((name.clone(), measure, rows_of.clone()));
            }
            for class in rows_of {
                self.rows(&class, measure, &mut lines);
            }
            self.write_table(lines);
            self.amounts.push((name, measure));
        }
    }

    /// A layer's figures for an amount that the pack below leaves to it.
    pub(super) fn fill(&mut self) {
        let Some((name, measure, classes)) = self.left.pop() else { return };
        let mut lines = vec![format!("fill amount {name}")];
        for class in classes {
            self.rows(&class, measure, &mut lines);
        }
        self.write(lines);
    }

    /// The figures of a class, one after another in time.
    fn rows(&mut self, class: &str, measure: Measure, lines: &mut Vec<String>) {
        let n_turns = self.dice.below(3);
        let turns = self.dice.some(self.edges, n_turns);
        for place in 0..=turns.len() {
            let from = place.checked_sub(1).and_then(|before| turns.get(before));
            let from = from.map_or_else(String::new, |day| format!(" from {day}"));
            let until = turns.get(place).map_or_else(String::new, |day| format!(" until {day}"));
            let figure = if self.dice.one_in(6) {
                "none"
            } else {
                self.dice.pick(conditions::figures(measure))
            };
            let cited = self.cite();
            let row = [class, figure].join(" ");
            lines.push(format!("    {}{from}{until}{cited}", row.trim_start()));
        }
    }
}
