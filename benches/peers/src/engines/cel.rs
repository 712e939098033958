//! CEL: a program for each bar. It has no explanation to give.

use ::cel::{Context, Program, Value, to_value};
use serde_json::Value as Json;

use super::{Loaded, Peer, infix, loaded};
use crate::timing::timed;
use crate::workload::{Bars, bars};

struct Cel {
    programs: Vec<Program>,
    /// The functions of the language, which every evaluation shares.
    library: Context<'static, 'static>,
}

pub(super) fn load() -> Loaded {
    let texts: Vec<String> = bars().map(|(_, tests)| infix(tests, "facts.", " && ")).collect();
    loaded(timed(|| {
        let programs = texts.iter().map(|text| Program::compile(text).expect("the bar is CEL"));
        Cel { programs: programs.collect(), library: Context::default() }
    }))
}

impl Peer for Cel {
    type Facts = Value;

    fn read(&self, text: &str) -> Value {
        to_value(serde_json::from_str::<Json>(text).expect("facts")).expect("facts")
    }

    fn fired(&mut self, facts: &Value) -> Bars {
        let mut scope = self.library.new_inner_scope();
        scope.add_variable_from_value("facts", facts.clone());
        let held = |program: &Program| match program.execute(&scope) {
            Ok(Value::Bool(held)) => held,
            other => panic!("a bar holds or does not, and is not {other:?}"),
        };
        self.programs.iter().map(held).collect()
    }
}
