//! Datalogic: JSONLogic, a rule for each bar. Its traces are a feature that costs every evaluation
//! something, and is not asked for here.

use datalogic_rs::{Engine, Logic, ParsedData, Session};
use serde_json::{Value as Json, json};

use super::{Loaded, Peer, loaded};
use crate::timing::timed;
use crate::workload::{Asks, Bars, Test, bars};

struct Datalogic {
    rules: Vec<Logic>,
    session: Session<'static>,
}

pub(super) fn load() -> Loaded {
    let texts: Vec<String> = bars().map(|(_, tests)| rule(tests).to_string()).collect();
    loaded(timed(|| {
        // A session borrows its engine, and lives as long as the program.
        let engine: &'static Engine = Box::leak(Box::new(Engine::new()));
        let rules = texts.iter().map(|text| engine.compile(text).expect("the bar is JSONLogic"));
        Datalogic { rules: rules.collect(), session: engine.session() }
    }))
}

fn rule(tests: &[Test]) -> Json {
    let tests: Vec<Json> = tests.iter().map(asked).collect();
    json!({ "and": tests })
}

fn asked(test: &Test) -> Json {
    let fact = json!({ "var": test.fact });
    match test.asks {
        Asks::Yes => json!({ "==": [fact, true] }),
        Asks::No => json!({ "==": [fact, false] }),
        Asks::Is(option) => json!({ "==": [fact, option] }),
        Asks::IsNot(option) => json!({ "!=": [fact, option] }),
        Asks::Under(figure) => json!({ "<": [fact, figure] }),
        Asks::AtLeast(figure) => json!({ ">=": [fact, figure] }),
        Asks::Over(figure) => json!({ ">": [fact, figure] }),
    }
}

impl Peer for Datalogic {
    type Facts = ParsedData;

    fn read(&self, text: &str) -> ParsedData {
        ParsedData::from_json(text).expect("facts")
    }

    fn fired(&mut self, facts: &ParsedData) -> Bars {
        let session = &mut self.session;
        let held = |rule| {
            let answer = session.eval_borrowed(rule, facts).expect("an answer");
            answer.as_bool().expect("yes or no")
        };
        let bars = self.rules.iter().map(held).collect();
        session.reset();
        bars
    }
}
