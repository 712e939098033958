//! Rules of any size, shaped like law: a regime that says which law governs, fields of law with
//! decisions that build on one another, and routes of five to twelve tests, each for one field, over
//! decisions and a few facts.
//!
//! A rule is a case of a decision or a test of a route. The same size gives the same text.

#[expect(dead_code, reason = "the tests use all of it")]
#[path = "../tests/properties/dice.rs"]
mod dice;

use dice::Dice;

/// The rules to write.
#[derive(Clone, Copy, Debug)]
pub(super) struct Size {
    pub(super) n_rules: usize,
    pub(super) n_facts: usize,
}

/// What a fact may be.
#[derive(Clone, Copy, Debug)]
enum Kind {
    YesNo,
    OneOf(usize),
    Money,
    Number,
    Length,
}

/// How many facts a topic has of its own.
const FACTS_OF_TOPIC: usize = 10;
/// How many of them a decision, or a route itself, reads.
const FACTS_OF_RULE: usize = 3;
/// How many decisions build on one another.
const CHAIN: usize = 4;
const PERIODS: [&str; 4] = ["", " from 2024-04-01", " until 2025-02-24", " from 2025-02-24"];

struct Writer {
    dice: Dice,
    text: String,
    kinds: Vec<Kind>,
    n_rules: usize,
    n_cited: usize,
}

/// The text of a pack of so many rules over so many facts.
pub(super) fn written(size: Size) -> String {
    let mut writer = Writer {
        dice: Dice::new(7),
        text: String::new(),
        kinds: Vec::new(),
        n_rules: 0,
        n_cited: 0,
    };
    writer.pack(size.n_facts);
    let n_topics = (size.n_facts / FACTS_OF_TOPIC).max(1);
    let (mut n_decisions, mut n_routes) = (vec![0; n_topics], 0);
    let mut topic = 0;
    while writer.n_rules < size.n_rules {
        // Two parts of the rules are cases, three are tests.
        if let Some(count) = n_decisions.get_mut(topic) {
            for _ in 0..CHAIN {
                writer.decision(topic, *count);
                *count += 1;
            }
        }
        for _ in 0..3 {
            writer.route(n_routes, topic, &n_decisions);
            n_routes += 1;
        }
        topic = (topic + 1) % n_topics;
    }
    writer.text
}

impl Writer {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn cite(&mut self) -> String {
        self.n_cited += 1;
        format!("[act s.{}]", self.n_cited)
    }

    fn pack(&mut self, n_facts: usize) {
        self.line("pack made.law \"Made law\"\n    version 1\n    extent england, wales");
        self.line("    in force from 2020-01-01 [act s.1]");
        self.line("    applies when regime is this_law [act s.1]\n");
        self.line("source act \"Act\" ukpga/2023/54\n");
        self.line("fact nation \"Nation\" : one of\n    england \"England\"\n    wales \"Wales\"");
        self.line("    scotland \"Scotland\"\n    ask \"Where?\"\n    [act s.1]\n");
        self.line("fact class \"Class\" : one of\n    central \"Central\"\n    local \"Local\"");
        self.line("    utility \"Utility\"\n    ask \"Who?\"\n    [act s.1]\n");
        self.line("fact field \"Field\" : one of");
        let n_fields = (n_facts / FACTS_OF_TOPIC).max(1);
        for field in 0..n_fields {
            self.line(&format!("    field_{field} \"Field\""));
        }
        self.line("    none \"None\"\n    ask \"What is bought?\"\n    [act s.1]\n");
        self.line("decision regime \"Which law governs?\"");
        self.line("    none when field is none [act s.1]");
        self.line("    this_law when nation in (england, wales) [act s.1]");
        self.line("    none otherwise [act s.1]\n");
        for figure in 0..6 {
            self.line(&format!("amount limit_{figure} \"Limit\" : money by class"));
            for (place, class) in ["central", "local", "utility"].iter().enumerate() {
                let base = 50 + 40 * figure + 15 * place;
                for (more, period) in [
                    (0, " until 2024-01-01"),
                    (7, " from 2024-01-01 until 2026-01-01"),
                    (3, " from 2026-01-01"),
                ] {
                    let cited = self.cite();
                    self.line(&format!("    {class} £{}k{period} {cited}", base + more));
                }
            }
            self.line("");
        }
        for fact in 0..n_facts {
            self.fact(fact);
        }
    }

    fn fact(&mut self, fact: usize) {
        let kind = match fact % FACTS_OF_TOPIC {
            0..=4 => Kind::YesNo,
            5 | 6 => Kind::OneOf(self.dice.between(3, 6)),
            7 => Kind::Money,
            8 => Kind::Number,
            _ => Kind::Length,
        };
        let written = match kind {
            Kind::YesNo => "yes or no",
            Kind::OneOf(_) => "one of",
            Kind::Money => "money",
            Kind::Number => "whole number",
            Kind::Length => "duration",
        };
        self.line(&format!("fact given.fact_{fact} \"Fact {fact}\" : {written}"));
        if let Kind::OneOf(count) = kind {
            for option in 0..count {
                self.line(&format!("    option_{option} \"Option\""));
            }
        }
        let cited = self.cite();
        self.line(&format!("    ask \"What is it?\"\n    {cited}\n"));
        self.kinds.push(kind);
    }

    /// A test of one of a topic's own facts: of the few from a place on.
    fn test(&mut self, topic: usize, from: usize) -> String {
        let own = (from + self.dice.below(FACTS_OF_RULE)) % FACTS_OF_TOPIC;
        let fact = (topic * FACTS_OF_TOPIC + own) % self.kinds.len().max(1);
        let name = format!("given.fact_{fact}");
        match self.kinds.get(fact) {
            Some(Kind::OneOf(count)) => {
                let (one, other) = (self.dice.below(*count), self.dice.below(*count));
                match self.dice.below(3) {
                    0 => format!("{name} is option_{one}"),
                    1 => format!("{name} is not option_{one}"),
                    _ if one != other => format!("{name} in (option_{one}, option_{other})"),
                    _ => format!("{name} is option_{one}"),
                }
            }
            Some(Kind::Money) => {
                let operator = self.dice.pick(&["<", ">="]);
                format!("{name} {operator} limit_{}", self.dice.below(6))
            }
            Some(Kind::Number) => {
                let figure = self.dice.pick(&["1", "3", "5", "10", "50"]);
                format!("{name} {} {figure}", self.dice.pick(&["<=", ">"]))
            }
            Some(Kind::Length) => {
                let length = self.dice.pick(&["1 year", "3 years", "5 years", "8 years"]);
                format!("{name} {} {length}", self.dice.pick(&["<=", ">"]))
            }
            Some(Kind::YesNo) | None => {
                format!("{name} is {}", self.dice.pick(&["yes", "no"]))
            }
        }
    }

    fn outcome(&mut self, topic: usize, decision: usize) -> String {
        let (is, outcome) = (self.dice.pick(&["is", "is not"]), self.dice.below(3));
        format!("decision_{topic}_{decision} {is} outcome_{outcome}")
    }

    /// A decision of four to seven cases, over facts and the decisions before it in its chain.
    fn decision(&mut self, topic: usize, place: usize) {
        self.line(&format!("decision decision_{topic}_{place} \"Which?\""));
        let (n_cases, from) = (self.dice.between(4, 7), self.dice.below(FACTS_OF_TOPIC));
        for case in 0..n_cases {
            let mut tests = vec![self.test(topic, from)];
            if !place.is_multiple_of(CHAIN) && self.dice.one_in(2) {
                tests.push(self.outcome(topic, place - 1));
            }
            if self.dice.one_in(2) {
                tests.push(self.test(topic, from));
            }
            let joined = tests.join(self.dice.pick(&[" and ", " and ", " or "]));
            let (cited, period) = (self.cite(), self.period());
            self.line(&format!("    outcome_{} when {joined}{period} {cited}", case % 3));
        }
        let cited = self.cite();
        self.line(&format!("    outcome_2 otherwise {cited}\n"));
        self.n_rules += n_cases + 1;
    }

    fn period(&mut self) -> &'static str {
        if self.dice.one_in(8) { self.dice.pick(&PERIODS) } else { "" }
    }

    /// A route of five to twelve tests: of three decisions, one of them another topic's, and of a
    /// few facts.
    fn route(&mut self, route: usize, topic: usize, n_decisions: &[usize]) {
        let cited = self.cite();
        self.line(&format!("route route_{route} \"Route {route}\" {cited}"));
        let (n_tests, from) = (self.dice.between(5, 12), self.dice.below(FACTS_OF_TOPIC));
        let cited = self.cite();
        self.line(&format!("    needs field is field_{topic} {cited}"));
        let other = if self.dice.one_in(4) { self.dice.below(n_decisions.len()) } else { topic };
        let mut read: Vec<(usize, usize)> = Vec::new();
        for of in [topic, topic, other] {
            if let Some(last) = n_decisions.get(of).and_then(|count| count.checked_sub(1)) {
                read.push((of, self.dice.between(last.saturating_sub(CHAIN), last)));
            }
        }
        for _ in 1..n_tests {
            let test = if self.dice.one_in(2) {
                let (of, decision) = self.dice.pick(&read);
                self.outcome(of, decision)
            } else {
                self.test(topic, from)
            };
            let (period, cited) = (self.period(), self.cite());
            // A test that stands alone, without way out, would close most routes for good.
            let line = match self.dice.below(3) {
                0 => format!("needs {test} when {}", self.test(topic, from)),
                1 => format!("barred when {test} when {}", self.test(topic, from)),
                _ => format!("needs {test} or {}", self.test(topic, from)),
            };
            self.line(&format!("    {line}{period} {cited}"));
        }
        self.n_rules += n_tests;
        self.line("");
    }
}
