//! `clearway schema`

use super::args::{Schema, SchemaOf};
use super::console::Console;
use super::exit::Exit;
use super::rules;
use crate::facts::Form;
use crate::report;

/// Prints the JSON Schema of commissions, or of one of the things that are written as JSON.
pub(super) fn schema(args: &Schema, console: &mut Console<'_>) -> Exit {
    let schema = match args.of {
        SchemaOf::Answer => report::answer_schema(),
        SchemaOf::Standing => report::standings_schema(),
        SchemaOf::Reasons => report::reasons_schema(),
        SchemaOf::Coverage => report::coverage_schema(),
        SchemaOf::Provisions => report::provisions_schema(),
        SchemaOf::Proofs => report::proofs_schema(),
        SchemaOf::Cpv => report::cpv_schema(),
        SchemaOf::Diff => report::differences_schema(),
        SchemaOf::Facts => match rules::graph(&args.rules, console) {
            Ok(graph) => Form::new(graph.book()).schema().clone(),
            Err(exit) => return exit,
        },
    };
    console.say(&format!("{schema:#}\n"));
    Exit::Answered
}
