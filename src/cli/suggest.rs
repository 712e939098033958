//! `clearway suggest`

use super::args::Suggest;
use super::console::Console;
use super::exit::Exit;
use super::{rules, test};
use crate::{prove, report};

/// Proposes the scenarios that the rules still lack, as rule text to be filled in.
pub(super) fn suggest(args: &Suggest, console: &mut Console<'_>) -> Exit {
    let (sources, graph) = match rules::compiled(&args.rules, console) {
        Ok(compiled) => compiled,
        Err(exit) => return exit,
    };
    let Some(is_wanted) = test::wanted(args.filter.as_deref(), &sources, &graph, console) else {
        return Exit::Misuse;
    };
    let witnesses = prove::witnesses(&graph, |scenario| rules::is_own(&sources, scenario.span));
    let suggestions = prove::suggest(&graph, &witnesses, is_wanted);
    console.say(&report::suggestions(graph.book(), &sources, &suggestions));
    Exit::Answered
}
