//! Zen: a decision table that collects, a row for each bar and a column for each fact. Its reasons
//! are its trace.

use std::sync::Arc;

use serde_json::{Map, Value as Json, json};
use tokio::runtime::{Builder, Runtime};
use zen_engine::model::DecisionContent;
use zen_engine::{Decision, DecisionEngine, EvaluationOptions};
use zen_expression::variable::Variable;

use super::{Loaded, Peer, loaded};
use crate::timing::timed;
use crate::workload::{Asks, Bars, FACTS, Test, bar_id, bars};

struct Zen {
    decision: Decision,
    runtime: Runtime,
}

pub(super) fn load() -> Loaded {
    let text = rules().to_string();
    let runtime = Builder::new_current_thread().build().expect("a runtime");
    loaded(timed(|| {
        let content: DecisionContent = serde_json::from_str(&text).expect("the graph is read");
        let decision = DecisionEngine::default().create_decision(Arc::new(content));
        let mut decision = decision.expect("the graph is sound");
        decision.compile();
        Zen { decision, runtime }
    }))
}

/// The decision graph: input, table, output.
fn rules() -> Json {
    let column = |name| json!({ "id": name, "name": name, "field": name });
    let table = json!({
        "hitPolicy": "collect",
        "inputs": FACTS.iter().map(|fact| column(fact.name)).collect::<Vec<_>>(),
        "outputs": [{ "id": "bar", "name": "bar", "field": "bar" }],
        "rules": bars().map(|(bar, tests)| row(bar, tests)).collect::<Vec<_>>(),
    });
    let at = json!({ "x": 0, "y": 0 });
    let node = |id, kind| json!({ "id": id, "name": id, "type": kind, "position": at });
    let mut tabled = node("table", "decisionTableNode");
    tabled["content"] = table;
    json!({
        "nodes": [node("in", "inputNode"), tabled, node("out", "outputNode")],
        "edges": [
            { "id": "reads", "type": "edge", "sourceId": "in", "targetId": "table" },
            { "id": "gives", "type": "edge", "sourceId": "table", "targetId": "out" },
        ],
    })
}

/// A row of the table: what it asks of each fact, where an empty cell asks nothing.
fn row(bar: usize, tests: &[Test]) -> Json {
    let id = bar_id(bar);
    let mut row = Map::new();
    row.insert("_id".to_owned(), json!(id));
    for fact in &FACTS {
        let asked = tests.iter().find(|test| test.fact == fact.name);
        row.insert(fact.name.to_owned(), json!(asked.map_or_else(String::new, cell)));
    }
    row.insert("bar".to_owned(), json!(format!("\"{id}\"")));
    Json::Object(row)
}

fn cell(test: &Test) -> String {
    match test.asks {
        Asks::Yes => "true".to_owned(),
        Asks::No => "false".to_owned(),
        Asks::Is(option) => format!("\"{option}\""),
        Asks::IsNot(option) => format!("$ != \"{option}\""),
        Asks::Under(figure) => format!("< {figure}"),
        Asks::AtLeast(figure) => format!(">= {figure}"),
        Asks::Over(figure) => format!("> {figure}"),
    }
}

impl Peer for Zen {
    type Facts = Variable;

    fn read(&self, text: &str) -> Variable {
        serde_json::from_str(text).expect("facts")
    }

    fn fired(&mut self, facts: &Variable) -> Bars {
        let answer = self.runtime.block_on(self.decision.evaluate(facts.clone()));
        bars_in(&answer.expect("an answer").result)
    }

    fn explain(&mut self, facts: &Variable) -> Option<String> {
        let options = EvaluationOptions { trace: true, max_depth: 10 };
        let answer = self.decision.evaluate_with_opts(facts.clone(), options);
        let answer = self.runtime.block_on(answer).expect("an answer");
        Some(serde_json::to_string(&answer).expect("an answer is JSON"))
    }
}

fn bars_in(rows: &Variable) -> Bars {
    let mut bars = Bars::default();
    for row in rows.as_array().expect("rows").borrow().iter() {
        bars.insert_id(row.dot("bar").expect("a bar").as_str().expect("an id"));
    }
    bars
}
