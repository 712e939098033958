//! `clearway test`

use super::args::Test;
use super::console::Console;
use super::exit::Exit;
use super::{mutate, rules};
use crate::decide::mismatches;
use crate::graph::Graph;
use crate::pack::Scenario;
use crate::report;
use crate::source::Sources;

/// Runs the scenarios, and says what was expected and got where they differ.
pub(super) fn test(args: &Test, console: &mut Console<'_>) -> Exit {
    let sources = match rules::sources(&args.rules, console) {
        Ok(sources) => sources,
        Err(exit) => return exit,
    };
    let graph = match crate::compile(&sources) {
        Ok(graph) => graph,
        Err(diagnostics) => {
            console.report(&diagnostics, &sources);
            return Exit::BadRules;
        }
    };
    if args.mutate {
        return mutate::mutate(args, &graph, &sources, console);
    }
    // A layer may bar what the law alone leaves open, so the law's own scenarios don't hold for it.
    let is_own = |scenario: &Scenario| {
        sources.get(scenario.span.file).is_some_and(|source| !crate::is_embedded(source.path()))
    };
    let is_wanted = |scenario: &&Scenario| {
        let pack = &graph.book().packs[scenario.pack].name;
        let is_named = args.filter.as_ref().is_none_or(|filter| {
            scenario.title.contains(filter.as_str()) || pack.contains(filter.as_str())
        });
        is_named && is_own(scenario)
    };
    let (mut n_passed, mut n_failed) = (0_usize, 0_usize);
    for scenario in graph.book().scenarios.rows().filter(is_wanted) {
        match run(&graph, scenario, &sources) {
            None => n_passed += 1,
            Some(page) => {
                console.say(&page);
                n_failed += 1;
            }
        }
    }
    console.say(&format!("{n_passed} passed, {n_failed} failed\n"));
    match (n_failed, n_passed) {
        (0, 0) => {
            console.complain(match args.filter {
                Some(_) => "error: no scenario has this in its title or pack\n",
                None => "error: these rules have no scenarios\n",
            });
            Exit::Found
        }
        (0, _) => Exit::Answered,
        _ => Exit::Found,
    }
}

/// A page on a scenario that fails.
fn run(graph: &Graph, scenario: &Scenario, sources: &Sources) -> Option<String> {
    let found = mismatches(graph, scenario);
    if found.is_empty() {
        return None;
    }
    let pack = &graph.book().packs[scenario.pack].name;
    let mut page = format!("failed: {} ({pack})\n", scenario.title);
    for mismatch in &found {
        let source = sources.get(mismatch.span.file);
        let place = source.map_or_else(String::new, |source| {
            format!("{}:{}", source.path(), source.line_and_column(mismatch.span.start).0)
        });
        let (expected, got) = report::mismatch(graph.book(), mismatch);
        page.push_str(&format!("  {place}\n    expected: {expected}\n    got:      {got}\n"));
    }
    Some(page)
}
