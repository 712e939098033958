//! Regorus: Rego, by its interpreter and by its virtual machine. It has no explanation to give.

use ::regorus::languages::rego::compiler::Compiler;
use ::regorus::rvm::vm::RegoVM;
use ::regorus::{CompiledPolicy, Engine, Rc, Value};

use super::{Loaded, Peer, infix, loaded};
use crate::timing::timed;
use crate::workload::{Bars, bar_id, bars};

const ENTRY: &str = "data.bench.fired";

struct Interpreter(CompiledPolicy);

struct Machine(RegoVM);

pub(super) fn load_interpreter() -> Loaded {
    let text = rules();
    loaded(timed(|| Interpreter(compiled(text))))
}

pub(super) fn load_rvm() -> Loaded {
    let text = rules();
    loaded(timed(|| {
        let program = Compiler::compile_from_policy(&compiled(text), &[ENTRY]);
        let mut machine = RegoVM::new();
        machine.load_program(program.expect("the policy compiles"));
        Machine(machine)
    }))
}

/// One partial rule of a set for each bar.
fn rules() -> String {
    let mut text = "package bench\nimport rego.v1\n".to_owned();
    for (bar, tests) in bars() {
        let body = infix(tests, "input.", "\n\t");
        text += &format!("\nfired contains \"{}\" if {{\n\t{body}\n}}\n", bar_id(bar));
    }
    text
}

fn compiled(text: String) -> CompiledPolicy {
    let mut engine = Engine::new();
    engine.add_policy("bench.rego".to_owned(), text).expect("the policy is Rego");
    engine.compile_with_entrypoint(&Rc::from(ENTRY)).expect("the policy compiles")
}

fn read(text: &str) -> Value {
    Value::from_json_str(text).expect("facts")
}

fn bars_in(set: &Value) -> Bars {
    let mut bars = Bars::default();
    for id in set.as_set().expect("a set of ids") {
        bars.insert_id(id.as_string().expect("an id"));
    }
    bars
}

impl Peer for Interpreter {
    type Facts = Value;

    fn read(&self, text: &str) -> Value {
        read(text)
    }

    fn fired(&mut self, facts: &Value) -> Bars {
        bars_in(&self.0.eval_with_input(facts.clone()).expect("an answer"))
    }
}

impl Peer for Machine {
    type Facts = Value;

    fn read(&self, text: &str) -> Value {
        read(text)
    }

    fn fired(&mut self, facts: &Value) -> Bars {
        self.0.set_input(facts.clone());
        bars_in(&self.0.execute_entry_point_by_name(ENTRY).expect("an answer"))
    }
}
