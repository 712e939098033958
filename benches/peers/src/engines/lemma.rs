//! Lemma: a rule for each bar. Its reasons are its explanations.

use std::path::PathBuf;
use std::sync::Arc;

use ::lemma::{DateTimeValue, Engine, EvaluateDataValue, IndexMap, Response, SourceType};
use serde_json::{Map, Value as Json, json};

use super::{Loaded, Peer, loaded};
use crate::timing::timed;
use crate::workload::{Asks, Bars, FACTS, Kind, Test, bar_id, bars};

const SPEC: &str = "routes";

struct Lemma {
    engine: Engine,
    now: DateTimeValue,
}

pub(super) fn load() -> Loaded {
    let text = rules();
    loaded(timed(|| {
        let mut engine = Engine::new();
        let place = SourceType::Path(Arc::new(PathBuf::from("routes.lemma")));
        engine.load([(place, text)]).expect("the spec is Lemma");
        Lemma { engine, now: DateTimeValue::now() }
    }))
}

fn rules() -> String {
    let mut text = format!("spec {SPEC}\n\n");
    for fact in &FACTS {
        let kind = match fact.kind {
            Kind::YesNo => "boolean",
            Kind::OneOf(_) => "text",
            Kind::Number(_) => "number",
        };
        text += &format!("data {}: {kind}\n", fact.name);
    }
    for (bar, tests) in bars() {
        let tests: Vec<String> = tests.iter().map(asked).collect();
        text += &format!("\nrule {}:\n  {}\n", bar_id(bar).to_lowercase(), tests.join(" and "));
    }
    text
}

fn asked(test: &Test) -> String {
    let fact = test.fact;
    match test.asks {
        Asks::Yes => fact.to_owned(),
        Asks::No => format!("not({fact})"),
        Asks::Is(option) => format!("{fact} is \"{option}\""),
        Asks::IsNot(option) => format!("{fact} is not \"{option}\""),
        Asks::Under(figure) => format!("{fact} < {figure}"),
        Asks::AtLeast(figure) => format!("{fact} >= {figure}"),
        Asks::Over(figure) => format!("{fact} > {figure}"),
    }
}

impl Lemma {
    /// The engine takes facts for its own, so each evaluation gives it a copy.
    fn ask(&self, facts: &IndexMap<String, EvaluateDataValue>, explain: bool) -> Response {
        let answer =
            self.engine.evaluate(None, SPEC, Some(&self.now), facts.clone(), None, explain);
        answer.expect("an answer")
    }
}

impl Peer for Lemma {
    type Facts = IndexMap<String, EvaluateDataValue>;

    fn read(&self, text: &str) -> Self::Facts {
        let members: Map<String, Json> = serde_json::from_str(text).expect("facts");
        members.into_iter().map(|(fact, value)| (fact, literal(value))).collect()
    }

    fn fired(&mut self, facts: &Self::Facts) -> Bars {
        bars_in(&self.ask(facts, false))
    }

    fn explain(&mut self, facts: &Self::Facts) -> Option<String> {
        let answer = self.ask(facts, true);
        let rules = answer.results.iter().map(|(rule, result)| {
            json!({ "rule": rule, "result": result.result(), "because": result.explanation })
        });
        Some(json!(rules.collect::<Vec<_>>()).to_string())
    }
}

/// Lemma takes numbers as they are written, so that none is rounded.
fn literal(value: Json) -> EvaluateDataValue {
    match value {
        Json::Bool(yes) => EvaluateDataValue::Boolean(yes),
        Json::String(text) => EvaluateDataValue::Literal(text),
        other => EvaluateDataValue::Literal(other.to_string()),
    }
}

fn bars_in(answer: &Response) -> Bars {
    let mut bars = Bars::default();
    for (rule, result) in &answer.results {
        match result.result() {
            Some("true") => bars.insert_id(rule),
            Some("false") => {}
            other => panic!("a bar holds or does not, and is not {other:?}"),
        }
    }
    bars
}
