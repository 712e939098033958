//! Clearway: a pack with a `barred when` for each bar.

use ::clearway::compile;
use ::clearway::decide::{Circuit, Reading, Standing};
use ::clearway::desk::{Desk, Fields, Rules};
use ::clearway::facts::Facts;
use ::clearway::quantity::{Date, read_date};
use ::clearway::source::Sources;

use super::{Engine, Loaded};
use crate::pack::rules;
use crate::timing::timed;
use crate::workload::{Bars, Standings};

struct Clearway {
    desk: Desk<'static>,
    circuit: Circuit,
    reading: Reading,
    today: Date,
    sets: Vec<Facts>,
}

/// Loads the rules and asks once, so that whatever is made for the first answer is made.
pub(super) fn load() -> Loaded {
    let text = rules();
    let today = read_date("2026-11-27").expect("a day");
    let (clearway, time) = timed(|| {
        let graph = compile(&Sources::single("bench.way", &text)).expect("the rules compile");
        // A desk borrows its rules, and lives as long as the program.
        let rules: &'static Rules = Box::leak(Box::new(Rules::new(graph)));
        let desk = Desk::new(rules);
        let _ = desk.reply("{}", today, Fields::Standing);
        let circuit = Circuit::new(rules.graph(), today).expect("the rules are small");
        Clearway { desk, circuit, reading: Reading::default(), today, sets: Vec::new() }
    });
    Loaded { engine: Box::new(clearway), time }
}

impl Clearway {
    fn answered(&self, text: &str, fields: Fields) -> String {
        self.desk.reply(text, self.today, fields).expect("facts")
    }
}

impl Engine for Clearway {
    fn keep(&mut self, texts: &[String]) {
        let read = |text: &String| self.desk.read(text).expect("facts").facts;
        self.sets = texts.iter().map(read).collect();
    }

    fn standings(&mut self, set: usize) -> Standings {
        self.circuit.read(&self.sets[set], &mut self.reading);
        let mut standings = Standings::default();
        for (at, standing) in self.circuit.stands(&self.reading).enumerate() {
            if standing == Standing::Barred {
                standings.bar(at);
            }
        }
        standings
    }

    /// Standings are of routes; which bars hold is in the reasons.
    fn fired(&mut self, _: usize) -> Option<Bars> {
        None
    }

    fn reply(&mut self, text: &str) -> String {
        self.answered(text, Fields::Standing)
    }

    fn explain(&mut self, text: &str) -> Option<String> {
        Some(self.answered(text, Fields::Reasons))
    }
}
