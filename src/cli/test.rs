//! `clearway test`

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::args::{Test, TestFormat};
use super::console::Console;
use super::exit::Exit;
use super::{mutate, rules};
use crate::graph::Graph;
use crate::pack::{ClauseRow, Pack, Scenario};
use crate::prove;
use crate::report;
use crate::source::Sources;

/// Runs the scenarios, and says what was expected and got where they differ.
pub(super) fn test(args: &Test, console: &mut Console<'_>) -> Exit {
    let (sources, graph) = match rules::compiled(&args.rules, console) {
        Ok(compiled) => compiled,
        Err(exit) => return exit,
    };
    if args.mutate {
        return mutate::mutate(args, &graph, &sources, console);
    }
    if args.coverage {
        return coverage(args, &sources, &graph, console);
    }
    // A layer may bar what the law alone leaves open, so the law's own scenarios don't hold for it.
    let is_own = |scenario: &Scenario| rules::is_own(&sources, scenario.span);
    let is_wanted = |scenario: &&Scenario| {
        let pack = &graph.book().packs[scenario.pack].name;
        let is_named = args.filter.as_ref().is_none_or(|filter| {
            scenario.title.contains(filter.as_str()) || pack.contains(filter.as_str())
        });
        is_named && is_own(scenario)
    };
    let almanac = prove::Almanac::new(&graph);
    let scenarios: Vec<_> = graph.book().scenarios.rows().filter(is_wanted).collect();
    let failed = scenarios.par_iter().copied();
    let failed = failed.filter_map(|scenario| run(&graph, &almanac, scenario, &sources));
    let failed: Vec<String> = failed.collect();
    failed.iter().for_each(|page| console.say(page));
    let (n_passed, n_failed) = (scenarios.len() - failed.len(), failed.len());
    console.say(&format!("{n_passed} passed, {n_failed} failed\n"));
    match (n_failed, n_passed) {
        (0, 0) => {
            let (complaint, exit) = match args.filter {
                Some(_) => ("error: no scenario has this in its title or pack\n", Exit::Misuse),
                None => ("error: these rules have no scenarios\n", Exit::Found),
            };
            console.complain(complaint);
            exit
        }
        (0, _) => Exit::Answered,
        _ => Exit::Found,
    }
}

/// Says what the scenarios saw of the packs named, whichever pack a scenario stands in.
fn coverage(args: &Test, sources: &Sources, graph: &Graph, console: &mut Console<'_>) -> Exit {
    let Some(is_wanted) = wanted(args.filter.as_deref(), sources, graph, console) else {
        return Exit::Misuse;
    };
    let witnesses = prove::witnesses(graph, |scenario| rules::is_own(sources, scenario.span));
    let coverage = prove::coverage(graph, &witnesses, is_wanted);
    let book = graph.book();
    console.say(&match args.format {
        TestFormat::Text => report::coverage_text(book, sources, &coverage),
        TestFormat::Json => report::coverage_json(book, sources, &coverage),
        TestFormat::Source => report::coverage_in_source(book, sources, &coverage),
    });
    if coverage.is_whole() { Exit::Answered } else { Exit::Found }
}

/// Which clauses are asked about: a person's own, of the packs whose name holds the filter.
pub(super) fn wanted<'a>(
    filter: Option<&'a str>,
    sources: &'a Sources,
    graph: &'a Graph,
    console: &mut Console<'_>,
) -> Option<impl Fn(&ClauseRow<'_>) -> bool + 'a> {
    let is_named = move |pack: &Pack| filter.is_none_or(|filter| pack.name.contains(filter));
    if !graph.book().packs.rows().any(is_named) {
        console.complain("error: no pack has this in its name\n");
        return None;
    }
    Some(move |row: &ClauseRow<'_>| {
        is_named(&graph.book().packs[row.pack]) && rules::is_own(sources, row.span)
    })
}

/// A page on a scenario that fails.
fn run<'g>(
    graph: &'g Graph,
    almanac: &prove::Almanac<'g>,
    scenario: &'g Scenario,
    sources: &Sources,
) -> Option<String> {
    let found = almanac.mismatches(scenario);
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
